// What a person sees where the app cannot start, or before it has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../../scripts/serve.mjs";
import { dist, oneFileUrl, openProfile } from "./support/browser.mjs";
import { journey } from "./support/journey.mjs";
import { AskingPage, ResultsPage } from "./support/pages.mjs";

async function inPage(steps) {
  const server = await startServer({ folder: dist });
  const { context, close } = await openProfile();
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await steps(page, [server.url, oneFileUrl], context);
  } finally {
    await close();
    await server.close();
  }
}

test("a browser without WebAssembly gets a plain sentence", () =>
  inPage(async (page, addresses) => {
    await page.addInitScript(() => delete globalThis.WebAssembly);
    for (const address of addresses) {
      await page.goto(address);
      await page.getByRole("alert").waitFor();
      assert.match(await page.getByRole("alert").innerText(), /never left this device/);
      assert.equal(await page.locator("#boot-wait").count(), 0);
    }
  }));

test("a script that does not arrive leaves a sentence, not an empty page", () =>
  inPage(async (page, [address]) => {
    await page.route("**/code/*.js", (route) => route.abort());
    await page.goto(address);
    assert.match(await page.locator("body").innerText(), /is starting/);
  }));

test("a page whose WebAssembly does not arrive says so", () =>
  inPage(async (page, [address]) => {
    await page.route("**/code/bright-spots-*.js", (route) => route.abort());
    await page.goto(address);
    await page.getByRole("alert").waitFor();
  }));

test("without JavaScript the page says what it needs", () =>
  inPage(async (page, addresses, context) => {
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    for (const address of addresses) {
      await page.goto(address);
      assert.match(await page.locator("noscript").innerText(), /needs JavaScript/);
    }
  }));

// Holds the program with every page back until it is released.
async function holdOtherProgram(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/code/full-[0-9a-f]*.js", async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

// Another page is opened, and left for the start before the other program is there.
async function lookInAndGoBack(start, page) {
  await page.evaluate(() => (location.hash = "#/readings"));
  await page.getByText("Opening…").waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await start.fileInput().waitFor({ state: "attached" });
}

journey("a file that is being read when the other program arrives is read to its end", {}, async (start, { page, file }) => {
  const row = (n) => `${n % 4000},Alder,2025-${String(9 + (Math.trunc(n / 4000) % 3)).padStart(2, "0")}-${String(1 + (Math.trunc(n / 12000) % 25)).padStart(2, "0")},${n % 7 === 0 ? "Absent" : "Present"}`;
  const rows = Array.from({ length: 300_000 }, (_, n) => row(n));
  const release = await holdOtherProgram(page);
  await lookInAndGoBack(start, page);
  await start.chooseFiles(file("long.csv", `Student ID,School,Date,Status\n${rows.join("\n")}\n`));
  release();
  const ready = (await start.waitImport("asking", "ready", "failed", "empty")) === "asking" ? await new AskingPage(page).useThisReading() : new ResultsPage(page);
  assert.equal((await ready.results()).all.students, 4000);
});

// What a person does over bad Wi-Fi: the dialog for files is open when the other program arrives.
journey("a file that is being chosen when the other program arrives is read", {}, async (start, { page, file }) => {
  const release = await holdOtherProgram(page);
  await lookInAndGoBack(start, page);
  // Asked for early, so that the browser surely hands its dialog over.
  const opened = page.waitForEvent("filechooser");
  await page.getByText("Choose files", { exact: true }).hover();
  await page.getByText("Choose files", { exact: true }).click();
  const chooser = await opened;
  const arrived = page.waitForResponse(/\/code\/full-[0-9a-f]*\.js/);
  release();
  await (await arrived).finished();
  await page.waitForTimeout(1500);
  await start.expectChange();
  await chooser.setFiles(file("chosen.csv", "Student ID,School,Days Enrolled,Days Absent\n1,Alder,100,5\n2,Alder,100,20\n"));
  assert.notEqual(await start.waitImport("asking", "ready", "failed"), "failed");
  const ready = (await start.importState()) === "asking" ? await new AskingPage(page).useThisReading() : new ResultsPage(page);
  assert.equal((await ready.results()).all.students, 2);
});

journey("a started page holds nothing of the starting", {}, async (start, { page }) => {
  await page.locator("#boot-wait").waitFor({ state: "detached" });
  assert.equal(await page.locator("#boot-failure").isVisible(), false);
  assert.equal(await start.importState(), "empty");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.title().then((title) => title.includes("Bright Spots")), true);
});

journey("a first visit fetches each file once, and all of them when it starts", {}, async (start, { page, log }) => {
  await page.waitForLoadState("networkidle");
  assert.equal(new Set(log.requests).size, log.requests.length, `twice: ${log.requests.join(" ")}`);
  assert.ok(!log.requests.some((request) => request.includes("opener")), "what opens spreadsheets comes only when one is opened");
});

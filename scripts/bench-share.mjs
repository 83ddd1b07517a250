// Measures what sharing asks of the page: a district of 65,000 students with all its linked tables is
// suppressed and tried by the attacker, and someone else's published file is searched for leaks; each
// at full speed and with the processor held to a quarter. Writes bench-results/share.md. Times change
// from machine to machine; what is looked at is the total and the longest time that the page is held.
//
//   node scripts/bench-share.mjs [--students 65000] [--rounds 3] [--pictures FOLDER]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "./serve.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const e2e = path.join(root, "tests/e2e/support");
const { linkedDistrict, publishedDistrict } = await import(path.join(e2e, "district.mjs"));
const { openProfile } = await import(path.join(e2e, "browser.mjs"));
const { StartPage } = await import(path.join(e2e, "pages.mjs"));

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
const students = Number(option("--students", 65_000));
const rounds = Number(option("--rounds", 3));
const pictures = option("--pictures");

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bright-spots-share-"));
const write = (name, text) => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const FILES = {
  "as districts are": write("district.csv", linkedDistrict({ students, levels: true })),
  "every school with every grade": write("crossed.csv", linkedDistrict({ students, levels: false })),
  published: write("published.csv", publishedDistrict()),
};

// The newest measure of that name with the tasks that held the page meanwhile, and until it was drawn.
const taken = (page, name) =>
  page.evaluate(async (wanted) => {
    await new Promise((done) => setTimeout(done, 500));
    const entry = performance.getEntriesByName(wanted).at(-1);
    const end = entry.startTime + entry.duration;
    const longest = (tasks) => Math.max(0, ...tasks.map((task) => task.duration));
    const of = globalThis.longTasks.filter((task) => task.startTime + task.duration > entry.startTime);
    // The measure ends at the start of the task that draws the result.
    const isDrawing = (task) => task.startTime > end - 3;
    return { ms: entry.duration, within: longest(of.filter((task) => !isDrawing(task))), drawn: longest(of.filter(isDrawing)) };
  }, name);

async function open(context, url, slower) {
  const page = await context.newPage();
  page.setDefaultTimeout(240_000);
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
      .observe({ type: "longtask", buffered: true });
  });
  const start = await StartPage.open(page, url);
  const session = await context.newCDPSession(page);
  const hold = () => session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return { page, start, hold };
}

async function prepare(context, url, file, slower, picture) {
  const { page, start, hold } = await open(context, url, slower);
  try {
    await start.import(file);
    // The program with every page is there, as it is once any of them has been opened.
    await start.visit("#/privacy");
    await hold();
    await page.evaluate(() => {
      location.hash = "#/share";
    });
    if (picture) {
      await page.getByText("Hiding small groups and trying to find them").waitFor();
      await page.screenshot({ path: picture });
    }
    await page.getByRole("heading", { name: "What the attacker found" }).waitFor();
    const found = await taken(page, "prepare-export");
    const words = await start.heading().locator("xpath=ancestor::header | ancestor::div[1]").first().innerText();
    return { ...found, words: words.replaceAll("\n", " ") };
  } finally {
    await page.close();
  }
}

async function examine(context, url, file, slower, picture) {
  const { page, start, hold } = await open(context, url, slower);
  try {
    await start.import(file);
    await start.visit("#/share/check");
    await hold();
    await page.getByRole("button", { name: "Look for leaks" }).click();
    if (picture) {
      await page.getByText("Solving for every hidden number").waitFor();
      await page.screenshot({ path: picture });
    }
    await page.getByRole("heading", { name: "What was found" }).waitFor();
    return { ...(await taken(page, "examine")), words: await page.locator("main p").first().innerText() };
  } finally {
    await page.close();
  }
}

const site = await startServer();
const { context, close } = await openProfile();
try {
  const lines = [];
  for (const [what, file] of Object.entries(FILES)) {
    for (const slower of [1, 4]) {
      const runs = [];
      for (let round = 0; round < rounds; round += 1) {
        const picture = pictures && round === 0 && slower === 4 ? path.join(pictures, `${what.replaceAll(" ", "-")}.png`) : undefined;
        runs.push(await (what === "published" ? examine : prepare)(context, site.url, file, slower, picture));
      }
      const [ms, within, drawn] = ["ms", "within", "drawn"].map((key) => Math.round(median(runs.map((run) => run[key]))));
      const under = (n) => (n > 0 ? `${n} ms` : "under 50 ms");
      const name = what === "published" ? "a published file searched for leaks" : `${students.toLocaleString("en")} students, ${what}`;
      lines.push(`| ${name} | ${slower === 1 ? "full" : "a quarter"} | ${(ms / 1000).toFixed(2)} s | ${under(within)} | ${under(drawn)} |`);
      console.log(`${name}, ${slower}x slower: ${ms} ms; longest task ${under(within)}, drawing ${under(drawn)}; ${runs[0].words.slice(0, 160)}`);
    }
  }
  const report = [
    "# Sharing, measured",
    "",
    `Chromium; ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores; median of ${rounds} rounds.`,
    "",
    "| what | speed | in all | longest task meanwhile | longest task while the result is drawn |",
    "|---|---|---:|---:|---:|",
    ...lines,
    "",
  ].join("\n");
  fs.mkdirSync(path.join(root, "bench-results"), { recursive: true });
  fs.writeFileSync(path.join(root, "bench-results/share.md"), report);
  console.log(`\n${report}\nWritten to bench-results/share.md`);
} finally {
  await close();
  await site.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

// The workspace in a real browser: from a reason to a test with its evidence, and everything that
// can go wrong with keeping it.
import assert from "node:assert/strict";
import { journey } from "../support/journey.mjs";

const KEY = "bright-spots.plans";
const PEOPLE = "bright-spots.personal";

class Plans {
  constructor(start, page) {
    this.start = start;
    this.page = page;
  }

  async go(below = "") {
    await this.start.visit(`#/plans${below}`);
  }

  main() {
    return this.page.getByRole("main");
  }

  field(name) {
    return this.main().getByLabel(name, { exact: true }).first();
  }

  async fill(name, text) {
    await this.field(name).fill(text);
    await this.field(name).blur();
  }

  button(name) {
    return this.main().getByRole("button", { name, exact: true }).first();
  }

  async saved(state = "saved") {
    await this.page.waitForFunction((s) => document.querySelector("[data-plans-saved]")?.dataset.plansSaved === s, state);
  }

  async stored(key = KEY) {
    return this.page.evaluate((k) => localStorage.getItem(k), key);
  }

  // Begins a reason in the team's own words.
  async reason(text) {
    await this.go();
    await this.page.getByRole("button", { name: "Note a reason", exact: true }).or(this.page.getByText("New plan", { exact: true })).first().click();
    if (!(await this.field("The reason").isVisible().catch(() => false))) {
      const item = this.page.getByRole("button", { name: "Reason", exact: true });
      if (await item.isVisible().catch(() => false)) await item.click();
    }
    await this.field("The reason").waitFor();
    await this.fill("The reason", text);
    await this.saved();
  }
}

const plansJourney = (name, options, steps) =>
  journey(name, { timeout: 180_000, ...options }, async (start, given) => steps(new Plans(start, given.page), { start, ...given }));

plansJourney("from a reason to a test, its evidence, and all of it back after a wipe", {}, async (plans, { start, page, file }) => {
  await start.tryTheExample();
  await plans.go("/reasons");
  await plans.main().getByLabel("Begin with an example").nth(1).selectOption({ index: 1 });
  await page.getByRole("heading", { name: "Strategies that may answer it" }).waitFor();
  const reason = await page.locator("h1").innerText();
  await plans.main().getByRole("button", { name: /^Choose “/ }).first().click();
  await plans.button("Test it small").click();
  await plans.field("Change idea").waitFor();
  const title = await plans.field("Title").inputValue();
  assert.ok(title.length > 0);
  const begin = plans.button("Start the test");
  assert.equal(await begin.isDisabled(), true, "a test cannot start without what it needs");
  await plans.fill("First day", "2025-12-01");
  await plans.fill("Last day", "2025-12-12");
  await plans.fill("Question", "Will they miss fewer days?");
  await page.getByText("Write a prediction for this question before the test starts.").waitFor();
  assert.equal(await begin.isDisabled(), true);
  await plans.fill("Prediction", "From 4 to 3 days in 20");
  await page.getByText("For whom", { exact: true }).first().click();
  await plans.main().getByLabel("Moderate").check();
  await begin.click();
  await page.getByRole("heading", { name: "Evidence" }).waitFor();
  await page.getByText("Students are chosen when things are bad", { exact: false }).first().waitFor();
  assert.ok((await page.locator("main figure svg").count()) > 0, "a run chart is drawn");
  await plans.button("Keep this with the test").click();
  await plans.saved();
  await page.getByRole("radio", { name: "Study" }).check();
  await plans.fill("We saw", "3.1");
  await plans.main().getByLabel("Against the prediction").selectOption({ label: "As predicted" });
  await page.getByRole("radio", { name: "Do", exact: true }).check();
  await plans.button("The test is over: study it").click();
  await page.getByRole("radio", { name: "Act" }).check();
  await page.getByRole("radio", { name: /^Expand/ }).check();
  await plans.button("Make cycle 2 from this").click();
  await page.getByText("cycle 2", { exact: false }).first().waitFor();
  await plans.saved();

  await plans.go();
  const cards = await page.locator(".card__title").allInnerTexts();
  assert.ok(cards.filter((c) => c === title).length >= 2, `both cycles are on the board: ${cards}`);
  const saved = await start.download(page.getByRole("button", { name: "Save workspace file" }).first());
  assert.match(saved.name, /^bright-spots-plans-.*\.json$/);
  const before = await plans.stored();

  await start.visit("#/privacy");
  await page.getByRole("button", { name: "Wipe this device" }).click();
  await page.getByRole("button", { name: "Wipe", exact: true }).click();
  await page.waitForTimeout(900);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("bright-spots."))), []);
  await plans.go();
  await page.getByText("No plans yet").waitFor();

  await plans.go("/workspace");
  await page.locator("#plans-file").setInputFiles(file("back.json", saved.text));
  await page.getByText("was put together with what is here", { exact: false }).waitFor();
  await plans.saved();
  assert.deepEqual(Object.keys(JSON.parse(await plans.stored()).items).sort(), Object.keys(JSON.parse(before).items).sort());
  await plans.go("/reasons");
  await page.getByRole("link", { name: reason }).waitFor();
});

plansJourney("what is typed is there after a reload, and one step is taken back", {}, async (plans, { page }) => {
  await plans.reason("No sure way to get to school");
  await page.reload();
  await plans.go("/reasons");
  await page.getByRole("link", { name: "No sure way to get to school" }).click();
  await plans.fill("How do we know?", "Five families told us");
  await page.getByRole("button", { name: "Undo" }).first().click();
  await page.waitForFunction(() => [...document.querySelectorAll("textarea")].every((t) => t.value !== "Five families told us"));
});

const keptText = (text) => async (page) => {
  await page.addInitScript(([key, value]) => {
    if (!sessionStorage.getItem("seeded")) {
      localStorage.setItem(key, value);
      sessionStorage.setItem("seeded", "1");
    }
  }, [KEY, text]);
};

plansJourney("plans of a newer version are never written over", { before: keptText('{"format":"bright-spots/plans","version":99,"id":"x","items":{}}') }, async (plans, { start, page }) => {
  await plans.go();
  await page.getByText("newer Bright Spots", { exact: false }).first().waitFor();
  const before = await plans.stored();
  await page.getByRole("button", { name: "Note a reason", exact: true }).click();
  await plans.fill("The reason", "Written beside newer plans");
  await plans.saved("not-saved");
  assert.equal(await plans.stored(), before);
  const found = await start.download(page.getByRole("button", { name: "Save it as a file" }));
  assert.equal(found.text, before);
});

plansJourney("what cannot be read is put aside before anything is saved", { before: keptText('{"format":"bright-spots/plans","version":1,"items":') }, async (plans, { page }) => {
  await plans.go();
  await page.getByText("could not be read", { exact: false }).first().waitFor();
  await plans.reason("After damage");
  assert.equal(await plans.stored("bright-spots.plans.unreadable"), '{"format":"bright-spots/plans","version":1,"items":');
  assert.match(await plans.stored(), /After damage/);
});

plansJourney("a full device says so, keeps the work in the tab, and offers a file", { mayComplain: true }, async (plans, { start, page }) => {
  await plans.reason("Before it was full");
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await plans.fill("How do we know?", "Only in this tab");
  await plans.saved("not-saved");
  await page.getByText("no room left on this device", { exact: false }).waitFor();
  const saved = await start.download(page.getByRole("button", { name: "Save workspace file" }).first());
  assert.match(saved.text, /Only in this tab/);
});

plansJourney("a write that the browser drops in silence is noticed", {}, async (plans, { page }) => {
  await plans.reason("Before it was dropped");
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {};
  });
  await plans.fill("How do we know?", "Dropped");
  await plans.saved("not-saved");
  await page.getByText("did not keep them", { exact: false }).waitFor();
});

plansJourney(
  "without storage everything works until the tab is closed",
  { before: (page) => page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } })) },
  async (plans, { page }) => {
    await plans.go();
    await page.getByText("does not let the page keep anything", { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "Note a reason", exact: true }).click();
    await plans.fill("The reason", "In memory");
    await plans.go("/reasons");
    await page.getByRole("link", { name: "In memory" }).waitFor();
  },
);

plansJourney("two tabs that write at once lose nothing", {}, async (plans, { page, context, address }) => {
  await plans.reason("From the first tab");
  const other = await context.newPage();
  await other.goto(`${address}#/plans/reasons`);
  await other.getByRole("link", { name: "From the first tab" }).waitFor();
  await other.getByRole("button", { name: "Write one of our own" }).first().click();
  await other.getByLabel("The reason", { exact: true }).fill("From the second tab");
  await plans.fill("How do we know?", "Told by the first tab");
  await other.getByLabel("The reason", { exact: true }).blur();
  await page.waitForFunction((key) => {
    const text = localStorage.getItem(key) ?? "";
    return text.includes("From the second tab") && text.includes("Told by the first tab");
  }, KEY);
  await plans.go("/reasons");
  await page.getByRole("link", { name: "From the second tab" }).waitFor();
});

plansJourney("a conversation: kept in memory, printed in Spanish, and locked where it is remembered", {}, async (plans, { start, page }) => {
  await start.tryTheExample();
  await plans.go("/talks");
  await plans.fill("Student", "Robin Sample");
  await plans.button("Plan a conversation").click();
  await plans.fill("Strengths", "Dibuja muy bien");
  await plans.fill("Goal", "Venir cada lunes");
  assert.ok(!(await plans.stored() ?? "").includes("Robin"), "no name is in the plans");
  const family = page.getByRole("link", { name: "Page for the family" });
  const back = await page.evaluate(() => location.hash);
  await family.click();
  await page.getByRole("button", { name: "Spanish" }).click();
  await page.getByText("Lo que acordamos").waitFor();
  await page.emulateMedia({ media: "print" });
  const pdf = await page.pdf({ format: "A4" });
  const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  assert.ok(sheets >= 1 && sheets <= 2, `the page for the family takes ${sheets} sheets`);
  await page.emulateMedia({ media: "screen" });

  await plans.go("/workspace");
  await plans.fill("Passphrase", "four plain words here");
  await plans.fill("The same again", "four plain words here");
  await plans.button("Remember on this device").click();
  await plans.button("Stop remembering on this device").waitFor();
  const sealed = await plans.stored(PEOPLE);
  assert.ok(sealed && !sealed.includes("Robin") && !sealed.includes("Dibuja"));

  await page.reload();
  await plans.go("/workspace");
  await plans.fill("Passphrase", "not the passphrase");
  await plans.button("Open").click();
  await page.getByText("This passphrase does not open it", { exact: false }).waitFor();
  await plans.fill("Passphrase", "four plain words here");
  await plans.button("Open").click();
  await plans.button("Stop remembering on this device").waitFor();
  await start.visit(back);
  await plans.field("Strengths").waitFor();
  assert.equal(await plans.field("Strengths").inputValue(), "Dibuja muy bien");
});

plansJourney("what other pages hand over becomes plans, once", {}, async (plans, { page }) => {
  const visit = { kind: "visit", made_on: "2026-02-13", from: null, to: { name: "Birch Elementary", counted: 388, chronic: 35, rate: 0.09, interval: null, expected: 0.194, verdict: "likely_bright_spot", reason: "" }, distance: 0.4, compared_on: [], stamp: "Example district" };
  const choice = { key: "s/a/b/1", becomes: "strategy", what: "Welcome calls", who: "Office", by_when: "2026-03-01", reason: "", partner: "", more: [], session: "bright-spots", step: "a", team: "Birch" };
  for (let n = 0; n < 2; n += 1) {
    await page.evaluate((items) => localStorage.setItem("bright-spots.plans-inbox", JSON.stringify(items)), [visit, choice]);
    await plans.go(n === 0 ? "" : "/reasons");
    await plans.go();
    await page.reload();
    await plans.go();
  }
  assert.equal(await plans.stored("bright-spots.plans-inbox"), null);
  assert.equal(await page.getByRole("link", { name: "Birch Elementary", exact: true }).count(), 1);
  assert.equal(await page.getByRole("link", { name: "Welcome calls", exact: true }).count(), 1);
});

plansJourney("every worksheet prints on two sheets at most", {}, async (plans, { page }) => {
  await plans.go("/worksheets");
  const links = await page.$$eval('main a[href^="#/plans/print/"]', (all) => all.map((a) => a.getAttribute("href")));
  assert.ok(links.length >= 15);
  await page.emulateMedia({ media: "print" });
  const tooLong = [];
  for (const link of links) {
    await page.evaluate((hash) => { location.hash = hash; }, link);
    await page.locator(".sheet").waitFor();
    await page.waitForTimeout(100);
    const pdf = await page.pdf({ format: "A4" });
    const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
    if (sheets > 2) tooLong.push(`${link}: ${sheets}`);
  }
  assert.deepEqual(tooLong, []);
});

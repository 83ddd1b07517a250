// The workspace in a real browser: from a bright spot to a test with its evidence, conversations, and paper.
import assert from "node:assert/strict";
import { PEOPLE, plansJourney } from "./support/plans.mjs";

const sheetsOf = async (page) => (((await page.pdf({ format: "A4" })).toString("latin1")).match(/\/Type\s*\/Page[^s]/g) ?? []).length;

plansJourney("the whole way: a bright spot, a visit, reasons, a strategy, a partner, a test, next month’s export, and all of it back", { timeout: 300_000 }, async (plans, { start, page, file }) => {
  await start.tryTheExample();
  // A bright spot, and a visit to it with the numbers that speak for it.
  await start.visit("#/schools");
  await plans.main().getByRole("link", { name: "Birch Elementary" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Birch Elementary" }).waitFor();
  await plans.button("Plan a visit").click();
  await page.waitForFunction(() => location.hash === "#/plans");
  await plans.main().getByRole("link", { name: "Birch Elementary", exact: true }).first().click();
  await page.getByText(/Birch Elementary: \d+(\.\d)? % of \d+ students chronically absent, where \d+(\.\d)? % was expected/).first().waitFor();
  await plans.fill("Why this school", "Fewer days missed than its students would lead one to expect");

  // Two reasons: one of the examples, one in our own words.
  await plans.go("/reasons");
  await plans.main().getByLabel("Begin with an example").nth(3).selectOption({ index: 1 });
  await page.getByRole("heading", { name: "Strategies that may answer it" }).waitFor();
  await plans.go("/reasons");
  await plans.main().getByRole("button", { name: "Write one of our own" }).nth(1).click();
  await plans.fill("The reason", "No sure way to get to school on rainy days");
  await plans.fill("How do we know?", "Five families told the office");
  const reason = await page.evaluate(() => location.hash);

  // A partner who answers the second.
  await plans.go("/partners");
  await plans.button("Add a partner").click();
  await plans.fill("Name of the partner", "City buses");
  await plans.fill("What is provided", "Passes");
  await start.visit(reason);
  await plans.button("Add someone").click();
  await plans.main().getByLabel("How", { exact: true }).selectOption({ label: "A partner does" });
  await plans.main().getByLabel("Which partner").selectOption({ label: "City buses" });
  await plans.main().getByRole("link", { name: "City buses" }).waitFor();

  // A strategy for it, and a small test of the strategy. It runs beyond the data.
  await plans.main().getByRole("button", { name: /^Choose “/ }).first().click();
  await plans.button("Test it small").click();
  await plans.field("Change idea").waitFor();
  const test = await page.evaluate(() => location.hash);
  const title = "Rain or shine";
  await plans.fill("Title", title);
  const begin = plans.button("Start the test");
  assert.equal(await begin.isDisabled(), true, "a test cannot start without what it needs");
  await plans.fill("Change idea", "A pass and a walking partner for rainy days");
  await plans.fill("Testers", "Office, 4B");
  await plans.fill("First day", "2026-02-02");
  await plans.fill("Last day", "2026-02-27");
  await plans.fill("Goal", "One day fewer in twenty");
  await plans.fill("Question", "Will they miss fewer days?");
  await page.getByText("Write a prediction for this question before the test starts.").waitFor();
  await plans.fill("Prediction", "From 4 to 3 days in 20");
  await page.getByText("For whom", { exact: true }).first().click();
  await plans.main().getByLabel("Moderate").check();
  await plans.main().getByLabel("Alder Elementary").check();
  await begin.click();
  await page.getByText(/The data end on .* Load a later export/).first().waitFor();

  // Next month’s export: before, during and after, against similar students.
  await plans.button("Load the example a month later").click();
  await page.waitForFunction(() => location.hash === "#/tiers");
  await start.waitImport("ready");
  await start.visit(test);
  await page.getByRole("heading", { name: "Evidence" }).waitFor();
  await page.getByText("Students are chosen when things are bad", { exact: false }).first().waitFor();
  const table = plans.main().getByRole("table", { name: /Before, during and after/ });
  const told = await table.innerText();
  for (const words of [/Before/, /During/, /Two weeks after/, /chosen students/, /similar students/, /n = \d+/]) assert.match(told, words);
  assert.equal(await page.locator("main figure svg").count(), 1, "a run chart is drawn");
  const finding = await page.locator(".page-head").innerText();
  assert.match(finding, /similar students, not chosen/);
  assert.doesNotMatch(finding, /\b(works|worked|caused?|because of)\b/);
  await plans.button("Keep this with the test").click();
  await plans.saved();

  // Do, study, act, and the next cycle.
  await page.getByRole("radio", { name: "Do", exact: true }).check();
  await plans.fill("What happened", "Rain on six days");
  await plans.button("The test is over: study it").click();
  await page.getByRole("radio", { name: "Study" }).check();
  await plans.fill("We saw", "3.1");
  await plans.main().getByLabel("Against the prediction").selectOption({ label: "As predicted" });
  await page.getByRole("radio", { name: "Act" }).check();
  await page.getByRole("radio", { name: /^Adapt/ }).check();
  await plans.button("Make cycle 2 from this").click();
  await page.getByText("cycle 2", { exact: false }).first().waitFor();
  await plans.saved();
  await plans.go();
  const cards = await page.locator(".card__title").allInnerTexts();
  assert.equal(cards.filter((c) => c === title).length, 2, `both cycles are on the board: ${cards}`);

  // On paper.
  await start.visit(test.replace("/item/", "/print/test/"));
  const paper = await page.locator(".sheet").innerText();
  for (const words of ["A pass and a walking partner for rainy days", "From 4 to 3 days in 20", "3.1", "Adapt"]) assert.ok(paper.includes(words), words);
  await page.emulateMedia({ media: "print" });
  assert.ok((await sheetsOf(page)) <= 2);
  await page.emulateMedia({ media: "screen" });

  // Backed up, wiped, restored: everything is there again.
  await plans.go("/workspace");
  const saved = await start.download(plans.button("Save workspace file"));
  assert.match(saved.name, /^bright-spots-plans-.*\.json$/);
  const before = JSON.parse(await plans.stored());
  await start.visit("#/privacy");
  await page.getByRole("button", { name: "Wipe this device" }).click();
  await page.getByRole("button", { name: "Wipe", exact: true }).click();
  await page.waitForFunction(() => Object.keys(localStorage).every((k) => !k.startsWith("bright-spots.")));
  await page.waitForTimeout(900);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("bright-spots."))), []);
  await plans.go();
  await page.getByText("No plans yet").waitFor();
  await plans.go("/workspace");
  await page.locator("#plans-file").setInputFiles(file("back.json", saved.text));
  await page.getByText("was put together with what is here", { exact: false }).waitFor();
  await plans.saved();
  const bodies = (document) => Object.fromEntries(Object.entries(document.items).map(([id, item]) => [id, [item.body, item.links]]));
  assert.deepEqual(bodies(JSON.parse(await plans.stored())), bodies(before));
  // Without data, the page says what it said when the evidence was kept.
  await start.visit(test);
  assert.match(await page.locator(".page-head").innerText(), /similar students, not chosen/);
  await page.getByText(/^Kept on .* from: Example district/).first().waitFor();
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
  const sheets = await sheetsOf(page);
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

plansJourney("a student’s page, the conversation, the family’s page and the plans lead to one another", {}, async (plans, { start, page }) => {
  await start.tryTheExample();
  await start.visit("#/students");
  await plans.main().getByLabel("School days in the whole year").first().fill("180");
  // Somebody who can still end the year under 10 %.
  let address = "";
  for (let n = 1; n < 40 && address === ""; n += 1) {
    await start.visit(`#/students/${n}`);
    if (/Can miss \d+ of the remaining/.test(await plans.main().innerText())) address = `#/students/${n}`;
  }
  assert.notEqual(address, "");
  const name = await page.locator("h1").innerText();
  const months = await page.locator(".calendar__month").count();
  assert.equal(await plans.main().getByRole("link", { name: "no plan yet" }).count(), 0);
  await plans.button("Plan a conversation").click();
  await plans.field("Strengths").waitFor();
  await plans.fill("Strengths", "Draws well");
  // What was written about a person is in this tab only, and that is said.
  await page.getByText("is in this tab only, and gone when it is closed", { exact: false }).waitFor();
  assert.equal(await page.getByText("Nothing to save yet.").count(), 0);
  // What is looked at together is there, and the way to the student.
  assert.equal(await page.locator(".calendar__month").count(), months);
  await page.getByRole("heading", { level: 2, name: "Patterns" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "This student’s page" }).getAttribute("href"), address);
  await page.getByRole("link", { name: "Page for the family" }).click();
  const sheet = await page.locator(".sheet").innerText();
  assert.match(sheet, /Strengths: Draws well\./);
  assert.match(sheet, /Days missed so far: [\d.]+ of \d+/);
  assert.match(sheet, /\d+ of \d+ days/);
  assert.match(sheet, /misses no more than \d+ days?, the year still ends well/);
  await start.visit(address);
  await plans.main().getByRole("link", { name: "no plan yet" }).click();
  assert.equal(await page.locator("h1").innerText(), name);
  // Nobody is named to others.
  await start.visit(address);
  await page.getByRole("radio", { name: "Share", exact: true }).first().check();
  assert.equal(await page.getByRole("heading", { name: "Plans with this student" }).count(), 0);
});

plansJourney("the family’s page calls each day what the student’s page calls it", {}, async (plans, { start, page, file }) => {
  const letters = async () => (await page.locator(".calendar__letter").allInnerTexts()).join("");
  await start.tryTheExample();
  // Suspended on three days in September.
  await start.visit("#/students/1430");
  await page.locator(".calendar__month").first().waitFor();
  const shown = await letters();
  assert.match(shown, /SSS/);
  await plans.button("Plan a conversation").click();
  await page.getByRole("link", { name: "Page for the family" }).click();
  await page.locator(".sheet").waitFor();
  assert.equal(await letters(), shown);
  assert.match(await page.locator(".sheet").innerText(), /U not excused, S suspension/);
  await page.getByRole("button", { name: "Spanish" }).click();
  await page.getByText("N no justificada, S suspensión", { exact: false }).waitFor();
  assert.match(await letters(), /SSS/);
  // A file that says present or absent, and no more.
  const rows = ["Student ID,Student Name,School,Grade,Date,Status"];
  for (let day = 1; day <= 30; day += 1) {
    if ([0, 6].includes(new Date(Date.UTC(2025, 8, day)).getUTCDay())) continue;
    for (let n = 1; n <= 15; n += 1) {
      rows.push(`S${n},"Sample, Robin ${n}",Alder,3,2025-09-${String(day).padStart(2, "0")},${n === 1 && day % 3 === 0 ? "A" : "P"}`);
    }
  }
  await start.visit("#/");
  await start.import(file("present-or-absent.csv", rows.join("\n")));
  await plans.go("/talks");
  await plans.fill("Student", "S1");
  await plans.button("Plan a conversation").click();
  await page.getByRole("link", { name: "Page for the family" }).click();
  assert.match(await page.locator(".sheet").innerText(), /A absent, kind not given/);
  assert.match(await letters(), /^A+$/);
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

plansJourney("a visit keeps who visits and what was compared; a recognition takes its evidence from the data", {}, async (plans, { start, page }) => {
  await start.tryTheExample();
  await start.visit("#/schools");
  await plans.main().getByRole("link", { name: "Alder Elementary" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Alder Elementary" }).waitFor();
  await page.getByRole("button", { name: "Plan a visit to Birch Elementary" }).click();
  await page.waitForFunction(() => location.hash === "#/plans");
  await plans.main().getByRole("link", { name: "Birch Elementary", exact: true }).first().click();
  const pair = /Alder Elementary would visit Birch Elementary\..* points fewer; the gap could be \d+ to \d+\. Compared on .*\. Distance [\d.]+:/;
  await page.getByText(pair).first().waitFor();
  // From the other school back to the visit.
  await start.visit("#/schools");
  await plans.main().getByRole("link", { name: "Alder Elementary" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Alder Elementary" }).waitFor();
  assert.ok((await plans.main().locator(".tie", { hasText: "Visit" }).count()) >= 1);

  await plans.go("/peers");
  await plans.button("Begin a recognition").click();
  await page.getByText("Name a school of the loaded data", { exact: false }).waitFor();
  await plans.main().getByLabel("School", { exact: true }).selectOption({ label: "Birch Elementary" });
  await plans.button("Take the finding about Birch Elementary from the data").click();
  await page.getByText(/Birch Elementary: [\d.]+ % of \d+ students chronically absent/).first().waitFor();
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
    const sheets = await sheetsOf(page);
    if (sheets > 2) tooLong.push(`${link}: ${sheets}`);
  }
  assert.deepEqual(tooLong, []);
});

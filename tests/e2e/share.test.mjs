// Share: what leaves is tried first, hides what it must, and is remembered; what comes in is judged.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root } from "./support/browser.mjs";
import { inventDistrict, linkedDistrict, randomFrom, schoolNames } from "./support/district.mjs";
import { BOTH, journey } from "./support/journey.mjs";

// The page that holds the tables and files.
class SharePage {
  constructor(start) {
    this.start = start;
    this.page = start.page;
  }

  static async open(start, below = "") {
    await start.visit(below ? `#/share/${below}` : "#/share");
    return new SharePage(start);
  }

  async ready() {
    await this.page.getByRole("heading", { name: "What the attacker found" }).waitFor({ timeout: 60_000 });
    return this;
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  async saveExchange() {
    const saved = await this.start.download(this.button("Save exchange file"));
    return { ...saved, json: JSON.parse(saved.text) };
  }

  // Files of totals have no dates, so the person says them.
  async sayDays(first, last) {
    await this.page.getByLabel("First day counted").fill(first);
    await this.page.getByLabel("First day counted").blur();
    await this.page.getByLabel("Last day counted").fill(last);
    await this.page.getByLabel("Last day counted").blur();
  }

  async switchTo(mode) {
    await this.page.getByRole("radio", { name: mode, exact: true }).first().check({ force: true });
  }

  kept() {
    return this.page.evaluate(() => JSON.parse(localStorage.getItem("bright-spots.exports") ?? "null"));
  }
}

const shownGroups = (file) => file.groups.filter((group) => typeof group.students === "number");

for (const way of BOTH) {
  journey("the example's tables are tried, leave with their audit, and are remembered", { way }, async (start) => {
    await start.tryTheExample();
    const share = await (await SharePage.open(start)).ready();
    assert.match(await share.start.main().innerText(), /could work none of them out|none had to be hidden/i);
    assert.equal(await share.kept(), null, "looking is not sharing");
    const { name, json, text } = await share.saveExchange();
    assert.match(name, /^bright-spots-exchange-\d{4}-\d\d-\d\d\.json$/);
    assert.equal(json.format, "bright-spots/exchange");
    assert.equal(json.minimum_students, 11);
    assert.ok(json.audit.length > 10);
    assert.ok(shownGroups(json).length > 10);
    assert.deepEqual(shownGroups(json).filter(({ students }) => students > 0 && students < 11), [], "groups under 11");
    assert.doesNotMatch(text, /"(student_)?id"|"name":\s*"[^"]*,/i);
    // Once for the same numbers, however often they are saved.
    const csv = await start.download(share.button("Save tables (CSV)"));
    assert.match(csv.text, /^School,Grade,Condition/, "no file named a district");
    assert.match(csv.text, /Groups under 11 students are hidden/);
    const tables = JSON.parse((await start.download(share.button("Save tables (JSON)"))).text);
    assert.ok(tables.rows.length > 10 && tables.notes.length > 3);
    const kept = await share.kept();
    assert.equal(kept.exports.length, 1);
    assert.match(await start.main().innerText(), /Shared on/);
  });
}

journey("an exchange file opens elsewhere; the same one twice, another definition and hostile ones are told", {}, async (start, { page, file }) => {
  await start.tryTheExample();
  const share = await (await SharePage.open(start)).ready();
  const { json, text } = await share.saveExchange();
  await start.visit("#/share/compare");
  const others = structuredClone(json);
  others.made_by = "Another district";
  for (const school of others.schools) Object.assign(school, { district: "Another district", name: `${school.name} too` });
  const strict = structuredClone(others);
  strict.definition.chronic_at_percent = 15;
  strict.made_by = "A stricter district";
  const folder = path.join(root, "tests/fixtures/share");
  const hostile = fs.readdirSync(folder).map((name) => path.join(folder, name));
  const again = file("again.json", JSON.stringify(others));
  await page.locator("#exchange-files").setInputFiles([
    file("others.json", JSON.stringify(others)), again, file("strict.json", JSON.stringify(strict)), file("own.json", text), ...hostile,
  ]);
  await page.getByText("Left out", { exact: true }).waitFor();
  await page.getByText(/other\.json|“again\.json” is the same file/).first().waitFor();
  const words = await start.main().innerText();
  assert.match(words, /“strict\.json” is left out: its definition/);
  for (const name of hostile.map((at) => path.basename(at)).filter((name) => name !== "definition.json" && name !== "twice.json")) {
    assert.ok(words.includes(name), `${name} is told: ${words.slice(0, 400)}`);
  }
  const table = page.getByRole("table", { name: "Schools like the chosen one" });
  assert.ok((await table.getByRole("row").count()) > 2);
  assert.match(await table.innerText(), /too/);
  const saved = await start.download(share.button("Save table (CSV)"));
  assert.match(saved.text, /^School,District,Grades/);
});

journey("a small change too soon keeps the first numbers", {}, async (start, { file, page }) => {
  const { daily } = inventDistrict({ seed: 51, schools: 3, students: 400, days: 40 });
  await start.import(file("first.csv", daily));
  const first = await (await (await SharePage.open(start)).ready()).saveExchange();
  // Three students of one school are gone from the second file, of the same days.
  const lines = daily.trim().split("\n");
  const gone = new Set(lines.slice(1).map((line) => line.split(",")[0]).filter((id, at, all) => all.indexOf(id) === at).slice(0, 3));
  const fewer = lines.filter((line) => !gone.has(line.split(",")[0]));
  await start.visit("#/");
  await start.import(file("second.csv", `${fewer.join("\n")}\n`));
  const share = await (await SharePage.open(start)).ready();
  await page.getByText("The last export’s numbers stay").waitFor();
  const second = await share.saveExchange();
  assert.deepEqual(second.json.groups, first.json.groups);
  assert.equal((await share.kept()).exports.length, 1);
  // Wherever these numbers stand, whose they are and by which definition stands with them.
  await start.visit("#/definition");
  await page.getByLabel("What counts as chronic absence", { exact: true }).selectOption("california");
  await start.visit("#/tiers");
  await share.switchTo("Share");
  for (const route of ["#/tiers", "#/schools", "#/conditions", "#/explore", "#/share"]) {
    await start.visit(route);
    await page.getByText(/These are the numbers shared on/).first().waitFor();
    const words = await page.locator("body").innerText();
    assert.doesNotMatch(words, /California definition|second\.csv, \d/, route);
    assert.match(words, /first\.csv.*Federal \(EDFacts\) definition/, route);
  }
  await start.visit("#/share/profile");
  await page.getByText(/These are the numbers shared on/).first().waitFor();
  assert.doesNotMatch(await page.locator(".sheet").innerText(), /California|second\.csv/);
});

journey("a file without dates says so before anything leaves", {}, async (start, { file }) => {
  const { totals } = inventDistrict({ seed: 52, schools: 3, students: 500 });
  await start.import(file("totals.csv", totals));
  const share = await (await SharePage.open(start)).ready();
  assert.ok(await share.button("Save exchange file").isDisabled());
  await share.sayDays("2025-08-25", "2026-02-13");
  const { json } = await share.saveExchange();
  assert.deepEqual(json.dates, { first: "2025-08-25", last: "2026-02-13" });
});

journey("a profile of a file without dates asks for the days before it is printed", {}, async (start, { file, page }) => {
  const { totals } = inventDistrict({ seed: 52, schools: 3, students: 500 });
  await start.import(file("totals.csv", totals));
  const share = await SharePage.open(start, "profile");
  await page.getByRole("heading", { name: "What the numbers say" }).waitFor({ timeout: 60_000 });
  assert.ok(await share.button("Print the profile").isDisabled());
  await share.sayDays("2025-08-25", "2026-02-13");
  await page.locator(".sheet").getByText(/25 Aug 2025 – 13 Feb 2026/).waitFor();
  assert.ok(!(await share.button("Print the profile").isDisabled()));
});

journey("a higher minimum hides more, a lower one than eleven is refused", {}, async (start, { page }) => {
  await start.tryTheExample();
  const share = await (await SharePage.open(start)).ready();
  const field = page.getByLabel("Smallest group shown");
  await field.fill("5");
  await field.blur();
  await page.getByText("A whole number from 11 to 1,000.").waitFor();
  await field.fill("40");
  await field.blur();
  await page.getByText("A whole number from 11 to 1,000.").waitFor({ state: "detached" });
  await share.ready();
  const { json } = await share.saveExchange();
  assert.equal(json.minimum_students, 40);
  assert.deepEqual(shownGroups(json).filter(({ students }) => students > 0 && students < 40), []);
});

journey("student totals leave only in Team mode, after a sentence", {}, async (start, { page, file }) => {
  const { totals } = inventDistrict({ seed: 53, schools: 2, students: 120 });
  await start.import(file("totals.csv", totals));
  const share = await (await SharePage.open(start)).ready();
  await share.button("Student totals (CSV)").click();
  await page.getByText(/This file holds the names, ids and absences of 120 students/).waitFor();
  const saved = await start.download(share.button("Save student data"));
  assert.equal(saved.name, "student-data-totals.csv");
  assert.match(saved.text, /^School,Student ID,Student name,Grade/);
  await share.switchTo("Share");
  await page.getByText("Student data leave only in Team mode.").waitFor();
  assert.equal(await share.button("Student totals (CSV)").count(), 0);
});

journey("in Share mode the tiers show no small group", {}, async (start, { page, file }) => {
  const rows = ["Student ID,School,Grade,Days Enrolled,Days Absent"];
  const add = (school, n, chronic) => {
    for (let i = 0; i < n; i += 1) rows.push(`${school}-${i},${school},3,100,${i < chronic ? 15 : 2}`);
  };
  add("Alder", 60, 14);
  add("Birch", 45, 9);
  add("Tiny", 7, 3);
  await start.import(file("small.csv", `${rows.join("\n")}\n`));
  await start.visit("#/tiers");
  assert.match(await start.main().innerText(), /112/);
  await new SharePage(start).switchTo("Share");
  await page.getByRole("link", { name: "Share these numbers" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Download results" }).count(), 0);
  await page.getByText("View as table").first().click();
  await page.locator("main figure table tbody tr").first().waitFor();
  const tables = await page.locator("main table").allInnerTexts();
  const tiny = tables.join("\n").split("\n").find((line) => line.startsWith("Tiny"));
  assert.match(tiny ?? "", /hidden/);
  assert.doesNotMatch(tiny ?? "", /\d/);
});

journey("in Share mode no page shows what stands in a file’s cells", {}, async (start, { page, file }) => {
  const rows = ["Student ID,Name,School,Date,Status"];
  for (let i = 0; i < 30; i += 1) rows.push(`Zq${i},"Xylander, Ada${i}",Alder,2025-09-0${1 + (i % 5)},${i % 6 ? "Present" : "WW"}`);
  const share = new SharePage(start);
  await share.switchTo("Share");
  await start.chooseFiles(file("cells.csv", `${rows.join("\n")}\n`));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  const seen = async () => page.evaluate(() => document.body.innerText);
  await page.getByText("This file leaves a question open").waitFor();
  assert.doesNotMatch(await seen(), /Zq\d|Xylander|WW/);
  await page.getByRole("button", { name: "Switch to team mode" }).click();
  await page.getByRole("group", { name: "What does WW mean?" }).getByRole("radio", { name: "Absent, unexcused" }).check();
  await start.expectChange();
  await page.getByRole("button", { name: "Use this reading", exact: true }).click();
  await start.waitImport("ready");
  await share.switchTo("Share");
  for (const route of ["#/", "#/readings", "#/checks", "#/tiers", "#/plans", "#/explore", "#/conditions", "#/schools/0", "#/workshop", "#/help"]) {
    await start.visit(route);
    assert.doesNotMatch(await seen(), /Zq\d|Xylander/, route);
  }
});

journey("the tiers in Share mode and the export cannot be laid over each other", {}, async (start, { page }) => {
  await start.tryTheExample();
  const share = await (await SharePage.open(start)).ready();
  const { json } = await share.saveExchange();
  await start.visit("#/tiers");
  await share.switchTo("Share");
  await page.getByText("The same numbers as on the Share page.").waitFor({ timeout: 60_000 });
  await page.getByText("View as table").first().click();
  await page.locator("main figure").first().locator("tbody tr").first().waitFor();
  const rows = await page.locator("main figure").first().locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
  assert.equal(rows.length, json.schools.length);
  for (const [name, students, chronic] of rows) {
    const at = json.schools.findIndex((school) => school.name === name);
    const group = json.groups.find((g) => g.school === at && g.grade === undefined && g.condition === undefined);
    const told = (n) => (typeof n === "number" ? n.toLocaleString("en-US") : "hidden");
    assert.deepEqual([students, chronic], [told(group?.students), told(group?.chronic)], name);
  }
});

journey("no page of Share mode tells a number that the file hides", {}, async (start, { page }) => {
  await start.tryTheExample();
  const share = await (await SharePage.open(start)).ready();
  const { json } = await share.saveExchange();
  await share.switchTo("Share");
  const at = (school, grade) => json.groups.find((g) => g.school === school && g.grade === grade && g.condition === undefined);
  const told = (n) => (typeof n === "number" ? n.toLocaleString("en-US") : "hidden");
  // The comparison: each school's number of students.
  await start.visit("#/schools");
  await page.locator(".comparison tbody tr").first().waitFor();
  for (const row of await page.locator(".comparison tbody tr").all()) {
    const name = (await row.locator(".comparison__school a").innerText()).trim();
    const shown = (await row.locator(".comparison__students").innerText()).trim();
    assert.equal(shown, told(at(json.schools.findIndex((s) => s.name === name))?.students), name);
  }
  // Schools by grades, cell by cell.
  await start.visit("#/explore?rows=school&columns=grade");
  await page.getByText("View as table").first().click();
  const table = page.locator("main figure table").first();
  await table.waitFor();
  const heads = await table.locator("thead th").allInnerTexts();
  let hidden = 0;
  for (const row of await table.locator("tbody tr").all()) {
    const [name, ...cells] = (await row.locator("th, td").allInnerTexts()).map((text) => text.trim());
    const school = json.schools.findIndex((s) => s.name === name);
    cells.forEach((cell, column) => {
      const group = at(school, heads[column + 1].replace(/^Grade /, ""));
      const count = typeof group?.students === "number" && typeof group?.chronic === "number";
      if (!count) hidden += 1;
      assert.equal(/\d/.test(cell), count && group.students > 0, `${name}, ${heads[column + 1]}: ${cell}`);
      if (count && group.students > 0) assert.ok(cell.includes(`${told(group.chronic)} of ${told(group.students)}`), `${name}: ${cell}`);
    });
  }
  assert.ok(hidden > 0, "the example has something to hide");
  // Neither students with two conditions nor homerooms nor kinds of students are told at all.
  await start.visit("#/conditions");
  assert.equal(await page.getByRole("heading", { name: "Conditions together" }).count(), 0);
  await start.visit("#/schools/1");
  assert.equal(await page.locator(".expected-from table").count(), 0);
  // Nor are two definitions' counts of the same students.
  await start.visit("#/definition");
  await page.getByText("Rates side by side show in Team mode").waitFor();
  assert.equal(await page.locator("main figure, main table").count(), 0);
  // What a strategy must reach is what the export tells of the tiers, or nothing.
  await start.visit("#/plans/strategies");
  await page.getByRole("heading", { level: 1, name: "Strategies" }).waitFor();
  const classes = json.groups.find((g) => g.school === undefined && g.grade === undefined && g.condition === undefined).tiers ?? [];
  const held = (...names) => classes.filter((c) => names.includes(c.tiers.join())).reduce((sum, c) => sum + c.students, 0);
  const may = classes.length === 5 ? [held("Satisfactory", "AtRisk", "Moderate", "Severe", "Extreme"), held("Moderate"), held("Severe", "Extreme")] : [];
  const reach = [...(await page.locator("main").innerText()).matchAll(/reach (under )?([\d,]+) students/g)].map((found) => found[2]);
  for (const n of reach) assert.ok(may.map((m) => m.toLocaleString("en-US")).includes(n), `${n} of ${may}`);
});

journey("a chart of the report is saved as a picture", {}, async (start, { page }) => {
  await start.tryTheExample();
  await SharePage.open(start, "report");
  const figure = page.locator("figure").first();
  await figure.waitFor({ timeout: 60_000 });
  await figure.getByText("Download", { exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: "Picture (PNG)" }).click()]);
  const bytes = fs.readFileSync(await download.path());
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(bytes.readUInt32BE(16) >= 700 && bytes.readUInt32BE(20) >= 300, "its measures");
});

journey("a practice profile takes words and keeps them", {}, async (start, { page }) => {
  await start.tryTheExample();
  await SharePage.open(start, "profile");
  await page.getByLabel("Title").fill("Nobody comes back to <b>an empty</b> desk");
  await page.getByLabel("What you do").fill("An adult greets each student who was away.");
  const sheet = page.getByRole("article");
  assert.match(await sheet.innerText(), /<b>an empty<\/b> desk/);
  assert.match(await sheet.innerText(), /An adult greets/);
  await page.reload();
  await page.locator("#attendance-files").or(page.getByRole("heading", { level: 1 })).first().waitFor();
  assert.ok((await page.evaluate(() => localStorage.getItem("bright-spots.profiles"))).includes("greets"));
});

journey("a published file's leaks are counted and placed, never told", {}, async (start, { page, file }) => {
  const rows = ["School,Grade,Students counted,Number chronically absent"];
  const random = randomFrom(9);
  for (const school of schoolNames(12)) {
    const grades = [3, 4, 5].map(() => [60 + Math.floor(random() * 30), 12 + Math.floor(random() * 9)]);
    const sum = [0, 1].map((k) => grades.reduce((all, grade) => all + grade[k], 0));
    rows.push(`${school},All Grades,${sum.join(",")}`);
    grades.forEach(([n, x], at) => rows.push(`${school},${at + 3},${school.startsWith("Alder") && at === 1 ? "s,s" : `${n},${x}`}`));
  }
  await start.import(file("published.csv", `${rows.join("\n")}\n`));
  await SharePage.open(start, "check");
  const look = page.getByRole("button", { name: "Look for leaks" });
  await look.click();
  await page.getByRole("heading", { name: "What was found" }).waitFor({ timeout: 60_000 });
  assert.match(await start.main().innerText(), /\d+ of \d+ hidden numbers can be recalculated/);
});

for (const way of BOTH) {
  journey("the lock is tried live and names its rule", { way, mayComplain: true }, async (start, { page }) => {
    await start.visit("#/privacy");
    await page.getByRole("button", { name: "Try to connect out" }).click();
    await start.main().getByText("The browser refused", { exact: true }).waitFor();
    const words = await start.main().innerText();
    assert.match(words, /connect-src/);
    assert.match(words, /The page may connect to nobody/);
  });
}

journey("wiping names what goes, and it goes", {}, async (start, { page }) => {
  await start.tryTheExample();
  const share = await (await SharePage.open(start)).ready();
  await share.saveExchange();
  await start.visit("#/privacy");
  await page.getByText("bright-spots.exports").waitFor();
  await page.getByRole("button", { name: "Wipe this device" }).click();
  await page.getByRole("dialog").getByText("Numbers that you shared, as they were shown").waitFor();
  await page.getByRole("button", { name: "Wipe", exact: true }).click();
  await page.getByText("Nothing is kept in this browser.").waitFor();
  assert.equal(await share.kept(), null);
  await start.visit("#/share");
  assert.equal(await share.kept(), null);
});

journey("a district of 65,000 students is prepared in under five seconds without holding the page", { timeout: 240_000 }, async (start, { page, file }) => {
  await start.import(file("large.csv", linkedDistrict()));
  // The program with every page is there before.
  await start.visit("#/privacy");
  await page.evaluate(() => {
    globalThis.long = [];
    new PerformanceObserver((list) => list.getEntries().forEach((e) => globalThis.long.push([e.startTime, e.duration]))).observe({ type: "longtask" });
  });
  await (await SharePage.open(start)).ready();
  // The page that shows the result is drawn after it.
  const [{ from, measure }] = await page.evaluate(() => performance.getEntriesByName("prepare-export").map((e) => ({ from: e.startTime, measure: e.duration })));
  const long = await page.evaluate(() => globalThis.long);
  const within = long.filter(([at, took]) => at + took > from + 1 && at < from + measure).map(([, took]) => Math.round(took));
  const all = long.map(([, took]) => Math.round(took));
  console.log(`65,000 students: ${Math.round(measure)} ms to prepare and audit; longest task in it ${Math.max(0, ...within)} ms, around it ${Math.max(0, ...all)} ms`);
  assert.ok(measure < 5_000, `${measure} ms`);
  // 50 ms on a quiet machine; others may be at work beside a test.
  assert.ok(Math.max(0, ...within) < 250, `the page was held for ${Math.max(0, ...within)} ms`);
});

// Trust: checks before charts, the definition lab, another report's number, a reading for a
// colleague, and published files that hold no tiers.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { out } from "./support/browser.mjs";
import { inventDistrict, schoolDays } from "./support/district.mjs";
import { BOTH, journey } from "./support/journey.mjs";

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function axe(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((v) => `${v.id}: ${v.help} (${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")})`);
}

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const picture = async (page, name) => {
  fs.mkdirSync(out, { recursive: true });
  await page.screenshot({ path: path.join(out, `trust-${name}.png`), fullPage: true });
};

// One row per student and day; `status` says each, null for no row.
function dailyFile(students, days, status) {
  const rows = ["Student ID,School,Grade,Date,Status"];
  for (const school of ["Alder", "Birch", "Cedar"]) {
    for (let i = 0; i < students; i += 1) {
      schoolDays(days).forEach((date, at) => {
        const said = status({ school, i, at });
        if (said) rows.push(`${school[0]}${i},${school},${3 + (i % 3)},${date},${said}`);
      });
    }
  }
  return `${rows.join("\n")}\n`;
}

const sometimes = (i, at) => ((i * 31 + at * 17) % 23 < (i % 5) ? ((i + at) % 2 ? "Excused" : "Unexcused") : "Present");

// Birch records no absence on Fridays, Cedar stops two weeks early.
const badDaily = dailyFile(60, 60, ({ school, i, at }) => {
  if (school === "Birch" && at % 5 === 0) return "Present";
  if (school === "Cedar" && at >= 50) return null;
  return sometimes(i, at);
});

for (const way of BOTH) {
  journey("an odd file says beside its tiers what to check first", { way }, async (start, { file, page }) => {
    const ready = await start.import(file("odd.csv", badDaily));
    await page.getByText(/things? to check before you rely on these numbers/).waitFor();
    const results = await ready.results();
    const kinds = results.problems.map((p) => p.kind);
    assert.ok(kinds.includes("weekday_without_absence"), kinds.join());
    assert.ok(kinds.includes("school_ends_early"), kinds.join());
    for (const problem of results.problems) assert.doesNotMatch(problem.message, /\b[ABC]\d+\b/, "names no student");
    await start.visit("#/tiers");
    await page.getByRole("link", { name: "See where, and what to do" }).click();
    await page.getByRole("heading", { level: 1, name: "Checks before charts" }).waitFor();
    const said = await start.main().innerText();
    assert.match(said, /Birch, Mondays/);
    assert.match(said, /Cedar, last day/);
    assert.deepEqual(await axe(page), []);
  });
}

// The program of the first visit cannot compare weekdays; another one does it behind the page.
journey("what a comparison of weekdays shows is said beside the first tiers", {}, async (start, { file, page, log }) => {
  const quietFridays = dailyFile(60, 60, ({ school, i, at }) => (school === "Birch" && at % 5 === 0 ? "Present" : sometimes(i, at)));
  await start.import(file("fridays.csv", quietFridays));
  await page.getByText(/^1.thing to check before you rely on these numbers/).waitFor();
  assert.match(await start.main().innerText(), /weekday/i);
  // The program that was fetched for it serves the next page.
  await start.visit("#/schools");
  const full = log.requests.filter((request) => /\/full-[0-9a-f]+\.js/.test(request));
  assert.equal(full.length, 1, full.join(" "));
});

journey("an ordinary file has nothing to check", {}, async (start, { file, page }) => {
  const { daily } = inventDistrict({ seed: 31, students: 300 });
  const ready = await start.import(file("plain.csv", daily));
  assert.deepEqual((await ready.results()).problems, []);
  await start.visit("#/tiers");
  assert.equal(await page.getByText(/to check before you rely/).count(), 0);
  await start.visit("#/checks");
  assert.match(await start.main().innerText(), /Nothing in this file looks unlike attendance/);
});

journey("a definition changed in the lab moves every number and every export", {}, async (start, { file, page }) => {
  const { daily } = inventDistrict({ seed: 32, students: 300 });
  const ready = await start.import(file("daily.csv", daily));
  const federal = await ready.results();
  // The stamp's link leads to where the definition is changed.
  await page.getByRole("link", { name: "Change the definition" }).click();
  await page.getByRole("heading", { level: 1, name: "What counts as chronic absence" }).waitFor();
  assert.match(await page.locator("figure").first().innerText(), /Federal[\s\S]*Virginia[\s\S]*New Jersey/);
  const select = page.getByLabel("What counts as chronic absence", { exact: true });
  await select.selectOption({ label: "New Jersey" });
  await page.getByText("New Jersey: at least 45 days enrolled").first().waitFor();
  await start.visit("#/tiers");
  const jersey = await ready.results();
  assert.equal(jersey.definition.preset, "new_jersey");
  assert.equal(jersey.definition.minimum_days_enrolled, 45);
  const counted = ({ schools }) => schools.reduce((sum, school) => sum + school.counted, 0);
  assert.ok(counted(jersey) < counted(federal), "half a year at a school is too short for New Jersey");
  assert.equal(jersey.all.counted + jersey.all.too_few_days, federal.all.counted + federal.all.too_few_days);

  // One's own: only the line moves, and it is said to be one's own.
  await start.visit("#/definition");
  const percent = page.getByLabel("Chronic from this percent of enrolled days");
  await percent.fill("20");
  await percent.press("Tab");
  assert.equal(await select.inputValue(), "own");
  await start.visit("#/tiers");
  const own = await ready.results();
  assert.equal(own.definition.preset, "own");
  assert.equal(own.definition.chronic_at_percent, 20);
  assert.equal(own.all.chronic, own.all.tiers.severe + own.all.tiers.extreme, "20 % is where severe begins");
  assert.match(own.definition.words, /Our own.*20 % or more.*45 days/);

  // A kind that no longer counts.
  await start.visit("#/definition");
  await page.getByRole("checkbox", { name: "Excused", exact: true }).uncheck();
  await start.visit("#/tiers");
  const unexcused = await ready.results();
  assert.ok(unexcused.all.days_absent < own.all.days_absent);
  assert.match(unexcused.definition.words, /excused don’t count/);
  await page.reload();
  await start.visit("#/definition");
  assert.equal(await page.getByLabel("Chronic from this percent of enrolled days").inputValue(), "20", "kept for the next visit");
});

journey("a wrong definition is answered at the field and changes nothing", {}, async (start, { page }) => {
  await start.visit("#/definition");
  for (const [label, wrong] of [["Chronic from this percent of enrolled days", "0"], ["Students with fewer enrolled days are counted apart", "ten"], ["And with less than this percent of the longest enrolment", "400"]]) {
    const field = page.getByLabel(label);
    await field.fill(wrong);
    await field.press("Tab");
    assert.equal(await field.getAttribute("aria-invalid"), "true", label);
  }
  assert.equal(await page.getByLabel("What counts as chronic absence", { exact: true }).inputValue(), "federal");
});

journey("another report's number is explained step by step", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Days Enrolled,Days Absent"];
  for (let i = 0; i < 40; i += 1) rows.push(`S${i},${i % 2 ? "Alder" : "Birch"},100,${i % 12}`);
  // Six who joined in the last days, four of them absent half of the time.
  for (let i = 0; i < 6; i += 1) rows.push(`N${i},Alder,8,${i < 4 ? 4 : 0}`);
  const ready = await start.import(file("totals.csv", `${rows.join("\n")}\n`));
  const { all } = await ready.results();
  await start.visit("#/reconcile");
  const number = page.getByLabel("The number there");
  const explain = page.getByRole("button", { name: "Explain the difference" });
  await number.fill("many");
  await explain.click();
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  await number.fill(String(all.chronic + 4));
  await explain.click();
  await page.getByText("1 difference in counting would explain all of it.").first().waitFor();
  assert.match(await start.main().innerText(), /Every student is counted, however few days enrolled/);
  assert.deepEqual(await axe(page), []);
  await number.fill(String(all.chronic + 1000));
  await explain.click();
  await page.getByText(/there stay unexplained/).first().waitFor();
  await number.fill(String(all.chronic));
  await explain.click();
  await page.getByText("Both agree:").first().waitFor();
  // Exact counts side by side are not for a shared screen.
  await page.getByRole("radio", { name: "Share", exact: true }).first().check({ force: true });
  await page.getByText("This page shows in team mode only").waitFor();
  assert.equal(await page.getByLabel("The number there").count(), 0);
});

journey("a reading is saved, wiped, and loaded by a colleague, who is not asked again", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Date,Status"];
  for (const date of schoolDays(30)) for (let i = 0; i < 30; i += 1) rows.push(`S${i},Alder,${date},${i === 3 ? "ZQ" : i % 9 ? "Present" : "Excused"}`);
  const export_ = file("export.csv", `${rows.join("\n")}\n`);
  await start.chooseFiles(export_);
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await page.getByRole("group", { name: /What does ZQ mean/ }).getByRole("radio", { name: "Absent, excused", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Use this reading", exact: true }).click();
  await start.waitImport("ready");
  await start.visit("#/definition");
  await page.getByLabel("What counts as chronic absence", { exact: true }).selectOption({ label: "Virginia" });
  await start.visit("#/readings");
  const saved = await start.download(page.getByRole("button", { name: "Save this reading" }));
  assert.equal(saved.name, "bright-spots-reading.json");
  for (const cell of ["Alder", "S3", "export.csv", "2025-"]) {
    assert.ok(!saved.text.replace(/"made_on": "[^"]*"/, "").includes(cell), `${cell} stays here`);
  }
  const codes = await start.download(page.getByRole("button", { name: "Save its codes (CSV)" }));
  assert.match(codes.text, /^code,meaning,in words\r\n[\s\S]*ZQ,Excused/);

  await start.visit("#/privacy");
  await page.getByRole("button", { name: "Wipe this device" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Wipe", exact: true }).click();
  await page.waitForFunction(() => Object.keys(localStorage).filter((k) => k.startsWith("bright-spots.")).length === 0);
  await page.reload();

  await start.visit("#/readings");
  await page.locator("#reading-files").setInputFiles(file("no.json", '{"format":"bright-spots/results"}'));
  await page.getByText("This is not a reading saved by Bright Spots.").waitFor();
  await page.locator("#reading-files").setInputFiles(file("from-a-colleague.json", saved.text));
  await page.getByRole("button", { name: "Use it with its definition" }).click();
  await page.getByText("It is kept on this device.").waitFor();
  await start.visit("#/");
  await start.chooseFiles(export_);
  assert.equal(await start.waitImport("asking", "ready", "failed"), "ready", "ZQ is known now");
  const { definition, all } = JSON.parse((await start.download(page.getByRole("button", { name: "Download results", exact: true }))).text);
  assert.equal(definition.preset, "virginia");
  assert.ok(all.chronic >= 1, "ZQ is an absence");
});

journey("the signs between cells can be changed, and the questions survive the larger program", {}, async (start, { file, page }) => {
  const { totals, truth } = inventDistrict({ seed: 33 });
  const ready = await start.import(file("semicolons.csv", totals.replaceAll(/"([^"]*)"/g, (_, inner) => inner.replaceAll(",", "")).replaceAll(",", ";")));
  assert.equal((await ready.results()).all.counted, truth.all.counted);
  await start.visit("#/");
  const between = page.getByLabel("Between cells");
  assert.equal(await between.inputValue(), String(";".charCodeAt(0)));
  await start.expectChange();
  await between.selectOption({ label: "Comma" });
  await start.waitImport("asking", "failed");
  if ((await start.importState()) === "asking") {
    // Another page and back: what was asked is still asked.
    await start.visit("#/privacy");
    await start.visit("#/");
    await start.expectChange();
    await page.getByLabel("Between cells").selectOption({ label: "Semicolon" });
    await start.waitImport("ready");
  }
});

journey("a public file shows what it holds, and no tiers", {}, async (start, { file, page }) => {
  const rows = ["School Year,Division Name,School Name,Subgroup,Students Included,Number of Chronically Absent Students,Percent Chronically Absent"];
  rows.push("2023-2024,North,Alder Elementary,All Students,200,30,15.0");
  rows.push("2023-2024,North,Birch Elementary,All Students,100,*,*");
  rows.push("2023-2024,North,Cedar Middle,All Students,400,100,25.0");
  const ready = await start.import(file("public.csv", `${rows.join("\n")}\n`));
  const { all, schools, grades } = await ready.results();
  assert.deepEqual(grades, []);
  for (const group of [all, ...schools]) {
    for (const key of ["students", "tiers", "too_few_days", "days_enrolled", "days_absent"]) assert.equal(group[key], null, key);
  }
  const of = (name) => schools.find((school) => school.name.startsWith(name));
  assert.deepEqual([of("Alder").counted, of("Alder").chronic, of("Alder").rate], [200, 30, 0.15]);
  assert.deepEqual([of("Birch").counted, of("Birch").chronic, of("Birch").rate, of("Birch").interval], [100, null, null, null]);
  assert.equal(all.chronic, null, "no sum over a hidden number");
  await start.visit("#/tiers");
  const said = await start.main().innerText();
  assert.match(said, /no tiers/);
  assert.match(said, /Cedar Middle/);
  assert.match(said, /not known/);
  assert.doesNotMatch(said, /Satisfactory/);
  assert.deepEqual(await axe(page), []);
});

for (const [name, width, height] of [["1280", 1280, 800], ["390", 390, 844]]) {
  for (const colorScheme of ["light", "dark"]) {
    journey(`the pages of trust at ${name}, ${colorScheme}: axe finds nothing and nothing runs over`, { profile: { viewport: { width, height }, colorScheme } }, async (start, { file, page }) => {
      const problems = [];
      const look = async (what) => {
        for (const finding of await axe(page)) problems.push(`${what}: ${finding}`);
        if ((await sideways(page)) > 0) problems.push(`${what}: scrolls sideways by ${await sideways(page)}`);
        assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, what);
        await picture(page, `${what}-${name}-${colorScheme}`);
      };
      await start.visit("#/definition");
      await look("definition-empty");
      await start.visit("#/");
      await start.import(file("odd.csv", badDaily));
      await look("tiers");
      for (const route of ["#/checks", "#/definition", "#/reconcile", "#/readings", "#/"]) {
        await start.visit(route);
        await look(route.slice(2) || "reading");
      }
      await start.visit("#/reconcile");
      await page.getByLabel("The number there").fill("33");
      await page.getByRole("button", { name: "Explain the difference" }).click();
      await page.getByRole("heading", { name: "Each difference alone" }).waitFor();
      await look("reconciled");
      assert.deepEqual(problems, []);
    });
  }
}

journey("the keyboard reaches and works all of it", {}, async (start, { file, page }) => {
  await start.import(file("odd.csv", badDaily));
  await start.visit("#/definition");
  // From the title on, Tab alone comes to every control of the definition.
  await page.getByRole("heading", { level: 1 }).focus();
  const reached = [];
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? ""));
  }
  for (const label of ["What counts as chronic absence", "Chronic from this percent of enrolled days", "Which grades", "Suspended"]) {
    assert.ok(reached.some((text) => text.includes(label)), `${label} among ${reached.join(" | ")}`);
  }
  await start.visit("#/reconcile");
  await page.getByLabel("The number there").focus();
  await page.keyboard.type("12");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Each difference alone" }).waitFor();
});

journey("the pages of trust print", {}, async (start, { file, page }) => {
  await start.import(file("odd.csv", badDaily));
  await page.emulateMedia({ media: "print" });
  await start.visit("#/definition");
  await page.locator("main svg:visible").first().waitFor();
  assert.equal(await page.getByRole("navigation").first().isVisible(), false);
  await start.visit("#/checks");
  assert.ok(await page.getByRole("table").first().isVisible());
});

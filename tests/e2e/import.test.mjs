// A person chooses a file and gets true tiers by school, from the site and from the one file.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root } from "./support/browser.mjs";
import { inventDistrict, TIERS } from "./support/district.mjs";
import { BOTH, journey } from "./support/journey.mjs";
import { assertResults, assertRowsAccountedFor } from "./support/results.mjs";

for (const way of BOTH) {
  journey("one row per student gives the true tiers by school", { way }, async (start, { file }) => {
    const { totals, truth } = inventDistrict({ seed: 11 });
    const ready = await start.import(file("totals.csv", totals));
    const results = await ready.results();
    assertResults(results, { ...truth, rows: undefined });
    assertRowsAccountedFor(results, truth.stays);
    assert.deepEqual(results.problems, []);
  });

  journey("one row per student and day gives the true tiers by school", { way }, async (start, { file, page }) => {
    const { daily, truth } = inventDistrict({ seed: 12, schools: 6 });
    // Every status of this file is an ordinary word, so nothing needs to be asked.
    await start.chooseFiles(file("daily.csv", daily));
    assert.equal(await start.waitImport("ready", "asking", "failed"), "ready");
    await start.visit("#/");
    const ready = await start.import(file("again.csv", daily));
    const results = await ready.results();
    assertResults(results, truth);
    assertRowsAccountedFor(results, truth.rows);
    assert.equal(results.definition.minimum_days_enrolled, 10);
    assert.equal(results.definition.chronic_at_percent, 10);
    const measures = await page.evaluate(() => performance.getEntriesByName("import").map((entry) => entry.duration));
    assert.equal(measures.length, 2, "one measure for each import");
    assert.ok(measures.every((duration) => duration > 0));
  });
}

for (const order of ["absences first", "roster first"]) {
  journey(`one row per absence, with the enrolled days from a second file, ${order}`, {}, async (start, { file }) => {
    const { absences, roster, truth } = inventDistrict({ seed: 14, settled: true });
    const files = [file("absences.csv", absences), file("roster.csv", roster)];
    const results = await (await start.import(...(order === "roster first" ? files.reverse() : files))).results();
    // Most students of a good school have no absence at all, and still count.
    assertResults(results, truth);
    assert.equal(results.files.length, 2);
  });
}

journey("absences without any enrolled days give no rate until the person tells", {}, async (start, { file }) => {
  const { absences } = inventDistrict({ seed: 15, settled: true });
  await start.chooseFiles(file("absences.csv", absences));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  assert.ok(await start.page.getByRole("button", { name: "Use this reading", exact: true }).isDisabled());
});

journey("the order of rows changes nothing", {}, async (start, { file }) => {
  const { daily } = inventDistrict({ seed: 13, students: 90 });
  const [header, ...rows] = daily.trim().split("\n");
  const forwards = await (await start.import(file("a.csv", daily))).results();
  await start.visit("#/");
  const backwards = await (await start.import(file("b.csv", `${[header, ...rows.reverse()].join("\n")}\n`))).results();
  for (const key of ["all", "schools", "grades"]) assert.deepEqual(backwards[key], forwards[key], key);
});

journey("students exactly at a bound belong to the tier above it", {}, async (start, { file }) => {
  const header = "Student ID,School,Days Enrolled,Days Absent";
  const at = [[100, 4.5, 0], [100, 5, 1], [100, 9.5, 1], [100, 10, 2], [100, 19.5, 2], [100, 20, 3], [100, 49.5, 3], [100, 50, 4], [100, 100, 4], [180, 18, 2], [180, 17.5, 1], [9, 9, null]];
  const rows = at.map(([enrolled, absent], i) => `B${i},Boundary School,${enrolled},${absent}`);
  const { all } = await (await start.import(file("bounds.csv", `${[header, ...rows].join("\n")}\n`))).results();
  const expected = [0, 1, 2, 3, 4].map((tier) => at.filter((row) => row[2] === tier).length);
  assert.deepEqual(TIERS.map((tier) => all.tiers[tier]), expected);
  assert.equal(all.too_few_days, 1);
});

journey("rows that cannot be right are set aside, counted and offered as a list", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Days Enrolled,Days Absent", "1,Alder,100,5", "2,Alder,100,101", "3,Alder,100,many", "4,Alder,100,20"];
  const ready = await start.import(file("odd.csv", `${rows.join("\n")}\n`));
  const results = await ready.results();
  assertRowsAccountedFor(results, 4);
  assert.equal(results.files[0].rows_used, 2);
  assert.equal(results.all.counted, 2);
  assert.ok(results.problems.length >= 2, "each reason has its own line");
  for (const problem of results.problems) assert.ok(problem.message.length > 10 && !problem.message.includes("many"), problem.message);
  assert.match(await page.getByRole("main").innerText(), /set aside/i);
});

journey("a status that is not known is asked about, never guessed", {}, async (start, { file }) => {
  const rows = ["Student ID,School,Date,Status"];
  for (let day = 1; day <= 20; day += 1) {
    for (const id of ["1", "2", "3"]) rows.push(`${id},Alder,2025-09-${String(day).padStart(2, "0")},${day === 4 ? "ZQ" : "Present"}`);
  }
  await start.chooseFiles(file("codes.csv", `${rows.join("\n")}\n`));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  assert.match(await start.main().innerText(), /ZQ/);
  assert.ok(await start.page.getByRole("button", { name: "Use this reading", exact: true }).isDisabled());
});

journey("the example shows six schools", {}, async (start) => {
  const ready = await start.tryTheExample();
  const results = await ready.results();
  assert.equal(results.schools.length, 6);
  assert.ok(results.all.counted > 100);
});

journey("a result can be had twice: the second import replaces the first", {}, async (start, { file }) => {
  const first = inventDistrict({ seed: 21, schools: 2 });
  const second = inventDistrict({ seed: 22, schools: 3 });
  await start.import(file("first.csv", first.totals));
  await start.visit("#/");
  const ready = await start.import(file("second.csv", second.totals));
  assertResults(await ready.results(), second.truth);
});

journey("a corrected file of the same name can be chosen again", {}, async (start, { file }) => {
  const header = "Student ID,School,Days Enrolled,Days Absent";
  const name = file("attendance.csv", `${header}\n1,Alder,100,101\n2,Alder,100,3\n`);
  await start.import(name);
  await start.visit("#/");
  file("attendance.csv", `${header}\n1,Alder,100,10\n2,Alder,100,3\n`);
  const { files, all } = await (await start.import(name)).results();
  assert.equal(files[0].rows_used, 2);
  assert.equal(all.chronic, 1);
});

// A real small file, which stays outside of the repository.
const shared = process.env.BRIGHT_SPOTS_DATA ?? path.join(root, "../shared/data");
const k12lab = path.join(shared, "2_student_level/transcribed_small/k12lab_attendance_totals.csv");
if (fs.existsSync(k12lab)) {
  for (const way of BOTH) {
    journey("the K12 lab's totals give their true tiers", { way }, async (start) => {
      const [header, ...lines] = fs.readFileSync(k12lab, "utf8").trim().split(/\r?\n/).map((line) => line.split(","));
      const tiers = [0, 0, 0, 0, 0];
      const column = (name) => header.indexOf(name);
      for (const line of lines) {
        const [enrolled, absent] = [Number(line[column("days_enrolled")]), Number(line[column("days_absent")])];
        tiers[absent * 20 < enrolled ? 0 : absent * 10 < enrolled ? 1 : absent * 5 < enrolled ? 2 : absent * 2 < enrolled ? 3 : 4] += 1;
      }
      const { all, files } = await (await start.import(k12lab)).results();
      assert.deepEqual(TIERS.map((tier) => all.tiers[tier]), tiers);
      assert.equal(files[0].rows, lines.length);
    });
  }
} else {
  console.log(`Skipped: the K12 lab's file is not at ${k12lab}; name its folder in BRIGHT_SPOTS_DATA.`);
}

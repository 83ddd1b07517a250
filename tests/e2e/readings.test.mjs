// A file that leaves something open asks exactly that, shows no number before the answer, and the right one after it.
import assert from "node:assert/strict";
import { BOTH, journey } from "./support/journey.mjs";
import { AskingPage, ResultsPage } from "./support/pages.mjs";
import { assertRowsAccountedFor } from "./support/results.mjs";
import { workbook } from "./support/workbook.mjs";

const csv = (rows) => `${rows.join("\n")}\n`;
const day = (n) => `2025-09-${String(n).padStart(2, "0")}`;

// Chooses files that must be asked about; nothing can be used before the answer.
async function asks(start, ...paths) {
  await start.chooseFiles(...paths);
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  const asking = new AskingPage(start.page);
  assert.ok(await asking.useButton().isDisabled(), "a number could be had before the answer");
  return asking;
}

// Radios lie under their labels, which is what people press.
async function answer(page, question, choice) {
  const group = page.getByRole("group", { name: question });
  await group.getByRole("radio", { name: choice }).first().check();
  assert.ok(await group.getByRole("radio", { name: choice }).isChecked(), `${choice} was not chosen`);
}

async function school(asking, name = "Alder") {
  const results = await (await asking.useThisReading()).results();
  return { results, school: results.schools.find((one) => one.name === name) };
}

journey("dates that could be read either way ask for their order", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Date,Status"];
  for (let n = 1; n <= 12; n += 1) rows.push(`1,Alder,${n}/9/2025,${n === 3 ? "Absent" : "Present"}`);
  const asking = await asks(start, file("dates.csv", csv(rows)));
  await answer(page, /what day is/i, /day first/i);
  const { school: alder } = await school(asking);
  assert.deepEqual([alder.days_enrolled, alder.days_absent], [12, 1]);
});

journey("an unknown code waits for its meaning, and is known the next time", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Date,Status"];
  for (let n = 1; n <= 20; n += 1) rows.push(`1,Alder,${day(n)},${n <= 2 ? "ZQ" : "Present"}`);
  const asking = await asks(start, file("september.csv", csv(rows)));
  await answer(page, /what does zq mean/i, /absent, excused/i);
  const { results, school: alder } = await school(asking);
  assert.deepEqual([alder.days_absent, alder.tiers.moderate], [2, 1]);
  assertRowsAccountedFor(results, 20);
  // The same header with the same code a month later: straight to results.
  await start.visit("#/");
  const later = await start.import(file("october.csv", csv(rows.map((row) => row.replace("2025-09", "2025-10")))));
  assert.equal((await later.results()).all.days_absent, 2);
  // And after the page was closed and opened again.
  await page.reload();
  await start.visit("#/");
  assert.equal((await (await start.import(file("november.csv", csv(rows)))).results()).all.days_absent, 2);
});

journey("absences alone ask for the days enrolled", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Date,Code", `1,Alder,${day(3)},Unexcused`, `1,Alder,${day(4)},Excused`, `2,Alder,${day(4)},Excused`];
  const asking = await asks(start, file("absences.csv", csv(rows)));
  await page.getByRole("textbox", { name: /school days so far/i }).fill("20");
  const { school: alder } = await school(asking);
  assert.deepEqual([alder.days_enrolled, alder.days_absent, alder.chronic], [40, 3, 1]);
});

journey("two files of different kinds are joined, and what they do not share is said", {}, async (start, { file, page }) => {
  const absences = ["Student ID,School,Date,Code", `1,Alder,${day(3)},Excused`, `9,Alder,${day(3)},Excused`];
  const list = ["Student ID,School,Days Enrolled,IEP", "1,Alder,20,Y", "2,Alder,20,N"];
  const results = await (await start.import(file("absences.csv", csv(absences)), file("students.csv", csv(list)))).results();
  assert.deepEqual([results.all.students, results.all.days_enrolled, results.all.days_absent], [2, 40, 1]);
  const missing = results.problems.find((problem) => problem.kind === "not_on_roster");
  assert.deepEqual([missing.rows, missing.first_line], [1, 3]);
  await start.visit("#/");
  assert.match(await page.getByRole("main").innerText(), /missing from the file of enrolled days/i);
});

journey("entry dates show the school days they rest on, to be confirmed", {}, async (start, { file, page }) => {
  const absences = ["Student ID,School,Date,Code"];
  for (let n = 1; n <= 12; n += 1) absences.push(`1,Alder,${day(n)},Excused`);
  const list = ["Student ID,School,Entry Date,Exit Date", `1,Alder,${day(1)},`, `2,Alder,${day(8)},`];
  const asking = await asks(start, file("absences.csv", csv(absences)), file("list.csv", csv(list)));
  await answer(page, /which days were school days/i, /all 10 weekdays/i);
  const { results } = await school(asking);
  // Ten weekdays from the first to the twelfth, five of them for the student who came on the eighth.
  assert.equal(results.all.days_enrolled, 15);
});

const SHEET = [["Student ID", "School", "Days Enrolled", "Days Absent"], ["0012", "Alder", 100, 10], ["0013", "Alder", 100, 2.5]];

for (const way of BOTH) {
  journey("a spreadsheet with one table is read like a text file", { way }, async (start, { file }) => {
    const { all } = await (await start.import(file("students.xlsx", workbook({ Students: SHEET })))).results();
    assert.deepEqual([all.students, all.chronic, all.days_absent], [2, 1, 12.5]);
  });
}

journey("a spreadsheet with several tables asks which one", {}, async (start, { file, page }) => {
  const other = [["Bus", "Stops"], ["7", 12]];
  await start.chooseFiles(file("both.xlsx", workbook({ Buses: other, Students: SHEET })));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await page.getByRole("checkbox", { name: /students/i }).check();
  await start.expectChange();
  await page.getByRole("button", { name: "Use this reading" }).click();
  await start.waitImport("ready");
  assert.equal((await new ResultsPage(page).results()).all.students, 2);
});

journey("a block pasted from a spreadsheet is read as a file", {}, async (start, { page }) => {
  await page.getByRole("button", { name: /paste a table/i }).click();
  await page.getByRole("textbox", { name: /rows from a spreadsheet/i }).fill(SHEET.map((row) => row.join("\t")).join("\n"));
  await start.expectChange();
  await page.getByRole("button", { name: "Read this table" }).click();
  await start.waitImport("ready");
  const { all } = await new ResultsPage(page).results();
  assert.deepEqual([all.students, all.days_absent], [2, 12.5]);
});

journey("a photo and a PDF are refused by what they are", {}, async (start, { file }) => {
  const wrong = [
    ["board.jpg", Buffer.from("ffd8ffe000104a46494600010100000100010000ffdb", "hex"), /jpeg|picture|image|photo/i],
    ["letter.pdf", Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n", "latin1"), /pdf/i],
  ];
  for (const [name, content, words] of wrong) {
    await start.visit("#/");
    await start.chooseFiles(file(name, content));
    assert.equal(await start.waitImport("failed", "asking", "ready"), "failed", name);
    assert.match(await start.problem().first().innerText(), words);
  }
});

journey("a column for each date gives the days of each student", {}, async (start, { file }) => {
  const dates = Array.from({ length: 20 }, (_, n) => `9/${n + 1}/2025`);
  const row = (id, absent) => [id, "Alder", ...dates.map((_, n) => (n < absent ? "A" : "P"))].join(",");
  const rows = [["Student ID", "School", ...dates].join(","), row(1, 0), row(2, 1), row(3, 2), row(4, 10)];
  const { all } = await (await start.import(file("wide.csv", csv(rows)))).results();
  assert.deepEqual(Object.values(all.tiers), [1, 1, 1, 0, 1]);
  assert.equal(all.days_enrolled, 80);
});

journey("a total that may leave unexcused absences out is asked about", {}, async (start, { file, page }) => {
  const rows = ["School_number,STN,Days in attendance,Total absences,Total absences unexcused", "1,100,160,10,10", "1,101,170,8,2"];
  const asking = await asks(start, file("indiana.csv", csv(rows)));
  await answer(page, /which absences are in/i, /excused absences only/i);
  const { results } = await school(asking);
  assert.deepEqual([results.all.days_enrolled, results.all.days_absent], [360, 30]);
});

journey("days never taken are left out, and count as present where the person says so", {}, async (start, { file, page }) => {
  const rows = ["Student ID,School,Homeroom,Date,Status"];
  for (let id = 0; id < 24; id += 1) {
    for (const n of [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]) {
      if (id % 2 === 0 || n !== 3) rows.push(`${id},Alder,${id % 2 ? "B" : "A"},${day(n)},${id === 1 && n === 9 ? "Absent" : "Present"}`);
    }
  }
  const ready = await start.import(file("daily.csv", csv(rows)));
  assert.equal((await ready.results()).all.days_enrolled, 12 * 10 + 12 * 9);
  await start.visit("#/");
  assert.match(await page.getByRole("main").innerText(), /Alder, 12 on 1 day/);
  await answer(page, /how should these days count/i, /counted as present/i);
  const asking = new AskingPage(page);
  await start.expectChange();
  const { all } = await (await asking.useThisReading()).results();
  assert.deepEqual([all.days_enrolled, all.days_absent], [240, 1]);
});

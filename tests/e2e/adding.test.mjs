// Files that belong together can come one after the other: what was decided of the first holds.
import assert from "node:assert/strict";
import { BOTH, journey } from "./support/journey.mjs";
import { axe, overflow } from "./support/look.mjs";
import { AskingPage, ResultsPage } from "./support/pages.mjs";
import { workbook } from "./support/workbook.mjs";

const csv = (rows) => `${rows.join("\n")}\n`;
const ABSENCES = csv(["Student ID,Date,Code", "1,2025-09-03,Unexcused", "1,2025-09-04,ZQ", "2,2025-09-04,ZQ"]);
const LIST = csv(["Student ID,School,Days Enrolled", "1,Alder,20", "2,Birch,20", "3,Birch,20"]);
const MORE = { Conditions: [["Student ID", "IEP"], ["1", "Y"], ["2", "N"], ["3", "N"]], Lunch: [["Student ID", "Lunch"], ["1", "F"]] };

const belongs = (page) => page.getByRole("group", { name: "What is it?" }).getByRole("radio", { name: /belongs/ });

for (const way of BOTH) {
  journey("a list and a workbook are added to absences, one after the other", { way }, async (start, { file, page }) => {
    await start.chooseFiles(file("absences.csv", ABSENCES));
    assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
    await page.getByRole("group", { name: /what does zq mean/i }).getByRole("radio", { name: "Absent, excused" }).check();
    await start.expectChange();
    await page.getByRole("button", { name: "Use this reading" }).click();
    assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
    await page.getByRole("button", { name: /^Add a file with enrolled days/ }).press("Enter");
    assert.ok(await belongs(page).isChecked());
    assert.equal(await page.evaluate(() => document.activeElement.id), "attendance-files");
    assert.deepEqual(await axe(page), []);
    // What cannot be read changes nothing.
    await start.chooseFiles(file("photo.csv", Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1")));
    await page.getByText(/photo\.csv is a PNG picture.*What was read before stays as it was/).first().waitFor();
    assert.equal(await start.waitImport("asking"), "asking");
    await belongs(page).check();
    await start.chooseFiles(file("list.csv", LIST));
    assert.equal(await start.waitImport("asking", "ready", "failed"), "ready");
    const before = await new ResultsPage(page).results();
    assert.deepEqual(before.files.map((one) => one.name), ["absences.csv", "list.csv"]);
    assert.deepEqual(before.schools.map((one) => [one.name, one.students, one.days_enrolled, one.days_absent]), [["Alder", 1, 20, 2], ["Birch", 2, 40, 1]]);
    // Now that numbers stand: a workbook whose sheet must be chosen.
    await start.visit("#/");
    await belongs(page).check();
    await start.chooseFiles(file("more.xlsx", workbook(MORE)));
    assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
    await page.getByRole("checkbox", { name: /^Conditions/ }).check();
    await start.expectChange();
    await page.getByRole("button", { name: "Use this reading" }).click();
    assert.equal(await start.waitImport("asking", "ready", "failed"), "ready");
    const after = await new ResultsPage(page).results();
    assert.deepEqual(after.files.map((one) => one.name), ["absences.csv", "list.csv", "more.xlsx, sheet Conditions"]);
    assert.deepEqual(after.schools, before.schools);
    assert.deepEqual(after.groups.map((one) => [one.name, one.students]), [["Special education", 1]]);
    // A new export takes their place.
    await start.visit("#/");
    assert.ok(!(await belongs(page).isChecked()));
    const alone = await start.import(file("totals.csv", csv(["Student ID,School,Days Enrolled,Days Absent", "1,Elm,20,5"])));
    assert.deepEqual((await alone.results()).files.map((one) => one.name), ["totals.csv"]);
  });
}

journey("a list of codes alone says what it belongs to, and rules the codes of the file that is added", {}, async (start, { file, page }) => {
  await start.chooseFiles(file("codes.csv", csv(["Code,Description", "T,Truant: absent without excuse", "P,Present"])));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await page.getByRole("heading", { name: "Where are the absences?" }).waitFor();
  await page.getByRole("button", { name: "Add the attendance file" }).click();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    assert.equal((await overflow(page)).sideways, 0, `${width}`);
  }
  const rows = ["Student ID,School,Date,Code"];
  for (let n = 1; n <= 9; n += 1) rows.push(`1,Alder,2025-09-0${n},${n === 3 ? "T" : "P"}`);
  await start.chooseFiles(file("days.csv", csv(rows)));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "ready");
  assert.equal((await new ResultsPage(page).results()).all.days_absent, 1);
  // The other way round: T counts as late until the list is added.
  await start.visit("#/");
  const others = file("others.csv", csv(rows).replace("Student ID", "Student Number"));
  assert.equal((await (await start.import(others)).results()).all.days_absent, 0);
  await start.visit("#/");
  await belongs(page).check();
  await start.chooseFiles(file("codes.csv", csv(["Code,Description", "T,Truant: absent without excuse", "P,Present"])));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "ready");
  assert.equal((await new ResultsPage(page).results()).all.days_absent, 1);
});

journey("files that were being added are left out again when that is cancelled", {}, async (start, { file, page }) => {
  const ready = await start.import(file("totals.csv", csv(["Student ID,School,Days Enrolled,Days Absent", "1,Elm,20,5"])));
  const before = await ready.results();
  await start.visit("#/");
  await belongs(page).check();
  await start.chooseFiles(file("more.xlsx", workbook(MORE)));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await start.expectChange();
  await page.getByRole("button", { name: /cancel/i }).first().click();
  await start.waitImport("ready");
  await start.visit("#/");
  assert.equal(await page.getByLabel(/^Letters/).count(), 1);
  await start.expectChange();
  assert.deepEqual((await (await new AskingPage(page).useThisReading()).results()).all, before.all);
});

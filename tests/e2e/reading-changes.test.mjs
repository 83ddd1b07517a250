// How a file is read, changed by hand: its letters, its school days, several of its tables. Other decisions stay.
import assert from "node:assert/strict";
import { BOTH, journey } from "./support/journey.mjs";
import { axe, overflow } from "./support/look.mjs";
import { AskingPage, ResultsPage } from "./support/pages.mjs";
import { workbook } from "./support/workbook.mjs";

const csv = (rows) => `${rows.join("\n")}\n`;
const day = (n) => `2025-09-${String(n).padStart(2, "0")}`;

async function answer(page, question, choice) {
  await page.getByRole("group", { name: question }).getByRole("radio", { name: choice }).first().check();
}

// Six students on the weekdays from 1 to 12 September, but for the 4th; the first is absent on the 3rd.
function register() {
  const rows = ["Student ID,School,Date,Status"];
  for (let student = 0; student < 6; student += 1) {
    for (const n of [1, 2, 3, 5, 8, 9, 10, 11, 12]) rows.push(`s${student},Alder,${day(n)},${student === 0 && n === 3 ? "Absent" : "Present"}`);
  }
  return csv(rows);
}

const HEAD = ["Student ID", "Days Enrolled", "Days Absent"];
const BOOK = { Alder: [HEAD, ["0012", 100, 10], ["0013", 100, 2.5]], Birch: [HEAD, ["0021", 100, 30]], "Read me": [["Exported on Friday"]] };

for (const way of BOTH) {
  journey("sheets that are ticked together are files of their own", { way }, async (start, { file, page }) => {
    await start.chooseFiles(file("book.xlsx", workbook(BOOK)));
    assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
    await page.getByRole("heading", { level: 1, name: "Which sheets?" }).waitFor();
    assert.ok(await page.getByRole("button", { name: "Use this reading" }).isDisabled(), "nothing is ticked yet");
    await page.getByRole("checkbox", { name: /^Alder/ }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("checkbox", { name: /^Birch/ }).check();
    assert.deepEqual(await axe(page), []);
    await start.expectChange();
    await page.getByRole("button", { name: "Use this reading" }).click();
    assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
    await answer(page, "What is one file?", /a school of its own/i);
    const results = await (await new AskingPage(page).useThisReading()).results();
    assert.deepEqual(results.schools.map((one) => [one.name, one.students, one.days_absent]), [["Alder", 2, 12.5], ["Birch", 1, 30]]);
    assert.deepEqual(results.files.map((one) => one.name), ["book.xlsx, sheet Alder", "book.xlsx, sheet Birch"]);
  });
}

journey("letters can be chosen, and the file is read again with them", {}, async (start, { file, page }) => {
  const cyrillic = (letters) => Buffer.from(letters);
  const content = Buffer.concat([
    Buffer.from("Student ID,Name,School,Days Enrolled,Days Absent,Zone\n1,"),
    cyrillic([0xc8, 0xe2, 0xe0, 0xed]),
    Buffer.from(",Alder,100,12,north\n2,"),
    cyrillic([0xce, 0xeb, 0xfc, 0xe3, 0xe0]),
    Buffer.from(",Alder,100,2,south\n"),
  ]);
  const list = csv(["Student ID,School,IEP", "1,Alder,Y", "2,Alder,N"]);
  const ready = await start.import(file("names.csv", content), file("list.csv", list));
  const before = await ready.results();
  await start.visit("#/");
  const letters = page.getByLabel("Letters of names.csv");
  assert.equal(await page.getByLabel("Letters of list.csv").inputValue(), "UTF-8");
  // A decision about the other file, and one about this file's own column, stay.
  await page.getByLabel("We read IEP as").selectOption({ label: "Homeroom" });
  await page.getByLabel("We read Zone as").selectOption({ label: "Homeroom" });
  for (const [label, name] of [["windows-1252", "Èâàí"], ["windows-1251", "Иван"]]) {
    await start.expectChange();
    await letters.selectOption(label);
    await start.waitImport("ready");
    await page.getByText(name).first().waitFor();
    assert.equal(await letters.inputValue(), label);
  }
  assert.equal(await page.getByLabel("We read IEP as").inputValue(), "Homeroom");
  assert.equal(await page.getByLabel("We read Zone as").inputValue(), "Homeroom");
  await page.waitForFunction(() => document.activeElement?.id === "written-letters-0");
  await start.expectChange();
  const after = await (await new AskingPage(page).useThisReading()).results();
  assert.deepEqual(after.all, before.all);
  // The next file with this header is read in these letters at once.
  await start.visit("#/");
  await start.import(file("october.csv", content));
  await start.visit("#/");
  await page.getByText("Иван").first().waitFor();
  assert.equal(await page.getByLabel("Letters").inputValue(), "windows-1251");
});

journey("a school day is taken out and another put in, with reasons that stay", {}, async (start, { file, page }) => {
  const ready = await start.import(file("september.csv", register()));
  const enrolled = async (results) => (await results.results()).all.days_enrolled;
  assert.equal(await enrolled(ready), 54);
  await start.visit("#/");
  await page.getByText("Show these days by month").click();
  const third = page.getByRole("button", { name: /^Wednesday 3.September/ });
  const fourth = page.getByRole("button", { name: /^Thursday 4.September/ });
  assert.equal(await third.getAttribute("aria-pressed"), "true");
  assert.equal(await fourth.getAttribute("aria-pressed"), "false");
  // By the keyboard alone: the month is one stop, the arrow keys move within it.
  await page.getByRole("button", { name: /^Monday 1.September/ }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  assert.equal(await third.getAttribute("aria-pressed"), "false");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  assert.equal(await fourth.getAttribute("aria-pressed"), "true");
  await page.getByLabel(/^Why 3.Sep.2025 is no school day/).fill("Storm");
  await page.getByLabel(/^Why 4.Sep.2025 is a school day/).fill("The register was forgotten");
  assert.deepEqual(await axe(page), []);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    assert.equal((await overflow(page)).sideways, 0, `${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await start.expectChange();
  // Without the 3rd; the 4th has no row and was never taken, so it is left out until it is said to count.
  assert.equal(await enrolled(await new AskingPage(page).useThisReading()), 48);
  await start.visit("#/");
  await answer(page, /how should these days count/i, /counted as present/i);
  await start.expectChange();
  const results = await (await new AskingPage(page).useThisReading()).results();
  assert.deepEqual([results.all.days_enrolled, results.all.days_absent], [54, 0]);
  assert.equal(results.problems.find((one) => one.kind === "day_taken_out").rows, 6);
  assert.equal(results.problems.find((one) => one.kind === "day_put_in").rows, 1);
  // It goes with the reading to a colleague, and stays for the next file with the same header.
  await start.visit("#/readings");
  const saved = await start.download(page.getByRole("button", { name: "Save this reading" }));
  assert.deepEqual(JSON.parse(saved.text).readings[0].days, [
    { day: "2025-09-03", is_school: false, why: "Storm" },
    { day: "2025-09-04", is_school: true, why: "The register was forgotten" },
  ]);
  await page.reload();
  await start.visit("#/");
  assert.equal(await enrolled(await start.import(file("again.csv", register()))), 48);
  // Put back.
  await start.visit("#/");
  await page.getByRole("button", { name: /^Put it back/ }).click();
  await page.getByRole("button", { name: /^Take it out again/ }).click();
  await start.expectChange();
  assert.equal(await enrolled(await new AskingPage(page).useThisReading()), 54);
});

journey("any column can be made a condition, under its own name", {}, async (start, { file, page }) => {
  const rows = Array.from({ length: 120 }, (_, n) => `s${n},${["Alder", "Birch", "Cedar"][n % 3]},${n % 2 ? "bus" : "walks"},L${n},100,${n % 25}`);
  await start.import(file("totals.csv", `Student ID,School,Way to school,Locker,Days Enrolled,Days Absent\n${rows.join("\n")}\n`));
  await start.visit("#/");
  for (const column of ["Way to school", "Locker"]) {
    await page.getByLabel(`We read ${column} as`).selectOption({ label: "A condition, called as the column is" });
  }
  await start.expectChange();
  const { problems } = await (await new AskingPage(page).useThisReading()).results();
  assert.equal(problems.find((one) => one.kind === "too_many_values").rows, 120);
  await start.visit("#/explore");
  await page.getByLabel("Columns", { exact: true }).selectOption({ label: "Way to school" });
  await page.getByText(/Chronic absence by school and way to school/).first().waitFor();
  assert.match(await page.getByLabel("Only students").innerText(), /Way to school: walks/);
  // It is there the next time a file has this header.
  await start.visit("#/");
  assert.equal(await page.getByLabel("We read Way to school as").inputValue(), "A condition, called as the column is");
});

journey("letters that do not fit can be taken back, and what was decided is not lost", {}, async (start, { file, page }) => {
  const content = register().replaceAll("Absent", "ZQ");
  await start.chooseFiles(file("september.csv", content));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await answer(page, /what does zq mean/i, /absent, excused/i);
  await start.expectChange();
  // In UTF-16 the file is no table at all.
  await page.getByLabel("Letters").selectOption("UTF-16LE");
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await start.expectChange();
  await page.getByLabel("Letters").selectOption("UTF-8");
  assert.equal(await start.waitImport("asking", "ready", "failed"), "ready");
  await start.visit("#/tiers");
  const { all } = await new ResultsPage(page).results();
  assert.deepEqual([all.days_enrolled, all.days_absent], [54, 1]);
});

journey("an answer stands on the reading once the numbers do, and can be asked again", {}, async (start, { file, page }) => {
  // Read day first, the absences are of three months; month first, of the first days of one.
  const rows = ["3/9", "4/9", "5/9", "8/9", "9/9"].flatMap((date) => ["s1", "s2"].map((id) => `${id},Alder,${date}/2025,${id === "s1" && date === "3/9" ? "Absent" : "Present"}`));
  await start.chooseFiles(file("days.csv", csv(["Student ID,School,Date,Status", ...rows])));
  assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  await answer(page, /What day is/, /Month first/);
  const ready = await new AskingPage(page).useThisReading();
  const before = await ready.results();
  await start.visit("#/");
  const answered = page.getByRole("region", { name: "What was decided" });
  await answered.getByText("Month first").waitFor();
  assert.deepEqual(await axe(page), []);
  const askAgain = async () => {
    await start.expectChange();
    await answered.getByRole("button", { name: /^Ask again ?: Dates$/ }).press("Enter");
    assert.equal(await start.waitImport("asking", "ready", "failed"), "asking");
  };
  await askAgain();
  await page.getByRole("button", { name: "Cancel and choose another file" }).click();
  await start.visit("#/tiers");
  assert.deepEqual(await new ResultsPage(page).results(), before, "what stood before stands again");
  await start.visit("#/");
  await askAgain();
  assert.equal(await page.getByRole("radio", { name: /Month first/ }).isChecked(), false, "nothing is answered yet");
  await answer(page, /What day is/, /Day first/);
  await new AskingPage(page).useThisReading();
  await start.visit("#/");
  await answered.getByText("Day first").waitFor();
});

// Measures how long each kind of layout takes to be imported, per byte, beside the file of one row per
// student and day, all in one run of one Chromium, and writes bench-results/layouts.md. Ratios are what
// counts: times change from machine to machine.
//
//   node scripts/bench-layouts.mjs [--megabytes 40] [--rounds 5] [--write FOLDER]
//
// With --write the files are only made, for the native example `import_speed`.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "./serve.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const e2e = path.join(root, "tests/e2e/support");
const { randomFrom, schoolDays, schoolNames } = await import(path.join(e2e, "district.mjs"));

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
const megabytes = Number(option("--megabytes", 40));
const rounds = Number(option("--rounds", 5));

// Another layout may take this many times as long for a byte.
const MOST = 1.5;
const REFERENCE = "student-days";

const FIRST = ["Ada", "Bo", "Cleo", "Dara", "Enzo", "Fern", "Gia", "Hugo"];
const LAST = ["Amber", "Brook", "Clay", "Dune", "Field", "Grove", "Heath", "Isle"];
const nameOf = (at) => `${LAST[at % 8]}, ${FIRST[(at >> 3) % 8]}`;
const schools = schoolNames(60);
const schoolOf = (at) => schools[at % schools.length];
const gradeOf = (at) => at % 13;

// Writes lines until the file is large enough; `lines` yields some at a time.
function write(file, header, lines) {
  const out = fs.openSync(file, "w");
  let bytes = fs.writeSync(out, `${header}\n`);
  for (const some of lines) {
    bytes += fs.writeSync(out, some);
    if (bytes > megabytes * 1e6) break;
  }
  fs.closeSync(out);
}

function* studentDays(students, dates, row) {
  for (const date of dates) {
    let text = "";
    for (let at = 0; at < students; at += 1) text += row(at, date);
    yield text;
  }
}

// Lists with one line for each student; `row` gives the line.
function* each(n, row) {
  for (let from = 0; from < n; from += 1000) {
    let text = "";
    for (let at = from; at < Math.min(n, from + 1000); at += 1) text += row(at);
    yield text;
  }
}

// Each layout as the files it consists of: name and how to write it.
const LAYOUTS = {
  [REFERENCE]: (folder) => {
    const random = randomFrom(1);
    // A school year's days, and as many students as make the size.
    const students = Math.round((megabytes * 1e6) / 170 / 62);
    const row = (at, date) => `S${100_000 + at},"${nameOf(at)}",${schoolOf(at)},${gradeOf(at)},${date},${random() < 0.07 ? "Unexcused" : "Present"}\n`;
    write(path.join(folder, "daily.csv"), "Student ID,Student Name,School,Grade,Date,Status", studentDays(students, schoolDays(170), row));
    return ["daily.csv"];
  },
  totals: (folder) => {
    const random = randomFrom(2);
    const row = (at) => `S${1_000_000 + at},"${nameOf(at)}",${schoolOf(at)},${gradeOf(at)},${at % 7 === 0 ? "Y" : "N"},${at % 5 === 0 ? "Y" : "N"},170,${Math.floor(random() * 30)},${Math.floor(random() * 10)}.5\n`;
    write(path.join(folder, "totals.csv"), "Student ID,Student Name,School,Grade,IEP,ELL,Days Enrolled,Days Absent,Days Tardy", each(10_000_000, row));
    return ["totals.csv"];
  },
  "list and absences": (folder) => {
    const random = randomFrom(3);
    const students = 60_000;
    write(path.join(folder, "list.csv"), "Student ID,Student Name,School,Grade,Days Enrolled", each(students, (at) => `S${100_000 + at},"${nameOf(at)}",${schoolOf(at)},${gradeOf(at)},170\n`));
    const dates = schoolDays(170);
    const absence = (date) => {
      let text = "";
      for (let at = 0; at < students; at += 1) {
        if (random() < 0.08) text += `S${100_000 + at},${schoolOf(at)},${date},${random() < 0.6 ? "Excused" : "Unexcused"},Called in by a parent before nine\n`;
      }
      return text;
    };
    write(path.join(folder, "absences.csv"), "Student ID,School,Date,Absence Type,Comment", (function* () {
      for (const date of dates) yield absence(date);
    })());
    return ["list.csv", "absences.csv"];
  },
  periods: (folder) => {
    const random = randomFrom(4);
    const students = Math.round((megabytes * 1e6) / 60 / 6 / 44);
    const row = (at, date) => {
      const away = random() < 0.06;
      let text = "";
      for (let period = 1; period <= 6; period += 1) text += `S${100_000 + at},${schoolOf(at)},${gradeOf(at)},${date},${period},${away || random() < 0.02 ? "A" : "P"}\n`;
      return text;
    };
    write(path.join(folder, "periods.csv"), "Student ID,School,Grade,Date,Period,Status", studentDays(students, schoolDays(60), row));
    return ["periods.csv"];
  },
  wide: (folder) => {
    const random = randomFrom(5);
    const dates = schoolDays(170);
    const row = (at) => `S${100_000 + at},"${nameOf(at)}",${schoolOf(at)},${gradeOf(at)}${dates.map(() => (random() < 0.07 ? ",A" : ",P")).join("")}\n`;
    write(path.join(folder, "wide.csv"), ["Student ID", "Student Name", "School", "Grade", ...dates].join(","), each(10_000_000, row));
    return ["wide.csv"];
  },
  "entry dates and a calendar": (folder) => {
    const random = randomFrom(6);
    const students = 60_000;
    const dates = schoolDays(170);
    write(path.join(folder, "entries.csv"), "Student ID,School,Grade,Entry Date,Exit Date", each(students, (at) => `S${100_000 + at},${schoolOf(at)},${gradeOf(at)},${dates[0]},\n`));
    write(path.join(folder, "calendar.csv"), "Calendar Date,In Session", [dates.map((date) => `${date},Y\n`).join("")]);
    const absence = (date) => {
      let text = "";
      for (let at = 0; at < students; at += 1) {
        if (random() < 0.08) text += `S${100_000 + at},${schoolOf(at)},${date},${random() < 0.6 ? "Excused" : "Unexcused"},Called in by a parent before nine\n`;
      }
      return text;
    };
    write(path.join(folder, "events.csv"), "Student ID,School,Date,Absence Type,Comment", (function* () {
      for (const date of dates) yield absence(date);
    })());
    return ["entries.csv", "calendar.csv", "events.csv"];
  },
  published: (folder) => {
    const random = randomFrom(7);
    const groups = ["All Students", "Female", "Male", "English Learners", "Students with Disabilities", "Economically Disadvantaged"];
    const years = ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26"];
    const row = (at) => {
      const school = Math.floor(at / groups.length / years.length);
      const counted = 20 + Math.floor(random() * 900);
      const chronic = Math.floor(counted * random() * 0.4);
      const hidden = chronic < 10;
      return `${years[at % years.length]},${1000 + (school % 900)},District ${school % 900},${200_000 + school},${schoolOf(school)} ${school},${groups[Math.floor(at / years.length) % groups.length]},${counted},${hidden ? "*" : chronic},${hidden ? "*" : ((chronic * 100) / counted).toFixed(1)}\n`;
    };
    write(path.join(folder, "published.csv"), "School Year,District Code,District,School Code,School,Student Group,Students Included,Number Chronically Absent,Percent Chronically Absent", each(10_000_000, row));
    return ["published.csv"];
  },
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

async function run(context, url, paths) {
  const { StartPage } = await import(path.join(e2e, "pages.mjs"));
  const page = await context.newPage();
  try {
    const start = await StartPage.open(page, url);
    await page.waitForLoadState("networkidle");
    await start.chooseFiles(...paths);
    assert.equal(await start.waitImport("asking", "ready", "failed"), "ready", await start.main().innerText());
    return await page.evaluate(async () => {
      await new Promise((done) => setTimeout(done, 100));
      return { ms: performance.getEntriesByName("import").at(-1).duration, memory: Number(document.documentElement.dataset.workerBytes) };
    });
  } finally {
    await page.close();
  }
}

const folder = option("--write", null) ?? fs.mkdtempSync(path.join(os.tmpdir(), "bright-spots-layouts-"));
fs.mkdirSync(folder, { recursive: true });
const files = Object.fromEntries(
  Object.entries(LAYOUTS).map(([name, make]) => [name, make(folder).map((file) => path.join(folder, file))]),
);
if (option("--write", null)) {
  for (const [name, paths] of Object.entries(files)) console.log(`${name}: ${paths.join(" ")}`);
  process.exit(0);
}

const { openProfile } = await import(path.join(e2e, "browser.mjs"));
const site = await startServer();
const { context, close } = await openProfile();
const runs = Object.fromEntries(Object.keys(files).map((name) => [name, []]));
try {
  // Once unmeasured, so that every file is in the system's cache.
  for (const paths of Object.values(files)) await run(context, site.url, paths);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, paths] of Object.entries(files)) {
      const measured = await run(context, site.url, paths);
      runs[name].push(measured);
      console.log(`round ${round}  ${name.padEnd(28)} ${(measured.ms / 1000).toFixed(2)} s`);
    }
  }
  const bytes = (name) => files[name].reduce((sum, file) => sum + fs.statSync(file).size, 0);
  const perByte = (name) => (median(runs[name].map(({ ms }) => ms)) * 1e6) / bytes(name);
  const ratio = (name) => perByte(name) / perByte(REFERENCE);
  const over = Object.keys(files).filter((name) => ratio(name) > MOST);
  const report = [
    "# Layouts, measured",
    "",
    `Chromium ${context.browser()?.version() ?? ""}; ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores; median of ${rounds} rounds in one run, ` +
      "every layout once in each round. Compare ratios within a run, never times between runs.",
    "",
    "| | MB | seconds | ns per byte | times student-days | worker memory, MB |",
    "|---|---:|---:|---:|---:|---:|",
    ...Object.keys(files).map((name) => {
      const seconds = median(runs[name].map(({ ms }) => ms)) / 1000;
      const memory = Math.max(...runs[name].map((r) => r.memory)) / 2 ** 20;
      return `| ${name} | ${(bytes(name) / 1e6).toFixed(0)} | ${seconds.toFixed(2)} | ${perByte(name).toFixed(1)} | ${ratio(name).toFixed(2)} | ${memory.toFixed(0)} |`;
    }),
    "",
    over.length === 0 ? `- met: every layout within ${MOST} times the student-days file, per byte` : `- **missed**: more than ${MOST} times the student-days file, per byte: ${over.join(", ")}`,
    "",
  ];
  fs.mkdirSync(path.join(root, "bench-results"), { recursive: true });
  fs.writeFileSync(path.join(root, "bench-results/layouts.md"), report.join("\n"));
  console.log(`\n${report.join("\n")}`);
  // A slow layout is no failure; the table says it.
} finally {
  await close();
  site.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

// Two million rows: 12,000 students and 170 days.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./support/browser.mjs";
import { TIERS, writeLargeDistrict } from "./support/district.mjs";
import { BOTH, journey } from "./support/journey.mjs";

const cache = path.join(os.tmpdir(), "bright-spots-large");
fs.mkdirSync(cache, { recursive: true });

// Makes a file once; `make` writes to the path that it is given and returns the truth.
function once(name, make) {
  const file = path.join(cache, `${name}.csv`);
  const truth = path.join(cache, `${name}.json`);
  if (!fs.existsSync(truth)) {
    const partial = `${file}.${process.pid}`;
    const answer = make(partial);
    fs.renameSync(partial, file);
    fs.writeFileSync(truth, JSON.stringify(answer));
  }
  return { file, truth: JSON.parse(fs.readFileSync(truth, "utf8")) };
}

const districts = [["a district of our own", () => once("own-12000-170-v1", (file) => {
  const { rows, schools } = writeLargeDistrict(file, 12_000, 170);
  return { rows, schools: Object.fromEntries(Object.entries(schools).map(([name, group]) => [name, group.tiers])) };
})]];

const script = path.resolve(process.env.BRIGHT_SPOTS_DATA ?? path.join(root, "../shared/data"), "../bench/make_daily_csv.py");
if (!fs.existsSync(script)) console.log(`Skipped: the district of make_daily_csv.py, which is not at ${script}.`);
else if (spawnSync("python3", ["--version"]).status !== 0) console.log("Skipped: the district of make_daily_csv.py, because there is no python3.");
else {
  districts.push(["the district of make_daily_csv.py", () => once("make-daily-12000-170", (file) => {
    const made = spawnSync("python3", [script, "12000", "170", file], { encoding: "utf8", maxBuffer: 1 << 26 });
    assert.equal(made.status, 0, made.stderr);
    return JSON.parse(made.stdout);
  })]);
}

for (const way of BOTH) {
  for (const [name, make] of districts) {
    journey(`two million rows: ${name} gives exactly its tiers by school`, { way, timeout: 300_000 }, async (start) => {
      const { file, truth } = make();
      const results = await (await start.import(file)).results();
      assert.equal(results.files[0].rows, truth.rows);
      assert.equal(results.files[0].rows_used, truth.rows);
      const tiers = Object.fromEntries(results.schools.map((school) => [school.name, TIERS.map((tier) => school.tiers[tier])]));
      assert.deepEqual(tiers, truth.schools);
    });

    if (name !== "a district of our own") continue;
    journey("a long import shows its progress and can be stopped", { way, timeout: 300_000 }, async (start, { page, file }) => {
      await start.chooseFiles(make().file);
      await start.waitImport("reading");
      await start.stopButton().click();
      await start.waitImport("empty");
      for (const until = Date.now() + 5_000; page.workers().length > 0; ) {
        assert.ok(Date.now() < until, "the worker was still there five seconds after Stop");
        await new Promise((soon) => setTimeout(soon, 50));
      }
      const rows = ["Student ID,School,Days Enrolled,Days Absent", ...Array.from({ length: 30 }, (_, i) => `${i},Alder,100,${i}`)];
      const results = await (await start.import(file("after.csv", `${rows.join("\n")}\n`))).results();
      assert.equal(results.all.students, 30);
    });
  }
}

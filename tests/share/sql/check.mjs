// Runs docs/exchange/aggregate.sql over a daily CSV in DuckDB and prints its groups as JSON lines.
//
//   node tests/share/sql/check.mjs DAILY.csv AGGREGATE.sql      (needs `npm ci` in this folder; `make test` does it)
import fs from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const COUNTS = new Set(["students", "chronic", "satisfactory", "at_risk", "moderate", "severe", "extreme"]);
const [daily, sql] = process.argv.slice(2);
const database = await (await DuckDBInstance.create(":memory:")).connect();
await database.run(`CREATE VIEW daily AS SELECT * FROM read_csv('${daily.replaceAll("'", "''")}', all_varchar = true)`);
const script = await database.extractStatements(fs.readFileSync(sql, "utf8"));
for (let at = 0; at < script.count; at += 1) await (await script.prepare(at)).run();
const groups = await database.runAndReadAll("SELECT * FROM bright_spots_groups");
// Counts come as texts, since they could be larger than a number here can hold.
for (const row of groups.getRowObjectsJson()) {
  console.log(JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, COUNTS.has(name) ? Number(value) : value]))));
}

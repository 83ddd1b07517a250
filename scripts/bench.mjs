// Measures our import of a two-million-row file against merely streaming its bytes and against other
// readers, all in one run of one Chromium, and writes bench-results/import.md. Ratios are what counts:
// times change from machine to machine.
//
//   node scripts/bench.mjs [--students 12000] [--days 170] [--rounds 5]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "./serve.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const e2e = path.join(root, "tests/e2e/support");
const { TIERS, writeLargeDistrict } = await import(path.join(e2e, "district.mjs"));
const { openProfile } = await import(path.join(e2e, "browser.mjs"));
const { StartPage } = await import(path.join(e2e, "pages.mjs"));

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise);
const students = option("--students", 12_000);
const days = option("--days", 170);
const rounds = option("--rounds", 5);
assert.ok(rounds >= 3, "at least three rounds, so that a median means something");

const OURS = "Bright Spots";
const FLOOR = "streaming the bytes";
const READERS = { [FLOOR]: "streaming", uDSV: "udsv", PapaParse: "papaparse", "DuckDB-WASM": "duckdb" };

// Serves the page of the peers and their packages.
async function servePeers() {
  const folder = path.join(root, "scripts/bench");
  const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
  const server = http.createServer((request, response) => {
    const file = path.join(folder, request.url === "/" ? "peers.html" : decodeURIComponent(request.url.split("?")[0]));
    if (!file.startsWith(folder + path.sep) || !fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[path.extname(file)] ?? "application/octet-stream" });
    return fs.createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

function bundleDuckdb() {
  const folder = path.join(root, "scripts/bench");
  const bundle = path.join(folder, "built/duckdb.mjs");
  if (fs.existsSync(bundle)) return;
  execFileSync(path.join(folder, "node_modules/.bin/esbuild"), [
    "node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs", "--bundle", "--format=esm", "--log-level=error", `--outfile=${bundle}`,
  ], { cwd: folder, stdio: "inherit" });
}

async function runPeer(context, url, name, file) {
  const page = await context.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.readersAreReady);
    await page.locator("#file").setInputFiles(file);
    return await page.evaluate((reader) => globalThis.runReader(reader), READERS[name]);
  } finally {
    await page.close();
  }
}

async function runOurs(context, url, file) {
  const page = await context.newPage();
  try {
    await page.addInitScript(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
        .observe({ type: "longtask", buffered: true });
    });
    const start = await StartPage.open(page, url);
    // The page has settled, as it has for a person who comes to choose a file.
    await page.waitForLoadState("networkidle");
    const ready = await start.import(file);
    const measured = await page.evaluate(async () => {
      await new Promise((done) => setTimeout(done, 300));
      const entry = performance.getEntriesByName("import").at(-1);
      const during = globalThis.longTasks.filter((task) => task.startTime + task.duration > entry.startTime && task.startTime < entry.startTime + entry.duration);
      const after = globalThis.longTasks.filter((task) => task.startTime >= entry.startTime + entry.duration);
      const longest = (tasks) => Math.max(0, ...tasks.map((task) => task.duration));
      return {
        ms: entry.duration,
        workerBytes: Number(document.documentElement.dataset.workerBytes ?? Number.NaN),
        longestTask: longest(during),
        longestTaskAfter: longest(after),
      };
    });
    const results = await ready.results();
    const schools = Object.fromEntries(results.schools.map((school) => [school.name, TIERS.map((tier) => school.tiers[tier])]));
    return { ...measured, schools };
  } finally {
    await page.close();
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const same = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

bundleDuckdb();
const cache = fs.mkdtempSync(path.join(os.tmpdir(), "bright-spots-bench-"));
const file = path.join(cache, "daily.csv");
const site = await startServer();
const peers = await servePeers();
const { context, close } = await openProfile({ flags: ["--enable-precise-memory-info"] });
const runs = Object.fromEntries([OURS, ...Object.keys(READERS)].map((name) => [name, []]));
const wrong = new Set();
try {
  console.log(`Writing a district of ${students} students and ${days} days.`);
  const made = writeLargeDistrict(file, students, days);
  const truth = Object.fromEntries(Object.entries(made.schools).map(([name, group]) => [name, group.tiers]));
  const megabytes = fs.statSync(file).size / 1e6;
  // Once unmeasured, so that every reader finds the file in the system's cache.
  await runPeer(context, peers.url, FLOOR, file);
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of Object.keys(runs)) {
      const run = name === OURS ? await runOurs(context, site.url, file) : await runPeer(context, peers.url, name, file);
      runs[name].push(run);
      if (run.schools && !same(run.schools, truth)) wrong.add(name);
      console.log(`round ${round}  ${name.padEnd(20)} ${(run.ms / 1000).toFixed(2)} s${wrong.has(name) ? "  WRONG TIERS" : ""}`);
    }
  }

  const times = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, median(all.map(({ ms }) => ms))]));
  const ratio = (name) => times[name] / times[FLOOR];
  const ours = runs[OURS];
  const workerMegabytes = Math.max(...ours.map(({ workerBytes }) => workerBytes)) / 2 ** 20;
  const longest = Math.max(...ours.map(({ longestTask }) => longestTask));
  const longestAfter = Math.max(...ours.map(({ longestTaskAfter }) => longestTaskAfter));
  const peerNames = Object.keys(READERS).filter((name) => name !== FLOOR);
  const aims = [
    [`under 2 times streaming the bytes: ${ratio(OURS).toFixed(2)}`, ratio(OURS) < 2],
    [`faster than every peer: ${peerNames.map((name) => `${name} takes ${(times[name] / times[OURS]).toFixed(1)} times as long`).join(", ")}`, peerNames.every((name) => times[OURS] < times[name])],
    [`worker memory under 64 MB: ${Number.isFinite(workerMegabytes) ? `${workerMegabytes.toFixed(1)} MB` : "not reported by the page"}`, workerMegabytes < 64],
    [`no task over 50 ms on the page's thread while reading: ${longest > 0 ? `longest ${Math.round(longest)} ms` : "none"}`, longest <= 50],
    ["the true tiers of every school, by every reader", wrong.size === 0],
  ];
  const report = [
    "# The import, measured",
    "",
    `${made.rows.toLocaleString("en")} rows (${students.toLocaleString("en")} students, ${days} days), ${megabytes.toFixed(0)} MB; ` +
      `Chromium ${context.browser()?.version() ?? ""}; ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores; ` +
      `median of ${rounds} rounds in one run, every reader once in each round. Compare ratios within a run, never times between runs.`,
    "",
    "| | seconds | fastest to slowest | times streaming |",
    "|---|---:|---:|---:|",
    ...Object.entries(times).sort((a, b) => a[1] - b[1]).map(([name, ms]) => {
      const all = runs[name].map((run) => run.ms / 1000);
      return `| ${name} | ${(ms / 1000).toFixed(2)} | ${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)} | ${ratio(name).toFixed(2)} |`;
    }),
    "",
    ...aims.map(([text, met]) => `- ${met ? "met" : "MISSED"}: ${text}`),
    `- longest task on the page's thread after the reading, while the result is drawn: ${longestAfter > 0 ? `${Math.round(longestAfter)} ms` : "under 50 ms"}`,
    "",
  ].join("\n");
  fs.mkdirSync(path.join(root, "bench-results"), { recursive: true });
  fs.writeFileSync(path.join(root, "bench-results/import.md"), report);
  fs.writeFileSync(path.join(root, "bench-results/import.json"), JSON.stringify({ rows: made.rows, megabytes, times, runs }, (key, value) => (key === "schools" ? undefined : value), 2));
  console.log(`\n${report}\nWritten to bench-results/import.md`);
} finally {
  await close();
  peers.close();
  await site.close();
  fs.rmSync(cache, { recursive: true, force: true });
}
// A slow machine is no failure; a wrong number is.
if (wrong.size > 0) {
  console.error(`make bench: wrong tiers from ${[...wrong].join(", ")}.`);
  process.exit(1);
}

// Runs every test and ends with one line: "N passed, N failed".
//
//   node scripts/test.mjs [lint] [rust] [build] [journeys [PATTERN]]     nothing named: everything
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const args = process.argv.slice(2);
const wanted = (part) => args.length === 0 || args.includes(part);
const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

// Runs a command with its output shown as it comes; resolves to { ok, text }.
function run(command, commandArgs) {
  return new Promise((done) => {
    let text = "";
    const child = spawn(command, commandArgs, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const keep = (to) => (chunk) => {
      text += chunk;
      to.write(chunk);
    };
    child.stdout.on("data", keep(process.stdout));
    child.stderr.on("data", keep(process.stderr));
    child.on("error", (error) => done({ ok: false, text: `${text}${error.message}` }));
    child.on("close", (code) => done({ ok: code === 0, text }));
  });
}

const count = ({ passed = 0, failed = 0, skipped = 0 }) => {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
};

// A step that passes or fails as a whole.
async function check(name, command, ...commandArgs) {
  console.log(`\n== ${name}`);
  const { ok } = await run(command, commandArgs);
  count(ok ? { passed: 1 } : { failed: 1 });
  if (!ok) failures.push(name);
  return ok;
}

async function nativeTests() {
  console.log("\n== Native tests");
  const { ok, text } = await run("cargo", ["test", "--workspace", "--locked", "--all-features", "--no-fail-fast", "--quiet"]);
  const sums = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of text.matchAll(/^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    sums.passed += Number(passed);
    sums.failed += Number(failed);
    sums.skipped += Number(ignored);
  }
  // What does not compile, or stops half-way, has no line of its own.
  if (!ok && sums.failed === 0) sums.failed = 1;
  count(sums);
  if (!ok) failures.push("native tests");
}

async function journeys(pattern) {
  console.log("\n== Journeys in real browsers, against the release build");
  const folder = path.join(root, "tests/e2e");
  const out = path.join(root, "tests/e2e/out");
  const counts = path.join(out, "counts.json");
  fs.rmSync(out, { recursive: true, force: true });
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".test.mjs")).sort();
  const { ok } = await run(process.execPath, [
    "--test",
    "--test-concurrency=1",
    `--test-reporter=${path.join(root, "tests/e2e/support/reporter.mjs")}`,
    "--test-reporter-destination=stdout",
    ...(pattern ? [`--test-name-pattern=${pattern}`] : []),
    ...files.map((file) => path.join(folder, file)),
  ]);
  const seen = fs.existsSync(counts) ? JSON.parse(fs.readFileSync(counts, "utf8")) : { failed: 1 };
  if (!ok && seen.failed === 0) seen.failed = 1;
  count(seen);
  if (!ok) failures.push("journeys (pictures and logs of failures are in tests/e2e/out)");
}

if (wanted("lint")) {
  await check("Formatting", "cargo", "fmt", "--all", "--check");
  await check("Clippy, native", "cargo", "clippy", "--workspace", "--locked", "--quiet", "--all-targets", "--all-features", "--", "-D", "warnings");
  await check("Clippy, for the browser", "cargo", "clippy", "--locked", "--quiet", "--target", "wasm32-unknown-unknown", "--lib", "--bins", "--all-features", "--", "-D", "warnings");
  await check("The pure modules stand alone", "cargo", "check", "--locked", "--quiet", "--lib", "--no-default-features");
}
if (wanted("rust")) await nativeTests();
let built = true;
if (wanted("build")) built = await check("The release build and its size", process.execPath, "scripts/build.mjs");
if (wanted("journeys")) {
  if (built) await journeys(args.includes("journeys") ? args[args.indexOf("journeys") + 1] : undefined);
  else {
    console.log("\nThe journeys need a release build and could not run.");
    count({ failed: 1 });
  }
}

if (totals.skipped > 0) console.log(`\n${totals.skipped} skipped; the reasons stand above.`);
if (failures.length > 0) console.log(`\nFailed: ${failures.join("; ")}.`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;

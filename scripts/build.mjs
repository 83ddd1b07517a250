// Builds the release into dist/ and prints what a first visit fetches. Fails when that is too much.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const LIMIT = 400 * 1024;
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const dist = path.join(root, "dist");

const fail = (sentence) => {
  console.error(`make build: ${sentence}`);
  process.exit(1);
};

const built = spawnSync("trunk", ["build", "--release", "--skip-version-check"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NO_COLOR: process.env.NO_COLOR ? "true" : "false" },
});
if (built.error) fail("trunk could not be started; run `make setup`.");
if (built.status !== 0) fail("the release build failed; the reason stands above.");

const brotli = (file) =>
  zlib.brotliCompressSync(fs.readFileSync(path.join(dist, file)), {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22 },
  }).length;
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);

const code = fs.readdirSync(path.join(dist, "code")).sort().map((file) => `code/${file}`);
const later = { "code/opener-": "Only when a workbook, an archive or an old encoding is opened", "code/full-": "Only when a page beyond data and tiers is opened" };
const onDemand = code.filter((file) => Object.keys(later).some((start) => file.startsWith(start)));
const first = ["index.html", ...code.filter((file) => !onDemand.includes(file))];

const line = (file, plain, small) => console.log(`  ${file.padEnd(44)}${kilobytes(plain)}${kilobytes(small)}`);
const list = (files) => {
  let total = 0;
  for (const file of files) {
    const small = brotli(file);
    total += small;
    line(file, fs.statSync(path.join(dist, file)).size, small);
  }
  return total;
};
console.log(`\nFirst load                                         plain    brotli`);
const total = list(first);
console.log(`  ${"in total, of at most 400 KB".padEnd(44)}${" ".repeat(10)}${kilobytes(total)}`);
for (const [start, when] of Object.entries(later)) {
  console.log(when);
  list(onDemand.filter((file) => file.startsWith(start)));
}
console.log(`In one file\n  ${"bright-spots.html".padEnd(44)}${kilobytes(fs.statSync(path.join(dist, "bright-spots.html")).size)}\n`);
if (total > LIMIT) fail(`the first load is ${kilobytes(total).trim()} with brotli; the limit is 400 KB.`);

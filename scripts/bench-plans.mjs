// Measures a workspace of many plans in one run of one Chromium, beside a workspace of a few, and
// writes bench-results/plans.md. Nothing passes or fails: times change from machine to machine, and
// what counts is how they grow.
//
//   node scripts/bench-plans.mjs [--plans 1000] [--rounds 5]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "./serve.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const e2e = path.join(root, "tests/e2e/support");
const { openProfile } = await import(path.join(e2e, "browser.mjs"));

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise);
const most = option("--plans", 1000);
const rounds = option("--rounds", 5);
const KEY = "bright-spots.plans";

// So many plans with every field filled in, made of the released fixture.
const one = JSON.parse(fs.readFileSync(path.join(root, "tests/fixtures/plans/v1-plans.json"), "utf8"));
function workspace(n) {
  const items = {};
  const all = Object.entries(one.items).filter(([, item]) => item.body);
  for (let at = 0; at < n; at += 1) {
    const [id, item] = all[at % all.length];
    items[`${id}-${at}`] = item;
  }
  return JSON.stringify({ ...one, items });
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

async function measure(url, text) {
  const { context, close } = await openProfile();
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(120_000);
    await page.addInitScript(([key, value]) => {
      if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    }, [KEY, text]);
    await page.goto(url);
    await page.locator("#attendance-files").waitFor({ state: "attached" });
    const visit = async (hash, ready) => {
      const from = await page.evaluate((to) => {
        const now = performance.now();
        location.hash = to;
        return now;
      }, hash);
      await page.locator(ready).first().waitFor();
      return page.evaluate((start) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))), from);
    };
    await visit("#/plans/reasons", ".plans h1");
    const board = await visit("#/plans", ".card__title");
    const partners = await visit("#/plans/partners", ".data-table");
    const id = Object.entries(JSON.parse(text).items).find(([, item]) => item.body.reason)[0];
    await visit(`#/plans/item/${id}`, "textarea");
    const field = page.getByLabel("How do we know?", { exact: true });
    const before = await page.evaluate((key) => localStorage.getItem(key), KEY);
    // From leaving the field to the text read back from storage, without the pause in typing.
    await field.fill(`Written at ${Math.random()}`);
    const saved = await page.evaluate(([key, old]) => {
      const start = performance.now();
      document.activeElement.blur();
      return new Promise((done) => {
        const look = () => (localStorage.getItem(key) === old ? setTimeout(look, 1) : done(performance.now() - start));
        look();
      });
    }, [KEY, before]);
    return { board, partners, saved: Math.max(0, saved - 350) };
  } finally {
    await close();
  }
}

const site = await startServer();
try {
  const sizes = [Math.round(most / 10), most];
  const found = [];
  for (const n of sizes) {
    const text = workspace(n);
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await measure(site.url, text));
    const of = (what) => median(runs.map((run) => run[what]));
    found.push({ n, characters: text.length, board: of("board"), partners: of("partners"), saved: of("saved") });
    console.log(`${n} plans: ${JSON.stringify(found.at(-1))}`);
  }
  const ms = (number) => `${Math.round(number)} ms`;
  const report = [
    "# A workspace of many plans, measured",
    "",
    `Chromium; ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores; median of ${rounds} rounds. Every plan has every field filled in.`,
    "",
    "| plans | characters | of the usual room | board drawn | partners drawn | saved and read back |",
    "|---:|---:|---:|---:|---:|---:|",
    ...found.map((f) => `| ${f.n.toLocaleString("en")} | ${f.characters.toLocaleString("en")} | ${Math.ceil((100 * f.characters) / (5 * 1024 * 1024))} % | ${ms(f.board)} | ${ms(f.partners)} | ${ms(f.saved)} |`),
    "",
  ].join("\n");
  fs.mkdirSync(path.join(root, "bench-results"), { recursive: true });
  fs.writeFileSync(path.join(root, "bench-results/plans.md"), report);
  console.log(`\n${report}\nWritten to bench-results/plans.md`);
} finally {
  await site.close();
}

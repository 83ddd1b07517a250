// Measures what a change costs on the analysis pages, from the press to the end of the frame in which its
// result stands: 65,000 students in 100 schools (totals, and with every day), and 1,000 schools,
// at full speed and with the processor four times slower. Writes bench-results/changes.md. Nothing passes
// or fails: times change from machine to machine.
//
//   node scripts/bench-changes.mjs [--rounds 5] [--rates 1,4] [--files totals,dated,many] [--only PATTERN]
//                                  [--dist FOLDER] [--parts]     parts: also what of it is script, style and layout
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "./serve.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const e2e = path.join(root, "tests/e2e/support");
const { openProfile } = await import(path.join(e2e, "browser.mjs"));
const { writeDistrictOfConditions } = await import(path.join(e2e, "district.mjs"));
const { StartPage } = await import(path.join(e2e, "pages.mjs"));

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
const rounds = Number(option("--rounds", 5));
const rates = option("--rates", "1,4").split(",").map(Number);
const only = new RegExp(option("--only", ""), "i");
const tellsParts = args.includes("--parts");

const DISTRICTS = {
  totals: { students: 65_000, schools: 100 },
  dated: { students: 65_000, schools: 100, dated: true },
  many: { students: 65_000, schools: 1000 },
};
const chosen = option("--files", "totals,dated,many").split(",");

// What a person does on the page, found by the words that they see. Each round takes the next value.
const tick = (name) => ({ kind: "tick", name });
const pick = (label, ...values) => ({ kind: "pick", name: label, values });
const press = (name) => ({ kind: "press", name });
const open = (address) => ({ kind: "open", name: address });

// Page, what is changed, where it is changed, and the changes; `before` is done first and not measured.
const CHANGES = [
  { page: "Schools", change: "a condition is adjusted for, or no longer", at: "#/schools", does: [tick("English learner")], needs: ["totals", "dated", "many"] },
  { page: "Schools", change: "all schools stand in another order", at: "#/schools", does: [press("Rate %"), press("Students"), press("Expected %")], needs: ["totals", "many"] },
  { page: "Schools", change: "another school is explained", at: "#/schools", does: [pick("For which school", "4", "17", "33", "60", "80", "2")], needs: ["totals", "many"] },
  { page: "One school", change: "a condition is adjusted for, or no longer", at: "#/schools/7", does: [tick("English learner")], needs: ["totals", "dated"] },
  { page: "One school", change: "grades, homerooms or groups within it", at: "#/schools/7", does: [press("Groups"), press("Homerooms"), press("Grades")], needs: ["totals", "dated"] },
  { page: "Conditions", change: "a school is added or taken out", at: "#/conditions?schools=3,4,6", does: [tick("Alder School 1")], needs: ["totals", "dated", "many"] },
  { page: "Conditions", change: "a condition is shown or not", at: "#/conditions?schools=3,4,6", does: [tick("English learner")], needs: ["totals", "dated"] },
  { page: "Students", change: "another tier", at: "#/students", does: [pick("Tier", "everyone", "3", "chronic", "2", "0", "4")], needs: ["totals", "dated"] },
  { page: "Students", change: "only one school", at: "#/students", does: [pick("School", "3", "9", "41", "77", "all", "50")], needs: ["totals", "dated", "many"] },
  { page: "Students", change: "only one condition", at: "#/students", does: [pick("Condition", "0.2", "1.2", "2.1", "0.1", "1.1", "2.2")], needs: ["totals", "dated"] },
  { page: "Explore", change: "only one condition", at: "#/explore?rows=school&columns=grade", does: [pick("Only students", "0.2", "1.2", "2.1", "0.1", "1.1", "2.2")], needs: ["totals", "dated", "many"] },
  { page: "Explore", change: "another grouping of students", at: "#/explore?rows=school&columns=grade", does: [pick("Columns", "condition-0", "tier", "condition-1", "grade", "condition-2", "condition-3")], needs: ["totals", "dated", "many"] },
  { page: "Explore", change: "months, weekdays or kinds by school", at: "#/explore?rows=school&columns=month", does: [pick("Columns", "weekday", "month", "kind", "weekday", "month", "kind")], needs: ["dated"] },
  { page: "Explore", change: "only one condition, months by school", at: "#/explore?rows=school&columns=month", does: [pick("Only students", "0.2", "1.2", "2.1", "0.1", "1.1", "2.2")], needs: ["dated"] },
  { page: "Explore", change: "only one school, months by weekday", at: "#/explore?rows=month&columns=weekday", does: [pick("Only school", "3", "9", "41", "77", "all", "50")], needs: ["dated"] },
  { page: "Definition", change: "another definition", at: "#/definition", does: [pick("What counts as chronic absence", "california", "new_york", "virginia", "new_jersey", "oregon", "federal")], needs: ["totals", "dated"] },
  { page: "Schools", change: "opened with another definition", at: "#/definition", before: [pick("What counts as chronic absence", "virginia", "new_york", "california", "new_jersey", "oregon", "federal")], does: [open("#/schools")], needs: ["totals", "dated", "many"] },
  { page: "Conditions", change: "opened with another definition", at: "#/definition", before: [pick("What counts as chronic absence", "virginia", "new_york", "california", "new_jersey", "oregon", "federal")], does: [open("#/conditions")], needs: ["totals", "dated"] },
  { page: "Explore", change: "opened with another definition", at: "#/definition", before: [pick("What counts as chronic absence", "virginia", "new_york", "california", "new_jersey", "oregon", "federal")], does: [open("#/explore?rows=school&columns=grade")], needs: ["totals", "dated"] },
  { page: "Students", change: "opened with another definition", at: "#/definition", before: [pick("What counts as chronic absence", "virginia", "new_york", "california", "new_jersey", "oregon", "federal")], does: [open("#/students")], needs: ["totals", "dated"] },
];

// Runs in the page: does one thing, and says after how many milliseconds the frame ended in which the last
// change in view stood, and the last change anywhere. A frame ends with style, layout and paint. What a
// person would have to scroll to before pressing it is scrolled to.
async function measureInPage({ kind, name, value }) {
  const words = (element) => element.innerText.trim().replaceAll("\u00a0", " ");
  const shown = (element) => element.checkVisibility?.() ?? true;
  const find = () => {
    if (kind === "tick") return [...document.querySelectorAll("label.check")].find((l) => words(l) === name || l.textContent.trim() === name)?.querySelector("input");
    if (kind === "pick") return document.getElementById([...document.querySelectorAll("main label[for]")].find((l) => words(l) === name)?.htmlFor);
    return [...document.querySelectorAll("main button, main label")].filter(shown).find((b) => words(b) === name);
  };
  const target = kind === "open" ? true : find();
  if (!target) throw new Error(`nothing on this page is called ${name}`);
  if (target !== true) {
    const { top, bottom } = target.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) target.scrollIntoView({ block: "center" });
  }
  let mutations = [];
  const frames = [];
  const observer = new MutationObserver((records) => {
    const at = performance.now();
    for (const record of records) if (record.attributeName !== "aria-busy") mutations.push({ at, place: record.target });
  });
  observer.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true });
  const channel = new MessageChannel();
  let going = true;
  channel.port1.onmessage = () => {
    frames.push(performance.now());
    if (going) requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120)));
  requestAnimationFrame(() => channel.port2.postMessage(0));
  mutations = [];
  const from = performance.now();
  if (kind === "open") location.hash = name;
  else if (kind === "pick") {
    target.value = value;
    if (target.value !== value) throw new Error(`${name} has no choice ${value}`);
    target.dispatchEvent(new Event("change", { bubbles: true }));
  } else target.click();
  const handled = performance.now() - from;
  // Until nothing has changed for a while.
  for (;;) {
    await new Promise((done) => setTimeout(done, 60));
    const last = mutations.at(-1)?.at ?? from;
    if (performance.now() - last > 400 && frames.some((at) => at >= last)) break;
    if (performance.now() - from > 20_000) break;
  }
  going = false;
  observer.disconnect();
  const isInView = new Map();
  for (const { place } of mutations) {
    if (isInView.has(place)) continue;
    const element = place.nodeType === Node.TEXT_NODE ? place.parentElement : place;
    const box = element?.isConnected ? element.getBoundingClientRect() : { top: 1, bottom: 0, width: 0 };
    isInView.set(place, box.bottom > 0 && box.top < innerHeight && box.width > 0);
  }
  const inView = mutations.filter(({ place }) => isInView.get(place));
  if (inView.length === 0) return { shown: Number.NaN, all: Number.NaN, handled };
  const after = ({ at }) => frames.find((end) => end >= at) - from;
  return { shown: after(inView.at(-1)), all: after(mutations.at(-1)), handled };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

async function run(page, session, rate, change) {
  const visit = async (hash) => {
    await page.evaluate((to) => { location.hash = to; }, hash);
    await page.waitForFunction((to) => location.hash === to, hash);
    await page.locator("main h1").waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 250))));
  };
  const turn = (list, round) => {
    const step = list[round % list.length];
    return step.values ? { ...step, value: step.values[round % step.values.length] } : step;
  };
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await visit(change.at);
  const all = [];
  const whole = [];
  const parts = [];
  const spent = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, 1000 * value]));
  // The first round is not counted: code is compiled then, and nobody waits for a first time twice.
  for (let round = 0; round <= rounds; round += 1) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    if (change.before) {
      await visit(change.at);
      for (const step of change.before) await page.evaluate(measureInPage, turn([step], round));
    }
    await session.send("Emulation.setCPUThrottlingRate", { rate });
    const before = await spent();
    const took = await page.evaluate(measureInPage, turn(change.does, round));
    const after = await spent();
    if (round > 0 && Number.isFinite(took.shown)) {
      all.push(took.shown);
      whole.push(took.all);
      parts.push(Object.fromEntries(["Script", "RecalcStyle", "Layout", "Task"].map((part) => [part, after[`${part}Duration`] - before[`${part}Duration`]])));
    }
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  if (all.length === 0) return null;
  const part = (name) => Math.round(median(parts.map((p) => p[name])));
  return {
    median: median(all), slowest: Math.max(...all), whole: median(whole),
    parts: `script ${part("Script")}, style ${part("RecalcStyle")}, layout ${part("Layout")}, all tasks ${part("Task")}`,
  };
}

const site = await startServer({ folder: path.resolve(root, option("--dist", "dist")) });
const cache = path.join(os.tmpdir(), "bright-spots-bench-changes");
fs.mkdirSync(cache, { recursive: true });
const found = new Map();
try {
  for (const name of chosen) {
    const file = path.join(cache, `${name}-v1.csv`);
    if (!fs.existsSync(file)) {
      writeDistrictOfConditions(`${file}.part`, DISTRICTS[name]);
      fs.renameSync(`${file}.part`, file);
    }
    const { context, close } = await openProfile();
    try {
      const page = await context.newPage();
      const start = await StartPage.open(page, site.url);
      await start.import(file);
      const session = await context.newCDPSession(page);
      await session.send("Performance.enable");
      for (const change of CHANGES.filter((c) => c.needs.includes(name) && only.test(`${c.page}: ${c.change}`))) {
        const key = `${change.page}|${change.change}`;
        if (!found.has(key)) found.set(key, {});
        for (const rate of rates) {
          const took = await run(page, session, rate, change);
          found.get(key)[`${name} ${rate}`] = took;
          const said = took ? `${Math.round(took.median)} ms (slowest ${Math.round(took.slowest)}, whole page ${Math.round(took.whole)})${tellsParts ? `; ${took.parts}` : ""}` : "nothing changed";
          console.log(`${name.padEnd(7)} ${rate}x  ${change.page}: ${change.change}: ${said}`);
        }
      }
    } finally {
      await close();
    }
  }
  const cell = (took) => (took ? `${Math.round(took.median)} (${Math.round(took.slowest)}) ${Math.round(took.whole)}` : "");
  const table = (names, key) => [
    `| page | change | ${names.flatMap((n) => rates.map((r) => `${n[1]}, ${r}x`)).join(" | ")} |`,
    `|---|---|${names.flatMap(() => rates.map(() => "---:|")).join("")}`,
    ...[...found].filter(([, of]) => names.some(([n]) => rates.some((r) => of[`${n} ${r}`]))).map(([name, of]) => {
      const [page, change] = name.split("|");
      return `| ${page} | ${change} | ${names.flatMap(([n]) => rates.map((r) => cell(of[`${n} ${r}`]))).join(" | ")} |`;
    }),
  ];
  const report = [
    "# What a change costs, measured",
    "",
    "Milliseconds from the press to the end of the frame (style, layout and paint in it) in which all stands that is in view: " +
      `median of ${rounds}, the slowest in brackets; then the median until the whole page stands, what is out of view included. ` +
      `A window of 1280 by 800 pixels. Chromium; ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores. ` +
      "4x: the page's thread four times slower, as the browser's own developer tools do it. A frame takes up to 17 ms by itself.",
    "",
    "## 65,000 students in 100 schools",
    "",
    ...table([["totals", "totals"], ["dated", "every day"]]),
    "",
    "## 65,000 students in 1,000 schools, totals",
    "",
    ...table([["many", "1,000 schools"]]),
    "",
  ].join("\n");
  fs.mkdirSync(path.join(root, "bench-results"), { recursive: true });
  fs.writeFileSync(path.join(root, "bench-results/changes.md"), report);
  console.log(`\n${report}\nWritten to bench-results/changes.md`);
} finally {
  await site.close();
}

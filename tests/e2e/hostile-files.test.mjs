// Every kind of file that the app opens, in hostile hands: all are dropped, nothing runs, nothing is lost.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root } from "./support/browser.mjs";
import { journey } from "./support/journey.mjs";

const MARKUP = '"><img src=x onerror=globalThis.hacked=1><svg onload=globalThis.hacked=2><script>globalThis.hacked=3</script>';
const valid = (at) => JSON.parse(fs.readFileSync(path.join(root, at), "utf8"));

// A valid file of a kind, in every way that a hand could bend it; keys of formats stay, so that some are read.
function bent(kind, file) {
  const text = JSON.stringify(file);
  const each = (change) => JSON.stringify(file, (key, value) => (["format", "version"].includes(key) ? value : change(key, value)));
  return {
    [`${kind}-cut-short.json`]: text.slice(0, Math.floor(text.length * 0.7)),
    [`${kind}-newer.json`]: JSON.stringify({ ...file, version: 999 }),
    [`${kind}-markup.json`]: each((key, value) => (typeof value === "string" ? value + MARKUP : value)),
    [`${kind}-numbers.json`]: each((key, value) => (typeof value === "number" ? -1e308 : value)),
    [`${kind}-wrong-kinds.json`]: each((key, value) => (Array.isArray(value) ? "a list" : value)),
    [`${kind}-prototype.json`]: text.replace(/^\{/, '{"__proto__":{"hacked":4},"constructor":{"prototype":{"hacked":5}},'),
    [`${kind}-deep.json`]: `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    [`${kind}-long-text.json`]: each((key, value) => (typeof value === "string" ? "x".repeat(20_000) : value)),
    [`${kind}-nulls.json`]: `${text}\0\0\0`,
  };
}

const noise = (n, seed = 1) => {
  const bytes = Buffer.alloc(n);
  for (let i = 0, x = seed; i < n; i += 1) bytes[i] = (x = (x * 1103515245 + 12345) & 0x7fffffff) >> 16;
  return bytes;
};

// An archive of one stored file, by hand, so that its name, its sizes and its checksum may lie.
function zip(name, content, { size = content.length, method = 0 } = {}) {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(method, 8);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt32LE(size, 22);
  head.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(method, 10);
  central.writeUInt32LE(content.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + content.length, 16);
  return Buffer.concat([head, Buffer.from(name), content, central, Buffer.from(name), end]);
}

// What stands in the repository for one kind, beside what is bent here.
const kept = (folder) =>
  fs.readdirSync(path.join(root, "tests/fixtures", folder)).sort().map((name) => path.join(root, "tests/fixtures", folder, name));

const DATA = {
  "nothing.csv": "",
  "nulls.csv": Buffer.alloc(4096),
  "noise.csv": noise(20_000),
  "quotes.csv": '"'.repeat(100_001),
  "one-line.csv": "a,".repeat(200_000),
  "formulas.csv": `=cmd|' /C calc'!A0,${MARKUP}\n=1+1,@SUM(A1)\n`,
  "torn-utf16.csv": Buffer.concat([Buffer.from([0xff, 0xfe]), noise(999, 7)]),
  "noise.xlsx": noise(5_000, 3),
  "not-a-workbook.xlsx": zip("xl/workbook.xml", Buffer.from(`<!DOCTYPE x [<!ENTITY a "${"a".repeat(100)}">]><workbook>&a;</workbook>`)),
  "cut.xlsx": fs.readFileSync(path.join(root, "tests/fixtures/opener/students.xlsx")).subarray(0, 3_000),
  "climbing.zip": zip("../../../etc/x.csv", Buffer.from(`id,school\n1,${MARKUP}\n`)),
  "lying-size.zip": zip("a.csv", Buffer.from("a,b\n1,2\n"), { size: 0xfffffff0, method: 8 }),
  "noise.zip": Buffer.concat([Buffer.from("PK\x03\x04"), noise(3_000, 5)]),
  "results.json": JSON.stringify({ format: "bright-spots/results", schools: [{ name: MARKUP }] }),
};

journey("hostile files of every kind are dropped: nothing runs, nothing is lost", { timeout: 300_000 }, async (start, { page, file }) => {
  const isUnharmed = async (where) => {
    const state = await page.evaluate(() => ({
      hacked: globalThis.hacked ?? {}.hacked ?? null,
      scripts: document.querySelectorAll("main script, svg script").length,
      handlers: [...document.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((name) => name.startsWith("on"))).length,
      images: [...document.querySelectorAll("img")].filter((img) => img.getAttribute("src") === "x").length,
      headings: document.querySelectorAll("h1").length,
    }));
    assert.deepEqual(state, { hacked: null, scripts: 0, handlers: 0, images: 0, headings: 1 }, where);
  };
  // A reading is offered first: what the person takes over harms nothing either, and what was refused says so.
  const takeReading = async (at) => {
    const take = page.getByRole("button", { name: "Use the reading", exact: true });
    if (/(^|\/)refused-/.test(at)) assert.equal(await take.count(), 0, at);
    if (/hostile\/readings\/read-/.test(at)) assert.equal(await take.count(), 1, at);
    if ((await take.count()) === 0) return;
    await take.click();
    await page.waitForTimeout(50);
    await isUnharmed(`${at}, taken over`);
  };
  const files = (all) => Object.entries(all).map(([name, content]) => file(name, content));

  // Something of one's own is there first.
  await start.tryTheExample();
  await start.visit("#/conditions");
  await page.getByRole("textbox", { name: /about the conditions/ }).fill("Our own words");
  await page.waitForFunction(() => Object.values(localStorage).some((text) => text.includes("Our own words")));

  // One after the other, as each takes the place of the one before.
  await start.visit("#/");
  for (const at of [...files(DATA), ...["attendance", "published", "containers"].flatMap((kind) => kept(`hostile/${kind}`))]) {
    // What can be read leads to another page.
    await start.visit("#/");
    await start.chooseFiles(at);
    await start.waitImport("asking", "ready", "failed");
    await isUnharmed(at);
  }
  for (const [route, input, kind, fixture, ...folders] of [
    ["#/readings", "#reading-files", "reading", "tests/fixtures/trust/reading-v1.json", "hostile/readings", "hostile/codes"],
    ["#/share/compare", "#exchange-files", "exchange", "docs/exchange/example.json", "share"],
    ["#/plans/workspace", "#plans-file", "workspace", "tests/fixtures/plans/v1-plans.json", "hostile/workspace"],
    ["#/workshop", "#session-file", "session", "tests/fixtures/workshop/session-v1.json", "hostile/session"],
    ["#/workshop/harbor-morning/answers", "#answers-files", "answers", "tests/fixtures/workshop/answers-v1.json", "hostile/answers"],
  ]) {
    await start.visit(route);
    const field = page.locator(input);
    if (kind === "answers" && (await field.count()) === 0) {
      // The session that the answers belong to is opened first.
      await start.visit("#/workshop");
      await page.locator("#session-file").setInputFiles(path.join(root, "tests/fixtures/workshop/session-v1.json"));
      await page.waitForFunction(() => location.hash.includes("harbor-morning"));
      await start.visit(route);
    }
    for (const at of [...files(bent(kind, valid(fixture))), ...folders.flatMap(kept)]) {
      await start.visit(route);
      await page.locator(input).setInputFiles(at);
      // Read or refused, the page answers a press within its usual time.
      await page.waitForTimeout(150);
      await isUnharmed(at);
      if (kind === "reading") await takeReading(at);
    }
    await start.visit("#/");
    await isUnharmed(`after ${kind}`);
  }

  // What was there is there, here and after a reload.
  await page.reload();
  await page.locator("#attendance-files").waitFor({ state: "attached" });
  await start.tryTheExample();
  await start.visit("#/conditions");
  assert.equal(await page.getByRole("textbox", { name: /about the conditions/ }).inputValue(), "Our own words");
  await isUnharmed("at the end");
});

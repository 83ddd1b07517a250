// What goes wrong outside of the app's power: wrong files, denied or damaged storage, no worker.
import assert from "node:assert/strict";
import { inventDistrict } from "./support/district.mjs";
import { BOTH, journey } from "./support/journey.mjs";
import { assertResults } from "./support/results.mjs";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PDF = Buffer.from("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "latin1");
const WRONG = [
  ["photo.png", PNG],
  ["letter.pdf", PDF],
  ["empty.csv", ""],
  ["header-only.csv", "Student ID,School,Days Enrolled,Days Absent\n"],
  ["same-name-twice.csv", "Student ID,School,School,Days Enrolled,Days Absent\n1,Alder,Birch,100,5\n"],
];

for (const way of BOTH) {
  journey("each wrong file gets its own plain message, and the next file works", { way }, async (start, { file }) => {
    const messages = new Map();
    for (const [name, content] of WRONG) {
      await start.visit("#/");
      await start.chooseFiles(file(name, content));
      const state = await start.waitImport("failed", "asking", "ready");
      // Of two columns with one name, asking which is meant is as good an answer.
      const mayAsk = name === "same-name-twice.csv";
      assert.ok(state === "failed" || (mayAsk && state === "asking"), `${name} ended as ${state}`);
      const said = await (state === "failed" ? start.problem().first().innerText() : start.main().innerText());
      assert.ok(said.trim().length > 20, `${name}: "${said}"`);
      assert.doesNotMatch(said, /panicked|undefined|NaN|Error:|!/, name);
      messages.set(name, said.replaceAll(name, "").trim());
    }
    assert.equal(new Set(messages.values()).size, WRONG.length, `each its own message: ${JSON.stringify([...messages], null, 1)}`);
    await start.visit("#/");
    const { totals, truth } = inventDistrict({ seed: 31 });
    assertResults(await (await start.import(file("good.csv", totals))).results(), truth);
  });
}

async function importsAndSays(start, file, pattern) {
  const { totals, truth } = inventDistrict({ seed: 32 });
  const ready = await start.import(file("totals.csv", totals));
  assertResults(await ready.results(), truth);
  if (pattern) assert.match(await start.page.locator("body").innerText(), pattern);
}

// The browser's own setting "block all site data", under which reading `localStorage` throws.
journey(
  "storage denied: the app says so and works",
  { profile: { preferences: { profile: { default_content_setting_values: { cookies: 2 } } } } },
  async (start, { file, page }) => {
    const denied = await page.evaluate(() => {
      try {
        return localStorage === null;
      } catch {
        return true;
      }
    });
    assert.ok(denied, "this profile was meant to deny storage");
    await importsAndSays(start, file, /storage|remember|kept|saved/i);
  },
);

journey(
  "storage full: the app works",
  {
    before: (page) =>
      page.addInitScript(() => {
        let chunk = "x".repeat(1 << 20);
        for (let i = 0; chunk.length > 0 && i < 10_000; i += 1) {
          try {
            localStorage.setItem(`filler-${i}`, chunk);
          } catch {
            chunk = chunk.slice(0, Math.floor(chunk.length / 2));
          }
        }
      }),
  },
  async (start, { file }) => importsAndSays(start, file),
);

journey("storage damaged: the app works and does not throw the damaged text away", {}, async (start, { file, page, address }) => {
  // What the app itself keeps after one import, damaged key by key.
  await importsAndSays(start, file);
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(keys.filter((key) => !key.startsWith("bright-spots.")), [], "every key begins with bright-spots.");
  await page.evaluate((all) => all.forEach((key) => localStorage.setItem(key, '{"version":99,"damaged":')), keys);
  await page.goto("about:blank");
  await page.goto(address);
  await importsAndSays(start, file);
  const stored = await page.evaluate(() => Object.values(localStorage));
  const damaged = stored.filter((text) => text.includes('"damaged":') || text.includes('\\"damaged\\":'));
  assert.equal(damaged.length, keys.length, "the unreadable text is still there, under its own or another name");
});

journey("no student is kept in storage", {}, async (start, { file, page }) => {
  const { daily } = inventDistrict({ seed: 33, students: 60 });
  const marked = daily.replaceAll(/Amber|Brook|Clay|Dune/g, "Zzyzxman");
  await start.import(file("daily.csv", marked));
  for (const route of ["#/tiers", "#/schools", "#/"]) await start.visit(route);
  const kept = await page.evaluate(async () => ({
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    databases: (await indexedDB.databases?.())?.length ?? 0,
    caches: (await globalThis.caches?.keys())?.length ?? 0,
    cookies: document.cookie,
    address: location.href,
  }));
  for (const secret of ["Zzyzxman", "050001"]) assert.ok(!JSON.stringify(kept).includes(secret), JSON.stringify(kept).slice(0, 400));
  assert.equal(kept.databases + kept.caches, 0);
  assert.equal(kept.cookies, "");
});

for (const [what, script] of [
  ["a worker cannot be made", () => { globalThis.Worker = class { constructor() { throw new DOMException("denied", "SecurityError"); } }; }],
  ["a worker stops with an error", () => {
    const Real = globalThis.Worker;
    globalThis.Worker = class extends Real { constructor() { super(URL.createObjectURL(new Blob(["throw new Error('no')"]))); } };
  }],
]) {
  journey(`${what}: the same import runs on the page`, { before: (page) => page.addInitScript(script), mayComplain: true }, async (start, { file }) => {
    const { daily, truth } = inventDistrict({ seed: 34 });
    assertResults(await (await start.import(file("daily.csv", daily))).results(), truth);
  });
}

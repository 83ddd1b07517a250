// Firefox, by double click on the one file and from the site.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import puppeteer from "puppeteer-core";
import { startServer } from "../../scripts/serve.mjs";
import { browserPath, dist, oneFileUrl } from "./support/browser.mjs";
import { inventDistrict, TIERS } from "./support/district.mjs";

async function importInFirefox(address, csv) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bright-spots-firefox-"));
  const file = path.join(folder, "daily.csv");
  fs.writeFileSync(file, csv);
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: browserPath("firefox"), headless: true });
  try {
    const page = await browser.newPage();
    const log = { requests: [], errors: [] };
    page.on("request", (request) => log.requests.push(request.url()));
    page.on("pageerror", (error) => log.errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && log.errors.push(message.text()));
    await page.evaluateOnNewDocument(() => {
      // What would be saved as a file is kept to be read.
      const real = URL.createObjectURL;
      globalThis.saved = [];
      URL.createObjectURL = (blob) => {
        globalThis.saved.push(blob);
        return real.call(URL, blob);
      };
    });
    await page.goto(address);
    const input = await page.waitForSelector("#attendance-files");
    await input.uploadFile(file);
    await page.waitForFunction(() => ["asking", "ready", "failed"].includes(document.documentElement.dataset.import), { timeout: 60_000, polling: 100 });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.import), "ready");
    // Puppeteer's search by role takes half a minute in a busy Firefox; the name is on the button.
    await page.waitForFunction(() => {
      const button = [...document.querySelectorAll("button")].find((b) => b.textContent.trim() === "Download results");
      button?.click();
      return button !== undefined;
    }, { polling: 100 });
    await page.waitForFunction(() => globalThis.saved.some((blob) => !/javascript/.test(blob.type)), { polling: 100 });
    const text = await page.evaluate(() => globalThis.saved.filter((blob) => !/javascript/.test(blob.type)).at(-1).text());
    const refused = await page.evaluate(() => fetch("https://elsewhere.invalid/").then(() => false, () => true));
    return { results: JSON.parse(text), refused, ...log };
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

for (const way of ["from disk, in one file", "from the site"]) {
  test(`Firefox ${way} gives the true tiers by school`, { timeout: 120_000 }, async () => {
    const { daily, truth } = inventDistrict({ seed: 81 });
    const server = way === "from the site" ? await startServer({ folder: dist }) : null;
    try {
      const address = server?.url ?? oneFileUrl;
      const { results, requests, errors, refused } = await importInFirefox(address, daily);
      for (const school of results.schools) assert.deepEqual(TIERS.map((tier) => school.tiers[tier]), truth.schools[school.name].tiers, school.name);
      assert.equal(results.schools.length, Object.keys(truth.schools).length);
      const outside = requests.filter((url) => !/^(data|blob|about):/.test(url) && !url.startsWith(address) && !url.includes("elsewhere.invalid"));
      assert.deepEqual(outside, [], "requests that left the page's own place");
      assert.ok(refused, "a connection elsewhere is refused");
      assert.deepEqual(errors.filter((error) => !/elsewhere\.invalid|Content-Security-Policy/.test(error)), []);
    } finally {
      await server?.close();
    }
  });
}

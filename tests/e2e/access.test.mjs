// Every page, light and dark, wide and narrow: axe finds nothing, and nothing is cut off.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { out } from "./support/browser.mjs";
import { inventDistrict } from "./support/district.mjs";
import { journey } from "./support/journey.mjs";
import { axe as findings, overflow } from "./support/look.mjs";
import { crawl } from "./support/routes.mjs";

const picture = async (page, name) => {
  fs.mkdirSync(out, { recursive: true });
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
};

const SIZES = [
  { name: "1280", width: 1280, height: 800 },
  { name: "390", width: 390, height: 844 },
];

for (const { name, width, height } of SIZES) {
  for (const colorScheme of ["light", "dark"]) {
    const profile = { viewport: { width, height }, colorScheme };
    journey(`every page at ${name}, ${colorScheme}: axe finds nothing and nothing runs over`, { profile, timeout: 300_000 }, async (start, { page, file }) => {
      const problems = [];
      const look = async (what) => {
        for (const finding of await findings(page)) problems.push(`${what}: ${finding}`);
        const { sideways, by } = await overflow(page);
        if (sideways > 0) problems.push(`${what}: scrolls sideways by ${sideways} px, because of ${by.join(", ")}`);
        await picture(page, `${what.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "start"}-${name}-${colorScheme}`);
      };
      await look("start, empty");
      await start.chooseFiles(file("wrong.csv", ""));
      await start.waitImport("failed");
      await look("start, failed");
      const { daily } = inventDistrict({ seed: 71, schools: 6, students: 600 });
      await start.import(file("daily.csv", daily));
      const { routes } = await crawl(start);
      for (const route of (routes)) {
        await start.visit(route);
        assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, `${route} has one main heading`);
        await look(route);
      }
      assert.deepEqual(problems, []);
    });
  }
}

journey("at 200 % zoom nothing runs over", { profile: { viewport: { width: 640, height: 400 } } }, async (start, { page, file }) => {
  const { totals } = inventDistrict({ seed: 72, schools: 6 });
  await start.import(file("totals.csv", totals));
  const { routes } = await crawl(start);
  for (const route of (routes)) {
    await start.visit(route);
    assert.deepEqual((await overflow(page)).sideways, 0, route);
  }
});

journey("progress and results are announced", {}, async (start, { page, file }) => {
  const { totals } = inventDistrict({ seed: 73 });
  assert.ok((await page.locator('[aria-live="polite"], [role="status"]').count()) > 0, "a live region is there before it is needed");
  await start.import(file("totals.csv", totals));
  await page.waitForFunction(() => [...document.querySelectorAll('[aria-live="polite"], [role="status"]')].some((e) => /\d/.test(e.textContent)));
});

journey("every page prints", {}, async (start, { page, file }) => {
  const { totals } = inventDistrict({ seed: 74, schools: 6 });
  await start.import(file("totals.csv", totals));
  await page.emulateMedia({ media: "print" });
  for (const route of ["#/tiers", "#/schools"]) {
    await start.visit(route);
    await page.locator("main svg:visible").first().waitFor();
    assert.ok(await page.locator("main svg:visible").first().isVisible(), `${route} prints its chart`);
    assert.equal(await page.getByRole("navigation").first().isVisible(), false, `${route} prints no navigation`);
  }
});

// Everything can be done from the keyboard, and one always sees where one is.
import assert from "node:assert/strict";
import { inventDistrict } from "./support/district.mjs";
import { journey } from "./support/journey.mjs";

// What has the focus, and whether that can be seen.
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const around = element.closest("label, .file-drop") ?? element;
    const outside = getComputedStyle(around);
    const shows = (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none";
    const box = around.getBoundingClientRect();
    return {
      tag: element.tagName.toLowerCase(),
      id: element.id,
      name: (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40),
      visible: shows(style) || shows(outside),
      onScreen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
  });

async function tabTo(page, isIt, what, { atMost = 150 } = {}) {
  const stops = [];
  for (let i = 0; i < atMost; i += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (!now) continue;
    stops.push(`${now.tag}#${now.id} ${now.name}`);
    assert.ok(now.visible, `the focus cannot be seen on ${stops.at(-1)}`);
    if (isIt(now)) return now;
  }
  assert.fail(`${what} was not reached by Tab; passed: ${stops.join(" | ")}`);
}

journey("import, look at the schools and take the results away without a mouse", {}, async (start, { page, file }) => {
  const { totals, truth } = inventDistrict({ seed: 61 });
  // Asked for early: on a busy machine the key came before the browser was told to hand its dialog over.
  const opened = page.waitForEvent("filechooser");
  await tabTo(page, (f) => f.id === "attendance-files", "the file input");
  await page.keyboard.press("Space");
  const chooser = await opened;
  await chooser.setFiles(file("totals.csv", totals));
  await start.waitImport("ready");

  await tabTo(page, (f) => /^download results$/i.test(f.name), "Download results");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(download.suggestedFilename(), "bright-spots-results.json");

  await tabTo(page, (f) => f.tag === "a" && f.name === "Schools", "the link to the schools");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/schools"));
  assert.ok(Object.keys(truth.schools).length > 0);
  // After a change of page the heading has the focus, so that reading goes on from there.
  await page.waitForFunction(() => document.activeElement?.tagName === "H1" || document.activeElement?.querySelector?.("h1"));

  // A column of the table is sorted by its button in the head.
  await tabTo(page, (f) => f.tag === "button" && /chronic|rate/i.test(f.name), "a button that sorts");
  const orderOf = () => page.$$eval("main table tbody tr th, main table tbody tr td:first-child", (cells) => cells.map((c) => c.textContent));
  const before = await orderOf();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const after = await orderOf();
  assert.deepEqual([...after].sort(), [...before].sort(), "sorting keeps every row");
  assert.ok(await page.locator("main th[aria-sort]").count(), "the sorted column says so");
});

journey("a table stands behind every chart, and opens from the keyboard", {}, async (start, { page, file }) => {
  const { daily } = inventDistrict({ seed: 62 });
  await start.import(file("daily.csv", daily));
  for (const route of ["#/tiers", "#/schools"]) {
    await start.visit(route);
    const figures = page.locator("main figure").filter({ has: page.locator("svg") });
    await figures.first().waitFor();
    assert.ok((await figures.count()) > 0, `${route} has a chart`);
    for (let i = 0; i < (await figures.count()); i += 1) {
      const summary = figures.nth(i).getByText("View as table", { exact: false }).first();
      await summary.focus();
      await page.keyboard.press("Enter");
      await figures.nth(i).getByRole("table").first().waitFor({ state: "visible" });
      const image = figures.nth(i).getByRole("img").first();
      assert.ok(await image.getAttribute("aria-label") || await image.getAttribute("aria-labelledby"), `${route}: a chart without a name`);
    }
  }
});

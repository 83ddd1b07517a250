// Every page of a workspace that is filled in: axe, width, zoom, dark, keyboard, paper.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root } from "./support/browser.mjs";
import { axe, overflow } from "./support/look.mjs";
import { kept, plansJourney } from "./support/plans.mjs";

// One plan of every kind with every field filled in: the fixture of the released version.
const everything = fs.readFileSync(path.join(root, "tests/fixtures/plans/v1-plans.json"), "utf8");
const items = Object.entries(JSON.parse(everything).items).filter(([, item]) => item.body);
const oneOfEach = [...new Map(items.map(([id, item]) => [Object.keys(item.body)[0], id])).values()];
const PLACES = ["", "?view=calendar", "?view=list", "/reasons", "/strategies", "/partners", "/talks", "/assess", "/peers", "/measuring", "/worksheets", "/workspace"];
const PARTS = ["plan", "do", "study", "act"].map((part) => `/item/test-1?part=${part}`);
const pages = [...PLACES, ...oneOfEach.map((id) => `/item/${id}`), ...PARTS, "/print/test/test-1", "/print/profile/profile", "/family/blank"];

const SIZES = [
  { what: "1280 pixels, light", profile: { viewport: { width: 1280, height: 800 } } },
  { what: "390 pixels, dark", profile: { viewport: { width: 390, height: 844 }, colorScheme: "dark" } },
  { what: "200 % zoom", profile: { viewport: { width: 640, height: 400 } } },
];

for (const { what, profile } of SIZES) {
  plansJourney(`every page of the plans at ${what}: axe finds nothing and nothing runs over`, { profile, before: kept(everything), timeout: 400_000 }, async (plans, { start, page }) => {
    // Colours on their way from one to another are no finding.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await start.tryTheExample();
    const problems = [];
    for (const place of pages) {
      await plans.go(place);
      await page.$$eval("main details", (all) => all.forEach((e) => { e.open = true; }));
      for (const finding of await axe(page)) problems.push(`${place}: ${finding}`);
      const { sideways, by } = await overflow(page);
      if (sideways > 0) problems.push(`${place}: scrolls sideways by ${sideways} px, because of ${by.join(", ")}`);
      const heads = await page.getByRole("heading", { level: 1 }).count();
      if (heads !== 1) problems.push(`${place}: ${heads} main headings`);
    }
    assert.deepEqual(problems, []);
  });
}

plansJourney("a plan is begun, written and undone by keyboard alone", {}, async (plans, { page }) => {
  await plans.go();
  const press = async (name, key = "Enter") => {
    for (let n = 0; n < 80; n += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const e = document.activeElement;
        return { text: (e.innerText ?? "").trim(), label: e.labels?.[0]?.innerText?.trim() ?? e.getAttribute("aria-label") ?? "", seen: e.matches(":focus-visible") };
      });
      if (at.text === name || at.label === name) {
        assert.ok(at.seen, `${name} shows its focus`);
        if (key) await page.keyboard.press(key);
        return;
      }
    }
    assert.fail(`${name} was never reached`);
  };
  await press("Note a reason");
  await plans.field("The reason").waitFor();
  await press("The reason", null);
  await page.keyboard.type("Written without a mouse");
  await press("How do we know?", null);
  await page.keyboard.type("Typed");
  await page.keyboard.press("Tab");
  await plans.saved();
  assert.match(await plans.stored(), /Written without a mouse/);
  await press("Undo");
  await page.waitForFunction(() => ![...document.querySelectorAll("textarea")].some((t) => t.value === "Typed"));
});

plansJourney("in Share mode the plans show no number about fewer than 11 and no person", { before: kept(everything) }, async (plans, { start, page }) => {
  await start.tryTheExample();
  // A finding about ten students, tied to the visit that stands on the board.
  await page.evaluate(() => {
    const all = JSON.parse(localStorage.getItem("bright-spots.plans"));
    const finding = all.items["finding-0"];
    all.items["finding-0"] = { ...finding, body: { finding: { ...finding.body.finding, sentence: "Zqgrade 5: 4 of 10 students", counted: 10, chronic: 4 } } };
    localStorage.setItem("bright-spots.plans", JSON.stringify(all));
  });
  await page.reload();
  await start.tryTheExample();
  await plans.go();
  await page.getByRole("radio", { name: "Share", exact: true }).first().check();
  for (const place of [...PLACES, ...oneOfEach.map((id) => `/item/${id}`), "/print/visit/visit", "/print/profile/profile", "/print/recognition/recognition"]) {
    await plans.go(place);
    const text = await page.evaluate(() => document.body.innerText);
    for (const never of [/.*Zqgrade.*/, /\b(?:[1-9]|10) students? of the loaded data/]) assert.equal(text.match(never)?.[0], undefined, place);
  }
  await page.locator(".mode-switch__option").filter({ hasText: "Team" }).first().click();
  await plans.go("/item/finding-0");
  await page.getByText("Zqgrade 5").first().waitFor();
});

// Everything that can go wrong with keeping the plans, in a real browser.
import assert from "node:assert/strict";
import { KEY, kept, plansJourney } from "./support/plans.mjs";

plansJourney("plans of a newer version are never written over", { before: kept('{"format":"bright-spots/plans","version":99,"id":"x","items":{}}') }, async (plans, { start, page }) => {
  await plans.go();
  await page.getByText("newer Bright Spots", { exact: false }).first().waitFor();
  const before = await plans.stored();
  await page.getByRole("button", { name: "Note a reason", exact: true }).click();
  await plans.fill("The reason", "Written beside newer plans");
  await plans.saved("not-saved");
  assert.equal(await plans.stored(), before);
  const found = await start.download(page.getByRole("button", { name: "Save it as a file" }));
  assert.equal(found.text, before);
});

plansJourney("what cannot be read is put aside before anything is saved", { before: kept('{"format":"bright-spots/plans","version":1,"items":') }, async (plans, { page }) => {
  await plans.go();
  await page.getByText("could not be read", { exact: false }).first().waitFor();
  await plans.reason("After damage");
  assert.equal(await plans.stored("bright-spots.plans.unreadable"), '{"format":"bright-spots/plans","version":1,"items":');
  assert.match(await plans.stored(), /After damage/);
});

plansJourney("a full device says so, keeps the work in the tab, and offers a file", { mayComplain: true }, async (plans, { start, page }) => {
  await plans.reason("Before it was full");
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await plans.fill("How do we know?", "Only in this tab");
  await plans.saved("not-saved");
  await page.getByText("no room left on this device", { exact: false }).waitFor();
  const saved = await start.download(page.getByRole("button", { name: "Save workspace file" }).first());
  assert.match(saved.text, /Only in this tab/);
});

plansJourney("a write that the browser drops in silence is noticed", {}, async (plans, { page }) => {
  await plans.reason("Before it was dropped");
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {};
  });
  await plans.fill("How do we know?", "Dropped");
  await plans.saved("not-saved");
  await page.getByText("did not keep them", { exact: false }).waitFor();
});

plansJourney(
  "without storage everything works until the tab is closed",
  { before: (page) => page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } })) },
  async (plans, { page }) => {
    await plans.go();
    await page.getByText("does not let the page keep anything", { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "Note a reason", exact: true }).click();
    await plans.fill("The reason", "In memory");
    await plans.go("/reasons");
    await page.getByRole("link", { name: "In memory" }).waitFor();
  },
);

plansJourney("two tabs that write at once lose nothing", {}, async (plans, { page, context, address }) => {
  await plans.reason("From the first tab");
  const other = await context.newPage();
  await other.goto(`${address}#/plans/reasons`);
  await other.getByRole("link", { name: "From the first tab" }).waitFor();
  await other.getByRole("button", { name: "Write one of our own" }).first().click();
  await other.getByLabel("The reason", { exact: true }).fill("From the second tab");
  await plans.fill("How do we know?", "Told by the first tab");
  await other.getByLabel("The reason", { exact: true }).blur();
  await page.waitForFunction((key) => {
    const text = localStorage.getItem(key) ?? "";
    return text.includes("From the second tab") && text.includes("Told by the first tab");
  }, KEY);
  await plans.go("/reasons");
  await page.getByRole("link", { name: "From the second tab" }).waitFor();
});

plansJourney("a clock that moved back or forward loses nothing and hides nothing", {
  before: (page) => page.addInitScript(() => {
    // The clock is moved by as many days as a reload finds written down.
    const by = Number(sessionStorage.getItem("days") ?? 0) * 86_400_000;
    const now = Date.now.bind(Date);
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        super(...(given.length > 0 ? given : [now() + by]));
      }
      static now() {
        return now() + by;
      }
    };
  }),
}, async (plans, { page, context, address }) => {
  await plans.reason("Written today");
  for (const [days, text] of [[-800, "With the clock two years back"], [4000, "With the clock ten years ahead"], [0, "With the clock put right"]]) {
    await page.evaluate((n) => sessionStorage.setItem("days", String(n)), days);
    await page.reload();
    await plans.go("/reasons");
    await page.getByRole("link", { name: "Written today" }).click();
    await plans.fill("How do we know?", text);
    await plans.saved();
    assert.ok((await plans.stored()).includes(text), `${days} days away`);
  }
  // Another tab whose clock is right writes to the same reason; the newest edit of each place stands.
  const other = await context.newPage();
  await other.goto(`${address}#/plans/reasons`);
  await other.getByRole("link", { name: "Written today" }).click();
  await other.getByLabel("Named by how many", { exact: true }).fill("7");
  await other.getByLabel("Named by how many", { exact: true }).blur();
  await page.waitForFunction((key) => JSON.stringify(JSON.parse(localStorage.getItem(key)).items).includes('"named_by":7'), KEY);
  assert.match(await plans.stored(), /With the clock put right/);
});

plansJourney("a crash between two writes: what was handed over is taken once", {}, async (plans, { start, page }) => {
  await plans.reason("Before the crash");
  const choice = { key: "s/a/b/9", becomes: "strategy", what: "Welcome calls", who: "Office", by_when: "", reason: "", partner: "", more: [], session: "s", step: "a", team: "Birch" };
  // The page dies after the plans were written and before the inbox is emptied.
  await page.evaluate((item) => {
    localStorage.setItem("bright-spots.plans-inbox", JSON.stringify([item]));
    Storage.prototype.removeItem = () => {};
  }, choice);
  await start.visit("#/privacy");
  await plans.go();
  await page.getByRole("link", { name: "Welcome calls" }).first().waitFor();
  await plans.saved();
  assert.notEqual(await plans.stored("bright-spots.plans-inbox"), null, "the inbox was left behind");
  await page.reload();
  await plans.go();
  await page.getByRole("link", { name: "Welcome calls" }).first().waitFor();
  await page.waitForFunction(() => localStorage.getItem("bright-spots.plans-inbox") === null);
  const items = Object.values(JSON.parse(await plans.stored()).items);
  assert.equal(items.filter((item) => JSON.stringify(item).includes("Welcome calls")).length, 1);
});

const DAMAGED = '{"format":"bright-spots/plans","version":1,"items":{"a":';
plansJourney("a crash between two writes: damaged plans put aside, new ones not yet written", { before: kept(DAMAGED), mayComplain: true }, async (plans, { page }) => {
  await plans.go();
  await page.getByText("could not be read", { exact: false }).first().waitFor();
  // Room for the copy that is put aside, none for the plans themselves.
  await page.evaluate((key) => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (at, value) {
      if (at === key) throw new DOMException("full", "QuotaExceededError");
      return set.call(this, at, value);
    };
  }, KEY);
  await page.getByRole("button", { name: "Note a reason", exact: true }).click();
  await plans.fill("The reason", "Lost with the crash");
  await plans.saved("not-saved");
  assert.equal(await plans.stored(), DAMAGED, "what stood there stands there");
  await page.reload();
  await plans.go();
  await page.getByText("could not be read", { exact: false }).first().waitFor();
  await plans.reason("After the crash");
  const all = await page.evaluate(() => Object.entries(localStorage));
  assert.ok(all.some(([, value]) => value === DAMAGED), "the damaged text is still kept");
  assert.match(await plans.stored(), /After the crash/);
});

plansJourney("how much room is in use is shown, and said before it is used up", {}, async (plans, { page }) => {
  await plans.go("/workspace");
  await page.getByText(/0\.0 of 5\.2 million characters/).waitFor();
  await page.evaluate(() => localStorage.setItem("bright-spots.filler", "x".repeat(2_900_000)));
  await plans.reason("With little room left");
  await page.getByText("Over half of the room is used").waitFor();
  await page.evaluate(() => localStorage.setItem("bright-spots.filler", "x".repeat(4_400_000)));
  await plans.fill("How do we know?", "And less");
  await page.getByText("Room is nearly used up").waitFor();
  await page.evaluate(() => localStorage.removeItem("bright-spots.filler"));
});

// The pages of the workspace, as journeys use them.
import { journey } from "./journey.mjs";

export const KEY = "bright-spots.plans";
export const PEOPLE = "bright-spots.personal";

export class Plans {
  constructor(start, page) {
    this.start = start;
    this.page = page;
  }

  async go(below = "") {
    await this.start.visit(`#/plans${below}`);
  }

  main() {
    return this.page.getByRole("main");
  }

  field(name) {
    return this.main().getByLabel(name, { exact: true }).first();
  }

  async fill(name, text) {
    await this.field(name).fill(text);
    await this.field(name).blur();
  }

  button(name) {
    return this.main().getByRole("button", { name, exact: true }).first();
  }

  async saved(state = "saved") {
    await this.page.waitForFunction((s) => document.querySelector("[data-plans-saved]")?.dataset.plansSaved === s, state);
  }

  async stored(key = KEY) {
    return this.page.evaluate((k) => localStorage.getItem(k), key);
  }

  // Begins a reason in the team's own words.
  async reason(text) {
    await this.go();
    await this.page.getByRole("button", { name: "Note a reason", exact: true }).or(this.page.getByText("New plan", { exact: true })).first().click();
    if (!(await this.field("The reason").isVisible().catch(() => false))) {
      const item = this.page.getByRole("button", { name: "Reason", exact: true });
      if (await item.isVisible().catch(() => false)) await item.click();
    }
    await this.field("The reason").waitFor();
    await this.fill("The reason", text);
    await this.saved();
  }
}

export const plansJourney = (name, options, steps) =>
  journey(name, { timeout: 180_000, ...options }, async (start, given) => steps(new Plans(start, given.page), { start, ...given }));

// Plans as they stand in storage before the app is opened; a reload leaves what was made of them.
export const kept = (text, key = KEY) => async (page) => {
  await page.addInitScript(([at, value]) => {
    if (!sessionStorage.getItem(`seeded ${at}`)) {
      localStorage.setItem(at, value);
      sessionStorage.setItem(`seeded ${at}`, "1");
    }
  }, [key, text]);
};

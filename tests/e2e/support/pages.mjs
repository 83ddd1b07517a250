// One model per page. Things are found by role and name, as a person or a screen reader finds them;
// ids and attributes only where shared names are part of the contract.
import assert from "node:assert/strict";
import fs from "node:fs";

const SETTLED = ["asking", "ready", "failed"];

class AnyPage {
  constructor(page) {
    this.page = page;
  }

  main() {
    return this.page.getByRole("main");
  }

  heading() {
    return this.page.getByRole("heading", { level: 1 });
  }

  importState() {
    return this.page.evaluate(() => document.documentElement.dataset.import);
  }

  async waitImport(...states) {
    const wanted = states.flat();
    try {
      await this.page.waitForFunction(
        (all) => all.includes(document.documentElement.dataset.import) && globalThis.importStates?.length !== 0,
        wanted,
        { timeout: 90_000 },
      );
    } catch {
      const text = await this.main().innerText().catch(() => "");
      assert.fail(`the import is "${await this.importState()}", not ${wanted.join(" or ")}; the page says: ${text.slice(0, 600)}`);
    }
    return this.importState();
  }

  // Every address within the app that this page links to, such as "#/tiers".
  linkedRoutes() {
    return this.page.$$eval('a[href^="#/"]', (links) => links.map((link) => link.getAttribute("href")));
  }

  // Goes to a route by its address, as a bookmark does. Every page has one heading of level one.
  async visit(route) {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, route);
    await this.page.waitForFunction((hash) => location.hash === hash, route);
    await this.heading().first().waitFor();
    // The program with every page is fetched when the first of them is opened.
    await this.page.getByText("Opening…", { exact: true }).waitFor({ state: "detached" });
    // Charts are drawn in the frame after the page, what is below the window after those in it.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await this.page.locator("#main:not([aria-busy])").waitFor({ state: "attached" });
    return new AnyPage(this.page);
  }

  async schools() {
    await this.visit("#/schools");
    return new SchoolsPage(this.page);
  }

  // Clicks and returns what was saved as { name, text }.
  async download(locator) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), locator.click()]);
    return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), "utf8") };
  }
}

export class StartPage extends AnyPage {
  static async open(page, address) {
    await page.goto(address);
    await page.locator("#attendance-files").waitFor({ state: "attached" });
    return new StartPage(page);
  }

  fileInput() {
    return this.page.locator("#attendance-files");
  }

  stopButton() {
    return this.page.getByRole("button", { name: /^(stop|cancel)\b/i });
  }

  // The message of a file that could not be read.
  problem() {
    return this.main().getByRole("alert").filter({ visible: true });
  }

  // From here on `waitImport` waits for what these files lead to, not for what was there before.
  async expectChange() {
    await this.page.evaluate(() => {
      globalThis.importObserver?.disconnect();
      const states = (globalThis.importStates = []);
      const root = document.documentElement;
      globalThis.importObserver = new MutationObserver(() => states.push(root.dataset.import));
      globalThis.importObserver.observe(root, { attributeFilter: ["data-import"] });
    });
  }

  async chooseFiles(...paths) {
    await this.expectChange();
    await this.fileInput().setInputFiles(paths);
  }

  async paste(text) {
    await this.expectChange();
    await this.page.getByRole("textbox", { name: /paste/i }).fill(text);
  }

  async tryTheExample() {
    await this.expectChange();
    await this.page.getByRole("button", { name: "Try the example", exact: true }).click();
    await this.waitImport("ready");
    return new ResultsPage(this.page);
  }

  // Reads files all the way. Where the app asks, what it proposes is accepted.
  async import(...paths) {
    await this.chooseFiles(...paths);
    if ((await this.waitImport(SETTLED)) === "asking") return new AskingPage(this.page).useThisReading();
    assert.equal(await this.importState(), "ready", await this.main().innerText());
    return new ResultsPage(this.page);
  }
}

export class AskingPage extends AnyPage {
  useButton() {
    return this.page.getByRole("button", { name: "Use this reading", exact: true });
  }

  async useThisReading() {
    await this.useButton().click();
    await this.waitImport("ready");
    return new ResultsPage(this.page);
  }
}

// The page that is shown when a file has been read.
export class ResultsPage extends AnyPage {
  downloadButton() {
    return this.page.getByRole("button", { name: "Download results", exact: true });
  }

  async results() {
    const saved = await this.download(this.downloadButton());
    assert.equal(saved.name, "bright-spots-results.json");
    return JSON.parse(saved.text);
  }
}

export class SchoolsPage extends AnyPage {
  csvButton() {
    return this.main().getByRole("button", { name: /csv/i }).or(this.main().getByRole("link", { name: /csv/i })).first();
  }
}

// Chromium for the journeys: a fresh profile each, with everything that it asked of the network,
// said on its console or refused by policy written down.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const dist = path.join(root, "dist");
export const out = path.join(root, "tests/e2e/out");
export const oneFileUrl = pathToFileURL(path.join(dist, "bright-spots.html")).href;

// The browser that scripts/setup.sh found or installed.
export function browserPath(which) {
  const found = execFileSync("bash", ["-c", `source scripts/tools.sh && ${which}_path`], { cwd: root, encoding: "utf8" }).trim();
  if (!found) throw new Error(`No ${which} was found; run \`make test\`, which installs it.`);
  return found;
}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--disable-dev-shm-usage",
];

// A browser whose profile begins with `preferences` (Chromium's own names), or an ordinary one.
export async function openProfile({ preferences, viewport = { width: 1280, height: 800 }, colorScheme = "light", flags = [] } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bright-spots-profile-"));
  if (preferences) {
    fs.mkdirSync(path.join(folder, "Default"), { recursive: true });
    fs.writeFileSync(path.join(folder, "Default", "Preferences"), JSON.stringify(preferences));
  }
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: browserPath("chromium"),
    headless: true,
    // Playwright's own choice would be its headless shell; this is the browser that people use.
    args: [...FLAGS, "--headless=new", ...flags],
    ignoreDefaultArgs: ["--headless"],
    viewport,
    colorScheme,
    acceptDownloads: true,
    locale: "en-US",
  });
  const close = async () => {
    await context.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, close };
}

// Writes down what the pages of a context do. `requests` holds addresses, without data: and blob:,
// which never leave the browser.
export function watch(context) {
  const log = { requests: [], console: [], errors: [], violations: [] };
  context.on("request", (request) => {
    if (!/^(data|blob|about):/.test(request.url())) log.requests.push(request.url());
  });
  context.on("console", (message) => {
    const line = `${message.type()}: ${message.text()}`;
    log.console.push(line);
    if (/content security policy|refused to/i.test(message.text())) log.violations.push(message.text());
    else if (message.type() === "error") log.errors.push(line);
  });
  context.on("weberror", (error) => log.errors.push(String(error.error())));
  return log;
}

// `journey` is a test with a browser in it: it opens the app, hands over the first page's model,
// and afterwards checks what must hold in every journey. A failure leaves pictures in tests/e2e/out.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { startServer } from "../../../scripts/serve.mjs";
import { dist, oneFileUrl, openProfile, out, watch } from "./browser.mjs";
import { StartPage } from "./pages.mjs";

// The ways in which people come to the app.
export const SERVED = "served";
export const ONE_FILE = "one file";
export const BOTH = [SERVED, ONE_FILE];

const fileNameOf = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80);

async function saveEvidence(name, page, log, error) {
  const folder = path.join(out, fileNameOf(name));
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, "failure.png"), fullPage: true }).catch(() => {});
  fs.writeFileSync(path.join(folder, "page.html"), await page.content().catch(String));
  fs.writeFileSync(path.join(folder, "log.json"), JSON.stringify({ error: String(error?.stack ?? error), ...log }, null, 2));
  return folder;
}

// No request may leave the origin; from disk, none may be made at all but for the file itself.
export function assertNothingLeft(log, address) {
  const allowed = address.startsWith("file:")
    ? (request) => request.split(/[?#]/)[0] === address
    : (request) => request.startsWith(new URL("/", address).href);
  assert.deepEqual(log.requests.filter((request) => !allowed(request)), [], "requests that left the page's own place");
}

// options:
//   way            SERVED or ONE_FILE
//   server         options of startServer (sub-path, without headers)
//   profile        options of openProfile
//   mayComplain    the journey provokes console errors or policy violations and judges them itself
//   before         async (page) => …, before the app is opened
export function journey(name, options, steps) {
  const { way = SERVED, server: serverOptions, profile, mayComplain = false, before, timeout = 120_000 } = options;
  const title = way === ONE_FILE ? `${name} (from disk, in one file)` : name;
  test(title, { timeout }, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bright-spots-files-"));
    const server = way === SERVED ? await startServer({ folder: dist, ...serverOptions }) : null;
    const address = server?.url ?? oneFileUrl;
    const { context, close } = await openProfile(profile);
    const log = watch(context);
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(15_000);
    // Writes a file for the journey to choose, and returns its path.
    const file = (fileName, content) => {
      const at = path.join(folder, fileName);
      fs.writeFileSync(at, content);
      return at;
    };
    try {
      await before?.(page);
      const start = await StartPage.open(page, address);
      await steps(start, { page, context, log, file, address, server });
      assertNothingLeft(log, address);
      if (!mayComplain) {
        assert.deepEqual(log.violations, [], "the policy refused something that the app itself tried");
        assert.deepEqual(log.errors, [], "errors on the console");
      }
    } catch (error) {
      const evidence = await saveEvidence(title, page, log, error);
      error.message += `\n(pictures and logs: ${path.relative(process.cwd(), evidence)})`;
      throw error;
    } finally {
      await close();
      await server?.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

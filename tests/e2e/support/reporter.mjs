// Prints one line for each journey and, when all are done, writes the counts for scripts/test.mjs.
import fs from "node:fs";
import path from "node:path";
import { out } from "./browser.mjs";

const isFile = (name) => /\.test\.mjs$/.test(name);

export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type === "test:pass" && !isFile(data.name) && data.details?.type !== "suite") {
      if (/does not match pattern/.test(data.skip)) continue;
      if (data.skip !== undefined || data.todo !== undefined) {
        counts.skipped += 1;
        yield `  skipped  ${data.name}\n`;
      } else {
        counts.passed += 1;
        yield `  passed   ${data.name} (${(data.details.duration_ms / 1000).toFixed(1)} s)\n`;
      }
    } else if (type === "test:fail") {
      // A file fails with each of its tests; by itself it counts only when it could not run at all.
      if (isFile(data.name) && data.details?.error?.failureType === "subtestsFailed") continue;
      counts.failed += 1;
      const cause = data.details?.error?.cause ?? data.details?.error;
      yield `  FAILED   ${data.name}\n${String(cause?.stack ?? cause).replace(/^/gm, "           ")}\n`;
    } else if (type === "test:stdout" || type === "test:stderr") {
      yield data.message.replace(/^(?=.)/gm, "           ");
    }
  }
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, "counts.json"), JSON.stringify(counts));
}

// dist/ is a static site: under any sub-path, on a host without headers, and whole in one file.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { test } from "node:test";
import { startServer } from "../../scripts/serve.mjs";
import { dist } from "./support/browser.mjs";
import { inventDistrict } from "./support/district.mjs";
import { journey } from "./support/journey.mjs";
import { StartPage } from "./support/pages.mjs";
import { assertResults } from "./support/results.mjs";

for (const [where, server] of [
  ["under a sub-path", { base: "/schools/bright-spots/" }],
  ["under a sub-path, without headers", { base: "/a/b/c/", withHeaders: false }],
]) {
  journey(`the site works ${where}`, { server }, async (start, { file, page, address }) => {
    const { daily, truth } = inventDistrict({ seed: 51 });
    assertResults(await (await start.import(file("daily.csv", daily))).results(), truth);
    assert.ok(page.url().startsWith(address));
  });
}

journey("the one file, served over http, is a complete site too", {}, async (start, { page, address, file }) => {
  const again = await StartPage.open(page, new URL("bright-spots.html", address).href);
  const { totals, truth } = inventDistrict({ seed: 52 });
  assertResults(await (await again.import(file("totals.csv", totals))).results(), truth);
});

test("the server answers nothing but the files of the site", async () => {
  const server = await startServer({ folder: dist });
  const { port } = new URL(server.url);
  // Asked as written, because a client would tidy the path up before sending it.
  const status = (target, method = "GET") =>
    new Promise((done) => {
      const request = http.request({ host: "127.0.0.1", port, path: target, method }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      });
      request.end();
    });
  try {
    assert.equal(await status("/"), 200);
    assert.equal(await status("/index.html?x=1"), 200);
    for (const target of ["/../Cargo.toml", "/..%2fCargo.toml", "/%2e%2e/Cargo.toml", "/code/../../Cargo.toml", "/%00", "/%", "/_headers", "/code/", "/nothing"]) {
      assert.equal(await status(target), 404, target);
    }
    assert.equal(await status("/", "POST"), 405);
  } finally {
    await server.close();
  }
});

test("the checksums name every file and are right", () => {
  const lines = fs.readFileSync(path.join(dist, "SHA256SUMS"), "utf8").trim().split("\n").map((line) => line.split("  "));
  const files = fs.readdirSync(dist, { recursive: true }).filter((file) => fs.statSync(path.join(dist, file)).isFile() && file !== "SHA256SUMS");
  assert.deepEqual(lines.map(([, file]) => file).sort(), files.sort());
  for (const [sum, file] of lines) assert.equal(crypto.createHash("sha256").update(fs.readFileSync(path.join(dist, file))).digest("hex"), sum, file);
});

test("no page of the release names another place to load from", () => {
  for (const file of ["index.html", "bright-spots.html"]) {
    const html = fs.readFileSync(path.join(dist, file), "utf8");
    const loads = [...html.replace(/<script[\s\S]*?<\/script>/g, "").matchAll(/\b(?:src|href|action|srcset|poster)="([^"]*)"/g)].map((m) => m[1]);
    for (const target of loads) assert.match(target, /^(code\/[\w.-]+|data:image\/svg\+xml,.*|#\/.*)$/, `${file}: ${target}`);
  }
});

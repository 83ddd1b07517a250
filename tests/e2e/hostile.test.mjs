// Text in a file is never anything but text: not on a page, not in a chart, not in a spreadsheet.
import assert from "node:assert/strict";
import { BOTH, journey } from "./support/journey.mjs";
import { crawl } from "./support/routes.mjs";

const NAMES = [
  "<img src=x onerror=globalThis.hacked=1>",
  '"><script>globalThis.hacked=2</script>',
  "<svg onload=globalThis.hacked=3><a href='javascript:globalThis.hacked=4'>x</a></svg>",
  '=HYPERLINK("http://elsewhere.invalid","x")',
  "+1+1", "-2+3", "@SUM(A1)", "\t=1+1",
  "Ünïcødé 学校 \u202Eright to left",
  "]]></style></script><!--",
  "{{constructor.constructor('hacked')()}}",
];

function parseCsv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i += 1) {
    const c = text[i];
    const row = rows.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[(i += 1)];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (quoted || c !== "\r") row[row.length - 1] += c;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

for (const way of BOTH) {
  journey("hostile names of schools stay text everywhere", { way }, async (start, { file, page }) => {
    const rows = ["Student ID,School,Days Enrolled,Days Absent"];
    NAMES.forEach((name, n) => {
      for (let i = 0; i < 30; i += 1) rows.push(`${n}-${i},"${name.replaceAll('"', '""')}",100,${i}`);
    });
    const ready = await start.import(file("<img src=x onerror=globalThis.hacked=9>.csv", `${rows.join("\n")}\n`));
    const results = await ready.results();
    const saved = new Set(results.schools.map(({ name }) => name));
    for (const name of NAMES) assert.ok(saved.has(name) || saved.has(name.trim()), `${JSON.stringify(name)} as written in the results`);

    const { routes } = await crawl(start);
    for (const route of routes) {
      await start.visit(route);
      const state = await page.evaluate(() => ({
        hacked: globalThis.hacked ?? null,
        images: [...document.querySelectorAll("img")].map((img) => img.getAttribute("src")).filter((src) => !/^(data|blob):/.test(src ?? "")),
        scripts: [...document.querySelectorAll("main script, header script, footer script, svg script")].length,
        handlers: [...document.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((name) => name.startsWith("on"))).length,
        links: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href") ?? a.getAttribute("xlink:href")).filter((href) => /^\s*javascript:/i.test(href ?? "")),
      }));
      assert.deepEqual(state, { hacked: null, images: [], scripts: 0, handlers: 0, links: [] }, route);
    }

    const schools = await start.schools();
    const text = await page.evaluate(() => document.querySelector("main").textContent);
    for (const name of NAMES) assert.ok(text.includes(name.trim()), `${JSON.stringify(name)} is shown as text`);
    const charts = await page.evaluate(() => [...document.querySelectorAll("svg")].map((svg) => svg.textContent).join("\n"));
    assert.ok(charts.length > 0, "the page of schools draws a chart");

    // Downloads may stand in a menu.
    await page.evaluate(() => document.querySelectorAll("main details").forEach((menu) => { menu.open = true; }));
    const csv = await schools.download(schools.csvButton());
    assert.match(csv.name, /\.csv$/);
    const cells = parseCsv(csv.text).flat();
    assert.ok(cells.length > NAMES.length * 2, "the table has its rows");
    const active = cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?%?$/.test(cell));
    assert.deepEqual(active, [], "cells that a spreadsheet would run");
    for (const name of NAMES) assert.ok(cells.some((cell) => cell.includes(name.trim())), `${JSON.stringify(name)} in the CSV`);
  });
}

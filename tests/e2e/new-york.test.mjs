// The public files of New York City, where they are at hand: bright spots by regression, and leaks.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root } from "./support/browser.mjs";
import { journey } from "./support/journey.mjs";

const data = path.join(process.env.BRIGHT_SPOTS_DATA ?? path.join(root, "../shared/data"), "1_school_level");
const at = (...names) => names.map((name) => path.join(data, name));
const here = fs.existsSync(data);
if (!here) console.log(`Skipped: the public files of New York City are not at ${data}.`);

if (here) {
  journey("New York City's schools: bright spots by regression in one sitting", { timeout: 240_000 }, async (start, { page }) => {
    const files = at("nyc/nyc_chronic_absenteeism.csv", "nyc/nyc_schools_master.csv", "nyc/nyc_temp_housing.csv");
    await start.import(...files);
    await start.visit("#/schools");
    const main = page.getByRole("main");
    await main.getByRole("heading", { name: "From public school-level files" }).waitFor();
    await main.getByRole("combobox", { name: "Year" }).selectOption("2022-23");
    const words = async () => (await main.innerText()).replace(/\s+/g, " ");
    await main.getByText(/1,4\d\d schools|1,5\d\d schools/).first().waitFor();
    const text = await words();
    assert.match(text, /not about single students/);
    assert.match(text, /expect up to \d+ possible bright spots by luck/);
    const verdicts = await page.locator(".comparison .verdict-mark__words").allInnerTexts();
    assert.ok(verdicts.some((verdict) => /bright spot/.test(verdict)), verdicts.slice(0, 5).join());
    await main.getByRole("heading", { name: "What goes with absence between schools" }).waitFor();
    const saved = await start.download(main.getByRole("button", { name: "Download CSV of public schools" }));
    const spots = saved.text.split("\n").filter((line) => line.includes("bright_spot"));
    assert.ok(spots.length >= 20 && spots.length < 200, `${spots.length} bright spots`);
    // Less than a fifth of what is expected is looked at before it is praised.
    const first = saved.text.split("\n").filter((line) => line.includes("check_data_first"));
    assert.ok(first.length >= 1 && first.every((line) => /less than a fifth/.test(line)), first.join("\n"));
    assert.match(await main.locator(".finding").first().innerText(), /likely bright spot: .* would be expected for a school like this/);
    // Any of the schools is found by its name.
    await main.getByRole("textbox", { name: "Find a school" }).fill("eagle academy");
    await page.waitForFunction(() => document.querySelectorAll(".comparison__school a").length < 12);
    await main.getByRole("textbox", { name: "Find a school" }).fill("");
    await page.waitForFunction(() => document.querySelectorAll(".comparison__school a").length > 60);
    // Taking a condition out changes what is expected.
    const before = await words();
    await main.getByRole("checkbox", { name: /econom/i }).uncheck();
    await page.waitForFunction((before) => document.querySelector("main").innerText.replace(/\s+/g, " ") !== before, before);
    await main.locator(".comparison__school a").first().click();
    await main.getByRole("heading", { name: "As published" }).waitFor();
    const story = await words();
    assert.match(story, /\d % expected/);
    assert.match(story, /in (each of )?\d( of \d)? periods/, "has it held");
    assert.ok((await main.getByRole("table", { name: /nearest schools/ }).locator("tbody tr").count()) > 1);
    // Pages that need students say so.
    for (const route of ["#/conditions", "#/students", "#/explore"]) {
      await start.visit(route);
      await main.getByText("This file has no students in it").waitFor();
    }
    await start.visit("#/tiers");
    assert.doesNotMatch(await main.innerText(), /Students counted\s+not known/);
  });

  journey("New York City's districts: the attacker finds what can be recalculated", { timeout: 240_000 }, async (start, { page }) => {
    await start.import(...at("nyc_district/attendance_data.csv"));
    await start.visit("#/share/check");
    await page.getByRole("button", { name: "Look for leaks" }).click();
    await page.getByRole("heading", { name: "What was found" }).waitFor({ timeout: 90_000 });
    const text = await page.getByRole("main").innerText();
    // As the native test finds too; the values themselves are never told.
    assert.match(text, /32 of 590 hidden numbers can be recalculated from the file itself/);
    assert.match(text, /Could not be decided here\s+0/);
  });
}

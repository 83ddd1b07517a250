// Guided sessions from start to printed packet, in several browsers, with and without data.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { openProfile } from "./support/browser.mjs";
import { journey, ONE_FILE } from "./support/journey.mjs";
import { StartPage } from "./support/pages.mjs";

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SESSIONS = [
  { id: "peer-learning", title: "Creating opportunities for peer learning", steps: 15, starred: 8 },
  { id: "community-partners", title: "Engaging community partners", steps: 14, starred: 8 },
  { id: "partnering", title: "Partnering to make a difference", steps: 32, starred: 14 },
];

// The views of one session.
class Workshop {
  constructor(start, id) {
    this.start = start;
    this.page = start.page;
    this.id = id;
  }

  main() {
    return this.page.getByRole("main");
  }

  async view(name) {
    await this.start.visit(`#/workshop/${this.id}/${name}`);
    return this;
  }

  button(name) {
    return this.main().getByRole("button", { name, exact: true });
  }

  title() {
    return this.page.getByRole("heading", { level: 1 }).innerText();
  }

  // Writes something into every place of the step on screen, and returns what was written.
  async fill(words) {
    const written = [];
    for (const box of await this.main().locator("textarea.field__control:visible").all()) {
      const text = `${words} ${written.length + 1}`;
      await box.fill(text);
      written.push(text);
    }
    for (const box of await this.main().locator('input[type="text"].field__control:visible').all()) {
      if ((await box.getAttribute("inputmode")) === "numeric") await box.fill("20");
      else await box.fill(`${words} line`);
    }
    for (const group of await this.main().locator("fieldset.answer-choice").all()) {
      await group.locator('input[type="radio"], input[type="checkbox"]').first().check();
    }
    return written;
  }

  // Takes part from the first step to the last and returns all that was written.
  async takePart(words, { steps }) {
    await this.view("step");
    const written = [];
    for (let n = 1; n <= steps; n += 1) {
      await this.main().getByText(`Step ${n} of ${steps}`).waitFor();
      written.push(...(await this.fill(`${words} s${n}`)));
      const show = this.button("Show the answer");
      if (await show.count()) await show.click();
      await this.button(n === steps ? "Finish" : "Next").click();
    }
    await this.page.getByRole("heading", { level: 1, name: "Hand over your answers" }).waitFor();
    return written;
  }

  async handIn(name, team) {
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByLabel("Your table or team").fill(team);
    await this.page.getByLabel("Your table or team").blur();
    return this.start.download(this.button("Save my answers as a file"));
  }

  async drop(...paths) {
    await this.page.locator("#answers-files").setInputFiles(paths);
    await this.page.locator(".taken").filter({ hasText: /\d/ }).waitFor();
    return this.page.locator(".taken").innerText();
  }
}

for (const session of SESSIONS) {
  journey(`${session.title}: three participants, merged, to the printed packet`, { timeout: 300_000 }, async (start, { page, file, address }) => {
    const paths = [];
    const written = [];
    for (const [at, name] of ["Ana", "Bo", "Chi"].entries()) {
      const { context, close } = await openProfile();
      try {
        const mine = context.pages()[0] ?? (await context.newPage());
        mine.setDefaultTimeout(15_000);
        const workshop = new Workshop(await StartPage.open(mine, address), session.id);
        written.push((await workshop.takePart(name, session))[0]);
        const saved = await workshop.handIn(name, at < 2 ? "Oak table" : "Elm table");
        assert.match(saved.name, /^answers-.*\.json$/);
        assert.ok(!saved.name.includes(name), "a file's name says nobody's name");
        paths.push(file(`${name}.json`, saved.text));
      } finally {
        await close();
      }
    }
    const workshop = await new Workshop(start, session.id).view("answers");
    const twice = file("copy-of-Bo.json", fs.readFileSync(paths[1]));
    const broken = file("broken.json", fs.readFileSync(paths[2], "utf8").slice(0, 400));
    const said = await workshop.drop(paths[2], twice, broken, paths[0], paths[1]);
    assert.equal(said, "3 new, 1 here already, 1 not used, with the reason below.");
    await page.getByText("broken.json: This file is cut short").waitFor();
    await page.getByText("3 devices have handed in").waitFor();
    for (const words of written) assert.ok(await page.getByText(words, { exact: true }).first().isVisible(), words);
    assert.match(await workshop.main().innerText(), /Everyone chose the same\./);

    await workshop.button("Hand the choices to Plans").click();
    await page.getByText(/Handed to Plans: \d+\schoices?\./).waitFor();
    const waiting = await page.evaluate(() => JSON.parse(localStorage.getItem("bright-spots.plans-inbox")));
    assert.ok(waiting.length > 0 && waiting.every((choice) => choice.key && choice.what && choice.session === session.id));
    await workshop.button("Hand the choices to Plans").click();
    assert.equal((await page.evaluate(() => JSON.parse(localStorage.getItem("bright-spots.plans-inbox")))).length, waiting.length);

    // A reload keeps what was collected.
    await page.reload();
    await page.getByText("3 devices have handed in").waitFor();
    await workshop.view("pages");
    assert.equal(await page.locator(".sheet").count(), 3, "two teams and the packet");
    for (const words of written) assert.ok(await page.locator(".sheet").filter({ hasText: words }).count(), `the packet holds “${words}”`);
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("navigation").first().isVisible(), false);
    assert.equal(await workshop.button("Print").isVisible(), false);
    await page.emulateMedia({ media: "screen" });
    const packet = await start.download(workshop.button("Save as text"));
    for (const words of written) assert.ok(packet.text.includes(words));
    await page.getByRole("radio", { name: "Team pages", exact: true }).check();
    await page.locator(".sheet").nth(2).waitFor({ state: "detached" });
    await page.emulateMedia({ media: null });
    for (const format of ["A4", "Letter"]) {
      const sheets = (await page.pdf({ format })).toString("latin1").match(/\/Type\s*\/Page[^s]/g);
      assert.equal(sheets.length, 2, `one ${format} sheet for each of the two teams`);
    }
  });
}

journey("the short path without data and without a network", { way: ONE_FILE, timeout: 180_000 }, async (start, { page, context }) => {
  await context.setOffline(true);
  const session = SESSIONS[0];
  await start.visit("#/workshop");
  await page.getByRole("button", { name: "Use the short path" }).first().click();
  const workshop = new Workshop(start, session.id);
  await workshop.takePart("Offline", { steps: session.starred });
  const saved = await workshop.handIn("", "");
  assert.equal(JSON.parse(saved.text).format, "bright-spots/answers");
  await page.getByRole("link", { name: "See and print my own page" }).click();
  await page.locator(".sheet").first().waitFor();
  assert.match(await page.locator(".sheet").first().innerText(), /Offline s/);
});

journey("notes stay through a reload, in either language, and a reset lists what it removes", {}, async (start, { page }) => {
  const workshop = await new Workshop(start, "peer-learning").view("step");
  await workshop.fill("Kept");
  await workshop.button("Next").click();
  await page.getByText("Step 2 of 15").waitFor();
  await page.reload();
  await page.getByText("Step 2 of 15").waitFor();
  await page.getByRole("radio", { name: "Español" }).check();
  await page.getByText("Paso 2 de 15").waitFor();
  assert.equal(await page.locator(".workshop").getAttribute("lang"), "es");
  await workshop.button("Atrás").click();
  assert.equal(await workshop.main().locator('input[type="text"].field__control').first().inputValue(), "Kept line");
  await start.visit("#/workshop");
  await page.getByRole("button", { name: "Reset…" }).first().click();
  const dialog = page.getByRole("dialog", { name: /Reset/ });
  await dialog.getByText("2 answers typed on this device").waitFor();
  await dialog.getByText("Attendance data that you loaded").waitFor();
  await dialog.getByRole("button", { name: "Reset", exact: true }).click();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => /workshop\.(run|answers)/.test(key)).length), 0);
});

const MARK = /zq(id|name|last|room)/i;

// A district whose every student, id and homeroom is marked, with one school of nine.
function marked() {
  const lines = ["student_id,student_name,school,grade,homeroom,days_enrolled,days_absent,economically_disadvantaged"];
  let n = 0;
  for (const [school, students, chronic] of [["Aspen School", 120, 21], ["Beech School", 140, 12], ["Chestnut School", 130, 40], ["Tiny School", 9, 3]]) {
    for (let i = 0; i < students; i += 1) {
      n += 1;
      lines.push(`ZQID${n},Zqname${n} Zqlast${n},${school},${(i % 6) + 1},ZQROOM${i % 4},98,${i < chronic ? 20 : i % 7},${i % 2 ? "N" : "Y"}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

journey("the projector shows no name, no id and nothing under 11, on every step", { timeout: 300_000 }, async (start, { page, file }) => {
  const marks = file("Zqname-export.csv", marked());
  for (const session of SESSIONS) {
    // A reload forgets the data, so each session is walked with the marked file read again.
    await start.visit("#/");
    await start.import(marks);
    const workshop = await new Workshop(start, session.id).view("projector");
    for (let n = 1; n <= session.steps; n += 1) {
      await page.getByText(`Step ${n} of ${session.steps}`, { exact: true }).waitFor();
      await page.getByText("Share mode: no names, nothing about fewer than 11 students").waitFor();
      const reveal = workshop.button("Show the answer");
      if (await reveal.count()) await reveal.click();
      const seen = await page.evaluate(() => ({ text: document.body.innerText, html: document.querySelector("main").outerHTML,
        charts: [...document.querySelectorAll(".projector__chart")].map((chart) => `${chart.textContent} ${chart.querySelector("[role=img]").getAttribute("aria-label")}`),
      }));
      assert.doesNotMatch(seen.text, MARK, `step ${n} of ${session.id}`);
      assert.doesNotMatch(seen.html, MARK, `step ${n} of ${session.id}, in the markup`);
      for (const chart of seen.charts) {
        const small = chart.match(/.{0,30}(?:(?:^|[^.\d])(?:[1-9]|10) (?:students|of \d)|n = (?:[1-9]|10)(?![\d,])).{0,30}/);
        assert.equal(small?.[0], undefined, `step ${n} of ${session.id}: a small number`);
      }
      if (n < session.steps) await workshop.button("Next").click();
    }
    // The step survives a reload; the projector stays in share mode without being asked.
    await page.reload();
    await page.getByText(`Step ${session.steps} of ${session.steps}`, { exact: true }).waitFor();
    await page.getByRole("link", { name: "Leave the projector" }).click();
    assert.equal(await page.getByRole("radio", { name: "Share" }).first().isChecked(), true);
  }
});

journey("a facilitator changes the agenda, saves it, and another device opens the file", {}, async (start, { page, file }) => {
  const workshop = await new Workshop(start, "community-partners").view("edit");
  const titles = () => page.locator(".edit-step__title strong").allInnerTexts();
  const before = await titles();
  await page.getByRole("button", { name: `Move “${before[1]}” earlier` }).click();
  await page.getByText("moved earlier").first().waitFor();
  assert.deepEqual((await titles()).slice(0, 2), [before[1], before[0]]);
  await page.getByLabel("Minutes you have").fill("45");
  await workshop.button("Fit the times").click();
  await page.getByText("14 steps, 45 min").waitFor();
  await page.getByLabel("Title").fill("What our bus drivers see");
  await workshop.button("Add the step").click();
  await page.getByText("15 steps").waitFor();
  await page.getByRole("button", { name: `Remove “${before[2]}”` }).click();
  await page.getByText("14 steps").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("15 steps").waitFor();
  const saved = await start.download(workshop.button("Save as a file"));
  assert.equal(saved.name, "session-community-partners.json");
  await start.visit("#/workshop");
  await page.locator("#session-file").setInputFiles(file("broken.json", saved.text.slice(0, 900)));
  await page.getByRole("alert").getByText("cut short").waitFor();
  await page.locator("#session-file").setInputFiles(file("session.json", saved.text));
  // The device stays at the step where it was, which now stands second.
  await page.getByText("Step 2 of 15").waitFor();
});

journey("answers travel as a line of text and as a QR code", {}, async (start, { page }) => {
  const workshop = await new Workshop(start, "peer-learning").view("step");
  await workshop.fill("Line");
  await workshop.view("hand-in");
  await workshop.button("Show them as a QR code").click();
  await page.locator(".qr svg").waitFor();
  await workshop.button("Copy them as text").click();
  const line = await page.getByLabel("Your answers as one line").inputValue();
  assert.match(line, /^BRIGHT1[A-Z2-7]+$/);
  await workshop.view("answers");
  await page.getByLabel("Answers copied as text").fill(`${line}\n${line.slice(0, 60)}`);
  await workshop.button("Read these lines").click();
  await page.getByText("1 new, 1 not used, with the reason below.").first().waitFor();
});

journey(
  "storage denied: a session still runs, and says that nothing is kept",
  { profile: { preferences: { profile: { default_content_setting_values: { cookies: 2 } } } } },
  async (start, { page }) => {
    const workshop = await new Workshop(start, "peer-learning").view("step");
    await workshop.fill("Memory");
    await page.getByText("This browser keeps nothing.").waitFor();
    await workshop.button("Next").click();
    await workshop.button("Back").click();
    assert.equal(await workshop.main().locator('input[type="text"].field__control').first().inputValue(), "Memory line");
  },
);

for (const [width, height] of [[1280, 800], [390, 844], [640, 400]]) {
  journey(`axe and width of the workshop at ${width}`, { profile: { viewport: { width, height } }, timeout: 300_000 }, async (start, { page }) => {
    const problems = [];
    const look = async (what) => {
      if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      for (const v of violations) problems.push(`${what}: ${v.id} ${v.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (sideways > 0) problems.push(`${what}: scrolls sideways by ${sideways} px`);
      assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, what);
    };
    await start.visit("#/workshop");
    await look("map");
    const session = SESSIONS[0];
    const workshop = await new Workshop(start, session.id).view("step");
    for (let n = 1; n <= session.steps; n += 1) {
      await look(`step ${n}`);
      if (n < session.steps) await workshop.main().getByRole("button", { name: /^(Next|Skip this step)$/ }).click();
    }
    for (const view of ["hand-in", "facilitate", "edit", "answers", "pages", "projector"]) {
      await workshop.view(view);
      await look(view);
    }
    assert.deepEqual(problems, []);
  });
}

journey("in Spanish the lists and exhibits beside every step are Spanish too", { timeout: 300_000 }, async (start, { page }) => {
  const left = [];
  for (const session of SESSIONS) {
    const workshop = await new Workshop(start, session.id).view("step");
    await page.getByRole("radio", { name: "Español" }).check();
    for (let n = 1; n <= session.steps; n += 1) {
      await page.getByText(`Paso ${n} de ${session.steps}`).waitFor();
      for (const box of await workshop.main().locator('input[inputmode="numeric"]:visible').all()) await box.fill("20");
      const show = workshop.button("Mostrar la respuesta");
      if (await show.count()) await show.click();
      const beside = await page.$$eval(".workshop__exhibit", (all) => all.map((e) => e.innerText).join("\n"));
      // Titles of the series' published modules and of a newspaper's series stay as they are.
      const own = /^Abrir la herramienta|Empty Desks|^(Learning What Works|Establishing|Utilizing|Recognizing|State Attendance)/;
      const english = beside.split("\n").filter((line) => /\b(the|with|your|students|expected|who|what|how|View as table|Download)\b/.test(line) && !own.test(line));
      left.push(...english.map((line) => `${session.id} ${n}: ${line}`));
      const next = workshop.main().getByRole("button", { name: /^(Siguiente|Saltar este paso)$/ });
      if (n < session.steps) await next.first().click();
    }
  }
  assert.deepEqual([...new Set(left)], []);
});

journey("with data loaded the projector asks about schools that the export tells, and reveals them all", {}, async (start, { page }) => {
  await start.tryTheExample();
  const workshop = await new Workshop(start, "peer-learning").view("projector");
  for (let n = 1; n < 6; n += 1) await workshop.button("Next").click();
  await page.getByText("Step 6 of 15", { exact: true }).waitFor();
  await workshop.button("Show the answer").click();
  await page.getByRole("heading", { level: 1, name: /^From \d+ % at .* to \d+ % at / }).waitFor();
  const drawn = await page.locator(".projector__chart").textContent();
  assert.match(drawn, /390 students/, "Birch, as the export has it");
  assert.doesNotMatch(drawn, /hidden/);
});

journey("informing about absences begins with a calendar, and the talk opens at its step", {}, async (start, { page }) => {
  const workshop = await new Workshop(start, "partnering").view("step");
  for (let n = 1; n < 12; n += 1) await workshop.main().getByRole("button", { name: /^(Next|Skip this step)$/ }).click();
  await page.getByText("Step 12 of 32").waitFor();
  await page.getByText("8 of 57 school days missed").first().waitFor();
  const open = await page.locator("details.tool-list[open] summary").allInnerTexts();
  assert.equal(open.length, 1);
  assert.match(open[0], /^Inform/);
});

journey("a step is answered by keyboard alone", {}, async (start, { page }) => {
  await new Workshop(start, "peer-learning").view("step");
  const pressed = [];
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => ({ tag: document.activeElement.tagName, type: document.activeElement.type, text: document.activeElement.innerText ?? "" }));
    pressed.push(at.text || at.tag);
    if (at.tag === "INPUT" && at.type === "text") await page.keyboard.type("by hand");
    if (at.tag === "BUTTON" && at.text === "Next") {
      await page.keyboard.press("Enter");
      await page.getByText("Step 2 of 15").waitFor();
      return;
    }
  }
  assert.fail(`Next was never reached: ${pressed.join(", ")}`);
});

// Invented districts with their true answers, computed here and nowhere near the product's code.
import fs from "node:fs";

const FIRST = ["Ada", "Bo", "Cleo", "Dara", "Enzo", "Fern", "Gia", "Hugo", "Ines", "Jun", "Kai", "Lou", "Mika", "Nell", "Odd", "Pau"];
const LAST = ["Amber", "Brook", "Clay", "Dune", "Everhart", "Field", "Grove", "Heath", "Isle", "O'Jarvis", "Knoll", "de la Luz"];
const TREES = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Iris", "Juniper", "Kalmia", "Laurel",
  "Maple", "Noble", "Oak", "Pine", "Quince", "Rowan", "Spruce", "Tamarack"];
const KINDS = ["Elementary School", "Middle School", "High School"];
export const TIERS = ["satisfactory", "at_risk", "moderate", "severe", "extreme"];

// Repeatable numbers in [0, 1): mulberry32.
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Whole numbers only: 5, 10, 20 and 50 %, each bound belonging to the tier above it.
export function tierOf(absent, enrolled) {
  if (absent * 20 < enrolled) return 0;
  if (absent * 10 < enrolled) return 1;
  if (absent * 5 < enrolled) return 2;
  return absent * 2 < enrolled ? 3 : 4;
}

export function schoolDays(count) {
  const dates = [];
  for (let day = Date.UTC(2025, 7, 25); dates.length < count; day += 86_400_000) {
    const weekday = new Date(day).getUTCDay();
    if (weekday > 0 && weekday < 6) dates.push(new Date(day).toISOString().slice(0, 10));
  }
  return dates;
}

export function schoolNames(count) {
  return Array.from({ length: count }, (_, i) => `${TREES[i % TREES.length]} ${KINDS[Math.floor(i / TREES.length) % 3]}`);
}

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// The truth of [{ school, grade, enrolled, absent }], one per student and school; days in halves or
// wholes. Students with fewer than ten enrolled days are counted apart.
export function truthOf(stays, by) {
  const groups = new Map();
  for (const stay of stays) {
    const name = by(stay);
    if (!groups.has(name)) groups.set(name, { students: 0, counted: 0, too_few_days: 0, tiers: [0, 0, 0, 0, 0] });
    const group = groups.get(name);
    group.students += 1;
    if (stay.enrolled < 10) {
      group.too_few_days += 1;
      continue;
    }
    group.counted += 1;
    group.tiers[tierOf(stay.absent, stay.enrolled)] += 1;
  }
  for (const group of groups.values()) group.chronic = group.tiers[2] + group.tiers[3] + group.tiers[4];
  return Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// The 95 % Wilson interval, written from the formula.
export function wilson(chronic, counted) {
  const z = 1.959963984540054;
  const p = chronic / counted;
  const middle = p + (z * z) / (2 * counted);
  const half = z * Math.sqrt((p * (1 - p)) / counted + (z * z) / (4 * counted * counted));
  return [(middle - half) / (1 + (z * z) / counted), (middle + half) / (1 + (z * z) / counted)];
}

// A small district in each of the usual layouts, with its truth. A few students arrive in the last
// week and, unless `settled`, a few move between schools.
export function inventDistrict({ students = 240, days = 60, schools = 4, seed = 1, names = schoolNames(schools), settled = false } = {}) {
  const random = randomFrom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const dates = schoolDays(days);
  const stays = [];
  const daily = ["Student ID,Student Name,School,Grade,Date,Status"];
  const absences = ["Student ID,Absence Date,Absence Type"];
  for (let i = 0; i < students; i += 1) {
    const id = `0${50_000 + i}`;
    const name = `${pick(LAST)}, ${pick(FIRST)}`;
    const grade = Math.floor(random() * 13);
    const chance = Math.min(0.9, -Math.log(1 - random()) * 0.09);
    const first = i % 29 === 7 ? dates.length - 5 : 0;
    const moves = !settled && i % 23 === 11 ? Math.floor(dates.length / 2) : dates.length;
    const homes = [names[i % names.length], names[(i + 1) % names.length]];
    const parts = homes.map((school) => ({ id, name, school, grade, enrolled: 0, absent: 0 }));
    for (let d = first; d < dates.length; d += 1) {
      const part = parts[d < moves ? 0 : 1];
      const x = random();
      part.enrolled += 1;
      if (x < chance) {
        part.absent += 1;
        absences.push([id, dates[d], x < chance * 0.6 ? "Excused" : "Unexcused"].join(","));
      }
      const status = x < chance * 0.6 ? "Excused" : x < chance ? "Unexcused" : x > 0.97 ? "Tardy" : "Present";
      daily.push([id, quoted(name), quoted(part.school), grade, dates[d], status].join(","));
    }
    stays.push(...parts.filter((part) => part.enrolled > 0));
  }
  const totals = ["Student ID,Student Name,School,Grade,Days Enrolled,Days Absent"];
  for (const s of stays) totals.push([s.id, quoted(s.name), quoted(s.school), s.grade, s.enrolled, s.absent].join(","));
  const roster = ["Student ID,Student Name,School,Grade,Days Enrolled"];
  for (const s of stays) roster.push([s.id, quoted(s.name), quoted(s.school), s.grade, s.enrolled].join(","));
  const merged = new Map();
  for (const { id, enrolled, absent } of stays) {
    const one = merged.get(id) ?? { enrolled: 0, absent: 0 };
    merged.set(id, { enrolled: one.enrolled + enrolled, absent: one.absent + absent });
  }
  return {
    daily: `${daily.join("\n")}\n`,
    totals: `${totals.join("\n")}\n`,
    absences: `${absences.join("\n")}\n`,
    roster: `${roster.join("\n")}\n`,
    truth: {
      rows: daily.length - 1,
      stays: stays.length,
      all: truthOf([...merged.values()], () => "all").all,
      schools: truthOf(stays, (s) => s.school),
    },
  };
}

// Writes a large district's daily file, one row per student and day, without holding it in memory.
// Returns its truth. Used by `make bench`; 12,000 students and 170 days give 2,040,000 rows.
export function writeLargeDistrict(file, students, days, seed = 7) {
  const random = randomFrom(seed);
  const names = schoolNames(Math.min(60, Math.max(1, Math.floor(students / 600))));
  const roster = Array.from({ length: students }, (_, i) => {
    const name = `${LAST[Math.floor(random() * LAST.length)]}, ${FIRST[Math.floor(random() * FIRST.length)]}`;
    const school = names[i % names.length];
    const grade = Math.floor(random() * 13);
    const chance = Math.min(0.95, -Math.log(1 - random()) * 0.075);
    return { head: `S${100_000 + i},"${name}",${school},${grade},`, school, grade, chance, enrolled: days, absent: 0 };
  });
  const out = fs.openSync(file, "w");
  fs.writeSync(out, "Student ID,Student Name,School,Grade,Date,Status\n");
  for (const date of schoolDays(days)) {
    const lines = [];
    for (const student of roster) {
      const x = random();
      if (x < student.chance) student.absent += 1;
      const status = x < student.chance * 0.6 ? "Excused" : x < student.chance ? "Unexcused" : x > 0.97 ? "Tardy" : "Present";
      lines.push(`${student.head}${date},${status}\n`);
    }
    fs.writeSync(out, lines.join(""));
  }
  fs.closeSync(out);
  return { rows: students * days, students, schools: truthOf(roster, (s) => s.school), all: truthOf(roster, () => "all").all };
}

// Writes a large district with conditions, every student in one school, as a file of totals or with a
// column for each day. Used by `make bench`, which needs its size and no truth.
export function writeDistrictOfConditions(file, { students, schools, days = 170, dated = false, seed = 65 }) {
  const random = randomFrom(seed);
  const names = Array.from({ length: schools }, (_, i) => `${TREES[i % TREES.length]} School ${i + 1}`);
  // Schools differ a little, and a few of them much: as real districts do.
  const ease = names.map((_, i) => (i % 25 === 3 ? 0.55 : i % 25 === 11 ? 1.6 : 0.85 + 0.3 * random()));
  const out = fs.openSync(file, "w");
  const head = "Student ID,Student Name,School,Grade,Homeroom,EconDis,SpEd,EL,Homeless,Gender";
  fs.writeSync(out, `${head},${dated ? schoolDays(days).join(",") : "Days Enrolled,Days Absent,Excused Days,Unexcused Days"}\n`);
  const yes = (share) => (random() < share ? "Y" : "N");
  let lines = [];
  for (let i = 0; i < students; i += 1) {
    const school = i % schools;
    // Elementary, middle and high schools in turn.
    const [low, span] = [[0, 6], [6, 3], [9, 4]][school % 3];
    const grade = low + (Math.floor(i / schools) % span);
    const [econ, sped, el, homeless] = [yes(0.1 + 0.7 * ((school * 7) % 10) / 10), yes(0.15), yes(0.2), yes(0.03)];
    const mean = ease[school] * (0.045 + (econ === "Y" ? 0.035 : 0) + (sped === "Y" ? 0.015 : 0) + (homeless === "Y" ? 0.06 : 0));
    const chance = Math.min(0.9, -Math.log(1 - random()) * mean);
    const who = [`S${300_000 + i}`, `"${LAST[i % LAST.length]}, ${FIRST[(i * 7) % FIRST.length]}"`, names[school], grade,
      `Room ${grade}${"ABC"[i % 3]}`, econ, sped, el, homeless, "FMX"[Math.floor(random() * 2.02)]];
    let absent = 0;
    let excused = 0;
    const cells = [];
    for (let d = 0; d < days; d += 1) {
      const x = random();
      const status = x < chance * 0.6 ? "E" : x < chance ? "U" : x > 0.99 ? "T" : "P";
      absent += status === "E" || status === "U" ? 1 : 0;
      excused += status === "E" ? 1 : 0;
      if (dated) cells.push(status);
    }
    lines.push([...who, ...(dated ? cells : [days, absent, excused, absent - excused])].join(","));
    if (lines.length === 2000 || i === students - 1) {
      fs.writeSync(out, `${lines.join("\n")}\n`);
      lines = [];
    }
  }
  fs.closeSync(out);
}

// A district as yearly totals with every condition that an export can tell: a hundred schools, six conditions of
// two values and one of six. With `levels` a school teaches some of the grades, as real ones do.
export function linkedDistrict({ students = 65_000, levels = true, seed = 77 } = {}) {
  const random = randomFrom(seed);
  const header = "Student ID,School,Grade,English Learner,Special Education,Economically Disadvantaged,Homeless,Foster Care,Gender,Race,Days Enrolled,Days Absent";
  const rows = [header];
  const RACES = [0.45, 0.72, 0.86, 0.94, 0.985, 1];
  const spans = [[0, 6], [6, 3], [9, 4]];
  for (let i = 0; i < students; i += 1) {
    const school = Math.floor(random() ** 1.4 * 100);
    const [first, n] = levels ? spans[school % 10 < 6 ? 0 : school % 10 < 8 ? 1 : 2] : [0, 13];
    const yes = (share) => (random() < share ? "Yes" : "No");
    const drawn = random();
    const race = ["White", "Hispanic", "Black", "Asian", "Two or more", "Native American"][RACES.findIndex((upTo) => drawn < upTo)];
    const absent = Math.min(90, Math.floor(-Math.log(1 - random()) * 7));
    rows.push(`${i},School ${String(school).padStart(3, "0")},${first + Math.floor(random() * n)},${yes(0.12)},${yes(0.15)},${yes(0.45)},${yes(0.03)},${yes(0.01)},${random() < 0.5 ? "F" : "M"},${race},100,${absent}`);
  }
  return `${rows.join("\n")}\n`;
}

// Someone's published file: schools by grade and category with their sums, where only groups under eleven are hidden.
export function publishedDistrict({ schools = 100, seed = 5 } = {}) {
  const random = randomFrom(seed);
  const shares = { Asian: 0.09, Black: 0.2, Hispanic: 0.3, Other: 0.06, White: 0.35 };
  const rows = ["Year,School,Grade,Category,Students counted,Number chronically absent"];
  for (let at = 0; at < schools; at += 1) {
    const all = Object.fromEntries(["All Students", ...Object.keys(shares)].map((name) => [name, [0, 0]]));
    const tell = (grade, groups) => Object.entries(groups).forEach(([name, [n, x]]) =>
      rows.push(`2026,School ${String(at).padStart(3, "0")},${grade},${name},${n > 0 && n < 11 ? "s,s" : `${n},${x}`}`));
    for (let grade = 0; grade < 6; grade += 1) {
      const groups = { "All Students": [0, 0] };
      for (const [name, share] of Object.entries(shares)) {
        const n = Math.floor((20 + random() * 100) * share * 2);
        const x = Math.floor(n * (0.1 + random() * 0.25));
        groups[name] = [n, x];
        for (const of of [groups["All Students"], all[name], all["All Students"]]) [of[0], of[1]] = [of[0] + n, of[1] + x];
      }
      tell(grade, groups);
    }
    tell("All Grades", all);
  }
  return `${rows.join("\n")}\n`;
}

// The same work as our import, written with other readers as their own documentation suggests:
// stream the chosen file, count days and absences by student, and sort students into tiers by school.
const STUDENT = 0;
const SCHOOL = 2;
const STATUS = 5;
const ABSENT = new Set(["Excused", "Unexcused"]);
const tierOf = (absent, days) => (absent * 20 < days ? 0 : absent * 10 < days ? 1 : absent * 5 < days ? 2 : absent * 2 < days ? 3 : 4);

class Tally {
  students = new Map();

  add(id, school, status) {
    let student = this.students.get(id);
    if (!student) this.students.set(id, (student = { school, days: 0, absent: 0 }));
    student.days += 1;
    if (ABSENT.has(status)) student.absent += 1;
  }

  schools() {
    const schools = {};
    for (const { school, days, absent } of this.students.values()) (schools[school] ??= [0, 0, 0, 0, 0])[tierOf(absent, days)] += 1;
    return schools;
  }
}

const readers = {
  // The floor: nothing can be faster than reading the bytes.
  async streaming(file) {
    let bytes = 0;
    for await (const chunk of file.stream()) bytes += chunk.length;
    if (bytes !== file.size) throw new Error("not all bytes came");
    return null;
  },

  async udsv(file) {
    const { inferSchema, initParser } = await import("/node_modules/udsv/dist/uDSV.mjs");
    const tally = new Tally();
    const started = performance.now();
    const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
    let parser;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parser ??= initParser(inferSchema(next.value));
      parser.chunk(next.value, parser.stringArrs, (row) => tally.add(row[STUDENT], row[SCHOOL], row[STATUS]));
    }
    parser.end();
    return { schools: tally.schools(), started };
  },

  async papaparse(file) {
    const tally = new Tally();
    let header = true;
    const started = performance.now();
    await new Promise((complete, error) => {
      const chunk = ({ data }) => {
        for (const row of data) {
          if (header) header = false;
          else if (row.length > STATUS) tally.add(row[STUDENT], row[SCHOOL], row[STATUS]);
        }
      };
      globalThis.Papa.parse(file, { chunkSize: 4 << 20, chunk, complete, error });
    });
    return { schools: tally.schools(), started };
  },

  async duckdb(file) {
    const duckdb = await import("/built/duckdb.mjs");
    const folder = "/node_modules/@duckdb/duckdb-wasm/dist";
    const worker = new Worker(`${folder}/duckdb-browser-eh.worker.js`);
    const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
    await db.instantiate(`${folder}/duckdb-eh.wasm`);
    await db.registerFileHandle("daily.csv", file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    const connection = await db.connect();
    // Its 34 MB engine has started by now; only the reading is counted.
    const started = performance.now();
    const table = await connection.query(`
      with student as (
        select "Student ID" as id, any_value("School") as school, count(*) as days,
               count(*) filter ("Status" in ('Excused', 'Unexcused')) as absent
        from read_csv('daily.csv', header = true, all_varchar = true) group by 1
      )
      select school, case when absent * 20 < days then 0 when absent * 10 < days then 1
                          when absent * 5 < days then 2 when absent * 2 < days then 3 else 4 end as tier,
             count(*)::int as students
      from student group by 1, 2`);
    const schools = {};
    for (const row of table.toArray()) (schools[row.school] ??= [0, 0, 0, 0, 0])[row.tier] += row.students;
    const finished = performance.now();
    await db.terminate();
    return { schools, started, finished };
  },
};

// Returns { ms, schools }.
globalThis.runReader = async (name) => {
  const [file] = document.getElementById("file").files;
  if (name === "papaparse") {
    await new Promise((loaded, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: "/node_modules/papaparse/papaparse.min.js", onload: loaded, onerror: failed });
      document.head.append(script);
    });
  }
  const asked = performance.now();
  const done = await readers[name](file);
  const now = performance.now();
  return { ms: (done?.finished ?? now) - (done?.started ?? asked), schools: done?.schools ?? null };
};
globalThis.readersAreReady = true;

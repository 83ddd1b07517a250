//! The SQL of `docs/exchange/aggregate.sql`, run by DuckDB, against the same aggregates made here.

#[path = "share/invented.rs"]
#[allow(dead_code, reason = "shared with the suppression tests, which use all of it")]
mod invented;

use bright_spots::attendance::{Attribute, Day, Days, Definition, Grade, School, Tier, records};
use bright_spots::example::{self, Through};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;
use bright_spots::share::gate::Rule;
use bright_spots::share::suppress::{Cut, Grid, Record, Tables};
use invented::Dice;
use std::collections::BTreeMap;
use std::process::Command;

type Key = (String, String, String, String);

/// Students, chronically absent ones, and tiers of each group.
type Groups = BTreeMap<Key, (u64, u64, Vec<u64>)>;

/// DuckDB for Node, as `make test` installs it (`scripts/setup.sh test`).
const DUCKDB: &str = "tests/share/sql/node_modules/@duckdb/node-api";

/// The groups that DuckDB makes of a daily file; `None`, said aloud, where there is no DuckDB.
fn by_duckdb(name: &str, daily: &[u8]) -> Option<Groups> {
    if !std::path::Path::new(DUCKDB).exists() {
        eprintln!("SKIPPED: DuckDB is not installed; run `scripts/setup.sh test`, or `npm ci` in tests/share/sql");
        return None;
    }
    let path = std::env::temp_dir().join(format!("bright-spots-{name}-{}.csv", std::process::id()));
    std::fs::write(&path, daily).unwrap();
    let output = Command::new("node")
        .args(["tests/share/sql/check.mjs", path.to_str().unwrap(), "docs/exchange/aggregate.sql"])
        .output()
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut theirs = Groups::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
        let number = |name: &str| row[name].as_u64().unwrap();
        let tiers = ["satisfactory", "at_risk", "moderate", "severe", "extreme"].map(number).to_vec();
        let key = (text("school"), text("grade"), text("condition"), text("value"));
        theirs.insert(key, (number("students"), number("chronic"), tiers));
    }
    Some(theirs)
}

#[test]
fn duckdb_gives_the_same_aggregates_of_the_example_district() {
    let text = example::chunks(Through::February).concat();
    let Some(theirs) = by_duckdb("example", text.as_bytes()) else { return };
    let reading = propose(&Head { name: "example", bytes: &text.as_bytes()[..60_000], whole: false }).unwrap();
    let mut tally = Tally::new(vec![reading], &[text.len() as u64], Day(20_600));
    tally.start(0);
    tally.push(text.as_bytes());
    tally.end();
    let dataset = tally.finish().dataset;
    let records: Vec<Record> = records::at_schools(&dataset, &Definition::default())
        .iter()
        .filter_map(|r| {
            let (student, school, grade, chronic) = (r.student, r.school, r.grade, r.is_chronic());
            r.tier().map(|tier| Record { student, school, grade, tier, chronic })
        })
        .collect();
    // Grades as the file writes them, and its columns in the words of the file.
    let grade = |grade: &Grade| match grade {
        Grade::K => "K".to_owned(),
        other => format!("{:0>2}", other.to_string()),
    };
    let columns = [
        ("economically_disadvantaged", "Economically Disadvantaged"),
        ("special_education", "Special Education"),
        ("english_learner", "English Learner"),
        ("homeless", "Homeless"),
    ];
    let tables = Tables::new(&dataset.schools, &records, &dataset.attributes, Rule::default());
    let mut compared = 0;
    let mut compare = |grid: &Grid, condition: &str, value: &str| {
        for row in 0..grid.n_rows {
            for col in 0..grid.n_cols {
                let at = grid.at(row, col);
                let school = dataset.schools.get(row).map_or(String::new(), |s| s.name.clone());
                let key = (
                    school,
                    tables.grades.get(col).map_or(String::new(), grade),
                    condition.to_owned(),
                    value.to_owned(),
                );
                let (n, x, tiers) = theirs.get(&key).cloned().unwrap_or_default();
                assert_eq!((n, x), (u64::from(grid.students[at]), u64::from(grid.chronic[at])), "{key:?}");
                if condition == "All students" && col + 1 == grid.n_cols {
                    assert_eq!(tiers, tables.tiers[row].map(u64::from).to_vec(), "{key:?}");
                }
                compared += 1;
            }
        }
    };
    compare(&tables.whole, "All students", "all");
    for condition in &tables.conditions {
        let column = columns.iter().find(|(key, _)| *key == condition.key);
        if let (Some((_, column)), Cut::Cells(grid)) = (column, &condition.cut) {
            compare(grid, column, &condition.value);
        }
    }
    // Six schools and all; thirteen grades and all; everyone and four conditions.
    assert_eq!(compared, 7 * 14 * 5);
}

#[test]
fn duckdb_gives_the_same_aggregates() {
    let mut dice = Dice(41);
    let schools: Vec<School> =
        (0..3).map(|s| School { name: format!("School {s}, \"Elm\""), district: String::new() }).collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["Student ID", "Student Name", "School", "Grade", "Date", "Status", "English learner", "Gender"])
        .unwrap();
    let (mut records, mut learner, mut gender) = (Vec::new(), Vec::new(), Vec::new());
    for student in 0..400u32 {
        let yes = dice.below(4);
        let sex = dice.below(2);
        learner.push([1, 1, 2, 0][yes as usize]);
        gender.push(1 + sex as u8);
        let grade = 1 + dice.below(5);
        let p = dice.share() * 0.3;
        // Some move to a second school; some are there too briefly to count.
        let moved = dice.chance(0.1);
        for stay in 0..1 + u64::from(moved) {
            let school = (u64::from(student) + stay) % 3;
            let n_days = [4, 9, 10, 20, 40, 60][dice.below(6) as usize];
            let mut absent = 0;
            for day in 0..n_days {
                let date = format!("2026-{:02}-{:02}", 1 + 4 * stay + day / 28, 1 + day % 28);
                let status = match dice.share() {
                    x if x < p * 0.6 => "Excused",
                    x if x < p => " unexcused",
                    x if x < p + 0.02 => "Half day absent",
                    x if x < p + 0.05 => "Tardy",
                    _ => "Present",
                };
                absent += match status {
                    "Excused" | " unexcused" => 1000,
                    "Half day absent" => 500,
                    _ => 0,
                };
                let row = [
                    format!("{student:05}"),
                    "Doe, \"J\"".into(),
                    schools[school as usize].name.clone(),
                    grade.to_string(),
                    date,
                    status.into(),
                    ["No", "n", "Y", ""][yes as usize].into(),
                    ["F", "M"][sex as usize].into(),
                ];
                csv.write_record(&row).unwrap();
                if dice.chance(0.01) {
                    csv.write_record(&row).unwrap();
                }
            }
            if n_days < 10 {
                continue;
            }
            let (enrolled, absent) = (Days::whole(n_days as i64), Days::from_thousandths(absent));
            records.push(Record {
                student,
                school: school as u16,
                grade: Grade::Year(grade as u8),
                tier: Tier::classify(enrolled, absent).unwrap(),
                chronic: Definition::default().is_chronic(enrolled, absent),
            });
        }
    }
    let Some(theirs) = by_duckdb("daily", &csv.into_inner().unwrap()) else { return };
    let attribute = |label: &str, values: [&str; 2], codes: &[u8]| Attribute {
        key: label.into(),
        label: label.into(),
        values: values.map(String::from).to_vec(),
        codes: codes.to_vec(),
    };
    let attributes = [attribute("English learner", ["No", "Yes"], &learner), attribute("Gender", ["F", "M"], &gender)];
    let tables = Tables::new(&schools, &records, &attributes, Rule::default());
    let mut compared = 0;
    let mut compare = |grid: &Grid, condition: &str, value: &str| {
        for row in 0..grid.n_rows {
            for col in 0..grid.n_cols {
                let at = grid.at(row, col);
                let school = schools.get(row).map_or(String::new(), |s| s.name.clone());
                let grade = tables.grades.get(col).map_or(String::new(), ToString::to_string);
                let key = (school, grade, condition.to_owned(), value.to_owned());
                let (n, x, tiers) = theirs.get(&key).cloned().unwrap_or_default();
                assert_eq!((n, x), (u64::from(grid.students[at]), u64::from(grid.chronic[at])), "{key:?}");
                if condition == "All students" && col + 1 == grid.n_cols {
                    assert_eq!(tiers, tables.tiers[row].map(u64::from).to_vec(), "{key:?}");
                }
                compared += 1;
            }
        }
    };
    compare(&tables.whole, "All students", "all");
    for condition in &tables.conditions {
        let Cut::Cells(grid) = &condition.cut else { panic!("two values each") };
        compare(grid, &condition.label, &condition.value);
    }
    assert_eq!(compared, 3 * 4 * 6);
}

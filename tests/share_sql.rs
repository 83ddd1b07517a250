//! The SQL of `docs/exchange/aggregate.sql`, run by DuckDB, against the same aggregates made here.

#[path = "share/invented.rs"]
#[allow(dead_code, reason = "shared with the suppression tests, which use all of it")]
mod invented;

use bright_spots::attendance::{Attribute, Days, Definition, Grade, School, Tier};
use bright_spots::share::gate::Rule;
use bright_spots::share::suppress::{Cut, Grid, Record, Tables};
use invented::Dice;
use std::collections::BTreeMap;
use std::process::Command;

type Key = (String, String, String, String);

#[test]
fn duckdb_gives_the_same_aggregates() {
    let python = std::env::var("BRIGHT_SPOTS_PYTHON").unwrap_or_else(|_| "python3".into());
    if !Command::new(&python).args(["-c", "import duckdb"]).output().is_ok_and(|o| o.status.success()) {
        println!("SKIPPED: {python} has no duckdb (pip install duckdb, or set BRIGHT_SPOTS_PYTHON)");
        return;
    }
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
    let path = std::env::temp_dir().join(format!("bright-spots-daily-{}.csv", std::process::id()));
    std::fs::write(&path, csv.into_inner().unwrap()).unwrap();
    let output = Command::new(&python)
        .args(["tests/share/duckdb_check.py", path.to_str().unwrap(), "docs/exchange/aggregate.sql"])
        .output()
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut theirs: BTreeMap<Key, (u64, u64, Vec<u64>)> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
        let number = |name: &str| row[name].as_u64().unwrap();
        let tiers = ["satisfactory", "at_risk", "moderate", "severe", "extreme"].map(number).to_vec();
        let key = (text("school"), text("grade"), text("condition"), text("value"));
        theirs.insert(key, (number("students"), number("chronic"), tiers));
    }
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

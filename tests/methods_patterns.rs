//! Reference answers for the patterns of one student.
//! Source: `4_reference_numbers/methods/10_patterns.json`.

mod reference;

use bright_spots::attendance::Day;
use bright_spots::compare::patterns::{SchoolDay, Status, Year, patterns};
use bright_spots::compare::special::runs_at_most;
use reference::{close, methods, number};

#[test]
fn patterns_agree() {
    let Some(file) = methods("10_patterns") else { return };
    let tolerance = number(&file["tolerance"]["p"]);
    let day = |value: &serde_json::Value| Day::parse_iso(value.as_str().unwrap()).unwrap();
    let sessions: Vec<Day> = file["school_days"].as_array().unwrap().iter().map(day).collect();
    let students = file["students"].as_array().unwrap();
    assert_eq!(students.len(), 8);
    for student in students {
        let absent: Vec<Day> = student["absent"].as_array().unwrap().iter().map(day).collect();
        let days: Vec<SchoolDay> = sessions
            .iter()
            .map(|day| SchoolDay {
                day: *day,
                status: if absent.contains(day) { Status::Absent } else { Status::Present },
            })
            .collect();
        let (ours, theirs) = (patterns(&days, Year::Over), &student["answer"]);
        let what = student["name"].as_str().unwrap();
        for (key, ours) in [
            ("school_days", ours.school_days),
            ("absences", ours.absences),
            ("in_long_spells", ours.in_long_spells),
            ("tested_absences", ours.tested_absences),
            ("runs", ours.runs),
            ("longest_run", ours.longest_run),
        ] {
            assert_eq!(Some(ours), theirs[key].as_u64(), "{what} {key}");
        }
        close(what, ours.p_so_few_runs, &theirs["p_so_few_runs"], tolerance);
        let tests = theirs["tests"].as_array().unwrap();
        assert_eq!(ours.tests.len(), tests.len());
        for (ours, theirs) in ours.tests.iter().zip(tests) {
            let what = format!("{what} {theirs}");
            assert_eq!(Some(ours.pattern.key()), theirs["pattern"].as_str());
            assert_eq!(Some(ours.days), theirs["days"].as_u64(), "{what}");
            assert_eq!(Some(ours.absences), theirs["absences"].as_u64(), "{what}");
            close(&what, ours.usual, &theirs["usual"], tolerance);
            close(&what, ours.p, &theirs["p"], tolerance);
            close(&what, ours.p_holm, &theirs["p_holm"], tolerance);
        }
    }
    for case in file["runs_by_enumeration"].as_array().unwrap() {
        for (runs, chance) in case["p_at_most"].as_object().unwrap() {
            let ours =
                runs_at_most(runs.parse().unwrap(), case["days"].as_u64().unwrap(), case["absences"].as_u64().unwrap());
            close(&case.to_string(), ours, chance, tolerance);
        }
    }
}

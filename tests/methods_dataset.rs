//! From a dataset to tiers, comparisons and flags.
//! Sources: `4_reference_numbers/methods/01_tiers_and_rates.json`, `05_end_to_end.json` (the same
//! counts as student records), `tiers/tier_boundary_cases.csv`; invented schools for the flags.

#[path = "reference/district.rs"]
mod district;
#[path = "reference/records.rs"]
mod made;
mod reference;

use bright_spots::attendance::{
    Dataset, Days, Decimal, Definition, Grade, Group, Preset, School, Stay, Student, Tier, attribute, records,
    summarise,
};
use bright_spots::compare::flags::Flag;
use bright_spots::compare::from_dataset::{
    Choice, Filter, Recording, Units, compare, condition_gaps, default_conditions, peer_schools, recording,
    strata_table, student_days,
};
use bright_spots::compare::patterns::Status;
use bright_spots::compare::verdict::Verdict;
use bright_spots::share::results::results;
use reference::{close, methods, number, table};
use serde_json::Value;

fn tier_key(tier: Tier) -> &'static str {
    ["satisfactory", "at_risk", "moderate", "severe", "extreme"][tier.index()]
}

fn days(value: &Value) -> Days {
    Days::from_thousandths(value.as_i64().unwrap())
}

#[test]
fn tiers_agree() {
    let Some(file) = methods("01_tiers_and_rates") else { return };
    let cases = file["tier_cases"].as_array().unwrap();
    assert_eq!(cases.len(), 260);
    for case in cases {
        let (enrolled, absent) = (days(&case["enrolled_thousandths"]), days(&case["absent_thousandths"]));
        assert_eq!(Tier::classify(enrolled, absent).map(tier_key), case["tier"].as_str(), "{case}");
        let chronic = |threshold: u32, inclusive: bool| {
            Definition { threshold, inclusive, ..Definition::default() }.is_chronic(enrolled, absent)
        };
        assert_eq!(Some(chronic(10_000, true)), case["chronic_at_10"].as_bool(), "{case}");
        assert_eq!(Some(chronic(15_000, true)), case["chronic_at_15"].as_bool(), "{case}");
        assert_eq!(Some(chronic(10_000, false)), case["above_10_exclusive"].as_bool(), "{case}");
    }
    for case in file["percent_text"].as_array().unwrap() {
        // A percent in millionths against a hundred percent: exact decimals, rounded at the sixth place.
        let ours = Decimal::parse(case["text"].as_str().unwrap()).and_then(|percent| {
            Tier::classify(Days::from_thousandths(100_000_000), Days::from_thousandths(percent.rounded_to(6)))
        });
        assert_eq!(ours.map(tier_key), case["tier"].as_str(), "{case}");
    }
}

#[test]
fn published_tier_boundaries_agree() {
    let Some(rows) = table("4_reference_numbers/tiers/tier_boundary_cases.csv") else { return };
    assert_eq!(rows.len(), 106);
    for row in &rows[1..] {
        let (enrolled, absent) = (Days::parse(&row[0]).unwrap(), Days::parse(&row[1]).unwrap());
        let ours = Tier::classify(enrolled, absent).map(|tier| tier.index() + 1);
        assert_eq!(ours, row[3].parse::<f64>().ok().map(|tier| tier as usize), "{row:?}");
    }
}

#[test]
fn both_grains_agree() {
    let Some(file) = methods("01_tiers_and_rates") else { return };
    let floats = number(&file["tolerance"]["floats"]);
    let rows = file["grains"]["rows"].as_array().unwrap();
    let name = |row: &Value, at: usize| row[at].as_str().unwrap().to_owned();
    let mut students: Vec<String> = rows.iter().map(|row| name(row, 0)).collect();
    let mut schools: Vec<String> = rows.iter().map(|row| name(row, 1)).collect();
    for names in [&mut students, &mut schools] {
        names.sort();
        names.dedup();
    }
    let mut stays: Vec<Stay> = rows
        .iter()
        .map(|row| {
            let student = students.binary_search(&name(row, 0)).unwrap() as u32;
            let school = schools.binary_search(&name(row, 1)).unwrap() as u16;
            made::stay(student, school, Grade::Year(3), days(&row[2]), days(&row[3]))
        })
        .collect();
    stays.sort_by_key(|stay| (stay.student, stay.school));
    let dataset = Dataset {
        schools: schools.iter().map(|name| School { name: name.clone(), district: String::new() }).collect(),
        students: students.iter().map(|id| Student { id, name: "" }).collect(),
        stays,
        ..Dataset::default()
    };
    for (key, minimum) in [("minimum_10", 10), ("minimum_31", 31)] {
        let definition = Definition { minimum: Days::whole(minimum), ..Definition::default() };
        let ours = summarise(&dataset, &definition);
        let theirs = &file["grains"][key];
        check_group(&ours.all, &theirs["all"], floats);
        for group in &ours.schools {
            check_group(group, &theirs["schools"][&group.name], floats);
        }
    }
}

fn check_group(ours: &Group, theirs: &Value, floats: f64) {
    for (key, ours) in [
        ("students", ours.students),
        ("counted", ours.counted),
        ("too_few_days", ours.too_few_days),
        ("chronic", ours.chronic),
    ] {
        assert_eq!(Some(u64::from(ours)), theirs[key].as_u64(), "{key} of {theirs}");
    }
    for tier in Tier::ALL {
        assert_eq!(Some(u64::from(ours.tiers[tier.index()])), theirs["tiers"][tier_key(tier)].as_u64());
    }
    close("rate", ours.rate(), &theirs["rate"], floats);
    close("enrolled", ours.enrolled.as_f64(), &theirs["days_enrolled"], floats);
    close("absent", ours.absent.as_f64(), &theirs["days_absent"], floats);
}

/// The reference districts as student records, counted again by the adapter.
#[test]
fn student_records_lead_to_the_reference_verdicts() {
    let Some(file) = methods("05_end_to_end") else { return };
    for district in file["districts"].as_array().unwrap() {
        let table = district::table(district);
        let dataset = made::dataset(&table);
        let definition = Definition::default();
        let records = records::at_schools(&dataset, &definition);
        let recording = recording(&dataset, &definition, &records);
        assert!(recording.red.iter().all(Vec::is_empty), "{:?}", recording.red);
        let conditions = default_conditions(&dataset);
        assert_eq!(conditions.len(), 3);
        let choice = Choice { conditions, ..Choice::default() };
        let ours = compare(&dataset, &records, &recording, &choice);
        assert_eq!((&ours.table.strata, &ours.table.cells), (&table.strata, &table.cells));
        for theirs in district["expect"].as_array().unwrap() {
            let at = table.units.iter().position(|unit| Some(unit.as_str()) == theirs["school"].as_str()).unwrap();
            let judgement = &ours.comparison.judgements[at];
            close("rate", ours.comparison.expected[at].expected_rate(), &theirs["expected_rate"], 1e-9);
            assert_eq!(Some(judgement.verdict.key()), theirs["verdict"].as_str(), "{theirs} {judgement:?}");
        }
    }
}

/// The same students, as the results file tells them.
#[test]
fn the_results_file_holds_the_reference_verdicts() {
    let Some(file) = methods("05_end_to_end") else { return };
    for district in file["districts"].as_array().unwrap() {
        let dataset = made::dataset(&district::table(district));
        let definition = Definition::default();
        let records = records::at_schools(&dataset, &definition);
        let choice = Choice { conditions: default_conditions(&dataset), ..Choice::default() };
        let recording = recording(&dataset, &definition, &records);
        let compared = compare(&dataset, &records, &recording, &choice);
        let summary = summarise(&dataset, &definition);
        let results = results(&dataset, &summary, &definition, &[], "2026-11-21");
        let bare = serde_json::to_value(&results).unwrap();
        assert!(bare["schools"][0]["verdict"].is_null(), "no verdict before a comparison");
        let ours = serde_json::to_value(results.with_comparison(&compared)).unwrap();
        let expect = district["expect"].as_array().unwrap();
        assert_eq!(ours["schools"].as_array().unwrap().len(), expect.len());
        for theirs in expect {
            let line = ours["schools"].as_array().unwrap().iter().find(|s| s["name"] == theirs["school"]).unwrap();
            close("expected", line["expected"].as_f64(), &theirs["expected_rate"], 1e-9);
            assert_eq!(line["verdict"], theirs["verdict"], "{line}");
        }
    }
}

#[test]
fn filters_suspension_and_units_within_a_school() {
    let dataset = made::invented(&made::Plan::default());
    let definition = Definition::default();
    let records = records::at_schools(&dataset, &definition);
    let suspension = dataset.attributes.iter().position(|a| a.key == attribute::SUSPENSION).unwrap();
    let poverty = default_conditions(&dataset)[0];
    let plain = strata_table(&dataset, &records, &Choice { conditions: vec![poverty], ..Choice::default() });
    let with = Choice { conditions: vec![suspension, poverty], ..Choice::default() };
    assert_eq!(strata_table(&dataset, &records, &with), plain, "suspension is never taken into account");

    let filter = Filter { grades: vec![Grade::Year(2)], having: vec![(poverty, 2)], schools: vec![0, 1] };
    let narrow = strata_table(&dataset, &records, &Choice { filter, ..Choice::default() });
    let students: u64 = (0..narrow.units.len()).map(|unit| narrow.total(unit).0).sum();
    let by_hand = records
        .iter()
        .filter(|r| r.school < 2 && r.grade == Grade::Year(2))
        .filter(|r| dataset.attributes[poverty].yes(r.student as usize) == Some(true))
        .count() as u64;
    assert!(students == by_hand && by_hand > 20);

    let units = |units: Units| {
        let choice = Choice { units, conditions: vec![poverty], ..Choice::default() };
        compare(&dataset, &records, &Recording::default(), &choice)
    };
    let rooms = units(Units::Homerooms { school: 0, grade: Grade::Year(2) });
    assert_eq!(rooms.table.units, ["Room A", "Room B", "Room C"]);
    assert!(rooms.comparison.judgements.iter().any(|j| j.verdict != Verdict::CheckDataFirst));
    let grades = units(Units::Grades { school: 0 });
    assert_eq!(grades.table.units, ["Grade K", "Grade 1", "Grade 2", "Grade 3"]);
    let groups = units(Units::Groups { school: 0, attribute: poverty });
    assert_eq!(groups.table.units, ["No", "Yes"]);

    let gaps = condition_gaps(&dataset, &records);
    let gap = gaps.iter().find(|gap| gap.attribute == poverty).unwrap();
    let all = gap.groups.with_counted + gap.groups.without_counted + gap.unknown.0;
    assert_eq!(all, records.iter().filter(|r| r.is_counted()).count() as u64);
    let (features, schools) = peer_schools(&dataset, &records);
    assert_eq!((features.len(), schools.len()), (2, dataset.schools.len()));
}

fn red(dataset: &Dataset) -> Vec<Vec<&'static str>> {
    let definition = Preset::Federal.definition();
    let records = records::at_schools(dataset, &definition);
    let recording = recording(dataset, &definition, &records);
    let choice = Choice { conditions: default_conditions(dataset), ..Choice::default() };
    let compared = compare(dataset, &records, &recording, &choice);
    for (flags, judgement) in compared.comparison.flags.iter().zip(&compared.comparison.judgements) {
        let comparable = judgement.tails.is_some();
        assert_eq!(judgement.verdict == Verdict::CheckDataFirst, comparable && !flags.is_empty());
    }
    compared.comparison.flags.iter().map(|flags| flags.iter().map(Flag::key).collect()).collect()
}

#[test]
fn clean_schools_have_no_flags_and_planted_ones_are_found() {
    let clean = red(&made::invented(&made::Plan::default()));
    assert_eq!(clean, vec![Vec::<&str>::new(); 12]);
    for (plan, school, key) in [
        (made::Plan { no_absence_in_grade: Some((3, Grade::Year(1))), ..Default::default() }, 3, "zero_grade"),
        (made::Plan { no_absence_on_weekday: Some((4, 4)), ..Default::default() }, 4, "weekday"),
        (made::Plan { no_absence_on_days: Some((5, 20..24)), ..Default::default() }, 5, "day"),
        (made::Plan { no_records_on_days: Some((6, 40..50)), ..Default::default() }, 6, "missing_attendance"),
        (made::Plan { half_absence_in_grades: Some((7, Grade::Year(2))), ..Default::default() }, 7, "grade_jump"),
    ] {
        let flags = red(&made::invented(&plan));
        assert!(flags[school].contains(&key), "{key}: {flags:?}");
        for (other, flags) in flags.iter().enumerate().filter(|(other, _)| *other != school) {
            assert!(flags.is_empty(), "{key} planted at {school}, found at {other}: {flags:?}");
        }
    }
}

#[test]
fn a_students_days_are_those_of_the_school() {
    let dataset = made::invented(&made::Plan::default());
    let stay = &dataset.stays[7];
    let days = student_days(&dataset, &Definition::default(), stay);
    assert_eq!(days.len(), dataset.calendar.len());
    let absent = days.iter().filter(|day| day.status == Status::Absent).count() as i64;
    assert_eq!(Days::whole(absent), stay.absent.iter().copied().sum::<Days>());
}

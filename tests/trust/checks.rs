//! Checks before charts: each finds what was planted, and an ordinary file passes all of them.

use crate::districts::{SCHOOLS, daily, ordinary, plain_daily, plain_totals, read, totals};
use bright_spots::attendance::{Dataset, Definition, Published, School};
use bright_spots::ingest::problem::{Kind, Problem};
use bright_spots::ingest::tally::Outcome;
use bright_spots::trust::checks;
use bright_spots::trust::checks::findings;

fn found(outcome: &Outcome) -> Vec<(Kind, u64, String)> {
    let list = findings(&outcome.dataset, &Definition::default());
    list.into_iter().map(|p| (p.kind, p.rows, p.about)).collect()
}

fn only(outcome: &Outcome) -> (Kind, u64, String) {
    let all = found(outcome);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().unwrap()
}

#[test]
fn ordinary_files_pass() {
    assert_eq!(found(&read(&[&plain_daily()])), []);
    assert_eq!(found(&read(&[&totals(&plain_totals(150))])), []);
    // A handful of students is no school to judge.
    let few =
        totals(&[("A".into(), "Alder", 100, 0.0), ("B".into(), "Alder", 100, 0.0), ("C".into(), "Birch", 100, 20.0)]);
    assert_eq!(found(&read(&[&few])), []);
}

#[test]
fn a_school_without_any_absence() {
    let file = daily(40, 60, &|student, school, _, draw| {
        let status = ordinary(student, draw);
        Some(if school == 1 { "Present" } else { status })
    });
    assert_eq!(only(&read(&[&file])), (Kind::SchoolWithoutAbsence, 1, "Birch".into()));
}

#[test]
fn a_grade_without_any_absence() {
    let file = daily(60, 60, &|student, school, _, draw| {
        let status = ordinary(student, draw);
        Some(if school == 2 && student % 3 == 0 { "Present" } else { status })
    });
    let (kind, students, place) = only(&read(&[&file]));
    assert_eq!((kind, students), (Kind::GradeWithoutAbsence, 20));
    assert!(place.starts_with("Cedar, grade "), "{place}");
}

#[test]
fn hardly_anyone_with_an_absence() {
    let rows: Vec<_> = plain_totals(150)
        .into_iter()
        .enumerate()
        .map(|(at, (id, school, enrolled, absent))| (id, school, enrolled, if at % 5 < 3 { 0.0 } else { absent + 0.5 }))
        .collect();
    let (kind, students, place) = only(&read(&[&totals(&rows)]));
    assert_eq!((kind, students, place.as_str()), (Kind::StudentsWithoutAbsence, 90, "90 of 150"));
}

#[test]
fn a_weekday_and_single_days_without_absences() {
    let fridays = daily(40, 60, &|student, school, at, draw| {
        let status = ordinary(student, draw);
        Some(if school == 0 && at % 5 == 4 { "Present" } else { status })
    });
    let all = found(&read(&[&fridays]));
    assert!(all.contains(&(Kind::WeekdayWithoutAbsence, 1, "Alder, Fridays".into())), "{all:?}");

    let days = daily(200, 60, &|student, school, at, draw| {
        let status = ordinary(student, draw);
        Some(if school == 0 && [7, 20, 33, 41].contains(&at) { "Present" } else { status })
    });
    assert_eq!(only(&read(&[&days])), (Kind::DaysWithoutAbsence, 4, "Alder".into()));
}

#[test]
fn students_heaped_just_under_the_line() {
    let mut rows = plain_totals(150);
    for at in 0..40 {
        rows.push((format!("H{at}"), "Alder", 100, 9.0));
    }
    let (kind, students, place) = only(&read(&[&totals(&rows)]));
    assert_eq!(kind, Kind::HeapingUnderThreshold);
    assert!(students >= 40 && place.starts_with("Alder, "), "{students} {place}");
}

#[test]
fn more_days_than_a_year_has() {
    let mut rows = plain_totals(150);
    rows[3].2 = 186;
    rows[4].2 = 185;
    let (kind, students, place) = only(&read(&[&totals(&rows)]));
    assert_eq!((kind, students), (Kind::MoreThan185Days, 1));
    assert_eq!(place, "up to 186 days, Alder");
}

#[test]
fn schools_that_end_early() {
    let file = daily(40, 60, &|student, school, at, draw| {
        let status = ordinary(student, draw);
        (school != 2 || at < 50).then_some(status)
    });
    let (kind, schools, place) = only(&read(&[&file]));
    assert_eq!((kind, schools), (Kind::SchoolEndsEarly, 1));
    assert!(place.starts_with("Cedar, last day 7 Nov 2025, elsewhere 21 Nov 2025"), "{place}");

    let rows: Vec<_> = plain_totals(150)
        .into_iter()
        .map(|(id, school, enrolled, absent)| (id, school, if school == "Birch" { 70 } else { enrolled }, absent))
        .collect();
    let (kind, schools, place) = only(&read(&[&totals(&rows)]));
    assert_eq!((kind, schools, place.as_str()), (Kind::SchoolEndsEarly, 1, "Birch, mostly 70 days, elsewhere 100"));
}

#[test]
fn students_enrolled_twice_at_once() {
    let mut file = plain_daily();
    for day in crate::districts::school_days(10) {
        file.push_str(&format!("S1,Cedar,4,{},Present\n", day.iso()));
    }
    assert_eq!(only(&read(&[&file])), (Kind::OverlappingStays, 1, "Alder and Cedar".into()));

    let mut rows = plain_totals(150);
    rows.push(("T0".into(), "Cedar", 90, 3.0));
    // One after the other is no overlap.
    rows[1].2 = 40;
    rows.push(("T1".into(), "Cedar", 60, 3.0));
    assert_eq!(only(&read(&[&totals(&rows)])), (Kind::OverlappingStays, 1, "Alder and Cedar".into()));
}

#[test]
fn days_without_a_record() {
    let file = daily(40, 60, &|student, school, at, draw| {
        let status = ordinary(student, draw);
        let missing = school == 1 && at > 0 && at < 59 && (at + student) % 12 == 0;
        (!missing).then_some(status)
    });
    let (kind, days, place) = only(&read(&[&file]));
    assert_eq!(kind, Kind::DaysNeverTaken);
    assert!(days > 150 && place.starts_with("Birch, "), "{days} {place}");
}

#[test]
fn numbers_that_a_spreadsheet_has_changed() {
    let mut rows = plain_totals(150);
    rows[0].0 = "5.27E+13".into();
    rows[1].0 = "9.62E+13".into();
    let (kind, students, place) = only(&read(&[&totals(&rows)]));
    assert_eq!((kind, students), (Kind::LostIdentifiers, 2));
    assert!(!place.contains("9.62"), "no number of a student: {place}");

    rows[0].0 = "00412".into();
    rows[1].0 = "412".into();
    assert_eq!(only(&read(&[&totals(&rows)])).0, Kind::LostIdentifiers);
}

fn of_schools(rows: Vec<Published>) -> Dataset {
    let schools = SCHOOLS.map(|name| School { name: name.into(), district: String::new() }).to_vec();
    Dataset { schools, published: rows, ..Dataset::default() }
}

fn part(school: u16, group: &str, counted: Option<u32>, chronic: Option<u32>) -> Published {
    Published {
        school: Some(school),
        group: Some(("category".into(), group.into())),
        counted,
        chronic,
        ..Published::default()
    }
}

#[test]
fn zeros_beside_hidden_numbers_are_questioned() {
    let data = of_schools(vec![
        part(0, "Asian", None, Some(0)),
        part(0, "Black", None, None),
        part(1, "Asian", None, Some(0)),
        part(1, "Black", None, Some(14)),
        // Of forty students none: that is a number.
        part(0, "White", Some(40), Some(0)),
    ]);
    let all = findings(&data, &Definition::default());
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((all[0].kind, all[0].rows, all[0].about.as_str()), (Kind::FalseZero, 1, "Alder, Asian"));

    // Many zeros of nobody knows how many, though no number is hidden any more.
    let many: Vec<Published> = (0..60).map(|at| part(at % 3, "Asian", None, Some(u32::from(at) % 3))).collect();
    assert_eq!(findings(&of_schools(many), &Definition::default())[0].kind, Kind::FalseZero);
}

#[test]
fn the_list_holds_rows_that_cannot_be_right_and_leaves_out_what_repeats_others() {
    let mut file = totals(&plain_totals(60));
    file.push_str("X1,Alder,100,101\nX2,Alder,100,many\nT0,Alder,100,");
    let first = file.lines().nth(1).unwrap().rsplit(',').next().unwrap().to_string();
    file.push_str(&format!("{first}\n"));
    let outcome = read(&[&file]);
    let list: Vec<Problem> = checks(&outcome, &Definition::default());
    let kinds: Vec<Kind> = list.iter().map(|p| p.kind).collect();
    assert!(kinds.contains(&Kind::MoreAbsencesThanDays) && kinds.contains(&Kind::UnreadableNumber), "{kinds:?}");
    assert!(!kinds.contains(&Kind::DuplicateRow), "{kinds:?}");
    assert!(list.iter().all(|p| p.first_line > 0), "each has its line");
    for problem in &list {
        let (one, many) = problem.kind.unit();
        assert!(!one.is_empty() && !many.is_empty() && !problem.message().contains("many."));
    }
}

//! The calendar as the person changes it, and attendance that was never taken: one rule for the reading,
//! the checks and the comparison.

mod support_reading;

use bright_spots::attendance::{Day, Definition};
use bright_spots::compare::flags::Flag;
use bright_spots::compare::from_dataset::recording;
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::Reading;
use bright_spots::ingest::school_days::{Basis, change};
use bright_spots::ingest::tally::Outcome;
use bright_spots::trust::checks;
use support_reading::{read, read_answering};

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn enrolled(o: &Outcome) -> Vec<f64> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    o.dataset.stays.iter().map(|s| s.enrolled.as_f64()).collect()
}

fn absent(o: &Outcome) -> Vec<f64> {
    o.dataset.stays.iter().map(|s| s.absent.iter().map(|d| d.as_f64()).sum()).collect()
}

fn days(o: &Outcome) -> Vec<String> {
    o.school_days.days.iter().map(|(day, _)| day.iso()).collect()
}

fn changed(is_school: bool, days: &'static [&'static str]) -> impl Fn(usize, &mut Reading) {
    move |_, reading| {
        for text in days {
            change(&mut reading.days, day(text), is_school);
        }
    }
}

/// Six students on the weekdays from 1 to 12 September 2025, but for the 4th; the first is absent on the 3rd.
fn register() -> String {
    let mut text = String::from("Student ID,School,Date,Status\n");
    for student in 0..6 {
        for n in [1, 2, 3, 5, 8, 9, 10, 11, 12] {
            let status = if (student, n) == (0, 3) { "A" } else { "P" };
            text += &format!("s{student},Alder,2025-09-{n:02},{status}\n");
        }
    }
    text
}

#[test]
fn a_day_taken_out_counts_for_nobody_and_says_so() {
    let o = read(&[&register()]);
    assert_eq!((o.school_days.basis, enrolled(&o)), (Basis::Rows, vec![9.0; 6]));
    assert_eq!(o.school_days.days[2], (day("2025-09-03"), 6));
    let o = read_answering(&[&register()], &changed(false, &["2025-09-03"]));
    assert_eq!((enrolled(&o), absent(&o)), (vec![8.0; 6], vec![0.0; 6]));
    assert!(!days(&o).contains(&"2025-09-03".to_string()), "{:?}", days(&o));
    let out = o.problems.iter().find(|p| p.kind == Why::TakenOutDay).unwrap();
    assert_eq!((out.rows, out.first_line), (6, 4));
    let file = &o.dataset.files[0];
    assert_eq!((file.rows, file.rows_used, file.rows_set_aside), (54, 48, 6));
}

#[test]
fn a_day_put_in_without_rows_was_never_taken_and_counts_as_the_person_says() {
    let put_in = changed(true, &["2025-09-04"]);
    let o = read_answering(&[&register()], &put_in);
    assert_eq!(enrolled(&o), [9.0; 6], "left out until the person says otherwise");
    assert_eq!(o.files[0].choices.iter().map(|p| (p.topic, p.rows)).collect::<Vec<_>>(), [(Topic::NotTaken, 6)]);
    assert!(days(&o).contains(&"2025-09-04".to_string()));
    let said = o.problems.iter().find(|p| p.kind == Why::PutInDay).unwrap();
    assert_eq!((said.rows, said.about.as_str()), (1, "4 Sep 2025"));
    let o = read_answering(&[&register()], &|at, reading| {
        put_in(at, reading);
        let _ = reading.answers.insert(Topic::NotTaken, Answer::Present);
    });
    assert_eq!((enrolled(&o), absent(&o)[0]), (vec![10.0; 6], 1.0));
    // Outside of the file's days nothing is put in.
    let o = read_answering(&[&register()], &changed(true, &["2025-12-01", "2024-01-01"]));
    assert_eq!((enrolled(&o), o.files[0].choices.len()), (vec![9.0; 6], 0));
}

const ABSENCES: &str = "Student ID,School,Date,Code\n1,Alder,2025-09-03,Unexcused\n1,Alder,2025-09-10,Excused\n2,Alder,2025-09-12,Excused\n";
const LIST: &str = "Student ID,School,Entry Date,Exit Date\n1,Alder,2025-09-01,\n2,Alder,2025-09-08,2025-09-12\n";

#[test]
fn enrolled_days_follow_the_calendar_as_it_is_changed() {
    let with = |answer: Answer, change: &dyn Fn(usize, &mut Reading)| {
        read_answering(&[ABSENCES, LIST], &|at, reading| {
            let _ = reading.answers.insert(Topic::SchoolDays, answer);
            change(at, reading);
        })
    };
    // Eight weekdays from the 3rd to the 12th; without the 5th and 9th six.
    let o = with(Answer::AllWeekdays, &changed(false, &["2025-09-05", "2025-09-09"]));
    assert_eq!((o.school_days.basis, enrolled(&o)), (Basis::Told, vec![6.0, 4.0]));
    assert_eq!(days(&o).len(), 6);
    // The three days with rows, and the 4th.
    let o = with(Answer::DaysWithRows, &changed(true, &["2025-09-04"]));
    assert_eq!(enrolled(&o), [4.0, 2.0]);
    // A day with an absence, taken out: neither school nor absence.
    let o = with(Answer::AllWeekdays, &changed(false, &["2025-09-10"]));
    assert_eq!((enrolled(&o), absent(&o)), (vec![7.0, 4.0], vec![1.0, 1.0]));
}

#[test]
fn a_calendar_file_is_changed_for_every_school_in_it() {
    let mut calendar = String::from("School,Calendar Date,In Session\n");
    for n in [3, 4, 5, 8, 9, 10, 11, 12] {
        for school in ["Alder", "Birch"] {
            calendar += &format!("{school},2025-09-{n:02},{}\n", if (school, n) == ("Birch", 5) { "N" } else { "Y" });
        }
    }
    let absences = "Student ID,School,Date,Code\n1,Alder,2025-09-03,A\n2,Birch,2025-09-12,A\n";
    let list = "Student ID,School,Entry Date,Exit Date\n1,Alder,2025-09-01,\n2,Birch,2025-09-01,\n";
    let files = [absences, list, &calendar];
    assert_eq!(enrolled(&read(&files)), [8.0, 7.0]);
    assert_eq!(enrolled(&read_answering(&files, &changed(false, &["2025-09-09"]))), [7.0, 6.0]);
    assert_eq!(enrolled(&read_answering(&files, &changed(true, &["2025-09-05"]))), [8.0, 8.0]);
}

#[test]
fn absences_with_a_number_of_days_lose_those_of_a_day_taken_out() {
    let o = read_answering(&[ABSENCES], &|at, reading| {
        reading.days_for_all = bright_spots::attendance::Days::parse("20");
        changed(false, &["2025-09-10"])(at, reading);
    });
    assert_eq!((o.school_days.basis, enrolled(&o), absent(&o)), (Basis::Absences, vec![20.0, 20.0], vec![1.0, 1.0]));
}

#[test]
fn a_date_of_a_wide_file_can_be_taken_out() {
    let text = "Student ID,School,9/2/2025,9/3/2025,9/4/2025,9/15/2025\n1,Alder,P,A,P,E\n2,Alder,P,P,T,P\n";
    let o = read_answering(&[text], &changed(false, &["2025-09-03"]));
    assert_eq!((enrolled(&o), absent(&o)), (vec![3.0, 3.0], vec![1.0, 0.0]));
}

/// A school of 40 students on 60 weekdays; `is_missing` of student and day.
fn school_with_gaps(is_missing: impl Fn(usize, usize) -> bool) -> String {
    let mut text = String::from("Student ID,School,Homeroom,Date,Status\n");
    let weekdays = (0..).map(|n| day("2025-09-01").plus(n)).filter(|day| day.weekday() < 5).take(60);
    for (at, date) in weekdays.enumerate() {
        for student in 0..40 {
            if !is_missing(student, at) {
                let status = if (student * 7 + at * 3) % 19 == 0 { "A" } else { "P" };
                text += &format!("s{student},Alder,{},{},{status}\n", student % 4, date.iso());
            }
        }
    }
    text
}

/// What the reading offers, what the checks say, and what the comparison flags: student-days each.
fn told(text: &str, answer: Option<Answer>) -> (u64, u64, bool) {
    let o = read_answering(&[text], &|_, reading| {
        reading.answers.extend(answer.map(|answer| (Topic::NotTaken, answer)));
    });
    let definition = Definition::default();
    let offered = o.files[0].choices.iter().find(|p| p.topic == Topic::NotTaken).map_or(0, |p| p.rows);
    let checks = checks::checks(&o, &definition);
    let checked = checks.iter().find(|p| p.kind == Why::DaysNeverTaken).map_or(0, |p| p.rows);
    let first = checks::first_checks(&o, &definition);
    assert_eq!(first.iter().find(|p| p.kind == Why::DaysNeverTaken).map_or(0, |p| p.rows), checked);
    let records = bright_spots::attendance::records::at_schools(&o.dataset, &definition);
    let found = recording(&o.dataset, &definition, &records);
    let flagged = found.red[0].iter().chain(&found.amber[0]).any(|flag| matches!(flag, Flag::Missing { .. }));
    (offered, checked, flagged)
}

#[test]
fn what_was_never_taken_is_one_number_everywhere() {
    assert_eq!(told(&school_with_gaps(|_, _| false), None), (0, 0, false));
    // One class on one day of sixty: worth saying, and no reason to doubt the school's numbers.
    let class = school_with_gaps(|student, at| student % 4 == 1 && at == 20);
    assert_eq!(told(&class, None), (10, 10, false));
    // Forgotten rows here and there: under 2 % they are nothing, from 2 % on all of them are said.
    let odd = school_with_gaps(|student, at| at > 0 && at < 59 && (student * 5 + at) % 61 == 0);
    assert_eq!(told(&odd, None), (0, 0, false));
    let many = school_with_gaps(|student, at| at > 0 && at < 59 && (student * 5 + at) % 31 == 0);
    let (offered, checked, flagged) = told(&many, None);
    assert!(offered > 60 && flagged, "{offered}");
    assert_eq!(offered, checked);
    // Once they count as present nothing is missing any more; the choice stays.
    let (offered_still, checked, flagged) = told(&many, Some(Answer::Present));
    assert_eq!((offered_still, checked, flagged), (offered, 0, false));
}

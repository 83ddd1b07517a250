//! Several files of students together: what is said of one holds for those alike, and numbers, days and schools join.

mod support_reading;

use bright_spots::attendance::Days;
use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::dates::DateOrder;
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Ids, Reading, Repeats};
use bright_spots::ingest::tally::Outcome;
use support_reading::{read, read_answering};

/// Number, school, days enrolled and absent of each stay.
fn stays(o: &Outcome) -> Vec<(String, String, f64, f64)> {
    let of = |s: &bright_spots::attendance::Stay| {
        let absent: Days = s.absent.iter().copied().sum();
        let school = o.dataset.schools[usize::from(s.school)].name.clone();
        (o.dataset.students.at(s.student as usize).id.to_string(), school, s.enrolled.as_f64(), absent.as_f64())
    };
    o.dataset.stays.iter().map(of).collect()
}

fn stay(id: &str, school: &str, enrolled: f64, absent: f64) -> (String, String, f64, f64) {
    (id.into(), school.into(), enrolled, absent)
}

fn topics(o: &Outcome) -> Vec<Topic> {
    let of = |ask: &Ask| if let Ask::Pick(pick) = ask { Some(pick.topic) } else { None };
    o.questions.iter().filter_map(|q| of(&q.kind)).collect()
}

const HEADER: &str = "Student ID,School,Days Enrolled,Days Absent\n";

#[test]
fn months_are_asked_about_once_and_one_answer_holds_for_all() {
    let month = |rows: &str| format!("{HEADER}{rows}");
    let files =
        [month("1,Elm,20,1\n2,Elm,20,3\n"), month("1,Elm,20,1\n2,Elm,20,4\n"), month("1,Elm,15,2\n2,Elm,15,0\n")];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let o = read(&files);
    // The third month has other days: the same days on every row can't be the answer.
    assert!(
        matches!(&o.questions[..], [q] if matches!(q.kind, Ask::Repeats { same_days: false, .. })),
        "{:?}",
        o.questions
    );
    let asked = usize::from(o.questions[0].file);
    let add = |at: usize, r: &mut Reading| r.repeats = (at == asked).then_some(Repeats::Add);
    let o = read_answering(&files, &add);
    assert_eq!(o.questions, []);
    assert_eq!(stays(&o), [stay("1", "Elm", 55.0, 4.0), stay("2", "Elm", 55.0, 7.0)]);
}

#[test]
fn one_number_of_enrolled_days_is_asked_once_for_all_months() {
    let files =
        ["Student ID,Days Absent,School\n1,1,Elm\n2,3,Elm\n", "Student ID,Days Absent,School\n1,2,Elm\n2,5,Elm\n"];
    assert_eq!(read(&files).questions.iter().map(|q| q.kind.clone()).collect::<Vec<_>>(), [Ask::EnrolledDays]);
    let o = read_answering(&files, &|at, r| {
        r.days_for_all = (at == 0).then_some(Days::whole(100));
        r.repeats = (at == 1).then_some(Repeats::Add);
    });
    assert_eq!(o.questions, []);
    assert_eq!(stays(&o), [stay("1", "Elm", 100.0, 3.0), stay("2", "Elm", 100.0, 8.0)]);
}

#[test]
fn what_a_total_holds_in_one_month_it_holds_in_the_next() {
    let header = "Student ID,School,Days Enrolled,Total Absences,Unexcused Absences\n";
    // Only the first month shows that the total leaves unexcused absences out.
    let files = [format!("{header}1,Elm,20,1,3\n2,Elm,20,2,1\n"), format!("{header}3,Elm,20,4,2\n")];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(topics(&read(&files)), [Topic::TotalHolds]);
    let o = read_answering(&files, &|at, r| {
        if at == 0 {
            let _ = r.answers.insert(Topic::TotalHolds, Answer::ExcusedOnly);
        }
    });
    assert_eq!(stays(&o), [stay("1", "Elm", 20.0, 4.0), stay("2", "Elm", 20.0, 3.0), stay("3", "Elm", 20.0, 6.0)]);
}

#[test]
fn whether_rows_are_for_every_day_is_asked_once() {
    let month = |m: &str| {
        format!("Student ID,School,Date,Status\n1,Elm,2026-{m}-14,A\n1,Elm,2026-{m}-15,A\n2,Elm,2026-{m}-14,P\n")
    };
    let files = [month("09"), month("10")];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    assert!(matches!(&read(&files).questions[..], [q] if matches!(q.kind, Ask::EveryDay { .. })));
    let o = read_answering(&files, &|at, r| r.every_day = (at == 0).then_some(true));
    assert_eq!(o.questions, []);
    assert_eq!(stays(&o), [stay("1", "Elm", 4.0, 4.0), stay("2", "Elm", 2.0, 0.0)]);
}

#[test]
fn the_order_of_dates_is_asked_once_and_tells_years_apart() {
    let list = "Student ID,School,Days Enrolled\n1,Elm,100\n";
    let months = ["Student ID,Date,Code\n1,04/09/2026,A\n", "Student ID,Date,Code\n1,06/10/2026,A\n1,09/10/2026,A\n"];
    let files = [list, months[0], months[1]];
    assert!(matches!(&read(&files).questions[..], [q] if q.file == 1 && matches!(q.kind, Ask::Order { .. })));
    let answered = |order: DateOrder| read_answering(&files, &|at, r| r.date_order = (at == 1).then_some(order));
    let o = answered(DateOrder::DayFirst);
    assert_eq!((o.questions.len(), stays(&o)), (0, vec![stay("1", "Elm", 100.0, 3.0)]));
    // Month first these are April, June and September: the last is of another school year.
    let o = answered(DateOrder::MonthFirst);
    assert_eq!((o.questions.len(), stays(&o)), (0, vec![stay("1", "Elm", 100.0, 1.0)]));
    assert!(o.problems.iter().any(|p| p.kind == Why::EarlierYear));
}

#[test]
fn files_that_may_be_schools_are_not_asked_what_their_repeats_mean() {
    let files = ["Student ID,Days Enrolled,Days Absent\n1,100,4\n", "Student ID,Days Enrolled,Days Absent\n1,100,9\n"];
    let o = read(&files);
    assert_eq!((o.questions.len(), topics(&o)), (1, vec![Topic::FileIs]));
}

#[test]
fn numbers_within_a_school_hold_for_the_list_too() {
    let rows = |school: &str, extra: &dyn Fn(usize) -> String| -> String {
        (1..=15).map(|n| format!("{n},{school},{}\n", extra(n))).collect()
    };
    let list = format!(
        "Student ID,School,IEP,Days Enrolled\n{}{}",
        rows("Elm", &|_| "Y,100".into()),
        rows("Fir", &|_| "N,80".into())
    );
    let totals = format!(
        "Student ID,School,Days Absent\n{}{}",
        rows("Elm", &|n| n.to_string()),
        rows("Fir", &|n| (16 - n).to_string())
    );
    let files = [&list[..], &totals[..]];
    assert!(matches!(&read(&files).questions[..], [q] if matches!(q.kind, Ask::Ids { students: 15 })));
    let o = read_answering(&files, &|at, r| r.ids = (at == 1).then_some(Ids::WithinSchool));
    assert_eq!(o.questions, []);
    let all = stays(&o);
    assert_eq!(all.len(), 30);
    assert!(all.contains(&stay("1", "Elm", 100.0, 1.0)) && all.contains(&stay("1", "Fir", 80.0, 15.0)));
    let iep = &o.dataset.attributes[0];
    let yes = iep.codes.iter().filter(|c| **c > 0 && iep.values[usize::from(**c) - 1] == "Yes").count();
    assert_eq!((o.dataset.students.len(), yes), (30, 15));
}

#[test]
fn numbers_with_and_without_zeros_are_one_student() {
    let list = "Student ID,School,Days Enrolled\n00012,Elm,100\n00034,Elm,100\n77001,Elm,100\n";
    let sheet = "Student ID,Date,Code\n12,2026-09-14,A\n34.0,2026-09-14,A\n34.0,2026-09-15,A\n77001,2026-09-15,A\n";
    let o = read(&[list, sheet]);
    assert_eq!(o.questions, []);
    let expected =
        [stay("00012", "Elm", 100.0, 1.0), stay("00034", "Elm", 100.0, 2.0), stay("77001", "Elm", 100.0, 1.0)];
    assert_eq!(stays(&o), expected);
    assert!(o.readings[0].notes.iter().any(|note| note.contains("zeros")), "it is said");
    // Two months of which one has been through a spreadsheet.
    let day = |id: &str, date: &str| format!("Student ID,School,Date,Status\n{id},Elm,{date},P\n77001,Elm,{date},P\n");
    let o = read(&[&day("00012", "2026-09-14"), &day("12", "2026-09-15")]);
    assert_eq!(stays(&o), [stay("00012", "Elm", 2.0, 0.0), stay("77001", "Elm", 2.0, 0.0)]);
}

#[test]
fn two_numbers_of_one_file_or_of_two_schools_stay_two() {
    let both = format!("{HEADER}0012,Elm,100,4\n12,Elm,100,9\n");
    assert_eq!(stays(&read(&[&both])).len(), 2);
    let o = read(&[&format!("{HEADER}0012,Elm,100,4\n"), &format!("{HEADER}12,Fir,100,9\n")]);
    assert_eq!(stays(&o), [stay("0012", "Elm", 100.0, 4.0), stay("12", "Fir", 100.0, 9.0)]);
}

#[test]
fn days_without_a_school_fall_into_the_stay_that_holds_them() {
    let list = "Student ID,School,Entry Date,Exit Date\n1,Elm,2026-09-14,2026-09-15\n1,Fir,2026-09-16,\n";
    let calendar = "Date,In Session\n2026-09-14,Y\n2026-09-15,Y\n2026-09-16,Y\n2026-09-17,Y\n2026-09-18,Y\n";
    let sheet = "Student ID,Date,Code\n1,2026-09-14,A\n1,2026-09-17,A\n1,2026-09-18,A\n";
    let o = read(&[list, sheet, calendar]);
    assert_eq!(stays(&o), [stay("1", "Elm", 2.0, 1.0), stay("1", "Fir", 3.0, 2.0)]);
    assert_eq!(o.problems, [], "no absence is outside of enrolment");
    // A row for every day: the days of each school are its own.
    let every: String = (14..=18).map(|d| format!("1,2026-09-{d},{}\n", if d == 15 { "A" } else { "P" })).collect();
    let o = read_answering(&[list, &format!("Student ID,Date,Code\n{every}")], &|_, r| {
        let _ = r.codes.insert("P".into(), Meaning::Present);
    });
    assert_eq!(stays(&o), [stay("1", "Elm", 2.0, 1.0), stay("1", "Fir", 3.0, 0.0)]);
}

//! Small files as schools export them, in which a plain reading would give a wrong number.

mod support_reading;

use bright_spots::attendance::{Day, Days, Kind};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::tally::Outcome;
use support_reading::read;

/// Student, enrolled days and absent days, in order.
fn days(o: &Outcome) -> Vec<(String, f64, f64)> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    let of = |s: &bright_spots::attendance::Stay| {
        let absent: Days = Kind::ALL.iter().filter(|k| k.is_absence()).map(|k| s.absent[*k as usize]).sum();
        (o.dataset.students[s.student as usize].id.clone(), s.enrolled.as_f64(), absent.as_f64())
    };
    o.dataset.stays.iter().map(of).collect()
}

fn expect(o: &Outcome, expected: &[(&str, f64, f64)]) {
    let expected: Vec<_> = expected.iter().map(|(id, e, a)| ((*id).to_string(), *e, *a)).collect();
    assert_eq!(days(o), expected);
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

// School years.

#[test]
fn of_two_school_years_in_daily_rows_the_latest_counts() {
    let mut text = String::from("Student ID,School,Date,Status\n");
    for (from, absent) in [("2023-09-04", 12), ("2024-09-02", 0)] {
        let first = Day::parse_iso(from).unwrap();
        for at in 0..60 {
            let status = if at < absent { "Absent" } else { "Present" };
            text += &format!("1,Elm,{},{status}\n", first.plus(at).iso());
        }
    }
    let o = read(&[&text]);
    expect(&o, &[("1", 60.0, 0.0)]);
    assert_eq!(kinds(&o), [(Why::EarlierYear, 60)]);
    // Contradictions of the year that counts are found after that, with both lines.
    let o = read(&[&format!("{text}1,Elm,2024-09-03,Absent\n1,Elm,2023-09-20,Absent\n")]);
    assert_eq!(kinds(&o), [(Why::EarlierYear, 61), (Why::ConflictingRows, 2)]);
    expect(&o, &[("1", 59.0, 0.0)]);
}

#[test]
fn of_two_school_years_in_columns_the_latest_counts() {
    let text = "Student ID,2024-05-02,2024-05-03,2024-09-03,2024-09-04\n1,A,A,P,P\n2,P,P,A,P\n";
    let o = read(&[text]);
    expect(&o, &[("1", 2.0, 0.0), ("2", 2.0, 1.0)]);
    assert_eq!(kinds(&o), [(Why::EarlierYear, 2)]);
}

#[test]
fn of_two_school_years_in_totals_the_latest_counts() {
    let text = "Student ID,School Year,School,Days Enrolled,Days Absent\n1,2023-24,Elm,180,36\n1,2024-25,Fir,180,0\n";
    let o = read(&[text]);
    expect(&o, &[("1", 180.0, 0.0)]);
    assert_eq!(kinds(&o), [(Why::EarlierYear, 1)]);
    // A year that is a grade tells no school years apart.
    let o = read(&["Student ID,Year,Days Enrolled,Days Absent\n1,7,180,9\n2,8,180,0\n"]);
    expect(&o, &[("1", 180.0, 9.0), ("2", 180.0, 0.0)]);
}

//! Small files as schools export them, in which a plain reading would give a wrong number.

mod support_reading;

use bright_spots::attendance::{Day, Days, Definition, Kind, summarise};
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Layout, Reading};
use bright_spots::ingest::tally::Outcome;
use bright_spots::share::results::results;
use support_reading::{read, read_answering};

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

// Public files.

/// Counted, chronically absent and rate of each row.
fn published(text: &str) -> Vec<(Option<u32>, Option<u32>, Option<f64>)> {
    let o = read(&[text]);
    assert_eq!(o.questions, [], "{:?}", o.readings);
    assert_eq!(o.readings[0].layout, Layout::Published, "{:?}", o.readings);
    o.dataset.published.iter().map(|p| (p.counted, p.chronic, p.rate)).collect()
}

#[test]
fn a_band_of_the_rate_or_its_opposite_is_not_the_rate() {
    let text = "School,Enrollment,Moderately Chronically Absent %,Severely Chronically Absent %,Total Chronically Absent %\n\
                Oak,200,12.0,9.0,21.0\n";
    assert_eq!(published(text), [(None, None, Some(0.21))]);
    let text = "School,Percent of Students Without Chronic Absenteeism,Chronic Absence Rate\nOak,79.0,21.0\n";
    assert_eq!(published(text), [(None, None, Some(0.21))]);
}

#[test]
fn of_the_rates_of_several_years_the_latest_is_used() {
    let text = "School,Chronic Absence Rate 2024,Chronic Absence Rate 2025\nOak,30.0,21.0\n";
    assert_eq!(published(text), [(None, None, Some(0.21))]);
    let columns = &read(&[text]).readings[0].columns;
    assert_eq!(columns[1].why, "Another column is of a later year");
    let text = "School,Chronically Absent Count 2025,Chronic Absence Rate 2024\nOak,40,30.0\n";
    assert_eq!(published(text), [(None, Some(40), None)], "numbers of two years are not mixed");
}

#[test]
fn enrolment_beside_a_number_is_all_students() {
    for size in ["Enrollment", "Total Enrollment"] {
        let text = format!("School,Chronically Absent Count,{size},Percent\nOak,40,200,20\n");
        assert_eq!(published(&text), [(Some(200), Some(40), None)], "{size}");
    }
    // Without it the percent is all there is, and its header does not say of what.
    let text = "School,Chronically Absent Count,Percent\nOak,40,20\nElm,10,15\n";
    assert!(matches!(&read(&[text]).questions[0].kind, Ask::Pick(pick) if pick.topic == Topic::RateOf));
    let other = |_: usize, r: &mut Reading| drop(r.answers.insert(Topic::RateOf, Answer::SomethingElse));
    let o = read_answering(&[text], &other);
    assert_eq!((o.dataset.published[0].chronic, o.dataset.published[0].rate), (Some(40), None));
}

#[test]
fn a_name_beside_chronic_absence_is_a_schools() {
    let o = read(&["Name,Chronically Absent %\nOak Elementary,21.0\nElm,12.5\n"]);
    assert_eq!(o.questions, []);
    assert_eq!(o.dataset.schools.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Elm", "Oak Elementary"]);
}

#[test]
fn small_percents_are_no_fractions_where_the_header_or_a_sign_says_percent() {
    let rates = |header: &str, values: [&str; 3]| -> Vec<f64> {
        let rows: String = values.iter().enumerate().map(|(at, v)| format!("S{at},{v}\n")).collect();
        published(&format!("School,{header}\n{rows}")).iter().filter_map(|p| p.2).collect()
    };
    assert_eq!(rates("Chronic Absence Rate (%)", ["0.5", "1.0", "0.7"]), [0.005, 0.01, 0.007]);
    assert_eq!(rates("Chronic Absence Rate", ["0.5%", "1%", "0.7%"]), [0.005, 0.01, 0.007]);
    assert_eq!(rates("Chronic Absence Rate", ["0.5", "1.0", "0.7"]), [0.5, 1.0, 0.7]);
    // As fine as only a fraction is written.
    assert_eq!(rates("chronic_absent_pct", ["0.2448", "0.1", "0.3"]), [0.2448, 0.1, 0.3]);
}

#[test]
fn a_merged_header_tells_columns_of_one_name_apart() {
    let text = ",,Regular Attenders,,Chronically Absent,\nInstitution ID,Institution,Number,Percent,Number,Percent\n\
                17,Brooklyn,300,85.0,53,15.0\n18,Alder,200,80.0,50,20.0\n19,Birch,100,90.0,10,10.0\n";
    assert_eq!(published(text)[0], (None, Some(53), Some(0.15)));
    let headers: Vec<String> = read(&[text]).readings[0].columns.iter().map(|c| c.header.clone()).collect();
    assert_eq!(headers[3..], ["Regular Attenders Percent", "Chronically Absent Number", "Chronically Absent Percent"]);
}

#[test]
fn what_no_row_tells_is_unknown_in_the_results() {
    let o = read(&["School,Grade,Students,Chronically Absent Students\nOak,K,50,20\nElm,K,30,3\n"]);
    let definition = Definition::default();
    let r = results(&o.dataset, &summarise(&o.dataset, &definition), &definition, &o.problems, "2026-11-21");
    assert_eq!((r.all.counted, r.all.chronic, r.all.rate), (None, None, None));
    assert_eq!((r.grades[0].counted, r.grades[0].chronic), (Some(80), Some(23)));
}

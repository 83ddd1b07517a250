//! Small files as schools export them, in which a plain reading would give a wrong number.

mod support_reading;

use bright_spots::attendance::{Day, Days, Definition, Kind, summarise};
use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::dates::DateOrder;
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Layout, Question, Reading};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use bright_spots::share::results::results;
use support_reading::{read, read_answering};

/// Student, enrolled days and absent days, in order.
fn days(o: &Outcome) -> Vec<(String, f64, f64)> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    let of = |s: &bright_spots::attendance::Stay| {
        let absent: Days = Kind::ALL.iter().filter(|k| k.is_absence()).map(|k| s.absent[*k as usize]).sum();
        (o.dataset.students.at(s.student as usize).id.to_string(), s.enrolled.as_f64(), absent.as_f64())
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
    assert_eq!(published(text), [(Some(200), None, Some(0.21))]);
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
    let other = |_: usize, r: &mut Reading| {
        let _ = r.answers.insert(Topic::RateOf, Answer::SomethingElse);
    };
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

// Absences in parts, and what a column beside the status says of them.

/// Rows behind a list of the students with ten enrolled days each.
fn absences(text: &str) -> Outcome {
    absences_answering(text, &|_, _| ())
}

fn absences_answering(text: &str, answer: &dyn Fn(usize, &mut Reading)) -> Outcome {
    read_answering(&["Student ID,Days Enrolled\n100,10\n101,10\n", text], answer)
}

#[test]
fn an_exempt_absence_is_none_and_an_unknown_excuse_is_asked() {
    let text = "Student Number,Date,Status,Excuse\n100,09/13/2025,Absent,Exempt\n100,09/14/2025,Absent,Excused\n\
                101,09/15/2025,Absent,Unknown\n";
    expect(&absences(text), &[("100", 10.0, 1.0), ("101", 10.0, 1.0)]);
    let o = absences(&text.replace("Unknown", "P"));
    assert!(matches!(&o.questions[0].kind, Ask::Code { code, .. } if code == "Absent, P"), "{:?}", o.questions);
    let o = absences_answering(&text.replace("Unknown", "P"), &|_, r| {
        let _ = r.codes.insert("Absent, P".into(), Meaning::Excused);
    });
    expect(&o, &[("100", 10.0, 1.0), ("101", 10.0, 1.0)]);
}

#[test]
fn parts_of_a_day_are_parts_under_other_headers_too() {
    for (header, half) in [("eventDuration", "0.5"), ("Portion Absent", ".5"), ("Portion Absent", "50 %")] {
        let text = format!("Student ID,Date,Status,{header}\n100,09/13/2025,U,{half}\n100,09/14/2025,U,\n");
        expect(&absences(&text), &[("100", 10.0, 1.5), ("101", 10.0, 0.0)]);
    }
    // What a day of attendance lasted is not missed.
    let text = "Student ID,Date,Status,eventDuration\n100,09/13/2025,Present,1\n100,09/14/2025,Present,1\n100,09/15/2025,U,0.5\n";
    expect(&read(&[text]), &[("100", 3.0, 0.5)]);
}

#[test]
fn days_absent_beside_a_date_and_a_status_are_the_part_of_that_day() {
    for header in ["Days Absent", "Days Missed", "Absence", "No. of Days"] {
        let text = format!(
            "Student ID,Date,Code,{header},Days Enrolled\n100,09/14/2026,U,0.5,10\n100,09/15/2026,E,0.5,10\n101,09/15/2026,U,1,10\n"
        );
        let o = read(&[&text]);
        expect(&o, &[("100", 10.0, 1.0), ("101", 10.0, 1.0)]);
        assert_eq!(o.readings[0].columns[3].role, Role::PartAbsent, "{header}");
    }
    let text = "Student ID,Date,Status,Absent\n1,9/14/2026,Absent,0.5\n1,9/15/2026,Present,0\n1,9/16/2026,Present,0\n";
    expect(&read(&[text]), &[("1", 3.0, 0.5)]);
}

#[test]
fn amounts_above_one_beside_a_date_are_asked_and_count_from_it_on() {
    // The second lasts over a weekend and a day off, and the row after it misses more of its last day.
    let text = "Student ID,Date,Code,Days Absent,Days Enrolled\n100,09/16/2026,E,3,20\n101,09/17/2026,U,4.5,20\n\
                101,09/23/2026,U,1,20\n102,09/18/2026,Tardy,2,20\n";
    let o = read(&[text]);
    assert_eq!(o.dataset.stays, [], "no rate before the answer");
    assert!(
        matches!(&o.questions[..], [Question { kind: Ask::Pick(pick), .. }] if pick.topic == Topic::Spans && pick.rows == 3)
    );
    let answering = |answer: Answer| {
        read_answering(&[text], &move |_, r| {
            let _ = r.answers.insert(Topic::Spans, answer);
        })
    };
    let o = answering(Answer::Yes);
    expect(&o, &[("100", 20.0, 3.0), ("101", 20.0, 5.0), ("102", 20.0, 0.0)]);
    let o = answering(Answer::SomethingElse);
    expect(&o, &[("100", 20.0, 1.0), ("101", 20.0, 2.0), ("102", 20.0, 0.0)]);
    assert_eq!(o.readings[0].columns[3].role, Role::NotUsed, "the columns tell that it is not used");
}

#[test]
fn words_beside_the_code_of_a_row_say_what_it_means() {
    let text = "Student ID,Date,Code,Code Description\n1,9/14/2026,A,Activity - School Sponsored\n1,9/15/2026,P,Present\n\
                1,9/16/2026,,Present\n1,9/17/2026,QX,Absent - Not Excused\n";
    let o = read(&[text]);
    expect(&o, &[("1", 4.0, 1.0)]);
    let codes: Vec<&str> = o.files[0].codes.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(codes, ["A, Activity - School Sponsored", "P", "Present", "QX, Absent - Not Excused"]);
    // Notes of single rows are no description of the code.
    let text = "Student ID,Date,Code,Description\n1,9/14/2026,A,sick\n1,9/15/2026,P,\n1,9/16/2026,A,school activity\n1,9/17/2026,P,\n";
    expect(&read(&[text]), &[("1", 4.0, 2.0)]);
}

#[test]
fn minutes_beside_whole_days_are_remarked() {
    let text = "Student ID,Date,Status,Absent Minutes\n100,09/13/2025,U,40\n100,09/14/2025,U,380\n";
    let o = absences(text);
    expect(&o, &[("100", 10.0, 2.0), ("101", 10.0, 0.0)]);
    assert_eq!(kinds(&o), [(Why::MinutesNotUsed, 2)]);
    assert_eq!(kinds(&absences(&text.replace("Absent Minutes", "Hours Missed"))), [(Why::MinutesNotUsed, 2)]);
}

#[test]
fn parts_of_one_day_add_up() {
    let text =
        |second: &str| format!("Student ID,Date,Code,Absence Value\n100,09/13/2025,U,0.5\n100,09/13/2025,{second}\n");
    let o = absences(&text("E,0.5"));
    expect(&o, &[("100", 10.0, 1.0), ("101", 10.0, 0.0)]);
    assert_eq!(kinds(&o), []);
    let o = absences(&text("E,0.75"));
    expect(&o, &[("100", 10.0, 1.0), ("101", 10.0, 0.0)]);
    // The same twice counts once, and is said.
    let o = absences(&text("U,0.5"));
    expect(&o, &[("100", 10.0, 0.5), ("101", 10.0, 0.0)]);
    assert_eq!(kinds(&o), [(Why::SecondMarkSameDay, 1)]);
}

// Periods under other names.

#[test]
fn periods_have_many_names() {
    for (header, first, second) in [
        ("Session", "AM", "PM"),
        ("Block", "A", "B"),
        ("Hour", "1", "2"),
        ("Expression", "1(A)", "2(A)"),
        ("Class Period", "1", "2"),
    ] {
        let mut text = format!("Student ID,Date,{header},Status\n");
        for (day, codes) in [(2, ["P", "P"]), (3, ["A", "P"]), (4, ["A", "A"])] {
            text += &format!("1,2025-09-0{day},{first},{}\n1,2025-09-0{day},{second},{}\n", codes[0], codes[1]);
        }
        let o = read(&[&text]);
        assert_eq!(o.readings[0].layout, Layout::Periods, "{header}");
        expect(&o, &[("1", 3.0, 2.0)]);
    }
    let o = read(&[
        "Student ID,Date,Session,Status\n1,2025-09-02,2025-26,P\n1,2025-09-03,2025-26,A\n1,2025-09-04,2025-26,P\n",
    ]);
    expect(&o, &[("1", 3.0, 1.0)]);
}

#[test]
fn rows_of_a_day_that_an_unknown_column_tells_apart_are_asked_about() {
    let mut text = String::from("Student ID,Date,Slot,Status\n");
    for day in 2..6 {
        for slot in 1..5 {
            text += &format!("1,2025-09-0{day},{slot},{}\n", if slot == 2 { "A" } else { "P" });
        }
    }
    let o = read(&[&text]);
    assert_eq!(o.questions.iter().map(|q| q.kind.clone()).collect::<Vec<_>>(), [Ask::Column(Role::Period)]);
    let by_slot = |_: usize, r: &mut Reading| {
        r.columns[2].role = Role::Period;
        r.layout = Reading::layout_of(&r.columns);
    };
    expect(&read_answering(&[&text], &by_slot), &[("1", 4.0, 0.0)]);
}

// Dates in two orders.

#[test]
fn dates_in_both_orders_are_shown_with_an_example_of_each() {
    let text = "Student ID,Date,Status\n1,9/17/2025,P\n1,19/9/2025,P\n1,9/18/2025,A\n";
    let o = read(&[text]);
    let expected =
        Ask::Order { example: String::new(), month_first: "9/17/2025".into(), day_first: "19/9/2025".into(), rows: 3 };
    assert_eq!(o.questions[0].kind, expected);
    let o = read_answering(&[text], &|_, r| r.date_order = Some(DateOrder::MonthFirst));
    expect(&o, &[("1", 2.0, 1.0)]);
    assert_eq!(kinds(&o), [(Why::UnreadableDate, 1)]);
}

// A list that does not fit.

#[test]
fn absences_that_find_no_student_give_no_number() {
    let list = "Student ID,School,Days Enrolled\n00012,Elm,100\n00034,Elm,100\n";
    let about = |text: &str| {
        let o = read(&[list, text]);
        assert_eq!(o.dataset.stays, [], "no rate before the answer");
        match &o.questions[..] {
            [Question { file: 1, kind: Ask::Pick(pick) }] if pick.topic == Topic::Unmatched => pick.about.clone(),
            other => panic!("{other:?}"),
        }
    };
    let text = "Student ID,School,Date,Status\nK12,Elm,2025-09-13,A\nK34,Elm,2025-09-14,A\n";
    // The form only, no one's number.
    assert_eq!(about(text), "numbers look like A99 here and like 00099 in the list");
    assert_eq!(about(&text.replace("K12,", "1001.0,")), "numbers look like 9009.0 here and like 00099 in the list");
    let schools = text.replace("K12,Elm", "00012,17").replace("K34,Elm", "00034,17");
    assert_eq!(about(&schools), "the school is written 17 here and Elm in the list");
    let other = |_: usize, r: &mut Reading| {
        let _ = r.answers.insert(Topic::Unmatched, Answer::SomethingElse);
    };
    let o = read_answering(&[list, text], &other);
    expect(&o, &[("00012", 100.0, 0.0), ("00034", 100.0, 0.0)]);
    assert_eq!(kinds(&o)[0], (Why::NotOnRoster, 2));
    // One that fits shows that the numbers do.
    assert_eq!(read(&[list, &text.replace("K12,", "00012,")]).questions, []);
}

#[test]
fn absences_of_which_most_find_no_student_are_asked() {
    let list = "Student ID,Days Enrolled\n0012,100\n1034,100\n";
    let text = "Student ID,Date,Status\nK12,2026-09-14,A\nK12,2026-09-15,A\n1034,2026-09-15,A\n";
    let o = read(&[list, text]);
    assert_eq!(o.dataset.stays, [], "no rate before the answer");
    assert!(
        matches!(&o.questions[..], [Question { kind: Ask::Pick(pick), .. }] if pick.topic == Topic::Unmatched && (pick.rows, pick.of) == (2, 3))
    );
}

// Entry, exit and the days between.

const SHEET: &str = "Student ID,Date,Code\n1,9/14/2026,U\n2,9/15/2026,U\n";

/// Monday to the Friday of the next week, without its Monday.
const CALENDAR: &str = "Date,calendarEventDescriptor\n9/14/2026,uri://ed-fi.org/D#Instructional day\n9/15/2026,Instructional day\n\
    9/16/2026,Instructional day\n9/17/2026,Instructional day\n9/18/2026,Instructional day\n9/21/2026,uri://ed-fi.org/D#Holiday\n";

#[test]
fn the_last_day_has_many_names_and_an_end_far_away_is_none() {
    for header in
        ["Drop Date", "Date Withdrawn", "Last Day Attended", "Exited", "exitWithdrawDate", "Leave Date", "Left"]
    {
        let list = format!(
            "Student ID,Entry Date,{header}\n1,9/14/2026,12/31/9999\n2,9/14/2026,9/16/2026\n3,9/14/2026,NULL\n"
        );
        expect(&read(&[&list, SHEET, CALENDAR]), &[("1", 5.0, 1.0), ("2", 3.0, 1.0), ("3", 5.0, 0.0)]);
    }
}

#[test]
fn dates_after_the_first_day_under_an_unknown_header_are_asked_about() {
    let list = "Student ID,Birthday,Entry Date,Gone\n1,1/2/2015,9/14/2026,\n2,3/20/2015,9/14/2026,9/16/2026\n";
    let o = read(&[list, SHEET, CALENDAR]);
    assert_eq!(o.dataset.stays, [], "no rate before the answer");
    assert!(
        matches!(&o.questions[..], [Question { kind: Ask::Pick(pick), .. }] if pick.topic == Topic::LastDay && pick.about == "Gone")
    );
    let answering = |answer: Answer| {
        read_answering(&[list, SHEET, CALENDAR], &move |at, r| {
            if at == 0 {
                let _ = r.answers.insert(Topic::LastDay, answer);
            }
        })
    };
    let o = answering(Answer::Yes);
    expect(&o, &[("1", 5.0, 1.0), ("2", 3.0, 1.0)]);
    assert_eq!(o.readings[0].columns[3].role, Role::Exit);
    expect(&answering(Answer::SomethingElse), &[("1", 5.0, 1.0), ("2", 5.0, 1.0)]);
}

#[test]
fn a_calendar_of_days_off_leaves_the_other_weekdays_to_be_confirmed() {
    let list = "Student ID,Entry Date,Exit Date\n1,9/14/2026,\n2,9/14/2026,\n";
    let calendar = "Date,Day Type\n9/16/2026,Holiday\n11/11/2026,Holiday\n";
    let text = format!("{SHEET}2,9/18/2026,U\n");
    let o = read(&[list, &text, calendar]);
    assert!(
        matches!(&o.questions[..], [Question { kind: Ask::Pick(pick), .. }] if pick.topic == Topic::SchoolDays && (pick.rows, pick.of) == (3, 4)),
        "{:?}",
        o.questions
    );
    let o = read_answering(&[list, &text, calendar], &|_, r| {
        let _ = r.answers.insert(Topic::SchoolDays, Answer::AllWeekdays);
    });
    expect(&o, &[("1", 4.0, 1.0), ("2", 4.0, 2.0)]);
}

#[test]
fn entry_dates_that_are_not_used_ask_nothing() {
    let list = "Student ID,Entry Date,Days Enrolled\n1,9/2/2026,60\n2,9/2/2026,60\n";
    expect(&read(&[list, SHEET]), &[("1", 60.0, 1.0), ("2", 60.0, 1.0)]);
}

#[test]
fn a_list_of_codes_tells_which_are_presence() {
    let codes = "att_code,description,presence_status_cd\nA,School Activity,Present\nQ,Quarantine,Absent\n";
    let text = "studentid,att_date,att_code\n1,9/14/2026,A\n1,9/15/2026,Q\n1,9/16/2026,P\n";
    expect(&read(&[text, codes]), &[("1", 3.0, 1.0)]);
}

#[test]
fn dates_without_a_year_are_said_to_be_none() {
    let o = read(&["Student ID,Days Enrolled,Absence Date,Code\n1,60,Thu Aug 28,U\n2,60,Fri Aug 29,U\n"]);
    assert_eq!(o.readings[0].columns[2].why, "Fewer than half of its values are dates with a year");
    assert_eq!(o.questions.len(), 1);
}

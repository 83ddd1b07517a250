//! Every kind of layout that `docs/layouts.md` names, in a small invented file of its own: read right,
//! or asked about.

mod support_reading;

use bright_spots::attendance::{Days, Definition, Kind, summarise};
use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::import::{Failure, Head, propose};
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Ids, Layout, Reading, Repeats};
use bright_spots::ingest::tally::Outcome;
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

fn asked(o: &Outcome) -> Vec<Topic> {
    let topic = |q: &bright_spots::ingest::reading::Question| match &q.kind {
        Ask::Pick(pick) => Some(pick.topic),
        _ => None,
    };
    o.questions.iter().filter_map(topic).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

fn answer(topic: Topic, answer: Answer) -> impl Fn(usize, &mut Reading) {
    move |_, r| {
        let _ = r.answers.insert(topic, answer);
    }
}

/// Says what a blank cell means.
fn blank(reading: &mut Reading, meaning: Meaning) {
    let _ = reading.codes.insert(String::new(), meaning);
}

fn failure(text: &str) -> Failure {
    propose(&Head { name: "f.csv", bytes: text.as_bytes(), whole: true }).unwrap_err()
}

// Wide files.

#[test]
fn a_column_for_each_date_is_a_day_for_each_student() {
    let text = "Student ID,Name,School,9/2/2025,9/3/2025,9/4/2025,9/15/2025\n1,A,Alder,P,A,P,E\n2,B,Alder,P,P,T,P\n";
    let o = read(&[text]);
    expect(&o, &[("1", 4.0, 2.0), ("2", 4.0, 0.0)]);
    assert_eq!(o.readings[0].layout, Layout::Wide);
    assert_eq!(o.dataset.calendar.iter().map(|d| d.iso()).collect::<Vec<_>>()[1], "2025-09-03");
    assert_eq!(o.dataset.marks.len(), 3);
    // A day in the header that settles the order settles it for all of them; otherwise it is asked.
    let o = read(&["Student ID,1/9/2025,2/9/2025\n1,P,A\n"]);
    assert!(matches!(o.questions[0].kind, Ask::Order { .. }), "{:?}", o.questions);
}

#[test]
fn wide_and_long_say_the_same() {
    let mut wide = String::from("Student ID,School");
    let mut long = String::from("Student ID,School,Date,Status\n");
    let days: Vec<String> = (1..=12).map(|d| format!("2025-10-{d:02}")).collect();
    wide += &format!(",{}\n", days.join(","));
    for student in 0..9 {
        wide += &format!("s{student},Alder");
        for (at, day) in days.iter().enumerate() {
            let code = ["P", "P", "Excused", "P", "Tardy", "UNX"][(student * 5 + at * 7) % 6];
            wide += &format!(",{code}");
            long += &format!("s{student},Alder,{day},{code}\n");
        }
        wide += "\n";
    }
    let (w, l) = (read(&[&wide]), read(&[&long]));
    assert_eq!(w.questions, []);
    assert_eq!((&w.dataset.stays, &w.dataset.marks), (&l.dataset.stays, &l.dataset.marks));
    assert_eq!(w.dataset.calendar, l.dataset.calendar);
}

#[test]
fn a_blank_cell_of_a_wide_file_is_asked_about() {
    let text = "Student ID,2025-09-02,2025-09-03,2025-09-04\n1,,A,\n2,,,\n";
    let o = read(&[text]);
    assert!(matches!(&o.questions[0].kind, Ask::Code { code, rows: 5, .. } if code.is_empty()), "{:?}", o.questions);
    let present = |_: usize, r: &mut Reading| blank(r, Meaning::Present);
    expect(&read_answering(&[text], &present), &[("1", 3.0, 1.0), ("2", 3.0, 0.0)]);
    let not_enrolled = |_: usize, r: &mut Reading| blank(r, Meaning::NotCounted);
    let o = read_answering(&["Student ID,2025-09-02,2025-09-03,2025-09-04\n1,,A,P\n"], &not_enrolled);
    expect(&o, &[("1", 2.0, 1.0)]);
}

#[test]
fn a_column_for_each_day_number_is_summed_up() {
    for head in ["1,2,3,4,5,6", "Day 1,Day 2,Day 3,Day 4,Day 5,Day 6", "9/2,9/3,9/4,9/5,9/8,9/9"] {
        let o = read(&[&format!("Student ID,School,{head}\n1,Alder,P,P,A,P,U,P\n2,Alder,P,P,P,P,P,P\n")]);
        expect(&o, &[("1", 6.0, 2.0), ("2", 6.0, 0.0)]);
    }
}

#[test]
fn years_and_weeks_are_no_days() {
    let years = propose(&Head { name: "f", bytes: b"Student ID,2019,2020,2021,2022,2023\n1,4,5,6,7,8\n", whole: true });
    assert_eq!(years.unwrap().layout, Layout::Unknown);
    let o = read(&["student_id,week_1,week_2,week_3,total_sessions_attended\nS1,0,2,1,3\n"]);
    assert!(o.questions.iter().any(|q| q.kind == Ask::EnrolledDays), "{:?}", o.questions);
}

#[test]
fn numbered_columns_beside_a_date_are_its_periods() {
    let text = "Student ID,Date,P1,P2,P3,P4\n1,2025-09-02,A,A,P,P\n1,2025-09-03,A,P,P,P\n1,2025-09-04,P,P,P,P\n";
    expect(&read(&[text]), &[("1", 3.0, 1.0)]);
    let any = |_: usize, r: &mut Reading| r.period_share = 1;
    expect(&read_answering(&[text], &any), &[("1", 3.0, 2.0)]);
}

// Periods.

#[test]
fn periods_become_days_by_a_rule_that_can_be_changed() {
    let mut text = String::from("Student ID,Date,Period,Status\n");
    for (day, missed) in [(2, 1), (3, 2), (4, 4), (5, 0)] {
        for period in 1..=4 {
            text += &format!("1,2025-09-0{day},{period},{}\n", if period <= missed { "A" } else { "P" });
        }
    }
    expect(&read(&[&text]), &[("1", 4.0, 2.0)]);
    for (share, absent) in [(1, 3.0), (100, 1.0)] {
        expect(&read_answering(&[&text], &|_, r| r.period_share = share), &[("1", 4.0, absent)]);
    }
}

#[test]
fn classes_of_one_period_number_are_periods_of_their_own() {
    let text = "student_id,attendance_date,Period,section_id,AttendanceCode\n\
                1,2025-09-02,1,s1,P\n1,2025-09-02,1,s2,A\n1,2025-09-02,1,s3,A\n1,2025-09-02,1,s3,A\n\
                1,2025-09-03,1,s1,P\n1,2025-09-03,1,s2,P\n1,2025-09-03,1,s3,A\n";
    let o = read(&[text]);
    expect(&o, &[("1", 2.0, 1.0)]);
    assert_eq!(kinds(&o), [(Why::DuplicateRow, 1)]);
    // Clever's section attendance has no period at all.
    let text = text.replace("Period,", "").replace(",1,s", ",s");
    expect(&read(&[&text]), &[("1", 2.0, 1.0)]);
}

#[test]
fn a_file_of_missed_periods_asks_how_many_a_day_has() {
    let events =
        "Student ID,Date,Period,Status\n1,2025-09-02,1,A\n1,2025-09-03,1,A\n1,2025-09-03,2,A\n1,2025-09-03,3,A\n";
    let list = "Student ID,Days Enrolled\n1,20\n2,20\n";
    let o = read(&[events, list]);
    assert_eq!(asked(&o), [Topic::PeriodsInDay]);
    let o = read_answering(&[events, list], &answer(Topic::PeriodsInDay, Answer::Periods(6)));
    expect(&o, &[("1", 20.0, 1.0), ("2", 20.0, 0.0)]);
}

// Enrolled days from elsewhere.

const ABSENCES: &str = "Student ID,School,Date,Code\n1,Alder,2025-09-03,Unexcused\n1,Alder,2025-09-10,Excused\n2,Alder,2025-09-12,Excused\n";
const LIST: &str = "Student ID,School,Entry Date,Exit Date,Grade\n1,Alder,2025-09-01,,3\n2,Alder,2025-09-08,2025-09-12,3\n3,Alder,2025-09-01,,3\n";

#[test]
fn entry_dates_with_a_calendar_give_enrolled_days() {
    let mut calendar = String::from("Calendar Date,In Session\n");
    for day in 1..=14 {
        let holiday = day == 1 || day % 7 == 6 || day % 7 == 0;
        calendar += &format!("2025-09-{day:02},{}\n", if holiday { "N" } else { "Y" });
    }
    // School on the 2nd to 5th and 8th to 12th.
    let o = read(&[ABSENCES, LIST, &calendar]);
    expect(&o, &[("1", 9.0, 2.0), ("2", 5.0, 1.0), ("3", 9.0, 0.0)]);
    assert_eq!(o.readings[2].layout, Layout::Calendar);
    assert_eq!(o.dataset.stays[1].on_roll.count(), 5);
}

#[test]
fn without_a_calendar_the_school_days_are_shown_to_be_confirmed() {
    let o = read(&[ABSENCES, LIST]);
    assert_eq!(asked(&o), [Topic::SchoolDays]);
    assert_eq!(o.dataset.stays, [], "no rate before the answer");
    let with = |a: Answer| read_answering(&[ABSENCES, LIST], &answer(Topic::SchoolDays, a));
    // 3, 10 and 12 September; or the eight weekdays from the 3rd to the 12th.
    expect(&with(Answer::DaysWithRows), &[("1", 3.0, 2.0), ("2", 2.0, 1.0), ("3", 3.0, 0.0)]);
    expect(&with(Answer::AllWeekdays), &[("1", 8.0, 2.0), ("2", 5.0, 1.0), ("3", 8.0, 0.0)]);
}

#[test]
fn an_absence_after_the_last_day_is_not_counted() {
    let o = read_answering(
        &[
            "Student ID,Date,Code\n1,2025-09-03,A\n1,2025-09-05,A\n",
            "Student ID,Entry Date,Exit Date\n1,2025-09-01,2025-09-04\n",
        ],
        &answer(Topic::SchoolDays, Answer::AllWeekdays),
    );
    expect(&o, &[("1", 2.0, 1.0)]);
    assert!(kinds(&o).contains(&(Why::OutsideEnrolment, 1)), "{:?}", kinds(&o));
}

// Files beside each other.

#[test]
fn a_list_of_codes_says_what_they_mean() {
    let mut events = String::from("Student ID,Date,Att_Code\n");
    for day in 1..=9 {
        events += &format!("1,2025-09-0{day},{}\n", ["Z1", "", "Q", "FT", "Z1", "", "", "", ""][day - 1]);
    }
    let codes = "Att_Code,Description,Presence Status\nZ1,Absent - no note,Absent\nQ,Late to class,Present\nFT,Field trip,Present\n,In attendance,Present\n";
    assert_eq!(read(&[&events]).questions.len(), 4, "alone every code is asked");
    let o = read(&[&events, codes]);
    expect(&o, &[("1", 9.0, 2.0)]);
    assert_eq!(o.readings[1].layout, Layout::CodeList);
}

#[test]
fn what_two_files_do_not_share_is_reported() {
    let mut events = String::from("Student ID,School,Date,Status\n");
    for day in 2..=5 {
        events += &format!("1,Alder,2025-09-0{day},P\n9,Alder,2025-09-0{day},P\n");
    }
    let o = read(&[&events, "Student ID,School,Grade,IEP\n1,Alder,3,Y\n2,Alder,4,N\n"]);
    expect(&o, &[("1", 4.0, 0.0), ("9", 4.0, 0.0)]);
    let found = kinds(&o);
    assert!(found.contains(&(Why::OnlyInList, 1)) && found.contains(&(Why::OnlyInAttendance, 1)), "{found:?}");
}

#[test]
fn rows_of_two_files_that_contradict_each_other_are_accounted_for_in_each() {
    let day = |status: &str| format!("Student ID,Date,Status\n1,2025-09-03,{status}\n1,2025-09-04,P\n1,2025-09-05,P\n");
    let (first, second) = (day("P"), day("A"));
    let o = read_answering(&[&first, &second], &answer(Topic::FileIs, Answer::PartsOfOne));
    expect(&o, &[("1", 2.0, 0.0)]);
    let used: Vec<_> = o.dataset.files.iter().map(|f| (f.rows, f.rows_used, f.rows_set_aside)).collect();
    assert_eq!(used, [(3, 2, 1), (3, 0, 3)]);
}

#[test]
fn a_school_that_one_file_numbers_and_another_names_is_one() {
    let list = "Student ID,School Number,School Name,Days Enrolled\n1,101,Alder,20\n2,102,Birch,20\n";
    let o = read(&["Student ID,School Number,Date,Code\n1,101,2025-09-03,A\n2,102,2025-09-04,A\n", list]);
    expect(&o, &[("1", 20.0, 1.0), ("2", 20.0, 1.0)]);
    let names: Vec<&str> = o.dataset.schools.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Alder", "Birch"]);
    let o = read(&[
        "Student ID,School,Date,Code\n1,Alder,2025-09-03,A\n",
        list,
        "Student ID,School Number,Grade\n1,101,3\n2,102,3\n",
    ]);
    expect(&o, &[("1", 20.0, 1.0), ("2", 20.0, 0.0)]);
}

#[test]
fn files_without_a_school_ask_what_one_file_is() {
    let files = ["Student ID,Days Enrolled,Days Absent\n1,90,3\n", "Student ID,Days Enrolled,Days Absent\n2,90,30\n"];
    assert_eq!(asked(&read(&files)), [Topic::FileIs], "asked once for all of them");
    let o = read_answering(&files, &answer(Topic::FileIs, Answer::OneSchoolEach));
    expect(&o, &[("1", 90.0, 3.0), ("2", 90.0, 30.0)]);
    assert_eq!(o.dataset.schools.len(), 2);
    let o = read_answering(&files, &answer(Topic::FileIs, Answer::PartsOfOne));
    assert_eq!(o.dataset.schools.len(), 1);
}

// Totals.

#[test]
fn terms_are_added_up_or_the_last_holds() {
    let text = "Student ID,School,Term,Days Enrolled,Days Absent\n1,Alder,Q1,45,2\n1,Alder,Q2,90,6\n2,Alder,Q1,45,0\n2,Alder,Q2,45,0\n";
    assert!(matches!(read(&[text]).questions[0].kind, Ask::Repeats { .. }));
    expect(&read_answering(&[text], &|_, r| r.repeats = Some(Repeats::Last)), &[("1", 90.0, 6.0), ("2", 45.0, 0.0)]);
    expect(&read_answering(&[text], &|_, r| r.repeats = Some(Repeats::Add)), &[("1", 135.0, 8.0), ("2", 90.0, 0.0)]);
}

#[test]
fn enrolled_days_with_a_percent_give_the_days_missed() {
    let o = read(&["Student ID,Days Enrolled,Attendance Rate\n1,120,96.67\n2,120,90.00%\n3,60,85\n"]);
    expect(&o, &[("1", 120.0, 4.0), ("2", 120.0, 12.0), ("3", 60.0, 9.0)]);
}

#[test]
fn classes_held_and_attended_are_read_like_days() {
    expect(&read(&["student_id,total_classes,attended_classes\n1,50,42\n"]), &[("1", 50.0, 8.0)]);
}

#[test]
fn a_file_without_numbers_can_say_that_each_row_is_a_student() {
    let text = "school,sex,absences\nGP,F,6\nGP,M,30\n";
    let o = read(&[text]);
    assert!(o.questions.iter().any(|q| matches!(q.kind, Ask::Column(_))), "{:?}", o.questions);
    let o = read_answering(&[text], &|_, r| {
        r.ids = Some(Ids::EachRow);
        r.days_for_all = Some(Days::whole(100));
    });
    expect(&o, &[("Row 2", 100.0, 6.0), ("Row 3", 100.0, 30.0)]);
}

// Traps.

#[test]
fn a_total_that_leaves_unexcused_absences_out_is_asked_about() {
    let text = "School_number,STN,Days in attendance,Total absences,Total absences unexcused\n1,100,160,10,10\n1,101,170,8,2\n";
    assert_eq!(asked(&read(&[text])), [Topic::TotalHolds]);
    let with = |a: Answer| read_answering(&[text], &answer(Topic::TotalHolds, a));
    expect(&with(Answer::ExcusedOnly), &[("100", 180.0, 20.0), ("101", 180.0, 10.0)]);
    expect(&with(Answer::AllAbsences), &[("100", 170.0, 10.0), ("101", 178.0, 8.0)]);
    // Under another name it is asked where the values show it, and only there.
    let named = |total: u32| format!("Student ID,Days Enrolled,Days Absent,Unexcused Absences\n1,180,{total},9\n");
    assert_eq!(asked(&read(&[&named(8)])), [Topic::TotalHolds]);
    assert_eq!(asked(&read(&[&named(12)])), []);
}

#[test]
fn a_percent_on_the_wrong_side_of_its_header_is_asked_about() {
    let mut text = String::from("Student ID,Attendance Rate\n");
    for student in 0..10 {
        text += &format!("{student},{}.5\n", student * 3);
    }
    assert_eq!(asked(&read(&[&text])), [Topic::PercentOf]);
    let o = read_answering(&[&text], &answer(Topic::PercentOf, Answer::Absence));
    assert_eq!(o.dataset.stays[3].percent_absent, Some(9_500_000));
    assert_eq!(asked(&read(&[&text.replace("Attendance Rate", "Percent Absent")])), []);
}

#[test]
fn days_logged_in_are_not_days_attended() {
    let o = read(&["Student ID,Days Enrolled,Active Days\n1,90,80\n"]);
    assert!(o.questions.iter().any(|q| q.kind == Ask::Measure), "{:?}", o.questions);
    let o = read(&["Student ID,Date,Status\n1,2025-09-02,Active\n1,2025-09-03,Active\n"]);
    assert!(matches!(&o.questions[0].kind, Ask::Code { code, .. } if code == "Active"));
}

#[test]
fn one_number_at_two_schools_on_the_same_days_is_asked_about() {
    let mut text = String::from("Student ID,School,Date,Status\n");
    for student in 0..12 {
        for day in 1..=8 {
            text += &format!("{student},Alder,2025-09-0{day},P\n{student},Birch,2025-09-0{day},A\n");
        }
    }
    let o = read(&[&text]);
    assert!(matches!(o.questions[0].kind, Ask::Ids { students: 12 }), "{:?}", o.questions);
    let o = read_answering(&[&text], &|_, r| r.ids = Some(Ids::WithinSchool));
    assert_eq!((o.questions.len(), o.dataset.students.len()), (0, 24));
}

#[test]
fn flags_and_membership_are_read_as_systems_write_them() {
    // Aspen: late is not absent.
    let o = read_answering(
        &["state_id,absence,tardy,event_date\n1,1,0,2010-05-24\n2,0,1,2010-05-24\n3,1,0,\\N\n"],
        &|_, r| r.days_for_all = Some(Days::whole(100)),
    );
    assert_eq!(kinds(&o)[0], (Why::UnreadableDate, 1));
    expect(&o, &[("1", 100.0, 1.0), ("2", 100.0, 0.0)]);
    // PowerSchool: no membership, no absence.
    let o = read(&[
        "studentid,schoolid,calendardate,attendancevalue,membershipvalue\n1,7,2025-09-02,1,1\n1,7,2025-09-03,0,1\n1,7,2025-09-04,0,0\n1,7,2025-09-05,1,1\n",
    ]);
    expect(&o, &[("1", 3.0, 1.0)]);
}

// Attendance that was not taken.

fn a_class_without_attendance() -> String {
    let mut text = String::from("Student ID,School,Homeroom,Date,Status\n");
    for student in 0..24 {
        for day in [1, 2, 3, 4, 5, 8, 9, 10] {
            // Room B was never taken on the 3rd.
            if student % 2 == 1 && day == 3 {
                continue;
            }
            text += &format!("{student},Alder,{},2025-09-{day:02},P\n", if student % 2 == 1 { "B" } else { "A" });
        }
    }
    text
}

#[test]
fn days_never_taken_are_found_and_never_absences() {
    let text = a_class_without_attendance();
    let o = read(&[&text]);
    assert_eq!(days(&o).iter().map(|d| d.1).sum::<f64>(), 12.0 * 8.0 + 12.0 * 7.0);
    let [choice] = &o.files[0].choices[..] else { panic!("{:?}", o.files) };
    assert_eq!((choice.topic, choice.rows), (Topic::NotTaken, 12));
    assert!(choice.about.contains("Alder, 12 on 1 day"), "{}", choice.about);
    let o = read_answering(&[&text], &answer(Topic::NotTaken, Answer::Present));
    assert!(days(&o).iter().all(|d| (d.1, d.2) == (8.0, 0.0)), "{:?}", days(&o));
    // A day off is no gap.
    let off: String = (0..24).filter(|s| s % 2 == 1).map(|s| format!("{s},Alder,B,2025-09-03,No school\n")).collect();
    assert_eq!(read(&[&(text + &off)]).files[0].choices, []);
}

// Public files.

#[test]
fn california_counts_each_school_once() {
    let text = "Academic Year\tAggregate Level\tCounty Code\tDistrict Code\tSchool Code\tCounty Name\tDistrict Name\tSchool Name\tCharter School\tDASS\tReporting Category\tChronicAbsenteeismEligibleCumulativeEnrollment\tChronicAbsenteeismCount\tChronicAbsenteeismRate\n\
                2023-24\tT\t00\t00000\t0000000\tState\tState\tState\tAll\tAll\tTA\t900\t90\t10.0\n\
                2023-24\tD\t01\t10017\t0000000\tOak\tOak Unified\tDistrict Total\tAll\tAll\tTA\t500\t50\t10.0\n\
                2023-24\tD\t01\t10017\t0000000\tOak\tOak Unified\tDistrict Total\tNo\tAll\tTA\t400\t50\t12.5\n\
                2023-24\tS\t01\t10017\t0123456\tOak\tOak Unified\tAlder\tAll\tAll\tTA\t200\t50\t25.0\n\
                2023-24\tS\t01\t10017\t0123456\tOak\tOak Unified\tAlder\tNo\tNo\tTA\t200\t50\t25.0\n\
                2023-24\tS\t01\t10017\t0123456\tOak\tOak Unified\tAlder\tAll\tAll\tSE\t*\t*\t*\n\
                2023-24\tS\t01\t10017\t0123456\tOak\tOak Unified\tAlder\tAll\tAll\tGR13\t80\t8\t10.0\n\
                2023-24\tS\t01\t10017\t0123457\tOak\tOak Unified\tBirch\tYes\tNo\tTA\t100\t5\t5.0\n";
    let o = read(&[text]);
    assert_eq!(o.questions, []);
    assert_eq!(
        o.dataset.schools.iter().map(|s| (s.name.as_str(), s.district.as_str())).collect::<Vec<_>>()[0],
        ("Alder", "Oak Unified")
    );
    let whole: Vec<_> = o.dataset.published.iter().filter(|p| p.school.is_some() && p.group.is_none()).collect();
    assert_eq!(
        whole.iter().map(|p| (p.counted, p.chronic)).collect::<Vec<_>>(),
        [(Some(200), Some(50)), (Some(100), Some(5))]
    );
    let hidden = o.dataset.published.iter().find(|p| p.group.as_ref().is_some_and(|g| g.1 == "SE")).unwrap();
    assert_eq!((hidden.counted, hidden.chronic, hidden.rate), (None, None, None));
}

#[test]
fn grade_bands_are_groups_not_whole_schools() {
    let o = read(&[
        "School,Grade,Students Included,Number Chronically Absent\nAlder,All Grades,100,10\nAlder,9-12,60,9\nAlder,PK in K-12 Schools,10,4\nAlder,3,20,1\n",
    ]);
    let whole = o.dataset.published.iter().filter(|p| p.grade.is_none() && p.group.is_none());
    assert_eq!(whole.map(|p| p.counted).collect::<Vec<_>>(), [Some(100)]);
}

#[test]
fn districts_that_number_their_schools_alike_keep_them_apart() {
    let o = read(&[
        "Div Num,Div Name,Sch Num,Sch Name,Number of Chronically Absent Students,Percent Chronically Absent\n1,Oak,10,Alder,5,10.0\n2,Elm,10,Birch,7,20.0\n",
    ]);
    assert_eq!(o.questions, []);
    let of: Vec<_> = o.dataset.schools.iter().map(|s| (s.name.as_str(), s.district.as_str())).collect();
    assert_eq!(of, [("Alder", "Oak"), ("Birch", "Elm")]);
}

#[test]
fn a_long_file_says_beside_the_value_what_it_is() {
    let text = "District,Year,Category,Variable,Measure Type,Value\n\
                Oak,2019-20,All Students,Chronically Absent Students,Percent,12.5\n\
                Oak,2019-20,All Students,Chronically Absent Students,Number,25\n\
                Oak,2019-20,High Needs,Chronically Absent Students,Percent,-9999\n\
                Oak,2019-20,All Students,Enrolment,Number,200\n";
    let o = read(&[text]);
    assert_eq!(o.questions, []);
    let all: Vec<_> = o.dataset.published.iter().filter(|p| p.group.is_none()).map(|p| (p.chronic, p.rate)).collect();
    assert_eq!(all, [(None, Some(0.125)), (Some(25), None)]);
    assert!(o.dataset.published.iter().any(|p| p.group.is_some() && p.rate.is_none()));
    assert_eq!(kinds(&o), [(Why::AnotherMeasure, 1)]);
}

#[test]
fn numbers_without_a_name_in_a_public_file_are_asked_about() {
    let mut text = String::from("school_year,school,subgroup,n_students,percent\n");
    for school in 0..12 {
        text += &format!(
            "2022-2023,S{school},All Students,31,6.4\n2022-2023,S{school},Asian,0,0\n2022-2023,S{school},Black,6,5.5\n"
        );
    }
    let o = read(&[&text]);
    assert_eq!(asked(&o), [Topic::RateOf, Topic::CountOf, Topic::Zeros]);
    let o = read_answering(&[&text], &|_, r| {
        r.answers.extend([
            (Topic::RateOf, Answer::ChronicallyAbsent),
            (Topic::CountOf, Answer::ChronicallyAbsent),
            (Topic::Zeros, Answer::HiddenNumbers),
        ]);
    });
    assert_eq!(o.questions, []);
    let of = |group: Option<&str>| {
        let is = |p: &&bright_spots::attendance::Published| p.group.as_ref().map(|g| g.1.as_str()) == group;
        o.dataset.published.iter().find(is).map(|p| (p.chronic, p.rate)).unwrap()
    };
    assert_eq!(of(None), (Some(31), Some(0.064)));
    assert_eq!(of(Some("Asian")), (None, None), "a zero that hides a number is unknown");
}

#[test]
fn chronically_absent_beside_a_number_of_students() {
    let of = |o: &Outcome| -> Vec<(Option<u32>, Option<u32>, Option<f64>)> {
        assert_eq!(o.questions, []);
        o.dataset.published.iter().map(|p| (p.counted, p.chronic, p.rate)).collect()
    };
    // Above a hundred it is a number; with a decimal or a sign, a percent.
    let o = read(&["School,Number of Students,Chronically Absent\nAlder,400,120\nBirch,300,60\n"]);
    assert_eq!(of(&o), [(Some(400), Some(120), None), (Some(300), Some(60), None)]);
    let o = read(&["School,Number of Students,Chronically Absent,Chronic Absence Rate\nAlder,400,40,10.0\n"]);
    assert_eq!(of(&o), [(Some(400), Some(40), Some(0.1))]);
    // In between it is asked; as a percent the students beside it can be either, too.
    let either = "School,Number of Students,Chronically Absent\nAlder,80,10\nBirch,60,25\n";
    assert_eq!(asked(&read(&[either])), [Topic::ChronicIs]);
    assert_eq!(
        of(&read_answering(&[either], &answer(Topic::ChronicIs, Answer::Number))),
        [(Some(80), Some(10), None), (Some(60), Some(25), None)]
    );
    assert_eq!(asked(&read_answering(&[either], &answer(Topic::ChronicIs, Answer::Percent))), [Topic::CountOf]);
    let both = |whom: Answer| {
        read_answering(&[either], &|_, r| {
            r.answers.extend([(Topic::ChronicIs, Answer::Percent), (Topic::CountOf, whom)]);
        })
    };
    assert_eq!(of(&both(Answer::AllCounted)), [(Some(80), None, Some(0.1)), (Some(60), None, Some(0.25))]);
    assert_eq!(of(&both(Answer::ChronicallyAbsent)), [(None, Some(80), Some(0.1)), (None, Some(60), Some(0.25))]);
    let percent = read(&["School,Number of Students,Chronically Absent\nAlder,80,12.5%\nBirch,60,25.0%\n"]);
    assert_eq!(asked(&percent), [Topic::CountOf]);
    // Yes and no about students without a number are neither.
    let o = read(&["School,Number of Students,Chronically Absent\nAlder,1,Y\nAlder,1,N\n"]);
    assert!(!o.questions.is_empty() && o.dataset.published.is_empty(), "{:?}", o.readings);
}

#[test]
fn letters_that_cannot_be_read_are_said() {
    let mut bytes = b"Student ID,Name,School,Days Enrolled,Days Absent\n1,Ana,Alder,100,5\n2,Ren".to_vec();
    bytes.extend(b"\xe9e,Alder,100,20\n");
    let text = String::from_utf8_lossy(&bytes).replace('\u{fffd}', "e");
    let reading = propose(&Head { name: "f.csv", bytes: text.as_bytes(), whole: true }).unwrap();
    let today = bright_spots::attendance::Day::parse_iso("2026-11-21").unwrap();
    let o = bright_spots::ingest::tally::whole::count(vec![reading], &[&bytes], usize::MAX, today);
    assert!(kinds(&o).contains(&(Why::NotUtf8, 1)), "{:?}", kinds(&o));
    assert_eq!(o.problems.iter().find(|p| p.kind == Why::NotUtf8).unwrap().first_line, 3);
}

#[test]
fn sheets_of_a_workbook_are_schools_by_their_own_names() {
    let text = "Student ID,Days Enrolled,Days Absent\n1,90,3\n";
    let heads = ["book.xlsx, sheet St. Mary", "all.zip, file 2026/Birch.csv"].map(|name| Head {
        name,
        bytes: text.as_bytes(),
        whole: true,
    });
    let mut readings = bright_spots::ingest::import::readings(&heads, &[], &[]).unwrap();
    for reading in &mut readings {
        let _ = reading.answers.insert(Topic::FileIs, Answer::OneSchoolEach);
        reading.ids = Some(Ids::WithinSchool);
    }
    let today = bright_spots::attendance::Day::parse_iso("2026-11-21").unwrap();
    let o = bright_spots::ingest::tally::whole::count(readings, &[text.as_bytes(); 2], usize::MAX, today);
    assert_eq!(o.dataset.schools.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Birch", "St. Mary"]);
}

#[test]
fn rows_of_one_school_that_contradict_each_other_are_not_used() {
    let o = read(&[
        "School,Year,Students Included,Number Chronically Absent\nAlder,2024,100,10\nAlder,2024,100,40\nBirch,2024,100,20\nBirch,2024,100,20\n",
    ]);
    assert_eq!(kinds(&o), [(Why::RepeatedGroup, 2), (Why::DuplicateRow, 1)]);
    assert_eq!(o.dataset.published.len(), 1);
    let file = &o.dataset.files[0];
    assert_eq!((file.rows, file.rows_used, file.rows_set_aside), (4, 1, 3));
}

#[test]
fn a_bounded_rate_is_unknown_and_the_state_is_no_school() {
    let o = read(&[
        "District ID,District,Institution ID,Institution,Student Group,Students Included,Number Chronically Absent,Percent Chronically Absent\n1,Oak,11,Alder,All Students,50,*,<5%\n1,Oak,12,Birch,Total,60,12,20\n9999,State,9999,State,All Students,900,90,10\n1,Oak,,,All Students,110,20,18.2\n",
    ]);
    let schools: Vec<_> = o.dataset.published.iter().filter_map(|p| p.school.map(|_| (p.chronic, p.rate))).collect();
    assert_eq!(schools, [(None, None), (Some(12), Some(0.2))]);
    assert_eq!(o.dataset.published.len(), 4);
}

#[test]
fn whole_schools_by_day_are_refused_in_their_own_words() {
    for text in [
        "DBN,SCHOOL_NAME,10/20/2014,10/21/2014,10/22/2014\n01M,Alder,96.19,96.73,NS\n02M,Birch,91.82,92.56,90.33\n",
        "DBN,ATTN_DATE_YMD,ATTN_PCT\n01M,20090911,80.67\n01M,20090916,89.73\n",
    ] {
        assert!(matches!(failure(text), Failure::SchoolDays { .. }), "{text}");
    }
}

#[test]
fn a_file_of_places_without_absence_asks_for_that_alone() {
    let o = read(&["DBN,school_year,safety_rating\n01M,2024-25,3\n"]);
    assert_eq!(o.questions.iter().map(|q| q.kind.clone()).collect::<Vec<_>>(), [Ask::Measure]);
}

#[test]
fn tiers_of_a_wide_file_are_those_of_its_days() {
    let mut text = String::from("Student ID,School");
    for day in 1..=20 {
        text += &format!(",2025-10-{day:02}");
    }
    text += "\n";
    for student in 0..4 {
        text += &format!("{student},Alder");
        for day in 0..20 {
            text += if day < student { ",A" } else { ",P" };
        }
        text += "\n";
    }
    let summary = summarise(&read(&[&text]).dataset, &Definition::default());
    // 0, 5, 10 and 15 % of twenty days.
    assert_eq!(summary.all.tiers, [1, 1, 2, 0, 0]);
}

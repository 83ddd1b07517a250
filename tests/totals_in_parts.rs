//! Files with one row per student whose days stand in several columns or rows: parts of the year, whole and half
//! days, kinds of absence; and periods beside a date in rows of absences alone.

mod support_reading;

use bright_spots::attendance::{Days, Grade, Kind};
use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Layout, Repeats};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use support_reading::{read, read_answering};

/// Enrolled and absent days, in the order of students.
fn days(o: &Outcome) -> Vec<(f64, f64)> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    let absent = |s: &bright_spots::attendance::Stay| -> Days {
        Kind::ALL.iter().filter(|k| k.is_absence()).map(|k| s.absent[*k as usize]).sum()
    };
    o.dataset.stays.iter().map(|s| (s.enrolled.as_f64(), absent(s).as_f64())).collect()
}

fn asks(o: &Outcome) -> Vec<&Ask> {
    o.questions.iter().map(|q| &q.kind).collect()
}

fn topics(o: &Outcome) -> Vec<Topic> {
    let topic = |ask: &Ask| match ask {
        Ask::Pick(pick) => pick.topic,
        other => panic!("{other:?}"),
    };
    o.questions.iter().map(|q| topic(&q.kind)).collect()
}

fn roles(o: &Outcome, header: &str) -> Role {
    o.readings[0].columns.iter().find(|c| c.header == header).unwrap().role.clone()
}

#[test]
fn columns_for_each_part_of_the_year_are_added_up() {
    let o =
        read(&["Student ID,Q1 Days Enrolled,Q1 Days Absent,Q2 Days Enrolled,Q2 Days Absent\n1,45,6,44,5\n2,,,44,1\n"]);
    assert_eq!(days(&o), [(89.0, 11.0), (44.0, 1.0)]);
    let o = read(&["Student ID,Days Enrolled,Aug Absences,Sep Absences,Oct Absences\n1,50,2,0,4\n2,50,0,1,0\n"]);
    assert_eq!(days(&o), [(50.0, 6.0), (50.0, 1.0)]);
    // Without days enrolled, those present and absent are all.
    let o = read(&["Student ID,S1 Present,S1 Absent,S2 Present,S2 Absent\n1,80,10,85,5\n2,90,0,90,0\n"]);
    assert_eq!(days(&o), [(180.0, 15.0), (180.0, 0.0)]);
}

#[test]
fn a_part_of_the_year_that_is_empty_is_unknown_where_the_student_was_enrolled() {
    let text = "Student ID,Days Enrolled,Q1 Absences,Q2 Absences\n1,80,6,5\n2,80,,1\n3,80,0,2\n";
    let o = read(&[text]);
    assert_eq!(days(&o), [(80.0, 11.0), (80.0, 2.0)]);
    assert_eq!(o.problems[0].kind, Why::EmptyNumber);
    let o = read(&["Student ID,T1 Enrolled,T1 Absent,T2 Enrolled,T2 Absent\n1,40,6,40,5\n2,40,,40,1\n3,40,0,40,2\n"]);
    assert_eq!(days(&o), [(80.0, 11.0), (80.0, 2.0)]);
}

#[test]
fn parts_of_two_kinds_or_running_totals_are_not_added_up() {
    let o = read(&["Student ID,Days Enrolled,Q1 Absences,Q2 Absences,S1 Absences\n1,90,6,5,11\n2,90,0,1,1\n"]);
    assert_eq!(asks(&o), [&Ask::Measure]);
    let mut text = String::from("Student ID,Days Enrolled,Nov Absences,Dec Absences,Jan Absences\n");
    for student in 1..8 {
        text += &format!("{student},60,{student},{},{}\n", student + 1, student * 2);
    }
    assert_eq!(asks(&read(&[&text])), [&Ask::Measure]);
    let mut text = String::from("Student ID,Q1 Enrolled,Q1 Absent,Q2 Enrolled,Q2 Absent,Q3 Enrolled,Q3 Absent\n");
    for student in 1..8 {
        text += &format!("{student},45,{student},90,{},135,{}\n", student + 1, student * 2);
    }
    assert_eq!(asks(&read(&[&text])), [&Ask::Measure]);
    // Where a column tells the whole year, it holds.
    let o = read(&["Student ID,Days Enrolled,Q1 Absences,Q2 Absences,Total Absences\n1,90,6,5,11\n2,90,0,1,1\n"]);
    assert_eq!(days(&o), [(90.0, 11.0), (90.0, 1.0)]);
}

#[test]
fn whole_and_half_days_in_columns_of_their_own_are_added_up() {
    for header in [
        "Full Day Absences,Half Day Absences",
        "Absences (Full Day),Absences (Half Day)",
        "Abs (Whole Day),Abs (Half Day)",
    ] {
        let o = read(&[&format!("Student ID,Days Enrolled,{header}\n1,100,8,6\n2,100,3,0\n")]);
        assert_eq!(days(&o), [(100.0, 11.0), (100.0, 3.0)], "{header}");
    }
    // Half days alone are not all that was missed, and neither are whole ones beside parts.
    assert_eq!(
        asks(&read(&["Student ID,Days Enrolled,Full Day Absences,Partial Absences\n1,90,3,4\n"])),
        [&Ask::Measure]
    );
}

#[test]
fn a_further_kind_under_a_short_header_is_asked_about() {
    for header in ["Excused,Unexcused,Unverified", "Abs Exc,Abs Unx,Abs Oth", "Excused,Unverified,Unexcused"] {
        let text = format!("Student ID,Days Enrolled,{header}\n1,90,3,4,5\n2,90,1,0,2\n");
        let o = read(&[&text]);
        assert_eq!(topics(&o), [Topic::OtherKind], "{header}");
        let o = read_answering(&[&text], &|_, r| {
            let _ = r.answers.insert(Topic::OtherKind, Answer::AllAbsences);
        });
        assert_eq!(days(&o), [(90.0, 12.0), (90.0, 3.0)], "{header}");
    }
    // Alone beside the excused ones they are those without an excuse.
    let o = read(&["Student ID,Days Enrolled,Excused,Unverified\n1,90,3,4\n2,90,1,0\n"]);
    assert_eq!(days(&o), [(90.0, 7.0), (90.0, 1.0)]);
}

#[test]
fn excused_absences_that_stand_beside_absent_are_added_to_it() {
    let o = read(&["Student ID,Present,Absent,Excused\n1,85,5,10\n2,98,2,0\n3,96,1,3\n"]);
    assert_eq!(roles(&o, "Absent"), Role::DaysUnexcused);
    assert_eq!(days(&o), [(100.0, 15.0), (100.0, 2.0), (100.0, 4.0)]);
    let o = read(&["Student ID,Present,Absent,Excused\n1,85,15,10\n2,98,2,0\n3,96,4,3\n"]);
    assert_eq!(days(&o), [(100.0, 15.0), (100.0, 2.0), (100.0, 4.0)]);
}

#[test]
fn a_student_in_the_first_row_of_terms_is_that_of_the_rows_below() {
    let text = "Student ID,Name,Term,Days Enrolled,Days Absent\n\
                1,Ann,S1,50,4\n,,S2,40,9\n2,Bo,S1,50,0\n,,S2,40,1\n";
    assert!(matches!(asks(&read(&[text]))[..], [Ask::Repeats { .. }]));
    let o = read_answering(&[text], &|_, r| r.repeats = Some(Repeats::Add));
    assert_eq!(days(&o), [(90.0, 13.0), (90.0, 1.0)]);
    // Without a term in each row, one without a student is a sum.
    let o = read(&["Student ID,Name,Days Enrolled,Days Absent\n1,Ann,50,4\n,,50,4\n2,Bo,50,1\n,,50,1\n"]);
    assert_eq!(days(&o), [(50.0, 4.0), (50.0, 1.0)]);
}

#[test]
fn periods_beside_a_date_in_rows_of_absences_alone_are_no_enrolled_days() {
    let text = "Student ID,Date,P1,P2,P3\n1,2025-09-03,U,U,U\n1,2025-09-05,U,U,U\n2,2025-09-03,U,U,U\n";
    let o = read(&[text]);
    assert_eq!(o.readings[0].layout, Layout::Wide);
    assert_eq!(asks(&o), [&Ask::EnrolledDays]);
    let o = read_answering(&[text], &|_, r| r.days_for_all = Some(Days::whole(40)));
    assert_eq!(days(&o), [(40.0, 2.0), (40.0, 1.0)]);
    // Nor where the periods that were not missed are empty.
    let blank = text.replace("U,U,U", "U,,");
    let o = read_answering(&[&blank], &|_, r| {
        let _ = r.codes.insert(String::new(), Meaning::Present);
    });
    assert_eq!(asks(&o), [&Ask::EnrolledDays]);
    // A column or a list can tell them.
    let with = "Student ID,Date,P1,P2,Days Enrolled\n1,2025-09-03,U,U,20\n1,2025-09-05,U,U,20\n2,2025-09-03,U,U,20\n";
    assert_eq!(days(&read(&[with])), [(20.0, 2.0), (20.0, 1.0)]);
    let list = "Student ID,Grade,Days Enrolled\n1,6,30\n2,6,30\n3,6,30\n";
    assert_eq!(days(&read(&[text, list])), [(30.0, 2.0), (30.0, 1.0), (30.0, 0.0)]);
}

#[test]
fn the_percent_of_a_day_beside_a_date_is_a_part_of_it() {
    let o =
        read(&["Student ID,Date,Code,% of Day Absent,Days Enrolled\n1,2025-09-03,U,50%,20\n1,2025-09-04,U,100%,20\n"]);
    assert_eq!(days(&o), [(20.0, 1.5)]);
}

#[test]
fn words_beside_a_mark_tell_what_it_means_and_a_small_year_is_a_grade() {
    let o = read(&["UPN,Year,Date,Mark,Mark Description\n\
                    B1,7,2025-09-03,/,Present (AM)\nB1,7,2025-09-04,N,Absent - no reason yet\nB2,7,2025-09-03,/,Present (AM)\n"]);
    assert_eq!(days(&o), [(2.0, 1.0), (1.0, 0.0)]);
    assert_eq!(o.dataset.stays[0].grade, Grade::Year(7));
}

#[test]
fn absences_without_enrolled_days_take_those_of_a_list() {
    let list = "Student ID,Grade,Days Enrolled\n1,6,90\n2,6,80\n3,6,90\n";
    let o = read(&["Student ID,Days Absent\n1,9\n2,2\n3,0\n", list]);
    assert_eq!(days(&o), [(90.0, 9.0), (80.0, 2.0), (90.0, 0.0)]);
    // Of absent students alone, whoever is listed and has no row was never absent.
    let o = read(&["Student ID,School,Excused,Unexcused\n1,Oak,4,5\n3,Oak,1,0\n9,Oak,1,1\n", list]);
    assert_eq!(days(&o), [(90.0, 9.0), (80.0, 0.0), (90.0, 1.0)]);
    assert!(o.readings[0].notes.iter().any(|note| note.contains("never absent")), "it is said");
    assert!(o.problems.iter().any(|p| p.kind == Why::NotOnRoster && p.rows == 1), "{:?}", o.problems);
    // Where others have a row without an absence, one who has none is not known.
    let o = read(&["Student ID,Days Absent\n1,9\n3,0\n", list]);
    assert_eq!(days(&o), [(90.0, 9.0), (90.0, 0.0)]);
    assert_eq!(o.readings[0].notes, Vec::<String>::new());
    // Nor where all who have one missed many days.
    let o = read(&["Student ID,Days Absent\n1,9\n3,12\n", list]);
    assert_eq!(days(&o), [(90.0, 9.0), (90.0, 12.0)]);
    // A list of other students tells nothing.
    let o = read(&["Student ID,Days Absent\n7,9\n8,0\n", list]);
    assert_eq!(asks(&o), [&Ask::EnrolledDays]);
    // Rows of terms add up to the days enrolled once.
    let o = read_answering(
        &["Student ID,Term,Absences\n1,S1,4\n1,S2,5\n2,S1,1\n2,S2,0\n3,S1,2\n3,S2,0\n", list],
        &|_, r| {
            r.repeats = Some(Repeats::Add);
        },
    );
    assert_eq!(days(&o)[0], (90.0, 9.0));
}

#[test]
fn kinds_of_absence_in_percent_are_no_days() {
    let o = read(&["UPN,Attendance,Authorised Absence,Unauthorised Absence\nB1,95.5,3.0,1.5\nB2,88.0,2.0,10.0\n"]);
    assert_eq!(o.questions, []);
    let percents: Vec<Option<u32>> = o.dataset.stays.iter().map(|s| s.percent_absent).collect();
    assert_eq!(percents, [Some(4_500_000), Some(12_000_000)]);
}

#[test]
fn days_late_or_remote_beside_days_present_are_asked_about_unless_the_numbers_tell() {
    let text = "Student ID,Days Enrolled,Days Present,Days Remote\n1,100,70,25\n2,100,80,20\n3,100,60,22\n";
    assert_eq!(topics(&read(&[text])), [Topic::LateIs]);
    let with = |answer: Answer| {
        days(&read_answering(&[text], &|_, r| {
            let _ = r.answers.insert(Topic::LateIs, answer);
        }))
    };
    assert_eq!(with(Answer::BesidePresent), [(100.0, 5.0), (100.0, 0.0), (100.0, 18.0)]);
    assert_eq!(with(Answer::AmongPresent), [(100.0, 30.0), (100.0, 20.0), (100.0, 40.0)]);
    let o = read(&["Student ID,Days Enrolled,Days Present,Tardies\n1,100,99,5\n2,100,90,3\n3,100,100,2\n"]);
    assert_eq!(days(&o), [(100.0, 1.0), (100.0, 10.0), (100.0, 0.0)]);
    let o = read(&["Student ID,Count of Present,Count of Absent,Count of Tardy\n1,85,10,5\n2,90,2,8\n3,97,0,3\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 2.0), (100.0, 0.0)]);
}

#[test]
fn totals_of_schools_with_a_number_of_their_own_are_no_students() {
    let o =
        read(&["Student ID,Name,School,Days Enrolled,Days Absent\n1,Ann Ash,Oak,100,4\n2,\"Total, Bo\",Elm,90,5\n\
                    901,Oak Total,Oak,100,4\n902,Elm Total,Elm,90,5\n"]);
    assert_eq!(o.dataset.students.len(), 2);
    assert_eq!(o.problems[0].kind, Why::NotAStudentRow);
}

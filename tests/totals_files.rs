//! Files with one row per student whose headers say less than they seem to: read as they are meant, or
//! asked about, or remarked.

mod support_reading;

use bright_spots::attendance::{Days, Kind};
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Layout, Reading, Repeats};
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

/// Percents of days missed.
fn percents(o: &Outcome) -> Vec<f64> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    o.dataset.stays.iter().map(|s| f64::from(s.percent_absent.unwrap()) / 1e6).collect()
}

fn asks(o: &Outcome) -> Vec<&Ask> {
    o.questions.iter().map(|q| &q.kind).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

fn role(o: &Outcome, header: &str) -> Role {
    o.readings[0].columns.iter().find(|c| c.header == header).unwrap().role.clone()
}

#[test]
fn a_total_of_absences_is_no_enrolled_days() {
    let o = read(&["Student ID,School,Excused,Unexcused,Days Absent,Total\n1,Oak,10,5,15,15\n2,Oak,0,12,12,12\n"]);
    assert_eq!(asks(&o), [&Ask::EnrolledDays]);
    assert_eq!(role(&o, "Excused"), Role::DaysExcused);
    let o = read(&["Student ID,Present,Absent,Total\n1,90,10,100\n2,99,1,100\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 1.0)]);
    let o = read(&["Student ID,Days Absent,Total\n1,10,100\n2,60,100\n3,0,98\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 60.0), (98.0, 0.0)]);
    // Beside the very days present it can still be the absences.
    let o = read(&["Student ID,Present,Absent,Total\n1,90,10,10\n2,99,1,1\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 1.0)]);
}

#[test]
fn most_students_missing_half_of_their_days_is_remarked() {
    let o = read(&["Student ID,Days Enrolled,Days Absent\n1,15,15\n2,12,12\n3,100,2\n"]);
    assert!(kinds(&o).contains(&(Why::MostlyAbsent, 2)), "{:?}", kinds(&o));
    let o = read(&["Student ID,Days Enrolled,Days Absent\n1,15,15\n2,120,12\n3,100,2\n"]);
    assert!(!kinds(&o).iter().any(|(kind, _)| *kind == Why::MostlyAbsent));
}

#[test]
fn ada_beside_adm_is_days() {
    let o = read(&["Student Number,ADM,ADA\n1,90,85\n2,90,80\n3,90,90\n"]);
    assert_eq!(days(&o), [(90.0, 5.0), (90.0, 10.0), (90.0, 0.0)]);
    let o = read(&["Student Number,ADM,ADA,Percent Attendance\n1,90,81,90\n2,90,90,60\n"]);
    assert_eq!(days(&o), [(90.0, 9.0), (90.0, 0.0)]);
    assert_eq!(kinds(&o), [(Why::RateDoesNotFit, 1)]);
    // Alone it is the percent that it is elsewhere.
    assert_eq!(percents(&read(&["Student Number,ADA\n1,85\n2,97\n"])), [15.0, 3.0]);
}

#[test]
fn unexcused_absences_alone_are_not_all_absences() {
    let o = read(&["Student ID,Days Enrolled,Exc Abs,Unexcused Absences\n1,100,9,3\n2,100,12,0\n"]);
    assert_eq!(days(&o), [(100.0, 12.0), (100.0, 12.0)]);
    let text = "Student ID,Days Enrolled,Unexcused Absences\n1,100,3\n2,100,0\n";
    assert_eq!(asks(&read(&[text])), [&Ask::Measure]);
    // Answered by saying that this column is all of them.
    let o = read_answering(&[text], &|_, r| {
        r.columns[2].role = Role::DaysAbsent;
        r.layout = Reading::layout_of(&r.columns);
    });
    assert_eq!(days(&o), [(100.0, 3.0), (100.0, 0.0)]);
    // A percent beside them tells the rest.
    let o = read(&["Student ID,Days Enrolled,Unexcused Absences,Attendance %\n1,100,3,90\n2,100,0,97\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 3.0)]);
}

#[test]
fn a_total_below_its_kinds_is_asked_about_beside_excused_absences_too() {
    let text =
        "Student ID,Days Enrolled,Excused Absences,Unexcused Absences,Total Absences\n1,100,8,9,8\n2,100,1,3,1\n";
    let o = read(&[text]);
    assert!(matches!(asks(&o)[..], [Ask::Pick(pick)] if pick.topic == Topic::TotalHolds && pick.rows == 2));
    let with = |answer: Answer| {
        read_answering(&[text], &|_, r| {
            let _ = r.answers.insert(Topic::TotalHolds, answer);
        })
    };
    assert_eq!(days(&with(Answer::ExcusedOnly)), [(100.0, 17.0), (100.0, 4.0)]);
    assert_eq!(days(&with(Answer::AllAbsences)), [(100.0, 8.0), (100.0, 1.0)]);
    let fits = text.replace(",8\n", ",17\n").replace(",1\n", ",4\n");
    assert_eq!(days(&read(&[&fits])), [(100.0, 17.0), (100.0, 4.0)]);
}

#[test]
fn of_several_percents_of_a_student_the_last_holds() {
    let text = "Student ID,School,Quarter,Attendance %\n1,Oak,Q1,99\n1,Oak,Q2,85\n2,Oak,Q1,80\n2,Oak,Q2,97\n";
    let o = read(&[text]);
    assert!(matches!(asks(&o)[..], [Ask::Repeats { students: 2, .. }]));
    assert!(!o.readings[0].gives_days(), "nothing can be added up");
    let o = read_answering(&[text], &|_, r| r.repeats = Some(Repeats::Last));
    assert_eq!(percents(&o), [15.0, 3.0]);
    assert_eq!(kinds(&o), [(Why::RepeatedTotals, 2)]);
    assert_eq!(Why::RepeatedTotals.done(), "One row of this student and school used");
}

#[test]
fn fractions_among_percents_are_set_aside() {
    let o = read(&["Student ID,Attendance Rate\n1,0.93\n2,95.2\n3,0.85\n4,99.0\n5,97\n6,0.5%\n7,0\n"]);
    assert_eq!(kinds(&o), [(Why::FractionAmongPercents, 2)]);
    assert_eq!(percents(&o), [4.8, 1.0, 3.0, 99.5, 100.0]);
    // Of absences half a percent is usual.
    assert_eq!(percents(&read(&["Student ID,Absence Rate\n1,0.56\n2,9.5\n"])), [0.56, 9.5]);
    assert_eq!(percents(&read(&["Student ID,Attendance Rate\n1,0.93\n2,1\n"])), [7.0, 0.0]);
    assert_eq!(percents(&read(&["Student ID,Attendance Rate\n1,1\n2,1.00\n"])), [0.0, 0.0]);
}

#[test]
fn days_that_contradict_the_percent_beside_them_are_remarked() {
    let o = read(&["Student ID,Days Enrolled,Days Absent,Attendance %\n1,180,2,86\n2,180,4,88\n3,180,3,98\n"]);
    assert_eq!(days(&o).len(), 3);
    assert_eq!(kinds(&o), [(Why::RateDoesNotFit, 2)]);
}

#[test]
fn of_columns_of_several_years_the_latest_is_read() {
    let o = read(&[
        "Student ID,Days Enrolled 2023-24,Days Absent 2023-24,Days Enrolled 2024-25,Days Absent 2024-25\n1,170,3,180,18\n",
    ]);
    assert_eq!(days(&o), [(180.0, 18.0)]);
    assert_eq!(o.readings[0].columns[1].why, "Another column is of a later year");
    let o = read(&["Student ID,Attendance Rate 2023-24,Attendance Rate 2024-25\n1,99,85\n2,98,97\n"]);
    assert_eq!(percents(&o), [15.0, 3.0]);
    // Days of two years say nothing together.
    let o = read(&["Student ID,Days Enrolled 2025,Days Absent 2024\n1,180,3\n"]);
    assert_eq!(asks(&o), [&Ask::Measure]);
    assert_eq!(days(&read(&["Student ID,Days Enrolled 2024,Days Absent 2024\n1,180,3\n"])), [(180.0, 3.0)]);
}

#[test]
fn which_of_several_numbered_columns_is_meant_is_asked() {
    let o = read(&["Student ID,Days Enrolled,Absences 1,Absences 2,Absences 3\n1,180,6,6,8\n2,180,1,0,2\n"]);
    let expected = Ask::SameName { header: "Absences".into(), role: Role::DaysAbsent, columns: vec![2, 3, 4] };
    assert_eq!(asks(&o), [&expected]);
}

#[test]
fn the_date_of_an_export_is_no_day_of_attendance() {
    let o = read(&["Date,Student ID,Days Enrolled,Days Absent\n1/30/2026,1,90,9\n1/30/2026,3,90,1\n"]);
    assert_eq!(o.readings[0].layout, Layout::Totals);
    assert_eq!(days(&o), [(90.0, 9.0), (90.0, 1.0)]);
    // One row per day stays what it is.
    let o = read(&["Date,Student ID,Days Enrolled,Days Absent\n2026-01-29,1,1,0\n2026-01-30,1,1,1\n"]);
    assert_eq!(o.readings[0].layout, Layout::Dated);
    let o = read(&["Date,Student ID,Days Enrolled,Days Absent\n2026-01-29,1,90,1\n2026-01-30,1,90,0.5\n"]);
    assert_eq!(o.readings[0].layout, Layout::Dated);
}

#[test]
fn present_and_absent_can_be_percents() {
    assert_eq!(percents(&read(&["Student,Present,Absent\n1,92%,8%\n2,100%,0%\n"])), [8.0, 0.0]);
}

#[test]
fn more_headers_of_totals_are_known() {
    for header in [
        "student.studentNumber,attDayDetail.daysEnrolled,attDayDetail.daysAbsent",
        "Student ID,Days Enrolled YTD,Days Absent YTD",
        "Student ID,Days Enrl,Days Abs",
        "Student ID,Enr Days,Days Missed",
    ] {
        assert_eq!(days(&read(&[&format!("{header}\n1,100,9\n2,100,1\n")])), [(100.0, 9.0), (100.0, 1.0)], "{header}");
    }
    assert_eq!(days(&read(&["Student ID,Days Enrl,Days Prsnt\n1,100,91\n"])), [(100.0, 9.0)]);
    assert_eq!(percents(&read(&["Student ID,Pct Att\n1,91\n2,99\n"])), [9.0, 1.0]);
    assert_eq!(percents(&read(&["Student ID,Percent of Days Missed\n1,9\n2,1\n"])), [9.0, 1.0]);
    let o = read(&["Student ID,Days Enrolled,Excused,Unexcused,Suspended\n1,100,5,3,2\n2,100,0,1,0\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 1.0)]);
    // Ones and zeros about a suspension stay a condition; a teacher's name is no student's.
    let o = read(&["Student ID,Days Enrolled,Days Absent,Suspended,teacher.name\n1,100,5,1,Ng\n2,100,0,0,Ng\n"]);
    assert!(matches!(role(&o, "Suspended"), Role::Condition(_)));
    assert_eq!(role(&o, "teacher.name"), Role::NotUsed);
}

#[test]
fn an_empty_number_is_called_empty() {
    let o = read(&["Student ID,Days Enrolled,Days Absent\n1,100,\n2,100,1\n3,100,x\n4,100,*\n"]);
    assert_eq!(kinds(&o), [(Why::UnreadableNumber, 1), (Why::HiddenNumber, 1), (Why::EmptyNumber, 1)]);
    let o = read(&["Student ID,Attendance Rate\n1,\n2,95\n"]);
    assert_eq!(kinds(&o), [(Why::EmptyNumber, 1)]);
}

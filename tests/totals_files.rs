//! Files with one row per student whose headers say less than they seem to: read as they are meant, or
//! asked about, or remarked.

mod support_reading;
mod support_totals;

use bright_spots::attendance::{Days, Kind};
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Ids, Layout, Reading, Repeats};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use support_reading::{read, read_answering};
use support_totals::{days, percents};

fn asks(o: &Outcome) -> Vec<&Ask> {
    o.questions.iter().map(|q| &q.kind).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

/// The questions with fixed answers, and that there are no others.
fn asked(o: &Outcome) -> Vec<Topic> {
    let topic = |ask: &Ask| match ask {
        Ask::Pick(pick) => pick.topic,
        other => panic!("{other:?}"),
    };
    o.questions.iter().map(|q| topic(&q.kind)).collect()
}

fn answered(files: &[&str], topic: Topic, answer: Answer) -> Outcome {
    read_answering(files, &|_, r| {
        let _ = r.answers.insert(topic, answer);
    })
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
fn days_that_contradict_the_percent_beside_them_are_remarked_or_asked_about() {
    let text = "Student ID,Days Enrolled,Days Absent,Attendance %\n1,180,2,86\n2,180,4,97.8\n3,180,3,98\n";
    let o = read(&[text]);
    assert_eq!(days(&o).len(), 3);
    assert_eq!(kinds(&o), [(Why::RateDoesNotFit, 1)]);
    // Periods under the name of days: most rows contradict their percent.
    let text = "Student ID,Days Enrolled,Absences,Attendance %\n1,80,49,91.25%\n2,80,14,97.5%\n3,80,0,100%\n";
    assert_eq!(asked(&read(&[text])), [Topic::RateHolds]);
    assert_eq!(days(&answered(&[text], Topic::RateHolds, Answer::Percent)), [(80.0, 7.0), (80.0, 2.0), (80.0, 0.0)]);
    assert_eq!(days(&answered(&[text], Topic::RateHolds, Answer::Days)), [(80.0, 49.0), (80.0, 14.0), (80.0, 0.0)]);
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

#[test]
fn totals_and_dated_rows_of_the_same_students_are_never_added_up() {
    let totals = "Student ID,School,Days Enrolled,Days Absent\n1,Bay,60,2\n2,Bay,60,1\n3,Bay,60,0\n";
    let events = "Student ID,Absence Date,Code\n1,2025-09-02,U\n1,2025-09-04,U\n2,2025-09-02,U\n";
    let register = "Student ID,Date,Status\n1,2025-09-02,Absent\n1,2025-09-04,Absent\n1,2025-09-05,Present\n\
                    1,2025-09-08,Present\n2,2025-09-02,Absent\n2,2025-09-04,Present\n3,2025-09-02,Present\n";
    for dated in [events, register] {
        for files in [[totals, dated], [dated, totals]] {
            let o = read(&files);
            assert_eq!(days(&o), [(60.0, 2.0), (60.0, 1.0), (60.0, 0.0)]);
            assert_eq!(kinds(&o), [], "the totals list the students");
        }
    }
    // Where they differ, one of the two holds.
    let more = totals.replace("60,1", "60,7");
    let files: &[&str] = &[&more, events];
    assert_eq!(asked(&read(files)), [Topic::SourceHolds]);
    let with = |answer: Answer| days(&answered(files, Topic::SourceHolds, answer));
    assert_eq!(with(Answer::Totals), [(60.0, 2.0), (60.0, 7.0), (60.0, 0.0)]);
    assert_eq!(with(Answer::DatedRows), [(60.0, 2.0), (60.0, 1.0), (60.0, 0.0)]);
    // Of a percent no day is known; the dated rows show when.
    let percents_and_events = read(&["Student ID,Attendance %\n1,90\n2,95\n3,100\n", events]);
    assert_eq!(percents(&percents_and_events), [10.0, 5.0, 0.0]);
    assert!(percents_and_events.dataset.stays.iter().all(|s| s.absent == [Days::ZERO; Kind::COUNT]));
}

#[test]
fn a_number_of_days_for_everyone_is_not_added_up() {
    let text = "Student ID,Month,Days Absent\n1,Sep,3\n1,Oct,4\n2,Sep,0\n2,Oct,1\n";
    let with = |days: &str| {
        read_answering(&[text], &|_, r| {
            r.repeats = Some(Repeats::Add);
            r.days_for_all = Days::parse(days);
        })
    };
    assert_eq!(days(&with("40")), [(40.0, 7.0), (40.0, 1.0)]);
    // A student with more days missed than there were has no rate at all.
    let o = with("5");
    assert_eq!(days(&o), [(5.0, 1.0)]);
    assert_eq!(kinds(&o), [(Why::MoreAbsencesThanDays, 2)]);
}

#[test]
fn the_same_enrolled_days_on_every_row_of_a_student_count_once() {
    let text = "Student ID,Days Enrolled,Why,Days Absent\n1,100,Ill,6\n1,100,Trip,5\n2,100,Ill,2\n2,100,Trip,1\n";
    let offers = |text: &str| matches!(asks(&read(&[text]))[..], [Ask::Repeats { same_days: true, .. }]);
    assert!(offers(text));
    assert!(!offers(&text.replace("1,100,Trip", "1,90,Trip")));
    let o = read_answering(&[text], &|_, r| r.repeats = Some(Repeats::SameDays));
    assert_eq!(days(&o), [(100.0, 11.0), (100.0, 3.0)]);
    let o = read_answering(&[text], &|_, r| r.repeats = Some(Repeats::Add));
    assert_eq!(days(&o), [(200.0, 11.0), (200.0, 3.0)]);
}

#[test]
fn a_total_that_leaves_suspensions_out_is_asked_about() {
    let text = "Student ID,Days Enrolled,Days Absent,Days Absent Excused,Days Absent Unexcused,OSS Days\n\
                1,100,8,5,3,5\n2,100,4,4,0,0\n3,100,9,2,7,3\n";
    assert_eq!(asked(&read(&[text])), [Topic::SuspendedIn]);
    let with = |answer: Answer| days(&answered(&[text], Topic::SuspendedIn, answer));
    assert_eq!(with(Answer::WithoutSuspensions), [(100.0, 13.0), (100.0, 4.0), (100.0, 12.0)]);
    assert_eq!(with(Answer::AllAbsences), [(100.0, 8.0), (100.0, 4.0), (100.0, 9.0)]);
    // More suspensions than absences.
    let text = "Student ID,Days Enrolled,Days Absent,OSS Days\n1,100,2,5\n2,100,9,3\n";
    assert_eq!(asked(&read(&[text])), [Topic::SuspendedIn]);
    let inside = "Student ID,Days Enrolled,Days Absent,Excused,Unexcused,OSS Days\n1,100,8,2,3,3\n2,100,9,1,8,0\n";
    assert_eq!(days(&read(&[inside])), [(100.0, 8.0), (100.0, 9.0)]);
}

#[test]
fn days_late_that_days_present_leave_out_are_days_attended() {
    let expected = [(168.0, 6.0), (168.0, 13.0), (168.0, 18.0)];
    let plain = "Student ID,Days Present,Days Tardy,Days Absent\n1,160,2,6\n2,80,75,13\n3,150,0,18\n";
    let o = read(&[plain]);
    assert_eq!(days(&o), expected);
    assert_eq!(role(&o, "Days Tardy"), Role::DaysLate);
    let enrolled = "Student ID,Enrolled,Present,Late,Absent\n1,168,160,2,6\n2,168,80,75,13\n3,168,150,0,18\n";
    assert_eq!(days(&read(&[enrolled])), expected);
    // Among the days present already.
    let among = "Student ID,Days Present,Tardy,Days Absent\n1,162,2,6\n2,155,75,13\n3,150,0,18\n";
    assert_eq!(days(&read(&[among])), expected);
    let open = "Student ID,Days Present,Tardy,Days Absent\n1,160,2,6\n2,80,5,13\n3,120,7,18\n";
    assert_eq!(asked(&read(&[open])), [Topic::LateIs]);
    let with = |answer: Answer| days(&answered(&[open], Topic::LateIs, answer));
    assert_eq!(with(Answer::BesidePresent), [(168.0, 6.0), (98.0, 13.0), (145.0, 18.0)]);
    assert_eq!(with(Answer::AmongPresent), [(166.0, 6.0), (93.0, 13.0), (138.0, 18.0)]);
}

#[test]
fn days_that_do_not_add_up_in_most_rows_are_asked_about() {
    let text = "Student ID,Days Enrolled,Days Present,Days Absent\n1,90,80,6\n2,90,81,7\n3,90,90,0\n";
    assert_eq!(asked(&read(&[text])), [Topic::AddUp]);
    let with = |answer: Answer| days(&answered(&[text], Topic::AddUp, answer));
    assert_eq!(with(Answer::Absence), [(90.0, 6.0), (90.0, 7.0), (90.0, 0.0)]);
    assert_eq!(with(Answer::Attendance), [(90.0, 10.0), (90.0, 9.0), (90.0, 0.0)]);
    // Single rows are set aside.
    let o = read(&[&text.replace("2,90,81,7", "2,90,83,7")]);
    assert_eq!(days(&o), [(90.0, 7.0), (90.0, 0.0)]);
    assert_eq!(kinds(&o), [(Why::DaysDoNotAddUp, 1)]);
}

#[test]
fn rows_of_totals_and_averages_are_no_students() {
    for row in [
        "Class Average,,90.4,9.8",
        "Daily Total Present,,5,4",
        "Homeroom Total,,200,14",
        "Total Students: 2,,200,14",
        "Grade 2 Total,,200,3",
    ] {
        let o = read(&[&format!(
            "Student Name,Grade,Days Enrolled,Days Absent\n\"Ames, Lu\",2,98,8\n\"Total, Wes\",2,98,2\n{row}\n"
        )]);
        assert_eq!(days(&o), [(98.0, 8.0), (98.0, 2.0)], "{row}");
        assert_eq!(kinds(&o), [(Why::NotAStudentRow, 1)], "{row}");
    }
    // A number that looks like the others is a student's, whatever the name.
    let o = read(&[
        "Student ID,Student Name,Days Enrolled,Days Absent\n1,Ann Total,98,8\n2,Total,98,2\n,Grade Total,196,10\n",
    ]);
    assert_eq!(days(&o), [(98.0, 8.0), (98.0, 2.0)]);
    assert_eq!(kinds(&o), [(Why::NotAStudentRow, 1)]);
    let pivot = "Child,Sum of Days Enrolled,Sum of Days Absent\n901,170,20\n902,90,9\nGrand Total,260,29\n";
    assert_eq!(asks(&read(&[pivot])), [&Ask::Column(Role::Student)]);
    let o = read_answering(&[pivot], &|_, r| r.ids = Some(Ids::EachRow));
    assert_eq!(days(&o), [(170.0, 20.0), (90.0, 9.0)]);
    let o = read(&["Student,1/26/2026,1/27/2026\n\"Abel, Kim\",P,A\nP = Present,,\nA = Absent,,\n"]);
    assert_eq!(days(&o), [(2.0, 1.0)]);
}

#[test]
fn numbers_that_are_the_periods_beside_them_are_no_days() {
    let o = read(&[
        "Student ID,Days Enrolled,Period Absences,Absences Excused,Absences Unexcused\n1,80,49,20,29\n2,80,0,0,0\n",
    ]);
    assert_eq!(asks(&o), [&Ask::Measure]);
}

#[test]
fn half_days_count_half_where_the_days_leave_them_out() {
    let o = read(&["Student ID,Days Enrolled,Days Absent,Half Days Absent\n1,100,8,6\n2,100,0,1\n"]);
    assert_eq!(days(&o), [(100.0, 11.0), (100.0, 0.5)]);
    let o = read(&["Student ID,Days Enrolled,Full Days Absent,Half Days Absent\n1,100,8,6\n2,100,3,0\n"]);
    assert_eq!(days(&o), [(100.0, 11.0), (100.0, 3.0)]);
    let o = read(&["Student ID,Days Enrolled,Days Absent,Half Days Absent\n1,100,8,6\n2,100,3,0\n"]);
    assert_eq!(days(&o), [(100.0, 8.0), (100.0, 3.0)]);
    assert_eq!(kinds(&o), [(Why::AbsencesNotUsed, 0)]);
}

#[test]
fn further_kinds_of_absence_without_a_total_are_asked_about() {
    let text = "Student ID,Days Enrolled,Unexcused Absences,Excused Absences,Medical Absences,Religious Absences\n\
                1,90,3,3,5,0\n2,90,1,0,0,1\n";
    assert_eq!(asked(&read(&[text])), [Topic::OtherKind]);
    let with = |answer: Answer| days(&answered(&[text], Topic::OtherKind, answer));
    assert_eq!(with(Answer::AllAbsences), [(90.0, 11.0), (90.0, 2.0)]);
    assert_eq!(with(Answer::SomethingElse), [(90.0, 6.0), (90.0, 1.0)]);
}

#[test]
fn what_many_empty_cells_stand_for_is_asked_where_no_cell_says_zero() {
    let text = "Student ID,Days Enrolled,Days Absent\n1,100,\n2,100,\n3,100,12\n4,100,\n5,100,3\n";
    assert_eq!(asked(&read(&[text])), [Topic::Blanks]);
    let o = answered(&[text], Topic::Blanks, Answer::TrueZeros);
    assert_eq!(days(&o), [(100.0, 0.0), (100.0, 0.0), (100.0, 12.0), (100.0, 0.0), (100.0, 3.0)]);
    let o = answered(&[text], Topic::Blanks, Answer::HiddenNumbers);
    assert_eq!(days(&o), [(100.0, 12.0), (100.0, 3.0)]);
    // A zero among them says that an empty cell is something else.
    assert_eq!(days(&read(&[&text.replace("5,100,3", "5,100,0")])), [(100.0, 12.0), (100.0, 0.0)]);
}

#[test]
fn headers_of_reports_and_pivot_tables_are_known() {
    for header in [
        "Student ID,# of Days Enrolled,# of Days Absent",
        "Student ID,Sum of Days Enrolled,Sum of Days Absent",
        "Student ID,Year Days Enrolled,Year Days Absent",
    ] {
        assert_eq!(days(&read(&[&format!("{header}\n1,100,9\n2,100,1\n")])), [(100.0, 9.0), (100.0, 1.0)], "{header}");
    }
    assert_eq!(percents(&read(&["Student ID,MTD Attendance %,YTD Attendance %\n1,70,91\n2,100,99\n"])), [9.0, 1.0]);
    let o = read(&[
        "Student ID,IEP (Y/N),Grd,Year Enrolled,Days Enrolled,Days Absent\n1,Y,3,2021,100,9\n2,N,3,2020,100,1\n",
    ]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)]);
    assert!(matches!(role(&o, "IEP (Y/N)"), Role::Condition(_)));
    assert_eq!(role(&o, "Grd"), Role::Grade);
    // Days present and both kinds of absence are all days enrolled.
    let o = read(&["Student ID,Days Present,Absent - Excused,Absent - Unexcused\n1,80,5,5\n2,88,1,0\n"]);
    assert_eq!(days(&o), [(90.0, 10.0), (89.0, 1.0)]);
}

#[test]
fn a_status_of_enrolment_beside_totals_is_no_attendance() {
    let o = read(&[
        "Student ID,Status,Date,Days Enrolled,Days Absent\n1,Active,1/30/2026,98,10\n2,Withdrawn,1/30/2026,45,9\n",
    ]);
    assert_eq!(o.readings[0].layout, Layout::Totals);
    assert_eq!(days(&o), [(98.0, 10.0), (45.0, 9.0)]);
}

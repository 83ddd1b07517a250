//! Files of students as offices, clerks and systems of other countries write them: read as they are meant.

mod support_reading;
mod support_totals;

use bright_spots::attendance::{Days, Kind};
use bright_spots::ingest::import::{Failure, Head, propose};
use bright_spots::ingest::pick::Topic;
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::{Ask, Layout};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use support_reading::read;
use support_totals::{days, percents};

fn role(o: &Outcome, header: &str) -> Role {
    o.readings[0].columns.iter().find(|c| c.header == header).unwrap().role.clone()
}

#[test]
fn headers_whose_every_word_is_known_are_read() {
    for header in [
        "Pupil No,Days Poss,Total Days Missed",
        "Local Student ID,Memb YTD,Abs YTD",
        "Student Code,School Days to Date,Days Missed to Date",
        "Número de estudiante,Días matriculado,Días ausente",
        "Code permanent,Jours inscrits,Jours absents",
        "SRN,Days in Session,Total Absent",
    ] {
        assert_eq!(days(&read(&[&format!("{header}\n1,100,9\n2,100,1\n")])), [(100.0, 9.0), (100.0, 1.0)], "{header}");
    }
    let o = read(&["Student ID,Percent of Days Attended\n1,91\n2,99\n"]);
    assert_eq!(percents(&o), [9.0, 1.0]);
    let o = read(&["Student ID,Attendance\n1,91%\n2,99%\n"]);
    assert_eq!(percents(&o), [9.0, 1.0]);
    // The school's rate is not the student's, and the year so far is not the month.
    let o = read(&["Student ID,School Attendance Rate,Student Attendance Rate\n1,95,91\n2,95,99\n"]);
    assert_eq!(percents(&o), [9.0, 1.0]);
    let o = read(&["Student ID,Prior Year Attendance %,Current Year Attendance %\n1,50,91\n2,50,99\n"]);
    assert_eq!(percents(&o), [9.0, 1.0]);
    let o = read(&["Student ID,Absent Days (Equivalent),Absent Hours,Enrolled Days\n1,9,54,100\n2,1,6,100\n"]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)]);
    // Of several years the latest, wherever it stands in the header.
    let o =
        read(&["Student ID,2024-25 Days Absent,2025-26 Days Absent,2025-26 Days Enrolled\n1,20,9,100\n2,0,1,100\n"]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)]);
}

#[test]
fn sessions_of_authorised_and_unauthorised_absence_are_half_days() {
    let header = "UPN,Surname,Possible Sessions,Present,Authorised,Unauthorised,% Attendance";
    let o = read(&[&format!("{header}\nA1,Ames,140,126,10,4,90\nA2,Bird,140,139,1,0,99.3\n")]);
    assert_eq!(days(&o), [(70.0, 7.0), (70.0, 0.5)]);
    assert_eq!(o.dataset.stays[0].absent[Kind::Excused as usize], Days::whole(5));
    assert_eq!(role(&o, "Unauthorised"), Role::DaysUnexcused);
    assert_eq!(o.readings[0].columns[2].why, "Two of these make a day");
    let header = "NSN,Name,Half Days Possible,Half Days Present,Half Days Justified,Half Days Unjustified,% Attended";
    let o = read(&[&format!("{header}\n1,Ames,140,126,10,4,90\n2,Bird,140,139,1,0,99\n")]);
    assert_eq!(days(&o), [(70.0, 7.0), (70.0, 0.5)]);
    // Days are days, whatever the absences are called.
    let o = read(&["UPN,Possible Days,Days Authorised Absence,Days Unauthorised Absence\n1,140,10,4\n2,140,1,0\n"]);
    assert_eq!(days(&o), [(140.0, 14.0), (140.0, 1.0)]);
    // Classes, elsewhere.
    let o = read(&["Student ID,Sessions Held,Sessions Attended\n1,140,126\n2,140,139\n"]);
    assert_eq!(days(&o), [(140.0, 14.0), (140.0, 1.0)]);
}

#[test]
fn of_hours_and_minutes_only_the_share_is_known() {
    let header = "EMIS_STU_ID,ATTEND_HOURS,EXCUSED_HOURS,UNEXCUSED_HOURS,TOTAL_HOURS_ENROLLED";
    let o = read(&[&format!("{header}\nAA1,570,20,10,600\nAA2,480,60,60,600\n")]);
    assert_eq!(percents(&o), [5.0, 20.0]);
    let o = read(&["Student ID,Minutes Enrolled,Minutes Absent\n1,39000,3900\n2,39000,390\n"]);
    assert_eq!(percents(&o), [10.0, 1.0]);
    // Days beside them hold.
    let o =
        read(&["Student ID,Days Enrolled,Days Absent,Hours Enrolled,Hours Absent\n1,100,10,600,60\n2,100,1,600,6\n"]);
    assert_eq!(days(&o), [(100.0, 10.0), (100.0, 1.0)]);
}

#[test]
fn cells_with_words_or_both_numbers_are_read() {
    for text in [
        "ID,Name,Days Attended/Possible\n1,A,91/100\n2,B,99/100\n",
        "Student ID,Absences\n1,9 of 100 days\n2,1 of 100 days\n",
        "Student ID,Days Enrolled,Days Absent\n1,100 days,9 days\n2,100 days,1 day\n",
        "Student ID,Days Enrolled,Days Absent\n1,100,9 (9.0%)\n2,100,1 (1.0%)\n",
    ] {
        assert_eq!(days(&read(&[text])), [(100.0, 9.0), (100.0, 1.0)], "{text}");
    }
}

#[test]
fn a_number_of_the_row_is_not_the_student() {
    let mut text = String::from("sourcedId,userSourcedId,date,attendanceStatus\n");
    for (row, (student, day)) in (1..=2).flat_map(|s| (1..=9).map(move |d| (s, d))).enumerate() {
        let status = if student == 1 && day < 3 { "absent" } else { "present" };
        text.push_str(&format!("r{row},u{student},2025-10-0{day},{status}\n"));
    }
    assert_eq!(days(&read(&[&text])), [(9.0, 2.0), (9.0, 0.0)]);
}

fn schools(o: &Outcome) -> Vec<&str> {
    o.dataset.stays.iter().map(|s| o.dataset.schools[usize::from(s.school)].name.as_str()).collect()
}

fn kinds(o: &Outcome) -> Vec<(Why, u64)> {
    o.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

#[test]
fn a_row_for_all_schools_beside_the_schools_own_is_left_out() {
    let o = read(&["Student ID,School,Days Enrolled,Days Absent\n1,Elm,60,8\n1,Fir,40,1\n1,All Schools,100,9\n\
                    2,Elm,100,3\n2,All Schools,100,3\n3,All Schools,50,5\n"]);
    assert_eq!(days(&o), [(60.0, 8.0), (40.0, 1.0), (100.0, 3.0), (50.0, 5.0)]);
    assert_eq!(kinds(&o), [(Why::NotAStudentRow, 2)]);
}

#[test]
fn a_line_above_names_the_school_of_the_rows_below() {
    let o =
        read(&["Summary 2025-26\nSchool: Oak Elementary\nStudent ID,Days Enrolled,Days Absent\n1,100,12\n2,100,2\n\n\
                    School: Elm Elementary\nStudent ID,Days Enrolled,Days Absent\n3,100,9\n4,100,1\n"]);
    assert_eq!(schools(&o), ["Oak Elementary", "Oak Elementary", "Elm Elementary", "Elm Elementary"]);
    assert_eq!(days(&o)[2], (100.0, 9.0));
    let block = |school: &str, id: u8| {
        format!("School,{school},\nStudent ID,Days Enrolled,Days Absent\n{id},100,9\n8{id},100,1\n")
    };
    let o = read(&[&block("Oak", 1), &block("Elm", 2)]);
    assert_eq!(schools(&o), ["Oak", "Elm", "Oak", "Elm"]);
}

#[test]
fn merged_cells_hold_for_the_rows_below_them() {
    let o = read(&[
        "School,Student ID,Days Enrolled,Days Absent\nOak,1,100,12\n,2,100,2\n,3,100,1\nElm,4,100,9\n,5,100,0\n",
    ]);
    assert_eq!(schools(&o), ["Oak", "Oak", "Oak", "Elm", "Elm"]);
    let o = read(&[
        "Student ID,Date,Code,Days Enrolled\n1,9/15/2025,U,20\n,9/16/2025,U,20\n,9/17/2025,U,20\n2,9/18/2025,E,20\n",
    ]);
    assert_eq!(days(&o), [(20.0, 3.0), (20.0, 1.0)]);
    // Where values come again a blank one is missing.
    let o = read(&[
        "School,Student ID,Days Enrolled,Days Absent\nOak,1,100,12\n,2,100,2\n,3,100,1\nOak,4,100,9\n,5,100,0\n",
    ]);
    assert_eq!(kinds(&o), [(Why::NoSchool, 3)]);
}

#[test]
fn the_first_column_of_a_pivot_table_holds_the_students() {
    let o = read(&["Row Labels,Sum of Days Enrolled,Sum of Days Absent\n901,170,20\n902,170,3\nGrand Total,340,23\n"]);
    assert_eq!(days(&o), [(170.0, 20.0), (170.0, 3.0)]);
    // Schools, with or without their students below them, are none.
    for rows in ["Oak ES,340,23\n901,170,20\n902,170,3\n", "Oak ES,340,23\nElm ES,300,20\n"] {
        let o = read(&[&format!("Row Labels,Sum of Days Enrolled,Sum of Days Absent\n{rows}")]);
        assert!(matches!(o.questions[0].kind, Ask::Column(Role::Student)), "{rows}");
    }
}

#[test]
fn first_and_last_day_of_an_absence_are_no_enrolment() {
    let o = read(&[
        "Student ID,Start Date,End Date,Days Absent,Reason\n1,2/3/2025,2/5/2025,3,Illness\n2,3/24/2025,3/24/2025,1,Medical\n\
                    3,2/10/2025,2/21/2025,10,Holiday\n",
    ]);
    assert_eq!(o.readings[0].layout, Layout::Dated);
    assert!(o.questions.iter().any(|q| matches!(&q.kind, Ask::Pick(pick) if pick.topic == Topic::Spans)));
    let o = read(&["Student ID,Start Date,End Date,Days Absent\n1,8/20/2025,1/16/2026,3\n2,8/20/2025,1/16/2026,1\n"]);
    assert_eq!(o.readings[0].layout, Layout::Totals);
}

#[test]
fn a_common_code_that_a_list_describes_otherwise_is_asked_about() {
    let events = "Student ID,Date,Code\n1,9/15/2025,A\n1,9/16/2025,P\n2,9/15/2025,P\n2,9/16/2025,P\n";
    let o = read(&["Code,Description\nA,Alternate placement - not absent\nP,Present\n", events]);
    assert!(matches!(&o.questions[..], [q] if matches!(&q.kind, Ask::Code { code, .. } if code == "A")));
    let o = read(&["Code,Description\nA,Absent\nP,Present\n", events]);
    assert_eq!(days(&o), [(2.0, 1.0), (2.0, 0.0)]);
    let o = read(&["Student ID,Date,Code,Description\n1,9/15/2025,A,Alternate placement\n1,9/16/2025,P,Present\n\
                    2,9/15/2025,P,Present\n2,9/16/2025,P,Present\n"]);
    assert!(
        matches!(&o.questions[..], [q] if matches!(&q.kind, Ask::Code { code, .. } if code == "A, Alternate placement"))
    );
}

#[test]
fn a_neighbour_decides_the_order_of_day_and_month() {
    let month = |days: [&str; 2]| {
        let row = |day: &str| format!("1,Oak,{day},Absent\n2,Oak,{day},Present\n3,Oak,{day},Present\n");
        format!("Student ID,School,Date,Status\n{}{}", row(days[0]), row(days[1]))
    };
    let (open, sure) = (month(["02/09/2025", "03/09/2025"]), month(["13/10/2025", "14/10/2025"]));
    let o = read(&[&open, &sure]);
    assert_eq!(days(&o), [(4.0, 4.0), (4.0, 0.0), (4.0, 0.0)]);
    assert_eq!(o.dataset.calendar[0].to_string(), "2 Sep 2025");
    assert_eq!(o.readings[0].notes, ["Day and month are in the order of file 1.csv."]);
    assert!(matches!(read(&[&open]).questions[0].kind, Ask::Order { .. }));
}

#[test]
fn weekdays_before_the_days_of_a_wide_file_are_left_out() {
    let o = read(&["Student ID,Tue 9/2,Wed 9/3,Thu 9/4,Fri 9/5,Mon 9/8\n1,P,A,P,P,P\n2,P,P,P,P,P\n"]);
    assert_eq!(days(&o), [(5.0, 1.0), (5.0, 0.0)]);
}

#[test]
fn dashes_are_asked_about_where_no_cell_says_zero() {
    let o = read(&["Student ID,Days Enrolled,Days Absent\n1,100,-\n2,100,-\n3,100,12\n4,100,-\n5,100,3\n"]);
    assert!(matches!(&o.questions[..], [q] if matches!(&q.kind, Ask::Pick(pick) if pick.topic == Topic::Blanks)));
}

#[test]
fn a_letter_is_refused_as_what_it_is() {
    let what = |text: &str| match propose(&Head { name: "a.txt", bytes: text.as_bytes(), whole: true }) {
        Err(Failure::NotText { what, .. }) => what,
        Err(Failure::SchoolDays { .. }) => "whole schools".into(),
        other => format!("{other:?}"),
    };
    let letter =
        "Dear parents,\n\nPlease call the office before nine if your child is ill.\nWe miss them when they are away.\n";
    assert_eq!(what(letter), "text in sentences, not a table");
    assert_eq!(what("From: Office\nTo: Pat\nSubject: absences\n\nHere they are.\n"), "an e-mail, not a table");
    assert_eq!(what("hello\n"), "a single line of text, not a table");
    assert_eq!(
        what("School,Date,Enrolled,Present,Absent\nOak,2025-10-01,400,380,20\nOak,2025-10-02,400,390,10\n"),
        "whole schools"
    );
}

#[test]
fn a_word_alone_below_the_header_heads_the_rows_below_it() {
    let o = read(&["Student ID,Days Enrolled,Days Absent\nGrade 5,,\n501,100,9\n502,100,1\nGrade 6,,\n601,100,2\n"]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0), (100.0, 2.0)]);
}

#[test]
fn morning_and_afternoon_beside_a_date_are_its_periods() {
    let o = read(&["UPN,Date,AM,PM\n1,2025-09-15,A,A\n1,2025-09-16,P,P\n2,2025-09-15,P,P\n2,2025-09-16,P,P\n"]);
    assert_eq!(days(&o), [(2.0, 1.0), (2.0, 0.0)]);
}

#[test]
fn a_row_with_the_sums_of_all_others_is_no_student() {
    let rows =
        |last: &str| format!("Student ID,Name,Days Enrolled,Days Absent\n1,A,150,12\n2,B,150,2\n3,C,150,9\n{last}\n");
    for last in ["3,Students,450,23", "Count: 3,,450,23", "Median,,150,9"] {
        let o = read(&[&rows(last).replace("3,C", "4,C")]);
        assert_eq!(days(&o), [(150.0, 12.0), (150.0, 2.0), (150.0, 9.0)], "{last}");
        assert_eq!(kinds(&o), [(Why::NotAStudentRow, 1)], "{last}");
    }
}

#[test]
fn a_list_without_schools_makes_no_second_student() {
    let (mut totals, mut list) =
        (String::from("Student ID,School,Days Enrolled,Days Absent\n"), String::from("Student ID,IEP\n"));
    for id in 1..=12 {
        totals.push_str(&format!("{id},Oak,100,{id}\n"));
        list.push_str(&format!("{id},N\n"));
    }
    assert_eq!(days(&read(&[&list, &totals])).len(), 12);
}

#[test]
fn people_of_the_staff_are_not_taken_for_students() {
    let o = read(&["Employee ID,Name,Days Scheduled,Days Absent\n1,A,100,9\n2,B,100,1\n"]);
    assert!(matches!(o.questions[0].kind, Ask::Column(Role::Student)));
}

#[test]
fn a_column_called_id_is_the_student_beside_days_or_where_it_comes_again() {
    let o = read(&["ID,Days Enrolled,Days Absent\n01,100,9\n02,100,1\n"]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)]);
    let o = read(&["ID,Date,Code\n1,2025-09-15,A\n1,2025-09-16,P\n2,2025-09-15,P\n2,2025-09-16,P\n"]);
    assert_eq!(days(&o), [(2.0, 1.0), (2.0, 0.0)]);
    // The number of the row, beside a name.
    let o =
        read(&["ID,Name,Date,Code\n1,Ann,2025-09-15,A\n2,Ann,2025-09-16,P\n3,Bo,2025-09-15,P\n4,Bo,2025-09-16,P\n"]);
    assert_eq!(days(&o), [(2.0, 1.0), (2.0, 0.0)]);
}

#[test]
fn the_part_of_a_day_is_read_however_it_is_written() {
    for (header, absent, present) in [
        ("is_absent", "TRUE", "FALSE"),
        ("% of Day Absent", "100%", "0%"),
        ("Status", "Virtual - Absent", "In Person - Present"),
    ] {
        let o = read(&[&format!(
            "Student ID,Date,{header}\n1,2025-09-15,{absent}\n1,2025-09-16,{present}\n2,2025-09-15,{present}\n2,2025-09-16,{present}\n"
        )]);
        assert_eq!(days(&o), [(2.0, 1.0), (2.0, 0.0)], "{header}");
    }
}

#[test]
fn of_several_columns_the_one_that_says_more_is_used() {
    for header in [
        "Student ID,Total School Days,Days Enrolled,Days Absent",
        "Student ID,School Days to Date,Membership,Days Absent",
        "Student ID,Absences,Days Enrolled,Days Absent",
        "Student ID,Full Days Absent,Days Enrolled,Total Absences",
    ] {
        let o = read(&[&format!("{header}\n1,180,100,9\n2,180,100,1\n")]);
        assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)], "{header}");
    }
    // Days on which there was attendance to take are the same for everyone.
    let o = read(&["Student ID,Attendance Days,Days Absent\n1,100,9\n2,100,1\n"]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)]);
    let o = read(&["Student ID,Days of Attendance,Days Absent\n1,91,9\n2,99,1\n"]);
    assert_eq!(days(&o), [(100.0, 9.0), (100.0, 1.0)]);
}

#[test]
fn how_much_of_a_day_an_absence_lasted_is_read() {
    for (header, half, whole) in
        [("Day Fraction", "0.5", "1"), ("Amount", "0.5", "1.0"), ("Duration", "Half Day", "Full Day")]
    {
        let o = read(&[&format!(
            "Student ID,Date,Code,{header},Days Enrolled\n1,2025-09-15,U,{half},20\n1,2025-09-16,U,{whole},20\n2,2025-09-15,E,{half},20\n"
        )]);
        assert_eq!(days(&o), [(20.0, 1.5), (20.0, 0.5)], "{header}");
    }
    // Minutes are no part of a day.
    let o = read(&["Student ID,Date,Code,Duration,Days Enrolled\n1,2025-09-15,U,390,20\n2,2025-09-15,E,195,20\n"]);
    assert_eq!(days(&o), [(20.0, 1.0), (20.0, 1.0)]);
}

#[test]
fn a_number_that_counts_the_rows_is_no_student() {
    let o =
        read(&["ID,Name,Term,Days Enrolled,Days Absent\n1,Ann,T1,50,5\n2,Ann,T2,50,4\n3,Bo,T1,50,1\n4,Bo,T2,50,0\n"]);
    assert!(matches!(o.questions[0].kind, Ask::Repeats { students: 2, .. }));
}

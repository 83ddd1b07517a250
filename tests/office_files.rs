//! Files of students as offices, clerks and systems of other countries write them: read as they are meant.

mod support_reading;

use bright_spots::attendance::{Days, Kind};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use support_reading::read;

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

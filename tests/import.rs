//! Whole files through the reader: what comes out, and that the order of rows and the way the
//! bytes arrive change nothing.

use bright_spots::attendance::{Day, Tier};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::Ask;
use bright_spots::ingest::tally::{Outcome, whole};
use proptest::prelude::*;

fn read(files: &[&str]) -> Outcome {
    read_in_chunks(files, usize::MAX)
}

fn read_in_chunks(files: &[&str], chunk: usize) -> Outcome {
    let today = Day::parse_iso("2026-11-21").unwrap();
    let readings: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(at, text)| propose(&Head { name: &format!("file {at}"), bytes: text.as_bytes(), whole: true }).unwrap())
        .collect();
    let texts: Vec<&[u8]> = files.iter().map(|text| text.as_bytes()).collect();
    whole::count(readings, &texts, chunk, today)
}

fn tiers(outcome: &Outcome) -> Vec<(String, Tier)> {
    let d = &outcome.dataset;
    d.stays
        .iter()
        .map(|s| {
            let absent = s.absent.iter().copied().sum();
            (d.students.at(s.student as usize).id.to_string(), Tier::classify(s.enrolled, absent).unwrap())
        })
        .collect()
}

fn kinds(outcome: &Outcome) -> Vec<(Why, u64)> {
    outcome.problems.iter().map(|p| (p.kind, p.rows)).collect()
}

fn accounts_add_up(outcome: &Outcome) {
    for file in &outcome.dataset.files {
        assert_eq!(file.rows, file.rows_used + file.rows_set_aside, "{file:?}");
    }
}

#[test]
fn totals_give_tiers() {
    let o = read(&["student_id,school,days_enrolled,days_absent\n01,Alder,180,18\n02,Alder,180,9\n03,Birch,60,2.5\n"]);
    assert_eq!(o.questions, []);
    let expected = [("01".into(), Tier::Moderate), ("02".into(), Tier::AtRisk), ("03".into(), Tier::Satisfactory)];
    assert_eq!(tiers(&o), expected);
    accounts_add_up(&o);
}

#[test]
fn days_give_tiers_and_an_unknown_code_asks() {
    let mut text = String::from("Student ID,School,Date,Status\n");
    for day in 1..=20 {
        let a = if day <= 2 { "Excused" } else { "Present" };
        text += &format!("a,Alder,2026-01-{day:02},{a}\nb,Alder,2026-01-{day:02},Present\n");
    }
    let o = read(&[&text]);
    assert_eq!(o.questions, []);
    assert_eq!(tiers(&o), [("a".into(), Tier::Moderate), ("b".into(), Tier::Satisfactory)]);
    let o = read(&[&text.replace("01-05,Present", "01-05,FT")]);
    assert_eq!(o.questions[0].kind, Ask::Code { code: "FT".into(), rows: 2, first_line: 10 });
    assert_eq!(o.dataset.stays, []);
}

#[test]
fn absences_need_enrolled_days() {
    let events = "student,date,kind\n1001,2025-09-03,Unexc\n1002,2025-09-19,Exc\n1002,2025-09-22,Exc\n";
    let o = read(&[events]);
    assert_eq!(o.questions.iter().map(|q| &q.kind).collect::<Vec<_>>(), [&Ask::EnrolledDays]);
    let roster = "student,school,enrolled\n1001,Alder,20\n1002,Alder,20\n1003,Alder,20\n";
    let o = read(&[events, roster]);
    assert_eq!(o.questions, []);
    let expected =
        [("1001".into(), Tier::AtRisk), ("1002".into(), Tier::Moderate), ("1003".into(), Tier::Satisfactory)];
    assert_eq!(tiers(&o), expected);
    accounts_add_up(&o);
}

#[test]
fn a_student_missing_from_the_roster_is_reported_with_its_line() {
    let events = "student,date,kind\n1001,2025-09-03,Unexc\n1009,2025-09-19,Exc\n";
    let o = read(&[events, "student,school,enrolled\n1001,Alder,20\n"]);
    assert_eq!(kinds(&o), [(Why::NotOnRoster, 1)]);
    assert_eq!(o.set_aside[0].line, 3);
    accounts_add_up(&o);
}

#[test]
fn two_rows_that_contradict_each_other_are_both_set_aside_with_their_lines() {
    let mut text = String::from("Student ID,School,Date,Status\n");
    for day in 1..=12 {
        text += &format!("a,Alder,2026-01-{day:02},P\n");
    }
    text += "a,Alder,2026-01-03,A\na,Alder,2026-01-04,P\n";
    let o = read(&[&text]);
    assert_eq!(kinds(&o), [(Why::ConflictingRows, 2), (Why::DuplicateRow, 1)]);
    let lines: Vec<u64> = o.set_aside.iter().map(|s| s.line).collect();
    assert_eq!(lines, [4, 14, 15]);
    assert_eq!(o.dataset.stays[0].enrolled.thousandths(), 11_000);
    accounts_add_up(&o);
}

#[test]
fn rows_that_cannot_be_right_are_set_aside_with_their_reason() {
    let o = read(&[
        "student_id,days_enrolled,days_absent\n1,180,5\n2,20,21\n3,0,0\n,180,1\n5,x,1\n6,180,*\n7,180,-1\n8,180,3\n1,180,5\n",
    ]);
    let mut found = kinds(&o);
    found.sort();
    let expected = [
        (Why::NoStudent, 1),
        (Why::UnreadableNumber, 1),
        (Why::HiddenNumber, 1),
        (Why::NoEnrolledDays, 1),
        (Why::NegativeDays, 1),
        (Why::MoreAbsencesThanDays, 1),
        (Why::DuplicateRow, 1),
    ];
    assert_eq!(found, expected);
    accounts_add_up(&o);
}

#[test]
fn dates_that_could_be_either_are_decided_by_the_column_or_asked() {
    let day = |rows: &str| read(&[&format!("student_id,date,status\n{rows}")]);
    let o = day("1,1/9/2019,P\n1,2/9/2019,P\n1,13/9/2019,A\n");
    assert_eq!(o.dataset.calendar.last().map(|d| d.iso()).as_deref(), Some("2019-09-13"));
    let o = day("1,1/9/2019,P\n1,2/9/2019,P\n1,3/9/2019,A\n");
    assert!(matches!(o.questions[0].kind, Ask::Order { .. }));
}

#[test]
fn the_order_of_rows_and_the_cut_of_bytes_change_nothing() {
    let mut rows = Vec::new();
    for student in 0..7 {
        for day in 1..=20 {
            let status = ["Present", "Excused", "Tardy", "Unexcused"][(student * 7 + day * 3) % 4];
            rows.push(format!("s{student},\"School, {}\",{},2026-01-{day:02},{status}\n", student % 2, student % 3));
        }
    }
    rows.push("s1,\"School, 0\",2,2026-01-03,Present\n".into());
    rows.push("s2,\"School, 0\",1,2026-01-04,Unexcused\n".into());
    let header = "Student ID,School,Grade,Date,Status\n";
    let forward = header.to_string() + &rows.concat();
    rows.reverse();
    let backward = header.to_string() + &rows.concat();
    let (a, b) = (read(&[&forward]), read(&[&backward]));
    assert_eq!(a.dataset, b.dataset);
    assert_eq!(kinds(&a), kinds(&b));
    for chunk in [1, 7, 16, 17, 1000] {
        assert_eq!(read_in_chunks(&[&forward], chunk), a, "{chunk}");
    }
}

proptest! {
    /// A register of whole days, where lines repeat byte for byte, with some rows out of step.
    #[test]
    fn a_register_in_order_is_counted_like_one_in_disorder(
        marks in prop::collection::vec(0usize..12, 60..200),
        columns in 0usize..4,
        line_end in prop::sample::select(vec!["\n", "\r\n"]),
        cut in 1usize..300,
    ) {
        let header = ["id,school,date,status", "date,id,school,status", "status,id,date,school", "id,date,status,school"][columns];
        let mut rows: Vec<String> = Vec::new();
        for (at, mark) in marks.iter().enumerate() {
            let (student, day) = (at % 10, at / 10 % 9 + 1);
            let status = ["Excused", "\"Present\"", "Tardy"].get(*mark).unwrap_or(&"Present");
            let school = if *mark == 4 { "\"Birch, \"\"B\"\"\"" } else { "Alder" };
            let cells = [format!("s{student}"), school.to_string(), format!("2026-01-0{day}"), (*status).to_string()];
            let order = [[0, 1, 2, 3], [2, 0, 1, 3], [3, 0, 2, 1], [0, 2, 3, 1]][columns];
            rows.push(order.map(|at| cells[at].clone()).join(","));
        }
        let file = |rows: &[String]| format!("{header}{line_end}{}{line_end}", rows.join(line_end));
        let in_order = read_in_chunks(&[&file(&rows)], cut);
        // Every other row first: hardly a line follows the one it followed before.
        let (mut mixed, odd): (Vec<_>, Vec<_>) = rows.iter().cloned().enumerate().partition(|(at, _)| at % 2 == 0);
        mixed.extend(odd);
        mixed.sort_by_key(|(at, _)| (at * 7919) % 1009);
        let mixed: Vec<String> = mixed.into_iter().map(|(_, row)| row).collect();
        let mixed = read(&[&file(&mixed)]);
        prop_assert_eq!(&in_order.dataset.stays, &mixed.dataset.stays);
        prop_assert_eq!(&in_order.dataset.marks, &mixed.dataset.marks);
        prop_assert!(!in_order.dataset.stays.is_empty());
        // Of three rows of a day it depends on their order which ones repeat and which contradict each other.
        let aside = |o: &Outcome| kinds(o).iter().map(|(_, rows)| rows).sum::<u64>();
        prop_assert_eq!(aside(&in_order), aside(&mixed));
    }

    /// The quick way through rows that repeat what is known ends where looking at every row does.
    #[test]
    fn counting_what_is_known_ends_where_looking_at_every_row_does(
        rows in prop::collection::vec((0usize..4, 0usize..2, 0usize..3, 1usize..9, 0usize..7, 0usize..3), 1..120),
        (quoted, cut) in (any::<bool>(), 1usize..400),
        periods in any::<bool>(),
    ) {
        let mut text = String::from("Student ID,Student Name,School,Grade,ELL,Date,Status");
        text.push_str(if periods { ",Period\n" } else { "\n" });
        for (at, (student, school, trait_, day, status, name)) in rows.into_iter().enumerate() {
            let name = ["", "Doe, Jo", "Roe, Al"][name];
            let ell = ["Y", "N", ""][trait_];
            let status = ["Present", "P", "Present", "Present", "Tardy", "Excused", "Unexcused"][status];
            let (date, status) = if quoted { (format!("\"2026-01-0{day}\""), format!("\"{status}\"")) } else { (format!("2026-01-0{day}"), status.to_string()) };
            let period = if periods { format!(",{}", at % 3 + 1) } else { String::new() };
            text.push_str(&format!("s{student},\"{name}\",\"School, {school}\",{trait_},{ell},{date},{status}{period}\n"));
        }
        let quick = read(&[&text]);
        // A cell more than the quick way can compare: a part of the day, which is nowhere given.
        let slow: String = text.lines().enumerate().map(|(at, line)| line.to_string() + if at == 0 { ",Excused\n" } else { ",\n" }).collect();
        let slow = read(&[&slow]);
        // In daily order of the same students, most lines repeat others byte for byte.
        prop_assert_eq!(&read_in_chunks(&[&text], cut), &quick);
        prop_assert_eq!(&quick.dataset.stays, &slow.dataset.stays);
        prop_assert_eq!(&quick.dataset.students, &slow.dataset.students);
        prop_assert_eq!(&quick.dataset.attributes, &slow.dataset.attributes);
        prop_assert_eq!(&quick.dataset.marks, &slow.dataset.marks);
        prop_assert_eq!(kinds(&quick), kinds(&slow));
        prop_assert_eq!(quick.dataset.files[0].rows_used, slow.dataset.files[0].rows_used);
        prop_assert_eq!(quick.dataset.files[0].rows_set_aside, slow.dataset.files[0].rows_set_aside);
    }
}

#[test]
fn a_list_of_students_alone_gives_no_rate() {
    let o = read(&["student_id,school,days_enrolled,ell\n1,Alder,100,Y\n2,Alder,100,N\n"]);
    assert_eq!(o.questions.iter().map(|q| &q.kind).collect::<Vec<_>>(), [&Ask::Measure]);
    assert_eq!(o.dataset.stays, []);
}

#[test]
fn one_cell_that_is_no_number_does_not_change_what_the_column_is() {
    let o = read(&["Student ID,School,Days Enrolled,Days Absent\n1,A,100,5\n2,A,100,101\n3,A,100,many\n4,A,100,20\n"]);
    assert_eq!(kinds(&o), [(Why::UnreadableNumber, 1), (Why::MoreAbsencesThanDays, 1)]);
    assert_eq!(o.dataset.stays.len(), 2);
}

#[test]
fn two_columns_of_one_name_ask_which_is_meant() {
    let o = read(&["Student ID,School,School,Days Enrolled,Days Absent\n1,Alder,Birch,100,5\n"]);
    assert!(
        matches!(&o.questions[0].kind, Ask::SameName { header, columns, .. } if header == "School" && columns == &[1, 2])
    );
}

#[test]
fn files_of_schools_are_read_and_hidden_numbers_stay_unknown() {
    let absence = "DBN,school_year,chronic_absent_count,chronic_absent_rate\n01X,2024-25,47.0,24.48\n02X,2024-25,,\n";
    let profile = "DBN,school_name,school_year,pct_poverty\n01X,Alder,2024-25,0.5\n02X,Birch,2024-25,Above 95%\n";
    let o = read(&[absence, profile]);
    assert_eq!((&o.questions, &o.problems), (&vec![], &vec![]), "{:?}", o.readings);
    let d = o.dataset;
    assert_eq!(d.schools.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Alder", "Birch"]);
    let row = |school: u16, with_rate: bool| {
        d.published.iter().find(|p| p.school == Some(school) && p.shares.is_empty() == with_rate).unwrap()
    };
    assert_eq!((row(0, true).chronic, row(0, true).rate), (Some(47), Some(0.2448)));
    assert_eq!((row(1, true).chronic, row(1, true).rate), (None, None));
    assert_eq!(row(1, false).shares, [("economically_disadvantaged".to_string(), Some(0.975))]);
}

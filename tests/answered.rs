//! Answers of a reading in words, and taken back.

use bright_spots::attendance::Days;
use bright_spots::ingest::answered::answered;
use bright_spots::ingest::dates::DateOrder;
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::pick::{Answer, Topic};
use bright_spots::ingest::reading::{Ids, Reading, Repeats};

fn proposed() -> Reading {
    let text = "Student ID,School,Days Enrolled,Days Absent\n1,Alder,100,4\n2,Alder,100,12\n";
    propose(&Head { name: "totals.csv", bytes: text.as_bytes(), whole: true }).unwrap()
}

#[test]
fn every_answer_is_said_in_words_and_can_be_taken_back() {
    let before = proposed();
    assert_eq!(answered(&before), [], "nothing was asked");
    let mut reading = Reading {
        date_order: Some(DateOrder::DayFirst),
        days_for_all: Some(Days::parse("98.5").unwrap()),
        repeats: Some(Repeats::Last),
        every_day: Some(false),
        ids: Some(Ids::WithinSchool),
        ..before.clone()
    };
    reading.answers.insert(Topic::PercentOf, Answer::Absence);
    reading.answers.insert(Topic::SchoolDays, Answer::AllWeekdays);
    reading.answers.insert(Topic::NotTaken, Answer::Present);
    let said: Vec<String> =
        answered(&reading).into_iter().map(|(_, title, words)| format!("{title}: {words}")).collect();
    assert_eq!(
        said,
        [
            "Dates: Day first",
            "Enrolled days: 98.5 for every student",
            "Several rows for a student: Running totals: the last one holds",
            "One row for each day?: Only some days",
            "Whose numbers: Different students",
            "Attendance or absence?: Days missed",
            "School days: All weekdays between",
        ]
    );
    for (about, _, _) in answered(&reading) {
        about.forget(&mut reading);
    }
    // Days never taken keep their own control beside their count.
    assert_eq!(reading.answers.remove(&Topic::NotTaken), Some(Answer::Present));
    assert_eq!(reading, before);
}

//! What the person, or the file itself, has answered of the questions about it: to be seen and asked anew after the
//! numbers stand.

use super::dates::DateOrder;
use super::pick::{Answer, Pick, Topic};
use super::reading::{Ids, Reading, Repeats};

/// What an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    DateOrder,
    EnrolledDays,
    Repeats,
    EveryDay,
    Ids,
    Topic(Topic),
}

impl About {
    /// Takes the answer back, so that the question is asked again where it still arises.
    pub fn forget(self, reading: &mut Reading) {
        match self {
            About::DateOrder => reading.date_order = None,
            About::EnrolledDays => reading.days_for_all = None,
            About::Repeats => reading.repeats = None,
            About::EveryDay => reading.every_day = None,
            About::Ids => reading.ids = None,
            About::Topic(topic) => drop(reading.answers.remove(&topic)),
        }
    }
}

/// The answers that a reading holds: what each is about, its question in short, and the answer in words. Codes,
/// columns and choices that can be changed where they stand are not among them.
#[must_use]
pub fn answered(reading: &Reading) -> Vec<(About, String, String)> {
    let mut all = Vec::new();
    let mut add = |about: About, title: &str, answer: &str| all.push((about, title.to_string(), answer.to_string()));
    if let Some(order) = reading.date_order {
        add(
            About::DateOrder,
            "Dates",
            match order {
                DateOrder::MonthFirst => "Month first",
                DateOrder::DayFirst => "Day first",
            },
        );
    }
    if let Some(days) = reading.days_for_all {
        add(About::EnrolledDays, "Enrolled days", &format!("{} for every student", days.as_f64()));
    }
    if let Some(repeats) = reading.repeats {
        add(About::Repeats, "Several rows for a student", repeats_words(repeats));
    }
    if let Some(every_day) = reading.every_day {
        add(About::EveryDay, "One row for each day?", if every_day { EVERY_DAY } else { SOME_DAYS });
    }
    if let Some(ids) = reading.ids {
        add(About::Ids, "Whose numbers", ids_words(ids));
    }
    for (&topic, &answer) in reading.answers.iter().filter(|(topic, _)| **topic != Topic::NotTaken) {
        // Only the words are wanted of it; those with numbers in them are said without.
        let pick = Pick { topic, about: String::new(), rows: 0, of: 0 };
        let words = match answer {
            Answer::DaysWithRows => Some("The days with a row".to_string()),
            Answer::AllWeekdays => Some("All weekdays between".to_string()),
            _ => pick.choices().into_iter().find(|(choice, _)| *choice == answer).map(|(_, words)| words),
        };
        if let Some(words) = words {
            add(About::Topic(topic), pick.title(), &words);
        }
    }
    all
}

pub const EVERY_DAY: &str = "Every student and day";
pub const SOME_DAYS: &str = "Only some days";

#[must_use]
pub const fn repeats_words(repeats: Repeats) -> &'static str {
    match repeats {
        Repeats::Add => "Separate times: add them up",
        Repeats::SameDays => "The same enrolled days on every row: add up the absences only",
        Repeats::Last => "Running totals: the last one holds",
    }
}

#[must_use]
pub const fn ids_words(ids: Ids) -> &'static str {
    match ids {
        Ids::Everywhere => "The same student, who changed school",
        Ids::WithinSchool => "Different students",
        Ids::EachRow => "Each row is a different student",
    }
}

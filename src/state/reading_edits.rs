//! Changing how the files are read, before they are read again.

use super::import::Then;
use super::{AppState, Import};
use crate::attendance::Day;
use crate::browser::{clock, focus};
use crate::ingest::answered::About;
use crate::ingest::codes::Meaning;
use crate::ingest::import::How;
use crate::ingest::reading::{Ask, Reading};
use crate::ingest::roles::Role;
use crate::ingest::school_days;
use crate::ingest::sniff::Dialect;
use leptos::prelude::*;

impl AppState {
    /// What is still open before the readings can be used, as they now stand.
    #[must_use]
    pub fn open_questions(&self) -> Vec<(u16, Ask)> {
        let Import::Asking(outcome) = self.import.get() else { return Vec::new() };
        self.readings.with(|readings| {
            let mut open = Vec::new();
            for (file, reading) in readings.iter().enumerate() {
                open.extend(reading.open_columns().into_iter().map(|ask| (file as u16, ask)));
            }
            for question in &outcome.questions {
                let Some(reading) = readings.get(usize::from(question.file)) else { continue };
                let is_open = match &question.kind {
                    Ask::Column(_) | Ask::SameName { .. } => false,
                    // Lists say nothing of absence; a file whose layout is open asks by its columns.
                    Ask::Measure => readings.iter().all(|r| r.layout.is_list()),
                    Ask::Code { code, .. } => !reading.codes.contains_key(code),
                    Ask::Order { .. } => reading.date_order.is_none(),
                    Ask::EnrolledDays => {
                        readings.iter().all(|r| r.days_for_all.is_none())
                            && !reading.has(&Role::DaysEnrolled)
                            && !reading.has(&Role::PercentAbsent)
                            && !reading.has(&Role::PercentPresent)
                            && (!reading.has(&Role::DaysPresent) || !reading.has(&Role::DaysAbsent))
                    }
                    Ask::EveryDay { .. } => reading.every_day.is_none(),
                    Ask::Repeats { .. } => reading.repeats.is_none(),
                    Ask::Ids { .. } => reading.ids.is_none(),
                    Ask::Pick(pick) => reading.answer(pick.topic).is_none(),
                };
                if is_open {
                    open.push((question.file, question.kind.clone()));
                }
            }
            open
        })
    }

    /// Changes one file's reading.
    pub fn edit_reading(&self, file: usize, change: impl FnOnce(&mut Reading)) {
        self.readings.update(|readings| {
            if let Some(reading) = readings.get_mut(file) {
                change(reading);
            }
        });
    }

    /// Gives a column a role; a column that had it loses it, and the layout follows.
    pub fn set_role(&self, file: usize, column: usize, role: Role) {
        self.edit_reading(file, |reading| {
            let role = reading.columns.get(column).map_or(role.clone(), |c| role.of_column(&c.header));
            if role.is_single() {
                for other in reading.columns.iter_mut().filter(|c| c.role == role) {
                    other.role = Role::NotUsed;
                    other.why = String::new();
                }
            }
            if let Some(chosen) = reading.columns.get_mut(column) {
                chosen.role = role;
                chosen.why = "You chose this".into();
                chosen.chosen = true;
            }
            reading.layout = Reading::layout_of(&reading.columns);
        });
    }

    pub fn set_code(&self, file: usize, code: &str, meaning: Meaning) {
        self.edit_reading(file, |reading| {
            let _ = reading.codes.insert(code.into(), meaning);
        });
    }

    /// Takes a day out of the school days of all files, or puts it in; the opposite of an earlier change
    /// undoes it.
    pub fn set_school_day(&self, day: Day, is_school: bool) {
        self.readings.update(|all| {
            for reading in all {
                school_days::change(&mut reading.days, day, is_school);
            }
        });
    }

    /// Keeps why a day was taken out or put in.
    pub fn explain_school_day(&self, day: Day, why: &str) {
        self.readings.update(|all| {
            for reading in all {
                school_days::explain(&mut reading.days, day, why);
            }
        });
    }

    /// Takes an answer back and reads again: where the question still arises, it is asked with what speaks for
    /// each answer.
    pub fn ask_again(&self, file: usize, about: About) {
        self.begin_change(Then::Stay);
        self.edit_reading(file, |reading| about.forget(reading));
        self.ask(self.readings.get_untracked().into_iter().map(How::As).collect(), Vec::new());
    }

    /// Reads one file again, cut with other signs. The others stay as they were decided. `place` is the
    /// control that changed it, where the keyboard is to come back to.
    pub fn cut_with(&self, file: usize, dialect: Dialect, place: String) {
        let readings = self.readings.get_untracked();
        self.begin_change(Then::Stay);
        self.place.set_value(Some(place));
        self.read_again(readings, file, Some(dialect));
    }

    /// Brings the keyboard back to the control that changed the reading, once the page stands again.
    pub(super) fn return_to_place(&self) {
        let Some(place) = self.place.try_update_value(Option::take).flatten() else { return };
        leptos::task::spawn_local(async move {
            clock::pause(50).await;
            focus::focus_in_place(&place);
        });
    }
}

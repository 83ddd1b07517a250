//! The school days in use, and what the person changed of them: days taken out, weekdays put in.

use super::reading::Reading;
use crate::attendance::Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day that the person took out of the school days or put in, and why. Holds for all schools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayChange {
    #[serde(serialize_with = "write_day", deserialize_with = "read_day")]
    pub day: Day,
    /// Put in; otherwise taken out.
    pub is_school: bool,
    /// In the person’s words; may be empty.
    #[serde(default)]
    pub why: String,
}

// Written as `2026-02-13`, since people open readings and look.
fn write_day<S: Serializer>(day: &Day, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&day.iso())
}

fn read_day<'d, D: Deserializer<'d>>(from: D) -> Result<Day, D::Error> {
    let text = String::deserialize(from)?;
    Day::parse_iso(&text).ok_or_else(|| serde::de::Error::custom("no day"))
}

/// What makes a day a school day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// The files hold no days.
    #[default]
    None,
    /// A row for every student and day: students were enrolled on the days they have a row for.
    Rows,
    /// A calendar, or days that the person confirmed: enrolled days are counted on them.
    Told,
    /// Only absences stand on days; enrolled days come from elsewhere.
    Absences,
}

/// The school days in use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolDays {
    pub basis: Basis,
    /// Ascending, each with its rows: of students, or of absences.
    pub days: Vec<(Day, u64)>,
}

/// What a day is, as the person now has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayState {
    School,
    NoSchool,
    /// The person took it out.
    TakenOut,
    /// The person put it in.
    PutIn,
}

impl DayState {
    #[must_use]
    pub const fn is_school(self) -> bool {
        matches!(self, DayState::School | DayState::PutIn)
    }
}

impl SchoolDays {
    /// The state of a day, with changes made since it was found: `counted` are those that were counted
    /// with, `now` those that stand.
    #[must_use]
    pub fn state(&self, day: Day, counted: &[DayChange], now: &[DayChange]) -> DayState {
        let of = |changes: &[DayChange]| changes.iter().find(|change| change.day == day).map(|change| change.is_school);
        match (of(now), of(counted)) {
            (Some(true), _) => DayState::PutIn,
            (Some(false), _) => DayState::TakenOut,
            // Undone, and not counted again yet.
            (None, Some(was_put_in)) if was_put_in => DayState::NoSchool,
            (None, Some(_)) => DayState::School,
            (None, None) if self.rows(day).is_some() => DayState::School,
            (None, None) => DayState::NoSchool,
        }
    }

    /// The rows of a day in use.
    #[must_use]
    pub fn rows(&self, day: Day) -> Option<u64> {
        self.days.binary_search_by_key(&day, |(day, _)| *day).ok().map(|at| self.days[at].1)
    }

    /// The first day of each month that school days, changed ones too, lie in.
    #[must_use]
    pub fn months(&self, changes: &[DayChange]) -> Vec<Day> {
        let Some((first, last)) = self.span(changes) else { return Vec::new() };
        let start = |day: Day| day.plus(1 - i32::from(day.ymd().2));
        let mut months = vec![start(first)];
        while let Some(next) = months.last().map(|month| start(month.plus(31))).filter(|next| *next <= last) {
            months.push(next);
        }
        months
    }

    /// The first and last school day, changed ones too: days between them can be changed.
    #[must_use]
    pub fn span(&self, changes: &[DayChange]) -> Option<(Day, Day)> {
        let days = || self.days.iter().map(|(day, _)| *day).chain(changes.iter().map(|change| change.day));
        days().min().zip(days().max())
    }

    /// Days on which so few rows stand that they may be no school days: under a quarter of the busiest day’s.
    #[must_use]
    pub fn quiet(&self) -> Vec<(Day, u64)> {
        if self.basis != Basis::Rows {
            return Vec::new();
        }
        let most = self.days.iter().map(|(_, rows)| *rows).max().unwrap_or(0);
        self.days.iter().copied().filter(|(_, rows)| *rows > 0 && rows * 4 < most).collect()
    }
}

/// The person’s changes over all files: of two for one day the first holds.
pub fn changes(readings: &[Reading]) -> impl Iterator<Item = &DayChange> {
    let all = || readings.iter().flat_map(|reading| &reading.days);
    all().enumerate().filter(move |(at, change)| !all().take(*at).any(|other| other.day == change.day)).map(|(_, c)| c)
}

/// Longest reason, in characters.
pub const LONGEST_WHY: usize = 120;

/// Most changes of one reading: more than a year has weekdays.
pub const MOST_CHANGES: usize = 400;

/// Changes a day to school or none; where that is what the files say anyway, the change is forgotten.
pub fn change(changes: &mut Vec<DayChange>, day: Day, is_school: bool) {
    match changes.binary_search_by_key(&day, |change| change.day) {
        Ok(at) if changes[at].is_school != is_school => {
            let _ = changes.remove(at);
        }
        Ok(_) => {}
        Err(at) if changes.len() < MOST_CHANGES => {
            changes.insert(at, DayChange { day, is_school, why: String::new() });
        }
        Err(_) => {}
    }
}

/// Keeps the reason for a change.
pub fn explain(changes: &mut [DayChange], day: Day, why: &str) {
    if let Some(change) = changes.iter_mut().find(|change| change.day == day) {
        change.why = why.chars().filter(|c| !c.is_control()).take(LONGEST_WHY).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_kept_once_and_undone_by_its_opposite() {
        let day = |text| Day::parse_iso(text).unwrap();
        let mut changes = Vec::new();
        change(&mut changes, day("2025-11-14"), false);
        change(&mut changes, day("2025-11-03"), true);
        change(&mut changes, day("2025-11-14"), false);
        explain(&mut changes, day("2025-11-14"), "Snow\nday");
        assert_eq!(
            changes.iter().map(|c| (c.day.iso(), c.is_school, c.why.as_str())).collect::<Vec<_>>(),
            [("2025-11-03".to_string(), true, ""), ("2025-11-14".to_string(), false, "Snowday")]
        );
        let written = serde_json::to_string(&changes).unwrap();
        assert!(written.contains("\"2025-11-14\""), "{written}");
        assert_eq!(serde_json::from_str::<Vec<DayChange>>(&written).unwrap(), changes);
        change(&mut changes, day("2025-11-14"), true);
        assert_eq!(changes.len(), 1);
    }

    #[test]
    fn a_day_is_what_the_person_has_made_of_it() {
        let day = |text| Day::parse_iso(text).unwrap();
        let change = |text, is_school| DayChange { day: day(text), is_school, why: String::new() };
        let found = SchoolDays {
            basis: Basis::Rows,
            days: vec![(day("2025-11-13"), 80), (day("2025-11-15"), 3), (day("2026-01-05"), 80)],
        };
        let state = |text, counted: &[DayChange], now: &[DayChange]| found.state(day(text), counted, now);
        let out = [change("2025-11-14", false)];
        assert_eq!(state("2025-11-13", &[], &[]), DayState::School);
        assert_eq!(state("2025-11-14", &[], &[]), DayState::NoSchool);
        assert_eq!(state("2025-11-14", &out, &out), DayState::TakenOut);
        assert_eq!(state("2025-11-14", &out, &[]), DayState::School, "put back, not counted again yet");
        let put_in = [change("2025-11-13", true)];
        assert_eq!(state("2025-11-13", &put_in, &put_in), DayState::PutIn);
        assert_eq!(state("2025-11-13", &put_in, &[]), DayState::NoSchool);
        assert_eq!(found.quiet(), [(day("2025-11-15"), 3)]);
        let months: Vec<String> = found.months(&[]).into_iter().map(Day::iso).collect();
        assert_eq!(months, ["2025-11-01", "2025-12-01", "2026-01-01"]);
    }
}

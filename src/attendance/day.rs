//! Calendar days as a small integer, on the well-kept `time` crate.

use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month};

/// A calendar day: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

const EPOCH_JULIAN: i32 = 2_440_588;

impl Day {
    /// `None` where there is no such day.
    #[must_use]
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok()?;
        Some(Day(date.to_julian_day() - EPOCH_JULIAN))
    }

    /// Reads `2026-02-13` and nothing else.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || y.len() != 4 {
            return None;
        }
        Day::from_ymd(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    #[must_use]
    pub fn date(self) -> Date {
        // A Day is only ever made from a date, or by small steps from one.
        Date::from_julian_day(self.0 + EPOCH_JULIAN).unwrap_or(Date::MIN)
    }

    /// (year, month 1–12, day 1–31).
    #[must_use]
    pub fn ymd(self) -> (i32, u8, u8) {
        let date = self.date();
        (date.year(), date.month() as u8, date.day())
    }

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as u8
    }

    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// `2026-02-13`.
    #[must_use]
    pub fn iso(self) -> String {
        let (y, m, d) = self.ymd();
        format!("{y:04}-{m:02}-{d:02}")
    }
}

/// `13 Feb 2026`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{d} {} {y}", MONTHS[m as usize - 1])
    }
}

pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// In English, from January.
pub const MONTHS_IN_FULL: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::parse_iso("2026-02-13").map(Day::iso).as_deref(), Some("2026-02-13"));
        assert_eq!(Day::parse_iso("2026-02-30"), None);
        assert_eq!(Day::parse_iso("2026-02-13").map(|d| d.to_string()).as_deref(), Some("13 Feb 2026"));
        assert_eq!(Day::parse_iso("2026-11-21").map(Day::weekday), Some(5));
    }
}

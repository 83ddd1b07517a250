//! Several school years in one file: the latest counts, and rows of earlier ones are set aside. Merged they
//! would be a year of twice as many days, which nobody had.

use super::super::problem::Kind as Why;
use super::super::reading::Layout;
use super::super::scan::Row;
use super::{ABSENT, Tally};
use crate::attendance::{Day, DayBits, order};

/// The latest school year, where the files hold more than one.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Latest {
    /// Its first day with a row.
    pub from: Option<Day>,
    /// The year that rows of totals name.
    named: Option<u32>,
}

impl Tally {
    /// What the first reading found out about years; the second one sets the rest aside.
    pub(super) fn latest_year(&self) -> Latest {
        let named = self.files.iter().flat_map(|f| f.year_of.iter().flatten()).copied();
        let (least, most) = (named.clone().min(), named.max());
        Latest { from: self.first_of_latest(), named: most.filter(|_| least != most) }
    }

    fn first_of_latest(&self) -> Option<Day> {
        // While the order of day and month is open no day is sure.
        let is_open = |at: usize| {
            let file = &self.files[at];
            file.either > 0 && file.only == [0, 0] && self.readings[at].date_order.is_none()
        };
        if (0..self.files.len()).any(is_open) {
            return None;
        }
        let mut seen = DayBits::default();
        for stay in 0..self.people.stays.len() {
            let days = self.known.days.of(stay as u32);
            seen.0.resize(seen.0.len().max(days.len()), 0);
            for (all, word) in seen.0.iter_mut().zip(days) {
                *all |= word;
            }
        }
        let mut days: Vec<Day> = seen.iter().map(|at| self.days[at]).collect();
        order::sort(&mut days);
        latest_from(&days)
    }

    /// Whether a row of totals is of the year that counts; otherwise it is set aside.
    pub(super) fn is_of_latest(&mut self, row: &Row<'_>) -> bool {
        let file = &mut self.files[self.current];
        let column = file.columns.year;
        if column == ABSENT || self.readings[self.current].layout != Layout::Totals {
            return true;
        }
        let (at, new) = file.years.intern(row.get(column));
        if new {
            file.year_of.push(year(row.get(column)));
        }
        let is_earlier = file.year_of[at as usize].zip(self.latest.and_then(|l| l.named)).is_some_and(|(y, l)| y < l);
        if is_earlier {
            self.set_aside(Why::EarlierYear, row, column);
        }
        !is_earlier
    }
}

/// The first day of the latest school year, if the sorted days are of more than one. Years meet in July; a
/// summer school that goes on over its middle is no new year.
fn latest_from(days: &[Day]) -> Option<Day> {
    let (first, last) = (days.first()?, days.last()?);
    let is_long = last.0 - first.0 > 366;
    let meet = |pair: &&[Day]| year_of(pair[0]) != year_of(pair[1]) && (is_long || pair[1].0 - pair[0].0 >= 21);
    days.windows(2).rev().find(meet).map(|pair| pair[1])
}

/// The school year of a day: from the middle of July on the new one.
fn year_of(day: Day) -> i32 {
    let (year, month, date) = day.ymd();
    year - i32::from((month, date) < (7, 15))
}

/// The calendar year in which a school year as written begins: 2023 of `2023-24`, `23-24` and `20232024`. A grade,
/// as some call a year, is none.
pub(super) fn year(text: &[u8]) -> Option<u32> {
    let mut parts = text.split(|b| !b.is_ascii_digit()).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next());
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<u32>().ok();
    let found = match (first.len(), second) {
        (4, _) => number(first)?,
        (8, None) => number(first)? / 10_000,
        (6, None) if number(&first[2..4])? + 1 == number(&first[4..])? => number(&first[..4])?,
        (2, Some(next)) if number(next) == Some(number(first)? + 1) => 2000 + number(first)?,
        _ => return None,
    };
    (1990..2100).contains(&found).then_some(found)
}

/// Whether a cell of years means several of them together: “3-year average”, 2021-2023, “2021-22 to 2023-24”.
pub(super) fn is_several(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_said =
        ["average", "avg", "combined", "3-year", "three-year", "multi"].iter().any(|word| lower.contains(word));
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    let years: Vec<u32> = numbers
        .filter_map(|digits| match digits.len() {
            4 => digits.parse().ok(),
            2 => digits.parse::<u32>().ok().map(|year| 2000 + year),
            _ => None,
        })
        .collect();
    let span = years.iter().max().zip(years.iter().min()).map_or(0, |(last, first)| last - first);
    is_said || (2..=5).contains(&span) && years.first() == years.iter().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn school_years_meet_in_summer() {
        let days = |all: &[&str]| all.iter().map(|d| Day::parse_iso(d).unwrap()).collect::<Vec<_>>();
        let found = |all: &[&str]| latest_from(&days(all)).map(Day::iso);
        assert_eq!(found(&["2023-09-04", "2023-12-20", "2024-06-20"]), None);
        assert_eq!(found(&["2023-09-04", "2024-06-20", "2024-08-26", "2025-01-10"]).as_deref(), Some("2024-08-26"));
        // Summer school belongs to the year before it.
        assert_eq!(found(&["2023-09-04", "2024-06-20", "2024-07-08", "2024-07-22", "2024-08-02"]), None);
        assert_eq!(found(&["2023-09-04", "2024-07-10", "2024-07-20", "2025-05-02"]).as_deref(), Some("2024-07-20"));
    }

    #[test]
    fn years_are_read_and_grades_are_not() {
        for (text, expected) in [
            ("2023-24", Some(2023)),
            ("2023", Some(2023)),
            ("SY 2023-2024", Some(2023)),
            ("20232024", Some(2023)),
            ("202324", Some(2023)),
            ("202301", None),
            ("23-24", Some(2023)),
            ("7", None),
            ("Year 11", None),
            ("", None),
        ] {
            assert_eq!(year(text.as_bytes()), expected, "{text}");
        }
    }
}

//! Dates in every common writing. Where the order of day and month stays open, both readings are
//! kept until the whole column decides, or the person does.

use crate::attendance::{Day, day::MONTHS};
use serde::{Deserialize, Serialize};

/// Which of day and month comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DateOrder {
    MonthFirst,
    DayFirst,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadDate {
    /// One reading only.
    Sure(Day),
    /// A valid date either way, and not the same one.
    Either {
        month_first: Day,
        day_first: Day,
    },
    /// Valid only with this order.
    Only(DateOrder, Day),
    No,
}

impl ReadDate {
    /// The day under an order, `None` where it is no date then.
    #[must_use]
    pub fn under(self, order: DateOrder) -> Option<Day> {
        match (self, order) {
            (ReadDate::Sure(day), _) => Some(day),
            (ReadDate::Either { month_first, .. }, DateOrder::MonthFirst) => Some(month_first),
            (ReadDate::Either { day_first, .. }, DateOrder::DayFirst) => Some(day_first),
            (ReadDate::Only(only, day), order) => (only == order).then_some(day),
            (ReadDate::No, _) => None,
        }
    }
}

/// How many of these dates fall on a Saturday or Sunday under an order, of how many that are dates then.
#[must_use]
pub fn on_weekends(texts: &[String], order: DateOrder) -> [usize; 2] {
    let days = texts.iter().filter_map(|text| read(text).under(order));
    days.fold([0, 0], |[off, all], day| [off + usize::from(day.weekday() >= 5), all + 1])
}

/// Reads a date as written: ISO, `20260213`, `2/13/2026`, `13.2.26`, `30Nov2022`, `Feb 13, 2026`,
/// a spreadsheet's serial number, each with an optional time after it.
#[must_use]
pub fn read(text: &str) -> ReadDate {
    let text = text.trim();
    if text.len() > 40 || !text.is_ascii() {
        return ReadDate::No;
    }
    let text = without_time(text);
    // A spreadsheet's number with the time of day behind the point.
    let text = match text.split_once('.') {
        Some((whole, part)) if matches!(whole.len(), 5 | 8) && part.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    };
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match (text.len(), text.parse::<i32>()) {
            (8, Ok(n)) => sure(Day::from_ymd(n / 10_000, (n / 100 % 100) as u8, (n % 100) as u8)),
            // Excel's serial numbers for 1990 to 2064.
            (5, Ok(n)) if (32_874..=60_000).contains(&n) => ReadDate::Sure(Day(n - 25_569)),
            _ => ReadDate::No,
        };
    }
    let (mut parts, mut n_parts) = ([""; 4], 0);
    let mut from = 0;
    let bytes = text.as_bytes();
    for at in 0..=bytes.len() {
        let ends = at == bytes.len()
            || !bytes[at].is_ascii_alphanumeric()
            || (at > from && bytes[at].is_ascii_alphabetic() != bytes[at - 1].is_ascii_alphabetic());
        if !ends {
            continue;
        }
        if at > from {
            // A weekday's name before the date says nothing more.
            if !(n_parts == 0 && is_weekday(&text[from..at])) {
                if n_parts == 4 {
                    return ReadDate::No;
                }
                parts[n_parts] = &text[from..at];
                n_parts += 1;
            }
        }
        from = if at < bytes.len() && bytes[at].is_ascii_alphanumeric() { at } else { at + 1 };
    }
    // 2nd, 21st.
    if n_parts == 4 && matches!(parts[2], "st" | "nd" | "rd" | "th") {
        parts[2] = parts[3];
        n_parts = 3;
    }
    if n_parts != 3 {
        return ReadDate::No;
    }
    let [a, b, c, _] = parts;
    if let Some(month) = month(b) {
        // 13 Feb 2026, or 2026 Feb 13.
        return if a.len() == 4 { sure(ymd(a, month, c)) } else { sure(ymd(c, month, a)) };
    }
    if let Some(month) = month(a) {
        return sure(ymd(c, month, b));
    }
    let number = |s: &str| if s.len() <= 2 { s.parse::<u8>().ok() } else { None };
    if a.len() == 4 {
        return match (number(b), number(c)) {
            (Some(month), Some(day)) => sure(ymd_n(a, month, day)),
            _ => ReadDate::No,
        };
    }
    let (Some(a), Some(b)) = (number(a), number(b)) else { return ReadDate::No };
    match (ymd_n(c, a, b), ymd_n(c, b, a)) {
        (Some(x), Some(y)) if x == y => ReadDate::Sure(x),
        (Some(month_first), Some(day_first)) => ReadDate::Either { month_first, day_first },
        (Some(day), None) => ReadDate::Only(DateOrder::MonthFirst, day),
        (None, Some(day)) => ReadDate::Only(DateOrder::DayFirst, day),
        (None, None) => ReadDate::No,
    }
}

/// Whether the year of a date lies after all that are read: it stands for an end that is not known.
#[must_use]
pub fn is_beyond(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|n| matches!(n.len(), 4 | 8) && n[..4].parse::<i32>().is_ok_and(|year| year > 2099))
}

/// Whether a header is itself a date, as in files with a column for each day.
#[must_use]
pub fn is_date_header(header: &str) -> bool {
    // A bare number is more often a year, a count or an identifier than a date.
    !header.bytes().all(|b| b.is_ascii_digit()) && read(header) != ReadDate::No
}

fn sure(day: Option<Day>) -> ReadDate {
    day.map_or(ReadDate::No, ReadDate::Sure)
}

/// Years this product can meet; anything else is a slip such as 0209 or 6209.
fn plausible(year: i32) -> bool {
    (1990..=2099).contains(&year)
}

fn ymd(year: &str, month: u8, day: &str) -> Option<Day> {
    ymd_n(year, month, day.parse().ok()?)
}

fn ymd_n(year: &str, month: u8, day: u8) -> Option<Day> {
    let number: i32 = year.parse().ok()?;
    let year = match year.len() {
        2 => 2000 + number,
        4 => number,
        _ => return None,
    };
    if plausible(year) { Day::from_ymd(year, month, day) } else { None }
}

fn month(text: &str) -> Option<u8> {
    let lower = text.to_ascii_lowercase();
    if lower.len() < 3 || !lower.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let at = MONTHS.iter().position(|m| lower.starts_with(&m.to_ascii_lowercase()))?;
    FULL_MONTHS[at].starts_with(&lower).then_some(at as u8 + 1).or((lower == "sept").then_some(9))
}

pub(super) const FULL_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a text is the name of a weekday, in full or its first letters.
#[must_use]
pub fn is_weekday(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    crate::attendance::day::WEEKDAYS.iter().any(|day| lower.len() >= 3 && day.to_ascii_lowercase().starts_with(&lower))
}

/// Takes `T08:00:00Z` or ` 12:00:00 AM` off.
fn without_time(text: &str) -> &str {
    match text.find(':') {
        Some(colon) => {
            let start = text[..colon].rfind(['T', ' ']);
            start.map_or(text, |at| text[..at].trim_end())
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse_iso(iso).unwrap()
    }

    #[test]
    fn days_on_weekends_are_counted_under_each_order() {
        // 3 to 5 September 2025 are a Wednesday to a Friday; 9 March is a Sunday.
        let texts = ["3/9/2025", "4/9/2025", "13/9/2025", "5/9/2025", ""].map(String::from);
        assert_eq!(on_weekends(&texts, DateOrder::MonthFirst), [1, 3]);
        assert_eq!(on_weekends(&texts, DateOrder::DayFirst), [1, 4]);
        assert_eq!(on_weekends(&texts[..2], DateOrder::DayFirst), [0, 2]);
    }

    #[test]
    fn dates_are_read_as_people_and_systems_write_them() {
        for (text, iso) in [
            ("2026-02-13", "2026-02-13"),
            ("2026-02-13T08:00:00Z", "2026-02-13"),
            ("2026/2/3", "2026-02-03"),
            ("20260213", "2026-02-13"),
            ("30Nov2022", "2022-11-30"),
            ("5-Jan-15", "2015-01-05"),
            ("Feb 13, 2026", "2026-02-13"),
            ("Friday, February 13, 2026", "2026-02-13"),
            ("13 February 2026", "2026-02-13"),
            ("February 2nd, 2026", "2026-02-02"),
            ("44927", "2023-01-01"),
            ("44927.0", "2023-01-01"),
            ("44927.354167", "2023-01-01"),
            ("3/3/2026", "2026-03-03"),
        ] {
            assert_eq!(read(text), ReadDate::Sure(day(iso)), "{text}");
        }
        for (text, iso) in [("2/13/2026", "2026-02-13"), ("2/13/26 12:00:00 AM", "2026-02-13")] {
            assert_eq!(read(text), ReadDate::Only(DateOrder::MonthFirst, day(iso)), "{text}");
        }
        assert_eq!(read("13.02.2026"), ReadDate::Only(DateOrder::DayFirst, day("2026-02-13")));
        let either = ReadDate::Either { month_first: day("2019-01-09"), day_first: day("2019-09-01") };
        assert_eq!(read("1/9/2019"), either);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "02/30/2026",
            "0209-01-01",
            "6209-01-01",
            "hello there data",
            "12",
            "2026",
            "1/2",
            "99/99/2026",
            "2026-13-01",
        ] {
            assert_eq!(read(text), ReadDate::No, "{text}");
        }
    }

    #[test]
    fn year_columns_are_not_date_columns() {
        assert!(is_date_header("10/20/2014"));
        assert!(!is_date_header("2019"));
        assert!(!is_date_header("2018-19"));
        assert!(!is_date_header("20192020"));
    }
}

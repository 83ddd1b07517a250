//! Numbers, dates and sizes as people read them. The only place where a rate becomes a percentage.
//!
//! A percent sign follows a non-breaking space, and a minus is a real minus, so no line ever
//! begins with a lone sign. Rounding is half away from zero.

use crate::attendance::Days;
use crate::attendance::day::MONTHS_IN_FULL;
use crate::attendance::day::{Day, MONTHS, WEEKDAYS};

/// Keeps a number and its unit on one line.
pub const NBSP: char = '\u{a0}';
const MINUS: char = '\u{2212}';
const EN_DASH: char = '\u{2013}';
/// `1,234,567`.
#[must_use]
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 student`, `1,234 students`.
#[must_use]
pub fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{}{NBSP}{}", count(n), if n == 1 { one } else { many })
}

/// A rate in 0..=1 as `23.3 %`. What is not zero never reads as zero, and what is not all never as all.
#[must_use]
pub fn percent(rate: f64) -> String {
    format!("{}{NBSP}%", percent_bare(rate))
}

/// [`percent`] without its sign, for a column whose head carries the sign: `23.3`.
#[must_use]
pub fn percent_bare(rate: f64) -> String {
    let tenths = (rate * 1000.0).round();
    if rate > 0.0 && tenths < 1.0 {
        return "under 0.1".to_owned();
    }
    if rate < 1.0 && tenths >= 1000.0 {
        return "over 99.9".to_owned();
    }
    if rate <= 0.0 {
        return "0".to_owned();
    }
    if rate >= 1.0 {
        return format!("{:.0}", rate * 100.0);
    }
    format!("{:.1}", tenths / 10.0)
}

/// A rate in 0..=1 to the nearest whole percent: `23 %`. Between nothing and half a percent it says `under 1 %`.
#[must_use]
pub fn percent_whole(rate: f64) -> String {
    format!("{}{NBSP}%", percent_whole_bare(rate))
}

/// [`percent_whole`] without its sign, for a column whose head carries the sign: `23`.
#[must_use]
pub fn percent_whole_bare(rate: f64) -> String {
    let whole = (rate * 100.0).round();
    if rate > 0.0 && whole < 1.0 {
        return "under 1".to_owned();
    }
    if rate < 1.0 && whole >= 100.0 {
        return "over 99".to_owned();
    }
    format!("{whole:.0}")
}

/// `part` of `whole` as `23.3 %`, rounded on the integers. Unknown where there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "unknown".to_owned();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let tenths = (part * 2000 + whole) / (whole * 2);
    if part > 0 && tenths == 0 {
        return format!("under 0.1{NBSP}%");
    }
    if part < whole && tenths == 1000 {
        return format!("over 99.9{NBSP}%");
    }
    if part == 0 || part == whole {
        return format!("{}{NBSP}%", if part == 0 { 0 } else { 100 });
    }
    format!("{}.{}{NBSP}%", tenths / 10, tenths % 10)
}

/// Two rates in 0..=1 as `21.7 to 24.9 %`.
#[must_use]
pub fn interval(low: f64, high: f64) -> String {
    format!("{:.1} to {:.1}{NBSP}%", low * 100.0, high * 100.0)
}

/// A difference of two rates in signed percentage points: `−10.4`, `+3.5`, `0.0`.
#[must_use]
pub fn points(difference: f64) -> String {
    signed((difference * 1000.0).round() / 10.0, 1)
}

/// A difference of two rates in whole signed points: `+12`, `0`.
#[must_use]
pub fn points_whole(difference: f64) -> String {
    signed((difference * 100.0).round(), 0)
}

fn signed(rounded: f64, places: usize) -> String {
    let sign = if rounded > 0.0 {
        "+".to_owned()
    } else if rounded < 0.0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    format!("{sign}{:.places$}", rounded.abs())
}

/// `13 Feb 2026`.
#[must_use]
pub fn day(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{day}{NBSP}{}{NBSP}{year}", MONTHS[usize::from(month) - 1])
}

/// `2 Sep 2025 – 13 Feb 2026`; one day alone stands once.
#[must_use]
pub fn day_range(first: Day, last: Day) -> String {
    if first == last { day(first) } else { format!("{}{NBSP}{EN_DASH} {}", day(first), day(last)) }
}

/// `Tuesday 17 February`.
#[must_use]
pub fn day_in_words(day: Day) -> String {
    let (_, month, number) = day.ymd();
    format!("{} {number}{NBSP}{}", WEEKDAYS[usize::from(day.weekday())], MONTHS_IN_FULL[usize::from(month) - 1])
}

/// An amount of school days: `12`, `9½`, `¼`, `11.333`.
#[must_use]
pub fn days(amount: Days) -> String {
    let thousandths = amount.thousandths();
    let sign = if thousandths < 0 { MINUS.to_string() } else { String::new() };
    let (whole, part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    let fraction = match part {
        0 => return format!("{sign}{}", count(whole)),
        250 => "\u{bc}".to_owned(),
        500 => "\u{bd}".to_owned(),
        750 => "\u{be}".to_owned(),
        part => {
            let decimals = format!("{part:03}");
            return format!("{sign}{}.{}", count(whole), decimals.trim_end_matches('0'));
        }
    };
    if whole == 0 { format!("{sign}{fraction}") } else { format!("{sign}{}{fraction}", count(whole)) }
}

/// `1 day`, `½ day`, `9½ days`.
#[must_use]
pub fn day_count(amount: Days) -> String {
    let one = amount > Days::ZERO && amount <= Days::ONE;
    format!("{}{NBSP}{}", days(amount), if one { "day" } else { "days" })
}

const UNITS: [(&str, u64); 4] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("bytes", 1)];

fn unit_of(bytes: u64) -> (&'static str, u64) {
    UNITS.into_iter().find(|&(_, size)| bytes >= size).unwrap_or(("bytes", 1))
}

fn in_unit(bytes: u64, size: u64) -> String {
    // One decimal below ten of a unit, none above, rounded on the integers.
    if size > 1 && (bytes * 10 + size / 2) / size < 100 {
        let tenths = (bytes * 10 + size / 2) / size;
        return if tenths.is_multiple_of(10) {
            (tenths / 10).to_string()
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        };
    }
    count((bytes + size / 2) / size)
}

/// `9.8 MB`, `138 MB`, `412 bytes`.
#[must_use]
pub fn bytes(n: u64) -> String {
    let (unit, size) = unit_of(n);
    format!("{}{NBSP}{}", in_unit(n, size), if n == 1 { "byte" } else { unit })
}

/// `85 of 138 MB`: both in the unit of the whole.
#[must_use]
pub fn bytes_of(done: u64, total: u64) -> String {
    let (unit, size) = unit_of(total);
    format!("{} of {}{NBSP}{unit}", in_unit(done.min(total), size), in_unit(total, size))
}

/// A time that has passed: `0.3 s`, `1.4 s`, `42 s`, `3 min 5 s`.
#[must_use]
pub fn duration(milliseconds: f64) -> String {
    let seconds = milliseconds.max(0.0) / 1000.0;
    if seconds < 9.95 {
        return format!("{seconds:.1}{NBSP}s");
    }
    let whole = seconds.round() as u64;
    match (whole / 60, whole % 60) {
        (0, s) => format!("{s}{NBSP}s"),
        (m, 0) => format!("{m}{NBSP}min"),
        (m, s) => format!("{m}{NBSP}min {s}{NBSP}s"),
    }
}

/// A time that is guessed: `about 2 seconds left`, `about 3 minutes left`.
#[must_use]
pub fn time_left(seconds: f64) -> String {
    if seconds < 1.0 {
        return "less than a second left".to_owned();
    }
    if seconds < 59.5 {
        return format!("about {} left", plural(seconds.round() as u64, "second", "seconds"));
    }
    format!("about {} left", plural((seconds / 60.0).round().max(1.0) as u64, "minute", "minutes"))
}

/// `Alder`, `Alder and Birch`, `Alder, Birch and Cedar`.
#[must_use]
pub fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Readable expectations: `_` stands for a non-breaking space.
    fn nb(text: &str) -> String {
        text.replace('_', "\u{a0}")
    }

    #[test]
    fn counts_carry_commas() {
        for (n, text) in
            [(0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (2_040_000, "2,040,000")]
        {
            assert_eq!(count(n), text);
        }
        assert_eq!(plural(1, "student", "students"), nb("1_student"));
        assert_eq!(plural(0, "student", "students"), nb("0_students"));
        assert_eq!(plural(1_234, "student", "students"), nb("1,234_students"));
    }

    #[test]
    fn percents_never_round_to_nothing_or_to_everything() {
        for (rate, text) in [
            (0.0, "0_%"),
            (0.0004, "under 0.1_%"),
            (0.0006, "0.1_%"),
            (0.09, "9.0_%"),
            (0.2327, "23.3_%"),
            (0.5, "50.0_%"),
            (0.9994, "99.9_%"),
            (0.9998, "over 99.9_%"),
            (1.0, "100_%"),
        ] {
            assert_eq!(percent(rate), nb(text), "{rate}");
        }
        for (rate, text) in [(0.0, "0_%"), (0.004, "under 1_%"), (0.226, "23_%"), (0.996, "over 99_%"), (1.0, "100_%")]
        {
            assert_eq!(percent_whole(rate), nb(text), "{rate}");
        }
    }

    #[test]
    fn shares_are_rounded_on_the_integers() {
        for (part, whole, text) in [
            (618, 2655, "23.3_%"),
            (1, 8, "12.5_%"),
            // 0.25 % is 2.5 tenths: half goes up.
            (1, 400, "0.3_%"),
            (0, 10, "0_%"),
            (10, 10, "100_%"),
            (1, 1_000_000, "under 0.1_%"),
            (999_999, 1_000_000, "over 99.9_%"),
            (u64::MAX - 1, u64::MAX, "over 99.9_%"),
            (0, 0, "unknown"),
        ] {
            assert_eq!(share(part, whole), nb(text), "{part} of {whole}");
        }
        assert_eq!(interval(0.2169, 0.2494), nb("21.7 to 24.9_%"));
    }

    #[test]
    fn differences_carry_their_sign_but_zero_has_none() {
        for (difference, text) in
            [(-0.104, "\u{2212}10.4"), (0.035, "+3.5"), (0.0, "0.0"), (-0.0003, "0.0"), (0.0004, "0.0")]
        {
            assert_eq!(points(difference), text, "{difference}");
        }
        for (difference, text) in [(0.12, "+12"), (-0.004, "0"), (-0.38, "\u{2212}38")] {
            assert_eq!(points_whole(difference), text, "{difference}");
        }
    }

    #[test]
    fn dates_read_day_month_year() {
        let first = Day::from_ymd(2025, 9, 2).expect("a day");
        let last = Day::from_ymd(2026, 2, 13).expect("a day");
        assert_eq!(day(last), nb("13_Feb_2026"));
        assert_eq!(day_range(first, last), nb("2_Sep_2025_\u{2013} 13_Feb_2026"));
        assert_eq!(day_range(last, last), nb("13_Feb_2026"));
        assert_eq!(day_in_words(last.plus(4)), nb("Tuesday 17_February"));
    }

    #[test]
    fn days_show_halves_and_quarters() {
        for (thousandths, text) in [
            (0, "0"),
            (12_000, "12"),
            (9_500, "9½"),
            (500, "½"),
            (250, "¼"),
            (1_750, "1¾"),
            (11_333, "11.333"),
            (100, "0.1"),
            (-2_500, "\u{2212}2½"),
            (1_234_000, "1,234"),
        ] {
            assert_eq!(days(Days::from_thousandths(thousandths)), text, "{thousandths}");
        }
        for (thousandths, text) in [(1_000, "1_day"), (500, "½_day"), (9_500, "9½_days"), (0, "0_days")] {
            assert_eq!(day_count(Days::from_thousandths(thousandths)), nb(text), "{thousandths}");
        }
    }

    #[test]
    fn sizes_and_times_are_short() {
        for (n, text) in [
            (1, "1_byte"),
            (412, "412_bytes"),
            (1_000, "1_KB"),
            (9_949, "9.9_KB"),
            (9_960, "10_KB"),
            (9_812_345, "9.8_MB"),
            (138_000_000, "138_MB"),
            (2_100_000_000, "2.1_GB"),
        ] {
            assert_eq!(bytes(n), nb(text), "{n}");
        }
        assert_eq!(bytes_of(85_000_000, 138_000_000), nb("85 of 138_MB"));
        assert_eq!(bytes_of(0, 412), nb("0 of 412_bytes"));
        for (milliseconds, text) in
            [(1_400.0, "1.4_s"), (42_000.0, "42_s"), (180_000.0, "3_min"), (185_000.0, "3_min 5_s")]
        {
            assert_eq!(duration(milliseconds), nb(text));
        }
        for (seconds, text) in [
            (0.2, "less than a second left"),
            (1.2, "about 1_second left"),
            (2.4, "about 2_seconds left"),
            (170.0, "about 3_minutes left"),
        ] {
            assert_eq!(time_left(seconds), nb(text));
        }
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["Alder"]), "Alder");
        assert_eq!(list(&["Alder", "Birch"]), "Alder and Birch");
        assert_eq!(list(&["Alder", "Birch", "Cedar"]), "Alder, Birch and Cedar");
    }
}

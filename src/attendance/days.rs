//! Amounts of school days, exact to a thousandth. Never a float.

use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

/// An amount of school days in whole thousandths of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Days(i64);

impl Days {
    pub const ZERO: Days = Days(0);
    pub const ONE: Days = Days(1000);
    pub const HALF: Days = Days(500);

    #[must_use]
    pub const fn from_thousandths(thousandths: i64) -> Days {
        Days(thousandths)
    }

    #[must_use]
    pub const fn whole(days: i64) -> Days {
        Days(days * 1000)
    }

    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// For display and results files only; never for a comparison.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Reads a plain decimal such as `12`, `11.5`, `1,234.5` or `11,5`, rounding half away from
    /// zero at the thousandth. Returns `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Days> {
        Days::plain(text.as_bytes()).or_else(|| Decimal::parse(text).map(|d| Days(d.rounded_to(3))))
    }

    /// Reads what nearly every cell of days holds, digits with at most three places, without wide arithmetic.
    /// `None` for anything else, which [`Days::parse`] may still read.
    #[must_use]
    pub fn plain(text: &[u8]) -> Option<Days> {
        let (units, places) = plain(text)?;
        let scale = [1000, 100, 10, 1].get(places as usize)?;
        Some(Days(units * scale))
    }
}

impl Add for Days {
    type Output = Days;
    fn add(self, other: Days) -> Days {
        Days(self.0 + other.0)
    }
}
impl Sub for Days {
    type Output = Days;
    fn sub(self, other: Days) -> Days {
        Days(self.0 - other.0)
    }
}
impl AddAssign for Days {
    fn add_assign(&mut self, other: Days) {
        self.0 += other.0;
    }
}
impl SubAssign for Days {
    fn sub_assign(&mut self, other: Days) {
        self.0 -= other.0;
    }
}
impl Sum for Days {
    fn sum<I: Iterator<Item = Days>>(iter: I) -> Days {
        iter.fold(Days::ZERO, Add::add)
    }
}

/// Digits with at most one point: what nearly every cell of a number holds, read without wide arithmetic.
fn plain(text: &[u8]) -> Option<(i64, u32)> {
    if text.len() > 12 {
        return None;
    }
    let (mut units, mut places, mut digits, mut after_point) = (0i64, 0, 0, false);
    for &byte in text {
        match byte {
            b'0'..=b'9' => {
                units = units * 10 + i64::from(byte - b'0');
                digits += 1;
                places += u32::from(after_point);
            }
            b'.' if !after_point => after_point = true,
            _ => return None,
        }
    }
    (digits > 0).then_some((units, places))
}

/// A decimal number as written: `units / 10^places`, so that no digit is lost before rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub units: i128,
    pub places: u32,
}

impl Decimal {
    /// Reads an optional sign, digits with optional thousands commas, and one decimal point or
    /// comma. A lone comma followed by exactly three digits is a thousands mark.
    #[must_use]
    pub fn parse(text: &str) -> Option<Decimal> {
        if let Some((units, places)) = plain(text.as_bytes()) {
            return Some(Decimal { units: i128::from(units), places });
        }
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let point = match (digits.find('.'), digits.rfind(',')) {
            (Some(dot), Some(comma)) if comma > dot => return None,
            (Some(dot), _) => Some(dot),
            (None, Some(comma)) if digits.matches(',').count() == 1 && digits.len() - comma != 4 => Some(comma),
            _ => None,
        };
        let mut units: i128 = 0;
        let mut places = 0;
        let mut n_digits = 0;
        for (at, c) in digits.char_indices() {
            match c {
                '0'..='9' => {
                    n_digits += 1;
                    if point.is_some_and(|p| at > p) {
                        // Digits past the 24th place cannot change a rounding to six places.
                        if places >= 24 {
                            continue;
                        }
                        places += 1;
                    } else if n_digits > 12 {
                        return None;
                    }
                    units = units * 10 + i128::from(c as u8 - b'0');
                }
                '.' | ',' if Some(at) == point => {}
                ',' if point.is_none_or(|p| at < p) && at > 0 => {}
                _ => return None,
            }
        }
        (n_digits > 0).then_some(Decimal { units: if negative { -units } else { units }, places })
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.units as f64 / 10f64.powi(self.places as i32)
    }

    /// This number times `10^places`, rounded half away from zero.
    #[must_use]
    pub fn rounded_to(self, places: u32) -> i64 {
        let scaled = if places >= self.places {
            self.units.saturating_mul(10i128.saturating_pow(places - self.places))
        } else {
            let by = 10i128.pow(self.places - places);
            let half = by / 2;
            (self.units + if self.units < 0 { -half } else { half }) / by
        };
        i64::try_from(scaled).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        for (text, thousandths) in [
            ("12", 12_000),
            ("11.5", 11_500),
            ("0.333", 333),
            ("0.3335", 334),
            ("-2", -2_000),
            (" 7 ", 7_000),
            ("1,234.5", 1_234_500),
            ("11,5", 11_500),
            ("1,234", 1_234_000),
            ("9.999999999999998", 10_000),
            (".5", 500),
            ("5.", 5_000),
        ] {
            assert_eq!(Days::parse(text), Some(Days(thousandths)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_decimal_is_refused() {
        for text in ["", "*", "<10", "1e3", "12 days", "--", "NaN", "1.2.3", ".", "1.234,5", "9999999999999999"] {
            assert_eq!(Days::parse(text), None, "{text}");
        }
    }
}

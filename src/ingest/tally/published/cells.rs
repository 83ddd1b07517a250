//! What cells of public files say: numbers, and what stands in place of hidden ones.

use super::super::super::reading;
use crate::attendance::Decimal;

/// Up to 1 a column holds fractions, unless its header says percent and no value is finer than one.
#[derive(Default)]
pub(super) struct Scale {
    pub(super) largest: f64,
    /// Whether values have a sign; they are left out of the rest.
    pub(super) is_signed: bool,
    /// The most places of a value; 3 stands for more than two.
    pub(super) places: u8,
    /// Rows whose counts fit the value as a fraction, less those that fit it as a percent.
    pub(super) fit: i64,
    /// Whether any of them fit as a fraction.
    pub(super) fits_one: bool,
    /// Values below 1 other than 0, and those from 1 to 100.
    pub(super) small: Side,
    pub(super) large: Side,
}

/// Values on one side of 1.
#[derive(Default)]
pub(super) struct Side {
    pub(super) n: u64,
    places: u8,
    least: f64,
}

impl Side {
    fn add(&mut self, value: f64, places: u8) {
        self.least = if self.n == 0 { value } else { self.least.min(value) };
        self.places = self.places.max(places);
        self.n += 1;
    }
}

impl Scale {
    /// Takes in a value from 0 to 100 with its places.
    pub(super) fn add(&mut self, value: f64, places: u8) {
        self.largest = self.largest.max(value);
        self.places = self.places.max(places);
        if value > 1.0 {
            self.large.add(value, places);
        } else if value > 0.0 && value < 1.0 {
            self.small.add(value, places);
        }
    }

    /// Whether fractions may stand among percents: small values finer than the others, half of all, or far from them.
    pub(super) fn is_mixed(&self) -> bool {
        let Scale { small, large, .. } = self;
        let is_far = small.n > 1 && large.least >= 4.0;
        let is_half = small.n >= large.n;
        let is_told = self.fit != 0 && !self.fits_one;
        !is_told
            && small.n > 0
            && large.n > 0
            && small.places >= 2
            && (small.places > large.places || is_half || is_far)
    }
}

/// What a cell of a number says.
pub(super) enum Number {
    Value(f64),
    Hidden,
    Unreadable,
}

/// Stands for “above 95 %” and the like: the middle of what is left (`shared/methods.md`, section 7).
pub(super) fn coded(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (above, rest) = if let Some(rest) =
        lower.strip_prefix("above").or_else(|| lower.strip_prefix('>')).or_else(|| lower.strip_prefix('≥'))
    {
        (true, rest)
    } else {
        (false, lower.strip_prefix("below").or_else(|| lower.strip_prefix('<')).or_else(|| lower.strip_prefix('≤'))?)
    };
    let rest = rest.trim_start_matches('=').trim().trim_end_matches('%').trim();
    let bound = Decimal::parse(rest)?.as_f64() / 100.0;
    if !(0.0..=1.0).contains(&bound) {
        return None;
    }
    Some(if above { (1.0 + bound) / 2.0 } else { bound / 2.0 })
}

pub(super) fn number(field: &[u8]) -> Number {
    let text = String::from_utf8_lossy(field);
    let text = text.trim();
    if text.is_empty() || super::super::is_null(field) {
        return Number::Hidden;
    }
    // An arrow beside it, or a sign that it was rounded.
    let text = text.trim_start_matches(['~', '≈', '▲', '▼', '↑', '↓', ' ']);
    let lower = text.to_ascii_lowercase();
    let word = ["percent", "per cent", "pct"].iter().find_map(|word| lower.strip_suffix(word));
    let text = without_mark(word.map_or(text, |rest| text[..rest.len()].trim_end()));
    match Decimal::parse(text.trim_end_matches('%')) {
        // Publishers mark hidden numbers with impossible ones, too.
        Some(decimal) if decimal.units < 0 => Number::Hidden,
        Some(decimal) => Number::Value(decimal.as_f64()),
        None if reading::is_hidden(text) || is_withheld(text) => Number::Hidden,
        None => Number::Unreadable,
    }
}

/// A number without the sign of a footnote behind it: 12.3*, 45†, 67 (a), 8 [1].
fn without_mark(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return text;
    }
    let text = text.trim_end_matches(['*', '†', '‡', '§', '¹', '²', '³', '^']).trim_end();
    let in_brackets = text.strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '[']));
    in_brackets.filter(|(_, mark)| mark.chars().count() == 1).map_or(text, |(text, _)| text.trim_end())
}

/// Whether a cell is no number of students but a percent of them: it has decimals or a sign.
pub(super) fn is_part(field: &[u8]) -> bool {
    matches!(number(field), Number::Value(value) if value.fract() != 0.0 || field.ends_with(b"%"))
}

/// Words, signs and ranges that publishers write in place of a small number.
fn is_withheld(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let marks = [
        "suppress",
        "redact",
        "insufficient",
        "fewer",
        "less than",
        "too few",
        "withheld",
        "n<",
        "n <",
        "or less",
        "or more",
        "at least",
        "at most",
        "under",
        "over",
    ];
    let is_number = |part: &str| Decimal::parse(part.trim().trim_end_matches('%')).is_some();
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    // Whatever a publisher writes where a number belongs: “Not reported”, “Masked”, “Small N”.
    let is_word = !has_digit && text.chars().count() <= 30;
    is_word
        || text == "lt10"
        || marks.iter().any(|mark| text.contains(mark))
        || [" to ", "-", "–"]
            .iter()
            .any(|sign| text.split_once(sign).is_some_and(|(from, to)| is_number(from) && is_number(to)))
}

/// A count: `None` where it is hidden or only bounded.
pub(super) fn count(field: &[u8]) -> Result<Option<u32>, ()> {
    // No school has so many: a mark for a number that is missing.
    if field.len() > 3 && field.iter().all(|b| *b == b'9') {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(field);
    let text = without_mark(text.trim());
    // With the percent behind it: 67 (22.6%).
    let text = match text.split_once('(') {
        Some((n, percent)) if percent.ends_with("%)") => n.trim_end(),
        _ => text,
    };
    match number(text.as_bytes()) {
        // With a sign it is a percent, in the wrong column.
        Number::Value(value) if value.fract() == 0.0 && value < 1e9 && !text.ends_with('%') => Ok(Some(value as u32)),
        Number::Hidden => Ok(None),
        _ => coded(text).map(|_| None).ok_or(()),
    }
}

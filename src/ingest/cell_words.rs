//! Cells of days with words or a second number in them, as reports for people have them: `12 days`, `81/90`,
//! `9 of 170 days`, `9 (10.0%)`.

use crate::attendance::Days;

/// The days of a cell, and where it names them those enrolled: `81/90`. `None` for anything else.
#[must_use]
pub(super) fn days(text: &str) -> Option<(Days, Option<Days>)> {
    if let Some(days) = Days::parse(text) {
        return Some((days, None));
    }
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let (number, rest) = (Days::parse(&text[..end])?, text[end..].trim_start());
    if rest.starts_with('(') && rest.ends_with(')') {
        return Some((number, None));
    }
    let rest = ["days", "day", "d"].iter().find_map(|unit| rest.strip_suffix(unit)).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some((number, None));
    }
    if rest == "1/2" || rest == "½" {
        return Some((number + Days::from_thousandths(500), None));
    }
    let of = ["/", "out of", "of"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let of = Days::parse(of.trim())?;
    // More missed than there were is something else.
    (number <= of).then_some((number, Some(of)))
}

/// Thousandths of a day that a word says.
#[must_use]
pub(super) fn part(text: &str) -> Option<u16> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match () {
        () if is(&["full day", "full", "all day", "whole day"]) => Some(1000),
        () if is(&["half day", "half", "1/2", "am", "pm"]) => Some(500),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_what_stands_beside_them() {
        let whole = Days::whole;
        for (text, expected) in [
            ("12", Some((whole(12), None))),
            ("12 days", Some((whole(12), None))),
            ("81/90", Some((whole(81), Some(whole(90))))),
            ("81 / 90", Some((whole(81), Some(whole(90))))),
            ("9 of 170 days", Some((whole(9), Some(whole(170))))),
            ("9 out of 170", Some((whole(9), Some(whole(170))))),
            ("9 (10.0%)", Some((whole(9), None))),
            ("7 1/2 days", Some((Days::from_thousandths(7500), None))),
            ("9/3/2025", None),
            ("90/81", None),
            ("12%", None),
            ("3A", None),
            ("", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}

//! Numbers and names as people read them, for pictures, sentences and tables alike.

use super::chart::{Precision, Rate};
use crate::attendance::order;

/// What stands where a number must not be shown. It is unknown, never zero.
pub const HIDDEN: &str = "hidden";

/// The same, where there is room to say why.
pub const HIDDEN_NOTE: &str = "hidden to protect students";

/// `1,420`.
#[must_use]
pub fn count(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[must_use]
pub fn count_or_hidden(n: Option<u32>) -> String {
    n.map_or_else(|| HIDDEN.to_owned(), count)
}

/// `1 student`, `12 students`. `one` and `many` are the two forms.
#[must_use]
pub fn some(n: u32, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// `9.0 %` from a share in 0..=1.
#[must_use]
pub fn percent(share: f64, precision: Precision) -> String {
    format!("{} %", points(share, precision))
}

#[must_use]
pub fn percent_or_hidden(share: Option<f64>, precision: Precision) -> String {
    share.map_or_else(|| HIDDEN.to_owned(), |s| percent(s, precision))
}

/// `9.0`, the percent without its sign. Halves round away from zero, as people do.
#[must_use]
pub fn points(share: f64, precision: Precision) -> String {
    match precision {
        Precision::Whole => format!("{}", (share * 100.0 + 1e-9).round() as i64),
        Precision::Tenths => format!("{:.1}", (share * 1000.0 + 1e-9).round() / 10.0),
    }
}

/// `6.5 to 12.3 %`.
#[must_use]
pub fn interval(ends: (f64, f64), precision: Precision) -> String {
    format!("{} to {}", points(ends.0, precision), percent(ends.1, precision))
}

/// `+3.5`, `−10.4`, `0`: a difference of shares in percentage points, with a real minus.
#[must_use]
pub fn signed_points(difference: f64, precision: Precision) -> String {
    let text = points(difference.abs(), precision);
    if !text.contains(|c: char| matches!(c, '1'..='9')) {
        return "0".to_owned();
    }
    format!("{}{text}", if difference < 0.0 { '−' } else { '+' })
}

/// A plain number with at most `decimals` decimals, trailing zeros dropped, with a real minus.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let mut text = format!("{:.*}", decimals, value.abs());
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if value < 0.0 && text != "0" { format!("−{text}") } else { text }
}

/// `a, b and c`.
#[must_use]
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `Chronic absence runs from 9.0 % (35 of 388) at Birch to 36.0 % (336 of 934) at Elm.` What is
/// hidden is not spoken of as a number, but its count is.
#[must_use]
pub fn spread(groups: &[(String, Rate)], precision: Precision) -> String {
    let mut shown: Vec<&(String, Rate)> = groups.iter().filter(|g| g.1.rate.is_some()).collect();
    order::sort_by(&mut shown, |a, b| a.1.rate.partial_cmp(&b.1.rate).unwrap_or(std::cmp::Ordering::Equal));
    let hidden = groups.len() - shown.len();
    let tail = match hidden {
        0 => String::new(),
        1 => " One is hidden to protect students.".to_owned(),
        n => format!(" {n} are hidden to protect students."),
    };
    let said = match shown.as_slice() {
        [] => return "Every number here is hidden to protect students.".to_owned(),
        [(name, rate)] => format!("{name}: {} chronically absent.", rate.full_text(precision)),
        [low, .., high] => format!(
            "Chronic absence runs from {} at {} to {} at {}.",
            low.1.full_text(precision),
            low.0,
            high.1.full_text(precision),
            high.0
        ),
    };
    said + &tail
}

/// `n = 2,682.`, over the numbers that are shown.
#[must_use]
pub fn n_of(counts: impl IntoIterator<Item = Option<u32>>) -> String {
    let counts: Vec<Option<u32>> = counts.into_iter().collect();
    let sum: u32 = counts.iter().flatten().sum();
    match counts.iter().filter(|c| c.is_none()).count() {
        0 => format!("n = {}.", count(sum)),
        n if n == counts.len() => format!("n {HIDDEN}."),
        n => format!("n = {}, without {n} {HIDDEN}.", count(sum)),
    }
}

/// The stamp and what was counted: the foot of a chart.
#[must_use]
pub fn foot(stamp: &str, counted: &str) -> String {
    match (stamp.is_empty(), counted.is_empty()) {
        (true, _) => counted.to_owned(),
        (_, true) => stamp.to_owned(),
        _ => format!("{stamp} {counted}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([count(0), count(999), count(1420), count(1_234_567)], ["0", "999", "1,420", "1,234,567"]);
        assert_eq!(percent(0.0902, Precision::Tenths), "9.0 %");
        assert_eq!(percent(0.235, Precision::Whole), "24 %");
        assert_eq!(signed_points(-0.104, Precision::Tenths), "−10.4");
        assert_eq!(signed_points(0.0004, Precision::Tenths), "0");
        assert_eq!(signed_points(0.035, Precision::Tenths), "+3.5");
        assert_eq!([number(2.50, 2), number(-0.001, 2), number(10.0, 0)], ["2.5", "0", "10"]);
        assert_eq!(n_of([Some(1200), Some(3)]), "n = 1,203.");
        assert_eq!([n_of([Some(12), None]), n_of([None])], ["n = 12, without 1 hidden.", "n hidden."]);
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}

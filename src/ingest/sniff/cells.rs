//! What a single cell looks like: number, date, mark for "no value", text. Byte scanning only: no locale, no regexes.

/// The look of one cell, after trimming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    Empty,
    Number,
    /// A date, a time, or both.
    Date,
    /// `*`, `--`, `N/A`, `NULL`, `<10`: a value that is not told.
    NotTold,
    Text,
}

impl Look {
    /// Number or date: what a body has and a header seldom.
    pub fn is_typed(self) -> bool {
        matches!(self, Look::Number | Look::Date)
    }
}

/// How a cell looks.
pub fn look(cell: &str) -> Look {
    let cell = cell.trim();
    if cell.is_empty() {
        Look::Empty
    } else if cell.len() > 64 {
        Look::Text
    } else if !cell.bytes().any(|b| b.is_ascii_digit()) {
        // Most cells are words: without a digit there is neither number nor date nor bound.
        if MARKS.iter().any(|m| m.eq_ignore_ascii_case(cell)) { Look::NotTold } else { Look::Text }
    } else if cell.bytes().all(|b| b.is_ascii_digit()) || is_number(cell) {
        Look::Number
    } else if is_date(cell) {
        Look::Date
    } else if is_bound(cell) {
        Look::NotTold
    } else {
        Look::Text
    }
}

/// Marks for "no value".
const MARKS: [&str; 17] =
    ["*", "**", "***", "-", "--", "---", ".", "n/a", "na", "#n/a", "null", "\\n", "nan", "none", "s", "ds", "ns"];

/// `<10`: a number that is told only by its bound.
fn is_bound(cell: &str) -> bool {
    cell.strip_prefix(['<', '>', '≤', '≥']).is_some_and(|rest| is_number(rest.trim_start_matches('=')))
}

/// Digits with separators, a sign, a currency, a percent sign, an exponent, or brackets for a negative amount.
pub fn is_number(cell: &str) -> bool {
    let mut s = cell.trim();
    if let Some(inner) = s.strip_prefix('(').and_then(|s| s.strip_suffix(')')) {
        s = inner;
    }
    s = s.trim_start_matches(['+', '-', '−']);
    s = s.trim_start_matches(['$', '€', '£', '¥']).trim_start();
    s = s.trim_start_matches('-');
    s = s.strip_suffix('%').unwrap_or(s).trim_end();
    s = s.strip_suffix(['€', '£', '$']).unwrap_or(s).trim_end();
    let (digits, exponent) = match s.find(['e', 'E']) {
        Some(at) => (&s[..at], Some(&s[at + 1..])),
        None => (s, None),
    };
    if let Some(e) = exponent {
        let e = e.strip_prefix(['+', '-']).unwrap_or(e);
        if e.is_empty() || !e.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    let b = digits.as_bytes();
    if !b.iter().any(u8::is_ascii_digit) || !b.iter().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b',' | b'\'')) {
        return false;
    }
    let (commas, points) = (count(b, b','), count(b, b'.'));
    // 1,234,567.8 or 1.234.567,8 or 0,5: with several separators of one kind the groups have three digits.
    if commas > 1 && points > 1 || b.ends_with(b",") || b.starts_with(b",") {
        return false;
    }
    if commas > 1 { groups_of_three(digits, ',') } else { points < 2 || groups_of_three(digits, '.') }
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|&&b| b == wanted).count()
}

fn groups_of_three(digits: &str, separator: char) -> bool {
    let whole = match separator {
        ',' => digits.split('.').next().unwrap_or(digits),
        _ => digits.split(',').next().unwrap_or(digits),
    };
    let mut groups = whole.split(separator);
    groups.next().is_some_and(|g| (1..=3).contains(&g.len())) && groups.all(|g| g.len() == 3)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_word(word: &str) -> bool {
    word.len() >= 3
        && word.is_char_boundary(3)
        && MONTHS.iter().any(|m| m.eq_ignore_ascii_case(&word[..3]))
        && word.len() <= 9
        && word.bytes().all(|b| b.is_ascii_alphabetic())
}

/// A date, a time, or a date and a time, in any usual order and with any usual separator.
pub fn is_date(cell: &str) -> bool {
    let s = cell.trim();
    if !s.is_ascii() || !s.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    // Split into runs of digits, runs of letters, and what stands between.
    let (mut numbers, mut words, mut colons, mut strokes) = (0_usize, 0_usize, 0_usize, 0_usize);
    let bytes = s.as_bytes();
    let mut month = false;
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        if bytes[i].is_ascii_digit() {
            while i < bytes.len() && bytes[i].is_ascii_digit() {
                i += 1;
            }
            // Fractions of a second may be long.
            if i - start > 4 && !(start > 0 && bytes[start - 1] == b'.') {
                return false;
            }
            numbers += 1;
        } else if bytes[i].is_ascii_alphabetic() {
            while i < bytes.len() && bytes[i].is_ascii_alphabetic() {
                i += 1;
            }
            let word = &s[start..i];
            let known = ["am", "pm", "t", "z", "utc", "gmt", "a", "p"].iter().any(|w| w.eq_ignore_ascii_case(word));
            if month_word(word) {
                if month {
                    return false;
                }
                month = true;
            } else if !known && !weekday(word) {
                return false;
            }
            words += 1;
        } else {
            match bytes[i] {
                b':' => colons += 1,
                b'/' | b'-' | b'.' => strokes += 1,
                b' ' | b',' | b'+' => {}
                _ => return false,
            }
            i += 1;
        }
    }
    if numbers > 8 || words > 4 {
        return false;
    }
    let date = strokes >= 2 && numbers >= 3 || month && numbers >= 1 && numbers + words >= 2;
    let time = (1..=3).contains(&colons) && numbers >= 2;
    (date || time) && !bytes.ends_with(b",") && !bytes.starts_with(b",")
}

fn weekday(word: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .any(|d| word.len() >= 3 && word[..3].eq_ignore_ascii_case(d) && word.len() <= 9)
}

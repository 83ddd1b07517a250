//! Days that stand in a column for each part of the year: `Q1 Days Absent`, `Sep Absences`. Together they are those
//! of the year.

use super::cell_words;
use super::dates::FULL_MONTHS;
use super::measures;
use super::reading::Column;
use super::roles::{self, Role};
use crate::attendance::Days;

/// Words for a part that has a number behind it.
const KINDS: [&str; 4] = ["q qtr quarter", "s sem semester", "t term tri trimester", "mp"];

/// The part of the year that a header names, as kind and number, and the role of what is left of it.
fn part(header: &str) -> Option<((usize, usize), Role)> {
    let kind_of = |word: &str| KINDS.iter().position(|names| names.split(' ').any(|name| name == word));
    let number = |digits: &str| digits.parse().ok().filter(|n| (1..=6).contains(n));
    let lower = header.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let (mut found, mut rest) = (None, String::new());
    while let Some(word) = words.next() {
        let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let month = || FULL_MONTHS.iter().position(|name| word == *name || word.len() < 5 && name.starts_with(word));
        let mut next = || if stem == word { words.peek().copied() } else { Some(&word[stem.len()..]) };
        let part = match kind_of(stem) {
            Some(kind) => next().and_then(number).map(|n| (kind, n)),
            None if word.len() > 2 => month().map(|month| (KINDS.len(), month)),
            None => None,
        };
        if part.is_some() {
            if found.is_some() {
                return None;
            }
            found = part;
            if stem == word && kind_of(stem).is_some() {
                let _ = words.next();
            }
        } else {
            rest.push(' ');
            rest.push_str(word);
        }
    }
    // Percents can’t be added up, nor what is counted from the first day on.
    if ["%", "ytd", "date", "cum"].iter().any(|sign| lower.contains(sign)) {
        return None;
    }
    let role = roles::of_header(&rest)?;
    matches!(role, Role::DaysEnrolled | Role::DaysAbsent | Role::DaysPresent).then_some((found?, role))
}

/// Adds up the parts of the year where no column tells all of it, and they are of one kind and no running totals.
pub(super) fn settle(columns: &mut [Column], rows: &[Vec<String>]) {
    let is_told = |c: &Column| measures::is_measure(&c.role) && c.role != Role::DaysEnrolled;
    if columns.iter().any(is_told) {
        return;
    }
    let number = |row: &Vec<String>, at: usize| cell_words::days(row.get(at)?).map(|(days, _)| days);
    let mut parts: Vec<((usize, usize), usize, Role)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if column.role == Role::NotUsed
            && column.why.is_empty()
            && let Some((part, role)) = part(&column.header)
            && rows.iter().any(|row| number(row, at).is_some())
        {
            parts.push((part, at, role));
        }
    }
    // In the order of the columns, which is that of the year.
    let of = |role: Role| -> (Vec<(usize, usize)>, Vec<usize>) {
        parts.iter().filter(|(.., of)| *of == role).map(|(part, at, _)| (*part, *at)).unzip()
    };
    let (absent, present, enrolled) = (of(Role::DaysAbsent), of(Role::DaysPresent), of(Role::DaysEnrolled));
    let missed = if absent.0.len() > 1 { &absent } else { &present };
    let is_new = |at: usize| !missed.0[..at].contains(&missed.0[at]) && missed.0[at].0 == missed.0[0].0;
    let is_year = missed.0.len() > 1 && (1..missed.0.len()).all(is_new);
    let is_whole = columns.iter().any(|c| c.role == Role::DaysEnrolled);
    if !is_year || !is_whole && !enrolled.0.is_empty() && enrolled.0 != missed.0 {
        return;
    }
    let days = |row: &Vec<String>, of: &[usize]| -> Vec<Days> { of.iter().filter_map(|&at| number(row, at)).collect() };
    // Whether numbers never get less from one part to the next, in all rows that tell something.
    let grows = |of: &[usize]| {
        let told = || rows.iter().map(|row| days(row, of)).filter(|days| days.last() > Some(&Days::ZERO));
        told().count() >= 5 && told().all(|days| days.is_sorted()) && told().any(|days| days.first() < days.last())
    };
    let too_many = |row: &Vec<String>| days(row, &enrolled.1).into_iter().sum::<Days>() > Days::whole(200);
    let by_part = !is_whole && !enrolled.0.is_empty();
    let is_running =
        if by_part { rows.iter().any(too_many) || grows(&enrolled.1) && grows(&missed.1) } else { grows(&missed.1) };
    let mut used = vec![(missed, if missed.0 == absent.0 { Role::DaysAbsent } else { Role::DaysPresent })];
    if by_part {
        used.push((&enrolled, Role::DaysEnrolled));
    } else if !is_whole && missed.0 == absent.0 && present.0 == absent.0 {
        used.push((&present, Role::DaysPresent));
    }
    for (at, role) in used.iter().flat_map(|((_, columns), role)| columns.iter().map(move |at| (*at, role))) {
        if is_running {
            columns[at].why = "It may be a running total".into();
        } else {
            columns[at].role = role.clone();
            columns[at].why = "Added to the other parts of the year".into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_name_a_part_of_the_year_are_taken_apart() {
        for (header, expected) in [
            ("Q1 Days Absent", Some(((0, 1), Role::DaysAbsent))),
            ("Semester 2 Days Enrolled", Some(((1, 2), Role::DaysEnrolled))),
            ("Sept Absences", Some(((4, 8), Role::DaysAbsent))),
            ("Absences (Oct)", Some(((4, 9), Role::DaysAbsent))),
            ("Term 3 Present", Some(((2, 3), Role::DaysPresent))),
            ("Q1 YTD Absences", None),
            ("Q1 % Absent", None),
            ("Absences", None),
            ("P1 Absences", None),
            ("Q1", None),
            ("Q1 Sep Absences", None),
            ("Q1 Tardies", None),
        ] {
            assert_eq!(part(header), expected, "{header}");
        }
    }
}

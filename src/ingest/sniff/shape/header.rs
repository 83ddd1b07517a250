//! Which rows are the header, if any: names differ from what stands below them.

use std::ops::Range;

use super::{Facts, HEADER_WITHIN, LOOKED_AT, is_blank, is_separator_line};
use crate::ingest::roles;
use crate::ingest::sniff::cells::{Look, look};

/// Where the header is and where the data begin.
pub(super) struct Found {
    pub header: Range<usize>,
    pub first_data: usize,
}

/// Find the header among the first rows of a table that is usually `width` columns wide.
pub(super) fn find(rows: &[Vec<String>], width: usize) -> Found {
    let none = |at: usize| Found { header: at..at, first_data: at };
    let Some(mut at) = rows.iter().take(HEADER_WITHIN).position(|r| is_full(r, width)) else {
        return none(rows.iter().position(|r| !is_blank(r)).unwrap_or(rows.len()));
    };
    // Pairs like "School year, 2023-24" above the table can be full enough too. A row of names further down that is
    // fuller than everything above it is the better header.
    let limit = (at + 16).min(rows.len());
    for later in at + 1..limit {
        let fuller = rows[at..later].iter().all(|r| filled(r) * 5 <= width * 4 && filled(r) < filled(&rows[later]));
        let is_table = || later > at + 1 && evidence(&rows[..later], at, width) > 0.0;
        if fuller && !is_table() && evidence(rows, later, width) > 0.0 && all_text(&rows[later]) {
            at = later;
            break;
        }
    }
    if evidence(rows, at, width) <= 0.0 {
        return none(at);
    }
    let mut end = at + 1;
    while end < rows.len() && end - at < 4 && continues_header(rows, at, end, width) {
        end += 1;
    }
    let mut start = at;
    while start > 0 && at - start < 3 && is_group_row(&rows[start - 1], &rows[at], width) {
        start -= 1;
    }
    Found { header: start..end, first_data: end }
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|c| !c.trim().is_empty()).count()
}

fn all_text(row: &[String]) -> bool {
    row.iter().all(|c| matches!(look(c), Look::Text | Look::Empty))
}

/// Enough cells for a row of the table: six in ten.
fn is_full(row: &[String], width: usize) -> bool {
    let needed = if width < 2 { 1 } else { (width * 6).div_ceil(10).max(2) };
    filled(row) >= needed && !is_separator_line(row)
}

fn body_after(rows: &[Vec<String>], at: usize) -> Vec<&[String]> {
    rows[at + 1..].iter().filter(|r| !is_blank(r)).map(Vec::as_slice).collect()
}

/// Words that name columns and are seldom values.
const HEADER_WORDS: [&str; 38] = [
    "id",
    "name",
    "date",
    "school",
    "student",
    "grade",
    "code",
    "number",
    "year",
    "total",
    "days",
    "absent",
    "present",
    "absences",
    "enrolled",
    "rate",
    "percent",
    "count",
    "type",
    "status",
    "gender",
    "sex",
    "race",
    "ethnicity",
    "first",
    "last",
    "district",
    "term",
    "period",
    "reason",
    "description",
    "category",
    "dbn",
    "attendance",
    "value",
    "key",
    "label",
    "column",
];

fn has_header_word(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphabetic()).any(|word| HEADER_WORDS.contains(&word))
        || HEADER_WORDS.iter().any(|w| w.len() > 4 && lower.contains(w))
}

/// How much speaks for row `at` being the header of what follows; above 0 it is.
fn evidence(rows: &[Vec<String>], at: usize, width: usize) -> f64 {
    let row = &rows[at];
    // The names may come again (a second header row, a second table): those rows do not make them values.
    let again = |other: &&[String]| {
        let same = row.iter().zip(other.iter()).filter(|(a, b)| !a.trim().is_empty() && a.trim() == b.trim()).count();
        same * 10 >= filled(row) * 6
    };
    let mut body = body_after(rows, at);
    // Where many rows are like this one it is their values that repeat, unless all the others have numbers or dates.
    let others: Vec<&[String]> = body.iter().copied().filter(|r| !again(r)).collect();
    let few = (body.len() - others.len()) * 4 <= body.len();
    let values_differ =
        !others.is_empty() && all_text(row) && others.iter().all(|r| r.iter().any(|c| look(c).is_typed()));
    if few || values_differ {
        body = others;
    }
    let looks: Vec<Look> = row.iter().map(|c| look(c)).collect();
    if body.is_empty() {
        // A header alone, or a single row of data: names are text.
        let text = looks.iter().filter(|&&l| l == Look::Text).count();
        let typed = looks.iter().filter(|l| l.is_typed()).count();
        return if text > typed { 1.0 } else { -1.0 };
    }
    let counting = counting_cells(row);
    let mut sum = 0.0;
    for (j, cell) in row.iter().enumerate().take(width.min(LOOKED_AT)) {
        let cell = cell.trim();
        let facts = Facts::of(&body, j);
        if cell.is_empty() || facts.filled == 0 {
            continue;
        }
        sum += if counting[j] {
            0.5
        } else if facts.is_typed() {
            match looks[j] {
                Look::Text => 1.0,
                Look::Date if facts.is_numeric() => 0.6,
                Look::Number if !facts.is_numeric() => -0.3,
                Look::NotTold => -0.7,
                _ => -1.0,
            }
        } else {
            among_text(cell, looks[j], &facts)
        };
    }
    sum
}

/// Evidence from a column of text.
fn among_text(cell: &str, look: Look, facts: &Facts<'_>) -> f64 {
    if facts.values.contains(&cell) {
        return if facts.told() > 1 || !has_header_word(cell) { -1.0 } else { -0.3 };
    }
    if look != Look::Text {
        return -0.5;
    }
    if has_header_word(cell) {
        return 0.7;
    }
    let pattern = letters_and_digits(cell);
    if pattern.contains('0') && facts.share(|v| letters_and_digits(v) == pattern) > 0.6 {
        return -0.8;
    }
    if facts.filled >= 8 && facts.distinct() * 3 <= facts.filled { 0.6 } else { 0.15 }
}

/// The build of a code: "SPA-310" is "A-0".
fn letters_and_digits(cell: &str) -> String {
    let mut out = String::new();
    for c in cell.chars() {
        let class = match c {
            '0'..='9' => '0',
            c if c.is_alphabetic() => 'A',
            c => c,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}

/// Cells that count up from one column to the next (day 1, 2, 3 … or the years): names although they are numbers.
fn counting_cells(row: &[String]) -> Vec<bool> {
    let numbers: Vec<Option<i64>> = row.iter().map(|c| c.trim().parse().ok()).collect();
    let mut counting = vec![false; row.len()];
    for i in 2..numbers.len() {
        if let (Some(a), Some(b), Some(c)) = (numbers[i - 2], numbers[i - 1], numbers[i])
            && (b - a == 1 && c - b == 1)
        {
            counting[i - 2..=i].fill(true);
        }
    }
    counting
}

/// Whether row `next` belongs to the header that begins at `at`: the same names again, or words above columns of
/// numbers.
fn continues_header(rows: &[Vec<String>], at: usize, next: usize, width: usize) -> bool {
    let row = &rows[next];
    if is_blank(row) {
        return false;
    }
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    if row.len() == rows[at].len() && row.iter().zip(&rows[at]).all(|(a, b)| same(a, b)) {
        return true;
    }
    let body = body_after(rows, next);
    if body.len() < 2 {
        return false;
    }
    let (mut words, mut typed) = (0, 0);
    for (j, cell) in row.iter().enumerate().take(width.min(LOOKED_AT)) {
        if !Facts::of(&body, j).is_typed() {
            continue;
        }
        match look(cell) {
            Look::Text => words += 1,
            Look::Empty => {}
            _ => typed += 1,
        }
    }
    // A word in the first column alone heads the rows below it.
    let heads_rows = width > 1 && filled(row) == 1 && row.first().is_some_and(|cell| !cell.trim().is_empty());
    words >= 2 && typed == 0 || !heads_rows && words == 1 && typed == 0 && width <= 3 && all_text(row)
}

/// A row of merged cells above the names: words only, somewhere right of the first column, as wide as the table.
fn is_group_row(above: &[String], names: &[String], width: usize) -> bool {
    let wide_enough = above.len() * 10 >= width.min(names.len()) * 6;
    // "School, Oak" above a first column with a name of its own says whose table it is.
    let is_name = |row: &[String]| row.first().is_some_and(|cell| roles::of_header(cell).is_some());
    let is_pair = filled(above) == 2 && filled(&above[..above.len().min(2)]) == 2 && is_name(above) && is_name(names);
    let beyond_first = above.iter().skip(1).any(|c| !c.trim().is_empty());
    wide_enough && !is_pair && beyond_first && all_text(above) && filled(above) < filled(names) && width > 2
        // "Generated by, A. Person" is a line about the file, not a group over columns.
        && above.len() > 2
}

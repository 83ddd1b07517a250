//! Where the table is in a file: title lines, header rows, column names, first data row, and what every later row is.

mod header;
mod names;
mod rows;

use std::ops::Range;

use super::cells::{Look, look};
use crate::attendance::order;

pub use rows::{RowKind, RowSorter};

/// Where a column got its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOrigin {
    /// From one header cell.
    Given,
    /// From header cells of several rows.
    Joined,
    /// The header had none: guessed from what stands in the column. To be shown to the person.
    FromContent,
    /// The header had none: "Column 3".
    Numbered,
}

/// One column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Trimmed, on one line, without wrapping quotes; unique in the file.
    pub name: String,
    pub origin: NameOrigin,
    /// No row of the sample has a value here.
    pub is_empty: bool,
}

/// Where the table is. Row numbers count the rows given to [`shape`], blank ones too, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The rows of the header; empty if there is none.
    pub header: Range<usize>,
    /// The text of the lines above it.
    pub titles: Vec<String>,
    /// As many as the widest of header and usual row.
    pub columns: Vec<Column>,
    pub first_data: usize,
    /// What is out of the ordinary, one sentence each, for "How we read this file".
    pub notes: Vec<String>,
    header_rows: Vec<Vec<String>>,
    typed: Vec<bool>,
}

impl Shape {
    /// Whether the file names its columns.
    pub fn has_header(&self) -> bool {
        !self.header.is_empty()
    }

    /// Column names in order.
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|c| c.name.as_str()).collect()
    }

    /// Sorts the rows from [`Shape::first_data`] on, in their order.
    pub fn sorter(&self) -> RowSorter<'_> {
        RowSorter::new(self)
    }
}

/// Rows that are looked at for the body.
const BODY: usize = 300;
/// Rows among which the header must begin.
const HEADER_WITHIN: usize = 60;
/// Columns that are looked at; a file with more has them all the same.
const LOOKED_AT: usize = 600;

/// Find the table in the first rows of a file (a few hundred are plenty; blank rows included).
pub fn shape(rows: &[Vec<String>]) -> Shape {
    let rows = &rows[..rows.len().min(BODY + HEADER_WITHIN)];
    let width = usual_width(rows);
    let found = header::find(rows, width);
    let body: Vec<&[String]> =
        rows[found.first_data..].iter().filter(|r| !is_blank(r)).map(Vec::as_slice).take(BODY).collect();
    let facts: Vec<Facts<'_>> = (0..width).map(|j| Facts::of(&body, j)).collect();
    let header_rows: Vec<Vec<String>> = rows[found.header.clone()].to_vec();
    let named = names::name_columns(&header_rows, width, &facts);
    let titles: Vec<String> = rows[..found.header.start.min(found.first_data)]
        .iter()
        .filter(|r| !is_blank(r) && !is_separator_line(r))
        .map(|r| r.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" "))
        .collect();
    let mut notes = Vec::new();
    if let [only] = &titles[..] {
        notes.push(format!("One line above the table was left out: {}.", short(only)));
    } else if let [first, ..] = &titles[..] {
        notes.push(format!("{} lines above the table were left out; the first is {}.", titles.len(), short(first)));
    }
    if found.header.is_empty() && !body.is_empty() {
        notes.push("The file does not name its columns, so they are numbered. Please say what each one holds.".into());
    }
    if found.header.len() > 1 {
        notes.push(format!("The header has {} rows; they were joined into one name per column.", found.header.len()));
    }
    notes.extend(named.notes);
    let empty: Vec<&str> = named.columns.iter().filter(|c| c.is_empty).map(|c| c.name.as_str()).collect();
    if !empty.is_empty() && !body.is_empty() {
        notes.push(match &empty[..] {
            [one] => format!("The column {} has no values.", short(one)),
            many => format!("{} columns have no values: {}.", many.len(), short(&many.join(", "))),
        });
    }
    Shape {
        header: found.header,
        titles,
        typed: facts.iter().map(|f| f.is_typed()).collect(),
        columns: named.columns,
        first_data: found.first_data,
        notes,
        header_rows,
    }
}

/// The number of fields that most rows have; on a tie the one that comes first.
fn usual_width(rows: &[Vec<String>]) -> usize {
    let widths: Vec<usize> = rows.iter().filter(|r| !is_blank(r)).map(Vec::len).collect();
    let mut sorted = widths.clone();
    order::sort(&mut sorted);
    let weighed = sorted.chunk_by(|a, b| a == b).map(|group| {
        // A long list of one-cell notes does not make a table; two rows of five cells do.
        let weight = group.len() * if group[0] == 1 { 1 } else { 3 };
        let first = widths.iter().position(|w| *w == group[0]);
        (weight, std::cmp::Reverse(first), group[0])
    });
    weighed.max().map_or(0, |best| best.2)
}

fn is_blank(row: &[String]) -> bool {
    row.iter().all(|c| c.trim().is_empty())
}

/// `sep=;`, for a spreadsheet program only.
fn is_separator_line(row: &[String]) -> bool {
    row.first().is_some_and(|c| {
        let c = c.trim().trim_matches('"');
        c.len() <= 5 && c.is_char_boundary(4.min(c.len())) && c.len() >= 4 && c[..4].eq_ignore_ascii_case("sep=")
    }) && row[1..].iter().all(|c| c.trim().is_empty())
}

fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(80).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("“{cut}”")
}

/// What stands in one column of the body.
#[derive(Clone, Debug, Default)]
struct Facts<'a> {
    filled: usize,
    numbers: usize,
    dates: usize,
    not_told: usize,
    /// Their beginnings.
    values: Vec<&'a str>,
}

impl<'a> Facts<'a> {
    fn of(body: &[&'a [String]], column: usize) -> Facts<'a> {
        let mut facts = Facts::default();
        if column >= LOOKED_AT {
            return facts;
        }
        for row in body {
            let cell = row.get(column).map_or("", |c| c.trim());
            match look(cell) {
                Look::Empty => continue,
                Look::Number => facts.numbers += 1,
                Look::Date => facts.dates += 1,
                Look::NotTold => facts.not_told += 1,
                Look::Text => {}
            }
            facts.filled += 1;
            facts.values.push(cell.char_indices().nth(80).map_or(cell, |(at, _)| &cell[..at]));
        }
        facts
    }

    fn told(&self) -> usize {
        self.filled - self.not_told
    }

    /// Nearly all values are numbers or dates.
    fn is_typed(&self) -> bool {
        self.told() > 0 && (self.numbers + self.dates) * 10 >= self.told() * 7
    }

    fn is_numeric(&self) -> bool {
        self.told() > 0 && self.numbers * 10 >= self.told() * 7
    }

    fn distinct(&self) -> usize {
        let mut values = self.values.clone();
        order::sort(&mut values);
        values.dedup();
        values.len()
    }

    /// 1, 2, 3 … or 0, 1, 2 …: row numbers that a program wrote.
    fn counts_rows(&self) -> bool {
        let numbers: Option<Vec<u64>> = self.values.iter().map(|v| v.parse().ok()).collect();
        numbers.is_some_and(|n| n.len() > 2 && n[0] <= 1 && n.windows(2).all(|w| w[1] == w[0] + 1))
    }

    fn share(&self, test: impl Fn(&str) -> bool) -> f64 {
        if self.values.is_empty() {
            return 0.0;
        }
        self.values.iter().filter(|v| test(v)).count() as f64 / self.values.len() as f64
    }
}

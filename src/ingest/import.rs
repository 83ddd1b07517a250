//! From the first bytes of the chosen files to a proposed reading of each, or a plain reason why
//! a file cannot be read.

use super::reading::{Ids, Layout, Reading, propose_codes, propose_columns};
use super::roles::{self, Role};
use super::scan::{Found, Marks, Scanner};
use serde::{Deserialize, Serialize};

/// How much of a file's start is looked at before it is read.
pub const HEAD: usize = 256 * 1024;

/// The start of one file.
pub struct Head<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// Whether `bytes` is all of it.
    pub whole: bool,
}

/// Why nothing could be read. Says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    NoFiles,
    Empty {
        file: String,
    },
    NotText {
        file: String,
        what: String,
        hint: String,
    },
    HeaderOnly {
        file: String,
    },
    /// Every row was set aside.
    NothingUsable {
        file: String,
    },
    /// The browser could not read the file.
    Unreadable {
        file: String,
        why: String,
    },
    Stopped {
        why: String,
    },
}

impl Failure {
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Failure::NoFiles => "No file was chosen".into(),
            Failure::Empty { file } => format!("{file} is empty"),
            Failure::NotText { file, what, .. } => format!("{file} is {what}"),
            Failure::HeaderOnly { file } => format!("{file} has a header but no rows"),
            Failure::NothingUsable { file } => format!("No row of {file} could be used"),
            Failure::Unreadable { file, .. } => format!("{file} could not be opened"),
            Failure::Stopped { .. } => "Reading stopped".into(),
        }
    }

    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Failure::NoFiles => "Choose an attendance file, or try the example.".into(),
            Failure::Empty { .. } => {
                "There is nothing in it, not even a header. Export it again and load the new file.".into()
            }
            Failure::NotText { hint, .. } => hint.clone(),
            Failure::HeaderOnly { .. } => "Export it again with its rows and load the new file.".into(),
            Failure::NothingUsable { .. } => {
                "Below is why each row was set aside. Change how the columns are read, or load another file.".into()
            }
            Failure::Unreadable { why, .. } => {
                format!(
                    "The browser says: {why}. The file may have been moved or changed since it was chosen. Choose it again."
                )
            }
            Failure::Stopped { why } => format!("{why} Nothing was kept. Choose the file again."),
        }
    }
}

/// Proposes how to read a file from its start.
pub fn propose(head: &Head<'_>) -> Result<Reading, Failure> {
    let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head.bytes);
    if bytes.trim_ascii().is_empty() && head.whole {
        return Err(Failure::Empty { file: head.name.into() });
    }
    let marks = guess_marks(bytes);
    let rows = head_rows(bytes, marks, head.whole);
    let header_at = header_row(&rows);
    let header: Vec<String> = rows.get(header_at).map(|r| r.1.clone()).unwrap_or_default();
    let data: Vec<Vec<String>> = rows.iter().skip(header_at + 1).map(|r| r.1.clone()).collect();
    if data.is_empty() && head.whole {
        return Err(Failure::HeaderOnly { file: head.name.into() });
    }
    let columns = propose_columns(&header, &data);
    let layout = Reading::layout_of(&columns);
    let codes = columns.iter().find(|c| c.role == Role::Status).map(propose_codes).unwrap_or_default();
    Ok(Reading {
        file: head.name.into(),
        delimiter: marks.delimiter,
        quote: marks.quote,
        line_end: marks.line_end,
        skip: rows.get(header_at).map_or(0, |r| r.0 + 1),
        layout,
        columns,
        date_order: None,
        codes: if matches!(layout, Layout::Dated | Layout::Periods) { codes } else { Default::default() },
        days_for_all: None,
        repeats: None,
        every_day: None,
        ids: Ids::Everywhere,
        period_share: 50,
    })
}

/// The first records that are not blank, each with its position among all records.
fn head_rows(bytes: &[u8], marks: Marks, whole: bool) -> Vec<(u64, Vec<String>)> {
    let mut rows = Vec::new();
    let mut at = 0;
    let mut scanner = Scanner::new(marks, 1);
    let mut sink = |found: Found<'_>| {
        if let Found::Row(row) = found
            && !row.is_blank()
            && rows.len() < 500
        {
            let text = |i: usize| String::from_utf8_lossy(row.get(i)).into_owned();
            rows.push((at, (0..row.len()).map(text).collect()));
        }
        at += 1;
    };
    scanner.push(bytes, &mut sink);
    if whole {
        scanner.finish(&mut sink);
    }
    rows
}

/// The row that names the most roles, among the first twenty.
fn header_row(rows: &[(u64, Vec<String>)]) -> usize {
    let score = |row: &[String]| row.iter().filter(|cell| roles::of_header(cell).is_some()).count();
    let mut best = (0, 0);
    for (at, (_, row)) in rows.iter().take(20).enumerate() {
        let found = score(row);
        if found > best.0 {
            best = (found, at);
        }
    }
    best.1
}

fn guess_marks(bytes: &[u8]) -> Marks {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let line_end = if head.contains(&b'\n') || !head.contains(&b'\r') { b'\n' } else { b'\r' };
    let lines: Vec<&[u8]> = head.split(|b| *b == line_end).filter(|l| !l.is_empty()).take(20).collect();
    let count = |line: &&[u8], d: u8| line.iter().filter(|b| **b == d).count();
    let delimiter = [b',', b'\t', b';', b'|']
        .into_iter()
        .max_by_key(|d| {
            let least = lines.iter().map(|l| count(l, *d)).min().unwrap_or(0);
            (least, lines.iter().map(|l| count(l, *d)).sum::<usize>(), *d == b',')
        })
        .unwrap_or(b',');
    Marks { delimiter, quote: Some(b'"'), line_end }
}

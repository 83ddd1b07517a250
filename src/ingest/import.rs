//! From the first bytes of the chosen files to a proposed reading of each, or a plain reason why
//! a file cannot be read.

use super::reading::{Reading, holds_fractions, propose_codes, propose_columns};
use super::records::read_rows;
use super::roles::{self, Role};
use super::scan::clean;
use super::sniff::{self, Dialect, DialectGuess, FileKind};
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
    /// A workbook, archive or old encoding that could not be opened.
    NotOpened {
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
            Failure::NotOpened { file, .. } => format!("{file} could not be opened as a table"),
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
            Failure::NotOpened { why, .. } => why.clone(),
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

/// Whether the opener must first turn the file into plain text: a workbook, a compressed file, an
/// encoding that is not UTF-8. What is no table at all is refused here.
pub fn needs_opening(head: &Head<'_>) -> Result<bool, Failure> {
    let file = || head.name.to_string();
    match sniff::kind(head.bytes) {
        FileKind::Empty => Err(Failure::Empty { file: file() }),
        FileKind::Text => Ok(false),
        FileKind::Open(_) => Ok(true),
        kind @ FileKind::NotATable(_) => {
            let hint = kind.refusal().unwrap_or_default();
            Err(Failure::NotText { file: file(), what: format!("{}, not a table", kind.name()), hint })
        }
    }
}

/// Proposes a reading, taking over what was decided earlier for a file with the same header.
pub fn propose_remembering(head: &Head<'_>, remembered: &[Reading]) -> Result<Reading, Failure> {
    let proposed = propose(head)?;
    let headers = |r: &Reading| r.columns.iter().map(|c| c.header.clone()).collect::<Vec<_>>();
    let Some(known) = remembered.iter().find(|r| headers(r) == headers(&proposed)) else { return Ok(proposed) };
    let mut reading = Reading { file: proposed.file, skip: proposed.skip, ..known.clone() };
    for (column, fresh) in reading.columns.iter_mut().zip(proposed.columns) {
        column.samples = fresh.samples;
    }
    Ok(reading)
}

/// Proposes how to read a file from its start.
pub fn propose(head: &Head<'_>) -> Result<Reading, Failure> {
    propose_with(head, None)
}

/// The same with the signs between cells that the person chose.
pub fn propose_cut_with(head: &Head<'_>, dialect: Dialect) -> Result<Reading, Failure> {
    propose_with(head, Some(dialect))
}

fn propose_with(head: &Head<'_>, chosen: Option<Dialect>) -> Result<Reading, Failure> {
    let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head.bytes);
    if bytes.trim_ascii().is_empty() && head.whole {
        return Err(Failure::Empty { file: head.name.into() });
    }
    let mut guess = sniff::dialect(bytes, head.whole);
    guess.dialect = chosen.unwrap_or(guess.dialect);
    let rows = read_head(bytes, guess.dialect, head.whole);
    let mut shape = sniff::shape(&rows);
    // A header whose names we know is a header, whatever stands below it; and the first row that
    // names several roles is one even where the shape alone would not say so.
    if !shape.has_header()
        && let Some(at) = known_header(&rows)
    {
        shape = sniff::shape(&rows[at..]);
        if !shape.has_header() {
            return from_parts(head, guess, rows[at].clone(), &rows[at + 1..], at + 1, Vec::new());
        }
    }
    let written = shape.header.end.checked_sub(1).and_then(|at| rows.get(at)).cloned().unwrap_or_default();
    let twin = |at: usize| {
        let name = written.get(at).map_or("", |c| c.trim());
        !name.is_empty() && written.iter().filter(|other| other.trim() == name).count() > 1
    };
    // A name that stands twice is shown as it is written; the shape tells such columns apart by a number.
    let names: Vec<String> = shape
        .columns
        .iter()
        .enumerate()
        .map(|(at, c)| if twin(at) { written[at].trim().to_string() } else { c.name.clone() })
        .collect();
    let mut reading =
        from_parts(head, guess, names, &rows[shape.first_data.min(rows.len())..], shape.first_data, shape.notes)?;
    for (at, column) in reading.columns.iter_mut().enumerate() {
        column.twin = twin(at);
    }
    Ok(reading)
}

fn from_parts(
    head: &Head<'_>,
    guess: DialectGuess,
    header: Vec<String>,
    data: &[Vec<String>],
    skip: usize,
    notes: Vec<String>,
) -> Result<Reading, Failure> {
    let data: Vec<Vec<String>> = data
        .iter()
        .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
        .map(|row| row.iter().map(|cell| text(cell)).collect())
        .collect();
    if data.is_empty() && head.whole {
        return Err(Failure::HeaderOnly { file: head.name.into() });
    }
    let columns = propose_columns(&header, &data);
    let layout = Reading::layout_of(&columns);
    let fractions = holds_fractions(&columns, &data);
    let codes = columns.iter().find(|c| c.role == Role::Status).map(propose_codes).unwrap_or_default();
    Ok(Reading {
        file: head.name.into(),
        dialect: guess.dialect,
        line_ends: guess.line_ends,
        notes,
        skip: skip as u64,
        layout,
        columns,
        date_order: None,
        codes: if layout.has_codes() { codes } else { Default::default() },
        days_for_all: None,
        repeats: None,
        every_day: None,
        ids: None,
        fractions,
        period_share: 50,
    })
}

/// A cell as the tally will see it.
fn text(cell: &str) -> String {
    String::from_utf8_lossy(clean(cell.as_bytes())).into_owned()
}

/// The first records, blank ones too, as the tally will cut them.
fn read_head(bytes: &[u8], dialect: Dialect, whole: bool) -> Vec<Vec<String>> {
    let mut rows = read_rows(bytes, dialect, MOST_ROWS);
    if !whole && rows.len() < MOST_ROWS {
        // The last one may be cut off.
        let _ = rows.pop();
    }
    rows
}

/// Rows of the head that are looked at.
const MOST_ROWS: usize = 500;

/// The row among the first twenty that names at least two roles, one of them an essential one.
fn known_header(rows: &[Vec<String>]) -> Option<usize> {
    rows.iter().take(20).position(|row| {
        let found: Vec<Role> = row.iter().filter_map(|cell| roles::of_header(cell)).collect();
        found.len() >= 2
            && found.iter().any(|r| matches!(r, Role::Student | Role::Name | Role::School | Role::SchoolNumber))
    })
}

//! From the first bytes of the chosen files to a proposed reading of each, or a plain reason why
//! a file cannot be read.

use super::READS_PUBLIC_FILES;
use super::codes::{self, CodeMap, Meaning};
use super::columns::{self, holds_fractions, propose_codes, propose_columns};
use super::reading::{Layout, Reading};
use super::records::read_rows;
use super::roles::{self, Role};
use super::scan::{Interner, clean};
use super::sniff::{self, Dialect, DialectGuess, FileKind, NameOrigin};
use super::whole_schools;
use super::wide_header;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// More columns than any table has.
    TooManyColumns {
        file: String,
        columns: u64,
    },
    /// The attendance of whole schools by day: nobody can tell from it who is chronically absent.
    SchoolDays {
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
            Failure::TooManyColumns { file, columns } => format!("{file} seems to have {columns} columns or more"),
            Failure::SchoolDays { file } => format!("{file} holds the attendance of whole schools"),
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
            Failure::HeaderOnly { .. } => "Export it again with its rows, or leave it out.".into(),
            Failure::TooManyColumns { .. } => {
                "A table of attendance has far fewer. Line ends may be missing: export it again and load the new file.".into()
            }
            Failure::SchoolDays { .. } => {
                "Which students are chronically absent can’t be told from a school’s percent of attendance. Load a file with one \
                 row per student, or a public file with each school’s chronically absent students."
                    .into()
            }
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
            // The title says what the file is.
            let hint = "Please export the attendance data as a CSV or Excel file and choose that.".into();
            Err(Failure::NotText { file: file(), what: format!("{}, not a table", kind.name()), hint })
        }
    }
}

/// How one of the chosen files is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant, reason = "a handful of them, made once for each reading")]
pub enum How {
    /// As proposed, and as decided earlier for files with its header.
    Proposed,
    /// As this reading says.
    As(Reading),
    /// The same file in another shape: cut with other signs, or its text in another encoding. What was
    /// decided of it holds as far as its columns are the same.
    Again { before: Reading, dialect: Option<Dialect> },
}

/// The readings of all files. `how` has one entry for each file; where it is shorter, the rest is proposed.
pub fn readings(heads: &[Head<'_>], how: &[How], remembered: &[Reading]) -> Result<Vec<Reading>, Failure> {
    let mut all = Vec::with_capacity(heads.len());
    let mut is_new = Vec::with_capacity(heads.len());
    for (at, head) in heads.iter().enumerate() {
        let how = how.get(at).unwrap_or(&How::Proposed);
        is_new.push(!matches!(how, How::As(_)));
        all.push(match how {
            How::Proposed => propose_remembering(head, remembered)?,
            How::As(reading) => reading.clone(),
            How::Again { before, dialect } => propose_again(head, before, *dialect)?,
        });
    }
    apply_code_lists(&mut all, heads, &is_new);
    Ok(all)
}

/// Proposes a reading, taking over what was decided earlier for a file with the same header.
pub fn propose_remembering(head: &Head<'_>, remembered: &[Reading]) -> Result<Reading, Failure> {
    let proposed = propose(head)?;
    let Some(known) = remembered.iter().find(|r| same_header(r, &proposed)) else { return Ok(proposed) };
    // What was said of the days of that file is not true of this one.
    let mut reading = Reading {
        file: proposed.file,
        line_ends: proposed.line_ends,
        notes: proposed.notes,
        skip: proposed.skip,
        fractions: proposed.fractions,
        days_for_all: None,
        ..known.clone()
    };
    reading.answers.retain(|topic, _| topic.is_about_columns());
    for (column, fresh) in reading.columns.iter_mut().zip(proposed.columns) {
        column.samples = fresh.samples;
        column.carried = fresh.carried;
    }
    Ok(reading)
}

pub(super) fn same_header(a: &Reading, b: &Reading) -> bool {
    a.columns.len() == b.columns.len() && a.columns.iter().zip(&b.columns).all(|(a, b)| a.header == b.header)
}

/// Proposes the same file anew, keeping what the person has decided of it.
fn propose_again(head: &Head<'_>, before: &Reading, dialect: Option<Dialect>) -> Result<Reading, Failure> {
    let fresh = propose_with(head, dialect)?;
    let mut reading = Reading {
        file: fresh.file,
        dialect: fresh.dialect,
        line_ends: fresh.line_ends,
        notes: fresh.notes,
        skip: fresh.skip,
        ..before.clone()
    };
    let same_place = before.columns.len() == fresh.columns.len();
    reading.columns = fresh.columns;
    for (at, column) in reading.columns.iter_mut().enumerate() {
        // In other letters a header may look otherwise; then its place tells which column it is.
        let known = match same_place {
            true => before.columns.get(at),
            false => before.columns.iter().find(|known| known.header == column.header),
        };
        if let Some(known) = known.filter(|known| known.chosen || same_place && known.header == column.header) {
            column.role = known.role.clone();
            column.why.clone_from(&known.why);
            column.chosen = known.chosen;
        }
    }
    reading.layout = Reading::layout_of(&reading.columns);
    if reading.layout.has_codes() {
        for (code, meaning) in fresh.codes {
            let _ = reading.codes.entry(code).or_insert(meaning);
        }
    }
    if reading.layout != before.layout {
        reading.fractions = fresh.fractions;
    }
    // The order of dates is the date column's, and that may be another one now.
    let dates = |r: &Reading| r.column(&Role::Date).map(|at| r.columns[at].header.clone());
    if dates(&reading) != dates(before) {
        reading.date_order = None;
    }
    Ok(reading)
}

/// Proposes how to read a file from its start.
pub fn propose(head: &Head<'_>) -> Result<Reading, Failure> {
    propose_with(head, None)
}

fn propose_with(head: &Head<'_>, chosen: Option<Dialect>) -> Result<Reading, Failure> {
    let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head.bytes);
    if bytes.trim_ascii().is_empty() && head.whole {
        return Err(Failure::Empty { file: head.name.into() });
    }
    let mut guess = sniff::dialect(bytes, head.whole);
    guess.dialect = chosen.unwrap_or(guess.dialect);
    let rows = read_head(bytes, guess.dialect, head.whole);
    let too_wide = rows.iter().filter(|row| row.len() >= MOST_COLUMNS);
    if let Some(columns) = too_wide.clone().map(Vec::len).max()
        && too_wide.count() * 2 >= rows.len()
    {
        return Err(Failure::TooManyColumns { file: head.name.into(), columns: columns as u64 });
    }
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
    let mut names = Interner::default();
    let mut times: Vec<usize> = Vec::new();
    for name in &written {
        let (at, _) = names.intern(name.trim().as_bytes());
        times.resize(times.len().max(at as usize + 1), 0);
        times[at as usize] += 1;
    }
    // The row above may tell columns of one name apart.
    let is_told_apart = |at: usize| {
        shape.columns.get(at).is_some_and(|c| {
            let again = format!("{} (2)", c.name);
            c.origin == NameOrigin::Joined && !c.name.ends_with(')') && shape.columns.iter().all(|o| o.name != again)
        })
    };
    let twin = |at: usize| {
        if is_told_apart(at) {
            return false;
        }
        let name = written.get(at).map_or("", |c| c.trim());
        !name.is_empty() && names.get(name.as_bytes()).is_some_and(|at| times[at as usize] > 1)
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
        column.twin |= twin(at);
    }
    if READS_PUBLIC_FILES
        && reading.columns.iter().all(|c| c.role == Role::NotUsed)
        && let Some(what) = sniff::prose(bytes)
    {
        return Err(no_table(head, what));
    }
    let data = &rows[shape.first_data.min(rows.len())..];
    if READS_PUBLIC_FILES
        && (whole_schools::are_by_day(&reading)
            || whole_schools::are_of_rows(&reading, data) && whole_schools::is_left_with_nothing(&mut reading))
    {
        return Err(Failure::SchoolDays { file: head.name.into() });
    }
    Ok(reading)
}

fn no_table(head: &Head<'_>, what: &str) -> Failure {
    let hint =
        "The attendance of students stands in rows and columns. Export it as a CSV or Excel file and choose that.";
    Failure::NotText { file: head.name.into(), what: format!("{what}, not a table"), hint: hint.into() }
}

/// Whether a reading, of several files or alone, is surely of students or of what goes with them.
#[must_use]
pub fn is_of_students(reading: &Reading, files: usize) -> bool {
    let is_beside = files > 1 && matches!(reading.layout, Layout::Calendar | Layout::CodeList);
    is_beside || reading.columns.iter().any(|column| columns::names_a_student(&column.header))
}

/// What the lists of codes among the chosen files say, put into the readings of the others. A list
/// that lies beside a file knows its codes better than any general rule, but not better than the person
/// who has looked at a reading: only those that are new take over what is known otherwise.
fn apply_code_lists(readings: &mut [Reading], heads: &[Head<'_>], is_new: &[bool]) {
    let mut meanings = CodeMap::new();
    let mut open: Vec<String> = Vec::new();
    for (reading, head) in readings.iter().zip(heads).filter(|(r, _)| r.layout == Layout::CodeList) {
        let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head.bytes);
        let at = |role: Role| reading.column(&role).unwrap_or(usize::MAX);
        let (code, words) = (at(Role::Status), at(Role::Meaning));
        let (presence, excused) = (at(Role::Presence), at(Role::Excused));
        for row in read_head(bytes, reading.dialect, head.whole).iter().skip(reading.skip as usize) {
            let cell = |at: usize| row.get(at).map_or_else(String::new, |c| text(c));
            match listed(&cell(words), &cell(presence), &cell(excused)) {
                Some(meaning) => drop(meanings.insert(cell(code), meaning)),
                None if !cell(words).is_empty() => open.push(cell(code)),
                None => {}
            }
        }
    }
    let with_codes = |r: &Reading| r.layout.has_codes() && r.layout != Layout::Calendar;
    for (reading, is_new) in readings.iter_mut().zip(is_new).filter(|(r, _)| with_codes(r)) {
        for (code, meaning) in &meanings {
            if *is_new || !reading.codes.contains_key(code) {
                let _ = reading.codes.insert(code.clone(), *meaning);
            }
        }
        if *is_new {
            reading.codes.retain(|code, _| !open.contains(code));
            reading.open_codes.clone_from(&open);
        }
    }
}

/// What one row of a list of codes says.
fn listed(words: &str, presence: &str, excused: &str) -> Option<Meaning> {
    let said = codes::in_words(words);
    let presence = codes::known(presence);
    let meaning = match (said, presence) {
        // Late and remote are presence, and say more than that.
        (Some(said), Some(Meaning::Present)) if !said.is_absence() => said,
        (Some(said), Some(Meaning::Absent)) if said.is_absence() => said,
        (_, Some(presence)) => presence,
        (said, None) => said?,
    };
    Some(match (meaning, excused.trim().to_ascii_lowercase().as_str()) {
        (Meaning::Absent, "y" | "yes" | "1" | "true" | "e" | "excused") => Meaning::Excused,
        (Meaning::Absent, "n" | "no" | "0" | "false" | "u" | "unexcused") => Meaning::Unexcused,
        (meaning, _) => meaning,
    })
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
    if data.is_empty() && head.whole && header.iter().all(|name| roles::of_header(name).is_none()) {
        return Err(no_table(head, "a single line of text"));
    }
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
        open_codes: Vec::new(),
        days_for_all: None,
        repeats: None,
        every_day: None,
        ids: None,
        fractions,
        period_share: 50,
        answers: BTreeMap::new(),
        encoding: None,
        days: Vec::new(),
    })
}

/// A cell as the tally will see it.
fn text(cell: &str) -> String {
    String::from_utf8_lossy(clean(cell.as_bytes())).into_owned()
}

/// The first records, blank ones too, as the tally will cut them.
fn read_head(bytes: &[u8], dialect: Dialect, whole: bool) -> Vec<Vec<String>> {
    let mut rows = read_rows(bytes, dialect, MOST_ROWS);
    if !whole && rows.len() < MOST_ROWS && rows.len() > 1 {
        // The last one may be cut off.
        let _ = rows.pop();
    }
    rows
}

/// As many as a spreadsheet can hold; the reader of the start looks at no more.
const MOST_COLUMNS: usize = 16_384;

/// Rows of the head that are looked at.
const MOST_ROWS: usize = 500;

/// The row among the first twenty that names at least two roles, one of them an essential one.
fn known_header(rows: &[Vec<String>]) -> Option<usize> {
    rows.iter().take(20).position(|row| {
        let found: Vec<Role> = row.iter().filter_map(|cell| roles::of_header(cell)).collect();
        let days = wide_header::propose(row, false).iter().flatten().count();
        found.len() + days >= 2
            && found.iter().any(|r| matches!(r, Role::Student | Role::Name | Role::School | Role::SchoolNumber))
    })
}

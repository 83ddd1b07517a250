//! Counts the rows of all files into students, stays and days. Memory grows with students and
//! absences; rows are looked at once and forgotten.

mod asks;
mod calendar;
mod carried;
mod dataset;
mod dated;
mod file_state;
mod finish;
mod people;
mod published;
mod status;
mod totals;
mod untaken;
mod who;
pub mod whole;
mod wide;
mod years;

use super::READS_PUBLIC_FILES;
use super::codes::Meaning;
use super::problem::{Kind, Problems};
use super::reading::{Ids, Layout, Reading};
use super::records::{Reader, Record};
use super::scan::{Found, Interner, Known, NONE, Row, Scanner, Sink, Watched};
use super::school_days;
use crate::attendance::{Day, order};
use file_state::{AllFiles, DateSlot, FileState};
use people::People;
use rustc_hash::{FxHashMap, FxHashSet};

pub use finish::{CodeCount, FileFacts, Outcome};

/// Reads files, one after the other, by their readings.
pub struct Tally {
    readings: Vec<Reading>,
    today: Day,
    people: People,
    /// The days of every stay, and what rows of this file repeat.
    known: Known,
    problems: Problems,
    files: Vec<FileState>,
    codes: Vec<Code>,
    /// Every date met, in order of first appearance; marks and day sets point here.
    days: Vec<Day>,
    day_positions: FxHashMap<Day, u16>,
    /// Two rows that contradict each other: where they were met, to name both lines.
    watch: FxHashSet<(u32, u16)>,
    conflicts: Vec<(u32, u16)>,
    /// Stays whose rows are set aside, found on the first pass.
    reject: FxHashMap<u32, Kind>,
    /// The school year that counts; `None` while the files are read for the first time.
    latest: Option<years::Latest>,
    /// Whether `watch` and `reject` are those of an earlier reading.
    is_settled: bool,
    published: published::Groups,
    enrolment: calendar::Enrolment,
    /// Schools' names by number, from lists that hold both.
    school_numbers: Interner,
    school_names: Vec<Vec<u8>>,
    /// Schools and days of which a row says that there was no school.
    days_off: FxHashSet<(u32, u16)>,
    /// Days that the person took out of the school days.
    taken_out: Vec<Day>,
    /// The answer to whose the numbers are, which holds for all files.
    ids: Option<Ids>,
    /// Whether numbers are joined that differ in zeros before them; found on the first pass.
    joins_numbers: bool,
    /// The file in which each student was met first.
    first_files: Vec<u16>,
    /// Room for the cells of one row of a wide file.
    cells: wide::Cells,
    source: Option<Source>,
    current: usize,
}

/// What cuts the current file into records.
enum Source {
    Fast(Scanner),
    /// For backslash escapes, padded columns and mixed line ends; with room for the next bytes.
    General(Box<Reader>, Vec<u8>),
}

/// Hands the general reader's records on as rows.
fn general(tally: &mut Tally) -> impl FnMut(&Record<'_>) {
    let mut bytes: Vec<u8> = Vec::new();
    let mut fields: Vec<(u32, u32)> = Vec::new();
    move |record| {
        if record.oversize.is_some() {
            return tally.found(Found::TooLong { line: record.line });
        }
        bytes.clear();
        fields.clear();
        for field in record.iter() {
            let from = bytes.len() as u32;
            bytes.extend_from_slice(field);
            fields.push((from, bytes.len() as u32));
        }
        tally.found(Found::Row(Row::from_parts(&bytes, &fields, record.line)));
    }
}

/// A status code of one file.
struct Code {
    file: u16,
    text: String,
    meaning: Option<Meaning>,
    rows: u64,
    first_line: u64,
}

const ABSENT: usize = usize::MAX;

impl Tally {
    /// `today` bounds the dates; `sizes` are the files' bytes.
    #[must_use]
    pub fn new(readings: Vec<Reading>, sizes: &[u64], today: Day) -> Tally {
        let mut people = People::default();
        let all = AllFiles::of(&readings);
        let files = readings
            .iter()
            .zip(sizes)
            .map(|(reading, bytes)| FileState::new(reading, *bytes, &mut people, &all))
            .collect();
        let taken_out = school_days::changes(&readings).filter(|change| !change.is_school).map(|c| c.day).collect();
        Tally {
            taken_out,
            ids: readings.iter().filter_map(|r| r.ids).find(|ids| *ids != Ids::EachRow),
            joins_numbers: false,
            first_files: Vec::new(),
            cells: wide::Cells::default(),
            readings,
            today,
            people,
            known: Known::default(),
            problems: Problems::default(),
            files,
            codes: Vec::new(),
            days: Vec::new(),
            day_positions: FxHashMap::default(),
            watch: FxHashSet::default(),
            conflicts: Vec::new(),
            reject: FxHashMap::default(),
            latest: None,
            is_settled: false,
            published: published::Groups::default(),
            enrolment: calendar::Enrolment::default(),
            school_numbers: Interner::default(),
            school_names: Vec::new(),
            days_off: FxHashSet::default(),
            source: None,
            current: 0,
        }
    }

    /// Files in the order in which they should be read: lists of students and calendars first, then totals,
    /// whose schools hold for dated rows without one.
    #[must_use]
    pub fn order(readings: &[Reading]) -> Vec<usize> {
        let rank = |at: usize| match readings[at].layout {
            Layout::Roster | Layout::Calendar => 0,
            Layout::Totals => 1,
            _ => 2,
        };
        order::positions(readings.len(), &mut |a, b| rank(a).cmp(&rank(b)))
    }

    /// Begins a file.
    pub fn start(&mut self, file: usize) {
        self.current = file;
        let reading = &self.readings[file];
        self.source = Some(match reading.marks() {
            Some(marks) => Source::Fast(Scanner::new(marks, 1)),
            None => Source::General(Box::new(Reader::new(reading.dialect)), Vec::new()),
        });
        self.known.begin(self.watched());
        self.begin_days();
        self.begin_groups();
    }

    /// Room for `n` more bytes of the current file, to be filled before [`Tally::advance`].
    pub fn space(&mut self, n: usize) -> &mut [u8] {
        match &mut self.source {
            Some(Source::Fast(scanner)) => scanner.space(n),
            Some(Source::General(_, room)) => {
                room.resize(n, 0);
                room
            }
            None => &mut [],
        }
    }

    /// Counts the rows that are complete.
    pub fn advance(&mut self) {
        self.with_source(|source, tally| match source {
            Source::Fast(scanner) => scanner.advance(tally),
            Source::General(reader, room) => reader.push(room, &mut general(tally)),
        });
        self.settle();
    }

    /// Copies a chunk in and counts its rows.
    pub fn push(&mut self, chunk: &[u8]) {
        self.space(chunk.len()).copy_from_slice(chunk);
        self.advance();
    }

    /// Ends the current file.
    pub fn end(&mut self) {
        self.with_source(|source, tally| match source {
            Source::Fast(scanner) => scanner.finish(tally),
            Source::General(reader, _) => reader.finish(&mut general(tally)),
        });
        self.settle();
        self.source = None;
    }

    /// Data rows of all files so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|f| f.account.rows).sum()
    }

    /// Whether some rows turned out unusable only after others were read: then the same files are
    /// read once more, by [`Tally::second_pass`], which can name their lines.
    #[must_use]
    pub fn needs_second_pass(&self) -> bool {
        self.holds_years()
            || self.numbers_differ_in_form()
            || !self.is_settled && (!self.conflicts.is_empty() || !self.rejected().is_empty())
    }

    fn holds_years(&self) -> bool {
        self.latest.is_none() && self.latest_year() != years::Latest::default()
    }

    /// The same files, to be read again knowing which rows to set aside.
    #[must_use]
    pub fn second_pass(&self, readings: Vec<Reading>, sizes: &[u64]) -> Tally {
        let mut again = Tally::new(readings, sizes, self.today);
        again.latest = Some(self.latest.unwrap_or_else(|| self.latest_year()));
        again.joins_numbers = self.joins_numbers || self.numbers_differ_in_form();
        // Without the earlier years, or with numbers joined, students and days have other positions, and most
        // contradictions are gone.
        if !self.holds_years() && again.joins_numbers == self.joins_numbers {
            again.watch = self.conflicts.iter().copied().collect();
            again.reject = self.rejected();
            again.is_settled = true;
        }
        again
    }

    fn with_source(&mut self, act: impl FnOnce(&mut Source, &mut Tally)) {
        if let Some(mut source) = self.source.take() {
            act(&mut source, self);
            self.source = Some(source);
        }
    }

    /// The columns by which a row of this file can repeat what is known: its student's traits, a date
    /// and one status. Where more columns decide what a row says, every row is looked at.
    fn watched(&self) -> Option<Watched> {
        let columns = &self.files[self.current].columns;
        // A row of a period says something new of its day whatever the others said.
        let counts = self.readings[self.current].layout == Layout::Dated;
        let simple = (counts || self.readings[self.current].layout == Layout::Periods)
            && self.watch.is_empty()
            && self.reject.is_empty()
            && !(self.is_of_any_school() && self.people.stays.iter().any(|stay| stay.next != NONE))
            && self.files[self.current].carried.is_empty()
            && columns.status != ABSENT
            && [columns.part_absent, columns.part_present, columns.excused, columns.enrolled, columns.meaning]
                .iter()
                .all(|column| *column == ABSENT);
        let traits = [columns.school, columns.school_name, columns.grade, columns.homeroom];
        simple.then(|| Watched {
            counts,
            student: columns.student,
            date: columns.date,
            status: columns.status,
            about: traits
                .into_iter()
                .filter(|column| *column != ABSENT)
                .chain(columns.conditions.iter().map(|(column, _)| *column))
                .collect(),
        })
    }

    /// Adds the rows that only repeated what is known to the file's account.
    fn settle(&mut self) {
        let (rows, by_code) = self.known.take_rows();
        for (code, rows) in by_code {
            self.codes[usize::from(code)].rows += rows;
        }
        let file = &mut self.files[self.current];
        file.records += rows;
        file.rows_present += rows;
        file.account.rows += rows;
        file.account.rows_used += rows;
    }

    fn found(&mut self, found: Found<'_>) {
        let file = self.current;
        let state = &mut self.files[file];
        state.records += 1;
        if state.records <= self.readings[file].skip {
            if let Found::Row(row) = found {
                let _ = self.school_line(&row, true);
            }
            return;
        }
        match found {
            Found::TooLong { line } => {
                state.account.rows += 1;
                self.problems.set_aside(Kind::TooLongRecord, file as u16, line, None);
            }
            Found::Row(row) => {
                if row.is_blank() {
                    return;
                }
                state.account.rows += 1;
                if self.school_line(&row, false) {
                    return self.set_aside(Kind::NotAStudentRow, &row, ABSENT);
                }
                if self.files[file].carried.is_empty() {
                    return self.count(&row);
                }
                let mut carried = std::mem::take(&mut self.files[file].carried);
                self.count(&carried.fill(&row));
                self.files[file].carried = carried;
            }
        }
    }

    fn count(&mut self, row: &Row<'_>) {
        let file = self.current;
        match self.readings[file].layout {
            Layout::Totals => {
                if self.is_of_latest(row) {
                    self.totals_row(row);
                }
            }
            Layout::Dated | Layout::Periods => self.dated_row(row),
            Layout::Roster => self.roster_row(row),
            Layout::Wide => self.wide_row(row),
            Layout::Calendar => self.calendar_row(row),
            Layout::CodeList => self.files[file].account.rows_used += 1,
            Layout::Published if READS_PUBLIC_FILES => self.published_row(row),
            Layout::Published => {}
            Layout::Unknown => self.set_aside(Kind::NoStudent, row, ABSENT),
        }
    }

    fn set_aside(&mut self, kind: Kind, row: &Row<'_>, column: usize) {
        let column = (column != ABSENT).then_some(column);
        self.problems.set_aside(kind, self.current as u16, row.line, column);
    }
}

impl Sink for Tally {
    #[inline]
    fn known(&mut self) -> Option<&mut Known> {
        Some(&mut self.known)
    }

    fn found(&mut self, found: Found<'_>) {
        Tally::found(self, found);
    }
}

/// Between a student's number and the school where numbers are unique only within one.
const UNIT: u8 = 0x1f;

/// `NULL` and `\N`, as database dumps write nothing.
fn is_null(field: &[u8]) -> bool {
    field.eq_ignore_ascii_case(b"null") || field == b"\\N"
}

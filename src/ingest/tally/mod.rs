//! Counts the rows of all files into students, stays and days. Memory grows with students and
//! absences; rows are looked at once and forgotten.

mod asks;
mod calendar;
mod dated;
mod finish;
mod people;
mod published;
mod totals;
mod untaken;
pub mod whole;
mod wide;

use super::codes::Meaning;
use super::dates::DateOrder;
use super::pick::{Answer, Topic};
use super::problem::{Kind, Problems};
use super::reading::{self, Ids, Layout, Reading};
use super::records::{Reader, Record};
use super::roles::{self, Role};
use super::scan::{Found, Interner, Known, NONE, Row, Scanner, Sink, Watched};
use crate::attendance::{Day, FileAccount, attribute, order};
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
    published: published::Groups,
    enrolment: calendar::Enrolment,
    /// Schools' names by number, from lists that hold both.
    school_numbers: Interner,
    school_names: Vec<Vec<u8>>,
    /// Schools and days of which a row says that there was no school.
    days_off: FxHashSet<(u32, u16)>,
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

/// What is known of one file while it is read.
struct FileState {
    account: FileAccount,
    columns: Columns,
    codes: Interner,
    /// Position in `Tally::codes` by position in `codes`.
    code_of: Vec<u16>,
    dates: Interner,
    date_of: Vec<DateSlot>,
    periods: Interner,
    order: DateOrder,
    only: [u64; 2],
    either: u64,
    either_example: Option<(String, String, String)>,
    weekend: [u64; 2],
    future: [u64; 2],
    rows_present: u64,
    rows_absent: u64,
    rows_waiting: u64,
    repeats: u64,
    repeats_line: u64,
    /// Rows with a percent, and those of them that miss more than half.
    percents: u64,
    mostly_absent: u64,
    /// Rows with more unexcused absences than their total.
    unexcused_above: u64,
    /// The first of two rows that contradict each other, by stay and day.
    firsts: FxHashSet<(u32, u16)>,
    /// Rows of periods by class: student's stay, day and position of period and class.
    classes: FxHashSet<(u32, u16, u32)>,
    /// Stands for the school where the file has none and is one school's own.
    school_of_file: Vec<u8>,
    records: u64,
    bad_utf8: u64,
    bad_utf8_line: u64,
}

#[derive(Clone, Copy)]
enum DateSlot {
    Day(u16),
    Unreadable,
    Future,
}

/// Positions of the columns in use; `usize::MAX` where there is none.
struct Columns {
    student: usize,
    first_name: usize,
    last_name: usize,
    name: usize,
    school: usize,
    /// The school's name, where its number tells schools apart.
    school_name: usize,
    district: usize,
    grade: usize,
    homeroom: usize,
    date: usize,
    status: usize,
    period: usize,
    part_absent: usize,
    part_present: usize,
    excused: usize,
    enrolled: usize,
    absent: usize,
    present: usize,
    by_kind: [(usize, crate::attendance::Kind); 3],
    percent_present: usize,
    percent_absent: usize,
    school_number: usize,
    section: usize,
    tardy: usize,
    entry: usize,
    exit: usize,
    in_session: usize,
    /// Columns that are days, with the day of each that has a date.
    days: Vec<(usize, Option<DateSlot>)>,
    /// Column and position among the conditions.
    conditions: Vec<(usize, usize)>,
}

const ABSENT: usize = usize::MAX;

impl Tally {
    /// `today` bounds the dates; `sizes` are the files' bytes.
    #[must_use]
    pub fn new(readings: Vec<Reading>, sizes: &[u64], today: Day) -> Tally {
        let mut people = People::default();
        // Names of schools repeat between districts. Where every file gives numbers, they tell schools
        // apart; otherwise files are joined by name, which is what they most often share.
        let numbered = |r: &Reading| {
            let school = r.column(&Role::School).map(|at| roles::of_header(&r.columns[at].header));
            r.has(&Role::SchoolNumber) || matches!(school, None | Some(Some(Role::SchoolNumber)))
        };
        let by_number = readings.iter().all(numbered);
        let files = readings
            .iter()
            .zip(sizes)
            .map(|(reading, bytes)| FileState::new(reading, *bytes, &mut people, by_number))
            .collect();
        Tally {
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
            published: published::Groups::default(),
            enrolment: calendar::Enrolment::default(),
            school_numbers: Interner::default(),
            school_names: Vec::new(),
            days_off: FxHashSet::default(),
            source: None,
            current: 0,
        }
    }

    /// Files in the order in which they should be read: lists of students and calendars first.
    #[must_use]
    pub fn order(readings: &[Reading]) -> Vec<usize> {
        let is_later = |at: usize| !matches!(readings[at].layout, Layout::Roster | Layout::Calendar);
        order::positions(readings.len(), &mut |a, b| is_later(a).cmp(&is_later(b)))
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
        !self.conflicts.is_empty() || !self.rejected().is_empty()
    }

    /// The same files, to be read again knowing which rows to set aside.
    #[must_use]
    pub fn second_pass(&self, readings: Vec<Reading>, sizes: &[u64]) -> Tally {
        let mut again = Tally::new(readings, sizes, self.today);
        again.watch = self.conflicts.iter().copied().collect();
        again.reject = self.rejected();
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
        let simple = self.readings[self.current].layout == Layout::Dated
            && self.watch.is_empty()
            && self.reject.is_empty()
            && columns.status != ABSENT
            && [columns.part_absent, columns.part_present, columns.excused, columns.enrolled]
                .iter()
                .all(|column| *column == ABSENT);
        let traits = [columns.school, columns.school_name, columns.grade, columns.homeroom];
        simple.then(|| Watched {
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
            return;
        }
        match found {
            Found::TooLong { line } => {
                state.account.rows += 1;
                self.problems.set_aside(Kind::TooLongRecord, file as u16, line, None);
            }
            Found::Row(row) => {
                if row.len() <= 1 && row.is_blank() || row.is_blank() {
                    return;
                }
                state.account.rows += 1;
                match self.readings[file].layout {
                    Layout::Totals => self.totals_row(&row),
                    Layout::Dated | Layout::Periods => self.dated_row(&row),
                    Layout::Roster => self.roster_row(&row),
                    Layout::Wide => self.wide_row(&row),
                    Layout::Calendar => self.calendar_row(&row),
                    Layout::CodeList => self.files[file].account.rows_used += 1,
                    Layout::Published => self.published_row(&row),
                    Layout::Unknown => self.set_aside(Kind::NoStudent, &row, ABSENT),
                }
            }
        }
    }

    fn set_aside(&mut self, kind: Kind, row: &Row<'_>, column: usize) {
        let column = (column != ABSENT).then_some(column);
        self.problems.set_aside(kind, self.current as u16, row.line, column);
    }

    /// The student and stay of a row, or `None` with the row set aside.
    #[inline]
    fn who(&mut self, row: &Row<'_>) -> Option<(u32, u32)> {
        let columns = &self.files[self.current].columns;
        let id = row.get(columns.student);
        let mut school = if columns.school == ABSENT { &[][..] } else { row.get(columns.school) };
        let mut each_row = Vec::new();
        if (id.is_empty() || is_null(id)) && self.readings[self.current].ids == Some(Ids::EachRow) {
            each_row = format!("Row {}", row.line).into_bytes();
        }
        let id = if each_row.is_empty() { id } else { &each_row[..] };
        if id.is_empty() || is_null(id) {
            let column = columns.student;
            self.set_aside(Kind::NoStudent, row, column);
            return None;
        }
        if school.is_empty() && columns.school != ABSENT {
            let column = columns.school;
            self.set_aside(Kind::NoSchool, row, column);
            return None;
        }
        if !self.school_names.is_empty()
            && let Some(at) = self.school_numbers.get(school)
        {
            school = &self.school_names[at as usize];
        }
        let of_file = &self.files[self.current].school_of_file;
        let given = columns.school != ABSENT || !of_file.is_empty();
        if columns.school == ABSENT {
            school = of_file;
        }
        let known = self.people.ids.len();
        let student = match self.readings[self.current].ids {
            None | Some(Ids::Everywhere | Ids::EachRow) => self.people.student(id),
            Some(Ids::WithinSchool) => {
                let mut key = std::mem::take(&mut self.people.key);
                key.clear();
                key.extend_from_slice(id);
                key.push(UNIT);
                key.extend_from_slice(school);
                let student = self.people.student(&key);
                self.people.key = key;
                student
            }
        };
        let first = self.people.first_stay[student as usize];
        let stay = if !given && first != NONE {
            // A file without schools speaks of the school that another file gives.
            first
        } else {
            self.people.stay(student, school)
        };
        let columns = &self.files[self.current].columns;
        if columns.school_name != ABSENT {
            let school = self.people.stays[stay as usize].school as usize;
            let name = row.get(columns.school_name);
            let shown = &mut self.people.school_names[school];
            // Of two names the first by letter holds, whatever the order of rows.
            if !name.is_empty() && (shown.is_empty() || name < shown.as_bytes()) {
                *shown = String::from_utf8_lossy(name).into_owned();
            }
        }
        if known != self.people.ids.len() || self.people.names[student as usize].is_empty() {
            self.note_new(student, row);
        }
        Some((student, stay))
    }

    #[cold]
    fn note_new(&mut self, student: u32, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        let text =
            |at: usize| if at == ABSENT { String::new() } else { String::from_utf8_lossy(row.get(at)).into_owned() };
        let name = match (text(columns.name), text(columns.last_name), text(columns.first_name)) {
            (name, last, first) if name.is_empty() && !(last.is_empty() && first.is_empty()) => {
                if first.is_empty() || last.is_empty() { last + &first } else { format!("{last}, {first}") }
            }
            (name, _, _) => name,
        };
        self.people.names[student as usize] = name;
        if columns.district != ABSENT && !row.get(columns.district).is_empty() {
            let stay = self.people.first_stay[student as usize];
            let school = self.people.stays[stay as usize].school as usize;
            if self.people.districts[school].is_empty() {
                self.people.districts[school] = text(columns.district);
            }
        }
    }

    /// Grade, homeroom and conditions of a row.
    #[inline]
    fn note_traits(&mut self, student: u32, stay: u32, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        if columns.grade != ABSENT {
            self.people.note_grade(stay, row.get(columns.grade));
        }
        if columns.homeroom != ABSENT {
            self.people.note_homeroom(stay, row.get(columns.homeroom));
        }
        for &(column, condition) in &columns.conditions {
            self.people.note_condition(student, condition, row.get(column));
        }
    }

    fn roster_row(&mut self, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        if columns.school_number != ABSENT && columns.school_name == ABSENT && columns.school != ABSENT {
            let (number, name) = (row.get(columns.school_number), row.get(columns.school));
            let both = !number.is_empty() && !name.is_empty() && number != name;
            if both && self.school_numbers.intern(number).1 {
                self.school_names.push(name.to_vec());
            }
        }
        let Some((student, stay)) = self.who(row) else { return };
        self.enrolment.listed.insert(student);
        if !self.note_span(row, stay) {
            return;
        }
        self.note_traits(student, stay, row);
        let column = self.files[self.current].columns.enrolled;
        if column != ABSENT {
            match totals::days(row.get(column)) {
                Ok(Some(days)) => self.people.stays[stay as usize].enrolled = Some(days),
                Ok(None) => {}
                Err(kind) => return self.set_aside(kind, row, column),
            }
        }
        self.files[self.current].account.rows_used += 1;
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

/// A file's name without its ending.
fn file_stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `NULL` and `\N`, as database dumps write nothing.
fn is_null(field: &[u8]) -> bool {
    field.eq_ignore_ascii_case(b"null") || field == b"\\N"
}

impl FileState {
    fn new(reading: &Reading, bytes: u64, people: &mut People, by_number: bool) -> FileState {
        let at = |role: Role| reading.column(&role).unwrap_or(ABSENT);
        let by_number = by_number && reading.has(&Role::School) && reading.has(&Role::SchoolNumber);
        let conditions = reading
            .columns
            .iter()
            .enumerate()
            .filter_map(|(column, c)| match &c.role {
                Role::Condition(key) => {
                    let label = attribute::label(key).map_or_else(|| c.header.trim().to_string(), str::to_string);
                    Some((column, people.add_condition(key, &label)))
                }
                _ => None,
            })
            .collect();
        use crate::attendance::Kind as Why;
        let columns = Columns {
            student: at(Role::Student),
            first_name: at(Role::FirstName),
            last_name: at(Role::LastName),
            name: at(Role::Name),
            school: if by_number { at(Role::SchoolNumber) } else { at(Role::School) },
            school_name: if by_number { at(Role::School) } else { ABSENT },
            district: at(Role::District),
            grade: at(Role::Grade),
            homeroom: at(Role::Homeroom),
            date: at(Role::Date),
            status: at(Role::Status),
            period: at(Role::Period),
            part_absent: at(Role::PartAbsent),
            part_present: at(Role::PartPresent),
            excused: at(Role::Excused),
            enrolled: at(Role::DaysEnrolled),
            absent: at(Role::DaysAbsent),
            present: at(Role::DaysPresent),
            by_kind: [
                (at(Role::DaysExcused), Why::Excused),
                (at(Role::DaysUnexcused), Why::Unexcused),
                (at(Role::DaysSuspended), Why::Suspended),
            ],
            percent_present: at(Role::PercentPresent),
            percent_absent: at(Role::PercentAbsent),
            school_number: at(Role::SchoolNumber),
            section: at(Role::Section),
            tardy: at(Role::TardyFlag),
            entry: at(Role::Entry),
            exit: at(Role::Exit),
            in_session: at(Role::InSession),
            days: Vec::new(),
            conditions,
        };
        FileState {
            account: FileAccount { name: reading.file.clone(), bytes, ..FileAccount::default() },
            columns,
            codes: Interner::default(),
            code_of: Vec::new(),
            dates: Interner::default(),
            date_of: Vec::new(),
            periods: Interner::default(),
            order: reading.date_order.unwrap_or(DateOrder::MonthFirst),
            only: [0; 2],
            either: 0,
            either_example: None,
            weekend: [0; 2],
            future: [0; 2],
            rows_present: 0,
            rows_absent: 0,
            rows_waiting: 0,
            repeats: 0,
            repeats_line: 0,
            percents: 0,
            mostly_absent: 0,
            unexcused_above: 0,
            firsts: FxHashSet::default(),
            classes: FxHashSet::default(),
            school_of_file: match reading.answer(Topic::FileIs) {
                Some(Answer::OneSchoolEach) => file_stem(&reading.file).as_bytes().to_vec(),
                _ => Vec::new(),
            },
            records: 0,
            bad_utf8: 0,
            bad_utf8_line: 0,
        }
    }
}

/// Looks a code up in the reading, then among the codes that are known everywhere.
fn meaning(reading: &Reading, code: &str) -> Option<Meaning> {
    reading::meaning(&reading.codes, code)
}

//! How a file is read: its layout, what each column is, what its codes mean. Proposed from the
//! first rows, shown, changed by the person, remembered for files with the same header.

use super::codes::{self, CodeMap, Meaning};
use super::dates::{self, DateOrder, ReadDate};
use super::group_headers;
use super::pick::{Answer, Pick, Topic};
use super::roles::{self, Role};
use super::scan::{Interner, Marks};
use super::sniff::{Dialect, Escape, LineEnds};
use super::wide_header;
use crate::attendance::Days;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file's reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub file: String,
    pub dialect: Dialect,
    pub line_ends: LineEnds,
    /// What is out of the ordinary in the file's shape, one sentence each.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Records before the first row of data: title lines and the header.
    pub skip: u64,
    pub layout: Layout,
    pub columns: Vec<Column>,
    pub date_order: Option<DateOrder>,
    /// Decided codes, as written.
    pub codes: CodeMap,
    /// Enrolled days of every student, where the person gave one number for all.
    pub days_for_all: Option<Days>,
    /// What several rows of one student and school mean in a file of totals.
    pub repeats: Option<Repeats>,
    /// Whether a dated file has a row for every student and day, where that is not plain.
    pub every_day: Option<bool>,
    /// Whether a number is one student everywhere; `None` while nothing speaks against it.
    pub ids: Option<Ids>,
    /// Percents are written as fractions of one.
    #[serde(default)]
    pub fractions: bool,
    /// Absent for at least this share of the day's periods, in percent, is an absent day.
    pub period_share: u8,
    /// Answers to questions with fixed answers.
    #[serde(default)]
    pub answers: BTreeMap<Topic, Answer>,
}

/// What one row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// One row per student: days enrolled and absent, or a percent.
    Totals,
    /// One row per student and day, or per absence; which of the two shows in the codes.
    Dated,
    /// One row per student, day and period.
    Periods,
    /// One row per student without attendance: conditions, enrolled days.
    Roster,
    /// One row per student with a column for each day, or for each period of one day.
    Wide,
    /// One row per day: whether there was school.
    Calendar,
    /// One row per status code: what it means.
    CodeList,
    /// One row per school or district, perhaps per grade and group of students: counts or rates.
    Published,
    /// What it is must be said by the person.
    Unknown,
}

impl Layout {
    /// Whether rows of this layout carry status codes.
    #[must_use]
    pub const fn has_codes(self) -> bool {
        matches!(self, Layout::Dated | Layout::Periods | Layout::Wide | Layout::Calendar)
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Layout::Totals => "One row per student, with totals",
            Layout::Dated => "One row per student and day, or per absence",
            Layout::Periods => "One row per student, day and period",
            Layout::Roster => "A list of students",
            Layout::Wide => "One row per student, with a column for each day",
            Layout::Calendar => "A calendar of school days",
            Layout::CodeList => "A list of codes and what they mean",
            Layout::Published => "One row per school or group, with counts or rates",
            Layout::Unknown => "Not clear yet",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// As written.
    pub header: String,
    pub role: Role,
    /// Why we think so.
    pub why: String,
    /// The first different values.
    pub samples: Vec<String>,
    /// The header stands over another column as well.
    #[serde(default)]
    pub twin: bool,
    /// The person chose this role.
    #[serde(default)]
    pub chosen: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeats {
    /// Separate stretches of time: add them up.
    Add,
    /// Running totals: the row with the most enrolled days holds.
    Last,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ids {
    /// A number is one student in every school.
    Everywhere,
    /// The same number in two schools is two students.
    WithinSchool,
    /// There are no numbers: each row is another student.
    EachRow,
}

/// Something that only the person can decide. No number is shown while one is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub file: u16,
    pub kind: Ask,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// No column, or no clear column, for this role.
    Column(Role),
    /// No column tells how much was missed.
    Measure,
    /// Two columns have the same name, and only one of them can be meant.
    SameName { header: String, role: Role, columns: Vec<usize> },
    /// What a code means.
    Code { code: String, rows: u64, first_line: u64 },
    /// Day or month first: an example as written with both readings.
    Order { example: String, month_first: String, day_first: String, rows: u64 },
    /// How many days students were enrolled.
    EnrolledDays,
    /// Whether there is a row for every day, or only for some.
    EveryDay { present_rows: u64, rows: u64 },
    /// Several rows for one student and school.
    Repeats { students: u64, first_line: u64 },
    /// The same number in several schools.
    Ids { students: u64 },
    /// One of the questions with fixed answers.
    Pick(Pick),
}

impl Reading {
    /// The marks of the fast path; `None` where only the general reader understands the file.
    #[must_use]
    pub fn marks(&self) -> Option<Marks> {
        let line_end = match self.line_ends {
            LineEnds::Cr => b'\r',
            LineEnds::Mixed => return None,
            LineEnds::Lf | LineEnds::Crlf | LineEnds::None => b'\n',
        };
        let plain = self.dialect.escape == Escape::Doubled
            && self.dialect.delimiter != b' '
            && self.dialect.quote != Some(line_end);
        plain.then_some(Marks { delimiter: self.dialect.delimiter, quote: self.dialect.quote, line_end })
    }

    /// Position of the column with a role.
    #[must_use]
    pub fn column(&self, role: &Role) -> Option<usize> {
        self.columns.iter().position(|c| c.role == *role)
    }

    #[must_use]
    pub fn has(&self, role: &Role) -> bool {
        self.column(role).is_some()
    }

    /// What is missing before the file can be read at all.
    #[must_use]
    pub fn open_columns(&self) -> Vec<Ask> {
        let mut asks = self.same_names();
        match self.layout {
            Layout::Published | Layout::CodeList => return asks,
            Layout::Calendar => {
                if !self.has(&Role::Date) {
                    asks.push(Ask::Column(Role::Date));
                }
                return asks;
            }
            // A file of places: no student is missing from it.
            Layout::Unknown if self.is_about_places() => return vec![Ask::Measure],
            _ => {}
        }
        let each_row = self.ids == Some(Ids::EachRow) && self.layout == Layout::Totals;
        if !self.has(&Role::Student) && !each_row {
            asks.push(Ask::Column(Role::Student));
        }
        match self.layout {
            Layout::Dated | Layout::Periods => {
                if !self.has(&Role::Date) {
                    asks.push(Ask::Column(Role::Date));
                }
                if ![Role::Status, Role::PartAbsent, Role::PartPresent].iter().any(|r| self.has(r)) {
                    asks.push(Ask::Column(Role::Status));
                }
            }
            Layout::Unknown => asks.push(Ask::Measure),
            Layout::Totals
            | Layout::Roster
            | Layout::Wide
            | Layout::Published
            | Layout::Calendar
            | Layout::CodeList => {}
        }
        asks
    }

    /// Whether rows are places, without anything about a student.
    fn is_about_places(&self) -> bool {
        let place = [Role::School, Role::SchoolNumber, Role::District].iter().any(|r| self.has(r));
        let person = [Role::Name, Role::LastName, Role::FirstName, Role::Homeroom, Role::Date];
        place && !person.iter().any(|r| self.has(r)) && !self.columns.iter().any(|c| c.chosen)
    }

    /// The person's answer to a question with fixed answers.
    #[must_use]
    pub fn answer(&self, topic: Topic) -> Option<Answer> {
        self.answers.get(&topic).copied()
    }

    /// Columns of one name whose role matters, while the person has not said which is meant.
    fn same_names(&self) -> Vec<Ask> {
        let mut twins: Vec<(Role, Vec<usize>)> = Vec::new();
        for (at, column) in self.columns.iter().enumerate().filter(|(_, c)| c.twin) {
            let Some(role) = roles::of_header(&column.header) else { continue };
            match twins.iter_mut().find(|(known, _)| *known == role) {
                Some((_, columns)) => columns.push(at),
                None => twins.push((role, vec![at])),
            }
        }
        twins.retain(|(_, columns)| !columns.iter().any(|&at| self.columns[at].chosen));
        // In the order of the columns, since each role was first met at its first column.
        let ask = |(role, columns): (Role, Vec<usize>)| Ask::SameName {
            header: self.columns[columns[0]].header.clone(),
            role,
            columns,
        };
        twins.into_iter().map(ask).collect()
    }

    /// The layout that the columns' roles amount to.
    #[must_use]
    pub fn layout_of(columns: &[Column]) -> Layout {
        let has = |role: Role| columns.iter().any(|c| c.role == role);
        let of_groups = columns
            .iter()
            .any(|c| matches!(c.role, Role::ChronicCount | Role::ChronicRate | Role::Share(_) | Role::Value));
        let place = has(Role::School) || has(Role::SchoolNumber) || has(Role::District);
        if !has(Role::Student) && place && of_groups {
            return Layout::Published;
        }
        if columns.iter().filter(|c| matches!(c.role, Role::OnDate | Role::OnDay)).count() >= 2 {
            return Layout::Wide;
        }
        if !has(Role::Student) && has(Role::Date) && has(Role::InSession) {
            return Layout::Calendar;
        }
        if !has(Role::Student) && !has(Role::Date) && has(Role::Status) && has(Role::Meaning) {
            return Layout::CodeList;
        }
        let dated = has(Role::Status) || has(Role::PartAbsent) || has(Role::PartPresent);
        let totals =
            [Role::DaysAbsent, Role::DaysPresent, Role::PercentAbsent, Role::PercentPresent, Role::DaysUnexcused];
        if has(Role::Date) && dated {
            if has(Role::Period) || has(Role::Section) { Layout::Periods } else { Layout::Dated }
        } else if totals.into_iter().any(&has) {
            Layout::Totals
        } else if has(Role::Student)
            && ([Role::DaysEnrolled, Role::Entry, Role::School, Role::Grade, Role::Homeroom].into_iter().any(&has)
                || columns.iter().any(|c| matches!(c.role, Role::Condition(_))))
        {
            Layout::Roster
        } else {
            Layout::Unknown
        }
    }
}

/// Proposes what each column is, from its header and first values.
#[must_use]
pub fn propose_columns(header: &[String], rows: &[Vec<String>]) -> Vec<Column> {
    let names_student =
        |name: &String| matches!(roles::of_header(name), Some(Role::Student | Role::Name | Role::LastName));
    let of_groups =
        !header.iter().any(names_student) && header.iter().any(|name| roles::of_group_header(name).is_some());
    let mut columns: Vec<Column> = header
        .iter()
        .enumerate()
        .map(|(at, name)| Column {
            header: name.clone(),
            role: Role::NotUsed,
            why: String::new(),
            samples: samples(rows, at),
            twin: false,
            chosen: false,
        })
        .collect();
    let is_date = |name: &String| roles::of_header(name) == Some(Role::Date) && !wide_header::is_day(name);
    let has_date = !of_groups && header.iter().any(is_date);
    let days = wide_header::propose(header, has_date);
    for at in 0..columns.len() {
        let named = match of_groups {
            true => roles::of_group_header(&columns[at].header).or_else(|| {
                let role = roles::of_header(&columns[at].header)?;
                let place =
                    matches!(role, Role::School | Role::SchoolNumber | Role::District | Role::Grade | Role::Year);
                place.then_some(role)
            }),
            false => days[at].clone().or_else(|| roles::of_header(&columns[at].header)),
        };
        let Some(role) = named else { continue };
        let role = fitted(role, &columns[at].samples, rows, at);
        if role == Role::NotUsed {
            continue;
        }
        if role.is_single()
            && let Some(other) = columns.iter_mut().find(|c| c.role == role)
        {
            // Of a district's name and its number the name is shown.
            let ends = |header: &str| roles::normalise(header).ends_with("name");
            if role == Role::District && ends(&header[at]) && !ends(&other.header) {
                other.role = Role::NotUsed;
                columns[at].role = role;
                continue;
            }
            columns[at].why = format!("“{}” is already used for this", other.header);
            continue;
        }
        columns[at].role = role;
    }
    // Of several columns that could hold the status, the one whose codes are known best.
    let known = |at: usize| {
        let codes = columns[at].samples.iter().filter(|c| !c.is_empty());
        let n = codes.clone().count().max(1);
        codes.filter(|c| codes::known(c).is_some()).count() * 100 / n
    };
    let could_be: Vec<usize> =
        (0..columns.len()).filter(|&at| roles::of_header(&columns[at].header) == Some(Role::Status)).collect();
    if let Some(&best) = could_be.iter().rev().max_by_key(|&&at| known(at))
        && columns.iter().any(|c| c.role == Role::Status)
        && columns[best].role != Role::Status
    {
        for at in could_be {
            columns[at].role = if at == best { Role::Status } else { Role::NotUsed };
            columns[at].why = String::new();
        }
    }
    let has = |columns: &[Column], role: &Role| columns.iter().any(|c| c.role == *role);
    let turn = |columns: &mut [Column], from: Role, to: Role| {
        if !columns.iter().any(|c| c.role == to)
            && let Some(column) = columns.iter_mut().find(|c| c.role == from)
        {
            column.role = to;
        }
    };
    turn(&mut columns, Role::Name, Role::Student);
    if of_groups {
        bare_numbers(&mut columns);
    } else {
        turn(&mut columns, Role::SchoolNumber, Role::School);
    }
    let codes_known =
        columns.iter().find(|c| c.role == Role::Status).is_some_and(|c| c.samples.iter().any(|s| is_attendance(s)));
    if has(&columns, &Role::Date) && !has(&columns, &Role::Student) && !codes_known {
        // A day and what kind of day it is, and nobody's attendance.
        turn(&mut columns, Role::Status, Role::InSession);
    }
    if has(&columns, &Role::Date)
        && ![Role::Status, Role::PartAbsent, Role::PartPresent].iter().any(|r| has(&columns, r))
    {
        // Some systems call the code of an absence its reason.
        let sums = [Role::DaysAbsent, Role::DaysPresent].iter().any(|r| has(&columns, r));
        if !sums && has(&columns, &Role::Student) {
            turn(&mut columns, Role::Reason, Role::Status);
        }
    }
    if has(&columns, &Role::Date) && has(&columns, &Role::Status) {
        classes(&mut columns, rows);
    }
    if has(&columns, &Role::Date) {
        // Beside a date these are parts of one day, not sums.
        if !has(&columns, &Role::Status) {
            turn(&mut columns, Role::DaysAbsent, Role::PartAbsent);
            if !has(&columns, &Role::PartAbsent) {
                turn(&mut columns, Role::DaysPresent, Role::PartPresent);
            }
        }
    } else {
        turn(&mut columns, Role::Period, Role::Term);
    }
    for (at, column) in columns.iter_mut().enumerate() {
        if column.role != Role::NotUsed && column.why.is_empty() {
            column.why = why(column, rows, at);
        }
    }
    columns
}

/// Whether a code is surely about a student's attendance, not about a day of the calendar.
fn is_attendance(code: &str) -> bool {
    codes::known(code).is_some_and(|meaning| meaning != Meaning::NotCounted)
}

/// In a public file, numbers whose headers do not say of whom: taken as they most often are, and asked.
fn bare_numbers(columns: &mut [Column]) {
    let of_chronic =
        |c: &Column| matches!(c.role, Role::ChronicCount | Role::ChronicRate | Role::Value | Role::Share(_));
    let groups = columns.iter().any(|c| c.role == Role::Category);
    if !groups && !columns.iter().any(|c| matches!(c.role, Role::ChronicRate)) {
        return;
    }
    if !columns.iter().any(of_chronic)
        && let Some(rate) =
            columns.iter_mut().find(|c| c.role == Role::NotUsed && group_headers::is_bare_rate(&c.header))
    {
        rate.role = Role::ChronicRate;
    }
    let counted = columns.iter().any(|c| matches!(c.role, Role::ChronicCount | Role::GroupSize));
    let rated = columns.iter().any(|c| c.role == Role::ChronicRate);
    if !counted
        && rated
        && let Some(count) =
            columns.iter_mut().find(|c| c.role == Role::NotUsed && group_headers::is_bare_count(&c.header))
    {
        count.role = Role::ChronicCount;
    }
}

/// Attendance taken by class: several rows for one student and day that differ in the class. Then the
/// class tells the periods apart, beside their number or in its place.
fn classes(columns: &mut [Column], rows: &[Vec<String>]) {
    let is_class = |header: &str| {
        matches!(
            roles::normalise(header).as_str(),
            "section"
                | "sectionid"
                | "class"
                | "classid"
                | "course"
                | "courseid"
                | "coursesection"
                | "classsection"
                | "sectionnumber"
        )
    };
    let at = |role: &Role| columns.iter().position(|c| c.role == *role);
    let (Some(student), Some(date)) = (at(&Role::Student), at(&Role::Date)) else { return };
    let period = at(&Role::Period);
    let Some(class) =
        columns.iter().position(|c| matches!(c.role, Role::Homeroom | Role::NotUsed) && is_class(&c.header))
    else {
        return;
    };
    fn cell(row: &[String], at: usize) -> &str {
        row.get(at).map_or("", String::as_str)
    }
    let mut keys = Interner::default();
    let mut classes: Vec<&str> = Vec::new();
    let by_class = rows.iter().any(|row| {
        let day = [cell(row, student), cell(row, date), period.map_or("", |at| cell(row, at))].join("\u{1f}");
        let (at, new) = keys.intern(day.as_bytes());
        if new {
            classes.push(cell(row, class));
        }
        classes[at as usize] != cell(row, class)
    });
    if by_class {
        columns[class].role = Role::Section;
        columns[class].why = "Several rows for one student and day differ in it".into();
    }
}

/// A role whose values do not bear it out is dropped or changed.
fn fitted(role: Role, samples: &[String], rows: &[Vec<String>], at: usize) -> Role {
    let values = || rows.iter().filter_map(|r| r.get(at)).map(String::as_str).filter(|v| !v.is_empty());
    let n = values().count();
    // Half is enough: single cells that are no numbers are rows to set aside, not another column.
    let share = |test: &dyn Fn(&str) -> bool| n == 0 || values().filter(|v| test(v)).count() * 2 >= n;
    let numeric = |v: &str| Days::parse(v.trim_end_matches('%')).is_some() || is_hidden(v);
    match role {
        Role::DaysEnrolled
        | Role::DaysAbsent
        | Role::DaysPresent
        | Role::DaysExcused
        | Role::DaysUnexcused
        | Role::DaysSuspended
        | Role::PercentAbsent
        | Role::PercentPresent
        | Role::PartAbsent
        | Role::PartPresent
            if !share(&numeric) =>
        {
            // “absent” with Y and N, or with codes, is a status.
            if matches!(role, Role::DaysAbsent | Role::DaysPresent) && samples.len() <= 8 {
                Role::Status
            } else {
                Role::NotUsed
            }
        }
        Role::Date if !share(&|v| dates::read(v) != ReadDate::No) => Role::NotUsed,
        role => role,
    }
}

/// Whether a column of percents holds fractions: nothing above one, and something between.
#[must_use]
pub fn holds_fractions(columns: &[Column], rows: &[Vec<String>]) -> bool {
    let Some(at) = columns.iter().position(|c| matches!(c.role, Role::PercentPresent | Role::PercentAbsent)) else {
        return false;
    };
    let values = rows.iter().filter_map(|r| r.get(at)).filter_map(|v| crate::attendance::Decimal::parse(v));
    let thousandths: Vec<i64> = values.map(|d| d.rounded_to(3)).collect();
    thousandths.iter().all(|v| *v <= 1000) && thousandths.iter().any(|v| (1..1000).contains(v))
}

/// Marks that stand for a number that a publisher hid.
#[must_use]
pub fn is_hidden(text: &str) -> bool {
    let text = text.trim();
    matches!(
        text.to_ascii_lowercase().as_str(),
        "*" | "**"
            | "***"
            | "s"
            | "ds"
            | "ns"
            | "-"
            | "--"
            | "---"
            | "n/a"
            | "na"
            | "null"
            | "\\n"
            | "n<10"
            | "suppressed"
    ) || text.starts_with(['<', '>', '≤', '≥'])
}

fn samples(rows: &[Vec<String>], at: usize) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for row in rows {
        let Some(value) = row.get(at) else { continue };
        if seen.iter().any(|s| s == value) {
            continue;
        }
        seen.push(value.clone());
        if seen.len() == 12 {
            break;
        }
    }
    seen
}

fn why(column: &Column, rows: &[Vec<String>], at: usize) -> String {
    let distinct = {
        let mut values: Vec<&str> =
            rows.iter().filter_map(|r| r.get(at)).map(String::as_str).filter(|v| !v.is_empty()).collect();
        values.sort_unstable();
        values.dedup();
        values.len()
    };
    match &column.role {
        Role::Student => "The header names a student number".into(),
        Role::School => format!("{distinct} different in the first rows"),
        Role::Status => format!("{distinct} different codes in the first rows, mapped above"),
        Role::Grade => format!("{distinct} grades in the first rows"),
        Role::Condition(_) => format!("{distinct} different values in the first rows"),
        _ => "By its header".into(),
    }
}

/// What is known of the codes in the first rows.
#[must_use]
pub fn propose_codes(column: &Column) -> CodeMap {
    column.samples.iter().filter_map(|code| Some((code.clone(), codes::known(code)?))).collect()
}

/// The meaning of a code under a reading: decided by the person, or known everywhere.
#[must_use]
pub fn meaning(map: &CodeMap, code: &str) -> Option<Meaning> {
    map.get(code).copied().or_else(|| codes::known(code))
}

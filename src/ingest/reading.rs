//! How a file is read: its layout, what each column is, what its codes mean. Proposed from the
//! first rows, shown, changed by the person, remembered for files with the same header.

use super::READS_PUBLIC_FILES;
use super::codes::{self, CodeMap, Meaning};
use super::dates::{self, DateOrder};
use super::group_words;
use super::pick::{Answer, Pick, Topic};
use super::roles::{self, Role};
use super::scan::Marks;
use super::school_days::DayChange;
use super::sniff::{Dialect, Escape, LineEnds};
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
    /// Codes that a list describes in words that leave open what they mean, whatever they mean elsewhere.
    #[serde(default)]
    pub open_codes: Vec<String>,
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
    /// How the text is written, where the person chose it: a label such as `windows-1252`.
    #[serde(default)]
    pub encoding: Option<String>,
    /// What the person changed of the school days, ascending.
    #[serde(default)]
    pub days: Vec<DayChange>,
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

    /// Whether files of this layout only say more of what others tell.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Layout::Roster | Layout::Calendar | Layout::CodeList)
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
    /// A blank cell says the same as the one above it, as in merged cells.
    #[serde(default)]
    pub carried: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeats {
    /// Separate stretches of time: add them up.
    Add,
    /// Absences of several kinds or times, each row with the same enrolled days: only the absences are added up.
    SameDays,
    /// Running totals: the row with the most enrolled days holds, of percents alone the last one.
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
    /// Columns have the same name, perhaps with a number behind it, and only one of them can be meant.
    SameName { header: String, role: Role, columns: Vec<usize> },
    /// What a code means.
    Code { code: String, rows: u64, first_line: u64 },
    /// Day or month first: an example as written with both readings. Where the column mixes both orders there is no
    /// such example, and each order has a date as written that only it fits.
    Order { example: String, month_first: String, day_first: String, rows: u64 },
    /// How many days students were enrolled.
    EnrolledDays,
    /// Whether there is a row for every day, or only for some.
    EveryDay { present_rows: u64, rows: u64 },
    /// Several rows for one student and school; whether all rows of a student give the same enrolled days.
    Repeats { students: u64, first_line: u64, same_days: bool },
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

    /// What a code means here: decided by the person, or known everywhere and not left open by a list of codes.
    #[must_use]
    pub fn meaning(&self, code: &str) -> Option<Meaning> {
        let is_open = self.open_codes.iter().any(|open| open == code);
        if is_open { self.codes.get(code).copied() } else { meaning(&self.codes, code) }
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

    /// Whether rows of totals tell days, and not only a percent.
    #[must_use]
    pub fn gives_days(&self) -> bool {
        [Role::DaysEnrolled, Role::DaysPresent, Role::DaysAbsent].iter().any(|role| self.has(role))
            || self.days_for_all.is_some()
    }

    /// What is missing before the file can be read at all.
    #[must_use]
    pub fn open_columns(&self) -> Vec<Ask> {
        let mut asks = self.same_names();
        if READS_PUBLIC_FILES {
            asks.extend(self.several_of_groups());
        }
        match self.layout {
            Layout::Published | Layout::CodeList => return asks,
            Layout::Calendar => {
                if !self.has(&Role::Date) {
                    asks.push(Ask::Column(Role::Date));
                }
                return asks;
            }
            // A file of places: no student is missing from it.
            Layout::Unknown if self.is_about_places() => {
                return if asks.is_empty() { vec![Ask::Measure] } else { asks };
            }
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
            Layout::Totals if self.is_unexcused_alone() => asks.push(Ask::Measure),
            Layout::Totals
            | Layout::Roster
            | Layout::Wide
            | Layout::Published
            | Layout::Calendar
            | Layout::CodeList => {}
        }
        asks
    }

    /// Whether unexcused absences are all that is told: they are not all that was missed.
    fn is_unexcused_alone(&self) -> bool {
        let all = [Role::DaysAbsent, Role::DaysPresent, Role::PercentAbsent, Role::PercentPresent, Role::DaysExcused];
        !all.iter().any(|role| self.has(role))
    }

    /// The column of a list that may hold the last day enrolled although its header does not say so: dates, none
    /// of them before anyone's first day.
    #[must_use]
    pub fn may_be_exit(&self) -> Option<usize> {
        if self.has(&Role::Exit) {
            return None;
        }
        let days = |column: &Column| {
            let of = |text: &String| dates::read(text).under(self.date_order.unwrap_or(DateOrder::MonthFirst));
            column
                .samples
                .iter()
                .filter(|text| !is_hidden(text) && !text.is_empty())
                .map(of)
                .collect::<Option<Vec<_>>>()
        };
        let first = days(&self.columns[self.column(&Role::Entry)?])?.into_iter().min()?;
        let later = |c: &Column| {
            c.role == Role::NotUsed
                && !c.chosen
                && days(c).and_then(|d| d.into_iter().min()).is_some_and(|day| day >= first)
        };
        self.columns.iter().position(later)
    }

    /// Gives columns the roles that answers gave them, so that the columns tell what is used.
    pub fn settle_answers(&mut self) {
        let (role, at) = match (self.answer(Topic::LastDay), self.answer(Topic::Spans)) {
            (Some(Answer::Yes), _) => (Role::Exit, self.may_be_exit()),
            (_, Some(Answer::SomethingElse)) if self.has(&Role::Status) => {
                (Role::NotUsed, self.column(&Role::PartAbsent))
            }
            _ => return,
        };
        let topic = if role == Role::Exit { Topic::LastDay } else { Topic::Spans };
        let _ = self.answers.remove(&topic);
        if let Some(column) = at.map(|at| &mut self.columns[at]) {
            (column.role, column.chosen, column.why) = (role, true, "You chose this".into());
        }
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

    /// Roles of a public file that several columns could have.
    fn several_of_groups(&self) -> impl Iterator<Item = Ask> {
        let is_open = |c: &Column| c.why == group_words::SEVERAL && !c.chosen;
        [Role::ChronicCount, Role::ChronicRate].into_iter().filter_map(move |role| {
            let names = |c: &Column| is_open(c) && roles::of_group_header(&c.header).as_ref() == Some(&role);
            (!self.has(&role) && self.columns.iter().any(names)).then_some(Ask::Column(role))
        })
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
        let ask = |(role, columns): (Role, Vec<usize>)| {
            let name = |at: usize| self.columns[at].header.trim();
            let differ = columns.iter().any(|&at| name(at) != name(columns[0]));
            let is_number = |c: char| differ && (c.is_ascii_digit() || " _-.#".contains(c));
            Ask::SameName { header: name(columns[0]).trim_end_matches(is_number).to_string(), role, columns }
        };
        twins.into_iter().map(ask).collect()
    }

    /// The layout that the columns' roles amount to.
    #[must_use]
    pub fn layout_of(columns: &[Column]) -> Layout {
        let has = |role: Role| columns.iter().any(|c| c.role == role);
        let of_groups = columns.iter().any(|c| {
            matches!(
                c.role,
                Role::ChronicCount | Role::ChronicRate | Role::NotChronicRate | Role::Share(_) | Role::Value
            )
        });
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

/// The meaning of a code under a reading: decided by the person, or known everywhere.
fn meaning(map: &CodeMap, code: &str) -> Option<Meaning> {
    map.get(code).copied().or_else(|| codes::known(code)).or_else(|| codes::spelled_out(code))
}

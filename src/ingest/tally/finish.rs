//! From counted rows to a dataset, its problems, and the questions that are still open.

use super::super::conditions;
use super::super::measures;
use super::super::pick::{Pick, Topic};
use super::super::problem::{Kind as Why, Problem, SetAside};
use super::super::reading::{Ask, Column, Layout, Question, Reading, Repeats};
use super::super::roles::{self, Role};
use super::super::scan::NONE;
use super::super::school_days::SchoolDays;
use super::dataset::DayOrder;
use super::people::{RawMark, Stay as RawStay};
use super::untaken::Gaps;
use super::{ABSENT, FileState, Tally};
use crate::attendance::{Dataset, Days, FileAccount, Kind, order};
use crate::ingest::READS_PUBLIC_FILES;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Everything one reading of all files yields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub dataset: Dataset,
    pub problems: Vec<Problem>,
    pub set_aside: Vec<SetAside>,
    /// Rows set aside beyond those listed.
    pub not_listed: u64,
    /// While any is open, the dataset is empty: no number could be right.
    pub questions: Vec<Question>,
    pub files: Vec<FileFacts>,
    /// Readings with what the whole file decided, such as the order of dates.
    pub readings: Vec<Reading>,
    /// The school days in use, to be confirmed.
    pub school_days: SchoolDays,
    /// The files must be read once more with these readings.
    pub again: bool,
}

/// What was seen in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    pub codes: Vec<CodeCount>,
    pub rows_waiting: u64,
    /// What has an answer from the start and can be answered otherwise.
    pub choices: Vec<Pick>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeCount {
    pub code: String,
    pub rows: u64,
    pub first_line: u64,
}

/// Says on a reading, once, what was taken for granted of it.
fn note(reading: &mut Reading, text: &str) {
    if !reading.notes.iter().any(|said| said == text) {
        reading.notes.push(text.into());
    }
}

impl Tally {
    /// Stays whose rows cannot be used, found only once all files were read: to be set aside on
    /// a second reading, which knows their lines.
    #[must_use]
    pub fn rejected(&self) -> FxHashMap<u32, Why> {
        let mut rejected = self.of_all_schools();
        // Rows added up can come to more days missed than anyone was enrolled.
        if self.readings.iter().any(|r| matches!(r.repeats, Some(Repeats::Add | Repeats::SameDays))) {
            let is_above = |stay: &RawStay| {
                stay.percent.is_none()
                    && stay.enrolled.is_some_and(|days| stay.absent.iter().copied().sum::<Days>() > days)
            };
            let above = self.people.stays.iter().enumerate().filter(|(_, stay)| stay.totals && is_above(stay));
            rejected.extend(above.map(|(at, _)| (at as u32, Why::MoreAbsencesThanDays)));
        }
        if self.files.iter().any(|f| self.every_day(f) != Some(false)) && !self.has_sheet_of_absences() {
            return rejected;
        }
        let any_enrolled = self.people.stays.iter().any(|s| s.enrolled.is_some());
        if !any_enrolled && !self.has_spans() {
            return rejected;
        }
        for (at, stay) in self.people.stays.iter().enumerate() {
            if stay.marks.is_empty() || stay.totals && !self.dated_rows_hold() {
                continue;
            }
            match stay.enrolled.or(self.days_for_all()) {
                None => {
                    if self.enrolled_elsewhere(stay).is_none() && !self.has_span(at as u32) {
                        let _ = rejected.insert(at as u32, Why::NotOnRoster);
                    }
                }
                Some(enrolled) => {
                    let absent: Days = stay
                        .marks
                        .iter()
                        .filter(|m| self.kind(m).is_some_and(Kind::is_absence))
                        .map(|m| Days::from_thousandths(i64::from(self.missed(m))))
                        .sum();
                    if absent > enrolled {
                        let _ = rejected.insert(at as u32, Why::MoreAbsencesThanDays);
                    }
                }
            }
        }
        rejected
    }

    /// Conditions that have so many values that the dataset has none of them.
    fn remark_conditions(&mut self, dataset: &Dataset) {
        if dataset.students.is_empty() {
            return;
        }
        for condition in &self.people.conditions {
            let n_values = condition.texts.len();
            if n_values > conditions::MOST_VALUES && dataset.attributes.iter().all(|a| a.key != condition.key) {
                self.problems.remark(Why::TooManyValues, 0, n_values as u64, 0, "", &condition.label);
            }
        }
    }

    /// Ends the reading.
    #[must_use]
    pub fn finish(mut self) -> Outcome {
        let mut readings = self.readings.clone();
        let mut questions = Vec::new();
        let mut again = false;
        for (at, reading) in readings.iter_mut().enumerate() {
            let file = at as u16;
            reading.settle_answers();
            questions.extend(reading.open_columns().into_iter().map(|kind| Question { file, kind }));
            self.ask_order(at, reading, &mut questions, &mut again);
        }
        if let Some(reading) = readings.iter_mut().find(|r| self.joins_numbers && r.has(&Role::Student)) {
            note(reading, "Student numbers count as the same with and without zeros before them or “.0” behind them.");
        }
        if self.counts_absentees()
            && let Some(at) = (0..readings.len()).find(|&at| self.takes_listed_days(at))
        {
            note(&mut readings[at], "Students of the list without a row here count as never absent.");
        }
        self.order_of_neighbours(&mut readings, &mut questions, &mut again);
        self.ask_codes(&mut questions);
        self.ask_days(&mut questions);
        self.ask_ids(&mut questions);
        self.ask_doubts(&mut questions);
        self.ask_periods(&mut questions);
        self.ask_unmatched(&mut questions);
        if READS_PUBLIC_FILES {
            self.settle_measures();
            self.ask_published(&mut questions);
            self.settle_published(&mut questions);
        }
        self.settle_calendar();
        for (at, state) in self.files.iter().enumerate() {
            let alike = |other: &usize| self.are_alike(*other, at);
            // Files that are schools of their own share no students: that is asked first.
            let is_open = |q: &Question| matches!(&q.kind, Ask::Pick(pick) if pick.topic == Topic::FileIs);
            if questions.iter().any(is_open) {
                break;
            }
            if state.repeats > 0 && !(0..at).filter(alike).any(|other| self.files[other].repeats > 0) {
                let differ = (at..self.files.len()).filter(alike).any(|other| self.files[other].days_differ);
                let same_days = state.columns.enrolled != ABSENT && state.columns.present == ABSENT && !differ;
                let kind = Ask::Repeats { students: state.repeats, first_line: state.repeats_line, same_days };
                questions.push(Question { file: at as u16, kind });
            }
        }
        if questions.is_empty() && !again {
            self.ask_sources(&mut questions);
        }
        for at in 0..self.files.len() {
            self.remark_file(at);
        }
        self.remark_join();
        let mut files: Vec<FileFacts> = (0..self.files.len()).map(|at| self.facts(at)).collect();
        let day_order = DayOrder::of(&self.days).1;
        let rows = self.rows_by_day();
        let school_days = self.school_days(&rows);
        let gaps = if questions.is_empty() && !again { self.gaps(&day_order, &rows) } else { Gaps::default() };
        if let Some((at, pick)) = self.untaken(&gaps) {
            files[at].choices.push(pick);
        }
        let dataset = if questions.is_empty() && !again {
            self.dataset(&gaps)
        } else {
            Dataset { files: self.accounts(), ..Dataset::default() }
        };
        self.remark_conditions(&dataset);
        if self.enrolment.outside.get() > 0 {
            self.problems.remark(Why::OutsideEnrolment, 0, self.enrolment.outside.get(), 0, "", "");
        }
        let problems = self.problems.grouped(|file, column| {
            let columns = &self.readings[usize::from(file)].columns;
            columns.get(usize::from(column)).map_or_else(String::new, |c| c.header.clone())
        });
        let mut set_aside = std::mem::take(&mut self.problems.list);
        order::sort(&mut set_aside);
        Outcome {
            dataset,
            problems,
            set_aside,
            not_listed: self.problems.not_listed,
            questions,
            files,
            readings,
            school_days,
            again,
        }
    }

    pub(super) fn accounts(&self) -> Vec<FileAccount> {
        let account = |(at, f): (usize, &FileState)| FileAccount {
            rows_set_aside: self.problems.rows_set_aside(at as u16),
            ..f.account.clone()
        };
        self.files.iter().enumerate().map(account).collect()
    }

    fn facts(&self, at: usize) -> FileFacts {
        let mut codes: Vec<CodeCount> = self
            .codes
            .iter()
            .filter(|c| usize::from(c.file) == at)
            .map(|c| CodeCount { code: c.text.clone(), rows: c.rows, first_line: c.first_line })
            .collect();
        order::sort_by(&mut codes, |a, b| (b.rows, &a.code).cmp(&(a.rows, &b.code)));
        FileFacts { codes, rows_waiting: self.files[at].rows_waiting, choices: Vec::new() }
    }

    /// Whether a dated file has a row for every student and day; `None` where that must be asked
    /// or the file is not dated.
    pub(super) fn every_day(&self, file: &FileState) -> Option<bool> {
        let at = self.files.iter().position(|f| std::ptr::eq(f, file))?;
        let reading = &self.readings[at];
        match reading.layout {
            Layout::Periods | Layout::Dated => {}
            // A cell for every student and day.
            Layout::Wide if file.columns.date == ABSENT => return Some(true),
            // Of rows of absences alone none is without a missed period.
            Layout::Wide => {}
            _ => return None,
        }
        if reading.every_day.is_some() {
            return reading.every_day;
        }
        let rows = file.account.rows_used.max(1);
        let (present, most) = match reading.layout {
            Layout::Wide => (file.rows_whole, 5),
            _ => (file.rows_present, 2),
        };
        if present == 0 {
            Some(false)
        } else if present * most >= rows {
            Some(true)
        } else {
            self.said(at, |r| r.every_day)
        }
    }

    pub(super) fn is_dated(&self, at: usize) -> bool {
        matches!(self.readings[at].layout, Layout::Dated | Layout::Periods | Layout::Wide)
    }

    pub(super) fn has_sheet_of_absences(&self) -> bool {
        (0..self.files.len()).any(|at| self.is_dated(at) && self.every_day(&self.files[at]) == Some(false))
    }

    pub(super) fn days_for_all(&self) -> Option<Days> {
        self.readings.iter().find_map(|r| r.days_for_all)
    }

    /// Where most rows of a file repeat a student's day and many contradict each other, a column that is not used
    /// tells them apart: periods under another name.
    fn ask_periods(&self, questions: &mut Vec<Question>) {
        for (at, reading) in self.readings.iter().enumerate().filter(|(_, r)| r.layout == Layout::Dated) {
            let of = |kind: Why| self.problems.rows_of(at as u16, kind);
            let differ = of(Why::ConflictingRows) + of(Why::SecondMarkSameDay);
            let rows = self.files[at].account.rows;
            let is_most = (differ + of(Why::DuplicateRow)) * 2 > rows && differ * 10 > rows && rows >= 10;
            if is_most && reading.columns.iter().any(|c| c.role == Role::NotUsed) {
                questions.push(Question { file: at as u16, kind: Ask::Column(Role::Period) });
            }
        }
    }

    /// Where most absences find no student, hardly anybody would seem to have missed a day.
    fn ask_unmatched(&self, questions: &mut Vec<Question>) {
        let sheets =
            || (0..self.files.len()).filter(|&at| self.is_dated(at) && self.every_day(&self.files[at]) == Some(false));
        let rows = sheets().map(|at| self.problems.rows_of(at as u16, Why::NotOnRoster)).sum();
        let Some(file) = sheets().next().filter(|_| rows > 0) else { return };
        let is_answered = self.readings[file].answer(Topic::Unmatched).is_some();
        let used: u64 = sheets().map(|at| self.files[at].account.rows_used).sum();
        if is_answered || used >= rows {
            return;
        }
        let stays = &self.people.stays;
        let listed = || (0..stays.len()).filter(|&at| stays[at].enrolled.is_some() || self.has_span(at as u32));
        let lost =
            self.reject.iter().filter(|(_, why)| **why == Why::NotOnRoster).map(|(stay, _)| *stay as usize).min();
        let Some(lost) = lost.map(|at| &stays[at]) else { return };
        let about = match listed().map(|at| &stays[at]).find(|stay| stay.student == lost.student) {
            Some(known) => {
                let school = |stay: &RawStay| self.people.schools.string(stay.school);
                format!("the school is written {} here and {} in the list", school(lost), school(known))
            }
            None => {
                let form = |stay: &RawStay| form(self.people.ids.text(stay.student));
                let known = listed().next().map_or_else(String::new, |at| form(&stays[at]));
                format!("numbers look like {} here and like {known} in the list", form(lost))
            }
        };
        questions.push(Question {
            file: file as u16,
            kind: Ask::Pick(Pick { topic: Topic::Unmatched, about, rows, of: rows + used }),
        });
    }

    fn remark_file(&mut self, at: usize) {
        let file = at as u16;
        let columns = &self.readings[at].columns;
        for (i, column) in columns.iter().enumerate() {
            let name = column.header.trim();
            if !name.is_empty() && columns[..i].iter().any(|c| c.header.trim() == name) {
                self.problems.remark(Why::SameColumnTwice, file, 0, 0, name, "");
            }
        }
        let c = &self.files[at].columns;
        let of_minutes = |column: &&Column| {
            let name = roles::normalise(&column.header);
            let is_time = ["minute", "hour", "hrs"].iter().any(|unit| name.contains(unit));
            let is_bare = matches!(name.as_str(), "minutes" | "hours" | "hrs");
            column.role == Role::NotUsed && is_time && (is_bare || name.contains("abs") || name.contains("miss"))
        };
        if self.is_dated(at)
            && [c.part_absent, c.part_present, c.period, c.section].iter().all(|column| *column == ABSENT)
            && let Some(minutes) = columns.iter().find(of_minutes)
        {
            let rows = self.files[at].rows_absent;
            self.problems.remark(Why::MinutesNotUsed, file, rows, 0, &minutes.header, "");
        }
        if self.files[at].bad_utf8 > 0 {
            let (rows, line) = (self.files[at].bad_utf8, self.files[at].bad_utf8_line);
            self.problems.remark(Why::NotUtf8, file, rows, line, "", "");
        }
        let state = &self.files[at];
        let (rates, mostly_absent, far) = (state.rates[0], state.mostly_absent[0], state.rates_far);
        if mostly_absent * 2 > rates && self.days_for_all().is_none() {
            self.problems.remark(Why::MostlyAbsent, file, mostly_absent, 0, "", "");
        }
        if self.readings[at].layout == Layout::Totals && self.readings[at].gives_days() {
            for column in self.readings[at].columns.iter().filter(|c| measures::is_of_absences(c)) {
                self.problems.remark(Why::AbsencesNotUsed, file, 0, 0, column.header.trim(), "");
            }
        }
        if far > 0 {
            self.problems.remark(Why::RateDoesNotFit, file, far, 0, "", "");
        }
        let roster = self.readings.iter().any(|r| matches!(r.layout, Layout::Roster | Layout::Totals));
        if self.is_dated(at) && self.every_day(&self.files[at]) == Some(false) && !roster {
            self.problems.remark(Why::OnlyAbsentStudents, file, self.files[at].account.rows_used, 0, "", "");
        }
        for (condition, changed) in self.people.changed.iter().enumerate() {
            if at == 0 && *changed > 0 {
                let label = self.people.conditions[condition].label.clone();
                self.problems.remark(Why::ConditionChanged, file, *changed, 0, "", &label);
            }
        }
    }

    pub(super) fn kind(&self, mark: &RawMark) -> Option<Kind> {
        self.codes[usize::from(mark.code)].meaning.and_then(|m| m.mark()).map(|(kind, _)| kind).or({
            // A present code with a part of the day missed.
            (mark.part != super::dated::NO_PART && mark.part > 0).then_some(Kind::Unknown)
        })
    }

    /// Enrolled days noted for the same student without a school, as rosters may give them.
    pub(super) fn enrolled_elsewhere(&self, stay: &RawStay) -> Option<Days> {
        let mut at = self.people.first_stay[stay.student as usize];
        while at != NONE {
            let other = &self.people.stays[at as usize];
            if self.people.schools.text(other.school).is_empty() && other.enrolled.is_some() {
                return other.enrolled;
            }
            at = other.next;
        }
        None
    }
}

/// How a number is written, without telling whose it is: zeros as they are, any other digit as a nine.
fn form(id: &[u8]) -> String {
    let of = |c: char| match c {
        '1'..='9' => '9',
        c if c.is_alphabetic() => 'A',
        c => c,
    };
    String::from_utf8_lossy(id).chars().take_while(|c| *c != char::from(super::UNIT)).map(of).collect()
}

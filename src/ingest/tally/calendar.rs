//! Enrolled days from entry and exit dates and a calendar: of a calendar file, or, once the person has
//! said so, of the days that rows stand on.

use super::super::codes::Meaning;
use super::super::dates;
use super::super::pick::{Answer, Pick, Topic};
use super::super::problem::Kind as Why;
use super::super::reading::{Ask, Layout, Question};
use super::super::roles::Role;
use super::super::scan::{NONE, Row};
use super::super::school_days::{self, Basis, SchoolDays};
use super::{ABSENT, DateSlot, Tally};
use crate::attendance::{Day, DayBits, order};

/// When students were enrolled, and when there was school.
#[derive(Default)]
pub(super) struct Enrolment {
    /// First day and, where given, last day, by stay.
    spans: Vec<Vec<(Day, Option<Day>)>>,
    /// Students who stand in a list.
    pub listed: Students,
    /// School days by school as a calendar file names it; "" for all.
    school_days: Vec<(String, Vec<u16>)>,
    /// Days on which a calendar says that there was no school.
    days_off: Vec<u16>,
    /// Days that the person put in.
    pub put_in: Vec<u16>,
    /// Absences on days outside of enrolment.
    pub outside: std::cell::Cell<u64>,
}

impl Enrolment {
    fn of(&self, stay: u32) -> Option<&Vec<(Day, Option<Day>)>> {
        self.spans.get(stay as usize).filter(|spans| !spans.is_empty())
    }

    fn add_day(&mut self, school: String, day: u16) {
        match self.school_days.iter_mut().find(|(name, _)| *name == school) {
            Some((_, days)) => days.push(day),
            None => self.school_days.push((school, vec![day])),
        }
    }
}

/// A set of students.
#[derive(Default)]
pub(super) struct Students(DayBits);

impl Students {
    pub fn insert(&mut self, student: u32) {
        let _ = self.0.insert(student as usize);
    }

    pub fn contains(&self, student: usize) -> bool {
        self.0.contains(student)
    }
}

impl Tally {
    /// Notes a list's entry and exit; `false` where the row was set aside.
    pub(super) fn note_span(&mut self, row: &Row<'_>, stay: u32) -> bool {
        let (entry, exit) = (self.files[self.current].columns.entry, self.files[self.current].columns.exit);
        if entry == ABSENT {
            return true;
        }
        let first = match self.span_date(row, entry) {
            Ok(Some(first)) => first,
            // Without a first day the student may have been there all along; nobody knows.
            Ok(None) => return true,
            Err(()) => return false,
        };
        // Systems write a year such as 9999 for those who have not left.
        let is_open = exit == ABSENT || dates::is_beyond(&String::from_utf8_lossy(row.get(exit)));
        let last = match if is_open { Ok(None) } else { self.span_date(row, exit) } {
            Ok(last) => last,
            Err(()) => return false,
        };
        let spans = &mut self.enrolment.spans;
        if spans.len() <= stay as usize {
            spans.resize(stay as usize + 1, Vec::new());
        }
        spans[stay as usize].push((first, last));
        true
    }

    fn span_date(&mut self, row: &Row<'_>, column: usize) -> Result<Option<Day>, ()> {
        let field = row.get(column);
        if field.is_empty() || super::is_null(field) {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(field).into_owned();
        let read = dates::read(&text);
        self.note_order(&text, read);
        match read.under(self.files[self.current].order) {
            Some(day) => Ok(Some(day)),
            None => {
                self.set_aside(Why::UnreadableDate, row, column);
                Err(())
            }
        }
    }

    /// One day of a calendar file.
    pub(super) fn calendar_row(&mut self, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        let (date, in_session) = (columns.date, columns.in_session);
        let school = if columns.school == ABSENT { String::new() } else { text(row, columns.school) };
        let day = match self.date(row.get(date)) {
            DateSlot::Day(day) => day,
            DateSlot::Unreadable => return self.set_aside(Why::UnreadableDate, row, date),
            // The rest of the year is planned, and not yet school; what the person took out is none.
            DateSlot::Future | DateSlot::TakenOut | DateSlot::Earlier => {
                self.files[self.current].account.rows_used += 1;
                return;
            }
        };
        let said: Vec<u8> = if in_session == ABSENT { b"School day".to_vec() } else { row.get(in_session).to_vec() };
        let lower = String::from_utf8_lossy(&said).to_ascii_lowercase();
        // Ed-Fi writes descriptors as addresses.
        let meaning = match lower.rsplit('#').next().unwrap_or_default() {
            "y"
            | "yes"
            | "1"
            | "true"
            | "s"
            | "school day"
            | "student day"
            | "instructional"
            | "instructional day"
            | "in session"
            | "regular"
            | "full day"
            | "half day"
            | "early release"
            | "early dismissal"
            | "school"
            | "open"
            | "a day"
            | "b day"
            | "make-up day"
            | "student late arrival/early dismissal" => Some(Meaning::Present),
            "n"
            | "no"
            | "0"
            | "false"
            | "holiday"
            | "no school"
            | "weekend"
            | "closed"
            | "break"
            | "off"
            | "snow day"
            | "non-instructional"
            | "non-instructional day"
            | "vacation"
            | "teacher workday"
            | "staff day"
            | "teacher only day"
            | "weather day"
            | "emergency day"
            | "strike"
            | "" => Some(Meaning::NotCounted),
            _ => None,
        };
        let meaning = match meaning {
            Some(meaning) => Some(meaning),
            None => {
                let code = self.code_position(&said, row.line);
                self.codes[usize::from(code)].rows += 1;
                self.codes[usize::from(code)].meaning
            }
        };
        match meaning {
            None => self.files[self.current].rows_waiting += 1,
            Some(meaning) => {
                if meaning.counts() {
                    self.enrolment.add_day(school, day);
                } else {
                    self.enrolment.days_off.push(day);
                }
                self.files[self.current].account.rows_used += 1;
            }
        }
    }

    /// Whether entry dates can give enrolled days.
    pub(super) fn has_spans(&self) -> bool {
        !self.enrolment.spans.is_empty()
    }

    /// Whether a list says when this stay began.
    pub(super) fn has_span(&self, stay: u32) -> bool {
        let student = self.people.stays[stay as usize].student;
        self.enrolment.of(stay).is_some() || self.spans_elsewhere(student).is_some()
    }

    /// Whether a calendar tells the school days. One that tells only the days off leaves the others open.
    fn has_calendar(&self) -> bool {
        let waits = (0..self.files.len())
            .any(|at| self.readings[at].layout == Layout::Calendar && self.files[at].rows_waiting > 0);
        waits || !self.enrolment.school_days.is_empty()
    }

    /// Whether no calendar says that there was no school on this day.
    pub(super) fn may_be_school(&self, at: u16) -> bool {
        match self.enrolment.school_days.is_empty() {
            true => !self.enrolment.days_off.contains(&at),
            false => self.is_told(at),
        }
    }

    /// Whether a calendar says that some school had school on this day.
    fn is_told(&self, at: u16) -> bool {
        self.enrolment.school_days.iter().any(|(_, days)| days.contains(&at))
    }

    /// The days that rows stand on, without those that a calendar calls off.
    fn days_with_rows(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.days.len() as u16).filter(|at| !self.enrolment.days_off.contains(at) || self.is_told(*at))
    }

    /// The weekdays from the first to the last of them, without those that a calendar calls off.
    fn weekdays_between(&self) -> Vec<Day> {
        let (first, last) = self.bounds();
        let off = &self.enrolment.days_off;
        let is_off = |day: &Day| off.iter().any(|at| self.days[usize::from(*at)] == *day);
        (first.0..=last.0).map(Day).filter(|day| day.weekday() < 5 && !is_off(day)).collect()
    }

    /// Asks for the school days where entry dates stand and no calendar does.
    pub(super) fn ask_school_days(&self, questions: &mut Vec<Question>) {
        if self.has_calendar() || self.days.is_empty() {
            return;
        }
        let Some(at) = self.readings.iter().position(|r| r.layout == Layout::Roster && r.has(&Role::Entry)) else {
            return;
        };
        if self.readings[at].answer(Topic::SchoolDays).is_some() {
            return;
        }
        let (first, last) = self.bounds();
        let about = format!("{first} to {last}");
        let (rows, of) = (self.days_with_rows().count() as u64, self.weekdays_between().len() as u64);
        let pick = Pick { topic: Topic::SchoolDays, about, rows, of };
        questions.push(Question { file: at as u16, kind: Ask::Pick(pick) });
    }

    /// The school days in use and what they rest on; `rows` are those of each day.
    pub(super) fn school_days(&self, rows: &[u64]) -> SchoolDays {
        if !(0..self.files.len()).any(|at| self.is_dated(at)) {
            return SchoolDays::default();
        }
        let told: Vec<u16> = self.enrolment.school_days.iter().flat_map(|(_, days)| days.iter().copied()).collect();
        let basis = match (self.has_sheet_of_absences(), told.is_empty()) {
            (false, _) => Basis::Rows,
            (true, false) if self.has_spans() => Basis::Told,
            _ => Basis::Absences,
        };
        let is_used = |at: usize| {
            let at16 = at as u16;
            if basis == Basis::Told {
                told.contains(&at16)
            } else {
                rows[at] > 0 || self.enrolment.put_in.contains(&at16)
            }
        };
        let mut days: Vec<(Day, u64)> =
            (0..self.days.len()).filter(|&at| is_used(at)).map(|at| (self.days[at], rows[at])).collect();
        order::sort(&mut days);
        SchoolDays { basis, days }
    }

    fn bounds(&self) -> (Day, Day) {
        let days = || self.days_with_rows().map(|at| self.days[usize::from(at)]);
        let first = days().min().unwrap_or(Day(0));
        (first, days().max().unwrap_or(first))
    }

    /// The school days as the answers and the person's changes have them. Before the dataset is made.
    pub(super) fn settle_calendar(&mut self) {
        if self.days.is_empty() {
            return;
        }
        self.find_school_days();
        let (first, last) = self.bounds();
        let put_in: Vec<Day> = school_days::changes(&self.readings)
            .filter(|change| change.is_school && (first..=last).contains(&change.day))
            .map(|change| change.day)
            .collect();
        if let Some(first) = put_in.first() {
            let about =
                if put_in.len() > 1 { format!("{first} and {} more", put_in.len() - 1) } else { first.to_string() };
            self.problems.remark(Why::PutInDay, 0, put_in.len() as u64, 0, "", &about);
        }
        for day in put_in {
            let Some(at) = self.day_position(day) else { continue };
            self.enrolment.put_in.push(at);
            for (_, days) in &mut self.enrolment.school_days {
                if !days.contains(&at) {
                    days.push(at);
                }
            }
        }
    }

    /// The school days as the answers have them, where no calendar file tells.
    fn find_school_days(&mut self) {
        if !self.has_spans() || self.has_calendar() {
            return;
        }
        let answer = self.readings.iter().find_map(|r| r.answer(Topic::SchoolDays));
        let days = match answer {
            Some(Answer::AllWeekdays) => {
                let mut weekdays = self.weekdays_between();
                weekdays.retain(|day| !self.taken_out.contains(day));
                weekdays.into_iter().filter_map(|day| self.day_position(day)).collect()
            }
            Some(Answer::DaysWithRows) => self.days_with_rows().collect(),
            _ => return,
        };
        self.enrolment.school_days.push((String::new(), days));
    }

    /// The days on which a stay was enrolled, as positions of days; `None` where no entry date or no
    /// calendar tells.
    pub(super) fn days_by_calendar(&self, stay: u32) -> Option<DayBits> {
        let raw = &self.people.stays[stay as usize];
        let spans = self.enrolment.of(stay).or_else(|| self.spans_elsewhere(raw.student))?;
        let of =
            |school: &str| self.enrolment.school_days.iter().find(|(name, _)| name == school).map(|(_, days)| days);
        let number = self.people.schools.string(raw.school);
        let name = self.people.school_names.get(raw.school as usize).map_or("", String::as_str);
        let days = of(&number).or_else(|| of(name)).or_else(|| of(""))?;
        let mut bits = DayBits::default();
        for &at in days {
            let day = self.days[usize::from(at)];
            if is_within(spans, day) {
                let _ = bits.insert(usize::from(at));
            }
        }
        Some(bits)
    }

    /// Where a file names no school: of a student's stays in a list the one that the day falls into.
    pub(super) fn stay_on(&self, stay: u32, day: u16) -> u32 {
        if !self.is_of_any_school() {
            return stay;
        }
        let (stays, day) = (&self.people.stays, self.days[usize::from(day)]);
        let next = |at: &u32| Some(stays[*at as usize].next).filter(|at| *at != NONE);
        let all = || std::iter::successors(Some(self.people.first_stay[stays[stay as usize].student as usize]), next);
        let holds = |at: &u32| self.enrolment.of(*at).is_some_and(|spans| is_within(spans, day));
        all().find(holds).unwrap_or(stay)
    }

    /// Whether the rows of the current file don't say at which of several schools of a list a student was.
    pub(super) fn is_of_any_school(&self) -> bool {
        let file = &self.files[self.current];
        self.has_spans() && file.columns.school == ABSENT && file.school_of_file.is_empty()
    }

    /// The entry dates that a list without schools gives for the same student.
    fn spans_elsewhere(&self, student: u32) -> Option<&Vec<(Day, Option<Day>)>> {
        let mut at = self.people.first_stay[student as usize];
        while at != NONE {
            let stay = &self.people.stays[at as usize];
            if self.people.schools.text(stay.school).is_empty()
                && let Some(spans) = self.enrolment.of(at)
            {
                return Some(spans);
            }
            at = stay.next;
        }
        None
    }
}

fn text(row: &Row<'_>, column: usize) -> String {
    String::from_utf8_lossy(row.get(column)).into_owned()
}

fn is_within(spans: &[(Day, Option<Day>)], day: Day) -> bool {
    spans.iter().any(|(first, last)| *first <= day && last.is_none_or(|last| day <= last))
}

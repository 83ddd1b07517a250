//! From counted rows to a dataset, its problems, and the questions that are still open.

use super::super::conditions;
use super::super::dates::DateOrder;
use super::super::pick::{Answer, Pick, Topic};
use super::super::problem::{Kind as Why, Problem, SetAside};
use super::super::reading::{Ask, Layout, Question, Reading};
use super::super::roles::Role;
use super::super::scan::NONE;
use super::people::{RawMark, Stay as RawStay};
use super::untaken::Gaps;
use super::{ABSENT, FileState, Tally};
use crate::attendance::{Dataset, Day, DayBits, Days, FileAccount, Kind, Mark, School, Stay, Student, order};
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

/// Codes asked about at once.
const MOST_CODES: usize = 60;

impl Tally {
    /// Stays whose rows cannot be used, found only once all files were read: to be set aside on
    /// a second reading, which knows their lines.
    #[must_use]
    pub fn rejected(&self) -> FxHashMap<u32, Why> {
        let mut rejected = FxHashMap::default();
        if self.files.iter().any(|f| self.every_day(f) != Some(false)) && !self.has_sheet_of_absences() {
            return rejected;
        }
        let any_enrolled = self.people.stays.iter().any(|s| s.enrolled.is_some());
        if !any_enrolled && !self.has_spans() {
            return rejected;
        }
        for (at, stay) in self.people.stays.iter().enumerate() {
            if stay.marks.is_empty() {
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

    /// Ends the reading.
    #[must_use]
    pub fn finish(mut self) -> Outcome {
        let mut readings = self.readings.clone();
        let mut questions = Vec::new();
        let mut again = false;
        for (at, reading) in readings.iter_mut().enumerate() {
            let file = at as u16;
            questions.extend(reading.open_columns().into_iter().map(|kind| Question { file, kind }));
            self.ask_order(at, reading, &mut questions, &mut again);
        }
        self.ask_codes(&mut questions);
        self.ask_days(&mut questions);
        self.ask_ids(&mut questions);
        self.ask_doubts(&mut questions);
        self.ask_published(&mut questions);
        self.settle_published();
        self.settle_calendar();
        for (at, state) in self.files.iter().enumerate() {
            if state.repeats > 0 {
                let kind = Ask::Repeats { students: state.repeats, first_line: state.repeats_line };
                questions.push(Question { file: at as u16, kind });
            }
        }
        for at in 0..self.files.len() {
            self.remark_file(at);
        }
        self.remark_join();
        let mut files: Vec<FileFacts> = (0..self.files.len()).map(|at| self.facts(at)).collect();
        let day_order = sorted(&self.days, |d| *d).1;
        let gaps = if questions.is_empty() && !again { self.gaps(&day_order) } else { Gaps::default() };
        if let Some((at, pick)) = self.untaken(&gaps) {
            files[at].choices.push(pick);
        }
        let dataset = if questions.is_empty() && !again {
            self.dataset(&gaps)
        } else {
            Dataset { files: self.accounts(), ..Dataset::default() }
        };
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
            again,
        }
    }

    fn accounts(&self) -> Vec<FileAccount> {
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

    /// How days that were never taken count, with the schools they were found at.
    fn untaken(&self, gaps: &Gaps) -> Option<(usize, Pick)> {
        let at = (0..self.files.len()).find(|&at| self.is_dated(at))?;
        let mut found: Vec<_> = gaps.by_school.iter().collect();
        order::sort_by(&mut found, |a, b| (b.1.student_days, a.0).cmp(&(a.1.student_days, b.0)));
        let names = school_names(&self.people);
        let rows = found.iter().map(|(_, of)| of.student_days).sum();
        let days = |n: u64| if n == 1 { "1 day".to_string() } else { format!("{n} days") };
        let mut about: Vec<String> = found
            .iter()
            .take(5)
            .map(|(school, of)| format!("{}, {} on {}", names[*school as usize], of.student_days, days(of.days)))
            .collect();
        if found.len() > about.len() {
            about.push(format!("and {} more schools", found.len() - about.len()));
        }
        (rows > 0).then(|| (at, Pick { topic: Topic::NotTaken, about: about.join("; "), rows, of: 0 }))
    }

    /// Whether the order of day and month is decided by the whole column, and what to ask if not.
    fn ask_order(&self, at: usize, reading: &mut Reading, questions: &mut Vec<Question>, again: &mut bool) {
        let file = &self.files[at];
        let dated = match reading.layout {
            Layout::Dated | Layout::Periods | Layout::Wide | Layout::Calendar => true,
            Layout::Roster => reading.has(&Role::Entry),
            _ => false,
        };
        if reading.date_order.is_some() || !dated {
            return;
        }
        let decided = match (file.only, file.either) {
            ([_, 0], 0) => Some(DateOrder::MonthFirst),
            ([0, _], _) if file.only[1] > 0 => Some(DateOrder::DayFirst),
            ([_, 0], _) if file.only[0] > 0 => Some(DateOrder::MonthFirst),
            // An absence lies in the past: a reading that puts some in the future is wrong.
            ([0, 0], _) if file.future[0] > 0 && file.future[1] == 0 => Some(DateOrder::DayFirst),
            ([0, 0], _) if file.future[1] > 0 && file.future[0] == 0 => Some(DateOrder::MonthFirst),
            _ => None,
        };
        match decided {
            Some(order) => {
                reading.date_order = Some(order);
                // The rows were counted as month first.
                *again |= order == DateOrder::DayFirst;
            }
            None => {
                let (example, month_first, day_first) = file.either_example.clone().unwrap_or_default();
                let rows = file.account.rows;
                questions
                    .push(Question { file: at as u16, kind: Ask::Order { example, month_first, day_first, rows } });
            }
        }
    }

    /// In a file of totals many numbers that stand in several schools are more likely several
    /// students than many who changed school.
    fn ask_ids(&self, questions: &mut Vec<Question>) {
        let Some(file) = self.readings.iter().position(|r| r.layout == Layout::Totals && r.ids.is_none()) else {
            // Where days are known, nobody is at two schools on the same ones.
            let every_day = |at: &usize| self.is_dated(*at) && self.every_day(&self.files[*at]) == Some(true);
            let dated = (0..self.files.len()).find(every_day).filter(|&at| self.readings[at].ids.is_none());
            if let Some(file) = dated {
                let shared = self.numbers_shared_by_schools();
                if shared >= 10 && shared * 10 > self.people.ids.len() as u64 {
                    questions.push(Question { file: file as u16, kind: Ask::Ids { students: shared } });
                }
            }
            return;
        };
        let several = self
            .people
            .first_stay
            .iter()
            .filter(|&&at| at != NONE && self.people.stays[at as usize].next != NONE)
            .count();
        if several * 10 > self.people.ids.len() && several >= 10 {
            questions.push(Question { file: file as u16, kind: Ask::Ids { students: several as u64 } });
        }
    }

    fn ask_codes(&self, questions: &mut Vec<Question>) {
        // More than anyone would answer at once: the rest comes after them.
        for code in self.codes.iter().filter(|code| code.meaning.is_none()).take(MOST_CODES) {
            if code.rows > 0 {
                let kind = Ask::Code { code: code.text.clone(), rows: code.rows, first_line: code.first_line };
                questions.push(Question { file: code.file, kind });
            }
        }
    }

    /// Whether a dated file has a row for every student and day; `None` where that must be asked
    /// or the file is not dated.
    pub(super) fn every_day(&self, file: &FileState) -> Option<bool> {
        let at = self.files.iter().position(|f| std::ptr::eq(f, file))?;
        let reading = &self.readings[at];
        match reading.layout {
            Layout::Periods | Layout::Dated => {}
            // A cell for every student and day.
            Layout::Wide => return Some(true),
            _ => return None,
        }
        if reading.every_day.is_some() {
            return reading.every_day;
        }
        let rows = file.account.rows_used.max(1);
        if file.rows_present == 0 {
            Some(false)
        } else if file.rows_present * 2 >= rows {
            Some(true)
        } else {
            None
        }
    }

    pub(super) fn is_dated(&self, at: usize) -> bool {
        matches!(self.readings[at].layout, Layout::Dated | Layout::Periods | Layout::Wide)
    }

    pub(super) fn has_sheet_of_absences(&self) -> bool {
        (0..self.files.len()).any(|at| self.is_dated(at) && self.every_day(&self.files[at]) == Some(false))
    }

    fn days_for_all(&self) -> Option<Days> {
        self.readings.iter().find_map(|r| r.days_for_all)
    }

    fn ask_days(&self, questions: &mut Vec<Question>) {
        // A list of students alone says nothing about absence; zero would be a guess.
        let silent = |r: &Reading| matches!(r.layout, Layout::Roster | Layout::Calendar | Layout::CodeList);
        if !self.readings.is_empty() && self.readings.iter().all(silent) {
            questions.push(Question { file: 0, kind: Ask::Measure });
        }
        let waiting = self.codes.iter().any(|c| c.meaning.is_none());
        let any_enrolled = self.people.stays.iter().any(|s| s.enrolled.is_some());
        for at in 0..self.files.len() {
            let (file, reading) = (&self.files[at], &self.readings[at]);
            if self.is_dated(at) && !waiting && file.account.rows_used > 0 {
                match self.every_day(file) {
                    None => {
                        let kind = Ask::EveryDay { present_rows: file.rows_present, rows: file.account.rows_used };
                        questions.push(Question { file: at as u16, kind });
                    }
                    Some(false) if self.has_spans() && !any_enrolled => self.ask_school_days(questions),
                    Some(false) if !any_enrolled && self.days_for_all().is_none() => {
                        questions.push(Question { file: at as u16, kind: Ask::EnrolledDays });
                    }
                    Some(_) => {}
                }
            }
            let c = &file.columns;
            if reading.layout == Layout::Totals {
                let from_columns = c.enrolled != ABSENT || (c.present != ABSENT && c.absent != ABSENT);
                let percent = c.percent_absent != ABSENT || c.percent_present != ABSENT;
                if !from_columns && !percent && reading.days_for_all.is_none() {
                    questions.push(Question { file: at as u16, kind: Ask::EnrolledDays });
                }
            }
        }
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
        if self.files[at].bad_utf8 > 0 {
            let (rows, line) = (self.files[at].bad_utf8, self.files[at].bad_utf8_line);
            self.problems.remark(Why::NotUtf8, file, rows, line, "", "");
        }
        let roster = self.readings.iter().any(|r| r.layout == Layout::Roster);
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

    fn kind(&self, mark: &RawMark) -> Option<Kind> {
        self.codes[usize::from(mark.code)].meaning.and_then(|m| m.mark()).map(|(kind, _)| kind).or({
            // A present code with a part of the day missed.
            (mark.part != super::dated::NO_PART && mark.part > 0).then_some(Kind::Unknown)
        })
    }

    /// Enrolled days noted for the same student without a school, as rosters may give them.
    fn enrolled_elsewhere(&self, stay: &RawStay) -> Option<Days> {
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

    fn dataset(&self, gaps: &Gaps) -> Dataset {
        if self.readings.iter().all(|r| r.layout == Layout::Published) {
            return self.published_dataset(self.accounts());
        }
        let people = &self.people;
        let (calendar, day_order) = sorted(&self.days, |d| *d);
        let students_order = order_of(people.ids.len(), |at| people.ids.text(at as u32).to_vec());
        let names = school_names(people);
        let schools_order = order_of(people.schools.len(), |at| names[at].clone());
        let homerooms_order = order_of(people.homerooms.len(), |at| people.homerooms.text(at as u32).to_vec());
        let new_student = inverse(&students_order);
        let new_school = inverse(&schools_order);
        let new_homeroom = inverse(&homerooms_order);

        let sheet = self.has_sheet_of_absences();
        let mut stays: Vec<(Stay, Vec<Mark>)> = Vec::with_capacity(people.stays.len());
        for (at, raw) in people.stays.iter().enumerate() {
            let first = &people.stays[people.first_stay[raw.student as usize] as usize];
            let elsewhere = raw.next != NONE || !std::ptr::eq(first, raw);
            if sheet && elsewhere && raw.marks.is_empty() && people.schools.text(raw.school).is_empty() {
                // A roster without schools gave this student's days; the stays are elsewhere.
                continue;
            }
            let Some((enrolled, on_roll, marks, absent)) = self.counted(at as u32, &day_order, sheet, gaps) else {
                continue;
            };
            let stay = Stay {
                student: new_student[raw.student as usize],
                school: new_school[raw.school as usize] as u16,
                grade: raw.grade,
                homeroom: (raw.homeroom != NONE).then(|| new_homeroom[raw.homeroom as usize] as u16),
                enrolled,
                absent,
                marks: 0..0,
                on_roll,
                percent_absent: raw.percent,
            };
            stays.push((stay, marks));
        }
        order::sort_by(&mut stays, |(a, _), (b, _)| (a.student, a.school).cmp(&(b.student, b.school)));
        let mut all_marks = Vec::new();
        let mut sessions = vec![DayBits::default(); people.schools.len()];
        let stays: Vec<Stay> = stays
            .into_iter()
            .map(|(mut stay, marks)| {
                let from = all_marks.len() as u32;
                all_marks.extend(marks);
                stay.marks = from..all_marks.len() as u32;
                let session = &mut sessions[usize::from(stay.school)];
                if session.0.len() < stay.on_roll.0.len() {
                    session.0.resize(stay.on_roll.0.len(), 0);
                }
                for (word, more) in session.0.iter_mut().zip(&stay.on_roll.0) {
                    *word |= more;
                }
                stay
            })
            .collect();
        let attributes = people
            .conditions
            .iter()
            .enumerate()
            .filter_map(|(at, condition)| {
                let texts: Vec<String> = (0..condition.texts.len()).map(|t| condition.texts.string(t as u32)).collect();
                let positions: Vec<u32> =
                    students_order.iter().map(|&s| people.values[s * people.conditions.len() + at]).collect();
                conditions::attribute(&condition.key, &condition.label, &texts, &positions)
            })
            .collect();
        Dataset {
            files: self.accounts(),
            schools: schools_order
                .iter()
                .map(|&at| School { name: names[at].clone(), district: people.districts[at].clone() })
                .collect(),
            students: students_order
                .iter()
                .map(|&at| Student { id: shown_id(people.ids.text(at as u32)), name: people.names[at].clone() })
                .collect(),
            stays,
            attributes,
            homerooms: homerooms_order.iter().map(|&at| people.homerooms.string(at as u32)).collect(),
            dates: calendar.first().copied().zip(calendar.last().copied()),
            calendar,
            sessions,
            marks: all_marks,
            published: Vec::new(),
        }
    }

    /// What one stay amounts to, or `None` where no row of it could be used.
    #[allow(clippy::type_complexity, reason = "four results of one count, taken apart at once")]
    fn counted(
        &self,
        stay: u32,
        day_order: &[u16],
        sheet: bool,
        gaps: &Gaps,
    ) -> Option<(Days, DayBits, Vec<Mark>, [Days; Kind::COUNT])> {
        let raw = &self.people.stays[stay as usize];
        let mut days = DayBits(self.known.days.of(stay).to_vec());
        if self.untaken_count_as_present() {
            for day in gaps.of(stay) {
                let _ = days.insert(day);
            }
        }
        let by_calendar = if sheet && raw.enrolled.is_none() { self.days_by_calendar(stay) } else { None };
        let mut marks: Vec<Mark> = raw
            .marks
            .iter()
            .filter_map(|m| {
                let kind = self.kind(m)?;
                Some(Mark { day: day_order[usize::from(m.day)], kind, missed: self.missed(m) })
            })
            .collect();
        if !raw.periods.is_empty() {
            marks = self.by_periods(raw, day_order);
        }
        marks.sort_unstable();
        if let Some(enrolled) = &by_calendar {
            days = enrolled.clone();
            let within: Vec<bool> = {
                let mut within = vec![false; day_order.len()];
                for at in enrolled.iter() {
                    within[usize::from(day_order[at])] = true;
                }
                within
            };
            let before = marks.len();
            marks.retain(|mark| within[usize::from(mark.day)]);
            let outside = &self.enrolment.outside;
            outside.set(outside.get() + (before - marks.len()) as u64);
        }
        let mut absent = raw.absent;
        for mark in &marks {
            absent[mark.kind as usize] += Days::from_thousandths(i64::from(mark.missed));
        }
        let mut on_roll = DayBits::default();
        for at in days.iter() {
            let _ = on_roll.insert(usize::from(day_order[at]));
        }
        let enrolled = if raw.percent.is_some() || raw.totals.is_some() {
            raw.enrolled.unwrap_or_default()
        } else if let Some(enrolled) = &by_calendar {
            Days::whole(enrolled.count() as i64)
        } else if sheet {
            on_roll = DayBits::default();
            raw.enrolled.or_else(|| self.enrolled_elsewhere(raw)).or(self.days_for_all())?
        } else if days.count() > 0 {
            Days::whole(days.count() as i64)
        } else {
            // A roster's student without a single day.
            return None;
        };
        Some((enrolled, on_roll, marks, absent))
    }

    /// Period marks turned into days: absent for at least the stated share of the day's periods.
    fn by_periods(&self, raw: &RawStay, day_order: &[u16]) -> Vec<Mark> {
        let share = self.readings.iter().find(|r| r.layout == Layout::Periods).map_or(50, |r| r.period_share);
        // Where only missed periods stand in the file, the person said how many a day has.
        let in_a_day = match self.readings.iter().find_map(|r| r.answer(Topic::PeriodsInDay)) {
            Some(Answer::Periods(n)) => u32::from(n),
            _ => 0,
        };
        let mut by_day: litemap::LiteMap<u16, Vec<Kind>> = litemap::LiteMap::new();
        for mark in &raw.marks {
            if let Some(kind) = self.kind(mark) {
                by_day.entry(mark.day).or_default().push(kind);
            }
        }
        let mut marks = Vec::new();
        for (day, mut kinds) in by_day {
            let seen = raw.periods.get(usize::from(day)).map_or(0, |bits| bits.count_ones());
            let periods = seen.max(in_a_day);
            order::sort(&mut kinds);
            let absences: Vec<Kind> = kinds.iter().copied().filter(|k| k.is_absence()).collect();
            let day = day_order[usize::from(day)];
            if !absences.is_empty() && absences.len() as u32 * 100 >= u32::from(share) * periods {
                // The kind that most of the missed periods have; of equals the first.
                let most = absences
                    .iter()
                    .copied()
                    .max_by_key(|k| (absences.iter().filter(|o| *o == k).count(), std::cmp::Reverse(*k)));
                marks.push(Mark { day, kind: most.unwrap_or(Kind::Unknown), missed: 1000 });
            } else if let Some(&kind) = kinds.iter().find(|k| !k.is_absence()) {
                marks.push(Mark { day, kind, missed: 0 });
            }
        }
        marks
    }
}

/// Schools as shown: by name, with the number behind names that stand for several schools.
fn school_names(people: &super::people::People) -> Vec<String> {
    let of = &people.school_names;
    (0..people.schools.len())
        .map(|at| {
            let key = people.schools.string(at as u32);
            match of[at].as_str() {
                "" if key.is_empty() => "School not given".to_string(),
                "" => key,
                name if of.iter().filter(|other| *other == name).count() > 1 => format!("{name} ({key})"),
                name => name.to_string(),
            }
        })
        .collect()
}

/// A student's number without the school that made it unique.
fn shown_id(key: &[u8]) -> String {
    let id = key.split(|b| *b == super::UNIT).next().unwrap_or(key);
    String::from_utf8_lossy(id).into_owned()
}

fn sorted(days: &[Day], by: impl Fn(&Day) -> Day) -> (Vec<Day>, Vec<u16>) {
    let order = order::positions(days.len(), &mut |a, b| by(&days[a]).cmp(&by(&days[b])));
    let mut new = vec![0; days.len()];
    for (to, &from) in order.iter().enumerate() {
        new[from] = to as u16;
    }
    (order.iter().map(|&at| days[at]).collect(), new)
}

fn order_of<K: Ord>(n: usize, key: impl Fn(usize) -> K) -> Vec<usize> {
    let keys: Vec<K> = (0..n).map(key).collect();
    order::positions(n, &mut |a, b| keys[a].cmp(&keys[b]))
}

fn inverse(order: &[usize]) -> Vec<u32> {
    let mut new = vec![0; order.len()];
    for (to, &from) in order.iter().enumerate() {
        new[from] = to as u32;
    }
    new
}

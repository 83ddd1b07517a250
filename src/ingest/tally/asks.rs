//! Questions that only the whole of the files can raise: values that speak against a header, files
//! without a school, school days that no file tells.

use super::super::dates::DateOrder;
use super::super::measures::UNSURE;
use super::super::pick::{Answer, Pick, Topic};
use super::super::problem::Kind as Why;
use super::super::reading::{Ask, Layout, Question, Reading};
use super::super::roles::{self, Role};
use super::super::scan::NONE;
use super::dataset::DayOrder;
use super::{ABSENT, Tally};
use crate::attendance::{Days, Mark};

/// Codes asked about at once.
const MOST_CODES: usize = 60;

impl Tally {
    /// Whether the order of day and month is decided by the whole column, and what to ask if not.
    pub(super) fn ask_order(&self, at: usize, reading: &mut Reading, questions: &mut Vec<Question>, again: &mut bool) {
        let file = &self.files[at];
        let dated = match reading.layout {
            Layout::Dated | Layout::Periods | Layout::Wide | Layout::Calendar => true,
            // Where every student's days are given, entry dates are not used.
            Layout::Roster => reading.has(&Role::Entry) && self.people.stays.iter().any(|s| s.enrolled.is_none()),
            _ => false,
        };
        // Dates with the year first leave nothing to decide.
        if reading.date_order.is_some() || !dated || (file.only, file.either) == ([0, 0], 0) {
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
                // The rows were counted as month first, and while the order was open years were not told apart.
                *again |= order == DateOrder::DayFirst || file.either > 0 && file.only == [0, 0];
            }
            None => {
                let (example, month_first, day_first) = match &file.only_example {
                    // Both orders are there, and neither is right for all.
                    [Some(month_first), Some(day_first)] => (String::new(), month_first.clone(), day_first.clone()),
                    _ => file.either_example.clone().unwrap_or_default(),
                };
                let rows = file.account.rows;
                questions
                    .push(Question { file: at as u16, kind: Ask::Order { example, month_first, day_first, rows } });
            }
        }
    }

    /// A file whose dates fit both orders has the one that its neighbours' dates are certain in, or that was said of one.
    pub(super) fn order_of_neighbours(
        &self,
        readings: &mut [Reading],
        questions: &mut Vec<Question>,
        again: &mut bool,
    ) {
        let sure = |at: &usize| {
            let file = &self.files[*at];
            let is_said = file.either > 0 && self.readings[*at].date_order.is_some();
            is_said || file.only.iter().filter(|n| **n > 0).count() == 1
        };
        // Of several that are open one is asked about.
        let mut is_first = true;
        let is_open =
            |q: &Question| matches!(q.kind, Ask::Order { .. }) && self.files[usize::from(q.file)].only == [0, 0];
        let told: Vec<(usize, DateOrder)> =
            (0..readings.len()).filter(sure).filter_map(|at| Some((at, readings[at].date_order?))).collect();
        let Some(&(from, order)) = told.first().filter(|(_, order)| told.iter().all(|(_, other)| other == order))
        else {
            if told.is_empty() {
                questions.retain(|q| !is_open(q) || std::mem::take(&mut is_first));
            }
            return;
        };
        questions.retain(|question| {
            let at = usize::from(question.file);
            let open = is_open(question);
            if open {
                let name = readings[from].file.clone();
                readings[at].date_order = Some(order);
                readings[at].notes.push(format!("Day and month are in the order of {name}."));
                *again = true;
            }
            !open
        });
    }

    /// In a file of totals many numbers that stand in several schools are more likely several
    /// students than many who changed school.
    pub(super) fn ask_ids(&self, questions: &mut Vec<Question>) {
        // What a number is in one file it is in all.
        if self.ids.is_some() {
            return;
        }
        let Some(file) = self.readings.iter().position(|r| r.layout == Layout::Totals && r.ids.is_none()) else {
            // Where days are known, nobody is at two schools on the same ones.
            let every_day = |at: &usize| self.is_dated(*at) && self.every_day(&self.files[*at]) == Some(true);
            if let Some(file) = (0..self.files.len()).find(every_day) {
                let shared = self.numbers_shared_by_schools();
                if shared >= 10 && shared * 10 > self.people.ids.len() as u64 {
                    questions.push(Question { file: file as u16, kind: Ask::Ids { students: shared } });
                }
            }
            return;
        };
        let mut stays_of = vec![0u8; self.people.ids.len()];
        for (at, stay) in self.people.stays.iter().enumerate() {
            // A list without schools names none that they could differ in.
            let is_at_one = !self.people.schools.text(stay.school).is_empty();
            let counts = u8::from(is_at_one && !self.reject.contains_key(&(at as u32)));
            let stays = &mut stays_of[stay.student as usize];
            *stays = stays.saturating_add(counts);
        }
        let several = stays_of.iter().filter(|stays| **stays > 1).count();
        if several * 10 > self.people.ids.len() && several >= 10 {
            questions.push(Question { file: file as u16, kind: Ask::Ids { students: several as u64 } });
        }
    }

    pub(super) fn ask_codes(&self, questions: &mut Vec<Question>) {
        // More than anyone would answer at once: the rest comes after them.
        for code in self.codes.iter().filter(|code| code.meaning.is_none()).take(MOST_CODES) {
            if code.rows > 0 {
                let kind = Ask::Code { code: code.text.clone(), rows: code.rows, first_line: code.first_line };
                questions.push(Question { file: code.file, kind });
            }
        }
    }

    pub(super) fn ask_days(&self, questions: &mut Vec<Question>) {
        // A list of students alone says nothing about absence; zero would be a guess.
        let silent = |r: &Reading| r.layout.is_list();
        if !self.readings.is_empty() && self.readings.iter().all(silent) {
            questions.push(Question { file: 0, kind: Ask::Measure });
        }
        let waiting = self.codes.iter().any(|c| c.meaning.is_none());
        let any_enrolled = self.people.stays.iter().any(|s| s.enrolled.is_some());
        for at in 0..self.files.len() {
            let (file, reading) = (&self.files[at], &self.readings[at]);
            if self.is_dated(at) && !waiting && file.account.rows_used > 0 {
                match self.every_day(file) {
                    None if (0..at)
                        .any(|other| self.are_alike(other, at) && self.every_day(&self.files[other]).is_none()) => {}
                    None => {
                        let is_wide = reading.layout == Layout::Wide;
                        let present_rows = if is_wide { file.rows_whole } else { file.rows_present };
                        let kind = Ask::EveryDay { present_rows, rows: file.account.rows_used };
                        questions.push(Question { file: at as u16, kind });
                    }
                    Some(false) if self.has_spans() && !any_enrolled => self.ask_school_days(questions),
                    Some(false) if !any_enrolled && self.days_for_all().is_none() => {
                        questions.push(Question { file: at as u16, kind: Ask::EnrolledDays });
                    }
                    Some(_) => {}
                }
            }
            // A list tells them where it has most of the students.
            let listed = self.takes_listed_days(at) && file.account.rows_used * 2 > file.account.rows;
            if reading.layout == Layout::Totals && !self.tells_days(at) && !listed {
                questions.push(Question { file: at as u16, kind: Ask::EnrolledDays });
            }
        }
        // One number is said of all files.
        let mut is_first = true;
        questions.retain(|q| q.kind != Ask::EnrolledDays || std::mem::take(&mut is_first));
    }

    /// Asks what the header says and the values do not.
    pub(super) fn ask_doubts(&self, questions: &mut Vec<Question>) {
        for (at, reading) in self.readings.iter().enumerate() {
            let file = &self.files[at];
            let columns = &file.columns;
            let mut ask = |topic: Topic, about: String, rows: u64, of: u64| {
                let same = |q: &Question| {
                    matches!(&q.kind, Ask::Pick(pick) if pick.topic == topic)
                        && topic.is_about_columns()
                        && topic != Topic::LateIs
                        && self.are_alike(q.file.into(), at)
                };
                if self.answer(at, topic).is_none() && !questions.iter().any(same) {
                    questions.push(Question { file: at as u16, kind: Ask::Pick(Pick { topic, about, rows, of }) });
                }
            };
            let header = |column: usize| reading.columns.get(column).map_or_else(String::new, |c| c.header.clone());
            if reading.layout == Layout::Totals {
                let percent =
                    if columns.percent_absent == ABSENT { columns.percent_present } else { columns.percent_absent };
                let ([_, rates], [_, mostly_absent]) = (file.rates, file.mostly_absent);
                if rates >= 5 && mostly_absent * 2 > rates {
                    ask(Topic::PercentOf, header(percent), mostly_absent, rates);
                }
                let settled = columns.enrolled != ABSENT && columns.present != ABSENT;
                if file.rates_far * 2 > file.rates[0] {
                    ask(Topic::RateHolds, header(percent), file.rates_far, file.rates[0]);
                }
                if !settled && file.suspended_outside * 10 > file.suspended {
                    ask(Topic::SuspendedIn, header(columns.absent), file.suspended_outside, file.suspended);
                }
                if columns.absent == ABSENT && !columns.others.is_empty() {
                    let names: Vec<String> = columns.others.iter().map(|&at| header(at)).collect();
                    ask(Topic::OtherKind, names.join("”, “"), 0, 0);
                }
                let apart = self.problems.rows_of(at as u16, Why::DaysDoNotAddUp);
                if apart * 2 > file.account.rows {
                    ask(Topic::AddUp, header(columns.enrolled), apart, file.account.rows);
                }
                // Zeros are there where they are written.
                let blank = self.problems.rows_of(at as u16, Why::EmptyNumber);
                if columns.absent != ABSENT
                    && file.least_absent != Some(Days::ZERO)
                    && blank >= 3
                    && blank * 5 > file.account.rows
                {
                    ask(Topic::Blanks, header(columns.absent), blank, file.account.rows);
                }
                if reading.columns.get(columns.late).is_some_and(|c| c.why == UNSURE) {
                    ask(Topic::LateIs, header(columns.late), 0, 0);
                }
                if columns.absent != ABSENT && columns.by_kind[1].0 != ABSENT && !settled {
                    // Indiana's report says “total” of the excused ones.
                    let total = roles::normalise(&header(columns.absent)) == "totalabsences";
                    let apart = roles::normalise(&header(columns.by_kind[1].0)).starts_with("totalabsences");
                    let told = columns.by_kind[0].0 != ABSENT;
                    if total && apart && !told || file.kinds_above > 0 {
                        ask(Topic::TotalHolds, header(columns.absent), file.kinds_above, file.account.rows);
                    }
                }
            }
            if file.spans > 0 {
                ask(Topic::Spans, header(columns.part_absent), file.spans, file.account.rows);
            }
            if let Some(exit) = reading.may_be_exit().filter(|_| reading.layout == Layout::Roster) {
                let is_used = self.has_sheet_of_absences() && self.people.stays.iter().all(|s| s.enrolled.is_none());
                if is_used {
                    ask(Topic::LastDay, header(exit), 0, 0);
                }
            }
            let sheet = self.is_dated(at) && self.every_day(file) == Some(false);
            if reading.layout == Layout::Periods && sheet && file.account.rows_used > 0 {
                ask(Topic::PeriodsInDay, String::new(), 0, 0);
            }
        }
        self.ask_schools(questions);
    }

    /// Totals and dated rows of the same students that differ: which of the two holds?
    pub(super) fn ask_sources(&self, questions: &mut Vec<Question>) {
        let Some(file) = self.readings.iter().position(|r| r.layout == Layout::Totals) else { return };
        let dated = (0..self.readings.len()).any(|at| self.is_dated(at));
        if !dated || self.readings.iter().any(|r| r.answer(Topic::SourceHolds).is_some()) {
            return;
        }
        let (day_order, sheet) = (DayOrder::of(&self.days).1, self.has_sheet_of_absences());
        let (mut differ, mut both) = (0, 0);
        for (at, stay) in self.people.stays.iter().enumerate() {
            let is_told = sheet || !self.known.days.of(at as u32).is_empty();
            let is_joined = stay.next == NONE && self.people.first_stay[stay.student as usize] == at as u32;
            if !stay.totals || stay.percent.is_some() || !is_told || !is_joined {
                continue;
            }
            let marks = self.marks_of(stay, &day_order);
            let of = |m: &Mark| if m.kind.is_absence() { i64::from(m.missed) } else { 0 };
            let totals: Days = stay.absent.iter().copied().sum();
            both += 1;
            differ += u64::from(totals.thousandths() != marks.iter().map(of).sum::<i64>());
        }
        if differ > 0 {
            let pick = Pick { topic: Topic::SourceHolds, about: String::new(), rows: differ, of: both };
            questions.push(Question { file: file as u16, kind: Ask::Pick(pick) });
        }
    }

    /// Whether dated rows hold where a student has totals as well.
    pub(super) fn dated_rows_hold(&self) -> bool {
        self.readings.iter().any(|r| r.answer(Topic::SourceHolds) == Some(Answer::DatedRows))
    }

    /// Several files without a school: each its own, or parts of one?
    fn ask_schools(&self, questions: &mut Vec<Question>) {
        let speaks = |layout: Layout| matches!(layout, Layout::Totals | Layout::Dated | Layout::Periods | Layout::Wide);
        let bare: Vec<usize> = (0..self.readings.len())
            .filter(|&at| speaks(self.readings[at].layout) && !self.readings[at].has(&Role::School))
            .filter(|&at| self.files[at].school_of_file.is_empty())
            .collect();
        let told = self.readings.iter().any(|r| r.has(&Role::School));
        let same = |a: &usize, b: &usize| self.readings[*a].layout == self.readings[*b].layout;
        if told || bare.len() < 2 || !bare.windows(2).all(|pair| same(&pair[0], &pair[1])) {
            return;
        }
        // Asked once: what one of them is, all are.
        if self.readings.iter().all(|r| r.answer(Topic::FileIs).is_none()) {
            let pick = Pick { topic: Topic::FileIs, about: String::new(), rows: bare.len() as u64, of: 0 };
            questions.push(Question { file: bare[0] as u16, kind: Ask::Pick(pick) });
        }
    }

    /// Students with days in two schools at once: most likely two students with one number.
    pub(super) fn numbers_shared_by_schools(&self) -> u64 {
        let mut shared = 0;
        for (student, &first) in self.people.first_stay.iter().enumerate() {
            let mut all: Vec<u64> = Vec::new();
            let (mut at, mut overlap) = (first, 0u32);
            while at != NONE {
                let stay = &self.people.stays[at as usize];
                debug_assert_eq!(stay.student as usize, student);
                for (i, word) in self.known.days.of(at).iter().enumerate() {
                    if all.len() <= i {
                        all.resize(i + 1, 0);
                    }
                    overlap += (all[i] & word).count_ones();
                    all[i] |= word;
                }
                at = stay.next;
            }
            shared += u64::from(overlap >= 5);
        }
        shared
    }

    /// Which students stand in one file and not in the other, where a list came along.
    pub(super) fn remark_join(&mut self) {
        let Some(list) = self.readings.iter().position(|r| r.layout == Layout::Roster) else { return };
        let speaks = |at: usize| self.is_dated(at) || self.readings[at].layout == Layout::Totals;
        let Some(other) = (0..self.readings.len()).find(|&at| speaks(at)) else { return };
        let sheet = self.has_sheet_of_absences();
        let mut with_rows = vec![false; self.people.ids.len()];
        for (at, stay) in self.people.stays.iter().enumerate() {
            with_rows[stay.student as usize] |=
                !stay.marks.is_empty() || stay.totals || !self.known.days.of(at as u32).is_empty();
        }
        let (mut only_list, mut only_rows) = (0u64, 0u64);
        for (student, with_rows) in with_rows.into_iter().enumerate() {
            match (self.enrolment.listed.contains(student), with_rows) {
                (true, false) => only_list += 1,
                (false, true) => only_rows += 1,
                _ => {}
            }
        }
        // In a file of absences those without a row were never absent: they count, and need no remark.
        if only_list > 0 && !sheet && !self.counts_absentees() {
            self.problems.remark(Why::OnlyInList, list as u16, only_list, 0, "", "");
        }
        if only_rows > 0 && self.rejected().is_empty() {
            self.problems.remark(Why::OnlyInAttendance, other as u16, only_rows, 0, "", "");
        }
    }

    /// How days that were never taken count; left out unless the person says otherwise.
    pub(super) fn untaken_count_as_present(&self) -> bool {
        self.readings.iter().any(|r| r.answer(Topic::NotTaken) == Some(Answer::Present))
    }
}

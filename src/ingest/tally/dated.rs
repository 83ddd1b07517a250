//! Rows with a date: one per student and day, per absence, or per period of the day.

use super::super::codes::Meaning;
use super::super::dates::{self, DateOrder, ReadDate};
use super::super::pick::{Answer, Topic};
use super::super::problem::Kind;
use super::super::reading::Layout;
use super::super::scan::Row;
use super::people::RawMark;
use super::{ABSENT, DateSlot, Tally};
use crate::attendance::{Day, Days};

/// No part of the day given by another column.
pub(super) const NO_PART: u16 = u16::MAX;

impl Tally {
    pub(super) fn dated_row(&mut self, row: &Row<'_>) {
        let date_column = self.files[self.current].columns.date;
        let day = match self.date(row.get(date_column)) {
            DateSlot::Day(day) => day,
            DateSlot::Unreadable => return self.set_aside(Kind::UnreadableDate, row, date_column),
            DateSlot::Future => return self.set_aside(Kind::FutureDate, row, date_column),
            DateSlot::TakenOut => return self.set_aside(Kind::TakenOutDay, row, date_column),
            DateSlot::Earlier => return self.set_aside(Kind::EarlierYear, row, date_column),
        };
        let known = self.known.stay();
        let (student, stay) = match known {
            Some(stay) => (self.people.stays[stay as usize].student, stay),
            None => match self.who(row) {
                Some((student, stay)) => (student, self.stay_on(stay, day)),
                None => return,
            },
        };
        if !self.reject.is_empty()
            && let Some(kind) = self.reject.get(&stay)
        {
            return self.set_aside(*kind, row, ABSENT);
        }
        let (code, part) = match self.code(row) {
            Ok(found) => found,
            Err((kind, column)) => return self.set_aside(kind, row, column),
        };
        if known.is_none() {
            self.note_traits(student, stay, row);
            // What is kept may be another value now; until a row is learnt again, every one is looked at.
            self.known.forget_student(row);
        }
        if let Err(kind) = self.note_enrolled(row, stay) {
            return self.set_aside(kind, row, self.files[self.current].columns.enrolled);
        }
        if !self.watch.is_empty() && self.watch.remove(&(stay, day)) {
            // The first of two rows that contradict each other, found on the second reading.
            self.set_aside(Kind::ConflictingRows, row, ABSENT);
            self.files[self.current].firsts.insert((stay, day));
        }
        let about = &mut self.codes[usize::from(code)];
        about.rows += 1;
        let known = about.meaning;
        match known {
            None => self.files[self.current].rows_waiting += 1,
            Some(Meaning::NotCounted) => {
                self.days_off.insert((self.people.stays[stay as usize].school, day));
                return self.set_aside(Kind::NotCountedDay, row, self.files[self.current].columns.status);
            }
            Some(Meaning::NotTaken) => {
                return self.set_aside(Kind::NotTakenDay, row, self.files[self.current].columns.status);
            }
            Some(_) => {}
        }
        if part > 1000 && part != NO_PART {
            return self.span_row(row, stay, RawMark { day, code, part });
        }
        let plain_present = known == Some(Meaning::Present) && (part == NO_PART || part == 0);
        if self.readings[self.current].layout == Layout::Periods && !self.period(row, stay, day) {
            return;
        }
        let file = &mut self.files[self.current];
        let Some(known) = known else {
            // Kept as a mark so that the day is not taken for a present one.
            self.people.stays[stay as usize].marks.push(RawMark { day, code, part });
            self.known.days.insert(stay, day);
            return;
        };
        if known.is_absence() || part != NO_PART && part > 0 {
            file.rows_absent += 1;
        } else if known == Meaning::Present {
            file.rows_present += 1;
        }
        let person = &mut self.people.stays[stay as usize];
        if self.readings[self.current].layout == Layout::Periods {
            self.known.days.insert(stay, day);
            if !plain_present {
                person.marks.push(RawMark { day, code, part });
            }
            file.account.rows_used += 1;
            self.learn_student(row, student, stay);
            return;
        }
        if self.known.days.insert(stay, day) && !person.conflicts.contains(usize::from(day)) {
            if !plain_present {
                person.marks.push(RawMark { day, code, part });
            }
            file.account.rows_used += 1;
            self.learn(row, student, stay, day, plain_present.then_some(code));
            return;
        }
        self.second_row(row, stay, RawMark { day, code, part }, plain_present);
    }

    /// Notes the student's enrolled days, which an absence file may repeat on every row.
    pub(super) fn note_enrolled(&mut self, row: &Row<'_>, stay: u32) -> Result<(), Kind> {
        let columns = &self.files[self.current].columns;
        if columns.enrolled == ABSENT {
            return Ok(());
        }
        match super::totals::days(row.get(columns.enrolled))? {
            // Nobody can be present on a day without membership.
            Some(Days::ZERO) if columns.part_present != ABSENT => return Err(Kind::NotCountedDay),
            Some(days) => {
                let stay = &mut self.people.stays[stay as usize];
                stay.enrolled = Some(stay.enrolled.map_or(days, |now| now.max(days)));
            }
            None => {}
        }
        Ok(())
    }

    /// A row that misses several days: those from its date on, once the person has said so.
    #[cold]
    fn span_row(&mut self, row: &Row<'_>, stay: u32, mark: RawMark) {
        // What the code means is asked first.
        let Some(meaning) = self.codes[usize::from(mark.code)].meaning else { return };
        self.files[self.current].spans += 1;
        let reading = &self.readings[self.current];
        match reading.answer(Topic::Spans) {
            None => return,
            Some(Answer::Yes) if meaning.is_absence() && reading.layout == Layout::Dated => {}
            _ => return self.set_aside(Kind::UnreadableNumber, row, self.files[self.current].columns.part_absent),
        }
        let (first, mut left, mut is_used) = (self.days[usize::from(mark.day)], mark.part, false);
        // A break of some weeks may lie between.
        let (most, today) = (i32::from(left) / 500 + 30, self.today);
        for day in (0..most).map(|after| first.plus(after)).filter(|day| *day <= today) {
            let is_off = day > first && (day.weekday() >= 5 || self.taken_out.contains(&day));
            let Some(at) = self.day_position(day).filter(|at| left > 0 && !is_off && self.may_be_school(*at)) else {
                continue;
            };
            let part = left.min(1000);
            left -= part;
            let person = &mut self.people.stays[stay as usize];
            if !person.conflicts.contains(usize::from(at)) && self.known.days.insert(stay, at) {
                person.marks.push(RawMark { day: at, part, ..mark });
                is_used = true;
            }
        }
        if !is_used {
            return self.set_aside(Kind::SecondMarkSameDay, row, ABSENT);
        }
        self.files[self.current].rows_absent += 1;
        self.files[self.current].account.rows_used += 1;
    }

    /// Lets later rows that say the same be counted without being looked at. A row is learnt only
    /// once nothing is left to note of it: its student's name stands, and its values are the ones kept.
    #[inline]
    fn learn(&mut self, row: &Row<'_>, student: u32, stay: u32, day: u16, present: Option<u16>) {
        self.known.learn_date(row, day);
        if let Some(code) = present {
            self.known.learn_present(row, code);
        }
        self.learn_student(row, student, stay);
    }

    #[inline]
    fn learn_student(&mut self, row: &Row<'_>, student: u32, stay: u32) {
        if self.known.stay().is_none() && self.is_settled(row, student, stay) {
            self.known.learn_student(row, stay);
        }
    }

    fn is_settled(&self, row: &Row<'_>, student: u32, stay: u32) -> bool {
        let columns = &self.files[self.current].columns;
        let names = [columns.name, columns.first_name, columns.last_name];
        let named = !self.people.names.of(student).is_empty() || names.iter().all(|at| *at == ABSENT);
        let place = self.people.stays[stay as usize].school as usize;
        named
            && self.people.stays[stay as usize].conflicts.0.is_empty()
            && (columns.district == ABSENT || !self.people.districts[place].is_empty())
            && columns.conditions.iter().all(|&(column, at)| self.people.is_kept(student, at, row.get(column)))
    }

    /// A second row for the same student, school and day.
    #[cold]
    fn second_row(&mut self, row: &Row<'_>, stay: u32, mark: RawMark, plain_present: bool) {
        self.settle();
        let at = usize::from(mark.day);
        if self.people.stays[stay as usize].conflicts.contains(at) {
            self.known.days.remove(stay, mark.day);
            return self.set_aside(Kind::ConflictingRows, row, ABSENT);
        }
        let earlier = self.people.stays[stay as usize].marks.iter().position(|m| m.day == mark.day);
        let what = |m: &RawMark| (self.codes[usize::from(m.code)].meaning, m.part);
        let same = match earlier {
            None => plain_present,
            Some(found) => !plain_present && what(&self.people.stays[stay as usize].marks[found]) == what(&mark),
        };
        if same {
            // Two halves of a day can be written alike.
            let is_part = (1..1000).contains(&self.missed(&mark));
            let kind = if is_part { Kind::SecondMarkSameDay } else { Kind::DuplicateRow };
            return self.set_aside(kind, row, ABSENT);
        }
        let absence = |m: &RawMark| self.codes[usize::from(m.code)].meaning.is_some_and(Meaning::is_absence);
        if let Some(found) = earlier {
            let first = self.people.stays[stay as usize].marks[found];
            let meaning = |m: &RawMark| self.codes[usize::from(m.code)].meaning;
            let parts = [self.missed(&first), self.missed(&mark)];
            if absence(&first) && absence(&mark) && meaning(&first) != meaning(&mark) && parts.iter().all(|p| *p < 1000)
            {
                // Parts of the day missed for different reasons add up; the longer one names the day.
                let weight = |m: &RawMark, part: u16| (part, std::cmp::Reverse(meaning(m)));
                let longer = if weight(&mark, parts[1]) > weight(&first, parts[0]) { mark } else { first };
                let both = RawMark { part: (parts[0] + parts[1]).min(1000), ..longer };
                self.people.stays[stay as usize].marks[found] = both;
                self.files[self.current].account.rows_used += 1;
                return;
            }
            // In a file of absences two marks on one day are two things that happened, not two
            // answers to one question: the day counts once, with the mark that misses more.
            if absence(&first) || absence(&mark) {
                let sheet_of_absences = self.files[self.current].rows_present == 0;
                if sheet_of_absences {
                    let weight =
                        |m: &RawMark| (self.missed(m), std::cmp::Reverse(self.codes[usize::from(m.code)].meaning));
                    if weight(&mark) > weight(&first) {
                        self.people.stays[stay as usize].marks[found] = mark;
                    }
                    return self.set_aside(Kind::SecondMarkSameDay, row, ABSENT);
                }
            }
        }
        let person = &mut self.people.stays[stay as usize];
        if let Some(found) = earlier {
            person.marks.remove(found);
        }
        person.conflicts.insert(at);
        // From here on a row of this day must be looked at, whoever it repeats.
        self.known.days.remove(stay, mark.day);
        self.known.forget_student(row);
        // The earlier row may stand in an earlier file.
        let first = self.files.iter().position(|f| f.firsts.contains(&(stay, mark.day))).unwrap_or(self.current);
        let used = &mut self.files[first].account.rows_used;
        *used = used.saturating_sub(1);
        self.conflicts.push((stay, mark.day));
        self.set_aside(Kind::ConflictingRows, row, ABSENT);
    }

    /// Thousandths of the day that a mark misses.
    pub(super) fn missed(&self, mark: &RawMark) -> u16 {
        match self.codes[usize::from(mark.code)].meaning.and_then(Meaning::mark) {
            Some((_, whole)) if mark.part == NO_PART => whole,
            Some((_, 0)) => 0,
            _ if mark.part != NO_PART => mark.part,
            _ => 0,
        }
    }

    /// Notes the period of a row; `false` where the row was set aside.
    fn period(&mut self, row: &Row<'_>, stay: u32, day: u16) -> bool {
        if self.files[self.current].columns.section != ABSENT {
            return self.class_period(row, stay, day);
        }
        let file = &mut self.files[self.current];
        let (period, _) = file.periods.intern(row.get(file.columns.period));
        if period >= 16 {
            let column = file.columns.period;
            self.set_aside(Kind::TooManyPeriods, row, column);
            return false;
        }
        let seen = &mut self.people.stays[stay as usize].periods;
        if seen.len() <= usize::from(day) {
            seen.resize(usize::from(day) + 1, 0);
        }
        let bit = 1u16 << period;
        if seen[usize::from(day)] & bit != 0 {
            self.set_aside(Kind::DuplicateRow, row, ABSENT);
            return false;
        }
        seen[usize::from(day)] |= bit;
        true
    }

    /// The same where classes tell periods apart: each class of the day is a period of its own.
    fn class_period(&mut self, row: &Row<'_>, stay: u32, day: u16) -> bool {
        let file = &mut self.files[self.current];
        let mut key = if file.columns.period == ABSENT { Vec::new() } else { row.get(file.columns.period).to_vec() };
        key.push(super::UNIT);
        key.extend_from_slice(row.get(file.columns.section));
        let (class, _) = file.periods.intern(&key);
        if !file.classes.insert((stay, day, class)) {
            self.set_aside(Kind::DuplicateRow, row, ABSENT);
            return false;
        }
        let seen = &mut self.people.stays[stay as usize].periods;
        if seen.len() <= usize::from(day) {
            seen.resize(usize::from(day) + 1, 0);
        }
        let bits = &mut seen[usize::from(day)];
        if *bits == u16::MAX {
            let column = self.files[self.current].columns.section;
            self.set_aside(Kind::TooManyPeriods, row, column);
            return false;
        }
        *bits = *bits << 1 | 1;
        true
    }

    /// The day a date cell stands for. A date is read once and remembered.
    #[inline]
    pub(super) fn date(&mut self, text: &[u8]) -> DateSlot {
        let (at, new) = self.files[self.current].dates.intern(text);
        if new {
            let slot = self.new_date(&String::from_utf8_lossy(text));
            self.files[self.current].date_of.push(slot);
        }
        self.files[self.current].date_of[at as usize]
    }

    #[cold]
    fn new_date(&mut self, text: &str) -> DateSlot {
        let read = dates::read(text);
        self.note_order(text, read);
        match read.under(self.files[self.current].order) {
            None => DateSlot::Unreadable,
            Some(day) if day > self.today => DateSlot::Future,
            Some(day) if self.latest.and_then(|l| l.from).is_some_and(|from| day < from) => DateSlot::Earlier,
            Some(day) if self.taken_out.contains(&day) => DateSlot::TakenOut,
            Some(day) => self.day_position(day).map_or(DateSlot::Unreadable, DateSlot::Day),
        }
    }

    /// Counts what a date says of the order of day and month.
    pub(super) fn note_order(&mut self, text: &str, read: ReadDate) {
        let file = &mut self.files[self.current];
        match read {
            ReadDate::Only(order, _) => {
                let at = usize::from(order == DateOrder::DayFirst);
                file.only[at] += 1;
                let _ = file.only_example[at].get_or_insert_with(|| text.to_string());
            }
            ReadDate::Either { month_first, day_first } => {
                file.either += 1;
                for (at, day) in [month_first, day_first].into_iter().enumerate() {
                    file.weekend[at] += u64::from(day.weekday() >= 5);
                    file.future[at] += u64::from(day > self.today);
                }
                if file.either_example.is_none() {
                    file.either_example = Some((text.into(), month_first.to_string(), day_first.to_string()));
                }
            }
            _ => {}
        }
    }

    pub(super) fn day_position(&mut self, day: Day) -> Option<u16> {
        if let Some(&at) = self.day_positions.get(&day) {
            return Some(at);
        }
        let at = u16::try_from(self.days.len()).ok()?;
        self.days.push(day);
        self.day_positions.insert(day, at);
        Some(at)
    }
}

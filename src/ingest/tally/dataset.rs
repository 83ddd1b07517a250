//! From counted rows to the dataset: students, stays, days and marks, sorted so that no order of rows shows.

use super::super::conditions;
use super::super::pick::{Answer, Topic};
use super::super::reading::Layout;
use super::super::scan::NONE;
use super::Tally;
use super::people::{RawMark, Stay as RawStay};
use super::untaken::Gaps;
use crate::attendance::{Dataset, Day, DayBits, Days, Kind, Mark, NotTaken, School, Stay, Student, Students, order};
use crate::ingest::READS_PUBLIC_FILES;
use std::borrow::Cow;

impl Tally {
    pub(super) fn dataset(&self, gaps: &Gaps) -> Dataset {
        if READS_PUBLIC_FILES && self.readings.iter().all(|r| r.layout == Layout::Published) {
            return self.published_dataset(self.accounts());
        }
        let people = &self.people;
        let (calendar, day_order) = DayOrder::of(&self.days);
        let students_order =
            order::positions(people.ids.len(), &mut |a, b| people.id(a as u32).cmp(people.id(b as u32)));
        let names = school_names(people);
        let schools_order = order::positions(names.len(), &mut |a, b| names[a].cmp(&names[b]));
        let homerooms = &people.homerooms;
        let homerooms_order =
            order::positions(homerooms.len(), &mut |a, b| homerooms.text(a as u32).cmp(homerooms.text(b as u32)));
        let new_student = inverse(&students_order);
        let new_school = inverse(&schools_order);
        let new_homeroom = inverse(&homerooms_order);

        let sheet = self.has_sheet_of_absences();
        let absentees = self.counts_absentees();
        // A student's stays stand together, in the order of their schools.
        let place = |at: usize| {
            let raw = &people.stays[at];
            (new_student[raw.student as usize], new_school[raw.school as usize])
        };
        let stays_order = order::positions(people.stays.len(), &mut |a, b| place(a).cmp(&place(b)));
        let mut stays: Vec<Stay> = Vec::with_capacity(people.stays.len());
        let mut all_marks = Vec::new();
        let mut sessions = vec![DayBits::default(); people.schools.len()];
        for at in stays_order {
            let raw = &people.stays[at];
            let first = &people.stays[people.first_stay[raw.student as usize] as usize];
            let elsewhere = raw.next != NONE || !std::ptr::eq(first, raw);
            let is_bare = raw.marks.is_empty() && self.known.days.of(at as u32).is_empty();
            if (sheet || absentees || raw.totals) && elsewhere && is_bare && people.schools.text(raw.school).is_empty()
            {
                // A file without schools gave this student's days; the stays are elsewhere.
                continue;
            }
            let Some((enrolled, on_roll, marks, absent)) = self.counted(at as u32, &day_order, sheet, gaps) else {
                continue;
            };
            let (student, school) = place(at);
            let session = &mut sessions[school as usize].0;
            if session.len() < on_roll.0.len() {
                session.resize(on_roll.0.len(), 0);
            }
            for (word, more) in session.iter_mut().zip(&on_roll.0) {
                *word |= more;
            }
            let from = all_marks.len() as u32;
            all_marks.extend(marks);
            stays.push(Stay {
                student,
                school: school as u16,
                grade: raw.grade,
                homeroom: (raw.homeroom != NONE).then(|| new_homeroom[raw.homeroom as usize] as u16),
                enrolled,
                absent,
                marks: from..all_marks.len() as u32,
                on_roll,
                percent_absent: raw.percent,
            });
        }
        let mut not_taken = Vec::new();
        if !self.untaken_count_as_present() && !gaps.by_school.is_empty() {
            not_taken = vec![NotTaken::default(); people.schools.len()];
            for (school, missing) in &gaps.by_school {
                not_taken[new_school[*school as usize] as usize] = *missing;
            }
        }
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
        let mut students = Students::default();
        for &at in &students_order {
            let id = shown_id(people.id(at as u32));
            students.push(Student { id: &id, name: people.names.of(at as u32) });
        }
        Dataset {
            files: self.accounts(),
            schools: schools_order
                .iter()
                .map(|&at| School { name: names[at].clone(), district: people.districts[at].clone() })
                .collect(),
            students,
            stays,
            attributes,
            homerooms: homerooms_order.iter().map(|&at| people.homerooms.string(at as u32)).collect(),
            dates: calendar.first().copied().zip(calendar.last().copied()),
            calendar,
            sessions,
            not_taken,
            marks: all_marks,
            published: Vec::new(),
        }
    }

    /// What one stay amounts to, or `None` where no row of it could be used.
    #[allow(clippy::type_complexity, reason = "four results of one count, taken apart at once")]
    fn counted(
        &self,
        stay: u32,
        day_order: &DayOrder,
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
        let mut marks = self.marks_of(raw, day_order);
        marks.sort_unstable();
        if let Some(enrolled) = &by_calendar {
            days = enrolled.clone();
            let within = day_order.bits(&enrolled.0);
            let before = marks.len();
            marks.retain(|mark| within.contains(usize::from(mark.day)));
            let outside = &self.enrolment.outside;
            outside.set(outside.get() + (before - marks.len()) as u64);
        }
        // Totals and dated rows tell of the same absences: one of the two holds, never their sum.
        let totals_hold =
            raw.totals && !(self.dated_rows_hold() && raw.percent.is_none() && (sheet || days.count() > 0));
        let mut absent = raw.absent;
        if !totals_hold {
            absent = [Days::ZERO; Kind::COUNT];
            for mark in &marks {
                absent[mark.kind as usize] += Days::from_thousandths(i64::from(mark.missed));
            }
        }
        let mut on_roll = day_order.bits(&days.0);
        let enrolled = if totals_hold {
            raw.enrolled.unwrap_or_default()
        } else if let Some(enrolled) = &by_calendar {
            Days::whole(enrolled.count() as i64)
        } else if sheet {
            on_roll = DayBits::default();
            raw.enrolled.or_else(|| self.enrolled_elsewhere(raw)).or(self.days_for_all())?
        } else if days.count() > 0 {
            Days::whole(days.count() as i64)
        } else if self.counts_absentees() {
            raw.enrolled?
        } else {
            // A roster's student without a single day.
            return None;
        };
        Some((enrolled, on_roll, marks, absent))
    }

    /// The days that a student's dated rows mark.
    pub(super) fn marks_of(&self, raw: &RawStay, day_order: &DayOrder) -> Vec<Mark> {
        if !raw.periods.is_empty() {
            return self.by_periods(raw, day_order);
        }
        let mark = |m: &RawMark| {
            let kind = self.kind(m)?;
            Some(Mark { day: day_order.at(usize::from(m.day)), kind, missed: self.missed(m) })
        };
        raw.marks.iter().filter_map(mark).collect()
    }

    /// Period marks turned into days: absent for at least the stated share of the day's periods.
    fn by_periods(&self, raw: &RawStay, day_order: &DayOrder) -> Vec<Mark> {
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
            let day = day_order.at(usize::from(day));
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
pub(super) fn school_names(people: &super::people::People) -> Vec<String> {
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
fn shown_id(key: &[u8]) -> Cow<'_, str> {
    let id = key.split(|b| *b == super::UNIT).next().unwrap_or(key);
    String::from_utf8_lossy(id)
}

/// Where each day, in order of its first appearance, stands in the calendar.
pub(super) struct DayOrder {
    new: Vec<u16>,
    /// Most files come day after day, so that nothing moves.
    moves: bool,
}

impl DayOrder {
    /// The days sorted, and where each went.
    pub fn of(days: &[Day]) -> (Vec<Day>, DayOrder) {
        let order = order::positions(days.len(), &mut |a, b| days[a].cmp(&days[b]));
        let moves = order.iter().enumerate().any(|(to, &from)| to != from);
        let mut new = vec![0; days.len()];
        for (to, &from) in order.iter().enumerate() {
            new[from] = to as u16;
        }
        (order.iter().map(|&at| days[at]).collect(), DayOrder { new, moves })
    }

    /// The new position of an old one.
    pub fn at(&self, old: usize) -> u16 {
        self.new[old]
    }

    pub fn len(&self) -> usize {
        self.new.len()
    }

    /// The same days at their new positions.
    pub fn bits(&self, words: &[u64]) -> DayBits {
        if !self.moves {
            return DayBits(words.to_vec());
        }
        let mut bits = DayBits::default();
        for (i, word) in words.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let _ = bits.insert(usize::from(self.at(i * 64 + rest.trailing_zeros() as usize)));
                rest &= rest - 1;
            }
        }
        bits
    }
}

fn inverse(order: &[usize]) -> Vec<u32> {
    let mut new = vec![0; order.len()];
    for (to, &from) in order.iter().enumerate() {
        new[from] = to as u32;
    }
    new
}

//! Days missed of days enrolled, by any two groupings of which at least one tells days apart.

use super::{Answer, By, KINDS, Measure, Place, Question, Sum, admitted, months, students};
use crate::attendance::day::{MONTHS, WEEKDAYS};
use crate::attendance::records::{self, Counted};
use crate::attendance::{Dataset, Definition, Kind, Record, Stay};

/// Where each day of the calendar falls, and the names.
fn day_places(dataset: &Dataset, by: By) -> (Vec<String>, Vec<usize>) {
    match by {
        By::Month => {
            let months = months(dataset);
            let place = |day: &crate::attendance::Day| {
                let month = (day.ymd().0, day.ymd().1);
                months.binary_search(&month).unwrap_or(0)
            };
            let places = dataset.calendar.iter().map(place).collect();
            (months.iter().map(|(_, month)| MONTHS[usize::from(*month) - 1].to_owned()).collect(), places)
        }
        By::Weekday => {
            let weekend = dataset.calendar.iter().any(|day| day.weekday() > 4);
            let names = WEEKDAYS[..if weekend { 7 } else { 5 }].iter().map(|w| w[..3].to_owned()).collect();
            (names, dataset.calendar.iter().map(|day| usize::from(day.weekday())).collect())
        }
        _ => (vec![String::new()], vec![0; dataset.calendar.len()]),
    }
}

/// Days missed of days enrolled. Kinds share the enrolled days of their group.
pub(super) fn days(dataset: &Dataset, records: &[Record], definition: &Definition, question: &Question) -> Answer {
    let (rows, columns) = (students(dataset, records, question.rows), students(dataset, records, question.columns));
    let ((row_days, row_of), (column_days, column_of)) =
        (day_places(dataset, question.rows), day_places(dataset, question.columns));
    let names = |by: By, students: Vec<String>, days: Vec<String>| match by {
        By::Kind => {
            KINDS.iter().map(|k| if *k == Kind::Unknown { "Not given" } else { k.label() }.to_owned()).collect()
        }
        by if by.is_of_days() => days,
        _ => students,
    };
    let (row_names, column_names): (Vec<String>, Vec<String>) =
        (names(question.rows, rows.names, row_days), names(question.columns, columns.names, column_days));
    let asked = Asked {
        dataset,
        counts: Counted::new(definition),
        rows: Axis { by: question.rows, n: row_names.len(), place: rows.place, of_day: row_of },
        columns: Axis { by: question.columns, n: column_names.len(), place: columns.place, of_day: column_of },
    };
    let mut table = Table { n_columns: asked.columns.n, sums: vec![Sum::default(); asked.rows.n * asked.columns.n] };
    let records = admitted(dataset, records, question);
    if asked.rows.is_timed() || asked.columns.is_timed() {
        asked.by_day(records, &mut table);
    } else {
        asked.by_kind(records, &mut table);
    }
    let n = table.n_columns;
    let cells = (0..asked.rows.n).map(|row| table.sums[row * n..(row + 1) * n].to_vec()).collect();
    Answer { measure: Measure::Days, rows: row_names, columns: column_names, cells }
}

/// One of the two groupings.
struct Axis<'a> {
    by: By,
    n: usize,
    place: Place<'a>,
    /// Where each day of the calendar falls, where days are told apart.
    of_day: Vec<usize>,
}

impl Axis<'_> {
    fn is_timed(&self) -> bool {
        matches!(self.by, By::Month | By::Weekday)
    }

    /// The places that the enrolled days of a group count in: a kind's repeats them.
    fn enrolled_in(&self, place: usize) -> std::ops::Range<usize> {
        if self.by == By::Kind { 0..self.n } else { place..place + 1 }
    }
}

struct Asked<'a> {
    dataset: &'a Dataset,
    counts: Counted,
    rows: Axis<'a>,
    columns: Axis<'a>,
}

struct Table {
    n_columns: usize,
    sums: Vec<Sum>,
}

impl Table {
    fn at(&mut self, row: usize, column: usize) -> &mut Sum {
        &mut self.sums[row * self.n_columns + column]
    }
}

/// Days of one pattern of enrolment in each place of the calendar, and how many students have it.
/// Most students of a school are enrolled on the very same days, which are counted once.
struct Pattern {
    /// A stay with these days.
    stay: usize,
    /// Enrolled days by place of the calendar.
    days: Vec<u32>,
    /// Students by place of the student.
    students: Vec<u32>,
}

impl Asked<'_> {
    /// Counted on the days themselves.
    fn by_day<'r>(&self, records: impl Iterator<Item = &'r Record>, table: &mut Table) {
        let stays = &self.dataset.stays;
        // The days of each place of the calendar together, so that they are counted by whole words.
        let slots = self.slots();
        let slot_of: Vec<usize> = self.slot_of();
        let (n_slots, n_groups) = (slots.len(), self.n_groups());
        let mut parts = vec![0u64; n_groups * n_slots * KINDS.len()];
        let mut of_school: Vec<Option<Pattern>> = Vec::new();
        of_school.resize_with(self.dataset.schools.len(), || None);
        let kind_of = Kind::ALL.map(|kind| KINDS.iter().position(|known| *known == kind));
        for record in records {
            let Some(group) = self.group_of(record) else { continue };
            let stay = &stays[record.stay as usize];
            let known = &mut of_school[usize::from(record.school)];
            match known {
                Some(pattern) if stays[pattern.stay].on_roll == stay.on_roll => pattern.students[group] += 1,
                Some(_) => self.enrol(table, group, 1, &count(&slots, stay)),
                None => {
                    let mut students = vec![0; n_groups];
                    students[group] = 1;
                    *known = Some(Pattern { stay: record.stay as usize, days: count(&slots, stay), students });
                }
            }
            for mark in records::marks(self.dataset, stay) {
                if let Some(kind) = kind_of[mark.kind as usize] {
                    let slot = slot_of.get(usize::from(mark.day)).copied().unwrap_or(0);
                    parts[(group * n_slots + slot) * KINDS.len() + kind] += u64::from(self.counts.missed(mark));
                }
            }
        }
        for pattern in of_school.into_iter().flatten() {
            for (group, students) in pattern.students.iter().enumerate().filter(|(_, n)| **n > 0) {
                self.enrol(table, group, u64::from(*students), &pattern.days);
            }
        }
        for (at, part) in parts.into_iter().enumerate().filter(|(_, part)| *part > 0) {
            let (kind, at) = (at % KINDS.len(), at / KINDS.len());
            let (group, slot) = (at / n_slots, at % n_slots);
            let row = if self.rows.by == By::Kind { kind } else { self.row(group, slot) };
            let column = if self.columns.by == By::Kind { kind } else { self.column(group, slot) };
            table.at(row, column).part += part;
        }
    }

    /// Adds enrolled days, `days` by place of the calendar, of so many students of one group.
    fn enrol(&self, table: &mut Table, group: usize, students: u64, days: &[u32]) {
        for (slot, days) in days.iter().enumerate().filter(|(_, days)| **days > 0) {
            for row in self.rows.enrolled_in(self.row(group, slot)) {
                for column in self.columns.enrolled_in(self.column(group, slot)) {
                    table.at(row, column).add(Sum { part: 0, whole: students * u64::from(*days) * 1000, students });
                }
            }
        }
    }

    /// Students fall into groups by the axis that tells students apart; there is at most one such.
    fn group_of(&self, record: &Record) -> Option<usize> {
        let (row, column) = (self.rows.place.of(record)?, self.columns.place.of(record)?);
        Some(row.max(column))
    }

    fn n_groups(&self) -> usize {
        let of = |axis: &Axis| if axis.by.is_of_days() { 1 } else { axis.n };
        of(&self.rows).max(of(&self.columns))
    }

    fn n_slots(&self) -> usize {
        let of = |axis: &Axis| if axis.is_timed() { axis.n.max(1) } else { 1 };
        of(&self.rows) * of(&self.columns)
    }

    /// The slot of each day of the calendar: its places on both axes as one number.
    fn slot_of(&self) -> Vec<usize> {
        let width = if self.columns.is_timed() { self.columns.n.max(1) } else { 1 };
        let of = |axis: &Axis, day: usize| if axis.is_timed() { axis.of_day[day] } else { 0 };
        (0..self.dataset.calendar.len()).map(|day| of(&self.rows, day) * width + of(&self.columns, day)).collect()
    }

    /// The days of each slot, as words of a bit set and the bits in them.
    fn slots(&self) -> Vec<Vec<(usize, u64)>> {
        let mut slots: Vec<Vec<(usize, u64)>> = vec![Vec::new(); self.n_slots()];
        for (day, slot) in self.slot_of().into_iter().enumerate() {
            match slots[slot].last_mut() {
                Some((word, bits)) if *word == day / 64 => *bits |= 1 << (day % 64),
                _ => slots[slot].push((day / 64, 1 << (day % 64))),
            }
        }
        slots
    }

    fn row(&self, group: usize, slot: usize) -> usize {
        let width = if self.columns.is_timed() { self.columns.n.max(1) } else { 1 };
        if self.rows.is_timed() {
            slot / width
        } else if self.rows.by.is_of_days() {
            0
        } else {
            group
        }
    }

    fn column(&self, group: usize, slot: usize) -> usize {
        if self.columns.is_timed() {
            slot % self.columns.n.max(1)
        } else if self.columns.by.is_of_days() {
            0
        } else {
            group
        }
    }

    /// Kinds by groups of students: from each stay's sums where the definition leaves days as they are.
    fn by_kind<'r>(&self, records: impl Iterator<Item = &'r Record>, table: &mut Table) {
        for record in records {
            let (Some(row), Some(column)) = (self.rows.place.of(record), self.columns.place.of(record)) else {
                continue;
            };
            let whole = record.enrolled.thousandths().max(0) as u64;
            if whole > 0 {
                for row in self.rows.enrolled_in(row) {
                    for column in self.columns.enrolled_in(column) {
                        table.at(row, column).add(Sum { part: 0, whole, students: 1 });
                    }
                }
            }
            let missed = self.missed(record);
            for (kind, missed) in missed.into_iter().enumerate() {
                let row = if self.rows.by == By::Kind { kind } else { row };
                let column = if self.columns.by == By::Kind { kind } else { column };
                table.at(row, column).part += missed;
            }
        }
    }

    /// Thousandths of days missed, in the order of [`KINDS`].
    fn missed(&self, record: &Record) -> [u64; KINDS.len()] {
        let stay = &self.dataset.stays[record.stay as usize];
        if self.counts.is_as_recorded() || stay.marks.is_empty() {
            let of = |kind: Kind| stay.absent[kind as usize].thousandths().max(0) as u64;
            return KINDS.map(|kind| if self.counts.kind(kind) { of(kind) } else { 0 });
        }
        let mut missed = [0; Kind::COUNT];
        for mark in records::marks(self.dataset, stay) {
            missed[mark.kind as usize] += u64::from(self.counts.missed(mark));
        }
        KINDS.map(|kind| missed[kind as usize])
    }
}

/// Days of a stay in each slot.
fn count(slots: &[Vec<(usize, u64)>], stay: &Stay) -> Vec<u32> {
    let word = |at: usize| stay.on_roll.0.get(at).copied().unwrap_or(0);
    let days = |words: &Vec<(usize, u64)>| words.iter().map(|(at, bits)| (word(*at) & bits).count_ones()).sum();
    slots.iter().map(days).collect()
}

//! Days missed of days enrolled, by any two groupings of which at least one tells days apart.

use super::{Answer, By, KINDS, Measure, Question, Sum, admitted, months, students};
use crate::attendance::day::{MONTHS, WEEKDAYS};
use crate::attendance::{Dataset, DayRule, Definition, Kind, Mark, Record, records};

/// The days of one place of rows and columns, as words of a bit set and the bits in them.
type Mask = (usize, usize, Vec<(usize, u64)>);

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
    let kinds = |by: By| by == By::Kind;
    let names = |by: By, students: Vec<String>, days: Vec<String>| match by {
        By::Kind => {
            KINDS.iter().map(|k| if *k == Kind::Unknown { "Not given" } else { k.label() }.to_owned()).collect()
        }
        by if by.is_of_days() => days,
        _ => students,
    };
    let (row_names, column_names): (Vec<String>, Vec<String>) =
        (names(question.rows, rows.names, row_days), names(question.columns, columns.names, column_days));
    let mut cells = vec![vec![Sum::default(); column_names.len()]; row_names.len()];
    // The days of each place together, so that enrolled days are counted by whole words.
    let n_slots = (row_names.len().max(1), column_names.len().max(1));
    let timed = |by: By| matches!(by, By::Month | By::Weekday);
    let is_timed = timed(question.rows) || timed(question.columns);
    let mut masks: Vec<Mask> = Vec::new();
    if is_timed {
        let mut by_slot = std::collections::BTreeMap::<(usize, usize), Vec<(usize, u64)>>::new();
        for (at, (row, column)) in row_of.iter().zip(&column_of).enumerate() {
            let slot = (if timed(question.rows) { *row } else { 0 }, if timed(question.columns) { *column } else { 0 });
            let words = by_slot.entry(slot).or_default();
            match words.last_mut() {
                Some((word, bits)) if *word == at / 64 => *bits |= 1 << (at % 64),
                _ => words.push((at / 64, 1 << (at % 64))),
            }
        }
        masks = by_slot.into_iter().map(|((row, column), words)| (row, column, words)).collect();
    }
    for record in admitted(dataset, records, question) {
        let (Some(row), Some(column)) = ((rows.place)(record), (columns.place)(record)) else { continue };
        let stay = &dataset.stays[record.stay as usize];
        let mut enrol = |row: usize, column: usize, whole: u64| {
            if whole == 0 {
                return;
            }
            // A kind's column repeats the enrolled days of its group.
            let rows = if kinds(question.rows) { 0..n_slots.0 } else { row..row + 1 };
            for row in rows {
                let columns = if kinds(question.columns) { 0..n_slots.1 } else { column..column + 1 };
                for column in columns {
                    cells[row][column].add(Sum { part: 0, whole, students: 1 });
                }
            }
        };
        if is_timed {
            for (r, c, words) in &masks {
                let n: u32 = words
                    .iter()
                    .map(|(word, bits)| (stay.on_roll.0.get(*word).copied().unwrap_or(0) & bits).count_ones())
                    .sum();
                let at =
                    (if timed(question.rows) { *r } else { row }, if timed(question.columns) { *c } else { column });
                enrol(at.0, at.1, u64::from(n) * 1000);
            }
            for mark in records::marks(dataset, stay) {
                let at = usize::from(mark.day);
                let missed = missed(mark, definition);
                let Some(kind) = KINDS.iter().position(|k| *k == mark.kind).filter(|_| missed > 0) else { continue };
                let place = |by: By, of_day: &[usize], of_student: usize| match by {
                    By::Kind => kind,
                    by if timed(by) => of_day.get(at).copied().unwrap_or(0),
                    _ => of_student,
                };
                cells[place(question.rows, &row_of, row)][place(question.columns, &column_of, column)].part += missed;
            }
        } else {
            enrol(row, column, record.enrolled.thousandths().max(0) as u64);
            for (kind, name) in KINDS.iter().enumerate() {
                if definition.not_absent.contains(name) {
                    continue;
                }
                let missed = kind_missed(dataset, record, *name, definition);
                let row = if kinds(question.rows) { kind } else { row };
                let column = if kinds(question.columns) { kind } else { column };
                cells[row][column].part += missed;
            }
        }
    }
    Answer { measure: Measure::Days, rows: row_names, columns: column_names, cells }
}

/// Thousandths of a day that a mark counts for under the definition.
fn missed(mark: &Mark, definition: &Definition) -> u64 {
    if !definition.counts(mark.kind) {
        return 0;
    }
    match definition.day_rule {
        DayRule::AsRecorded => u64::from(mark.missed),
        DayRule::HalfOrMore => {
            if mark.missed >= 500 {
                1000
            } else {
                0
            }
        }
        DayRule::WholeOnly => {
            if mark.missed >= 1000 {
                1000
            } else {
                0
            }
        }
    }
}

fn kind_missed(dataset: &Dataset, record: &Record, kind: Kind, definition: &Definition) -> u64 {
    let stay = &dataset.stays[record.stay as usize];
    if definition.day_rule == DayRule::AsRecorded || stay.marks.is_empty() {
        return stay.absent[kind as usize].thousandths().max(0) as u64;
    }
    records::marks(dataset, stay).iter().filter(|m| m.kind == kind).map(|m| missed(m, definition)).sum()
}

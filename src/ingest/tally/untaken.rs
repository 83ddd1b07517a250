//! Attendance that was never taken: days on which most of a class or school has no row although its
//! students have rows before and after. Found, reported by school, and counted as the person says; a
//! missing row is never an absence.

use super::Tally;
use crate::attendance::DayBits;
use std::collections::BTreeMap;

/// What was never taken at one school.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Untaken {
    /// School days with such a gap.
    pub days: u64,
    pub student_days: u64,
}

/// The gaps of every school, and the days to add for those who want them counted as present.
#[derive(Default)]
pub(super) struct Gaps {
    pub by_school: BTreeMap<u32, Untaken>,
    /// Positions of days, by stay.
    pub missing: BTreeMap<u32, DayBits>,
}

/// Fewer students than this on a day are a coincidence, not a class.
const LEAST: u32 = 5;

/// One stay's first and last day, in the order of the calendar, and the days with a row.
struct Line {
    stay: u32,
    first: usize,
    last: usize,
    on: Vec<bool>,
}

impl Tally {
    /// Looks for gaps in files with a row for every student and day. `day_order` sorts positions of days.
    pub(super) fn gaps(&self, day_order: &[u16]) -> Gaps {
        let mut gaps = Gaps::default();
        if self.has_sheet_of_absences() || self.days.len() < 2 {
            return gaps;
        }
        let mut position = vec![0usize; day_order.len()];
        for (raw, sorted) in day_order.iter().enumerate() {
            position[usize::from(*sorted)] = raw;
        }
        let busy = self.busy_days(day_order.len());
        // Classes first: a homeroom, or a school that has none.
        let mut units: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        for (at, stay) in self.people.stays.iter().enumerate() {
            if !self.known.days.of(at as u32).is_empty() {
                units.entry((stay.school, stay.homeroom)).or_default().push(at as u32);
            }
        }
        let mut days_of: BTreeMap<(u32, usize), u64> = BTreeMap::new();
        for ((school, _), stays) in units {
            let lines: Vec<Line> = stays.into_iter().map(|stay| self.line(stay, day_order)).collect();
            let from = lines.iter().map(|line| line.first).min().unwrap_or(0);
            let to = lines.iter().map(|line| line.last).max().unwrap_or(0);
            for day in from..=to {
                if !busy[position[day]] || self.days_off.contains(&(school, position[day] as u16)) {
                    continue;
                }
                let within = lines.iter().filter(|line| line.first < day && day < line.last);
                let n = within.clone().count() as u32;
                let taken = within.clone().filter(|line| line.on[day]).count() as u32;
                if n < LEAST || taken * 2 >= n {
                    continue;
                }
                for line in within.filter(|line| !line.on[day]) {
                    let _ = gaps.missing.entry(line.stay).or_default().insert(position[day]);
                    *days_of.entry((school, day)).or_default() += 1;
                }
            }
        }
        for ((school, _), student_days) in days_of {
            let of = gaps.by_school.entry(school).or_default();
            of.days += 1;
            of.student_days += student_days;
        }
        gaps
    }

    /// Ordinary school days: weekdays with at least a quarter of the busiest day's rows.
    fn busy_days(&self, n: usize) -> Vec<bool> {
        let mut rows = vec![0u64; n];
        for at in 0..self.people.stays.len() {
            for (i, word) in self.known.days.of(at as u32).iter().enumerate() {
                let mut rest = *word;
                while rest != 0 {
                    rows[i * 64 + rest.trailing_zeros() as usize] += 1;
                    rest &= rest - 1;
                }
            }
        }
        let most = rows.iter().max().copied().unwrap_or(0);
        rows.iter().zip(&self.days).map(|(rows, day)| rows * 4 >= most && day.weekday() < 5).collect()
    }

    fn line(&self, stay: u32, day_order: &[u16]) -> Line {
        let mut on = vec![false; day_order.len()];
        for raw in DayBits(self.known.days.of(stay).to_vec()).iter() {
            on[usize::from(day_order[raw])] = true;
        }
        // Two rows that contradict each other were taken, if wrongly.
        for raw in self.people.stays[stay as usize].conflicts.iter() {
            on[usize::from(day_order[raw])] = true;
        }
        let first = on.iter().position(|on| *on).unwrap_or(0);
        let last = on.iter().rposition(|on| *on).unwrap_or(0);
        Line { stay, first, last, on }
    }
}

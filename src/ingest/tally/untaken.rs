//! Attendance that was never taken: days on which most of a class or school has no row although its
//! students have rows before and after. Found, reported by school, and counted as the person says; a
//! missing row is never an absence.

use super::Tally;
use crate::attendance::{DayBits, order};

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
    pub by_school: Vec<(u32, Untaken)>,
    /// Positions of days, by stay; empty where there are none at all.
    missing: Vec<DayBits>,
}

impl Gaps {
    pub fn of(&self, stay: u32) -> impl Iterator<Item = usize> + '_ {
        self.missing.get(stay as usize).into_iter().flat_map(DayBits::iter)
    }
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
        // By class: a homeroom, or a school that has none.
        let stays = &self.people.stays;
        let with_rows: Vec<u32> = (0..stays.len() as u32).filter(|&at| !self.known.days.of(at).is_empty()).collect();
        let unit = |at: u32| (stays[at as usize].school, stays[at as usize].homeroom);
        let sorted = order::positions(with_rows.len(), &mut |a, b| unit(with_rows[a]).cmp(&unit(with_rows[b])));
        let sorted: Vec<u32> = sorted.into_iter().map(|at| with_rows[at]).collect();
        gaps.missing = vec![DayBits::default(); stays.len()];
        // Student-days missing of the present school, by day.
        let mut of_days = vec![0u64; day_order.len()];
        let mut from = 0;
        while from < sorted.len() {
            let (school, homeroom) = unit(sorted[from]);
            let to = from + sorted[from..].iter().take_while(|&&at| unit(at) == (school, homeroom)).count();
            let lines: Vec<Line> = sorted[from..to].iter().map(|&stay| self.line(stay, day_order)).collect();
            let first = lines.iter().map(|line| line.first).min().unwrap_or(0);
            let last = lines.iter().map(|line| line.last).max().unwrap_or(0);
            for day in first..=last {
                if !busy[position[day]] || self.days_off.contains(&(school, position[day] as u16)) {
                    continue;
                }
                let within = || lines.iter().filter(|line| line.first < day && day < line.last);
                let (mut n, mut taken) = (0u32, 0u32);
                for line in within() {
                    n += 1;
                    taken += u32::from(line.on[day]);
                }
                if n < LEAST || taken * 2 >= n {
                    continue;
                }
                for line in within().filter(|line| !line.on[day]) {
                    let _ = gaps.missing[line.stay as usize].insert(position[day]);
                    of_days[day] += 1;
                }
            }
            from = to;
            if sorted.get(from).is_none_or(|&next| unit(next).0 != school) {
                let days = of_days.iter().filter(|n| **n > 0).count() as u64;
                if days > 0 {
                    gaps.by_school.push((school, Untaken { days, student_days: of_days.iter().sum() }));
                }
                of_days.fill(0);
            }
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

//! Attendance that was never taken: days on which most of a class or school has no row although its
//! students have rows before and after, and single missing rows where a school has many. Found, reported
//! by school, and counted as the person says; a missing row is never an absence.

use super::super::pick::{Pick, Topic};
use super::Tally;
use super::dataset::DayOrder;
use crate::attendance::{DayBits, NotTaken, not_taken, order};

/// The gaps of every school, and the days to add for those who want them counted as present.
#[derive(Default)]
pub(super) struct Gaps {
    /// By position of the school among the schools met.
    pub by_school: Vec<(u32, NotTaken)>,
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
    on: DayBits,
}

impl Line {
    /// Whether a row of this day is to be expected: the student came before it and after it.
    fn expects(&self, day: usize) -> bool {
        self.first < day && day < self.last
    }

    /// The days of one word of 64 on which a row is to be expected.
    fn between(&self, word: usize) -> u64 {
        let (from, to) = ((self.first + 1).max(word * 64), self.last.min(word * 64 + 64));
        if from >= to {
            return 0;
        }
        let low = u64::MAX << (from - word * 64);
        let high = u64::MAX >> (word * 64 + 64 - to);
        low & high
    }
}

/// The gaps of one school while its classes are looked at.
#[derive(Default)]
struct OfSchool {
    /// Student-days that lack a row on an ordinary school day, and those among them of whole classes.
    all: Vec<(u32, usize)>,
    of_classes: Vec<(u32, usize)>,
    expected: u64,
}

impl Tally {
    /// Looks for gaps in files with a row for every student and day. `day_order` sorts positions of days,
    /// `rows` are those of each day.
    pub(super) fn gaps(&self, day_order: &DayOrder, rows: &[u64]) -> Gaps {
        let mut gaps = Gaps::default();
        if self.has_sheet_of_absences() || self.days.len() < 2 {
            return gaps;
        }
        let mut position = vec![0usize; day_order.len()];
        for raw in 0..day_order.len() {
            position[usize::from(day_order.at(raw))] = raw;
        }
        let busy = self.busy_days(rows);
        // By class: a homeroom, or a school that has none.
        let stays = &self.people.stays;
        let with_rows: Vec<u32> = (0..stays.len() as u32).filter(|&at| !self.known.days.of(at).is_empty()).collect();
        let unit = |at: u32| (stays[at as usize].school, stays[at as usize].homeroom);
        let sorted = order::positions(with_rows.len(), &mut |a, b| unit(with_rows[a]).cmp(&unit(with_rows[b])));
        let sorted: Vec<u32> = sorted.into_iter().map(|at| with_rows[at]).collect();
        gaps.missing = vec![DayBits::default(); stays.len()];
        let mut here = OfSchool::default();
        let mut from = 0;
        while from < sorted.len() {
            let (school, homeroom) = unit(sorted[from]);
            let to = from + sorted[from..].iter().take_while(|&&at| unit(at) == (school, homeroom)).count();
            let lines: Vec<Line> = sorted[from..to].iter().map(|&stay| self.line(stay, day_order)).collect();
            let mut open = vec![0u64; position.len().div_ceil(64)];
            for (day, &raw) in position.iter().enumerate() {
                if busy[raw] && !self.days_off.contains(&(school, raw as u16)) {
                    open[day / 64] |= 1 << (day % 64);
                }
            }
            // Nearly every row is there, so the days on which any is missing are found first.
            let mut lacking = DayBits(vec![0; open.len()]);
            for line in &lines {
                for (word, open) in open.iter().enumerate() {
                    let expected = open & line.between(word);
                    here.expected += u64::from(expected.count_ones());
                    lacking.0[word] |= expected & !line.on.0.get(word).copied().unwrap_or(0);
                }
            }
            for day in lacking.iter() {
                let raw = position[day];
                let (mut n, mut taken) = (0u32, 0u32);
                for line in lines.iter().filter(|line| line.expects(day)) {
                    n += 1;
                    taken += u32::from(line.on.contains(day));
                }
                let was_put_in = self.enrolment.put_in.contains(&(raw as u16)) && rows[raw] == 0;
                let of_class = n > 0 && was_put_in || n >= LEAST && taken * 2 < n;
                for line in lines.iter().filter(|line| line.expects(day) && !line.on.contains(day)) {
                    here.all.push((line.stay, raw));
                    if of_class {
                        here.of_classes.push((line.stay, raw));
                    }
                }
            }
            from = to;
            if sorted.get(from).is_none_or(|&next| unit(next).0 != school) {
                self.close(school, std::mem::take(&mut here), &mut gaps);
            }
        }
        gaps
    }

    /// Takes a school's gaps over: all of them where they are many, those of whole classes otherwise.
    fn close(&self, school: u32, here: OfSchool, gaps: &mut Gaps) {
        let many = not_taken::is_worth_saying(here.all.len() as u64, here.expected);
        let missing = if many { here.all } else { here.of_classes };
        let mut is_day = vec![false; self.days.len()];
        for &(stay, day) in &missing {
            let _ = gaps.missing[stay as usize].insert(day);
            is_day[day] = true;
        }
        let days = is_day.iter().filter(|is| **is).count() as u64;
        if days > 0 {
            let student_days = missing.len() as u64;
            gaps.by_school.push((school, NotTaken { days, student_days, expected: here.expected }));
        }
    }

    /// How days that were never taken count, with the schools they were found at.
    pub(super) fn untaken(&self, gaps: &Gaps) -> Option<(usize, Pick)> {
        let at = (0..self.files.len()).find(|&at| self.is_dated(at))?;
        let mut found: Vec<_> = gaps.by_school.iter().collect();
        order::sort_by(&mut found, |a, b| (b.1.student_days, a.0).cmp(&(a.1.student_days, b.0)));
        let names = super::dataset::school_names(&self.people);
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

    /// Rows of each day, by position.
    pub(super) fn rows_by_day(&self) -> Vec<u64> {
        // All 64 days of a word are counted at once: the n-th word of a column holds the n-th binary digit
        // of each day's count.
        let mut digits = vec![[0u64; u32::BITS as usize]; self.days.len().div_ceil(64)];
        for at in 0..self.people.stays.len() {
            for (word, digits) in self.known.days.of(at as u32).iter().zip(&mut digits) {
                let mut carry = *word;
                for digit in digits {
                    if carry == 0 {
                        break;
                    }
                    (*digit, carry) = (*digit ^ carry, *digit & carry);
                }
            }
        }
        let count = |day: usize| (0u64..).zip(&digits[day / 64]).map(|(n, digit)| (digit >> (day % 64) & 1) << n).sum();
        (0..self.days.len()).map(count).collect()
    }

    /// Ordinary school days: weekdays with at least a quarter of the busiest day's rows, and those that
    /// the person put in.
    fn busy_days(&self, rows: &[u64]) -> Vec<bool> {
        let most = rows.iter().max().copied().unwrap_or(0);
        let put_in = |at: usize| self.enrolment.put_in.contains(&(at as u16));
        let days = rows.iter().zip(&self.days).enumerate();
        days.map(|(at, (rows, day))| put_in(at) || rows * 4 >= most && day.weekday() < 5).collect()
    }

    fn line(&self, stay: u32, day_order: &DayOrder) -> Line {
        let mut on = day_order.bits(self.known.days.of(stay));
        // Two rows that contradict each other were taken, if wrongly.
        for raw in self.people.stays[stay as usize].conflicts.iter() {
            let _ = on.insert(usize::from(day_order.at(raw)));
        }
        let first = on.iter().next().unwrap_or(0);
        let last = on.0.iter().rposition(|word| *word != 0).map_or(0, |at| at * 64 + on.0[at].ilog2() as usize);
        Line { stay, first, last, on }
    }
}

//! One student's year as the page shows it: days by kind, months, patterns, and what is still possible.

use crate::attendance::{Dataset, Day, DayBits, Days, Definition, Kind, Record, Stay, records};
use crate::compare::from_dataset::student_days;
use crate::compare::patterns::{Patterns, Year, patterns};
use std::collections::BTreeMap;

/// What a day was for the student.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Was {
    Present,
    /// Absent for so many thousandths.
    Absent(Kind, u16),
    /// Late, left early, or in school in another way.
    Late,
    NoSchool,
}

/// Days missed and enrolled to the end of a month, in thousandths and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToDate {
    /// 1 to 12.
    pub month: u8,
    pub missed: u64,
    pub enrolled: u64,
}

/// One student at one school.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentYear {
    /// Position in `Dataset::stays`.
    pub stay: u32,
    pub enrolled: Days,
    pub absent: Days,
    /// Absent days by kind, in the order of `Kind::ALL`.
    pub by_kind: [Days; Kind::COUNT],
    /// Every day from the first to the last on roll; empty for files of totals.
    pub days: BTreeMap<Day, Was>,
    pub to_date: Vec<ToDate>,
    /// `None` for files of totals.
    pub patterns: Option<Patterns>,
}

/// The student's years at each school attended, the longest first.
#[must_use]
pub fn years(
    dataset: &Dataset,
    records: &[Record],
    definition: &Definition,
    student: u32,
    year: Year,
) -> Vec<StudentYear> {
    let mut all: Vec<StudentYear> = records
        .iter()
        .filter(|record| record.student == student)
        .map(|record| {
            let stay = &dataset.stays[record.stay as usize];
            let days = days(dataset, stay, definition);
            let patterns = (!days.is_empty()).then(|| patterns(&student_days(dataset, definition, stay), year));
            StudentYear {
                stay: record.stay,
                enrolled: record.enrolled,
                absent: record.absent,
                by_kind: stay.absent,
                to_date: to_date(&days),
                days,
                patterns,
            }
        })
        .collect();
    all.sort_by_key(|year| (std::cmp::Reverse(year.enrolled), year.stay));
    all
}

fn days(dataset: &Dataset, stay: &Stay, definition: &Definition) -> BTreeMap<Day, Was> {
    let mut out = BTreeMap::new();
    let empty = DayBits::default();
    let sessions = dataset.sessions.get(usize::from(stay.school)).unwrap_or(&empty);
    let on_roll: Vec<Day> = stay.on_roll.iter().filter_map(|at| dataset.calendar.get(at).copied()).collect();
    let (Some(first), Some(last)) = (on_roll.first().copied(), on_roll.last().copied()) else { return out };
    let mut day = first;
    while day <= last {
        if day.weekday() < 5 {
            let _ = out.insert(day, Was::NoSchool);
        }
        day = day.plus(1);
    }
    for at in sessions.iter().chain(stay.on_roll.iter()) {
        if let Some(day) = dataset.calendar.get(at).filter(|day| (first..=last).contains(*day)) {
            let _ = out.insert(*day, Was::Present);
        }
    }
    for mark in records::marks(dataset, stay) {
        let Some(day) = dataset.calendar.get(usize::from(mark.day)) else { continue };
        let counts = definition.counts(mark.kind);
        let was = if counts && mark.missed > 0 { Was::Absent(mark.kind, mark.missed) } else { Was::Late };
        let entry = out.entry(*day).or_insert(was);
        // Of several marks on a day the absence stands, not the late arrival.
        if !matches!(entry, Was::Absent(..)) {
            *entry = was;
        }
    }
    out
}

fn to_date(days: &BTreeMap<Day, Was>) -> Vec<ToDate> {
    let mut out: Vec<ToDate> = Vec::new();
    let (mut missed, mut enrolled) = (0, 0);
    for (day, was) in days {
        match was {
            Was::NoSchool => {}
            Was::Present | Was::Late => enrolled += 1,
            Was::Absent(_, thousandths) => {
                enrolled += 1;
                missed += u64::from(*thousandths);
            }
        }
        let month = day.ymd().1;
        match out.last_mut() {
            Some(last) if last.month == month => *last = ToDate { month, missed, enrolled },
            _ => out.push(ToDate { month, missed, enrolled }),
        }
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::example::{Through, chunks};
    use crate::ingest::import::{Head, propose};
    use crate::ingest::tally::Tally;

    /// The invented district, read as any file.
    pub(crate) fn example() -> Dataset {
        let text = chunks(Through::February).concat();
        let head = Head { name: "example", bytes: &text.as_bytes()[..60_000], whole: false };
        let mut tally = Tally::new(vec![propose(&head).unwrap()], &[text.len() as u64], Day(20_600));
        tally.start(0);
        tally.push(text.as_bytes());
        tally.end();
        tally.finish().dataset
    }

    #[test]
    fn a_students_days_add_up_to_the_record() {
        let dataset = example();
        let definition = Definition::default();
        let records = records::at_schools(&dataset, &definition);
        for record in records.iter().step_by(97) {
            let years = years(&dataset, &records, &definition, record.student, Year::Running);
            let year = years.iter().find(|y| y.stay == record.stay).unwrap();
            let last = year.to_date.last().unwrap();
            assert_eq!(last.missed as i64, record.absent.thousandths());
            assert_eq!(1000 * last.enrolled as i64, record.enrolled.thousandths());
        }
    }
}

//! Each school's recording looked over once per dataset and definition, whatever is compared later.
//!
//! The checks are those of `shared/methods.md`, section 13; grade jumps, which need expected rates,
//! are looked for with each comparison.

use crate::attendance::records::{Counted, marks};
use crate::attendance::{Dataset, Definition, Grade, GradeBand, Record};
use crate::compare::flags::{
    Flag, Level, NearThreshold, Silence, empty_days, empty_days_level, grade_without_absence_is_red, heaping_is_red,
    longest_silence, missing_level, near_threshold, weekdays,
};
use std::collections::BTreeMap;

mod on_roll;

use on_roll::Counters;

/// What was noticed about each school's records, in the order of `Dataset::schools`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// Stand before any verdict.
    pub red: Vec<Vec<Flag>>,
    /// Worth saying.
    pub amber: Vec<Vec<Flag>>,
}

/// Looks over every school. `records` are those of `records::at_schools`.
#[must_use]
pub fn recording(dataset: &Dataset, definition: &Definition, records: &[Record]) -> Recording {
    let n_schools = dataset.schools.len();
    let mut found = Recording { red: vec![Vec::new(); n_schools], amber: vec![Vec::new(); n_schools] };
    grades_without_absence(dataset, records, &mut found);
    heaping(dataset, definition, records, &mut found);
    if !dataset.calendar.is_empty() {
        dated(dataset, definition, &mut found);
    }
    found
}

/// Students and those of them without any absence.
type Without = (u64, u64);

fn grades_without_absence(dataset: &Dataset, records: &[Record], found: &mut Recording) {
    let mut by_grade: Vec<[Without; Grade::COUNT]> = vec![[(0, 0); Grade::COUNT]; dataset.schools.len()];
    for record in records.iter().filter(|record| record.is_counted()) {
        let without = match dataset.stays[record.stay as usize].percent_absent {
            Some(percent) => percent == 0,
            None => record.absent.thousandths() == 0,
        };
        let sums = &mut by_grade[usize::from(record.school)][record.grade.number()];
        sums.0 += 1;
        sums.1 += u64::from(without);
    }
    let plus = |sums: &mut Without, more: Without| *sums = (sums.0 + more.0, sums.1 + more.1);
    let mut by_band: BTreeMap<GradeBand, Without> = BTreeMap::new();
    let mut school_band: BTreeMap<(u16, GradeBand), Without> = BTreeMap::new();
    let mut all: Without = (0, 0);
    let mut by_school: Vec<Without> = vec![(0, 0); dataset.schools.len()];
    let there = by_grade.iter().enumerate().flat_map(|(school, grades)| {
        let there = grades.iter().enumerate().filter(|(_, sums)| sums.0 > 0);
        there.map(move |(number, sums)| ((school as u16, Grade::of_number(number)), *sums))
    });
    let by_grade: Vec<((u16, Grade), Without)> = there.collect();
    for ((school, grade), sums) in &by_grade {
        plus(by_band.entry(grade.band()).or_default(), *sums);
        plus(school_band.entry((*school, grade.band())).or_default(), *sums);
        plus(&mut all, *sums);
        plus(&mut by_school[usize::from(*school)], *sums);
    }
    for ((school, grade), (students, without)) in by_grade {
        if without < students {
            continue;
        }
        // Students elsewhere in the same band, or, where there are hardly any, all students elsewhere.
        let minus = |a: Without, b: Without| (a.0 - b.0, a.1 - b.1);
        let mut elsewhere = minus(by_band[&grade.band()], school_band[&(school, grade.band())]);
        if elsewhere.0 < 11 {
            elsewhere = minus(all, by_school[usize::from(school)]);
        }
        if elsewhere.0 >= 11 && grade_without_absence_is_red(students, elsewhere.1, elsewhere.0) {
            let flag = Flag::GradeWithoutAbsence { grade: grade.to_string(), students };
            found.red[usize::from(school)].push(flag);
        }
    }
}

fn heaping(dataset: &Dataset, definition: &Definition, records: &[Record], found: &mut Recording) {
    let mut near = vec![(0u64, 0u64); dataset.schools.len()];
    for record in records.iter().filter(|record| record.is_counted() && record.enrolled.thousandths() > 0) {
        let sums = &mut near[usize::from(record.school)];
        match near_threshold(record.enrolled.thousandths(), record.absent.thousandths(), definition.threshold) {
            NearThreshold::Below => sums.0 += 1,
            NearThreshold::Above => sums.1 += 1,
            NearThreshold::Neither => {}
        }
    }
    for (school, (below, above)) in near.into_iter().enumerate() {
        if heaping_is_red(below, above) {
            found.red[school].push(Flag::Heaping { below, above });
        }
    }
}

/// Sums over one school's dated records.
#[derive(Clone, Default)]
struct Dated {
    /// Thousandths of days missed, by weekday.
    missed: [u64; 7],
    student_days: [u64; 7],
    /// Students absent at least half the day, by position in the calendar.
    absent_on: Vec<u64>,
}

fn dated(dataset: &Dataset, definition: &Definition, found: &mut Recording) {
    let n_days = dataset.calendar.len();
    let counts = Counted::new(definition);
    let weekday_of: Vec<usize> = dataset.calendar.iter().map(|day| usize::from(day.weekday())).collect();
    let empty = Dated { absent_on: vec![0; n_days], ..Dated::default() };
    let mut schools = vec![empty; dataset.schools.len()];
    let mut place = vec![[None::<usize>; Grade::COUNT]; dataset.schools.len()];
    let mut grades: Vec<OfGrade> = Vec::new();
    for stay in &dataset.stays {
        let sums = &mut schools[usize::from(stay.school)];
        let at = *place[usize::from(stay.school)][stay.grade.number()].get_or_insert_with(|| {
            grades.push(OfGrade::new(n_days));
            grades.len() - 1
        });
        let grade = &mut grades[at];
        grade.on_roll.add(&stay.on_roll);
        for mark in marks(dataset, stay) {
            let at = usize::from(mark.day);
            if !counts.kind(mark.kind) || at >= n_days {
                continue;
            }
            sums.missed[weekday_of[at]] += u64::from(mark.missed);
            let half = mark.missed >= 500;
            grade.counted_on[at] += u32::from(half);
            grade.absent_on[at] += u32::from(half && mark.kind.is_absence());
        }
    }
    let mut silent: Vec<(usize, Flag)> = Vec::new();
    for (school, places) in place.iter().enumerate() {
        let sums = &mut schools[school];
        for (number, at) in places.iter().enumerate() {
            let Some(grade) = at.map(|at| &grades[at]) else { continue };
            let days: Vec<(u32, u32)> = grade.absent_on.iter().copied().zip(grade.on_roll.all()).collect();
            for (day, (_, on_roll)) in days.iter().enumerate() {
                sums.student_days[weekday_of[day]] += u64::from(*on_roll);
                sums.absent_on[day] += u64::from(grade.counted_on[day]);
            }
            silent.extend(silent_grade(dataset, Grade::of_number(number), &days).map(|flag| (school, flag)));
        }
    }
    for (school, sums) in schools.into_iter().enumerate() {
        judge_dated(dataset, school, &sums, found);
    }
    for (school, flag) in silent {
        found.red[school].push(flag);
    }
}

/// One grade of one school, day by day.
struct OfGrade {
    on_roll: Counters,
    /// Students who missed at least half the day, of whatever kind the definition counts.
    counted_on: Vec<u32>,
    /// Those of them who were absent in the ordinary sense.
    absent_on: Vec<u32>,
}

impl OfGrade {
    fn new(n_days: usize) -> OfGrade {
        OfGrade { on_roll: Counters::new(n_days), counted_on: vec![0; n_days], absent_on: vec![0; n_days] }
    }
}

/// Whether absences stop for weeks in a grade, as where one office sends no more records. Days are
/// (absences, students on roll).
fn silent_grade(dataset: &Dataset, grade: Grade, days: &[(u32, u32)]) -> Option<Flag> {
    let silence = longest_silence(days).filter(Silence::is_red)?;
    let from = dataset.calendar[silence.from].to_string();
    Some(Flag::SilentGrade { grade: grade.to_string(), from, days: silence.days, expected: silence.expected })
}

fn judge_dated(dataset: &Dataset, school: usize, sums: &Dated, found: &mut Recording) {
    let missed: Vec<f64> = sums.missed.iter().map(|thousandths| *thousandths as f64 / 1000.0).collect();
    let student_days: Vec<f64> = sums.student_days.iter().map(|days| *days as f64).collect();
    for (weekday, check) in weekdays(&missed, &student_days).into_iter().enumerate() {
        if check.is_red() {
            let (absences, expected) = (missed[weekday], check.expected);
            found.red[school].push(Flag::Weekday { weekday: weekday as u8, absences, expected });
        }
    }
    let sessions = dataset.sessions.get(school);
    let by_day: Vec<u64> =
        sessions.into_iter().flat_map(|s| s.iter()).filter_map(|at| sums.absent_on.get(at).copied()).collect();
    let days = empty_days(&by_day);
    match empty_days_level(days) {
        Level::Red => found.red[school].push(Flag::EmptyDays { days }),
        Level::Amber => found.amber[school].push(Flag::EmptyDays { days }),
        Level::None => {}
    }
    let Some(missing) = dataset.not_taken.get(school) else { return };
    let share = missing.share();
    match missing_level(missing.expected, missing.expected.saturating_sub(missing.student_days)) {
        Level::Red => found.red[school].push(Flag::Missing { share }),
        Level::Amber => found.amber[school].push(Flag::Missing { share }),
        Level::None => {}
    }
}

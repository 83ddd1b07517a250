//! From the loaded dataset to the records that a study needs.

use super::{Pupil, Records};
use crate::attendance::records::Counted;
use crate::attendance::{Dataset, Day, DayBits, Days, Definition, Tier};
use crate::plans::model::Group;
use std::collections::BTreeMap;

/// Takes the daily records out of a dataset. What counts as an absence, and parts of a day, follow
/// the definition in use.
///
/// A school day between a student's first and last enrolled day that is not among their enrolled
/// days has no record: attendance was not taken, and the day leaves both sides.
#[must_use]
pub fn records(dataset: &Dataset, definition: &Definition) -> Records {
    let counts = Counted::new(definition);
    let pupils = dataset
        .stays
        .iter()
        .filter(|stay| stay.on_roll.count() > 0)
        .map(|stay| {
            let school = usize::from(stay.school);
            let on = &stay.on_roll;
            let (first, last) = (on.iter().next().unwrap_or(0), on.iter().last().unwrap_or(0));
            let mut on_roll = on.clone();
            let mut not_taken = DayBits::default();
            let session = dataset.sessions.get(school).cloned().unwrap_or_default();
            for at in session.iter().filter(|at| (first..=last).contains(at) && !on.contains(*at)) {
                let _ = on_roll.insert(at);
                let _ = not_taken.insert(at);
            }
            let mut absent: BTreeMap<usize, u16> = BTreeMap::new();
            for mark in &dataset.marks[stay.marks.start as usize..stay.marks.end as usize] {
                let part = counts.missed(mark);
                if part > 0 {
                    let here = absent.entry(usize::from(mark.day)).or_default();
                    *here = here.saturating_add(part).min(1000);
                }
            }
            let id = dataset.students.at(stay.student as usize).id.to_string();
            Pupil { id, school, grade: stay.grade, on_roll, not_taken, absent }
        })
        .collect();
    Records { days: dataset.calendar.clone(), sessions: dataset.sessions.clone(), pupils }
}

/// The students of a group, by id, each once. Tiers are those of the day before `begins`: what
/// came later must not choose whom a test was for.
#[must_use]
pub fn members(dataset: &Dataset, records: &Records, group: &Group, begins: Day) -> Vec<String> {
    let mut ids: Vec<String> = dataset
        .stays
        .iter()
        .filter(|stay| {
            let student = stay.student as usize;
            let school = &dataset.schools[usize::from(stay.school)].name;
            let has = |key: &String| {
                dataset.attributes.iter().any(|a| a.key == *key && a.is_yes_no() && a.yes(student) == Some(true))
            };
            (group.schools.is_empty() || group.schools.contains(school))
                && (group.grades.is_empty() || group.grades.contains(&stay.grade.to_string()))
                && group.conditions.iter().all(has)
        })
        .map(|stay| (dataset.students.at(stay.student as usize).id.to_string(), usize::from(stay.school)))
        .filter(|(id, school)| {
            group.tiers.is_empty()
                || tier_before(records, id, *school, begins).is_some_and(|t| group.tiers.contains(&t))
        })
        .map(|(id, _)| id)
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// A student's tier at a school over all days before `begins`; `None` without such days.
#[must_use]
pub fn tier_before(records: &Records, id: &str, school: usize, begins: Day) -> Option<Tier> {
    let pupil = records.pupils.iter().find(|p| p.school == school && p.id == id)?;
    let until = records.days.partition_point(|day| *day < begins);
    let positions: Vec<usize> = (0..until).collect();
    let all = super::exposure(pupil, &positions);
    Tier::classify(Days::whole(i64::from(all.days)), all.absent)
}

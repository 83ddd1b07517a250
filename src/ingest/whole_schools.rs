//! Attendance of whole schools, from which nobody can tell who is chronically absent: files that look like students’ ones
//! and name no student.

use super::reading::{Column, Layout, Reading};
use super::roles::Role;
use crate::attendance::{Decimal, order};

/// Leaves out such percents where another column holds percents, which may be those of the chronically absent under a
/// name of their own: the person can say so. Returns whether there are none.
pub(super) fn is_left_with_nothing(reading: &mut Reading) -> bool {
    let are_percents = |samples: &[String]| {
        are(samples, |text, d| (d.places > 0 || text.ends_with('%')) && (1..=100_000).contains(&d.rounded_to(3)))
    };
    if !reading.columns.iter().any(|c| c.role == Role::NotUsed && are_percents(&c.samples)) {
        return true;
    }
    let is_percent = |c: &&mut Column| matches!(c.role, Role::PercentPresent | Role::PercentAbsent);
    for column in reading.columns.iter_mut().filter(is_percent) {
        column.role = Role::NotUsed;
        column.why = "It is the attendance of a whole school".into();
    }
    reading.layout = Reading::layout_of(&reading.columns);
    false
}

/// Whether a file has a school, days and percents, and nothing about a student.
pub(super) fn are_by_day(reading: &Reading) -> bool {
    let has = |role: Role| reading.has(&role);
    if has(Role::Student) || !(has(Role::School) || has(Role::SchoolNumber)) {
        return false;
    }
    let percents =
        |samples: &[String]| are(samples, |_, d| d.places > 0 && (20_000..=100_000).contains(&d.rounded_to(3)));
    if has(Role::Date) {
        let of = |c: &&Column| matches!(c.role, Role::PercentPresent | Role::PercentAbsent);
        let counts = [Role::DaysEnrolled, Role::DaysPresent, Role::DaysAbsent, Role::PartPresent, Role::PartAbsent];
        let are_many = |c: &Column| {
            let many = c.samples.iter().filter(|s| Decimal::parse(s).is_some_and(|d| d.rounded_to(0) > 1)).count();
            counts.contains(&c.role) && many * 2 > c.samples.len()
        };
        let named = [Role::Name, Role::LastName, Role::FirstName].iter().any(|role| reading.has(role));
        if !named && reading.columns.iter().filter(|c| are_many(c)).count() >= 2 {
            return true;
        }
        return reading.columns.iter().filter(of).any(|c| percents(&c.samples));
    }
    let days: Vec<_> = reading.columns.iter().filter(|c| c.role == Role::OnDate).collect();
    days.len() >= 2 && days.iter().filter(|c| percents(&c.samples)).count() * 2 > days.len()
}

/// Whether half of the values or more are numbers of this kind.
fn are(samples: &[String], is: impl Fn(&str, Decimal) -> bool) -> bool {
    let number = |text: &String| Decimal::parse(text.trim_end_matches('%')).is_some_and(|d| is(text, d));
    let n = samples.iter().filter(|text| number(text)).count();
    n >= 2 && n * 2 >= samples.len()
}

/// Whether each row is a school’s percent of attendance, or that of a school and year: a student’s file has many rows of a
/// school.
pub(super) fn are_of_rows(reading: &Reading, rows: &[Vec<String>]) -> bool {
    let has = |roles: &[Role]| roles.iter().any(|role| reading.has(role));
    let about: Vec<usize> = [Role::School, Role::Year].iter().filter_map(|role| reading.column(role)).collect();
    let of_students = [Role::Student, Role::Name, Role::LastName, Role::FirstName, Role::Homeroom, Role::Grade];
    let days = [Role::DaysEnrolled, Role::DaysAbsent, Role::DaysPresent, Role::DaysUnexcused, Role::DaysExcused];
    if reading.layout != Layout::Totals || !has(&[Role::School]) || has(&of_students) || has(&days) {
        return false;
    }
    let mut keys: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| about.iter().map(|&at| row.get(at).map_or("", |cell| cell.trim())).collect::<Vec<_>>())
        .filter(|key| !key[0].is_empty())
        .collect();
    let n = keys.len();
    order::sort(&mut keys);
    keys.dedup();
    n >= 3 && keys.len() == n
}

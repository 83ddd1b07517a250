//! What earlier exports told, so that the next one cannot be compared with them to find a student.
//!
//! Only what was shown is remembered, never what was hidden.

use super::gate::Shown;
use super::release::{Axes, Release, Sheet};
use super::suppress::linked::Measure;
use super::suppress::tables::{Cut, Grid, Tables};
use crate::attendance::{Day, Definition};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Groups whose numbers changed by so little within so few school days keep their first numbers.
pub const SCHOOL_DAYS_APART: u32 = 20;

/// Exports whose last days lie further apart than this are of different years.
const DAYS_OF_A_YEAR: i32 = 250;

/// One export that left this device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// The date of the export.
    pub made_on: Day,
    /// The last day that its numbers cover.
    pub last_day: Day,
    pub definition: Definition,
    pub release: Release,
}

/// Whether a group's new numbers may be told beside its earlier ones (methods section 14, time).
/// Pairs are (students, chronically absent).
#[must_use]
pub fn may_renew(first: (u32, u32), second: (u32, u32), school_days_between: u32) -> bool {
    let students = first.0.abs_diff(second.0);
    let chronic = first.1.abs_diff(second.1);
    let little = (1..=10).contains(&students) || (students == 0 && (1..=2).contains(&chronic));
    school_days_between >= SCHOOL_DAYS_APART || !little
}

/// What may be exported now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timing {
    /// New numbers.
    Renew,
    /// The numbers of the earlier export at this position, once more; `groups` changed too little
    /// too soon, and new numbers may go out after `school_days_left` more school days.
    KeepFirst { earlier: usize, groups: usize, school_days_left: u32 },
}

impl Timing {
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Timing::Renew => "New numbers can be shared".to_owned(),
            Timing::KeepFirst { groups, school_days_left, .. } => {
                let who = if *groups == 1 { "1 group".to_owned() } else { format!("{groups} groups") };
                let days = if *school_days_left == 1 {
                    "1 more school day".to_owned()
                } else {
                    format!("{school_days_left} more school days")
                };
                format!(
                    "{who} changed by so little since the last export that the difference could tell who joined or \
                     left, so the last export's numbers stay. New ones can be shared after {days}"
                )
            }
        }
    }
}

/// The name of a group that stays the same from export to export.
type Key = (String, String, String, String, String);

fn school_name(release_places: &super::suppress::tables::Places, row: usize) -> String {
    let n = release_places.schools.len();
    match release_places.schools.get(row) {
        Some(school) => format!("{}\u{1f}{}", school.district, school.name),
        None => release_places.districts.get(row - n).map(|d| format!("{d}\u{1f}*")).unwrap_or_default(),
    }
}

struct Naming<'a> {
    places: &'a super::suppress::tables::Places,
    grades: &'a [crate::attendance::Grade],
}

impl Naming<'_> {
    fn key(&self, axes: Axes, shape: (usize, usize), name: (&str, &str), values: &[String], at: usize) -> Key {
        let (row, col) = (at / shape.1, at % shape.1);
        let last_row = row + 1 == shape.0;
        let grade = |at: usize| self.grades.get(at).map(ToString::to_string).unwrap_or_default();
        let place = |row: usize| if last_row { String::new() } else { school_name(self.places, row) };
        let value = |at: usize| values.get(at).cloned().unwrap_or_default();
        let (place, grade, value) = match axes {
            Axes::PlacesByGrades => (place(row), grade(col), name.1.to_owned()),
            Axes::SchoolsByValues => (place(row), String::new(), value(col)),
            Axes::GradesByValues => (String::new(), grade(row), value(col)),
        };
        // The sum over values is the group of all students.
        let key = if value.is_empty() { String::new() } else { name.0.to_owned() };
        let axes = if axes == Axes::PlacesByGrades || value.is_empty() { "" } else { "by value" };
        (place, grade, key, value, axes.to_owned())
    }
}

fn told(release: &Release) -> BTreeMap<Key, (Shown<u32>, Shown<u32>)> {
    let naming = Naming { places: &release.places, grades: &release.grades };
    let mut groups = BTreeMap::new();
    for sheet in &release.sheets {
        for at in 0..sheet.students.len() {
            let key = key_of(&naming, sheet, at);
            groups.entry(key).or_insert((sheet.students[at], sheet.chronic[at]));
        }
    }
    groups
}

fn key_of(naming: &Naming, sheet: &Sheet, at: usize) -> Key {
    naming.key(sheet.axes, (sheet.n_rows, sheet.n_cols), (&sheet.key, &sheet.value), &sheet.values, at)
}

/// How a grid is laid out, the grid, its condition's key and value, and its columns' values.
type SheetOf<'a> = (Axes, &'a Grid, (&'a str, &'a str), &'a [String]);

/// Visits every grid of tables in the order of a [`Release`]'s sheets.
fn sheets_of(tables: &Tables) -> Vec<SheetOf<'_>> {
    let mut sheets = vec![(Axes::PlacesByGrades, &tables.whole, ("", ""), &[] as &[String])];
    for condition in &tables.conditions {
        let name = (condition.key.as_str(), condition.value.as_str());
        match &condition.cut {
            Cut::Cells(grid) => sheets.push((Axes::PlacesByGrades, grid, name, &[])),
            Cut::Values { values, by_place, by_grade } => {
                sheets.push((Axes::SchoolsByValues, by_place, name, values));
                sheets.push((Axes::GradesByValues, by_grade, name, values));
            }
        }
    }
    sheets
}

/// Earlier exports of the same year: positions among all.
fn of_this_year(earlier: &[Remembered], last_day: Day) -> impl Iterator<Item = (usize, &Remembered)> {
    earlier.iter().enumerate().filter(move |(_, e)| (last_day.0 - e.last_day.0).abs() <= DAYS_OF_A_YEAR)
}

/// Whether new numbers may go out now. `school_days_since` counts the school days between an earlier
/// export's last day and this one's; without a calendar, count weekdays.
#[must_use]
pub fn timing(
    earlier: &[Remembered],
    tables: &Tables,
    last_day: Day,
    school_days_since: &dyn Fn(Day) -> u32,
) -> Timing {
    let naming = Naming { places: &tables.places, grades: &tables.grades };
    // The latest first: its numbers are the ones to keep.
    let mut recent: Vec<(usize, &Remembered)> = of_this_year(earlier, last_day).collect();
    recent.sort_by_key(|(at, e)| std::cmp::Reverse((e.last_day, *at)));
    for (at, remembered) in recent {
        let between = school_days_since(remembered.last_day);
        let told = told(&remembered.release);
        let mut groups = 0;
        for (axes, grid, name, values) in sheets_of(tables) {
            for cell in 0..grid.students.len() {
                let key = naming.key(axes, (grid.n_rows, grid.n_cols), name, values, cell);
                let Some((Shown::Value(students), chronic)) = told.get(&key) else { continue };
                let now = (grid.students[cell], grid.chronic[cell]);
                let chronic = chronic.value().unwrap_or(now.1);
                groups += usize::from(!may_renew((*students, chronic), now, between));
            }
        }
        if groups > 0 {
            let school_days_left = SCHOOL_DAYS_APART.saturating_sub(between);
            return Timing::KeepFirst { earlier: at, groups, school_days_left };
        }
    }
    Timing::Renew
}

/// For each sheet, measure and cell of the new tables, whether an export of this year hid it: such cells
/// stay hidden, else two exports of the same numbers could be laid over each other.
#[must_use]
pub fn hidden_before(earlier: &[Remembered], tables: &Tables, last_day: Day) -> Vec<[Vec<bool>; 2]> {
    let naming = Naming { places: &tables.places, grades: &tables.grades };
    let told: Vec<_> = of_this_year(earlier, last_day).map(|(_, e)| told(&e.release)).collect();
    let sheets = sheets_of(tables).into_iter().map(|(axes, grid, name, values)| {
        let keys = (0..grid.students.len())
            .map(|at| naming.key(axes, (grid.n_rows, grid.n_cols), name, values, at))
            .collect::<Vec<_>>();
        let hid = |measure: Measure| {
            let is_hidden = |(students, chronic): &(Shown<u32>, Shown<u32>)| match measure {
                Measure::Sizes => students.value().is_none(),
                // A range stays a range by its own rule.
                Measure::Outcomes => matches!(chronic, Shown::Hidden),
            };
            keys.iter().map(|key| told.iter().any(|groups| groups.get(key).is_some_and(is_hidden))).collect()
        };
        [hid(Measure::Sizes), hid(Measure::Outcomes)]
    });
    sheets.collect()
}

/// How many earlier exports of this year are taken into account.
#[must_use]
pub fn n_of_this_year(earlier: &[Remembered], last_day: Day) -> u32 {
    of_this_year(earlier, last_day).count() as u32
}

/// For each sheet, measure and cell of the new tables, the number that an export of this year told and
/// that still holds, where nothing told of that place has changed: who sees both exports has no reason to
/// think that the rest of it has, and counts with the earlier number where the new export hides it.
#[must_use]
pub fn told_before(earlier: &[Remembered], tables: &Tables, last_day: Day) -> Vec<[Vec<Option<u32>>; 2]> {
    let naming = Naming { places: &tables.places, grades: &tables.grades };
    let sheets = sheets_of(tables);
    let keys: Vec<Vec<Key>> = sheets
        .iter()
        .map(|(axes, grid, name, values)| {
            let shape = (grid.n_rows, grid.n_cols);
            (0..grid.students.len()).map(|cell| naming.key(*axes, shape, *name, values, cell)).collect()
        })
        .collect();
    let mut known: Vec<[Vec<Option<u32>>; 2]> =
        sheets.iter().map(|(_, grid, ..)| [vec![None; grid.students.len()], vec![None; grid.students.len()]]).collect();
    for (_, remembered) in of_this_year(earlier, last_day) {
        let told = told(&remembered.release);
        let then = |key: &Key| told.get(key).map(|(students, chronic)| [students.value(), chronic.value()]);
        let mut changed: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
        for ((_, grid, ..), keys) in sheets.iter().zip(&keys) {
            for (cell, key) in keys.iter().enumerate() {
                let Some([students, chronic]) = then(key) else { continue };
                let same = students.is_none_or(|n| n == grid.students[cell])
                    && chronic.is_none_or(|x| x == grid.chronic[cell]);
                if !same {
                    let _ = changed.insert(&key.0);
                }
            }
        }
        for (keys, known) in keys.iter().zip(&mut known) {
            for (cell, key) in keys.iter().enumerate().filter(|(_, key)| !changed.contains(key.0.as_str())) {
                let Some(then) = then(key) else { continue };
                for (known, then) in known.iter_mut().zip(then) {
                    known[cell] = known[cell].or(then);
                }
            }
        }
    }
    known
}

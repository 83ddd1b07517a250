//! What one export tells: the same linked tables with every number shown, coded or hidden.
//!
//! Nothing else of the tables leaves. Files, earlier-export memory and the audit are made from this.

use super::gate::{Rule, Shown, TierClass};
use super::suppress::linked::{Detail, Measure, Suppressed};
use super::suppress::tables::{Cut, Places, Tables};
use super::suppress::tiers::tell_tiers;
use crate::attendance::Grade;
use serde::{Deserialize, Serialize};

/// How the rows and columns of a [`Sheet`] are to be read. The last of each is the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axes {
    /// Schools, districts where several, all; by grade.
    PlacesByGrades,
    /// Schools and all; by value of the condition.
    SchoolsByValues,
    /// Grades and all; by value of the condition.
    GradesByValues,
}

/// One table of an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Key, empty for all students.
    pub key: String,
    pub label: String,
    /// The value counted, for tables by grade; empty for all students.
    pub value: String,
    pub others: String,
    /// The columns of tables by value.
    pub values: Vec<String>,
    pub axes: Axes,
    pub n_rows: usize,
    pub n_cols: usize,
    pub sizes_told: Detail,
    pub outcomes_told: Detail,
    pub students: Vec<Shown<u32>>,
    pub chronic: Vec<Shown<u32>>,
}

/// All that an export tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    pub rule: Rule,
    pub places: Places,
    pub grades: Vec<Grade>,
    /// All students first.
    pub sheets: Vec<Sheet>,
    /// By row of the places, what is told of tiers; empty where nothing is.
    pub tiers: Vec<Vec<TierClass>>,
}

/// One group of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The school or district; `None` for all schools.
    pub place: Option<String>,
    /// Whether the place is a district, not a school; `false` for all schools only in tables by value.
    pub is_district: bool,
    /// `None` for all grades.
    pub grade: Option<Grade>,
    /// The value of the sheet's condition; empty for all students.
    pub value: String,
    pub is_whole: bool,
}

impl Release {
    #[must_use]
    pub fn new(tables: &Tables, suppressed: &Suppressed) -> Release {
        let mut by_place = true;
        let sheets = suppressed.layers.iter().map(|told| {
            let condition = told.condition.map(|at| &tables.conditions[at]);
            let axes = match condition.map(|c| &c.cut) {
                None | Some(Cut::Cells(_)) => Axes::PlacesByGrades,
                Some(Cut::Values { .. }) => {
                    let axes = if by_place { Axes::SchoolsByValues } else { Axes::GradesByValues };
                    by_place = !by_place;
                    axes
                }
            };
            let layer = &told.layer;
            let shown = |net: &super::suppress::network::Network, values: &[u32], measure| {
                let detail = told.detail(measure);
                let cells = values.iter().enumerate().map(|(at, value)| {
                    let code = layer.codes[at].filter(|_| measure == Measure::Outcomes);
                    match code {
                        _ if detail == Detail::Nothing => Shown::Hidden,
                        Some(code) if net.arcs[at].state.is_hidden() => Shown::Coded(code),
                        _ if net.arcs[at].state.is_hidden() => Shown::Hidden,
                        _ => Shown::Value(*value),
                    }
                });
                cells.collect::<Vec<_>>()
            };
            let mut students = shown(&layer.sizes, &layer.grid.students, Measure::Sizes);
            let mut chronic = shown(&layer.outcomes, &layer.grid.chronic, Measure::Outcomes);
            for at in (0..students.len()).filter(|at| layer.is_pinned(*at)) {
                let whole = &suppressed.layers[0].layer;
                let above = layer.whole_of(at);
                if whole.sizes.arcs[above].state.is_hidden() {
                    students[at] = Shown::Hidden;
                }
                if whole.outcomes.arcs[above].state.is_hidden() {
                    chronic[at] = whole.codes[above].map_or(Shown::Hidden, Shown::Coded);
                }
            }
            Sheet {
                key: condition.map_or_else(String::new, |c| c.key.clone()),
                label: condition.map_or_else(String::new, |c| c.label.clone()),
                value: condition.map_or_else(String::new, |c| c.value.clone()),
                others: condition.map_or_else(String::new, |c| c.others.clone()),
                values: match condition.map(|c| &c.cut) {
                    Some(Cut::Values { values, .. }) => values.clone(),
                    _ => Vec::new(),
                },
                axes,
                n_rows: layer.grid.n_rows,
                n_cols: layer.grid.n_cols,
                sizes_told: told.detail(Measure::Sizes),
                outcomes_told: told.detail(Measure::Outcomes),
                students,
                chronic,
            }
        });
        Release {
            rule: suppressed.rule,
            sheets: sheets.collect(),
            places: tables.places.clone(),
            grades: tables.grades.clone(),
            tiers: tell_tiers(suppressed.rule, tables, suppressed),
        }
    }

    /// What a cell is about.
    #[must_use]
    pub fn group(&self, sheet: usize, at: usize) -> Group {
        let sheet = &self.sheets[sheet];
        let (row, col) = (at / sheet.n_cols, at % sheet.n_cols);
        let n_schools = self.places.schools.len();
        let place = |row: usize| match self.places.schools.get(row) {
            Some(school) => Some(school.name.clone()),
            None => self.places.districts.get(row - n_schools).cloned(),
        };
        let is_last = |at: usize, n: usize| at + 1 == n;
        let place = match sheet.axes {
            Axes::GradesByValues => None,
            _ if is_last(row, sheet.n_rows) => None,
            _ => place(row),
        };
        let (grade, value) = match sheet.axes {
            Axes::PlacesByGrades => (self.grades.get(col), sheet.value.clone()),
            Axes::SchoolsByValues => (None, sheet.values.get(col).cloned().unwrap_or_default()),
            Axes::GradesByValues => (self.grades.get(row), sheet.values.get(col).cloned().unwrap_or_default()),
        };
        let is_district = sheet.axes == Axes::PlacesByGrades && row >= n_schools;
        Group { place, is_district, grade: grade.copied(), is_whole: value.is_empty(), value }
    }

    /// Where a cell stands, in words.
    #[must_use]
    pub fn words(&self, sheet: usize, at: usize, measure: Measure) -> String {
        let sheet = &self.sheets[sheet];
        let (row, col) = (at / sheet.n_cols, at % sheet.n_cols);
        let (last_row, last_col) = (row + 1 == sheet.n_rows, col + 1 == sheet.n_cols);
        let school = |row: usize| match self.places.schools.get(row) {
            Some(school) => school.name.clone(),
            None => self.places.districts.get(row - self.places.schools.len()).cloned().unwrap_or_default(),
        };
        let (place, kind) = match sheet.axes {
            Axes::PlacesByGrades if last_row => ("All schools".to_owned(), sheet.value.as_str()),
            Axes::PlacesByGrades => (school(row), sheet.value.as_str()),
            Axes::SchoolsByValues if last_row => ("All schools".to_owned(), ""),
            Axes::SchoolsByValues => (school(row), ""),
            Axes::GradesByValues => ("All schools".to_owned(), ""),
        };
        let grade = |at: usize| self.grades.get(at).map_or_else(|| "all grades".to_owned(), |g| format!("grade {g}"));
        let second = match sheet.axes {
            Axes::PlacesByGrades => grade(col),
            Axes::SchoolsByValues if last_col => "all values".to_owned(),
            Axes::SchoolsByValues => sheet.values[col].clone(),
            Axes::GradesByValues => {
                let value = if last_col { "all values" } else { &sheet.values[col] };
                format!("{}, {value}", grade(row))
            }
        };
        let what = match measure {
            Measure::Sizes => "students",
            Measure::Outcomes => "chronically absent",
        };
        let about = match (sheet.label.is_empty(), kind.is_empty()) {
            (true, _) => String::new(),
            (false, true) => format!(", {}", sheet.label),
            (false, false) => format!(", {} ({kind})", sheet.label),
        };
        format!("{place}, {second}{about}, {what}")
    }
}

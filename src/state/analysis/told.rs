//! The numbers that the audited export tells, looked up by who they are about: what Share mode may show.
//!
//! Every page of Share mode reads here and nowhere else. A page that hid other cells than the export, or
//! counted otherwise, could be laid over it, and the difference would tell what both hide.

use crate::attendance::{Dataset, Grade, Tier};
use crate::share::exchange::Header;
use crate::share::gate::{Rule, Shown};
use crate::share::release::{Axes, Release, Sheet};

/// Who a number is about; empty is everyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Position in `Dataset::schools`.
    pub school: Option<usize>,
    pub grade: Option<Grade>,
    /// Position in `Dataset::attributes`, and code.
    pub having: Option<Having>,
}

/// Students with one value of a condition, or all others of whom it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Having {
    With(usize, u8),
    Without(usize, u8),
}

impl At {
    #[must_use]
    pub fn school(school: usize) -> At {
        At { school: Some(school), ..At::default() }
    }

    #[must_use]
    pub fn grade(self, grade: Grade) -> At {
        At { grade: Some(grade), ..self }
    }

    #[must_use]
    pub fn with(self, attribute: usize, code: u8) -> At {
        At { having: Some(Having::With(attribute, code)), ..self }
    }

    #[must_use]
    pub fn without(self, attribute: usize, code: u8) -> At {
        At { having: Some(Having::Without(attribute, code)), ..self }
    }
}

/// Students counted, and chronically absent ones among them.
pub type Pair = (Shown<u32>, Shown<u32>);

const HIDDEN: Pair = (Shown::Hidden, Shown::Hidden);

/// One export's numbers in the words of one dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    release: Release,
    /// By position in `Dataset::schools`, the row in the release.
    row_of: Vec<Option<usize>>,
    /// By position in `Dataset::attributes`: its key, and its values.
    attributes: Vec<(String, Vec<String>)>,
    /// Where these are an earlier export's numbers, handed out once more: whose they are, of which days, and by
    /// which definition.
    earlier: Option<Header>,
}

impl Told {
    #[must_use]
    pub fn new(release: &Release, dataset: &Dataset) -> Told {
        // An earlier export that is handed out again may hold its schools in another order.
        let row = |school| release.places.schools.iter().position(|other| other == school);
        let attributes = dataset.attributes.iter().map(|a| (a.key.clone(), a.values.clone())).collect();
        Told { row_of: dataset.schools.iter().map(row).collect(), attributes, release: release.clone(), earlier: None }
    }

    /// The same numbers, known to be those of an earlier export.
    #[must_use]
    pub fn of_earlier(self, earlier: Option<Header>) -> Told {
        Told { earlier, ..self }
    }

    /// The earlier export whose numbers these are; `None` where they are of what is loaded.
    #[must_use]
    pub fn earlier(&self) -> Option<&Header> {
        self.earlier.as_ref()
    }

    #[must_use]
    pub fn rule(&self) -> Rule {
        self.release.rule
    }

    /// What is told of a group; hidden where the export has no such cell.
    #[must_use]
    pub fn pair(&self, at: At) -> Pair {
        self.find(at).unwrap_or(HIDDEN)
    }

    /// Tiers of a school, or of all, where each of the five is told apart.
    #[must_use]
    pub fn tiers(&self, school: Option<usize>) -> Option<[u32; 5]> {
        let row = self.row(school)?;
        let classes = self.release.tiers.get(row)?;
        let mut tiers = [0; 5];
        for (slot, tier) in tiers.iter_mut().zip(Tier::ALL) {
            *slot = classes.iter().find(|class| class.tiers == [tier])?.students;
        }
        Some(tiers)
    }

    fn row(&self, school: Option<usize>) -> Option<usize> {
        match school {
            None => Some(self.release.places.total_row()),
            Some(at) => *self.row_of.get(at)?,
        }
    }

    fn find(&self, at: At) -> Option<Pair> {
        let whole = At { having: None, ..at };
        match at.having {
            None => self.cell(self.release.sheets.first()?, at, None),
            Some(Having::With(attribute, code)) => self.with(at, attribute, code),
            Some(Having::Without(attribute, code)) => {
                let (_, values) = self.attributes.get(attribute)?;
                // Of two values the other one has a meaning of its own only where the export tells it.
                let other = if values.len() == 2 { self.with(at, attribute, 3 - code) } else { None };
                match other {
                    Some(pair) => Some(pair),
                    None => Some(minus(self.pair(whole), self.with(at, attribute, code)?)),
                }
            }
        }
    }

    fn with(&self, at: At, attribute: usize, code: u8) -> Option<Pair> {
        let (key, values) = self.attributes.get(attribute)?;
        let value = values.get(usize::from(code).checked_sub(1)?)?;
        let mut sheets = self.release.sheets.iter().filter(|sheet| sheet.key == *key);
        if let Some(told) = sheets.clone().find(|sheet| sheet.value == *value) {
            return self.cell(told, at, None);
        }
        if let Some(told) = sheets.clone().find(|sheet| sheet.others == *value) {
            return Some(minus(self.pair(At { having: None, ..at }), self.cell(told, at, None)?));
        }
        sheets.find_map(|sheet| {
            let column = sheet.values.iter().position(|v| v == value)?;
            self.cell(sheet, at, Some(column))
        })
    }

    /// A cell of one sheet: the value's column, or the grade's. `None` where the sheet does not have it.
    fn cell(&self, sheet: &Sheet, at: At, value: Option<usize>) -> Option<Pair> {
        let last = |n: usize| n.checked_sub(1);
        // Exports by school know one grade only, "unknown", which is everybody.
        let column = |grade: Option<Grade>, n: usize| match grade {
            None => last(n),
            Some(grade) => self.release.grades.iter().position(|g| *g == grade),
        };
        let (row, col) = match sheet.axes {
            Axes::PlacesByGrades => (self.row(at.school)?, column(at.grade, sheet.n_cols)?),
            Axes::SchoolsByValues if at.grade.is_none() => {
                let row = match at.school {
                    Some(_) => self.row(at.school)?,
                    None => last(sheet.n_rows)?,
                };
                (row, value?)
            }
            Axes::GradesByValues if at.school.is_none() && at.grade.is_some() => {
                (column(at.grade, sheet.n_rows)?, value?)
            }
            Axes::SchoolsByValues | Axes::GradesByValues => return None,
        };
        let cell = row * sheet.n_cols + col;
        Some((*sheet.students.get(cell)?, *sheet.chronic.get(cell)?))
    }
}

/// What everyone who has the table can work out: the rest, where both are told.
fn minus(whole: Pair, part: Pair) -> Pair {
    let rest = |whole: Shown<u32>, part: Shown<u32>| match (whole.value(), part.value()) {
        (Some(whole), Some(part)) => whole.checked_sub(part).map_or(Shown::Hidden, Shown::Value),
        _ => Shown::Hidden,
    };
    (rest(whole.0, part.0), rest(whole.1, part.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::Definition;
    use crate::share::prepare::Preparing;
    use crate::state::analysis::student::tests::example;
    use crate::state::share::job::{self, Wish};

    #[test]
    fn every_number_told_is_a_number_of_the_export_and_no_small_group_is() {
        let (dataset, definition) = (example(), Definition::default());
        let tables = job::tables(&dataset, &definition, &Wish::default());
        let counted = tables.whole.clone();
        let last_day = dataset.dates.unwrap().1;
        let prepared = Preparing::new(tables, Rule::default(), &[], last_day, &|_| 0).ok().unwrap().finish();
        let told = Told::new(&prepared.release, &dataset);
        let mut shown = 0;
        for school in 0..dataset.schools.len() {
            for (column, grade) in prepared.release.grades.iter().enumerate() {
                let (students, _) = told.pair(At::school(school).grade(*grade));
                let true_count = counted.students[counted.at(school, column)];
                assert!(students.value().is_none_or(|n| n == true_count && (n == 0 || n >= 11)));
                shown += usize::from(students.value().is_some());
            }
            for (attribute, a) in dataset.attributes.iter().enumerate() {
                for code in 1..=a.values.len() as u8 {
                    for at in [At::school(school).with(attribute, code), At::school(school).without(attribute, code)] {
                        assert!(told.pair(at).0.value().is_none_or(|n| n == 0 || n >= 11), "{at:?}");
                    }
                }
            }
        }
        assert!(shown > 5);
        assert_eq!(told.pair(At { school: Some(99), ..At::default() }), HIDDEN);
        assert_eq!(told.pair(At::default().with(99, 1)), HIDDEN);
    }
}

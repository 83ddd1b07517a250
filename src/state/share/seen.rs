//! The sums of the audited export that a screen shows.

use super::{ShareState, job};
use crate::attendance::Grade;
use crate::share::gate::{Rule, Shown, TierClass};
use crate::share::release::Release;

/// Students and chronically absent students, as others may see them.
pub type ShownPair = (Shown<u32>, Shown<u32>);

/// The sums of an export that a screen shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub rule: Rule,
    /// All schools together; who attended two counts in both.
    pub all: ShownPair,
    /// In the order of the dataset.
    pub schools: Vec<(String, ShownPair)>,
    /// Empty where grades are not told.
    pub grades: Vec<(Grade, ShownPair)>,
    /// Merged tiers of all; empty where none are told.
    pub tiers: Vec<TierClass>,
}

impl Seen {
    /// `None` where the release holds no table.
    #[must_use]
    pub fn of(release: &Release) -> Option<Seen> {
        let sheet = release.sheets.first()?;
        let (total, last) = (release.places.total_row(), sheet.n_cols.checked_sub(1)?);
        let at = |row: usize, col: usize| -> Option<ShownPair> {
            let cell = row * sheet.n_cols + col;
            Some((*sheet.students.get(cell)?, *sheet.chronic.get(cell)?))
        };
        let schools = release.places.schools.iter().enumerate();
        let schools = schools.filter_map(|(row, school)| Some((school.name.clone(), at(row, last)?))).collect();
        let by_school = job::is_by_school(release);
        let grades = release.grades.iter().enumerate().filter(|_| !by_school);
        let grades = grades.filter_map(|(col, grade)| Some((*grade, at(total, col)?))).collect();
        let tiers = release.tiers.get(total).cloned().unwrap_or_default();
        Some(Seen { rule: release.rule, all: at(total, last)?, schools, grades, tiers })
    }
}

impl ShareState {
    /// What Share mode may show on a screen: the numbers of the export that passed its audit, and no others.
    /// A screen that hid other cells than the export, or counted otherwise, could be laid over it, and the
    /// difference would tell what both hide. `None` until it is ready, or where it did not pass.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        let offer = self.offer().filter(|offer| offer.report.passes())?;
        Seen::of(&offer.release)
    }
}

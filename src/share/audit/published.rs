//! The attacker turned on someone else's published file: how many hidden numbers can be recalculated,
//! and where. Counts and places only; the values found are dropped here and never told.

mod examining;
mod sums;
mod trying;

pub use examining::Examining;

use crate::attendance::Published;
use crate::share::gate::Shown;
use crate::share::release::Release;
use crate::share::suppress::linked::Detail;

/// A number of a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Value(u32),
    /// A suppression mark stands there.
    Hidden,
    /// Nothing stands there, or the file has no such column.
    Missing,
}

/// One row. Empty texts and `All …` mean all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    pub year: String,
    pub place: String,
    pub grade: String,
    pub category: String,
    pub counted: Told,
    pub chronic: Told,
}

/// What the attacker found. No value is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaks {
    pub rows: usize,
    pub hidden: usize,
    /// Hidden numbers that can be recalculated exactly.
    pub exact: usize,
    /// Others that can be found too closely: students closer than five, chronically absent ones closer than two.
    pub close: usize,
    /// Of the exact ones, those that stand alone: the only hidden part of a sum whose other parts are shown.
    pub alone: usize,
    /// Hidden numbers that hang together with too many others to be decided here.
    pub undecided: usize,
    /// Where exact ones stand, in words, sorted.
    pub places: Vec<String>,
    /// The sums that hold throughout the file and were used, in words.
    pub sums: Vec<String>,
    /// Parts of the file whose shown numbers contradict each other, so that nothing was tried there.
    pub contradictory: usize,
}

impl Leaks {
    #[must_use]
    pub fn sentence(&self) -> String {
        match (self.hidden, self.exact) {
            (0, _) => "This file hides no number".to_owned(),
            (hidden, 0) if self.undecided == 0 => {
                format!("{hidden} hidden numbers; none can be recalculated from the file")
            }
            (hidden, exact) => {
                let undecided = match self.undecided {
                    0 => String::new(),
                    n => format!("; {n} more could not be decided here"),
                };
                format!("{exact} of {hidden} hidden numbers can be recalculated from the file itself{undecided}")
            }
        }
    }
}

/// Rows of a school-level file as it was read. A number that the reading left open counts as hidden.
#[must_use]
pub fn rows_of(published: &[Published], school_names: &[String]) -> Vec<PublishedRow> {
    let told = |n: Option<u32>| n.map_or(Told::Hidden, Told::Value);
    let rows = published.iter().map(|row| PublishedRow {
        year: row.year.clone(),
        place: row.school.and_then(|at| school_names.get(usize::from(at)).cloned()).unwrap_or_default(),
        grade: row.grade.map(|g| g.to_string()).unwrap_or_default(),
        category: match &row.group {
            // A column of categories holds sexes, conditions and their opposites side by side.
            Some((key, value)) if key == "category" => value.clone(),
            Some((key, value)) => format!("{key}: {value}"),
            None => String::new(),
        },
        counted: told(row.counted),
        chronic: told(row.chronic),
    });
    rows.collect()
}

/// Our own release as if someone else had published it: group by group, marks instead of hidden numbers.
#[must_use]
pub fn rows_of_release(release: &Release, year: &str) -> Vec<PublishedRow> {
    let told = |n: Shown<u32>| n.value().map_or(Told::Hidden, Told::Value);
    let mut rows = Vec::new();
    for (at, sheet) in release.sheets.iter().enumerate() {
        if sheet.sizes_told == Detail::Nothing {
            continue;
        }
        for cell in 0..sheet.students.len() {
            let group = release.group(at, cell);
            if group.is_whole && at > 0 {
                // The sum over values is the group of all students, told already.
                continue;
            }
            let category =
                if group.value.is_empty() { String::new() } else { format!("{}: {}", sheet.key, group.value) };
            rows.push(PublishedRow {
                year: year.to_owned(),
                place: group.place.unwrap_or_default(),
                grade: group.grade.map(|g| g.to_string()).unwrap_or_default(),
                category,
                counted: told(sheet.students[cell]),
                chronic: if sheet.outcomes_told == Detail::Nothing { Told::Missing } else { told(sheet.chronic[cell]) },
            });
        }
    }
    rows
}

/// Tries to recalculate every hidden number of a published file, all at once.
#[must_use]
pub fn examine(rows: &[PublishedRow]) -> Leaks {
    let mut examining = Examining::default();
    rows.iter().for_each(|row| examining.add(row));
    while examining.step() {}
    examining.finish()
}

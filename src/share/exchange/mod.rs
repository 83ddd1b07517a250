//! The exchange file: a school's or district's suppressed aggregates, for others to compare with.
//!
//! Version 1 is described in `docs/exchange/`. Whatever comes back in is hostile until it has passed
//! [`Exchange::parse`]; [`merge`] puts many files side by side.

pub mod merge;
mod wire;

use super::audit::Report;
use super::gate::{Shown, TierClass};
use super::release::Release;
use super::suppress::linked::Detail;
use crate::attendance::{Day, Definition, Grade, School};
use std::fmt;

pub use merge::{Merged, PeerSchool, merge};

/// The name of the format, as it stands in the file.
pub const FORMAT: &str = "bright-spots/exchange";
/// The version that is written. Older ones are read as well.
pub const VERSION: u32 = 1;
/// Files larger than this are not opened.
pub const MOST_BYTES: usize = 64 << 20;

/// Who made the file, and of what days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// A school, district or state, as its people call it.
    pub made_by: String,
    pub made_on: Day,
    pub first_day: Day,
    pub last_day: Day,
    pub definition: Definition,
}

/// One group of students. `None` means all together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Position among the file's schools.
    pub school: Option<u32>,
    /// Where districts are told apart and the group is a whole district.
    pub district: Option<String>,
    pub grade: Option<Grade>,
    /// Key and value of the condition.
    pub condition: Option<(String, String)>,
    pub students: Shown<u32>,
    pub chronic: Shown<u32>,
    /// Merged tiers; empty where they are not told.
    pub tiers: Vec<TierClass>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    pub header: Header,
    /// Groups smaller than this are hidden.
    pub minimum: u32,
    /// The audit's words.
    pub audit: String,
    pub schools: Vec<School>,
    /// Labels of conditions by key.
    pub labels: Vec<(String, String)>,
    pub groups: Vec<Group>,
}

/// Why a file cannot be used, in words for the person who dropped it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    TooLarge {
        bytes: usize,
    },
    NotJson {
        line: usize,
    },
    NotExchange,
    TooNew {
        found: u32,
    },
    /// A field holds what it cannot: its name, and what is wrong.
    Wrong {
        field: String,
        why: &'static str,
    },
    /// Two numbers contradict each other.
    Contradiction {
        group: usize,
        why: &'static str,
    },
    /// The export did not pass its audit.
    NotSafe,
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExchangeError::TooLarge { bytes } => {
                write!(f, "This file is {} MB; exchange files are far smaller", bytes >> 20)
            }
            ExchangeError::NotJson { line } => {
                write!(f, "This is not a complete JSON file: line {line} cannot be read. It may have been cut short")
            }
            ExchangeError::NotExchange => f.write_str("This is not an exchange file of Bright Spots"),
            ExchangeError::TooNew { found } => {
                write!(f, "This exchange file is of version {found}, made by a newer Bright Spots. Reload to update")
            }
            ExchangeError::Wrong { field, why } => write!(f, "The field “{field}” {why}"),
            ExchangeError::Contradiction { group, why } => write!(f, "Group {} {why}", group + 1),
            ExchangeError::NotSafe => f.write_str("The audit did not pass, so no file was made"),
        }
    }
}

impl Exchange {
    /// The exchange file of a release that passed its audit.
    pub fn new(release: &Release, report: &Report, header: Header) -> Result<Exchange, ExchangeError> {
        if !report.passes() {
            return Err(ExchangeError::NotSafe);
        }
        let mut groups = Vec::new();
        let mut labels: Vec<(String, String)> = Vec::new();
        let total = release.places.total_row();
        for (at, sheet) in release.sheets.iter().enumerate() {
            if sheet.sizes_told == Detail::Nothing {
                continue;
            }
            if at > 0 && !labels.iter().any(|(key, _)| *key == sheet.key) {
                labels.push((sheet.key.clone(), sheet.label.clone()));
            }
            for cell in 0..sheet.students.len() {
                let about = release.group(at, cell);
                // The sum over values is the group of all students, and a value's total stands in one table only.
                let again = at > 0 && about.is_whole;
                let is_repeated = sheet.axes == super::release::Axes::GradesByValues && about.grade.is_none();
                let finer = sheet.sizes_told > Detail::Cells && about.place.is_some() && about.grade.is_some();
                if again || is_repeated || finer || sheet.students[cell] == Shown::Value(0) {
                    continue;
                }
                let school = about.place.as_ref().filter(|_| !about.is_district);
                let school = school.map(|_| (cell / sheet.n_cols) as u32);
                let row = match (about.grade, at, school, about.is_district) {
                    (None, 0, Some(school), _) => Some(school as usize),
                    (None, 0, None, _) if about.place.is_none() => Some(total),
                    _ => None,
                };
                groups.push(Group {
                    school,
                    district: about.place.clone().filter(|_| about.is_district),
                    grade: about.grade,
                    condition: (at > 0).then(|| (sheet.key.clone(), about.value.clone())),
                    students: sheet.students[cell],
                    chronic: if sheet.outcomes_told == Detail::Nothing { Shown::Hidden } else { sheet.chronic[cell] },
                    tiers: row.and_then(|row| release.tiers.get(row)).cloned().unwrap_or_default(),
                });
            }
        }
        Ok(Exchange {
            header,
            minimum: release.rule.minimum(),
            audit: report.sentence(),
            schools: release.places.schools.clone(),
            labels,
            groups,
        })
    }

    /// The file's text: the same for the same numbers, to the byte.
    #[must_use]
    pub fn to_json(&self) -> String {
        wire::write(self)
    }

    /// Reads a file from anywhere.
    pub fn parse(text: &str) -> Result<Exchange, ExchangeError> {
        if text.len() > MOST_BYTES {
            return Err(ExchangeError::TooLarge { bytes: text.len() });
        }
        wire::read(text)
    }
}

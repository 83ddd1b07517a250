//! What one import yields: columnar, immutable, sorted, independent of row order.

use super::day::Day;
use super::days::Days;
use super::grade::Grade;
use super::not_taken::NotTaken;
use super::packed;
use super::students::Students;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Everything read from the chosen files. Student rows live here, in memory, and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    pub files: Vec<FileAccount>,
    /// Sorted by name.
    pub schools: Vec<School>,
    /// Sorted by id.
    pub students: Students,
    /// One per student and school, sorted by student, then school.
    #[serde(with = "packed::stays")]
    pub stays: Vec<Stay>,
    /// Conditions: one value per student.
    pub attributes: Vec<Attribute>,
    pub homerooms: Vec<String>,
    /// Every date on which a row stood, ascending. Empty for files of totals.
    pub calendar: Vec<Day>,
    /// For each school, the positions in `calendar` on which it was in session, as a bit set.
    pub sessions: Vec<DayBits>,
    /// For each school, what was never taken and is left out of enrolled days. Empty where nothing is.
    pub not_taken: Vec<NotTaken>,
    /// Absences, late arrivals and other marks, by stay, each stay's ascending by day.
    #[serde(with = "packed::marks")]
    pub marks: Vec<Mark>,
    /// Rows of a school-level file, where one was read.
    pub published: Vec<Published>,
    /// The first and last day that the numbers cover, where the files tell.
    pub dates: Option<(Day, Day)>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileAccount {
    pub name: String,
    pub bytes: u64,
    pub rows: u64,
    pub rows_used: u64,
    pub rows_set_aside: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    pub name: String,
    pub district: String,
}

/// One student at one school.
#[derive(Clone, Debug, PartialEq)]
pub struct Stay {
    pub student: u32,
    pub school: u16,
    pub grade: Grade,
    /// Position in `Dataset::homerooms`.
    pub homeroom: Option<u16>,
    pub enrolled: Days,
    /// Absent days by kind, in the order of [`Kind::ALL`]. Kinds that are not absences are zero.
    pub absent: [Days; Kind::COUNT],
    /// Where this stay's marks lie in `Dataset::marks`.
    pub marks: Range<u32>,
    /// The days enrolled, as positions in `Dataset::calendar`. Empty for files of totals.
    pub on_roll: DayBits,
    /// Absence as a share of enrolled days where the file gives only a percent, in millionths of
    /// a percent; then `enrolled` and `absent` are zero.
    pub percent_absent: Option<u32>,
}

/// What a mark says about a student's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Absent; the file does not say why.
    Unknown,
    Excused,
    Unexcused,
    /// Suspended out of school: absent.
    Suspended,
    /// Suspended in school: an absence only where the definition says so.
    InSchoolSuspension,
    Tardy,
    LeftEarly,
    Remote,
}

impl Kind {
    pub const COUNT: usize = 8;
    pub const ALL: [Kind; Kind::COUNT] = [
        Kind::Unknown,
        Kind::Excused,
        Kind::Unexcused,
        Kind::Suspended,
        Kind::InSchoolSuspension,
        Kind::Tardy,
        Kind::LeftEarly,
        Kind::Remote,
    ];

    /// Whether days of this kind are absences, unless a definition leaves them out.
    #[must_use]
    pub const fn is_absence(self) -> bool {
        matches!(self, Kind::Unknown | Kind::Excused | Kind::Unexcused | Kind::Suspended)
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Unknown => "Absent",
            Kind::Excused => "Excused",
            Kind::Unexcused => "Unexcused",
            Kind::Suspended => "Suspended",
            Kind::InSchoolSuspension => "In-school suspension",
            Kind::Tardy => "Late",
            Kind::LeftEarly => "Left early",
            Kind::Remote => "Remote",
        }
    }
}

/// One mark on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// Position in `Dataset::calendar`.
    pub day: u16,
    pub kind: Kind,
    /// Thousandths of the day missed; 0 for late arrivals.
    pub missed: u16,
}

/// A set of positions in the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayBits(pub Vec<u64>);

impl DayBits {
    /// Adds a position; `false` where it was there already.
    pub fn insert(&mut self, at: usize) -> bool {
        let word = at / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        let bit = 1u64 << (at % 64);
        let new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        new
    }

    #[must_use]
    pub fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|w| w >> (at % 64) & 1 == 1)
    }

    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// The positions, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let at = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    i * 64 + at
                })
            })
        })
    }
}

/// A condition that students may have, one value per student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Stable name in results files: see [`attribute`] for the known ones.
    pub key: String,
    /// As shown.
    pub label: String,
    /// For a yes/no condition exactly `["No", "Yes"]`; otherwise the values as written, sorted.
    pub values: Vec<String>,
    /// One per student: 0 is unknown, n is `values[n - 1]`.
    #[serde(with = "packed::bytes")]
    pub codes: Vec<u8>,
}

impl Attribute {
    #[must_use]
    pub fn is_yes_no(&self) -> bool {
        self.values.len() == 2 && self.values[0] == "No" && self.values[1] == "Yes"
    }

    /// For a yes/no condition: whether the student has it, `None` where unknown.
    #[must_use]
    pub fn yes(&self, student: usize) -> Option<bool> {
        match self.codes[student] {
            0 => None,
            code => Some(code == 2),
        }
    }
}

/// Keys of the conditions that the product knows by name.
pub mod attribute {
    pub const ECONOMICALLY_DISADVANTAGED: &str = "economically_disadvantaged";
    pub const SPECIAL_EDUCATION: &str = "special_education";
    pub const ENGLISH_LEARNER: &str = "english_learner";
    pub const HOMELESS: &str = "homeless";
    pub const FOSTER: &str = "foster";
    pub const SECTION_504: &str = "section_504";
    pub const MOBILITY: &str = "mobility";
    pub const SUSPENSION: &str = "suspension";
    pub const GENDER: &str = "gender";
    pub const RACE_ETHNICITY: &str = "race_ethnicity";

    /// The label of a known key.
    #[must_use]
    pub fn label(key: &str) -> Option<&'static str> {
        Some(match key {
            ECONOMICALLY_DISADVANTAGED => "Economic disadvantage",
            SPECIAL_EDUCATION => "Special education",
            ENGLISH_LEARNER => "English learner",
            HOMELESS => "Homeless",
            FOSTER => "Foster care",
            SECTION_504 => "Section 504",
            MOBILITY => "Moved mid-year",
            SUSPENSION => "Suspended this year",
            GENDER => "Gender",
            RACE_ETHNICITY => "Race and ethnicity",
            _ => return None,
        })
    }
}

/// One row of a public school-level file. A hidden number is `None`, never zero.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Position in `Dataset::schools`; `None` for a district or state row.
    pub school: Option<u16>,
    /// As written: a school year, or empty.
    pub year: String,
    /// `None` for all grades together.
    pub grade: Option<Grade>,
    /// Key and value of the condition this row is about; `None` for all students.
    pub group: Option<(String, String)>,
    pub counted: Option<u32>,
    pub chronic: Option<u32>,
    /// 0 to 1, as the file gives it.
    pub rate: Option<f64>,
    /// Conditions of the school as shares from 0 to 1, by key.
    pub shares: Vec<(String, Option<f64>)>,
}

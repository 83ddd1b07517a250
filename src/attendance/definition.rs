//! What counts as chronic absence: the named presets and one's own.

use super::dataset::Kind;
use super::days::Days;
use serde::{Deserialize, Serialize};

/// A complete definition. It stands on every number and every export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub preset: Preset,
    /// Thousandths of a percent of enrolled days: 10 % is 10,000.
    pub threshold: u32,
    /// Whether a student exactly at the threshold is chronically absent.
    pub inclusive: bool,
    /// A student with fewer enrolled days is counted apart.
    pub minimum: Days,
    /// The minimum as a share of the longest enrolment in the file, in percent (0 for none).
    pub minimum_share: u8,
    /// Whether a student never present is counted apart.
    pub present_once: bool,
    /// Kinds that do not count as absence under this definition.
    pub not_absent: Vec<Kind>,
    pub day_rule: DayRule,
    pub grades: GradeRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Preset {
    Federal,
    Virginia,
    Oregon,
    California,
    NewYork,
    NewJersey,
    Own,
}

/// How a part of a day counts, where days are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayRule {
    /// Parts add up as recorded.
    AsRecorded,
    /// At least half of the day missed is a whole absent day; less is none.
    HalfOrMore,
    /// Only a whole day missed is an absent day.
    WholeOnly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeRange {
    All,
    /// Kindergarten to grade 8.
    KTo8,
    /// Kindergarten to grade 12, without pre-kindergarten.
    KTo12,
}

impl Preset {
    pub const NAMED: [Preset; 6] =
        [Preset::Federal, Preset::Virginia, Preset::Oregon, Preset::California, Preset::NewYork, Preset::NewJersey];

    /// The name in results files; stable.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Preset::Federal => "federal",
            Preset::Virginia => "virginia",
            Preset::Oregon => "oregon",
            Preset::California => "california",
            Preset::NewYork => "new_york",
            Preset::NewJersey => "new_jersey",
            Preset::Own => "own",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Preset::Federal => "Federal (EDFacts)",
            Preset::Virginia => "Virginia",
            Preset::Oregon => "Oregon",
            Preset::California => "California",
            Preset::NewYork => "New York",
            Preset::NewJersey => "New Jersey",
            Preset::Own => "Our own",
        }
    }

    /// The preset's rules (field guide, section 5.2). `Own` starts as the federal one.
    #[must_use]
    pub fn definition(self) -> Definition {
        let federal = Definition {
            preset: self,
            threshold: 10_000,
            inclusive: true,
            minimum: Days::whole(10),
            minimum_share: 0,
            present_once: false,
            not_absent: Vec::new(),
            day_rule: DayRule::AsRecorded,
            grades: GradeRange::All,
        };
        match self {
            Preset::Federal | Preset::Own | Preset::Oregon => federal,
            Preset::Virginia => Definition { minimum: Days::ONE, minimum_share: 50, ..federal },
            // The 31-day rule: more than 30 expected days. In-school suspension is attendance.
            Preset::California => Definition {
                minimum: Days::whole(31),
                not_absent: vec![Kind::InSchoolSuspension],
                day_rule: DayRule::WholeOnly,
                ..federal
            },
            Preset::NewYork => Definition { present_once: true, ..federal },
            Preset::NewJersey => Definition { minimum: Days::whole(45), ..federal },
        }
    }
}

impl Default for Definition {
    fn default() -> Definition {
        Preset::Federal.definition()
    }
}

impl Definition {
    /// Whether `absent` out of `enrolled` days is chronic absence; integers throughout.
    #[must_use]
    pub fn is_chronic(&self, enrolled: Days, absent: Days) -> bool {
        let left = 100_000 * i128::from(absent.thousandths());
        let right = i128::from(self.threshold) * i128::from(enrolled.thousandths());
        if self.inclusive { left >= right } else { left > right }
    }

    /// The threshold as a number of percent, for display and results.
    #[must_use]
    pub fn percent(&self) -> f64 {
        f64::from(self.threshold) / 1000.0
    }

    /// `Chronic = missed 10 % or more of enrolled days`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let percent = self.percent();
        if self.inclusive {
            format!("Chronic = missed {percent} % or more of enrolled days")
        } else {
            format!("Chronic = missed more than {percent} % of enrolled days")
        }
    }
}

//! Attendance tiers: half-open shares of enrolled days, compared as integers.

use super::days::Days;
use serde::{Deserialize, Serialize};

/// The five tiers of Attendance Works. The lower bound belongs to the tier: exactly 5 % is at
/// risk, exactly 10 % is moderate chronic absence, 100 % is extreme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    Satisfactory,
    AtRisk,
    Moderate,
    Severe,
    Extreme,
}

impl Tier {
    pub const ALL: [Tier; 5] = [Tier::Satisfactory, Tier::AtRisk, Tier::Moderate, Tier::Severe, Tier::Extreme];

    /// The tier of `absent` out of `enrolled` days, or `None` where the pair cannot be right:
    /// no enrolled days, negative absence, or more absence than enrolment.
    #[must_use]
    pub fn classify(enrolled: Days, absent: Days) -> Option<Tier> {
        let (e, a) = (enrolled.thousandths(), absent.thousandths());
        if e <= 0 || a < 0 || a > e {
            return None;
        }
        Some(if 20 * a < e {
            Tier::Satisfactory
        } else if 10 * a < e {
            Tier::AtRisk
        } else if 5 * a < e {
            Tier::Moderate
        } else if 2 * a < e {
            Tier::Severe
        } else {
            Tier::Extreme
        })
    }

    /// 0 for satisfactory up to 4 for extreme.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Tier::Satisfactory => "Satisfactory",
            Tier::AtRisk => "At risk",
            Tier::Moderate => "Moderate",
            Tier::Severe => "Severe",
            Tier::Extreme => "Extreme",
        }
    }

    /// The share of enrolled days missed, in words.
    #[must_use]
    pub const fn bounds(self) -> &'static str {
        match self {
            Tier::Satisfactory => "under 5 %",
            Tier::AtRisk => "5 to under 10 %",
            Tier::Moderate => "10 to under 20 %",
            Tier::Severe => "20 to under 50 %",
            Tier::Extreme => "50 % or more",
        }
    }
}

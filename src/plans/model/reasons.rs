//! Reasons for absence as the team sees them, and the strategies that answer them.

use super::super::document::Id;
use super::common::{Group, Stage, Step, Who};
use crate::attendance::Day;

/// A family of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// "Myths" in the Virginia set.
    Misconceptions,
    #[default]
    Barriers,
    Aversion,
    Disengagement,
}

/// Which set of families a team works with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FamilySet {
    /// Attendance Works: four.
    #[default]
    Four,
    /// Virginia: myths, barriers, aversion.
    Three,
}

impl FamilySet {
    #[must_use]
    pub const fn families(self) -> &'static [Family] {
        match self {
            FamilySet::Four => &[Family::Misconceptions, Family::Barriers, Family::Aversion, Family::Disengagement],
            FamilySet::Three => &[Family::Misconceptions, Family::Barriers, Family::Aversion],
        }
    }

    /// Where a reason is shown. The Virginia set has no place of its own for disengagement: it
    /// stands with aversion, and keeps its family for the other set.
    #[must_use]
    pub const fn shown_under(self, family: Family) -> Family {
        match (self, family) {
            (FamilySet::Three, Family::Disengagement) => Family::Aversion,
            (_, family) => family,
        }
    }
}

/// A reason why students of this school miss days: the team's judgement, never read from data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    pub family: Family,
    pub text: String,
    /// How the team knows: who told them, what they saw.
    pub how_known: String,
    /// How many students or families named it, where the team counted.
    pub named_by: Option<u32>,
    pub addressed_by: Vec<Addresser>,
    /// Key of the catalogue reason that this one is an example of, or empty.
    pub catalogue: String,
}

/// Who addresses a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresser {
    pub id: Id,
    pub who: String,
    pub kind: AddresserKind,
    pub partner: Option<Id>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddresserKind {
    /// Someone in the school or district does it now.
    #[default]
    InSchool,
    /// Someone in the school or district could.
    CouldInSchool,
    /// A partner does it now.
    Partner,
}

/// The three tiers of support, not to be mixed up with the five tiers of attendance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StrategyTier {
    /// Everyone.
    #[default]
    One,
    /// Early intervention.
    Two,
    /// Intensive.
    Three,
}

/// How good the evidence is, on the four levels of ESSA. The team fills it in, with a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    #[default]
    NotLookedUp,
    Strong,
    Moderate,
    Promising,
    Emerging,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strategy {
    /// Key in [`crate::plans::content::strategies::STRATEGIES`]; empty for an own one.
    pub catalogue: String,
    pub name: String,
    pub what: String,
    pub tier: StrategyTier,
    pub families: Vec<Family>,
    pub group: Group,
    /// 1 small to 5 large, as the team placed it.
    pub impact: Option<u8>,
    /// 1 little to 5 much.
    pub effort: Option<u8>,
    pub evidence: Evidence,
    pub evidence_link: String,
    pub evidence_note: String,
    /// Adults who can do it.
    pub adults: Option<u32>,
    /// Students whom one adult can serve at a time.
    pub students_each: Option<u32>,
    /// Minutes a week for one student.
    pub minutes_each: Option<u32>,
    /// Students to reach, where the team counted otherwise than the data.
    pub reach_by_hand: Option<u32>,
    pub steps: Vec<Step>,
    pub owner: Who,
    pub due: Option<Day>,
    pub stage: Stage,
    /// What the team found at the end.
    pub assessed: String,
}

/// A round of caring conversations. Whom with is in the personal part; here only how many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outreach {
    pub title: String,
    pub group: Group,
    pub planned: Option<u32>,
    pub held: Option<u32>,
    pub owner: Who,
    pub due: Option<Day>,
    pub stage: Stage,
    pub notes: String,
}

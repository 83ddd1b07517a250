//! The school's self-assessment: several people rate each element; nobody's rating is averaged.

use super::super::document::Id;
use super::common::{Stage, Who};
use crate::attendance::Day;

/// One round of rating. A new round is a new item, so that progress shows by date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    pub on: Option<Day>,
    pub school: String,
    /// One per rater and element.
    pub ratings: Vec<Rating>,
    /// Elements that the team added to the eleven.
    pub own_elements: Vec<OwnElement>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnElement {
    pub id: Id,
    pub what: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    pub id: Id,
    /// A name of the rater's choosing: initials, a role, a number.
    pub rater: String,
    /// Key of an element of [`crate::plans::content::assessment::ELEMENTS`], or the id of an own one.
    pub element: String,
    pub level: Level,
    pub how_known: String,
}

/// How far an element is in place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    StronglyInPlace,
    MeasurableProgress,
    NeedsImprovement,
    UrgentGap,
    #[default]
    DontKnow,
}

impl Level {
    pub const ALL: [Level; 5] =
        [Level::StronglyInPlace, Level::MeasurableProgress, Level::NeedsImprovement, Level::UrgentGap, Level::DontKnow];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Level::StronglyInPlace => "Strongly in place",
            Level::MeasurableProgress => "Measurable progress",
            Level::NeedsImprovement => "Needs improvement",
            Level::UrgentGap => "Urgent gap",
            Level::DontKnow => "Don’t know",
        }
    }

    /// 0 for strongly in place to 3 for an urgent gap; `None` for don't know.
    #[must_use]
    pub const fn distance(self) -> Option<u8> {
        match self {
            Level::StronglyInPlace => Some(0),
            Level::MeasurableProgress => Some(1),
            Level::NeedsImprovement => Some(2),
            Level::UrgentGap => Some(3),
            Level::DontKnow => None,
        }
    }
}

/// An element that the team decided to work on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Priority {
    pub what: String,
    /// Key of the element, or the id of an own one.
    pub element: String,
    pub assessment: Option<Id>,
    pub why: String,
    pub owner: Who,
    pub due: Option<Day>,
    pub stage: Stage,
}

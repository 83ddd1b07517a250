//! Parts that several worksheets share: people, steps, groups, findings and notes on trends.

use super::super::document::Id;
use crate::attendance::{Day, Tier};

/// A person as a plan names them: a role or initials, and where there is more (full name, email,
/// phone) the contact in the personal part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    pub label: String,
    pub contact: Option<Id>,
}

impl From<&str> for Who {
    fn from(label: &str) -> Who {
        Who { label: label.to_owned(), contact: None }
    }
}

/// One thing that somebody does by a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub id: Id,
    pub what: String,
    pub who: Who,
    pub by: Option<Day>,
    /// Where there is no one day: `after every break`.
    pub when: String,
    pub done: Option<Day>,
}

/// A line that can be ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tick {
    pub id: Id,
    pub what: String,
    pub done: Option<Day>,
}

/// A line of free text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    pub id: Id,
    pub text: String,
}

/// How far a plan is. A test has states of its own: see [`super::State`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    #[default]
    ToDo,
    Running,
    Check,
    Done,
}

impl Stage {
    pub const ALL: [Stage; 4] = [Stage::ToDo, Stage::Running, Stage::Check, Stage::Done];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Stage::ToDo => "To do",
            Stage::Running => "Running",
            Stage::Check => "Check",
            Stage::Done => "Done",
        }
    }
}

/// A group of students described by what the loaded data hold, never by names. Empty means
/// everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub schools: Vec<String>,
    pub grades: Vec<String>,
    pub tiers: Vec<Tier>,
    /// Keys of conditions that a student of this group has.
    pub conditions: Vec<String>,
    /// The group in the team's words.
    pub words: String,
}

/// Something the pages showed, kept as it was said, with what it was counted from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    /// The sentence as the page said it.
    pub sentence: String,
    /// Whose data, dates, definition: the stamp line.
    pub stamp: String,
    pub school: String,
    pub condition: String,
    /// Students counted.
    pub counted: Option<u32>,
    pub chronic: Option<u32>,
    /// Millionths.
    pub expected: Option<u32>,
    /// The stable name of a verdict, as in results files.
    pub verdict: String,
    pub seen: Option<Day>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    #[default]
    School,
    Condition,
    Grade,
    Pattern,
    Movement,
    Test,
}

/// Something that happened outside the plans and shows in a trend: an illness week, a bus strike,
/// a new boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    pub text: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Empty: all schools.
    pub schools: Vec<String>,
}

/// Two people wrote different things in the same place. One stays in its place, the other is kept
/// here until somebody decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub item: Id,
    /// Where in the item, as stored: `questions/#q1/prediction`.
    pub path: String,
    /// The same place in words.
    pub field: String,
    /// What stays in place, as stored (JSON).
    pub kept: String,
    /// What the other copy said, as stored (JSON); empty where the other copy had removed it.
    pub other: String,
}

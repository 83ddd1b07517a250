//! Plan, do, study, act: a small test of one idea, and the four questions that add tests up.

use super::super::document::Id;
use super::common::{Group, Note, Step, Who};
use crate::attendance::Day;

/// How far a test is. It moves by [`crate::plans::edits::tests`] only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    #[default]
    ToDo,
    Running,
    Check,
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    Adapt,
    Adopt,
    Expand,
    Abandon,
}

impl Act {
    pub const ALL: [Act; 4] = [Act::Adapt, Act::Adopt, Act::Expand, Act::Abandon];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Act::Adapt => "Adapt",
            Act::Adopt => "Adopt",
            Act::Expand => "Expand",
            Act::Abandon => "Abandon",
        }
    }

    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Act::Adapt => "change it, test again",
            Act::Adopt => "make it routine",
            Act::Expand => "longer, or more students",
            Act::Abandon => "keep what we learned",
        }
    }
}

/// How a result stands to its prediction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    #[default]
    NotCompared,
    AsPredicted,
    Better,
    LessGood,
    Mixed,
    CannotTell,
}

impl Against {
    pub const ALL: [Against; 6] = [
        Against::NotCompared,
        Against::AsPredicted,
        Against::Better,
        Against::LessGood,
        Against::Mixed,
        Against::CannotTell,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Against::NotCompared => "Not compared yet",
            Against::AsPredicted => "As predicted",
            Against::Better => "Better than predicted",
            Against::LessGood => "Less good than predicted",
            Against::Mixed => "Some of each",
            Against::CannotTell => "Cannot tell",
        }
    }
}

/// A question the test should answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub id: Id,
    pub text: String,
    /// Required before the test can start.
    pub prediction: String,
    pub result: String,
    pub against: Against,
}

/// Something to be collected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Datum {
    pub id: Id,
    pub what: String,
    pub who: Who,
    pub taking: Taking,
    pub collected: Option<Day>,
}

/// Where a datum comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taking {
    #[default]
    ByHand,
    /// Absences before, during and after, from the loaded daily records.
    FromTheData,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Test {
    pub title: String,
    pub testers: Vec<Who>,
    /// 1 for the first.
    pub cycle: u32,
    pub change_idea: String,
    pub begins: Option<Day>,
    /// The last day of the test.
    pub ends: Option<Day>,
    pub goal: String,
    pub driver: String,
    /// What the testers ask themselves afterwards.
    pub reflections: Vec<Note>,
    pub questions: Vec<Question>,
    pub steps: Vec<Step>,
    pub data: Vec<Datum>,
    /// For whom, in words and conditions. Chosen students are named in the personal part only.
    pub group: Group,
    pub strategy: Option<Id>,
    pub state: State,
    pub started: Option<Day>,
    pub finished: Option<Day>,
    /// Students invited, and students who took part to the end.
    pub invited: Option<u32>,
    pub took_part: Option<u32>,
    pub happened: String,
    pub surprises: String,
    pub obstacles: String,
    pub successes: String,
    pub measured: Option<Measured>,
    pub act: Option<Act>,
    pub modifications: Vec<Note>,
    pub decided: Option<Day>,
    pub previous: Option<Id>,
    pub next: Option<Id>,
}

/// What the daily records said when the test was studied, so that it stays when other data are
/// loaded. Absences in thousandths of a day per 20 school days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The sentence that led the page.
    pub sentence: String,
    pub stamp: String,
    pub on: Option<Day>,
    pub chosen: u32,
    pub compared: u32,
    pub windows: Vec<MeasuredWindow>,
    /// Difference with the comparison, and its interval.
    pub difference: Option<i64>,
    pub lower: Option<i64>,
    pub upper: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuredWindow {
    pub id: Id,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub chosen: Option<i64>,
    pub compared: Option<i64>,
}

/// The four questions over a period. What the plans and the data tell is filled in when shown;
/// these are the team's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    pub title: String,
    pub school: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// The tests it is about; empty for all in the period.
    pub tests: Vec<Id>,
    pub how_much: String,
    pub how_well: String,
    pub difference_for_served: String,
    pub difference_for_school: String,
    pub conclusion: String,
}

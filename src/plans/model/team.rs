//! The attendance team: its members, its five functions, its meetings and what they decided.

use super::super::document::Id;
use super::common::Who;
use crate::attendance::Day;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub name: String,
    pub school: String,
    pub district: String,
    pub members: Vec<TeamMember>,
    /// When and where the team meets, in words.
    pub meets: String,
    /// The day of the next meeting.
    pub next_meeting: Option<Day>,
    pub functions: Vec<FunctionNote>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamMember {
    pub id: Id,
    pub who: Who,
    pub role: String,
}

/// What the team wrote beside one of its five functions. `id` is the function's key in
/// [`crate::plans::content::team::FUNCTIONS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunctionNote {
    pub id: Id,
    pub lead: Who,
    pub note: String,
    pub looked_at: Option<Day>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    pub on: Option<Day>,
    pub place: String,
    pub present: Vec<Who>,
    /// In the order of the meeting.
    pub agenda: Vec<AgendaLine>,
    pub minutes: String,
    pub decisions: Vec<Decision>,
    pub held: bool,
}

/// A line of an agenda. Lines made from what is due carry the key of their source as `id`, so
/// that making the agenda again keeps what the team changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgendaLine {
    pub id: Id,
    pub what: String,
    pub minutes: u32,
    pub leads: Who,
    pub about: Option<Id>,
    /// The team took it off; it does not come back for this meeting.
    pub dropped: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    pub id: Id,
    pub what: String,
    pub owner: Who,
    pub by: Option<Day>,
    pub done: Option<Day>,
    pub about: Option<Id>,
}

//! Learning from peers: the four supports, a network, a visit to a bright spot, what is shared,
//! and recognition.

use super::super::document::Id;
use super::common::{Note, Stage, Tick, Who};
use crate::attendance::Day;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupportKind {
    #[default]
    PeerPartners,
    LearningWalk,
    ActionResearch,
    FollowUp,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeerSupport {
    pub kind: SupportKind,
    pub goal: String,
    pub focus: String,
    pub duration: String,
    pub with: Vec<Who>,
    /// The basic process, ticked as it goes.
    pub process: Vec<Tick>,
    pub measured_by: String,
    /// What was made, seen or collected.
    pub artifacts: Vec<Note>,
    pub reflection: String,
    pub begins: Option<Day>,
    pub ends: Option<Day>,
    pub owner: Who,
    pub stage: Stage,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    pub name: String,
    pub purpose: String,
    pub members: Vec<Member>,
    pub strands: Vec<Note>,
    pub meetings: Vec<NetworkMeeting>,
    pub pilots: Vec<Pilot>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    pub id: Id,
    pub who: Who,
    /// School, district or organisation.
    pub from: String,
    pub role: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkMeeting {
    pub id: Id,
    pub on: Option<Day>,
    pub strand: String,
    pub question: String,
    pub brought_by: Who,
    /// Somebody who knows the subject, where one was asked.
    pub guest: Who,
    pub notes: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pilot {
    pub id: Id,
    pub what: String,
    pub at: String,
    pub learned_from: String,
    pub checklist: Vec<Tick>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub result: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    pub school: String,
    /// Findings carried over from the comparison.
    pub why: Vec<Id>,
    pub why_in_words: String,
    pub on: Option<Day>,
    pub invite: Vec<Member>,
    /// Keys of products, or words.
    pub produce: Vec<Note>,
    pub kit: Vec<KitAnswer>,
    pub own_questions: Vec<KitAnswer>,
    pub notes: String,
    pub visitor_tests: Vec<VisitorTest>,
    pub owner: Who,
    pub stage: Stage,
}

/// A question of the visit and what was heard. `id` is the key of the kit's question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KitAnswer {
    pub id: Id,
    /// Only for an own question.
    pub question: String,
    pub answer: String,
    pub left_out: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitorTest {
    pub id: Id,
    pub who: Who,
    pub will_test: String,
    pub with_whom: String,
    pub predicts: String,
    pub look_again: Option<Day>,
    /// The test that was made from it.
    pub test: Option<Id>,
}

/// What the team will share, and with whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    pub title: String,
    pub products: Vec<Product>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    pub id: Id,
    /// Key in [`crate::plans::content::peers::PRODUCTS`], or empty.
    pub kind: String,
    pub what: String,
    pub for_whom: String,
    pub who: Who,
    pub by: Option<Day>,
    pub done: Option<Day>,
}

/// One page about what a school does, for its peers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub title: String,
    pub school: String,
    pub sentence: String,
    pub evidence: Vec<Id>,
    pub what_they_do: String,
    pub what_it_takes: String,
    pub how_they_know: String,
    pub may_not_travel: String,
    pub ask_them: String,
    pub made: Option<Day>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    /// A school, a team or a role: who is recognised.
    pub who: String,
    pub school: String,
    pub proposed_by: Who,
    pub evidence: Vec<Id>,
    /// What they did, seen by the person who proposes.
    pub practices: String,
    /// The team's own criteria, each with how it was met.
    pub criteria: Vec<Criterion>,
    pub how_to_thank: String,
    pub on: Option<Day>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    pub id: Id,
    pub what: String,
    pub met_by: String,
}

//! Partners: which reason they answer, what they give to whom, why they would, who organises it,
//! and what may be shared with each. Contact details are in the personal part.

use super::super::document::Id;
use super::common::{Note, Stage, Step, Who};
use crate::attendance::Day;

/// One row of the table that aligns a reason with interventions and partners.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    pub reason: String,
    pub interventions: Vec<Note>,
    pub partners: Vec<Note>,
    /// Its place in the table.
    pub order: u32,
}

/// The head of the partner list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerList {
    pub school: String,
    pub district: String,
    /// Name, title, email and phone are the contact's.
    pub primary: Who,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partner {
    pub name: String,
    /// Key of one of the sixteen types in [`crate::plans::content::partners::TYPES`], of a
    /// coalition, or empty.
    pub kind: String,
    pub status: PartnerStatus,
    /// Name, email and phone are the contact's.
    pub contact: Who,
    pub provides: String,
    pub serves: String,
    /// When the partnership runs: `2025-26`, `since 2023`.
    pub period: String,
    /// Who set the partnership up; name, email and phone are the contact's.
    pub established_by: Who,
    pub last_updated: Option<Day>,
    /// What the partner is there for, and how it fits ours.
    pub mission: String,
    pub alignment: String,
    pub wanted: String,
    pub sharing: Sharing,
    /// Where the agreement about sharing lies, and what it says.
    pub sharing_agreement: String,
    pub notes: String,
    pub owner: Who,
    pub due: Option<Day>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartnerStatus {
    #[default]
    Potential,
    Active,
    Ended,
}

/// What may be shared with a partner. Each level allows those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sharing {
    #[default]
    Nothing,
    Aggregate,
    /// Groups of more than 10 students.
    Groups,
    /// Named students, each with a recorded consent that is in force.
    NamedWithConsent,
}

/// The argument for one audience.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Key in [`crate::plans::content::partners::AUDIENCES`], or words.
    pub audience: String,
    pub partner: Option<Id>,
    pub their_goals: String,
    pub argument: String,
    pub numbers: Vec<CaseNumber>,
    pub ask: String,
    /// Who says it: somebody whom this audience believes.
    pub messenger: Who,
}

/// A number used in an argument, with its n.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseNumber {
    pub id: Id,
    pub text: String,
    /// Students in the group that the number is about.
    pub n: Option<u32>,
}

/// A meeting that brings partners together, and what it decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organising {
    pub title: String,
    pub on: Option<Day>,
    pub partners: Vec<Id>,
    pub leads: Who,
    pub helpers: Vec<Who>,
    pub goals: Vec<Note>,
    pub resources: Vec<Note>,
    pub timeframe: String,
    /// What, by whom, by when.
    pub commitments: Vec<Step>,
    pub stage: Stage,
}

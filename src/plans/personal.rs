//! What names a person: students in plans, conversations with families, contacts of staff and
//! partners, consent. In memory by default, in the person's own file, or sealed with a
//! passphrase; never in the workspace.

use super::document::{Content, Document, Id};
use super::model::{Difference, Note, Step};
use super::movement::Standing;
use crate::attendance::{Day, Days, Tier};

/// The content of one item of the personal part.
#[derive(Clone, Debug, PartialEq)]
pub enum PersonalBody {
    Contact(Contact),
    Conversation(Box<Conversation>),
    /// The students whom a test is about.
    Chosen(Chosen),
    Consent(Consent),
    /// A student tied to any plan.
    InPlan(InPlan),
    /// Everyone’s tier in one export.
    Snapshot(Snapshot),
    Difference(Difference),
}

/// A person of the staff or of a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub title: String,
    pub email: String,
    pub phone: String,
    pub notes: String,
}

/// A student, by the id of the loaded data, with the name as it was then.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct StudentRef {
    pub id: String,
    pub name: String,
    pub school: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The test in the workspace.
    pub test: Id,
    pub students: Vec<StudentRef>,
    /// How they were chosen.
    pub how: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InPlan {
    pub student: StudentRef,
    /// The plan in the workspace.
    pub plan: Id,
    pub note: String,
}

/// Everyone's tier in one export, kept so that the next export can say who moved, also after the
/// page was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The last day that the export covers.
    pub covers_to: Option<Day>,
    pub stamp: String,
    pub standings: Vec<Standing>,
}

/// A consent to share one student's information with one partner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    pub student: StudentRef,
    /// The partner in the workspace.
    pub partner: Id,
    /// What may be shared, and what for.
    pub scope: String,
    pub given_by: String,
    pub given_on: Option<Day>,
    /// The last day on which it holds.
    pub expires: Option<Day>,
    pub withdrawn: Option<Day>,
    /// Where the signed form lies.
    pub form_kept: String,
}

/// A caring conversation with one student's family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    pub student: StudentRef,
    /// The round in the workspace that this one belongs to.
    pub outreach: Option<Id>,
    pub planned: Option<Day>,
    pub with: String,
    pub by: String,
    pub language: Language,
    /// The attendance tier when it was planned; the prompts follow it.
    pub tier: Option<Tier>,
    pub enrolled: Option<Days>,
    pub absent: Option<Days>,
    pub strengths: String,
    pub hopes: String,
    /// By the key of the step.
    pub steps: Vec<StepNote>,
    pub told_us: String,
    /// Reasons of the workspace that the family named.
    pub reasons: Vec<Id>,
    pub help_bank: HelpBank,
    pub plan: SuccessPlan,
    /// What the person who talked wants to remember next time.
    pub reflection: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    English,
    Spanish,
}

/// Notes on one of the five steps. `id` is the step's key in
/// [`super::content::conversation::STEPS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepNote {
    pub id: Id,
    pub notes: String,
    pub done: Option<Day>,
}

/// Who can help to get a child to school and back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpBank {
    pub household: Vec<Note>,
    pub everyday: Vec<Note>,
    pub occasional: Vec<Note>,
    pub potential: Vec<Note>,
    /// Two, each with a number; see [`Conversation::started`].
    pub backups: Vec<Backup>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    pub id: Id,
    pub name: String,
    pub number: String,
}

/// What family and school agreed. A plan, not a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuccessPlan {
    pub goal: String,
    pub made: Option<Day>,
    pub family_steps: Vec<Step>,
    pub student_steps: Vec<Step>,
    pub school_steps: Vec<Step>,
    pub referrals: Vec<Note>,
    /// Learning that was missed and how it is made up.
    pub learning: Vec<Note>,
    pub check_in: Option<Day>,
    /// By phone at half past five, at the school door.
    pub check_in_how: String,
    pub checked: Option<Day>,
    pub check_in_notes: String,
    pub copy_given: Option<Day>,
    /// Whom the family asks.
    pub questions_to: String,
}

impl Conversation {
    /// An empty conversation with what its form always shows: two places for backups.
    #[must_use]
    pub fn started(student: StudentRef, backup_ids: [Id; 2]) -> Conversation {
        let backups = backup_ids.into_iter().map(|id| Backup { id, ..Backup::default() }).collect();
        Conversation { student, help_bank: HelpBank { backups, ..HelpBank::default() }, ..Conversation::default() }
    }
}

impl PersonalBody {
    /// The ids of the students this is about.
    #[must_use]
    pub fn students(&self) -> Vec<&StudentRef> {
        match self {
            PersonalBody::Contact(_) | PersonalBody::Snapshot(_) | PersonalBody::Difference(_) => Vec::new(),
            PersonalBody::Conversation(x) => vec![&x.student],
            PersonalBody::Chosen(x) => x.students.iter().collect(),
            PersonalBody::Consent(x) => vec![&x.student],
            PersonalBody::InPlan(x) => vec![&x.student],
        }
    }
}

impl Content for PersonalBody {
    fn references(&self) -> Vec<Id> {
        match self {
            PersonalBody::Contact(_) | PersonalBody::Snapshot(_) => Vec::new(),
            PersonalBody::Conversation(x) => x.outreach.iter().chain(&x.reasons).cloned().collect(),
            PersonalBody::Chosen(x) => vec![x.test.clone()],
            PersonalBody::Consent(x) => vec![x.partner.clone()],
            PersonalBody::InPlan(x) => vec![x.plan.clone()],
            PersonalBody::Difference(x) => vec![x.item.clone()],
        }
    }
}

impl Document<PersonalBody> {
    /// From a student to everything of the personal part about them.
    #[must_use]
    pub fn about_student(&self, id: &str) -> Vec<Id> {
        self.live().filter(|(_, body)| body.students().iter().any(|s| s.id == id)).map(|(id, _)| id.clone()).collect()
    }

    /// From a student to the items of the workspace that they are in.
    #[must_use]
    pub fn plans_of_student(&self, id: &str) -> Vec<Id> {
        let mut plans: Vec<Id> = self
            .live()
            .filter(|(_, body)| body.students().iter().any(|s| s.id == id))
            .flat_map(|(_, body)| body.references())
            .collect();
        plans.sort();
        plans.dedup();
        plans
    }

    /// From an item of the workspace to the students in it, each once, by id.
    #[must_use]
    pub fn students_in(&self, plan: &Id) -> Vec<StudentRef> {
        let mut students: Vec<StudentRef> = self
            .live()
            .filter(|(_, body)| body.references().contains(plan))
            .flat_map(|(_, body)| body.students().into_iter().cloned().collect::<Vec<_>>())
            .collect();
        students.sort();
        students.dedup_by(|a, b| a.id == b.id);
        students
    }

    /// The newest snapshot that covers less than an export ending on `day`: what it is compared with.
    #[must_use]
    pub fn snapshot_before(&self, day: Day) -> Option<&Snapshot> {
        let snapshots = self.live().filter_map(|(_, body)| match body {
            PersonalBody::Snapshot(snapshot) if snapshot.covers_to.is_some_and(|to| to < day) => Some(snapshot),
            _ => None,
        });
        snapshots.max_by_key(|snapshot| snapshot.covers_to)
    }

    #[must_use]
    pub fn contact(&self, id: &Id) -> Option<&Contact> {
        match self.get(id)? {
            PersonalBody::Contact(contact) => Some(contact),
            _ => None,
        }
    }
}

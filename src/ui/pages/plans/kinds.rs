//! From the content of an item to its own type and back, for the forms.

use crate::plans::model::*;
use crate::plans::personal::{Consent, Contact, Conversation};
use crate::plans::{Body, Id, PersonalBody};

/// A type that is the content of one kind of item.
pub trait Kind: Clone + PartialEq + Send + Sync + 'static {
    type Whole;
    fn of(whole: &Self::Whole) -> Option<&Self>;
    fn of_mut(whole: &mut Self::Whole) -> Option<&mut Self>;
}

macro_rules! kinds {
    ($whole:ident: $($name:ident),* $(,)?) => {$(
        impl Kind for $name {
            type Whole = $whole;
            fn of(whole: &$whole) -> Option<&Self> {
                match whole { $whole::$name(x) => Some(x), _ => None }
            }
            fn of_mut(whole: &mut $whole) -> Option<&mut Self> {
                match whole { $whole::$name(x) => Some(x), _ => None }
            }
        }
    )*};
}

kinds!(Body: Team, Meeting, Assessment, Priority, Reason, Strategy, Alignment, PartnerList, Partner, Case, Organising,
    Outreach, Test, Measure, PeerSupport, Network, Visit, Shared, Profile, Recognition, Annotation);
kinds!(PersonalBody: Contact, Conversation, Consent);

/// A row of a list inside an item.
pub trait Listed: Clone + PartialEq + Default + Send + Sync + 'static {
    fn id(&self) -> &Id;
    fn set_id(&mut self, id: Id);
}

macro_rules! listed {
    ($($name:ty),* $(,)?) => {$(
        impl Listed for $name {
            fn id(&self) -> &Id { &self.id }
            fn set_id(&mut self, id: Id) { self.id = id; }
        }
    )*};
}

listed!(
    Step,
    Tick,
    Note,
    OwnElement,
    Addresser,
    CaseNumber,
    Member,
    NetworkMeeting,
    Pilot,
    KitAnswer,
    VisitorTest,
    Product,
    Criterion,
    TeamMember,
    FunctionNote,
    AgendaLine,
    Decision,
    Question,
    Datum,
    crate::plans::personal::Backup,
    crate::plans::personal::StepNote,
);

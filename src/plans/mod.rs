//! The workspace of the team: pure model, stored versions, evidence. Knows no browser, no clock
//! and no randomness: times, ids and key material come in as arguments.
//!
//! - [`document`]: a set of items with links both ways, changes, undo, version vectors.
//! - [`model`]: what the items say: every worksheet of the field, field by field.
//! - [`personal`]: what names a person (students, contacts, consent), kept apart; [`seal`] locks it.
//! - [`content`]: prompts, strategies, elements and questions in our own words.
//! - [`edits`]: the rules of the work: starting a test, deciding, the next cycle, what is missing.
//! - [`evidence`]: before, during and after from daily records, with a comparison group.
//! - [`movement`]: who moved tier between two exports.
//! - [`agenda`], [`board`], [`calendar`], [`measuring`], [`family_page`], [`family_days`]: what the views show.
//! - [`storage`]: the stored versions, merging, backups, and what may be overwritten.

pub mod agenda;
pub mod board;
pub mod calendar;
pub mod content;
pub mod document;
pub mod edits;
pub mod evidence;
pub mod family_days;
pub mod family_page;
pub mod history;
pub mod measuring;
pub mod model;
pub mod movement;
pub mod personal;
pub mod seal;
pub mod sharing;
pub mod storage;

pub use document::{Change, Document, Edit, Id, Item, Link, Moment, Stamp, Versions};
pub use history::{History, Undone};
pub use model::Body;
pub use personal::PersonalBody;

/// The team's plans: nothing in here names a student.
pub type Workspace = Document<Body>;
/// Students in plans, contacts and consent: in memory, in a person's own file, or sealed.
pub type Personal = Document<PersonalBody>;

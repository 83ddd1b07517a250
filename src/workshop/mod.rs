//! Guided sessions as data: what is asked, how long it may take, what people answered, and what a
//! room made of it. Pure: no browser, no clock, no randomness; times and ids are passed in.
//!
//! - [`session`]: a session and its steps; [`file`] reads and writes them; [`edit`] changes them;
//!   [`envelope`] says what is wrong with a file.
//! - [`catalogue`]: the three sessions that come with the app and the map of the whole series.
//! - [`exhibit`]: published counts of a few schools, for a room without data.
//! - [`figures`] and [`exhibits`]: the numbers and the charts beside a step, also as others may see them.
//! - [`chart_words`]: the words of those charts in Spanish.
//! - [`peter`]: the calendar of the role-play.
//! - [`trio`]: which three schools to predict; [`words`]: the program's own words in both languages.
//! - [`run`]: where one device is in a session; [`answers`] is what it hands in, [`payload`] the
//!   same small enough for a QR code.
//! - [`gather`] takes many such files; [`tally`] counts them.
//! - [`takeaway`]: pages to print; [`choices`]: what becomes plans; [`reset`]: what a reset removes.

pub mod answers;
pub mod catalogue;
pub mod chart_words;
pub mod choices;
pub mod edit;
pub mod envelope;
pub mod exhibit;
pub mod exhibits;
pub mod figures;
pub mod file;
pub mod gather;
pub mod payload;
pub mod peter;
pub mod reset;
pub mod run;
pub mod session;
pub mod takeaway;
pub mod tally;
pub mod text;
pub mod trio;
pub mod words;

pub use answers::{Answers, Value};
pub use envelope::FileProblem;
pub use gather::Gathering;
pub use run::Run;
pub use session::{Field, Input, Session, Step, StepKind, Tool};
pub use text::{Language, Text};

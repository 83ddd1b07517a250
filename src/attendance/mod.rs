//! The field's own terms: days, tiers, grades, definitions, and the dataset one import yields.
//! Uses nothing but std, serde derives and the `time` crate.

pub mod dataset;
pub mod day;
pub mod days;
pub mod definition;
pub mod grade;
pub mod group;
pub mod not_taken;
pub mod order;
mod packed;
pub mod records;
pub mod students;
pub mod tier;

pub use dataset::{Attribute, Dataset, DayBits, FileAccount, Kind, Mark, Published, School, Stay, attribute};
pub use day::Day;
pub use days::{Days, Decimal};
pub use definition::{DayRule, Definition, GradeRange, Preset};
pub use grade::{Grade, GradeBand};
pub use group::{Group, Summary, summarise};
pub use not_taken::NotTaken;
pub use records::{Record, Standing};
pub use students::{Student, Students};
pub use tier::Tier;

//! Hiding as little as possible of linked tables so that nothing hidden can be recalculated.
//!
//! [`tables`] adds up what an export would tell; [`layer`] lays each table out as a [`network`];
//! [`protect`] hides what each needs; [`linked`]
//! goes through all of them and proves them together; [`tiers`] adds the tiers of schools.

mod joint;
pub mod layer;
pub mod linked;
pub mod network;
pub mod protect;
pub mod tables;
pub mod tiers;

pub use linked::{CellId, Certificate, Detail, Job, Measure, Suppressed, Told};
pub use tables::{Condition, Cut, Grid, Places, Record, Tables};
pub use tiers::tell_tiers;

//! Hiding as little as possible of linked tables so that nothing hidden can be recalculated.
//!
//! [`tables`] adds up what an export would tell; [`layer`] lays each table out as a [`network`];
//! [`linked`] protects all of them together and proves it; [`tiers`] adds the tiers of schools.

pub mod layer;
pub mod linked;
pub mod network;
pub mod tables;
pub mod tiers;

pub use linked::{CellId, Certificate, Detail, Job, Measure, Suppressed, Told};
pub use tables::{Condition, Cut, Grid, Places, Record, Tables};
pub use tiers::tell_tiers;

//! Hiding as little as possible of linked tables so that nothing hidden can be recalculated.
//!
//! [`tables`] adds up what an export would tell; [`layer`] lays each table out as a [`network`];
//! [`linked`] protects all of them together and proves it.

pub mod layer;
pub mod linked;
pub mod network;
pub mod tables;

pub use linked::{CellId, Certificate, Detail, Job, Measure, Suppressed, Told};
pub use tables::{Condition, Cut, Grid, Places, Record, Tables};

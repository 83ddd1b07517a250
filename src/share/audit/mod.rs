//! An attacker in the box: tries to find every hidden number before others can.

pub mod attacker;
pub mod published;
pub mod simplex;
pub mod system;

pub use attacker::{Attack, Report, audit};

//! An attacker in the box: tries to find every hidden number before others can.

pub mod attacker;
pub mod auditing;
pub mod published;
pub mod report;
pub mod simplex;
pub mod system;
mod tiers;

pub use attacker::Attack;
pub use auditing::{Auditing, audit};
pub use report::Report;

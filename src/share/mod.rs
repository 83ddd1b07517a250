//! What may leave the device. Pure.

pub mod cells;
pub mod results;

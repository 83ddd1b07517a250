//! What may leave the device. Pure.
//!
//! Every shown number passes [`gate`]; linked tables pass [`suppress`] too, and whatever leaves as a
//! file is tried by the attacker in [`audit`] first.

pub mod audit;
pub mod cells;
pub mod exchange;
pub mod export;
pub mod gate;
pub mod memory;
pub mod prepare;
pub mod release;
pub mod results;
pub mod suppress;

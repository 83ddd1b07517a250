//! Hiding as little as possible of linked tables so that nothing hidden can be recalculated.

pub mod network;

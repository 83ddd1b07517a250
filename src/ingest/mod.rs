//! Bytes of any export in; a dataset and its problems out. Pure.

pub mod records;
pub mod sniff;

//! Bytes of any export in; a dataset and its problems out. Pure.

pub mod scan;

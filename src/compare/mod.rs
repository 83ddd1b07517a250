//! Fair comparison. Pure statistics: knows no browser, no files.

pub mod comparison;
pub mod flags;
pub mod shrinkage;
pub mod special;
pub mod spread;
pub mod standardise;
pub mod strata;
pub mod tail;
pub mod verdict;
pub mod wilson;

pub use wilson::wilson95;

//! Fair comparison. Pure statistics: knows no browser, no files.

pub mod comparison;
pub mod days_left;
pub mod flags;
pub mod from_dataset;
pub mod held;
pub mod linear;
pub mod logit;
pub mod patterns;
pub mod peers;
pub mod regression;
pub mod runchart;
pub mod shrinkage;
pub mod special;
pub mod spread;
pub mod standardise;
pub mod strata;
pub mod tail;
pub mod two_groups;
pub mod verdict;
pub mod wilson;
pub mod words;

pub use wilson::wilson95;

//! Fair comparison. Pure statistics: knows no browser, no files.

pub mod wilson;

pub use wilson::wilson95;

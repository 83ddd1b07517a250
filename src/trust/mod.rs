//! What makes a number believable: checks before charts, definitions side by side, why another
//! report differs, and readings that a colleague can load.

pub mod checks;
mod identifiers;
pub mod lab;
pub mod published;
pub mod reading_file;
pub mod reconcile;

pub use checks::checks;

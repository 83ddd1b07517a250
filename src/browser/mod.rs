//! The only code that touches web-sys.

pub mod focus;
pub mod picked;

pub use picked::PickedFiles;

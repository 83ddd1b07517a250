//! Views that read signals and call actions. `format` and `prose` are pure, so they are tested natively.

pub mod format;
pub mod prose;

#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
pub mod components;
#[cfg(feature = "page")]
pub mod figure;
#[cfg(feature = "page")]
pub mod pages;
#[cfg(feature = "page")]
pub mod shell;

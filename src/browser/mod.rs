//! The only code that touches web-sys, js-sys and gloo. Reports; never decides and never panics.

#[cfg(all(feature = "page", not(feature = "full")))]
pub mod checker;
#[cfg(feature = "page")]
pub mod clipboard;
pub mod clock;
#[cfg(feature = "page")]
pub mod device;
#[cfg(feature = "page")]
pub mod document;
#[cfg(feature = "page")]
pub mod download;
#[cfg(feature = "page")]
pub mod focus;
#[cfg(feature = "page")]
pub mod handover;
#[cfg(feature = "page")]
pub mod local_store;
#[cfg(feature = "page")]
pub mod location;
#[cfg(feature = "page")]
pub mod lock;
#[cfg(feature = "page")]
pub mod opener_client;
#[cfg(feature = "opener-worker")]
pub mod opener_worker;
#[cfg(feature = "page")]
pub mod picked;
#[cfg(feature = "page")]
pub mod picture;
#[cfg(feature = "page")]
pub mod random;
#[cfg(feature = "page")]
pub mod reader;
#[cfg(feature = "page")]
pub mod text_file;
#[cfg(feature = "full")]
pub mod turns;
#[cfg(feature = "page")]
pub mod worker_client;
#[cfg(feature = "page")]
pub mod worker_side;

#[cfg(feature = "page")]
pub use picked::PickedFiles;

//! The only code that touches web-sys, js-sys and gloo. Reports; never decides and never panics.

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
pub mod local_store;
#[cfg(feature = "page")]
pub mod location;
#[cfg(feature = "page")]
pub mod picked;
#[cfg(feature = "opener-worker")]
pub mod opener_worker;
#[cfg(any(feature = "page", feature = "worker"))]
pub mod reader;
#[cfg(feature = "page")]
pub mod worker_client;
#[cfg(feature = "worker")]
pub mod worker_side;

#[cfg(feature = "page")]
pub use picked::PickedFiles;

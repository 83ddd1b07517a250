//! The only code that touches web-sys.

#[cfg(feature = "opener")]
pub mod opener_worker;

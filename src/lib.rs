//! Bright Spots: attendance tiers, fair school comparison and planning, in the browser.
//!
//! Where things live, in reading order. Each module may use only those above it.
//!
//! - [`attendance`]: days, tiers, definitions, the dataset that one import yields, and its groups.
//! - [`ingest`]: bytes of any export in, a dataset and its problems out.
//! - [`example`]: the invented district, as the text of a file.
//! - [`compare`]: expected rates, uncertainty, verdicts, patterns. Pure statistics.
//! - [`trust`]: checks before charts, definitions side by side, why another report differs.
//! - [`share`]: what may leave the device: suppression, audit, harmless cells, results files.
//! - [`charts`]: numbers in, one SVG with its sentence and its table out.
//! - [`plans`]: the team's workspace: reasons, strategies, partners, tests of change.
//! - [`workshop`]: guided sessions as data.
//! - [`settings`]: what is kept on the device between visits.
//! - `opener`: spreadsheets, archives and old encodings into UTF-8 text (feature `opener`). Pure.
//! - [`protocol`]: the messages between page and worker.
//! - `browser`: the only code that touches web-sys.
//! - `state`: signals and actions.
//! - `ui`: views that read signals and call actions.

pub mod attendance;
pub mod charts;
pub mod compare;
pub mod example;
pub mod ingest;
#[cfg(feature = "opener")]
pub mod opener;
pub mod plans;
pub mod protocol;
pub mod settings;
pub mod share;
pub mod trust;
pub mod workshop;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "page")]
pub mod state;
pub mod ui;

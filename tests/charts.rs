//! Goldens of every chart: its picture at the wide and the narrow width, and its words and table.
//!
//! `UPDATE=1 cargo test --no-default-features --test charts` rewrites them. On a difference the new
//! drawing is left beside the old one as `*.actual.*`, to be looked at. All data are invented.

#[path = "charts/compare.rs"]
mod compare;
#[path = "charts/definitions.rs"]
mod definitions;
#[path = "charts/golden.rs"]
mod golden;
#[path = "charts/patterns.rs"]
mod patterns;
#[path = "charts/rates.rs"]
mod rates;
#[path = "charts/rules.rs"]
mod rules;
#[path = "charts/team.rs"]
mod team;
#[path = "charts/time.rs"]
mod time;

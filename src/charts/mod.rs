//! Charts: plain numbers in, one picture with its title, sentence and table out.
//!
//! Every chart is a pure function from a small input struct to a [`Chart`]. Pictures are SVG drawn
//! with plotters through [`canvas`], at a fixed pixel width, in the light theme's colours as plain
//! attributes; `style/charts.css` maps them to the dark theme and to print. Nothing here knows a
//! browser, a dataset or a clock.

mod backend;
pub mod calendar;
pub mod canvas;
pub mod chart;
pub mod coefficients;
pub mod condition_cell;
pub mod condition_words;
pub mod conditions;
pub mod cross;
pub mod definitions;
pub mod funnel;
pub mod grade_dots;
pub mod how_to_read;
pub mod impact_grid;
pub mod kinds;
pub mod marks;
pub mod metrics;
pub mod movement;
pub mod overlap;
pub mod periods;
pub mod place;
pub mod rate_rows;
pub mod role;
pub mod run_chart;
pub mod scale;
pub mod simulation;
pub mod ten_line;
pub mod tier_bars;
pub mod tier_path;
pub mod words;
pub mod workshop;

pub use chart::{Chart, Column, Piece, Precision, Rate, Table, Width};
pub use marks::Verdict;

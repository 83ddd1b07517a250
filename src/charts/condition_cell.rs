//! The cells of the conditions grid: one condition, or all students, at one school.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Piece, Precision, Rate, Width};
use super::marks::{self, Stroke};
use super::rate_rows::{RateAxis, RateRow};
use super::role::Role;
use super::scale::{Scale, rate_ticks};
use super::words;

/// One condition at one school.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConditionCell {
    Compared {
        with: Rate,
        without: Rate,
        /// The share of all chronically absent students who have it.
        of_chronic: Option<f64>,
    },
    /// Fewer students with it, or without it, than may be compared; the number where it may be
    /// shown.
    TooFew(Option<u32>),
    Hidden,
    /// The school's file does not tell.
    NotGiven,
}

/// Room right of a cell's axis for the gap in points.
const GAP_COLUMN: f64 = 44.0;
/// A cell's height where it holds a drawing.
pub(super) const CELL: f64 = 56.0;

fn cell_scale(axis: RateAxis, left: f64, width: f64) -> Scale {
    Scale::new((0.0, axis.end), (left + 6.0, left + width - GAP_COLUMN - 6.0))
}

fn cell_ticks(axis: RateAxis, width: f64) -> Vec<f64> {
    rate_ticks(axis.end, ((width - GAP_COLUMN) / 42.0).max(2.0) as usize)
}

/// The head over a school's column, 18 pixels tall: the axis numbers and the word `gap`.
#[must_use]
pub fn condition_head(axis: RateAxis, width: Width) -> Piece {
    let svg = draw(width.px(), 18.0, |c| head(c, axis, 0.0, width.px(), 13.0));
    Piece { svg, text: format!("Chronically absent, 0 to {}", words::percent(axis.end, Precision::Whole)) }
}

pub(super) fn head(c: &mut Canvas, axis: RateAxis, left: f64, width: f64, baseline: f64) {
    let scale = cell_scale(axis, left, width);
    for tick in cell_ticks(axis, width) {
        if tick == 0.0 {
            c.text(left + 2.5, baseline, "0 %", Type::axis());
        } else {
            c.text(scale.at(tick), baseline, &words::points(tick, Precision::Whole), Type::axis().middle());
        }
    }
    c.text(left + width, baseline, "gap", Type::axis().end());
}

/// One condition at one school, 56 pixels tall.
#[must_use]
pub fn condition_cell(cell: &ConditionCell, axis: RateAxis, width: Width) -> Piece {
    let svg = draw(width.px(), CELL, |c| draw_cell(c, cell, axis, (0.0, 0.0), width.px()));
    Piece { svg, text: cell_text(cell) }
}

/// All students of one school, with its verdict's mark and expected tick, 56 pixels tall.
#[must_use]
pub fn all_students_cell(row: &RateRow, axis: RateAxis, width: Width, precision: Precision) -> Piece {
    let svg = draw(width.px(), CELL, |c| draw_all(c, row, axis, (0.0, 0.0), width.px(), precision));
    Piece { svg, text: all_text(row, precision) }
}

fn all_text(row: &RateRow, precision: Precision) -> String {
    let rate = row.rate.rate.map_or_else(
        || words::HIDDEN_NOTE.to_owned(),
        |r| format!("{}, {}", row.rate.of_text(), words::percent(r, precision)),
    );
    match row.expected {
        Some(expected) => format!("{rate}; expected {}", words::percent(expected, precision)),
        None => rate,
    }
}

pub(super) fn draw_all(
    c: &mut Canvas,
    row: &RateRow,
    axis: RateAxis,
    (x, y): (f64, f64),
    width: f64,
    precision: Precision,
) {
    let scale = cell_scale(axis, x, width);
    grid(c, &scale, axis, y, width);
    let middle = y + 19.0;
    if let Some(rate) = row.rate.rate {
        if let Some((low, high)) = row.rate.interval {
            let judged = row.verdict.is_none_or(super::Verdict::is_judged);
            let stroke = if judged { Stroke::Solid } else { Stroke::Dashed };
            marks::interval(c, (scale.at(low), scale.at(high)), middle, scale.pixels, stroke, 2.0, Role::Ink);
        }
        if let Some(expected) = row.expected {
            marks::expected(c, scale.within(expected), middle, 26.0);
        }
        match row.verdict {
            Some(verdict) => marks::verdict(c, scale.within(rate), middle, 7.0, verdict),
            None => marks::dot(c, scale.within(rate), middle, 7.0),
        }
    }
    // Where columns are narrow, the tick alone tells what is expected; the table has the number.
    let style = Type::axis().role(Role::Ink);
    let mut text = all_text(row, precision);
    if style.width(&text) > width - 8.0 {
        text = all_text(&RateRow { expected: None, ..row.clone() }, precision);
    }
    c.text(x + 6.0, y + 50.0, &style.cut(&text, width - 8.0), style);
}

fn grid(c: &mut Canvas, scale: &Scale, axis: RateAxis, y: f64, width: f64) {
    for tick in cell_ticks(axis, width) {
        c.post(scale.at(tick), y + 3.0, 32.0, 1.0, Role::Line);
    }
}

/// The words of a cell: what stands under the drawing, or instead of it.
#[must_use]
pub fn cell_text(cell: &ConditionCell) -> String {
    match cell {
        ConditionCell::Compared { with, without, of_chronic } => {
            let gap = gap(with, without).map_or_else(String::new, |g| format!("; gap {} points", signed(g)));
            format!(
                "with it {}; without it {}{gap}{}",
                with.full_text(Precision::Whole),
                without.full_text(Precision::Whole),
                of_chronic.map_or_else(String::new, |s| format!(
                    "; {} of chronically absent students have it",
                    words::percent(s, Precision::Whole)
                ))
            )
        }
        ConditionCell::TooFew(Some(n)) => format!("{}: too few to compare", words::some(*n, "student", "students")),
        ConditionCell::TooFew(None) => "too few students to compare".to_owned(),
        ConditionCell::Hidden => words::HIDDEN_NOTE.to_owned(),
        ConditionCell::NotGiven => "not in this school’s file".to_owned(),
    }
}

pub(super) fn gap(with: &Rate, without: &Rate) -> Option<f64> {
    Some(with.rate? - without.rate?)
}

pub(super) fn signed(gap: f64) -> String {
    words::signed_points(gap, Precision::Whole)
}

pub(super) fn draw_cell(c: &mut Canvas, cell: &ConditionCell, axis: RateAxis, (x, y): (f64, f64), width: f64) {
    let ConditionCell::Compared { with, without, of_chronic } = cell else {
        let text = Type::axis().cut(&cell_text(cell), width - 8.0);
        c.text(x + 6.0, y + 23.0, &text, Type::axis());
        return;
    };
    let scale = cell_scale(axis, x, width);
    grid(c, &scale, axis, y, width);
    let middle = y + 19.0;
    if let Some((low, high)) = with.interval {
        let ends = (scale.at(low), scale.at(high));
        marks::interval(c, ends, middle, scale.pixels, Stroke::Solid, 1.5, Role::LineStrong);
    }
    if let Some(rate) = without.rate {
        c.disc(scale.within(rate), middle, 7.5, Role::Paper);
        marks::hollow(c, scale.within(rate), middle, 5.5);
    }
    if let Some(rate) = with.rate {
        c.disc(scale.within(rate), middle, 7.5, Role::Paper);
        marks::dot(c, scale.within(rate), middle, 5.5);
    }
    let gap = gap(with, without).map_or_else(|| "?".to_owned(), signed);
    c.text(x + width, middle + 4.5, &gap, Type::label().bold().end());
    let share =
        of_chronic.map_or_else(String::new, |s| format!(", {} of chronic", words::percent(s, Precision::Whole)));
    let below = Type::axis().cut(&format!("{}{share}", with.of_text()), width - 8.0);
    c.text(x + 6.0, y + 50.0, &below, Type::axis().role(Role::Ink));
}

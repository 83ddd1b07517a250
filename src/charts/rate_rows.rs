//! The comparison's rows: dot, interval and expected tick on one common axis, as small pieces for
//! the page's own table and as one whole chart for download and print.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Piece, Precision, Rate, Table, Width};
use super::marks::{self, Stroke, Verdict};
use super::role::Role;
use super::scale::{Scale, rate_end, rate_ticks};
use super::{grade_dots, words};
use crate::attendance::Tier;

/// One row: a school, a group, or one school's year.
#[derive(Clone, Debug, PartialEq)]
pub struct RateRow {
    pub name: String,
    /// Under the name: `K–5`. May be empty.
    pub note: String,
    pub rate: Rate,
    /// The expected share for its students.
    pub expected: Option<f64>,
    /// `None` before any comparison: a plain dot.
    pub verdict: Option<Verdict>,
}

/// The axis that all rows share: from 0 to `end`, a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateAxis {
    pub end: f64,
}

/// Holds every rate and expected value, and the intervals of all rows that are judged; the interval
/// of a tiny school may leave it with an arrow rather than squeeze all others.
#[must_use]
pub fn shared_axis(rows: &[RateRow]) -> RateAxis {
    let values = rows.iter().flat_map(|row| {
        let judged = row.verdict.is_none_or(Verdict::is_judged) && row.rate.counted.is_none_or(|n| n >= 50);
        [row.rate.rate, row.expected, row.rate.interval.filter(|_| judged).map(|i| i.1)]
    });
    RateAxis { end: rate_end(values.flatten()) }
}

/// Room beside the axis for half a mark and the first label.
const SIDE: f64 = 12.0;

impl RateAxis {
    fn scale(self, left: f64, right: f64) -> Scale {
        Scale::new((0.0, self.end), (left + SIDE, right - SIDE))
    }

    fn ticks(self, width: f64) -> Vec<f64> {
        rate_ticks(self.end, ((width / 44.0) as usize).clamp(2, 6))
    }
}

/// The head of the axis column, 18 pixels tall: `0 %`, `10`, `20`…
#[must_use]
pub fn axis_head(axis: RateAxis, width: Width) -> Piece {
    let scale = axis.scale(0.0, width.px());
    let ticks = axis.ticks(width.px());
    let svg = draw(width.px(), 18.0, |c| draw_ticks(c, &scale, &ticks, 13.0));
    Piece { svg, text: format!("Chronically absent, 0 to {}", words::percent(axis.end, Precision::Whole)) }
}

fn draw_ticks(c: &mut Canvas, scale: &Scale, ticks: &[f64], baseline: f64) {
    for (i, tick) in ticks.iter().enumerate() {
        if i == 0 {
            // The number stands on the line, its sign beside it.
            let half = Type::axis().width("0") / 2.0;
            c.text(scale.at(*tick) - half, baseline, "0 %", Type::axis());
        } else {
            c.text(scale.at(*tick), baseline, &words::points(*tick, Precision::Whole), Type::axis().middle());
        }
    }
}

/// One row's drawing at `width` by `height` pixels (64 in the wide table, 44 in the narrow one).
#[must_use]
pub fn row_piece(row: &RateRow, axis: RateAxis, width: Width, height: u32, precision: Precision) -> Piece {
    let (wide, tall) = (width.px(), f64::from(height));
    let scale = axis.scale(0.0, wide);
    let svg = draw(wide, tall, |c| {
        for tick in axis.ticks(wide) {
            c.post(scale.at(tick), 0.0, tall, 1.0, Role::Line);
        }
        row_marks(c, row, &scale, tall / 2.0, 28.0);
    });
    Piece { svg, text: row_text(row, precision) }
}

fn row_marks(c: &mut Canvas, row: &RateRow, scale: &Scale, y: f64, tick: f64) {
    let Some(rate) = row.rate.rate else {
        let note = if row.rate.counted == Some(0) { "no students counted" } else { words::HIDDEN_NOTE };
        c.halo_text(scale.pixels.0 + 4.0, y + 4.0, note, Type::axis());
        return;
    };
    let stroke = if row.verdict.is_none_or(Verdict::is_judged) { Stroke::Solid } else { Stroke::Dashed };
    if let Some((low, high)) = row.rate.interval {
        let ends = (scale.at(low), scale.at(high));
        marks::interval(c, ends, y, scale.pixels, stroke, 2.0, Role::Ink);
    }
    if let Some(expected) = row.expected {
        marks::expected(c, scale.within(expected), y, tick);
    }
    match row.verdict {
        Some(verdict) => marks::verdict(c, scale.within(rate), y, 8.0, verdict),
        None => marks::dot(c, scale.within(rate), y, 7.0),
    }
}

fn row_text(row: &RateRow, precision: Precision) -> String {
    let mut text = format!("{}: {}", row.name, row.rate.full_text(precision));
    if let Some(ends) = row.rate.interval {
        text += &format!(", 95 % interval {}", words::interval(ends, precision));
    }
    if let Some(expected) = row.expected {
        text += &format!(", expected {}", words::percent(expected, precision));
    }
    if let Some(verdict) = row.verdict {
        text += &format!(". {}", verdict.label());
    }
    text
}

/// The tiers of one group as a bar of `width` by 14 pixels, for a table row.
#[must_use]
pub fn tier_mix(tiers: Option<[u32; 5]>, width: Width) -> Piece {
    let total: u32 = tiers.iter().flatten().sum();
    let Some(tiers) = tiers.filter(|_| total > 0) else {
        let word = if tiers.is_none() { words::HIDDEN } else { "none counted" };
        let svg = draw(width.px(), 14.0, |c| c.text(0.0, 11.0, word, Type::axis()));
        return Piece { svg, text: format!("Tiers {word}") };
    };
    let svg = draw(width.px(), 14.0, |c| {
        let mut x = 0.0;
        for (tier, n) in Tier::ALL.into_iter().zip(tiers) {
            let wide = f64::from(n) / f64::from(total) * (width.px() + 1.5);
            if n > 0 {
                c.framed([x, 0.0, (wide - 1.5).max(1.0), 14.0], Role::Tier(tier), Role::edge(tier), 1.0);
            }
            x += wide;
        }
    });
    let parts: Vec<String> =
        Tier::ALL.into_iter().zip(tiers).map(|(t, n)| format!("{} {}", t.label(), words::count(n))).collect();
    Piece { svg, text: format!("{}; {} students", parts.join(", "), words::count(total)) }
}

/// All rows as one chart.
#[derive(Clone, Debug, PartialEq)]
pub struct RateRows {
    pub title: String,
    /// Whose data, dates and definition, ending in a full stop.
    pub stamp: String,
    /// What one row is: `School`, `Year`.
    pub row_label: String,
    pub rows: Vec<RateRow>,
    pub width: Width,
    pub precision: Precision,
}

#[must_use]
pub fn rate_rows(input: &RateRows) -> Chart {
    let named: Vec<(String, Rate)> = input.rows.iter().map(|r| (r.name.clone(), r.rate)).collect();
    let mut summary = words::spread(&named, input.precision);
    for row in input.rows.iter().filter(|r| r.verdict == Some(Verdict::LikelyBright)) {
        if let Some(expected) = row.expected {
            summary += &format!(
                " {} is a likely bright spot: {} would be expected for its students.",
                row.name,
                words::percent(expected, input.precision)
            );
        }
    }
    let mut table = grade_dots::rate_table(&input.title, &input.row_label, &named, input.precision);
    table.columns.extend([Column::number("Expected"), Column::text("Verdict")]);
    for (cells, row) in table.rows.iter_mut().zip(&input.rows) {
        cells.push(row.expected.map_or_else(|| "not compared".to_owned(), |e| words::percent(e, input.precision)));
        cells.push(row.verdict.map_or("not compared", Verdict::label).to_owned());
    }
    let foot = words::foot(&input.stamp, &words::n_of(input.rows.iter().map(|r| r.rate.counted)));
    Chart { title: input.title.clone(), summary, svg: picture(input), table: Table { ..table }, foot }
}

fn picture(input: &RateRows) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let axis = shared_axis(&input.rows);
    let judged = input.rows.iter().any(|r| r.verdict.is_some());
    let (left, right) = match (narrow, judged) {
        (true, _) => (0.0, width),
        (false, true) => (184.0, width - 280.0),
        (false, false) => (184.0, width - 150.0),
    };
    let row_height = match (narrow, judged) {
        (true, true) => 92.0,
        (true, false) => 70.0,
        (false, _) => 46.0,
    };
    let top = 54.0;
    let height = top + row_height * input.rows.len() as f64 + 4.0;
    let scale = axis.scale(left, right);
    draw(width, height, |c| {
        draw_key(c, width, input.rows.iter().any(|r| r.expected.is_some()));
        let ticks = axis.ticks(right - left);
        draw_ticks(c, &scale, &ticks, top - 8.0);
        for (i, row) in input.rows.iter().enumerate() {
            let y = top + row_height * i as f64;
            let (line_top, line_height) = if narrow { (y + 26.0, 34.0) } else { (y, row_height) };
            for tick in &ticks {
                c.post(scale.at(*tick), line_top, line_height, 1.0, Role::Line);
            }
            if narrow {
                narrow_row(c, input, row, y);
                row_marks(c, row, &scale, y + 43.0, 24.0);
            } else {
                wide_row(c, input, row, (y, row_height), right);
                row_marks(c, row, &scale, y + row_height / 2.0, 28.0);
            }
            c.rule(0.0, y, width, 1.0, if i == 0 { Role::Ink } else { Role::Line });
        }
    })
}

fn draw_key(c: &mut Canvas, width: f64, expected: bool) {
    c.rect(0.0, 9.0, 40.0, 2.0, Role::Ink);
    marks::dot(c, 20.0, 10.0, 6.0);
    let text = "rate and 95 % interval";
    c.text(50.0, 14.0, text, Type::axis());
    if expected {
        let x = 50.0 + Type::axis().width(text) + 24.0;
        marks::expected(c, x, 10.0, 20.0);
        let long = "expected for its students";
        let fits = x + 12.0 + Type::axis().width(long) <= width;
        c.text(x + 12.0, 14.0, if fits { long } else { "expected" }, Type::axis());
    }
}

fn wide_row(c: &mut Canvas, input: &RateRows, row: &RateRow, (y, tall): (f64, f64), right: f64) {
    let middle = y + tall / 2.0;
    let name = Type::label().bold();
    let baseline = if row.note.is_empty() { middle + 4.5 } else { middle - 3.0 };
    c.text(0.0, baseline, &name.cut(&row.name, 176.0), name);
    c.text(0.0, middle + 13.0, &Type::axis().cut(&row.note, 176.0), Type::axis());
    let rate = words::percent_or_hidden(row.rate.rate, input.precision);
    let below = row.verdict.is_some();
    let x = right + 16.0;
    c.text(x, if below { middle - 3.0 } else { middle + 4.5 }, &rate, Type::label().bold());
    if below {
        c.text(x, middle + 13.0, &row.rate.of_text(), Type::axis());
    } else {
        c.text(x + Type::label().bold().width(&rate) + 8.0, middle + 4.5, &row.rate.of_text(), Type::axis());
    }
    if let Some(verdict) = row.verdict {
        marks::verdict(c, right + 128.0, middle, 7.0, verdict);
        c.text(right + 144.0, middle + 4.5, verdict.label(), Type::label());
    }
}

fn narrow_row(c: &mut Canvas, input: &RateRows, row: &RateRow, y: f64) {
    let width = input.width.px();
    let rate = words::percent_or_hidden(row.rate.rate, input.precision);
    c.text(width, y + 19.0, &rate, Type::label().bold().end());
    let of = row.rate.of_text();
    let of_right = width - Type::label().bold().width(&rate) - 8.0;
    c.text(of_right, y + 19.0, &of, Type::axis().end());
    let room = of_right - Type::axis().width(&of) - 10.0;
    let name = Type::label().bold();
    c.text(0.0, y + 19.0, &name.cut(&row.name, room), name);
    if let Some(verdict) = row.verdict {
        marks::verdict(c, 9.0, y + 74.0, 7.0, verdict);
        c.text(26.0, y + 78.5, verdict.label(), Type::label());
        if let Some(expected) = row.expected {
            let text = format!("expected {}", words::percent(expected, input.precision));
            c.text(width, y + 78.5, &text, Type::axis().end());
        }
    }
}

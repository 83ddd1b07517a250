//! The regression's coefficients: estimate and 95 % interval for each condition around zero.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Table, Width};
use super::marks::{self, Stroke};
use super::role::Role;
use super::scale::{Scale, step, ticks};
use super::words;

#[derive(Clone, Debug, PartialEq)]
pub struct Coefficients {
    pub title: String,
    pub stamp: String,
    /// What the numbers are, for the axis: `points of chronic absence, for ten points more
    /// students with the condition`.
    pub unit: String,
    pub rows: Vec<Coefficient>,
    /// Schools in the fit.
    pub schools: u32,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    pub label: String,
    /// In the unit of the axis.
    pub estimate: f64,
    pub interval: (f64, f64),
}

#[must_use]
pub fn coefficients(input: &Coefficients) -> Chart {
    let clear = |row: &&Coefficient| row.interval.0 > 0.0 || row.interval.1 < 0.0;
    let named: Vec<String> = input.rows.iter().filter(clear).map(|r| r.label.clone()).collect();
    let summary = if named.is_empty() {
        format!("In {} schools, every interval includes zero: no condition stands out.", words::count(input.schools))
    } else {
        format!(
            "In {} schools, the interval leaves zero for {}. These are conditions that go together with absence; that \
             doesn’t say they are why.",
            words::count(input.schools),
            words::list(&named)
        )
    };
    let columns = vec![
        Column::text("Condition"),
        Column::number(format!("Estimate, {}", input.unit)),
        Column::number("95 % interval"),
    ];
    let rows = input.rows.iter().map(|row| {
        let (low, high) = row.interval;
        vec![row.label.clone(), signed(row.estimate), format!("{} to {}", signed(low), signed(high))]
    });
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, &format!("n = {} schools.", words::count(input.schools))),
    }
}

fn signed(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    match (text.as_str(), value < 0.0) {
        ("0.00", _) => text,
        (_, true) => format!("−{text}"),
        (_, false) => format!("+{text}"),
    }
}

/// An axis number: as short as it is exact.
fn tick_text(value: f64) -> String {
    let text = words::number(value, 2);
    if value > 0.0 { format!("+{text}") } else { text }
}

fn picture(input: &Coefficients) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    // The widest interval sets the axis, but no more than six times the largest estimate.
    let largest = input.rows.iter().map(|r| r.estimate.abs()).fold(0.0, f64::max).max(1e-6);
    let bound = input.rows.iter().flat_map(|r| [r.interval.0, r.interval.1]).map(f64::abs).fold(largest, f64::max);
    let each = step(2.0 * bound.min(6.0 * largest), if narrow { 7 } else { 8 });
    let inside = |v: f64| v.clamp(-6.0 * largest, 6.0 * largest) / each;
    let low = input.rows.iter().map(|r| inside(r.interval.0)).fold(0.0, f64::min).floor() * each;
    let high = input.rows.iter().map(|r| inside(r.interval.1)).fold(0.0, f64::max).ceil() * each;
    let (left, right) = if narrow { (14.0, width - 14.0) } else { (212.0, width - 170.0) };
    let x = Scale::new((low, high), (left, right));
    let (top, row) = (50.0, if narrow { 54.0 } else { 38.0 });
    let height = top + row * input.rows.len() as f64 + 4.0;
    draw(width, height, |c| {
        c.text(0.0, 14.0, &Type::axis().cut(&input.unit, width), Type::axis());
        for tick in ticks(low, high, each) {
            c.post(x.at(tick), top, height - top, 1.0, Role::Line);
            c.text(x.at(tick), top - 10.0, &tick_text(tick), Type::axis().middle());
        }
        c.post(x.at(0.0), top, height - top, 2.0, Role::Ink);
        for (i, coefficient) in input.rows.iter().enumerate() {
            let y = top + row * i as f64;
            one(c, coefficient, &x, (y, row), (width, narrow));
        }
    })
}

fn one(c: &mut Canvas, row: &Coefficient, x: &Scale, (y, tall): (f64, f64), (width, narrow): (f64, bool)) {
    let (low, high) = row.interval;
    let middle = if narrow { y + 36.0 } else { y + tall / 2.0 };
    let baseline = if narrow { y + 17.0 } else { middle + 4.5 };
    let value = signed(row.estimate);
    let ends = format!("{} to {}", signed(low), signed(high));
    let ends_width = Type::axis().width(&ends);
    let label = Type::label().bold();
    if narrow {
        // On paper of its own: the zero line would run through the words.
        c.rect(0.0, y + 3.0, width, 19.0, Role::Paper);
        c.text(0.0, baseline, &label.cut(&row.label, width - ends_width - label.width(&value) - 26.0), label);
        c.text(width - ends_width - 8.0, baseline, &value, label.end());
        c.text(width, baseline, &ends, Type::axis().end());
    } else {
        c.text(0.0, baseline, &label.cut(&row.label, x.pixels.0 - 16.0), label);
        c.text(x.pixels.1 + 64.0, baseline, &value, label.end());
        c.text(x.pixels.1 + 74.0, baseline, &ends, Type::axis());
    }
    marks::interval(c, (x.at(low), x.at(high)), middle, x.pixels, Stroke::Solid, 2.0, Role::Ink);
    let radius = if narrow { 5.0 } else { 6.0 };
    c.disc(x.within(row.estimate), middle, radius + 2.0, Role::Paper);
    marks::dot(c, x.within(row.estimate), middle, radius);
}

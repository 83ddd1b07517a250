//! Rate and 95 % interval by grade, or by any ordered groups, with n beneath each.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Rate, Table, Width};
use super::role::Role;
use super::scale::{Scale, rate_end, rate_ticks};
use super::{marks, words};

#[derive(Clone, Debug, PartialEq)]
pub struct GradeDots {
    pub title: String,
    /// Whose data, dates and definition, ending in a full stop.
    pub stamp: String,
    /// What one column is, as it stands before the labels: `grade`, `homeroom`.
    pub group_label: String,
    /// In the order in which they are drawn: label (`K`, `9`) and rate.
    pub groups: Vec<(String, Rate)>,
    pub width: Width,
    pub precision: Precision,
}

const PLOT: f64 = 176.0;
const TOP: f64 = 12.0;

#[must_use]
pub fn grade_dots(input: &GradeDots) -> Chart {
    let named: Vec<(String, Rate)> =
        input.groups.iter().map(|(name, rate)| (format!("{} {name}", input.group_label), *rate)).collect();
    Chart {
        title: input.title.clone(),
        summary: words::spread(&named, input.precision),
        svg: picture(input),
        table: rate_table(&input.title, &input.group_label, &input.groups, input.precision),
        foot: words::foot(&input.stamp, &words::n_of(input.groups.iter().map(|g| g.1.counted))),
    }
}

/// Name, n, chronic, rate and interval: the table of every chart of rates.
#[must_use]
pub fn rate_table(caption: &str, group: &str, groups: &[(String, Rate)], precision: Precision) -> Table {
    let mut label = group.to_owned();
    if let Some(first) = label.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let columns = vec![
        Column::text(label),
        Column::number("Students counted"),
        Column::number("Chronically absent"),
        Column::number("Rate"),
        Column::number("95 % interval"),
    ];
    let rows = groups.iter().map(|(name, rate)| {
        let ends = rate.interval.map_or_else(|| words::HIDDEN.to_owned(), |i| words::interval(i, precision));
        vec![
            name.clone(),
            words::count_or_hidden(rate.counted),
            words::count_or_hidden(rate.chronic),
            words::percent_or_hidden(rate.rate, precision),
            ends,
        ]
    });
    Table { caption: caption.to_owned(), columns, rows: rows.collect() }
}

fn picture(input: &GradeDots) -> String {
    let width = input.width.px();
    let tops = input.groups.iter().flat_map(|g| [g.1.rate, g.1.interval.map(|i| i.1)]).flatten();
    let end = rate_end(tops);
    let y = Scale::new((0.0, end), (TOP + PLOT, TOP));
    let left = Type::axis().width(&words::percent(end, Precision::Whole)) + 9.0;
    let column = (width - left) / input.groups.len().max(1) as f64;
    let height = TOP + PLOT + 44.0;
    draw(width, height, |c| {
        for tick in rate_ticks(end, 5) {
            let at = y.at(tick);
            if tick > 0.0 {
                c.rule(left, at, width - left, 1.0, Role::Line);
            }
            let text = if tick + 1e-9 >= end {
                words::percent(tick, Precision::Whole)
            } else {
                words::points(tick, Precision::Whole)
            };
            c.text(left - 8.0, at + 4.0, &text, Type::axis().end());
        }
        c.rule(left, y.at(0.0), width - left, 2.0, Role::Ink);
        for (i, (label, rate)) in input.groups.iter().enumerate() {
            let x = left + column * (i as f64 + 0.5);
            column_mark(c, rate, x, (column, width), &y);
            column_feet(c, input, i, label, x, column);
        }
        let y = TOP + PLOT + 20.0;
        if all_fit(input, column) {
            c.text(left - 8.0, y + 16.0, "n", Type::axis().end());
            let first = input.groups.first().map_or(0.0, |g| Type::label().bold().width(&g.0));
            let room = left + (column - first) / 2.0 - 6.0;
            c.text(0.0, y, &Type::axis().cut(&input.group_label, room), Type::axis());
        } else {
            c.text(left, y + 18.0, &spread_of_n(input), Type::axis());
        }
    })
}

/// Whether every column has room for its label and its n.
fn all_fit(input: &GradeDots, column: f64) -> bool {
    input.groups.iter().all(|(label, rate)| {
        let n = words::count_or_hidden(rate.counted);
        Type::label().bold().width(label).max(Type::axis().width(&n)) + 6.0 <= column
    })
}

fn column_feet(c: &mut Canvas, input: &GradeDots, i: usize, label: &str, x: f64, column: f64) {
    let y = TOP + PLOT + 20.0;
    let n = words::count_or_hidden(input.groups[i].1.counted);
    if all_fit(input, column) {
        c.text(x, y, label, Type::label().bold().middle());
        c.text(x, y + 16.0, &n, Type::axis().middle());
        return;
    }
    // Too many to label each: as many as fit, evenly, starting with the first.
    let widest = input.groups.iter().map(|g| Type::label().bold().width(&g.0)).fold(0.0, f64::max) + 10.0;
    let every = (widest.min(90.0) / column).ceil().max(1.0) as usize;
    if i.is_multiple_of(every) {
        c.centred(x, y, label, column * every as f64 - 6.0, Type::label().bold());
    }
}

fn spread_of_n(input: &GradeDots) -> String {
    let known: Vec<u32> = input.groups.iter().filter_map(|g| g.1.counted).collect();
    let hidden = if known.len() < input.groups.len() { ", some hidden" } else { "" };
    match (known.iter().min(), known.iter().max()) {
        (Some(low), Some(high)) => {
            format!("n {} to {} per {}{hidden}", words::count(*low), words::count(*high), input.group_label)
        }
        _ => format!("n {}", words::HIDDEN),
    }
}

fn column_mark(c: &mut Canvas, rate: &Rate, x: f64, (column, width): (f64, f64), y: &Scale) {
    let Some(value) = rate.rate else {
        let text = if column >= 46.0 { words::HIDDEN } else { "?" };
        c.halo_text(x, y.at(0.0) - 8.0, text, Type::axis().middle());
        return;
    };
    let at = y.within(value);
    if let Some((low, high)) = rate.interval {
        c.post(x, y.within(high), y.within(low) - y.within(high), 2.0, Role::Ink);
    }
    c.disc(x, at, 8.0, Role::Paper);
    marks::dot(c, x, at, if column < 30.0 { 5.5 } else { 6.0 });
    if column >= 46.0 {
        let text = words::points(value, Precision::Whole);
        if x + 13.0 + Type::axis().width(&text) <= width {
            c.halo_text(x + 13.0, at + 4.3, &text, Type::axis());
        } else {
            c.halo_text(x - 13.0, at + 4.3, &text, Type::axis().end());
        }
    }
}

//! The run chart of a test of change: the chosen students and the similar ones not chosen, the
//! windows as tinted bands named on top, the median dashed.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Table, Width};
use super::metrics;
use super::periods::runs;
use super::place::spread;
use super::role::Role;
use super::scale::{Scale, step, ticks};
use super::{marks, words};

#[derive(Clone, Debug, PartialEq)]
pub struct RunChart {
    pub title: String,
    pub stamp: String,
    /// What is measured: `Days absent per student in ten school days, by week`.
    pub measure: String,
    /// In order of time; equal steps.
    pub periods: Vec<RunPeriod>,
    pub windows: Vec<RunWindow>,
    /// What the sentence tells: the windows’ own numbers, as they stand wherever else the test is told, and never
    /// numbers made anew from the line.
    pub means: Vec<WindowMean>,
    /// Stretches without school: the line breaks, and the name stands there.
    pub breaks: Vec<RunWindow>,
    /// Of the chosen group.
    pub median: Option<f64>,
    /// `14 chosen students`.
    pub chosen: String,
    /// `41 similar students, not chosen`; `None` without a comparison group.
    pub compared: Option<String>,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RunPeriod {
    /// `3 Nov`.
    pub label: String,
    pub chosen: Option<f64>,
    pub compared: Option<f64>,
}

/// A named stretch of periods, by position, both ends included.
#[derive(Clone, Debug, PartialEq)]
pub struct RunWindow {
    pub name: String,
    pub from: usize,
    pub to: usize,
}

/// A window as a mean of its students, each student counting alike.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowMean {
    pub name: String,
    pub chosen: Option<f64>,
    pub compared: Option<f64>,
}

#[must_use]
pub fn run_chart(input: &RunChart) -> Chart {
    let mut columns = vec![Column::text("Period"), Column::text("Window"), Column::number(&input.chosen)];
    columns.extend(input.compared.iter().map(Column::number));
    let value = |v: Option<f64>| v.map_or_else(|| "no value".to_owned(), |v| words::number(v, 2));
    let rows = input.periods.iter().enumerate().map(|(i, period)| {
        let within = input.windows.iter().chain(&input.breaks).find(|w| (w.from..=w.to).contains(&i));
        let name = within.map_or_else(String::new, |w| w.name.clone());
        let mut row = vec![period.label.clone(), name, value(period.chosen)];
        row.extend(input.compared.iter().map(|_| value(period.compared)));
        row
    });
    let table = Table { caption: format!("{}. {}", input.title, input.measure), columns, rows: rows.collect() };
    let who = input.compared.as_ref().map_or_else(|| input.chosen.clone(), |c| format!("{}; {c}", input.chosen));
    let foot = words::foot(&input.stamp, &format!("{}. {who}.", input.measure));
    Chart { title: input.title.clone(), summary: summary(input), svg: picture(input), table, foot }
}

/// Means by window, in words.
fn summary(input: &RunChart) -> String {
    let say = |value: fn(&WindowMean) -> Option<f64>| {
        let parts = input.means.iter().filter_map(|w| Some(format!("{} {}", w.name, words::number(value(w)?, 1))));
        parts.collect::<Vec<_>>().join(", ")
    };
    let chosen = say(|w| w.chosen);
    let mut text = if chosen.is_empty() {
        format!("{}: {} periods.", input.chosen, input.periods.iter().filter(|p| p.chosen.is_some()).count())
    } else {
        format!("{}, mean of the students: {chosen}.", input.chosen)
    };
    if let Some(compared) = &input.compared {
        let said = say(|w| w.compared);
        if !said.is_empty() {
            text += &format!(" {compared}: {said}.");
        }
    }
    text
}

fn picture(input: &RunChart) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let values = input.periods.iter().flat_map(|p| [p.chosen, p.compared]).flatten().chain(input.median);
    let highest = values.fold(0.0, f64::max).max(0.1);
    let each = step(highest * 1.05, 5);
    let end = (highest * 1.05 / each).ceil() * each;
    let top = if narrow { 86.0 } else { 44.0 };
    let bottom = top + if narrow { 180.0 } else { 220.0 };
    let (left, right) = (34.0, if narrow { width - 6.0 } else { width - 148.0 });
    let y = Scale::new((0.0, end), (bottom, top));
    let column = (right - left) / input.periods.len().max(1) as f64;
    let x = Scale::new((0.0, 1.0), (left + column / 2.0, left + column * 1.5));
    draw(width, bottom + 28.0, |c| {
        bands(c, input, &x, &y, column);
        for tick in ticks(0.0, end, each) {
            if tick > 0.0 {
                c.rule(left, y.at(tick), right - left, 1.0, Role::Line);
            }
            c.text(left - 10.0, y.at(tick) + 4.0, &words::number(tick, 2), Type::axis().end());
        }
        c.rule(left, bottom, right - left, 1.5, Role::Ink);
        if let Some(median) = input.median {
            c.dashed(&[(left, y.at(median)), (right, y.at(median))], 1.5, Role::LineStrong, (5.0, 4.0));
        }
        feet(c, input, &x, bottom, column);
        lines(c, input, &x, &y);
        if narrow {
            key(c, input, width);
        } else {
            end_labels(c, input, &y, right);
        }
    })
}

fn bands(c: &mut Canvas, input: &RunChart, x: &Scale, y: &Scale, column: f64) {
    let (bottom, top) = y.pixels;
    let style = Type::axis().role(Role::Ink);
    let mut names: Vec<Vec<String>> = Vec::new();
    let (mut wanted, mut widths): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for window in &input.windows {
        let (from, to) = (x.at(window.from as f64) - column * 0.45, x.at(window.to as f64) + column * 0.45);
        c.rect(from, top - 12.0, to - from, bottom - top + 12.0, Role::Sunk);
        let room = (to - from + column).max(68.0);
        let lines = metrics::wrap(&window.name, room, style.size, style.weight, 2);
        let width = lines.iter().map(|l| style.width(l)).fold(0.0, f64::max);
        wanted.push((from + to - width) / 2.0);
        widths.push(width + 8.0);
        names.push(lines);
    }
    // Names of short windows move apart sideways, within the drawing.
    let last = x_end(input, x, column) - widths.last().map_or(0.0, |w| w - 8.0);
    let lefts = spread(&wanted, &widths, 0.0, last);
    for ((lines, left), width) in names.iter().zip(lefts).zip(widths) {
        for (i, line) in lines.iter().enumerate() {
            let from_last = lines.len() - 1 - i;
            c.text(left + (width - 8.0) / 2.0, top - 18.0 - 14.0 * from_last as f64, line, style.middle());
        }
    }
    for pause in &input.breaks {
        let middle = (x.at(pause.from as f64) + x.at(pause.to as f64)) / 2.0;
        let name = Type::axis().cut(&pause.name, 110.0);
        let half = Type::axis().width(&name) / 2.0;
        let middle = middle.min(x_end(input, x, column) - half);
        c.text(middle, bottom - 12.0, &name, Type::axis().middle());
    }
}

fn x_end(input: &RunChart, x: &Scale, column: f64) -> f64 {
    x.at(input.periods.len().saturating_sub(1) as f64) + column * 0.5
}

fn feet(c: &mut Canvas, input: &RunChart, x: &Scale, bottom: f64, column: f64) {
    let widest = input.periods.iter().map(|p| Type::axis().width(&p.label)).fold(0.0, f64::max) + 10.0;
    let every = (widest / column).ceil().max(1.0) as usize;
    for (i, period) in input.periods.iter().enumerate().step_by(every) {
        let half = Type::axis().width(&period.label) / 2.0;
        let at = x.at(i as f64).max(half).min(x_end(input, x, column) - half);
        c.text(at, bottom + 20.0, &period.label, Type::axis().middle());
    }
}

fn lines(c: &mut Canvas, input: &RunChart, x: &Scale, y: &Scale) {
    let places = |values: Vec<Option<f64>>| -> Vec<Vec<(f64, f64)>> {
        runs(&values).iter().map(|r| r.iter().map(|(i, v)| (x.at(*i as f64), y.at(*v))).collect()).collect()
    };
    if input.compared.is_some() {
        for run in places(input.periods.iter().map(|p| p.compared).collect()) {
            c.path(&run, 2.0, Role::Accent);
            for (px, py) in run {
                c.framed([px - 4.5, py - 4.5, 9.0, 9.0], Role::Paper, Role::Accent, 2.0);
            }
        }
    }
    for run in places(input.periods.iter().map(|p| p.chosen).collect()) {
        c.path(&run, 2.0, Role::Ink);
        for (px, py) in run {
            c.disc(px, py, 7.0, Role::Paper);
            marks::dot(c, px, py, 5.5);
        }
    }
}

/// Names at the lines' ends, moved apart.
fn end_labels(c: &mut Canvas, input: &RunChart, y: &Scale, right: f64) {
    let last = |value: fn(&RunPeriod) -> Option<f64>| input.periods.iter().rev().find_map(value).map(|v| y.at(v) + 4.0);
    let bold = Type::label().bold();
    let mut labels: Vec<(String, f64, Type)> = Vec::new();
    if let Some(at) = last(|p| p.chosen) {
        labels.push((input.chosen.clone(), at, bold));
    }
    if let (Some(name), Some(at)) = (&input.compared, last(|p| p.compared)) {
        labels.push((name.clone(), at, Type::label().role(Role::Accent)));
    }
    if let Some(median) = input.median {
        labels.push((format!("median {}", words::number(median, 1)), y.at(median) + 4.0, Type::axis()));
    }
    let wanted: Vec<f64> = labels.iter().map(|l| l.1).collect();
    let lines_of = |l: &(String, f64, Type)| metrics::wrap(&l.0, 132.0, l.2.size, l.2.weight, 2);
    let heights: Vec<f64> = labels.iter().map(|l| 3.0 + 15.0 * lines_of(l).len() as f64).collect();
    let placed = spread(&wanted, &heights, y.pixels.1, y.pixels.0);
    for (label, at) in labels.iter().zip(placed) {
        for (i, line) in lines_of(label).iter().enumerate() {
            c.text(right + 14.0, at + 15.0 * i as f64, line, label.2);
        }
    }
}

fn key(c: &mut Canvas, input: &RunChart, width: f64) {
    c.rect(0.0, 9.0, 22.0, 2.0, Role::Ink);
    marks::dot(c, 11.0, 10.0, 5.5);
    let bold = Type::label().bold();
    c.text(30.0, 14.5, &bold.cut(&input.chosen, width - 30.0), bold);
    if let Some(compared) = &input.compared {
        let style = Type::label().role(Role::Accent);
        c.rect(0.0, 31.0, 22.0, 2.0, Role::Accent);
        c.framed([6.5, 27.5, 9.0, 9.0], Role::Paper, Role::Accent, 2.0);
        c.text(30.0, 36.5, &style.cut(compared, width - 30.0), style);
    }
}

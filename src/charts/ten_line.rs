//! Tiers by school, or by any group, on the ten-percent line: the heaviest line of the picture.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Rate, Table, Width};
use super::marks;
use super::role::Role;
use super::words;
use crate::attendance::Tier;

#[derive(Clone, Debug, PartialEq)]
pub struct TenLine {
    pub title: String,
    /// Whose data, dates and definition, ending in a full stop.
    pub stamp: String,
    /// What one row is: `School`, `Grade`.
    pub group_label: String,
    /// In the order in which they are drawn.
    pub groups: Vec<TenLineGroup>,
    /// Where chronic absence begins, in percent of enrolled days. The line always stands at ten; it
    /// is called chronic only where the two are the same.
    pub threshold_percent: f64,
    pub width: Width,
    pub precision: Precision,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TenLineGroup {
    pub name: String,
    /// Printed beside the bar.
    pub rate: Rate,
    /// Students per tier, satisfactory first; `None` where they are hidden.
    pub tiers: Option<[u32; 5]>,
}

/// The picture's fixed measures.
struct Frame {
    /// Pixels per whole share, 1.0 being all students.
    unit: f64,
    /// Where the ten-percent line stands.
    line: f64,
    top: f64,
    row: f64,
    bar: f64,
}

/// The gap between neighbouring tiers, in pixels.
const GAP: f64 = 1.5;

#[must_use]
pub fn ten_line(input: &TenLine) -> Chart {
    let named: Vec<(String, Rate)> = input.groups.iter().map(|g| (g.name.clone(), g.rate)).collect();
    Chart {
        title: input.title.clone(),
        summary: words::spread(&named, input.precision),
        svg: picture(input),
        table: table(input),
        foot: words::foot(&input.stamp, &words::n_of(input.groups.iter().map(|g| g.rate.counted))),
    }
}

fn picture(input: &TenLine) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let rates: Vec<f64> = input.groups.iter().filter_map(past_line).collect();
    // Each side keeps room for its own heading.
    let least = if narrow { 74.0 / (width - 74.0) } else { 0.3 };
    let right = rates.iter().copied().fold(0.0, f64::max).max(least);
    let left = (1.0 - rates.iter().copied().fold(1.0, f64::min)).max(least);
    let key = key_rows(input.width);
    let (from, to) = if narrow { (0.0, width) } else { (212.0, width - 144.0) };
    let unit = ((to - from) / (left + right)).min(if narrow { 3.4 } else { 4.6 } * 100.0);
    let frame = Frame {
        unit,
        line: (from + ((to - from) + (left - right) * unit) / 2.0).round(),
        top: 24.0 * key + if narrow { 36.0 } else { 64.0 },
        row: if narrow { 50.0 } else { 38.0 },
        bar: if narrow { 18.0 } else { 20.0 },
    };
    let height = frame.top + frame.row * input.groups.len() as f64 + 6.0;
    draw(width, height, |c| {
        draw_key(c, width);
        heads(c, input, &frame);
        for (i, group) in input.groups.iter().enumerate() {
            let y = frame.top + frame.row * i as f64;
            if narrow {
                narrow_row(c, input, group, &frame, y);
            } else {
                wide_row(c, input, group, &frame, y);
            }
        }
        // Drawn last, so that nothing lies over the one line that matters.
        let line_top = frame.top - if narrow { 30.0 } else { 56.0 };
        c.rect(frame.line - 1.25, line_top, 2.5, height - line_top, Role::Ink);
    })
}

/// The share drawn right of the line.
fn past_line(group: &TenLineGroup) -> Option<f64> {
    let total: u32 = group.tiers.iter().flatten().sum();
    match group.tiers {
        Some(tiers) if total > 0 => Some(f64::from(tiers[2] + tiers[3] + tiers[4]) / f64::from(total)),
        _ => group.rate.rate,
    }
}

/// How many lines the key takes.
fn key_rows(width: Width) -> f64 {
    if width.is_narrow() { 2.0 } else { 1.0 }
}

fn draw_key(c: &mut Canvas, width: f64) {
    let (mut x, mut y) = (0.0, 14.0);
    for tier in Tier::ALL {
        let wide = 20.0 + Type::label().width(tier.label());
        if x + wide > width {
            (x, y) = (0.0, y + 22.0);
        }
        x += marks::tier_key(c, x, y, tier) + 24.0;
    }
}

fn heads(c: &mut Canvas, input: &TenLine, frame: &Frame) {
    let width = input.width;
    let y = frame.top - if width.is_narrow() { 18.0 } else { 44.0 };
    let before = if width.is_narrow() { "under 10 %" } else { "Missed under 10 % of days" };
    let (after, short) = if (input.threshold_percent - 10.0).abs() < 1e-9 {
        ("10 % or more: chronic", "chronic")
    } else {
        ("10 % or more", "10 % +")
    };
    c.text(frame.line - 9.0, y, before, Type::axis().end());
    let fits = frame.line + 9.0 + Type::axis().bold().width(after) <= width.px();
    let after = if fits { after } else { short };
    c.text(frame.line + 9.0, y, after, Type::axis().bold().role(Role::Ink));
    if !width.is_narrow() {
        let y = frame.top - 18.0;
        c.text(192.0, y, "students", Type::axis().end());
        c.text(width.px() - 66.0, y, "chronic", Type::axis().bold().role(Role::Ink).end());
        c.text(width.px(), y, "students", Type::axis().end());
    }
}

fn wide_row(c: &mut Canvas, input: &TenLine, group: &TenLineGroup, frame: &Frame, y: f64) {
    let (middle, right) = (y + frame.row / 2.0, input.width.px());
    let baseline = middle + 4.5;
    let n = words::count_or_hidden(group.rate.counted);
    c.text(192.0, baseline, &n, Type::axis().end());
    let room = 192.0 - Type::axis().width(&n) - 12.0;
    c.text(0.0, baseline, &Type::label().cut(&group.name, room), Type::label());
    bar(c, group, frame, middle - frame.bar / 2.0, 212.0);
    if let Some(rate) = group.rate.rate {
        c.text(right - 66.0, baseline, &words::percent(rate, input.precision), Type::label().bold().end());
        c.text(right, baseline, &words::count_or_hidden(group.rate.chronic), Type::axis().end());
    }
}

fn narrow_row(c: &mut Canvas, input: &TenLine, group: &TenLineGroup, frame: &Frame, y: f64) {
    let baseline = y + 15.0;
    let mut room = frame.line - 8.0;
    let of = group.rate.of_text();
    let of_width = Type::axis().width(&of);
    room -= of_width + 8.0;
    let name = Type::label().bold().cut(&group.name, room);
    c.text(0.0, baseline, &name, Type::label().bold());
    c.text(Type::label().bold().width(&name) + 8.0, baseline, &of, Type::axis());
    if let Some(rate) = group.rate.rate {
        let text = words::percent(rate, input.precision);
        c.halo_text(input.width.px(), baseline, &text, Type::label().bold().end());
    }
    bar(c, group, frame, y + 22.0, 0.0);
}

/// The group's bar: its tiers, or its two sides where tiers are hidden, or the word.
fn bar(c: &mut Canvas, group: &TenLineGroup, frame: &Frame, y: f64, left: f64) {
    match (group.tiers, group.rate.rate) {
        (Some(tiers), _) if tiers.iter().sum::<u32>() > 0 => {
            let total = f64::from(tiers.iter().sum::<u32>());
            let share = |i: usize| f64::from(tiers[i]) / total;
            let mut x = frame.line - 1.25 - (share(0) + share(1)) * frame.unit;
            for (i, tier) in Tier::ALL.into_iter().enumerate() {
                if i == 2 {
                    x = frame.line + 1.25;
                }
                segment(c, (x, y), share(i), tier, frame);
                x += share(i) * frame.unit;
            }
        }
        (_, Some(rate)) => {
            let before = (1.0 - rate) * frame.unit;
            let outline =
                |c: &mut Canvas, x, wide| c.framed([x, y, wide, frame.bar], Role::Paper, Role::LineStrong, 1.0);
            outline(c, frame.line - 1.25 - before, before - GAP);
            outline(c, frame.line + 1.25, rate * frame.unit);
            if before > 90.0 {
                let middle = frame.line - before / 2.0;
                c.text(middle, y + frame.bar / 2.0 + 4.0, "tiers hidden", Type::axis().middle());
            }
        }
        _ => {
            let style = Type::axis();
            let x = (frame.line - 12.0 - style.width(words::HIDDEN_NOTE)).max(left);
            c.text(x, y + frame.bar / 2.0 + 4.0, words::HIDDEN_NOTE, style);
        }
    }
}

fn segment(c: &mut Canvas, (x, y): (f64, f64), share: f64, tier: Tier, frame: &Frame) {
    if share <= 0.0 {
        return;
    }
    let wide = (share * frame.unit - GAP).max(1.0);
    c.framed([x, y, wide, frame.bar], Role::Tier(tier), Role::edge(tier), 1.0);
    let text = words::points(share, Precision::Whole);
    let style = Type::axis().role(Role::on(tier)).middle();
    if style.width(&text) + 8.0 <= wide {
        c.text(x + wide / 2.0, y + frame.bar / 2.0 + 4.3, &text, style);
    }
}

fn table(input: &TenLine) -> Table {
    let mut columns = vec![Column::text(&input.group_label), Column::number("Students counted")];
    columns.extend(Tier::ALL.map(|t| Column::number(format!("{}, {}", t.label(), t.bounds()))));
    columns.extend([Column::number("Chronically absent"), Column::number("Rate")]);
    let rows = input.groups.iter().map(|group| {
        let mut row = vec![group.name.clone(), words::count_or_hidden(group.rate.counted)];
        row.extend((0..5).map(|i| words::count_or_hidden(group.tiers.map(|t| t[i]))));
        row.push(words::count_or_hidden(group.rate.chronic));
        row.push(words::percent_or_hidden(group.rate.rate, input.precision));
        row
    });
    Table { caption: input.title.clone(), columns, rows: rows.collect() }
}

//! The same students under several definitions: a dot for each rate, and a line from the rate in
//! force to show how far it moves.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Rate, Table, Width};
use super::marks;
use super::role::Role;
use super::scale::{Scale, rate_end, rate_ticks};
use super::words;

#[derive(Clone, Debug, PartialEq)]
pub struct Definitions {
    pub title: String,
    /// Whose data and dates, ending in a full stop.
    pub stamp: String,
    /// The definition in force first.
    pub rows: Vec<DefinitionRow>,
    pub width: Width,
    pub precision: Precision,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DefinitionRow {
    pub name: String,
    /// Who is counted, under the name.
    pub note: String,
    pub rate: Rate,
}

#[must_use]
pub fn definitions(input: &Definitions) -> Chart {
    let precision = input.precision;
    let first = input.rows.first();
    let in_force = first.and_then(|row| row.rate.rate);
    let columns = vec![
        Column::text("Definition"),
        Column::text("Who is counted"),
        Column::number("Counted"),
        Column::number("Chronically absent"),
        Column::number("Rate"),
        Column::number("Against the one in force, points"),
    ];
    let cells = |row: &DefinitionRow| {
        vec![
            row.name.clone(),
            row.note.clone(),
            words::count_or_hidden(row.rate.counted),
            words::count_or_hidden(row.rate.chronic),
            words::percent_or_hidden(row.rate.rate, precision),
            moved(row.rate.rate, in_force, precision).unwrap_or_else(|| words::HIDDEN.to_owned()),
        ]
    };
    Chart {
        title: input.title.clone(),
        summary: summary(input),
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: input.rows.iter().map(cells).collect() },
        foot: words::foot(&input.stamp, &words::n_of(first.map(|row| row.rate.counted))),
    }
}

fn moved(rate: Option<f64>, in_force: Option<f64>, precision: Precision) -> Option<String> {
    Some(words::signed_points(rate? - in_force?, precision))
}

fn summary(input: &Definitions) -> String {
    let rates = || input.rows.iter().filter_map(|row| row.rate.rate.map(|rate| (rate, row.name.as_str())));
    let low = rates().min_by(|a, b| a.0.total_cmp(&b.0));
    let high = rates().max_by(|a, b| a.0.total_cmp(&b.0));
    let (Some((low, low_name)), Some((high, high_name))) = (low, high) else {
        return "Too few students to show a rate.".to_owned();
    };
    let said = |rate| words::percent(rate, input.precision);
    if said(low) == said(high) {
        return format!("Every definition here gives {}.", said(low));
    }
    format!(
        "The same students: from {} ({low_name}) to {} ({high_name}), by the definition alone.",
        said(low),
        said(high)
    )
}

fn picture(input: &Definitions) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let (left, right) = if narrow { (0.0, width) } else { (300.0, width - 210.0) };
    let row_height = if narrow { 78.0 } else { 50.0 };
    let top = 30.0;
    let height = top + row_height * input.rows.len() as f64 + 4.0;
    let end = rate_end(input.rows.iter().filter_map(|row| row.rate.rate));
    let scale = Scale::new((0.0, end), (left + 12.0, right - 12.0));
    let ticks = rate_ticks(end, (((right - left) / 56.0) as usize).clamp(2, 8));
    let in_force = input.rows.first().and_then(|row| row.rate.rate);
    draw(width, height, |c| {
        for (i, tick) in ticks.iter().enumerate() {
            let text = words::points(*tick, Precision::Whole);
            let text = if i == 0 { "0 %".to_owned() } else { text };
            c.text(scale.at(*tick), top - 10.0, &text, Type::axis().middle());
        }
        for (i, row) in input.rows.iter().enumerate() {
            let y = top + row_height * i as f64;
            let (line_top, line_height) = if narrow { (y + 44.0, row_height - 44.0) } else { (y, row_height) };
            for tick in &ticks {
                c.post(scale.at(*tick), line_top, line_height, 1.0, Role::Line);
            }
            if let Some(in_force) = in_force {
                c.post(scale.at(in_force) - 0.75, line_top, line_height, 1.5, Role::Accent);
            }
            c.rule(0.0, y, width, 1.0, if i == 0 { Role::Ink } else { Role::Line });
            let middle = if narrow { y + 60.0 } else { y + row_height / 2.0 };
            marks_of(c, row, &scale, (middle, i), in_force);
            if narrow {
                narrow_words(c, input, row, y, in_force)
            } else {
                wide_words(c, input, row, (middle, right), in_force)
            }
        }
    })
}

fn marks_of(c: &mut Canvas, row: &DefinitionRow, scale: &Scale, (y, at): (f64, usize), in_force: Option<f64>) {
    let Some(rate) = row.rate.rate else {
        c.halo_text(scale.pixels.0 + 4.0, y + 4.0, words::HIDDEN, Type::axis());
        return;
    };
    let x = scale.within(rate);
    if let Some(from) = in_force.map(|rate| scale.within(rate)) {
        c.line((from, y), (x, y), 3.0, Role::Accent);
    }
    if at == 0 {
        marks::dot(c, x, y, 7.0);
    } else {
        marks::hollow(c, x, y, 6.0);
    }
}

fn wide_words(c: &mut Canvas, input: &Definitions, row: &DefinitionRow, (y, right): (f64, f64), in_force: Option<f64>) {
    let name = Type::label().bold();
    c.text(0.0, y - 3.0, &name.cut(&row.name, 290.0), name);
    c.text(0.0, y + 13.0, &Type::axis().cut(&row.note, 290.0), Type::axis());
    let x = right + 8.0;
    let rate = words::percent_or_hidden(row.rate.rate, input.precision);
    c.text(x, y - 3.0, &rate, name);
    c.text(x, y + 13.0, &row.rate.of_text(), Type::axis());
    if let Some(moved) = moved(row.rate.rate, in_force, input.precision) {
        c.text(input.width.px(), y + 4.5, &in_points(&moved), Type::label().end());
    }
}

fn narrow_words(c: &mut Canvas, input: &Definitions, row: &DefinitionRow, y: f64, in_force: Option<f64>) {
    let width = input.width.px();
    let name = Type::label().bold();
    let rate = words::percent_or_hidden(row.rate.rate, input.precision);
    let of = row.rate.of_text();
    c.text(width, y + 18.0, &rate, name.end());
    c.text(0.0, y + 18.0, &name.cut(&row.name, width - name.width(&rate) - 12.0), name);
    let mut below = of;
    if let Some(moved) = moved(row.rate.rate, in_force, input.precision).filter(|moved| moved != "0") {
        below = format!("{below}, {}", in_points(&moved));
    }
    c.text(width, y + 36.0, &below, Type::axis().end());
    let room = width - Type::axis().width(&below) - 12.0;
    c.text(0.0, y + 36.0, &Type::axis().cut(&row.note, room), Type::axis());
}

/// `+0.6 points`, or nothing moved.
fn in_points(moved: &str) -> String {
    if moved == "0" { "no difference".to_owned() } else { format!("{moved} points") }
}

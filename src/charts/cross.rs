//! Rates by any two groupings: rows by columns, each cell with its bar, its rate and its n. Where
//! columns do not fit beside each other, the rest follow beneath.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Rate, Table, Width};
use super::role::Role;
use super::{metrics, words};

#[derive(Clone, Debug, PartialEq)]
pub struct Cross {
    pub title: String,
    pub stamp: String,
    /// What the rows and the columns are: `School`, `Grade`.
    pub row_label: String,
    pub column_label: String,
    pub columns: Vec<String>,
    pub rows: Vec<CrossRow>,
    pub width: Width,
    pub precision: Precision,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CrossRow {
    pub name: String,
    /// One for each column; nobody there where `counted` is zero.
    pub cells: Vec<Rate>,
}

const ROW: f64 = 44.0;
const HEAD: f64 = 40.0;

#[must_use]
pub fn cross(input: &Cross) -> Chart {
    let shown = |rate: &Rate| rate.rate.is_some() && rate.counted != Some(0);
    let mut named: Vec<(String, Rate)> = Vec::new();
    for row in &input.rows {
        for (column, rate) in input.columns.iter().zip(&row.cells) {
            if shown(rate) || rate.counted != Some(0) {
                named.push((
                    format!("{}, {}", said(&input.row_label, &row.name), said(&input.column_label, column)),
                    *rate,
                ));
            }
        }
    }
    let mut columns = vec![Column::text(&input.row_label)];
    columns.extend(input.columns.iter().map(|c| Column::number(format!("{} {c}", input.column_label))));
    let rows = input.rows.iter().map(|row| {
        let mut cells = vec![row.name.clone()];
        cells.extend(row.cells.iter().map(|rate| match rate.counted {
            Some(0) => "nobody".to_owned(),
            _ => rate.full_text(input.precision),
        }));
        cells.resize(input.columns.len() + 1, String::new());
        cells
    });
    Chart {
        title: input.title.clone(),
        summary: words::spread(&named, input.precision),
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, &words::n_of(named.iter().map(|n| n.1.counted))),
    }
}

/// A grade in a sentence: `grade 4`. Other names speak for themselves.
fn said(label: &str, name: &str) -> String {
    if label == "Grade" { format!("grade {name}") } else { name.to_owned() }
}

fn picture(input: &Cross) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let names = if narrow { 92.0 } else { 190.0 };
    let least = if narrow { 62.0 } else { 84.0 };
    // As few bands as fit, all about as wide.
    let most_across = (((width - names) / least) as usize).max(1);
    let across = input.columns.len().div_ceil(input.columns.len().div_ceil(most_across).max(1)).max(1);
    let cell = ((width - names) / across as f64).min(150.0);
    let most = input.rows.iter().flat_map(|r| &r.cells).filter_map(|r| r.rate).fold(0.01, f64::max);
    let roomy = input.rows.iter().flat_map(|r| &r.cells).all(|rate| {
        let (text, n) = texts(rate, input.precision);
        Type::axis().bold().width(&text) + Type::axis().width(&n) + 9.0 <= cell
    });
    let shape = Shape { cell, most, roomy };
    let band = HEAD + ROW * input.rows.len() as f64 + 14.0;
    let bands = input.columns.len().div_ceil(across).max(1);
    draw(width, band * bands as f64, |c| {
        for b in 0..bands {
            let y = band * b as f64;
            let from = across * b;
            let to = (from + across).min(input.columns.len());
            c.text(0.0, y + 30.0, &Type::axis().cut(&input.row_label, names - 8.0), Type::axis());
            c.text(names, y + 12.0, &Type::axis().cut(&input.column_label, width - names), Type::axis());
            c.rule(0.0, y + HEAD - 3.0, width, 1.5, Role::Ink);
            for (i, column) in input.columns.get(from..to).unwrap_or_default().iter().enumerate() {
                let head = Type::label().bold();
                c.text(names + cell * i as f64, y + 30.0, &head.cut(column, cell - 8.0), head);
            }
            for (r, row) in input.rows.iter().enumerate() {
                let top = y + HEAD + ROW * r as f64;
                let name = Type::label();
                for (i, line) in metrics::wrap(&row.name, names - 10.0, name.size, name.weight, 2).iter().enumerate() {
                    c.text(0.0, top + 17.0 + 16.0 * i as f64, line, name);
                }
                for (i, rate) in row.cells.iter().skip(from).take(to - from).enumerate() {
                    one(c, rate, (names + cell * i as f64, top), &shape, input.precision);
                }
                c.rule(0.0, top + ROW - 3.0, width, 1.0, Role::Line);
            }
        }
    })
}

struct Shape {
    cell: f64,
    /// The highest rate, which fills a cell.
    most: f64,
    /// Whether every rate has room for its n beside it.
    roomy: bool,
}

fn texts(rate: &Rate, precision: Precision) -> (String, String) {
    let n = rate.counted.map_or_else(String::new, |n| format!("of {}", words::count(n)));
    (words::percent_or_hidden(rate.rate, precision), n)
}

/// The rate and its n on one line and the bar beneath, all bars on one scale. Where that is too
/// narrow, n takes the bar's place: no rate stands without it.
fn one(c: &mut Canvas, rate: &Rate, (x, y): (f64, f64), shape: &Shape, precision: Precision) {
    let Some(share) = rate.rate else {
        let word = if rate.counted == Some(0) { "–" } else { words::HIDDEN };
        c.text(x, y + 17.0, word, Type::axis());
        return;
    };
    let (text, n) = texts(rate, precision);
    let strong = Type::axis().bold().role(Role::Ink);
    c.text(x, y + 17.0, &text, strong);
    if shape.roomy {
        c.text(x + strong.width(&text) + 5.0, y + 17.0, &n, Type::axis());
        c.rect(x, y + 25.0, (share / shape.most * (shape.cell - 12.0)).max(1.0), 8.0, Role::LineStrong);
    } else {
        c.text(x, y + 33.0, &n, Type::axis());
    }
}

//! Rates by any two groupings: rows by columns, each cell with its bar, its rate and its n. Where
//! columns do not fit beside each other, the rest follow beneath.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Rate, Table, Width};
use super::role::Role;
use super::{metrics, words};
use std::ops::Range;

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
/// Below each band.
const GAP: f64 = 14.0;

#[must_use]
pub fn cross(input: &Cross) -> Chart {
    Chart { svg: picture(input), ..in_words(input) }
}

/// The same without its drawing, which [`Leaves`] draw a piece at a time.
#[must_use]
pub fn in_words(input: &Cross) -> Chart {
    let shown = |rate: &Rate| rate.rate.is_some() && rate.counted != Some(0);
    let mut named: Vec<(String, Rate)> = Vec::new();
    for row in &input.rows {
        for (column, rate) in input.columns.iter().zip(&row.cells) {
            if shown(rate) || rate.counted != Some(0) {
                named.push((place(input, &row.name, column), *rate));
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
        svg: String::new(),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, &words::n_of(named.iter().map(|n| n.1.counted.filter(|_| n.1.rate.is_some())))),
    }
}

/// A cell in a sentence: `Elm High, grade 4`, `Elm High, English learner: No`.
#[must_use]
pub fn place(input: &Cross, row: &str, column: &str) -> String {
    format!("{}, {}", said(&input.row_label, row), said(&input.column_label, column))
}

/// Names of schools, tiers, months, weekdays and kinds speak for themselves; a grade and a condition's value do not.
fn said(label: &str, name: &str) -> String {
    match label {
        "Grade" => format!("grade {name}"),
        "School" | "Tier" | "Month" | "Weekday" | "Kind of absence" => name.to_owned(),
        condition => format!("{condition}: {name}"),
    }
}

fn picture(input: &Cross) -> String {
    let shape = Shape::of(input);
    let band = HEAD + ROW * input.rows.len() as f64 + GAP;
    draw(input.width.px(), band * shape.bands as f64, |c| {
        for at in 0..shape.bands {
            let y = band * at as f64;
            head(c, input, &shape, at, y);
            for row in 0..input.rows.len() {
                line(c, input, &shape, (at, row), y + HEAD + ROW * row as f64);
            }
        }
    })
}

/// Rows that are drawn together in one leaf: two or three leaves fill a screen.
const LEAF: usize = 10;

/// The drawing in parts lower than a screen: leaf below leaf they are the whole picture, so that a page can
/// draw what is in view first.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaves {
    shape: Shape,
    /// Band and rows, from top to bottom.
    all: Vec<(usize, Range<usize>)>,
}

impl Leaves {
    #[must_use]
    pub fn of(input: &Cross) -> Leaves {
        let (shape, n) = (Shape::of(input), input.rows.len());
        let of_band =
            |band: usize| (0..n.div_ceil(LEAF).max(1)).map(move |at| (band, at * LEAF..((at + 1) * LEAF).min(n)));
        Leaves { all: (0..shape.bands).flat_map(of_band).collect(), shape }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Draws one of them; nothing where there is no such leaf.
    #[must_use]
    pub fn draw(&self, input: &Cross, at: usize) -> String {
        let Some((band, rows)) = self.all.get(at) else { return String::new() };
        let above = if rows.start == 0 { HEAD } else { 0.0 };
        let below = if rows.end == input.rows.len() { GAP } else { 0.0 };
        draw(input.width.px(), above + ROW * rows.len() as f64 + below, |c| {
            if rows.start == 0 {
                head(c, input, &self.shape, *band, 0.0);
            }
            for (at, row) in rows.clone().enumerate() {
                line(c, input, &self.shape, (*band, row), above + ROW * at as f64);
            }
        })
    }
}

/// The columns of a band with what they are.
fn head(c: &mut Canvas, input: &Cross, shape: &Shape, band: usize, y: f64) {
    let (width, names) = (input.width.px(), shape.names);
    c.text(0.0, y + 30.0, &Type::axis().cut(&input.row_label, names - 8.0), Type::axis());
    c.text(names, y + 12.0, &Type::axis().cut(&input.column_label, width - names), Type::axis());
    c.rule(0.0, y + HEAD - 3.0, width, 1.5, Role::Ink);
    for (i, column) in input.columns[shape.columns(band, input)].iter().enumerate() {
        let head = Type::label().bold();
        c.text(names + shape.cell * i as f64, y + 30.0, &head.cut(column, shape.cell - 8.0), head);
    }
}

/// One row of a band.
fn line(c: &mut Canvas, input: &Cross, shape: &Shape, (band, row): (usize, usize), top: f64) {
    let (row, columns) = (&input.rows[row], shape.columns(band, input));
    let name = Type::label();
    for (i, line) in metrics::wrap(&row.name, shape.names - 10.0, name.size, name.weight, 2).iter().enumerate() {
        c.text(0.0, top + 17.0 + 16.0 * i as f64, line, name);
    }
    for (i, rate) in row.cells.iter().skip(columns.start).take(columns.len()).enumerate() {
        one(c, rate, (shape.names + shape.cell * i as f64, top), shape, input.precision);
    }
    c.rule(0.0, top + ROW - 3.0, input.width.px(), 1.0, Role::Line);
}

#[derive(Clone, Debug, PartialEq)]
struct Shape {
    /// Room for the names of rows.
    names: f64,
    /// Columns beside each other, and how often they start again below.
    across: usize,
    bands: usize,
    cell: f64,
    /// The highest rate, which fills a cell.
    most: f64,
    /// Whether every rate has room for its n beside it.
    roomy: bool,
}

impl Shape {
    fn of(input: &Cross) -> Shape {
        let (width, narrow) = (input.width.px(), input.width.is_narrow());
        let names = if narrow { 92.0 } else { 190.0 };
        let least = if narrow { 62.0 } else { 84.0 };
        // As few bands as fit, all about as wide.
        let most_across = (((width - names) / least) as usize).max(1);
        let across = input.columns.len().div_ceil(input.columns.len().div_ceil(most_across).max(1)).max(1);
        let cell = ((width - names) / across as f64).min(150.0);
        let rates = || input.rows.iter().flat_map(|r| &r.cells);
        let most = rates().filter_map(|r| r.rate).fold(0.01, f64::max);
        let roomy = rates().all(|rate| {
            let (text, n) = texts(rate, input.precision);
            Type::axis().bold().width(&text) + Type::axis().width(&n) + 9.0 <= cell
        });
        Shape { names, across, bands: input.columns.len().div_ceil(across).max(1), cell, most, roomy }
    }

    /// Positions of the columns of one band.
    fn columns(&self, band: usize, input: &Cross) -> Range<usize> {
        let n = input.columns.len();
        (self.across * band).min(n)..(self.across * (band + 1)).min(n)
    }
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

#[cfg(test)]
mod tests {
    use super::super::canvas::size_of;
    use super::*;

    #[test]
    fn a_sentence_names_grade_and_condition_and_counts_what_is_hidden_once() {
        let nobody = Rate { counted: Some(0), ..Rate::default() };
        let range = Rate { counted: Some(30), ..Rate::default() };
        let input = Cross {
            title: String::new(),
            stamp: String::new(),
            row_label: "Grade".into(),
            column_label: "English learner".into(),
            columns: vec!["No".into(), "Yes".into(), "Not known".into()],
            rows: vec![
                CrossRow { name: "3".into(), cells: vec![Rate::of(4, 40, None), Rate::default(), nobody] },
                CrossRow { name: "4".into(), cells: vec![Rate::of(9, 30, None), range, nobody] },
            ],
            width: Width::WIDE,
            precision: Precision::Whole,
        };
        let said = in_words(&input);
        assert!(said.summary.contains("at grade 3, English learner: No to "), "{}", said.summary);
        // Who has a range has no rate here: hidden in the sentence, and so in the foot.
        assert!(said.summary.contains("2 are hidden") && said.foot.contains("n = 70, without 2 hidden"), "{said:?}");
    }

    #[test]
    fn leaves_below_each_other_are_the_whole_picture() {
        let cells = |row: u32| (1..=12).map(|column| Rate::of(row, 40 + column, None)).collect();
        let rows = |n: u32| (0..n).map(|at| CrossRow { name: format!("School {at}"), cells: cells(at % 40) }).collect();
        for (n, leaves_of) in [(0, 2), (7, 2), (20, 4), (45, 10)] {
            let input = Cross {
                title: "Chronic absence by school and grade".into(),
                stamp: "Anywhere.".into(),
                row_label: "School".into(),
                column_label: "Grade".into(),
                columns: (1..=12).map(|grade| grade.to_string()).collect(),
                rows: rows(n),
                width: Width::WIDE,
                precision: Precision::Tenths,
            };
            let (whole, leaves) = (cross(&input), Leaves::of(&input));
            let drawn: Vec<String> = (0..leaves.count()).map(|at| leaves.draw(&input, at)).collect();
            assert_eq!(drawn.len(), leaves_of, "{n} rows");
            let height: f64 = drawn.iter().map(|svg| size_of(svg).1).sum();
            assert!((height - size_of(&whole.svg).1).abs() < 1e-9, "{n} rows");
            let marks = |svg: &str| ["<rect", "<text", "<line"].map(|mark| svg.matches(mark).count());
            let sum = drawn.iter().map(|svg| marks(svg)).fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
            assert_eq!(sum, marks(&whole.svg), "{n} rows");
            assert_eq!(Chart { svg: String::new(), ..whole }, in_words(&input));
        }
    }
}

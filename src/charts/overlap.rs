//! Which conditions come together: sets as rows, their combinations as columns (an UpSet plot).

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::marks;
use super::role::Role;
use super::words;

#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    pub title: String,
    pub stamp: String,
    /// The conditions, with all students who have each.
    pub conditions: Vec<(String, Option<u32>)>,
    /// Largest first; each student is in exactly one.
    pub combinations: Vec<Combination>,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Combination {
    /// Positions in `conditions`; empty for students with none of them.
    pub has: Vec<usize>,
    pub counted: Option<u32>,
    pub chronic: Option<u32>,
}

impl Combination {
    fn name(&self, input: &Overlap) -> String {
        let names: Vec<String> =
            self.has.iter().filter_map(|i| input.conditions.get(*i)).map(|c| c.0.clone()).collect();
        if names.is_empty() { "None of these".to_owned() } else { names.join(" + ") }
    }

    fn rate(&self) -> Option<f64> {
        let (chronic, counted) = (self.chronic?, self.counted?);
        (counted > 0).then(|| f64::from(chronic) / f64::from(counted))
    }
}

const BARS: f64 = 130.0;
const ROW: f64 = 26.0;
const CHRONIC: &str = "chronically absent, number above";
const OTHERS: &str = "others";

#[must_use]
pub fn overlap(input: &Overlap) -> Chart {
    let columns = vec![
        Column::text("Conditions together"),
        Column::number("Students counted"),
        Column::number("Chronically absent"),
        Column::number("Rate"),
    ];
    let rows = input.combinations.iter().map(|combination| {
        vec![
            combination.name(input),
            words::count_or_hidden(combination.counted),
            words::count_or_hidden(combination.chronic),
            words::percent_or_hidden(combination.rate(), Precision::Whole),
        ]
    });
    let most = input.combinations.iter().max_by_key(|c| c.chronic);
    let summary = match most.map(|m| (m, m.chronic, m.counted)) {
        Some((m, Some(chronic), Some(counted))) => format!(
            "The largest group of chronically absent students: {} ({} of {} students). Each student is counted once.",
            m.name(input),
            words::count(chronic),
            words::count(counted)
        ),
        _ => "Every number here is hidden to protect students.".to_owned(),
    };
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, &words::n_of(input.combinations.iter().map(|c| c.counted))),
    }
}

fn picture(input: &Overlap) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let left = if narrow { 150.0 } else { 220.0 };
    let fitting = ((width - left) / if narrow { 34.0 } else { 42.0 }) as usize;
    let shown = &input.combinations[..input.combinations.len().min(fitting)];
    let column = ((width - left) / shown.len().max(1) as f64).min(64.0);
    let most = shown.iter().filter_map(|c| c.counted).max().unwrap_or(1).max(1);
    let top = 48.0;
    let matrix = top + BARS + 30.0;
    let left_out = input.combinations.len() - shown.len();
    let height = matrix + ROW * input.conditions.len() as f64 + if left_out > 0 { 24.0 } else { 4.0 };
    draw(width, height, |c| {
        key(c);
        for (row, (label, size)) in input.conditions.iter().enumerate() {
            let y = matrix + ROW * row as f64;
            if row.is_multiple_of(2) {
                c.rect(0.0, y, left + column * shown.len() as f64, ROW, Role::Sunk);
            }
            let n = words::count_or_hidden(*size);
            c.text(left - 10.0, y + 17.5, &n, Type::axis().end());
            let room = left - 10.0 - Type::axis().width(&n) - 10.0;
            c.text(4.0, y + 17.5, &Type::label().cut(label, room), Type::label());
        }
        let base = top + BARS;
        for (i, combination) in shown.iter().enumerate() {
            let x = left + column * (i as f64 + 0.5);
            bar(c, combination, (x, base), column, BARS / f64::from(most));
            dots(c, input, combination, x, matrix);
        }
        c.rule(left, base, column * shown.len() as f64, 1.5, Role::Ink);
        c.text(left - 10.0, base + 20.0, "all students", Type::axis().end());
        if left_out > 0 {
            let rest = words::some(left_out as u32, "smaller combination", "smaller combinations");
            c.text(0.0, height - 6.0, &format!("{rest} in the table."), Type::axis());
        }
    })
}

fn key(c: &mut Canvas) {
    c.rect(0.0, 3.0, 14.0, 14.0, Role::Ink);
    c.text(20.0, 14.5, CHRONIC, Type::axis());
    let x = 20.0 + Type::axis().width(CHRONIC) + 20.0;
    c.framed([x, 3.0, 14.0, 14.0], Role::Paper, Role::LineStrong, 1.0);
    c.text(x + 20.0, 14.5, OTHERS, Type::axis());
}

fn bar(c: &mut Canvas, combination: &Combination, (x, base): (f64, f64), column: f64, unit: f64) {
    let wide = (column - 12.0).min(34.0).round();
    let left = (x - wide / 2.0).round();
    c.text(x, base + 20.0, &words::count_or_hidden(combination.counted), Type::axis().middle());
    let Some(counted) = combination.counted else {
        c.text(x, base - 6.0, "?", Type::label().bold().middle());
        return;
    };
    let tall = f64::from(counted) * unit;
    c.framed([left, base - tall, wide, tall], Role::Paper, Role::LineStrong, 1.0);
    let mut top = base - tall;
    if let Some(chronic) = combination.chronic {
        let tall = f64::from(chronic) * unit;
        c.rect(left, base - tall, wide, tall, Role::Ink);
        top -= 5.0;
        c.text(x, top, &words::count(chronic), Type::axis().bold().role(Role::Ink).middle());
    } else {
        c.text(x, top - 5.0, "?", Type::axis().middle());
    }
}

fn dots(c: &mut Canvas, input: &Overlap, combination: &Combination, x: f64, matrix: f64) {
    let y = |row: usize| matrix + ROW * (row as f64 + 0.5);
    for row in 0..input.conditions.len() {
        if !combination.has.contains(&row) {
            c.disc(x, y(row), 4.0, Role::Line);
        }
    }
    if let (Some(first), Some(last)) = (combination.has.iter().min(), combination.has.iter().max()) {
        c.post(x, y(*first), y(*last) - y(*first), 2.0, Role::Ink);
    }
    for row in &combination.has {
        marks::dot(c, x, y(*row), 6.0);
    }
}

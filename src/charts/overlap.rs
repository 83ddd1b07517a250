//! Which conditions come together: sets as rows, their combinations as columns (an UpSet plot).

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::role::Role;
use super::{marks, metrics, words};

#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    pub title: String,
    pub stamp: String,
    /// The conditions, with all students who have each.
    pub conditions: Vec<(String, Option<u32>)>,
    /// Largest first; each student is in exactly one.
    pub combinations: Vec<Combination>,
    /// Everyone else: in rarer combinations.
    pub rest: Option<Rest>,
    pub width: Width,
}

/// The combinations that do not stand by themselves, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    pub combinations: u32,
    pub counted: Option<u32>,
    pub chronic: Option<u32>,
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
}

const BARS: f64 = 130.0;
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
    let row = |name: String, counted: Option<u32>, chronic: Option<u32>| {
        let rate = counted.zip(chronic).filter(|(n, _)| *n > 0).map(|(n, x)| f64::from(x) / f64::from(n));
        vec![
            name,
            words::count_or_hidden(counted),
            words::count_or_hidden(chronic),
            words::percent_or_hidden(rate, Precision::Whole),
        ]
    };
    let rows = input.combinations.iter().map(|c| row(c.name(input), c.counted, c.chronic));
    let rest = input.rest.map(|rest| {
        let name = words::some(rest.combinations, "other combination", "other combinations, together");
        row(name, rest.counted, rest.chronic)
    });
    let counted = input.combinations.iter().map(|c| c.counted).chain(input.rest.map(|rest| rest.counted));
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
        table: Table { caption: input.title.clone(), columns, rows: rows.chain(rest).collect() },
        foot: words::foot(&input.stamp, &words::n_of(counted)),
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
    let left_out = not_drawn(&input.combinations[shown.len()..], input.rest);
    // Long names of conditions take a second line where there is little room beside the columns.
    let row_height = if narrow { 38.0 } else { 26.0 };
    let height = matrix + row_height * input.conditions.len() as f64 + if left_out.is_empty() { 4.0 } else { 24.0 };
    draw(width, height, |c| {
        key(c);
        for (row, (label, size)) in input.conditions.iter().enumerate() {
            let y = matrix + row_height * row as f64;
            if row.is_multiple_of(2) {
                c.rect(0.0, y, left + column * shown.len() as f64, row_height, Role::Sunk);
            }
            let middle = y + row_height / 2.0 + 4.5;
            let n = words::count_or_hidden(*size);
            c.text(left - 10.0, middle, &n, Type::axis().end());
            let (name, room) = (Type::label(), left - 10.0 - Type::axis().width(&n) - 10.0);
            let lines = metrics::wrap(label, room, name.size, name.weight, if narrow { 2 } else { 1 });
            let first = middle - 8.0 * (lines.len() as f64 - 1.0);
            for (i, line) in lines.iter().enumerate() {
                c.text(4.0, first + 16.0 * i as f64, line, name);
            }
        }
        let base = top + BARS;
        for (i, combination) in shown.iter().enumerate() {
            let x = left + column * (i as f64 + 0.5);
            bar(c, combination, (x, base), column, BARS / f64::from(most));
            dots(c, input, combination, (x, matrix), row_height);
        }
        c.rule(left, base, column * shown.len() as f64, 1.5, Role::Ink);
        c.text(left - 10.0, base + 20.0, "all students", Type::axis().end());
        c.text(0.0, height - 6.0, &left_out, Type::axis());
    })
}

/// `17 smaller combinations, 55 students, in the table.`; empty where every combination is drawn.
fn not_drawn(combinations: &[Combination], rest: Option<Rest>) -> String {
    let n = combinations.len() as u32 + rest.map_or(0, |rest| rest.combinations);
    let students: Option<u32> =
        combinations.iter().map(|c| c.counted).chain(rest.map(|rest| rest.counted)).sum::<Option<u32>>();
    let who = students.map_or_else(String::new, |n| format!(", {},", words::some(n, "student", "students")));
    match n {
        0 => String::new(),
        n => format!("{}{who} in the table.", words::some(n, "smaller combination", "smaller combinations")),
    }
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

fn dots(c: &mut Canvas, input: &Overlap, combination: &Combination, (x, matrix): (f64, f64), row_height: f64) {
    let y = |row: usize| matrix + row_height * (row as f64 + 0.5);
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

//! With and without each condition, school beside school on one axis: as cells for the page's grid
//! and as one whole chart. A gap says that students with a condition are absent more or less often
//! here, never why.

pub use super::condition_cell::{ConditionCell, all_students_cell, cell_text, condition_cell, condition_head};

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::condition_cell::{CELL, draw_all, draw_cell, gap, head, signed};
use super::rate_rows::{RateAxis, RateRow};
use super::role::Role;
use super::scale::rate_end;
use super::{condition_words, marks, metrics, words};

#[derive(Clone, Debug, PartialEq)]
pub struct ConditionRow {
    /// `Special education`.
    pub label: String,
    /// `15 to 17 % of students`. May be empty.
    pub note: String,
    /// One for each school, in the order of the panel's schools.
    pub cells: Vec<ConditionCell>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ConditionsPanel {
    pub title: String,
    /// Whose data, dates and definition, ending in a full stop.
    pub stamp: String,
    /// Two to four schools with their overall rate, expected rate and verdict.
    pub schools: Vec<RateRow>,
    pub rows: Vec<ConditionRow>,
    pub width: Width,
    pub precision: Precision,
}

/// The axis that every cell shares. Intervals may leave it with an arrow; dots may not.
#[must_use]
pub fn shared_axis(panel: &ConditionsPanel) -> RateAxis {
    let mut rates: Vec<f64> = Vec::new();
    for school in &panel.schools {
        rates.extend([school.rate.rate, school.expected].iter().flatten());
    }
    for cell in panel.rows.iter().flat_map(|r| &r.cells) {
        if let ConditionCell::Compared { with, without, .. } = cell {
            rates.extend([with.rate, without.rate].iter().flatten());
        }
    }
    RateAxis { end: rate_end(rates) }
}

/// The whole panel: labels left and a column per school, or on narrow screens each condition with
/// its schools beneath.
#[must_use]
pub fn conditions(panel: &ConditionsPanel) -> Chart {
    let counted = format!("Thin lines: 95 % intervals. {}", words::n_of(panel.schools.iter().map(|s| s.rate.counted)));
    Chart {
        title: panel.title.clone(),
        summary: condition_words::summary(panel),
        svg: if panel.width.is_narrow() { stacked(panel) } else { columns(panel) },
        table: table(panel),
        foot: words::foot(&panel.stamp, &counted),
    }
}

fn table(panel: &ConditionsPanel) -> Table {
    let columns = vec![
        Column::text("Condition"),
        Column::text("School"),
        Column::text("With it"),
        Column::text("95 % interval"),
        Column::text("Without it"),
        Column::number("Gap in points"),
        Column::number("Share of chronically absent students"),
    ];
    let mut rows = Vec::new();
    for school in &panel.schools {
        let ends = school.rate.interval.map_or_else(String::new, |i| words::interval(i, panel.precision));
        let all = school.rate.full_text(panel.precision);
        rows.push(vec![
            "All students".into(),
            school.name.clone(),
            all,
            ends,
            String::new(),
            String::new(),
            String::new(),
        ]);
    }
    for row in &panel.rows {
        for (school, cell) in panel.schools.iter().zip(&row.cells) {
            let mut cells = vec![row.label.clone(), school.name.clone()];
            match cell {
                ConditionCell::Compared { with, without, of_chronic } => cells.extend([
                    with.full_text(Precision::Whole),
                    with.interval.map_or_else(String::new, |i| words::interval(i, Precision::Whole)),
                    without.full_text(Precision::Whole),
                    gap(with, without).map_or_else(|| words::HIDDEN.to_owned(), signed),
                    words::percent_or_hidden(*of_chronic, Precision::Whole),
                ]),
                other => {
                    cells.push(cell_text(other));
                    cells.resize(columns.len(), String::new());
                }
            }
            rows.push(cells);
        }
    }
    Table { caption: panel.title.clone(), columns, rows }
}

fn draw_key(c: &mut Canvas, width: f64) {
    marks::dot(c, 7.0, 10.0, 5.5);
    c.text(19.0, 14.0, "students with it", Type::axis());
    marks::hollow(c, 126.0, 10.0, 5.5);
    c.text(138.0, 14.0, "all others", Type::axis());
    marks::expected(c, 213.0, 10.0, 20.0);
    c.text(223.0, 14.0, if width < 354.0 { "expected" } else { "expected for its students" }, Type::axis());
}

fn columns(panel: &ConditionsPanel) -> String {
    const LABELS: f64 = 136.0;
    let width = panel.width.px();
    let axis = shared_axis(panel);
    let count = panel.schools.len().max(1) as f64;
    let column = (width - LABELS - 14.0 * (count - 1.0)) / count;
    let top = 88.0;
    let height = top + (CELL + 8.0) * (1.0 + panel.rows.len() as f64) + 2.0;
    let left = |i: usize| LABELS + (column + 14.0) * i as f64;
    draw(width, height, |c| {
        draw_key(c, width);
        for (i, school) in panel.schools.iter().enumerate() {
            let name = Type::label().bold();
            c.text(left(i) + 6.0, 44.0, &name.cut(&school.name, column - 8.0), name);
            if let Some(verdict) = school.verdict {
                c.text(left(i) + 6.0, 60.0, verdict.label(), Type::axis());
            }
            head(c, axis, left(i), column, 80.0);
        }
        c.rule(0.0, top, width, 1.5, Role::Ink);
        row_label(c, "All students", "", (0.0, top + 4.0), LABELS - 12.0);
        for (i, school) in panel.schools.iter().enumerate() {
            draw_all(c, school, axis, (left(i), top + 4.0), column, panel.precision);
        }
        for (r, row) in panel.rows.iter().enumerate() {
            let y = top + (CELL + 8.0) * (r as f64 + 1.0);
            c.rule(0.0, y, width, 1.0, if r == 0 { Role::Ink } else { Role::Line });
            row_label(c, &row.label, &row.note, (0.0, y + 4.0), LABELS - 12.0);
            for (i, cell) in row.cells.iter().enumerate() {
                draw_cell(c, cell, axis, (left(i), y + 4.0), column);
            }
        }
    })
}

fn row_label(c: &mut Canvas, label: &str, note: &str, (x, y): (f64, f64), room: f64) {
    let bold = Type::label().bold();
    let lines = metrics::wrap(label, room, bold.size, bold.weight, 2);
    let used = lines.len() as f64 * 16.0;
    for (i, line) in lines.iter().enumerate() {
        c.text(x, y + 16.0 + 16.0 * i as f64, line, bold);
    }
    c.text(x, y + 16.0 + used, &Type::axis().cut(note, room), Type::axis());
}

fn stacked(panel: &ConditionsPanel) -> String {
    const NAMES: f64 = 92.0;
    let width = panel.width.px();
    let axis = shared_axis(panel);
    let block = 42.0 + (CELL + 4.0) * panel.schools.len() as f64;
    let top = 50.0;
    let height = top + block * (1.0 + panel.rows.len() as f64);
    let name = |c: &mut Canvas, school: &RateRow, y: f64| {
        let style = Type::axis().role(Role::Ink);
        for (i, line) in metrics::wrap(&school.name, NAMES - 8.0, style.size, style.weight, 2).iter().enumerate() {
            c.text(0.0, y + 23.0 + 15.0 * i as f64, line, style);
        }
    };
    draw(width, height, |c| {
        draw_key(c, width);
        head(c, axis, NAMES, width - NAMES, 40.0);
        for block_index in 0..=panel.rows.len() {
            let y = top + block * block_index as f64;
            c.rule(0.0, y, width, if block_index == 0 { 1.5 } else { 1.0 }, Role::Ink);
            let row = block_index.checked_sub(1).map(|i| &panel.rows[i]);
            c.text(
                0.0,
                y + 20.0,
                &Type::label().bold().cut(row.map_or("All students", |r| &r.label), width),
                Type::label().bold(),
            );
            if let Some(row) = row {
                let note_left = Type::label().bold().width(&row.label) + 10.0;
                c.text(note_left, y + 20.0, &Type::axis().cut(&row.note, width - note_left), Type::axis());
            }
            for (i, school) in panel.schools.iter().enumerate() {
                let y = y + 30.0 + (CELL + 4.0) * i as f64;
                name(c, school, y);
                match row {
                    None => draw_all(c, school, axis, (NAMES, y), width - NAMES, panel.precision),
                    Some(row) => {
                        if let Some(cell) = row.cells.get(i) {
                            draw_cell(c, cell, axis, (NAMES, y), width - NAMES);
                        }
                    }
                }
            }
        }
    })
}

//! An attacker written apart from the product: from what a release shows, over the finest counts that
//! exist (with and without, chronic and not), by linear programming.

use bright_spots::share::gate::Shown;
use bright_spots::share::release::{Axes, Release, Sheet};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use std::time::Duration;

pub const FAR: f64 = 1e9;

/// A program of ten thousand variables can turn in circles for an hour.
const LONGEST: Duration = Duration::from_secs(120);

/// The least and most that fit for each asked cell: (sheet, cell, outcome?). `sizes`: known sizes by sheet.
/// `None` where the solver came to no end.
pub fn ranges(
    release: &Release,
    sizes: Option<&[Vec<u32>]>,
    asked: &[(usize, usize, bool)],
) -> Vec<Option<(f64, f64)>> {
    let side = |cell: &(usize, usize, bool), most| extreme(release, sizes, *cell, most);
    asked.iter().map(|cell| Some((side(cell, false)?, side(cell, true)?))).collect()
}

struct Model {
    problem: Problem,
    /// By sheet, finest cell, outcome (0 chronic, 1 not).
    finest: Vec<Vec<[Option<Variable>; 2]>>,
}

fn inner(release: &Release, sheet: &Sheet) -> Vec<usize> {
    let rows = match sheet.axes {
        Axes::PlacesByGrades => release.places.schools.len(),
        _ => sheet.n_rows - 1,
    };
    (0..rows).flat_map(|row| (0..sheet.n_cols - 1).map(move |col| row * sheet.n_cols + col)).collect()
}

/// The finest cells below a cell of a sheet.
fn below(release: &Release, sheet: &Sheet, at: usize) -> Vec<usize> {
    let (row, col) = (at / sheet.n_cols, at % sheet.n_cols);
    let n_schools = release.places.schools.len();
    let in_row = |r: usize| match sheet.axes {
        Axes::PlacesByGrades if row + 1 == sheet.n_rows => true,
        Axes::PlacesByGrades if row >= n_schools => usize::from(release.places.district_of[r]) == row - n_schools,
        _ => row + 1 == sheet.n_rows || r == row,
    };
    inner(release, sheet)
        .into_iter()
        .filter(|k| in_row(k / sheet.n_cols) && (col + 1 == sheet.n_cols || k % sheet.n_cols == col))
        .collect()
}

fn extreme(release: &Release, sizes: Option<&[Vec<u32>]>, asked: (usize, usize, bool), most: bool) -> Option<f64> {
    let direction = if most { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
    let mut model = Model { problem: Problem::new(direction), finest: Vec::new() };
    let (asked_sheet, asked_at, asked_outcome) = asked;
    for (s, sheet) in release.sheets.iter().enumerate() {
        let wanted = if s == asked_sheet { below(release, sheet, asked_at) } else { Vec::new() };
        let mut cells = vec![[None; 2]; sheet.students.len()];
        for at in inner(release, sheet) {
            let cost = f64::from(u8::from(wanted.contains(&at)));
            cells[at][0] = Some(model.problem.add_var(cost, (0.0, f64::INFINITY)));
            let not = if asked_outcome { 0.0 } else { cost };
            cells[at][1] = Some(model.problem.add_var(not, (0.0, f64::INFINITY)));
        }
        model.finest.push(cells);
    }
    let told = |sheet: &Sheet| sheet.sizes_told != bright_spots::share::suppress::Detail::Nothing;
    for (s, sheet) in release.sheets.iter().enumerate() {
        if !told(sheet) {
            continue;
        }
        for at in 0..sheet.students.len() {
            let cells = below(release, sheet, at);
            let all: Vec<(Variable, f64)> =
                cells.iter().flat_map(|k| model.finest[s][*k]).map(|v| (v.unwrap(), 1.0)).collect();
            let chronic: Vec<(Variable, f64)> = cells.iter().map(|k| (model.finest[s][*k][0].unwrap(), 1.0)).collect();
            if all.is_empty() {
                continue;
            }
            let known = sizes.map(|sizes| sizes[s][at]).or(sheet.students[at].value());
            match known {
                Some(n) => model.problem.add_constraint(all.as_slice(), ComparisonOp::Eq, f64::from(n)),
                None => model.problem.add_constraint(all.as_slice(), ComparisonOp::Ge, 1.0),
            }
            match (sheet.chronic[at], sheet.students[at]) {
                (Shown::Value(x), _) => {
                    model.problem.add_constraint(chronic.as_slice(), ComparisonOp::Eq, f64::from(x));
                }
                (Shown::Coded(code), Shown::Value(n)) => {
                    let (low, high) = code.bounds(n);
                    model.problem.add_constraint(chronic.as_slice(), ComparisonOp::Ge, f64::from(low));
                    model.problem.add_constraint(chronic.as_slice(), ComparisonOp::Le, f64::from(high));
                }
                _ => {}
            }
        }
        if s > 0 {
            add_links(release, &mut model, s);
        }
    }
    model.problem.set_time_limit(LONGEST);
    match model.problem.solve() {
        Ok(outcome) => outcome.into_solution().ok().map(|solution| solution.objective()),
        Err(microlp::Error::Unbounded) => Some(FAR),
        Err(error) => panic!("the attacker's program has no answer: {error}"),
    }
}

/// A condition's counts are at most those of all students, or add up to them.
fn add_links(release: &Release, model: &mut Model, s: usize) {
    let sheet = &release.sheets[s];
    let whole = &release.sheets[0];
    let total = release.places.total_row();
    let last = release.grades.len();
    for outcome in 0..2 {
        match sheet.axes {
            Axes::PlacesByGrades => {
                for at in inner(release, sheet) {
                    let pair =
                        [(model.finest[0][at][outcome].unwrap(), 1.0), (model.finest[s][at][outcome].unwrap(), -1.0)];
                    model.problem.add_constraint(pair.as_slice(), ComparisonOp::Ge, 0.0);
                }
            }
            Axes::SchoolsByValues | Axes::GradesByValues => {
                for row in 0..sheet.n_rows - 1 {
                    let above = match sheet.axes {
                        Axes::SchoolsByValues => whole.n_cols * row + last,
                        _ => whole.n_cols * total + row,
                    };
                    let mut terms: Vec<(Variable, f64)> = below(release, whole, above)
                        .into_iter()
                        .map(|k| (model.finest[0][k][outcome].unwrap(), 1.0))
                        .collect();
                    terms.extend(
                        (0..sheet.n_cols - 1)
                            .map(|col| (model.finest[s][row * sheet.n_cols + col][outcome].unwrap(), -1.0)),
                    );
                    model.problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
                }
            }
        }
    }
}

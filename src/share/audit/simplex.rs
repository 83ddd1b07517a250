//! The last resort of the attacker: linear programming over whatever hangs together with one cell.

use super::system::{System, UNBOUNDED};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};
use std::time::Duration;

/// What the solver says of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// The least and most that fit; whether whole-number tables reach both was checked.
    Found { low: i64, high: i64, whole: bool },
    /// Too large, or the solver gave up.
    Undecided,
}

/// Cells that are not known and hang together with `cell`, up to `most`; `None` where there are more.
fn component(system: &System, cell: u32, most: usize) -> Option<Vec<u32>> {
    let mut found = vec![cell];
    let mut seen = std::collections::BTreeSet::from([cell]);
    let mut head = 0;
    while head < found.len() {
        for equation in &system.touching[found[head] as usize] {
            for (next, _) in &system.equations[*equation as usize].terms {
                let known = system.cells[*next as usize].width() == 0;
                if !known && seen.insert(*next) {
                    found.push(*next);
                    if found.len() > most {
                        return None;
                    }
                }
            }
        }
        head += 1;
    }
    found.sort_unstable();
    Some(found)
}

/// The exact range of a cell, given every sum and bound, where at most `most` cells hang together.
#[must_use]
pub fn range(system: &System, cell: u32, most: usize) -> Range {
    let Some(mut solving) = Solving::new(system, cell, most, None) else { return Range::Undecided };
    loop {
        if let Some(range) = solving.step(system) {
            return range;
        }
    }
}

/// More slices than this, and a cell counts as undecided.
const MOST_SLICES: u32 = 2_000;

/// A range under way: the least first, then the most.
pub struct Solving {
    cell: u32,
    cells: Vec<u32>,
    /// How long one step may take.
    slice: Option<Duration>,
    low: Option<(f64, bool)>,
    under_way: Option<(SolveOutcome, Vec<Variable>)>,
    slices: u32,
    seen: Vec<(u32, (f64, f64))>,
}

impl Solving {
    /// `None` where more than `most` unknown cells hang together.
    #[must_use]
    pub fn new(system: &System, cell: u32, most: usize, slice: Option<Duration>) -> Option<Solving> {
        let cells = component(system, cell, most)?;
        Some(Solving { cell, cells, slice, low: None, under_way: None, slices: 0, seen: Vec::new() })
    }

    /// By cell that hangs together with this one, the least and most in the tables found on the way.
    #[must_use]
    pub fn seen(&self) -> &[(u32, (f64, f64))] {
        &self.seen
    }

    /// Goes on for one slice; `None` while there is more. `system` is the same every time.
    pub fn step(&mut self, system: &System) -> Option<Range> {
        let direction = match self.low {
            None => OptimizationDirection::Minimize,
            Some(_) => OptimizationDirection::Maximize,
        };
        self.slices += 1;
        let (outcome, variables) = match self.under_way.take() {
            Some((outcome, variables)) => (outcome.resume(), variables),
            None => {
                let (problem, variables) = self.problem(system, direction);
                (problem.solve(), variables)
            }
        };
        let found = match outcome {
            Ok(outcome) if !outcome.is_optimal() => {
                if self.slices > MOST_SLICES {
                    return Some(Range::Undecided);
                }
                self.under_way = Some((outcome, variables));
                return None;
            }
            Ok(outcome) => outcome.into_solution().ok().map(|solution| {
                self.see(variables.iter().map(|v| solution.var_value(*v)));
                let is_whole = variables.iter().all(|v| {
                    let value = solution.var_value(*v);
                    (value - value.round()).abs() < 1e-6
                });
                (solution.objective(), is_whole)
            }),
            Err(microlp::Error::Unbounded) => {
                let far = UNBOUNDED as f64;
                Some((if direction == OptimizationDirection::Maximize { far } else { -far }, true))
            }
            Err(_) => None,
        };
        match (self.low, found) {
            (_, None) => Some(Range::Undecided),
            (None, low) => {
                self.low = low;
                None
            }
            (Some((low, whole_low)), Some((high, whole_high))) => Some(Range::Found {
                low: (low - 1e-6).ceil() as i64,
                high: (high + 1e-6).floor() as i64,
                whole: whole_low && whole_high,
            }),
        }
    }

    fn see(&mut self, values: impl Iterator<Item = f64>) {
        if self.seen.is_empty() {
            self.seen = self.cells.iter().copied().zip(values.map(|value| (value, value))).collect();
            return;
        }
        for ((_, (low, high)), value) in self.seen.iter_mut().zip(values) {
            (*low, *high) = (low.min(value), high.max(value));
        }
    }

    fn problem(&self, system: &System, direction: OptimizationDirection) -> (Problem, Vec<Variable>) {
        let cells = &self.cells;
        let mut problem = Problem::new(direction);
        if let Some(slice) = self.slice {
            problem.set_time_limit(slice);
        }
        let variables: Vec<Variable> = cells
            .iter()
            .map(|at| {
                let bounds = system.cells[*at as usize];
                let high = if bounds.high >= UNBOUNDED / 2 { f64::INFINITY } else { bounds.high as f64 };
                problem.add_var(if *at == self.cell { 1.0 } else { 0.0 }, (bounds.low as f64, high))
            })
            .collect();
        let mut equations: Vec<u32> =
            cells.iter().flat_map(|at| system.touching[*at as usize].iter().copied()).collect();
        equations.sort_unstable();
        equations.dedup();
        for equation in equations {
            let mut known = 0;
            let mut terms = Vec::new();
            for (at, sign) in &system.equations[equation as usize].terms {
                match cells.binary_search(at) {
                    Ok(position) => terms.push((variables[position], f64::from(*sign))),
                    Err(_) => known += i64::from(*sign) * system.cells[*at as usize].low,
                }
            }
            problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, -known as f64);
        }
        (problem, variables)
    }
}

//! One part of a published file that hangs together: the system of its sums, and each hidden number tried.

use super::examining::Part;
use super::sums::{Column, Rows, Sum};
use super::{Leaks, Told};
use crate::share::audit::simplex::{Range, Solving};
use crate::share::audit::system::{Cell, Narrowing, System};
use crate::share::gate::Rule;
use std::collections::BTreeSet;
use std::time::Duration;

/// The most unknown numbers that one linear program takes on.
const MOST_TOGETHER: usize = 400;

/// Rows or sums taken up, or numbers tried, in one step.
const AT_ONCE: usize = 500;

/// How long the simplex may go on in one step.
const SLICE: Duration = Duration::from_millis(8);

pub(super) struct Trying {
    part: Part,
    /// By row of the part: counted, chronic.
    cells: Vec<[u32; 2]>,
    system: System,
    /// What is known before any sum is used.
    alone: System,
    /// By cell, how many unknown ones hang together with it.
    together: Vec<u32>,
    /// By cell, the least and most among tables that fit: what was seen once need not be solved for again.
    seen: Vec<(f64, f64)>,
    next: Next,
}

enum Next {
    Rows(usize),
    Sums(usize),
    Narrow(Narrowing),
    /// Row of the part and column, as one number.
    Try(usize),
    Solve(usize, Box<Solving>),
}

impl Trying {
    pub(super) fn new(part: Part) -> Trying {
        Trying {
            part,
            cells: Vec::new(),
            system: System::default(),
            alone: System::default(),
            together: Vec::new(),
            seen: Vec::new(),
            next: Next::Rows(0),
        }
    }

    /// A little work; `true` while there is more.
    pub(super) fn step(
        &mut self,
        rows: &Rows,
        sums: &[(Column, Sum)],
        leaks: &mut Leaks,
        places: &mut BTreeSet<String>,
    ) -> bool {
        self.next = match std::mem::replace(&mut self.next, Next::Rows(0)) {
            Next::Rows(from) => {
                let to = self.part.rows.len().min(from + AT_ONCE);
                (from..to).for_each(|at| self.add_row(rows, at));
                if to < self.part.rows.len() { Next::Rows(to) } else { Next::Sums(0) }
            }
            Next::Sums(from) => {
                let to = self.part.sums.len().min(from + AT_ONCE);
                for at in from..to {
                    let (column, sum) = &sums[self.part.sums[at] as usize];
                    self.add_sum(rows, *column, sum);
                }
                if to < self.part.sums.len() {
                    Next::Sums(to)
                } else {
                    self.alone = self.system.clone();
                    Next::Narrow(Narrowing::new(&self.system, 200 * self.system.equations.len()))
                }
            }
            Next::Narrow(mut narrowing) => match narrowing.step(&mut self.system, AT_ONCE) {
                Ok(true) => Next::Narrow(narrowing),
                Ok(false) => {
                    self.together = together(&self.system);
                    self.seen = vec![(f64::INFINITY, f64::NEG_INFINITY); self.system.cells.len()];
                    Next::Try(0)
                }
                Err(_) => {
                    leaks.contradictory += 1;
                    leaks.hidden += self.part.rows.iter().filter(|row| rows.hides(**row)).count();
                    return false;
                }
            },
            Next::Try(from) => {
                let to = (2 * self.part.rows.len()).min(from + AT_ONCE);
                let mut next = Next::Try(to);
                for at in from..to {
                    if let Some(solving) = self.try_one(at, rows, leaks, places) {
                        next = Next::Solve(at, Box::new(solving));
                        break;
                    }
                }
                if matches!(next, Next::Try(at) if at == 2 * self.part.rows.len()) {
                    return false;
                }
                next
            }
            Next::Solve(at, mut solving) => match solving.step(&self.system) {
                None => Next::Solve(at, solving),
                Some(range) => {
                    for (cell, (low, high)) in solving.seen() {
                        let seen = &mut self.seen[*cell as usize];
                        *seen = (seen.0.min(*low), seen.1.max(*high));
                    }
                    match range {
                        Range::Found { low, high, .. } => self.settle(at, high - low, rows, leaks, places),
                        Range::Undecided => {
                            leaks.undecided += 1;
                            let cell = self.cells[at / 2][at % 2];
                            self.settle(at, self.system.cells[cell as usize].width(), rows, leaks, places);
                        }
                    }
                    Next::Try(at + 1)
                }
            },
        };
        true
    }

    fn add_row(&mut self, rows: &Rows, at: usize) {
        let cell = |told: Told| match told {
            Told::Value(n) => Cell::known(i64::from(n)),
            Told::Hidden | Told::Missing => Cell::ANY,
        };
        let [counted, chronic] = rows.numbers[self.part.rows[at] as usize];
        let cells = [self.system.cell(cell(counted)), self.system.cell(cell(chronic))];
        // A row's own pair is bound by chronic ≤ counted.
        if counted != Told::Missing {
            self.system.difference(cells[0], cells[1], Cell::ANY);
        }
        self.cells.push(cells);
    }

    fn add_sum(&mut self, rows: &Rows, column: Column, (total, parts): &Sum) {
        let cell = |row: &u32| self.part.rows.binary_search(row).ok().map(|at| self.cells[at][column as usize]);
        let Some(total) = cell(total) else { return };
        if parts.iter().all(|row| rows.number(*row, column) != Told::Missing) {
            let parts: Vec<u32> = parts.iter().filter_map(cell).collect();
            self.system.sum(total, parts.into_iter());
        }
    }

    /// Tries one number; what the simplex has to decide is handed back.
    fn try_one(&mut self, at: usize, rows: &Rows, leaks: &mut Leaks, places: &mut BTreeSet<String>) -> Option<Solving> {
        let column = column(at);
        if rows.number(self.part.rows[at / 2], column) != Told::Hidden {
            return None;
        }
        leaks.hidden += 1;
        let cell = self.cells[at / 2][at % 2];
        let width = self.system.cells[cell as usize].width();
        let (low, high) = self.seen[cell as usize];
        if width == 0 {
            self.settle(at, 0, rows, leaks, places);
        } else if (high + 1e-6).floor() - (low - 1e-6).ceil() >= need(column) as f64 {
            // Two tables that fit are this far apart already.
        } else if self.together[cell as usize] as usize > MOST_TOGETHER {
            leaks.undecided += 1;
            self.settle(at, width, rows, leaks, places);
        } else {
            return Solving::new(&self.system, cell, MOST_TOGETHER, Some(SLICE));
        }
        None
    }

    fn settle(&self, at: usize, width: i64, rows: &Rows, leaks: &mut Leaks, places: &mut BTreeSet<String>) {
        let column = column(at);
        if width == 0 {
            leaks.exact += 1;
            leaks.alone += usize::from(stands_alone(&self.alone, self.cells[at / 2][at % 2]));
            places.insert(rows.words(self.part.rows[at / 2], column));
        } else if width < need(column) {
            leaks.close += 1;
        }
    }
}

fn column(at: usize) -> Column {
    if at.is_multiple_of(2) { Column::Counted } else { Column::Chronic }
}

fn need(column: Column) -> i64 {
    i64::from(if column == Column::Counted { Rule::SIZE_WIDTH } else { Rule::OUTCOME_WIDTH })
}

/// By cell, how many unknown cells hang together with it, itself among them.
fn together(system: &System) -> Vec<u32> {
    let n = system.cells.len();
    let mut root: Vec<u32> = (0..n as u32).collect();
    fn find(root: &mut [u32], mut at: u32) -> u32 {
        while root[at as usize] != at {
            root[at as usize] = root[root[at as usize] as usize];
            at = root[at as usize];
        }
        at
    }
    for equation in system.equations.iter() {
        let mut unknown =
            equation.terms.iter().map(|(cell, _)| *cell).filter(|cell| system.cells[*cell as usize].width() > 0);
        let Some(first) = unknown.next() else { continue };
        for other in unknown {
            let (a, b) = (find(&mut root, first), find(&mut root, other));
            root[b as usize] = a;
        }
    }
    let mut size = vec![0; n];
    for cell in 0..n as u32 {
        size[find(&mut root, cell) as usize] += 1;
    }
    (0..n as u32).map(|cell| size[find(&mut root, cell) as usize]).collect()
}

fn stands_alone(system: &System, cell: u32) -> bool {
    system.touching[cell as usize].iter().any(|equation| {
        let equation = &system.equations[*equation as usize];
        equation.gives.is_none()
            && equation.terms.iter().all(|(other, _)| *other == cell || system.cells[*other as usize].width() == 0)
    })
}

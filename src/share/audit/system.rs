//! What an attacker knows of a file: cells with bounds, and the sums that tie them together.

use std::collections::VecDeque;
use std::rc::Rc;

/// Stands for "no bound known".
pub const UNBOUNDED: i64 = 1 << 40;

/// One number: known when both bounds meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub low: i64,
    pub high: i64,
}

impl Cell {
    pub const ANY: Cell = Cell { low: 0, high: UNBOUNDED };

    #[must_use]
    pub const fn known(value: i64) -> Cell {
        Cell { low: value, high: value }
    }

    #[must_use]
    pub const fn width(self) -> i64 {
        self.high - self.low
    }
}

/// A sum of cells with their signs that is zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    pub terms: Vec<(u32, i8)>,
    /// The cell that only this equation defines, such as the others of a condition.
    pub gives: Option<u32>,
}

/// What an attacker knows. A copy shares the sums: only what is known of the cells is its own.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub cells: Vec<Cell>,
    pub equations: Rc<Vec<Equation>>,
    /// By cell, the equations it stands in.
    pub touching: Rc<Vec<Vec<u32>>>,
}

/// The shown numbers contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    pub equation: u32,
}

impl System {
    pub fn cell(&mut self, cell: Cell) -> u32 {
        self.cells.push(cell);
        Rc::make_mut(&mut self.touching).push(Vec::new());
        self.cells.len() as u32 - 1
    }

    pub fn equation(&mut self, terms: Vec<(u32, i8)>, gives: Option<u32>) {
        let touching = Rc::make_mut(&mut self.touching);
        for (cell, _) in &terms {
            touching[*cell as usize].push(self.equations.len() as u32);
        }
        Rc::make_mut(&mut self.equations).push(Equation { terms, gives });
    }

    /// `total = Σ parts`.
    pub fn sum(&mut self, total: u32, parts: impl Iterator<Item = u32>) {
        let mut terms: Vec<(u32, i8)> = parts.map(|part| (part, 1)).collect();
        terms.push((total, -1));
        self.equation(terms, None);
    }

    /// A new cell `minuend − subtrahend`, never negative.
    pub fn difference(&mut self, minuend: u32, subtrahend: u32, cell: Cell) -> u32 {
        let rest = self.cell(cell);
        self.equation(vec![(rest, 1), (minuend, -1), (subtrahend, 1)], Some(rest));
        rest
    }

    /// Narrows bounds by every sum until nothing changes any more (or `most` revisions are done, which
    /// only leaves bounds wider): every bound found is one that the attacker can prove.
    pub fn propagate(&mut self, most: usize) -> Result<(), Contradiction> {
        let mut narrowing = Narrowing::new(self, most);
        while narrowing.step(self, usize::MAX)? {}
        Ok(())
    }

    fn narrow(&mut self, at: u32) -> Result<Vec<u32>, Contradiction> {
        let equation = &self.equations[at as usize];
        let signed = |cells: &[Cell], (cell, sign): (u32, i8)| {
            let Cell { low, high } = cells[cell as usize];
            if sign > 0 { (low, high) } else { (-high, -low) }
        };
        let (mut lows, mut highs) = (0i64, 0i64);
        for term in &equation.terms {
            let (low, high) = signed(&self.cells, *term);
            lows += low;
            highs += high;
        }
        let mut changed = Vec::new();
        for k in 0..equation.terms.len() {
            let term = equation.terms[k];
            let (low, high) = signed(&self.cells, term);
            // The rest sums to minus this term.
            let (new_low, new_high) = (low.max(high - highs), high.min(low - lows));
            if new_low > new_high {
                return Err(Contradiction { equation: at });
            }
            if (new_low, new_high) != (low, high) {
                let cell = &mut self.cells[term.0 as usize];
                let before = *cell;
                *cell = if term.1 > 0 {
                    Cell { low: new_low, high: new_high }
                } else {
                    Cell { low: -new_high, high: -new_low }
                };
                if *cell != before {
                    lows += new_low - low;
                    highs += new_high - high;
                    changed.push(term.0);
                }
            }
        }
        Ok(changed)
    }
}

/// Narrowing under way: which sums are still to be looked at.
#[derive(Debug)]
pub struct Narrowing {
    waiting: VecDeque<u32>,
    is_waiting: Vec<bool>,
    left: usize,
}

impl Narrowing {
    #[must_use]
    pub fn new(system: &System, most: usize) -> Narrowing {
        let n = system.equations.len();
        Narrowing { waiting: (0..n as u32).collect(), is_waiting: vec![true; n], left: most }
    }

    /// Looks at up to `at_once` sums; `true` while there is more.
    pub fn step(&mut self, system: &mut System, at_once: usize) -> Result<bool, Contradiction> {
        for _ in 0..at_once {
            let Some(at) = self.waiting.pop_front().filter(|_| self.left > 0) else { return Ok(false) };
            self.left -= 1;
            self.is_waiting[at as usize] = false;
            for cell in system.narrow(at)? {
                for next in &system.touching[cell as usize] {
                    if !std::mem::replace(&mut self.is_waiting[*next as usize], true) {
                        self.waiting.push_back(*next);
                    }
                }
            }
        }
        Ok(true)
    }
}

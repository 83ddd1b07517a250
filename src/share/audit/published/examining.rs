//! The search through a published file in steps: rows, sums, and each part of the file that hangs together.

use super::sums::{Axis, Column, Gathering, Rows, Sum};
use super::trying::Trying;
use super::{Leaks, PublishedRow};
use std::collections::BTreeSet;

/// Rows looked at in one step.
const AT_ONCE: u32 = 2_000;

/// A search under way: [`Examining::add`] every row, call [`Examining::step`] until it says no, then
/// [`Examining::finish`].
#[derive(Default)]
pub struct Examining {
    rows: Rows,
    sums: Vec<(Column, Sum)>,
    leaks: Leaks,
    places: BTreeSet<String>,
    next: Next,
    hidden: usize,
}

#[derive(Default)]
enum Next {
    #[default]
    Begin,
    Gather(Gathering, Vec<Axis>),
    Connect,
    /// Parts of the file that hang together, with their sums, last first.
    Parts(Vec<Part>),
    Try(Box<Trying>, Vec<Part>),
    Nothing,
}

/// Rows that hang together, ascending, and the sums among them.
#[derive(Default)]
pub(super) struct Part {
    pub(super) rows: Vec<u32>,
    pub(super) sums: Vec<u32>,
}

impl Examining {
    pub fn add(&mut self, row: &PublishedRow) {
        self.rows.add(row);
    }

    /// How far it is, of a thousand.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let done = match &self.next {
            Next::Begin => 0,
            Next::Gather(_, left) => 100 - 30 * left.len(),
            Next::Connect => 130,
            Next::Parts(_) | Next::Try(..) => 150 + 850 * self.leaks.hidden.min(self.hidden) / self.hidden.max(1),
            Next::Nothing => 1_000,
        };
        (done, 1_000)
    }

    /// A few milliseconds of work at most; `true` while there is more.
    pub fn step(&mut self) -> bool {
        self.next = match std::mem::take(&mut self.next) {
            Next::Begin => {
                self.leaks.rows = self.rows.len();
                self.hidden = self.rows.numbers.iter().flatten().filter(|n| **n == super::Told::Hidden).count();
                Next::Gather(Gathering::new(Axis::Category), vec![Axis::Place, Axis::Grade])
            }
            Next::Gather(mut gathering, mut left) => {
                if gathering.step(&self.rows, AT_ONCE) {
                    Next::Gather(gathering, left)
                } else {
                    for (words, column, sums) in gathering.finish(&self.rows) {
                        self.leaks.sums.push(words);
                        self.sums.extend(sums.into_iter().map(|sum| (column, sum)));
                    }
                    left.pop().map_or(Next::Connect, |axis| Next::Gather(Gathering::new(axis), left))
                }
            }
            Next::Connect => Next::Parts(self.parts()),
            Next::Parts(mut parts) => match parts.pop() {
                Some(part) => Next::Try(Box::new(Trying::new(part)), parts),
                None => Next::Nothing,
            },
            Next::Try(mut trying, parts) => {
                match trying.step(&self.rows, &self.sums, &mut self.leaks, &mut self.places) {
                    true => Next::Try(trying, parts),
                    false => Next::Parts(parts),
                }
            }
            Next::Nothing => Next::Nothing,
        };
        !matches!(self.next, Next::Nothing)
    }

    /// What was found; finishes whatever is left.
    #[must_use]
    pub fn finish(mut self) -> Leaks {
        while self.step() {}
        self.leaks.places = self.places.into_iter().collect();
        self.leaks
    }

    /// Rows that hang together by sums and of which some number is hidden.
    fn parts(&self) -> Vec<Part> {
        let mut root: Vec<u32> = (0..self.rows.len() as u32).collect();
        fn find(root: &mut [u32], mut at: u32) -> u32 {
            while root[at as usize] != at {
                root[at as usize] = root[root[at as usize] as usize];
                at = root[at as usize];
            }
            at
        }
        for (_, (total, parts)) in &self.sums {
            let top = find(&mut root, *total);
            for part in parts {
                let other = find(&mut root, *part);
                root[other as usize] = top;
            }
        }
        let mut part_of = vec![usize::MAX; root.len()];
        let mut parts: Vec<Part> = Vec::new();
        for row in 0..root.len() as u32 {
            if self.rows.hides(row) {
                let top = find(&mut root, row) as usize;
                if part_of[top] == usize::MAX {
                    part_of[top] = parts.len();
                    parts.push(Part::default());
                }
            }
        }
        for row in 0..root.len() as u32 {
            if let Some(part) = parts.get_mut(part_of[find(&mut root, row) as usize]) {
                part.rows.push(row);
            }
        }
        for (at, (_, (total, _))) in self.sums.iter().enumerate() {
            if let Some(part) = parts.get_mut(part_of[find(&mut root, *total) as usize]) {
                part.sums.push(at as u32);
            }
        }
        parts.reverse();
        parts
    }
}

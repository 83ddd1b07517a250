//! One layer of linked counts as a network: every cell is an arc, every sum a node.
//!
//! In such a network the range that an attacker can prove for a hidden cell is its value plus and
//! minus a maximum flow around the cell, always whole, and hiding the fewest further cells is a
//! cheapest-cycle problem (`shared/methods.md`, section 14; Fischetti and Salazar 2000).
//! Knows nothing of schools or grades.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Stands for "no upper bound known".
pub const UNBOUNDED: i32 = i32::MAX / 4;

/// What the reader of an export sees of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The number stands in the export.
    Shown,
    /// Hidden for its own sake.
    Primary,
    /// Hidden so that others cannot be recalculated.
    Complement,
    /// Hidden, and to stay so: the group's whole is hidden, or an earlier export hid it.
    Kept,
    /// Known to everyone, such as a group without students. Never hidden.
    Fixed,
    /// Not part of this layer: held at its value, except where the layer it belongs to moves it.
    Pinned,
}

impl State {
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        matches!(self, State::Primary | State::Complement | State::Kept)
    }

    const fn can_move(self) -> bool {
        self.is_hidden() || matches!(self, State::Pinned)
    }
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Arc {
    pub from: u16,
    pub to: u16,
    pub value: i32,
    /// The least and the most that the attacker knows for certain, apart from the sums.
    pub low: i32,
    pub high: i32,
    /// How far apart the attacker's bounds must stay while this cell is hidden.
    pub need: i32,
    /// What is lost when it is hidden, in millionths of an ordinary cell.
    pub weight: u64,
    pub state: State,
}

/// Changes to cells that leave every sum as it is: cell, difference.
pub type Moves = Vec<(u32, i32)>;

/// How far one cell can move, and an alternative table that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Half {
    pub change: i32,
    pub own: Moves,
    /// The cell of all students, and the half of its proof, whose changes go with it.
    pub whole: Option<(u32, Direction)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Why a hidden cell cannot be found closer than `width`: two tables that look the same from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    pub up: Half,
    pub down: Half,
}

impl Proof {
    #[must_use]
    pub fn width(&self) -> i32 {
        self.up.change - self.down.change
    }
}

/// Finds a further proof of a cell's width from outside the layer, where the layer alone has none.
pub type Elsewhere<'a> = dyn Fn(&mut Network, u32, Proof) -> Proof + 'a;

#[derive(Clone, Debug, Default)]
pub struct Network {
    pub arcs: Vec<Arc>,
    touching: Vec<Vec<u32>>,
    delta: Vec<i32>,
    touched: Vec<u32>,
    seen: Vec<u32>,
    via: Vec<(u32, i32)>,
    queue: Vec<u16>,
    stamp: u32,
}

impl Network {
    #[must_use]
    pub fn new(n_nodes: usize, arcs: Vec<Arc>) -> Network {
        let mut touching = vec![Vec::new(); n_nodes];
        for (at, arc) in arcs.iter().enumerate() {
            touching[usize::from(arc.from)].push(at as u32);
            touching[usize::from(arc.to)].push(at as u32);
        }
        Network {
            delta: vec![0; arcs.len()],
            arcs,
            touched: Vec::new(),
            seen: vec![0; n_nodes],
            via: vec![(0, 0); n_nodes],
            queue: Vec::new(),
            stamp: 0,
            touching,
        }
    }

    fn room(&self, at: u32, dir: i32) -> i32 {
        let arc = &self.arcs[at as usize];
        let now = arc.value + self.delta[at as usize];
        if dir > 0 { arc.high - now } else { now - arc.low }
    }

    fn change(&mut self, at: u32, by: i32) {
        self.delta[at as usize] += by;
        self.touched.push(at);
    }

    /// Moves up to `limit` units around cycles through a cell, on top of the moves made so far.
    pub fn push(&mut self, at: u32, dir: i32, limit: i32) -> i32 {
        let mut pushed = 0;
        while pushed < limit {
            let mut by = self.room(at, dir).min(limit - pushed);
            if by <= 0 || !self.find_way_back(at, dir) {
                break;
            }
            let (start, goal) = self.ends(at, dir);
            let mut node = goal;
            while node != start {
                let (arc, d) = self.via[usize::from(node)];
                by = by.min(self.room(arc, d));
                node = self.tail(arc, d);
            }
            let mut node = goal;
            while node != start {
                let (arc, d) = self.via[usize::from(node)];
                self.change(arc, d * by);
                node = self.tail(arc, d);
            }
            self.change(at, dir * by);
            pushed += by;
        }
        pushed
    }

    /// The node where the way back starts and the one where it must arrive.
    fn ends(&self, at: u32, dir: i32) -> (u16, u16) {
        let arc = &self.arcs[at as usize];
        if dir > 0 { (arc.to, arc.from) } else { (arc.from, arc.to) }
    }

    fn tail(&self, at: u32, dir: i32) -> u16 {
        let arc = &self.arcs[at as usize];
        if dir > 0 { arc.from } else { arc.to }
    }

    /// Breadth first, so that alternative tables change few cells.
    fn find_way_back(&mut self, at: u32, dir: i32) -> bool {
        let (start, goal) = self.ends(at, dir);
        self.stamp += 1;
        self.queue.clear();
        self.queue.push(start);
        self.seen[usize::from(start)] = self.stamp;
        let mut head = 0;
        while head < self.queue.len() {
            let node = self.queue[head];
            head += 1;
            for k in 0..self.touching[usize::from(node)].len() {
                let next = self.touching[usize::from(node)][k];
                let arc = &self.arcs[next as usize];
                if next == at || !arc.state.can_move() {
                    continue;
                }
                let (to, d) = if arc.from == node { (arc.to, 1) } else { (arc.from, -1) };
                if self.seen[usize::from(to)] == self.stamp || self.room(next, d) <= 0 {
                    continue;
                }
                self.seen[usize::from(to)] = self.stamp;
                self.via[usize::from(to)] = (next, d);
                if to == goal {
                    return true;
                }
                self.queue.push(to);
            }
        }
        false
    }

    /// Takes the moves made so far and starts again from the true table.
    pub fn take_moves(&mut self) -> Moves {
        let mut moves = Moves::new();
        self.touched.sort_unstable();
        self.touched.dedup();
        for at in std::mem::take(&mut self.touched) {
            let by = std::mem::take(&mut self.delta[at as usize]);
            if by != 0 {
                moves.push((at, by));
            }
        }
        moves
    }

    fn half(&mut self, at: u32, dir: i32, limit: i32) -> Half {
        let change = dir * self.push(at, dir, limit);
        Half { change, own: self.take_moves(), whole: None }
    }

    /// The attacker's range of one hidden cell in this layer, searched up to `limit` either way.
    pub fn prove(&mut self, at: u32, limit: i32) -> Proof {
        let up = self.half(at, 1, limit);
        let down = if up.change >= limit { Half::default() } else { self.half(at, -1, limit - up.change) };
        Proof { up, down }
    }

    /// The exact range `(least, most)` that can be proved for a hidden cell; `None` without bound.
    pub fn interval(&mut self, at: u32) -> (i32, Option<i32>) {
        let value = self.arcs[at as usize].value;
        let limit = UNBOUNDED / 2;
        let up = self.half(at, 1, limit).change;
        let down = self.half(at, -1, limit).change;
        (value + down, (up < limit).then_some(value + up))
    }

    /// Whether some table fits when cells get other bounds (cell, least, most); leaves its moves
    /// to be taken or pushed further. Bounds are put back by [`Network::restore`].
    pub fn repair(&mut self, bounds: &mut [(u32, i32, i32)]) -> bool {
        for (at, low, high) in bounds.iter_mut() {
            let arc = &mut self.arcs[*at as usize];
            std::mem::swap(&mut arc.low, low);
            std::mem::swap(&mut arc.high, high);
        }
        for (at, _, _) in bounds.iter() {
            let arc = &self.arcs[*at as usize];
            let now = arc.value + self.delta[*at as usize];
            let (dir, by) = if now > arc.high { (-1, now - arc.high) } else { (1, arc.low - now) };
            if by > 0 && (!arc.state.can_move() || self.push(*at, dir, by) < by) {
                return false;
            }
        }
        true
    }

    /// Puts back the bounds that [`Network::repair`] took, and forgets untaken moves.
    pub fn restore(&mut self, bounds: &mut [(u32, i32, i32)]) {
        for (at, low, high) in bounds.iter_mut() {
            let arc = &mut self.arcs[*at as usize];
            std::mem::swap(&mut arc.low, low);
            std::mem::swap(&mut arc.high, high);
        }
        self.take_moves();
    }

    /// The cheapest cells to hide so that `need` units can pass through a cell, with their cost.
    pub(super) fn cheapest_cycle(&self, at: u32, dir: i32, need: i32) -> Option<(u64, Vec<u32>)> {
        if self.room(at, dir) < need {
            return None;
        }
        let (start, goal) = self.ends(at, dir);
        let mut best = vec![u64::MAX; self.touching.len()];
        let mut via: Vec<Option<(u32, u16)>> = vec![None; self.touching.len()];
        let mut done = vec![false; self.touching.len()];
        let mut heap = BinaryHeap::new();
        best[usize::from(start)] = 0;
        heap.push(Reverse((0u64, start)));
        while let Some(Reverse((cost, node))) = heap.pop() {
            if std::mem::replace(&mut done[usize::from(node)], true) {
                continue;
            }
            if node == goal {
                break;
            }
            for &next in &self.touching[usize::from(node)] {
                let arc = &self.arcs[next as usize];
                if next == at || matches!(arc.state, State::Fixed | State::Pinned) {
                    continue;
                }
                let (to, d) = if arc.from == node { (arc.to, 1) } else { (arc.from, -1) };
                if done[usize::from(to)] || self.room(next, d) < need {
                    continue;
                }
                let total = cost + if arc.state.is_hidden() { 0 } else { arc.weight };
                if total < best[usize::from(to)] {
                    best[usize::from(to)] = total;
                    via[usize::from(to)] = Some((next, node));
                    heap.push(Reverse((total, to)));
                }
            }
        }
        let mut cells = Vec::new();
        let mut node = goal;
        while node != start {
            let (arc, before) = via[usize::from(node)]?;
            cells.push(arc);
            node = before;
        }
        Some((best[usize::from(goal)], cells))
    }
}

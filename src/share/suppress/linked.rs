//! All layers of one export together, in steps: sizes of all students, sizes of each condition,
//! then outcomes in the same order, then one joint proof for every hidden number.

use super::super::gate::Rule;
use super::layer::{Layer, Link};
use super::network::{Direction, Half, Moves, Network, Proof, Protected, Protecting, State};
use super::tables::{Cut, Tables};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a cell counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// Students.
    Sizes,
    /// Chronically absent students.
    Outcomes,
}

/// How fine a table can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// School by grade, with all sums.
    Cells,
    /// Schools and grades, not crossed.
    Sums,
    /// Only all together.
    Total,
    Nothing,
}

impl Detail {
    const fn coarser(self) -> Detail {
        match self {
            Detail::Cells => Detail::Sums,
            Detail::Sums => Detail::Total,
            Detail::Total | Detail::Nothing => Detail::Nothing,
        }
    }
}

/// Position of a cell: layer 0 is all students, the others as in [`Suppressed::layers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId {
    pub layer: u16,
    pub at: u32,
}

/// Two tables that show the same and differ by `width` in one hidden cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub measure: Measure,
    pub cell: CellId,
    pub need: i32,
    pub up: Vec<(CellId, i32)>,
    pub down: Vec<(CellId, i32)>,
}

impl Certificate {
    /// How far apart the two tables are in the cell.
    #[must_use]
    pub fn width(&self) -> i32 {
        let own = |moves: &[(CellId, i32)]| moves.iter().find(|m| m.0 == self.cell).map_or(0, |m| m.1);
        own(&self.up) - own(&self.down)
    }
}

/// A layer after suppression.
#[derive(Clone, Debug)]
pub struct Told {
    /// Position in [`Tables::conditions`]; `None` for all students.
    pub condition: Option<usize>,
    pub layer: Layer,
    pub sizes: Detail,
    pub outcomes: Detail,
}

/// Linked tables with what is hidden, and the proofs.
#[derive(Clone, Debug)]
pub struct Suppressed {
    pub rule: Rule,
    /// All students first.
    pub layers: Vec<Told>,
    pub certificates: Vec<Certificate>,
}

/// How often a condition may be told more coarsely for the sake of another's proof.
const MOST_RESTARTS: usize = 8;

/// What an earlier export hid: asked by condition (none for all students), measure and cell.
pub type Hid<'a> = &'a dyn Fn(usize, Measure, usize) -> bool;

/// Suppression under way. Call [`Job::step`] until it is done; each step is well under a millisecond
/// to a few milliseconds.
pub struct Job {
    rule: Rule,
    layers: Vec<Told>,
    kept: Vec<[Vec<bool>; 2]>,
    /// Protected results by layer and measure.
    results: Vec<[Protected; 2]>,
    stage: usize,
    work: Option<Protecting>,
    joint: Vec<(Measure, CellId)>,
    certificates: Vec<Certificate>,
    /// Layers that stood in the way of a joint proof.
    blocked: Vec<usize>,
    restarts: usize,
    /// Cells of all students that are hidden with twice the room, for the sake of their parts.
    lifted: [BTreeSet<usize>; 2],
}

impl Job {
    #[must_use]
    pub fn new(tables: &Tables, rule: Rule, hid: Hid) -> Job {
        let mut layers = vec![told(None, Layer::of_places(&tables.places, &tables.whole, Link::Whole))];
        for (at, condition) in tables.conditions.iter().enumerate() {
            match &condition.cut {
                Cut::Cells(grid) => {
                    layers.push(told(Some(at), Layer::of_places(&tables.places, grid, Link::Cells)));
                }
                Cut::Values { by_place, by_grade, .. } => {
                    let last = tables.grades.len();
                    let total = tables.places.total_row();
                    let schools = (0..by_place.n_rows).map(|row| if row + 1 == by_place.n_rows { total } else { row });
                    let schools = schools.map(|row| tables.whole.at(row, last) as u32).collect();
                    layers.push(told(Some(at), Layer::of_values(by_place, schools)));
                    let grades = (0..by_grade.n_rows).map(|col| tables.whole.at(total, col) as u32).collect();
                    layers.push(told(Some(at), Layer::of_values(by_grade, grades)));
                }
            }
        }
        let kept = layers
            .iter()
            .enumerate()
            .map(|(layer, told)| {
                [Measure::Sizes, Measure::Outcomes]
                    .map(|measure| (0..told.layer.grid.students.len()).map(|at| hid(layer, measure, at)).collect())
            })
            .collect();
        let results = vec![Default::default(); layers.len()];
        Job {
            rule,
            layers,
            kept,
            results,
            stage: 0,
            work: None,
            joint: Vec::new(),
            certificates: Vec::new(),
            blocked: Vec::new(),
            restarts: 0,
            lifted: Default::default(),
        }
    }

    /// Done and all, in the same unit.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.stage, 2 * self.layers.len() + 1)
    }

    /// A little work; `true` while there is more.
    pub fn step(&mut self) -> bool {
        let n = self.layers.len();
        if self.stage < 2 * n {
            let (layer, measure) = (self.stage % n, if self.stage < n { Measure::Sizes } else { Measure::Outcomes });
            self.step_layer(layer, measure);
            return true;
        }
        if self.stage == 2 * n {
            self.list_joint();
            self.stage += 1;
            return true;
        }
        let Some((measure, cell)) = self.joint.pop() else { return self.retreat() };
        if let Some(certificate) = self.certify(measure, cell) {
            self.certificates.push(certificate);
        }
        true
    }

    /// Where a hidden number has no joint proof, tells the condition in its way more coarsely and
    /// starts again; `false` where there is nothing to do.
    fn retreat(&mut self) -> bool {
        let mut changed = false;
        let mut weak: Vec<(usize, Measure)> = Vec::new();
        for certificate in self.certificates.iter().filter(|c| c.width() < c.need) {
            if certificate.cell.layer > 0 {
                weak.push((usize::from(certificate.cell.layer), certificate.measure));
            } else {
                weak.extend(self.blocked.iter().map(|layer| (*layer, certificate.measure)));
            }
        }
        weak.sort_unstable();
        weak.dedup();
        if self.restarts < MOST_RESTARTS {
            for (layer, measure) in weak {
                let told = &mut self.layers[layer];
                let detail = told.detail(measure);
                told.set(measure, detail.coarser());
                changed |= told.detail(measure) != detail;
            }
        }
        if changed {
            self.restart();
        }
        changed
    }

    #[must_use]
    pub fn finish(mut self) -> Suppressed {
        while self.step() {}
        self.certificates.sort_by_key(|c| (c.measure, c.cell));
        Suppressed { rule: self.rule, layers: self.layers, certificates: self.certificates }
    }

    fn step_layer(&mut self, layer: usize, measure: Measure) {
        let (first, rest) = self.layers.split_at_mut(1);
        let (told, all) =
            if layer == 0 { (&mut first[0], None) } else { (&mut rest[layer - 1], Some(&first[0].layer)) };
        let mut detail = told.detail(measure);
        if let (Link::Values { whole }, Some(all)) = (&told.layer.link, all) {
            // The table of values stands on the total of all students being told.
            let net = if measure == Measure::Sizes { &all.sizes } else { &all.outcomes };
            if whole.last().is_some_and(|at| net.arcs[*at as usize].state.is_hidden()) {
                detail = Detail::Nothing;
            }
        }
        if self.work.is_none() {
            let kept = &self.kept[layer];
            match measure {
                Measure::Sizes => told.layer.start_sizes(self.rule, all, &|at| kept[0][at]),
                Measure::Outcomes => told.layer.start_outcomes(all, &|at| kept[1][at]),
            }
            coarsen(&mut told.layer, measure, detail);
            if layer == 0 {
                for at in &self.lifted[measure as usize] {
                    let arc = &mut network(&mut told.layer, measure).arcs[*at];
                    arc.need *= 2;
                    if arc.state == State::Shown {
                        arc.state = State::Kept;
                    }
                }
            }
            if detail == Detail::Nothing {
                told.set(measure, detail);
                self.stage += 1;
                return;
            }
        }
        let mut net = std::mem::take(network(&mut told.layer, measure));
        let work = self.work.get_or_insert_with(|| Protecting::new(&net));
        let none = Protected::default();
        let whole = if layer == 0 { &none } else { &self.results[0][measure as usize] };
        let own = &told.layer;
        let elsewhere =
            |net: &mut Network, at: u32, proof: Proof| beyond(net, at, proof, &With { own, all, measure, whole });
        // A slice of work at a time keeps the cost of setting up small.
        let more = (0..64).all(|_| work.step(&mut net, &elsewhere));
        *network(&mut told.layer, measure) = net;
        if more {
            return;
        }
        let mut done = self.work.take().map(Protecting::finish).unwrap_or_default();
        // What was asked for the sake of parts alone is no reason to coarsen the whole.
        done.weak.retain(|at| {
            layer > 0 || !self.lifted[measure as usize].contains(&(*at as usize)) || {
                let least = network(&mut told.layer, measure).arcs[*at as usize].need / 2;
                done.proofs[*at as usize].as_ref().is_none_or(|proof| proof.width() < least)
            }
        });
        if done.weak.is_empty() {
            told.set(measure, detail);
            self.results[layer][measure as usize] = done;
            self.stage += 1;
            return;
        }
        // A part of a hidden whole can move as far as the whole lets it: give the whole more room
        // first, and only then tell the condition more coarsely.
        let mut lifted = false;
        if let Some(all) = all.filter(|_| self.restarts < MOST_RESTARTS) {
            let arcs = if measure == Measure::Sizes { &all.sizes.arcs } else { &all.outcomes.arcs };
            for weak in &done.weak {
                let whole = told.layer.whole_of(*weak as usize);
                let arc = &arcs[whole];
                if arc.state.is_hidden() || (arc.value < 4 * arc.need && arc.state == State::Shown) {
                    // A small whole that is told leaves its parts no room: it is hidden as well.
                    lifted |= self.lifted[measure as usize].insert(whole);
                    continue;
                }
                for at in wholes_near(&told.layer, *weak as usize) {
                    lifted |= arcs[at].state.is_hidden() && self.lifted[measure as usize].insert(at);
                }
            }
        }
        if lifted {
            self.restart();
        } else {
            told.set(measure, detail.coarser());
        }
    }

    fn restart(&mut self) {
        self.restarts += 1;
        self.stage = 0;
        self.work = None;
        self.certificates.clear();
        self.blocked.clear();
        self.results = vec![Default::default(); self.layers.len()];
    }

    fn list_joint(&mut self) {
        for (at, told) in self.layers.iter().enumerate() {
            for measure in [Measure::Outcomes, Measure::Sizes] {
                if told.detail(measure) == Detail::Nothing {
                    continue;
                }
                let net = if measure == Measure::Sizes { &told.layer.sizes } else { &told.layer.outcomes };
                let hidden = net.arcs.iter().enumerate().filter(|(_, arc)| arc.state.is_hidden());
                self.joint.extend(hidden.map(|(cell, _)| (measure, CellId { layer: at as u16, at: cell as u32 })));
            }
        }
        // Taken from the end: all students first, so that what goes with them is known.
        self.joint.sort_by_key(|(measure, cell)| std::cmp::Reverse((*measure, *cell)));
    }

    /// Two whole tables, over every layer at once, that show how far a hidden number can move.
    fn certify(&mut self, measure: Measure, cell: CellId) -> Option<Certificate> {
        let layer = usize::from(cell.layer);
        let proof = self.results[layer][measure as usize].proofs.get(cell.at as usize)?.clone()?;
        let need = match measure {
            Measure::Sizes => Rule::SIZE_WIDTH,
            Measure::Outcomes => {
                Rule::OUTCOME_WIDTH.min(self.layers[layer].layer.grid.students[cell.at as usize] as i32)
            }
        };
        if layer == 0 {
            return self.certify_whole(measure, cell, need, &proof);
        }
        let mut halves = [proof.up, proof.down].map(|half| self.widen(measure, cell.layer, &half));
        let [up, down] = &mut halves;
        let mut certificate = Certificate { measure, cell, need, up: std::mem::take(up), down: std::mem::take(down) };
        if certificate.width() < need {
            self.certify_along(&mut certificate);
        }
        Some(certificate)
    }

    /// Widens a condition's certificate along the joint proofs of all students near it.
    fn certify_along(&mut self, certificate: &mut Certificate) {
        let (measure, cell) = (certificate.measure, certificate.cell);
        let layer = usize::from(cell.layer);
        let near = wholes_near(&self.layers[layer].layer, cell.at as usize);
        let mut ways = Vec::new();
        for above in near {
            let of = |c: &&Certificate| c.measure == measure && c.cell == CellId { layer: 0, at: above as u32 };
            // Few stand before: this is asked for a handful of cells at most.
            if let Some(whole) = self.certificates.iter().find(of) {
                for side in [&whole.up, &whole.down] {
                    let moves: Moves = side.iter().filter(|m| m.0.layer == 0).map(|m| (m.0.at, m.1)).collect();
                    ways.push(moves);
                }
            }
        }
        for moves in ways.iter().filter(|moves| !moves.is_empty()) {
            for dir in [1, -1] {
                if certificate.width() >= certificate.need {
                    return;
                }
                let (first, rest) = self.layers.split_at_mut(1);
                let told = &mut rest[layer - 1];
                let mut net = std::mem::take(network(&mut told.layer, measure));
                let mut bounds = moved_bounds(&net, &told.layer, &first[0].layer, measure, moves);
                let fits = net.repair(&mut bounds);
                if fits {
                    net.push(cell.at, dir, certificate.need);
                }
                let own = net.take_moves();
                net.restore(&mut bounds);
                *network(&mut told.layer, measure) = net;
                let Ok(others) = self.carry(measure, moves, Some(layer)) else { continue };
                if !fits {
                    continue;
                }
                let told = &self.layers[layer].layer;
                let mut side: Vec<(CellId, i32)> = moves.iter().map(|m| (CellId { layer: 0, at: m.0 }, m.1)).collect();
                side.extend(others);
                let own = own.iter().filter(|(at, _)| !told.is_pinned(*at as usize));
                side.extend(own.map(|(at, by)| (CellId { layer: cell.layer, at: *at }, *by)));
                let before = certificate.width();
                let old = std::mem::replace(if dir > 0 { &mut certificate.up } else { &mut certificate.down }, side);
                if certificate.width() < before {
                    *(if dir > 0 { &mut certificate.up } else { &mut certificate.down }) = old;
                }
            }
        }
    }

    /// The moves of a condition's half with what goes along in all students and other conditions;
    /// empty where nothing fits.
    fn widen(&mut self, measure: Measure, layer: u16, half: &Half) -> Vec<(CellId, i32)> {
        let mut moves: Vec<(CellId, i32)> = Vec::new();
        if let Some((above, direction)) = half.whole {
            let Some(Some(proof)) = self.results[0][measure as usize].proofs.get(above as usize) else {
                return Vec::new();
            };
            let whole = match direction {
                Direction::Up => proof.up.own.clone(),
                Direction::Down => proof.down.own.clone(),
            };
            let Ok(rest) = self.carry(measure, &whole, Some(usize::from(layer))) else { return Vec::new() };
            moves.extend(whole.iter().map(|(at, by)| (CellId { layer: 0, at: *at }, *by)));
            moves.extend(rest);
        }
        let told = &self.layers[usize::from(layer)].layer;
        let own = half.own.iter().filter(|(at, _)| !told.is_pinned(*at as usize));
        moves.extend(own.map(|(at, by)| (CellId { layer, at: *at }, *by)));
        moves
    }

    fn certify_whole(&mut self, measure: Measure, cell: CellId, need: i32, proof: &Proof) -> Option<Certificate> {
        let mut found = Certificate { measure, cell, need, up: Vec::new(), down: Vec::new() };
        found.up = self.with_carried(measure, &proof.up.own).unwrap_or_default();
        found.down = self.with_carried(measure, &proof.down.own).unwrap_or_default();
        // Smaller steps may fit where a large one does not; so may steps that ask nothing of conditions.
        for careful in [false, true] {
            for (dir, limit) in (1..=need).rev().flat_map(|limit| [(1, limit), (-1, limit)]) {
                if found.width() >= need {
                    return Some(found);
                }
                let mut bounds = if careful { self.careful_bounds(measure) } else { Vec::new() };
                let net = network(&mut self.layers[0].layer, measure);
                let fits = net.repair(&mut bounds);
                net.push(cell.at, dir, limit);
                let moves = net.take_moves();
                net.restore(&mut bounds);
                let Ok(side) = self.with_carried(measure, &moves) else { continue };
                let before = found.width();
                let old = std::mem::replace(if dir > 0 { &mut found.up } else { &mut found.down }, side);
                if !fits || found.width() < before {
                    *(if dir > 0 { &mut found.up } else { &mut found.down }) = old;
                }
            }
        }
        for half in [&proof.up, &proof.down] {
            if let Err(layer) = self.with_carried(measure, &half.own) {
                self.blocked.push(layer);
            }
        }
        Some(found)
    }

    /// Bounds of all students within which no condition has to move.
    fn careful_bounds(&self, measure: Measure) -> Vec<(u32, i32, i32)> {
        let all = &self.layers[0].layer;
        let net = if measure == Measure::Sizes { &all.sizes } else { &all.outcomes };
        let hidden = net.arcs.iter().enumerate().filter(|(_, arc)| arc.state.is_hidden());
        let cells = hidden.map(|(at, arc)| {
            let (mut low, mut high) = (arc.low, arc.high);
            for told in self.layers[1..].iter().filter(|told| matches!(told.layer.link, Link::Cells)) {
                if told.detail(measure) == Detail::Nothing {
                    continue;
                }
                let own = &told.layer.grid;
                let (n, x) = (own.students[at] as i32, own.chronic[at] as i32);
                match measure {
                    Measure::Sizes => low = low.max(n + all.grid.chronic[at] as i32 - x),
                    Measure::Outcomes => {
                        low = low.max(x);
                        high = high.min(x + all.grid.students[at] as i32 - n);
                    }
                }
            }
            (at as u32, low.min(arc.value), high.max(arc.value))
        });
        cells.collect()
    }

    fn with_carried(&mut self, measure: Measure, moves: &Moves) -> Result<Vec<(CellId, i32)>, usize> {
        let rest = self.carry(measure, moves, None)?;
        let mut all: Vec<_> = moves.iter().map(|(at, by)| (CellId { layer: 0, at: *at }, *by)).collect();
        all.extend(rest);
        Ok(all)
    }

    /// What must change in the conditions when all students change so, or the layer where nothing fits.
    fn carry(&mut self, measure: Measure, moves: &Moves, but: Option<usize>) -> Result<Vec<(CellId, i32)>, usize> {
        let (first, rest) = self.layers.split_at_mut(1);
        let all = &first[0].layer;
        let mut carried = Vec::new();
        for (at, told) in rest.iter_mut().enumerate() {
            if but == Some(at + 1) || told.detail(measure) == Detail::Nothing {
                continue;
            }
            let mut net = std::mem::take(network(&mut told.layer, measure));
            let mut bounds = moved_bounds(&net, &told.layer, all, measure, moves);
            let fits = net.repair(&mut bounds);
            let own = net.take_moves();
            net.restore(&mut bounds);
            *network(&mut told.layer, measure) = net;
            if !fits {
                return Err(at + 1);
            }
            let own = own.iter().filter(|(cell, _)| !told.layer.is_pinned(*cell as usize));
            carried.extend(own.map(|(cell, by)| (CellId { layer: at as u16 + 1, at: *cell }, *by)));
        }
        Ok(carried)
    }
}

/// Everything a condition's proof may lean on.
struct With<'a> {
    own: &'a Layer,
    all: Option<&'a Layer>,
    measure: Measure,
    whole: &'a Protected,
}

/// A wider proof than the layer alone gives: tables in which all students change here as well.
fn beyond(net: &mut Network, at: u32, mut proof: Proof, with: &With) -> Proof {
    let Some(all) = with.all else { return proof };
    let need = net.arcs[at as usize].need;
    for above in wholes_near(with.own, at as usize) {
        let Some(Some(whole)) = with.whole.proofs.get(above) else { continue };
        for (direction, half) in [(Direction::Up, &whole.up), (Direction::Down, &whole.down)] {
            for dir in [1, -1] {
                if half.own.is_empty() || proof.width() >= need {
                    continue;
                }
                let mut bounds = moved_bounds(net, with.own, all, with.measure, &half.own);
                if net.repair(&mut bounds) {
                    net.push(at, dir, need);
                    let own = net.take_moves();
                    let change = own.iter().find(|m| m.0 == at).map_or(0, |m| m.1);
                    let side = if dir > 0 { &mut proof.up } else { &mut proof.down };
                    if dir * change > dir * side.change {
                        *side = Half { change, own, whole: Some((above as u32, direction)) };
                    }
                }
                net.restore(&mut bounds);
            }
        }
    }
    proof
}

/// Cells of all students that bear on a cell: its own whole first, then those of its row and column.
fn wholes_near(own: &Layer, at: usize) -> Vec<usize> {
    let (n_rows, n_cols) = (own.grid.n_rows, own.grid.n_cols);
    let mut cells = vec![own.whole_of(at)];
    if matches!(own.link, Link::Cells) {
        cells.extend((0..n_cols).map(|col| at / n_cols * n_cols + col));
        cells.extend((0..n_rows).map(|row| row * n_cols + at % n_cols));
    } else if let Link::Values { whole } = &own.link {
        cells.extend(whole.iter().map(|at| *at as usize));
    }
    cells
}

/// The bounds of the cells of a condition whose wholes move.
fn moved_bounds(net: &Network, own: &Layer, all: &Layer, measure: Measure, moves: &Moves) -> Vec<(u32, i32, i32)> {
    let mut bounds = Vec::new();
    for (above, by) in moves {
        let cell = match &own.link {
            Link::Whole => continue,
            Link::Cells => *above as usize,
            Link::Values { whole } => match whole.iter().position(|at| at == above) {
                Some(row) => row * own.grid.n_cols + own.grid.n_cols - 1,
                None => continue,
            },
        };
        let (value, (low, high)) = match measure {
            Measure::Sizes => {
                let value = all.grid.students[*above as usize] as i32 + by;
                (value, own.size_bounds(cell, value, Some(all)))
            }
            Measure::Outcomes => {
                let value = all.grid.chronic[*above as usize] as i32 + by;
                (value, own.outcome_bounds(cell, value, Some(all)))
            }
        };
        debug_assert!(value >= 0);
        if net.arcs[cell].state == State::Fixed {
            bounds.push((cell as u32, low.min(net.arcs[cell].value), high));
        } else {
            bounds.push((cell as u32, low, high));
        }
    }
    bounds
}

/// Hides what a coarser table does not tell.
fn coarsen(layer: &mut Layer, measure: Measure, detail: Detail) {
    let (n_rows, n_cols) = (layer.grid.n_rows, layer.grid.n_cols);
    let is_values = matches!(layer.link, Link::Values { .. });
    for arc_at in 0..n_rows * n_cols {
        let (is_total, is_sum) = (arc_at / n_cols + 1 == n_rows, arc_at % n_cols + 1 == n_cols);
        let told = match detail {
            Detail::Cells => true,
            Detail::Sums if is_values => is_total,
            Detail::Sums => is_total || is_sum,
            Detail::Total if is_values => false,
            Detail::Total => is_total && is_sum,
            Detail::Nothing => false,
        };
        let arc = &mut network(layer, measure).arcs[arc_at];
        if !told && !matches!(arc.state, State::Fixed | State::Pinned) {
            arc.state = State::Kept;
        }
    }
}

impl Told {
    /// How finely this layer is told.
    #[must_use]
    pub fn detail(&self, measure: Measure) -> Detail {
        match measure {
            Measure::Sizes => self.sizes,
            Measure::Outcomes => self.outcomes.max(self.sizes),
        }
    }

    fn set(&mut self, measure: Measure, detail: Detail) {
        match measure {
            Measure::Sizes => self.sizes = detail,
            Measure::Outcomes => self.outcomes = detail,
        }
    }
}

fn told(condition: Option<usize>, layer: Layer) -> Told {
    Told { condition, layer, sizes: Detail::Cells, outcomes: Detail::Cells }
}

fn network(layer: &mut Layer, measure: Measure) -> &mut Network {
    match measure {
        Measure::Sizes => &mut layer.sizes,
        Measure::Outcomes => &mut layer.outcomes,
    }
}

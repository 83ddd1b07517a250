//! One proof over all layers at once for every hidden number: two whole tables that show the same.
//!
//! A change in one condition leaves all students as they are where it can; where all students must
//! change, every other condition has to follow, and does so by a repair in its own network.

use super::super::gate::Rule;
use super::layer::{Layer, Link};
use super::linked::{CellId, Certificate, Detail, Job, Measure, network};
use super::network::{Direction, Half, Moves, Network, Proof, State};
use super::protect::Protected;

impl Job {
    /// Two whole tables, over every layer at once, that show how far a hidden number can move.
    pub(super) fn certify(&mut self, measure: Measure, cell: CellId) -> Option<Certificate> {
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
pub(super) struct With<'a> {
    pub(super) own: &'a Layer,
    pub(super) all: Option<&'a Layer>,
    pub(super) measure: Measure,
    pub(super) whole: &'a Protected,
}

/// A wider proof than the layer alone gives: tables in which all students change here as well.
pub(super) fn beyond(net: &mut Network, at: u32, mut proof: Proof, with: &With) -> Proof {
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
pub(super) fn wholes_near(own: &Layer, at: usize) -> Vec<usize> {
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

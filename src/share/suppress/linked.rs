//! All layers of one export together, in steps: sizes of all students, sizes of each condition,
//! then outcomes in the same order, then one joint proof for every hidden number.

use super::super::gate::Rule;
use super::joint::{With, beyond, wholes_near};
use super::layer::{Layer, Link};
use super::network::{Network, Proof, State};
use super::protect::{Protected, Protecting};
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
    /// The true tiers, by row of the places.
    pub tiers: Vec<[u32; 5]>,
}

/// How often a condition may be told more coarsely for the sake of another's proof.
const MOST_RESTARTS: usize = 16;

/// What an earlier export hid: asked by condition (none for all students), measure and cell.
pub type Hid<'a> = &'a dyn Fn(usize, Measure, usize) -> bool;

/// Suppression under way. Call [`Job::step`] until it is done; each step is well under a millisecond
/// to a few milliseconds.
pub struct Job {
    rule: Rule,
    pub(super) layers: Vec<Told>,
    kept: Vec<[Vec<bool>; 2]>,
    /// Protected results by layer and measure.
    pub(super) results: Vec<[Protected; 2]>,
    stage: usize,
    work: Option<Protecting>,
    joint: Vec<(Measure, CellId)>,
    pub(super) certificates: Vec<Certificate>,
    /// Layers that stood in the way of a joint proof.
    pub(super) blocked: Vec<usize>,
    restarts: usize,
    /// Cells of all students that are hidden with twice the room, for the sake of their parts.
    lifted: [BTreeSet<usize>; 2],
    tiers: Vec<[u32; 5]>,
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
            tiers: tables.tiers.clone(),
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
        let mut stuck: Option<Measure> = None;
        for certificate in self.certificates.iter().filter(|c| c.width() < c.need) {
            let (layer, measure) = (usize::from(certificate.cell.layer), certificate.measure);
            if layer > 0 {
                weak.push((layer, measure));
            } else if self.restarts < MOST_RESTARTS {
                // More room among all students costs some cells; a condition told more coarsely costs many.
                changed |= self.lifted[measure as usize].insert(certificate.cell.at as usize);
                stuck = Some(measure);
            }
        }
        if changed {
            self.restart();
            return true;
        }
        if let Some(measure) = stuck {
            // One condition at a time, the one with the fewest students first.
            let told = |layer: &&usize| self.layers[**layer].detail(measure) != Detail::Nothing;
            let students = |layer: &&usize| self.layers[**layer].layer.grid.students.last().copied();
            weak.extend(self.blocked.iter().filter(told).min_by_key(students).map(|layer| (*layer, measure)));
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
        self.take()
    }

    /// What was hidden, and the proofs; to be asked for once, after the last step.
    #[must_use]
    pub fn take(&mut self) -> Suppressed {
        let mut certificates = std::mem::take(&mut self.certificates);
        certificates.sort_by_key(|c| (c.measure, c.cell));
        let (layers, tiers) = (std::mem::take(&mut self.layers), std::mem::take(&mut self.tiers));
        Suppressed { rule: self.rule, layers, certificates, tiers }
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
        let more = (0..8).all(|_| work.step(&mut net, &elsewhere));
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

pub(super) fn network(layer: &mut Layer, measure: Measure) -> &mut Network {
    match measure {
        Measure::Sizes => &mut layer.sizes,
        Measure::Outcomes => &mut layer.outcomes,
    }
}

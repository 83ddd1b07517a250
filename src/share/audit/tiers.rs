//! The attacker on merged tiers: one tier of one school at a time.
//!
//! As with the other tables, two whole tables that show the same prove that a number is safe; nothing of
//! them is believed until every sum has been checked. What has no such pair goes to the simplex.

use super::auditing::Moves;
use super::report::Report;
use super::simplex::{Range, Solving};
use super::system::{Cell, System};
use crate::share::gate::Rule;
use crate::share::release::Release;
use crate::share::suppress::linked::Suppressed;
use crate::share::suppress::network::{Arc, Network, State};
use std::time::Duration;

/// A tier that is not told: its row, its cell, and how far apart its bounds must be.
#[derive(Clone, Copy)]
struct Asked {
    row: usize,
    cell: u32,
    need: i64,
}

/// The trial of tiers under way, with every size and every chronic count known to the attacker.
pub(super) struct TierTrial {
    system: System,
    moves: Moves,
    /// One arc per cell: from the narrowest sum that it stands in to its tier.
    network: Network,
    /// By arc, its cell in the system.
    cell_of: Vec<u32>,
    /// Still to be tried, last first.
    asked: Vec<Asked>,
    solving: Option<(Asked, Solving)>,
    is_consistent: bool,
}

/// Cells that hang together in one linear program, at most.
const MOST_TOGETHER: usize = 2_000;

impl TierTrial {
    /// `None` where no tiers are told.
    pub(super) fn new(release: &Release, suppressed: &Suppressed) -> Option<TierTrial> {
        if release.tiers.iter().all(Vec::is_empty) {
            return None;
        }
        let all = &suppressed.layers[0].layer.grid;
        let (n_schools, total) = (release.places.schools.len(), release.places.total_row());
        let (mut system, mut truth, mut asked, mut arcs) = (System::default(), Vec::new(), Vec::new(), Vec::new());
        let mut cell_of = Vec::new();
        let mut rows: Vec<[u32; 5]> = Vec::new();
        let mut n_nodes = 5u16;
        for row in (0..n_schools).chain([total]) {
            let at = all.at(row, all.n_cols - 1);
            let (students, chronic) = (all.students[at], all.chronic[at]);
            let counts = suppressed.tiers.get(row).copied().unwrap_or_default();
            let cells: [u32; 5] = std::array::from_fn(|_| system.cell(Cell::ANY));
            truth.extend(counts.map(i64::from));
            let mut sums = vec![(0..2, students - chronic), (2..5, chronic)];
            sums.extend(release.tiers.get(row).into_iter().flatten().map(|class| {
                let from = class.tiers.first().map_or(0, |tier| tier.index());
                (from..from + class.tiers.len(), class.students)
            }));
            let is_told = release.tiers.get(row).is_some_and(|classes| !classes.is_empty());
            for (tier, cell) in cells.iter().enumerate() {
                let holds = |at: &usize| sums[*at].0.contains(&tier);
                let Some(narrowest) = (0..sums.len()).filter(holds).min_by_key(|at| sums[*at].0.len()) else {
                    continue;
                };
                let (range, sum) = &sums[narrowest];
                let is_free = range.len() > 1 && *sum > 0;
                if is_free && (is_told || row != total) {
                    let need = i64::from(*sum).min(i64::from(Rule::OUTCOME_WIDTH));
                    asked.push(Asked { row, cell: *cell, need });
                }
                let (node, tier_node) = (n_nodes + narrowest as u16, tier as u16);
                let (from, to) = if row == total { (tier_node, node) } else { (node, tier_node) };
                let state = if is_free { State::Kept } else { State::Fixed };
                let (value, high) = (counts[tier] as i32, *sum as i32);
                cell_of.push(*cell);
                arcs.push(Arc { from, to, value, low: 0, high, need: 0, weight: 0, state });
            }
            n_nodes += sums.len() as u16;
            for (range, sum) in sums {
                let told = system.cell(Cell::known(i64::from(sum)));
                truth.push(i64::from(sum));
                system.sum(told, cells[range].iter().copied());
            }
            rows.push(cells);
        }
        if let Some((last, schools)) = rows.split_last() {
            for tier in 0..5 {
                system.sum(last[tier], schools.iter().map(|cells| cells[tier]));
            }
        }
        let mut narrowed = system.clone();
        let is_consistent = narrowed.propagate(100 * system.equations.len()).is_ok();
        asked.reverse();
        Some(TierTrial {
            moves: Moves::new(truth),
            network: Network::new(usize::from(n_nodes), arcs),
            cell_of,
            system: narrowed,
            asked,
            solving: None,
            is_consistent,
        })
    }

    /// Tries one tier, or goes on with it; `true` while there is more.
    pub(super) fn step(&mut self, release: &Release, slice: Duration, report: &mut Report) -> bool {
        if let Some((asked, mut solving)) = self.solving.take() {
            match solving.step(&self.system) {
                None => self.solving = Some((asked, solving)),
                // Sums of tiers are a network, where what programs find is whole.
                Some(Range::Found { low, high, .. }) => settle(release, asked, high - low, report),
                Some(Range::Undecided) => report.n_undecided += 1,
            }
            return true;
        }
        let Some(asked) = self.asked.pop() else { return false };
        report.hidden += 1;
        let Asked { cell, need, .. } = asked;
        if !self.is_consistent || self.system.cells[cell as usize].width() < need {
            settle(release, asked, 0, report);
        } else if self.shown_wide(asked) < need {
            match Solving::new(&self.system, cell, MOST_TOGETHER, Some(slice)) {
                Some(solving) => self.solving = Some((asked, solving)),
                None => report.n_undecided += 1,
            }
        }
        true
    }

    /// How far apart two tables are in this cell that were checked against every sum.
    fn shown_wide(&mut self, Asked { cell, need, .. }: Asked) -> i64 {
        let Ok(arc) = self.cell_of.binary_search(&cell).map(|arc| arc as u32) else { return 0 };
        let proof = self.network.prove(arc, need as i32);
        let mut side = |own: &[(u32, i32)]| {
            let moved: Vec<(u32, i32)> = own.iter().map(|(arc, by)| (self.cell_of[*arc as usize], *by)).collect();
            let by = own.iter().find(|m| m.0 == arc).map_or(0, |m| i64::from(m.1));
            if self.moves.fits(&self.system, &moved) { by } else { 0 }
        };
        side(&proof.up.own) - side(&proof.down.own)
    }
}

/// Notes a tier that can be found too closely.
fn settle(release: &Release, Asked { row, need, .. }: Asked, width: i64, report: &mut Report) {
    if width < need {
        report.n_too_narrow += 1;
        let place = release.places.schools.get(row).map_or("All schools", |school| school.name.as_str());
        if report.too_narrow.len() < Report::MOST {
            report.too_narrow.push(format!("{place}, tiers"));
        }
    }
}

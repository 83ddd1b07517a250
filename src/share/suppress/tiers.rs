//! Tiers of schools and of all together: neighbours merged so that no tier of a few students can be
//! found by subtracting schools from the total.
//!
//! A merged class and a tier's total are the nodes, a school's tier the arc: a network again. All is
//! proved with every group's size and chronic count known to the attacker.

use super::super::gate::{Rule, TierClass, tier_classes};
use super::linked::Suppressed;
use super::network::{Arc, Network, State};
use super::protect::protect;
use super::tables::Tables;
use crate::attendance::Tier;

/// A row's classes as ranges of tiers: `[(0, 1), (1, 2), (2, 5)]`.
type Cut = Vec<(usize, usize)>;

/// Chronic or not: what is known of a row whose tiers are not told.
const SIDES: [(usize, usize); 2] = [(0, 2), (2, 5)];

/// By row of the places: what is told; empty where nothing is. Districts are not told apart.
#[must_use]
pub fn tell_tiers(rule: Rule, tables: &Tables, suppressed: &Suppressed) -> Vec<Vec<TierClass>> {
    let n_schools = tables.places.schools.len();
    let total = tables.places.total_row();
    let all = &suppressed.layers[0].layer;
    let last = tables.grades.len();
    let rows: Vec<usize> = (0..n_schools).chain([total]).collect();
    // Where chronic absence is not drawn at 10 %, tiers would cut across it and tell more than either.
    let is_aligned = rows.iter().all(|row| {
        let tiers = tables.tiers.get(*row).copied().unwrap_or_default();
        let at = all.grid.at(*row, last);
        let chronic: u32 = tiers[2..].iter().sum();
        chronic == all.grid.chronic[at] && tiers.iter().sum::<u32>() == all.grid.students[at]
    });
    if !is_aligned {
        return vec![Vec::new(); tables.places.n_rows()];
    }
    let fine: Vec<Option<Cut>> = rows
        .iter()
        .map(|row| {
            let at = all.grid.at(*row, last);
            let is_told = !all.sizes.arcs[at].state.is_hidden() && !all.outcomes.arcs[at].state.is_hidden();
            let tiers = tables.tiers.get(*row).copied().unwrap_or_default();
            let classes = if is_told { tier_classes(rule, tiers) } else { Vec::new() };
            (!classes.is_empty()).then(|| cut_of(&classes))
        })
        .collect();
    // The finest for each school; else the same for all; else all schools together only.
    let joined = join(fine.iter().flatten());
    let same = fine.iter().map(|cut| cut.as_ref().map(|_| joined.clone())).collect();
    let only_total = fine.iter().enumerate().map(|(at, cut)| cut.clone().filter(|_| at == n_schools)).collect();
    let choice = [fine, same, only_total].into_iter().find(|cuts| is_safe(tables, &rows, cuts));
    let mut told = vec![Vec::new(); tables.places.n_rows()];
    for (row, cut) in rows.iter().zip(choice.into_iter().flatten()) {
        told[*row] = cut.into_iter().flatten().map(|range| class(tables.tiers[*row], range)).collect();
    }
    told
}

fn class(tiers: [u32; 5], (from, to): (usize, usize)) -> TierClass {
    TierClass { tiers: Tier::ALL[from..to].to_vec(), students: tiers[from..to].iter().sum() }
}

fn cut_of(classes: &[TierClass]) -> Cut {
    let first = |class: &TierClass| class.tiers.first().map_or(0, |t| t.index());
    classes.iter().map(|class| (first(class), first(class) + class.tiers.len())).collect()
}

/// The finest cut that every given one refines.
fn join<'a>(cuts: impl Iterator<Item = &'a Cut>) -> Cut {
    let mut ends: Vec<usize> = (1..=5).collect();
    for cut in cuts {
        ends.retain(|end| cut.iter().any(|(_, to)| to == end));
    }
    let mut from = 0;
    ends.into_iter().map(|to| (std::mem::replace(&mut from, to), to)).collect()
}

fn is_safe(tables: &Tables, rows: &[usize], cuts: &[Option<Cut>]) -> bool {
    let mut network = network(tables, rows, cuts);
    // Nothing more can be hidden here: shown cells are fixed, so only the proof remains.
    protect(&mut network).weak.is_empty()
}

fn network(tables: &Tables, rows: &[usize], cuts: &[Option<Cut>]) -> Network {
    let mut arcs = Vec::new();
    let mut n_nodes = 5u16;
    for (at, row) in rows.iter().enumerate() {
        let tiers = tables.tiers.get(*row).copied().unwrap_or_default();
        let is_total = at + 1 == rows.len();
        let is_told = cuts[at].is_some();
        for (from, to) in cuts[at].clone().unwrap_or_else(|| SIDES.to_vec()) {
            let node = n_nodes;
            n_nodes += 1;
            let sum: u32 = tiers[from..to].iter().sum();
            for (tier, count) in tiers.iter().enumerate().take(to).skip(from) {
                let (start, end) = if is_total { (tier as u16, node) } else { (node, tier as u16) };
                let is_free = to - from > 1 && sum > 0;
                let need = if is_told || !is_total { Rule::OUTCOME_WIDTH.min(sum as i32) } else { 0 };
                arcs.push(Arc {
                    from: start,
                    to: end,
                    value: *count as i32,
                    low: 0,
                    high: sum as i32,
                    need,
                    weight: 0,
                    state: if is_free { State::Kept } else { State::Fixed },
                });
            }
        }
    }
    Network::new(usize::from(n_nodes), arcs)
}

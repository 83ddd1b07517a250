//! Protecting one layer: hide cycles until every hidden cell keeps its width, then unhide what is unneeded.

use super::network::{Elsewhere, Network, Proof, State};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many cycles may be hidden for one cell before it is given up.
const MOST_CYCLES: usize = 12;

/// What protecting a layer came to.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    /// By cell; `None` for cells that are shown.
    pub proofs: Vec<Option<Proof>>,
    /// Hidden cells that no hiding within this layer protects, ascending.
    pub weak: Vec<u32>,
}

/// Protects a layer a few cells at a time, so that a page can breathe in between.
#[derive(Debug)]
pub struct Protecting {
    queue: BinaryHeap<Reverse<(i32, u32)>>,
    proofs: Vec<Option<Proof>>,
    weak: Vec<u32>,
    /// Complements still to be tried for unhiding, dearest last.
    unhide: Option<Vec<u32>>,
}

impl Protecting {
    #[must_use]
    pub fn new(network: &Network) -> Protecting {
        let queue = (0..network.arcs.len() as u32)
            .filter(|at| network.arcs[*at as usize].state.is_hidden())
            .map(|at| Reverse((network.arcs[at as usize].value, at)))
            .collect();
        Protecting { queue, proofs: vec![None; network.arcs.len()], weak: Vec::new(), unhide: None }
    }

    /// One cell's worth of work; `true` while there is more.
    pub fn step(&mut self, network: &mut Network, elsewhere: &Elsewhere) -> bool {
        if let Some(Reverse((_, at))) = self.queue.pop() {
            self.ensure(network, at, elsewhere);
            return true;
        }
        if self.unhide.is_none() {
            let mut cells: Vec<u32> = (0..network.arcs.len() as u32)
                .filter(|at| network.arcs[*at as usize].state == State::Complement)
                .collect();
            cells.sort_by_key(|at| (network.arcs[*at as usize].weight, Reverse(*at)));
            self.unhide = Some(cells);
        }
        let Some(at) = self.unhide.as_mut().and_then(Vec::pop) else { return false };
        self.try_unhide(network, at, elsewhere);
        true
    }

    #[must_use]
    pub fn finish(mut self) -> Protected {
        self.weak.sort_unstable();
        Protected { proofs: self.proofs, weak: self.weak }
    }

    fn prove(network: &mut Network, at: u32, elsewhere: &Elsewhere) -> Proof {
        let need = network.arcs[at as usize].need;
        let proof = network.prove(at, need);
        if proof.width() >= need { proof } else { elsewhere(network, at, proof) }
    }

    fn ensure(&mut self, network: &mut Network, at: u32, elsewhere: &Elsewhere) {
        let need = network.arcs[at as usize].need;
        let mut proof = Self::prove(network, at, elsewhere);
        for _ in 0..MOST_CYCLES {
            if proof.width() >= need {
                break;
            }
            // A cycle wide enough by itself; else whatever adds to what the hidden cells already allow.
            let wide = [(1, need + proof.down.change), (-1, need - proof.up.change)];
            let wide = wide.iter().filter_map(|(dir, by)| network.cheapest_cycle(at, *dir, *by)).min();
            let found = wide.or_else(|| {
                let further = [1, -1].into_iter().filter_map(|dir| {
                    network.push(at, dir, need);
                    let found = network.cheapest_cycle(at, dir, 1);
                    network.take_moves();
                    found
                });
                further.min()
            });
            let Some((_, cells)) = found else { break };
            let mut any = false;
            for cell in cells {
                let arc = &mut network.arcs[cell as usize];
                if arc.state == State::Shown {
                    arc.state = State::Complement;
                    self.queue.push(Reverse((arc.value, cell)));
                    any = true;
                }
            }
            let before = proof.width();
            proof = Self::prove(network, at, elsewhere);
            if !any && proof.width() == before {
                break;
            }
        }
        if proof.width() < need {
            self.weak.push(at);
        }
        self.proofs[at as usize] = Some(proof);
    }

    fn try_unhide(&mut self, network: &mut Network, at: u32, elsewhere: &Elsewhere) {
        let uses = |proof: &Proof| {
            proof.up.own.binary_search_by_key(&at, |m| m.0).is_ok()
                || proof.down.own.binary_search_by_key(&at, |m| m.0).is_ok()
        };
        let users: Vec<u32> = self
            .proofs
            .iter()
            .enumerate()
            .filter(|(cell, proof)| *cell as u32 != at && proof.as_ref().is_some_and(uses))
            .map(|(cell, _)| cell as u32)
            .collect();
        network.arcs[at as usize].state = State::Shown;
        let mut fresh = Vec::new();
        for user in users {
            if self.weak.contains(&user) {
                network.arcs[at as usize].state = State::Complement;
                return;
            }
            let proof = Self::prove(network, user, elsewhere);
            if proof.width() < network.arcs[user as usize].need {
                network.arcs[at as usize].state = State::Complement;
                return;
            }
            fresh.push((user, proof));
        }
        for (user, proof) in fresh {
            self.proofs[user as usize] = Some(proof);
        }
        self.proofs[at as usize] = None;
        self.weak.retain(|weak| *weak != at);
    }
}

/// Protects a whole layer in one go.
pub fn protect(network: &mut Network) -> Protected {
    let mut work = Protecting::new(network);
    while work.step(network, &|_, _, proof| proof) {}
    work.finish()
}

//! Linked tables as network layers: which cell is which arc, and what may be known of each.

use super::super::gate::{Code, Rule, code};
use super::network::{Arc, Network, State, UNBOUNDED};
use super::tables::{Grid, Places};

/// Where a layer's cells stand in the layer of all students.
#[derive(Clone, Debug)]
pub enum Link {
    /// The layer of all students itself.
    Whole,
    /// Cell for cell; the others of the condition are what remains.
    Cells,
    /// Row `r` of values adds up to cell `whole[r]` of all students.
    Values { whole: Vec<u32> },
}

/// One grid as two networks over the same cells: how many students, how many chronically absent.
#[derive(Clone, Debug)]
pub struct Layer {
    pub link: Link,
    pub grid: Grid,
    pub sizes: Network,
    pub outcomes: Network,
    /// Codes of extreme rates, by cell.
    pub codes: Vec<Option<Code>>,
}

/// What an ordinary cell, a sum, a sum of sums and the total of all weigh (methods section 14).
const WEIGHTS: [u64; 4] = [1_000_000, 8_000_000, 64_000_000, 1_000_000_000_000];

/// A weight that prefers hiding small counts among equals: plus 10⁻⁴·ln(1+count), in integers so that
/// every machine agrees.
fn weight(class: usize, count: u32) -> u64 {
    let one_more = u64::from(count) + 1;
    let power = one_more.ilog2();
    let fraction = (one_more - (1 << power)) * 6931 / (1 << power);
    WEIGHTS[class] + (u64::from(power) * 6931 + fraction) / 100
}

impl Layer {
    /// A grid of places by grades.
    #[must_use]
    pub fn of_places(places: &Places, grid: &Grid, link: Link) -> Layer {
        let n_schools = places.schools.len();
        let total = places.total_row();
        let n_cols = grid.n_cols;
        // Nodes: a row per school and one for the total; a column per grade in each place that sums.
        let group = |row: usize| if row == total { 0 } else { row - n_schools + 1 };
        let column = |row: usize, col: usize| (n_schools + 1 + group(row) * n_cols + col) as u16;
        let n_nodes = n_schools + 1 + (places.districts.len() + 1) * n_cols;
        let mut arcs = Vec::with_capacity(grid.students.len());
        for row in 0..grid.n_rows {
            for col in 0..n_cols {
                let parent = places.parent(row);
                let is_sum = col + 1 == n_cols;
                let (mut from, mut to) = match () {
                    () if row < n_schools => (row as u16, column(parent, col)),
                    () if row < total => (column(row, col), column(total, col)),
                    () => (column(total, col), n_schools as u16),
                };
                if is_sum {
                    std::mem::swap(&mut from, &mut to);
                }
                let class = match (row < n_schools, row < total, is_sum) {
                    (true, _, false) => 0,
                    (true, _, true) | (false, _, false) => 1,
                    (false, true, true) => 2,
                    (false, false, true) => 3,
                };
                arcs.push(arc(from, to, weight(class, grid.students[grid.at(row, col)])));
            }
        }
        Layer::new(link, grid, n_nodes, arcs)
    }

    /// A grid of places or grades by three or more values; `whole` says which cell of all students
    /// each row adds up to. Rows must add up to the last one, so districts are left out.
    #[must_use]
    pub fn of_values(grid: &Grid, whole: Vec<u32>) -> Layer {
        let total = grid.n_rows - 1;
        let n_cols = grid.n_cols;
        let mut arcs = Vec::with_capacity(grid.students.len());
        for row in 0..grid.n_rows {
            for col in 0..n_cols {
                let is_sum = col + 1 == n_cols;
                let (mut from, mut to) = (row as u16, (grid.n_rows + col) as u16);
                if (row == total) != is_sum {
                    std::mem::swap(&mut from, &mut to);
                }
                let class = usize::from(row == total) + 2 * usize::from(is_sum);
                arcs.push(arc(from, to, weight(class.min(3), grid.students[grid.at(row, col)])));
            }
        }
        Layer::new(Link::Values { whole }, grid, grid.n_rows + n_cols, arcs)
    }

    fn new(link: Link, grid: &Grid, n_nodes: usize, arcs: Vec<Arc>) -> Layer {
        let filled = |values: &[u32]| {
            let arcs = arcs.iter().zip(values).map(|(arc, value)| Arc { value: *value as i32, ..arc.clone() });
            Network::new(n_nodes, arcs.collect())
        };
        Layer {
            sizes: filled(&grid.students),
            outcomes: filled(&grid.chronic),
            codes: vec![None; grid.students.len()],
            grid: grid.clone(),
            link,
        }
    }

    /// Whether a cell is the sum over values, which belongs to the layer of all students.
    #[must_use]
    pub fn is_pinned(&self, at: usize) -> bool {
        matches!(self.link, Link::Values { .. }) && at % self.grid.n_cols + 1 == self.grid.n_cols
    }

    /// Whether a cell is a value's total over all schools or grades. Two tables share it and every
    /// value is large enough there, so it is always told.
    #[must_use]
    pub fn is_value_total(&self, at: usize) -> bool {
        matches!(self.link, Link::Values { .. }) && at / self.grid.n_cols + 1 == self.grid.n_rows
    }

    /// The cell of all students that this cell is a part of.
    #[must_use]
    pub fn whole_of(&self, at: usize) -> usize {
        match &self.link {
            Link::Whole | Link::Cells => at,
            Link::Values { whole } => whole[at / self.grid.n_cols] as usize,
        }
    }

    /// The most and least that a size can be when all students number `whole` here and outcomes stay.
    #[must_use]
    pub fn size_bounds(&self, at: usize, whole: i32, all: Option<&Layer>) -> (i32, i32) {
        let (n, x) = (self.grid.students[at] as i32, self.grid.chronic[at] as i32);
        if self.is_pinned(at) {
            return (whole, whole);
        }
        let low = x.max(i32::from(n > 0));
        match (all, &self.link) {
            (Some(all), Link::Cells) => {
                let others = all.grid.students[at] as i32 - n;
                let others_chronic = all.grid.chronic[at] as i32 - x;
                // Where the whole is shown, hiding a part tells that there are others.
                let least = i32::from(others > 0 && !all.sizes.arcs[at].state.is_hidden());
                (low, whole - others_chronic.max(least))
            }
            _ => (low, UNBOUNDED),
        }
    }

    /// The least and most that an outcome can be when `whole` of all students here are chronically
    /// absent and all sizes are known.
    #[must_use]
    pub fn outcome_bounds(&self, at: usize, whole: i32, all: Option<&Layer>) -> (i32, i32) {
        let n = self.grid.students[at] as i32;
        if self.is_pinned(at) {
            return (whole, whole);
        }
        let (mut low, mut high) = match self.codes[at] {
            Some(code) => {
                let (low, high) = code.bounds(n as u32);
                (low as i32, high as i32)
            }
            None => (0, n),
        };
        if let (Some(all), Link::Cells) = (all, &self.link) {
            let others = all.grid.students[at] as i32 - n;
            low = low.max(whole - others);
            high = high.min(whole);
        }
        (low, high)
    }

    /// Sets what is hidden at the start in the sizes: small groups, parts of hidden wholes, and
    /// what `keep` says an earlier export hid.
    pub fn start_sizes(&mut self, rule: Rule, all: Option<&Layer>, keep: &dyn Fn(usize) -> bool) {
        for at in 0..self.grid.students.len() {
            let n = self.grid.students[at];
            let whole = all.map_or(n, |all| all.grid.students[self.whole_of(at)]);
            let whole_hidden = all.is_some_and(|all| all.sizes.arcs[self.whole_of(at)].state.is_hidden());
            let state = match () {
                () if self.is_pinned(at) => State::Pinned,
                () if n == 0 || self.is_value_total(at) => State::Fixed,
                () if whole_hidden || keep(at) => State::Kept,
                () if n == whole && all.is_some() => State::Fixed,
                () if rule.hides(n) || rule.hides(whole - n) => State::Primary,
                () => State::Shown,
            };
            let bounds = self.size_bounds(at, whole as i32, all);
            let arc = &mut self.sizes.arcs[at];
            (arc.state, arc.low, arc.high, arc.need) = (state, bounds.0, bounds.1, Rule::SIZE_WIDTH);
        }
    }

    /// The same for outcomes, once the sizes are settled: extreme rates are coded.
    pub fn start_outcomes(&mut self, all: Option<&Layer>, keep: &dyn Fn(usize) -> bool) {
        for at in 0..self.grid.students.len() {
            let (n, x) = (self.grid.students[at], self.grid.chronic[at]);
            let above = self.whole_of(at);
            let (whole, whole_x) = all.map_or((n, x), |all| (all.grid.students[above], all.grid.chronic[above]));
            let whole_hidden = all.is_some_and(|all| all.outcomes.arcs[above].state.is_hidden());
            let hidden_size = self.sizes.arcs[at].state.is_hidden();
            let others_extreme = whole > n && code(whole - n, whole_x - x).is_some();
            let own = if hidden_size || whole_hidden { None } else { code(n, x) };
            let pinned = self.is_pinned(at);
            self.codes[at] = own.filter(|_| n > 0 && !pinned && !self.is_value_total(at));
            let state = match () {
                () if pinned => State::Pinned,
                () if n == 0 || self.is_value_total(at) => State::Fixed,
                () if hidden_size || whole_hidden || keep(at) => State::Kept,
                () if n == whole && all.is_some() => State::Fixed,
                () if own.is_some() || others_extreme => State::Primary,
                () => State::Shown,
            };
            let bounds = self.outcome_bounds(at, whole_x as i32, all);
            let arc = &mut self.outcomes.arcs[at];
            (arc.state, arc.low, arc.high) = (state, bounds.0, bounds.1);
            arc.need = Rule::OUTCOME_WIDTH.min(n as i32);
        }
    }
}

const fn arc(from: u16, to: u16, weight: u64) -> Arc {
    Arc { from, to, value: 0, low: 0, high: 0, need: 0, weight, state: State::Shown }
}

//! Expected rates by leave-one-out indirect standardisation.
//!
//! What would this school's rate be if each of its students were as often chronically absent as
//! students like them in the other schools? Source: `shared/methods.md`, section 3 (interval:
//! MOVER; method: Evans 2013). Pooled values for the spread: section 4.

use super::strata::{Cell, StrataTable};
use super::wilson::{Z95, wilson95};
use crate::attendance::GradeBand;
use std::ops::Range;

/// A rate is taken from the first cell with at least this many students elsewhere.
pub const MINIMUM_REFERENCE: u64 = 11;
/// Fewer compared students than this give no expected rate.
pub const MINIMUM_COMPARED: u64 = 11;

/// The comparison of one unit (mostly a school) with the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expected {
    /// Counted students, and how many of them are chronically absent.
    pub counted: u64,
    pub observed_all: u64,
    /// Students with enough others like them elsewhere, and how many of these are chronically absent.
    pub compared: u64,
    pub observed: u64,
    /// Compared students whose rate comes from a merged stratum.
    pub backed_off: u64,
    /// The number of chronically absent students expected among those compared.
    pub expected: f64,
    /// Variance of the observed and of the expected count, in students squared.
    pub var_observed: f64,
    pub var_expected: f64,
    /// H: 1 where all rests on one other school, 1/m where it rests evenly on m. 0 without comparison.
    pub concentration: f64,
    /// How many other units the comparison rests on.
    pub others: usize,
    /// The two it rests on most, the larger first: position, and share of the comparison.
    pub rests_on: Vec<(u32, f64)>,
    /// Expected count and its variance with the unit itself in the reference, over all counted.
    pub pooled_expected: f64,
    pub pooled_variance: f64,
    /// Where each expected count comes from, in the order of strata.
    pub rows: Vec<ExpectedRow>,
    /// Per stratum of the table, the rate elsewhere for such students; for flags by grade.
    pub stratum_rates: Vec<(u32, f64)>,
}

/// One line of the table behind an expected rate.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedRow {
    pub bands: Bands,
    /// The conditions told apart, the first chosen first; shorter where strata were merged.
    pub codes: Vec<u8>,
    /// How many steps of merging it took: 0 for all conditions.
    pub level: usize,
    pub counted: u64,
    pub chronic: u64,
    /// The students elsewhere that the rate comes from.
    pub reference_counted: u64,
    pub reference_chronic: u64,
    /// Rate elsewhere, 0 to 1; `None` where too few elsewhere are like these: not compared.
    pub rate: Option<f64>,
    /// `counted` times `rate`.
    pub expected: f64,
}

/// The grades of a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bands {
    One(GradeBand),
    /// Kindergarten merged with grades 1–5, the only bands that ever merge.
    KTo5,
}

impl Bands {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Bands::One(band) => band.label(),
            Bands::KTo5 => "K–5",
        }
    }
}

impl Expected {
    /// At least 80 % of the students, and 11 of them, could be compared.
    #[must_use]
    pub fn has_expected(&self) -> bool {
        self.compared >= MINIMUM_COMPARED && 5 * self.compared >= 4 * self.counted
    }

    /// The expected rate from 0 to 1; `None` where there is no fair comparison.
    #[must_use]
    pub fn expected_rate(&self) -> Option<f64> {
        self.has_expected().then(|| self.expected / self.compared as f64)
    }

    /// The observed rate of the compared students, from 0 to 1.
    #[must_use]
    pub fn observed_rate(&self) -> Option<f64> {
        (self.compared > 0).then(|| self.observed as f64 / self.compared as f64)
    }

    /// Observed over expected count.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        (self.has_expected() && self.expected > 0.0).then(|| self.observed as f64 / self.expected)
    }

    /// The share of the variance of the expected rate that estimation adds, in squared log odds:
    /// V_E / V_O².
    #[must_use]
    pub fn estimation_variance(&self) -> f64 {
        if self.var_observed > 0.0 { self.var_expected / (self.var_observed * self.var_observed) } else { 0.0 }
    }

    /// Observed minus expected rate with its 95 % interval (MOVER), as shares.
    #[must_use]
    pub fn difference(&self) -> Option<(f64, (f64, f64))> {
        if !self.has_expected() {
            return None;
        }
        let n = self.compared as f64;
        let (rate, expected) = (self.observed as f64 / n, self.expected / n);
        let (low, high) = wilson95(self.observed, self.compared)?;
        let reach = Z95 * self.var_expected.sqrt() / n;
        let difference = rate - expected;
        let lower = difference - ((rate - low).powi(2) + reach.powi(2)).sqrt();
        let upper = difference + ((high - rate).powi(2) + reach.powi(2)).sqrt();
        Some((difference, (lower, upper)))
    }
}

/// Compares every unit of the table with all the others.
#[must_use]
pub fn standardise(table: &StrataTable) -> Vec<Expected> {
    let forest = Forest::new(table);
    let all = forest.sums(table.cells.iter().flatten());
    let pooled =
        (0..table.strata.len()).map(|stratum| forest.chain(stratum).find(|group| all[*group].is_enough())).collect();
    let mut scratch = Scratch {
        own: vec![Sum::default(); all.len()],
        row: vec![u32::MAX; all.len()],
        pull: vec![0.0; table.strata.len()],
    };
    let shared = Shared { table, forest, all, pooled };
    (0..table.units.len()).map(|unit| compare(&shared, &mut scratch, unit)).collect()
}

/// Counted and chronically absent students of one pooled stratum.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    counted: u32,
    chronic: u32,
}

impl Sum {
    fn rate(self) -> f64 {
        f64::from(self.chronic) / f64::from(self.counted)
    }
    fn is_enough(self) -> bool {
        u64::from(self.counted) >= MINIMUM_REFERENCE
    }
    fn minus(self, other: Sum) -> Sum {
        Sum { counted: self.counted - other.counted, chronic: self.chronic - other.chronic }
    }
    fn add(&mut self, other: Sum) {
        self.counted += other.counted;
        self.chronic += other.chronic;
    }
}

/// The strata and the ever wider groups that their rates may come from, as a forest: the strata
/// first, each pointing to the group that holds it.
struct Forest {
    /// `None` at the widest groups.
    parent: Vec<Option<u32>>,
    /// Steps of merging: 0 for the strata themselves.
    level: Vec<u8>,
    /// The strata of each group, which lie together since strata are sorted.
    range: Vec<Range<usize>>,
}

impl Forest {
    fn new(table: &StrataTable) -> Forest {
        let n_strata = table.strata.len();
        let n_conditions = table.conditions.len();
        let mut parent: Vec<Option<u32>> = vec![None; n_strata];
        let mut level = vec![0u8; n_strata];
        // A stratum for each group of the level below: any one of those that it holds.
        let mut example: Vec<usize> = (0..n_strata).collect();
        let mut from = 0;
        for step in 1..=n_conditions {
            let kept = n_conditions - step;
            let to = parent.len();
            // Strata are sorted, so those that share a beginning lie together.
            for group in from..to {
                let here = &table.strata[example[group]];
                let same = example[to..].last().is_some_and(|last| {
                    let last = &table.strata[*last];
                    last.band == here.band && last.codes[..kept] == here.codes[..kept]
                });
                if !same {
                    parent.push(None);
                    level.push(step as u8);
                    example.push(example[group]);
                }
                parent[group] = Some(parent.len() as u32 - 1);
            }
            from = to;
        }
        let mut range: Vec<Range<usize>> = Vec::with_capacity(parent.len() + 1);
        range.extend((0..n_strata).map(|stratum| stratum..stratum + 1));
        range.resize(parent.len(), 0..0);
        // The widest: kindergarten with grades 1–5.
        let young = |band| matches!(band, GradeBand::K | GradeBand::Grades1To5);
        let widest = parent.len();
        let bands: Vec<usize> = (from..widest).filter(|group| young(table.strata[example[*group]].band)).collect();
        if !bands.is_empty() {
            parent.push(None);
            level.push(n_conditions as u8 + 1);
            range.push(0..0);
            for group in bands {
                parent[group] = Some(widest as u32);
            }
        }
        for group in 0..parent.len() {
            if let Some(at) = parent[group] {
                let (from, to) = (range[group].start, range[group].end);
                let wider = &mut range[at as usize];
                *wider = if wider.start == wider.end { from..to } else { wider.start.min(from)..wider.end.max(to) };
            }
        }
        Forest { parent, level, range }
    }

    /// Sums of cells for every group, strata included.
    fn sums<'a>(&self, cells: impl Iterator<Item = &'a Cell>) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.parent.len()];
        for cell in cells {
            sums[cell.stratum as usize].add(Sum { counted: cell.counted as u32, chronic: cell.chronic as u32 });
        }
        // Parents come after their children.
        for group in 0..sums.len() {
            if let Some(parent) = self.parent[group] {
                let sum = sums[group];
                sums[parent as usize].add(sum);
            }
        }
        sums
    }

    /// `start` and the ever wider groups that hold it.
    fn chain(&self, start: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(start), |group| self.parent[*group].map(|parent| parent as usize))
    }
}

/// What all units share.
struct Shared<'a> {
    table: &'a StrataTable,
    forest: Forest,
    all: Vec<Sum>,
    /// For each stratum the nearest group with enough students, all units together.
    pooled: Vec<Option<usize>>,
}

/// Working space, cleared after each unit where it was touched.
struct Scratch {
    own: Vec<Sum>,
    /// Position of a group's row in the unit's table, `u32::MAX` for none.
    row: Vec<u32>,
    /// The pull of one reference student of each stratum: own students over reference students.
    pull: Vec<f64>,
}

fn compare(shared: &Shared, scratch: &mut Scratch, unit: usize) -> Expected {
    let Shared { table, forest, all, pooled } = shared;
    let cells = &table.cells[unit];
    for cell in cells {
        for group in forest.chain(cell.stratum as usize) {
            scratch.own[group].add(Sum { counted: cell.counted as u32, chronic: cell.chronic as u32 });
        }
    }
    let own = &scratch.own;
    let reference = |group: usize| all[group].minus(own[group]);
    // Students elsewhere are never more than all, so the search may start where all are enough.
    let source = |stratum: usize| forest.chain(pooled[stratum]?).find(|group| reference(*group).is_enough());
    let mut out = Expected::default();
    let mut used: Vec<(usize, f64)> = Vec::new();

    for cell in cells {
        let stratum = cell.stratum as usize;
        out.counted += cell.counted;
        out.observed_all += cell.chronic;
        let n = cell.counted as f64;
        let pooled_rate = all[pooled[stratum].unwrap_or(stratum)].rate();
        out.pooled_expected += n * pooled_rate;
        out.pooled_variance += n * pooled_rate * (1.0 - pooled_rate);
        let Some(group) = source(stratum) else {
            out.rows.push(ExpectedRow::not_compared(table, cell));
            continue;
        };
        let (level, sum) = (usize::from(forest.level[group]), reference(group));
        let rate = sum.rate();
        out.compared += cell.counted;
        out.observed += cell.chronic;
        out.backed_off += if level > 0 { cell.counted } else { 0 };
        out.expected += n * rate;
        out.var_observed += n * rate * (1.0 - rate);
        out.stratum_rates.push((cell.stratum, rate));
        used.push((group, n / f64::from(sum.counted)));
        if scratch.row[group] == u32::MAX {
            scratch.row[group] = out.rows.len() as u32;
            out.rows.push(ExpectedRow::new(table, cell, level, sum));
        } else {
            out.rows[scratch.row[group] as usize].add(cell);
        }
    }
    used.sort_unstable_by_key(|(group, _)| *group);
    for same in used.chunk_by(|a, b| a.0 == b.0) {
        let weight: f64 = same.iter().map(|(_, weight)| weight).sum();
        for pull in &mut scratch.pull[forest.range[same[0].0].clone()] {
            *pull += weight;
        }
    }
    for (stratum, pull) in scratch.pull.iter().enumerate() {
        let here = reference(stratum);
        if *pull == 0.0 || here.counted == 0 {
            continue;
        }
        let rate = source(stratum).map_or(here, reference).rate();
        out.var_expected += pull * pull * f64::from(here.counted) * rate * (1.0 - rate);
    }
    rest(&mut out, table, &scratch.pull, unit);

    for cell in cells {
        for group in forest.chain(cell.stratum as usize) {
            scratch.own[group] = Sum::default();
        }
    }
    for (group, _) in used {
        scratch.row[group] = u32::MAX;
    }
    scratch.pull.fill(0.0);
    out
}

/// On whom the comparison rests.
fn rest(out: &mut Expected, table: &StrataTable, pull: &[f64], unit: usize) {
    let (mut total, mut squares) = (0.0, 0.0);
    let most = &mut out.rests_on;
    for (other, cells) in table.cells.iter().enumerate().filter(|(other, _)| *other != unit) {
        let weight: f64 = cells.iter().map(|c| pull[c.stratum as usize] * c.counted as f64).sum();
        if weight == 0.0 {
            continue;
        }
        out.others += 1;
        total += weight;
        squares += weight * weight;
        // Every unit is compared with every other, so only what is told is kept, and nothing sorted.
        let larger = |(a, x): &(u32, f64)| {
            weight.total_cmp(x).then_with(|| table.units[*a as usize].cmp(&table.units[other])).is_gt()
        };
        let at = most.iter().position(larger).unwrap_or(most.len());
        if at < 2 {
            most.insert(at, (other as u32, weight));
            most.truncate(2);
        }
    }
    if total > 0.0 {
        out.concentration = squares / (total * total);
        most.iter_mut().for_each(|(_, share)| *share /= total);
    }
}

impl ExpectedRow {
    fn new(table: &StrataTable, cell: &Cell, level: usize, sum: Sum) -> ExpectedRow {
        let stratum = &table.strata[cell.stratum as usize];
        let n_conditions = table.conditions.len();
        let bands = if level > n_conditions { Bands::KTo5 } else { Bands::One(stratum.band) };
        ExpectedRow {
            bands,
            codes: stratum.codes[..n_conditions.saturating_sub(level)].to_vec(),
            level,
            counted: cell.counted,
            chronic: cell.chronic,
            reference_counted: u64::from(sum.counted),
            reference_chronic: u64::from(sum.chronic),
            rate: Some(sum.rate()),
            expected: cell.counted as f64 * sum.rate(),
        }
    }

    fn not_compared(table: &StrataTable, cell: &Cell) -> ExpectedRow {
        let nobody = Sum { counted: 1, chronic: 0 };
        let row = ExpectedRow::new(table, cell, 0, nobody);
        ExpectedRow { reference_counted: 0, rate: None, expected: 0.0, ..row }
    }

    fn add(&mut self, cell: &Cell) {
        self.counted += cell.counted;
        self.chronic += cell.chronic;
        self.expected = self.counted as f64 * self.rate.unwrap_or(0.0);
    }
}

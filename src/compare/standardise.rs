//! Expected rates by leave-one-out indirect standardisation.
//!
//! What would this school's rate be if each of its students were as often chronically absent as
//! students like them in the other schools? Source: `shared/methods.md`, section 3 (interval:
//! MOVER; method: Evans 2013). Pooled values for the spread: section 4.

use super::strata::{Cell, StrataTable};
use super::wilson::{Z95, wilson95};
use crate::attendance::GradeBand;

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
    /// Positions of the other units and the share of the comparison resting on each (sum 1),
    /// largest first.
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
    /// One band, or kindergarten with grades 1–5.
    pub bands: Vec<GradeBand>,
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
    let levels = Levels::new(table);
    let all = levels.sums(table.cells.iter().flatten());
    (0..table.units.len()).map(|unit| compare(table, &levels, &all, unit)).collect()
}

/// Counted and chronically absent students of one pooled stratum.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    counted: u64,
    chronic: u64,
}

impl Sum {
    fn rate(self) -> f64 {
        self.chronic as f64 / self.counted as f64
    }
    fn minus(self, other: Sum) -> Sum {
        Sum { counted: self.counted - other.counted, chronic: self.chronic - other.chronic }
    }
}

/// For each stratum the chain of ever wider groups that its rate may come from.
struct Levels {
    /// `group[level][stratum]`; the last level is kindergarten with grades 1–5.
    group: Vec<Vec<Option<u32>>>,
    sizes: Vec<usize>,
}

impl Levels {
    fn new(table: &StrataTable) -> Levels {
        let n_conditions = table.conditions.len();
        let mut group = Vec::new();
        let mut sizes = Vec::new();
        for level in 0..=n_conditions {
            let kept = n_conditions - level;
            // Strata are sorted, so those that share a beginning lie together.
            let mut ids = Vec::with_capacity(table.strata.len());
            let mut last = 0;
            for (i, stratum) in table.strata.iter().enumerate() {
                if i > 0 {
                    let before = &table.strata[i - 1];
                    if before.band != stratum.band || before.codes[..kept] != stratum.codes[..kept] {
                        last += 1;
                    }
                }
                ids.push(Some(last));
            }
            sizes.push(last as usize + 1);
            group.push(ids);
        }
        let young = |band| matches!(band, GradeBand::K | GradeBand::Grades1To5);
        group.push(table.strata.iter().map(|stratum| young(stratum.band).then_some(0)).collect());
        sizes.push(1);
        Levels { group, sizes }
    }

    fn sums<'a>(&self, cells: impl Iterator<Item = &'a Cell>) -> Vec<Vec<Sum>> {
        let mut sums: Vec<Vec<Sum>> = self.sizes.iter().map(|size| vec![Sum::default(); *size]).collect();
        for cell in cells {
            for (level, sums) in sums.iter_mut().enumerate() {
                if let Some(group) = self.group[level][cell.stratum as usize] {
                    sums[group as usize].counted += cell.counted;
                    sums[group as usize].chronic += cell.chronic;
                }
            }
        }
        sums
    }

    /// The first level, its group and its reference with enough students; own students are `own`.
    fn source(&self, stratum: usize, all: &[Vec<Sum>], own: Option<&[Vec<Sum>]>) -> Option<(usize, u32, Sum)> {
        (0..self.group.len()).find_map(|level| {
            let group = self.group[level][stratum]?;
            let mut sum = all[level][group as usize];
            if let Some(own) = own {
                sum = sum.minus(own[level][group as usize]);
            }
            (sum.counted >= MINIMUM_REFERENCE).then_some((level, group, sum))
        })
    }
}

fn compare(table: &StrataTable, levels: &Levels, all: &[Vec<Sum>], unit: usize) -> Expected {
    let cells = &table.cells[unit];
    let own = levels.sums(cells.iter());
    let mut out = Expected::default();
    // weight[level][group]: own students over reference students, the pull of one such student.
    let mut weight: Vec<Vec<f64>> = levels.sizes.iter().map(|size| vec![0.0; *size]).collect();
    let mut used: Vec<(usize, u32, ExpectedRow)> = Vec::new();

    for cell in cells {
        let stratum = cell.stratum as usize;
        out.counted += cell.counted;
        out.observed_all += cell.chronic;
        if let Some((_, _, sum)) = levels.source(stratum, all, None) {
            let rate = sum.rate();
            out.pooled_expected += cell.counted as f64 * rate;
            out.pooled_variance += cell.counted as f64 * rate * (1.0 - rate);
        } else {
            let rate = all[0][levels.group[0][stratum].unwrap_or(0) as usize].rate();
            out.pooled_expected += cell.counted as f64 * rate;
            out.pooled_variance += cell.counted as f64 * rate * (1.0 - rate);
        }
        let Some((level, group, sum)) = levels.source(stratum, all, Some(&own)) else {
            used.push((usize::MAX, cell.stratum, ExpectedRow::not_compared(table, cell)));
            continue;
        };
        let (n, rate) = (cell.counted as f64, sum.rate());
        out.compared += cell.counted;
        out.observed += cell.chronic;
        out.backed_off += if level > 0 { cell.counted } else { 0 };
        out.expected += n * rate;
        out.var_observed += n * rate * (1.0 - rate);
        out.stratum_rates.push((cell.stratum, rate));
        weight[level][group as usize] += n / sum.counted as f64;
        match used.iter_mut().find(|(l, g, _)| (*l, *g) == (level, group)) {
            Some((_, _, row)) => row.add(cell),
            None => used.push((level, group, ExpectedRow::new(table, cell, level, sum))),
        }
    }
    out.rows = used.into_iter().map(|(_, _, row)| row).collect();
    if out.compared == 0 {
        return out;
    }

    // The pull of one reference student of each stratum, over all cells that it belongs to.
    let pull: Vec<f64> = (0..table.strata.len())
        .map(|stratum| {
            (0..levels.group.len())
                .map(|level| levels.group[level][stratum].map_or(0.0, |group| weight[level][group as usize]))
                .sum()
        })
        .collect();
    for (stratum, pull) in pull.iter().enumerate() {
        let Some(group) = levels.group[0][stratum] else { continue };
        let reference = all[0][group as usize].minus(own[0][group as usize]);
        if *pull == 0.0 || reference.counted == 0 {
            continue;
        }
        let sum = levels.source(stratum, all, Some(&own)).map_or(reference, |(_, _, sum)| sum);
        let rate = sum.rate();
        out.var_expected += pull * pull * reference.counted as f64 * rate * (1.0 - rate);
    }
    let mut rests_on: Vec<(u32, f64)> = table
        .cells
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != unit)
        .map(|(other, cells)| (other as u32, cells.iter().map(|c| pull[c.stratum as usize] * c.counted as f64).sum()))
        .collect();
    let total: f64 = rests_on.iter().map(|(_, share)| share).sum();
    rests_on.retain(|(_, share)| *share > 0.0);
    for (_, share) in &mut rests_on {
        *share /= total;
    }
    out.concentration = rests_on.iter().map(|(_, share)| share * share).sum();
    rests_on
        .sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| table.units[a.0 as usize].cmp(&table.units[b.0 as usize])));
    out.rests_on = rests_on;
    out
}

impl ExpectedRow {
    fn new(table: &StrataTable, cell: &Cell, level: usize, sum: Sum) -> ExpectedRow {
        let stratum = &table.strata[cell.stratum as usize];
        let n_conditions = table.conditions.len();
        let bands = if level > n_conditions { vec![GradeBand::K, GradeBand::Grades1To5] } else { vec![stratum.band] };
        ExpectedRow {
            bands,
            codes: stratum.codes[..n_conditions.saturating_sub(level)].to_vec(),
            level,
            counted: cell.counted,
            chronic: cell.chronic,
            reference_counted: sum.counted,
            reference_chronic: sum.chronic,
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

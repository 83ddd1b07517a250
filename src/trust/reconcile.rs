//! Why another report shows another number: known differences between reports are tried on the
//! file, alone and together, until the number comes out; what stays unexplained is said.

mod factors;
mod views;

use crate::attendance::records;
use crate::attendance::{Dataset, Days, Decimal, Definition};
use factors::{Alternative, Change, Grain, Line};
use std::collections::BTreeSet;
use views::View;

/// What the other report counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The number of chronically absent students.
    Chronic,
    /// The number of students counted.
    Counted,
    /// The share of chronically absent students, in percent.
    Rate,
}

/// A number of another report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Position in `Dataset::schools`; `None` for all students.
    pub school: Option<u16>,
    pub measure: Measure,
    /// As typed: how finely decides what agrees.
    pub value: Decimal,
}

/// Students counted in one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub counted: u32,
    pub chronic: u32,
}

impl Counts {
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.counted > 0).then(|| f64::from(self.chronic) / f64::from(self.counted))
    }
}

/// One difference, and the numbers once it is taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How the other report may count: `Every student is counted, however few days enrolled`.
    pub words: String,
    pub before: Counts,
    pub after: Counts,
}

/// What can be said about the other report's number.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciliation {
    pub asked: Asked,
    pub ours: Counts,
    /// Each known difference alone, in the order in which reports are likely to differ.
    pub alone: Vec<Step>,
    /// The fewest differences that lead to the other number, or closest to it.
    pub steps: Vec<Step>,
    /// How many other ways of as many steps lead to the same number.
    pub other_ways: usize,
    /// What is left between the last step and the other number: students, or percentage points.
    pub unexplained: f64,
    /// Differences that this file cannot show, and why.
    pub out_of_reach: Vec<&'static str>,
}

impl Reconciliation {
    /// Whether the numbers agree from the start.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.steps.is_empty() && self.unexplained == 0.0
    }
}

/// Pairs that are carried on to a third step.
const CARRIED_ON: usize = 6;

/// Explains a number as far as the file allows. A file of percents or days tells more or less;
/// what it cannot show is listed.
#[must_use]
pub fn reconcile(dataset: &Dataset, definition: &Definition, asked: Asked) -> Reconciliation {
    let views = views::views(dataset);
    let bench = Bench { dataset, views: &views, definition, asked };
    let alternatives = factors::alternatives(dataset, definition, asked.school.is_some(), &views);
    let ours = bench.count(&[]);
    let alone: Vec<Counts> = alternatives.iter().map(|one| bench.count(&[one])).collect();
    let moving: Vec<usize> = (0..alternatives.len()).filter(|&at| alone[at] != ours).collect();

    let start = bench.gap(ours);
    let mut best = Way { gap: start, steady: true, path: Vec::new() };
    let mut exact: Vec<Way> = Vec::new();
    if start > 0.0 {
        let single = |&at: &usize| {
            let gap = bench.gap(alone[at]);
            Way { gap, steady: gap < start, path: vec![at] }
        };
        let mut tried: Vec<Way> = moving.iter().map(single).collect();
        for round in 1..=3 {
            exact = tried.iter().filter(|way| way.gap == 0.0).cloned().collect();
            // Without an exact way only one in which every step brings something counts as a part of it.
            for way in tried.iter().filter(|way| way.steady) {
                if way.gap < best.gap {
                    best = way.clone();
                }
            }
            if !exact.is_empty() || round == 3 {
                break;
            }
            if round == 2 {
                tried.sort_by(|a, b| (!a.steady).cmp(&!b.steady).then(a.gap.total_cmp(&b.gap)));
                tried.truncate(CARRIED_ON);
            }
            tried = bench.longer(&tried, &alternatives, &alone, &moving, start);
        }
    }
    exact.sort_by_key(|way| !way.steady);
    // The same three in another order are one way.
    let mut told = BTreeSet::new();
    exact.retain(|way| told.insert(way.path.iter().copied().collect::<BTreeSet<usize>>()));
    let way = exact.first().map_or(best.path, |way| way.path.clone());
    let mut before = ours;
    let mut steps = Vec::new();
    for n in 1..=way.len() {
        let after = bench.count(&changes(&alternatives, &way[..n]));
        steps.push(Step { words: alternatives[way[n - 1]].words.clone(), before, after });
        before = after;
    }
    Reconciliation {
        asked,
        ours,
        alone: alternatives
            .iter()
            .zip(alone)
            .map(|(one, after)| Step { words: one.words.clone(), before: ours, after })
            .collect(),
        steps,
        other_ways: exact.len().saturating_sub(1),
        unexplained: bench.left(before),
        out_of_reach: factors::out_of_reach(dataset),
    }
}

/// Some of the alternatives, in the order in which they are told.
#[derive(Clone, Debug)]
struct Way {
    /// What is left after the last.
    gap: f64,
    /// Whether every step brings the numbers closer.
    steady: bool,
    path: Vec<usize>,
}

fn changes<'a>(alternatives: &'a [Alternative], way: &[usize]) -> Vec<&'a Alternative> {
    way.iter().map(|&at| &alternatives[at]).collect()
}

/// Everything that counting needs.
struct Bench<'a> {
    dataset: &'a Dataset,
    views: &'a [View],
    definition: &'a Definition,
    asked: Asked,
}

impl Bench<'_> {
    /// Every way of one step more. Of pairs each is tried once, told in the better order.
    fn longer(&self, from: &[Way], all: &[Alternative], alone: &[Counts], moving: &[usize], start: f64) -> Vec<Way> {
        let mut longer = Vec::new();
        for way in from {
            for &at in moving {
                let apart = way.path.iter().all(|&other| all[other].dimension != all[at].dimension);
                if !apart || (way.path.len() == 1 && way.path[0] >= at) {
                    continue;
                }
                let mut path = way.path.clone();
                path.push(at);
                let gap = self.gap(self.count(&changes(all, &path)));
                let mut steady = way.steady && gap < way.gap;
                let other = self.gap(alone[at]);
                if !steady && path.len() == 2 && other < start && gap < other {
                    path.reverse();
                    steady = true;
                }
                longer.push(Way { gap, steady, path });
            }
        }
        longer
    }

    fn count(&self, changes: &[&Alternative]) -> Counts {
        let mut definition = self.definition.clone();
        let mut dataset = self.dataset;
        let mut line = Line::Percent;
        let mut grain = if self.asked.school.is_some() { Grain::School } else { Grain::District };
        for change in changes {
            match &change.change {
                Change::Definition(change) => change(&mut definition),
                Change::View(at) => dataset = &self.views[*at].dataset,
                Change::Line(other) => line = *other,
                Change::Grain(other) => grain = *other,
            }
        }
        let records = match grain {
            Grain::School | Grain::SchoolsAdded => records::at_schools(dataset, &definition),
            Grain::District | Grain::LongestSchool => records::in_district(dataset, &definition),
        };
        let mut counts = Counts::default();
        for record in records {
            if self.asked.school.is_some_and(|school| school != record.school) || !record.is_counted() {
                continue;
            }
            counts.counted += 1;
            let percents_only = record.enrolled == Days::ZERO;
            counts.chronic += u32::from(match line {
                Line::Days(days) if !percents_only => record.absent >= Days::whole(days),
                Line::WholePercent if !percents_only => rounds_up_to(&definition, record.enrolled, record.absent),
                _ => record.is_chronic(),
            });
        }
        counts
    }

    /// How far a count is from the number asked, 0 where it agrees as finely as typed.
    fn gap(&self, counts: Counts) -> f64 {
        self.left(counts).abs()
    }

    fn left(&self, counts: Counts) -> f64 {
        let Decimal { units, places } = self.asked.value;
        let value = units as f64 / 10f64.powi(places as i32);
        let (ours, slack) = match self.asked.measure {
            Measure::Chronic => (f64::from(counts.chronic), 0.0),
            Measure::Counted => (f64::from(counts.counted), 0.0),
            Measure::Rate => {
                // A number rounded to its last place agrees with all that round to it.
                (100.0 * counts.rate().unwrap_or(0.0), 0.5 * 10f64.powi(-(places as i32)) + 1e-9)
            }
        };
        let left = value - ours;
        if left.abs() <= slack { 0.0 } else { left }
    }
}

/// Whether the share, rounded to a whole percent of attendance as many systems show it, reaches the
/// threshold.
fn rounds_up_to(definition: &Definition, enrolled: Days, absent: Days) -> bool {
    let (e, a) = (enrolled.thousandths(), absent.thousandths());
    if e <= 0 {
        return false;
    }
    // Attendance rounds half up, as spreadsheets do.
    let attended = (200 * (e - a) + e) / (2 * e);
    let missed = 1000 * (100 - attended);
    let threshold = i64::from(definition.threshold);
    if definition.inclusive { missed >= threshold } else { missed > threshold }
}

//! Run-chart rules: a shift and too few crossings (Anhøj), and a trend of seven
//! (`shared/methods.md`, section 11). Weeks without a value are skipped.

/// At least so many points off the median before any rule speaks.
const FEWEST: usize = 10;
/// Points that rise or fall one after the other.
const TREND: usize = 7;

/// What the rules found. `None` where there are too few points to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunChart {
    pub median: Option<f64>,
    pub points: usize,
    /// Points off the median.
    pub useful: usize,
    pub longest_run: usize,
    /// A run longer than this is a shift.
    pub longest_run_limit: usize,
    pub crossings: usize,
    /// Fewer crossings than this are too few.
    pub crossings_limit: usize,
    pub longest_trend: usize,
    pub shift: Option<bool>,
    pub too_few_crossings: Option<bool>,
    pub trend: Option<bool>,
}

impl RunChart {
    /// Whether any rule was met.
    #[must_use]
    pub fn signal(&self) -> bool {
        [self.shift, self.too_few_crossings, self.trend].contains(&Some(true))
    }
}

/// Applies the rules to a series in time order.
#[must_use]
pub fn run_chart(series: &[Option<f64>]) -> RunChart {
    let values: Vec<f64> = series.iter().flatten().copied().collect();
    let Some(median) = median(&values) else {
        return RunChart::default();
    };
    let sides: Vec<bool> = values.iter().filter(|v| **v != median).map(|v| *v > median).collect();
    let useful = sides.len();
    let crossings = sides.windows(2).filter(|w| w[0] != w[1]).count();
    let longest_run = longest(&sides.windows(2).map(|w| w[0] == w[1]).collect::<Vec<_>>(), useful);
    // Repeated values neither continue nor break a trend.
    let mut steps: Vec<f64> = values.clone();
    steps.dedup();
    let rising: Vec<bool> = steps.windows(2).map(|w| w[1] > w[0]).collect();
    let longest_trend = match rising.len() {
        0 => values.len().min(1),
        n => longest(&rising.windows(2).map(|w| w[0] == w[1]).collect::<Vec<_>>(), n) + 1,
    };
    let longest_run_limit = if useful == 0 { 0 } else { (useful as f64).log2().round() as usize + 3 };
    let crossings_limit = crossings_limit(useful);
    let enough = useful >= FEWEST;
    RunChart {
        median: Some(median),
        points: values.len(),
        useful,
        longest_run,
        longest_run_limit,
        crossings,
        crossings_limit,
        longest_trend,
        shift: enough.then_some(longest_run > longest_run_limit),
        too_few_crossings: enough.then_some(crossings < crossings_limit),
        trend: enough.then_some(longest_trend >= TREND),
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    match n {
        0 => None,
        _ if n % 2 == 1 => Some(sorted[n / 2]),
        _ => Some(f64::midpoint(sorted[n / 2 - 1], sorted[n / 2])),
    }
}

/// The longest stretch, where `same[i]` says that element i+1 belongs with element i.
fn longest(same: &[bool], elements: usize) -> usize {
    let (mut best, mut here) = (elements.min(1), 1);
    for &continues in same {
        here = if continues { here + 1 } else { 1 };
        best = best.max(here);
    }
    best
}

/// The 5 % point of a binomial with `useful` − 1 trials and one half.
fn crossings_limit(useful: usize) -> usize {
    let n = useful.saturating_sub(1);
    let mut probability = 0.5f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    let mut sum = probability;
    let mut k = 0;
    while sum < 0.05 && k < n {
        probability *= (n - k) as f64 / (k + 1) as f64;
        k += 1;
        sum += probability;
    }
    k
}

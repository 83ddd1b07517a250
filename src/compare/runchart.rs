//! Run charts: a median, and the signs that a series is not just wobbling around it.
//!
//! Source: `shared/methods.md`, section 11 (Anhøj and Olesen 2014).

use super::special::binomial_at_most;

/// Rules speak from this many points off the median.
pub const MINIMUM_POINTS: usize = 10;
/// Points steadily rising or falling that make a trend.
pub const TREND: usize = 7;

/// A run chart's numbers. Points on the median are dropped for runs and crossings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunChart {
    /// `None` without any value.
    pub median: Option<f64>,
    /// Points with a value.
    pub points: usize,
    /// Points off the median.
    pub useful: usize,
    /// The longest stretch on one side, and the longest still usual.
    pub longest_run: usize,
    pub longest_run_limit: Option<usize>,
    /// How often the line crosses the median, and the fewest crossings still usual.
    pub crossings: usize,
    pub crossings_limit: Option<usize>,
    /// The most points steadily up or down; equal neighbours neither make nor break it.
    pub longest_trend: usize,
    /// A run longer than usual. `None`, as below, where there are too few points to say.
    pub shift: Option<bool>,
    pub too_few_crossings: Option<bool>,
    pub trend: Option<bool>,
}

impl RunChart {
    /// Whether the level has moved: too long a run, or too few crossings.
    #[must_use]
    pub fn moved(&self) -> bool {
        [self.shift, self.too_few_crossings].contains(&Some(true))
    }
}

/// The run chart of a series in order of time. Missing points are left out.
#[must_use]
pub fn run_chart(values: &[Option<f64>]) -> RunChart {
    let values: Vec<f64> = values.iter().flatten().copied().filter(|value| value.is_finite()).collect();
    let Some(median) = median(&values) else { return RunChart::default() };
    let Runs { useful, longest: longest_run, crossings } = runs_around(&values, median);
    let usual = limits(useful);
    let (longest_run_limit, crossings_limit) = (usual.map(|(run, _)| run), usual.map(|(_, crossings)| crossings));
    let longest_trend = longest_climb(&values);
    let enough = useful >= MINIMUM_POINTS;
    RunChart {
        median: Some(median),
        points: values.len(),
        useful,
        longest_run,
        longest_run_limit,
        crossings,
        crossings_limit,
        longest_trend,
        shift: longest_run_limit.filter(|_| enough).map(|limit| longest_run > limit),
        too_few_crossings: crossings_limit.filter(|_| enough).map(|limit| crossings < limit),
        trend: enough.then_some(longest_trend >= TREND),
    }
}

/// Runs and crossings of a series around a centre line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    /// Points off the line.
    pub useful: usize,
    pub longest: usize,
    pub crossings: usize,
}

/// Counts runs and crossings around `centre`; points on it are dropped.
#[must_use]
pub fn runs_around(values: &[f64], centre: f64) -> Runs {
    let above: Vec<bool> = values.iter().filter(|value| **value != centre).map(|value| *value > centre).collect();
    Runs {
        useful: above.len(),
        longest: above.chunk_by(|a, b| a == b).map(<[bool]>::len).max().unwrap_or(0),
        crossings: above.windows(2).filter(|pair| pair[0] != pair[1]).count(),
    }
}

/// The longest usual run and the fewest usual crossings for `useful` points: round(log₂ u) + 3 and
/// the 5 % quantile of Binomial(u − 1, ½). `None` below two points.
#[must_use]
pub fn limits(useful: usize) -> Option<(usize, usize)> {
    if useful < 2 {
        return None;
    }
    let run = (useful as f64).log2().round() as usize + 3;
    let tries = useful as u64 - 1;
    let crossings = (0..=tries).find(|x| binomial_at_most(*x, tries, 0.5) >= 0.05)?;
    Some((run, crossings as usize))
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(0.5 * (sorted[middle - 1] + sorted[middle])),
    }
}

/// The most points in a row that rise, or that fall; repeats of a value count once.
fn longest_climb(values: &[f64]) -> usize {
    let mut distinct = values.to_vec();
    distinct.dedup();
    let steps: Vec<bool> = distinct.windows(2).map(|pair| pair[1] > pair[0]).collect();
    steps.chunk_by(|a, b| a == b).map(|steps| steps.len() + 1).max().unwrap_or_else(|| values.len().min(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[f64]) -> RunChart {
        run_chart(&values.iter().copied().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn points_on_the_median_are_dropped_and_few_points_say_nothing() {
        let few = chart(&[5.0, 5.0, 1.0, 9.0, 5.0]);
        assert_eq!(
            (few.median, few.points, few.useful, few.shift, few.too_few_crossings, few.trend),
            (Some(5.0), 5, 2, None, None, None)
        );
        assert_eq!(run_chart(&[None, None]), RunChart::default());
    }

    #[test]
    fn a_moved_level_and_a_steady_climb_are_seen() {
        let moved = chart(&[3.0, 4.0, 3.5, 4.5, 3.1, 4.1, 3.2, 7.0, 8.0, 7.5, 8.5, 7.1, 8.1, 7.2]);
        assert_eq!((moved.crossings, moved.longest_run, moved.shift), (1, 7, Some(false)));
        assert_eq!((moved.too_few_crossings, moved.trend, moved.moved()), (Some(true), Some(false), true));
        let climb = chart(&[5.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0, 7.0, 2.0, 6.5, 1.5]);
        assert_eq!((climb.trend, climb.longest_trend), (Some(true), 7));
        let six = chart(&[5.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 2.0, 6.5, 1.5, 6.0, 1.0, 7.0]);
        assert_eq!(six.trend, Some(false));
        assert_eq!(run_chart(&[Some(1.0), None, Some(2.0)]).useful, 2);
    }
}

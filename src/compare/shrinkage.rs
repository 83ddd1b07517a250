//! Best guesses for ordering: each school's rate drawn toward what is expected of it.
//!
//! Source: `shared/methods.md`, section 6 (beta-binomial empirical Bayes; Efron and Morris 1977).
//! No ranks are given: neighbours in the order are mostly not different.

use super::special::beta_quantile;
use super::spread::{Basis, Spread};

/// One school as the shrinkage needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    pub name: String,
    /// Compared students, and how many of them are chronically absent.
    pub n: u64,
    pub observed: u64,
    /// 0 to 1.
    pub expected_rate: f64,
}

/// A rate drawn toward its expected rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunk {
    /// 0 to 1.
    pub rate: f64,
    /// How much of it is the school's own rate: 0 to 1.
    pub weight_of_own: f64,
    /// 95 % interval; `None` where the schools do not differ beyond chance.
    pub interval: Option<(f64, f64)>,
    /// Shrunk over expected rate: what schools are ordered by.
    pub ratio: f64,
}

/// The between-school variance that shrinkage uses: the estimate itself, or the assumed one.
#[must_use]
pub fn variance(spread: &Spread) -> f64 {
    match spread.basis {
        Basis::Estimated => spread.tau2.unwrap_or(0.0),
        Basis::Assumed => spread.tau2_used,
    }
}

/// What a school is ordered by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// 0 to 1.
    pub rate: f64,
    /// Over the expected rate: 1 is as expected.
    pub ratio: f64,
}

/// The best guess of a school's own rate, without its interval; `None` where the schools do not
/// differ beyond chance, and any order would be luck.
#[must_use]
pub fn guess(n: u64, observed: u64, expected_rate: f64, tau2: f64) -> Option<Guess> {
    let rate = drawn(n as f64, observed as f64, expected_rate, prior(expected_rate, tau2)?);
    Some(Guess { rate, ratio: rate / expected_rate })
}

/// Students of the expected kind that the school's own rate is averaged with.
fn prior(p: f64, tau2: f64) -> Option<f64> {
    let between = tau2 * p * (1.0 - p);
    (between > 0.0).then(|| (1.0 / between - 1.0).max(0.0))
}

fn drawn(n: f64, observed: f64, p: f64, prior: f64) -> f64 {
    (observed + prior * p) / (n + prior)
}

/// Shrinks one school's rate for between-school variance `tau2` (squared log odds).
#[must_use]
pub fn shrink(unit: &Unit, tau2: f64) -> Shrunk {
    let p = unit.expected_rate;
    let (n, observed) = (unit.n as f64, unit.observed as f64);
    let Some(prior) = prior(p, tau2) else {
        return Shrunk { rate: p, weight_of_own: 0.0, interval: None, ratio: 1.0 };
    };
    let rate = drawn(n, observed, p, prior);
    let (a, b) = (observed + prior * p, n - observed + prior * (1.0 - p));
    let interval = (a > 0.0 && b > 0.0).then(|| (beta_quantile(0.025, a, b), beta_quantile(0.975, a, b)));
    Shrunk { rate, weight_of_own: n / (n + prior), interval, ratio: rate / p }
}

/// Positions from lowest to highest against expectation, ties by name; `None` where the schools
/// do not differ beyond chance, and any order would be luck.
#[must_use]
pub fn order(units: &[Unit], tau2: f64) -> Option<Vec<usize>> {
    if tau2 <= 0.0 {
        return None;
    }
    let ratio = |unit: &Unit| guess(unit.n, unit.observed, unit.expected_rate, tau2).map_or(1.0, |guess| guess.ratio);
    let ratios: Vec<f64> = units.iter().map(ratio).collect();
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| ratios[*a].total_cmp(&ratios[*b]).then_with(|| units[*a].name.cmp(&units[*b].name)));
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_guess_lies_between_own_and_expected_and_in_its_interval(
            n in 11u64..2000, share in 0.02f64..0.9, p in 0.05f64..0.6, tau2 in 0.001f64..0.3,
        ) {
            let observed = (n as f64 * share) as u64;
            let unit = Unit { name: "Alder".to_owned(), n, observed, expected_rate: p };
            let shrunk = shrink(&unit, tau2);
            let own = observed as f64 / n as f64;
            prop_assert!(shrunk.rate >= own.min(p) - 1e-12 && shrunk.rate <= own.max(p) + 1e-12);
            let (low, high) = shrunk.interval.unwrap();
            prop_assert!(low < shrunk.rate && shrunk.rate < high);
            let small = Unit { n: n / 2 + 1, observed: observed / 2, ..unit };
            prop_assert!(shrink(&small, tau2).weight_of_own <= shrunk.weight_of_own);
        }
    }

    #[test]
    fn without_spread_there_is_no_order() {
        let unit = Unit { name: "Alder".to_owned(), n: 100, observed: 10, expected_rate: 0.2 };
        assert_eq!(order(std::slice::from_ref(&unit), 0.0), None);
        assert_eq!(shrink(&unit, 0.0).rate, 0.2);
    }
}

//! How much schools differ anyway, and the funnel that this widens.
//!
//! Source: `shared/methods.md`, section 4: additive random effects from winsorised scores with the
//! consistency correction (Spiegelhalter 2005, 2012), raised by its own uncertainty.

use super::special::{normal_density, normal_quantile};
use super::tail::Count;
use super::wilson::{Z95, Z998};

/// From this many schools the spread is estimated.
pub const MINIMUM_SCHOOLS: usize = 10;
/// τ, in log odds, that is assumed where there are fewer.
pub const ASSUMED_TAU: f64 = 0.25;

/// One school's part in the estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// Chronically absent students among all counted.
    pub observed: u64,
    /// Expected count and its variance, the school itself in the reference.
    pub expected: f64,
    pub variance: f64,
}

/// The spread of true rates among schools, in log odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Schools with an expected rate.
    pub schools: usize,
    /// Estimated between-school variance τ̂²; `None` where it is assumed.
    pub tau2: Option<f64>,
    /// The variance that verdicts use: raised, or assumed.
    pub tau2_used: f64,
    pub basis: Basis,
    /// One score per school in the order given; empty where the spread is assumed.
    pub z: Vec<f64>,
    pub winsorised_each_end: usize,
    /// By how much winsorising shortens the mean square of normal scores.
    pub consistency: f64,
    /// Dispersion of the scores: 1 where chance explains all.
    pub phi: f64,
}

/// Where the spread comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    Estimated,
    /// Too few schools to estimate it; said aloud.
    Assumed,
}

impl Spread {
    /// Estimates the spread from the schools that have an expected rate, in any order.
    #[must_use]
    pub fn estimate(residuals: &[Residual]) -> Spread {
        let k = residuals.len();
        if k < MINIMUM_SCHOOLS {
            return Spread::assumed(k);
        }
        let weights: Vec<f64> = residuals.iter().map(|r| r.variance).collect();
        let z: Vec<f64> = residuals
            .iter()
            .map(|r| if r.variance > 0.0 { (r.observed as f64 - r.expected) / r.variance.sqrt() } else { 0.0 })
            .collect();
        let (phi, winsorised_each_end, consistency) = winsorised_dispersion(&z);
        let sum: f64 = weights.iter().sum();
        let sum_of_squares: f64 = weights.iter().map(|w| w * w).sum();
        let k_f = k as f64;
        let tau2 = if sum > 0.0 { ((k_f * phi - (k_f - 1.0)) / (sum - sum_of_squares / sum)).max(0.0) } else { 0.0 };
        let tau2_used = raised(tau2, &weights);
        Spread {
            schools: k,
            tau2: Some(tau2),
            tau2_used,
            basis: Basis::Estimated,
            z,
            winsorised_each_end,
            consistency,
            phi,
        }
    }

    /// The spread of `schools` schools, fewer than can be told from.
    #[must_use]
    pub fn assumed(schools: usize) -> Spread {
        Spread {
            schools,
            tau2: None,
            tau2_used: ASSUMED_TAU * ASSUMED_TAU,
            basis: Basis::Assumed,
            z: Vec::new(),
            winsorised_each_end: 0,
            consistency: 1.0,
            phi: 1.0,
        }
    }

    /// The variance used for `possible` verdicts: for fewer than 20 schools no more than the
    /// assumed one, or two bright spots among ten hide each other.
    #[must_use]
    pub fn tau2_for_possible(&self) -> f64 {
        if self.schools < 20 { self.tau2_used.min(ASSUMED_TAU * ASSUMED_TAU) } else { self.tau2_used }
    }

    /// τ as used, in log odds.
    #[must_use]
    pub fn tau_used(&self) -> f64 {
        self.tau2_used.sqrt()
    }

    /// One sentence: how much schools differ anyway.
    #[must_use]
    pub fn sentence(&self, centre: f64) -> String {
        let (low, high) = ordinary_range(centre, self.tau_used());
        let range = format!("from {:.0} to {:.0} %", 100.0 * low, 100.0 * high);
        match self.basis {
            Basis::Estimated => format!(
                "Schools differ anyway: where {:.0} % is expected, two ordinary schools in three lie {range}. Only a school well beyond that stands out.",
                100.0 * centre
            ),
            Basis::Assumed => format!(
                "With so few schools we must assume how much ordinary schools differ: where {:.0} % is expected, two in three from {:.0} to {:.0} %.",
                100.0 * centre,
                100.0 * low,
                100.0 * high
            ),
        }
    }
}

/// The rates one spread below and above `centre` on the scale of log odds.
fn ordinary_range(centre: f64, tau: f64) -> (f64, f64) {
    if centre <= 0.0 || centre >= 1.0 {
        return (centre, centre);
    }
    let logit = (centre / (1.0 - centre)).ln();
    let rate = |x: f64| 1.0 / (1.0 + (-x).exp());
    (rate(logit - tau), rate(logit + tau))
}

/// τ̂² raised by its own uncertainty, since too low a spread makes false bright spots.
#[must_use]
pub fn raised(tau2: f64, weights: &[f64]) -> f64 {
    let mut inverse: Vec<f64> = weights.iter().filter(|w| **w > 0.0).map(|w| 1.0 / w).collect();
    if inverse.is_empty() {
        return tau2;
    }
    inverse.sort_by(f64::total_cmp);
    let middle = inverse.len() / 2;
    let median = if inverse.len() % 2 == 1 { inverse[middle] } else { 0.5 * (inverse[middle - 1] + inverse[middle]) };
    tau2 + 5.0 / weights.len() as f64 * (tau2 + median)
}

/// Mean square of the scores after pulling in the tenth at each end, over what that does to
/// normal scores: (φ, winsorised at each end, consistency).
#[must_use]
pub fn winsorised_dispersion(z: &[f64]) -> (f64, usize, f64) {
    let k = z.len();
    let g = k / 10;
    let mut sorted = z.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[g], sorted[k - 1 - g]);
    // Summed in sorted order, so that the order of schools cannot move the last digit.
    let mean_square = sorted.iter().map(|z| z.clamp(low, high).powi(2)).sum::<f64>() / k as f64;
    let q = g as f64 / k as f64;
    let consistency = if g == 0 {
        1.0
    } else {
        let z_q = normal_quantile(1.0 - q);
        1.0 - 2.0 * q - 2.0 * z_q * normal_density(z_q) + 2.0 * q * z_q * z_q
    };
    (mean_square / consistency, g, consistency)
}

/// The two pairs of control limits of a funnel at one number of students, as shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelLimits {
    pub n: u64,
    /// Chance alone.
    pub plain_95: (f64, f64),
    pub plain_998: (f64, f64),
    /// Chance and the ordinary spread of schools.
    pub spread_95: (f64, f64),
    pub spread_998: (f64, f64),
}

/// The limits around `centre` (0 to 1) for `n` students and between-school variance `tau2`.
/// They are for the eye: a verdict comes from the school's own tail.
#[must_use]
pub fn funnel_limits(centre: f64, n: u64, tau2: f64) -> FunnelLimits {
    let plain = |z: f64| {
        let reach = z * (centre * (1.0 - centre) / n as f64).sqrt();
        ((centre - reach).max(0.0), (centre + reach).min(1.0))
    };
    let count = Count { n, p: centre, rho: (tau2 * centre * (1.0 - centre)).min(0.5) };
    let [low_998, low_95, high_95, high_998] =
        count.counts_at([0.001, 0.025, 1.0 - 0.025, 1.0 - 0.001]).map(|count| count / n as f64);
    FunnelLimits {
        n,
        plain_95: plain(Z95),
        plain_998: plain(Z998),
        spread_95: (low_95, high_95),
        spread_998: (low_998, high_998),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_schools_take_the_assumed_spread() {
        let one = Residual { observed: 20, expected: 22.0, variance: 17.0 };
        let spread = Spread::estimate(&[one; 9]);
        assert_eq!((spread.basis, spread.tau2, spread.tau2_used), (Basis::Assumed, None, 0.0625));
        assert_eq!(Spread::estimate(&[one; 10]).basis, Basis::Estimated);
        assert!(spread.sentence(0.22).starts_with("With so few schools we must assume"));
    }

    fn schools() -> impl Strategy<Value = Vec<Residual>> {
        prop::collection::vec((5.0f64..300.0, 0.3f64..2.0), 10..60).prop_map(|schools| {
            let school = |(expected, ratio): (f64, f64)| Residual {
                observed: (expected * ratio) as u64,
                expected,
                variance: 0.8 * expected,
            };
            schools.into_iter().map(school).collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_of_schools_changes_nothing_and_the_used_spread_is_never_lower(schools in schools(), turn in 0usize..60) {
            let spread = Spread::estimate(&schools);
            let mut turned = schools.clone();
            turned.rotate_left(turn % schools.len());
            let other = Spread::estimate(&turned);
            prop_assert!((spread.tau2_used - other.tau2_used).abs() < 1e-12);
            prop_assert!(spread.tau2_used > spread.tau2.unwrap());
        }

        #[test]
        fn more_spread_and_fewer_students_widen_the_funnel(centre in 0.05f64..0.6, n in 20u64..800, tau2 in 0.01f64..0.15) {
            let limits = funnel_limits(centre, n, tau2);
            let without = funnel_limits(centre, n, 0.0);
            let more = funnel_limits(centre, 3 * n, tau2);
            prop_assert!(limits.spread_95.0 <= without.spread_95.0 + 1e-9 && limits.spread_95.1 >= without.spread_95.1 - 1e-9);
            prop_assert!(limits.spread_998.0 <= limits.spread_95.0 && limits.spread_998.1 >= limits.spread_95.1);
            prop_assert!(more.plain_95.1 <= limits.plain_95.1);
            prop_assert!(limits.spread_95.0 <= centre && centre <= limits.spread_95.1);
        }
    }
}

//! Students with and without a condition: gap, relative risk, and share of all chronically absent.
//!
//! Source: `shared/methods.md`, section 8: Newcombe's gap, Katz's ratio, Koopman's score ratio where
//! a cell is empty (Fagerland 2015). Differences between groups, never causes.

use super::wilson::{Z95, wilson95};

/// A ratio is shown from this many students on each side.
pub const MINIMUM_FOR_RATIO: u64 = 5;

/// Counted students with and without a condition. Those of whom it is not known are left out, and
/// counted apart by whoever builds this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoGroups {
    pub with_chronic: u64,
    pub with_counted: u64,
    pub without_chronic: u64,
    pub without_counted: u64,
}

/// How the interval of a relative risk was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioMethod {
    /// On the logarithm (Katz).
    Logarithm,
    /// Score interval (Koopman), where a cell is empty.
    Score,
}

/// How many times as often students with the condition are chronically absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelativeRisk {
    /// `None` where nobody without the condition is chronically absent: only the lower limit stands.
    pub ratio: Option<f64>,
    /// 95 % interval; the upper end may be infinite.
    pub interval: (f64, f64),
    pub method: RatioMethod,
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub value: f64,
    pub interval: (f64, f64),
}

impl TwoGroups {
    /// Rate among those with the condition; `None` where there is nobody.
    #[must_use]
    pub fn rate_with(&self) -> Option<f64> {
        rate(self.with_chronic, self.with_counted)
    }

    /// Rate among those without it.
    #[must_use]
    pub fn rate_without(&self) -> Option<f64> {
        rate(self.without_chronic, self.without_counted)
    }

    /// Rate with minus rate without, and Newcombe's 95 % interval, as shares.
    #[must_use]
    pub fn gap(&self) -> Option<(f64, (f64, f64))> {
        gap((self.with_chronic, self.with_counted), (self.without_chronic, self.without_counted))
    }

    /// The relative risk as shown: `None` with fewer than five students on a side, or where nobody
    /// is chronically absent on either.
    #[must_use]
    pub fn relative_risk(&self) -> Option<RelativeRisk> {
        let enough = self.with_counted.min(self.without_counted) >= MINIMUM_FOR_RATIO;
        enough.then(|| relative_risk(self)).flatten()
    }

    /// Of all chronically absent students (whose condition is known), the share with the condition.
    #[must_use]
    pub fn share_of_chronic(&self) -> Option<Share> {
        let all = self.with_chronic + self.without_chronic;
        let interval = wilson95(self.with_chronic, all)?;
        Some(Share { value: self.with_chronic as f64 / all as f64, interval })
    }

    /// Of all counted students, the share with the condition: what the other share stands beside.
    #[must_use]
    pub fn share_of_students(&self) -> Option<f64> {
        rate(self.with_counted, self.with_counted + self.without_counted)
    }

    /// `Absent 1.9 times as often; 40 of the 95 chronically absent students have this condition.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let all = self.with_chronic + self.without_chronic;
        let counts = format!("{} of the {all} chronically absent students have this condition", self.with_chronic);
        match self.relative_risk() {
            Some(RelativeRisk { ratio: Some(ratio), interval: (low, high), .. }) if high.is_finite() => {
                format!("Chronically absent {ratio:.1} times as often here ({low:.1} to {high:.1}); {counts}.")
            }
            Some(RelativeRisk { interval: (low, _), .. }) if low > 0.0 => {
                format!("Chronically absent at least {low:.1} times as often here; {counts}.")
            }
            _ if all == 0 => "Nobody in either group is chronically absent.".to_owned(),
            _ => format!("Too few students for a ratio; {counts}."),
        }
    }
}

/// Difference of two rates (chronic, counted) with Newcombe's 95 % interval.
#[must_use]
pub fn gap(one: (u64, u64), other: (u64, u64)) -> Option<(f64, (f64, f64))> {
    let (p1, (l1, u1)) = (rate(one.0, one.1)?, wilson95(one.0, one.1)?);
    let (p0, (l0, u0)) = (rate(other.0, other.1)?, wilson95(other.0, other.1)?);
    let gap = p1 - p0;
    let lower = gap - ((p1 - l1).powi(2) + (u0 - p0).powi(2)).sqrt();
    let upper = gap + ((u1 - p1).powi(2) + (p0 - l0).powi(2)).sqrt();
    Some((gap, (lower, upper)))
}

fn rate(x: u64, n: u64) -> Option<f64> {
    (n > 0).then(|| x as f64 / n as f64)
}

/// The relative risk whatever the number of students; `None` where both groups have nobody
/// chronically absent, or nobody at all.
#[must_use]
pub fn relative_risk(groups: &TwoGroups) -> Option<RelativeRisk> {
    let TwoGroups { with_chronic: a, with_counted: n1, without_chronic: c, without_counted: n0 } = *groups;
    if n1 == 0 || n0 == 0 || (a == 0 && c == 0) {
        return None;
    }
    let ratio = (c > 0).then(|| (a as f64 / n1 as f64) / (c as f64 / n0 as f64));
    let empty_cell = a == 0 || c == 0 || a == n1 || c == n0;
    if let (false, Some(ratio)) = (empty_cell, ratio) {
        let [a, n1, c, n0] = [a, n1, c, n0].map(|x| x as f64);
        let reach = Z95 * (1.0 / a - 1.0 / n1 + 1.0 / c - 1.0 / n0).sqrt();
        let interval = ((ratio.ln() - reach).exp(), (ratio.ln() + reach).exp());
        return Some(RelativeRisk { ratio: Some(ratio), interval, method: RatioMethod::Logarithm });
    }
    let lower = if a == 0 { 0.0 } else { score_limit(groups, Side::Lower) };
    let upper = if c == 0 { f64::INFINITY } else { score_limit(groups, Side::Upper) };
    Some(RelativeRisk { ratio, interval: (lower, upper), method: RatioMethod::Score })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// The ratio at which the score reaches z on one side, by bisection on its logarithm.
fn score_limit(groups: &TwoGroups, side: Side) -> f64 {
    let (mut low, mut high) = (-60.0_f64, 60.0_f64);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        // The score falls as the ratio rises: from above z to below −z.
        let beyond = match side {
            Side::Lower => score(groups, middle.exp()) > Z95,
            Side::Upper => score(groups, middle.exp()) > -Z95,
        };
        if beyond {
            low = middle;
        } else {
            high = middle;
        }
    }
    (0.5 * (low + high)).exp()
}

/// (a/n₁ − R c/n₀) in standard errors, at the most likely rates that have the ratio R.
fn score(groups: &TwoGroups, ratio: f64) -> f64 {
    let [a, n1, c, n0] =
        [groups.with_chronic, groups.with_counted, groups.without_chronic, groups.without_counted].map(|x| x as f64);
    let (qa, qb, qc) = ((n1 + n0) * ratio, -(ratio * (n1 + c) + a + n0), a + c);
    let p0 = (-qb - (qb * qb - 4.0 * qa * qc).max(0.0).sqrt()) / (2.0 * qa);
    let p1 = (ratio * p0).min(1.0);
    let variance = p1 * (1.0 - p1) / n1 + ratio * ratio * p0 * (1.0 - p0) / n0;
    let distance = a / n1 - ratio * c / n0;
    if variance <= 0.0 {
        return if distance == 0.0 { 0.0 } else { distance.signum() * f64::INFINITY };
    }
    distance / variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_students_get_no_ratio_and_empty_cells_say_what_they_can() {
        let few = TwoGroups { with_chronic: 2, with_counted: 4, without_chronic: 10, without_counted: 60 };
        assert_eq!(few.relative_risk(), None);
        assert!(few.sentence().starts_with("Too few students for a ratio; 2 of the 12"));
        let none = TwoGroups { with_chronic: 5, with_counted: 20, without_chronic: 0, without_counted: 50 };
        assert!(none.sentence().starts_with("Chronically absent at least 3.4 times"), "{}", none.sentence());
    }

    proptest! {
        #[test]
        fn intervals_hold_their_estimates_and_groups_mirror(n1 in 5u64..400, n0 in 5u64..400, s1 in 0.0f64..=1.0, s0 in 0.0f64..=1.0) {
            let (a, c) = ((n1 as f64 * s1) as u64, (n0 as f64 * s0) as u64);
            let groups = TwoGroups { with_chronic: a, with_counted: n1, without_chronic: c, without_counted: n0 };
            let (gap, (lower, upper)) = groups.gap().unwrap();
            prop_assert!(lower <= gap && gap <= upper);
            let swapped = TwoGroups { with_chronic: c, with_counted: n0, without_chronic: a, without_counted: n1 };
            let (_, (l, u)) = swapped.gap().unwrap();
            prop_assert!((l + upper).abs() < 1e-12 && (u + lower).abs() < 1e-12);
            if let Some(risk) = groups.relative_risk() {
                let (lower, upper) = risk.interval;
                prop_assert!(lower <= upper);
                if let Some(ratio) = risk.ratio {
                    prop_assert!(lower <= ratio * (1.0 + 1e-9) && ratio <= upper * (1.0 + 1e-9));
                    if ratio > 0.0 {
                        let (l, u) = swapped.relative_risk().unwrap().interval;
                        prop_assert!((l * upper - 1.0).abs() < 1e-6 && (u * lower - 1.0).abs() < 1e-6);
                    }
                }
            }
        }
    }
}

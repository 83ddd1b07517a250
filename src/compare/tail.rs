//! How unusual a count is: mid-p tails of the binomial and beta-binomial distributions, and the
//! counts that stand at a given tail.
//!
//! Source: `shared/methods.md`, head and section 4. Everything is built from the ratios of
//! neighbouring probabilities, so no logarithm or gamma function is needed and the digits are the
//! same on every machine.

/// A count of chronically absent students among `n`, each with chance `p`, where schools differ
/// among themselves: `rho` is the correlation of two students of one school (0: binomial).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    pub n: u64,
    /// 0 to 1.
    pub p: f64,
    /// 0 to ½.
    pub rho: f64,
}

/// Terms this much smaller than the largest cannot change the sixteenth digit.
const NEGLIGIBLE: f64 = 1e-20;

impl Count {
    /// P(X < observed) + ½ P(X = observed).
    #[must_use]
    pub fn mid_p(&self, observed: u64) -> f64 {
        if let Some(certain) = self.certain() {
            return match observed.cmp(&certain) {
                std::cmp::Ordering::Less => 0.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Greater => 1.0,
            };
        }
        let start = self.start();
        let (mut below, mut at, mut above) = (0.0, 0.0, 0.0);
        let mut add = |x: u64, weight: f64| match x.cmp(&observed) {
            std::cmp::Ordering::Less => below += weight,
            std::cmp::Ordering::Equal => at += weight,
            std::cmp::Ordering::Greater => above += weight,
        };
        add(start, 1.0);
        self.walk_up(start, observed, &mut add);
        self.walk_down(start, observed, &mut add);
        (below + 0.5 * at) / (below + at + above)
    }

    /// The count, between whole numbers where need be, at which the mid-p is `tail`: clipped to
    /// 0 and `n`. Linear between counts.
    #[must_use]
    pub fn count_at(&self, tail: f64) -> f64 {
        self.counts_at([tail])[0]
    }

    /// The same for several tails, ascending, of one distribution.
    #[must_use]
    pub fn counts_at<const N: usize>(&self, tails: [f64; N]) -> [f64; N] {
        if let Some(certain) = self.certain() {
            return [certain as f64; N];
        }
        let start = self.start();
        let mut lower: Vec<f64> = Vec::new();
        self.walk_down(start, start, &mut |_, weight| lower.push(weight));
        let first = start - lower.len() as u64;
        let mut weights: Vec<f64> = lower.into_iter().rev().collect();
        weights.push(1.0);
        self.walk_up(start, start, &mut |_, weight| weights.push(weight));
        let total: f64 = weights.iter().sum();
        let (mut below, mut before) = (0.0, None);
        let mut found = [self.n as f64; N];
        let mut next = 0;
        for (i, weight) in weights.iter().enumerate() {
            let x = (first + i as u64) as f64;
            let mid_p = (below + 0.5 * weight) / total;
            while next < N && mid_p >= tails[next] {
                found[next] = match before {
                    Some((x0, p0)) => x0 + (tails[next] - p0) / (mid_p - p0) * (x - x0),
                    None => x,
                };
                next += 1;
            }
            if next == N {
                break;
            }
            below += weight;
            before = Some((x, mid_p));
        }
        found
    }

    /// The one possible count where nothing is left to chance.
    fn certain(&self) -> Option<u64> {
        if self.n == 0 || self.p <= 0.0 {
            Some(0)
        } else if self.p >= 1.0 {
            Some(self.n)
        } else {
            None
        }
    }

    /// P(X = x + 1) / P(X = x).
    fn ratio(&self, x: u64) -> f64 {
        let left = (self.n - x) as f64;
        let done = x as f64;
        if self.rho <= 0.0 {
            return left / (done + 1.0) * self.p / (1.0 - self.p);
        }
        let strength = 1.0 / self.rho - 1.0;
        let (alpha, beta) = (self.p * strength, (1.0 - self.p) * strength);
        left * (alpha + done) / ((done + 1.0) * (beta + left - 1.0))
    }

    /// Near the largest term, where sums of ratios neither overflow nor vanish.
    fn start(&self) -> u64 {
        ((self.n as f64 * self.p) as u64).min(self.n)
    }

    /// Whether probabilities only fall on both sides of one hump; strong correlation makes a bowl.
    fn one_hump(&self) -> bool {
        let strength = if self.rho > 0.0 { 1.0 / self.rho - 1.0 } else { f64::INFINITY };
        self.p * strength >= 1.0 && (1.0 - self.p) * strength >= 1.0
    }

    /// Adds the terms above `from`, at least to `past` and on until they no longer matter beside
    /// the one at `past` (or, where that lies on the other side, beside the largest).
    fn walk_up(&self, from: u64, past: u64, add: &mut impl FnMut(u64, f64)) {
        let (mut weight, mut scale, one_hump) = (1.0_f64, 1.0_f64, self.one_hump());
        for x in from + 1..=self.n {
            weight *= self.ratio(x - 1);
            scale = if x == past { weight } else { scale.max(weight) };
            if weight == 0.0 || (x > past && weight < scale * NEGLIGIBLE && one_hump) {
                return;
            }
            add(x, weight);
        }
    }

    /// The same downward.
    fn walk_down(&self, from: u64, past: u64, add: &mut impl FnMut(u64, f64)) {
        let (mut weight, mut scale, one_hump) = (1.0_f64, 1.0_f64, self.one_hump());
        for x in (0..from).rev() {
            weight /= self.ratio(x);
            scale = if x == past { weight } else { scale.max(weight) };
            if weight == 0.0 || (x < past && weight < scale * NEGLIGIBLE && one_hump) {
                return;
            }
            add(x, weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_counts_by_hand() {
        let coin = Count { n: 2, p: 0.5, rho: 0.0 };
        assert!((coin.mid_p(0) - 0.125).abs() < 1e-15);
        assert!((coin.mid_p(1) - 0.5).abs() < 1e-15);
        // With rho ½ and p ½ both parameters are ½: P(0), P(1), P(2) = 3/8, 2/8, 3/8.
        let bowl = Count { n: 2, p: 0.5, rho: 0.5 };
        assert!((bowl.mid_p(0) - 3.0 / 16.0).abs() < 1e-15);
        assert_eq!(Count { n: 5, p: 0.0, rho: 0.0 }.mid_p(0), 0.5);
        assert_eq!(Count { n: 5, p: 0.0, rho: 0.1 }.mid_p(1), 1.0);
    }

    proptest! {
        #[test]
        fn the_tail_rises_with_the_count_and_mirrors(n in 1u64..600, p in 0.01f64..0.99, rho in prop_oneof![Just(0.0), 1e-9f64..0.5]) {
            let count = Count { n, p, rho };
            let mirror = Count { n, p: 1.0 - p, rho };
            let mut before = 0.0;
            for x in 0..=n {
                let tail = count.mid_p(x);
                prop_assert!(tail >= before - 1e-13 && tail <= 1.0);
                prop_assert!((tail - (1.0 - mirror.mid_p(n - x))).abs() < 1e-9);
                before = tail;
            }
        }

        #[test]
        fn the_count_at_a_tail_has_that_tail(n in 11u64..900, p in 0.05f64..0.9, rho in 0.0f64..0.05, tail in 0.03f64..0.97) {
            let count = Count { n, p, rho };
            let at = count.count_at(tail);
            let (low, high) = (at.floor() as u64, at.ceil() as u64);
            prop_assert!(count.mid_p(low) <= tail + 1e-9 || low == 0);
            prop_assert!(count.mid_p(high) >= tail - 1e-9 || high == n);
        }
    }
}

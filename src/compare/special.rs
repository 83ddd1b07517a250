//! Quantiles and tails of the distributions that the methods use.
//!
//! The incomplete beta function comes from the `special` crate, which stands on `libm`, so that
//! the page and the tests compute the same digits. Discrete tails are sums of exact ratios.

use special::{Beta, Error};

/// The standard normal quantile of `p`; infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let mut z = -std::f64::consts::SQRT_2 * (1.0 - 2.0 * p).inv_error();
    // Newton steps on the tail keep full precision where 1 − 2p has lost digits.
    for _ in 0..3 {
        let density = normal_density(z);
        if density == 0.0 {
            break;
        }
        z -= (normal_cdf(z) - p) / density;
    }
    z
}

/// P(Z ≤ z) of the standard normal distribution.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * (-z / std::f64::consts::SQRT_2).compl_error()
}

/// The standard normal density at `z`.
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// P(X ≤ x) for X ~ Beta(a, b), a and b above 0.
#[must_use]
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    x.clamp(0.0, 1.0).inc_beta(a, b, a.ln_beta(b))
}

/// The quantile of Beta(a, b) at `p`, a and b above 0.
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let ln_beta = a.ln_beta(b);
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    // A normal guess on the log odds, or the crate's where a or b is small; bracketed steps make it
    // exact.
    let mut x = if a.min(b) >= 2.0 {
        let reach = normal_quantile(p) * (1.0 / a + 1.0 / b).sqrt();
        1.0 / (1.0 + b / a * (-reach).exp())
    } else {
        p.inv_inc_beta(a, b, ln_beta)
    };
    if !(x > 0.0 && x < 1.0) {
        x = a / (a + b);
    }
    for _ in 0..200 {
        let gap = x.inc_beta(a, b, ln_beta) - p;
        if gap > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let ln_density = (a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln() - ln_beta;
        let newton = gap / ln_density.exp();
        // Halley's bend of the step: each round triples the number of right digits.
        let bend = 1.0 - 0.5 * newton * ((a - 1.0) / x - (b - 1.0) / (1.0 - x));
        let step = if bend > 0.5 { newton / bend } else { newton };
        let mut next = x - step;
        if !(next > low && next < high) {
            next = 0.5 * (low + high);
        } else if step.abs() <= 1e-6 * x.min(1.0 - x) {
            return next;
        }
        if next == x {
            return x;
        }
        x = next;
    }
    x
}

/// The quantile of Student's t with `freedom` degrees of freedom (above 0) at `p`.
#[must_use]
pub fn t_quantile(p: f64, freedom: f64) -> f64 {
    if p == 0.5 {
        return 0.0;
    }
    if p < 0.5 {
        return -t_quantile(1.0 - p, freedom);
    }
    // t² / (ν + t²) follows Beta(½, ν/2).
    let share = beta_quantile(2.0 * p - 1.0, 0.5, 0.5 * freedom);
    (freedom * share / (1.0 - share)).sqrt()
}

/// P(T ≤ t) for Student's t with `freedom` degrees of freedom.
#[must_use]
pub fn t_cdf(t: f64, freedom: f64) -> f64 {
    let inside = beta_cdf(t * t / (freedom + t * t), 0.5, 0.5 * freedom);
    if t >= 0.0 { 0.5 + 0.5 * inside } else { 0.5 - 0.5 * inside }
}

/// P(X ≥ x) where X counts the marked among `drawn` taken from `all`, of which `marked` are marked.
#[must_use]
pub fn hypergeometric_at_least(x: u64, all: u64, marked: u64, drawn: u64) -> f64 {
    let lowest = (marked + drawn).saturating_sub(all);
    let highest = marked.min(drawn);
    if x <= lowest {
        return 1.0;
    }
    if x > highest {
        return 0.0;
    }
    tail_at_least(x, lowest, highest, |i| {
        let (i, all, marked, drawn) = (i as f64, all as f64, marked as f64, drawn as f64);
        (marked - i) * (drawn - i) / ((i + 1.0) * (all - marked - drawn + i + 1.0))
    })
}

/// P(X ≥ x) for X ~ Binomial(n, p).
#[must_use]
pub fn binomial_at_least(x: u64, n: u64, p: f64) -> f64 {
    if x == 0 || p >= 1.0 {
        return 1.0;
    }
    if x > n || p <= 0.0 {
        return 0.0;
    }
    tail_at_least(x, 0, n, |i| (n - i) as f64 / (i + 1) as f64 * p / (1.0 - p))
}

/// P(X ≤ x) for X ~ Binomial(n, p).
#[must_use]
pub fn binomial_at_most(x: u64, n: u64, p: f64) -> f64 {
    if x >= n { 1.0 } else { binomial_at_least(n - x, n, 1.0 - p) }
}

/// P(R ≤ r), the chance of at most `r` separate runs where `absences` of `days` are drawn at
/// random: Σ C(m−1, i−1) C(D−m+1, i) / C(D, m).
#[must_use]
pub fn runs_at_most(r: u64, days: u64, absences: u64) -> f64 {
    let present = days - absences;
    let highest = absences.min(present + 1);
    if absences == 0 || r >= highest {
        return 1.0;
    }
    if r == 0 {
        return 0.0;
    }
    let ratio = |i: u64| {
        let (i, m, gaps) = (i as f64, absences as f64, (present + 1) as f64);
        (m - i) * (gaps - i) / (i * (i + 1.0))
    };
    1.0 - tail_at_least(r + 1, 1, highest, ratio)
}

/// P(X ≥ x) of a one-humped distribution on `lowest..=highest`, from the ratio of each
/// probability to the one before. Sums outward from the hump, so that nothing overflows.
fn tail_at_least(x: u64, lowest: u64, highest: u64, ratio: impl Fn(u64) -> f64) -> f64 {
    let mut mode = lowest;
    let mut high = highest;
    // Ratios fall, so the hump is where they pass 1.
    while mode < high {
        let middle = mode + (high - mode) / 2;
        if ratio(middle) > 1.0 {
            mode = middle + 1;
        } else {
            high = middle;
        }
    }
    let (mut below, mut above) = (0.0, 0.0);
    let mut add = |at: u64, weight: f64| {
        if at < x {
            below += weight;
        } else {
            above += weight;
        }
    };
    add(mode, 1.0);
    let mut weight = 1.0;
    for i in mode..highest {
        weight *= ratio(i);
        if weight == 0.0 {
            break;
        }
        add(i + 1, weight);
    }
    weight = 1.0;
    for i in (lowest..mode).rev() {
        weight /= ratio(i);
        if weight == 0.0 {
            break;
        }
        add(i, weight);
    }
    above / (below + above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Printed tables of the normal, t and F distributions.
    #[test]
    fn quantiles_agree_with_printed_tables() {
        for (p, z) in
            [(0.975, 1.959_963_984_540_054), (0.999, 3.090_232_306_167_814), (0.5, 0.0), (0.1, -1.281_551_565_544_6)]
        {
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}: {}", normal_quantile(p));
        }
        for (p, freedom, t) in [
            (0.975, 1.0, 12.706_204_736),
            (0.975, 10.0, 2.228_138_852),
            (0.95, 30.0, 1.697_260_887),
            (0.025, 4.0, -2.776_445_105),
        ] {
            assert!((t_quantile(p, freedom) - t).abs() < 1e-8, "{p} {freedom}: {}", t_quantile(p, freedom));
            assert!((t_cdf(t, freedom) - p).abs() < 1e-9);
        }
        // Beta(2, 3) has the cdf 6x² − 8x³ + 3x⁴.
        assert!((beta_cdf(0.3, 2.0, 3.0) - 0.348_3).abs() < 1e-14);
        assert!((beta_quantile(0.348_3, 2.0, 3.0) - 0.3).abs() < 1e-13);
    }

    #[test]
    fn discrete_tails_agree_with_hand_counts() {
        // Five of ten cards are red, three are drawn: P(at least two red) = ½.
        assert!((hypergeometric_at_least(2, 10, 5, 3) - 0.5).abs() < 1e-15);
        assert!((binomial_at_least(3, 4, 0.5) - 5.0 / 16.0).abs() < 1e-15);
        assert!((binomial_at_most(1, 4, 0.5) - 5.0 / 16.0).abs() < 1e-15);
        // Two absences in three days: three ways, two of them one run.
        assert!((runs_at_most(1, 3, 2) - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(runs_at_most(0, 3, 2), 0.0);
    }

    proptest! {
        #[test]
        fn a_quantile_undoes_its_distribution(p in 0.001f64..0.999, a in 0.5f64..300.0, b in 0.5f64..900.0) {
            prop_assert!((beta_cdf(beta_quantile(p, a, b), a, b) - p).abs() < 1e-11);
            prop_assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-14);
        }

        #[test]
        fn tails_fall_as_the_count_rises(all in 30u64..200, marked in 1u64..30, drawn in 1u64..30) {
            let tails: Vec<f64> = (0..=drawn + 1).map(|x| hypergeometric_at_least(x, all, marked, drawn)).collect();
            prop_assert!(tails.windows(2).all(|w| w[0] >= w[1]));
            prop_assert!((tails[0] - 1.0).abs() < 1e-15 && tails[drawn as usize + 1] == 0.0);
        }
    }
}

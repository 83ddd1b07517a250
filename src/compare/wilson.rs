//! Wilson score intervals for one share, at 95 % and 99.8 %.
//!
//! Source: Wilson 1927, as written out in `shared/methods.md`, section 2.

/// Standard normal quantile of a two-sided 95 % interval (1.959964, unrounded).
pub const Z95: f64 = 1.959_963_984_540_054;
/// Standard normal quantile of a two-sided 99.8 % interval (3.090232, unrounded).
pub const Z998: f64 = 3.090_232_306_167_813_5;

/// The 95 % Wilson interval of `x` out of `n`, as shares from 0 to 1.
///
/// `None` where nobody was counted, or where `x` exceeds `n`.
#[must_use]
pub fn wilson95(x: u64, n: u64) -> Option<(f64, f64)> {
    wilson(x, n, Z95)
}

/// The Wilson interval of `x` out of `n` for the normal quantile `z`, as shares from 0 to 1.
/// The ends are exactly 0 at `x = 0` and exactly 1 at `x = n`, whatever rounding would say.
#[must_use]
pub fn wilson(x: u64, n: u64, z: f64) -> Option<(f64, f64)> {
    if n == 0 || x > n {
        return None;
    }
    let (lower, upper) = wilson_of_share(x as f64 / n as f64, n as f64, z);
    Some((if x == 0 { 0.0 } else { lower }, if x == n { 1.0 } else { upper }))
}

/// The same interval around a share that need not be a whole count out of `n` (above 0), as the
/// control limits of a published funnel are drawn.
#[must_use]
pub fn wilson_of_share(share: f64, n: f64, z: f64) -> (f64, f64) {
    let middle = 2.0 * n * share + z * z;
    let reach = z * (z * z + 4.0 * n * share * (1.0 - share)).max(0.0).sqrt();
    let width = 2.0 * (n + z * z);
    (((middle - reach) / width).clamp(0.0, 1.0), ((middle + reach) / width).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_are_exact_and_nobody_has_no_interval() {
        assert_eq!(wilson95(0, 0), None);
        assert_eq!(wilson95(3, 2), None);
        assert_eq!(wilson95(0, 77).map(|(l, _)| l), Some(0.0));
        assert_eq!(wilson95(38, 38).map(|(_, u)| u), Some(1.0));
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_rate_and_mirrors(n in 1u64..5000, part in 0.0f64..=1.0) {
            let x = ((n as f64) * part) as u64;
            let (lower, upper) = wilson95(x, n).unwrap();
            let rate = x as f64 / n as f64;
            prop_assert!((0.0..=1.0).contains(&lower) && lower <= rate && rate <= upper && upper <= 1.0);
            let (l, u) = wilson95(n - x, n).unwrap();
            prop_assert!((l - (1.0 - upper)).abs() < 1e-12 && (u - (1.0 - lower)).abs() < 1e-12);
            let (wide_l, wide_u) = wilson(x, n, Z998).unwrap();
            prop_assert!(wide_l <= lower && upper <= wide_u);
        }
    }
}

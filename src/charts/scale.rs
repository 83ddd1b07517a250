//! From a value to a pixel: straight scales and round ticks.

/// A straight scale from values to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The values at the two ends.
    pub domain: (f64, f64),
    /// The pixels at the two ends; reversed for a vertical axis.
    pub pixels: (f64, f64),
}

impl Scale {
    #[must_use]
    pub fn new(domain: (f64, f64), pixels: (f64, f64)) -> Scale {
        Scale { domain, pixels }
    }

    /// The pixel of `value`, also beyond the ends.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let span = self.domain.1 - self.domain.0;
        let share = if span == 0.0 { 0.0 } else { (value - self.domain.0) / span };
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    /// The pixel of `value`, kept within the ends.
    #[must_use]
    pub fn within(&self, value: f64) -> f64 {
        self.at(value.clamp(self.domain.0.min(self.domain.1), self.domain.1.max(self.domain.0)))
    }

    /// Whether `value` lies on the axis.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        value >= self.domain.0 && value <= self.domain.1
    }
}

/// Steps that people read: 1, 2 or 5 times a power of ten, giving at most `most` steps to `span`.
#[must_use]
pub fn step(span: f64, most: usize) -> f64 {
    let raw = (span / most.max(1) as f64).clamp(1e-9, 1e12);
    // No logarithm: its last bit may differ between machines, and with it a whole axis.
    let mut power = 1e-9;
    while power * 10.0 <= raw * (1.0 + 1e-9) {
        power *= 10.0;
    }
    let lead = raw / power;
    let fits = |most: f64| lead <= most * (1.0 + 1e-9);
    let round = [1.0, 2.0, 5.0].into_iter().find(|most| fits(*most)).unwrap_or(10.0);
    // As a clean decimal, so that ticks and their numbers stay exact.
    let step = round * power;
    if step < 1.0 { 1.0 / (1.0 / step).round() } else { step.round() }
}

/// Multiples of `step` from `from` to `to`, both included where they are multiples.
#[must_use]
pub fn ticks(from: f64, to: f64, step: f64) -> Vec<f64> {
    let first = (from / step - 1e-9).ceil() as i64;
    let last = (to / step + 1e-9).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// The end of a percent axis from 0 that holds every value: the next ten at least 10, at most 100.
/// Rates are shares in 0..=1; so is the answer.
#[must_use]
pub fn rate_end(rates: impl IntoIterator<Item = f64>) -> f64 {
    let highest = rates.into_iter().filter(|r| r.is_finite()).fold(0.0, f64::max);
    ((highest * 10.0 - 1e-9).ceil() / 10.0).clamp(0.1, 1.0)
}

/// Ticks of a percent axis from 0 to `end` (shares): every 10 points or wider apart, at most
/// `most` steps; every 5 on an axis that ends at 20 or before.
#[must_use]
pub fn rate_ticks(end: f64, most: usize) -> Vec<f64> {
    let step = step(end, most).max(if end < 0.25 { 0.05 } else { 0.1 });
    ticks(0.0, end, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_round_numbers() {
        for (highest, end) in [(0.0, 0.1), (0.09, 0.1), (0.1, 0.1), (0.101, 0.2), (0.44, 0.5), (0.97, 1.0), (1.3, 1.0)]
        {
            assert!((rate_end([highest]) - end).abs() < 1e-9, "{highest}");
        }
        assert_eq!(rate_ticks(0.4, 5).len(), 5);
        assert_eq!(ticks(-20.0, 20.0, 10.0), [-20.0, -10.0, 0.0, 10.0, 20.0]);
        assert_eq!(step(1000.0, 5), 200.0);
        assert_eq!(step(934.0, 5), 200.0);
        assert_eq!([step(0.4, 5), step(4.2, 5), step(1.0, 10), step(0.0, 5)], [0.1, 1.0, 0.1, 1e-9]);
    }

    #[test]
    fn a_scale_keeps_its_ends() {
        let scale = Scale::new((0.0, 0.5), (100.0, 200.0));
        assert_eq!((scale.at(0.25), scale.within(2.0), scale.within(-1.0)), (150.0, 200.0, 100.0));
    }
}

//! Logistic regression of counts, fitted by iteratively reweighted least squares.
//!
//! Source: `shared/methods.md`, section 7 (McCullagh and Nelder 1989; leave-one-out by leverage:
//! Pregibon 1981).

use super::linear::least_squares;
use super::spread::{Basis, Spread, raised, winsorised_dispersion};

/// A logistic regression of counts by iteratively reweighted least squares.
#[derive(Clone, Debug, PartialEq)]
pub struct Logit {
    pub coefficients: Vec<f64>,
    /// (X'WX)⁻¹, without dispersion.
    pub inverse: Vec<Vec<f64>>,
    /// Per row: fitted rate, log odds, weight nμ(1 − μ), leverage.
    pub mu: Vec<f64>,
    pub eta: Vec<f64>,
    pub weights: Vec<f64>,
    pub leverage: Vec<f64>,
    /// (n, x) per row.
    pub counts: Vec<(u64, u64)>,
}

impl Logit {
    /// Fits x of n on the design's columns until no log odds move by 1e−10. `None` without
    /// convergence, as where a condition separates the schools wholly.
    #[must_use]
    pub fn fit(design: &[Vec<f64>], counts: &[(u64, u64)]) -> Option<Logit> {
        let mut eta: Vec<f64> = counts
            .iter()
            .map(|(n, x)| {
                let start = (*x as f64 + 0.5) / (*n as f64 + 1.0);
                (start / (1.0 - start)).ln()
            })
            .collect();
        for _ in 0..60 {
            let mu: Vec<f64> = eta.iter().map(|eta| 1.0 / (1.0 + (-eta).exp())).collect();
            let weights: Vec<f64> = mu.iter().zip(counts).map(|(mu, (n, _))| *n as f64 * mu * (1.0 - mu)).collect();
            if weights.iter().any(|w| w.is_nan() || *w <= 0.0) {
                return None;
            }
            let working: Vec<f64> = (0..eta.len())
                .map(|i| eta[i] + (counts[i].1 as f64 / counts[i].0 as f64 - mu[i]) / (mu[i] * (1.0 - mu[i])))
                .collect();
            let solved = least_squares(design, &working, &weights)?;
            let next: Vec<f64> =
                design.iter().map(|row| row.iter().zip(&solved.coefficients).map(|(x, b)| x * b).sum()).collect();
            let moved = eta.iter().zip(&next).map(|(a, b): (&f64, &f64)| (a - b).abs()).fold(0.0, f64::max);
            eta = next;
            if moved < 1e-10 {
                let mu: Vec<f64> = eta.iter().map(|eta| 1.0 / (1.0 + (-eta).exp())).collect();
                return Some(Logit {
                    coefficients: solved.coefficients,
                    inverse: solved.inverse,
                    mu,
                    eta,
                    weights,
                    leverage: solved.leverage,
                    counts: counts.to_vec(),
                });
            }
        }
        None
    }

    /// (O/n − μ) / (μ(1 − μ)): the one-step distance in log odds.
    fn step(&self, i: usize) -> f64 {
        let (n, x) = self.counts[i];
        (x as f64 / n as f64 - self.mu[i]) / (self.mu[i] * (1.0 - self.mu[i]))
    }

    /// Pearson's X².
    #[must_use]
    pub fn pearson(&self) -> f64 {
        (0..self.mu.len()).map(|i| self.weights[i] * self.step(i).powi(2)).sum()
    }

    /// Twice the log likelihood lost against a fit of every row by itself.
    #[must_use]
    pub fn deviance(&self) -> f64 {
        let part = |observed: f64, fitted: f64| if observed > 0.0 { observed * (observed / fitted).ln() } else { 0.0 };
        (0..self.mu.len())
            .map(|i| {
                let (n, x) = (self.counts[i].0 as f64, self.counts[i].1 as f64);
                2.0 * (part(x, n * self.mu[i]) + part(n - x, n * (1.0 - self.mu[i])))
            })
            .sum()
    }

    /// The rate expected of row `i` from the others: by its leverage, or by a new fit where it
    /// pulls more than half of its own fit.
    #[must_use]
    pub fn leave_one_out(&self, design: &[Vec<f64>], i: usize) -> f64 {
        let h = self.leverage[i];
        let eta =
            if h > 0.5 { self.refit_without(design, i) } else { Some(self.eta[i] - h / (1.0 - h) * self.step(i)) };
        1.0 / (1.0 + (-eta.unwrap_or(self.eta[i])).exp())
    }

    /// Log odds of row `i` in a fit without it.
    #[must_use]
    pub fn refit_without(&self, design: &[Vec<f64>], i: usize) -> Option<f64> {
        let others = |j: &usize| *j != i;
        let rows: Vec<Vec<f64>> = (0..design.len()).filter(others).map(|j| design[j].clone()).collect();
        let counts: Vec<(u64, u64)> = (0..design.len()).filter(others).map(|j| self.counts[j]).collect();
        let fit = Logit::fit(&rows, &counts)?;
        Some(design[i].iter().zip(&fit.coefficients).map(|(x, b)| x * b).sum())
    }

    /// The spread that the `p` coefficients leave, winsorised as for standardised schools.
    #[must_use]
    pub fn spread(&self, p: usize) -> Spread {
        let k = self.mu.len();
        let z: Vec<f64> = (0..k).map(|i| self.step(i) * self.weights[i].sqrt()).collect();
        let (phi, winsorised_each_end, consistency) = winsorised_dispersion(&z);
        let free: f64 = self.weights.iter().zip(&self.leverage).map(|(w, h)| w * (1.0 - h)).sum();
        let tau2 = ((k as f64 * phi - (k - p) as f64) / free).max(0.0);
        let tau2_used = raised(tau2, &self.weights);
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
}

//! Least squares by Householder reflections: sums of squares that survive columns nearly alike.

/// A solved weighted least-squares problem.
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares {
    pub coefficients: Vec<f64>,
    /// One per row: how much the row pulls its own fitted value, 0 to 1.
    pub leverage: Vec<f64>,
    /// (X'WX)⁻¹, square, by rows.
    pub inverse: Vec<Vec<f64>>,
    /// Weighted sum of squared residuals.
    pub residual: f64,
}

/// Minimises Σ w (y − x·β)². `None` where there are fewer rows than columns, or the columns are
/// (nearly) linearly dependent.
#[must_use]
pub fn least_squares(rows: &[Vec<f64>], y: &[f64], weights: &[f64]) -> Option<LeastSquares> {
    let (k, p) = (rows.len(), rows.first()?.len());
    if k < p || p == 0 || y.len() != k || weights.len() != k {
        return None;
    }
    // Columns of √W X, each scaled to length 1, and √W y.
    let mut columns: Vec<Vec<f64>> =
        (0..p).map(|j| rows.iter().zip(weights).map(|(row, w)| row[j] * w.sqrt()).collect()).collect();
    let mut scales = Vec::with_capacity(p);
    for column in &mut columns {
        let length = norm(column);
        if length == 0.0 || !length.is_finite() {
            return None;
        }
        column.iter_mut().for_each(|x| *x /= length);
        scales.push(length);
    }
    let mut target: Vec<f64> = y.iter().zip(weights).map(|(y, w)| y * w.sqrt()).collect();
    let mut reflectors: Vec<Vec<f64>> = Vec::with_capacity(p);
    let mut upper = vec![vec![0.0; p]; p];
    for j in 0..p {
        let (head, rest) = columns.split_at_mut(j + 1);
        let column = &mut head[j];
        let length = norm(&column[j..]);
        if length < 1e-11 {
            return None;
        }
        for i in 0..j {
            upper[i][j] = column[i];
        }
        let sign = if column[j] >= 0.0 { 1.0 } else { -1.0 };
        upper[j][j] = -sign * length;
        let mut v: Vec<f64> = column[j..].to_vec();
        v[0] += sign * length;
        let size = norm(&v);
        v.iter_mut().for_each(|x| *x /= size);
        for other in rest.iter_mut() {
            reflect(&v, &mut other[j..]);
        }
        reflect(&v, &mut target[j..]);
        reflectors.push(v);
    }
    let residual = target[p..].iter().map(|x| x * x).sum();
    let scaled = back_substitute(&upper, &target[..p]);
    let coefficients = scaled.iter().zip(&scales).map(|(b, s)| b / s).collect();

    // Rows of the thin Q, for the leverages: reflect unit vectors back.
    let mut leverage = vec![0.0; k];
    for j in 0..p {
        let mut q = vec![0.0; k];
        q[j] = 1.0;
        for i in (0..p).rev() {
            reflect(&reflectors[i], &mut q[i..]);
        }
        for (h, q) in leverage.iter_mut().zip(&q) {
            *h += q * q;
        }
    }
    // (X'WX)⁻¹ = S⁻¹ R⁻¹ R⁻ᵀ S⁻¹.
    let inverse_columns: Vec<Vec<f64>> = (0..p)
        .map(|j| {
            let mut unit = vec![0.0; p];
            unit[j] = 1.0;
            back_substitute(&upper, &unit)
        })
        .collect();
    let inverse = (0..p)
        .map(|a| {
            (0..p).map(|b| inverse_columns.iter().map(|c| c[a] * c[b]).sum::<f64>() / (scales[a] * scales[b])).collect()
        })
        .collect();
    Some(LeastSquares { coefficients, leverage, inverse, residual })
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// Mirrors `values` in the plane across the unit vector `v`.
fn reflect(v: &[f64], values: &mut [f64]) {
    let along: f64 = v.iter().zip(values.iter()).map(|(v, x)| v * x).sum();
    for (x, v) in values.iter_mut().zip(v) {
        *x -= 2.0 * along * v;
    }
}

fn back_substitute(upper: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let p = right.len();
    let mut solution = vec![0.0; p];
    for i in (0..p).rev() {
        let known: f64 = (i + 1..p).map(|j| upper[i][j] * solution[j]).sum();
        solution[i] = (right[i] - known) / upper[i][i];
    }
    solution
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_through_points_and_columns_alike() {
        let rows = vec![vec![1.0, 0.0], vec![1.0, 1.0], vec![1.0, 2.0]];
        let fit = least_squares(&rows, &[1.0, 3.0, 5.0], &[1.0; 3]).unwrap();
        assert!((fit.coefficients[0] - 1.0).abs() < 1e-14 && (fit.coefficients[1] - 2.0).abs() < 1e-14);
        assert!(fit.residual < 1e-28 && (fit.inverse[1][1] - 0.5).abs() < 1e-14);
        assert_eq!(least_squares(&[vec![1.0, 2.0], vec![1.0, 2.0], vec![1.0, 2.0]], &[1.0; 3], &[1.0; 3]), None);
    }

    proptest! {
        #[test]
        fn leverages_add_up_to_the_columns_and_residuals_are_orthogonal(
            data in prop::collection::vec((-5.0f64..5.0, -3.0f64..3.0, 0.1f64..4.0), 8..40),
        ) {
            let rows: Vec<Vec<f64>> = data.iter().map(|(x, _, _)| vec![1.0, *x]).collect();
            let y: Vec<f64> = data.iter().map(|(_, y, _)| *y).collect();
            let w: Vec<f64> = data.iter().map(|(_, _, w)| *w).collect();
            let Some(fit) = least_squares(&rows, &y, &w) else { return Ok(()) };
            prop_assert!((fit.leverage.iter().sum::<f64>() - 2.0).abs() < 1e-9);
            for j in 0..2 {
                let dot: f64 = (0..rows.len())
                    .map(|i| w[i] * rows[i][j] * (y[i] - fit.coefficients[0] - fit.coefficients[1] * rows[i][1]))
                    .sum();
                prop_assert!(dot.abs() < 1e-7, "{dot}");
            }
        }
    }
}

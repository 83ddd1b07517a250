//! The little arithmetic that the comparison needs.

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard deviation with n − 1; 0 below two values.
pub(super) fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let middle = mean(values);
    (values.iter().map(|v| (v - middle).powi(2)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

/// Least-squares slopes of y on two variables, with an intercept. Variables that do not vary, or
/// vary together, get the slope of the other alone, or none.
pub(super) fn slopes(points: &[([f64; 2], f64)]) -> [f64; 2] {
    if points.len() < 3 {
        return [0.0; 2];
    }
    let column = |k: usize| mean(&points.iter().map(|(x, _)| x[k]).collect::<Vec<_>>());
    let (m0, m1, my) = (column(0), column(1), mean(&points.iter().map(|(_, y)| *y).collect::<Vec<_>>()));
    let (mut s00, mut s11, mut s01, mut s0y, mut s1y) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for ([a, b], y) in points {
        let (a, b, y) = (a - m0, b - m1, y - my);
        s00 += a * a;
        s11 += b * b;
        s01 += a * b;
        s0y += a * y;
        s1y += b * y;
    }
    let determinant = s00 * s11 - s01 * s01;
    if determinant > 1e-12 * s00 * s11 {
        return [(s0y * s11 - s1y * s01) / determinant, (s1y * s00 - s0y * s01) / determinant];
    }
    match (s00 > 0.0, s11 > 0.0) {
        (_, true) => [0.0, s1y / s11],
        (true, false) => [s0y / s00, 0.0],
        (false, false) => [0.0; 2],
    }
}

/// P(|T| ≤ t) for whole degrees of freedom, by the finite series (Abramowitz and Stegun 26.7.3–4).
fn t_inside(t: f64, df: usize) -> f64 {
    let theta = (t / (df as f64).sqrt()).atan();
    let (sin, cos) = theta.sin_cos();
    if df == 1 {
        return 2.0 * theta / std::f64::consts::PI;
    }
    let odd = df % 2 == 1;
    let (mut term, mut sum) = if odd { (cos, cos) } else { (1.0, 1.0) };
    let mut k = if odd { 3 } else { 2 };
    while k < df {
        let (above, below) = ((k - 1) as f64, k as f64);
        term *= above / below * cos * cos;
        sum += term;
        k += 2;
    }
    if odd { 2.0 / std::f64::consts::PI * (theta + sin * sum) } else { sin * sum }
}

/// The 97.5 % point of Student's t.
pub(super) fn t_975(df: usize) -> f64 {
    let (mut low, mut high) = (1.0, 16.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if t_inside(middle, df.max(1)) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_t_agrees_with_printed_tables() {
        for (df, t) in
            [(1, 12.706_204_736), (2, 4.302_652_730), (5, 2.570_581_836), (9, 2.262_157_163), (30, 2.042_272_456)]
        {
            assert!((t_975(df) - t).abs() < 1e-8, "{df}: {}", t_975(df));
        }
    }

    #[test]
    fn slopes_of_an_exact_plane_are_found_again() {
        let points: Vec<_> = (0..12)
            .map(|i| (f64::from(i), f64::from(i * i % 7)))
            .map(|(a, b)| ([a, b], 3.0 + 0.5 * a - 2.0 * b))
            .collect();
        let [a, b] = slopes(&points);
        assert!((a - 0.5).abs() < 1e-12 && (b + 2.0).abs() < 1e-12);
        assert_eq!(slopes(&[([1.0, 1.0], 1.0); 5]), [0.0, 0.0]);
    }
}

//! Reference answers for Wilson intervals.
//! Sources: `4_reference_numbers/methods/02_wilson.json` (statsmodels), `wilson/wilson_reference.csv`
//! (R binom, Public Health England, Newcombe) and `phe/testdata_Proportion__testdata_Prop.csv`.

mod reference;

use bright_spots::compare::special::normal_quantile;
use bright_spots::compare::wilson::{Z95, Z998, wilson, wilson_of_share, wilson95};
use reference::{close, methods, table};

#[test]
fn intervals_agree_with_statsmodels() {
    let Some(file) = methods("02_wilson") else { return };
    let tolerance = file["tolerance"].as_f64().unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() >= 140);
    for case in cases {
        let (x, n) = (case[0].as_u64().unwrap(), case[1].as_u64().unwrap());
        let z = if case[2].as_f64() == Some(0.95) { Z95 } else { Z998 };
        let (lower, upper) = wilson(x, n, z).unwrap();
        close(&format!("{x} of {n}"), lower, &case[3], tolerance);
        close(&format!("{x} of {n}"), upper, &case[4], tolerance);
    }
}

#[test]
fn intervals_agree_with_published_tables() {
    let Some(rows) = table("4_reference_numbers/wilson/wilson_reference.csv") else { return };
    assert_eq!(rows.len(), 51);
    for row in &rows[1..] {
        let number = |i: usize| row[i].parse::<f64>().unwrap();
        let (x, n, confidence) = (number(0), number(1), number(2));
        let z = normal_quantile(0.5 + confidence / 2.0);
        let (lower, upper) =
            if x.fract() == 0.0 { wilson(x as u64, n as u64, z).unwrap() } else { wilson_of_share(x / n, n, z) };
        // Printed tables hold three to six decimals; what is given in full agrees to 1e-9.
        for (ours, printed) in [(lower, &row[3]), (upper, &row[4])] {
            let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len());
            let tolerance = if decimals >= 10 { 1e-9 } else { 0.5001 * 10f64.powi(-(decimals as i32)) };
            assert!((ours - printed.parse::<f64>().unwrap()).abs() <= tolerance, "{row:?}: {ours}");
        }
    }
}

#[test]
fn intervals_agree_with_public_health_england() {
    let Some(rows) = table("4_reference_numbers/phe/testdata_Proportion__testdata_Prop.csv") else { return };
    let mut n_checked = 0;
    for row in &rows[1..] {
        let (Ok(x), Ok(n), Ok(multiplier)) = (row[1].parse::<u64>(), row[2].parse::<u64>(), row[10].parse::<f64>())
        else {
            continue;
        };
        for (z, lower, upper) in [(Z95, &row[4], &row[5]), (Z998, &row[6], &row[7])] {
            let (Ok(lower), Ok(upper)) = (lower.parse::<f64>(), upper.parse::<f64>()) else { continue };
            let (l, u) = wilson(x, n, z).unwrap();
            assert!((l * multiplier - lower).abs() < 1e-9 * multiplier, "{row:?}");
            assert!((u * multiplier - upper).abs() < 1e-9 * multiplier, "{row:?}");
            n_checked += 1;
        }
    }
    assert!(n_checked >= 10, "{n_checked} intervals in the file");
}

/// The lines of the field guide, section 5.4, to a tenth of a percent.
#[test]
fn small_schools_are_uncertain() {
    for (x, n, lower, upper) in
        [(3, 30, 0.035, 0.256), (12, 120, 0.058, 0.167), (60, 600, 0.078, 0.127), (0, 20, 0.0, 0.161)]
    {
        let (l, u) = wilson95(x, n).unwrap();
        assert!((l - lower).abs() < 5e-4 && (u - upper).abs() < 5e-4, "{x} of {n}: {l} to {u}");
    }
}

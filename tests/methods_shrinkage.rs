//! Reference answers for shrinkage.
//! Sources: `4_reference_numbers/methods/06_shrinkage.json`; `shrinkage/EfronMorris.csv` with the
//! James–Stein estimates printed in Efron and Morris, Scientific American 1977.

mod reference;

use bright_spots::compare::shrinkage::{Unit, order, shrink};
use reference::{close, methods, number, table};

#[test]
fn shrunk_rates_agree() {
    let Some(file) = methods("06_shrinkage") else { return };
    let (rates, interval) = (number(&file["tolerance"]["rates"]), number(&file["tolerance"]["interval"]));
    for set in file["sets"].as_array().unwrap() {
        let tau2 = number(&set["tau2"]);
        let theirs = set["units"].as_array().unwrap();
        let units: Vec<Unit> = theirs
            .iter()
            .map(|unit| Unit {
                name: unit["name"].as_str().unwrap().to_owned(),
                n: unit["n"].as_u64().unwrap(),
                observed: unit["observed"].as_u64().unwrap(),
                expected_rate: number(&unit["expected_rate"]),
            })
            .collect();
        for (unit, theirs) in units.iter().zip(theirs) {
            let ours = shrink(unit, tau2);
            close("rate", ours.rate, &theirs["shrunk_rate"], rates);
            close("weight", ours.weight_of_own, &theirs["weight_of_own"], rates);
            close("ratio", ours.ratio, &theirs["ratio"], rates);
            match ours.interval {
                None => assert!(theirs["interval"].is_null()),
                Some((low, high)) => {
                    close("low", low, &theirs["interval"][0], interval);
                    close("high", high, &theirs["interval"][1], interval);
                }
            }
        }
        let names: Option<Vec<&str>> =
            order(&units, tau2).map(|o| o.into_iter().map(|i| units[i].name.as_str()).collect());
        let theirs: Option<Vec<&str>> =
            set["order"].as_array().map(|names| names.iter().map(|name| name.as_str().unwrap()).collect());
        assert_eq!(names, theirs);
    }
}

/// Eighteen batters, 45 times at bat each: the shrinkage factor .212 and all printed estimates.
#[test]
fn batting_averages_shrink_as_printed() {
    let Some(rows) = table("4_reference_numbers/shrinkage/EfronMorris.csv") else { return };
    let printed = [
        0.294, 0.289, 0.285, 0.280, 0.275, 0.275, 0.270, 0.266, 0.261, 0.261, 0.256, 0.256, 0.256, 0.256, 0.256, 0.252,
        0.247, 0.242,
    ];
    let hits: Vec<u64> = rows[1..].iter().map(|row| row[4].parse().unwrap()).collect();
    let season: Vec<f64> = rows[1..].iter().map(|row| row[7].parse().unwrap()).collect();
    assert_eq!(hits.len(), 18);
    let (k, n) = (18.0, 45.0);
    let mean = hits.iter().sum::<u64>() as f64 / (k * n);
    let scatter: f64 = hits.iter().map(|x| (*x as f64 / n - mean).powi(2)).sum();
    let factor = 1.0 - (k - 3.0) * mean * (1.0 - mean) / n / scatter;
    assert!((factor - 0.212).abs() < 5e-4, "{factor}");
    // The between-batter variance, on the log-odds scale, that gives each batter this weight.
    let tau2 = 1.0 / ((n * (1.0 / factor - 1.0) + 1.0) * mean * (1.0 - mean));
    let (mut raw_error, mut shrunk_error) = (0.0, 0.0);
    for ((hits, printed), season) in hits.iter().zip(printed).zip(season) {
        let unit = Unit { name: String::new(), n: 45, observed: *hits, expected_rate: mean };
        let ours = shrink(&unit, tau2);
        assert!((ours.weight_of_own - factor).abs() < 1e-12);
        assert!((ours.rate - printed).abs() < 6e-4, "{hits} hits: {} against {printed}", ours.rate);
        raw_error += (*hits as f64 / n - season).powi(2);
        shrunk_error += (ours.rate - season).powi(2);
    }
    assert!(raw_error > 3.0 * shrunk_error, "the rest of the season is foretold three times as well");
}

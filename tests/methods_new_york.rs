//! The New York City files: absence joined with poverty, disability, English learners and temporary
//! housing. Coefficients agree with an independent fit, and bright spots are found.
//!
//! Reference for 2022-23: `4_reference_numbers/methods/07_regression.json` (statsmodels). For
//! 2021-22, 2023-24 and 2024-25 the coefficients below were fitted for this test with
//! statsmodels 0.15.0, pandas 3.1.1 by the recipe in that file:
//!
//! ```python
//! d = absence.merge(master, on=["DBN", "school_year"]).merge(housing, on=["DBN", "school_year"])
//! n = (100 * d.chronic_absent_count / d.chronic_absent_rate).round()   # rows under 11 dropped
//! X = [1, pct_poverty ("Above 95%" -> .975), pct_students_with_disabilities,
//!      pct_english_language_learners, temp_housing_rate / 100]         # rows with a gap dropped
//! r = sm.GLM([x, n - x], X, family=sm.families.Binomial()).fit(tol=1e-13)
//! se = r.bse * sqrt(r.pearson_chi2 / r.df_resid)
//! ```

mod reference;

use bright_spots::compare::regression::{ABOVE_95_PERCENT, Regression, SchoolRow, regress};
use bright_spots::compare::verdict::{Verdict, out_of_reach};
use reference::{close, methods, table};
use std::collections::BTreeMap;

const NAMES: [&str; 4] = ["poverty", "students_with_disabilities", "english_learners", "temporary_housing"];

/// The joined schools of one school year; `None`, said aloud, where the files are not here.
fn schools(year: &str) -> Option<Vec<SchoolRow>> {
    let folder = "1_school_level/nyc";
    let absence = table(&format!("{folder}/nyc_chronic_absenteeism.csv"))?;
    let master = table(&format!("{folder}/nyc_schools_master.csv"))?;
    let housing = table(&format!("{folder}/nyc_temp_housing.csv"))?;
    let column = |table: &[Vec<String>], name: &str| table[0].iter().position(|c| c == name).unwrap();
    let by_school = |table: Vec<Vec<String>>| -> BTreeMap<String, Vec<String>> {
        let at = column(&table, "school_year");
        table.into_iter().filter(|row| row[at] == year).map(|row| (row[0].clone(), row)).collect()
    };
    let shares = ["pct_poverty", "pct_students_with_disabilities", "pct_english_language_learners"]
        .map(|name| column(&master, name));
    let rate_at = column(&housing, "temp_housing_rate");
    let (master, housing) = (by_school(master), by_school(housing));
    let mut rows = Vec::new();
    for (dbn, row) in by_school(absence) {
        let (Some(master), Some(housing)) = (master.get(&dbn), housing.get(&dbn)) else { continue };
        let share = |text: &str| if text == "Above 95%" { Some(ABOVE_95_PERCENT) } else { text.parse().ok() };
        let (count, rate): (Option<f64>, Option<f64>) = (row[2].parse().ok(), row[3].parse().ok());
        let counted = count.zip(rate).map(|(count, rate)| (100.0 * count / rate).round()).filter(|n| *n >= 11.0);
        let mut conditions: Vec<Option<f64>> = shares.iter().map(|at| share(&master[*at])).collect();
        conditions.push(housing[rate_at].parse().ok().map(|rate: f64| rate / 100.0));
        rows.push(SchoolRow {
            name: dbn,
            counted: counted.map(|n| n as u64),
            chronic: count.map(|count| count as u64),
            rate: rate.map(|rate| rate / 100.0),
            conditions,
        });
    }
    Some(rows)
}

fn fit(rows: &[SchoolRow]) -> Regression {
    regress(&NAMES.map(str::to_owned), rows).unwrap()
}

#[test]
fn the_reference_year_agrees() {
    let (Some(file), Some(rows)) = (methods("07_regression"), schools("2022-23")) else { return };
    let theirs = &file["new_york"];
    let ours = fit(&rows);
    assert_eq!(Some(rows.len() as u64), theirs["joined"].as_u64());
    assert_eq!(Some(ours.schools.len() as u64), theirs["used"].as_u64());
    assert_eq!(Some(ours.schools.iter().map(|s| s.counted).sum()), theirs["students"].as_u64());
    assert_eq!(Some(ours.schools.iter().map(|s| s.chronic).sum()), theirs["chronic"].as_u64());
    for (j, coefficient) in ours.coefficients.iter().enumerate() {
        assert_eq!(Some(coefficient.name.as_str()), theirs["fit"]["names"][j].as_str());
        close(&coefficient.name, coefficient.value, &theirs["fit"]["coefficients"][j], 1e-6);
        close(&coefficient.name, coefficient.standard_error, &theirs["fit"]["se_quasi"][j], 1e-6);
    }
    close("dispersion", ours.dispersion, &theirs["fit"]["dispersion"], 1e-6);
    close("deviance", ours.deviance, &theirs["fit"]["deviance"], 1e-3);
    close("tau2", ours.spread.tau2, &theirs["fit"]["tau2"], 1e-6);
    close("tau2 used", ours.spread.tau2_used, &theirs["fit"]["tau2_used"], 1e-6);
    let sample = theirs["expected_sample"].as_array().unwrap();
    assert_eq!(sample.len(), 25);
    for theirs in sample {
        let ours = ours.schools.iter().find(|s| Some(rows[s.row].name.as_str()) == theirs["dbn"].as_str()).unwrap();
        assert_eq!(Some(ours.counted), theirs["counted"].as_u64());
        assert_eq!(Some(ours.chronic), theirs["chronic"].as_u64());
        close("fitted", ours.fitted, &theirs["fitted"], 1e-7);
        close("leave one out", ours.expected, &theirs["leave_one_out"], 1e-7);
    }
}

/// Year, schools, students; coefficients and standard errors; dispersion.
type Reference = (&'static str, usize, u64, [(f64, f64); 5], f64);

const OTHER_YEARS: [Reference; 3] = [
    (
        "2021-22",
        1450,
        855_995,
        [
            (-2.024_075_060_217_841, 0.067_522_995_663_963),
            (1.701_553_817_846_529, 0.105_177_179_182_564),
            (1.571_609_675_198_294, 0.096_009_846_413_029),
            (-1.045_459_550_220_66, 0.107_714_304_204_181),
            (1.896_896_293_048_823, 0.232_071_984_465_962),
        ],
        34.729_075_927_675_27,
    ),
    (
        "2023-24",
        1517,
        881_552,
        [
            (-2.040_146_453_533_231, 0.062_193_688_159_912),
            (1.161_974_909_810_077, 0.091_265_233_847_959),
            (1.456_538_797_017_68, 0.078_033_705_517_948),
            (-1.085_113_802_730_67, 0.102_544_441_675_258),
            (2.505_854_784_930_253, 0.144_128_599_287_566),
        ],
        28.462_808_770_355_8,
    ),
    (
        "2024-25",
        1525,
        870_944,
        [
            (-2.193_536_556_361_839, 0.062_591_215_873_441),
            (1.352_352_583_887_938, 0.093_168_829_029_951),
            (1.361_284_026_625_859, 0.074_668_688_293_327),
            (-1.111_669_755_090_597, 0.105_900_419_596_345),
            (2.170_360_378_162_17, 0.144_601_918_328_386),
        ],
        27.401_204_404_780_227,
    ),
];

#[test]
fn other_years_agree_with_our_own_independent_fit() {
    for (year, n_schools, students, coefficients, dispersion) in OTHER_YEARS {
        let Some(rows) = schools(year) else { return };
        let ours = fit(&rows);
        assert_eq!(ours.schools.len(), n_schools, "{year}");
        assert_eq!(ours.schools.iter().map(|s| s.counted).sum::<u64>(), students, "{year}");
        for (ours, (value, error)) in ours.coefficients.iter().zip(coefficients) {
            assert!((ours.value - value).abs() < 1e-6, "{year} {}: {}", ours.name, ours.value);
            assert!((ours.standard_error - error).abs() < 1e-6, "{year} {}: {}", ours.name, ours.standard_error);
        }
        assert!((ours.dispersion - dispersion).abs() < 1e-6);
    }
}

#[test]
fn bright_spots_are_found_and_the_large_spread_is_said() {
    for year in ["2021-22", "2022-23", "2023-24", "2024-25"] {
        let Some(rows) = schools(year) else { return };
        let ours = fit(&rows);
        let judgements = ours.judgements();
        let count = |verdict: Verdict| judgements.iter().filter(|j| j.verdict == verdict).count();
        let (likely, possible) = (count(Verdict::LikelyBrightSpot), count(Verdict::PossibleBrightSpot));
        eprintln!(
            "{year}: {likely} likely, {possible} possible of {}; tau {:.2}, explained {:.2}",
            ours.schools.len(),
            ours.spread.tau_used(),
            ours.explained().unwrap()
        );
        assert!(likely >= 1 && possible >= 20, "{year}: {likely} likely, {possible} possible");
        // Plain limits would put more than half outside; ours keep most schools in the ordinary.
        assert!(20 * (likely + possible) < judgements.len(), "{year}");
        // A rate too good to be taken without a look is checked before it is praised.
        let mut to_check = Vec::new();
        for (school, judgement) in ours.schools.iter().zip(&judgements) {
            let too_good = school.case().too_good(judgement.tails.as_ref()).is_some();
            assert_eq!(too_good, judgement.verdict == Verdict::CheckDataFirst, "{year} {}", rows[school.row].name);
            to_check.extend(too_good.then(|| rows[school.row].name.as_str()));
        }
        match year {
            "2022-23" => assert!(to_check.contains(&"13K009"), "2.8 % against 27.1 %: {to_check:?}"),
            "2024-25" => assert!(to_check.contains(&"29Q327") && to_check.contains(&"07X359"), "{to_check:?}"),
            _ => {}
        }
        assert!(out_of_reach(&ours.spread).is_some(), "the spread is beyond 0.26 in every year");
        assert!(ours.sentence().contains("not about single students"));
    }
}

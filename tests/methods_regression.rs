//! Reference answers for regression.
//! Sources: `4_reference_numbers/methods/07_regression.json` (statsmodels 0.15);
//! `regression/birthwt.csv`, `statsmodels/stata_lbw_glm.csv`, `spector.csv` and `longley.csv` with
//! the coefficients printed in the Stata manual, in Greene and by NIST.

mod reference;

use bright_spots::compare::linear::least_squares;
use bright_spots::compare::regression::{
    Dropped, Limits, Logit, Refusal, Regression, SchoolRow, regress, regress_within,
};
use reference::{close, methods, number, table, text};
use serde_json::Value;

fn rows(set: &Value) -> (Vec<String>, Vec<SchoolRow>) {
    let names = set["columns"].as_array().unwrap()[3..].iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    let rows = set["rows"].as_array().unwrap().iter().map(|row| SchoolRow {
        name: row[0].as_str().unwrap().to_owned(),
        counted: row[1].as_u64(),
        chronic: row[2].as_u64(),
        rate: None,
        conditions: row.as_array().unwrap()[3..].iter().map(|x| Some(number(x))).collect(),
    });
    (names, rows.collect())
}

fn check_fit(ours: &Regression, theirs: &Value, tolerance: f64) {
    for (j, coefficient) in ours.coefficients.iter().enumerate() {
        assert_eq!(Some(coefficient.name.as_str()), theirs["names"][j].as_str());
        close(&coefficient.name, coefficient.value, &theirs["coefficients"][j], tolerance);
        close(&coefficient.name, coefficient.standard_error, &theirs["se_quasi"][j], tolerance);
    }
    close("dispersion", ours.dispersion, &theirs["dispersion"], tolerance);
    close("deviance", ours.deviance, &theirs["deviance"], tolerance * 10.0);
    close("tau2", ours.spread.tau2, &theirs["tau2"], tolerance);
    close("tau2 used", ours.spread.tau2_used, &theirs["tau2_used"], tolerance);
}

#[test]
fn fits_agree_with_statsmodels() {
    let Some(file) = methods("07_regression") else { return };
    let tolerance = |key: &str| number(&file["tolerance"][key]);
    for set in file["sets"].as_array().unwrap() {
        let (names, rows) = rows(set);
        // The first set has 24 schools for three coefficients: too few for the page, enough to compare.
        let ours = fit_whatever_the_size(&names, &rows);
        check_fit(&ours, &set["fit"], tolerance("coefficients"));
        let design: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| std::iter::once(1.0).chain(row.conditions.iter().map(|c| c.unwrap())).collect())
            .collect();
        let counts: Vec<(u64, u64)> = rows.iter().map(|row| (row.counted.unwrap(), row.chronic.unwrap())).collect();
        let logit = Logit::fit(&design, &counts).unwrap();
        for (i, school) in ours.schools.iter().take(rows.len()).enumerate() {
            close("fitted", school.fitted, &set["fitted"][i], tolerance("fitted"));
            close("leverage", school.leverage, &set["leverage"][i], tolerance("hat"));
            if school.leverage <= 0.5 {
                close("loo", school.expected, &set["expected_leave_one_out_hat"][i], tolerance("hat"));
            }
            let refit = 1.0 / (1.0 + (-logit.refit_without(&design, i).unwrap()).exp());
            close("refit", refit, &set["expected_leave_one_out_refit"][i], tolerance("refit"));
        }
    }
}

/// The refusal is tested below; here every set of the file is wanted.
fn fit_whatever_the_size(names: &[String], rows: &[SchoolRow]) -> Regression {
    let limits = Limits { schools: 20, per_coefficient: 8 };
    regress_within(limits, names, rows).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn made(n: usize, conditions: usize, with: impl Fn(usize, usize) -> f64) -> (Vec<String>, Vec<SchoolRow>) {
    let names = (0..conditions).map(|j| format!("condition {j}")).collect();
    let rows = (0..n).map(|i| SchoolRow {
        name: format!("School {i}"),
        counted: Some(100 + i as u64),
        chronic: Some(10 + (i as u64 * 7) % 30),
        rate: Some(0.2),
        conditions: (0..conditions).map(|j| Some(with(i, j))).collect(),
    });
    (names, rows.collect())
}

/// Shares that jump about, so that no two columns move together.
fn wild(i: usize, j: usize) -> f64 {
    ((i * (7919 + 104 * j) + j * 31) % 97) as f64 / 97.0
}

#[test]
fn refusals_are_as_stated() {
    let Some(file) = methods("07_regression") else { return };
    for case in file["refusals"].as_array().unwrap() {
        let schools = case["schools"].as_u64().unwrap() as usize;
        let conditions = case["coefficients"].as_u64().unwrap() as usize - 1;
        let (names, mut rows) = made(schools, conditions, wild);
        match case["case"].as_str().unwrap() {
            "rates without counts" => rows.iter_mut().for_each(|row| (row.counted, row.chronic) = (None, None)),
            "one condition is a constant" => rows.iter_mut().for_each(|row| row.conditions[1] = Some(0.3)),
            "two conditions with correlation 0.995" => {
                rows.iter_mut().for_each(|row| row.conditions[1] = row.conditions[0].map(|x| 0.1 + 0.5 * x));
            }
            _ => {}
        }
        let ours = match regress(&names, &rows) {
            Err(Refusal::FewSchools { .. }) => "refuse: fewer than 20 schools",
            Err(Refusal::FewSchoolsPerCoefficient { .. }) => "refuse: fewer than 10 schools for each coefficient",
            Err(Refusal::NoCounts) => "refuse: no counts, show the rates only",
            Err(refusal) => panic!("{case}: {refusal:?}"),
            Ok(fit) => match fit.dropped.as_slice() {
                [] => "fit",
                [Dropped::Constant { name }] if name == "condition 1" => "drop the condition and say so",
                [Dropped::LikeAnother { name, .. }] if name == "condition 1" => "drop the one chosen later and say so",
                dropped => panic!("{case}: {dropped:?}"),
            },
        };
        assert_eq!(Some(ours), case["answer"].as_str(), "{case}");
    }
}

#[test]
fn hidden_numbers_leave_a_school_out_and_separation_is_refused() {
    let (names, mut rows) = made(60, 2, wild);
    rows[3].chronic = None;
    rows[5].conditions[1] = None;
    let fit = regress(&names, &rows).unwrap();
    assert_eq!((fit.left_out.as_slice(), fit.schools.len()), ([3, 5].as_slice(), 58));
    assert!(fit.sentence().contains("2 schools are left out because a number is missing or hidden."));
    let (names, mut rows) = made(40, 1, |i, _| if i < 20 { 0.0 } else { 1.0 });
    for (i, row) in rows.iter_mut().enumerate() {
        row.chronic = if i < 20 { Some(0) } else { row.counted };
    }
    assert_eq!(regress(&names, &rows), Err(Refusal::NoConvergence));
}

fn check_printed(design: &[Vec<f64>], counts: &[(u64, u64)], printed: &[(f64, f64)], deviance: f64) {
    let fit = Logit::fit(design, counts).unwrap();
    for (j, (value, error)) in printed.iter().enumerate() {
        let relative = |ours: f64, theirs: f64| (ours / theirs - 1.0).abs();
        assert!(relative(fit.coefficients[j], *value) < 2e-5, "{j}: {} against {value}", fit.coefficients[j]);
        assert!(relative(fit.inverse[j][j].sqrt(), *error) < 2e-5, "{j}: {}", fit.inverse[j][j].sqrt());
    }
    assert!((fit.deviance() - deviance).abs() < 2e-3, "{}", fit.deviance());
}

/// Low birth weight, as printed in the Stata manual for `logistic`: coefficients and standard
/// errors; log likelihood −100.724.
const LBW: [(f64, f64); 9] = [
    (0.461_223_9, 1.204_59),
    (-0.027_100_3, 0.036_450_4),
    (-0.015_150_8, 0.006_925_9),
    (1.262_647, 0.526_410_1),
    (0.862_079_2, 0.439_153_2),
    (0.923_344_8, 0.400_826_6),
    (0.541_836_6, 0.346_249),
    (1.832_518, 0.691_629_2),
    (0.758_513_5, 0.459_376_8),
];

/// The same births as the R package MASS holds them, one mother a pound lighter. Fitted with
/// statsmodels 0.15.0: `GLM(low, [1, age, lwt, black, other, smoke, ptl, ht, ui], Binomial())`.
const BIRTHWT: [(f64, f64); 9] = [
    (0.464_403_282_650_9, 1.204_702_109_67),
    (-0.027_069_779_298_958, 0.036_452_614_296_83),
    (-0.015_182_562_862_581, 0.006_927_902_393_475),
    (1.263_219_375_548_41, 0.526_467_741_305_81),
    (0.861_635_107_534_35, 0.439_197_492_028_92),
    (0.923_349_157_228_78, 0.400_858_315_341_55),
    (0.541_755_119_489_07, 0.346_266_562_357_73),
    (1.833_695_609_912_97, 0.691_769_988_131_5),
    (0.758_596_504_211_15, 0.459_391_821_164_06),
];

#[test]
fn low_birth_weight_agrees_with_the_printed_fits() {
    for (path, printed, deviance) in [
        ("4_reference_numbers/statsmodels/stata_lbw_glm.csv", &LBW, 2.0 * 100.724),
        ("4_reference_numbers/regression/birthwt.csv", &BIRTHWT, 201.426_951_203_8),
    ] {
        let Some(rows) = table(path) else { return };
        assert_eq!(rows.len(), 190);
        let (mut design, mut counts) = (Vec::new(), Vec::new());
        for row in &rows[1..] {
            let is = |names: [&str; 2]| f64::from(u8::from(names.contains(&row[4].as_str())));
            let number = |i: usize| row[i].parse::<f64>().unwrap();
            let mut x = vec![1.0, number(2), number(3), is(["black", "2"]), is(["other", "3"])];
            x.extend([5, 6, 7, 8].map(number));
            design.push(x);
            counts.push((1, row[1].parse().unwrap()));
        }
        check_printed(&design, &counts, printed, deviance);
    }
}

/// Spector and Mazzeo's grades, as printed in Greene; log likelihood −12.88963.
#[test]
fn grades_agree_with_the_printed_fit() {
    let Some(text) = text("4_reference_numbers/statsmodels/spector.csv") else { return };
    let (mut design, mut counts) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let values: Vec<f64> = line.split_whitespace().map(|x| x.parse().unwrap()).collect();
        design.push(vec![1.0, values[1], values[2], values[3]]);
        counts.push((1, values[4] as u64));
    }
    assert_eq!(design.len(), 32);
    let printed = [(-13.021_35, 4.931_325), (2.826_113, 1.262_941), (0.095_157_7, 0.141_554_2), (2.378_688, 1.064_564)];
    check_printed(&design, &counts, &printed, 2.0 * 12.889_63);
}

/// Longley's data, columns nearly alike: the values certified by NIST.
#[test]
fn nearly_dependent_columns_agree_with_nist() {
    let Some(rows) = table("4_reference_numbers/statsmodels/longley.csv") else { return };
    assert_eq!(rows.len(), 17);
    let number = |text: &String| text.parse::<f64>().unwrap();
    let design: Vec<Vec<f64>> =
        rows[1..].iter().map(|row| std::iter::once(1.0).chain(row[2..].iter().map(number)).collect()).collect();
    let y: Vec<f64> = rows[1..].iter().map(|row| number(&row[1])).collect();
    let fit = least_squares(&design, &y, &[1.0; 16]).unwrap();
    let certified = [
        -3_482_258.634_595_82,
        15.061_872_271_373_3,
        -0.035_819_179_292_591_0,
        -2.020_229_803_816_83,
        -1.033_226_867_173_59,
        -0.051_104_105_653_580_7,
        1_829.151_464_613_55,
    ];
    for (ours, certified) in fit.coefficients.iter().zip(certified) {
        assert!((ours / certified - 1.0).abs() < 1e-8, "{ours} against {certified}");
    }
    assert!((fit.residual / 836_424.055_505_915 - 1.0).abs() < 1e-8, "{}", fit.residual);
}

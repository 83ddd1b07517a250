//! Reference answers for strata and expected rates.
//! Source: `4_reference_numbers/methods/03_standardisation.json`.

mod reference;

use bright_spots::attendance::GradeBand;
use bright_spots::compare::standardise::{Expected, standardise};
use bright_spots::compare::strata::{Condition, StrataTable, Stratum};
use reference::{close, methods};
use serde_json::Value;

#[path = "reference/district.rs"]
mod district;

#[test]
fn expected_rates_agree() {
    let Some(file) = methods("03_standardisation") else { return };
    let (rates, mut n_schools) = (file["tolerance"]["rates"].as_f64().unwrap(), 0);
    for district in file["districts"].as_array().unwrap() {
        let table = district::table(district);
        let ours = standardise(&table);
        for theirs in district["schools"].as_array().unwrap() {
            let name = theirs["school"].as_str().unwrap();
            let at = table.units.iter().position(|unit| unit == name).unwrap();
            check(&format!("{} {name}", district["name"]), &ours[at], theirs, rates);
            n_schools += 1;
        }
    }
    assert_eq!(n_schools, 28, "five districts");
}

fn check(what: &str, ours: &Expected, theirs: &Value, rates: f64) {
    for (key, ours) in [
        ("counted", ours.counted),
        ("compared", ours.compared),
        ("backed_off", ours.backed_off),
        ("observed", ours.observed),
        ("observed_all", ours.observed_all),
    ] {
        assert_eq!(Some(ours), theirs[key].as_u64(), "{what} {key}");
    }
    assert_eq!(Some(ours.has_expected()), theirs["has_expected"].as_bool(), "{what}");
    close(&format!("{what} E"), ours.expected, &theirs["expected_count"], rates * 1e3);
    close(&format!("{what} V_O"), ours.var_observed, &theirs["var_observed"], rates * 1e3);
    close(&format!("{what} V_E"), ours.var_expected, &theirs["var_expected"], rates * 1e3);
    close(&format!("{what} E_P"), ours.pooled_expected, &theirs["pooled_expected"], rates * 1e3);
    close(&format!("{what} V_P"), ours.pooled_variance, &theirs["pooled_variance"], rates * 1e3);
    let concentration = (ours.compared > 0).then_some(ours.concentration);
    close(&format!("{what} H"), concentration, &theirs["concentration"], rates);
    if ours.has_expected() {
        close(&format!("{what} rate"), ours.expected_rate(), &theirs["expected_rate"], rates);
        let (difference, (lower, upper)) = ours.difference().unwrap();
        close(&format!("{what} difference"), difference, &theirs["difference"], rates);
        close(&format!("{what} lower"), lower, &theirs["difference_interval"][0], rates);
        close(&format!("{what} upper"), upper, &theirs["difference_interval"][1], rates);
        close(&format!("{what} ratio"), ours.ratio(), &theirs["ratio"], rates);
    }
    let expected: f64 = ours.rows.iter().map(|row| row.expected).sum();
    assert!((expected - ours.expected).abs() < 1e-9, "{what}: the table adds up to the sum");
    assert_eq!(ours.rows.iter().map(|row| row.counted).sum::<u64>(), ours.counted, "{what}: nobody vanishes");
}

/// A K–8 school, two K–5 schools and a 6–8 school, invented: each rule of merging once.
#[test]
fn merging_follows_the_stated_order_and_never_crosses_bands() {
    let yes_no = |key: &str| Condition {
        key: key.to_owned(),
        label: key.to_owned(),
        values: vec!["No".to_owned(), "Yes".to_owned()],
    };
    let units = ["Alder", "Birch", "Cedar"].map(str::to_owned).to_vec();
    let stratum = |band, codes: &[u8]| Stratum { band, codes: codes.to_vec() };
    let rows = vec![
        // Twelve elsewhere: own cell. Eleven elsewhere only when the second condition is dropped.
        (0, stratum(GradeBand::Grades1To5, &[2, 2]), 20, 5),
        (0, stratum(GradeBand::Grades1To5, &[1, 2]), 10, 1),
        (1, stratum(GradeBand::Grades1To5, &[2, 2]), 12, 6),
        (1, stratum(GradeBand::Grades1To5, &[1, 2]), 5, 1),
        (2, stratum(GradeBand::Grades1To5, &[1, 1]), 6, 2),
        // Kindergarten is thin everywhere: it merges with grades 1–5.
        (0, stratum(GradeBand::K, &[2, 1]), 4, 1),
        (1, stratum(GradeBand::K, &[2, 1]), 3, 0),
        // Nobody else teaches grades 6–8.
        (2, stratum(GradeBand::Grades6To8, &[1, 1]), 50, 9),
    ];
    let table = StrataTable::from_rows(vec![yes_no("a"), yes_no("b")], units, rows);
    let alder = &standardise(&table)[0];
    let levels: Vec<(usize, u64, u64)> =
        alder.rows.iter().map(|row| (row.level, row.counted, row.reference_counted)).collect();
    assert_eq!(levels, vec![(3, 4, 26), (1, 10, 11), (0, 20, 12)]);
    assert!((alder.expected - (4.0 * 9.0 / 26.0 + 10.0 * 3.0 / 11.0 + 20.0 * 0.5)).abs() < 1e-12);
    let cedar = &standardise(&table)[2];
    assert_eq!((cedar.compared, cedar.counted, cedar.expected_rate()), (6, 56, None));
}

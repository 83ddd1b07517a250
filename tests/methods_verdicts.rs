//! Reference answers for the spread of schools, the funnel, tails, verdicts and the way from
//! counts to verdicts.
//! Sources: `4_reference_numbers/methods/04_overdispersion.json`, `05_verdicts.json`,
//! `05_end_to_end.json`; `phe/testdata_funnel_prop_outputs.csv`.

#[path = "reference/district.rs"]
mod district;
mod reference;

use bright_spots::compare::flags::Flag;
use bright_spots::compare::spread::{Basis, Residual, Spread, funnel_limits};
use bright_spots::compare::standardise::standardise;
use bright_spots::compare::tail::Count;
use bright_spots::compare::verdict::{Case, Judgement, judge};
use reference::{close, methods, number, table};
use serde_json::Value;

fn residual(school: &Value) -> Residual {
    Residual {
        observed: school["observed_all"].as_u64().unwrap(),
        expected: number(&school["pooled_expected"]),
        variance: number(&school["pooled_variance"]),
    }
}

#[test]
fn spreads_agree() {
    let Some(file) = methods("04_overdispersion") else { return };
    let rates = number(&file["tolerance"]["rates"]);
    for district in file["districts"].as_array().unwrap() {
        let schools = district["schools"].as_array().unwrap();
        let residuals: Vec<Residual> =
            schools.iter().filter(|s| s["has_expected"] == Value::Bool(true)).map(residual).collect();
        let (ours, theirs) = (Spread::estimate(&residuals), &district["spread"]);
        assert_eq!(Some(ours.schools as u64), theirs["schools"].as_u64());
        assert_eq!(Some(ours.winsorised_each_end as u64), theirs["winsorised_each_end"].as_u64());
        assert_eq!(ours.basis, Basis::Estimated);
        for (z, theirs) in ours.z.iter().zip(theirs["z"].as_array().unwrap()) {
            close("z", *z, theirs, rates);
        }
        close("consistency", ours.consistency, &theirs["consistency"], rates);
        close("phi", ours.phi, &theirs["phi"], rates);
        close("tau2", ours.tau2, &theirs["tau2"], rates);
        close("tau2 used", ours.tau2_used, &theirs["tau2_used"], rates);
    }
    let assumed = &file["assumed_spread_when_under_ten"];
    for district in assumed["districts"].as_array().unwrap() {
        let spread = Spread::assumed(district["schools_with_expected"].as_u64().unwrap() as usize);
        close("assumed tau", spread.tau_used(), &assumed["tau"], rates);
        assert_eq!(spread.basis, Basis::Assumed);
    }
}

#[test]
fn beta_binomial_tails_agree() {
    let Some(file) = methods("04_overdispersion") else { return };
    let tolerance = number(&file["tolerance"]["tails"]);
    let cases = file["beta_binomial_mid_p"].as_array().unwrap();
    assert_eq!(cases.len(), 80);
    for case in cases {
        let count = Count { n: case["n"].as_u64().unwrap(), p: number(&case["p"]), rho: number(&case["rho"]) };
        let tail = count.mid_p(case["observed"].as_u64().unwrap());
        close(&case.to_string(), tail, &case["tail_low"], tolerance);
        // Far tails keep their digits too.
        let theirs = number(&case["tail_low"]);
        assert!((tail / theirs - 1.0).abs() < 1e-6, "{case}: {tail}");
    }
}

#[test]
fn funnels_agree() {
    let Some(file) = methods("04_overdispersion") else { return };
    let (rates, tails) = (number(&file["tolerance"]["rates"]), number(&file["tolerance"]["tails"]));
    for case in file["funnel"].as_array().unwrap() {
        let limits = funnel_limits(number(&case["centre"]), case["n"].as_u64().unwrap(), number(&case["tau2"]));
        for (key, (lower, upper), tolerance) in [
            ("plain_95", limits.plain_95, rates),
            ("plain_99.8", limits.plain_998, rates),
            ("spread_95", limits.spread_95, tails),
            ("spread_99.8", limits.spread_998, tails),
        ] {
            close(&format!("{case} {key}"), lower, &case[key][0], tolerance);
            close(&format!("{case} {key}"), upper, &case[key][1], tolerance);
        }
    }
}

/// Percent, six decimals printed.
#[test]
fn plain_funnel_limits_agree_with_public_health_england() {
    let Some(rows) = table("4_reference_numbers/phe/testdata_funnel_prop_outputs.csv") else { return };
    assert_eq!(rows.len(), 101);
    for row in &rows[1..] {
        let number = |i: usize| row[i].parse::<f64>().unwrap();
        let limits = funnel_limits(number(5) / 100.0, number(0) as u64, 0.0);
        for ((lower, upper), l, u) in
            [(limits.plain_95, number(1), number(2)), (limits.plain_998, number(3), number(4))]
        {
            assert!((100.0 * lower - l).abs() < 2e-6 && (100.0 * upper - u).abs() < 2e-6, "{row:?}: {lower} {upper}");
        }
    }
}

fn case(input: &Value) -> Case {
    let var_observed = number(&input["var_observed"]);
    let estimation = if var_observed > 0.0 { number(&input["var_expected"]) / var_observed.powi(2) } else { 0.0 };
    Case {
        compared: input["compared"].as_u64().unwrap(),
        observed: input["observed"].as_u64().unwrap(),
        expected: input["has_expected"].as_bool().unwrap().then(|| number(&input["expected_count"])),
        spreads: 1.0 + input["concentration"].as_f64().unwrap_or(0.0),
        estimation,
    }
}

fn spread(value: &Value) -> Spread {
    Spread {
        tau2_used: number(&value["tau2_used"]),
        basis: if value["assumed"] == Value::Bool(true) { Basis::Assumed } else { Basis::Estimated },
        ..Spread::assumed(value["schools"].as_u64().unwrap() as usize)
    }
}

fn check(what: &str, ours: &Judgement, theirs: &Value, file: &Value) {
    let (rates, tails) = (number(&file["tolerance"]["rates"]), number(&file["tolerance"]["tails"]));
    assert_eq!(Some(ours.verdict.key()), theirs["verdict"].as_str(), "{what}: {ours:?}");
    if theirs["omega2"].is_null() {
        assert_eq!(ours.tails, None, "{what}");
        return;
    }
    let t = ours.tails.unwrap();
    close(&format!("{what} omega2"), t.omega2, &theirs["omega2"], rates);
    close(&format!("{what} rho"), t.rho, &theirs["rho"], rates);
    close(&format!("{what} low"), t.low, &theirs["tail_low"], tails);
    close(&format!("{what} low'"), t.low_for_possible, &theirs["tail_low_for_possible"], tails);
    close(&format!("{what} half"), t.half, &theirs["half_tail"], tails);
}

#[test]
fn verdicts_agree_on_made_cases() {
    let Some(file) = methods("05_verdicts") else { return };
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 32);
    for made in cases {
        let n_flags = made["red_flags"].as_array().unwrap().len();
        let flags = vec![Flag::Missing { share: 0.06 }; n_flags];
        let ours = judge(&case(&made["input"]), &spread(&made["spread"]), &flags);
        check(&made["input"].to_string(), &ours, &made["expect"], &file);
        assert!(!ours.sentence(&case(&made["input"])).is_empty());
    }
}

#[test]
fn verdicts_agree_on_whole_districts() {
    let Some(file) = methods("05_verdicts") else { return };
    for district in file["districts"].as_array().unwrap() {
        let spread = spread(&district["spread"]);
        for school in district["schools"].as_array().unwrap() {
            let ours = judge(&case(school), &spread, &[]);
            check(&format!("{} {}", district["name"], school["school"]), &ours, &school["judgement"], &file);
        }
    }
}

#[test]
fn counts_lead_to_the_same_verdicts() {
    let Some(file) = methods("05_end_to_end") else { return };
    let (rates, tails) = (number(&file["tolerance"]["rates"]), number(&file["tolerance"]["tails"]));
    let mut n_schools = 0;
    for district in file["districts"].as_array().unwrap() {
        let table = district::table(district);
        let comparison = bright_spots::compare::comparison::Comparison::of(&table, |_, _| Vec::new());
        assert_eq!(comparison.expected, standardise(&table));
        for theirs in district["expect"].as_array().unwrap() {
            let at = table.units.iter().position(|unit| Some(unit.as_str()) == theirs["school"].as_str()).unwrap();
            let (expected, judgement) = (&comparison.expected[at], &comparison.judgements[at]);
            close("rate", expected.expected_rate(), &theirs["expected_rate"], rates);
            close("low", judgement.tails.map(|t| t.low), &theirs["tail_low"], tails);
            close("low'", judgement.tails.map(|t| t.low_for_possible), &theirs["tail_low_for_possible"], tails);
            assert_eq!(Some(judgement.verdict.key()), theirs["verdict"].as_str(), "{theirs}");
            n_schools += 1;
        }
    }
    assert_eq!(n_schools, 77);
}

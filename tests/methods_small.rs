//! Reference answers for groups, peers, days left, data flags and run charts.
//! Sources: `4_reference_numbers/methods/08_two_groups.json`, `09_peers.json`, `12_days_left.json`,
//! `13_data_flags.json`; `two_by_two/epi2by2_published.json`; `runs/anhoej_critical_values.csv`;
//! `qicharts2/hai_1_expected.csv` and `hai_2_expected.csv`.

mod reference;

use bright_spots::attendance::{Days, Grade};
use bright_spots::compare::days_left::days_left;
use bright_spots::compare::flags::{self, Level, NearThreshold};
use bright_spots::compare::peers::{Feature, Kind, PeerSchool, Scale, Value as PeerValue};
use bright_spots::compare::runchart::{limits, run_chart, runs_around};
use bright_spots::compare::spread::Spread;
use bright_spots::compare::two_groups::{RatioMethod, TwoGroups, relative_risk};
use bright_spots::compare::verdict::{Case, tails};
use reference::{close, methods, number, table, text};
use serde_json::Value;
use std::collections::BTreeMap;

fn groups(case: &Value) -> TwoGroups {
    let count = |key: &str| case[key].as_u64().unwrap();
    TwoGroups {
        with_chronic: count("with_chronic"),
        with_counted: count("with_n"),
        without_chronic: count("without_chronic"),
        without_counted: count("without_n"),
    }
}

#[test]
fn groups_with_and_without_agree() {
    let Some(file) = methods("08_two_groups") else { return };
    let closed = number(&file["tolerance"]["closed_forms"]);
    let relative = number(&file["tolerance"]["koopman_relative"]);
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 32);
    for case in cases {
        let ours = groups(case);
        let what = case.to_string();
        close(&what, ours.rate_with(), &case["rate_with"], closed);
        close(&what, ours.rate_without(), &case["rate_without"], closed);
        let (gap, (lower, upper)) = ours.gap().unwrap();
        close(&what, gap, &case["gap"], closed);
        close(&what, lower, &case["gap_interval_newcombe"][0], closed);
        close(&what, upper, &case["gap_interval_newcombe"][1], closed);
        let risk = relative_risk(&ours);
        close(&what, risk.and_then(|risk| risk.ratio), &case["relative_risk"], closed);
        match (risk, case["interval_kind"].as_str().unwrap()) {
            (None, "none") => {}
            (Some(risk), kind) => {
                let score = kind == "score (Koopman)";
                assert_eq!(risk.method == RatioMethod::Score, score, "{what}");
                for (ours, theirs) in [risk.interval.0, risk.interval.1]
                    .into_iter()
                    .zip(case["relative_risk_interval"].as_array().unwrap())
                {
                    let tolerance = if score { relative * number(theirs).min(1e9) } else { closed };
                    close(&what, ours, theirs, tolerance.max(1e-12));
                }
            }
            other => panic!("{what}: {other:?}"),
        }
        let share = ours.share_of_chronic();
        close(&what, share.map(|share| share.value), &case["share_of_chronic"], closed);
        if let Some(share) = share {
            close(&what, share.interval.0, &case["share_interval"][0], closed);
            close(&what, share.interval.1, &case["share_interval"][1], closed);
            close(&what, ours.share_of_students(), &case["share_of_students"], closed);
        }
    }
}

/// Relative risks and risk differences printed with two or three decimals; the gap's interval is
/// Newcombe's here and Wald's there, so only its middle is compared. The page that disagrees with
/// its own counts must disagree with us too.
#[test]
fn published_two_by_two_tables_agree() {
    let Some(json) = text("4_reference_numbers/two_by_two/epi2by2_published.json") else { return };
    let tables: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(tables.len(), 7);
    for published in tables {
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|key| published[key].as_u64().unwrap());
        let ours = TwoGroups { with_chronic: a, with_counted: a + b, without_chronic: c, without_counted: c + d };
        let risk = relative_risk(&ours).unwrap();
        let risks = [risk.ratio.unwrap(), risk.interval.0, risk.interval.1];
        let decimals = if published["reject"] == Value::Bool(true) { 3 } else { 2 };
        let agrees = risks
            .iter()
            .zip(published["RR"].as_array().unwrap())
            .all(|(ours, theirs)| (ours - number(theirs)).abs() <= 0.5001 * 10f64.powi(-decimals));
        assert_eq!(agrees, published["reject"] == Value::Bool(false), "{published}: {risks:?}");
        let (gap, _) = ours.gap().unwrap();
        let agrees = (100.0 * gap - number(&published["AR"][0])).abs() < 0.0051;
        assert_eq!(agrees, published["reject"] == Value::Bool(false), "{published}: {gap}");
    }
}

#[test]
fn peers_agree() {
    let Some(file) = methods("09_peers") else { return };
    let tolerance = number(&file["tolerance"]);
    let keys = [
        ("economically_disadvantaged", Kind::Percent),
        ("special_education", Kind::Percent),
        ("english_learner", Kind::Percent),
        ("students", Kind::Size),
        ("locale", Kind::Category),
    ];
    let features: Vec<Feature> = keys
        .iter()
        .map(|(key, kind)| Feature { label: (*key).to_owned(), kind: *kind, weight: kind.weight() })
        .collect();
    let weights: Vec<f64> = file["weights"].as_object().unwrap().values().map(number).collect();
    assert_eq!(weights.iter().sum::<f64>(), features.iter().map(|feature| feature.weight).sum::<f64>());
    let schools: Vec<PeerSchool> = file["schools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|school| PeerSchool {
            name: school["school"].as_str().unwrap().to_owned(),
            grades: school["grades"]
                .as_array()
                .unwrap()
                .iter()
                .map(|g| Grade::parse(g.as_str().unwrap()).unwrap())
                .collect(),
            values: keys
                .iter()
                .map(|(key, _)| match &school[*key] {
                    Value::Null => PeerValue::Unknown,
                    Value::String(name) => PeerValue::Name(name.clone()),
                    value => PeerValue::Number(number(value)),
                })
                .collect(),
        })
        .collect();
    let scale = Scale::new(features, &schools);
    for (i, key) in
        ["economically_disadvantaged", "special_education", "english_learner", "log2_students"].iter().enumerate()
    {
        close(key, scale.deviations[i], &file["scale"][*key], tolerance);
    }
    for answer in file["answers"].as_array().unwrap() {
        let of = schools.iter().position(|school| Some(school.name.as_str()) == answer["school"].as_str()).unwrap();
        let ours = scale.peers(&schools, of);
        let theirs = answer["peers"].as_array().unwrap();
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert_eq!(Some(schools[ours.school].name.as_str()), theirs["school"].as_str());
            close("distance", ours.distance, &theirs["distance"], tolerance);
            close("overlap", ours.grade_overlap, &theirs["grade_overlap"], tolerance);
        }
    }
}

#[test]
fn days_left_agree() {
    let Some(file) = methods("12_days_left") else { return };
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 51);
    for case in cases {
        let days = |key: &str| Days::from_thousandths(case[key].as_i64().unwrap());
        let ours = days_left(
            days("enrolled_thousandths"),
            days("absent_thousandths"),
            case["days_remaining"].as_u64().unwrap() as u32,
        )
        .unwrap();
        assert_eq!(ours.may_still_miss.map(u64::from), case["may_still_miss"].as_u64(), "{case}");
        assert_eq!(Some(ours.may_still_miss.is_some()), case["can_end_under_10"].as_bool(), "{case}");
        assert_eq!(ours.in_a_row_to_get_under.map(u64::from), case["days_in_a_row_to_get_under_10"].as_u64(), "{case}");
        assert_eq!(Some(u64::from(ours.absences_to_reach)), case["absences_in_a_row_to_reach_10"].as_u64(), "{case}");
        assert!(ours.sentence().ends_with('.'));
    }
}

fn counts(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|x| x.as_u64().unwrap()).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

#[test]
fn data_flags_agree() {
    let Some(file) = methods("13_data_flags") else { return };
    let tolerance = number(&file["tolerance"]);
    let cases = |key: &str| file[key].as_array().unwrap().clone();
    for case in cases("grade_jump") {
        let ours =
            flags::grade_jump(&counts(&case["observed"]), &numbers(&case["expected"]), number(&case["expected_rate"]));
        let theirs = &case["answer"];
        close("T", ours.t, &theirs["T"], tolerance);
        close("z", ours.z, &theirs["z"], tolerance);
        assert_eq!(ours.cut.map(|cut| cut as u64), theirs["cut"].as_u64(), "{case}");
        assert_eq!(Some(ours.is_red()), theirs["flag"].as_bool(), "{case}");
    }
    for case in cases("grade_without_absence") {
        let elsewhere = counts(&case["share_without_absence_elsewhere"]);
        let students = case["students"].as_u64().unwrap();
        let p = flags::without_absence_chance(students, elsewhere[0], elsewhere[1]);
        close("p", p, &case["p"], tolerance);
        let red = flags::grade_without_absence_is_red(students, elsewhere[0], elsewhere[1]);
        assert_eq!(Some(red), case["flag"].as_bool(), "{case}");
    }
    for case in cases("weekday") {
        let ours = flags::weekdays(&numbers(&case["absent_days"]), &numbers(&case["student_days"]));
        for (ours, theirs) in ours.iter().zip(case["answer"].as_array().unwrap()) {
            close("expected", ours.expected, &theirs["expected"], tolerance);
            close("ratio", ours.ratio, &theirs["ratio"], tolerance);
            assert_eq!(Some(ours.is_red()), theirs["flag"].as_bool(), "{case}");
        }
    }
    for case in cases("heaping") {
        let (below, above) =
            (case["last_day_below"].as_u64().unwrap(), case["first_day_at_or_above"].as_u64().unwrap());
        close("p", flags::heaping_chance(below, above), &case["p"], tolerance);
        assert_eq!(Some(flags::heaping_is_red(below, above)), case["flag"].as_bool(), "{case}");
    }
    for case in cases("heaping_bins") {
        let (enrolled, absent) =
            (case["enrolled_thousandths"].as_i64().unwrap(), case["absent_thousandths"].as_i64().unwrap());
        let ours = match flags::near_threshold(enrolled, absent, 10_000) {
            NearThreshold::Below => "below",
            NearThreshold::Above => "above",
            NearThreshold::Neither => "neither",
        };
        assert_eq!(Some(ours), case["bin"].as_str(), "{case}");
    }
    for case in cases("missing_attendance") {
        let level =
            flags::missing_level(case["expected_student_days"].as_u64().unwrap(), case["recorded"].as_u64().unwrap());
        let ours = match level {
            Level::None => "none",
            Level::Amber => "amber",
            Level::Red => "red",
        };
        assert_eq!(Some(ours), case["level"].as_str(), "{case}");
    }
    for case in cases("too_good") {
        let (compared, expected) = (case["compared"].as_u64().unwrap(), number(&case["expected_count"]));
        let observed = case["observed"].as_u64().unwrap();
        // V_O is not given; with one stratum it is n p (1 − p).
        let p = expected / compared as f64;
        let var_observed = compared as f64 * p * (1.0 - p);
        let made = Case {
            compared,
            observed,
            expected: Some(expected),
            spreads: 1.0 + number(&case["concentration"]),
            estimation: number(&case["var_expected"]) / var_observed.powi(2),
        };
        let spread = Spread { tau2_used: number(&case["tau2_used"]), ..Spread::assumed(40) };
        let low = tails(&made, &spread).unwrap().low;
        close("low", low, &case["tail_low"], tolerance);
        assert_eq!(Some(flags::too_good_is_red(observed, expected, low)), case["flag"].as_bool(), "{case}");
    }
}

#[test]
fn run_chart_limits_agree_with_the_published_table() {
    let Some(rows) = table("4_reference_numbers/runs/anhoej_critical_values.csv") else { return };
    assert_eq!(rows.len(), 92);
    for row in &rows[1..] {
        let [useful, run, crossings] = [0, 1, 2].map(|i| row[i].parse::<usize>().unwrap());
        assert_eq!(limits(useful), Some((run, crossings)), "{useful} points");
    }
}

/// Hospital infections by month, per patient day, as the R package qicharts2 judges them.
#[test]
fn run_charts_agree_with_qicharts2() {
    let (Some(data), Some(all), Some(by_kind)) = (
        table("4_reference_numbers/qicharts2/data_hospital_infections.csv"),
        table("4_reference_numbers/qicharts2/hai_1_expected.csv"),
        table("4_reference_numbers/qicharts2/hai_2_expected.csv"),
    ) else {
        return;
    };
    // (infection, month) to summed counts and days; "" holds all infections together.
    let mut sums: BTreeMap<(String, String), (f64, f64)> = BTreeMap::new();
    for row in &data[1..] {
        let (n, days): (f64, f64) = (row[3].parse().unwrap(), row[4].parse().unwrap());
        for kind in [String::new(), row[1].clone()] {
            let sum = sums.entry((kind, row[2].clone())).or_default();
            sum.0 += n;
            sum.1 += days;
        }
    }
    for (kind, expected) in [("", &all[1])].into_iter().chain(by_kind[1..].iter().map(|row| (row[0].as_str(), row))) {
        let series: Vec<Option<f64>> =
            sums.iter().filter(|((k, _), _)| k == kind).map(|(_, (n, days))| Some(n / days)).collect();
        let ours = run_chart(&series);
        let theirs = |i: usize| expected[i].parse::<f64>().unwrap() as usize;
        assert_eq!((series.len(), ours.useful), (theirs(3), theirs(4)), "{kind}");
        // The package draws these around the mean of a control chart, so that is where runs are counted.
        let values: Vec<f64> = series.iter().flatten().copied().collect();
        let runs = runs_around(&values, expected[11].parse().unwrap());
        assert_eq!((runs.useful, runs.longest, runs.crossings), (theirs(4), theirs(5), theirs(7)), "{kind}");
        assert_eq!(ours.longest_run_limit, Some(theirs(6)), "{kind}");
        assert_eq!(ours.crossings_limit, Some(theirs(8)), "{kind}");
        assert_eq!(ours.moved(), theirs(9) == 1, "{kind}");
    }
}

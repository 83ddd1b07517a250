//! The evidence of a test of change: against the reference numbers, and on cases of our own that
//! were worked out by hand.

use bright_spots::attendance::{
    Dataset, Day, DayBits, DayRule, Days, Definition, Grade, Kind, Mark, School, Stay, Student, Tier,
};
use bright_spots::compare::runchart as rules;
use bright_spots::plans::evidence::{self, Plan, Pupil, Records, Refusal, Speak, Window, words};
use bright_spots::plans::model::Group;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn reference() -> Option<Value> {
    let data = std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let path = PathBuf::from(data).join("4_reference_numbers/methods/11_tests_of_change.json");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the reference file is JSON")),
        Err(_) => {
            println!("SKIPPED: {} is not here", path.display());
            None
        }
    }
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap_or_else(|| panic!("{text} is not a day"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn close(name: &str, found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{name}: {found} instead of {wanted}");
}

fn check_rules(found: &rules::RunChart, answer: &Value) {
    close("median", found.median.expect("a median"), answer["median"].as_f64().expect("number"), 1e-9);
    for (name, n) in [
        ("points", Some(found.points)),
        ("useful", Some(found.useful)),
        ("longest_run", Some(found.longest_run)),
        ("longest_run_limit", found.longest_run_limit),
        ("crossings", Some(found.crossings)),
        ("crossings_limit", found.crossings_limit),
        ("longest_trend", Some(found.longest_trend)),
    ] {
        assert_eq!(n.map(|n| n as u64), answer[name].as_u64(), "{name} in {answer}");
    }
    for (name, flag) in [("shift", found.shift), ("too_few_crossings", found.too_few_crossings), ("trend", found.trend)]
    {
        assert_eq!(flag, answer[name].as_bool(), "{name} in {answer}");
    }
}

#[test]
fn run_chart_rules_agree_with_the_reference() {
    let Some(reference) = reference() else { return };
    let charts = reference["run_charts"].as_array().expect("a list");
    assert_eq!(charts.len(), 6);
    for chart in charts {
        let series: Vec<Option<f64>> = chart["series"].as_array().expect("a list").iter().map(Value::as_f64).collect();
        check_rules(&rules::run_chart(&series), &chart["answer"]);
    }
}

fn reference_records(test: &Value) -> Records {
    let days: Vec<Day> = test["school_days"].as_array().expect("days").iter().map(|d| day(text(d))).collect();
    let at = |d: Day| days.binary_search(&d).expect("a school day");
    let mut session = DayBits::default();
    for i in 0..days.len() {
        let _ = session.insert(i);
    }
    let not_taken = &test["attendance_not_taken"];
    let pupils = test["students"]
        .as_array()
        .expect("students")
        .iter()
        .map(|s| {
            let (entry, exit) = (day(text(&s["entry"])), day(text(&s["exit"])));
            let mut pupil = Pupil {
                id: text(&s["id"]).to_owned(),
                grade: Grade::Year(u8::try_from(s["grade"].as_u64().expect("grade")).expect("small")),
                ..Pupil::default()
            };
            for (i, d) in days.iter().enumerate().filter(|(_, d)| entry <= **d && **d <= exit) {
                let _ = pupil.on_roll.insert(i);
                let missing = not_taken["days"].as_array().expect("days").iter().any(|x| day(text(x)) == *d);
                if s["grade"] == not_taken["grade"] && missing {
                    let _ = pupil.not_taken.insert(i);
                }
            }
            for (d, missed) in s["absent_thousandths"].as_object().expect("a map") {
                let missed = u16::try_from(missed.as_u64().expect("number")).expect("at most a day");
                let _ = pupil.absent.insert(at(day(d)), missed);
            }
            pupil
        })
        .collect();
    Records { days, sessions: vec![session], pupils }
}

#[test]
fn a_test_of_change_agrees_with_the_reference() {
    let Some(reference) = reference() else { return };
    let test = &reference["test_of_change"];
    let answer = &test["answer"];
    let records = reference_records(test);
    let ids = |v: &Value| -> Vec<String> { v.as_array().expect("ids").iter().map(|x| text(x).to_owned()).collect() };
    let plan = Plan {
        chosen: ids(&test["chosen"]),
        begins: day(text(&test["start"])),
        ends: day(text(&test["end"])),
        outcome: None,
    };
    let study = evidence::study(&records, &plan).expect("an answer");

    assert_eq!(study.windows.len(), 5);
    for result in &study.windows {
        let wanted = &answer["windows"][result.window.key()];
        assert_eq!(result.span.from.iso(), text(&wanted[0]));
        assert_eq!(result.span.to.iso(), text(&wanted[1]));
        assert_eq!(result.span.school_days as u64, wanted[2].as_u64().expect("days"));
        let rates = &answer["days_per_20"][result.window.key()];
        close("chosen", result.chosen.expect("chosen").0, rates["chosen"].as_f64().expect("rate"), 1e-9);
        close("not chosen", result.not_chosen.expect("pool").0, rates["not_chosen"].as_f64().expect("rate"), 1e-9);
    }
    assert_eq!(study.analysed_chosen, ids(&answer["analysed_chosen"]));
    assert_eq!(study.left_out_chosen, ids(&answer["left_out_chosen"]));
    assert_eq!(study.pool as u64, answer["pool"].as_u64().expect("pool"));
    for (id, windows) in answer["per_student_thousandths"].as_object().expect("a map") {
        for window in Window::ALL {
            let found = study.exposures[id][&window];
            let wanted = &windows[window.key()];
            assert_eq!(u64::from(found.days), wanted[0].as_u64().expect("days"), "{id} {window:?}");
            assert_eq!(found.absent.thousandths(), wanted[1].as_i64().expect("absent"), "{id} {window:?}");
        }
    }
    let c = &study.comparison;
    for i in 0..2 {
        close("scale", c.scale[i], answer["scale_sd"][i].as_f64().expect("sd"), 1e-9);
        close("slope", c.slopes[i], answer["slopes"][i].as_f64().expect("slope"), 1e-9);
    }
    let wanted: Vec<(String, Vec<String>)> = answer["matched"]
        .as_array()
        .expect("pairs")
        .iter()
        .map(|p| {
            let mut similar = ids(&p[1]);
            similar.sort();
            (text(&p[0]).to_owned(), similar)
        })
        .collect();
    let found: Vec<(String, Vec<String>)> = c
        .pairs
        .iter()
        .map(|p| {
            let mut similar = p.similar.clone();
            similar.sort();
            (p.chosen.clone(), similar)
        })
        .collect();
    assert_eq!(found, wanted);
    assert_eq!(c.pairs.len() as u64, answer["pairs"].as_u64().expect("pairs"));
    assert_eq!(c.speak, Speak::Yes);
    close("share", c.matched_share, answer["matched_share"].as_f64().expect("share"), 1e-9);
    close("difference", c.difference.expect("one"), answer["difference_per_20_days"].as_f64().expect("one"), 1e-9);
    let (lower, upper) = c.interval.expect("an interval");
    close("lower", lower, answer["interval"][0].as_f64().expect("lower"), 1e-7);
    close("upper", upper, answer["interval"][1].as_f64().expect("upper"), 1e-7);

    let weeks = answer["weekly_percent_absent_chosen"].as_array().expect("weeks");
    assert_eq!(study.weekly.len(), weeks.len());
    for (found, wanted) in study.weekly.iter().zip(weeks) {
        assert_eq!(found.first.iso(), text(&wanted[0]));
        close("week", found.chosen.expect("a value"), wanted[1].as_f64().expect("value"), 1e-9);
    }
    check_rules(&study.run_chart, &answer["run_chart"]);
    assert!(words::finding(&study).ends_with("The difference could be chance."), "{}", words::finding(&study));
}

/// Weekdays from Monday 1 September 2025 on, without the two weeks from 22 December.
fn calendar(n: usize) -> Vec<Day> {
    let (first, closed) = (day("2025-09-01"), day("2025-12-22")..day("2026-01-05"));
    (0..400).map(|i| first.plus(i)).filter(|d| d.weekday() < 5 && !closed.contains(d)).take(n).collect()
}

/// A student who is enrolled on `on` and misses whole days at `absent`, all as positions.
fn pupil(id: &str, on: std::ops::Range<usize>, absent: &[usize]) -> Pupil {
    let mut pupil = Pupil { id: id.to_owned(), grade: Grade::Year(4), ..Pupil::default() };
    for at in on {
        let _ = pupil.on_roll.insert(at);
    }
    pupil.absent = absent.iter().map(|at| (*at, 1000)).collect::<BTreeMap<_, _>>();
    pupil
}

fn school(n: usize, pupils: Vec<Pupil>) -> Records {
    let mut session = DayBits::default();
    for at in 0..n {
        let _ = session.insert(at);
    }
    Records { days: calendar(n), sessions: vec![session], pupils }
}

/// A test across the winter break. Day 70 is Monday 8 December 2025 (14 weeks of five days after
/// 1 September); day 80 would be 22 December and is 5 January 2026. The test runs from day 75
/// (15 December) to day 84 (9 January): 10 school days over 10 weekdays without school.
fn across_the_break(pupils: Vec<Pupil>) -> (Records, Plan) {
    let plan = Plan { chosen: vec!["c".into()], begins: day("2025-12-15"), ends: day("2026-01-09"), outcome: None };
    (school(120, pupils), plan)
}

#[test]
fn windows_count_school_days_and_say_where_a_break_made_them_longer() {
    // Day by day: earlier 35–54, before 55–74, during 75–84, after 85–94 and 85–104.
    let (records, plan) = across_the_break(vec![pupil("c", 0..120, &[36, 60, 61, 80]), pupil("d", 0..120, &[60])]);
    let study = evidence::study(&records, &plan).expect("an answer");
    let spans: Vec<(String, String, usize, usize)> = study
        .windows
        .iter()
        .map(|w| (w.span.from.iso(), w.span.to.iso(), w.span.school_days, w.span.weekdays_without_school))
        .collect();
    let want = |from: &str, to: &str, n, closed| (from.to_owned(), to.to_owned(), n, closed);
    assert_eq!(
        spans,
        [
            want("2025-10-20", "2025-11-14", 20, 0),
            want("2025-11-17", "2025-12-12", 20, 0),
            want("2025-12-15", "2026-01-09", 10, 10),
            want("2026-01-12", "2026-01-23", 10, 0),
            want("2026-01-12", "2026-02-06", 20, 0),
        ]
    );
    // c: 1 of 20, 2 of 20, then 1 of 10, which is 2 per 20 days.
    let rates: Vec<f64> = study.windows.iter().map(|w| w.chosen.expect("c").0).collect();
    assert_eq!(rates, [1.0, 2.0, 2.0, 0.0, 0.0]);
    let said = words::breaks(&study.windows[2]).expect("a remark");
    assert!(said.contains("10 school days") && said.contains("over 10 weekdays without school"), "{said}");
    assert_eq!(words::breaks(&study.windows[0]), None);
    // The chart breaks its line after the two weeks, and only there.
    let broken: Vec<(String, u32)> =
        study.weekly.iter().filter(|w| w.weeks_missed > 0).map(|w| (w.first.iso(), w.weeks_missed)).collect();
    assert_eq!(broken, [("2026-01-05".to_owned(), 2)]);
}

#[test]
fn leavers_and_newcomers_are_counted_aloud() {
    let pupils = vec![
        pupil("stays", 0..120, &[]),
        // Left after day 79: 5 of the 10 days of the test, exactly half, so still analysed.
        pupil("left-half-way", 0..80, &[76]),
        // One day less than half.
        pupil("left-sooner", 0..79, &[]),
        // Came on day 46: 9 of the 20 earlier days.
        pupil("came-late", 46..120, &[]),
        pupil("d", 0..120, &[]),
    ];
    let (records, mut plan) = across_the_break(pupils);
    plan.chosen = ["stays", "left-half-way", "left-sooner", "came-late", "unknown"].map(String::from).to_vec();
    let study = evidence::study(&records, &plan).expect("an answer");
    assert_eq!(study.analysed_chosen, ["left-half-way", "stays"]);
    assert_eq!(study.left_out_chosen, ["came-late", "left-sooner"]);
    assert_eq!(study.not_found, ["unknown"]);
    assert_eq!(study.left_later, ["left-half-way"]);
    // 1 day in 5 + 0 in 10: 1 of 15 days, 4/3 per 20.
    let during = study.windows[2].chosen.expect("two students");
    assert!((during.0 - 4.0 / 3.0).abs() < 1e-12 && during.1 == 2);
    // After the test only one of them is there.
    assert_eq!(study.windows[3].chosen, Some((0.0, 1)));
    assert_eq!(
        words::left_out(&study),
        [
            "2 chosen students were enrolled for less than half of a window and are not in the numbers.",
            "1 chosen student is not in these data.",
            "1 chosen student left later and is counted only until then.",
        ]
    );
}

#[test]
fn days_without_attendance_leave_both_sides_and_too_many_refuse() {
    let with_gaps = |gaps: &[usize]| {
        let mut c = pupil("c", 0..120, &[60, 61]);
        for at in gaps {
            let _ = c.not_taken.insert(*at);
        }
        let (records, plan) = across_the_break(vec![c, pupil("d", 0..120, &[])]);
        evidence::study(&records, &plan)
    };
    // Two of 20 days not taken, one of them an absence that nobody can vouch for: 1 of 18 days.
    let study = with_gaps(&[61, 62]).expect("two of 20 is exactly a tenth");
    let before = study.windows[1].chosen.expect("c").0;
    assert!((before - 20.0 / 18.0).abs() < 1e-12, "{before}");
    let refused = with_gaps(&[62, 63, 64]).expect_err("three of 20 is more than a tenth");
    assert_eq!(refused, Refusal::TooMuchMissing { window: Window::Before, percent: 15 });
    assert!(words::refusal(&refused).contains("15 %"));
}

#[test]
fn what_the_data_do_not_reach_is_said_and_not_guessed() {
    let (records, plan) = across_the_break(vec![pupil("c", 0..120, &[]), pupil("d", 0..120, &[])]);
    let at = |n: usize, begins: &str, ends: &str| {
        let mut short = records.clone();
        short.days.truncate(n);
        evidence::study(&short, &Plan { begins: day(begins), ends: day(ends), ..plan.clone() })
    };
    assert_eq!(at(84, "2025-12-15", "2026-01-09"), Err(Refusal::NotYet { last_day: day("2026-01-08") }));
    assert_eq!(at(120, "2026-01-09", "2025-12-15"), Err(Refusal::NotYet { last_day: calendar(120)[119] }));
    assert_eq!(at(120, "2025-10-24", "2025-11-06"), Err(Refusal::TooEarly { days_before: 39 }));
    assert!(at(120, "2025-10-27", "2025-11-07").is_ok(), "40 school days before are enough");
    let study = at(97, "2025-12-15", "2026-01-09").expect("the test itself is over");
    assert_eq!(study.not_yet, [(Window::MonthAfter, 12)]);
    assert_eq!(study.windows.len(), 4);
    let nobody = evidence::study(&records, &Plan { chosen: vec!["x".into()], ..plan.clone() });
    assert_eq!(nobody, Err(Refusal::NobodyFound));
    assert_eq!(evidence::study(&Records::default(), &plan), Err(Refusal::NoDailyRecords));
}

/// Six chosen and their twins with the same past; each chosen student misses one day of the ten
/// and each twin three, which is 2 and 6 per 20. The past is the same within pairs, so the
/// correction is nothing and the difference is −4 exactly, without spread.
#[test]
fn identical_pasts_leave_the_plain_difference() {
    let mut pupils = Vec::new();
    for i in 0..6usize {
        let past: Vec<usize> = (35..35 + i).chain(55..55 + (i * 7 + 3) % 6).collect();
        let with = |more: &[usize]| past.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();
        pupils.push(pupil(&format!("c{i}"), 0..120, &with(&[75])));
        pupils.push(pupil(&format!("t{i}"), 0..120, &with(&[75, 76, 77])));
    }
    let (records, mut plan) = across_the_break(pupils);
    plan.chosen = (0..6).map(|i| format!("c{i}")).collect();
    let study = evidence::study(&records, &plan).expect("an answer");
    let c = &study.comparison;
    assert_eq!(c.pairs.len(), 6);
    assert_eq!(c.speak, Speak::TooFew);
    // Three rounds may add a second twin to a pair, so the correction is not nothing everywhere; among the twins
    // the outcome is constant, so both slopes are 0 and the difference stays −4.
    assert!(c.slopes.iter().all(|s| s.abs() < 1e-12));
    assert!((c.difference.expect("one") + 4.0).abs() < 1e-12);
    let said = words::finding(&study);
    assert!(said.contains("6 students to compare") && said.contains("too few to tell"), "{said}");
    for word in ["worked", "failed", "caused"] {
        assert!(!said.contains(word), "{said}");
    }
    assert_eq!(words::for_others(&study), "What fewer than 11 students show stands in Team mode only.");
}

#[test]
fn a_comparison_stays_in_its_school_and_near_its_grade() {
    let mut other_school = pupil("other-school", 0..120, &[]);
    other_school.school = 1;
    let mut two_grades_up = pupil("two-grades-up", 0..120, &[]);
    two_grades_up.grade = Grade::Year(6);
    let mut ungraded = pupil("ungraded", 0..120, &[]);
    ungraded.grade = Grade::Ungraded;
    let far = pupil("far", 0..120, &(35..75).collect::<Vec<_>>());
    let (mut records, plan) =
        across_the_break(vec![pupil("c", 0..120, &[]), other_school, two_grades_up, ungraded, far]);
    records.sessions.push(records.sessions[0].clone());
    let study = evidence::study(&records, &plan).expect("windows at least");
    assert_eq!(study.pool, 3, "students of another school are not in the pool");
    assert!(study.comparison.pairs.is_empty());
    assert_eq!(study.comparison.speak, Speak::No);
    assert!(words::finding(&study).starts_with("There is no fair comparison"));
}

#[test]
fn records_come_from_a_dataset_as_it_was_loaded() {
    let days = calendar(120);
    let mut session = DayBits::default();
    let mut on_roll = DayBits::default();
    for at in 0..120 {
        let _ = session.insert(at);
        if at != 7 {
            let _ = on_roll.insert(at);
        }
    }
    let mark = |day, kind, missed| Mark { day, kind, missed };
    let marks = vec![
        mark(3, Kind::Excused, 500),
        mark(3, Kind::Unexcused, 700),
        mark(4, Kind::Tardy, 0),
        mark(5, Kind::InSchoolSuspension, 1000),
        mark(6, Kind::Suspended, 1000),
    ];
    let dataset = Dataset {
        schools: vec![School { name: "Alder".into(), district: String::new() }],
        students: [Student { id: "007", name: "" }].into_iter().collect(),
        stays: vec![Stay {
            student: 0,
            school: 0,
            grade: Grade::K,
            homeroom: None,
            enrolled: Days::whole(119),
            absent: [Days::ZERO; Kind::COUNT],
            marks: 0..5,
            on_roll,
            percent_absent: None,
        }],
        calendar: days,
        sessions: vec![session],
        marks,
        ..Dataset::default()
    };
    let records = evidence::from_dataset::records(&dataset, &Definition::default());
    let found = &records.pupils[0];
    assert_eq!(found.id, "007");
    assert_eq!(found.absent, BTreeMap::from([(3, 1000), (6, 1000)]), "a day is missed once at most");
    assert_eq!(found.not_taken.iter().collect::<Vec<_>>(), [7], "a day without a record inside the stay");
    assert_eq!(found.on_roll.count(), 120);
    // The definition in use decides what is an absence, and what part of a day is one.
    let under =
        |definition: Definition| evidence::from_dataset::records(&dataset, &definition).pupils[0].absent.clone();
    let without = Definition { not_absent: vec![Kind::Suspended], ..Definition::default() };
    assert_eq!(under(without), BTreeMap::from([(3, 1000)]));
    let whole = Definition { day_rule: DayRule::WholeOnly, ..Definition::default() };
    assert_eq!(under(whole), BTreeMap::from([(6, 1000)]));

    // Two of the 6 days before 9 September were missed in full or in part: 1 of 6 days up to the
    // fifth position, which is moderate; the seventh, missed as well, comes after.
    let group = |tiers: Vec<Tier>, schools: Vec<String>| Group { tiers, schools, ..Group::default() };
    let members = |g: &Group, d: &str| evidence::from_dataset::members(&dataset, &records, g, day(d));
    assert_eq!(members(&group(vec![Tier::Moderate], vec![]), "2025-09-09"), ["007"]);
    assert_eq!(members(&group(vec![Tier::Severe], vec![]), "2025-09-09"), Vec::<String>::new());
    assert_eq!(members(&group(vec![Tier::Severe], vec![]), "2025-09-10"), ["007"]);
    assert_eq!(members(&group(vec![], vec!["Birch".into()]), "2025-09-09"), Vec::<String>::new());
    let with_condition = Group { conditions: vec!["mobility".into()], ..Group::default() };
    assert_eq!(members(&with_condition, "2025-09-09"), Vec::<String>::new());
}

#[test]
fn a_test_keeps_what_was_found() {
    let (records, plan) = across_the_break(vec![pupil("c", 0..120, &[36, 60, 61, 80]), pupil("d", 0..120, &[60, 36])]);
    let study = evidence::study(&records, &plan).expect("an answer");
    let kept = evidence::keep(&study, "Example district", day("2026-02-13"));
    assert_eq!((kept.chosen, kept.windows.len(), kept.difference), (1, 5, None), "one pair says nothing");
    assert_eq!(kept.windows[1].chosen, Some(2000));
    assert_eq!(kept.sentence, words::finding(&study));
}

#[test]
fn repeated_values_and_gaps_do_not_make_a_trend() {
    let chart = |values: &[f64]| rules::run_chart(&values.iter().map(|v| Some(*v)).collect::<Vec<_>>());
    assert_eq!(chart(&[1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]).longest_trend, 11);
    assert_eq!(chart(&[3.0]).longest_trend, 1);
    assert_eq!(chart(&[3.0; 12]).useful, 0);
    assert_eq!(chart(&[3.0; 12]).shift, None);
    assert_eq!(rules::run_chart(&[None, None]), rules::RunChart::default());
}

/// Forty-eight invented students whose absences follow a formula, with leavers, a newcomer, a day
/// on which one grade's attendance was not taken, and a test across the winter break. The numbers
/// come from a separate program in Python that shares no code and takes other routes: slopes by
/// regressing residuals on residuals (Frisch–Waugh), the t quantile by integrating its density
/// with Simpson's rule, matching by a full search each time.
#[test]
fn a_whole_study_agrees_with_an_independent_calculation() {
    let pupils = (0..48usize)
        .map(|i| {
            let on = match i {
                7 => 50..120,
                44 => 0..78,
                _ if i % 11 == 5 => 0..90,
                _ => 0..120,
            };
            let mut pupil = pupil(&format!("s{i:02}"), on, &[]);
            pupil.grade = Grade::Year(3 + (i % 3) as u8);
            if i % 3 == 1 {
                let _ = pupil.not_taken.insert(60);
            }
            for d in 0..120usize {
                if (i * 37 + d * d * 13 + i * d * 7) % 29 < 2 + i % 7 {
                    let _ = pupil.absent.insert(d, 1000);
                } else if (i + d) % 31 == 0 {
                    let _ = pupil.absent.insert(d, 500);
                }
            }
            pupil
        })
        .collect();
    let (records, mut plan) = across_the_break(pupils);
    plan.chosen = (0..48).step_by(4).map(|i| format!("s{i:02}")).collect();
    let study = evidence::study(&records, &plan).expect("an answer");
    let wanted = [
        ((3.454_545_454_545_454_6, 11), (3.628_571_428_571_428_6, 35)),
        ((5.0, 11), (4.426_705_370_101_597, 35)),
        ((3.727_272_727_272_727, 11), (3.542_857_142_857_142_7, 35)),
        ((6.857_142_857_142_857, 11), (4.805_970_149_253_731_4, 35)),
        ((5.3, 10), (4.3125, 32)),
    ];
    for (result, (chosen, pool)) in study.windows.iter().zip(wanted) {
        for (found, wanted) in [(result.chosen, chosen), (result.not_chosen, pool)] {
            let found = found.expect("a rate");
            close(result.window.label(), found.0, wanted.0, 1e-9);
            assert_eq!(found.1, wanted.1, "{:?}", result.window);
        }
    }
    assert_eq!((&study.left_out_chosen[..], &study.left_later[..]), (&["s44".to_owned()][..], &["s16".to_owned()][..]));
    let c = &study.comparison;
    close("scale", c.scale[0], 2.153_303_270_755_285_5, 1e-9);
    close("scale", c.scale[1], 1.843_316_680_599_034, 1e-9);
    close("slope", c.slopes[0], 1.431_875_229_581_135_2, 1e-9);
    close("slope", c.slopes[1], -0.529_156_087_735_080_9, 1e-9);
    close("difference", c.difference.expect("one"), 1.023_240_457_235_459_6, 1e-9);
    let (lower, upper) = c.interval.expect("an interval");
    close("lower", lower, -0.233_012_011_083_767_23, 1e-7);
    close("upper", upper, 2.279_492_925_554_686_5, 1e-7);
    let sizes: Vec<(&str, usize)> = c.pairs.iter().map(|p| (p.chosen.as_str(), p.similar.len())).collect();
    assert_eq!(sizes[..2], [("s32", 3), ("s12", 3)]);
    assert_eq!((sizes.len(), sizes[5], sizes[10]), (11, ("s40", 2), ("s00", 1)));
    assert_eq!(c.speak, Speak::Yes);
    assert_eq!(
        words::finding(&study),
        "Of the 11 chosen students, 11 could be compared. Per 20 school days during the test they missed 1.3 days \
         fewer than before; 30 similar students, not chosen, missed 1.6 days fewer. The difference could be chance."
    );
    let to_others = words::for_others(&study);
    assert!(to_others.contains("could be chance"), "{to_others}");
    // Which way it points, and no number: no export tells of a group that a plan chose.
    for difference in [-2.0, 0.0, 2.0] {
        let mut other = study.clone();
        other.comparison.interval = Some((difference - 0.5, difference + 0.5));
        let said = words::for_others(&other);
        assert!(!said.chars().any(|c| c.is_ascii_digit()), "{said}");
        let expected = ["missed fewer days", "could be chance", "missed more days"][(difference / 2.0 + 1.0) as usize];
        assert!(said.contains(expected), "{said}");
    }
}

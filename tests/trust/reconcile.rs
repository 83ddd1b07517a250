//! Why another report differs: a number made by a known difference is explained by it.

use crate::districts::{daily, ordinary, read, totals};
use bright_spots::attendance::{Dataset, Decimal, Definition, Kind, Preset, summarise};
use bright_spots::trust::reconcile::{Asked, Measure, Reconciliation, reconcile};

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn all(measure: Measure, value: &str) -> Asked {
    Asked { school: None, measure, value: number(value) }
}

fn explain(dataset: &Dataset, asked: Asked) -> Reconciliation {
    reconcile(dataset, &Definition::default(), asked)
}

/// Late joiners, leavers, students who change school, gaps in the record: what reports differ by.
fn district() -> Dataset {
    let mut file = daily(40, 60, &|student, school, at, draw| {
        let status = ordinary(student, draw);
        let here = match student % 10 {
            1 => at >= 54,
            2 => at >= 30,
            3 => at < 40,
            4 => at < 35,
            _ => true,
        };
        let missing = school == 1 && student % 10 == 5 && at % 6 == 2;
        (here && !missing).then_some(status)
    });
    // Those who left Alder for Cedar.
    for student in [4usize, 14, 24, 34] {
        for (at, day) in crate::districts::school_days(60).into_iter().enumerate().skip(35) {
            let status = if (at + student) % 5 == 0 { "Excused" } else { "Present" };
            file.push_str(&format!("S{student},Cedar,{},{},{status}\n", 3 + student % 3, day.iso()));
        }
    }
    read(&[&file]).dataset
}

#[test]
fn our_own_number_needs_no_explanation() {
    let data = district();
    let ours = summarise(&data, &Definition::default());
    for (measure, value) in [
        (Measure::Chronic, ours.all.chronic.to_string()),
        (Measure::Counted, ours.all.counted.to_string()),
        (Measure::Rate, format!("{:.1}", 100.0 * ours.all.rate().unwrap())),
        (Measure::Rate, format!("{:.0}", 100.0 * ours.all.rate().unwrap())),
    ] {
        let answer = explain(&data, all(measure, &value));
        assert!(answer.agrees(), "{value}: {answer:?}");
    }
    for (at, school) in ours.schools.iter().enumerate() {
        let asked =
            Asked { school: Some(at as u16), measure: Measure::Chronic, value: number(&school.chronic.to_string()) };
        assert!(explain(&data, asked).agrees(), "{}", school.name);
    }
}

/// Whatever one difference alone makes of the number, one difference explains, wholly.
#[test]
fn every_single_difference_is_found_again() {
    let data = district();
    let base = explain(&data, all(Measure::Chronic, "0"));
    let moving: Vec<_> = base.alone.iter().filter(|step| step.after.chronic != step.before.chronic).collect();
    assert!(moving.len() >= 8, "the district differs in many ways: {:?}", base.alone);
    for step in moving {
        let answer = explain(&data, all(Measure::Chronic, &step.after.chronic.to_string()));
        assert_eq!((answer.steps.len(), answer.unexplained), (1, 0.0), "{}", step.words);
        assert_eq!(answer.steps[0].after.chronic, step.after.chronic);
    }
}

#[test]
fn minimum_grain_and_leavers_have_their_words() {
    let data = district();
    let base = explain(&data, all(Measure::Counted, "0"));
    for words in [
        "Students are counted from 45 enrolled days on",
        "Every student is counted, however few days enrolled",
        "A student is counted once in each school attended, and schools are added up",
        "Students who left before the last day are left out",
        "Students who changed school are left out",
        "Days without a record count as absences",
        "Days without a record count as present",
        "Days marked excused don’t count as absence",
        "Students exactly at 10 % are not counted as chronic",
        "Attendance is rounded to a whole percent before it is held against 10 %",
        "The other report ends on 31 Oct 2025",
    ] {
        assert!(base.alone.iter().any(|step| step.words == words), "{words}");
    }
    assert_eq!(base.out_of_reach, [""; 0]);
}

#[test]
fn two_differences_are_put_together() {
    let data = district();
    let mut other = Preset::NewJersey.definition();
    other.set_kind(Kind::Excused, false);
    let theirs = summarise(&data, &other).all;
    // The rate tells both: who is counted and who is chronic.
    let rate = format!("{:.4}", 100.0 * theirs.rate().unwrap());
    let answer = explain(&data, all(Measure::Rate, &rate));
    assert_eq!(answer.unexplained, 0.0, "{answer:?}");
    assert!((1..=2).contains(&answer.steps.len()), "{answer:?}");
    for pair in answer.steps.windows(2) {
        assert_eq!(pair[0].after, pair[1].before, "each step begins where the last ended");
    }
}

#[test]
fn what_cannot_be_explained_is_said() {
    let data = district();
    let answer = explain(&data, all(Measure::Counted, "5000"));
    assert!(answer.unexplained > 4000.0);
    let best = answer.steps.last().map_or(answer.ours, |step| step.after);
    assert_eq!(answer.unexplained, 5000.0 - f64::from(best.counted));
    // Each step brings something.
    for step in &answer.steps {
        assert!(step.after.counted > step.before.counted, "{answer:?}");
    }
}

#[test]
fn a_file_of_totals_says_what_it_cannot_show() {
    let rows: Vec<_> =
        (0..40).map(|at| (format!("A{at}"), "Alder", if at < 5 { 8 } else { 100 }, f64::from(at % 20))).collect();
    let rows: Vec<_> =
        rows.into_iter().map(|(id, s, e, a): (String, &str, u32, f64)| (id, s, e, a.min(f64::from(e)))).collect();
    let data = read(&[&totals(&rows)]).dataset;
    let answer = explain(&data, all(Measure::Counted, "40"));
    assert_eq!((answer.ours.counted, answer.unexplained), (35, 0.0));
    assert_eq!(answer.steps[0].words, "Every student is counted, however few days enrolled");
    assert_eq!(answer.out_of_reach.len(), 3, "{:?}", answer.out_of_reach);
}

#[test]
fn exactly_at_the_line_is_a_difference_of_its_own() {
    let mut rows: Vec<_> = (0..30).map(|at| (format!("A{at}"), "Alder", 180, 5.0)).collect();
    rows.extend((0..3).map(|at| (format!("E{at}"), "Alder", 180, 18.0)));
    rows.extend((0..4).map(|at| (format!("H{at}"), "Alder", 180, 40.0)));
    let data = read(&[&totals(&rows)]).dataset;
    let answer = explain(&data, all(Measure::Chronic, "4"));
    assert_eq!(answer.ours.chronic, 7);
    assert_eq!(answer.steps[0].words, "Students exactly at 10 % are not counted as chronic");
    assert_eq!(answer.unexplained, 0.0);
}

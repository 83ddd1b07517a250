//! Drawings over time: the school calendar, the tiers through the year, the run chart.

use crate::golden::{STAMP, golden_chart};
use bright_spots::attendance::Day;
use bright_spots::charts::calendar::{Calendar, CalendarDay, calendar};
use bright_spots::charts::kinds::Mark;
use bright_spots::charts::run_chart::{RunChart, RunPeriod, RunWindow, WindowMean, run_chart};
use bright_spots::charts::tier_path::{TierPath, TierPoint, tier_path};
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

/// An invented student's autumn and winter.
fn days() -> BTreeMap<Day, CalendarDay> {
    let mut days = BTreeMap::new();
    let mut at = day("2025-09-02");
    while at <= day("2026-02-13") {
        if at.weekday() < 5 {
            days.insert(at, CalendarDay::Present);
        }
        at = at.plus(1);
    }
    let mut set = |text: &str, what| days.insert(day(text), what);
    for off in ["2025-10-10", "2025-10-13", "2025-10-31", "2025-11-10", "2025-11-11", "2025-11-26", "2025-11-27"] {
        set(off, CalendarDay::NoSchool);
    }
    for off in ["2025-11-28", "2026-01-05", "2026-01-19"] {
        set(off, CalendarDay::NoSchool);
    }
    for i in 0..15 {
        let at = day("2025-12-19").plus(i);
        if at.weekday() < 5 {
            set(&at.iso(), CalendarDay::NoSchool);
        }
    }
    for absent in ["2025-09-15", "2025-10-14", "2025-11-03", "2025-11-13", "2025-12-01", "2026-01-06", "2026-01-20"] {
        set(absent, CalendarDay::Absent(Mark::Unexcused, 1000));
    }
    for absent in ["2025-09-29", "2025-10-20", "2025-12-08", "2025-12-09", "2025-12-10"] {
        set(absent, CalendarDay::Absent(Mark::Excused, 1000));
    }
    set("2026-02-02", CalendarDay::Absent(Mark::Excused, 500));
    set("2026-02-04", CalendarDay::Absent(Mark::Suspended, 1000));
    set("2026-02-05", CalendarDay::Absent(Mark::NotSaid, 1000));
    set("2025-10-07", CalendarDay::Late);
    set("2026-01-27", CalendarDay::Late);
    days
}

#[test]
fn a_student_s_school_calendar() {
    golden_chart("calendar", |width| {
        calendar(&Calendar {
            title: "Robin Sample’s school days".into(),
            stamp: STAMP.into(),
            first: day("2025-09-02"),
            last: day("2026-02-27"),
            days: days(),
            width,
        })
    });
}

#[test]
fn a_week_with_school_on_saturday_has_seven_columns_and_february_can_be_empty() {
    let days: BTreeMap<Day, CalendarDay> =
        [(day("2026-01-30"), CalendarDay::Present), (day("2026-01-31"), CalendarDay::Absent(Mark::Unexcused, 1000))]
            .into();
    golden_chart("calendar-saturday", |width| {
        calendar(&Calendar {
            title: "Saturday school".into(),
            stamp: String::new(),
            first: day("2026-01-30"),
            last: day("2026-02-01"),
            days: days.clone(),
            width,
        })
    });
}

#[test]
fn tiers_through_the_year() {
    let path = |shares: &[(&str, f64, f64)], width| TierPath {
        title: "Over the year".into(),
        stamp: STAMP.into(),
        points: shares.iter().map(|(l, m, e)| TierPoint { label: (*l).into(), missed: *m, enrolled: *e }).collect(),
        width,
    };
    let robin = [
        ("Sep", 2.0, 21.0),
        ("Oct", 4.0, 41.0),
        ("Nov", 6.0, 56.0),
        ("Dec", 10.0, 70.0),
        ("Jan", 12.0, 88.0),
        ("Feb", 13.0, 98.0),
    ];
    golden_chart("tier-path", |width| tier_path(&path(&robin, width)));
    let severe = [("Sep", 1.0, 21.0), ("Oct", 16.0, 41.0), ("Nov", 31.0, 56.0)];
    golden_chart("tier-path-severe", |width| tier_path(&path(&severe, width)));
}

#[test]
fn the_run_chart_of_a_test_of_change() {
    let labels = [
        "20 Oct", "27", "3 Nov", "10", "17", "24", "1 Dec", "8", "15", "22", "29", "5 Jan", "12", "19", "26", "2 Feb",
        "9",
    ];
    let chosen = [2.4, 2.9, 2.6, 3.0, 2.7, 2.6, 1.6, 1.4, 1.9, -1.0, -1.0, 1.9, 1.8, 1.7, 1.5, 1.6, 1.5];
    let compared = [2.5, 2.6, 2.8, 2.6, 2.8, 2.6, 2.3, 2.2, 2.4, -1.0, -1.0, 2.3, 2.2, 2.2, 2.0, 2.2, 2.0];
    let known = |v: f64| (v >= 0.0).then_some(v);
    let periods: Vec<RunPeriod> = labels
        .iter()
        .zip(chosen.iter().zip(compared))
        .map(|(l, (a, b))| RunPeriod { label: (*l).into(), chosen: known(*a), compared: known(b) })
        .collect();
    let window = |name: &str, from, to| RunWindow { name: name.into(), from, to };
    // Means of students, which the weeks of the line need not give.
    let mean = |name: &str, chosen, compared| WindowMean { name: name.into(), chosen: Some(chosen), compared };
    golden_chart("run-chart", |width| {
        run_chart(&RunChart {
            title: "Two by ten".into(),
            stamp: STAMP.into(),
            measure: "Days absent per student in ten school days, by week".into(),
            periods: periods.clone(),
            windows: vec![
                window("Before", 3, 5),
                window("During", 6, 7),
                window("Two weeks after", 11, 12),
                window("A month after", 15, 16),
            ],
            means: vec![
                mean("Before", 2.8, Some(2.7)),
                mean("During", 1.6, Some(2.3)),
                mean("Two weeks after", 1.8, Some(2.2)),
                mean("A month after", 1.6, None),
            ],
            breaks: vec![window("winter break", 9, 10)],
            median: Some(1.9),
            chosen: "14 chosen students".into(),
            compared: Some("41 similar students, not chosen".into()),
            width,
        })
    });
}

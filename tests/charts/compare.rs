//! The comparison's larger drawings: funnel, conditions, overlap, coefficients.

use crate::golden::{STAMP, golden_chart, golden_piece, inside, rate};
use bright_spots::charts::conditions::{
    self, ConditionCell, ConditionRow, ConditionsPanel, all_students_cell, cell_text, condition_cell, condition_head,
    conditions,
};
use bright_spots::charts::funnel::{Funnel, FunnelPoint, Limits, funnel};
use bright_spots::charts::rate_rows::RateRow;
use bright_spots::charts::{Precision, Verdict, Width};

/// Limits around an expected share, widened by a spread.
fn limits(base: f64, spread: f64, sizes: impl Iterator<Item = u32>) -> Limits {
    let mut out = Limits::default();
    for n in sizes {
        let n = f64::from(n);
        let sd = (base * (1.0 - base) / n + spread * spread).sqrt();
        out.low_998.push((n, -3.09 * sd));
        out.low_95.push((n, -1.96 * sd));
        out.high_95.push((n, 1.96 * sd));
        out.high_998.push((n, 3.09 * sd));
    }
    out
}

#[test]
fn the_funnel_of_six_schools() {
    let point = |name: &str, counted, points: f64, verdict| FunnelPoint {
        name: name.to_owned(),
        counted,
        difference: points / 100.0,
        verdict,
    };
    let points = vec![
        point("Birch", 388, -10.4, Verdict::LikelyBright),
        point("Alder", 412, -4.3, Verdict::PossibleBright),
        point("Fern", 41, -9.9, Verdict::TooFew),
        point("Dogwood", 611, -1.2, Verdict::AsExpected),
        point("Cedar", 296, 3.5, Verdict::CheckData),
        point("Elm", 934, 5.0, Verdict::LikelyHigher),
    ];
    golden_chart("funnel", |width| {
        funnel(&Funnel {
            title: "Could it be luck?".to_owned(),
            stamp: STAMP.to_owned(),
            points: points.clone(),
            limits: limits(0.22, 0.005, (41..=1000).step_by(20)),
            plain: None,
            expected_by_luck: Some(0.12),
            width,
        })
    });
}

/// Many invented schools; a small generator of numbers keeps them the same for ever.
fn many(schools: u32) -> Funnel {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut points = Vec::new();
    for i in 0..schools {
        let counted = (40.0 + 1500.0 * next() * next()) as u32;
        let normal = (0..12).map(|_| next()).sum::<f64>() - 6.0;
        let sd = (0.22 * 0.78 / f64::from(counted) + 0.0016).sqrt();
        let z = normal * 1.25;
        let verdict = match z {
            _ if counted < 50 => Verdict::TooFew,
            z if z < -3.09 => Verdict::LikelyBright,
            z if z < -1.96 => Verdict::PossibleBright,
            z if z > 3.09 => Verdict::LikelyHigher,
            z if z > 1.96 => Verdict::PossiblyHigher,
            _ => Verdict::AsExpected,
        };
        points.push(FunnelPoint { name: format!("School number {i}"), counted, difference: z * sd, verdict });
    }
    Funnel {
        title: "Could it be luck?".to_owned(),
        stamp: STAMP.to_owned(),
        points,
        limits: limits(0.22, 0.04, (30..=1600).step_by(15)),
        plain: Some(limits(0.22, 0.0, (30..=1600).step_by(15))),
        expected_by_luck: Some(1.0),
        width: Width::WIDE,
    }
}

#[test]
fn the_funnel_of_three_hundred_schools() {
    golden_chart("funnel-many", |width| funnel(&Funnel { width, ..many(300) }));
}

#[test]
fn a_thousand_schools_stay_small_and_inside() {
    for width in [Width::WIDE, Width::NARROW] {
        let chart = funnel(&Funnel { width, ..many(1000) });
        inside("a thousand schools", &chart.svg);
        assert_eq!(chart.table.rows.len(), 1000);
        let (marks, names) = (chart.svg.matches("<circle").count(), chart.svg.matches("School number").count());
        assert!(marks >= 900, "{marks} marks");
        assert!((1..=40).contains(&names), "{names} names");
        assert!(chart.svg.len() < 130_000, "{} bytes", chart.svg.len());
    }
}

fn panel(width: Width) -> ConditionsPanel {
    let school = |name: &str, chronic, counted, expected, verdict| RateRow {
        name: name.to_owned(),
        note: "K–5".to_owned(),
        rate: rate(chronic, counted),
        expected: Some(expected),
        verdict: Some(verdict),
    };
    let schools = vec![
        school("Alder Elementary", 57, 412, 0.181, Verdict::PossibleBright),
        school("Birch Elementary", 35, 388, 0.194, Verdict::LikelyBright),
        school("Cedar Elementary", 72, 296, 0.208, Verdict::CheckData),
    ];
    let totals: [(u32, u32); 3] = [(57, 412), (35, 388), (72, 296)];
    let row = |label: &str, note: &str, with: [(u32, u32); 3]| {
        let cell = |(i, (chronic, counted)): (usize, (u32, u32))| {
            if counted < 11 {
                return ConditionCell::TooFew(Some(counted));
            }
            let (all_chronic, all) = totals[i];
            ConditionCell::Compared {
                with: rate(chronic, counted),
                without: rate(all_chronic - chronic, all - counted),
                of_chronic: Some(f64::from(chronic) / f64::from(all_chronic)),
            }
        };
        let cells = with.into_iter().enumerate().map(cell).collect();
        ConditionRow { label: label.to_owned(), note: note.to_owned(), cells }
    };
    let mut rows = vec![
        row("Economic disadvantage", "52 to 59 % of students", [(42, 214), (25, 227), (54, 170)]),
        row("Special education", "15 to 17 %", [(17, 61), (12, 58), (19, 50)]),
        row("English learner", "14 to 21 %", [(15, 88), (7, 79), (16, 44)]),
        row("Moved mid-year", "8 to 11 %", [(14, 36), (11, 41), (15, 29)]),
        row("Homeless", "2 to 4 %", [(2, 9), (5, 14), (1, 6)]),
        row("Suspended this year", "1 to 5 %", [(2, 8), (1, 4), (9, 15)]),
    ];
    rows[4].cells[0] = ConditionCell::Hidden;
    rows[5].cells[1] = ConditionCell::NotGiven;
    ConditionsPanel {
        title: "With and without each condition".to_owned(),
        stamp: STAMP.to_owned(),
        schools,
        rows,
        width,
        precision: Precision::Tenths,
    }
}

#[test]
fn with_and_without_each_condition() {
    golden_chart("conditions", |width| conditions(&panel(width)));
    let whole = panel(Width::WIDE);
    let axis = conditions::shared_axis(&whole);
    golden_piece("condition-head-240", &condition_head(axis, Width(240)));
    golden_piece("condition-all-240", &all_students_cell(&whole.schools[2], axis, Width(240), Precision::Tenths));
    golden_piece("condition-cell-240", &condition_cell(&whole.rows[3].cells[2], axis, Width(240)));
    golden_piece("condition-too-few-240", &condition_cell(&whole.rows[4].cells[2], axis, Width(240)));
    assert_eq!(cell_text(&ConditionCell::TooFew(None)), "too few students to compare");
}

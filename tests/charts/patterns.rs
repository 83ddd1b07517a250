//! Kinds, periods, grades in small, overlap and coefficients.

use crate::golden::{STAMP, golden_chart, golden_piece};
use bright_spots::charts::coefficients::{Coefficient, Coefficients, coefficients};
use bright_spots::charts::cross::{Cross, CrossRow, cross};
use bright_spots::charts::kinds::{KindBar, KindBars, Mark, kind_bar, kind_bars};
use bright_spots::charts::overlap::{Combination, Overlap, Rest, overlap};
use bright_spots::charts::periods::{
    Gap, GradeLine, GradePoint, Period, PeriodBars, grade_line, grade_line_end, period_bars,
};
use bright_spots::charts::{Precision, Rate, Width};

#[test]
fn kinds_of_absence_by_letter_and_fill() {
    let bar = |name: &str, days: &[(Mark, f64)]| KindBar { name: name.to_owned(), days: Some(days.to_vec()) };
    let bars = vec![
        bar("Alder Elementary", &[(Mark::Excused, 1480.0), (Mark::Unexcused, 1020.5), (Mark::Suspended, 51.0)]),
        bar("Birch Elementary", &[(Mark::Excused, 1201.0), (Mark::Unexcused, 618.0), (Mark::Suspended, 12.0)]),
        bar("Cedar Elementary", &[(Mark::Excused, 300.0), (Mark::Unexcused, 395.0), (Mark::NotSaid, 240.0)]),
        bar("Dogwood Middle", &[]),
        KindBar { name: "Fern Charter".to_owned(), days: None },
    ];
    golden_piece("kind-bar-231", &kind_bar(&bars[0], Width(231)));
    golden_chart("kind-bars", |width| {
        kind_bars(&KindBars { title: "Kind of absence".into(), stamp: STAMP.into(), bars: bars.clone(), width })
    });
}

#[test]
fn absence_by_month_and_by_weekday() {
    let months = [("Sep", 0.062, 55_000), ("Oct", 0.071, 53_100), ("Nov", 0.084, 39_800), ("Dec", 0.101, 37_200)];
    let later = [("Jan", 0.088, 47_800), ("Feb", 0.079, 26_500)];
    let period =
        |(label, share, n): &(&str, f64, u32)| Period { label: (*label).to_owned(), share: Some(*share), n: Some(*n) };
    let bars = |title: &str, label: &str, periods: Vec<Period>, width| PeriodBars {
        title: title.to_owned(),
        stamp: STAMP.to_owned(),
        period_label: label.to_owned(),
        of: "enrolled days".to_owned(),
        periods,
        overall: Some(0.079),
        width,
    };
    let mut by_month: Vec<Period> = months.iter().chain(&later).map(period).collect();
    by_month.push(Period { label: "Mar".to_owned(), share: None, n: None });
    golden_chart("months", |width| period_bars(&bars("Absence by month", "Month", by_month.clone(), width)));
    let days = [
        ("Mon", 0.094, 50_900),
        ("Tue", 0.072, 52_300),
        ("Wed", 0.07, 52_400),
        ("Thu", 0.073, 52_200),
        ("Fri", 0.089, 51_600),
    ];
    let by_day: Vec<Period> = days.iter().map(period).collect();
    golden_chart("weekdays", |width| period_bars(&bars("Absence by weekday", "Weekday", by_day.clone(), width)));
}

#[test]
fn the_small_line_by_grade_breaks_where_numbers_are_missing() {
    let point = |label: &str, rate: Option<f64>, district, gap| GradePoint {
        label: label.to_owned(),
        rate,
        counted: Some(48),
        district: Some(district),
        gap,
    };
    let grades = vec![
        point("K", Some(0.31), 0.21, Gap::Hidden),
        point("1", Some(0.26), 0.15, Gap::Hidden),
        point("2", Some(0.27), 0.13, Gap::Hidden),
        point("3", None, 0.12, Gap::CheckData),
        point("4", Some(0.2), 0.14, Gap::Hidden),
        point("5", Some(0.24), 0.15, Gap::Hidden),
    ];
    let end = grade_line_end(std::slice::from_ref(&grades));
    golden_piece("grade-line-231", &grade_line(&GradeLine { name: "Cedar".into(), grades, end }, Width(231)));
}

#[test]
fn conditions_that_come_together() {
    let names = ["Economic disadvantage", "Special education", "English learner", "Moved mid-year"];
    let sizes = [Some(611), Some(169), Some(211), Some(106)];
    let conditions: Vec<(String, Option<u32>)> = names.iter().map(|n| (*n).to_owned()).zip(sizes).collect();
    let combination = |has: &[usize], counted, chronic| Combination { has: has.to_vec(), counted, chronic };
    let combinations = vec![
        combination(&[], Some(421), Some(31)),
        combination(&[0], Some(318), Some(49)),
        combination(&[0, 2], Some(122), Some(19)),
        combination(&[1], Some(58), Some(9)),
        combination(&[0, 1], Some(54), Some(22)),
        combination(&[0, 3], Some(49), Some(18)),
        combination(&[2], Some(31), None),
        combination(&[0, 1, 3], Some(24), Some(12)),
        combination(&[0, 1, 2, 3], None, None),
        combination(&[3], Some(11), None),
    ];
    golden_chart("overlap", |width| {
        overlap(&Overlap {
            title: "Conditions that come together".into(),
            stamp: STAMP.into(),
            conditions: conditions.clone(),
            combinations: combinations.clone(),
            rest: Some(Rest { combinations: 5, counted: Some(23), chronic: Some(8) }),
            width,
        })
    });
}

#[test]
fn coefficients_around_zero() {
    let row =
        |label: &str, estimate, low, high| Coefficient { label: label.to_owned(), estimate, interval: (low, high) };
    let rows = vec![
        row("Economic disadvantage", 2.31, 1.9, 2.72),
        row("Students with disabilities", 1.62, 0.7, 2.54),
        row("English learners", -0.84, -1.31, -0.37),
        row("Temporary housing", 3.05, 1.02, 5.08),
        row("Grades 6 to 8 & <b>more</b>", 0.2, -1.4, 1.8),
    ];
    golden_chart("coefficients", |width| {
        coefficients(&Coefficients {
            title: "What goes with chronic absence across schools".into(),
            stamp: STAMP.into(),
            unit: "points of chronic absence, per ten points more such students".into(),
            rows: rows.clone(),
            schools: 412,
            width,
        })
    });
}

#[test]
fn rates_by_any_two_groupings() {
    let columns: Vec<String> = ["K", "1", "2", "3", "4", "5", "6", "7", "8"].map(str::to_owned).to_vec();
    let row = |name: &str, start: u32, step: u32| CrossRow {
        name: name.to_owned(),
        cells: (0..9_u32)
            .map(|g| match g {
                6.. if start.is_multiple_of(2) => Rate::of(0, 0, None),
                4 if step == 3 => Rate::default(),
                _ => Rate::of(start + g * step, 61 + 37 * g, None),
            })
            .collect(),
    };
    let rows = vec![row("Alder Elementary", 8, 2), row("Birch Elementary", 4, 3), row("Fern Charter <K–8>", 11, 13)];
    golden_chart("cross", |width| {
        cross(&Cross {
            title: "Chronic absence by school and grade".into(),
            stamp: STAMP.into(),
            row_label: "School".into(),
            column_label: "Grade".into(),
            columns: columns.clone(),
            rows: rows.clone(),
            width,
            precision: Precision::Tenths,
        })
    });
}

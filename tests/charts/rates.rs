//! The tiers page and the comparison: ten-line, grades, rows, marks.

use crate::golden::{SCHOOLS, STAMP, golden, golden_chart, golden_piece, rate};
use bright_spots::attendance::Tier;
use bright_spots::charts::grade_dots::{GradeDots, grade_dots};
use bright_spots::charts::how_to_read::how_to_read;
use bright_spots::charts::marks::{logo, tier_badge, verdict_icon};
use bright_spots::charts::rate_rows::{RateRow, RateRows, axis_head, rate_rows, row_piece, shared_axis, tier_mix};
use bright_spots::charts::ten_line::{TenLine, TenLineGroup, ten_line};
use bright_spots::charts::tier_bars::{TierBars, tier_bar_pieces, tier_bars};
use bright_spots::charts::{Precision, Rate, Verdict, Width};

fn schools() -> Vec<TenLineGroup> {
    let group = |(name, _, tiers): (&str, &str, [u32; 5])| TenLineGroup {
        name: name.to_owned(),
        rate: rate(tiers[2] + tiers[3] + tiers[4], tiers.iter().sum()),
        tiers: Some(tiers),
    };
    SCHOOLS.map(group).to_vec()
}

fn ten(groups: Vec<TenLineGroup>, width: Width) -> TenLine {
    TenLine {
        title: "Attendance tiers by school".to_owned(),
        stamp: STAMP.to_owned(),
        group_label: "School".to_owned(),
        threshold_percent: 10.0,
        groups,
        width,
        precision: Precision::Tenths,
    }
}

#[test]
fn tiers_by_school_on_the_ten_percent_line() {
    golden_chart("ten-line", |width| ten_line(&ten(schools(), width)));
}

#[test]
fn all_students_by_tier() {
    let tiers = [1420, 617, 388, 207, 23];
    let input = |tiers: [Option<u32>; 5], rate, width| TierBars {
        title: "Attendance tiers of all students".to_owned(),
        stamp: STAMP.to_owned(),
        tiers,
        rate,
        school_days: Some(98),
        width,
        precision: Precision::Tenths,
    };
    golden_chart("tier-bars", |width| tier_bars(&input(tiers.map(Some), rate(618, 2655), width)));
    let hidden = [Some(40), Some(21), Some(12), None, None];
    let some = Rate { counted: Some(84), ..Rate::default() };
    golden_chart("tier-bars-hidden", |width| tier_bars(&input(hidden, some, width)));
    for (tier, piece) in Tier::ALL.iter().zip(tier_bar_pieces(tiers.map(Some), Some(2655), Width(332))) {
        golden_piece(&format!("tier-bar-{}-332", tier.index() + 1), &piece);
    }
}

#[test]
fn how_to_read_a_bright_spot() {
    golden_chart("how-to-read", how_to_read);
    golden("how-to-read-473.svg", &how_to_read(Width(473)).svg);
}

#[test]
fn what_is_hidden_or_hostile_or_long_or_extreme_has_its_row() {
    let group = |name: &str, rate: Rate, tiers| TenLineGroup { name: name.to_owned(), rate, tiers };
    let groups = vec![
        group("<img src=x onerror=alert(1)> & \"Sons\"", rate(20, 100), Some([50, 30, 10, 6, 4])),
        group("Saint Bartholomew of the Long Corridor Preparatory School", rate(0, 75), Some([60, 15, 0, 0, 0])),
        group("Every student chronic", rate(44, 44), Some([0, 0, 20, 20, 4])),
        group("Hidden Lake", Rate { counted: Some(8), ..Rate::default() }, None),
        group("State file only", rate_only(0.31, 512), None),
    ];
    golden_chart("ten-line-odd", |width| ten_line(&ten(groups.clone(), width)));
}

fn rate_only(share: f64, counted: u32) -> Rate {
    Rate { counted: Some(counted), chronic: None, rate: Some(share), interval: None }
}

#[test]
fn rate_and_interval_by_grade() {
    let grades = ["K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let counts = [(39, 186), (26, 178), (23, 183), (22, 181), (26, 190), (27, 179), (36, 204), (41, 210), (44, 208)];
    let upper = [(78, 251), (84, 243), (84, 236), (87, 206)];
    let rates: Vec<Rate> = counts.into_iter().chain(upper).map(|(x, n)| rate(x, n)).collect();
    let groups: Vec<(String, Rate)> = grades.iter().map(|g| (*g).to_owned()).zip(rates).collect();
    let input = |groups: Vec<(String, Rate)>, width| GradeDots {
        title: "Chronic absence by grade".to_owned(),
        stamp: STAMP.to_owned(),
        group_label: "grade".to_owned(),
        groups,
        width,
        precision: Precision::Tenths,
    };
    golden_chart("grade-dots", |width| grade_dots(&input(groups.clone(), width)));
    let few = vec![
        ("K".to_owned(), rate(9, 41)),
        ("1".to_owned(), Rate { counted: Some(38), ..Rate::default() }),
        ("2".to_owned(), rate(3, 44)),
    ];
    golden_chart("grade-dots-few", |width| grade_dots(&input(few.clone(), width)));
}

pub fn rows() -> Vec<RateRow> {
    let judged = [
        (5, 0.194, Verdict::LikelyBright),
        (3, 0.181, Verdict::PossibleBright),
        (4, 0.221, Verdict::TooFew),
        (2, 0.21, Verdict::AsExpected),
        (1, 0.208, Verdict::CheckData),
        (0, 0.31, Verdict::LikelyHigher),
    ];
    let row = |(i, expected, verdict): (usize, f64, Verdict)| {
        let (name, note, t) = SCHOOLS[i];
        RateRow {
            name: name.to_owned(),
            note: note.to_owned(),
            rate: rate(t[2] + t[3] + t[4], t.iter().sum()),
            expected: Some(expected),
            verdict: Some(verdict),
        }
    };
    judged.map(row).to_vec()
}

#[test]
fn the_comparison_as_one_chart() {
    let input = |rows: Vec<RateRow>, label: &str, width| RateRows {
        title: "Rate against expected".to_owned(),
        stamp: STAMP.to_owned(),
        row_label: label.to_owned(),
        rows,
        width,
        precision: Precision::Tenths,
    };
    golden_chart("rate-rows", |width| rate_rows(&input(rows(), "School", width)));
    let year = |name: &str, x, n, expected| RateRow {
        name: name.to_owned(),
        note: String::new(),
        rate: rate(x, n),
        expected: Some(expected),
        verdict: None,
    };
    let years =
        vec![year("2023–24", 48, 371, 0.201), year("2024–25", 40, 380, 0.198), year("2025–26, to Feb", 35, 388, 0.194)];
    golden_chart("rate-rows-years", |width| rate_rows(&input(years.clone(), "Year", width)));
}

#[test]
fn the_pieces_of_the_comparison_table() {
    let mut rows = rows();
    let axis = shared_axis(&rows);
    golden_piece("axis-head-340", &axis_head(axis, Width(340)));
    for row in &rows {
        let name = row.name.split(' ').next().unwrap_or_default().to_lowercase();
        golden_piece(&format!("row-{name}-340"), &row_piece(row, axis, Width(340), 64, Precision::Tenths));
    }
    rows[0].rate = Rate::default();
    golden_piece("row-hidden-340", &row_piece(&rows[0], axis, Width(340), 64, Precision::Tenths));
    rows[2].rate = rate(6, 12);
    golden_piece("row-leaves-axis-340", &row_piece(&rows[2], axis, Width(340), 64, Precision::Tenths));
    golden_piece("tier-mix-84", &tier_mix(Some(SCHOOLS[0].2), Width(84)));
    golden_piece("tier-mix-hidden-84", &tier_mix(None, Width(84)));
}

#[test]
fn marks_and_badges() {
    for verdict in Verdict::ALL {
        golden_piece(&format!("verdict-{}", verdict.label().to_lowercase().replace(' ', "-")), &verdict_icon(verdict));
    }
    for tier in Tier::ALL {
        golden_piece(&format!("badge-{}", tier.label().to_lowercase().replace(' ', "-")), &tier_badge(tier));
    }
    golden_piece("logo", &logo());
}

#[test]
fn a_chart_stands_alone_with_title_sentence_and_foot() {
    for (name, width) in [("standalone-888", Width::WIDE), ("standalone-358", Width::NARROW)] {
        let whole = ten_line(&ten(schools(), width)).standalone();
        assert_eq!(whole.matches("<svg").count(), whole.matches("</svg>").count());
        assert!(whole.contains("Attendance tiers by school") && whole.contains("n = 2,682."));
        golden(&format!("{name}.svg"), &whole);
    }
}

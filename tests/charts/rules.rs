//! Rules that hold for every chart: its colours are roles that the style sheet maps, and no data
//! can make it anything but a drawing.

use bright_spots::charts::funnel::{Funnel, FunnelPoint, Limits, funnel};
use bright_spots::charts::grade_dots::{GradeDots, grade_dots};
use bright_spots::charts::rate_rows::{RateRow, RateRows, rate_rows};
use bright_spots::charts::role::Role;
use bright_spots::charts::ten_line::{TenLine, TenLineGroup, ten_line};
use bright_spots::charts::{Precision, Rate, Verdict, Width};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_style_sheet_maps_every_role_and_nothing_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("style/charts.css");
    let css = std::fs::read_to_string(path).expect("style/charts.css");
    for role in Role::ALL {
        let on = if role == Role::OnDark { "text" } else { "" };
        let rule = format!(".ch {on}[fill=\"{}\"]{{fill:var({})}}", role.hex(), role.token());
        assert!(css.contains(&rule), "style/charts.css lacks {rule}");
    }
    let known: BTreeSet<String> = Role::ALL.iter().map(|r| r.hex()).collect();
    for hex in css.split("=\"").skip(1).filter_map(|s| s.split('"').next()) {
        assert!(known.contains(hex), "{hex} is no role");
    }
}

#[test]
fn every_colour_in_every_golden_is_mapped() {
    if std::env::var_os("UPDATE").is_some() {
        println!("skipped: the goldens are being written by this very run");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let css = std::fs::read_to_string(root.join("style/charts.css")).expect("style/charts.css");
    let mut seen = 0;
    for entry in std::fs::read_dir(root.join("tests/fixtures/charts")).expect("the goldens") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "svg") {
            continue;
        }
        let svg = std::fs::read_to_string(&path).expect("an SVG");
        for key in ["fill", "stroke"] {
            for value in svg.split(&format!(" {key}=\"")).skip(1).filter_map(|s| s.split('"').next()) {
                let rule = format!("[{key}=\"{value}\"]");
                assert!(value == "none" || css.contains(&rule), "{}: {rule} is not mapped", path.display());
                seen += 1;
            }
        }
        assert!(!svg.contains("style=") && !svg.contains("<img") && !svg.contains("NaN"), "{}", path.display());
    }
    assert!(seen > 1000, "the goldens were read");
}

/// Tags and attributes that a drawing may hold; anything else came in through data.
fn only_drawing(svg: &str) {
    for tag in svg.split('<').skip(1).map(|t| t.split(['>', ' ']).next().unwrap_or_default()) {
        let known = ["svg", "/svg", "rect", "line", "circle", "polyline", "polygon", "text", "/text"];
        assert!(known.contains(&tag), "<{tag}> in a drawing");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "a position is no number");
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        "[<>&\"'\\x00-\\x1f a-z]{0,40}",
        Just("<img src=x onerror=alert(1)>".to_owned()),
        Just("</text></svg><script>alert(1)</script>".to_owned()),
    ]
}

fn any_rate() -> impl Strategy<Value = Rate> {
    prop_oneof![
        (0_u32..2000, 0_u32..2000).prop_map(|(a, b)| {
            let (chronic, counted) = (a.min(b), a.max(b));
            Rate::of(chronic, counted, (counted > 0).then(|| crate::golden::wilson(chronic, counted)))
        }),
        Just(Rate::default()),
        (0.0..1.0).prop_map(|rate| Rate { rate: Some(rate), ..Rate::default() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a file names its schools and whatever is hidden, drawings stay drawings, and no
    /// text leaves them.
    #[test]
    fn any_names_and_numbers_draw(
        groups in prop::collection::vec((name(), any_rate(), prop::option::of(prop::array::uniform5(0_u32..900))), 0..9),
        width in prop_oneof![Just(288_u32), Just(358), Just(720), Just(888)],
    ) {
        let width = Width(width);
        let ten = ten_line(&TenLine {
            title: "t".into(),
            stamp: String::new(),
            group_label: "School".into(),
            threshold_percent: 10.0,
            groups: groups.iter().map(|(n, r, t)| TenLineGroup { name: n.clone(), rate: *r, tiers: *t }).collect(),
            width,
            precision: Precision::Tenths,
        });
        let rows = groups.iter().enumerate().map(|(i, (n, r, _))| RateRow {
            name: n.clone(),
            note: n.clone(),
            rate: *r,
            expected: (i % 2 == 0).then_some(0.2),
            verdict: (i % 3 != 0).then(|| Verdict::ALL[i % 7]),
        });
        let rows = rate_rows(&RateRows {
            title: "t".into(),
            stamp: String::new(),
            row_label: "School".into(),
            rows: rows.collect(),
            width,
            precision: Precision::Whole,
        });
        let dots = grade_dots(&GradeDots {
            title: "t".into(),
            stamp: String::new(),
            group_label: "homeroom".into(),
            groups: groups.iter().map(|(n, r, _)| (n.clone(), *r)).collect(),
            width,
            precision: Precision::Whole,
        });
        let points = groups.iter().filter_map(|(n, r, _)| {
            let (counted, rate) = (r.counted?, r.rate?);
            Some(FunnelPoint { name: n.clone(), counted, difference: rate - 0.2, verdict: Verdict::ALL[n.len() % 7] })
        });
        let funnel = funnel(&Funnel {
            title: "t".into(),
            stamp: String::new(),
            points: points.collect(),
            limits: Limits::default(),
            plain: None,
            expected_by_luck: None,
            width,
        });
        for chart in [ten, rows, dots, funnel] {
            only_drawing(&chart.svg);
            only_drawing(&chart.standalone());
            crate::golden::inside("any", &chart.svg);
            prop_assert!(chart.table.is_whole());
        }
    }
}

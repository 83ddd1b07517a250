//! Rules that hold for every chart: its colours are roles, and the style sheet maps each.

use bright_spots::charts::role::Role;
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

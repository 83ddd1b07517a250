//! Golden files and the invented district they draw.

use bright_spots::charts::{Chart, Piece, Rate, Width};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub const STAMP: &str = "Example district, 2 Sep 2025 – 13 Feb 2026. Federal definition, 10 % or more.";

/// Compares with `tests/fixtures/charts/<name>`; `UPDATE=1` writes it.
pub fn golden(name: &str, actual: &str) {
    golden_at(&format!("tests/fixtures/charts/{name}"), actual);
}

/// The same for a file anywhere in the repository.
pub fn golden_at(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).expect("the golden can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected != actual {
        let beside = actual_path(&path);
        std::fs::write(&beside, actual).expect("the actual can be written");
        panic!("{name} differs from its golden: look at {}", beside.display());
    }
}

fn actual_path(golden: &Path) -> PathBuf {
    let extension = golden.extension().and_then(|e| e.to_str()).unwrap_or("txt");
    golden.with_extension(format!("actual.{extension}"))
}

/// The chart at both widths as pictures, and its words once: they may not depend on the width.
pub fn golden_chart(name: &str, draw: impl Fn(Width) -> Chart) {
    let (wide, narrow) = (draw(Width::WIDE), draw(Width::NARROW));
    assert!(wide.table.is_whole(), "{name}: a row of the table lacks a cell");
    assert_eq!(words(&wide), words(&narrow), "{name}: words depend on the width");
    inside(name, &wide.svg);
    inside(name, &narrow.svg);
    inside(name, &draw(Width::MIDDLE).svg);
    inside(name, &draw(Width(288)).svg);
    if let Some(folder) = std::env::var_os("LOOK") {
        // For looking only: the middle width has no golden of its own.
        let path = Path::new(&folder).join(format!("{name}-720.svg"));
        std::fs::write(path, draw(Width::MIDDLE).svg).expect("the folder can be written");
    }
    golden(&format!("{name}-888.svg"), &wide.svg);
    golden(&format!("{name}-358.svg"), &narrow.svg);
    golden(&format!("{name}.txt"), &words(&wide));
}

/// Small pieces, stacked in one text file and one picture each.
pub fn golden_piece(name: &str, piece: &Piece) {
    inside(name, &piece.svg);
    golden(&format!("{name}.svg"), &format!("{}\n", piece.svg));
    golden(&format!("{name}.txt"), &format!("{}\n", piece.text));
}

/// No text leaves the picture at either side, measured as the chart itself measures.
pub fn inside(name: &str, svg: &str) {
    use bright_spots::charts::metrics::{Weight, width};
    let attribute = |tag: &str, key: &str| -> Option<f64> {
        tag.split_once(&format!(" {key}=\""))?.1.split('"').next()?.parse().ok()
    };
    let right = attribute(svg, "width").expect("a width");
    let bottom = attribute(svg, "height").expect("a height");
    for piece in svg.split("<text").skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a whole tag");
        let text = rest.split('<').next().unwrap_or_default();
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        let text = text.replace("&amp;", "&");
        let weight = if tag.contains("bold") { Weight::Bold } else { Weight::Regular };
        let wide = width(&text, attribute(tag, "font-size").expect("a size"), weight);
        let x = attribute(tag, "x").expect("an x");
        let from = match () {
            () if tag.contains("\"end\"") => x - wide,
            () if tag.contains("\"middle\"") => x - wide / 2.0,
            () => x,
        };
        assert!(
            from >= -1.5 && from + wide <= right + 1.5,
            "{name}: “{text}” spans {from} to {} of {right}",
            from + wide
        );
        let y = attribute(tag, "y").expect("a y");
        assert!(y >= 8.0 && y <= bottom + 0.5, "{name}: “{text}” stands at {y} of {bottom}");
    }
}

pub fn words(chart: &Chart) -> String {
    let mut out = format!("{}\n{}\n\n{}\n", chart.title, chart.summary, chart.table.caption);
    let heads: Vec<String> =
        chart.table.columns.iter().map(|c| format!("{}{}", c.label, if c.numeric { " #" } else { "" })).collect();
    writeln!(out, "| {} |", heads.join(" | ")).expect("text grows");
    for row in &chart.table.rows {
        writeln!(out, "| {} |", row.join(" | ")).expect("text grows");
    }
    writeln!(out, "\n{}", chart.foot).expect("text grows");
    out
}

/// The 95 % Wilson interval, for invented counts.
pub fn wilson(chronic: u32, counted: u32) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (x, n) = (f64::from(chronic), f64::from(counted));
    let p = x / n;
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    ((middle - half) / whole, (middle + half) / whole)
}

pub fn rate(chronic: u32, counted: u32) -> Rate {
    Rate::of(chronic, counted, Some(wilson(chronic, counted)))
}

/// The invented district: name, grade span, tiers.
pub const SCHOOLS: [(&str, &str, [u32; 5]); 6] = [
    ("Elm High", "9–12", [402, 196, 196, 121, 19]),
    ("Cedar Elementary", "K–5", [151, 73, 47, 21, 4]),
    ("Dogwood Middle", "6–8", [336, 154, 79, 38, 4]),
    ("Alder Elementary", "K–5", [239, 116, 41, 14, 2]),
    ("Fern Charter", "K–8", [25, 11, 3, 2, 0]),
    ("Birch Elementary", "K–5", [275, 78, 25, 9, 1]),
];

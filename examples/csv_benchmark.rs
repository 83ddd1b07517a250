//! Writes docs/csv-benchmark.md: how files of others are read, beside the published scores of other readers.
//!
//! `cargo run --release --no-default-features --features opener --example csv_benchmark`

#[path = "../tests/suites/family.rs"]
mod family;
#[path = "../tests/suites/mod.rs"]
mod suites;

use std::fmt::Write as _;
use std::path::Path;

use suites::{dialects, parse_truth, pollock};

/// Published scores on the polluted files: simple and weighted, of 10.
const OTHERS: [(&str, f64, f64); 8] = [
    ("DuckDB 1.2, told the dialect", 9.961, 9.599),
    ("SpreadDesktop", 9.929, 9.597),
    ("CleverCSV 0.7.4", 9.193, 9.453),
    ("Python csv 3.10", 9.721, 9.436),
    ("pandas 1.4", 9.895, 9.431),
    ("SQLite 3.39", 9.955, 9.375),
    ("DuckDB 1.2, finding it by itself", 9.075, 8.439),
    ("LibreOffice Calc 7.3", 9.925, 7.833),
];

fn main() -> std::io::Result<()> {
    let Some(root) = suites::root() else {
        return Ok(());
    };
    let text = report(&root);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/csv-benchmark.md");
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    std::fs::write(&path, text)?;
    println!("written: {}", path.display());
    Ok(())
}

fn report(root: &Path) -> String {
    let mut out = String::from(
        "# How files of others are read\n\n\
         Written by `cargo run --release --no-default-features --features opener --example csv_benchmark`; do not edit.\n\n\
         The files are public suites that label what is right. Our reader is told nothing: encoding, dialect, header and\n\
         table are found from the bytes. No file name and no content is known to it.\n\n",
    );
    // Writing to a String cannot fail, so results of write! are dropped here.
    let d = dialects::run(root);
    let _ = writeln!(out, "## Encoding and dialect\n");
    let _ = writeln!(
        out,
        "CSVsniffer's annotations, those files of them that are in the suite at hand. Right means: encoding, delimiter, \
         quote and escape are all as annotated.\n"
    );
    let _ = writeln!(out, "| Files | Right | Share | Line ends as annotated |\n|---|---|---|---|");
    let share = 100.0 * d.right as f64 / d.files.max(1) as f64;
    let _ = writeln!(out, "| {} | {} | {share:.1} % | {} |\n", d.files, d.right, d.line_ends);
    let _ = writeln!(
        out,
        "Published, on the three whole sets, delimiter and quote only: csv.Sniffer 96.4, 80.6, 97.7 %; CleverCSV 95.2, \
         84.3, 61.1 %; CSVsniffer 96.6, 90.6, 95.4 %; DuckDB 84.1, 76.8, 99.1 %.\n"
    );
    list(&mut out, "Misses", &d.misses);

    let p = pollock::run(root);
    let family = family::whole_family(root);
    let _ = writeln!(out, "## Polluted files (Pollock)\n");
    let _ = writeln!(
        out,
        "One point for reading at all, and precision, recall and their harmonic mean for header, records and cells: 10 \
         at most. Weighted by how often each pollution is seen in the wild. \"All row pollutions\" are made here from \
         the source file by the benchmark's rules, since the suite at hand holds only a part of them.\n"
    );
    let _ = writeln!(out, "| Reader | Files | Simple | Weighted |\n|---|---|---|---|");
    let row = |out: &mut String, name: &str, s: &pollock::Scores| {
        let _ = writeln!(out, "| {name} | {} | **{:.3}** | **{:.3}** |", s.files.len(), s.simple(), s.weighted());
    };
    row(&mut out, "Bright Spots, the files at hand", &p);
    row(&mut out, "Bright Spots, all row pollutions", &family);
    for (name, simple, weighted) in OTHERS {
        let _ = writeln!(out, "| {name} (published) | 2,289 | {simple:.3} | {weighted:.3} |");
    }
    let _ = writeln!(out);
    let misses: Vec<String> = p
        .files
        .iter()
        .filter(|f| f.total() < 9.9)
        .map(|f| {
            let [h, r, c] = [f.header[2], f.records[2], f.cells[2]];
            let why = why(&f.name);
            format!("{} ({:.2} of 10; F1: header {h:.2}, records {r:.2}, cells {c:.2}){why}", f.name, f.total())
        })
        .collect();
    list(&mut out, "Files under 9.9", &misses);
    let mut kinds: Vec<(&str, Vec<f64>)> = Vec::new();
    for kind in ["row_less_sep", "row_more_sep", "row_extra_quote", "row_field_delimiter"] {
        kinds.push((kind, family.files.iter().filter(|f| f.name.starts_with(kind)).map(|f| f.total()).collect()));
    }
    let _ = writeln!(out, "| Kind of row pollution | Files | Mean | Lowest |\n|---|---|---|---|");
    for (kind, totals) in &kinds {
        let mean = totals.iter().sum::<f64>() / totals.len().max(1) as f64;
        let lowest = totals.iter().copied().fold(10.0, f64::min);
        let _ = writeln!(out, "| {kind} | {} | {mean:.3} | {lowest:.3} |", totals.len());
    }
    let t = parse_truth::run(root);
    let _ = writeln!(out, "\n## Exact cells (csv-spectrum, csv-test-data)\n");
    let _ = writeln!(out, "{} of {} files read cell by cell as their JSON says.\n", t.files - t.misses.len(), t.files);
    list(&mut out, "Misses", &t.misses);
    out
}

/// Where a low score is a choice, say so.
fn why(name: &str) -> &'static str {
    if name.starts_with("file_multitable_same") {
        ": the second table has the very same header, as every page of a printed report has; its rows are kept"
    } else if name.starts_with("file_field_delimiter_0x20") {
        ": values that contain spaces are not quoted, so where they end cannot be known"
    } else {
        ""
    }
}

fn list(out: &mut String, title: &str, items: &[String]) {
    let _ = writeln!(out, "{title}: {}\n", if items.is_empty() { "none." } else { "" });
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
    if !items.is_empty() {
        let _ = writeln!(out);
    }
}

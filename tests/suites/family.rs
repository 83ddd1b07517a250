//! Every row pollution of Pollock, made from its source file: for the benchmark table, too slow for each test run.

use std::path::Path;

use serde_json::Value;

use crate::suites::pollock::{Scores, clean_rows, load, run, score};

/// The whole family of row pollutions, made here from the source file by the benchmark's rules: a delimiter taken out
/// or put in before any cell, a quote put before any cell, a row delimited by spaces. The suite at hand holds only a
/// part of them.
pub fn whole_family(root: &Path) -> Scores {
    let folder = root.join("pollock");
    let weights = std::fs::read_to_string(folder.join("pollock_weights.json")).unwrap_or_default();
    let weights: Value = serde_json::from_str(&weights).unwrap_or_default();
    let Ok(source) = std::fs::read_to_string(folder.join("polluted_files/csv/source.csv")) else {
        return Scores::default();
    };
    let clean = clean_rows(source.as_bytes());
    let lines: Vec<&str> = source.lines().collect();
    let mut scores = run(root);
    scores.files.retain(|f| !f.name.starts_with("row_"));
    let mut add = |name: String, row: usize, line: String, clean: &[Vec<String>]| {
        let weight = weights.get(&name).and_then(Value::as_f64).unwrap_or(0.0);
        if weight > 0.0 {
            let text = [&lines[..row], &[line.as_str()], &lines[row + 1..]].concat().join("\n") + "\n";
            scores.files.push(score(&name, weight, &load(text.as_bytes()), clean));
        }
    };
    for (row, line) in lines.iter().enumerate() {
        let cells = raw_cells(line);
        let spaced = cells.join(" ");
        add(format!("row_field_delimiter_{row}_0x20.csv"), row, spaced, &clean);
        for column in 0..cells.len() {
            let (before, after) = (cells[..column].join(","), cells[column..].join(","));
            let comma = if column > 0 { "," } else { "" };
            if column > 0 {
                add(format!("row_less_sep_row{row}_col{column}.csv"), row, format!("{before}{after}"), &clean);
            }
            add(format!("row_more_sep_row{row}_col{column}.csv"), row, format!("{before}{comma},{after}"), &clean);
            let mut quoted = clean.clone();
            if let Some(cell) = quoted.get_mut(row).and_then(|r| r.get_mut(column)) {
                cell.insert(0, '"');
            }
            add(format!("row_extra_quote{row}_col{column}.csv"), row, format!("{before}{comma}\"{after}"), &quoted);
        }
    }
    scores
}

/// The cells of a line as they are written, quotes and all.
fn raw_cells(line: &str) -> Vec<&str> {
    let (mut cells, mut start, mut inside) = (Vec::new(), 0, false);
    for (at, b) in line.bytes().enumerate() {
        match b {
            b'"' => inside = !inside,
            b',' if !inside => {
                cells.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(&line[start..]);
    cells
}

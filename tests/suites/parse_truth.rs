//! csv-spectrum and csv-test-data: what exactly the cells are, as JSON.

use std::path::Path;

use bright_spots::ingest::{records, sniff};
use serde_json::Value;

/// What was measured.
#[derive(Default)]
pub struct Scores {
    pub files: usize,
    pub misses: Vec<String>,
}

/// Read every file that has a JSON beside it.
pub fn run(root: &Path) -> Scores {
    let mut scores = Scores::default();
    for (csv, json) in [("csv-spectrum/csvs", "csv-spectrum/json"), ("csv-test-data/csv", "csv-test-data/json")] {
        for name in super::names(&root.join(csv)) {
            let truth = root.join(json).join(name.replace(".csv", ".json"));
            let (Ok(bytes), Ok(truth)) = (std::fs::read(root.join(csv).join(&name)), std::fs::read_to_string(truth))
            else {
                continue;
            };
            let truth: Value = serde_json::from_str(&truth).expect("the suite's own JSON");
            scores.files += 1;
            let guess = sniff::dialect(&bytes, true);
            let rows = records::read_rows(&bytes, guess.dialect, usize::MAX);
            if !same(&rows, &truth) {
                scores.misses.push(format!("{name}: read as {:?} with {}", rows, guess.dialect.describe()));
            }
        }
    }
    scores
}

/// Truth is a list of lists of cells, or of objects by header name.
fn same(rows: &[Vec<String>], truth: &Value) -> bool {
    let Some(list) = truth.as_array() else {
        return false;
    };
    if list.first().is_some_and(Value::is_array) {
        let truth: Vec<Vec<String>> = list
            .iter()
            .map(|r| r.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
            .collect();
        return rows == truth;
    }
    let Some((header, body)) = rows.split_first() else {
        return list.is_empty();
    };
    body.len() == list.len()
        && body.iter().zip(list).all(|(row, object)| {
            row.len() == header.len()
                && header.iter().zip(row).all(|(name, cell)| {
                    object.get(name).and_then(Value::as_str).is_some_and(|v| plain(v) == plain(cell))
                })
        })
}

/// The JSON of the CRLF files was written with LF.
fn plain(cell: &str) -> String {
    cell.replace("\r\n", "\n")
}

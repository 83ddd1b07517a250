//! Where the reference numbers lie, and how they are read. Absent data are said aloud, never passed over.

use serde_json::Value;
use std::path::PathBuf;

/// The folder of test data: `BRIGHT_SPOTS_DATA`, else `shared/data` beside the repository.
pub fn data_folder() -> PathBuf {
    std::env::var_os("BRIGHT_SPOTS_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from)
}

/// The text of a file under the data folder; `None`, said aloud, where it is not there.
pub fn text(path: &str) -> Option<String> {
    let full = data_folder().join(path);
    match std::fs::read_to_string(&full) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => {
            eprintln!("SKIPPED: {} is not here ({error}); set BRIGHT_SPOTS_DATA", full.display());
            None
        }
    }
}

/// One file of `4_reference_numbers/methods`.
pub fn methods(name: &str) -> Option<Value> {
    let json = text(&format!("4_reference_numbers/methods/{name}.json"))?;
    Some(serde_json::from_str(&json).expect("a reference file is JSON"))
}

/// Rows of a comma-separated file as strings, header first, quotes taken off.
#[allow(dead_code, reason = "not every test file reads tables")]
pub fn table(path: &str) -> Option<Vec<Vec<String>>> {
    let text = text(path)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    Some(reader.records().map(|r| r.expect("a table").iter().map(str::to_owned).collect()).collect())
}

/// A number, where `"inf"` is infinite.
pub fn number(value: &Value) -> f64 {
    match value {
        Value::String(text) if text == "inf" => f64::INFINITY,
        value => value.as_f64().unwrap_or_else(|| panic!("not a number: {value}")),
    }
}

/// Fails unless `ours` is within `tolerance` of `theirs`; `null` asks for `None`.
#[track_caller]
pub fn close(what: &str, ours: impl Into<Option<f64>>, theirs: &Value, tolerance: f64) {
    match (ours.into(), theirs) {
        (None, Value::Null) => {}
        (Some(ours), theirs) if !theirs.is_null() => {
            let theirs = number(theirs);
            assert!(ours == theirs || (ours - theirs).abs() <= tolerance, "{what}: {ours} against {theirs}");
        }
        (ours, theirs) => panic!("{what}: {ours:?} against {theirs}"),
    }
}

//! Reads a district of the reference files into a table of strata.

use bright_spots::attendance::GradeBand;
use bright_spots::compare::strata::{Condition, StrataTable, Stratum};
use serde_json::Value;

/// Rows are school, grade band, three conditions as Y, N or U, counted, chronic.
pub fn table(district: &Value) -> StrataTable {
    let columns: Vec<&str> = district["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    let n_conditions = columns.len() - 4;
    let conditions = columns[2..2 + n_conditions]
        .iter()
        .map(|key| Condition {
            key: (*key).to_owned(),
            label: (*key).to_owned(),
            values: vec!["No".to_owned(), "Yes".to_owned()],
        })
        .collect();
    let rows = district["rows"].as_array().unwrap();
    let mut units: Vec<String> = rows.iter().map(|row| row[0].as_str().unwrap().to_owned()).collect();
    units.sort();
    units.dedup();
    let rows: Vec<(usize, Stratum, u64, u64)> = rows
        .iter()
        .map(|row| {
            let unit = units.iter().position(|unit| Some(unit.as_str()) == row[0].as_str()).unwrap();
            let codes = (0..n_conditions).map(|i| code(&row[2 + i])).collect();
            let stratum = Stratum { band: band(row[1].as_str().unwrap()), codes };
            (unit, stratum, row[2 + n_conditions].as_u64().unwrap(), row[3 + n_conditions].as_u64().unwrap())
        })
        .collect();
    StrataTable::from_rows(conditions, units, rows)
}

fn code(value: &Value) -> u8 {
    match value.as_str().unwrap() {
        "Y" => 2,
        "N" => 1,
        _ => 0,
    }
}

fn band(text: &str) -> GradeBand {
    match text {
        "PK" => GradeBand::PreK,
        "K" => GradeBand::K,
        "1-5" => GradeBand::Grades1To5,
        "6-8" => GradeBand::Grades6To8,
        "9-12" => GradeBand::Grades9To12,
        "ungraded" => GradeBand::Ungraded,
        other => panic!("a band that the file does not name: {other}"),
    }
}

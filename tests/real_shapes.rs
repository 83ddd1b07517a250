//! Dialect and shape on the real public files: where the header is, what the columns are called, what the cells hold.
//! Skips aloud where the data is not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bright_spots::ingest::records::read_rows;
use bright_spots::ingest::sniff::{self, RowKind, Shape};

fn data() -> Option<PathBuf> {
    let data = std::env::var_os("BRIGHT_SPOTS_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    if data.join("1_school_level").is_dir() {
        return Some(data);
    }
    eprintln!("SKIPPED: no public files at {} (set BRIGHT_SPOTS_DATA)", data.display());
    None
}

fn read(path: &Path) -> (Shape, Vec<Vec<String>>) {
    let bytes = std::fs::read(path).expect("a file of the listing");
    let rows = read_rows(&bytes, sniff::dialect(&bytes, true).dialect, usize::MAX);
    let shape = sniff::shape(&rows);
    let mut sorter = shape.sorter();
    let body = rows[shape.first_data..].iter().filter(|r| sorter.sort(r) == RowKind::Data).cloned().collect();
    (shape, body)
}

fn files(data: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for family in ["1_school_level", "2_student_level"] {
        for folder in std::fs::read_dir(data.join(family)).into_iter().flatten().flatten() {
            files.extend(std::fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|f| f.path()));
        }
    }
    files.sort();
    files
}

#[test]
fn every_table_is_found_with_its_header() {
    let Some(data) = data() else { return };
    let mut seen = 0;
    for path in files(&data) {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        // Notes and code books hold no table.
        if name.contains("NOTES") || name.contains("codebook") || name.ends_with(".json") {
            continue;
        }
        let (shape, body) = read(&path);
        seen += 1;
        assert_eq!(shape.has_header(), !name.contains("no_headers"), "{name}: {shape:?}");
        assert!(shape.columns.len() > 2 && !body.is_empty(), "{name}");
        let even = body.iter().filter(|r| r.len() == shape.columns.len()).count();
        assert!(even * 100 >= body.len() * 99, "{name}: {even} of {} rows are even", body.len());
    }
    assert!(seen >= 30, "{seen} files");
}

#[test]
fn titles_and_a_header_that_is_too_short() {
    let Some(data) = data() else { return };
    let path = data.join("1_school_level/va/va_chronic_2022_b_preamble_7hdr_8col.csv");
    if !path.is_file() {
        eprintln!("SKIPPED: {}", path.display());
        return;
    }
    let (shape, body) = read(&path);
    assert_eq!(shape.titles.len(), 2);
    assert_eq!(shape.names()[..3], ["Year", "Division", "School"]);
    assert_eq!(shape.names()[7], "Chronic Absenteeism Rate");
    assert_eq!(body.len(), 1821);
}

/// The raw exports of Connecticut against the table that others cleaned from them.
#[test]
fn two_row_headers_and_guards_give_what_others_cleaned_by_hand() {
    let Some(data) = data() else { return };
    let folder = data.join("1_school_level/ct_meal");
    let (clean_shape, clean) = read(&folder.join("data__chronic_absenteeism_by_meal_eligibility_2012-2020.csv"));
    assert_eq!(clean_shape.names()[2], "Year");
    let mut truth: BTreeMap<[&str; 3], &str> = BTreeMap::new();
    for row in clean.iter().filter(|r| r[5] == "Percent") {
        truth.insert([&row[0], &row[2], &row[3]], &row[6]);
    }
    let (mut compared, mut equal) = (0, 0);
    for (year, long) in
        [("2016-17", "2016-2017"), ("2017-18", "2017-2018"), ("2018-19", "2018-2019"), ("2019-20", "2019-2020")]
    {
        let (shape, rows) = read(&folder.join(format!("raw__chronic-absenteeism__{year}_lunch.csv")));
        let at = shape.names().iter().position(|n| *n == "Chronically Absent %" || *n == "% Chronically Absent");
        let at = at.unwrap_or_else(|| panic!("{year}: {:?}", shape.names()));
        assert!(rows.iter().all(|r| r[1].len() == 7 && r[1].bytes().all(|b| b.is_ascii_digit())), "guards are off");
        for row in &rows {
            let Some(expected) = truth.get(&[row[0].as_str(), long, row[2].as_str()]) else {
                continue;
            };
            compared += 1;
            let value = if row[at] == "*" { "-9999" } else { &row[at] };
            equal += usize::from(value.parse::<f64>().ok() == expected.parse::<f64>().ok());
        }
    }
    println!("{equal} of {compared} cells equal");
    assert!(compared > 1500 && equal * 1000 >= compared * 995, "{equal} of {compared}");
}

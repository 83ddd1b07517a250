//! Kind, dialect and shape of any bytes: no panic, and the same answer twice.
#![no_main]

use bright_spots::ingest::{records, sniff};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let kind = sniff::kind(bytes);
    let _ = (kind.name(), kind.refusal());
    let guess = sniff::dialect(bytes, true);
    assert_eq!(guess, sniff::dialect(bytes, true));
    let rows = records::read_rows(bytes, guess.dialect, 400);
    let shape = sniff::shape(&rows);
    assert!(shape.header.end <= rows.len() && shape.first_data <= rows.len());
    let mut names = shape.names();
    names.sort_unstable();
    assert!(names.windows(2).all(|w| w[0] != w[1]), "names are unique");
    let mut sorter = shape.sorter();
    for row in &rows[shape.first_data..] {
        sorter.sort(row);
    }
});

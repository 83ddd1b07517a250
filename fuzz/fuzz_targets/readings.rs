//! A colleague's reading or code map: anything is taken over or refused, and what is taken over reads files.
#![no_main]

use bright_spots::attendance::{Day, Definition};
use bright_spots::ingest::import::{Head, propose_remembering};
use bright_spots::ingest::tally::whole;
use bright_spots::trust::reading_file;
use libfuzzer_sys::fuzz_target;

const FILE: &[u8] = b"Student ID,School,Date,Status\n1,Alder,2025-10-01,A\n2,Alder,2025-10-01,P\n";

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let _ = reading_file::read_codes(text);
    let Ok(file) = reading_file::decode(text) else {
        return;
    };
    let definition = file.definition.clone().unwrap_or_else(Definition::default);
    let again = reading_file::encode(&file.readings, &definition, "2026-11-22");
    assert!(reading_file::decode(&again).is_ok());
    let today = Day::parse_iso("2026-11-22").expect("a day");
    let head = Head { name: "file.csv", bytes: FILE, whole: true };
    if let Ok(reading) = propose_remembering(&head, &file.readings) {
        let _ = whole::count(vec![reading], &[FILE], 7, today);
    }
    for reading in file.readings.into_iter().take(3) {
        let _ = whole::count(vec![reading], &[FILE], 7, today);
    }
});

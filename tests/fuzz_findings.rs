//! What fuzzing and properties found once, read again on every test run: no panic, the same in pieces, in good time.

use std::path::Path;
use std::time::{Duration, Instant};

use bright_spots::ingest::records::{Limits, Reader, Record};
use bright_spots::ingest::sniff::{self, Dialect, Escape};

#[test]
fn findings_stay_fixed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz");
    let mut seen = 0;
    for folder in std::fs::read_dir(&root).expect("the folder of findings").flatten() {
        for file in std::fs::read_dir(folder.path()).expect("a folder of findings").flatten() {
            let bytes = std::fs::read(file.path()).expect("a finding");
            let started = Instant::now();
            check(&bytes);
            assert!(started.elapsed() < Duration::from_secs(10), "{} is slow", file.path().display());
            seen += 1;
        }
    }
    assert!(seen >= 3, "the findings are in the repository");
}

fn check(bytes: &[u8]) {
    let _ = sniff::kind(bytes).refusal();
    let guess = sniff::dialect(bytes, true);
    let rows = records(bytes, usize::MAX, guess.dialect, Limits::USUAL);
    let shape = sniff::shape(&rows.iter().map(|r| r.1.clone()).collect::<Vec<_>>());
    assert!(shape.first_data <= rows.len());
    let small = Limits { field: 40, record: 90, columns: 9 };
    for text in [bytes, bytes.get(2..).unwrap_or_default()] {
        for dialect in [Dialect::CSV, Dialect { escape: Escape::Backslash, ..Dialect::CSV }, guess.dialect] {
            for limits in [small, Limits::USUAL] {
                for piece in [1, 2, 3, 7] {
                    assert_eq!(records(text, usize::MAX, dialect, limits), records(text, piece, dialect, limits));
                }
            }
        }
    }
}

fn records(text: &[u8], piece: usize, dialect: Dialect, limits: Limits) -> Vec<(u64, Vec<String>)> {
    let mut seen = Vec::new();
    let mut reader = Reader::with_limits(dialect, limits);
    let mut sink = |r: &Record<'_>| seen.push((r.line, r.to_strings()));
    for chunk in text.chunks(piece.min(text.len().max(1))) {
        reader.push(chunk, &mut sink);
    }
    reader.finish(&mut sink);
    seen
}

//! Files made to break a reader: a line without end, a million columns, codes and names without number.
//! The bytes come as a stream, never as a file, and the memory of the process is looked at meanwhile.

use bright_spots::attendance::Day;
use bright_spots::ingest::import::{Failure, HEAD, Head, propose};
use bright_spots::ingest::problem::Kind;
use bright_spots::ingest::tally::{Outcome, Tally};
use std::time::{Duration, Instant};

/// Memory of this process in KiB, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

const CHUNK: usize = 1 << 20;

/// Reads `head`, then `megabytes` of what `chunk` makes, then `tail`.
fn stream(head: &str, megabytes: usize, chunk: impl Fn(usize) -> Vec<u8>, tail: &str) -> (Outcome, u64) {
    let mut start = head.as_bytes().to_vec();
    start.extend_from_slice(&chunk(0)[..HEAD.min(CHUNK)]);
    let reading = propose(&Head { name: "f.csv", bytes: &start, whole: false }).unwrap();
    let mut tally = Tally::new(vec![reading], &[0], Day(20_700));
    tally.start(0);
    tally.push(head.as_bytes());
    let before = memory();
    let mut most = before.unwrap_or(0);
    for at in 0..megabytes {
        tally.push(&chunk(at));
        most = most.max(memory().unwrap_or(0));
    }
    tally.push(tail.as_bytes());
    tally.end();
    let grown = most - before.unwrap_or(0);
    if before.is_none() {
        println!("SKIPPED: this system does not tell the memory of a process");
    }
    (tally.finish(), grown)
}

const HEADER: &str = "Student ID,School,Days Enrolled,Days Absent\n1,Alder,100,10\n2,Alder,100,3\n";

#[test]
fn a_line_without_end_takes_no_more_memory_than_a_short_one() {
    for (what, byte) in [("plain", b'x'), ("quoted", b'"'), ("all delimiters", b',')] {
        let (outcome, grown) = stream(HEADER, 64, |_| vec![byte; CHUNK], "\n3,Alder,100,50\n");
        let rows = &outcome.dataset.files[0];
        assert!(outcome.problems.iter().any(|p| p.kind == Kind::TooLongRecord), "{what}: {:?}", outcome.problems);
        assert_eq!(rows.rows_used, 3, "{what}: the rows before and after it are read");
        assert!(grown < 40 * 1024, "{what}: {grown} KiB more");
    }
}

#[test]
fn a_million_columns_are_refused() {
    let begun = Instant::now();
    let names: String = (0..1_000_000).map(|at| format!("c{at},")).collect();
    let same = "Student ID,".repeat(1_000_000);
    for header in [names, same] {
        let bytes = header.as_bytes();
        let failure = propose(&Head { name: "wide.csv", bytes: &bytes[..HEAD], whole: false }).unwrap_err();
        assert!(matches!(failure, Failure::TooManyColumns { columns, .. } if columns >= 16_384), "{failure:?}");
    }
    // As many as a spreadsheet holds are looked at, and quickly, even where all have one name.
    let most = format!("{}\n{}\n", "School,".repeat(16_000), "x,".repeat(16_000));
    let reading = propose(&Head { name: "wide.csv", bytes: most.as_bytes(), whole: true });
    assert!(reading.is_ok(), "{reading:?}");
    let mut tally = Tally::new(vec![reading.unwrap()], &[0], Day(20_700));
    tally.start(0);
    tally.push(most.as_bytes());
    tally.end();
    let _ = tally.finish();
    assert!(begun.elapsed() < Duration::from_secs(300), "{:?}", begun.elapsed());
}

#[test]
fn more_codes_than_anyone_could_answer_are_asked_in_portions() {
    let mut text = String::from("Student ID,Date,Status\n");
    for row in 0..70_000 {
        text += &format!("{},2026-01-{:02},code {row}\n", row / 20, row % 20 + 1);
    }
    let reading = propose(&Head { name: "f.csv", bytes: &text.as_bytes()[..HEAD], whole: false }).unwrap();
    let mut tally = Tally::new(vec![reading], &[0], Day(20_700));
    tally.start(0);
    tally.push(text.as_bytes());
    tally.end();
    let outcome = tally.finish();
    assert!((1..=64).contains(&outcome.questions.len()), "{}", outcome.questions.len());
    assert_eq!(outcome.dataset.stays, []);
}

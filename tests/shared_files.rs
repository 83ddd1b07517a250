//! The real files beside the repository: each is read right, or asks what it must. Skips aloud
//! where they are absent. `docs/layouts.md` says the same in words.

use bright_spots::attendance::{Day, Definition, summarise};
use bright_spots::ingest::import::{Failure, HEAD, Head, needs_opening, propose};
use bright_spots::ingest::reading::{Ask, Ids, Reading};
use bright_spots::ingest::tally::{Outcome, Tally};
use std::path::{Path, PathBuf};

fn data() -> Option<PathBuf> {
    let root = std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".into());
    let root = PathBuf::from(root);
    if root.is_dir() {
        return Some(root);
    }
    println!("SKIPPED: no shared data at {}", root.display());
    None
}

enum Read {
    Outcome(Box<Outcome>),
    Opening,
    Failed(Failure),
}

fn read(paths: &[&Path]) -> Read {
    read_answering(paths, &|_| ())
}

fn read_answering(paths: &[&Path], answer: &dyn Fn(&mut Reading)) -> Read {
    let texts: Vec<Vec<u8>> = paths.iter().map(|p| std::fs::read(p).unwrap()).collect();
    let mut readings = Vec::new();
    for (path, bytes) in paths.iter().zip(&texts) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let head = Head { name: &name, bytes: &bytes[..bytes.len().min(HEAD)], whole: bytes.len() <= HEAD };
        match needs_opening(&head) {
            Ok(false) => {}
            Ok(true) => return Read::Opening,
            Err(failure) => return Read::Failed(failure),
        }
        match propose(&head) {
            Ok(mut reading) => {
                answer(&mut reading);
                readings.push(reading);
            }
            Err(failure) => return Read::Failed(failure),
        }
    }
    let sizes: Vec<u64> = texts.iter().map(|t| t.len() as u64).collect();
    let today = Day::parse_iso("2026-11-21").unwrap();
    loop {
        let pass = |mut tally: Tally| {
            for at in Tally::order(&readings) {
                tally.start(at);
                tally.push(&texts[at]);
                tally.end();
            }
            tally
        };
        let mut tally = pass(Tally::new(readings.clone(), &sizes, today));
        if tally.needs_second_pass() {
            tally = pass(tally.second_pass(readings.clone(), &sizes));
        }
        let outcome = tally.finish();
        if !outcome.again {
            return Read::Outcome(Box::new(outcome));
        }
        readings = outcome.readings;
    }
}

fn outcome(paths: &[&Path], answer: impl Fn(&mut Reading)) -> Outcome {
    match read_answering(paths, &answer) {
        Read::Outcome(outcome) => *outcome,
        Read::Opening => panic!("{paths:?} needs opening"),
        Read::Failed(failure) => panic!("{paths:?}: {failure:?}"),
    }
}

/// Prints what happens with each file: `cargo test --test shared_files -- --nocapture table`.
#[test]
fn table_of_all_files_and_rows_are_accounted_for() {
    let Some(root) = data() else { return };
    for folder in ["1_school_level", "2_student_level"] {
        let mut paths = Vec::new();
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { paths.push(path) }
            }
        }
        paths.sort();
        for path in paths {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            match read(&[&path]) {
                Read::Opening => println!("{name}: opener"),
                Read::Failed(failure) => println!("{name}: {}", failure.title()),
                Read::Outcome(o) => {
                    let asks: Vec<String> = o.questions.iter().take(4).map(|q| format!("{:?}", q.kind)).collect();
                    let f = &o.dataset.files[0];
                    println!(
                        "{name}: {:?} rows {} used {} aside {} asks {} {asks:?}",
                        o.readings[0].layout,
                        f.rows,
                        f.rows_used,
                        f.rows_set_aside,
                        o.questions.len()
                    );
                    if o.questions.is_empty() {
                        assert_eq!(f.rows, f.rows_used + f.rows_set_aside, "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn montucky_gives_its_true_tiers_although_its_percentages_are_near_misses() {
    let Some(root) = data() else { return };
    let path = root.join("2_student_level/opensdp_montucky/dev_montucky_g7.csv");
    // Its numbers are unique only within a school, and that must be asked.
    let o = outcome(&[&path], |_| ());
    assert!(matches!(o.questions.as_slice(), [q] if matches!(q.kind, Ask::Ids { .. })), "{:?}", o.questions);
    let o = outcome(&[&path], |r| r.ids = Some(Ids::WithinSchool));
    assert_eq!(o.questions, []);
    // Counted by hand over the file's own column: decimals rounded to six places, out of range left out.
    let text = std::fs::read_to_string(&path).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == "pct_days_absent_7").unwrap();
    let mut tiers = [0u32; 5];
    for record in reader.records() {
        let Ok(percent) = record.unwrap()[at].parse::<f64>() else { continue };
        let millionths = (percent * 1e6).round() as i64;
        if !(0..=100_000_000).contains(&millionths) {
            continue;
        }
        tiers[[5, 10, 20, 50].iter().filter(|bound| millionths >= **bound * 1_000_000).count()] += 1;
    }
    let s = summarise(&o.dataset, &Definition::default());
    let mut schools = [0u32; 5];
    for school in &s.schools {
        for (sum, n) in schools.iter_mut().zip(school.tiers) {
            *sum += n;
        }
    }
    assert_eq!(schools, tiers);
}

//! The checks on the real files beside the repository: what is known to be wrong in them is found.
//! Skips aloud where they are absent.

use bright_spots::attendance::{Day, Definition};
use bright_spots::ingest::import::{HEAD, Head, needs_opening, propose};
use bright_spots::ingest::problem::{Kind, Problem};
use bright_spots::ingest::reading::{Ids, Reading};
use bright_spots::ingest::tally::{Outcome, whole};
use bright_spots::trust::checks::findings;
use std::path::{Path, PathBuf};

fn data() -> Option<PathBuf> {
    let root = PathBuf::from(std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".into()));
    if root.is_dir() {
        return Some(root);
    }
    println!("SKIPPED: no shared data at {}", root.display());
    None
}

/// The outcome of one file; `None` where it is no text table.
fn read(path: &Path, answer: impl Fn(&mut Reading)) -> Option<Outcome> {
    let bytes = std::fs::read(path).unwrap();
    let head = Head { name: "file", bytes: &bytes[..bytes.len().min(HEAD)], whole: bytes.len() <= HEAD };
    if needs_opening(&head) != Ok(false) {
        return None;
    }
    let mut readings = vec![propose(&head).ok()?];
    readings.iter_mut().for_each(answer);
    let today = Day::parse_iso("2026-11-21").unwrap();
    Some(whole::count(readings, &[&bytes], usize::MAX, today))
}

fn found(path: &Path) -> Option<Vec<Problem>> {
    let outcome = read(path, |reading| reading.ids = Some(Ids::WithinSchool))?;
    outcome.questions.is_empty().then(|| findings(&outcome.dataset, &Definition::default()))
}

/// Prints what is found in each file: `cargo test --test trust -- --nocapture table_of_real`.
#[test]
fn table_of_real_files() {
    let Some(root) = data() else { return };
    let mut folders = vec![root.join("1_school_level"), root.join("2_student_level")];
    let mut looked_at = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(list) = found(&path) {
                looked_at += 1;
                let said: Vec<String> =
                    list.iter().map(|p| format!("{} {} ({})", p.rows, p.kind.key(), p.about)).collect();
                println!("{}: {}", path.strip_prefix(&root).unwrap().display(), said.join("; "));
            }
        }
    }
    assert!(looked_at > 10, "{looked_at} files could be read without a question");
}

#[test]
fn zeros_that_an_author_made_of_hidden_numbers_are_questioned() {
    let Some(root) = data() else { return };
    let path = root.join("1_school_level/va/va_albemarle_cville_2017_2024_subgroups.csv");
    // Where the file is asked about first, nothing is claimed of it.
    let Some(list) = found(&path) else { return println!("SKIPPED: this file is asked about first") };
    assert!(list.iter().any(|p| p.kind == Kind::FalseZero && p.rows > 500), "{list:?}");
}

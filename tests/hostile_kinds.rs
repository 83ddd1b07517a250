//! Every kind of file that the app opens: hostile fixtures are read or refused as their names say, quickly, and
//! the table in docs/threat-model.md names for each kind a fixture, a fuzz target and a journey that exist.

use bright_spots::attendance::Day;
use bright_spots::ingest::import::{HEAD, Head, propose};
use bright_spots::ingest::sniff;
use bright_spots::ingest::tally::whole;
use bright_spots::plans::storage::backup;
use bright_spots::share::exchange::Exchange;
use bright_spots::trust::reading_file;
use bright_spots::workshop::answers::Answers;
use bright_spots::workshop::file;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const FIXTURES: &str = "tests/fixtures/hostile";

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|_| panic!("{folder} is there"));
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    assert!(!all.is_empty(), "{folder} holds a fixture");
    all
}

/// Whether the file's own reader takes it; reading what was taken must not fail either.
fn is_read(kind: &str, bytes: &[u8]) -> bool {
    let text = || std::str::from_utf8(bytes).unwrap();
    match kind {
        "attendance" | "published" => {
            let head = Head { name: "file.csv", bytes: &bytes[..bytes.len().min(HEAD)], whole: bytes.len() <= HEAD };
            propose(&head).is_ok_and(|reading| {
                let _ = whole::count(vec![reading], &[bytes], 7, Day(20_700));
                true
            })
        }
        "codes" => reading_file::read_codes(text()).is_ok(),
        "readings" => reading_file::decode(text()).is_ok_and(|file| {
            let definition = file.definition.clone().unwrap_or_default();
            reading_file::decode(&reading_file::encode(&file.readings, &definition, "2026-11-22")).is_ok()
        }),
        "workspace" => backup::read(text()).is_ok_and(|backup| backup::write(&backup).is_ok()),
        "session" => file::decode(bytes).is_ok_and(|session| file::decode(file::encode(&session).as_bytes()).is_ok()),
        "answers" => Answers::decode(bytes).is_ok_and(|answers| Answers::decode(answers.encode().as_bytes()).is_ok()),
        "exchange" => std::str::from_utf8(bytes).is_ok_and(|text| Exchange::parse(text).is_ok()),
        other => panic!("no reader for {other}"),
    }
}

#[test]
fn hostile_files_of_every_kind_are_read_or_refused_as_their_names_say() {
    let mut seen = 0;
    for kind in ["attendance", "published", "codes", "readings", "workspace", "session", "answers"] {
        for path in fixtures(&format!("{FIXTURES}/{kind}")) {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let begun = Instant::now();
            assert_eq!(is_read(kind, &bytes), name.starts_with("read-"), "{}", path.display());
            assert!(name.starts_with("read-") || name.starts_with("refused-"), "{name}");
            assert!(begun.elapsed() < Duration::from_secs(10), "{name} is slow");
            seen += 1;
        }
    }
    // `tests/share_exchange.rs` says of each exchange file why it is refused.
    for path in fixtures("tests/fixtures/share") {
        assert!(!is_read("exchange", &std::fs::read(&path).unwrap()), "{}", path.display());
        seen += 1;
    }
    // Containers are opened in a program of their own; here they are known for what they are.
    for path in fixtures(&format!("{FIXTURES}/containers")) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!matches!(sniff::kind(&bytes), sniff::FileKind::Text), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 35, "only {seen} fixtures");
}

#[cfg(feature = "opener")]
#[test]
fn hostile_containers_end_in_words_or_in_text() {
    use bright_spots::opener::{self, Choice};
    for path in fixtures(&format!("{FIXTURES}/containers")) {
        let bytes = std::fs::read(&path).unwrap();
        let sniff::FileKind::Open(kind) = sniff::kind(&bytes) else { panic!("{}", path.display()) };
        let begun = Instant::now();
        let mut most = 0;
        let mut sink = |piece: &[u8]| most = most.max(piece.len());
        let source = || std::io::Cursor::new(bytes.clone());
        let _ = opener::list(source(), kind);
        let opened = opener::open(source(), kind, Choice { part: None, encoding: None }, &mut sink);
        if let Err(error) = &opened {
            assert!(!error.to_string().is_empty());
        }
        assert!(begun.elapsed() < Duration::from_secs(20) && most <= 4 << 20, "{}: {most}", path.display());
    }
}

/// The rows of the table of kinds: what is opened, its fixtures, its fuzz targets, its journey.
fn table() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string("docs/threat-model.md").unwrap();
    let (_, after) = text.split_once("## Every kind of file that is opened").expect("the heading");
    let rows = after.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_table_of_kinds_names_only_what_exists_and_leaves_out_nothing() {
    let rows = table();
    assert!(rows.len() >= 9, "{rows:?}");
    let journeys: String = fixtures("tests/e2e")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "mjs"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let (mut folders, mut targets) = (Vec::new(), Vec::new());
    for row in &rows {
        let [_, fixture, fuzz, journey] = row.as_slice() else { panic!("{row:?}") };
        for folder in quoted(fixture) {
            assert!(Path::new(folder).is_dir(), "{folder}");
            folders.push(folder.trim_end_matches('/').to_owned());
        }
        for target in quoted(fuzz) {
            assert!(Path::new(&format!("fuzz/fuzz_targets/{target}.rs")).is_file(), "{target}");
            targets.push(target.to_owned());
        }
        for name in quoted(journey) {
            assert!(journeys.contains(&format!("\"{name}\"")), "no journey is called {name}");
        }
        assert!(!quoted(fixture).is_empty() && !quoted(fuzz).is_empty() && !quoted(journey).is_empty(), "{row:?}");
    }
    for path in fixtures(FIXTURES) {
        let folder = path.to_string_lossy().replace('\\', "/");
        assert!(folders.contains(&folder), "{folder} is not in the table");
    }
    for path in fixtures("fuzz/fuzz_targets") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(targets.contains(&name), "the fuzz target {name} is not in the table");
    }
    // Each field that takes files is opened by the journey of hostile files.
    let hostile = std::fs::read_to_string("tests/e2e/hostile-files.test.mjs").unwrap();
    for field in ["#exchange-files", "#plans-file", "#session-file", "#answers-files", "#reading-files"] {
        assert!(hostile.contains(field), "{field}");
    }
}

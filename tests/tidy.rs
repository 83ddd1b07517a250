//! The direction of dependencies, and the habits of the house, kept by a plain test.

use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files.sort();
    assert!(files.len() > 100, "the sources were found");
    files
}

/// The module a file belongs to: the first folder or file below `src`.
fn module(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    below.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_string()
}

/// What stands before the tests at the end of a file, without comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn pure_modules_know_no_browser_and_no_clock() {
    let pure = [
        "scan",
        "attendance",
        "ingest",
        "example",
        "compare",
        "trust",
        "share",
        "charts",
        "plans",
        "workshop",
        "settings",
        "protocol",
        "opener",
    ];
    let never = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo", "Instant", "SystemTime"];
    for (path, text) in sources().iter().filter(|(path, _)| pure.contains(&module(path).as_str())) {
        let code = code(text);
        for word in never {
            assert!(!code.contains(word), "{} mentions {word}", path.display());
        }
    }
}

#[test]
fn only_the_browser_layer_touches_the_browser() {
    for (path, text) in sources().iter().filter(|(path, _)| module(path) != "browser") {
        let code = code(text);
        // Views meet event types through leptos; a few name the element of a node reference.
        let words: &[&str] =
            if module(path) == "ui" { &["js_sys", "gloo_storage"] } else { &["web_sys", "js_sys", "gloo_storage"] };
        for word in words {
            assert!(!code.contains(word), "{} mentions {word}", path.display());
        }
    }
}

/// Each module and what it may not use: dependencies point one way.
#[test]
fn dependencies_point_one_way() {
    let upward: [(&str, &[&str]); 11] = [
        ("scan", &["attendance", "ingest"]),
        (
            "attendance",
            &[
                "ingest", "compare", "trust", "share", "charts", "plans", "workshop", "protocol", "browser", "state",
                "ui",
            ],
        ),
        ("ingest", &["compare", "trust", "share", "charts", "plans", "workshop", "protocol", "browser", "state", "ui"]),
        ("compare", &["trust", "share", "charts", "plans", "workshop", "browser", "state", "ui"]),
        ("trust", &["share", "charts", "plans", "workshop", "protocol", "browser", "state", "ui"]),
        ("charts", &["ingest", "trust", "compare", "share", "plans", "workshop", "browser", "state", "ui"]),
        ("share", &["charts", "plans", "workshop", "browser", "state", "ui"]),
        ("plans", &["charts", "workshop", "browser", "state", "ui"]),
        ("workshop", &["plans", "browser", "state", "ui"]),
        ("browser", &["charts", "state", "ui"]),
        ("state", &["ui"]),
    ];
    for (path, text) in sources() {
        let code = code(&text);
        for (name, never) in upward.iter().filter(|(name, _)| *name == module(&path)) {
            for other in *never {
                // How numbers are written is pure, and files say them as pages do.
                let code = code.replace("crate::ui::format", "");
                assert!(!code.contains(&format!("crate::{other}::")), "{name} uses {other} in {}", path.display());
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_holds_no_loose_end() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!"), "{} begins without saying what it is for", path.display());
        let code = code(&text);
        for mark in ["todo!(", "unimplemented!(", "dbg!(", ".unwrap()"] {
            assert!(!code.contains(mark), "{} holds {mark}", path.display());
        }
    }
}

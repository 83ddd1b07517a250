//! No sentence of the sources is copied. Runs of eight words in everything that people can read
//! (string literals and JSON under `src/`, the documentation, the README) are compared with the
//! sources' texts, where those are at hand; elsewhere the test says that it skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Words in a row that must not be the same.
const RUN: usize = 8;

/// Official titles and names, which are quoted as they are. Each entry says whose it is.
const EXEMPT: &[(&str, &str)] = &[
    ("Utilizing Parent-Teacher Conferences to Talk with Families about Attendance", "title of topic 7 of the series"),
    ("Whole School Engagement Strategies for Reducing Student Absenteeism", "title of the first e-learning session"),
    (
        "Early Intervention Strategies: Using Teams to Monitor and Identify Students in Need of Support",
        "title of the second e-learning session",
    ),
];

fn sources() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside_data = std::env::var_os("BRIGHT_SPOTS_DATA")
        .and_then(|data| Path::new(&data).parent().map(|parent| parent.join("sources")));
    let places = [beside_data, Some(root.join("../shared/sources"))];
    places.into_iter().flatten().find(|place| place.is_dir())
}

/// Lower-case words of letters and digits. Addresses are left out: they are facts, and have no
/// other wording.
fn words(text: &str) -> Vec<String> {
    let plain: Vec<&str> =
        text.split_whitespace().filter(|piece| !piece.contains("://") && !piece.contains("www.")).collect();
    plain
        .join(" ")
        .replace(['’', '\''], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The text's words with exempt phrases replaced by a mark that no source holds.
fn words_without_exempt(text: &str) -> Vec<String> {
    let mut all = words(text);
    for (phrase, _) in EXEMPT {
        let phrase = words(phrase);
        while let Some(at) = all.windows(phrase.len()).position(|run| run == phrase.as_slice()) {
            all.splice(at..at + phrase.len(), ["\u{0}".to_owned()]);
        }
    }
    all
}

/// The string literals of Rust source: escapes of line ends are joined, raw strings taken whole.
/// Comments and character literals are passed over.
fn literals(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            'r' if matches!(chars.get(at + 1), Some('"' | '#'))
                && !at.checked_sub(1).is_some_and(|b| word(chars[b])) =>
            {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                if chars.get(at + 1 + hashes) != Some(&'"') {
                    at += 1;
                    continue;
                }
                let start = at + 2 + hashes;
                let mut end = start;
                while end < chars.len() && !(chars[end] == '"' && closes(&chars[end + 1..], hashes)) {
                    end += 1;
                }
                found.push(chars[start..end.min(chars.len())].iter().collect());
                at = end + 1 + hashes;
            }
            '"' => {
                let mut text = String::new();
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    if chars[at] == '\\' {
                        at += 1;
                        text.push(' ');
                        // A backslash at a line's end joins the lines; any other escape is no word.
                        if matches!(chars.get(at), Some('"' | '\'')) {
                            text.pop();
                        }
                    } else {
                        text.push(chars[at]);
                    }
                    at += 1;
                }
                found.push(text);
                at += 1;
            }
            '\'' => {
                // A character literal ends within a few places; a lifetime has no closing mark.
                let close = if chars.get(at + 1) == Some(&'\\') {
                    (at + 3..at + 12).find(|place| chars.get(*place) == Some(&'\''))
                } else {
                    (chars.get(at + 2) == Some(&'\'')).then_some(at + 2)
                };
                at = close.unwrap_or(at) + 1;
            }
            _ => at += 1,
        }
    }
    found
}

fn word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn closes(rest: &[char], hashes: usize) -> bool {
    rest.len() >= hashes && rest[..hashes].iter().all(|c| *c == '#')
}

/// The strings of a JSON document.
fn json_strings(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| json_strings(item, found)),
        serde_json::Value::Object(map) => map.values().for_each(|item| json_strings(item, found)),
        _ => {}
    }
}

fn files_under(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_under(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Everything that people can read, piece by piece, with its file.
fn readable() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "docs"] {
        files_under(&root.join(folder), &mut files);
    }
    files.push(root.join("README.md"));
    files.push(root.join("index.html"));
    let mut pieces = Vec::new();
    for path in files {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let texts = match path.extension().and_then(|ending| ending.to_str()) {
            Some("rs") => literals(&text),
            Some("json") => {
                let mut found = Vec::new();
                json_strings(&serde_json::from_str(&text).unwrap(), &mut found);
                found
            }
            Some("md" | "html" | "txt") => vec![text],
            _ => Vec::new(),
        };
        pieces.extend(texts.into_iter().map(|text| (path.clone(), text)));
    }
    pieces
}

fn runs_of(sources: &[(String, String)]) -> BTreeMap<Vec<String>, String> {
    let mut runs = BTreeMap::new();
    for (name, text) in sources {
        for run in words(text).windows(RUN) {
            runs.insert(run.to_vec(), name.clone());
        }
    }
    runs
}

fn copied(runs: &BTreeMap<Vec<String>, String>, text: &str) -> Vec<(String, String)> {
    let words = words_without_exempt(text);
    let hits = words.windows(RUN).filter_map(|run| Some((run.join(" "), runs.get(run)?.clone())));
    hits.collect()
}

#[test]
fn no_eight_words_in_a_row_come_from_the_sources() {
    let Some(folder) = sources() else {
        println!("SKIPPED: the sources are not at hand (BRIGHT_SPOTS_DATA or ../shared/sources).");
        return;
    };
    let mut files = Vec::new();
    files_under(&folder, &mut files);
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    let runs = runs_of(&texts);
    assert!(texts.len() >= 5 && runs.len() > 3_000, "the sources look cut short");
    let pieces = readable();
    let n_words: usize = pieces.iter().map(|(_, text)| words(text).len()).sum();
    assert!(n_words > 10_000, "only {n_words} words were found to compare");
    let mut copies = Vec::new();
    for (path, text) in &pieces {
        copies.extend(
            copied(&runs, text).into_iter().map(|(run, source)| format!("{}: “{run}” ({source})", path.display())),
        );
    }
    assert!(copies.is_empty(), "copied from the sources:\n{}", copies.join("\n"));
}

#[test]
fn a_copied_sentence_is_found_however_it_is_written() {
    let source = "Where the river\nbends, seven gray herons wait for the morning ferry.";
    let runs = runs_of(&[("invented".to_owned(), source.to_owned())]);
    for text in ["THE RIVER BENDS: seven gray herons -- wait for", "x where the river bends, seven gray herons wait y"]
    {
        assert!(!copied(&runs, text).is_empty(), "{text}");
    }
    assert!(copied(&runs, "the river bends seven gray herons sleep for").is_empty());
    let rust = r##"// "not a literal at all"
        fn f<'a>(c: char) { if c == '"' { let _ = "the river \
            bends, seven"; let _ = r#"gray "herons" wait"#; } }"##;
    let found: Vec<Vec<String>> = literals(rust).iter().map(|text| words(text)).collect();
    assert_eq!(found, [vec!["the", "river", "bends", "seven"], vec!["gray", "herons", "wait"]]);
}

#[test]
fn every_exemption_is_long_enough_to_need_one() {
    for (phrase, why) in EXEMPT {
        assert!(words(phrase).len() >= RUN && !why.is_empty(), "{phrase}");
    }
}

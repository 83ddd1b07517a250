//! CSVsniffer's annotated files: encoding, delimiter, quote, escape, line ends.

use std::path::Path;

use bright_spots::ingest::sniff::{self, Escape, LineEnds};

/// What was measured.
#[derive(Default)]
pub struct Scores {
    pub files: usize,
    /// Everything that decides the reading is right: encoding, delimiter, quote, escape.
    pub right: usize,
    /// Line ends named as in the annotation (copies of the files may have had theirs changed on the way).
    pub line_ends: usize,
    pub misses: Vec<String>,
}

/// Score every annotated file that is there.
pub fn run(root: &Path) -> Scores {
    let folder = root.join("csvsniffer");
    let text = std::fs::read_to_string(folder.join("Dialect_annotations.txt")).unwrap_or_default();
    let mut scores = Scores::default();
    for line in text.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let truth: Vec<&str> = line.split('|').collect();
        let [name, encoding, delimiter, quote, escape, ends] = truth[..] else {
            continue;
        };
        let Ok(bytes) = std::fs::read(folder.join("CSV").join(name)) else {
            continue;
        };
        scores.files += 1;
        let (text, found_encoding) = super::as_utf8(&bytes);
        let guess = sniff::dialect(&text, true);
        let d = guess.dialect;
        let mut wrong = Vec::new();
        if !same_encoding(encoding, &found_encoding, &bytes) {
            wrong.push(format!("encoding {found_encoding}, annotated {encoding}"));
        }
        if Some(d.delimiter) != delimiter_byte(delimiter) {
            wrong.push(format!("delimiter {}, annotated {delimiter}", d.delimiter_name()));
        }
        let annotated = if quote.starts_with("single") { b'\'' } else { b'"' };
        // A file without any quote is read the same whatever quote is named.
        if d.quote != Some(annotated) && (text.contains(&annotated) || d.quote.is_some_and(|q| text.contains(&q))) {
            wrong.push(format!("quote {:?}, annotated {quote}", d.quote.map(char::from)));
        }
        if (d.escape == Escape::Backslash) != (escape == "backslash") {
            wrong.push(format!("escape {:?}, annotated {escape:?}", d.escape));
        }
        let named = match guess.line_ends {
            LineEnds::Lf => "lf",
            LineEnds::Crlf => "crlf",
            LineEnds::Cr => "cr",
            LineEnds::Mixed | LineEnds::None => "",
        };
        scores.line_ends += usize::from(named == ends.trim());
        if wrong.is_empty() {
            scores.right += 1;
        } else {
            scores.misses.push(format!("{name}: {}", wrong.join("; ")));
        }
    }
    scores
}

fn delimiter_byte(name: &str) -> Option<u8> {
    Some(match name {
        "comma" => b',',
        "semicolon" => b';',
        "tab" => b'\t',
        "vslash" | "pipe" => b'|',
        "space" => b' ',
        "colon" => b':',
        _ => return None,
    })
}

/// ASCII is UTF-8 too; the names of the annotations are a program's own.
fn same_encoding(annotated: &str, found: &str, bytes: &[u8]) -> bool {
    let found = found.to_ascii_lowercase();
    match annotated {
        "ascii" => bytes.is_ascii(),
        "utf8" => found == "utf-8" || bytes.is_ascii() || found == "ascii",
        "utf16" => found.starts_with("utf-16"),
        "ansi" => found == "windows-1252",
        "gb2312" => found == "gbk" || found == "gb18030",
        "shift-jis" => found == "shift_jis",
        other => found == other,
    }
}

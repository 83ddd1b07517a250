//! How a delimited text is written: delimiter, quote, escape, padding, line ends.
//!
//! Every likely dialect reads the same sample with the real reader ([`crate::ingest::records`]); the one whose table
//! is the most even and whose cells look most like values wins. That a right dialect shows in even rows of clean
//! types is the idea of van den Burg, Nazábal and Sutton (2019, "Wrangling messy CSV files by detecting row and type
//! patterns"); the measures here are our own.

mod quotes;
mod score;

use self::quotes::{Quotes, explained};
use self::score::{is_padded, one_column_score, table_score};
use crate::ingest::records::{Reader, Record};
use serde::{Deserialize, Serialize};

/// How a quote inside a quoted field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Escape {
    /// Twice: `""`. Files without any quote inside quotes count here as well.
    Doubled,
    /// With a backslash before it; a doubled quote is understood as well.
    Backslash,
}

/// What spaces next to a delimiter mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Padding {
    /// They belong to the value.
    Kept,
    /// They are padding. With the space as delimiter: a run of spaces is one delimiter.
    Trimmed,
}

/// How records end. The reader takes every kind in every file; this is for "How we read this file".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LineEnds {
    Lf,
    Crlf,
    Cr,
    Mixed,
    /// A single line without an end.
    None,
}

/// How a delimited text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dialect {
    pub delimiter: u8,
    pub quote: Option<u8>,
    pub escape: Escape,
    pub padding: Padding,
}

impl Dialect {
    /// Commas and double quotes, as RFC 4180 has it.
    pub const CSV: Dialect =
        Dialect { delimiter: b',', quote: Some(b'"'), escape: Escape::Doubled, padding: Padding::Kept };
    /// What a block copied from a spreadsheet looks like.
    pub const TSV: Dialect = Dialect { delimiter: b'\t', ..Dialect::CSV };

    /// "commas", "tabs", "semicolons": what stands between the values.
    pub fn delimiter_name(self) -> String {
        match self.delimiter {
            b',' => "commas".into(),
            b'\t' => "tabs".into(),
            b';' => "semicolons".into(),
            b'|' => "vertical bars".into(),
            b' ' => "spaces".into(),
            b':' => "colons".into(),
            b if b.is_ascii_graphic() => format!("the sign {}", char::from(b)),
            b => format!("the control character {b}"),
        }
    }

    /// One sentence for "How we read this file".
    pub fn describe(self) -> String {
        let quote = match self.quote {
            Some(b'"') => "double quotes around text that needs them",
            Some(_) => "single quotes around text that needs them",
            None => "no quotes",
        };
        let escape = if self.escape == Escape::Backslash { "; a backslash before a quote inside text" } else { "" };
        let padding = if self.padding == Padding::Trimmed { "; spaces around values left out" } else { "" };
        format!("Values are separated by {}, with {quote}{escape}{padding}.", self.delimiter_name())
    }
}

/// What was found, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DialectGuess {
    pub dialect: Dialect,
    pub line_ends: LineEnds,
    /// From 0 (no table seen) to 1 (every row even, every cell a plain value). For comparing, not a probability.
    pub score: f64,
    /// The best dialect with another delimiter, and its score.
    pub runner_up: Option<(Dialect, f64)>,
    pub certainty: Certainty,
}

/// Whether a person should look at the dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The file says so itself (`sep=;` on its first line).
    Stated,
    Clear,
    /// Another delimiter does nearly as well: show both.
    Close,
    /// No delimiter was found: one column, or one line.
    OneColumn,
}

/// Delimiters that are tried, with the part of its score that each keeps. Colons and spaces stand in values so often
/// that they need much better tables than the others to win; control characters stand in no value at all.
const DELIMITERS: [(u8, f64); 15] = [
    (b',', 1.0),
    (b'\t', 1.0),
    (b';', 0.99),
    (b'|', 0.98),
    (b'^', 0.9),
    (b'~', 0.9),
    (0x1F, 1.0),
    (0x1E, 1.0),
    (0x01, 1.0),
    (b'#', 0.6),
    (b'&', 0.6),
    (b'*', 0.5),
    (b':', 0.5),
    (b' ', 0.55),
    (b'=', 0.4),
];

/// Bytes of the sample. A delimiter shows in far less; preambles and notes end within it.
const SAMPLE: usize = 128 << 10;
const ROWS: usize = 1000;

/// Find the dialect of a text from its first bytes. `text` is UTF-8 (other bytes do not hurt); `whole` says whether
/// it is the entire file or may break off within a record. Time is linear in at most 128 KiB.
pub fn dialect(text: &[u8], whole: bool) -> DialectGuess {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let sample = sample(text, whole);
    if let Some(delimiter) = stated_delimiter(sample) {
        let body = sample.iter().position(|&b| b == b'\n' || b == b'\r').map_or(&b""[..], |at| &sample[at..]);
        let (dialect, score) = best_for(body, delimiter, 1.0).unwrap_or((Dialect { delimiter, ..Dialect::CSV }, 0.0));
        let line_ends = line_ends(sample, dialect);
        return DialectGuess { dialect, line_ends, score, runner_up: None, certainty: Certainty::Stated };
    }
    let mut found: Vec<(Dialect, f64)> =
        DELIMITERS.iter().filter_map(|&(d, keeps)| best_for(sample, d, keeps)).filter(|f| f.1 > 0.0).collect();
    // Stable: on a tie the order of the table above decides.
    crate::attendance::order::sort_by(&mut found, |a, b| b.1.total_cmp(&a.1));
    // Without any delimiter, quotes have no business in the middle of a line.
    let alone = one_column_score(sample) * explained(&Quotes::count(sample, b'\n', b'"'), Some(b'"'));
    let Some(&(dialect, score)) = found.first().filter(|f| f.1 > alone) else {
        let dialect = quote_only(sample);
        let runner_up = found.first().copied();
        let line_ends = line_ends(sample, dialect);
        return DialectGuess { dialect, line_ends, score: alone, runner_up, certainty: Certainty::OneColumn };
    };
    let runner_up = found.get(1).copied();
    let close = runner_up.is_some_and(|r| r.1 > 0.85 * score);
    let certainty = if close { Certainty::Close } else { Certainty::Clear };
    DialectGuess { dialect, line_ends: line_ends(sample, dialect), score, runner_up, certainty }
}

fn sample(text: &[u8], whole: bool) -> &[u8] {
    if whole && text.len() <= SAMPLE {
        return text;
    }
    let head = &text[..text.len().min(SAMPLE)];
    match memchr::memrchr2(b'\n', b'\r', head) {
        Some(at) => &head[..=at],
        None => head,
    }
}

/// Excel's own way to state a delimiter: a first line `sep=;`.
fn stated_delimiter(sample: &[u8]) -> Option<u8> {
    let line = sample.split(|&b| b == b'\n' || b == b'\r').next()?;
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', d] if !d.is_ascii_alphanumeric() => Some(*d),
        _ => None,
    }
}

/// The best dialect with this delimiter, with its score.
fn best_for(sample: &[u8], delimiter: u8, keeps: f64) -> Option<(Dialect, f64)> {
    let times = memchr::memchr_iter(delimiter, sample).count();
    if times == 0 {
        return None;
    }
    let lines = sample.iter().filter(|&&b| b == b'\n' || b == b'\r').count().max(1);
    if keeps < 0.95 && times * 4 < lines {
        return None;
    }
    let double = Quotes::count(sample, delimiter, b'"');
    let single = Quotes::count(sample, delimiter, b'\'');
    let mut quotes: Vec<Option<u8>> = vec![Some(b'"')];
    if double.opening >= 3 && double.closing == 0 && double.inner == 0 {
        // Signs for inches, perhaps; nothing is ever closed.
        quotes = vec![None];
    }
    if single.opening >= 2
        && single.closing >= 2
        && single.opening.min(single.closing) > double.opening.min(double.closing)
    {
        quotes.push(Some(b'\''));
    }
    let mut paddings = vec![Padding::Kept];
    if delimiter == b' ' || double.padded + single.padded > 0 {
        paddings.push(Padding::Trimmed);
    }
    let mut best: Option<(Dialect, f64)> = None;
    for &quote in &quotes {
        let marks = if quote == Some(b'\'') { &single } else { &double };
        let mut escapes = vec![Escape::Doubled];
        // Where more quotes stand bare in mid-text than after a backslash, the backslash escapes nothing.
        if marks.backslashed > 0 && marks.backslashed >= marks.total - marks.explained && quote.is_some() {
            // Where both read the sample equally well, the way that quotes in mid-text are mostly written
            // decides.
            let first = if marks.backslashed_inside > marks.inner { 0 } else { 1 };
            escapes.insert(first, Escape::Backslash);
        }
        for &escape in &escapes {
            for &padding in &paddings {
                let dialect = Dialect { delimiter, quote, escape, padding };
                let score = keeps * explained(marks, quote) * table_score(sample, dialect);
                if best.is_none_or(|b| score > b.1 + 1e-12) {
                    best = Some((dialect, score));
                }
            }
        }
    }
    let (mut dialect, score) = best?;
    if dialect.padding == Padding::Kept && is_padded(sample, dialect) {
        dialect.padding = Padding::Trimmed;
    }
    Some((dialect, score))
}

fn quote_only(sample: &[u8]) -> Dialect {
    let single = Quotes::count(sample, b',', b'\'');
    let double = Quotes::count(sample, b',', b'"');
    let quote = if single.opening > 1 && single.closing > 1 && double.total == 0 { b'\'' } else { b'"' };
    Dialect { quote: Some(quote), ..Dialect::CSV }
}

/// How records end in the sample, line ends inside quotes left aside.
fn line_ends(sample: &[u8], dialect: Dialect) -> LineEnds {
    let mut reader = Reader::new(dialect);
    let mut sink = |_: &Record<'_>| {};
    reader.push(sample, &mut sink);
    reader.finish(&mut sink);
    let ends = reader.terminators();
    match (ends.lf, ends.crlf, ends.cr) {
        (0, 0, 0) => LineEnds::None,
        (_, 0, 0) => LineEnds::Lf,
        (0, _, 0) => LineEnds::Crlf,
        (0, 0, _) => LineEnds::Cr,
        _ => LineEnds::Mixed,
    }
}

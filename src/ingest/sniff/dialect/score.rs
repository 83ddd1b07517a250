//! How good a table a dialect makes of a sample: even rows, clean cells.

use super::{Dialect, ROWS, SAMPLE};
use crate::ingest::records::{Limits, Reader, Record};
use crate::ingest::sniff::cells::{Look, look};

/// How good a table a dialect makes of the sample, from 0 to 1: evenness of the rows times cleanness of the cells.
pub(super) fn table_score(sample: &[u8], dialect: Dialect) -> f64 {
    let mut widths: Vec<(usize, usize)> = Vec::new();
    let (mut rows, mut repaired, mut cells, mut clean, mut typed) = (0_usize, 0_usize, 0_usize, 0.0_f64, 0_usize);
    let mut sink = |record: &Record<'_>| {
        if rows >= ROWS || record.is_blank() {
            return;
        }
        rows += 1;
        repaired += usize::from(record.repaired || record.oversize.is_some());
        match widths.iter().position(|w| w.0 == record.len()) {
            Some(at) => widths[at].1 += 1,
            None if widths.len() < 64 => widths.push((record.len(), 1)),
            None => {}
        }
        for cell in record.iter().take(256) {
            cells += 1;
            let (part, is_typed) = cleanness(cell, dialect);
            clean += part;
            typed += usize::from(is_typed);
        }
    };
    let limits = Limits { field: 16 << 10, record: SAMPLE, columns: 4096 };
    let mut reader = Reader::with_limits(dialect, limits);
    reader.push(sample, &mut sink);
    reader.finish(&mut sink);
    if rows == 0 || cells == 0 {
        return 0.0;
    }
    let n = rows as f64;
    // Each width counts by the square of its share: two tables of 50 rows are half as even as one of 100.
    let evenness: f64 =
        widths.iter().map(|&(width, times)| (times as f64 / n).powi(2) * (width as f64 - 1.0) / width as f64).sum();
    let cleanness = clean / cells as f64;
    // Words split at every space or colon make even rows by accident; numbers and dates do not.
    let accident = match dialect.delimiter {
        b' ' | b':' | b'=' | b'*' | b'#' | b'&' => 0.3 + 0.7 * (typed as f64 / cells as f64),
        _ => 1.0,
    };
    evenness * cleanness * cleanness * accident * (1.0 - 0.5 * repaired as f64 / n)
}

/// How much a cell looks like one plain value (0 to 1), and whether it is a number or date.
fn cleanness(cell: &[u8], dialect: Dialect) -> (f64, bool) {
    let Ok(text) = std::str::from_utf8(cell) else {
        return (0.8, false);
    };
    match look(text) {
        Look::Empty => return (0.85, false),
        Look::Number => return (1.0, true),
        Look::Date => return (1.0, true),
        Look::NotTold => return (1.0, false),
        Look::Text => {}
    }
    let bytes = text.trim().as_bytes();
    let mut part: f64 = 0.95;
    let first = bytes.first().copied().unwrap_or(b' ');
    let last = bytes.last().copied().unwrap_or(b' ');
    // Delimiters of another kind packed between values: this cell wants splitting.
    for d in [b',', b';', b'\t', b'|'] {
        if d == dialect.delimiter {
            continue;
        }
        let packed = memchr::memchr_iter(d, bytes)
            .take(64)
            .filter(|&at| d == b'\t' || bytes.get(at + 1).is_some_and(|&b| b != b' '))
            .count();
        part *= match packed {
            0 => 1.0,
            1 => 0.75,
            2 => 0.6,
            _ => 0.45,
        };
    }
    if matches!(first, b',' | b';' | b'|' | b':' | b'=' | b'/' | b')' | b']' | b'}')
        || matches!(last, b',' | b';' | b'|' | b'=' | b'(' | b'[' | b'{')
    {
        part *= 0.6;
    }
    let quote = |b: u8| b == b'"' || b == b'\'';
    if quote(first) != quote(last) || (quote(first) && bytes.len() > 1) {
        part *= 0.6;
    }
    let unbalanced = [(b'(', b')'), (b'[', b']'), (b'{', b'}')]
        .iter()
        .any(|&(open, close)| memchr::memchr_iter(open, bytes).count() != memchr::memchr_iter(close, bytes).count());
    if unbalanced {
        part *= 0.6;
    }
    (part, false)
}

/// Whether most values after a delimiter begin with a space, or most values end with one: padding, not content.
pub(super) fn is_padded(sample: &[u8], dialect: Dialect) -> bool {
    if dialect.delimiter == b' ' {
        return false;
    }
    let (mut leading, mut trailing, mut values, mut rows) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut sink = |record: &Record<'_>| {
        if rows >= ROWS || record.is_blank() {
            return;
        }
        rows += 1;
        for (i, cell) in record.iter().enumerate().take(256) {
            if !cell.is_empty() {
                values += 1;
                leading += usize::from(i > 0 && cell[0] == b' ');
                trailing += usize::from(cell.last() == Some(&b' '));
            }
        }
    };
    let mut reader = Reader::new(dialect);
    reader.push(sample, &mut sink);
    reader.finish(&mut sink);
    leading * 2 > values || trailing * 2 > values
}

/// A text of one column scores by its values being plain.
pub(super) fn one_column_score(sample: &[u8]) -> f64 {
    let (mut lines, mut typed) = (0_usize, 0_usize);
    for line in sample.split(|&b| b == b'\n' || b == b'\r').take(ROWS) {
        let Ok(text) = std::str::from_utf8(line) else {
            continue;
        };
        match look(text) {
            Look::Empty => {}
            l => {
                lines += 1;
                let divisible = memchr::memchr3(b',', b';', b'\t', line).is_some();
                typed += usize::from(l.is_typed() && !divisible);
            }
        }
    }
    if lines == 0 { 0.0 } else { 0.1 + 0.5 * typed as f64 / lines as f64 }
}

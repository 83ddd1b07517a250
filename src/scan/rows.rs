//! The fast path: comma-like text with doubled quotes, cut into records as it streams by.
//!
//! Sixty-four bytes are compared at once (SIMD in the browser); only delimiters, quotes and line
//! ends are looked at one by one. Where a record is cut by the end of a chunk, its bytes wait for
//! the next one, so that splitting the input anywhere changes nothing.

use crate::known::Known;
use memchr::{memchr, memchr_iter};

/// A quoted field longer than this is taken for an unclosed quote.
const LONGEST_QUOTED: usize = 64 * 1024;
/// A record longer than this is reported and passed over.
const LONGEST_RECORD: usize = 1 << 20;

/// The delimiter and quote of a file. Escapes are doubled quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    pub delimiter: u8,
    /// `None` where quotes are ordinary text.
    pub quote: Option<u8>,
    /// `\n`, or `\r` for files that use it alone.
    pub line_end: u8,
}

/// One record: its fields and the line it starts on.
pub struct Row<'a> {
    bytes: &'a [u8],
    fields: &'a [(u32, u32)],
    /// 1-based line of the file.
    pub line: u64,
    /// The record as it was written; `None` where it was changed on the way or spans lines.
    written: Option<Written>,
}

/// Where a record stands in the bytes.
#[derive(Clone, Copy)]
struct Written {
    start: usize,
    /// Position of its line end.
    end: usize,
    marks: Marks,
}

impl<'a> Row<'a> {
    /// A record that another reader cut.
    #[must_use]
    pub fn from_parts(bytes: &'a [u8], fields: &'a [(u32, u32)], line: u64) -> Row<'a> {
        Row { bytes, fields, line, written: None }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The field as written, without its quotes; empty where the record is too short.
    #[inline]
    #[must_use]
    pub fn raw(&self, at: usize) -> &[u8] {
        self.fields.get(at).map_or(&[], |&(from, to)| &self.bytes[from as usize..to as usize])
    }

    /// Of cells that nearly all hold the same letter, the others: their positions in `cells` go to `rest`. Each cell
    /// is a field and a day, and those with the letter set the day's bit in `days`, where it is one of its bits.
    /// Returns how many cells have the letter.
    pub fn apart(&self, cells: &[(u32, u16)], letter: Option<u8>, days: &mut [u64], rest: &mut Vec<u32>) -> u64 {
        let mut same = 0;
        for (at, &(field, day)) in cells.iter().enumerate() {
            let is_it = matches!(*self.raw(field as usize), [byte] if Some(byte) == letter);
            if is_it {
                same += 1;
                if let Some(word) = days.get_mut(usize::from(day) / 64) {
                    *word |= 1 << (day % 64);
                }
            } else {
                rest.push(at as u32);
            }
        }
        same
    }

    /// The written bytes before, between and after two fields, and those of the fields with their
    /// quotes: everything but the line end. `None` where the record is not as it was written.
    pub(crate) fn around(&self, first: usize, second: usize) -> Option<[&[u8]; 5]> {
        let written = self.written?;
        let (from, to) = self.outer(first, written)?;
        let (then, until) = self.outer(second, written)?;
        Some([
            &self.bytes[written.start..from],
            &self.bytes[from..to],
            &self.bytes[to..then],
            &self.bytes[then..until],
            &self.bytes[until..written.end],
        ])
    }

    /// Where a field stands with its quotes.
    fn outer(&self, at: usize, written: Written) -> Option<(usize, usize)> {
        let &(from, to) = self.fields.get(at)?;
        let (from, to) = (from as usize, to as usize);
        let opens = from > written.start && self.bytes[from - 1] == written.marks.quote?;
        Some(if opens { (from - 1, to + 1) } else { (from, to) })
    }

    /// The field without padding and without a spreadsheet's guard (`="0012"`).
    #[must_use]
    pub fn get(&self, at: usize) -> &[u8] {
        clean(self.raw(at))
    }

    /// Whether every field is blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        (0..self.len()).all(|at| self.get(at).is_empty())
    }
}

/// Without surrounding spaces and a spreadsheet's guard.
#[must_use]
pub fn clean(field: &[u8]) -> &[u8] {
    let trimmed = field.trim_ascii();
    match trimmed.strip_prefix(b"=\"").and_then(|rest| rest.strip_suffix(b"\"")) {
        Some(inner) => inner,
        None => trimmed,
    }
}

/// What the scanner hands on.
pub enum Found<'a> {
    Row(Row<'a>),
    /// A record too long to be one; passed over up to its line end.
    TooLong {
        line: u64,
    },
}

/// Where the rows go.
pub trait Sink {
    /// What is known already: rows that repeat it are counted there and not handed on.
    fn known(&mut self) -> Option<&mut Known> {
        None
    }

    fn found(&mut self, found: Found<'_>);
}

/// Cuts a stream of bytes into records.
pub struct Scanner {
    marks: Marks,
    buffer: Vec<u8>,
    /// Bytes of `buffer` that are filled.
    filled: usize,
    fields: Vec<(u32, u32)>,
    mends: Vec<Mend>,
    line: u64,
    /// In the middle of a record that was too long.
    skipping: bool,
}

/// A quoted field with doubled quotes, or with text after its closing quote.
struct Mend {
    field: usize,
    /// Position of the closing quote.
    close: usize,
    /// Position of the delimiter or line end.
    end: usize,
}

/// Where the scan of one record stands.
struct Cursor {
    record: usize,
    field: usize,
    /// Line of the record's start.
    line: u64,
    /// Line ends passed inside quotes since then.
    newlines: u64,
    quoted: bool,
    /// Position after the last closing quote, or `usize::MAX`.
    closed: usize,
    escaped: bool,
}

impl Scanner {
    /// `line` is the number of the first line that will be pushed.
    #[must_use]
    pub fn new(marks: Marks, line: u64) -> Scanner {
        Scanner { marks, buffer: Vec::new(), filled: 0, fields: Vec::new(), mends: Vec::new(), line, skipping: false }
    }

    /// Room for `n` more bytes, to be filled by the caller before [`Scanner::advance`].
    pub fn space(&mut self, n: usize) -> &mut [u8] {
        let to = self.filled + n;
        if self.buffer.len() < to + BLOCK {
            self.buffer.resize(to + BLOCK, 0);
        }
        let from = self.filled;
        self.filled = to;
        &mut self.buffer[from..to]
    }

    /// Copies a chunk in and hands on every record that is complete.
    pub fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) {
        self.space(chunk.len()).copy_from_slice(chunk);
        self.advance(sink);
    }

    /// Hands on every complete record of the bytes filled so far.
    pub fn advance(&mut self, sink: &mut dyn Sink) {
        self.scan(sink, false);
    }

    /// Hands on what is left; the last record needs no line end.
    pub fn finish(&mut self, sink: &mut dyn Sink) {
        if self.filled > 0 {
            // A line end of our own completes the last record.
            let line_end = self.marks.line_end;
            if self.buffer[self.filled - 1] != line_end {
                self.space(1)[0] = line_end;
            }
            self.scan(sink, true);
        }
        self.filled = 0;
    }

    fn scan(&mut self, sink: &mut dyn Sink, last: bool) {
        let Marks { delimiter, quote, line_end } = self.marks;
        let quote = quote.unwrap_or(line_end);
        let mut cursor = Cursor {
            record: if self.skipping { self.skip(0) } else { 0 },
            field: 0,
            line: self.line,
            newlines: 0,
            quoted: false,
            closed: usize::MAX,
            escaped: false,
        };
        cursor.field = cursor.record;
        self.fields.clear();
        self.mends.clear();
        let mut block = cursor.record;
        'blocks: while block < self.filled {
            let mut mask = marks_in(&self.buffer, block, [delimiter, quote, line_end]);
            if self.filled - block < BLOCK {
                mask &= (1u64 << (self.filled - block)) - 1;
            }
            while mask != 0 {
                let at = block + mask.trailing_zeros() as usize;
                mask &= mask - 1;
                if at - cursor.record >= LONGEST_RECORD {
                    sink.found(Found::TooLong { line: cursor.line });
                    block = self.skip(cursor.record + LONGEST_RECORD);
                    (cursor.record, cursor.field, cursor.line) = (block, block, self.line);
                    (cursor.quoted, cursor.closed, cursor.newlines) = (false, usize::MAX, 0);
                    self.fields.clear();
                    self.mends.clear();
                    continue 'blocks;
                }
                let byte = self.buffer[at];
                if cursor.quoted {
                    if byte == quote {
                        cursor.quoted = false;
                        cursor.closed = at + 1;
                    } else if at - cursor.field > LONGEST_QUOTED {
                        block = self.give_up_quote(&mut cursor, at);
                        continue 'blocks;
                    } else if byte == line_end {
                        cursor.newlines += 1;
                    }
                } else if byte == line_end {
                    self.close_field(&mut cursor, at);
                    let as_written = self.mends.is_empty() && cursor.newlines == 0;
                    self.mend();
                    if let Some(field) = self.fields.last_mut()
                        && field.1 > field.0
                        && self.buffer[field.1 as usize - 1] == b'\r'
                    {
                        field.1 -= 1;
                    }
                    let written = Written { start: cursor.record, end: at, marks: self.marks };
                    let written = as_written.then_some(written);
                    let row = Row { bytes: &self.buffer, fields: &self.fields, line: cursor.line, written };
                    if !sink.known().is_some_and(|known| known.row(&row)) {
                        sink.found(Found::Row(row));
                    }
                    self.fields.clear();
                    cursor.line += cursor.newlines + 1;
                    self.line = cursor.line;
                    cursor.newlines = 0;
                    cursor.record = at + 1;
                    let repeated = self.repeated(sink, cursor.record);
                    if repeated.1 > 0 {
                        cursor.line += repeated.1;
                        self.line = cursor.line;
                        (block, cursor.record, cursor.field) = (repeated.0, repeated.0, repeated.0);
                        continue 'blocks;
                    }
                } else if byte == delimiter {
                    self.close_field(&mut cursor, at);
                } else if at == cursor.field {
                    cursor.quoted = true;
                } else if cursor.closed == at {
                    // Two quotes in a row inside a quoted field are one quote.
                    cursor.quoted = true;
                    cursor.escaped = true;
                }
                // Any other quote is ordinary text.
            }
            block += BLOCK;
            if block >= self.filled && last && cursor.quoted {
                // The file ends inside a quote that was never closed: it was ordinary text.
                block = self.give_up_quote(&mut cursor, self.filled);
            }
        }
        if self.filled.saturating_sub(cursor.record) > LONGEST_RECORD {
            sink.found(Found::TooLong { line: cursor.line });
            cursor.record = self.skip(cursor.record + LONGEST_RECORD);
        }
        self.buffer.copy_within(cursor.record..self.filled, 0);
        self.filled -= cursor.record;
    }

    /// Passes over the records from `from` on that repeat known ones byte for byte. Returns where
    /// the next one starts and how many there were.
    #[inline]
    fn repeated(&self, sink: &mut dyn Sink, from: usize) -> (usize, u64) {
        let (mut at, mut lines) = (from, 0);
        if let Some(known) = sink.known() {
            while let Some(length) = known.repeat(&self.buffer[at..self.filled], self.marks.line_end) {
                at += length;
                lines += 1;
            }
        }
        (at, lines)
    }

    /// Passes over everything up to the first line end at or after `from`, counting lines, and
    /// returns where the next record starts.
    fn skip(&mut self, from: usize) -> usize {
        let line_end = self.marks.line_end;
        let start = if self.skipping { from } else { from - LONGEST_RECORD };
        let end = memchr(line_end, &self.buffer[from..self.filled]).map(|at| from + at + 1);
        let passed = &self.buffer[start..end.unwrap_or(self.filled)];
        self.line += memchr_iter(line_end, passed).count() as u64;
        self.skipping = end.is_none();
        end.unwrap_or(self.filled)
    }

    /// Ends a field before `at`, taking quotes off.
    fn close_field(&mut self, cursor: &mut Cursor, at: usize) {
        let (mut from, mut to) = (cursor.field, at);
        if cursor.closed != usize::MAX {
            from += 1;
            to = cursor.closed - 1;
            // Text after the closing quote is kept, without the quotes.
            if cursor.escaped || !clean(&self.buffer[cursor.closed..at]).is_empty() {
                self.mends.push(Mend { field: self.fields.len(), close: to, end: at });
            }
        }
        self.fields.push((from as u32, to as u32));
        cursor.field = at + 1;
        cursor.closed = usize::MAX;
        cursor.escaped = false;
    }

    /// Takes doubled quotes out, once the record is complete: a record that is cut by the end of
    /// a chunk is scanned again and must still be as it was written.
    fn mend(&mut self) {
        for at in 0..self.mends.len() {
            let Mend { field, close, end } = self.mends[at];
            let from = self.fields[field].0 as usize;
            self.fields[field].1 = self.unescape(from, close, end) as u32;
        }
        self.mends.clear();
    }

    /// Turns doubled quotes in `from..close` into one, in place, and appends what stands between
    /// the closing quote and `end`. Returns the new end.
    fn unescape(&mut self, from: usize, close: usize, end: usize) -> usize {
        let quote = self.marks.quote.unwrap_or(b'"');
        let mut to = from;
        let mut at = from;
        while at < close {
            let byte = self.buffer[at];
            self.buffer[to] = byte;
            to += 1;
            at += if byte == quote && at + 1 < close && self.buffer[at + 1] == quote { 2 } else { 1 };
        }
        let after = close + 1..end;
        if !clean(&self.buffer[after.clone()]).is_empty() {
            let length = after.len();
            self.buffer.copy_within(after, to);
            to += length;
        }
        to
    }

    /// Goes back to the start of a quoted field that did not close and reads its quote as text.
    /// `at` is where the scan stands; it goes on from the position returned.
    fn give_up_quote(&mut self, cursor: &mut Cursor, at: usize) -> usize {
        // Line ends passed inside the quote are counted again when they are met again.
        let passed = memchr_iter(self.marks.line_end, &self.buffer[cursor.field..at]).count() as u64;
        cursor.newlines = cursor.newlines.saturating_sub(passed);
        cursor.quoted = false;
        cursor.closed = usize::MAX;
        cursor.escaped = false;
        cursor.field + 1
    }
}

/// Bytes looked at together.
const BLOCK: usize = 64;

/// Bit i is set where byte `at + i` is one of the three. Reads [`BLOCK`] bytes, which must exist.
#[inline]
fn marks_in(buffer: &[u8], at: usize, marks: [u8; 3]) -> u64 {
    let Some(bytes) = buffer[at..].first_chunk::<BLOCK>() else { return 0 };
    let (parts, _) = bytes.as_chunks::<16>();
    parts.iter().enumerate().fold(0, |mask, (i, part)| mask | u64::from(marks_in_16(part, marks)) << (16 * i))
}

#[cfg(target_arch = "wasm32")]
#[inline]
fn marks_in_16(x: &[u8; 16], [a, b, c]: [u8; 3]) -> u16 {
    use std::arch::wasm32::{u8x16, u8x16_bitmask, u8x16_eq, u8x16_splat, v128_or};
    let v = u8x16(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9], x[10], x[11], x[12], x[13], x[14], x[15]);
    let hit = v128_or(v128_or(u8x16_eq(v, u8x16_splat(a)), u8x16_eq(v, u8x16_splat(b))), u8x16_eq(v, u8x16_splat(c)));
    u8x16_bitmask(hit)
}

/// The same without the browser's intrinsics, for native tests.
#[cfg(not(target_arch = "wasm32"))]
#[inline]
fn marks_in_16(x: &[u8; 16], marks: [u8; 3]) -> u16 {
    x.iter().enumerate().fold(0, |mask, (i, byte)| mask | u16::from(marks.contains(byte)) << i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMA: Marks = Marks { delimiter: b',', quote: Some(b'"'), line_end: b'\n' };

    fn records(chunks: &[&[u8]]) -> Vec<(u64, Vec<String>)> {
        let mut scanner = Scanner::new(COMMA, 1);
        let mut sink = Rows(Vec::new());
        for chunk in chunks {
            scanner.push(chunk, &mut sink);
        }
        scanner.finish(&mut sink);
        sink.0
    }

    struct Rows(Vec<(u64, Vec<String>)>);

    impl Sink for Rows {
        fn found(&mut self, found: Found<'_>) {
            self.0.push(match found {
                Found::Row(row) => {
                    (row.line, (0..row.len()).map(|i| String::from_utf8_lossy(row.raw(i)).into_owned()).collect())
                }
                Found::TooLong { line } => (line, vec!["too long".into()]),
            });
        }
    }

    fn one(text: &str) -> Vec<Vec<String>> {
        records(&[text.as_bytes()]).into_iter().map(|(_, fields)| fields).collect()
    }

    #[test]
    fn records_are_cut_as_rfc_4180_says() {
        for (text, expected) in [
            ("a,b\nc,d\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a,b\r\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("\"a,b\",c", vec![vec!["a,b", "c"]]),
            ("\"a \"\"b\"\" c\",d", vec![vec!["a \"b\" c", "d"]]),
            ("\"a\nb\",c\nd,e", vec![vec!["a\nb", "c"], vec!["d", "e"]]),
            ("5\" pipe,x", vec![vec!["5\" pipe", "x"]]),
            ("\"\",x", vec![vec!["", "x"]]),
            ("a,\"unclosed\nb,c\n", vec![vec!["a", "\"unclosed"], vec!["b", "c"]]),
            ("\"a\" ,b", vec![vec!["a", "b"]]),
            ("\"a\"b,c", vec![vec!["ab", "c"]]),
            ("a,,\n", vec![vec!["a", "", ""]]),
        ] {
            assert_eq!(one(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_through_quoted_newlines() {
        let lines: Vec<u64> = records(&[b"h\n\"a\nb\",x\nc\n\"open\nd\n"]).iter().map(|r| r.0).collect();
        assert_eq!(lines, [1, 2, 4, 5, 6]);
    }

    #[test]
    fn a_record_too_long_is_reported_and_the_next_is_read() {
        let mut text = vec![b'x'; LONGEST_RECORD + 10];
        text.extend_from_slice(b"\na,b\n");
        let whole = records(&[&text]);
        assert_eq!(whole[0], (1, vec!["too long".into()]));
        assert_eq!(whole[1], (2, vec!["a".into(), "b".into()]));
        let halves: Vec<&[u8]> = text.chunks(70_000).collect();
        assert_eq!(records(&halves), whole);
    }

    proptest! {
        #[test]
        fn splitting_the_input_anywhere_changes_nothing(
            text in prop::collection::vec(prop::sample::select(b"ab,\"\n\r ".to_vec()), 0..80),
            at in 0usize..80,
            then in 0usize..80,
        ) {
            let (first, second) = (at.min(text.len()), then.min(text.len()));
            let (first, second) = (first.min(second), first.max(second));
            let whole = records(&[&text]);
            prop_assert_eq!(records(&[&text[..first], &text[first..second], &text[second..]]), whole);
        }

        #[test]
        fn well_formed_text_reads_as_csv_core_reads_it(
            rows in prop::collection::vec(prop::collection::vec("[ab,\"\n]{0,20}", 2..4), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let read: Vec<Vec<String>> = records(&[&bytes]).into_iter().map(|r| r.1).collect();
            prop_assert_eq!(read, rows);
        }
    }
}

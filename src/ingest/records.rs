//! The general record reader: bytes of delimited text in any dialect, pushed in pieces; records out.
//!
//! Where a chunk ends changes nothing. Memory is bounded by [`Limits`], time is linear in the bytes read.
//!
//! What is done with text that breaks the rules:
//! - A record ends at LF, CR or CRLF outside quotes; a file may mix them.
//! - A quote inside an unquoted field is a plain character. So is a quote inside a quoted field that is followed by
//!   neither a quote, a delimiter (after optional spaces) nor a line end.
//! - A quoted field was *never closed* when the text runs out, when it reaches the size limit after a line end, or when
//!   a quote that can only open a field (after a delimiter or line end, before text) turns up inside it. Then reading
//!   goes back: to the first quote that was taken for an escaped one although a delimiter followed, which is read as
//!   the closing quote; else to the opening quote, which is read as a plain character. So one lost quote costs a line,
//!   never the rest of the file.
//! - NUL bytes are left out and counted; a byte-order mark at the very start is left out.
//! - A guard for spreadsheets (`="0012"`) is taken off, inside quotes as well.

use std::borrow::Cow;

use super::sniff::Dialect;

mod reader;

pub use reader::Reader;

/// How large parts of a file may be before the reader stops keeping them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one field; also how far the reader looks for a closing quote.
    pub field: usize,
    /// Bytes of one record, all fields together.
    pub record: usize,
    /// Columns of one record. A spreadsheet has 16,384.
    pub columns: usize,
}

impl Limits {
    /// Far above any attendance export, far below what would trouble a phone.
    pub const USUAL: Limits = Limits { field: 1 << 20, record: 8 << 20, columns: 16_384 };
}

/// Why part of a record was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oversize {
    Field,
    Record,
    Columns,
}

impl Oversize {
    /// What happened, in plain words.
    pub fn message(self) -> &'static str {
        match self {
            Oversize::Field => "One value on this line is over a million characters long; the rest of it was left out.",
            Oversize::Record => "This line is over eight million characters long; the rest of it was left out.",
            Oversize::Columns => "This line has over 16,384 columns; the others were left out.",
        }
    }
}

/// One record, borrowed from the reader until the next.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    data: &'a [u8],
    ends: &'a [usize],
    /// The line on which it starts, from 1.
    pub line: u64,
    /// Set where something was left out.
    pub oversize: Option<Oversize>,
    /// A quote on this record was never closed and was read as a plain character.
    pub repaired: bool,
}

impl<'a> Record<'a> {
    /// Number of fields; at least 1.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never: an empty line is one empty field. See [`Record::is_blank`].
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether every field is empty or white space.
    pub fn is_blank(&self) -> bool {
        self.data.iter().all(u8::is_ascii_whitespace)
    }

    /// The bytes of a field, unquoted and unescaped.
    pub fn bytes(&self, column: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(column)?;
        let start = if column == 0 { 0 } else { self.ends[column - 1] };
        Some(&self.data[start..end])
    }

    /// A field as text; bytes that are not UTF-8 show as the replacement character.
    pub fn text(&self, column: usize) -> Option<Cow<'a, str>> {
        self.bytes(column).map(String::from_utf8_lossy)
    }

    /// All fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (data, ends) = (self.data, self.ends);
        ends.iter().enumerate().map(move |(i, &end)| {
            let start = if i == 0 { 0 } else { ends[i - 1] };
            &data[start..end]
        })
    }

    /// All fields as owned text.
    pub fn to_strings(&self) -> Vec<String> {
        self.iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect()
    }
}

/// Records ended by each kind of line end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminators {
    pub lf: u64,
    pub crlf: u64,
    pub cr: u64,
}

/// All records of a text that is in memory, as owned text; at most `max` of them. For previews and tests.
pub fn read_rows(text: &[u8], dialect: Dialect, max: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut reader = Reader::new(dialect);
    let mut sink = |record: &Record<'_>| {
        if rows.len() < max {
            rows.push(record.to_strings());
        }
    };
    reader.push(text, &mut sink);
    reader.finish(&mut sink);
    rows
}

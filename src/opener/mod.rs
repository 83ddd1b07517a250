//! Files that must be turned into UTF-8 comma-separated text before they can be read: old encodings, gzip, zip,
//! spreadsheets. Behind the feature `opener`, in a worker of its own, because its tables are large.
//!
//! Pure: a file is anything that reads and seeks. [`list`] says what parts a file has, [`open`] turns one of them into
//! text, piece by piece.

pub mod archive;
pub mod encoding;
mod error;
pub mod sheets;
mod values;

use std::io::{Read, Seek};

use crate::ingest::sniff::Opener;

pub use error::OpenError;

/// A sheet of a workbook, a file of an archive, or the only text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// Rows (sheets) as far as the file says so; a hint.
    pub rows: Option<u64>,
    /// Bytes after unpacking (archives) as far as the file says so; a hint.
    pub bytes: Option<u64>,
    /// The author of a workbook hid this sheet.
    pub hidden: bool,
}

/// What to open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice<'a> {
    /// Index into [`list`]. None: the first part that is not hidden.
    pub part: Option<usize>,
    /// A label such as `windows-1252`, where the person chose one. None: detected.
    pub encoding: Option<&'a str>,
}

/// What was done, for "How we read this file".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The part that was opened, where the file has parts.
    pub part: Option<String>,
    /// The encoding of the text (`windows-1252`), where it was text.
    pub encoding: Option<String>,
    /// Whether `encoding` was found without doubt.
    pub encoding_is_certain: bool,
    /// Bytes of text that were given.
    pub bytes: u64,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
}

/// Where the text goes: UTF-8 in pieces, cut anywhere.
pub type Sink<'s> = &'s mut dyn FnMut(&[u8]);

/// The parts of a file. A text or gzip file has one, without a name.
pub fn list<R: Read + Seek>(source: R, kind: Opener) -> Result<Vec<Part>, OpenError> {
    match kind {
        Opener::Decode(_) | Opener::Gzip => {
            Ok(vec![Part { name: String::new(), rows: None, bytes: None, hidden: false }])
        }
        Opener::Zip => archive::list(source),
        Opener::Excel | Opener::OldExcel | Opener::OpenDocument => sheets::list(source, kind),
    }
}

/// Turn one part of a file into text.
pub fn open<R: Read + Seek>(source: R, kind: Opener, choice: Choice<'_>, sink: Sink<'_>) -> Result<Opened, OpenError> {
    match kind {
        Opener::Decode(_) => archive::text(source, choice.encoding, sink),
        Opener::Gzip => archive::gunzip(source, choice.encoding, sink),
        Opener::Zip => archive::unzip(source, choice, sink),
        Opener::Excel | Opener::OldExcel | Opener::OpenDocument => sheets::open(source, kind, choice.part, sink),
    }
}

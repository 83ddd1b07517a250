//! What can go wrong on opening, in plain words with what to do next.

/// Why a file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// The browser could not read the file.
    Unreadable(String),
    /// The archive or workbook is damaged or cut off.
    Damaged(String),
    /// A password stands before it.
    Locked,
    /// No sheet, no file inside.
    Nothing,
    /// There is no such part.
    NoSuchPart(usize),
    /// Unpacking it would need more than the app allows.
    TooLarge,
    /// The chosen file in the archive is no text. What it is.
    NotText(String),
    /// No encoding of that name.
    UnknownEncoding(String),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OpenError::Unreadable(_) => {
                write!(f, "The file could not be read. If it was moved or changed since you chose it, choose it again.")
            }
            OpenError::Damaged(_) => write!(
                f,
                "The file is damaged or incomplete. Please download or export it once more and choose the new one."
            ),
            OpenError::Locked => write!(
                f,
                "The file is locked with a password. Please open it with its password, save a copy without one, and \
                 choose the copy."
            ),
            OpenError::Nothing => {
                write!(f, "There is no table in this file. Please check the export and choose another file.")
            }
            OpenError::NoSuchPart(_) => write!(f, "That sheet or file is not there any more. Please choose again."),
            OpenError::TooLarge => write!(
                f,
                "Unpacked, this file would be far larger than any attendance export. If it really is one, please \
                 unpack it yourself and choose the file inside."
            ),
            OpenError::NotText(what) => write!(
                f,
                "The file inside the archive is {what}. Please unpack the archive and choose the file itself."
            ),
            OpenError::UnknownEncoding(label) => write!(f, "There is no encoding called “{label}”."),
        }
    }
}

impl OpenError {
    /// What the library said, for a report of a fault; empty if nothing.
    pub fn detail(&self) -> &str {
        match self {
            OpenError::Unreadable(detail) | OpenError::Damaged(detail) => detail,
            _ => "",
        }
    }
}

impl std::error::Error for OpenError {}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> OpenError {
        use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match error.kind() {
            InvalidData | InvalidInput | UnexpectedEof => OpenError::Damaged(error.to_string()),
            _ => OpenError::Unreadable(error.to_string()),
        }
    }
}

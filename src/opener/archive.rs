//! Text as it stands, gzip and zip: unpacked as a stream, with guards against files that grow without end.

use std::io::{Read, Seek};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::encoding::TextPipe;
use super::{Choice, OpenError, Opened, Part, Sink};
use crate::ingest::sniff::{self, FileKind, Opener};

const PIECE: usize = 256 << 10;
/// Unpacked bytes that no attendance export reaches: 4 GiB.
const MOST: u64 = 4 << 30;
/// Above this many unpacked bytes, growing to more than 150 times the packed size is not a table of real data,
/// which shrinks to a fifth or a thirtieth.
const RATIO_FROM: u64 = 256 << 20;
const RATIO: u64 = 150;

/// A text file in any encoding.
pub fn text(mut source: impl Read, encoding: Option<&str>, sink: Sink<'_>) -> Result<Opened, OpenError> {
    let mut pipe = TextPipe::new(encoding)?;
    let mut piece = vec![0; PIECE];
    loop {
        let n = source.read(&mut piece)?;
        if n == 0 {
            return Ok(pipe.finish(sink));
        }
        pipe.push(&piece[..n], sink);
    }
}

/// A gzip file, of one or several members, that holds a text.
pub fn gunzip<R: Read + Seek>(mut source: R, encoding: Option<&str>, sink: Sink<'_>) -> Result<Opened, OpenError> {
    let packed = source.seek(std::io::SeekFrom::End(0))?;
    source.rewind()?;
    unpacked_text(MultiGzDecoder::new(source), packed, encoding, sink)
}

/// The files in a zip archive that may hold a table; folders and what operating systems add are left out.
pub fn list<R: Read + Seek>(source: R) -> Result<Vec<Part>, OpenError> {
    let mut archive = ZipArchive::new(source).map_err(broken)?;
    let parts: Vec<Part> = entries(&mut archive)?.into_iter().map(|e| e.part).collect();
    if parts.is_empty() { Err(OpenError::Nothing) } else { Ok(parts) }
}

/// One file of a zip archive, by its place in [`list`].
pub fn unzip<R: Read + Seek>(source: R, choice: Choice<'_>, sink: Sink<'_>) -> Result<Opened, OpenError> {
    let mut archive = ZipArchive::new(source).map_err(broken)?;
    let entries = entries(&mut archive)?;
    let wanted = choice.part.unwrap_or(0);
    let Some(entry) = entries.get(wanted) else {
        return Err(if entries.is_empty() { OpenError::Nothing } else { OpenError::NoSuchPart(wanted) });
    };
    if entry.part.bytes.is_some_and(|b| b > MOST) {
        return Err(OpenError::TooLarge);
    }
    let file = archive.by_index(entry.index).map_err(broken)?;
    let mut opened = unpacked_text(file, entry.packed, choice.encoding, sink)?;
    opened.part = Some(entry.part.name.clone());
    Ok(opened)
}

struct Entry {
    index: usize,
    packed: u64,
    part: Part,
}

fn entries<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<Entry>, OpenError> {
    let mut entries = Vec::new();
    // No school packs thousands of files; a hostile archive may name millions.
    for index in 0..archive.len().min(2000) {
        let file = archive.by_index_raw(index).map_err(broken)?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if file.is_dir() || last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX/") {
            continue;
        }
        let part = Part { name, rows: None, bytes: Some(file.size()), hidden: false };
        entries.push(Entry { index, packed: file.compressed_size(), part });
    }
    entries.sort_by(|a, b| a.part.name.cmp(&b.part.name));
    Ok(entries)
}

fn unpacked_text(
    mut source: impl Read,
    packed: u64,
    encoding: Option<&str>,
    sink: Sink<'_>,
) -> Result<Opened, OpenError> {
    let mut pipe = TextPipe::new(encoding)?;
    let mut piece = vec![0; PIECE];
    let mut unpacked = 0_u64;
    let mut head: Option<Vec<u8>> = Some(Vec::new());
    loop {
        let n = source.read(&mut piece)?;
        unpacked += n as u64;
        if unpacked > MOST || unpacked > RATIO_FROM && unpacked / RATIO > packed {
            return Err(OpenError::TooLarge);
        }
        if let Some(bytes) = &mut head {
            bytes.extend_from_slice(&piece[..n]);
            if n > 0 && bytes.len() < 8192 {
                continue;
            }
            check_is_text(bytes)?;
            pipe.push(bytes, sink);
            head = None;
        } else {
            pipe.push(&piece[..n], sink);
        }
        if n == 0 {
            return Ok(pipe.finish(sink));
        }
    }
}

fn check_is_text(head: &[u8]) -> Result<(), OpenError> {
    match sniff::kind(head) {
        FileKind::Empty => Err(OpenError::Nothing),
        FileKind::Text | FileKind::Open(Opener::Decode(_)) => Ok(()),
        other => Err(OpenError::NotText(other.name().to_owned())),
    }
}

fn broken(error: ZipError) -> OpenError {
    match error {
        ZipError::Io(io) => io.into(),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => OpenError::Locked,
        other => OpenError::Damaged(other.to_string()),
    }
}

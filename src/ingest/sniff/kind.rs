//! The kind of a file from its first bytes: text that can be read as it stands, something that the opener must turn
//! into text first, or something that holds no table at all.

/// How text is encoded, as far as that shows without large tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Plain ASCII or UTF-8, with or without a mark in front.
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Text, but not UTF-8: an older encoding of one country or program. The opener finds out which.
    Legacy,
}

/// What the opener has to do before a table can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opener {
    Decode(Encoding),
    Gzip,
    /// A zip archive: of CSV files, or a workbook that shows as such only further inside.
    Zip,
    /// .xlsx, .xlsm or .xlsb
    Excel,
    /// .xls of before 2007
    OldExcel,
    /// .ods
    OpenDocument,
}

/// See [`kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    Empty,
    /// UTF-8 text: read it as it stands.
    Text,
    /// Needs the opener.
    Open(Opener),
    /// Not a table. The name is for the message: "a PDF", "a JPEG picture".
    NotATable(&'static str),
}

impl FileKind {
    /// Whether the opener must be loaded.
    pub fn opener(self) -> Option<Opener> {
        match self {
            FileKind::Open(opener) => Some(opener),
            _ => None,
        }
    }

    /// What the file is, with its article: "a comma-separated text file" is for [`FileKind::Text`] only after its
    /// dialect is known, so here it is plain text.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Empty => "an empty file",
            FileKind::Text => "a text file",
            FileKind::NotATable(name) => name,
            FileKind::Open(Opener::Decode(Encoding::Utf16Le | Encoding::Utf16Be)) => "a text file in UTF-16",
            FileKind::Open(Opener::Decode(_)) => "a text file in an older encoding",
            FileKind::Open(Opener::Gzip) => "a file packed with gzip",
            FileKind::Open(Opener::Zip) => "a zip archive",
            FileKind::Open(Opener::Excel) => "an Excel workbook",
            FileKind::Open(Opener::OldExcel) => "an Excel workbook of the old kind (.xls)",
            FileKind::Open(Opener::OpenDocument) => "an OpenDocument spreadsheet",
        }
    }

    /// For a file that cannot be read: what it is and what to do next. None where it can.
    pub fn refusal(self) -> Option<String> {
        match self {
            FileKind::Empty => Some(
                "This file is empty. Please export it again from your student system and choose the new file.".into(),
            ),
            FileKind::NotATable(name) => Some(format!(
                "This is {name}, not a table. Please export the attendance data as a CSV or Excel file and choose that."
            )),
            _ => None,
        }
    }
}

/// Beginnings that tell a kind of file for certain, with its name for the message.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich-text document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\0\x01\0\0Standard Jet DB", "an Access database"),
    (b"\0\x01\0\0Standard ACE DB", "an Access database"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xCF\xFA\xED\xFE", "a program"),
    (b"\xCA\xFE\xBA\xBE", "a program"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"BZh", "a file packed with bzip2"),
    (b"\xFD7zXZ\0", "a file packed with xz"),
    (b"\x28\xB5\x2F\xFD", "a file packed with zstd"),
    (b"PAR1", "a Parquet file"),
    (b"$FL2", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"RDX", "an R data file"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1A\x45\xDF\xA3", "a video"),
];

/// What a file is, from its first bytes (64 KiB are plenty, more does not hurt; 1 MiB at most are looked at).
///
/// `head` may be the whole file or end anywhere.
pub fn kind(head: &[u8]) -> FileKind {
    let head = &head[..head.len().min(1 << 20)];
    if head.is_empty() {
        return FileKind::Empty;
    }
    if let Some(&(_, name)) = SIGNATURES.iter().find(|(magic, name)| {
        // Short magic numbers made of letters could begin a CSV as well: then the bytes after must be no text.
        head.starts_with(magic)
            && (!magic.iter().all(u8::is_ascii_graphic)
                || name.contains("PDF")
                || looks_binary(head)
                || magic.starts_with(b"{\\rtf")
                || magic.starts_with(b"<stata"))
    }) {
        return FileKind::NotATable(name);
    }
    match head {
        [0x1F, 0x8B, ..] => return FileKind::Open(Opener::Gzip),
        [b'P', b'K', 3, 4, ..] => return zip(head),
        [b'P', b'K', 5, 6, ..] => return FileKind::NotATable("an empty zip archive"),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => return compound(head),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            return FileKind::NotATable("a WebP picture");
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => {
            return FileKind::NotATable("a sound file");
        }
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
            let picture = brand.starts_with(b"heic") || brand.starts_with(b"mif1") || brand.starts_with(b"avif");
            return FileKind::NotATable(if picture { "a photo (HEIC)" } else { "a video" });
        }
        [0x00, 0x00, 0xFE, 0xFF, ..] => return FileKind::NotATable("a text file in UTF-32"),
        [0xFF, 0xFE, 0, 0, ..] => return FileKind::NotATable("a text file in UTF-32"),
        [0xFF, 0xFE, ..] => return FileKind::Open(Opener::Decode(Encoding::Utf16Le)),
        [0xFE, 0xFF, ..] => return FileKind::Open(Opener::Decode(Encoding::Utf16Be)),
        _ => {}
    }
    if let Some(encoding) = utf16_by_pattern(head) {
        return FileKind::Open(Opener::Decode(encoding));
    }
    if head.iter().all(|&b| b == 0) {
        return FileKind::NotATable("a file of zero bytes only (often a download that broke off)");
    }
    if looks_binary(head) {
        return FileKind::NotATable("a file of a kind that this app does not know");
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if text.iter().all(u8::is_ascii_whitespace) {
        return FileKind::Empty;
    }
    if let Some(name) = markup(text) {
        return FileKind::NotATable(name);
    }
    if is_utf8(head) { FileKind::Text } else { FileKind::Open(Opener::Decode(Encoding::Legacy)) }
}

/// Whether the bytes are UTF-8, a character cut off at the end allowed.
pub fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && head.len() - e.valid_up_to() < 4,
    }
}

/// UTF-16 without a mark: half of the bytes are NUL, nearly all of them at even (or all at odd) places.
fn utf16_by_pattern(head: &[u8]) -> Option<Encoding> {
    let sample = &head[..head.len().min(4096) & !1];
    if sample.len() < 4 {
        return None;
    }
    let pairs = sample.len() / 2;
    let high_first = sample.chunks_exact(2).filter(|p| p[0] == 0 && p[1] != 0).count();
    let high_last = sample.chunks_exact(2).filter(|p| p[1] == 0 && p[0] != 0).count();
    // Seven in ten pairs: names in other scripts may fill the rest, and text with stray NULs never comes close.
    if high_last * 10 >= pairs * 7 && high_first * 20 <= pairs {
        Some(Encoding::Utf16Le)
    } else if high_first * 10 >= pairs * 7 && high_last * 20 <= pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// More than one byte in fifty is a control character that no text has. NUL alone is forgiven up to one in three:
/// some systems pad fields with it.
fn looks_binary(head: &[u8]) -> bool {
    let sample = &head[..head.len().min(64 << 10)];
    let odd = sample
        .iter()
        .filter(|&&b| b < 32 && !matches!(b, 0 | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1C..=0x1F));
    let (odd, nuls) = (odd.count(), memchr::memchr_iter(0, sample).count());
    odd * 50 > sample.len() || nuls * 3 > sample.len()
}

/// Markup and programming formats that are text but hold no delimited table.
fn markup(text: &[u8]) -> Option<&'static str> {
    let start = text.iter().position(|b| !b.is_ascii_whitespace())?;
    let text = &text[start..];
    let lower: Vec<u8> = text[..text.len().min(512)].to_ascii_lowercase();
    let has = |needle: &[u8]| memchr::memmem::find(&lower, needle).is_some();
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") || lower.starts_with(b"<head") {
        return Some("a web page (some systems call these .xls; open it in a spreadsheet program and save it as CSV)");
    }
    if lower.starts_with(b"<table") {
        return Some("a web page (some systems call these .xls; open it in a spreadsheet program and save it as CSV)");
    }
    if lower.starts_with(b"<?xml") || lower.starts_with(b"<!--") {
        if has(b"<svg") {
            return Some("an SVG picture");
        }
        if has(b"urn:schemas-microsoft-com:office:spreadsheet") || has(b"progid=\"excel.sheet\"") {
            return Some("an XML spreadsheet of 2003 (open it in a spreadsheet program and save it as .xlsx)");
        }
        return Some("an XML file");
    }
    if lower.starts_with(b"<svg") {
        return Some("an SVG picture");
    }
    if lower.starts_with(b"%!ps") {
        return Some("a PostScript file");
    }
    // JSON: an object whose first thing is a quoted key, or a list that begins with an object, list or both brackets.
    let after = |n: usize| lower.get(n..).and_then(|rest| rest.iter().find(|b| !b.is_ascii_whitespace()).copied());
    match (lower.first(), after(1)) {
        (Some(b'{'), Some(b'"' | b'}')) => Some("a JSON file"),
        (Some(b'['), Some(b'{' | b'[' | b']')) => Some("a JSON file"),
        (Some(b'['), Some(b'"')) if has(b"\",") && !has(b"]\n") => Some("a JSON file"),
        _ => None,
    }
}

/// What a zip archive is, from the names of the entries that show in its first bytes.
fn zip(head: &[u8]) -> FileKind {
    let mut office = false;
    let mut entries = 0;
    for at in memchr::memmem::find_iter(head, b"PK\x03\x04").take(200) {
        let Some(header) = head.get(at..at + 30) else {
            break;
        };
        let name_len = usize::from(u16::from_le_bytes([header[26], header[27]]));
        let extra = usize::from(u16::from_le_bytes([header[28], header[29]]));
        let Some(name) = head.get(at + 30..at + 30 + name_len) else {
            break;
        };
        entries += 1;
        if name.starts_with(b"xl/") {
            return FileKind::Open(Opener::Excel);
        }
        if name.starts_with(b"word/") {
            return FileKind::NotATable("a Word document");
        }
        if name.starts_with(b"ppt/") {
            return FileKind::NotATable("a PowerPoint file");
        }
        if name == b"mimetype" {
            let body = head.get(at + 30 + name_len + extra..).unwrap_or_default();
            if body.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
                return FileKind::Open(Opener::OpenDocument);
            }
            if body.starts_with(b"application/vnd.oasis.opendocument") {
                return FileKind::NotATable("an OpenDocument text or presentation");
            }
            if body.starts_with(b"application/epub") {
                return FileKind::NotATable("an e-book");
            }
        }
        if name == b"Index/Document.iwa" || name.starts_with(b"Index/Tables/") || name == b"Index.zip" {
            return FileKind::NotATable("an Apple Numbers or Pages document (use File, Export to, CSV)");
        }
        office |= name == b"[Content_Types].xml" || name.starts_with(b"_rels/") || name.starts_with(b"docProps/");
    }
    if office && entries > 0 { FileKind::Open(Opener::Excel) } else { FileKind::Open(Opener::Zip) }
}

/// What an OLE compound file is: names of its streams stand inside in UTF-16.
fn compound(head: &[u8]) -> FileKind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(head, &wide).is_some()
    };
    if has("EncryptedPackage") {
        FileKind::NotATable(
            "a workbook that is locked with a password (open it with its password and save a copy without one)",
        )
    } else if has("WordDocument") {
        FileKind::NotATable("a Word document")
    } else if has("PowerPoint Document") {
        FileKind::NotATable("a PowerPoint file")
    } else if has("__substg1.0") || has("__properties_version") {
        FileKind::NotATable("an Outlook message")
    } else {
        FileKind::Open(Opener::OldExcel)
    }
}

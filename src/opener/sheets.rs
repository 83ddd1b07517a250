//! Workbooks: which sheets there are, and one of them as comma-separated text, a line per row.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Seek};

use calamine::{
    Dimensions, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use zip::ZipArchive;

use super::values::{self, Format};
use super::{OpenError, Opened, Part, Sink};
use crate::ingest::sniff::Opener;

/// Unpacked bytes of a whole workbook: 2 GiB. A workbook of a million rows and twenty columns unpacks to about 1 GiB.
const MOST_UNPACKED: u64 = 2 << 30;
/// Empty rows that are kept in all, so that lines count as rows do: more than a sheet has.
const GAPS: u32 = 1 << 21;
/// Merged ranges that are filled, and cells that are filled for them.
const MERGES: usize = 10_000;
const FILLED: u64 = 10_000_000;
/// Columns of a sheet.
const COLUMNS: u32 = 16_384;
const PIECE: usize = 256 << 10;

enum Book<R: Read + Seek> {
    Xlsx(Xlsx<BufReader<R>>),
    Xlsb(Xlsb<BufReader<R>>),
    Xls(Xls<BufReader<R>>),
    Ods(Ods<BufReader<R>>),
}

/// The sheets of a workbook in their order, hidden ones marked.
pub fn list<R: Read + Seek>(source: R, kind: Opener) -> Result<Vec<Part>, OpenError> {
    guarded(|| list_sheets(source, kind))
}

/// The libraries behind this panic on some damaged workbooks. Where a panic can be caught it becomes an error; in the
/// browser it cannot, and the worker says the same in its last message.
fn guarded<T>(work: impl FnOnce() -> Result<T, OpenError>) -> Result<T, OpenError> {
    // Nothing outlives the call that a panic could leave half done, but for text already given to the sink.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(OpenError::Damaged("the workbook library stopped".into())))
}

fn list_sheets<R: Read + Seek>(source: R, kind: Opener) -> Result<Vec<Part>, OpenError> {
    let mut book = Book::open(source, kind)?;
    let sheets = book.sheets();
    let parts: Vec<Part> = sheets
        .iter()
        .map(|sheet| Part {
            name: sheet.name.clone(),
            rows: book.rows_hint(&sheet.name),
            bytes: None,
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect();
    if parts.is_empty() { Err(OpenError::Nothing) } else { Ok(parts) }
}

/// One sheet as text; without a choice the first that is not hidden.
pub fn open<R: Read + Seek>(source: R, kind: Opener, part: Option<usize>, sink: Sink<'_>) -> Result<Opened, OpenError> {
    guarded(|| open_sheet(source, kind, part, sink))
}

fn open_sheet<R: Read + Seek>(
    source: R,
    kind: Opener,
    part: Option<usize>,
    sink: Sink<'_>,
) -> Result<Opened, OpenError> {
    let mut book = Book::open(source, kind)?;
    let sheets = book.sheets();
    let visible = || sheets.iter().position(|s| s.visible == SheetVisible::Visible);
    let at = part.or_else(visible).unwrap_or(0);
    let Some(sheet) = sheets.get(at) else {
        return Err(if sheets.is_empty() { OpenError::Nothing } else { OpenError::NoSuchPart(at) });
    };
    let mut writer = SheetWriter::new(book.tall_merges(&sheet.name), sink);
    book.write(&sheet.name, &mut writer)?;
    writer.finish_row();
    writer.flush();
    let mut notes = Vec::new();
    if !writer.errors.is_empty() {
        let (count, at) = (writer.errors.values().map(|e| e.0).sum::<u64>(), writer.errors.values().map(|e| e.1).min());
        let names: Vec<&str> = writer.errors.keys().map(String::as_str).collect();
        notes.push(format!(
            "{count} cells hold an error of the spreadsheet program ({}); the first is in row {}.",
            names.join(", "),
            at.unwrap_or(0)
        ));
    }
    if writer.filled > 0 {
        notes.push(format!(
            "{} cells that were merged over several rows were filled in for each of the rows.",
            writer.filled
        ));
    }
    Ok(Opened { part: Some(sheet.name.clone()), encoding: None, encoding_is_certain: true, bytes: writer.bytes, notes })
}

impl<R: Read + Seek> Book<R> {
    fn open(mut source: R, kind: Opener) -> Result<Book<R>, OpenError> {
        let source = match kind {
            Opener::OldExcel => source,
            _ => {
                let binary = check_archive(&mut source)?;
                source.rewind()?;
                if binary {
                    return Ok(Book::Xlsb(Xlsb::new(BufReader::new(source))?));
                }
                source
            }
        };
        Ok(match kind {
            Opener::OldExcel => Book::Xls(Xls::new(BufReader::new(source))?),
            Opener::OpenDocument => Book::Ods(Ods::new(BufReader::new(source))?),
            _ => Book::Xlsx(Xlsx::new(BufReader::new(source))?),
        })
    }

    fn sheets(&self) -> Vec<Sheet> {
        let all = match self {
            Book::Xlsx(b) => b.sheets_metadata(),
            Book::Xlsb(b) => b.sheets_metadata(),
            Book::Xls(b) => b.sheets_metadata(),
            Book::Ods(b) => b.sheets_metadata(),
        };
        all.iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect()
    }

    fn rows_hint(&mut self, name: &str) -> Option<u64> {
        let rows = |d: Dimensions| u64::from(d.end.0) + 1;
        match self {
            Book::Xlsx(b) => b.worksheet_cells_reader(name).ok().map(|r| rows(r.dimensions())).filter(|&n| n > 1),
            Book::Xlsb(b) => b.worksheet_cells_reader(name).ok().map(|r| rows(r.dimensions())).filter(|&n| n > 1),
            Book::Xls(b) => b.worksheet_range(name).ok().and_then(|r| r.end()).map(|end| u64::from(end.0) + 1),
            Book::Ods(b) => b.worksheet_range(name).ok().and_then(|r| r.end()).map(|end| u64::from(end.0) + 1),
        }
    }

    /// Cells merged over several rows: the value is written in the first only but means all of them.
    fn tall_merges(&mut self, name: &str) -> Vec<Dimensions> {
        let merges = match self {
            Book::Xlsx(b) => b.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Book::Xls(b) => b.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Book::Xlsb(_) | Book::Ods(_) => Vec::new(),
        };
        merges.into_iter().filter(|m| m.end.0 > m.start.0).take(MERGES).collect()
    }

    fn write(&mut self, name: &str, writer: &mut SheetWriter<'_>) -> Result<(), OpenError> {
        match self {
            Book::Xlsx(b) => {
                let mut cells = b.worksheet_cells_reader(name)?;
                let formats: Vec<Format> = cells
                    .styles()
                    .iter()
                    .map(|s| s.number_format.as_ref().map_or(Format::Plain, |f| Format::of(&f.format_code)))
                    .collect();
                let mut text = String::new();
                while let Some((cell, style)) = cells.next_cell_with_style_id()? {
                    text.clear();
                    values::write_ref(cell.get_value(), formats.get(style).copied().unwrap_or_default(), &mut text);
                    writer.cell(cell.get_position(), &text, matches!(cell.get_value(), calamine::DataRef::Error(_)));
                }
            }
            Book::Xlsb(b) => {
                let mut cells = b.worksheet_cells_reader(name)?;
                let mut text = String::new();
                while let Some(cell) = cells.next_cell()? {
                    text.clear();
                    values::write_ref(cell.get_value(), Format::Plain, &mut text);
                    writer.cell(cell.get_position(), &text, matches!(cell.get_value(), calamine::DataRef::Error(_)));
                }
            }
            Book::Xls(b) => writer.range(&b.worksheet_range(name)?),
            Book::Ods(b) => writer.range(&b.worksheet_range(name)?),
        }
        Ok(())
    }
}

/// Guard against archives that unpack to far more than any workbook; also says whether it is an .xlsb.
fn check_archive<R: Read + Seek>(source: &mut R) -> Result<bool, OpenError> {
    let mut archive = ZipArchive::new(source).map_err(|e| OpenError::Damaged(e.to_string()))?;
    let (mut unpacked, mut binary) = (0_u64, false);
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).map_err(|e| OpenError::Damaged(e.to_string()))?;
        unpacked = unpacked.saturating_add(file.size());
        binary |= file.name_raw() == b"xl/workbook.bin";
    }
    if unpacked > MOST_UNPACKED { Err(OpenError::TooLarge) } else { Ok(binary) }
}

/// Writes cells, given in the order of rows, as lines of CSV.
struct SheetWriter<'s> {
    sink: Sink<'s>,
    buffer: String,
    bytes: u64,
    row: u32,
    /// Columns of the widest row so far: later rows are filled up to it, so that rows are even.
    width: u32,
    /// Empty rows written so far.
    gaps: u32,
    /// Cells of the present row by column.
    cells: BTreeMap<u32, String>,
    /// Ranges that begin in a later row or are being filled, by first row.
    merges: Vec<Dimensions>,
    /// Column, last row and value of ranges that are being filled.
    filling: Vec<(u32, u32, String)>,
    filled: u64,
    errors: BTreeMap<String, (u64, u32)>,
}

impl<'s> SheetWriter<'s> {
    fn new(mut merges: Vec<Dimensions>, sink: Sink<'s>) -> SheetWriter<'s> {
        merges.sort_by_key(|m| (std::cmp::Reverse(m.start.0), m.start.1));
        SheetWriter {
            sink,
            buffer: String::new(),
            bytes: 0,
            row: 0,
            width: 0,
            gaps: 0,
            cells: BTreeMap::new(),
            merges,
            filling: Vec::new(),
            filled: 0,
            errors: BTreeMap::new(),
        }
    }

    fn cell(&mut self, (row, column): (u32, u32), text: &str, is_error: bool) {
        if column >= COLUMNS || text.is_empty() {
            return;
        }
        if row > self.row {
            self.finish_row();
            // Rows of a damaged or hostile file may lie far apart: then the count of lines is given up.
            while self.row < row && self.gaps < GAPS {
                self.gaps += 1;
                self.finish_row();
            }
            self.row = row;
        }
        if is_error {
            let seen = self.errors.entry(text.to_owned()).or_insert((0, row + 1));
            seen.0 += 1;
        }
        self.cells.insert(column, text.to_owned());
    }

    fn range(&mut self, range: &calamine::Range<calamine::Data>) {
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let mut text = String::new();
        for (r, row) in (first_row..).zip(range.rows()) {
            for (c, value) in (first_column..).zip(row) {
                text.clear();
                values::write(value, &mut text);
                self.cell((r, c), &text, matches!(value, calamine::Data::Error(_)));
            }
        }
    }

    /// Write the present row and go to the next.
    fn finish_row(&mut self) {
        let row = self.row;
        for (column, last, value) in &self.filling {
            if row <= *last && self.filled < FILLED && !self.cells.contains_key(column) {
                self.cells.insert(*column, value.clone());
                self.filled += 1;
            }
        }
        self.filling.retain(|f| f.1 > row);
        while let Some(merge) = self.merges.last().copied().filter(|m| m.start.0 <= row) {
            self.merges.pop();
            if let Some(value) = self.cells.get(&merge.start.1).filter(|_| merge.start.0 == row) {
                self.filling.push((merge.start.1, merge.end.0, value.clone()));
            }
        }
        let mut next = 0;
        for (&column, text) in &self.cells {
            while next < column {
                self.buffer.push(',');
                next += 1;
            }
            values::push_cell(text, &mut self.buffer);
        }
        if let Some((&last, _)) = self.cells.last_key_value() {
            self.width = self.width.max(last + 1);
            for _ in last + 1..self.width {
                self.buffer.push(',');
            }
        }
        self.cells.clear();
        self.buffer.push('\n');
        self.row += 1;
        if self.buffer.len() >= PIECE {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.buffer.is_empty() {
            self.bytes += self.buffer.len() as u64;
            (self.sink)(self.buffer.as_bytes());
            self.buffer.clear();
        }
    }
}

macro_rules! workbook_error {
    ($($error:ident: $locked:pat),* $(,)?) => {$(
        impl From<$error> for OpenError {
            fn from(error: $error) -> OpenError {
                match error {
                    $locked => OpenError::Locked,
                    $error::Io(io) => io.into(),
                    other => OpenError::Damaged(other.to_string()),
                }
            }
        }
    )*};
}

workbook_error!(XlsxError: XlsxError::Password, XlsbError: XlsbError::Password, XlsError: XlsError::Password, OdsError: OdsError::Password);

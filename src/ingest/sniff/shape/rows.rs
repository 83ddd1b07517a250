//! What each row after the header is: data, blank, the header again, a total, a note, or another table.

use super::{Shape, is_blank};
use crate::ingest::sniff::cells::{Look, look};

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    Data,
    Blank,
    /// The names again, as on every page of a printed report. The rows after it go on with the same table.
    RepeatedHeader,
    /// A sum or mean of other rows.
    Total,
    /// One cell of text: a footnote, a title line, "Page 2 of 7".
    Note,
    /// A row of a further table with other columns: it and everything after it.
    OtherTable,
}

/// Sorts rows in their order; remembers whether a further table has begun.
pub struct RowSorter<'a> {
    shape: &'a Shape,
    after_blank: bool,
    other_table: bool,
}

impl<'a> RowSorter<'a> {
    pub(super) fn new(shape: &'a Shape) -> RowSorter<'a> {
        RowSorter { shape, after_blank: false, other_table: false }
    }

    /// What the next row is.
    pub fn sort<S: AsRef<str>>(&mut self, row: &[S]) -> RowKind {
        let first = row.iter().map(|c| c.as_ref().trim()).position(|c| !c.is_empty());
        let Some(first) = first else {
            self.after_blank = true;
            return RowKind::Blank;
        };
        if self.other_table {
            return RowKind::OtherTable;
        }
        let text = row[first].as_ref().trim();
        let filled = row.iter().filter(|c| !c.as_ref().trim().is_empty()).count();
        // Cheap test first: data rows nearly always hold a number or date somewhere.
        if self.shape.has_header() && filled > 1 && may_be_header(row) {
            if self.is_header_again(row) {
                return RowKind::RepeatedHeader;
            }
            if self.is_other_header(row, filled) {
                self.other_table = true;
                return RowKind::OtherTable;
            }
        }
        if filled == 1 && self.shape.columns.len() > 2 && is_note(text, row.len()) {
            return RowKind::Note;
        }
        self.after_blank = false;
        if is_total(text) { RowKind::Total } else { RowKind::Data }
    }

    fn is_header_again<S: AsRef<str>>(&self, row: &[S]) -> bool {
        self.shape.header_rows.iter().any(|names| {
            let used = |n: usize| n.max(1);
            let len = used(names.len()).max(row.len());
            (0..len).all(|j| {
                let a = names.get(j).map_or("", |c| c.trim());
                let b = row.get(j).map_or("", |c| c.as_ref().trim());
                a.eq_ignore_ascii_case(b)
            }) && !is_blank(names)
        })
    }

    /// Most of the names again but not all, or, after a blank line, words where numbers belong.
    fn is_other_header<S: AsRef<str>>(&self, row: &[S], filled: usize) -> bool {
        let Some(names) = self.shape.header_rows.last() else {
            return false;
        };
        let known = |cell: &str| names.iter().any(|n| n.trim().eq_ignore_ascii_case(cell));
        let cells = || row.iter().map(|c| c.as_ref().trim()).filter(|c| !c.is_empty());
        let named = names.iter().filter(|n| !n.trim().is_empty()).count();
        let again = cells().filter(|c| known(c)).count();
        if again >= 2 && again * 10 >= filled.max(named) * 6 {
            return true;
        }
        let misplaced =
            row.iter().zip(&self.shape.typed).filter(|(c, typed)| **typed && look(c.as_ref()) == Look::Text).count();
        let all_text = cells().all(|c| look(c) == Look::Text);
        self.after_blank && misplaced >= 2 && all_text
    }
}

fn may_be_header<S: AsRef<str>>(row: &[S]) -> bool {
    let typed = row.iter().take(40).filter(|c| look(c.as_ref()).is_typed()).count();
    typed * 4 <= row.len()
}

fn is_total(text: &str) -> bool {
    let lower = text.trim_end_matches([':', '.']).to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "total"
            | "totals"
            | "grand total"
            | "grand totals"
            | "subtotal"
            | "sub-total"
            | "sum"
            | "average"
            | "mean"
            | "overall"
            | "overall total"
            | "report total"
            | "count"
    ) || ["total for ", "totals for ", "subtotal for ", "total number", "grand total "]
        .iter()
        .any(|s| lower.starts_with(s))
}

/// A cell that is alone in its row: a note if the row is that short, or if it begins like one.
fn is_note(text: &str, fields: usize) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "*",
        "note",
        "source",
        "report",
        "generated",
        "printed",
        "page ",
        "data ",
        "created",
        "run date",
        "exported",
        "end of",
        "copyright",
        "prepared",
    ];
    let lower = text.to_ascii_lowercase();
    let sentence = text.len() > 40 && text.contains(' ');
    look(text) != Look::Number && (fields == 1 || sentence || BEGINNINGS.iter().any(|b| lower.starts_with(b)))
}

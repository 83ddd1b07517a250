//! What leaves as a table or a page. Rows of plain text here; whoever writes a CSV makes each cell
//! harmless on its way out.

pub mod profile;
pub mod table;
pub mod totals;

/// A table of text with what must stand above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextTable {
    pub title: String,
    /// Definition, dates, rule, audit and how to read it: one sentence each.
    pub notes: Vec<String>,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

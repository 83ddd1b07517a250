//! Cells that a report leaves blank because they say the same as the cell above, as merged cells do.

use super::super::reading::Reading;
use super::super::scan::Row;

/// What the last row with a value said, for each column of this kind; with room for a row made whole.
#[derive(Default)]
pub(super) struct Carried {
    columns: Vec<(usize, Vec<u8>)>,
    bytes: Vec<u8>,
    fields: Vec<(u32, u32)>,
}

impl Carried {
    pub fn of(reading: &Reading) -> Carried {
        let columns = reading.columns.iter().enumerate().filter(|(_, c)| c.carried);
        Carried { columns: columns.map(|(at, _)| (at, Vec::new())).collect(), ..Carried::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The row with the blank cells filled.
    pub fn fill<'a>(&'a mut self, row: &Row<'_>) -> Row<'a> {
        self.bytes.clear();
        self.fields.clear();
        for at in 0..row.len() {
            let mut cell = row.get(at);
            if let Some((_, last)) = self.columns.iter_mut().find(|(column, _)| *column == at) {
                if cell.is_empty() {
                    cell = last;
                } else {
                    last.clear();
                    last.extend_from_slice(cell);
                }
            }
            let from = self.bytes.len() as u32;
            self.bytes.extend_from_slice(cell);
            self.fields.push((from, self.bytes.len() as u32));
        }
        Row::from_parts(&self.bytes, &self.fields, row.line)
    }
}

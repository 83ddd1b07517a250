//! What a table holds, as data: columns, rows and cells. `DataTable` shows it; charts hand theirs over.

use super::verdict_mark::Verdict;
use crate::attendance::Tier;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableData {
    /// Says what the table is; read out, and shown where the place around it does not say it already.
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub align: Align,
    pub sorting: Sorting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Words,
    /// Right, in figures of one width.
    Numbers,
}

/// Whether the head of a column is a button that sorts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorting {
    #[default]
    Fixed,
    Sortable,
}

/// The column by which the rows stand, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortedBy {
    pub column: usize,
    pub direction: Direction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

/// The first cell of a row is its header.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub kind: RowKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowKind {
    #[default]
    Plain,
    /// The one looked at now: sunk, with an ink edge.
    Chosen,
    /// Sums of the rows above.
    Total,
}

/// A cell's content, and a quiet second line.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub content: Content,
    pub sub: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Text(String),
    Strong(String),
    /// Small and quiet.
    Why(String),
    /// As written in the file.
    Code(String),
    Values(String),
    Link {
        text: String,
        href: String,
    },
    Tier(Tier),
    Verdict {
        verdict: Verdict,
        reason: String,
    },
    /// Chart output only; `words` is its text alternative.
    Drawing {
        svg: String,
        words: String,
    },
}

impl TableData {
    /// A table of words and numbers, as charts give it: numeric columns are those whose index is in `numeric`.
    #[must_use]
    pub fn from_text(caption: &str, head: &[String], numeric: &[usize], rows: &[Vec<String>]) -> TableData {
        let columns =
            head.iter()
                .enumerate()
                .map(|(at, label)| {
                    if numeric.contains(&at) { Column::numbers(label.as_str()) } else { Column::words(label.as_str()) }
                })
                .collect();
        let rows =
            rows.iter().map(|row| Row::new(row.iter().map(|text| Cell::text(text.as_str())).collect())).collect();
        TableData { caption: caption.to_owned(), columns, rows }
    }
}

impl Column {
    #[must_use]
    pub fn words(label: impl Into<String>) -> Column {
        Column { label: label.into(), align: Align::Words, sorting: Sorting::Fixed }
    }

    #[must_use]
    pub fn numbers(label: impl Into<String>) -> Column {
        Column { label: label.into(), align: Align::Numbers, sorting: Sorting::Fixed }
    }

    #[must_use]
    pub fn sortable(mut self) -> Column {
        self.sorting = Sorting::Sortable;
        self
    }
}

impl SortedBy {
    /// What pressing the head of `column` makes of the present order: a new column starts with
    /// `first`, the same column turns round.
    #[must_use]
    pub fn press(now: Option<SortedBy>, column: usize, first: Direction) -> SortedBy {
        let direction = match now {
            Some(SortedBy { column: same, direction }) if same == column => direction.turned(),
            _ => first,
        };
        SortedBy { column, direction }
    }
}

impl Direction {
    #[must_use]
    pub const fn turned(self) -> Direction {
        match self {
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        }
    }

    pub(super) const fn aria(self) -> &'static str {
        match self {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        }
    }
}

impl Row {
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Row {
        Row { cells, kind: RowKind::Plain }
    }

    #[must_use]
    pub fn kind(mut self, kind: RowKind) -> Row {
        self.kind = kind;
        self
    }
}

impl Cell {
    #[must_use]
    pub fn new(content: Content) -> Cell {
        Cell { content, sub: None }
    }

    #[must_use]
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::new(Content::Text(text.into()))
    }

    #[must_use]
    pub fn strong(text: impl Into<String>) -> Cell {
        Cell::new(Content::Strong(text.into()))
    }

    #[must_use]
    pub fn why(text: impl Into<String>) -> Cell {
        Cell::new(Content::Why(text.into()))
    }

    #[must_use]
    pub fn code(text: impl Into<String>) -> Cell {
        Cell::new(Content::Code(text.into()))
    }

    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Cell {
        Cell::new(Content::Link { text: text.into(), href: href.into() })
    }

    #[must_use]
    pub fn with_sub(mut self, words: impl Into<String>) -> Cell {
        self.sub = Some(words.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressing_a_head_starts_or_turns_the_order() {
        let first = SortedBy::press(None, 2, Direction::Descending);
        assert_eq!(first, SortedBy { column: 2, direction: Direction::Descending });
        let turned = SortedBy::press(Some(first), 2, Direction::Descending);
        assert_eq!(turned.direction, Direction::Ascending);
        let other = SortedBy::press(Some(turned), 0, Direction::Ascending);
        assert_eq!(other, SortedBy { column: 0, direction: Direction::Ascending });
    }

    #[test]
    fn a_text_table_keeps_its_order_and_knows_its_numbers() {
        let head = ["School".to_owned(), "Students".to_owned()];
        let table = TableData::from_text("Schools", &head, &[1], &[vec!["Alder".to_owned(), "412".to_owned()]]);
        assert_eq!(table.columns[0].align, Align::Words);
        assert_eq!(table.columns[1].align, Align::Numbers);
        assert_eq!(table.rows[0].cells[1], Cell::text("412"));
    }
}

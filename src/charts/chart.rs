//! What every chart function returns, and how wide it is drawn.

use super::canvas::{self, Type};
use super::metrics::{self, Weight};
use super::role::Role;
use super::words;

/// A picture with the words and numbers it stands for, all made by one call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    pub title: String,
    /// One or two sentences with the finding, for the caption and as the text alternative.
    pub summary: String,
    /// A whole `<svg class="ch">` at fixed pixels; safe to insert, all text in it is escaped.
    pub svg: String,
    pub table: Table,
    /// Whose data, dates, definition and n, so that an exported chart explains itself.
    pub foot: String,
}

/// A small drawing inside a row of a page's own table, with its text alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub svg: String,
    pub text: String,
}

/// Plain text throughout; the page makes a real `<table>` of it and the download a CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    /// As many cells in each row as there are columns; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
}

pub type Cell = String;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    /// Numbers stand right-aligned.
    pub numeric: bool,
}

impl Column {
    #[must_use]
    pub fn text(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: false }
    }

    #[must_use]
    pub fn number(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: true }
    }
}

/// The pixel width a chart is drawn for. Charts are redrawn, never scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(pub u32);

impl Width {
    /// Beside the margin column on a wide page.
    pub const WIDE: Width = Width(888);
    /// On a page of one column.
    pub const MIDDLE: Width = Width(720);
    /// On a telephone of 390 pixels.
    pub const NARROW: Width = Width(358);

    /// The widest of the three that fits in `available` pixels; on a page zoomed until less is left,
    /// what there is, down to 288.
    #[must_use]
    pub const fn fitting(available: u32) -> Width {
        if available >= 888 {
            Width::WIDE
        } else if available >= 720 {
            Width::MIDDLE
        } else if available >= 358 {
            Width::NARROW
        } else if available >= 288 {
            Width(available)
        } else {
            Width(288)
        }
    }

    /// Whether the stacked layout applies.
    #[must_use]
    pub const fn is_narrow(self) -> bool {
        self.0 < 560
    }

    pub(super) fn px(self) -> f64 {
        f64::from(self.0)
    }
}

/// How finely percentages are written. Share mode uses whole percents, which give no count away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    Whole,
    #[default]
    Tenths,
}

impl Chart {
    /// The drawing with title, sentence and foot around it on paper: one file that stands alone.
    #[must_use]
    pub fn standalone(&self) -> String {
        const MARGIN: f64 = 24.0;
        let (width, height) = canvas::size_of(&self.svg);
        // A number and its sign stay on one line.
        let lines =
            |text: &str, size, weight, most| metrics::wrap(&text.replace(" %", "\u{a0}%"), width, size, weight, most);
        let title = lines(&self.title, 18.0, Weight::Bold, 3);
        let summary = lines(&self.summary, 14.0, Weight::Regular, 8);
        let foot = lines(&self.foot, 12.0, Weight::Regular, 4);
        let head = 24.0 * title.len() as f64 + 20.0 * summary.len() as f64 + 16.0;
        let below = 16.0 + 17.0 * foot.len() as f64;
        let whole = (width + 2.0 * MARGIN, height + head + below + 2.0 * MARGIN);
        let frame = canvas::draw(whole.0, whole.1, |c| {
            c.rect(0.0, 0.0, whole.0, whole.1, Role::Paper);
            let mut y = MARGIN;
            for line in &title {
                y += 24.0;
                c.text(MARGIN, y - 6.0, line, Type::label().size(18.0).bold());
            }
            for line in &summary {
                y += 20.0;
                c.text(MARGIN, y - 5.0, line, Type::label().size(14.0));
            }
            y += 16.0 + height + 16.0;
            for line in &foot {
                y += 17.0;
                c.text(MARGIN, y - 4.0, line, Type::axis());
            }
        });
        // The inner drawing keeps its own size; only its place is added.
        let inner = self.svg.replacen("<svg ", &format!("<svg x=\"{MARGIN}\" y=\"{}\" ", MARGIN + head), 1);
        frame.replacen("</svg>", &format!("{inner}</svg>"), 1)
    }
}

impl Table {
    /// Every row has a cell for each column.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.rows.iter().all(|row| row.len() == self.columns.len())
    }
}

/// A rate of chronic absence with what it is a rate of. Each part may be hidden (`None`): then it
/// is unknown, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    /// Students with enough enrolled days to be counted.
    pub counted: Option<u32>,
    /// Those of them who are chronically absent.
    pub chronic: Option<u32>,
    /// A share in 0..=1.
    pub rate: Option<f64>,
    /// The 95 % interval of the rate, as shares.
    pub interval: Option<(f64, f64)>,
}

impl Rate {
    /// From counts; the interval is computed elsewhere and passed in.
    #[must_use]
    pub fn of(chronic: u32, counted: u32, interval: Option<(f64, f64)>) -> Rate {
        let rate = (counted > 0).then(|| f64::from(chronic) / f64::from(counted));
        Rate { counted: Some(counted), chronic: Some(chronic), rate, interval }
    }

    /// `336 of 934`, with the word for what is hidden.
    #[must_use]
    pub fn of_text(&self) -> String {
        match (self.chronic, self.counted) {
            (Some(chronic), Some(counted)) => format!("{} of {}", words::count(chronic), words::count(counted)),
            (None, Some(counted)) => format!("of {}", words::count(counted)),
            (Some(chronic), None) => format!("{} of a {} number", words::count(chronic), words::HIDDEN),
            (None, None) => format!("n {}", words::HIDDEN),
        }
    }

    /// `36.0 % (336 of 934)`, or the word for hidden.
    #[must_use]
    pub fn full_text(&self, precision: Precision) -> String {
        match self.rate {
            Some(rate) => format!("{} ({})", words::percent(rate, precision), self.of_text()),
            None => words::HIDDEN.to_owned(),
        }
    }
}

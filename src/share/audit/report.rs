//! What an audit found, in numbers and in words. It travels with the export.

use serde::{Deserialize, Serialize};

/// What the audit of an export found. It travels with the export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Numbers that the export hides or gives as a range.
    pub hidden: u32,
    /// No hidden group size can be found closer than this; `None` where none is hidden.
    pub closest_size: Option<i64>,
    /// No hidden outcome can be found closer than this, though all sizes are known; small groups of
    /// one student apart.
    pub closest_outcome: Option<i64>,
    /// Places of numbers that can be found too closely, in words, at most [`Report::MOST`].
    pub too_narrow: Vec<String>,
    pub n_too_narrow: u32,
    /// Numbers that could not be decided either way: an export with any is refused.
    pub n_undecided: u32,
    /// Earlier exports that were taken into account.
    pub earlier: u32,
}

impl Report {
    pub const MOST: usize = 20;

    /// Whether the export may be handed over.
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.n_too_narrow == 0 && self.n_undecided == 0
    }

    /// The report in words.
    #[must_use]
    pub fn sentence(&self) -> String {
        if !self.passes() {
            let n = self.n_too_narrow + self.n_undecided;
            let what = if n == 1 { "1 hidden number" } else { &format!("{n} hidden numbers") };
            return format!("{what} could be found too closely, so this export is not handed over");
        }
        if self.hidden == 0 {
            return "Nothing had to be hidden".to_owned();
        }
        let numbers = if self.hidden == 1 { "1 number hidden" } else { &format!("{} numbers hidden", self.hidden) };
        let mut words = match (self.closest_size, self.closest_outcome) {
            (Some(size), Some(outcome)) => format!(
                "{numbers}: no group size can be found closer than {size}, and no number of chronically absent \
                 students closer than {outcome}, even by someone who knows every group's size"
            ),
            (Some(size), None) => format!("{numbers}; none can be found closer than {size}"),
            (None, Some(outcome)) => format!("{numbers}; none can be found closer than {outcome}"),
            (None, None) => numbers.to_owned(),
        };
        match self.earlier {
            0 => {}
            1 => words.push_str("; the earlier export from this device was taken into account"),
            n => words.push_str(&format!("; {n} earlier exports from this device were taken into account")),
        }
        words
    }
}

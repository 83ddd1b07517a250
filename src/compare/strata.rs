//! Counts of students by school and stratum: what every comparison starts from.
//!
//! A stratum is a grade band crossed with the chosen conditions. The table is sparse and sorted,
//! so that the same students give the same numbers whatever the order of rows or schools' ids.

use super::standardise::Bands;
use crate::attendance::GradeBand;

/// One kind of student: a grade band and a value for each chosen condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    pub band: GradeBand,
    /// One per chosen condition, in the order of choice: 0 is unknown, n is the n-th value.
    pub codes: Vec<u8>,
}

/// A condition that the comparison takes into account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// As in `attendance::Attribute`.
    pub key: String,
    pub label: String,
    pub values: Vec<String>,
}

/// Counted students of one unit in one stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Position in `StrataTable::strata`.
    pub stratum: u32,
    pub counted: u64,
    pub chronic: u64,
}

/// Counted and chronically absent students by unit and stratum. Units are schools, or homerooms
/// or groups within one school.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StrataTable {
    pub conditions: Vec<Condition>,
    pub units: Vec<String>,
    /// Sorted.
    pub strata: Vec<Stratum>,
    /// One list per unit, ascending by stratum, no cell empty.
    pub cells: Vec<Vec<Cell>>,
}

impl StrataTable {
    /// Builds the table from rows of (unit position, stratum, counted, chronic) in any order;
    /// rows of the same unit and stratum add up.
    #[must_use]
    pub fn from_rows(
        conditions: Vec<Condition>,
        units: Vec<String>,
        rows: impl IntoIterator<Item = (usize, Stratum, u64, u64)>,
    ) -> StrataTable {
        let mut rows: Vec<_> = rows.into_iter().filter(|row| row.2 > 0).collect();
        rows.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let mut strata: Vec<Stratum> = Vec::new();
        let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); units.len()];
        for (unit, stratum, counted, chronic) in rows {
            if strata.last() != Some(&stratum) {
                strata.push(stratum);
            }
            let at = strata.len() as u32 - 1;
            match cells[unit].last_mut() {
                Some(cell) if cell.stratum == at => {
                    cell.counted += counted;
                    cell.chronic += chronic;
                }
                _ => cells[unit].push(Cell { stratum: at, counted, chronic }),
            }
        }
        StrataTable { conditions, units, strata, cells }
    }

    /// Counted and chronically absent students of one unit, over all strata.
    #[must_use]
    pub fn total(&self, unit: usize) -> (u64, u64) {
        self.cells[unit].iter().fold((0, 0), |(n, x), cell| (n + cell.counted, x + cell.chronic))
    }

    /// `K–5, economic disadvantage, not special education`: the students of a merged stratum in
    /// words, where only the first `codes.len()` conditions are told apart.
    #[must_use]
    pub fn describe(&self, bands: Bands, codes: &[u8]) -> String {
        let mut words: Vec<String> = vec![bands.label().to_owned()];
        for (condition, code) in self.conditions.iter().zip(codes) {
            let label = lower_first(&condition.label);
            let yes_no = condition.values.len() == 2 && condition.values[0] == "No" && condition.values[1] == "Yes";
            words.push(match (code, yes_no) {
                (0, _) => format!("{label} not known"),
                (1, true) => format!("not {label}"),
                (_, true) => label,
                (code, false) => {
                    let value = condition.values.get(usize::from(*code) - 1);
                    format!("{label}: {}", value.map_or("", String::as_str))
                }
            });
        }
        words.join(", ")
    }
}

/// A label within a sentence: `English` and abbreviations keep their capitals.
#[must_use]
pub fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    let (first, rest) = (chars.next(), chars.as_str());
    match first {
        Some(first) if !label.starts_with("English") && rest.starts_with(char::is_lowercase) => {
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_add_up_in_any_order_and_strata_read_as_words() {
        let condition = |label: &str| Condition {
            key: label.to_lowercase(),
            label: label.to_owned(),
            values: vec!["No".to_owned(), "Yes".to_owned()],
        };
        let conditions = vec![condition("Economic disadvantage"), condition("English learner")];
        let band = GradeBand::Grades6To8;
        let one = Stratum { band: GradeBand::K, codes: vec![2, 1] };
        let two = Stratum { band, codes: vec![0, 2] };
        let rows = vec![(1, two.clone(), 4, 1), (0, one.clone(), 3, 1), (1, one.clone(), 0, 0), (0, one.clone(), 2, 2)];
        let units = vec!["Alder".to_owned(), "Birch".to_owned()];
        let table = StrataTable::from_rows(conditions.clone(), units.clone(), rows.clone());
        assert_eq!(table.total(0), (5, 3));
        assert_eq!(table.total(1), (4, 1));
        assert_eq!(table, StrataTable::from_rows(conditions, units, rows.into_iter().rev()));
        assert_eq!(
            table.describe(Bands::One(GradeBand::K), &one.codes),
            "K, economic disadvantage, not English learner"
        );
        assert_eq!(table.describe(Bands::KTo5, &[]), "K–5");
        assert_eq!(
            table.describe(Bands::One(band), &two.codes),
            "6–8, economic disadvantage not known, English learner"
        );
    }
}

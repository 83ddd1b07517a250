//! What a condition's gaps in several schools say together: never more than their intervals bear out, and only
//! of schools whose numbers are shown.

use super::chart::Rate;
use super::condition_cell::{ConditionCell, gap, signed};
use super::conditions::{ConditionRow, ConditionsPanel};
use super::words;

/// One school's gap where it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SchoolGap {
    /// Position among the panel's schools.
    pub school: usize,
    pub gap: f64,
    /// 95 %; `None` where rates stand without intervals.
    pub interval: Option<(f64, f64)>,
}

impl SchoolGap {
    /// Whether chance alone could make such a gap: its interval holds zero.
    #[must_use]
    pub fn could_be_chance(&self) -> bool {
        self.interval.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0)
    }
}

/// Newcombe's interval of a gap, from the two rates' own; `None` where rates stand without them.
fn interval(with: &Rate, without: &Rate) -> Option<(f64, f64)> {
    let (p, (p_low, p_high)) = (with.rate?, with.interval?);
    let (q, (q_low, q_high)) = (without.rate?, without.interval?);
    Some((p - q - (p - p_low).hypot(q_high - q), p - q + (p_high - p).hypot(q - q_low)))
}

/// The gaps of a row that are shown.
fn gaps(row: &ConditionRow) -> Vec<SchoolGap> {
    let shown = row.cells.iter().enumerate().filter_map(|(school, cell)| {
        let ConditionCell::Compared { with, without, .. } = cell else { return None };
        Some(SchoolGap { school, gap: gap(with, without)?, interval: interval(with, without) })
    });
    shown.collect()
}

/// A row's gaps where its students are absent more often in every school shown. One school of several is no
/// comparison.
#[must_use]
pub fn more_everywhere(row: &ConditionRow) -> Option<Vec<SchoolGap>> {
    let gaps = gaps(row);
    let enough = gaps.len() > 1 || gaps.len() == 1 && row.cells.len() == 1;
    (enough && gaps.iter().all(|g| g.gap >= 0.005)).then_some(gaps)
}

/// Whether two of these schools differ by more than their intervals allow.
#[must_use]
pub fn differ(gaps: &[SchoolGap]) -> bool {
    let intervals = || gaps.iter().filter_map(|g| g.interval);
    intervals().any(|(low, _)| intervals().any(|(_, high)| high < low))
}

/// How many schools of the panel show no comparison at all, in words; empty where each shows some.
#[must_use]
pub fn not_shown(panel: &ConditionsPanel) -> String {
    let silent = (0..panel.schools.len()).filter(|at| {
        let mut cells = panel.rows.iter().filter_map(|row| row.cells.get(*at));
        !cells.any(|cell| matches!(cell, ConditionCell::Compared { .. }))
    });
    let silent: Vec<usize> = silent.collect();
    let is_hidden = |at: &usize| panel.rows.iter().any(|row| row.cells.get(*at) == Some(&ConditionCell::Hidden));
    missing(silent.len(), panel.schools.len(), silent.iter().any(is_hidden))
}

/// The same of the schools for which one row shows no comparison.
#[must_use]
pub fn not_shown_of(row: &ConditionRow) -> String {
    missing(row.cells.len() - gaps(row).len(), row.cells.len(), row.cells.contains(&ConditionCell::Hidden))
}

fn missing(n: usize, all: usize, hidden: bool) -> String {
    match (n, hidden) {
        (0, _) => String::new(),
        (1, true) => format!(" Of {all} schools, 1 is hidden."),
        (n, true) => format!(" Of {all} schools, {n} are hidden."),
        (n, false) => format!(" Of {all} schools, {n} cannot be compared."),
    }
}

/// Names the conditions whose students are absent more often in every school that is shown.
pub(super) fn summary(panel: &ConditionsPanel) -> String {
    let (mut clear, mut unsure) = (Vec::new(), Vec::new());
    for row in &panel.rows {
        let Some(gaps) = more_everywhere(row) else { continue };
        let list = if gaps.iter().any(SchoolGap::could_be_chance) { &mut unsure } else { &mut clear };
        list.push(format!("{} ({})", row.label, range(&gaps, row.cells.len())));
    }
    let said = match (clear.is_empty(), unsure.is_empty()) {
        (true, true) => "No condition goes with more absence in every school compared.".to_owned(),
        (true, false) => format!("{MORE_UNSURE}: {}.", unsure.join(", ")),
        (false, true) => format!("{MORE}: {}.", clear.join(", ")),
        (false, false) => format!("{MORE}: {}. {ALSO_UNSURE}: {}.", clear.join(", "), unsure.join(", ")),
    };
    format!("{said}{} That doesn’t say the condition is why.", not_shown(panel))
}

/// How the lists of a summary begin; the workshop says them in Spanish too.
pub const MORE: &str = "Students with these are absent more often in each school compared";
pub const MORE_UNSURE: &str =
    "Students with these are absent more often in each school compared, though in at least one it could be chance";
/// After [`MORE`].
pub const ALSO_UNSURE: &str = "The same, though in at least one school it could be chance";

/// `+5 to +17 points`, `+3 points`, `+5 to +17 points, 2 of 3 schools`.
fn range(gaps: &[SchoolGap], schools: usize) -> String {
    let low = signed(gaps.iter().map(|g| g.gap).fold(f64::INFINITY, f64::min));
    let high = signed(gaps.iter().map(|g| g.gap).fold(0.0, f64::max));
    let points = if low == high { format!("{low} points") } else { format!("{low} to {high} points") };
    match gaps.len() {
        n if n == schools => points,
        n => format!("{points}, {n} of {}", words::some(schools as u32, "school", "schools")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::rate_rows::RateRow;
    use crate::charts::{Precision, Width};

    fn side(chronic: u32, counted: u32) -> Rate {
        let (share, n) = (f64::from(chronic) / f64::from(counted), f64::from(counted));
        let reach = 1.96 * (share * (1.0 - share) / n).sqrt();
        Rate::of(chronic, counted, Some((share - reach, share + reach)))
    }

    fn compared(with: (u32, u32), without: (u32, u32)) -> ConditionCell {
        ConditionCell::Compared { with: side(with.0, with.1), without: side(without.0, without.1), of_chronic: None }
    }

    fn panel(rows: Vec<(&str, Vec<ConditionCell>)>) -> ConditionsPanel {
        let n = rows[0].1.len();
        let school = |at: usize| RateRow {
            name: format!("School {at}"),
            note: String::new(),
            rate: Rate::default(),
            expected: None,
            verdict: None,
        };
        let row = |(label, cells): (&str, Vec<ConditionCell>)| ConditionRow {
            label: label.to_owned(),
            note: String::new(),
            cells,
        };
        ConditionsPanel {
            title: String::new(),
            stamp: String::new(),
            schools: (0..n).map(school).collect(),
            rows: rows.into_iter().map(row).collect(),
            width: Width::WIDE,
            precision: Precision::Whole,
        }
    }

    #[test]
    fn a_gap_that_chance_could_make_is_called_so_and_equal_ends_stand_once() {
        let clear = compared((90, 200), (20, 200));
        let unsure = compared((9, 60), (25, 240));
        let said = summary(&panel(vec![("Moved", vec![clear, clear]), ("Poor", vec![unsure, clear])]));
        assert!(
            said.starts_with(&format!("{MORE}: Moved (+35 points). {ALSO_UNSURE}: Poor (+5 to +35 points).")),
            "{said}"
        );
        let only = summary(&panel(vec![("Poor", vec![unsure, unsure])]));
        assert!(only.starts_with(&format!("{MORE_UNSURE}: Poor (+5 points).")), "{only}");
    }

    #[test]
    fn only_what_is_shown_is_spoken_of_and_the_hidden_schools_are_counted() {
        let clear = compared((90, 200), (20, 200));
        let hidden = ConditionCell::Hidden;
        let said = summary(&panel(vec![("Moved", vec![clear, hidden, clear])]));
        assert!(said.contains("Moved (+35 points, 2 of 3 schools). Of 3 schools, 1 is hidden."), "{said}");
        // One school of several is no comparison.
        let one = summary(&panel(vec![("Moved", vec![clear, hidden, hidden])]));
        assert!(one.starts_with("No condition") && one.contains("Of 3 schools, 2 are hidden."), "{one}");
        let few = summary(&panel(vec![("Moved", vec![clear, clear, ConditionCell::TooFew(Some(3))])]));
        assert!(few.contains("2 of 3 schools). Of 3 schools, 1 cannot be compared."), "{few}");
    }

    #[test]
    fn results_are_different_only_where_intervals_lie_apart() {
        let wide = compared((90, 200), (20, 200));
        let small = compared((24, 200), (10, 200));
        let gaps = |cells| gaps(&ConditionRow { label: String::new(), note: String::new(), cells });
        assert!(differ(&gaps(vec![wide, small])) && !differ(&gaps(vec![wide, wide])));
        let rates_alone = ConditionCell::Compared {
            with: Rate { rate: Some(0.3), ..Rate::default() },
            without: Rate { rate: Some(0.2), ..Rate::default() },
            of_chronic: None,
        };
        assert!(!differ(&gaps(vec![rates_alone, wide])) && !gaps(vec![rates_alone])[0].could_be_chance());
    }
}

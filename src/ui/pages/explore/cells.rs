//! An answer as the one who looks may see it: its cells, its chart and its words.

use crate::attendance::Grade;
use crate::charts::cross::{Cross, CrossRow, in_words, place};
use crate::charts::{Chart, Precision, Rate, Width};
use crate::compare::strata::lower_first;
use crate::compare::words::thousands;
use crate::share::gate::Shown;
use crate::state::analysis::Sight;
use crate::state::analysis::cross::{Answer, By, KINDS, Measure, Question};
use crate::state::analysis::told::At;

/// An answer as the one who looks may see it, without rows and columns in which there is nobody.
pub(super) struct Seen {
    measure: Measure,
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<Rate>>,
    /// Enrolled days behind all cells, each once; `None` where students are counted, or others may be looking.
    days: Option<u64>,
}

/// Who a cell is about; `None` where no export tells such groups apart.
fn at(question: &Question, grades: &[Grade], row: usize, column: usize) -> Option<At> {
    let only = &question.only;
    let mut at = At { school: only.school.map(usize::from), grade: only.grade, having: None };
    if let Some((attribute, code)) = only.having {
        at = at.with(attribute, code);
    }
    for (by, place) in [(question.rows, row), (question.columns, column)] {
        match by {
            By::School => at.school = Some(place),
            By::Grade => at.grade = Some(*grades.get(place)?),
            // Nobody is counted twice: "not known" stands last, and two conditions are never crossed.
            By::Condition(_) if at.having.is_some() => return None,
            By::Condition(attribute) => at = at.with(attribute, u8::try_from(place + 1).ok()?),
            By::Tier | By::Month | By::Weekday | By::Kind => {}
        }
    }
    Some(at)
}

pub(super) fn seen(answer: &Answer, question: &Question, grades: &[Grade], sight: &Sight) -> Seen {
    let whole_days = |thousandths: u64| u32::try_from((thousandths + 500) / 1000).unwrap_or(u32::MAX);
    let (rows, columns) = answer.used();
    let rate = |row: usize, column: usize| {
        let sum = &answer.cells[row][column];
        let at = at(question, grades, row, column);
        // That nobody is there tells of groups as much as a number does: others see it where the export tells it.
        let is_nobody = match sight {
            Sight::Team => sum.whole == 0,
            Sight::Share(_) => at.is_some_and(|at| sight.told(at).0 == Shown::Value(0)),
        };
        if is_nobody {
            return Rate { counted: Some(0), ..Rate::default() };
        }
        let Some(at) = at else { return sight.untold(sum.part, sum.whole) };
        match answer.measure {
            Measure::Chronic => sight.rate(at, sum.part, sum.whole),
            Measure::InTier => {
                let tier = if question.rows == By::Tier { row } else { column };
                sight.in_tier(at, tier, sum.part, sum.whole)
            }
            Measure::Days => {
                let share = sight.share_of_days(at, sum.share());
                let days = |n: u64| share.filter(|_| !sight.is_share()).map(|_| whole_days(n));
                Rate { counted: days(sum.whole), chronic: days(sum.part), rate: share, interval: None }
            }
        }
    };
    // Kinds share the enrolled days of their group: each repeats them.
    let by_kind = [question.rows, question.columns].contains(&By::Kind);
    let times = if by_kind { KINDS.len() as u64 } else { 1 };
    let enrolled = || answer.cells.iter().flatten().map(|sum| sum.whole).sum::<u64>() / times;
    Seen {
        days: (answer.measure == Measure::Days && !sight.is_share()).then(|| (enrolled() + 500) / 1000),
        measure: answer.measure,
        cells: rows.iter().map(|row| columns.iter().map(|column| rate(*row, *column)).collect()).collect(),
        rows: rows.iter().map(|row| answer.rows[*row].clone()).collect(),
        columns: columns.iter().map(|column| answer.columns[*column].clone()).collect(),
    }
}

/// So many rows and columns are drawn: nobody reads more, and the table has them all.
pub(super) const MOST: usize = 100;

/// What is measured, the enrolled days behind it, and the cells with all names.
pub(super) struct Table {
    measure: Measure,
    days: Option<u64>,
    pub cross: Cross,
}

pub(super) fn input(
    seen: Seen,
    (rows, columns): (&str, &str),
    precision: Precision,
    stamp: String,
    width: Width,
) -> Table {
    let what = match seen.measure {
        Measure::Chronic => "Chronic absence",
        Measure::InTier => "Share of students",
        Measure::Days => "Days missed",
    };
    let rows_of = seen.rows.into_iter().zip(seen.cells);
    let cross = Cross {
        title: format!("{what} by {} and {}", lower_first(rows), lower_first(columns)),
        stamp,
        row_label: rows.to_owned(),
        column_label: columns.to_owned(),
        columns: seen.columns,
        rows: rows_of.map(|(name, cells)| CrossRow { name, cells }).collect(),
        width,
        precision,
    };
    Table { measure: seen.measure, days: seen.days, cross }
}

/// The part of a large table that is drawn.
pub(super) fn first_of(whole: &Cross) -> Cross {
    let mut first = whole.clone();
    first.rows.truncate(MOST);
    first.columns.truncate(MOST);
    first.rows.iter_mut().for_each(|row| row.cells.truncate(MOST));
    first
}

/// The words and the table of the chart.
pub(super) fn said(table: &Table) -> Chart {
    let whole = &table.cross;
    let mut chart = in_words(whole);
    // The chart speaks of chronic absence; other measures say their own sentence and n.
    match table.measure {
        Measure::Chronic => {}
        Measure::InTier => {
            chart.summary = extremes(whole, "Of all counted");
            chart.foot.clone_from(&whole.stamp);
        }
        Measure::Days => {
            chart.summary = extremes(whole, "Of enrolled days missed");
            chart.foot = match table.days {
                None => format!("{} Share of enrolled days.", whole.stamp),
                Some(n) => {
                    format!(
                        "{} Days in each cell: missed of enrolled; n = {} enrolled days.",
                        whole.stamp,
                        thousands(n)
                    )
                }
            };
        }
    }
    chart
}

fn extremes(whole: &Cross, what: &str) -> String {
    let mut shown: Vec<(f64, String, &Rate)> = Vec::new();
    for row in &whole.rows {
        for (column, rate) in whole.columns.iter().zip(&row.cells) {
            if let (Some(share), true) = (rate.rate, rate.counted != Some(0)) {
                shown.push((share, place(whole, &row.name, column), rate));
            }
        }
    }
    shown.sort_by(|a, b| a.0.total_cmp(&b.0));
    let said = |(share, place, rate): &(f64, String, &Rate)| {
        let of = match (rate.chronic, rate.counted) {
            (Some(x), Some(n)) => format!(" ({} of {})", thousands(u64::from(x)), thousands(u64::from(n))),
            _ => String::new(),
        };
        format!("{:.1} % at {place}{of}", 100.0 * share)
    };
    match shown.as_slice() {
        [] => "Every number here is hidden to protect students.".to_owned(),
        [one] => format!("{what}: {}.", said(one)),
        [low, .., high] => format!("{what}: from {} to {}.", said(low), said(high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::{Definition, records};
    use crate::share::gate::Rule;
    use crate::share::prepare::Preparing;
    use crate::state::Shared;
    use crate::state::analysis::cross::{Only, answer, grades_of};
    use crate::state::analysis::student::tests::example;
    use crate::state::analysis::told::Told;
    use crate::state::share::job::{self, Wish};

    #[test]
    fn enrolled_days_count_once_however_many_kinds_share_them() {
        let (dataset, definition) = (example(), Definition::default());
        let records = records::at_schools(&dataset, &definition);
        let grades = grades_of(&records);
        let days = |columns: By| {
            let question = Question { rows: By::School, columns, only: Only::default() };
            seen(&answer(&dataset, &records, &definition, &question), &question, &grades, &Sight::Team).days
        };
        assert!(days(By::Kind).is_some_and(|n| n > 1000));
        assert_eq!((days(By::Kind), days(By::Grade)), (days(By::Month), None));
    }

    #[test]
    fn others_see_that_nobody_is_there_where_the_export_tells_it_and_hidden_elsewhere() {
        let (dataset, definition) = (example(), Definition::default());
        let records = records::at_schools(&dataset, &definition);
        let grades = grades_of(&records);
        let question = Question { rows: By::School, columns: By::Grade, only: Only::default() };
        let answer = answer(&dataset, &records, &definition, &question);
        let tables = job::tables(&dataset, &definition, &Wish::default());
        let last_day = dataset.dates.unwrap().1;
        let prepared = Preparing::new(tables, Rule::default(), &[], last_day, &|_| 0).ok().unwrap().finish();
        let told = Shared::new(Told::new(&prepared.release, &dataset));
        let share = seen(&answer, &question, &grades, &Sight::Share(Some(told)));
        let waiting = seen(&answer, &question, &grades, &Sight::Share(None));
        let team = seen(&answer, &question, &grades, &Sight::Team);
        let nobody = |seen: &Seen| seen.cells.iter().flatten().filter(|rate| rate.counted == Some(0)).count();
        assert!(nobody(&share) > 0 && nobody(&share) == nobody(&team));
        assert_eq!(nobody(&waiting), 0);
    }
}

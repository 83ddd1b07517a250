//! From a judgement to what the pages show: marks, short reasons, rows and tables.

use crate::attendance::{Grade, Group, Record};
use crate::charts::marks::Verdict as ChartVerdict;
use crate::charts::rate_rows::{RateRow, axis_head, row_piece, shared_axis};
use crate::charts::{Rate, Width};
use crate::compare::from_dataset::Compared;
use crate::compare::shrinkage;
use crate::compare::standardise::Expected;
use crate::compare::verdict::{Case, Judgement, Reason, Verdict};
use crate::compare::words::one_in;
use crate::state::AppState;
use crate::state::analysis::Sight;
use crate::state::analysis::sight::HIDDEN;
use crate::state::analysis::told::At;
use crate::ui::components::{Align, Cell, Column, ComparisonRow, Content, Row, RowKind, TableData, Verdict as Shown};
use crate::ui::format;
use leptos::prelude::Get;

/// The mark of a verdict in components.
pub const fn shown(verdict: Verdict) -> Shown {
    match verdict {
        Verdict::LikelyBrightSpot => Shown::LikelyBrightSpot,
        Verdict::PossibleBrightSpot => Shown::PossibleBrightSpot,
        Verdict::AsExpected => Shown::AsExpected,
        Verdict::PossiblyHigher => Shown::PossiblyHigher,
        Verdict::LikelyHigher => Shown::LikelyHigher,
        Verdict::TooFewToTell => Shown::TooFewToTell,
        Verdict::CheckDataFirst => Shown::CheckDataFirst,
    }
}

/// The mark of a verdict in charts.
pub const fn drawn(verdict: Verdict) -> ChartVerdict {
    match verdict {
        Verdict::LikelyBrightSpot => ChartVerdict::LikelyBright,
        Verdict::PossibleBrightSpot => ChartVerdict::PossibleBright,
        Verdict::AsExpected => ChartVerdict::AsExpected,
        Verdict::PossiblyHigher => ChartVerdict::PossiblyHigher,
        Verdict::LikelyHigher => ChartVerdict::LikelyHigher,
        Verdict::TooFewToTell => ChartVerdict::TooFew,
        Verdict::CheckDataFirst => ChartVerdict::CheckData,
    }
}

/// What the one who looks may see of a unit that is judged.
pub struct Seen<'a> {
    pub rate: &'a Rate,
    /// As shown; `None` where there is none, or it is hidden.
    pub expected: Option<f64>,
    /// `school`, `grade`, `homeroom` or `group`.
    pub unit: &'static str,
}

/// Why, in a line that fits beside the words of the verdict. Others read of the numbers that they see and of
/// no more: neither a hidden one in words, nor how rare one is that was worked out from hidden ones.
pub fn short_reason(judgement: &Judgement, expected: &Expected, seen: &Seen, sight: &Sight) -> String {
    let (rate, unit, share) = (seen.rate, seen.unit, sight.is_share());
    if rate.rate.is_none() && share {
        return "Hidden to protect students".into();
    }
    match &judgement.reason {
        Reason::FewSchools { .. } => return "A fair judgement needs at least three".into(),
        Reason::NoComparison => return "Too few students elsewhere are like these".into(),
        // A flag may tell about a handful of students.
        Reason::Flagged(_) if share => return "The recording needs a look".into(),
        Reason::Flagged(flags) => return flags.first().map(|flag| flag.sentence()).unwrap_or_default(),
        Reason::EvenHalfWouldNotShow => {
            return match (rate.interval, rate.counted) {
                (Some((low, high)), Some(n)) => format!(
                    "{}: anything from {:.0} to {:.0}\u{a0}%",
                    format::plural(n.into(), "student", "students"),
                    100.0 * low,
                    100.0 * high
                ),
                _ => "With this few, even half would not show".into(),
            };
        }
        Reason::StandsOut { .. } | Reason::Ordinary => {}
    }
    let pair =
        if share { rate.rate.zip(seen.expected) } else { expected.observed_rate().zip(expected.expected_rate()) };
    let Some((observed, expected_rate)) = pair else { return "What is expected here is hidden".into() };
    let difference = 100.0 * (observed - expected_rate);
    let points = points_from_expected(difference);
    match &judgement.reason {
        Reason::StandsOut { once_in } if !share => {
            format!("{points}; an ordinary {unit} does this about once in {}", one_in(1.0 / once_in))
        }
        Reason::StandsOut { .. } => format!("{points}, more than ordinary {unit}s differ"),
        _ if difference.abs() < 4.5 => points,
        _ if judgement.rests_on_few(&Case::of(expected)) => {
            format!("{points}, but that rests on few similar students elsewhere")
        }
        _ => format!("{points}; ordinary {unit}s can differ by this much here"),
    }
}

/// `9 points under expected`, from a difference in points.
pub fn points_from_expected(difference: f64) -> String {
    let side = if difference < 0.0 { "under" } else { "over" };
    match difference.abs().round() as u64 {
        0 => "Within a point of expected".to_owned(),
        n => format!("{} {side} expected", format::plural(n, "point", "points")),
    }
}

/// `K–5`: the grades that some records span.
pub fn grade_span<'a>(records: impl Iterator<Item = &'a Record>) -> String {
    let grades = records.map(|record| record.grade).filter(|grade| *grade < Grade::Ungraded);
    match grades.fold(None, |ends, grade| {
        Some(ends.map_or((grade, grade), |(a, b): (Grade, Grade)| (a.min(grade), b.max(grade))))
    }) {
        Some((first, last)) if first == last => format!("Grade {first}"),
        Some((first, last)) => format!("{first}–{last}"),
        None => String::new(),
    }
}

/// The span of one school, by its position.
pub fn span_of(state: &AppState, school: usize) -> String {
    let (Some(records), Some(of_school)) = (state.analysis.records.get(), state.analysis.of_school.get()) else {
        return String::new();
    };
    of_school.get(school).map_or_else(String::new, |of| grade_span(of.iter().map(|at| &records[*at as usize])))
}

/// How a list of schools is ordered, for the line below it.
pub fn ordered(rows: &[ComparisonRow]) -> &'static str {
    if rows.iter().any(|row| row.guess.is_some()) {
        " Rates and differences stand in the order of our best guess of each school’s own rate, which moves small schools toward what is expected of them: luck puts nobody first. Neighbours mostly do not differ."
    } else if rows.iter().any(|row| row.expected.is_some() && row.rate.is_some()) {
        // Where rates are hidden nothing is said: nobody here knows how the schools differ.
        " The schools here do not differ by more than chance, so any order of their differences would be luck: they stand by name."
    } else {
        ""
    }
}

/// One row for each school of the comparison, as the one who looks may see it.
pub fn school_rows(
    compared: &Compared,
    groups: &[Group],
    spans: &[String],
    sight: &Sight,
    chosen: Option<usize>,
) -> Vec<ComparisonRow> {
    groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let (expected, judgement) = (&compared.comparison.expected[at], &compared.comparison.judgements[at]);
            let place = At::school(at);
            let rate = sight.rate(place, expected.observed_all, expected.counted);
            // In share mode the mark of a hidden rate would tell about it.
            let may_judge = expected.counted > 0 && (!sight.is_share() || rate.rate.is_some() && sight.admits(place));
            let shown_expected = sight.expected(place, expected.expected_rate());
            let seen = Seen { rate: &rate, expected: shown_expected, unit: "school" };
            let reason = short_reason(judgement, expected, &seen, sight);
            // Others see an order that rests on what they see and no more.
            let guess = match (sight, shown_expected) {
                (Sight::Team, _) => compared.comparison.guess(at),
                (Sight::Share(_), Some(p)) => rate.counted.zip(rate.chronic).and_then(|(n, x)| {
                    shrinkage::guess(n.into(), x.into(), p, shrinkage::variance(&compared.comparison.spread))
                }),
                (Sight::Share(_), None) => None,
            };
            ComparisonRow {
                name: group.name.clone(),
                href: format!("#/schools/{at}"),
                band: spans.get(at).cloned().unwrap_or_default(),
                students: rate.counted.map(u64::from),
                rate: rate.rate,
                interval: rate.interval,
                expected: shown_expected,
                guess,
                verdict: may_judge.then(|| (shown(judgement.verdict), reason)),
                tiers: sight.tiers(Some(at), group.tiers).map(|t| t.map(u64::from)),
                attendance: sight.share_of_days(place, group.attendance()),
                whole: sight.is_share(),
                kind: if chosen == Some(at) { RowKind::Chosen } else { RowKind::Plain },
            }
        })
        .collect()
}

/// What is compared within one school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Grade,
    Homeroom,
    Group,
}

impl Unit {
    const fn head(self) -> &'static str {
        match self {
            Unit::Grade => "Grade",
            Unit::Homeroom => "Homeroom",
            Unit::Group => "Group",
        }
    }

    pub const fn one(self) -> &'static str {
        match self {
            Unit::Grade => "grade",
            Unit::Homeroom => "homeroom",
            Unit::Group => "group",
        }
    }
}

/// Units within a school as a table with its own axis: name, students, dot, rate, expected, verdict.
///
/// `at` says who a unit is, where the export may tell of it.
pub fn unit_table(
    compared: &Compared,
    unit: Unit,
    at: impl Fn(usize) -> Option<At>,
    sight: &Sight,
    width: Width,
) -> TableData {
    let (comparison, what) = (&compared.comparison, unit.head());
    let rows: Vec<RateRow> = comparison
        .expected
        .iter()
        .enumerate()
        .map(|(place, e)| {
            let rate = match at(place) {
                Some(told) => sight.rate(told, e.observed_all, e.counted),
                None => sight.untold(e.observed_all, e.counted),
            };
            // Within one school what is expected of a unit is worked out from its few neighbours.
            let expected = if sight.is_share() { None } else { e.expected_rate() };
            let verdict =
                (rate.rate.is_some() || !sight.is_share()).then(|| drawn(comparison.judgements[place].verdict));
            RateRow { name: compared.table.units[place].clone(), note: String::new(), rate, expected, verdict }
        })
        .collect();
    let axis = shared_axis(&rows);
    let narrow = width.is_narrow();
    let wide = if narrow { Width(326) } else { Width(280) };
    let known = |text: Option<String>| text.map_or_else(|| Cell::why(HIDDEN), Cell::text);
    let lines = rows.iter().enumerate().filter(|(at, _)| comparison.expected[*at].counted > 0).map(|(at, row)| {
        let piece = row_piece(row, axis, wide, 44, sight.precision());
        let (expected, judgement) = (&comparison.expected[at], &comparison.judgements[at]);
        let verdict = match row.rate.rate {
            None if sight.is_share() => Cell::why(HIDDEN),
            _ => Cell::new(Content::Verdict {
                verdict: shown(judgement.verdict),
                reason: short_reason(
                    judgement,
                    expected,
                    &Seen { rate: &row.rate, expected: row.expected, unit: unit.one() },
                    sight,
                ),
            }),
        };
        let none = || Cell::why(if sight.is_share() { HIDDEN } else { "no comparison" });
        Row::new(vec![
            // A grade and its number stay on one line.
            Cell::strong(row.name.replace("Grade ", "Grade\u{a0}")),
            known(row.rate.counted.map(|n| format::count(u64::from(n)))),
            Cell::new(Content::Drawing { svg: piece.svg, words: piece.text }),
            known(row.rate.rate.map(format::percent)),
            row.expected.map_or_else(none, |rate| Cell::text(format::percent(rate))),
            verdict,
        ])
    });
    TableData {
        caption: format!("{what} with their chronic absence against what is expected"),
        columns: vec![
            Column::words(what),
            Column::numbers("Students"),
            Column { label: axis_head(axis, wide).text, align: Align::Words, ..Column::words("") },
            Column::numbers("Rate"),
            Column::numbers("Expected"),
            Column::words("Verdict"),
        ],
        rows: lines.collect(),
    }
}

/// The comparison as CSV: counts first, so that nobody has to guess what a percent is of. Hidden
/// numbers are empty.
pub fn school_csv(rows: &[ComparisonRow]) -> String {
    let header = [
        "School",
        "Grades",
        "Students counted",
        "Rate",
        "Interval from",
        "Interval to",
        "Expected",
        "Verdict",
        "Reason",
        "Satisfactory",
        "At risk",
        "Moderate",
        "Severe",
        "Extreme",
        "Average daily attendance",
    ];
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.4}"));
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let mut line = vec![
                row.name.clone(),
                row.band.clone(),
                row.students.map_or_else(String::new, |n| n.to_string()),
                number(row.rate),
                number(row.interval.map(|i| i.0)),
                number(row.interval.map(|i| i.1)),
                number(row.expected),
                row.verdict.as_ref().map_or_else(String::new, |(v, _)| v.key().to_owned()),
                row.verdict.as_ref().map_or_else(String::new, |(_, reason)| reason.clone()),
            ];
            line.extend((0..5).map(|at| row.tiers.map_or_else(String::new, |t| t[at].to_string())));
            line.push(number(row.attendance));
            line
        })
        .collect();
    crate::share::cells::csv(&header, &lines)
}

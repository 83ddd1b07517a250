//! When absence happens: columns by month, by weekday, or by any run of periods; and the small line
//! by grade beside the district.

use super::canvas::{Type, draw};
use super::chart::{Chart, Column, Piece, Precision, Table, Width};
use super::marks;
use super::role::Role;
use super::scale::{Scale, rate_ticks, step};
use super::words;

#[derive(Clone, Debug, PartialEq)]
pub struct PeriodBars {
    pub title: String,
    pub stamp: String,
    /// What one column is: `Month`, `Weekday`.
    pub period_label: String,
    /// What the share is of: `enrolled days`, `students counted`.
    pub of: String,
    pub periods: Vec<Period>,
    /// The share over all periods, drawn as a dashed line.
    pub overall: Option<f64>,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// `Sep`, `Mon`.
    pub label: String,
    /// A share in 0..=1; hidden where `None`.
    pub share: Option<f64>,
    /// What it is a share of, as a count.
    pub n: Option<u32>,
}

const TOP: f64 = 38.0;
const PLOT: f64 = 140.0;

#[must_use]
pub fn period_bars(input: &PeriodBars) -> Chart {
    let mut shown: Vec<&Period> = input.periods.iter().filter(|p| p.share.is_some()).collect();
    shown.sort_by(|a, b| a.share.partial_cmp(&b.share).unwrap_or(std::cmp::Ordering::Equal));
    let say = |p: &Period| {
        let share = words::percent_or_hidden(p.share, Precision::Tenths);
        format!("{} ({share} of {} {})", p.label, words::count_or_hidden(p.n), input.of)
    };
    let summary = match shown.as_slice() {
        [] => "Every number here is hidden to protect students.".to_owned(),
        [one] => format!("Absence in {}.", say(one)),
        [low, .., high] => format!("Absence is lowest in {} and highest in {}.", say(low), say(high)),
    };
    let columns = vec![
        Column::text(&input.period_label),
        Column::number(format!("Absent, share of {}", input.of)),
        Column::number(format!("n, {}", input.of)),
    ];
    let rows = input.periods.iter().map(|p| {
        vec![p.label.clone(), words::percent_or_hidden(p.share, Precision::Tenths), words::count_or_hidden(p.n)]
    });
    let table = Table { caption: input.title.clone(), columns, rows: rows.collect() };
    let total: u32 = input.periods.iter().filter_map(|p| p.n).sum();
    let foot = words::foot(&input.stamp, &format!("n = {} {}.", words::count(total), input.of));
    Chart { title: input.title.clone(), summary, svg: picture(input), table, foot }
}

fn picture(input: &PeriodBars) -> String {
    let width = input.width.px();
    let highest = input.periods.iter().filter_map(|p| p.share).chain(input.overall).fold(0.01, f64::max);
    let y = Scale::new((0.0, highest), (TOP + PLOT, TOP));
    let left = 24.0;
    let column = ((width - left) / input.periods.len().max(1) as f64).min(96.0);
    let bar = (column * 0.62).clamp(2.0, 56.0);
    let widest = input.periods.iter().map(|p| Type::axis().width(&words::count_or_hidden(p.n))).fold(0.0, f64::max);
    let counts_fit = widest + 6.0 <= column;
    let last = left + column * input.periods.len() as f64;
    draw(width, TOP + PLOT + if counts_fit { 42.0 } else { 26.0 }, |c| {
        c.text(0.0, 14.0, &Type::axis().cut(&format!("Absent, % of {}", input.of), width), Type::axis());
        c.rule(left, y.at(0.0), last - left, 2.0, Role::Ink);
        if let Some(overall) = input.overall {
            c.dashed(&[(left, y.at(overall)), (last, y.at(overall))], 1.5, Role::Ink, (5.0, 4.0));
            let text = format!("all {}", words::points(overall, Precision::Tenths));
            if last + 8.0 + Type::axis().width(&text) <= width {
                c.text(last + 8.0, y.at(overall) + 4.0, &text, Type::axis());
            }
        }
        for (i, period) in input.periods.iter().enumerate() {
            let x = left + column * (i as f64 + 0.5);
            match period.share {
                Some(share) => {
                    let top = y.at(share);
                    c.rect((x - bar / 2.0).round(), top, bar.round(), y.at(0.0) - top, Role::LineStrong);
                    let text = words::points(share, Precision::Tenths);
                    c.halo_text(x, top - 6.0, &text, Type::axis().bold().role(Role::Ink).middle());
                }
                None => {
                    let text = if column >= 48.0 { words::HIDDEN } else { "?" };
                    c.text(x, y.at(0.0) - 8.0, text, Type::axis().middle());
                }
            }
            c.centred(x, TOP + PLOT + 20.0, &period.label, column - 2.0, Type::label().bold());
            if counts_fit {
                c.text(x, TOP + PLOT + 37.0, &words::count_or_hidden(period.n), Type::axis().middle());
            }
        }
        if counts_fit {
            c.text(0.0, TOP + PLOT + 37.0, "n", Type::axis());
        }
    })
}

/// One group's rates by grade with the district's, for a cell of the conditions grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeLine {
    pub name: String,
    pub grades: Vec<GradePoint>,
    /// The common end of all cells' axes, a share.
    pub end: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GradePoint {
    pub label: String,
    pub rate: Option<f64>,
    pub counted: Option<u32>,
    pub district: Option<f64>,
    /// Why there is no rate, where it is not merely hidden.
    pub gap: Gap,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gap {
    #[default]
    Hidden,
    /// The data must be checked first: drawn as `?`.
    CheckData,
    /// The school has no such grade.
    NotThere,
}

/// Solid line and dots for the group, dashed for the district; 128 pixels tall. What is missing
/// breaks the line.
#[must_use]
pub fn grade_line(input: &GradeLine, width: Width) -> Piece {
    let wide = width.px();
    let y = Scale::new((0.0, input.end), (100.0, 14.0));
    let column = (wide - 24.0) / input.grades.len().max(1) as f64;
    let x = |i: usize| 24.0 + column * (i as f64 + 0.5);
    let svg = draw(wide, 128.0, |c| {
        for tick in rate_ticks(input.end, 3).into_iter().filter(|t| *t > 0.0) {
            c.rule(0.0, y.at(tick), wide, 1.0, Role::Line);
        }
        let ticks = rate_ticks(input.end, 3);
        for (i, tick) in ticks.iter().enumerate().filter(|(_, t)| **t > 0.0) {
            let text = if i + 1 == ticks.len() {
                words::percent(*tick, Precision::Whole)
            } else {
                words::points(*tick, Precision::Whole)
            };
            c.halo_text(0.0, y.at(*tick) - 3.0, &text, Type::axis());
        }
        c.rule(0.0, y.at(0.0), wide, 1.5, Role::Ink);
        let line = |value: fn(&GradePoint) -> Option<f64>| -> Vec<Vec<(f64, f64)>> {
            let values: Vec<Option<f64>> = input.grades.iter().map(value).collect();
            runs(&values).iter().map(|run| run.iter().map(|(i, v)| (x(*i), y.within(*v))).collect()).collect()
        };
        for run in line(|g| g.district) {
            c.dashed(&run, 1.5, Role::LineStrong, (5.0, 4.0));
        }
        for run in line(|g| g.rate) {
            c.path(&run, 2.0, Role::Ink);
            for (px, py) in run {
                c.disc(px, py, 6.0, Role::Paper);
                marks::dot(c, px, py, 4.5);
            }
        }
        let widest = input.grades.iter().map(|g| Type::axis().width(&g.label)).fold(0.0, f64::max) + 6.0;
        let every = (widest / column).ceil().max(1.0) as usize;
        for (i, grade) in input.grades.iter().enumerate() {
            if grade.rate.is_none() && grade.gap != Gap::NotThere {
                c.text(x(i), y.at(0.0) - 8.0, "?", Type::label().bold().middle());
            }
            if i.is_multiple_of(every) {
                c.centred(x(i), 122.0, &grade.label, column * every as f64 - 4.0, Type::axis());
            }
        }
    });
    let said =
        input.grades.iter().filter(|g| g.gap != Gap::NotThere || g.rate.is_some()).map(|g| match (g.rate, g.gap) {
            (Some(rate), _) => {
                format!(
                    "{} {} of {}",
                    g.label,
                    words::percent(rate, Precision::Whole),
                    words::count_or_hidden(g.counted)
                )
            }
            (None, Gap::CheckData) => format!("{} check data first", g.label),
            (None, _) => format!("{} {}", g.label, words::HIDDEN),
        });
    Piece { svg, text: format!("{} by grade: {}", input.name, said.collect::<Vec<_>>().join(", ")) }
}

/// The unbroken runs of known values, each with its positions.
pub(super) fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut out: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (i, value) in values.iter().enumerate() {
        match (value, out.last_mut()) {
            (Some(v), Some(run)) => run.push((i, *v)),
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|run| !run.is_empty());
    out
}

/// A common end for several grade lines: the next 20 points beyond every rate, so that two or
/// three ticks are enough.
#[must_use]
pub fn grade_line_end(lines: &[Vec<GradePoint>]) -> f64 {
    let rates = lines.iter().flatten().flat_map(|g| [g.rate, g.district]).flatten();
    let highest = rates.fold(0.0, f64::max);
    let each = step(highest.max(0.1), 3).max(0.1);
    ((highest / each - 1e-9).ceil().max(1.0) * each).min(1.0)
}

//! By grade, month and weekday, kinds of absence and tiers: the same small drawing for each school.

use super::{Chosen, widths};
use crate::charts::kinds::{KindBar, Mark, kind_bar};
use crate::charts::periods::{Gap, GradeLine, GradePoint, grade_line, grade_line_end};
use crate::charts::rate_rows::tier_mix;
use crate::charts::{Piece, Precision, Width, words};
use crate::compare::words::thousands;
use crate::state::analysis::Sight;
use crate::state::analysis::cross::{Answer, Measure, Sum};
use crate::state::analysis::told::At;
use crate::state::{AppState, use_state};
use crate::ui::components::{
    Button, Cell, Column, Content, DataTable, Row, Section, SectionShape, TableData, TableShape, TierKey,
};
use crate::ui::in_turn::{First, in_turn};
use crate::ui::pages::tiers::chart_stamp;
use leptos::html;
use leptos::prelude::*;

/// One row of the matrix: its label and note, and a drawing per school.
#[derive(Clone, PartialEq)]
struct Line {
    label: &'static str,
    note: &'static str,
    pieces: Vec<Piece>,
    /// Who or what stands behind each school's drawing.
    n: Vec<String>,
    /// Column names and, per school, what each says and of how many: the table behind the drawing.
    heads: Vec<String>,
    values: Vec<Vec<String>>,
    of: Vec<Vec<String>>,
}

#[component]
pub(super) fn WhenAndWho(chosen: Chosen) -> impl IntoView {
    let state = use_state();
    let place = NodeRef::<html::Table>::new();
    let drawn = in_turn(
        move || place.get().map(Into::into),
        First::Later,
        move || (names_of(&state, chosen), lines(&state, chosen)),
    );
    let lines = move || drawn.with(|drawn| drawn.as_ref().map(|(_, lines)| lines.clone()).unwrap_or_default());
    let names = move || drawn.with(|drawn| drawn.as_ref().map(|(names, _)| names.clone()).unwrap_or_default());
    let body = move || {
        let names = names();
        lines()
            .into_iter()
            .map(|line| {
                let cells = line
                    .pieces
                    .into_iter()
                    .zip(line.n)
                    .zip(names.clone())
                    .map(|((piece, n), name)| view! {
                        <td data-label=name>
                            <div role="img" aria-label=piece.text inner_html=piece.svg></div>
                            <span class="matrix__share">{format!("n = {n}")}</span>
                        </td>
                    })
                    .collect_view();
                view! { <tr><th scope="row" class="matrix__condition">{line.label}<span class="matrix__share">{line.note}</span></th>{cells}</tr> }
            })
            .collect_view()
    };
    let heads = move || names().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let is_opened = RwSignal::new(false);
    let of_all = move || table(&names(), &lines());
    let download = move |()| {
        let table = untrack(of_all);
        let head: Vec<String> = table.columns.iter().map(|c| c.label.clone()).collect();
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| match &cell.content {
                        Content::Text(t) | Content::Strong(t) => t.clone(),
                        _ => String::new(),
                    })
                    .collect()
            })
            .collect();
        state.save("conditions-when.csv", "text/csv", &crate::share::cells::csv(&head, &rows));
    };
    view! {
        <Section title="When, which kind, how much" shape=SectionShape::Full key=|| view! { <TierKey /> }>
            <table class="matrix" node_ref=place>
                <caption class="visually-hidden">"By grade, month and weekday, kinds of absence and tiers, school beside school"</caption>
                <thead><tr><th scope="col" class="matrix__condition"><span class="visually-hidden">"What"</span></th>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">{move || chart_stamp(state.loaded.get().as_ref())} " Dashed: all schools of the file."</span>
                <details class="chart-figure__table" on:toggle=move |_| is_opened.set(true)>
                    <summary class="link">"View as table"</summary>
                    <Show when=move || is_opened.get()>
                        <DataTable table=Signal::derive(of_all) shape=TableShape::Scrolls />
                    </Show>
                </details>
                <Button on_click=download>"Download CSV"</Button>
            </div>
        </Section>
    }
}

/// The names of the chosen schools.
fn names_of(state: &AppState, chosen: Chosen) -> Vec<String> {
    let summary = state.summary.get();
    let of = |at: &usize| summary.as_ref().and_then(|s| s.schools.get(*at)).map(|g| g.name.clone()).unwrap_or_default();
    chosen.schools.with(|s| s.iter().map(of).collect())
}

fn table(names: &[String], lines: &[Line]) -> TableData {
    let columns = vec![
        Column::words("School"),
        Column::words("By"),
        Column::words("Which"),
        Column::numbers("Rate, share or count"),
        Column::numbers("n"),
    ];
    let mut rows = Vec::new();
    for line in lines {
        for ((name, values), of) in names.iter().zip(&line.values).zip(&line.of) {
            for ((head, value), n) in line.heads.iter().zip(values).zip(of) {
                rows.push(Row::new(vec![
                    Cell::strong(name.clone()),
                    Cell::text(line.label),
                    Cell::text(head.clone()),
                    Cell::text(value.clone()),
                    Cell::text(n.clone()),
                ]));
            }
        }
    }
    TableData { caption: "By grade, month, weekday, kind and tier".into(), columns, rows }
}

fn lines(state: &AppState, chosen: Chosen) -> Vec<Line> {
    let by_school = state.analysis.by_school;
    let (Some(by_grade), Some(by_kind), Some(summary)) =
        (by_school.grades.get(), by_school.kinds.get(), state.summary.get())
    else {
        return Vec::new();
    };
    let sight = state.analysis.sight.get();
    let schools = chosen.schools.get();
    let width = widths(state, schools.len()).1;
    let grades = state.analysis.grades.get();
    let of_grade =
        |school: Option<usize>, column: usize| At { school, grade: grades.get(column).copied(), having: None };
    // Days are told of a school as a whole.
    let of_school = |school: Option<usize>, _: usize| At { school, ..At::default() };
    let sight = &sight;
    let mut lines =
        vec![periods("By grade", "chronically absent; dashed: all", &by_grade, &schools, sight, &of_grade, width)];
    if let Some(months) = &by_school.months.get() {
        lines.push(periods("By month", "share of days missed", months, &schools, sight, &of_school, width));
    }
    if let Some(weekdays) = &by_school.weekdays.get() {
        lines.push(periods("By weekday", "share of days missed", weekdays, &schools, sight, &of_school, width));
    }
    lines.push(kinds(&by_kind, &schools, &summary.schools, sight, width));
    let tiers: Vec<Option<[u32; 5]>> =
        schools.iter().map(|at| sight.tiers(Some(*at), summary.schools[*at].tiers)).collect();
    let counted: Vec<String> = tiers.iter().map(|tiers| students(tiers.map(|tiers| tiers.iter().sum()))).collect();
    lines.push(Line {
        of: counted.iter().map(|n| vec![n.clone(); 5]).collect(),
        n: counted,
        label: "Tiers",
        note: "students counted",
        pieces: tiers.iter().map(|tiers| tier_mix(*tiers, width)).collect(),
        heads: crate::attendance::Tier::ALL.iter().map(|t| t.label().to_owned()).collect(),
        values: tiers
            .iter()
            .map(|tiers| {
                (0..5).map(|t| tiers.map_or_else(|| words::HIDDEN.to_owned(), |x| words::count(x[t]))).collect()
            })
            .collect(),
    });
    lines
}

/// A sum as the one who looks may see it: students counted, and the rate of students or the share of days.
fn seen(sum: &Sum, measure: Measure, sight: &Sight, at: At) -> (Option<u32>, Option<f64>) {
    match measure {
        Measure::Days => {
            let share = sight.share_of_days(at, sum.share());
            (sight.untold_count(sum.students).map(|n| n as u32).filter(|_| share.is_some()), share)
        }
        _ => {
            let rate = sight.rate(at, sum.part, sum.whole);
            (rate.counted.filter(|_| rate.rate.is_some()), rate.rate)
        }
    }
}

fn students(n: Option<u32>) -> String {
    n.map_or_else(|| words::HIDDEN.to_owned(), |n| words::some(n, "student", "students"))
}

fn days(thousandths: u64, which: &str) -> String {
    format!("{} {which} days", thousands((thousandths + 500) / 1000))
}

/// Who or what a rate or a share is of. Others never see days, but whose they are.
fn behind(whole: u64, measure: Measure, sight: &Sight, at: At) -> String {
    match (measure, sight) {
        (Measure::Days, Sight::Team) => days(whole, "enrolled"),
        (_, Sight::Team) => students(u32::try_from(whole).ok()),
        (Measure::Days, Sight::Share(_)) => match sight.told(at).0.value().filter(|_| sight.admits(at)) {
            Some(n) => format!("days of {}", students(Some(n))),
            None => students(None),
        },
        (_, Sight::Share(_)) => students(sight.told(at).0.value()),
    }
}

/// Who a cell is about, from its school (`None` for all) and its column.
type Who<'a> = &'a dyn Fn(Option<usize>, usize) -> At;

fn periods(
    label: &'static str,
    note: &'static str,
    answer: &Answer,
    schools: &[usize],
    sight: &Sight,
    who: Who,
    width: Width,
) -> Line {
    let together = answer.together();
    let used: Vec<usize> =
        (0..answer.columns.len()).filter(|c| schools.iter().any(|at| answer.cells[*at][*c].whole > 0)).collect();
    let points: Vec<Vec<GradePoint>> = schools
        .iter()
        .map(|at| {
            used.iter()
                .map(|c| {
                    let sum = &answer.cells[*at][*c];
                    let (counted, rate) = seen(sum, answer.measure, sight, who(Some(*at), *c));
                    let (_, district) = seen(&together[*c], answer.measure, sight, who(None, *c));
                    GradePoint {
                        label: answer.columns[*c].clone(),
                        rate,
                        counted,
                        district,
                        gap: if sum.whole == 0 { Gap::NotThere } else { Gap::Hidden },
                    }
                })
                .collect()
        })
        .collect();
    let end = grade_line_end(&points);
    let values = points
        .iter()
        .map(|points| {
            points
                .iter()
                .map(|p| match (p.rate, p.gap) {
                    (None, Gap::NotThere) => "none".to_owned(),
                    (rate, _) => words::percent_or_hidden(rate, sight.precision()),
                })
                .collect()
        })
        .collect();
    let of = schools.iter().map(|at| {
        let one = |c: &usize| match answer.cells[*at][*c].whole {
            0 => "none".to_owned(),
            whole => behind(whole, answer.measure, sight, who(Some(*at), *c)),
        };
        used.iter().map(one).collect()
    });
    let of: Vec<Vec<String>> = of.collect();
    let all = |at: &usize| {
        let whole = answer.cells[*at].iter().map(|sum| sum.whole).sum();
        behind(whole, answer.measure, sight, At::school(*at))
    };
    let pieces = points
        .into_iter()
        .map(|grades| grade_line(&GradeLine { name: label.to_owned(), grades, end }, width))
        .collect();
    let heads = used.iter().map(|c| answer.columns[*c].clone()).collect();
    Line { label, note, pieces, n: schools.iter().map(all).collect(), heads, values, of }
}

const MARKS: [Mark; 4] = [Mark::Excused, Mark::Unexcused, Mark::Suspended, Mark::NotSaid];

fn kinds(answer: &Answer, schools: &[usize], groups: &[crate::attendance::Group], sight: &Sight, width: Width) -> Line {
    // Others see shares of all days missed in whole percents, never days.
    let days_of = |sum: &Sum, all: &[Sum]| match sight {
        Sight::Team => sum.part as f64 / 1000.0,
        Sight::Share(_) => {
            let whole: u64 = all.iter().map(|s| s.part).sum();
            (100.0 * sum.part as f64 / whole.max(1) as f64).round()
        }
    };
    let marked = |at: usize| -> Option<Vec<(Mark, f64)>> {
        sight.admits(At::school(at)).then(|| {
            MARKS.iter().zip(&answer.cells[at]).map(|(mark, sum)| (*mark, days_of(sum, &answer.cells[at]))).collect()
        })
    };
    let said = |piece: Piece| match sight {
        Sight::Team => piece,
        Sight::Share(_) => Piece { text: piece.text.replace(" of 100.0 absent days", " of absent days"), ..piece },
    };
    let bars: Vec<KindBar> =
        schools.iter().map(|at| KindBar { name: groups[*at].name.clone(), days: marked(*at) }).collect();
    let values = bars
        .iter()
        .map(|bar| match &bar.days {
            None => vec![words::HIDDEN.to_owned(); 4],
            Some(days) => {
                let total: f64 = days.iter().map(|d| d.1).sum();
                days.iter()
                    .map(
                        |(_, n)| {
                            if total > 0.0 { words::percent(n / total, Precision::Whole) } else { "none".to_owned() }
                        },
                    )
                    .collect()
            }
        })
        .collect();
    let n = schools.iter().map(|at| match sight {
        Sight::Team => days(answer.cells[*at].iter().map(|sum| sum.part).sum(), "absent"),
        Sight::Share(_) => behind(0, Measure::Days, sight, At::school(*at)),
    });
    let n: Vec<String> = n.collect();
    Line {
        of: n.iter().map(|n| vec![n.clone(); MARKS.len()]).collect(),
        n,
        label: "Kind of absence",
        note: "E excused, U unexcused, S suspension, A not said",
        pieces: bars.iter().map(|bar| said(kind_bar(bar, width))).collect(),
        heads: MARKS.iter().map(|m| m.label().to_owned()).collect(),
        values,
    }
}

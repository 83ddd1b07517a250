//! Public school-level files: expected rates from the schools' own conditions, by regression.

use super::words::{ordered, shown};
use crate::attendance::attribute;
use crate::charts::coefficients::{Coefficient, Coefficients, coefficients};
use crate::compare::from_dataset::published::{published_conditions, published_rows, published_years};
use crate::compare::regression::{Dropped, Refusal, Regression, SchoolRow, regress};
use crate::compare::verdict::{Judgement, Reason, luck_sentence, out_of_reach};
use crate::compare::wilson::{Z95, wilson95};
use crate::compare::words::one_in;
use crate::state::{Shared, use_state};
use crate::ui::components::{
    Button, Cell, ChartHead, CheckList, Choice, Column, ComparisonColumn, ComparisonKey, ComparisonOrder,
    ComparisonRow, DataTable, Direction, Notice, Row, RowKind, SchoolComparison, Section, SectionShape, SelectField,
    TableData, TableShape, sort_schools,
};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Rows shown at once; the download holds all.
const SHOWN: usize = 60;

struct Fit {
    rows: Vec<SchoolRow>,
    /// Each row's own page.
    pages: Vec<String>,
    result: Result<(Regression, Vec<Judgement>), Refusal>,
}

#[component]
pub fn PublicFiles() -> impl IntoView {
    let state = use_state();
    let years = Memo::new(move |_| state.loaded.get().map(|l| published_years(&l.outcome.dataset)).unwrap_or_default());
    let keys =
        Memo::new(move |_| state.loaded.get().map(|l| published_conditions(&l.outcome.dataset)).unwrap_or_default());
    let year = RwSignal::new(None::<String>);
    let left_out = RwSignal::new(Vec::<String>::new());
    let year_now = move || year.get().or_else(|| years.with(|y| y.last().cloned())).unwrap_or_default();
    // Race and suspension only by explicit choice, or never.
    let chosen = Memo::new(move |_| {
        let out = left_out.get();
        keys.get()
            .into_iter()
            .filter(|k| k != attribute::SUSPENSION && (!out.contains(k) ^ (k == attribute::RACE_ETHNICITY)))
            .collect::<Vec<String>>()
    });
    let fit: Memo<Option<Shared<Fit>>> = Memo::new(move |_| {
        let loaded = state.loaded.get()?;
        let keys = chosen.get();
        let rows = published_rows(&loaded.outcome.dataset, &year_now(), &keys);
        let names: Vec<String> = keys.iter().map(|k| label(k)).collect();
        let result = regress(&names, &rows).map(|fit| {
            let judgements = fit.judgements();
            (fit, judgements)
        });
        let schools = &loaded.outcome.dataset.schools;
        let at: BTreeMap<&str, usize> = schools.iter().enumerate().map(|(at, s)| (s.name.as_str(), at)).collect();
        let page = |row: &SchoolRow| match at.get(row.name.as_str()) {
            Some(at) => format!("#/schools/{at}"),
            None => "#/schools".to_owned(),
        };
        let pages = rows.iter().map(page).collect();
        Some(Shared::new(Fit { rows, pages, result }))
    });
    let order =
        RwSignal::new(ComparisonOrder { column: ComparisonColumn::Difference, direction: Direction::Ascending });
    let all_rows = Memo::new(move |_| {
        let Some(fit) = fit.get() else { return Vec::new() };
        let mut rows = comparison_rows(&fit);
        sort_schools(&mut rows, order.get());
        rows
    });
    let rows = Memo::new(move |_| all_rows.with(|rows| rows.iter().take(SHOWN).cloned().collect::<Vec<_>>()));
    let said = Signal::derive(move || fit.get().map_or_else(String::new, |fit| words(&fit)));
    let foot = Signal::derive(move || {
        let (n, all) = (rows.with(Vec::len), all_rows.with(Vec::len));
        let shown = if n < all {
            format!(" The first {n} of {} schools; the download holds all.", format::count(all as u64))
        } else {
            String::new()
        };
        let order = all_rows.with(|rows| ordered(rows));
        format!("{}{shown}{order}", chart_stamp(state.loaded.get().as_ref()))
    });
    let chart = Signal::derive(move || {
        let stamp = chart_stamp(state.loaded.get().as_ref());
        let width = state.chart_width.get();
        coefficients(&match fit.get().as_deref() {
            Some(Fit { result: Ok((fit, _)), .. }) => coefficient_chart(fit, stamp, width),
            _ => Coefficients { title: String::new(), stamp, unit: String::new(), rows: Vec::new(), schools: 0, width },
        })
    });
    let is_fitted = Memo::new(move |_| fit.get().is_some_and(|fit| fit.result.is_ok()));
    let year_choices = Signal::derive(move || {
        years
            .get()
            .into_iter()
            .map(|y| Choice::new(y.clone(), if y.is_empty() { "not given".to_owned() } else { y }))
            .collect::<Vec<_>>()
    });
    let condition_choices = Signal::derive(move || {
        keys.get()
            .into_iter()
            .filter(|k| k != attribute::SUSPENSION)
            .map(|k| Choice::new(k.clone(), label(&k)))
            .collect::<Vec<_>>()
    });
    let toggle = Callback::new(move |(key, on): (String, bool)| {
        let on = on ^ (key == attribute::RACE_ETHNICITY);
        left_out.update(|out| {
            out.retain(|k| *k != key);
            if !on {
                out.push(key);
            }
        });
    });
    let download =
        move |()| state.save("public-schools.csv", "text/csv", &super::words::school_csv(&all_rows.get_untracked()));
    view! {
        <Section
            title="From public school-level files"
            shape=SectionShape::Full
            key=move || view! { <ComparisonKey /> }
            margin=move || view! {
                <div class="choices-line">
                    <Show when=move || years.with(|y| y.len() > 1)>
                        <SelectField label="Year" choices=year_choices value=Signal::derive(year_now) on_change=move |y| year.set(Some(y)) />
                    </Show>
                    <CheckList legend="Conditions taken into account" choices=condition_choices chosen on_toggle=toggle />
                </div>
            }
        >
            <Notice><p>{move || said.get()}</p></Notice>
            <SchoolComparison rows order on_sort=Callback::new(move |column| order.update(|o| *o = o.press(column))) caption="Schools of the public file" />
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">{move || foot.get()}</span>
                <Button on_click=download>"Download CSV of public schools"</Button>
            </div>
        </Section>
        <Show when=move || is_fitted.get()>
            <Section title="What goes with absence between schools" note="Between schools, not about students: a school with more of a condition may differ in many other ways.">
                <Figure chart name="coefficients" head=ChartHead::InTheMargin />
            </Section>
        </Show>
    }
}

fn label(key: &str) -> String {
    attribute::label(key).map_or_else(|| key.replace('_', " "), str::to_owned)
}

/// What the fit rests on, what was left out, and what it cannot tell.
fn words(fit: &Fit) -> String {
    match &fit.result {
        Err(refusal) => refusal.sentence(),
        Ok((regression, _)) => {
            let mut text = regression.sentence();
            for dropped in regression.dropped.iter().map(Dropped::sentence) {
                text.push(' ');
                text.push_str(&dropped);
            }
            text.push(' ');
            text.push_str(&luck_sentence(regression.schools.len()));
            if let Some(limit) = out_of_reach(&regression.spread) {
                text.push(' ');
                text.push_str(limit);
            }
            text
        }
    }
}

fn comparison_rows(fit: &Fit) -> Vec<ComparisonRow> {
    let fitted = fit.result.as_ref().ok();
    let mut expected = vec![None; fit.rows.len()];
    if let Some((regression, judgements)) = fitted {
        for (school, judgement) in regression.schools.iter().zip(judgements) {
            expected[school.row] = Some((school.expected, regression.guess(school), judgement));
        }
    }
    fit.rows
        .iter()
        .zip(&fit.pages)
        .zip(expected)
        .map(|((row, href), expected)| {
            let interval = row.counted.zip(row.chronic).and_then(|(n, x)| wilson95(x, n));
            let difference = expected.and_then(|(e, ..)| row.rate.map(|r| 100.0 * (r - e)));
            ComparisonRow {
                name: row.name.clone(),
                href: href.clone(),
                band: String::new(),
                students: row.counted,
                rate: row.rate,
                interval,
                expected: expected.map(|(e, ..)| e),
                guess: expected.and_then(|(_, guess, _)| guess),
                verdict: expected
                    .map(|(.., judgement)| (shown(judgement.verdict), reason(judgement, difference.unwrap_or(0.0)))),
                tiers: None,
                attendance: None,
                kind: RowKind::Plain,
            }
        })
        .collect()
}

fn reason(judgement: &Judgement, difference: f64) -> String {
    let side = if difference < 0.0 { "under" } else { "over" };
    let points = format!("{} {side} expected", format::plural(difference.abs().round() as u64, "point", "points"));
    match &judgement.reason {
        Reason::StandsOut { once_in } => format!("{points}; about once in {}", one_in(1.0 / once_in)),
        Reason::EvenHalfWouldNotShow => "With this few, even half would not show".into(),
        _ => points,
    }
}

/// Coefficients as points of chronic absence near the average rate, for ten points more students.
fn coefficient_chart(fit: &Regression, stamp: String, width: crate::charts::Width) -> Coefficients {
    let (x, n) = fit.schools.iter().fold((0, 0), |(x, n), s| (x + s.chronic, n + s.counted));
    let p = if n > 0 { x as f64 / n as f64 } else { 0.0 };
    let points = |log_odds: f64| log_odds * 0.1 * p * (1.0 - p) * 100.0;
    Coefficients {
        title: "Conditions of schools and chronic absence".into(),
        stamp,
        unit: "points of chronic absence, for ten points more students with the condition".into(),
        rows: fit
            .coefficients
            .iter()
            .skip(1)
            .map(|c| Coefficient {
                label: c.name.clone(),
                estimate: points(c.value),
                interval: (points(c.value - Z95 * c.standard_error), points(c.value + Z95 * c.standard_error)),
            })
            .collect(),
        schools: fit.schools.len() as u32,
        width,
    }
}

/// One school's own published years, for a school of which the file holds no student.
#[component]
pub fn PublishedYears(school: usize) -> impl IntoView {
    let state = use_state();
    let table = Signal::derive(move || {
        let Some(loaded) = state.loaded.get() else { return TableData::default() };
        let dataset = &loaded.outcome.dataset;
        let Some(name) = dataset.schools.get(school).map(|s| &s.name) else { return TableData::default() };
        let rows = published_years(dataset)
            .into_iter()
            .filter_map(|year| {
                let row = published_rows(dataset, &year, &[]).into_iter().find(|row| row.name == *name)?;
                let unknown = || Cell::why("not published");
                let interval = row.counted.zip(row.chronic).and_then(|(n, x)| wilson95(x, n));
                let rate = match (row.rate, interval) {
                    (Some(rate), Some((low, high))) => {
                        Cell::text(format::percent(rate)).with_sub(format::interval(low, high))
                    }
                    (Some(rate), None) => Cell::text(format::percent(rate)),
                    (None, _) => unknown(),
                };
                let count = |n: Option<u64>| n.map_or_else(unknown, |n| Cell::text(format::count(n)));
                let year = if year.is_empty() { "Not given".to_owned() } else { year };
                Some(Row::new(vec![Cell::strong(year), count(row.counted), count(row.chronic), rate]))
            })
            .collect();
        TableData {
            caption: "Published years of this school".into(),
            columns: vec![
                Column::words("Year"),
                Column::numbers("Students counted"),
                Column::numbers("Chronically absent"),
                Column::numbers("Rate"),
            ],
            rows,
        }
    });
    view! {
        <Section title="As published" note="The file holds this school’s published numbers and no students, so nothing can be adjusted for each of them.">
            <DataTable table shape=TableShape::Stacks />
        </Section>
    }
}

//! Public school-level files: expected rates from the schools' own conditions, by regression.

use super::luck::{FunnelSection, funnel_of};
use super::words::{drawn, ordered, points_from_expected, shown};
use crate::attendance::{Dataset, attribute};
use crate::charts::coefficients::{Coefficient, Coefficients, coefficients};
use crate::charts::funnel::FunnelPoint;
use crate::compare::flags::Flag;
use crate::compare::from_dataset::{may_adjust_for, published_by_school, published_conditions, published_years};
use crate::compare::regression::{Fitted, Refusal, Regression, SchoolRow, regress};
use crate::compare::verdict::{Judgement, Reason, luck_sentence, out_of_reach};
use crate::compare::wilson::{Z95, wilson95};
use crate::compare::words::one_in;
use crate::state::{AppState, Shared, use_state};
use crate::ui::components::{
    Button, ChartHead, CheckList, Choice, ComparisonColumn, ComparisonKey, ComparisonOrder, ComparisonRow, Direction,
    Notice, RowKind, SchoolComparison, Section, SectionShape, SelectField, sort_schools,
};
use crate::ui::figure::Figure;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Fewer students than this are nobody’s business on a shared screen.
const FEWEST_SHARED: u64 = 11;

struct Fit {
    rows: BTreeMap<u16, SchoolRow>,
    result: Result<(Regression, Vec<Judgement>), Refusal>,
}

/// The public file of one year as chosen on the page: its list reads it, and the finding above.
#[derive(Clone, Copy)]
pub struct Public {
    years: Memo<Vec<String>>,
    year: RwSignal<Option<String>>,
    /// The keys of all conditions that the file holds, those turned away from the usual, and those that count.
    keys: Memo<Vec<String>>,
    turned: RwSignal<Vec<String>>,
    chosen: Memo<Vec<String>>,
    fit: Memo<Option<Shared<Fit>>>,
    order: RwSignal<ComparisonOrder>,
    pub rows: Memo<Vec<ComparisonRow>>,
}

impl Public {
    /// Nothing is computed before a page asks for it.
    pub fn new(state: AppState) -> Public {
        let years =
            Memo::new(move |_| state.loaded.get().map(|l| published_years(&l.outcome.dataset)).unwrap_or_default());
        let keys = Memo::new(move |_| {
            state.loaded.get().map(|l| published_conditions(&l.outcome.dataset)).unwrap_or_default()
        });
        let (year, turned) = (RwSignal::new(None::<String>), RwSignal::new(Vec::<String>::new()));
        let chosen = Memo::new(move |_| {
            let turned = turned.get();
            keys.get().into_iter().filter(|k| may_adjust_for(k) && (is_usual(k) ^ turned.contains(k))).collect()
        });
        let fit: Memo<Option<Shared<Fit>>> = Memo::new(move |_| {
            let loaded = state.loaded.get()?;
            let keys: Vec<String> = chosen.get();
            let year = year.get().or_else(|| years.with(|y| y.last().cloned())).unwrap_or_default();
            let rows = published_by_school(&loaded.outcome.dataset, &year, &keys);
            let result = fitted(&rows, &keys).map(|fit| {
                let judgements = fit.judgements();
                (fit, judgements)
            });
            Some(Shared::new(Fit { rows, result }))
        });
        let order =
            RwSignal::new(ComparisonOrder { column: ComparisonColumn::Difference, direction: Direction::Ascending });
        let rows = Memo::new(move |_| {
            let Some(fit) = fit.get() else { return Vec::new() };
            let mut rows = comparison_rows(&fit, state.is_share());
            sort_schools(&mut rows, order.get());
            rows
        });
        Public { years, year, keys, turned, chosen, fit, order, rows }
    }

    fn year_now(&self) -> String {
        self.year.get().or_else(|| self.years.with(|y| y.last().cloned())).unwrap_or_default()
    }
}

/// Race is taken into account by explicit choice alone.
fn is_usual(key: &str) -> bool {
    key != attribute::RACE_ETHNICITY
}

/// The conditions that count before a person chooses others.
pub fn usual_conditions(dataset: &Dataset) -> Vec<String> {
    published_conditions(dataset).into_iter().filter(|k| may_adjust_for(k) && is_usual(k)).collect()
}

/// The fit over the rows of a year, which stand in the order of its `Fitted::row`.
pub fn fitted(rows: &BTreeMap<u16, SchoolRow>, keys: &[String]) -> Result<Regression, Refusal> {
    let names: Vec<String> = keys.iter().map(|k| label(k)).collect();
    regress(&names, &rows.values().cloned().collect::<Vec<_>>())
}

/// A school as it may be shown. The publisher’s own suppression is not ours to judge, but what can be worked
/// out about a handful of students is not put on a shared screen.
pub fn told(row: &SchoolRow, share: bool) -> SchoolRow {
    let few = share && row.counted.is_some_and(|n| (1..FEWEST_SHARED).contains(&n));
    if few { SchoolRow { counted: None, chronic: None, rate: None, ..row.clone() } } else { row.clone() }
}

#[component]
pub fn PublicFiles(public: Public) -> impl IntoView {
    let state = use_state();
    let Public { years, year, keys, turned, chosen, fit, order, rows } = public;
    let said = Signal::derive(move || fit.get().map_or_else(String::new, |fit| words(&fit)));
    let foot = Signal::derive(move || {
        let order = rows.with(|rows| ordered(rows));
        format!("{}{order}", chart_stamp(state.loaded.get().as_ref()))
    });
    let chart = Signal::derive(move || {
        let stamp = chart_stamp(state.loaded.get().as_ref());
        let width = state.chart_width.get();
        coefficients(&match fit.get().as_deref() {
            Some(Fit { result: Ok((fit, _)), .. }) => coefficient_chart(fit, stamp, width),
            _ => Coefficients { title: String::new(), stamp, unit: String::new(), rows: Vec::new(), schools: 0, width },
        })
    });
    let funnel = Signal::derive(move || {
        let (stamp, width) = (chart_stamp(state.loaded.get().as_ref()), state.chart_width.get());
        let (points, middle, tau2) = match fit.get().as_deref() {
            Some(Fit { rows, result: Ok((fit, judgements)) }) => {
                (points(rows, fit, judgements, state.is_share()), centre(fit), fit.spread.tau2_used)
            }
            _ => (Vec::new(), 0.0, 0.0),
        };
        funnel_of(points, middle, tau2, stamp, width)
    });
    let spread = Signal::derive(move || match fit.get().as_deref() {
        Some(Fit { result: Ok((fit, _)), .. }) => fit.spread.sentence(centre(fit)),
        _ => String::new(),
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
            .filter(|k| may_adjust_for(k))
            .map(|k| Choice::new(k.clone(), label(&k)))
            .collect::<Vec<_>>()
    });
    let toggle = Callback::new(move |(key, on): (String, bool)| {
        let is_turned = on != is_usual(&key);
        turned.update(|turned| {
            turned.retain(|k| *k != key);
            if is_turned {
                turned.push(key);
            }
        });
    });
    let download =
        move |()| state.save("public-schools.csv", "text/csv", &super::words::school_csv(&rows.get_untracked()));
    view! {
        <Section
            title="From public school-level files"
            shape=SectionShape::Full
            key=move || view! { <ComparisonKey /> }
            margin=move || view! {
                <div class="choices-line">
                    <Show when=move || years.with(|y| y.len() > 1)>
                        <SelectField label="Year" choices=year_choices value=Signal::derive(move || public.year_now()) on_change=move |y| year.set(Some(y)) />
                    </Show>
                    <Show when=move || condition_choices.with(|all| !all.is_empty())>
                        <CheckList legend="Conditions taken into account" choices=condition_choices chosen on_toggle=toggle />
                    </Show>
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
            <FunnelSection chart=funnel note=spread />
            <Section title="What goes with absence between schools" note="Between schools, not about students: a school with more of a condition may differ in many other ways.">
                <Figure chart name="coefficients" head=ChartHead::InTheMargin />
            </Section>
        </Show>
    }
}

pub fn label(key: &str) -> String {
    attribute::label(key).map_or_else(|| key.replace('_', " "), str::to_owned)
}

/// What the fit rests on, what was left out, and what it cannot tell.
fn words(fit: &Fit) -> String {
    match &fit.result {
        Err(refusal) => refusal.sentence(),
        Ok((regression, _)) => {
            let mut text = regression.sentence();
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

fn comparison_rows(fit: &Fit, share: bool) -> Vec<ComparisonRow> {
    let mut expected = vec![None; fit.rows.len()];
    if let Ok((regression, judgements)) = &fit.result {
        for (school, judgement) in regression.schools.iter().zip(judgements) {
            expected[school.row] = Some((school.expected, regression.guess(school), judgement));
        }
    }
    fit.rows
        .iter()
        .zip(expected)
        .map(|((at, row), expected)| {
            let row = told(row, share);
            let expected = expected.filter(|_| row.rate.is_some());
            ComparisonRow {
                href: format!("#/schools/{at}"),
                band: String::new(),
                students: row.counted,
                rate: row.rate,
                interval: interval(&row),
                expected: expected.map(|(e, ..)| e),
                guess: expected.and_then(|(_, guess, _)| guess),
                verdict: expected
                    .zip(row.rate)
                    .map(|((e, _, judgement), rate)| (shown(judgement.verdict), reason(judgement, 100.0 * (rate - e)))),
                tiers: None,
                attendance: None,
                whole: false,
                kind: RowKind::Plain,
                name: row.name,
            }
        })
        .collect()
}

/// The rate expected over all fitted schools.
fn centre(fit: &Regression) -> f64 {
    let sum = |of: fn(&Fitted) -> f64| fit.schools.iter().map(of).sum::<f64>();
    sum(|s| s.expected * s.counted as f64) / sum(|s| s.counted as f64)
}

fn points(
    rows: &BTreeMap<u16, SchoolRow>,
    fit: &Regression,
    judgements: &[Judgement],
    share: bool,
) -> Vec<FunnelPoint> {
    let rows: Vec<SchoolRow> = rows.values().map(|row| told(row, share)).collect();
    let point = |(school, judgement): (&Fitted, &Judgement)| {
        let row = &rows[school.row];
        let (counted, rate) = row.counted.zip(row.rate)?;
        Some(FunnelPoint {
            name: row.name.clone(),
            counted: u32::try_from(counted).ok()?,
            difference: rate - school.expected,
            verdict: drawn(judgement.verdict),
        })
    };
    fit.schools.iter().zip(judgements).filter_map(point).collect()
}

/// The interval of a school's own rate; `None` where a count is not known.
pub fn interval(row: &SchoolRow) -> Option<(f64, f64)> {
    row.counted.zip(row.chronic).and_then(|(n, x)| wilson95(x, n))
}

/// Why, in a line beside the verdict; `difference` in points.
pub fn reason(judgement: &Judgement, difference: f64) -> String {
    let points = points_from_expected(difference);
    match &judgement.reason {
        Reason::StandsOut { once_in } => {
            format!("{points}; an ordinary school does this about once in {}", one_in(1.0 / once_in))
        }
        Reason::EvenHalfWouldNotShow => "With this few, even half would not show".into(),
        Reason::Flagged(flags) => flags.first().map(Flag::sentence).unwrap_or_default(),
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

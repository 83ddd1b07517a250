//! With and without each condition, school beside school, and the sentence that it makes.

use super::{ChooseConditions, ChooseSchools, Chosen, school_rates, widths};
use crate::charts::conditions::{ConditionCell, ConditionRow, ConditionsPanel, conditions};
use crate::charts::{Chart, Precision, Rate};
use crate::compare::from_dataset::ConditionGap;
use crate::compare::two_groups::TwoGroups;
use crate::state::analysis::Sight;
use crate::state::analysis::told::At;
use crate::state::{AppState, Shared, use_state};
use crate::ui::components::{Button, ChartHead, Notice, Reason, Section, SectionShape, TextArea};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Fewer with a condition, or without it, are said in words and not drawn.
const MINIMUM_DRAWN: u64 = 11;

/// The panel of the chosen schools, and the numbers behind its rows.
pub(super) struct Panel {
    pub chart: ConditionsPanel,
    /// One list of gaps per row of the chart, one per school.
    pub gaps: Vec<(String, Vec<ConditionGap>)>,
    pub names: Vec<String>,
    /// Positions of the schools, as `names`.
    pub schools: Vec<usize>,
}

/// One cell as the one who looks may see it.
pub(super) fn cell(gap: &ConditionGap, school: usize, sight: &Sight) -> ConditionCell {
    let g = gap.groups;
    if g.with_counted + g.without_counted == 0 {
        return ConditionCell::NotGiven;
    }
    let place = At::school(school);
    let with = sight.rate(place.with(gap.attribute, gap.code), g.with_chronic, g.with_counted);
    let without = sight.rate(place.without(gap.attribute, gap.code), g.without_chronic, g.without_counted);
    if g.with_counted.min(g.without_counted) < MINIMUM_DRAWN {
        return match sight {
            Sight::Team if g.with_counted < MINIMUM_DRAWN => ConditionCell::TooFew(Some(g.with_counted as u32)),
            Sight::Team => ConditionCell::TooFew(None),
            Sight::Share(_) => ConditionCell::Hidden,
        };
    }
    if with.rate.is_none() || without.rate.is_none() {
        return ConditionCell::Hidden;
    }
    let of_chronic = told_groups(with, without).and_then(|told| told.share_of_chronic()).map(|s| s.value);
    ConditionCell::Compared { with, without, of_chronic }
}

/// Two rates that may be told, as counts again.
pub(super) fn told_groups(with: Rate, without: Rate) -> Option<TwoGroups> {
    Some(TwoGroups {
        with_chronic: with.chronic?.into(),
        with_counted: with.counted?.into(),
        without_chronic: without.chronic?.into(),
        without_counted: without.counted?.into(),
    })
}

pub(super) fn panel(state: &AppState, chosen: Chosen) -> Option<Panel> {
    let (loaded, gaps) = (state.loaded.get()?, state.analysis.gaps.get()?);
    let dataset = &loaded.outcome.dataset;
    let sight = state.analysis.sight.get();
    let schools = chosen.schools.get();
    let hidden = chosen.hidden.get();
    let n_rows = gaps.first().map_or(0, Vec::len);
    let mut rows = Vec::new();
    let mut behind = Vec::new();
    for row in 0..n_rows {
        let of: Vec<ConditionGap> = schools.iter().filter_map(|at| gaps.get(*at)?.get(row).cloned()).collect();
        let Some(first) = of.first() else { continue };
        let attribute = &dataset.attributes[first.attribute];
        // A value that nobody here has says nothing.
        if hidden.contains(&attribute.key) || of.iter().all(|g| g.groups.with_counted == 0) {
            continue;
        }
        let cells: Vec<ConditionCell> = of.iter().zip(&schools).map(|(gap, at)| cell(gap, *at, &sight)).collect();
        let label =
            if attribute.is_yes_no() { first.label.clone() } else { format!("{}: {}", attribute.label, first.label) };
        rows.push(ConditionRow { label: label.clone(), note: share_note(&cells), cells });
        behind.push((label, of));
    }
    let names = schools.iter().map(|at| dataset.schools[*at].name.clone()).collect();
    let chart = ConditionsPanel {
        title: "With and without each condition".into(),
        stamp: chart_stamp(Some(&loaded)),
        schools: school_rates(state, chosen, &sight),
        rows,
        width: widths(state, schools.len()).0,
        precision: match sight {
            Sight::Team => Precision::Tenths,
            Sight::Share(_) => Precision::Whole,
        },
    };
    Some(Panel { chart, gaps: behind, names, schools })
}

/// `15 to 17 % of students`, over the schools where it may be told.
fn share_note(cells: &[ConditionCell]) -> String {
    let shares: Vec<f64> = cells
        .iter()
        .filter_map(|cell| match cell {
            ConditionCell::Compared { with, without, .. } => told_groups(*with, *without)?.share_of_students(),
            _ => None,
        })
        .collect();
    let (low, high) = shares.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), s| (l.min(*s), h.max(*s)));
    match shares.len() {
        0 => String::new(),
        _ if (100.0 * low).round() == (100.0 * high).round() => format!("{:.0} % of students", 100.0 * low),
        _ => format!("{:.0} to {:.0} % of students", 100.0 * low, 100.0 * high),
    }
}

/// The gaps of a row where they may be told, with the positions of their schools.
fn gaps_of(row: &ConditionRow) -> Vec<(usize, f64)> {
    row.cells
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| match cell {
            ConditionCell::Compared { with, without, .. } => Some((at, with.rate? - without.rate?)),
            _ => None,
        })
        .collect()
}

/// The row of the condition that reaches most students and goes with absence everywhere.
pub(super) fn found(panel: &Panel) -> Option<usize> {
    let everywhere = panel.chart.rows.iter().zip(&panel.gaps).enumerate().filter(|(_, (row, _))| {
        let gaps = gaps_of(row);
        gaps.len() == panel.names.len() && gaps.iter().all(|(_, g)| *g >= 0.005)
    });
    let reach = |gaps: &[ConditionGap]| gaps.iter().map(|g| g.groups.with_chronic).sum::<u64>();
    everywhere.max_by_key(|(_, (_, (_, gaps)))| reach(gaps)).map(|(at, _)| at)
}

/// That condition, with its gaps.
pub(super) fn finding(panel: &Panel) -> Prose {
    let Some(row) = found(panel).and_then(|at| panel.chart.rows.get(at)) else {
        return Prose::new().plain("No condition in this file goes with more absence in every school compared here.");
    };
    let gaps = gaps_of(row);
    let lowest = gaps.iter().min_by(|a, b| a.1.total_cmp(&b.1)).copied().unwrap_or_default();
    let points = |gap: f64| format!("{:.0}", 100.0 * gap);
    let others: Vec<String> = gaps
        .iter()
        .filter(|(at, _)| *at != lowest.0)
        .map(|(at, gap)| format!("at {} {}", panel.names[*at], points(*gap)))
        .collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let widest = gaps.iter().map(|(_, g)| *g).fold(0.0, f64::max);
    let all = match panel.names.len() {
        1 => "here".to_owned(),
        2 => "in both schools".to_owned(),
        3 => "in all three schools".to_owned(),
        _ => "in all four schools".to_owned(),
    };
    let prose = Prose::new()
        .plain(format!("{} goes with more absence {all}. At ", row.label))
        .strong(panel.names[lowest.0].clone())
        .plain(format!(" the gap is {} points", points(lowest.1)));
    let prose = if others.is_empty() { prose } else { prose.plain(format!(", {}", format::list(&others))) };
    if widest - lowest.1 >= 0.05 { prose.plain(": the same condition, different results.") } else { prose.plain(".") }
}

#[component]
pub(super) fn With(chosen: Chosen, panel: Memo<Option<Shared<Panel>>>) -> impl IntoView {
    let state = use_state();
    let chart = Signal::derive(move || panel.get().map_or_else(Chart::default, |panel| conditions(&panel.chart)));
    let is_hiding = Memo::new(move |_| state.analysis.notes.with(|n| n.is_hiding()));
    view! {
        <Section
            title="With and without each condition"
            shape=SectionShape::Full
            tools=move || view! { <ChooseSchools chosen /> <ChooseConditions chosen /> }
        >
            <Show when=move || !is_hiding.get() fallback=|| view! { <Guess /> }>
                <GuessKept />
                <Figure chart name="conditions" head=ChartHead::InTheMargin />
                <Notice><p>"Students with a condition are absent more or less often here. That doesn’t say the condition is why. A student can have several."</p></Notice>
            </Show>
        </Section>
    }
}

/// The bars stay hidden until a guess is written.
#[component]
fn Guess() -> impl IntoView {
    let state = use_state();
    let value = Signal::derive(move || state.analysis.notes.with(|n| n.guess.clone()));
    let because = Signal::derive(move || {
        state.analysis.notes.with(|n| n.guess.trim().is_empty()).then(|| Reason {
            text: "Write a guess first.".into(),
            go_to: Some(("Go to the guess".into(), "guess".into())),
        })
    });
    view! {
        <div class="predict">
            <TextArea
                id="guess"
                label="Your guess"
                hint="Which conditions go with chronic absence in these schools? How many points apart? Which school differs?"
                value
                on_input=move |text| state.edit_notes(|n| n.guess = text)
            />
            <Button kind=crate::ui::components::ButtonKind::Go disabled_because=because on_click=move |()| state.edit_notes(|n| n.guessed = true)>"Show the bars"</Button>
        </div>
    }
}

#[component]
fn GuessKept() -> impl IntoView {
    let state = use_state();
    let guess = move || state.analysis.notes.with(|n| (n.predict_first && n.guessed).then(|| n.guess.clone()));
    move || {
        guess().map(|guess| {
            view! {
                <p class="predict__kept">"Your guess was: " <q>{guess}</q> " "
                    <button type="button" class="link" on:click=move |_| state.edit_notes(|n| { n.guessed = false; n.guess = String::new(); })>"Guess again"</button>
                </p>
            }
        })
    }
}

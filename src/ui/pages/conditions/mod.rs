//! The conditions that go with chronic absence, two to four schools side by side.

mod evidence;
mod exhibit;
mod notes;
mod overlap;
mod panel;
mod plans;
mod when;

use super::NoData;
use super::schools::words::{drawn, span_of};
use crate::attendance::Dataset;
use crate::charts::rate_rows::RateRow;
use crate::compare::from_dataset::peer_schools;
use crate::compare::peers::Scale;
use crate::state::analysis::Sight;
use crate::state::analysis::told::At;
use crate::state::{AppState, Shared, use_state};
use crate::ui::components::{CheckList, Choice, PageHead};
use leptos::prelude::*;

/// What every part of the page reads: the schools chosen, and the attributes left out.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    /// Positions of two to four schools, ascending.
    pub schools: Memo<Vec<usize>>,
    /// Keys of attributes that are not shown.
    pub hidden: RwSignal<Vec<String>>,
}

#[component]
pub fn ConditionsPage() -> impl IntoView {
    let state = use_state();
    let has_data =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| !l.outcome.dataset.stays.is_empty())));
    move || {
        if has_data.get() {
            view! { <Analysis_ /> }.into_any()
        } else {
            view! {
                <NoData title="Conditions" text="With a file you set schools side by side and see which conditions go with chronic absence in each. Below is a public example without any student." />
                <exhibit::PublicExhibit />
            }
            .into_any()
        }
    }
}

/// The schools to start with: the clearest bright spot and the two most like it.
fn to_start_with(state: &AppState, dataset: &Dataset) -> Vec<usize> {
    let (Some(compared), Some(records)) = (state.analysis.compared.get(), state.analysis.records.get()) else {
        return Vec::new();
    };
    let c = &compared.comparison;
    let there: Vec<usize> = (0..c.expected.len()).filter(|at| c.expected[*at].counted > 0).collect();
    let best = there.iter().copied().filter(|at| c.expected[*at].has_expected()).min_by(|a, b| {
        let low = |at: usize| c.judgements[at].tails.map_or(1.0, |t| t.low);
        c.judgements[*a].verdict.cmp(&c.judgements[*b].verdict).then(low(*a).total_cmp(&low(*b)))
    });
    let mut chosen: Vec<usize> = best.into_iter().collect();
    if let Some(best) = best {
        let (features, schools) = peer_schools(dataset, &records);
        chosen.extend(Scale::new(features, &schools).peers(&schools, best).iter().map(|p| p.school).take(2));
    }
    for at in there {
        if chosen.len() < 3 && !chosen.contains(&at) {
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    chosen
}

#[component]
#[allow(non_snake_case, reason = "a component beside a type of the same word")]
fn Analysis_() -> impl IntoView {
    let state = use_state();
    let schools = Memo::new(move |_| {
        let Some(loaded) = state.loaded.get() else { return Vec::new() };
        let n = loaded.outcome.dataset.schools.len();
        let asked: Option<Vec<usize>> = state.route.with(|route| {
            route
                .get("schools")
                .map(|list| list.split(',').filter_map(|at| at.parse().ok()).filter(|at| *at < n).collect())
        });
        match asked {
            Some(mut asked) if !asked.is_empty() => {
                asked.sort_unstable();
                asked.dedup();
                asked.truncate(4);
                asked
            }
            _ => to_start_with(&state, &loaded.outcome.dataset),
        }
    });
    let chosen = Chosen { schools, hidden: RwSignal::new(Vec::new()) };
    let panel = Memo::new(move |_| panel::panel(&state, chosen).map(Shared::new));
    let finding = Signal::derive(move || match state.analysis.sight.get() {
        Sight::Share(None) => "The numbers that others may see are being prepared.".into(),
        _ => panel.get().map(|panel| panel::finding(&panel.chart)).unwrap_or_default(),
    });
    let title = Signal::derive(move || {
        let n = schools.with(Vec::len);
        let words = ["no school", "one school", "two schools", "three schools", "four schools"];
        format!("Conditions, {}", words.get(n).unwrap_or(&"schools"))
    });
    let is_hiding = Memo::new(move |_| state.analysis.notes.with(|n| n.is_hiding()));
    let shown_finding = Signal::derive(move || {
        if is_hiding.get() {
            "First a guess: which of these conditions go with chronic absence, and how much?".into()
        } else {
            finding.get()
        }
    });
    view! {
        <PageHead title finding=shown_finding />
        <div class="conditions">
            <div>
                <panel::With chosen panel />
            </div>
            <notes::Notes_ chosen />
        </div>
        <Show when=move || !is_hiding.get()>
            <when::WhenAndWho chosen />
            <evidence::Evidence chosen />
            <overlap::Overlaps chosen />
            <plans::PlansAbout chosen panel />
        </Show>
        <exhibit::PublicExhibit />
    }
}

/// Two to four schools, kept in the address.
#[component]
pub(super) fn ChooseSchools(chosen: Chosen) -> impl IntoView {
    let state = use_state();
    let choices = Signal::derive(move || {
        let Some(summary) = state.summary.get() else { return Vec::new() };
        let listed = summary.schools.iter().enumerate().filter(|(_, g)| g.counted > 0);
        listed.map(|(at, g)| Choice::new(at.to_string(), g.name.clone())).collect::<Vec<_>>()
    });
    let ticked = Signal::derive(move || chosen.schools.with(|s| s.iter().map(ToString::to_string).collect::<Vec<_>>()));
    let on_toggle = Callback::new(move |(at, on): (String, bool)| {
        let mut now = chosen.schools.get_untracked();
        let Ok(at) = at.parse::<usize>() else { return };
        now.retain(|other| *other != at);
        if on {
            now.push(at);
        }
        if now.is_empty() || now.len() > 4 {
            state.say(if on {
                "Four schools fit side by side. Take one out first."
            } else {
                "At least one school stays."
            });
            // The box goes back to what is shown.
            state.route.update(|_| {});
            return;
        }
        now.sort_unstable();
        let list = now.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        state.go(&state.route.get_untracked().with("schools", &list).hash());
    });
    view! {
        <details class="chooser">
            <summary class="link">"Choose schools"</summary>
            <div class="chooser__list"><CheckList legend="Two to four schools" choices chosen=ticked on_toggle /></div>
        </details>
    }
}

/// Which conditions stand in the panel.
#[component]
pub(super) fn ChooseConditions(chosen: Chosen) -> impl IntoView {
    let state = use_state();
    let attributes = move || state.loaded.get().map(|l| l.outcome.dataset.attributes.clone()).unwrap_or_default();
    let choices =
        Signal::derive(move || attributes().into_iter().map(|a| Choice::new(a.key, a.label)).collect::<Vec<_>>());
    let ticked = Signal::derive(move || {
        let hidden = chosen.hidden.get();
        attributes().into_iter().map(|a| a.key).filter(|k| !hidden.contains(k)).collect::<Vec<_>>()
    });
    let on_toggle = Callback::new(move |(key, on): (String, bool)| {
        chosen.hidden.update(|hidden| {
            hidden.retain(|k| *k != key);
            if !on {
                hidden.push(key);
            }
        });
    });
    view! {
        <details class="chooser">
            <summary class="link">"Choose conditions"</summary>
            <div class="chooser__list"><CheckList legend="Conditions shown" choices chosen=ticked on_toggle /></div>
        </details>
    }
}

/// The chosen schools as rows with rate, expected and verdict.
pub(super) fn school_rates(state: &AppState, chosen: Chosen, sight: &Sight) -> Vec<RateRow> {
    let Some(compared) = state.analysis.compared.get() else { return Vec::new() };
    chosen.schools.with(|schools| {
        schools
            .iter()
            .map(|at| {
                let (e, j) = (&compared.comparison.expected[*at], &compared.comparison.judgements[*at]);
                let rate = sight.rate(At::school(*at), e.observed_all, e.counted);
                let seen = rate.rate.is_some();
                RateRow {
                    name: compared.table.units[*at].clone(),
                    note: span_of(state, *at),
                    rate,
                    expected: sight.expected(At::school(*at), e.expected_rate()).filter(|_| seen),
                    verdict: (seen && sight.admits(At::school(*at))).then_some(drawn(j.verdict)),
                }
            })
            .collect()
    })
}

/// Width of what stands left of the notes, and for one school's column in it.
pub(super) fn widths(state: &AppState, n: usize) -> (crate::charts::Width, crate::charts::Width) {
    use crate::charts::Width;
    let page = state.chart_width.get();
    if page == Width::WIDE {
        (Width(868), Width(((868 - 140) / n.max(1) as u32).saturating_sub(18)))
    } else if page.is_narrow() {
        (page, page)
    } else {
        (page, Width(((page.0 - 140) / n.max(1) as u32).saturating_sub(18)))
    }
}

//! From a condition, at one of the chosen schools or at all of them, to the plans about it and back.

use super::{Chosen, panel};
use crate::charts::Rate;
use crate::charts::condition_cell::ConditionCell;
use crate::plans::document::Link;
use crate::state::{Shared, use_state};
use crate::ui::components::{Choice, Section, SelectField};
use crate::ui::format;
use crate::ui::pages::plans::PlansFor;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;

/// The address may ask for a condition by its position: plans lead back so.
pub(super) const ASKED: &str = "condition";

#[component]
pub(super) fn PlansAbout(chosen: Chosen, panel: Memo<Option<Shared<panel::Panel>>>) -> impl IntoView {
    let state = use_state();
    // Key and label of each condition of the file.
    let conditions = Memo::new(move |_| {
        let of = |l: &Shared<crate::state::Loaded>| {
            l.outcome.dataset.attributes.iter().map(|a| (a.key.clone(), a.label.clone())).collect::<Vec<_>>()
        };
        state.loaded.with(|l| l.as_ref().map(of).unwrap_or_default())
    });
    let picked = RwSignal::new(None::<usize>);
    let at = Memo::new(move |_| {
        let asked = state.route.with(|route| route.get(ASKED).and_then(|at| at.parse::<usize>().ok()));
        let n = conditions.with(Vec::len);
        // Else the condition that the page's first sentence is about.
        let said = || panel.with(|p| p.as_ref().and_then(|p| attribute_of(p, panel::found(&p.chart)?)));
        picked.get().or(asked).filter(|at| *at < n).or_else(said).unwrap_or(0)
    });
    let school = RwSignal::new(None::<usize>);
    // A school that is no longer beside the others is not asked about.
    let here = Memo::new(move |_| school.get().filter(|at| chosen.schools.with(|s| s.contains(at))));
    let names = Memo::new(move |_| panel.with(|p| p.as_ref().map(|p| p.names.clone()).unwrap_or_default()));
    let choices = Signal::derive(move || {
        let numbered = |(at, (_, label)): (usize, (String, String))| Choice::new(at.to_string(), label);
        conditions.get().into_iter().enumerate().map(numbered).collect::<Vec<_>>()
    });
    let schools = Signal::derive(move || {
        let all = std::iter::once(Choice::new("all", "All schools shown here"));
        let of = chosen.schools.get().into_iter().zip(names.get());
        all.chain(of.map(|(at, name)| Choice::new(at.to_string(), name))).collect::<Vec<_>>()
    });
    let sentence = Signal::derive(move || {
        let lines = panel.with(|p| p.as_ref().map(|p| said(p, at.get(), here.get())).unwrap_or_default());
        lines.join(" ")
    });
    let stamp = Signal::derive(move || chart_stamp(state.loaded.get().as_ref()));
    let has_any = Memo::new(move |_| conditions.with(|c| !c.is_empty()));
    let plans = move || {
        let key = conditions.with(|c| c.get(at.get()).map(|(key, _)| key.clone()))?;
        let school = here.get().and_then(|at| {
            let place = chosen.schools.with(|s| s.iter().position(|other| *other == at))?;
            names.with(|names| names.get(place).cloned())
        });
        let school = school.unwrap_or_default();
        Some(view! { <PlansFor link=Link::Condition(key) school sentence stamp /> })
    };
    view! {
        <Show when=move || has_any.get()>
            <Section
                title="Plans about a condition"
                id="plans-about"
                note="What the team noted or planned about it, and a way to note a reason from what this page says. A condition that goes with absence is where to ask, not the answer."
                margin=move || view! {
                    <SelectField
                        label="Condition"
                        choices
                        value=Signal::derive(move || at.get().to_string())
                        on_change=Callback::new(move |text: String| picked.set(text.parse().ok()))
                    />
                    <SelectField
                        label="At"
                        choices=schools
                        value=Signal::derive(move || here.get().map_or_else(|| "all".to_owned(), |at| at.to_string()))
                        on_change=Callback::new(move |text: String| school.set(text.parse().ok()))
                    />
                }
            >
                <p class="expected-from__sentence">{move || sentence.get()}</p>
                {plans}
            </Section>
        </Show>
    }
}

/// The attribute that a row of the panel is about.
fn attribute_of(panel: &panel::Panel, row: usize) -> Option<usize> {
    panel.gaps.get(row)?.1.first().map(|gap| gap.attribute)
}

/// What the panel says of one condition, a sentence per value and school: nothing of few or hidden students.
fn said(panel: &panel::Panel, attribute: usize, school: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    for (row, (label, gaps)) in panel.chart.rows.iter().zip(&panel.gaps) {
        if gaps.first().is_none_or(|gap| gap.attribute != attribute) {
            continue;
        }
        let cells = row.cells.iter().zip(&panel.schools).zip(&panel.names);
        let parts: Vec<String> = cells
            .filter(|((_, at), _)| school.is_none_or(|school| school == **at))
            .filter_map(|((cell, _), name)| match cell {
                ConditionCell::Compared { with, without, .. } => {
                    Some(format!("at {name} {} with it and {} without", rate(with)?, rate(without)?))
                }
                _ => None,
            })
            .collect();
        if !parts.is_empty() {
            lines.push(format!("{label}: {}.", parts.join("; ")));
        }
    }
    if lines.is_empty() {
        lines.push("Too few students here have it, or lack it, for a fair word about it.".to_owned());
    }
    lines
}

/// `31.2 % of 84 chronically absent`.
fn rate(rate: &Rate) -> Option<String> {
    let of = rate
        .counted
        .map_or_else(String::new, |n| format!(" of {}", format::plural(u64::from(n), "student", "students")));
    rate.rate.map(|share| format!("{}{of} chronically absent", format::percent(share)))
}

//! The wishes for an export: who shares, the smallest group, the conditions, the grain.

use crate::share::gate::{Rule, SMALLEST_MINIMUM};
use crate::state::share::job::Grain;
use crate::state::share::use_share;
use crate::state::use_state;
use crate::ui::components::{CheckList, Choice, Field, FieldKind, Legend, Segmented};
use leptos::prelude::*;

/// The id of the field that says the first day, for whoever must fill it in.
pub const FIRST_DAY: &str = "share-first-day";

#[component]
pub fn Settings() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    let wrong = RwSignal::new(None::<String>);
    let minimum = Signal::derive(move || share.wish.with(|wish| wish.rule.minimum().to_string()));
    let set_minimum = move |text: String| match text.trim().parse::<u32>() {
        Ok(n) if (SMALLEST_MINIMUM..=1000).contains(&n) => {
            wrong.set(None);
            share.wish.update(|wish| wish.rule = Rule::with_minimum(n));
        }
        _ => wrong.set(Some(format!("A whole number from {SMALLEST_MINIMUM} to 1,000."))),
    };
    let conditions = Signal::derive(move || {
        let Some(loaded) = state.loaded.get() else { return Vec::new() };
        let attributes = loaded.outcome.dataset.attributes.iter();
        attributes.map(|a| Choice::new(a.key.clone(), a.label.clone())).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let without = share.wish.with(|wish| wish.without.clone());
        conditions.get().into_iter().map(|c| c.value).filter(|key| !without.contains(key)).collect::<Vec<_>>()
    });
    let toggle = move |(key, on): (String, bool)| {
        share.wish.update(|wish| {
            let _ = if on { wish.without.remove(&key) } else { wish.without.insert(key) };
        });
    };
    let grain = Signal::derive(move || {
        Some(match share.wish.with(|wish| wish.grain) {
            Grain::SchoolsAndGrades => "grades".to_owned(),
            Grain::Schools => "schools".to_owned(),
        })
    });
    let set_grain = move |value: String| {
        share
            .wish
            .update(|wish| wish.grain = if value == "schools" { Grain::Schools } else { Grain::SchoolsAndGrades });
    };
    let whose = Signal::derive(move || {
        let typed = share.made_by.get();
        if typed.is_empty() { state.loaded.get().map(|l| l.whose.clone()).unwrap_or_default() } else { typed }
    });
    view! {
        <div class="share-settings no-print">
            <Field label="Who shares" value=whose on_change=move |text: String| share.made_by.set(text) hint="As others will read it." />
            <DaysCounted />
            <Field
                label="Smallest group shown"
                value=minimum
                kind=FieldKind::Whole
                on_change=set_minimum
                error=wrong
                hint="Students. 11 is the least; more hides more."
            />
            <Segmented
                question="Schools are told"
                legend=Legend::Shown
                choices=vec![Choice::new("grades", "By grade"), Choice::new("schools", "As a whole")]
                value=grain
                on_change=set_grain
            />
            <Show when=move || !conditions.with(Vec::is_empty)>
                <CheckList legend="Conditions that may leave" choices=conditions chosen on_toggle=toggle />
            </Show>
        </div>
    }
}

/// Files of totals have no dates: the person says which days they cover, wherever something would leave.
#[component]
pub fn DaysCounted() -> impl IntoView {
    let state = use_state();
    let has_no_dates =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| l.outcome.dataset.dates.is_none())));
    view! { <Show when=move || has_no_dates.get()><Days /></Show> }
}

#[component]
fn Days() -> impl IntoView {
    let share = use_share();
    let first = Signal::derive(move || share.typed_days.get().0);
    let last = Signal::derive(move || share.typed_days.get().1);
    view! {
        <Field
            label="First day counted"
            id=FIRST_DAY
            value=first
            kind=FieldKind::Date
            on_change=move |text: String| share.typed_days.update(|days| days.0 = text)
            hint="The file has no dates; a file that leaves needs them."
        />
        <Field
            label="Last day counted"
            value=last
            kind=FieldKind::Date
            on_change=move |text: String| share.typed_days.update(|days| days.1 = text)
        />
    }
}

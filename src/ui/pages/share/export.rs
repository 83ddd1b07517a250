//! Tables and files: what would leave, how it was tried, and the ways to hand it over.

use super::Parts;
use super::audit::AuditSection;
use super::preview::PreviewSection;
use super::take::{EarlierSection, StudentSection, TakeSection};
use crate::share::gate::Shown;
use crate::state::share::{Offer, Stage, use_share};
use crate::state::use_state;
use crate::ui::components::{Button, ButtonKind, LinkButton, PageHead, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn ExportPage() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    keep_prepared();
    let finding = Signal::derive(move || finding(&share.stage.get(), has_students(state.loaded.get().as_deref())));
    let has_data = Memo::new(move |_| has_students(state.loaded.get().as_deref()));
    view! {
        <PageHead title="Share safely" finding />
        <Parts here="" />
        <Show when=move || has_data.get() fallback=|| view! { <WithoutData /> }>
            <PreviewSection />
            <AuditSection />
            <TakeSection />
            <EarlierSection />
            <StudentSection />
        </Show>
    }
}

/// Prepares again whenever the data, the definition or the wishes change.
pub fn keep_prepared() {
    let state = use_state();
    let share = use_share();
    Effect::new(move |_| {
        state.loaded.track();
        state.definition.track();
        share.wish.track();
        share.prepare(state);
    });
}

/// Whether there are students to add up: a published file has none.
pub fn has_students(loaded: Option<&crate::state::Loaded>) -> bool {
    loaded.is_some_and(|loaded| !loaded.outcome.dataset.stays.is_empty())
}

/// Numbers of an export, and how many of them are hidden or told as a range.
#[must_use]
pub fn hidden_of(offer: &Offer) -> (u64, u64, u64) {
    let (mut all, mut hidden, mut coded) = (0, 0, 0);
    for shown in offer.release.sheets.iter().flat_map(|sheet| sheet.students.iter().chain(&sheet.chronic)) {
        all += 1;
        hidden += u64::from(*shown == Shown::Hidden);
        coded += u64::from(matches!(shown, Shown::Coded(_)));
    }
    (all, hidden, coded)
}

fn finding(stage: &Stage, has_data: bool) -> Prose {
    let Stage::Ready(offer) = stage else {
        return match has_data {
            true => Prose::from(
                "The tables are added up, small groups are hidden, and an attacker built in here tries to find them.",
            ),
            false => Prose::from(
                "Numbers leave this device only for groups of 11 students or more, and only after an attacker built in here has tried to find what is hidden, and failed.",
            ),
        };
    };
    let (all, hidden, coded) = hidden_of(offer);
    if !offer.report.passes() {
        return Prose::new()
            .strong("These tables cannot be shared as they are.")
            .plain(" Some hidden numbers could be worked out. Below is a coarser table that can be tried.");
    }
    let ranges = match coded {
        0 => String::new(),
        n => format!(" and {} told as a range", format::count(n)),
    };
    match hidden + coded {
        0 => Prose::new()
            .strong(format!("All {} numbers can be shown.", format::count(all)))
            .plain(" No group is small enough to point at a student."),
        _ => Prose::new()
            .plain("Of ")
            .strong(format!("{} numbers, {} are hidden{ranges}", format::count(all), format::count(hidden)))
            .plain(". None of them could be worked out by the attacker built in here."),
    }
}

#[component]
fn WithoutData() -> impl IntoView {
    let state = use_state();
    let words = move || match state.loaded.with(Option::is_some) {
        true => {
            "The file that is loaded holds published numbers, not students. You can look for leaks in it, or open exchange files of others."
        }
        false => {
            "With an attendance file, this page shows the tables that others would get, what is hidden in them, and how hard the attacker tried. Without one, you can fill in a practice profile, open exchange files of others, or look for leaks in a published file."
        }
    };
    view! {
        <Section title="No students loaded">
            <div class="reading">
                <p>{words}</p>
                <p class="button-row">
                    <Button kind=ButtonKind::Go on_click=move |()| state.try_example()>"Try the example"</Button>
                    <LinkButton on_click=move |()| state.go("#/")>"Choose a file"</LinkButton>
                </p>
            </div>
        </Section>
    }
}

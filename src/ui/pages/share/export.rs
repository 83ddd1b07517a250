//! Tables and files: what would leave, how it was tried, and the ways to hand it over.

use super::Parts;
use super::audit::AuditSection;
use super::preview::PreviewSection;
use super::take::{EarlierSection, StudentSection, TakeSection};
use crate::share::gate::Shown;
use crate::share::suppress::linked::Detail;
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

/// Numbers about students that an export shows, and how many it tells as a range. Empty groups and tables
/// that are left out count for neither.
#[must_use]
pub fn shown_of(offer: &Offer) -> (u64, u64) {
    let (mut shown, mut coded) = (0, 0);
    for sheet in offer.release.sheets.iter().filter(|sheet| sheet.sizes_told != Detail::Nothing) {
        for (students, chronic) in sheet.students.iter().zip(&sheet.chronic) {
            if *students == Shown::Value(0) {
                continue;
            }
            let tells = sheet.outcomes_told != Detail::Nothing;
            shown += u64::from(students.value().is_some()) + u64::from(tells && chronic.value().is_some());
            coded += u64::from(tells && matches!(chronic, Shown::Coded(_)));
        }
    }
    (shown, coded)
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
    if !offer.report.passes() {
        return Prose::new()
            .strong("These tables cannot be shared as they are.")
            .plain(" Some hidden numbers could be worked out. Below is a coarser table that can be tried.");
    }
    let (shown, _) = shown_of(offer);
    let shown = format::plural(shown, "number is", "numbers are");
    match offer.report.hidden {
        0 => Prose::new().strong(format!("{shown} shown, and none had to be hidden.")),
        hidden => Prose::new()
            .strong(format!("{shown} shown; {} are hidden or told as a range.", format::count(hidden.into())))
            .plain(" The attacker built in here could work none of them out."),
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

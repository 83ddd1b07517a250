//! The definition lab: the definition in force, and what the same students look like under others.

mod edit;
mod side_by_side;

use crate::attendance::Preset;
use crate::state::use_state;
use crate::ui::components::{ButtonLink, Notice, NoticeKind, PageHead, Section};
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Holds without a file too: the definition is kept for the next one.
#[component]
pub fn DefinitionPage() -> impl IntoView {
    let state = use_state();
    let has_students =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| !l.outcome.dataset.stays.is_empty())));
    let shared = Memo::new(move |_| state.is_share());
    let finding = Signal::derive(move || {
        let d = state.definition.get();
        let text = Prose::new().strong(format!("{}. ", d.preset.label())).plain(format!("{}.", d.sentence()));
        text.plain(" It stands on every number here and in every file you take away.")
    });
    view! {
        <PageHead title="What counts as chronic absence" finding />
        <edit::EditSection />
        <Show when=move || has_students.get() && shared.get()>
            <Section title="Side by side">
                <Notice kind=NoticeKind::Remark title="Rates side by side show in Team mode">
                    <p>"Under two definitions, counts of the same students differ by a few, which can tell about one of them. The rules of each stand below; the rate by the definition in force is on the Share page."</p>
                </Notice>
            </Section>
        </Show>
        <Show when=move || has_students.get() && !shared.get() fallback=|| view! { <Presets /> }>
            <side_by_side::SideBySide />
            <Section title="Does another report say otherwise?" note="Type its number: the app tries the known differences one after the other.">
                <p><ButtonLink href="#/reconcile">"Explain another report’s number"</ButtonLink></p>
            </Section>
        </Show>
    }
}

/// Without students there is nothing to count, but rules can be read.
#[component]
fn Presets() -> impl IntoView {
    let state = use_state();
    let has_data = Memo::new(move |_| state.loaded.with(Option::is_some));
    view! {
        <Section title="The named definitions" note="How each is counted here, and what is known to be missing.">
            <dl class="presets">
                {Preset::NAMED
                    .map(|preset| view! {
                        <dt>{preset.label()}</dt>
                        <dd>{format!("{}. {}", preset.definition().full_sentence(), preset.remark())}</dd>
                    })
                    .collect_view()}
            </dl>
        </Section>
        <Show when=move || !has_data.get()>
            <NoDataBelow />
        </Show>
    }
}

#[component]
fn NoDataBelow() -> impl IntoView {
    let state = use_state();
    view! {
        <Section title="See what it does" note="With a file the rates stand side by side.">
            <p>
                <button type="button" class="link" on:click=move |_| state.try_example()>"Try the example"</button>
                " or "
                <a href="#/">"choose a file"</a>
            </p>
        </Section>
    }
}

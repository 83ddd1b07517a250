//! The workshop: which sessions there are, and the views of the one that is open.
//!
//! `#/workshop` is the map; below it stand a session's id and a view: `step` (participants),
//! `hand-in`, `facilitate`, `projector`, `answers`, `pages` (to print) and `edit`.

mod answers;
mod editor;
mod facilitator;
mod hand_in;
mod inputs;
mod map;
mod participant;
mod predict;
mod projector;
mod said;
mod sheets;
mod tools;

use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{EmptyState, PageHead};
use crate::ui::pages::share::keep_prepared;
use crate::workshop::run::View;
use leptos::prelude::*;

/// The address of a view of a session.
#[must_use]
fn address(session: &str, view: &str) -> String {
    format!("#/workshop/{session}/{view}")
}

#[component]
pub fn WorkshopPage() -> impl IntoView {
    let state = use_state();
    let workshop = use_workshop();
    // What others see of the loaded data is what the audited export tells.
    keep_prepared();
    let below = Memo::new(move |_| state.route.with(|route| route.below.clone()));
    let id = Memo::new(move |_| below.with(|below| below.first().cloned()));
    move || match id.get() {
        None => view! { <map::Map /> }.into_any(),
        Some(id) => {
            if !untrack(|| workshop.open(&id)) {
                return view! { <NoSuchSession /> }.into_any();
            }
            let view = Memo::new(move |_| below.with(|below| below.get(1).cloned().unwrap_or_default()));
            let shown = move || match view.get().as_str() {
                "facilitate" => {
                    as_view(View::Facilitator);
                    view! { <facilitator::Facilitate /> }.into_any()
                }
                "projector" => {
                    as_view(View::Projector);
                    view! { <projector::Projector /> }.into_any()
                }
                "edit" => view! { <editor::Editor /> }.into_any(),
                "answers" => view! { <answers::Answers /> }.into_any(),
                "pages" => view! { <sheets::Pages /> }.into_any(),
                "hand-in" => view! { <hand_in::HandIn /> }.into_any(),
                _ => {
                    as_view(View::Participant);
                    view! { <participant::Participate /> }.into_any()
                }
            };
            view! { <div class="page workshop-page">{shown}</div> }.into_any()
        }
    }
}

/// Notes which view is on this device's screen.
fn as_view(view: View) {
    let workshop = use_workshop();
    untrack(|| {
        if workshop.run.with_untracked(|run| run.view != view) {
            workshop.run.update(|run| run.view = view);
        }
    });
}

#[component]
fn NoSuchSession() -> impl IntoView {
    view! {
        <PageHead title="Workshop" />
        <EmptyState title="This session is not on this device" text="Open its file from the list of sessions.">
            <a href="#/workshop">"All sessions"</a>
        </EmptyState>
    }
}

//! What a page shows while there are no data.

use crate::state::{Page, use_state};
use crate::ui::components::{Button, ButtonKind, EmptyState, LinkButton, PageHead};
use leptos::prelude::*;

const NO_FILE: &str = "No file yet";

/// One sentence and two ways on.
#[component]
pub fn NoData(#[prop(into)] title: String, #[prop(into)] text: String) -> impl IntoView {
    let state = use_state();
    // Of the pages without data the small program has one, which shows public files as they are.
    #[cfg(feature = "full")]
    let (title_of_state, text) = words(state, text);
    #[cfg(not(feature = "full"))]
    let title_of_state = NO_FILE;
    view! {
        <PageHead title=title />
        <EmptyState title=title_of_state text>
            <Button kind=ButtonKind::Go on_click=move |()| state.try_example()>"Try the example"</Button>
            " "
            <LinkButton on_click=move |()| state.go("#/")>"Choose a file"</LinkButton>
        </EmptyState>
    }
}

/// What is missing: a file, or students in the public files that are loaded.
#[cfg(feature = "full")]
fn words(state: crate::state::AppState, text: String) -> (Signal<String>, Signal<String>) {
    let of_schools = Memo::new(move |_| {
        state.loaded.with(|l| l.as_ref().is_some_and(|l| crate::trust::published::is_published(&l.outcome.dataset)))
    });
    let title = Signal::derive(move || {
        if of_schools.get() { "This file has no students in it".to_owned() } else { NO_FILE.to_owned() }
    });
    let text = Signal::derive(move || {
        if of_schools.get() {
            format!(
                "What is loaded is about whole schools, which the page Schools compares. This page needs a file with a row for each student, or for each student and day. {text}"
            )
        } else {
            text.clone()
        }
    });
    (title, text)
}

/// While the program with every page is fetched, which takes over as long as this is what is shown.
#[cfg(not(feature = "full"))]
#[component]
pub fn Opening(page: Page) -> impl IntoView {
    use_state().wait_for_every_page();
    view! {
        <PageHead title=page.title() />
        <p role="status">"Opening…"</p>
    }
}

/// A page of the masthead that has nothing to show yet.
#[cfg(feature = "full")]
#[component]
pub fn NotHere(page: Page) -> impl IntoView {
    view! { <NoData title=page.title() text="Load an attendance file, or try the invented district." /> }
}

/// What others see of a page that is for the school's own team.
#[cfg(feature = "full")]
#[component]
pub fn ForTheTeam(
    #[prop(into)] page: String,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
) -> impl IntoView {
    let state = use_state();
    view! {
        <PageHead title=page />
        <EmptyState title text>
            <Button kind=ButtonKind::Go on_click=move |()| state.mode.set(crate::state::Mode::Team)>"Switch to team mode"</Button>
        </EmptyState>
    }
}

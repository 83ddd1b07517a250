//! What a page shows while there are no data.

use crate::state::{Page, use_state};
use crate::ui::components::{Button, ButtonKind, EmptyState, LinkButton, PageHead};
use leptos::prelude::*;

/// One sentence and two ways on.
#[component]
pub fn NoData(#[prop(into)] title: String, #[prop(into)] text: String) -> impl IntoView {
    let state = use_state();
    view! {
        <PageHead title=title />
        <EmptyState title="No file yet" text>
            <Button kind=ButtonKind::Go on_click=move |()| state.try_example()>"Try the example"</Button>
            " "
            <LinkButton on_click=move |()| state.go("#/")>"Choose a file"</LinkButton>
        </EmptyState>
    }
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

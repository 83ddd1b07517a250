//! Words for a screen reader alone, said when the person is next idle.

use leptos::prelude::*;

/// One per page, always present, so that a change of `message` is heard.
#[component]
pub fn LiveRegion(#[prop(into)] message: Signal<String>) -> impl IntoView {
    view! { <div class="visually-hidden" role="status" aria-live="polite">{move || message.get()}</div> }
}

//! Nothing here yet: one sentence, one action.

use leptos::prelude::*;

/// `children` is the action: a [`super::Button`], a link, or nothing.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <p class="empty-state__title">{move || title.get()}</p>
            <p class="empty-state__text">{move || text.get()}</p>
            {children.map(|children| view! { <div class="empty-state__action">{children()}</div> })}
        </div>
    }
}

//! The foot of a page that asks for a decision: what to do next, why not yet, and the way out.

use leptos::prelude::*;

/// `children` is the decision; `way_out` stands at the other end.
#[component]
pub fn ActionBar(#[prop(optional, into)] way_out: Option<ViewFnOnce>, children: Children) -> impl IntoView {
    view! {
        <div class="action-bar">
            <div class="button-row">{children()}</div>
            {way_out.map(|way_out| way_out.run())}
        </div>
    }
}

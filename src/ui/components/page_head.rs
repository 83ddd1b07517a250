//! The head of a page: its name in the margin, its finding beside it.

use super::finding::Finding;
use crate::ui::prose::Prose;
use leptos::html;
use leptos::prelude::*;

/// One per page. `above` and `below` frame the title (a way back; a file's name or a student's grade).
/// `title_ref` lets the page give the title the focus when the address changes.
#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] finding: Signal<Prose>,
    #[prop(optional, into)] above: Option<ViewFnOnce>,
    #[prop(optional, into)] below: Option<ViewFnOnce>,
    #[prop(optional)] title_ref: NodeRef<html::H1>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div class="page-head__side">
                {above.map(|above| above.run())}
                <h1 tabindex="-1" node_ref=title_ref>{move || title.get()}</h1>
                {below.map(|below| below.run())}
            </div>
            <Show when=move || finding.with(|finding| !finding.is_empty())>
                <Finding text=finding />
            </Show>
        </div>
    }
}

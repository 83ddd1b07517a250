//! The finding: what the data say, in one serif sentence.

use super::prose_view::ProseView;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Opens every page. `text` is the sentence; its strong parts carry the number.
#[component]
pub fn Finding(#[prop(into)] text: Signal<Prose>) -> impl IntoView {
    view! { <p class="finding"><ProseView text /></p> }
}

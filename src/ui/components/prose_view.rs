//! A sentence with bold words, shown as text.

use crate::ui::prose::{Part, Prose};
use leptos::prelude::*;

/// Shows `text`, its strong parts in bold.
#[component]
pub fn ProseView(#[prop(into)] text: Signal<Prose>) -> impl IntoView {
    move || {
        text.get()
            .parts
            .into_iter()
            .map(|part| match part {
                Part::Plain(words) => words.into_any(),
                Part::Strong(words) => view! { <strong>{words}</strong> }.into_any(),
            })
            .collect_view()
    }
}

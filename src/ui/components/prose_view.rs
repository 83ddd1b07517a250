//! A sentence with bold words, shown as text.

use crate::ui::prose::{Part, Prose};
use leptos::prelude::*;

/// A number and its percent sign stay on one line.
pub(super) fn kept_together(words: &str) -> String {
    words.replace(" %", "\u{a0}%")
}

/// Shows `text`, its strong parts in bold.
#[component]
pub fn ProseView(#[prop(into)] text: Signal<Prose>) -> impl IntoView {
    move || {
        text.get()
            .parts
            .into_iter()
            .map(|part| match part {
                Part::Plain(words) => kept_together(&words).into_any(),
                Part::Strong(words) => view! { <strong>{kept_together(&words)}</strong> }.into_any(),
            })
            .collect_view()
    }
}

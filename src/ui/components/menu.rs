//! A short list of deeds behind one word.

use super::choice::Choice;
use leptos::html;
use leptos::prelude::*;

/// Opens on click, Enter or Space; closes on Escape, on choosing, and when the focus leaves.
#[component]
pub fn Menu(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] choices: Vec<Choice>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    let close = move || {
        if let Some(menu) = node.get_untracked() {
            menu.set_open(false);
        }
        if let Some(summary) = summary.get_untracked() {
            // Focus goes back to the word; were it gone, there would be nowhere to go.
            let _ = summary.focus();
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && node.get_untracked().is_some_and(|menu| menu.open()) {
            close();
        }
    };
    let items = choices
        .into_iter()
        .map(|choice| {
            let value = choice.value;
            let choose = move |_| {
                on_choose.run(value.clone());
                close();
            };
            view! { <button type="button" class="menu__item" on:click=choose>{choice.label}</button> }
        })
        .collect_view();
    view! {
        <details class="menu" node_ref=node on:keydown=on_key>
            <summary class="link" node_ref=summary>{move || label.get()}</summary>
            <div class="menu__list">{items}</div>
        </details>
    }
}

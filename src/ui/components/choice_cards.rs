//! A decision among a few, each with a word about what it means: native radios in frames.

use super::ids;
use leptos::prelude::*;

/// One way to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceCard {
    pub value: String,
    pub label: String,
    /// `change it, test again`
    pub meaning: String,
}

#[component]
pub fn ChoiceCards(
    #[prop(into)] question: Signal<String>,
    #[prop(into)] cards: Vec<ChoiceCard>,
    #[prop(into)] value: Signal<Option<String>>,
    #[prop(into)] on_change: Callback<String>,
) -> impl IntoView {
    let group = ids::unique("choice");
    let items = cards
        .into_iter()
        .map(|card| {
            let key = card.value.clone();
            let chosen = move || value.with(|value| value.as_ref() == Some(&key));
            view! {
                <label class="choice-card">
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=chosen
                        on:change=move |_| on_change.run(card.value.clone())
                    />
                    {card.label}
                    <small>{card.meaning}</small>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend class="segmented__legend">{move || question.get()}</legend>
            <div class="choice-cards">{items}</div>
        </fieldset>
    }
}

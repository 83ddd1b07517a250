//! Radios in one frame. Nothing chosen means an open question.

use super::choice::Choice;
use super::ids;
use leptos::prelude::*;

/// Whether the question stands above the radios or is only read out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Legend {
    #[default]
    Hidden,
    Shown,
}

/// `value` is the chosen choice's value; `None`, or a value of no choice, leaves all open.
/// `id` goes to the first radio, so that a reason elsewhere can lead to the question.
#[component]
pub fn Segmented(
    #[prop(into)] question: Signal<String>,
    #[prop(into)] choices: Vec<Choice>,
    #[prop(into)] value: Signal<Option<String>>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(optional)] legend: Legend,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let group = ids::unique("segmented");
    let first_id = id.unwrap_or_else(|| format!("{group}-0"));
    let items = choices
        .into_iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = if at == 0 { first_id.clone() } else { format!("{group}-{at}") };
            let key = choice.value.clone();
            let chosen = move || value.with(|value| value.as_ref() == Some(&key));
            view! {
                <div class="segmented__item">
                    <input
                        class="segmented__input"
                        type="radio"
                        id=id.clone()
                        name=group.clone()
                        value=choice.value.clone()
                        prop:checked=chosen
                        on:change=move |_| on_change.run(choice.value.clone())
                    />
                    <label class="segmented__option" for=id>{choice.label}</label>
                </div>
            }
        })
        .collect_view();
    let legend = match legend {
        Legend::Hidden => "visually-hidden",
        Legend::Shown => "segmented__legend",
    };
    view! {
        <fieldset class="segmented">
            <legend class=legend>{move || question.get()}</legend>
            <div class="segmented__set">{items}</div>
        </fieldset>
    }
}

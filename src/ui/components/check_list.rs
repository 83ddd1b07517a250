//! Several answers at once: a check box each, in a frame of its own.

use super::choice::Choice;
use leptos::prelude::*;

/// `chosen` holds the values that are ticked; `on_toggle` gives the value and whether it is ticked now.
#[component]
pub fn CheckList(
    #[prop(into)] legend: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] chosen: Signal<Vec<String>>,
    #[prop(into)] on_toggle: Callback<(String, bool)>,
) -> impl IntoView {
    let boxes = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let key = choice.value.clone();
                let ticked = move || chosen.with(|chosen| chosen.contains(&key));
                let value = choice.value;
                view! {
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=ticked
                            on:change=move |event| on_toggle.run((value.clone(), event_target_checked(&event)))
                        />
                        {choice.label}
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset>
            <legend class="check-list__legend">{move || legend.get()}</legend>
            <div class="check-list">{boxes}</div>
        </fieldset>
    }
}

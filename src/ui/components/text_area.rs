//! A text area: bold label, hint above, native control.

use super::field::Notes;
use super::ids;
use leptos::prelude::*;

#[component]
pub fn TextArea(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| ids::unique("text"));
    let notes = Notes::new(&id, hint, error);
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{move || label.get()}</label>
            {notes.hint_view()}
            <textarea
                class="field__control"
                id=id
                prop:value=move || value.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=notes.described_by()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            ></textarea>
            {notes.error_view()}
        </div>
    }
}

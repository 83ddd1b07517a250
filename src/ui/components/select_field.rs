//! A native select, alone for tables and with its label for forms.

use super::choice::Choice;
use super::field::Notes;
use super::ids;
use leptos::prelude::*;

/// 44 px high in a form, 34 px in a table's row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SelectSize {
    #[default]
    Normal,
    Small,
}

/// A labelled select. An empty `value` that is none of the choices shows an empty first line.
#[component]
pub fn SelectField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] size: SelectSize,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| ids::unique("select"));
    let notes = Notes::new(&id, hint, error);
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{move || label.get()}</label>
            {notes.hint_view()}
            <span class=class_of(size)>
                <select
                    class="field__control"
                    id=id
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=notes.described_by()
                    on:change=move |event| on_change.run(event_target_value(&event))
                >
                    {options(choices, value)}
                </select>
            </span>
            {notes.error_view()}
        </div>
    }
}

/// A select whose label is its place in a table; `label` is read out, not shown.
#[component]
pub fn Select(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(optional)] size: SelectSize,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    view! {
        <span class=class_of(size)>
            <select
                class="field__control"
                id=id
                aria-label=move || label.get()
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {options(choices, value)}
            </select>
        </span>
    }
}

fn class_of(size: SelectSize) -> &'static str {
    match size {
        SelectSize::Normal => "select",
        SelectSize::Small => "select select--small",
    }
}

/// Each option knows whether it is chosen, so the order of options and value never matters.
fn options(choices: Signal<Vec<Choice>>, value: Signal<String>) -> impl IntoView {
    // Followed by every option: it moves only when another is chosen.
    let value = Memo::new(move |_| value.get());
    move || {
        let known = choices.get();
        let is_open = {
            let known = known.clone();
            move || value.with(|value| known.iter().all(|choice| &choice.value != value))
        };
        let listed = known
            .into_iter()
            .map(|choice| {
                let key = choice.value.clone();
                let chosen = move || value.with(|value| *value == key);
                view! { <option value=choice.value prop:selected=chosen>{choice.label}</option> }
            })
            .collect_view();
        view! {
            <Show when=is_open>
                <option value="" disabled=true prop:selected=true>"Choose…"</option>
            </Show>
            {listed}
        }
    }
}

//! A text field: bold label, hint above, native input, an error as a sentence.

use super::ids;
use leptos::prelude::*;

/// What is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    #[default]
    Text,
    /// A whole number: digits right, the phone shows digits.
    Whole,
    /// A number with decimals.
    Decimal,
    Date,
    Time,
}

impl FieldKind {
    const fn input_type(self) -> &'static str {
        match self {
            FieldKind::Date => "date",
            FieldKind::Time => "time",
            FieldKind::Text | FieldKind::Whole | FieldKind::Decimal => "text",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            FieldKind::Whole => Some("numeric"),
            FieldKind::Decimal => Some("decimal"),
            FieldKind::Text | FieldKind::Date | FieldKind::Time => None,
        }
    }
}

/// `on_input` fires with every letter; `on_change` once the person leaves the field.
#[component]
pub fn Field(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| ids::unique("field"));
    let notes = Notes::new(&id, hint, error);
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{move || label.get()}</label>
            {notes.hint_view()}
            <input
                class="field__control"
                id=id
                type=kind.input_type()
                inputmode=kind.input_mode()
                autocomplete="off"
                prop:value=move || value.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=notes.described_by()
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            />
            {notes.error_view()}
        </div>
    }
}

/// The hint above and the error below a control, tied to it by their ids.
#[derive(Clone)]
pub(super) struct Notes {
    hint_id: String,
    error_id: String,
    hint: Signal<String>,
    error: Signal<Option<String>>,
}

impl Notes {
    pub(super) fn new(id: &str, hint: Signal<String>, error: Signal<Option<String>>) -> Notes {
        Notes { hint_id: format!("{id}-hint"), error_id: format!("{id}-error"), hint, error }
    }

    pub(super) fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static + use<> {
        let Notes { hint_id, error_id, hint, error } = self.clone();
        move || match (hint.with(String::is_empty), error.with(Option::is_some)) {
            (true, false) => None,
            (false, false) => Some(hint_id.clone()),
            (true, true) => Some(error_id.clone()),
            (false, true) => Some(format!("{hint_id} {error_id}")),
        }
    }

    pub(super) fn hint_view(&self) -> impl IntoView + use<> {
        let Notes { hint_id, hint, .. } = self.clone();
        move || {
            let words = hint.get();
            (!words.is_empty()).then(|| view! { <span class="field__hint" id=hint_id.clone()>{words}</span> })
        }
    }

    pub(super) fn error_view(&self) -> impl IntoView + use<> {
        let Notes { error_id, error, .. } = self.clone();
        move || error.get().map(|words| view! { <span class="field__error" id=error_id.clone()>{words}</span> })
    }
}

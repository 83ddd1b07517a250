//! The switch between Team mode (names can show) and Share mode (no names): two radios.

use super::ids;
use leptos::prelude::*;

/// Who may be looking at this screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Names can show.
    Team,
    /// No names, nothing about fewer than 11 students.
    #[default]
    Share,
}

impl Mode {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Mode::Team => "Team",
            Mode::Share => "Share",
        }
    }

    /// What the mode means, beside the switch.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Mode::Team => "Team mode: names can show",
            Mode::Share => "Share mode: no names",
        }
    }
}

/// Two radios that look like one switch. `words` replaces the usual meaning beside it.
#[component]
pub fn ModeSwitch(
    #[prop(into)] mode: Signal<Mode>,
    #[prop(into)] on_mode: Callback<Mode>,
    #[prop(optional, into)] words: Signal<Option<String>>,
) -> impl IntoView {
    let group = ids::unique("mode");
    let option = move |choice: Mode| {
        let id = ids::unique("mode-option");
        view! {
            <input
                class="mode-switch__input"
                type="radio"
                id=id.clone()
                name=group.clone()
                prop:checked=move || mode.get() == choice
                on:change=move |_| on_mode.run(choice)
            />
            <label class="mode-switch__option" for=id>{choice.label()}</label>
        }
    };
    let said = move || words.get().unwrap_or_else(|| mode.get().meaning().to_owned());
    view! {
        <div class="mode-switch">
            <span class="mode-switch__words" aria-hidden="true">{said}</span>
            <fieldset class="mode-switch__set">
                <legend class="visually-hidden">{said}</legend>
                {option(Mode::Team)}
                {option(Mode::Share)}
            </fieldset>
        </div>
    }
}

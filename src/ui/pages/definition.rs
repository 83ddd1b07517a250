//! The definition in force: the named presets, and one's own.

use crate::attendance::{Days, Preset};
use crate::state::use_state;
use crate::ui::components::{Choice, Field, FieldKind, Section, SelectField};
use leptos::prelude::*;

/// Every number follows the moment it is changed, and says by which definition it was counted.
#[component]
pub fn DefinitionSection() -> impl IntoView {
    let state = use_state();
    let definition = state.definition;
    let choices: Vec<Choice> =
        Preset::NAMED.into_iter().chain([Preset::Own]).map(|p| Choice::new(p.key(), p.label())).collect();
    let value = Signal::derive(move || definition.with(|d| d.preset.key().to_string()));
    let choose = move |key: String| {
        let preset = Preset::NAMED.into_iter().chain([Preset::Own]).find(|p| p.key() == key);
        match preset {
            // One's own starts from what holds now.
            Some(Preset::Own) => definition.update(|d| d.preset = Preset::Own),
            Some(preset) => definition.set(preset.definition()),
            None => {}
        }
    };
    let is_own = Memo::new(move |_| definition.with(|d| d.preset == Preset::Own));
    let said = move || {
        definition.with(|d| {
            let mut words =
                format!("{}, for students with at least {} enrolled days", d.sentence(), d.minimum.as_f64());
            if d.minimum_share > 0 {
                words.push_str(&format!(" and {} % of the longest enrolment in the file", d.minimum_share));
            }
            if d.present_once {
                words.push_str(" who were present at least once");
            }
            words.push('.');
            words
        })
    };
    let (percent_error, days_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let percent = move |text: String| match Days::parse(&text).map(Days::thousandths) {
        Some(thousandths @ 1..=100_000) => {
            percent_error.set(None);
            definition.update(|d| d.threshold = thousandths as u32);
        }
        _ => percent_error.set(Some("Write a percent above 0 and up to 100.".into())),
    };
    let days = move |text: String| match Days::parse(&text) {
        Some(days) if days >= Days::ZERO => {
            days_error.set(None);
            definition.update(|d| d.minimum = days);
        }
        _ => days_error.set(Some("Write a number of days, such as 10.".into())),
    };
    view! {
        <Section
            title="Definition"
            note="It stands under every number and in every file you take away. States and systems differ, and so do their rates."
        >
            <SelectField
                label="What counts as chronic absence"
                choices=Signal::stored(choices)
                value
                on_change=choose
            />
            <p class="section__note">{said}</p>
            <Show when=move || is_own.get()>
                <Field
                    label="Chronic from this percent of enrolled days"
                    kind=FieldKind::Decimal
                    value=Signal::derive(move || definition.with(|d| d.percent().to_string()))
                    on_change=Callback::new(percent)
                    error=percent_error
                />
                <Field
                    label="Students with fewer enrolled days are counted apart"
                    kind=FieldKind::Decimal
                    value=Signal::derive(move || definition.with(|d| d.minimum.as_f64().to_string()))
                    on_change=Callback::new(days)
                    error=days_error
                />
            </Show>
        </Section>
    }
}

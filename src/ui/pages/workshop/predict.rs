//! Predict, then look: the guesses, and the drawing that holds the rates back until then.

use crate::charts::Width;
use crate::charts::workshop::{Reveal, Setting};
use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{Button, ButtonKind, ChartHead, Reason, ids};
use crate::ui::figure::Figure;
use crate::workshop::chart_words::{chart_in, note_in};
use crate::workshop::exhibits::{self, Look};
use crate::workshop::gather::Participant;
use crate::workshop::session::Subjects;
use crate::workshop::tally::{Said, tally_field};
use crate::workshop::trio::picked_caveat;
use crate::workshop::words::{Word, guesses_left};
use crate::workshop::{Field, Language, Step, Value, exhibit};
use leptos::prelude::*;

/// One box for each school, and the button that shows the answer once all are filled.
#[component]
pub(super) fn Guesses(step: String, field: Field, language: Language, subjects: Subjects) -> impl IntoView {
    let workshop = use_workshop();
    let schools = move || {
        let audience = workshop.audience();
        workshop.figures.with(|figures| match subjects {
            Subjects::Exhibit => exhibit::TRIAD
                .iter()
                .map(|school| {
                    let poverty = school.poverty_percent;
                    let note = match language {
                        Language::English => format!("{poverty} % in poverty"),
                        Language::Spanish => format!("{poverty} % en la pobreza"),
                    };
                    (school.key.to_owned(), school.name.to_owned(), note)
                })
                .collect::<Vec<_>>(),
            Subjects::Schools => figures
                .trio(audience)
                .into_iter()
                .flat_map(|trio| trio.schools)
                .map(|at| {
                    let school = &figures.schools[at];
                    (school.name.clone(), school.name.clone(), note_in(language, &school.note(audience)))
                })
                .collect(),
        })
    };
    let (step_id, field_id) = (step.clone(), field.id.clone());
    let boxes = move || {
        let rows = schools();
        if rows.is_empty() {
            return view! { <p class="quiet">{language.pick(
                "The loaded data hold no three schools of 50 students or more whose rates can be shown here. Discuss the question instead.",
                "Los datos cargados no tienen tres escuelas de 50 estudiantes o más cuyas tasas puedan mostrarse aquí. Conversen sobre la pregunta.",
            )}</p> }
            .into_any();
        }
        rows.into_iter()
            .map(|(key, name, note)| {
                let id = ids::unique("guess");
                let (step, field) = (step_id.clone(), field_id.clone());
                let (step_of, field_of, key_of) = (step.clone(), field.clone(), key.clone());
                let value = Memo::new(move |_| match workshop.value(&step_of, &field_of) {
                    Some(Value::Predictions(guesses)) => guesses.get(&key_of).copied(),
                    _ => None,
                });
                let wrong = RwSignal::new(false);
                let typed = move |text: String| {
                    let text = text.trim().trim_end_matches('%').trim();
                    let guess = text.parse::<u8>().ok().filter(|guess| *guess <= 100);
                    wrong.set(guess.is_none() && !text.is_empty());
                    workshop.change(|run, _, _| run.predict(&step, &field, &key, guess));
                };
                view! {
                    <div class="guess">
                        <label for=id.clone()><strong>{name}</strong><span class="guess__note">{note}</span></label>
                        <input class="field__control" type="text" inputmode="numeric" id=id autocomplete="off"
                            prop:value=move || if wrong.get() { None } else { Some(value.get().map_or(String::new(), |guess| guess.to_string())) }
                            aria-invalid=move || wrong.get().then_some("true")
                            on:input=move |event| typed(event_target_value(&event)) />
                        {move || wrong.get().then(|| view! { <span class="field__error">{language.pick("A whole number from 0 to 100", "Un número entero de 0 a 100")}</span> })}
                    </div>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <fieldset class="guesses">
            <legend class="field__label">{field.label.get(language).to_owned()}</legend>
            {boxes}
        </fieldset>
    }
}

/// “Show the answer”, with what is still missing beside it.
#[component]
pub(super) fn ShowTheAnswer(step: Step, language: Language) -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let (for_why, for_shown) = (step.clone(), step.id.clone());
    let why = Signal::derive(move || {
        let missing = workshop.run.with(|run| run.guesses_missing(&for_why, &workshop.schools_to_predict()));
        (!missing.is_empty()).then(|| Reason::from(guesses_left(language, &missing)))
    });
    let shown = Memo::new(move |_| workshop.run.with(|run| run.is_revealed(&for_shown)));
    let show = move |()| {
        let schools = untrack(|| workshop.schools_to_predict());
        workshop.change(|run, _, _| {
            // The button is off while a guess is missing.
            let _ = run.reveal(&step, &schools);
        });
        state.announcement.set(language.pick("The rates are shown.", "Ya se muestran las tasas.").into());
    };
    view! {
        <Show when=move || !shown.get()>
            <p class="reveal"><Button kind=ButtonKind::Go disabled_because=why on_click=show.clone()>{Word::ShowTheAnswer.get(language)}</Button></p>
        </Show>
    }
}

/// The width of an exhibit beside a step.
#[must_use]
pub(super) fn exhibit_width() -> Width {
    match use_state().chart_width.get() {
        Width::WIDE => Width::MIDDLE,
        other => other,
    }
}

/// The drawing of one person's guesses, or of a room's.
#[component]
pub(super) fn PredictionFigure(
    step: Step,
    language: Language,
    /// Whose guesses; this device's own where `None`.
    #[prop(optional_no_strip)]
    people: Option<Signal<Vec<Participant>>>,
) -> impl IntoView {
    let workshop = use_workshop();
    let Some((field, about)) = step.predictions().map(|(field, about)| (field.clone(), about)) else {
        return ().into_any();
    };
    let own = move || {
        vec![Participant {
            label: Word::YourGuess.get(language).to_owned(),
            neutral_label: Word::YourGuess.get(language).to_owned(),
            answers: workshop.run.with(|run| run.answers.clone()),
            files: Vec::new(),
        }]
    };
    let for_shown = step.id.clone();
    let shown = Memo::new(move |_| workshop.run.with(|run| run.is_revealed(&for_shown)));
    let title = match people {
        None => language.pick("Your prediction", "Su predicción"),
        Some(_) => language.pick("Predictions of the room", "Predicciones del grupo"),
    };
    let chart = Signal::derive(move || {
        let people = people.map_or_else(own, |people| people.get());
        let guesses = match tally_field(&people, &step, &field).said {
            Said::Predictions(guesses) => guesses,
            _ => Vec::new(),
        };
        let look = Look { audience: workshop.audience(), width: exhibit_width(), setting: Setting::Page };
        let reveal = if shown.get() { Reveal::Shown } else { Reveal::PredictionsOnly };
        let chart =
            workshop.figures.with(|figures| exhibits::predictions(about, figures, &guesses, reveal, title, look));
        chart_in(language, chart)
    });
    let hidden = move || {
        (!shown.get()).then(|| {
            let words = language.pick(
                "The real rates stay hidden until every school has a guess.",
                "Las tasas reales se ocultan hasta que cada escuela tenga una predicción.",
            );
            view! { <p class="exhibit-lead">{words}</p> }
        })
    };
    let notes = move || match (shown.get(), about) {
        (false, _) => Vec::new(),
        (true, Subjects::Schools) => {
            let trio = workshop.figures.with(|figures| figures.trio(workshop.audience()));
            trio.map(|trio| picked_caveat(trio.alike).get(language).to_owned()).into_iter().collect()
        }
        (true, Subjects::Exhibit) => exhibit::caveats().iter().map(|text| text.get(language).to_owned()).collect(),
    };
    let invented = move || {
        let invented = about == Subjects::Schools
            && workshop.figures.with(|figures| figures.origin == crate::workshop::figures::Origin::Invented);
        invented.then(|| view! { <p class="exhibit-note">{Word::InventedDistrict.get(language)}</p> })
    };
    view! {
        <h2 class="exhibit-title">{title}</h2>
        {hidden}
        <Figure chart name="predictions" head=ChartHead::InTheMargin />
        {move || notes().into_iter().map(|text| view! { <p class="exhibit-note">{text}</p> }).collect_view()}
        {invented}
    }
    .into_any()
}

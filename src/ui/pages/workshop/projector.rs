//! One step in large type, read from the back of a room. It is always as others may see it: no
//! name, nothing about fewer than 11 students, whatever the page's mode was.

use super::address;
use super::said::{apart, poll_chart};
use super::tools::{Group, lists_in};
use crate::browser::document;
use crate::charts::workshop::{Reveal, Setting};
use crate::charts::{Chart, Width};
use crate::state::workshop::use_workshop;
use crate::state::{Mode, use_state};
use crate::ui::components::Mark;
use crate::workshop::chart_words::chart_in;
use crate::workshop::exhibits::{self, Look, tool_chart};
use crate::workshop::figures::Audience;
use crate::workshop::session::{Card, Subjects};
use crate::workshop::tally::{Said, against, tally_field};
use crate::workshop::trio::picked_caveat;
use crate::workshop::words::{Word, found, step_of, surprise};
use crate::workshop::{Language, Step, Tool};
use leptos::prelude::*;

#[component]
pub(super) fn Projector() -> impl IntoView {
    let state = use_state();
    let workshop = use_workshop();
    // From here on the whole page is in share mode, also after the projector is left.
    Effect::new(move |_| {
        if state.mode.get() != Mode::Share {
            state.mode.set(Mode::Share);
        }
    });
    let language = Memo::new(move |_| workshop.language());
    let step = Memo::new(move |_| {
        let current = workshop.run.with(|run| run.current.clone());
        workshop.session.with(|session| session.step(&current).cloned())
    });
    let place = move || {
        workshop.session.with(|session| {
            workshop.run.with(|run| step_of(language.get(), run.position(session) + 1, session.steps.len()))
        })
    };
    let left = move || {
        let now = workshop.now.get();
        let clock = workshop.session.with(|session| workshop.run.with(|run| run.clock(session, now)));
        let word = if clock.left_seconds() < 0 { Word::Over } else { Word::Left };
        view! { <strong>{clock.text()}</strong>" "{word.get(language.get())} }
    };
    view! {
        <div class="projector" lang=move || language.get().code()>
            <div class="projector__top">
                <Mark />
                <strong>{place}</strong>
                <span>{move || Word::NoNames.get(language.get())}</span>
                <span class="projector__left" role="timer" aria-live="off">{left}</span>
            </div>
            {move || step.get().map(|step| view! { <Shown step language=language.get() /> })}
            <Controls />
        </div>
    }
}

/// As wide as the room allows; beside the page's own widths there is one for a whole screen.
fn width() -> Width {
    match use_state().chart_width.get() {
        Width::WIDE => Width(1168),
        other => other,
    }
}

/// How much larger than a page's the words of a projector are, as `Setting::Projector` has it.
const LARGER_TENTHS: u32 = 17;

/// How wide a drawing made for a page is drawn, to be shown `width` wide: its words are then as large as those of
/// the drawings made for a projector.
fn drawn_small(width: Width) -> Width {
    Width((width.0 * 10 / LARGER_TENTHS).max(288))
}

#[component]
fn Shown(step: Step, language: Language) -> impl IntoView {
    let workshop = use_workshop();
    let people = Memo::new(move |_| workshop.gathering.with(|gathering| gathering.participants(language)));
    let for_shown = step.id.clone();
    let revealed = Memo::new(move |_| workshop.run.with(|run| run.is_revealed(&for_shown)));
    let surprised = {
        let step = step.clone();
        move || {
            let (field, about) = step.predictions().filter(|_| revealed.get())?;
            let Said::Predictions(guesses) = people.with(|people| tally_field(people, &step, field).said) else {
                return None;
            };
            let reveals = workshop.figures.with(|figures| exhibits::reveals(about, figures, Audience::Others));
            let lines = against(&guesses, &reveals);
            // The three that the step asks about come first.
            surprise(&lines).or_else(|| found(&lines[..lines.len().min(3)]))
        }
    };
    let title = {
        let own = step.title.clone();
        move || surprised().unwrap_or_else(|| own.clone()).get(language).to_owned()
    };
    let charts = {
        let step = step.clone();
        Memo::new(move |_| charts_of(&step, revealed.get(), &people.get(), language))
    };
    let drawn = move || {
        charts
            .get()
            .into_iter()
            .map(|(chart, note)| {
                let chart = chart_in(language, chart);
                let label = format!("{}. {}", chart.title, chart.summary);
                view! {
                    <div class="projector__chart">
                        <p class="projector__name">{chart.title}</p>
                        // Output of `charts` alone.
                        <div role="img" aria-label=label inner_html=chart.svg></div>
                        {note.map(|note| view! { <p class="projector__text">{note}</p> })}
                    </div>
                }
            })
            .collect_view()
    };
    let wrote = {
        let step = step.clone();
        move || {
            let n = people
                .with(|people| people.iter().filter(|person| person.answers.steps.contains_key(&step.id)).count());
            (n > 0).then(|| {
                let words = match (language, n) {
                    (Language::English, 1) => "1 device has answered this step.".to_owned(),
                    (Language::English, n) => format!("{n} devices have answered this step."),
                    (Language::Spanish, 1) => "1 dispositivo ha respondido este paso.".to_owned(),
                    (Language::Spanish, n) => format!("{n} dispositivos han respondido este paso."),
                };
                view! { <p class="projector__text">{words}</p> }
            })
        }
    };
    let cards = (step.predictions().is_none()).then(|| {
        let cards: Vec<Card> = if step.cards.is_empty() { tool_cards(step.tool) } else { step.cards.clone() };
        cards
            .into_iter()
            .map(|card| {
                let lines = card.lines.iter().map(|line| view! { <li>{line.get(language).to_owned()}</li> }).collect_view();
                view! { <div class="projector__card"><h2>{card.title.get(language).to_owned()}</h2><ul>{lines}</ul></div> }
            })
            .collect_view()
    });
    let prompt = step.prompt.get(language).to_owned();
    view! {
        <h1 class="projector__title" tabindex="-1">{title}</h1>
        // Once the answer stands there, the room is given to it.
        <Show when=move || !revealed.get()><p class="projector__text projector__prompt">{prompt.clone()}</p></Show>
        {wrote}
        <div class="projector__exhibit">{drawn}<div class="projector__cards">{cards}</div></div>
    }
}

/// A tool's lists in large type, where they are short enough to be read from afar.
fn tool_cards(tool: Option<Tool>) -> Vec<Card> {
    use crate::workshop::Text;
    let Some(tool) = tool else { return Vec::new() };
    let groups = lists_in(tool, Language::English);
    let n: usize = groups.iter().map(|(_, items)| items.len()).sum();
    if n > 12 {
        return Vec::new();
    }
    let card = |((title, items), (titulo, lista)): (Group, Group)| Card {
        title: Text::new(&title, &titulo),
        lines: items.iter().zip(&lista).map(|((name, _), (nombre, _))| Text::new(name, nombre)).collect(),
    };
    groups.into_iter().zip(lists_in(tool, Language::Spanish)).map(card).collect()
}

/// What is drawn for a step: the room's predictions, its polls, and the step's tool.
fn charts_of(
    step: &Step,
    revealed: bool,
    people: &[crate::workshop::gather::Participant],
    language: Language,
) -> Vec<(Chart, Option<String>)> {
    let workshop = use_workshop();
    let look = Look { audience: Audience::Others, width: width(), setting: Setting::Projector };
    workshop.figures.with(|figures| {
        let mut charts = Vec::new();
        for field in &step.fields {
            match tally_field(people, step, field).said {
                Said::Predictions(guesses) => {
                    let Some((_, about)) = step.predictions() else { continue };
                    let reveal = if revealed { Reveal::Shown } else { Reveal::PredictionsOnly };
                    let title = match (language, people.len()) {
                        (Language::English, 0) => "Chronically absent students".to_owned(),
                        (Language::English, 1) => "Chronically absent students, with 1 prediction".to_owned(),
                        (Language::English, n) => format!("Chronically absent students, with your {n} predictions"),
                        (Language::Spanish, 0) => "Estudiantes con ausencia crónica".to_owned(),
                        (Language::Spanish, 1) => "Estudiantes con ausencia crónica, con 1 predicción".to_owned(),
                        (Language::Spanish, n) => format!("Estudiantes con ausencia crónica, con sus {n} predicciones"),
                    };
                    let unlike = || figures.trio(look.audience).is_some_and(|trio| !trio.alike);
                    let caveat = (revealed && about == Subjects::Schools && unlike())
                        .then(|| picked_caveat(false).get(language).to_owned());
                    charts.push((exhibits::predictions(about, figures, &guesses, reveal, &title, look), caveat));
                }
                Said::Poll(counted) if counted.answered > 0 => {
                    let title = field.label.get(language).to_owned();
                    charts.push((poll_chart(&title, &counted, Setting::Projector, look.width), apart(&counted)));
                }
                _ => {}
            }
        }
        let tool = step.tool.filter(|_| step.predictions().is_none());
        let small = Look { width: drawn_small(look.width), ..look };
        charts.extend(tool.and_then(|tool| tool_chart(tool, figures, small)).map(|chart| {
            let foot = chart_in(language, chart.clone()).foot;
            (chart, Some(foot))
        }));
        charts
    })
}

#[component]
fn Controls() -> impl IntoView {
    let workshop = use_workshop();
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    let step = Memo::new(move |_| {
        let current = workshop.run.with(|run| run.current.clone());
        workshop.session.with(|session| session.step(&current).cloned())
    });
    let can_reveal = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .is_some_and(|step| step.predictions().is_some() && workshop.run.with(|run| !run.is_revealed(&step.id)))
        })
    });
    let reveal = move |_| {
        let Some(step) = step.get_untracked() else { return };
        let schools = untrack(|| workshop.schools_to_predict());
        workshop.change(|run, _, _| {
            // On a projector the facilitator reveals: the room has guessed.
            let _ = run.reveal(&step, &schools);
        });
    };
    let say = move |word: Word| move || word.get(workshop.language());
    let running = Memo::new(move |_| workshop.run.with(|run| run.running_since.is_some()));
    let toggle = move |_| {
        workshop
            .change(|run, _, now| if run.running_since.is_some() { run.stop_clock(now) } else { run.start_clock(now) });
    };
    let go = move |forward: bool| {
        workshop.change(|run, session, now| if forward { run.next(session, now) } else { run.back(session, now) });
        document::scroll_to_top();
        document::focus_title();
    };
    view! {
        <div class="projector__foot">
            <div class="button-row">
                <button type="button" class="button button--small" on:click=move |_| go(false)>{say(Word::Back)}</button>
                <button type="button" class="button button--small" on:click=move |_| go(true)>{say(Word::Next)}</button>
                <Show when=move || can_reveal.get()>
                    <button type="button" class="button button--small button--go" on:click=reveal>{say(Word::ShowTheAnswer)}</button>
                </Show>
                <button type="button" class="button button--small" on:click=toggle>{move || if running.get() { "Pause" } else { "Start the clock" }}</button>
            </div>
            <div class="button-row">
                <button type="button" class="button button--small" on:click=move |_| document::request_full_screen()>"Full screen"</button>
                <a class="button button--small" href=address(&id, "facilitate")>"Leave the projector"</a>
            </div>
        </div>
    }
}

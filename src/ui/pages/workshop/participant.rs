//! A participant's view: one step at a time, notes kept as typed, a tool beside the question.

use super::address;
use super::inputs::Answer;
use super::predict::ShowTheAnswer;
use super::tools::ToolBeside;
use crate::browser::document;
use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{Button, ButtonKind, Choice, Segmented};
use crate::workshop::session::Card;
use crate::workshop::words::{Word, minutes, step_of};
use crate::workshop::{Input, Language, Session, Step, StepKind, Text};
use leptos::prelude::*;

#[component]
pub(super) fn Participate() -> impl IntoView {
    let workshop = use_workshop();
    // Typing changes the run; only another step, session or language builds the view anew.
    let shown = Memo::new(move |_| {
        let (current, language) = workshop.run.with(|run| (run.current.clone(), run.language));
        workshop.session.with(|session| (session.step(&current).cloned(), language))
    });
    view! {
        <StepLine />
        {move || {
            let (step, language) = shown.get();
            step.map(|step| view! { <OneStep step language /> })
        }}
    }
}

/// The line on top: which session, how far, how long, in which language.
#[component]
fn StepLine() -> impl IntoView {
    let workshop = use_workshop();
    let language = move || workshop.language();
    let title = move || workshop.session.with(|session| session.title.get(language()).to_owned());
    let at = Memo::new(move |_| workshop.session.with(|session| workshop.run.with(|run| run.position(session))));
    let n = Memo::new(move |_| workshop.session.with(|session| session.steps.len()));
    let visited = Memo::new(move |_| {
        workshop.session.with(|session| {
            workshop.run.with(|run| session.steps.iter().map(|step| run.visited.contains(&step.id)).collect::<Vec<_>>())
        })
    });
    let dots = move || {
        let now = at.get();
        visited
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, done)| {
                let class = match (place == now, done) {
                    (true, _) => "step-dots__step is-now",
                    (false, true) => "step-dots__step is-done",
                    (false, false) => "step-dots__step",
                };
                view! { <span class=class></span> }
            })
            .collect_view()
    };
    let time = move || {
        let step = workshop.session.with(|session| session.steps.get(at.get()).map_or(0, |step| step.minutes));
        view! { <strong>{minutes(u32::from(step))}</strong>" "<span class="quiet">{Word::Suggested.get(language())}</span> }
    };
    let languages = Language::ALL.map(|language| Choice::new(language.code(), language.own_name())).to_vec();
    let choose = move |code: String| {
        let wanted = Language::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default();
        workshop.change(|run, _, _| {
            run.language = wanted;
            run.answers.language = wanted;
        });
    };
    view! {
        <div class="step-line">
            <strong lang=move || language().code()>{title}</strong>
            <span class="step-dots" aria-hidden="true">{dots}</span>
            <span lang=move || language().code()>{move || step_of(language(), at.get() + 1, n.get())}</span>
            <span class="step-line__time" lang=move || language().code()>{time}</span>
            <Segmented
                question=Signal::derive(move || Word::Language.get(language()).to_owned())
                choices=languages
                value=Signal::derive(move || Some(language().code().to_owned()))
                on_change=Callback::new(choose)
            />
        </div>
    }
}

/// Cards to read beside a question.
#[component]
pub(super) fn Cards(cards: Vec<Card>, language: Language) -> impl IntoView {
    let cards = cards
        .into_iter()
        .map(|card| {
            let lines = card.lines.iter().map(|line| view! { <li>{line.get(language).to_owned()}</li> }).collect_view();
            view! { <div class="reading-card"><h2>{card.title.get(language).to_owned()}</h2><ul>{lines}</ul></div> }
        })
        .collect_view();
    view! { <div class="reading-cards">{cards}</div> }
}

fn list_card(title: Word, items: &[Text]) -> Option<Card> {
    let title = Text::new(title.get(Language::English), title.get(Language::Spanish));
    (!items.is_empty()).then(|| Card { title, lines: items.to_vec() })
}

/// What everyone reads at the start.
#[must_use]
pub(super) fn opening_cards(session: &Session, step: &Step) -> Vec<Card> {
    if step.kind != StepKind::Welcome {
        return Vec::new();
    }
    [list_card(Word::Goals, &session.goals), list_card(Word::GroundRules, &session.ground_rules)]
        .into_iter()
        .flatten()
        .collect()
}

#[component]
fn OneStep(step: Step, language: Language) -> impl IntoView {
    let workshop = use_workshop();
    let opening = untrack(|| workshop.session.with(|session| opening_cards(session, &step)));
    let predicts = step.predictions().is_some();
    let has_table = step.fields.iter().any(|field| matches!(field.input, Input::Table { .. }));
    // A table wants the wide column; a tool wants it too and then stands below.
    let answers_left = predicts || (step.tool.is_some() && !has_table);
    let fields = {
        let step = step.clone();
        move || {
            step.fields
                .iter()
                .map(|field| view! { <Answer step=step.id.clone() field=field.clone() language /> })
                .collect_view()
        }
    };
    let left = answers_left.then(|| view! { <div class="answers">{fields()}</div> });
    let right = (!answers_left && !step.fields.is_empty())
        .then(|| view! { <div class="answers answers--wide">{fields()}</div> });
    let show = predicts.then(|| view! { <ShowTheAnswer step=step.clone() language /> });
    let tool = step.tool.map(|tool| view! { <ToolBeside step=step.clone() tool language /> });
    let links = step.links.clone();
    let links = (!links.is_empty()).then(|| {
        let items = links
            .into_iter()
            .map(|link| view! { <li><a href=link.url rel="noopener noreferrer" target="_blank">{link.label.get(language).to_owned()}</a></li> })
            .collect_view();
        view! { <div class="read-more"><h2>{Word::ReadMore.get(language)}</h2><ul class="bullets">{items}</ul></div> }
    });
    let cards_left = !answers_left && !step.cards.is_empty();
    let cards = || view! { <Cards cards=step.cards.clone() language /> };
    let other = step.title.language_shown(language) != language;
    let other = other.then(|| {
        view! { <p class="exhibit-note">{language.pick("This step was written in Spanish only.", "Este paso se escribió solo en inglés.")}</p> }
    });
    let shown_in = step.title.language_shown(language).code();
    view! {
        <div class="workshop" lang=language.code()>
            <div>
                <p class="workshop__kind">{step.kind.label().get(language).to_owned()}</p>
                <h1 class="workshop__title" tabindex="-1" lang=shown_in>{step.title.get(language).to_owned()}</h1>
                <p class="workshop__lead" lang=shown_in>{step.prompt.get(language).to_owned()}</p>
                {other}
                {cards_left.then(cards)}
                {left}
                {show}
            </div>
            <div>
                {right}
                {(!opening.is_empty()).then(|| view! { <Cards cards=opening.clone() language /> })}
                {(!cards_left && !step.cards.is_empty()).then(cards)}
                {tool}
                {links}
                <Moves step=step.clone() language />
            </div>
        </div>
    }
}

#[component]
fn Moves(step: Step, language: Language) -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let at = untrack(|| workshop.session.with(|session| session.position(&step.id).unwrap_or(0)));
    let n = untrack(|| workshop.session.with(|session| session.steps.len()));
    let is_last = at + 1 >= n;
    let hand_in = untrack(|| workshop.session.with(|session| address(&session.id, "hand-in")));
    let asks = !step.fields.is_empty();
    let id = step.id.clone();
    let answered = Memo::new(move |_| workshop.run.with(|run| run.answers.steps.contains_key(&id)));
    let id = step.id.clone();
    let revealed = Memo::new(move |_| workshop.run.with(|run| run.is_revealed(&id)));
    let predicts = step.predictions().is_some();
    let begin_of_step = move || {
        document::scroll_to_top();
        document::focus_title();
    };
    let back = move |()| {
        workshop.change(|run, session, now| run.back(session, now));
        begin_of_step();
    };
    let go = Callback::new(move |()| {
        if is_last {
            state.go(&hand_in);
        } else {
            workshop.change(|run, session, now| run.next(session, now));
            begin_of_step();
        }
    });
    let forward = move || {
        let done = !asks || (answered.get() && (!predicts || revealed.get()));
        if is_last {
            view! { <Button kind=ButtonKind::Go on_click=go>{Word::Finish.get(language)}</Button> }.into_any()
        } else if done {
            view! { <Button kind=ButtonKind::Go on_click=go>{Word::Next.get(language)}</Button> }.into_any()
        } else {
            view! { <Button on_click=go>{Word::Skip.get(language)}</Button> }.into_any()
        }
    };
    let kept = move || {
        match workshop.trouble.get() {
        None => view! { <span class="quiet small">{Word::SavedAsTyped.get(language)}</span> }.into_any(),
        Some(_) => view! { <span class="small"><strong>{language.pick(
            "This browser keeps nothing. Your notes last until you close the page: save them as a file at the end.",
            "Este navegador no guarda nada. Sus notas duran hasta que cierre la página: guárdelas en un archivo al final.",
        )}</strong></span> }
        .into_any(),
    }
    };
    view! {
        <div class="workshop__moves">
            {(at > 0).then(|| view! { <Button on_click=back>{Word::Back.get(language)}</Button> })}
            {forward}
            {kept}
        </div>
    }
}

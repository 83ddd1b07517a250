//! The facilitator's view: agenda with clocks, notes, ground rules, the reveal, and what came in.

use super::address;
use super::participant::{Cards, opening_cards};
use super::said::{Names, SaidTo};
use super::tools::ToolBeside;
use crate::browser::document;
use crate::state::workshop::use_workshop;
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, ButtonSize, Choice, Legend, Notice, NoticeKind, Segmented,
};
use crate::workshop::figures::Audience;
use crate::workshop::run::LineState;
use crate::workshop::words::{minutes, step_of};
use crate::workshop::{Language, Step};
use leptos::prelude::*;

#[component]
pub(super) fn Facilitate() -> impl IntoView {
    let workshop = use_workshop();
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    let step = Memo::new(move |_| {
        let current = workshop.run.with(|run| run.current.clone());
        workshop.session.with(|session| session.step(&current).cloned())
    });
    let title = move || workshop.session.with(|session| session.title.get(Language::English).to_owned());
    let place = move || {
        workshop.session.with(|session| {
            workshop.run.with(|run| step_of(Language::English, run.position(session) + 1, session.steps.len()))
        })
    };
    let total = move || workshop.session.with(|session| minutes(session.total_minutes()));
    view! {
        <div class="step-line">
            <a href="#/workshop">"Workshop"</a>
            <strong>{title}</strong>
            <span>{place}</span>
            <span class="step-line__time"><strong>{total}</strong>" "<span class="quiet">"planned"</span></span>
        </div>
        <div class="workshop">
            <div>
                <Agenda />
                <GroundRules />
                <ProjectorLanguage />
                <p class="facilitator-links">
                    <a href=address(&id, "edit")>"Change the agenda"</a>
                    <a href=address(&id, "answers")>"Collect answers"</a>
                    <a href=address(&id, "step")>"See it as participants do"</a>
                </p>
            </div>
            <div>{move || step.get().map(|step| view! { <Now step /> })}</div>
        </div>
    }
}

#[component]
fn Agenda() -> impl IntoView {
    let workshop = use_workshop();
    // Seconds change every second; the lines only with the minutes and the place.
    let lines = Memo::new(move |_| {
        let now = workshop.now.get();
        workshop
            .session
            .with(|session| workshop.run.with(|run| run.agenda(session, now)))
            .into_iter()
            .map(|mut line| {
                line.spent_seconds -= line.spent_seconds % 60;
                line
            })
            .collect::<Vec<_>>()
    });
    let items = move || {
        lines
            .get()
            .into_iter()
            .map(|line| {
                let (class, word) = match line.state {
                    LineState::Current => ("agenda-line is-now", "now"),
                    LineState::Done => ("agenda-line is-done", "done"),
                    LineState::Skipped => ("agenda-line is-skipped", "skipped"),
                    LineState::Ahead => ("agenda-line", ""),
                };
                let current = (line.state == LineState::Current).then_some("step");
                let spent = line.spent_seconds / 60;
                let spent = (spent > 0).then(|| format!(", took {spent} min"));
                let go = {
                    let step = line.step.clone();
                    move |_| workshop.change(|run, session, now| run.go_to(session, &step, now))
                };
                view! {
                    <li class=class>
                        <span class="agenda-line__start">{format!("{}:{:02}", line.starts_at_minute / 60, line.starts_at_minute % 60)}</span>
                        <button type="button" class="agenda-line__title" aria-current=current on:click=go>{line.title.get(Language::English).to_owned()}</button>
                        <span class="agenda-line__time">{minutes(u32::from(line.minutes))}{spent}<span class="visually-hidden">{format!(" {word}")}</span></span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <h2 class="agenda-title">"Agenda"</h2><ol class="agenda-list">{items}</ol> }
}

#[component]
fn GroundRules() -> impl IntoView {
    let workshop = use_workshop();
    let rules = move || {
        workshop.session.with(|session| {
            session
                .ground_rules
                .iter()
                .map(|rule| view! { <li>{rule.get(Language::English).to_owned()}</li> })
                .collect_view()
        })
    };
    view! { <details class="tool-list"><summary>"Ground rules"</summary><ul class="bullets">{rules}</ul></details> }
}

/// What the room reads on the projector, and this device as a participant.
#[component]
fn ProjectorLanguage() -> impl IntoView {
    let workshop = use_workshop();
    let choices = Language::ALL.map(|language| Choice::new(language.code(), language.own_name())).to_vec();
    let choose = move |code: String| {
        let wanted = Language::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default();
        workshop.change(|run, _, _| run.language = wanted);
    };
    view! {
        <div class="projector-language">
            <Segmented question="The projector reads" legend=Legend::Shown choices
                value=Signal::derive(move || Some(workshop.language().code().to_owned())) on_change=Callback::new(choose) />
        </div>
    }
}

/// The time left on the current step, with its controls.
#[component]
fn Clock() -> impl IntoView {
    let workshop = use_workshop();
    let clock = Memo::new(move |_| {
        let now = workshop.now.get();
        workshop.session.with(|session| workshop.run.with(|run| run.clock(session, now)))
    });
    let text = move || clock.get().text();
    let word = move || if clock.get().left_seconds() < 0 { "over time" } else { "left" };
    let running = Memo::new(move |_| clock.get().running);
    let toggle = move |()| {
        workshop
            .change(|run, _, now| if run.running_since.is_some() { run.stop_clock(now) } else { run.start_clock(now) });
    };
    view! {
        <div class="clock" class:is-over=move || clock.get().left_seconds() < 0>
            <span class="clock__time" role="timer" aria-live="off"><strong>{text}</strong>" "{word}</span>
            <Button size=ButtonSize::Small on_click=toggle>{move || if running.get() { "Pause" } else { "Start the clock" }}</Button>
            <Button size=ButtonSize::Small on_click=move |()| workshop.change(|run, _, now| run.restart_clock(now))>"Full time again"</Button>
        </div>
    }
}

#[component]
fn Now(step: Step) -> impl IntoView {
    let workshop = use_workshop();
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    let people = Signal::derive(move || workshop.gathering.with(|gathering| gathering.participants(Language::English)));
    let names = Signal::derive(move || match workshop.audience() {
        Audience::Team => Names::Written,
        Audience::Others => Names::Neutral,
    });
    let written = step.facilitator_note.clone();
    let note = (!written.is_empty())
        .then(|| view! { <Notice kind=NoticeKind::Question title="For you"><p>{written}</p></Notice> });
    let opening = untrack(|| workshop.session.with(|session| opening_cards(session, &step)));
    let cards: Vec<_> = step.cards.iter().chain(&opening).cloned().collect();
    let cards = (!cards.is_empty()).then(|| view! { <Cards cards language=Language::English /> });
    let tool = step
        .tool
        .map(|tool| view! { <ToolBeside step=step.clone() tool language=Language::English people=Some(people) /> });
    let reveal = step.predictions().is_some().then(|| {
        let (for_shown, step) = (step.id.clone(), step.clone());
        let shown = Memo::new(move |_| workshop.run.with(|run| run.is_revealed(&for_shown)));
        let show = move |()| {
            let schools = untrack(|| workshop.schools_to_predict());
            workshop.change(|run, _, _| {
                // A facilitator may always reveal: the room has guessed.
                let _ = run.reveal(&step, &schools);
            });
        };
        view! { <Show when=move || !shown.get()><Button on_click=show.clone()>"Reveal the rates"</Button></Show> }
    });
    let came = (!step.fields.is_empty()).then(|| {
        let step = step.clone();
        let n = Memo::new(move |_| people.with(Vec::len));
        move || match n.get() {
            0 => view! { <p class="exhibit-note">"No answers collected yet."</p> }.into_any(),
            _ => view! { <SaidTo step=step.clone() people names /> }.into_any(),
        }
    });
    let at = untrack(|| workshop.session.with(|session| session.position(&step.id).unwrap_or(0)));
    let is_last = untrack(|| workshop.session.with(|session| at + 1 >= session.steps.len()));
    let move_on = move || {
        document::scroll_to_top();
        document::focus_title();
    };
    let back = move |()| {
        workshop.change(|run, session, now| run.back(session, now));
        move_on();
    };
    let next = move |()| {
        workshop.change(|run, session, now| run.next(session, now));
        move_on();
    };
    let projector = address(&id, "projector");
    let forward = match is_last {
        false => view! { <Button kind=ButtonKind::Go on_click=next>"Next step"</Button> }.into_any(),
        true => {
            view! { <ButtonLink kind=ButtonKind::Go href=address(&id, "answers")>"Collect the answers"</ButtonLink> }
                .into_any()
        }
    };
    view! {
        <p class="workshop__kind">{step.kind.label().en}</p>
        <h1 class="workshop__title" tabindex="-1">{step.title.get(Language::English).to_owned()}</h1>
        <p class="workshop__lead">{step.prompt.get(Language::English).to_owned()}</p>
        <Clock />
        <div class="workshop__moves workshop__moves--first">
            {(at > 0).then(|| view! { <Button on_click=back>"Back"</Button> })}
            {forward}
            <ButtonLink href=projector>"Show on the projector"</ButtonLink>
            {reveal}
        </div>
        {note}
        {cards}
        {tool}
        {came.map(|came| view! { <div class="came"><h2>"What came in"</h2>{came}</div> })}
    }
}

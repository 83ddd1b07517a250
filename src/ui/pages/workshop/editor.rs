//! The agenda as the facilitator wants it: order, times, stars, own steps, a short path, a file.

use super::address;
use crate::browser::random;
use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, Field, FieldKind, Notice, NoticeKind, PageHead, Section, SectionShape, TextArea,
    Toast, ToastMessage, Undo,
};
use crate::ui::prose::Prose;
use crate::workshop::edit::{EditProblem, Shift, own_step};
use crate::workshop::reset::Copy;
use crate::workshop::words::minutes;
use crate::workshop::{Language, Session, catalogue};
use leptos::prelude::*;

#[component]
pub(super) fn Editor() -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let problem = RwSignal::new(None::<String>);
    let before = RwSignal::new(None::<(String, Session)>);
    // Every change happens whole or not at all, and can be taken back once.
    let edit = Callback::new(move |(words, change): (String, Change)| {
        let old = workshop.session.get_untracked();
        let mut session = old.clone();
        match change.apply(&mut session) {
            Ok(()) => {
                problem.set(None);
                workshop.edit(session);
                state.announcement.set(words.clone());
                before.set(Some((words, old)));
            }
            Err(error) => problem.set(Some(error.to_string())),
        }
    });
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    let finding = Signal::derive(move || {
        workshop.session.with(|session| {
            Prose::new().strong(session.title.get(Language::English).to_owned()).plain(format!(
                ": {} steps, {}.",
                session.steps.len(),
                minutes(session.total_minutes())
            ))
        })
    });
    let above = move || view! { <p><a href="#/workshop">"Workshop"</a></p> };
    let kept = move || match workshop.kept.get() {
        Copy::BuiltIn => "As it comes with the app.",
        Copy::SavedAsFile => "Your version, saved as a file.",
        Copy::NotSaved => "Your version, kept on this device. Save it as a file to hand it out.",
    };
    let toast = Signal::derive(move || {
        before.with(|before| before.as_ref().map(|(text, _)| ToastMessage { text: text.clone(), undo: Undo::Offered }))
    });
    let undo = move |()| {
        if let Some((_, session)) = before.get_untracked() {
            workshop.edit(session);
            before.set(None);
        }
    };
    let from_app = catalogue::session(&id).is_some();
    let changed = Memo::new(move |_| workshop.kept.get() != Copy::BuiltIn);
    view! {
        <PageHead title="Change the agenda" finding above />
        <Section title="Keep and hand out" note=Signal::derive(move || kept().to_owned())>
            <div class="button-row">
                <Button kind=ButtonKind::Go on_click=move |()| workshop.save_session()>"Save as a file"</Button>
                <Button on_click=move |()| edit.run(("Cut to the starred steps.".into(), Change::Short))>"Cut to the starred steps"</Button>
                <Show when=move || from_app && changed.get()>
                    <Button kind=ButtonKind::Removes on_click=move |()| {
                        before.set(Some(("As it came with the app.".into(), workshop.session.get_untracked())));
                        workshop.as_it_came();
                    }>"As it came"</Button>
                </Show>
                <ButtonLink href=address(&id, "facilitate")>"Facilitate"</ButtonLink>
            </div>
            <FitTo edit />
            {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Problem title="Nothing was changed"><p>{text}</p></Notice> })}
        </Section>
        <Section title="Steps" note="Starred steps are the short path." shape=SectionShape::Full><Steps edit /></Section>
        <OwnStep edit />
        <Toast message=toast on_undo=Callback::new(undo) on_dismiss=Callback::new(move |()| before.set(None)) />
    }
}

/// One change to the agenda.
#[derive(Clone, Debug)]
enum Change {
    Shift(String, Shift),
    Star(String),
    Minutes(String, u16),
    Remove(String),
    Fit(u32),
    Short,
    Add { random: u128, title: String, prompt: String, minutes: u16 },
}

impl Change {
    fn apply(self, session: &mut Session) -> Result<(), EditProblem> {
        match self {
            Change::Shift(id, shift) => session.shift_step(&id, shift),
            Change::Star(id) => session.toggle_star(&id),
            Change::Minutes(id, minutes) => session.set_minutes(&id, minutes),
            Change::Remove(id) => session.remove_step(&id).map(drop),
            Change::Fit(minutes) => session.fit_to(minutes),
            Change::Short => {
                *session = session.short_path()?;
                Ok(())
            }
            Change::Add { random, title, prompt, minutes } => {
                let step = own_step(random as u64, Language::English, &title, &prompt, minutes);
                session.insert_step(session.steps.len(), step)
            }
        }
    }
}

type Edit = Callback<(String, Change)>;

#[component]
fn FitTo(edit: Edit) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let why = Signal::derive(move || {
        wanted.with(|text| text.trim().parse::<u32>().is_err()).then(|| "Write how many minutes you have".into())
    });
    let fit = move |()| {
        if let Ok(n) = wanted.get_untracked().trim().parse() {
            edit.run((format!("The times now add up to {n} minutes."), Change::Fit(n)));
        }
    };
    view! {
        <div class="fit-to">
            <Field label="Minutes you have" kind=FieldKind::Whole value=wanted on_input=Callback::new(move |text: String| wanted.set(text)) />
            <Button disabled_because=why on_click=fit>"Fit the times"</Button>
        </div>
    }
}

#[component]
fn Steps(edit: Edit) -> impl IntoView {
    let workshop = use_workshop();
    let ids = Memo::new(move |_| {
        workshop.session.with(|session| session.steps.iter().map(|step| step.id.clone()).collect::<Vec<_>>())
    });
    let row = move |id: String| {
        let step = {
            let id = id.clone();
            Memo::new(move |_| workshop.session.with(|session| session.step(&id).cloned()))
        };
        let place = {
            let id = id.clone();
            Memo::new(move |_| workshop.session.with(|session| session.position(&id).unwrap_or(0) + 1))
        };
        let last = Memo::new(move |_| workshop.session.with(|session| session.steps.len()));
        let title = Memo::new(move |_| {
            step.with(|step| step.as_ref().map_or(String::new(), |step| step.title.get(Language::English).to_owned()))
        });
        let kind =
            Memo::new(move |_| step.with(|step| step.as_ref().map_or(String::new(), |step| step.kind.label().en)));
        let starred = Memo::new(move |_| step.with(|step| step.as_ref().is_some_and(|step| step.starred)));
        let time = Memo::new(move |_| step.with(|step| step.as_ref().map_or(0, |step| step.minutes)));
        let say = move |words: &str| format!("“{}” {words}", title.get_untracked());
        let run = {
            let id = id.clone();
            move |words: &str, change: fn(String) -> Change| edit.run((say(words), change(id.clone())))
        };
        let (earlier, later, star, remove) = (run.clone(), run.clone(), run.clone(), run);
        let retime = {
            let id = id.clone();
            move |event| {
                let text = event_target_value(&event);
                // A word that is no number becomes a time that is refused with its reason.
                let minutes = text.trim().parse::<u16>().unwrap_or(u16::MAX);
                edit.run((say("has a new time."), Change::Minutes(id.clone(), minutes)));
            }
        };
        view! {
            <li class="edit-step">
                <span class="edit-step__place">{move || place.get()}</span>
                <span class="edit-step__title"><strong>{move || title.get()}</strong><span class="quiet small">{move || kind.get()}</span></span>
                <label class="edit-step__time"><span class="visually-hidden">{move || format!("Minutes for “{}”", title.get())}</span>
                    <input class="field__control" type="text" inputmode="numeric" prop:value=move || time.get().to_string() on:change=retime />" min"</label>
                <label class="check"><input type="checkbox" prop:checked=move || starred.get() on:change=move |_| star("changed its star.", Change::Star) />
                    <span>"Short path"<span class="visually-hidden">{move || format!(": “{}”", title.get())}</span></span></label>
                <span class="edit-step__moves">
                    <button type="button" class="button button--small" disabled=move || place.get() == 1 aria-label=move || format!("Move “{}” earlier", title.get())
                        on:click=move |_| earlier("moved earlier.", |id| Change::Shift(id, Shift::Earlier))>"↑"</button>
                    <button type="button" class="button button--small" disabled=move || place.get() == last.get() aria-label=move || format!("Move “{}” later", title.get())
                        on:click=move |_| later("moved later.", |id| Change::Shift(id, Shift::Later))>"↓"</button>
                    <button type="button" class="button button--small button--removes" aria-label=move || format!("Remove “{}”", title.get())
                        on:click=move |_| remove("was taken out.", Change::Remove)>"Remove"</button>
                </span>
            </li>
        }
    };
    view! { <ol class="edit-steps"><For each=move || ids.get() key=|id| id.clone() children=row /></ol> }
}

#[component]
fn OwnStep(edit: Edit) -> impl IntoView {
    let (title, prompt, time) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new("5".to_owned()));
    let why = Signal::derive(move || {
        if title.with(|text| text.trim().is_empty()) {
            Some("Give the step a title".into())
        } else if time.with(|text| text.trim().parse::<u16>().is_err()) {
            Some("Write its minutes as a whole number".into())
        } else {
            None
        }
    });
    let add = move |()| {
        let name = title.get_untracked().trim().to_owned();
        let change = Change::Add {
            random: random::bits128(),
            title: name.clone(),
            prompt: prompt.get_untracked().trim().to_owned(),
            minutes: time.get_untracked().trim().parse().unwrap_or(5),
        };
        edit.run((format!("“{name}” stands at the end."), change));
        title.set(String::new());
        prompt.set(String::new());
    };
    view! {
        <Section title="A step of your own" note="A question with room for notes. It goes to the end; move it where you want it.">
            <div class="own-step">
                <Field label="Title" value=title on_input=Callback::new(move |text: String| title.set(text)) />
                <TextArea label="What participants read" value=prompt on_input=move |text: String| prompt.set(text) />
                <Field label="Minutes" kind=FieldKind::Whole value=time on_input=Callback::new(move |text: String| time.set(text)) />
                <p><Button disabled_because=why on_click=add>"Add the step"</Button></p>
            </div>
        </Section>
    }
}

//! The list of sessions, the map of the series, a session from a file, and a reset.

use super::address;
use crate::browser::picked::{self, PickedFiles};
use crate::state::use_state;
use crate::state::workshop::{Listed, use_workshop};
use crate::ui::components::{Button, ButtonKind, ButtonLink, Dialog, FileDrop, Notice, NoticeKind, PageHead, Section};
use crate::ui::prose::Prose;
use crate::workshop::Language;
use crate::workshop::catalogue::{Topic, series, webinar_series};
use crate::workshop::file::LARGEST_SESSION;
use crate::workshop::reset::{Copy, will_be_removed, will_stay};
use leptos::prelude::*;

#[component]
pub(super) fn Map() -> impl IntoView {
    let workshop = use_workshop();
    let finding = Prose::from(
        "A room, an hour, and your own data or none: reflect, predict, look, choose, and leave with a page in hand.",
    );
    let sessions = move || {
        let listed = workshop.sessions();
        // One thing to do next: go on where something was begun, else begin with the first.
        let next = listed.iter().position(|listed| listed.at.is_some_and(|at| at > 1)).unwrap_or(0);
        listed
            .into_iter()
            .enumerate()
            .map(|(at, listed)| {
                let kind = if at == next { ButtonKind::Go } else { ButtonKind::Plain };
                view! { <OneSession listed kind /> }
            })
            .collect_view()
    };
    view! {
        <div class="page">
            <PageHead title="Workshop" finding />
            {sessions}
            <FromFile />
            <Section
                title="The whole series"
                note="Thirteen topics of the Virginia series on attendance and truancy, and three webinars. Where a session is not here, a page of this app helps with the topic."
            >
                <div class="duo">
                    <TopicList title="Thirteen topics" topics=series() />
                    <TopicList title="Three webinars" topics=webinar_series() />
                </div>
            </Section>
        </div>
    }
}

#[component]
fn OneSession(listed: Listed, kind: ButtonKind) -> impl IntoView {
    let state = use_state();
    let workshop = use_workshop();
    let Listed { session, kept, at } = listed;
    let id = session.id.clone();
    let n_steps = session.steps.len();
    let n_starred = session.steps.iter().filter(|step| step.starred).count();
    let is_short = n_starred == n_steps;
    let own = match kept {
        Copy::BuiltIn => "",
        Copy::SavedAsFile => " Changed on this device and saved as a file.",
        Copy::NotSaved => " Changed on this device; not saved as a file.",
    };
    let note = match is_short {
        true => format!("{n_steps} steps, {} minutes.{own}", session.total_minutes()),
        false => format!(
            "{n_steps} steps, {} minutes; the short path has {n_starred} steps and takes {}.{own}",
            session.total_minutes(),
            session.starred_minutes()
        ),
    };
    let sentence = Prose::from(session.summary.get(Language::English));
    let goals =
        session.goals.iter().map(|goal| view! { <li>{goal.get(Language::English).to_owned()}</li> }).collect_view();
    let begin = match at {
        Some(at) if at > 1 => format!("Go on at step {at}"),
        _ => "Take part".to_owned(),
    };
    let resetting = RwSignal::new(false);
    let [step_href, lead_href, collect_href, edit_href] =
        ["step", "facilitate", "answers", "edit"].map(|view| address(&id, view));
    let short = {
        let (id, session) = (id.clone(), session.clone());
        let cut = move |()| {
            workshop.open(&id);
            // Without a star there is no button to press.
            if let Ok(short) = session.short_path() {
                workshop.edit(short);
                state.go(&address(&id, "step"));
            }
        };
        (!is_short && n_starred > 0).then(|| view! { <Button on_click=cut>"Use the short path"</Button> })
    };
    let reset_button = (at.is_some() || kept != Copy::BuiltIn).then(|| {
        let id = id.clone();
        let ask = move |()| {
            workshop.open(&id);
            resetting.set(true);
        };
        view! { <Button kind=ButtonKind::Removes on_click=ask>"Reset…"</Button> }
    });
    view! {
        <Section title=session.title.get(Language::English).to_owned() sentence note>
            <ul class="bullets">{goals}</ul>
            <div class="button-row session-actions">
                <ButtonLink href=step_href kind>{begin}</ButtonLink>
                <ButtonLink href=lead_href>"Facilitate"</ButtonLink>
                <ButtonLink href=collect_href>"Collect answers"</ButtonLink>
                <ButtonLink href=edit_href>"Change the agenda"</ButtonLink>
                {short}
                {reset_button}
            </div>
            <ResetDialog open=resetting />
        </Section>
    }
}

/// Names what goes and what stays, then resets the open session.
#[component]
pub(super) fn ResetDialog(open: RwSignal<bool>) -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let title = Signal::derive(move || {
        format!("Reset “{}”?", workshop.session.with(|session| session.title.get(Language::English).to_owned()))
    });
    let items = move || {
        if !open.get() {
            return Vec::new();
        }
        workshop.session.with(|session| {
            workshop.run.with(|run| {
                workshop.gathering.with(|gathering| {
                    will_be_removed(session, workshop.kept.get(), run, gathering)
                        .into_iter()
                        .map(|text| text.en)
                        .collect()
                })
            })
        })
    };
    let goes = move || {
        let items: Vec<String> = items();
        match items.is_empty() {
            true => {
                view! { <p>"Nothing was typed or collected yet; the session starts at its first step."</p> }.into_any()
            }
            false => view! {
                <p>"This is removed from this device:"</p>
                <ul class="bullets">{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul>
            }
            .into_any(),
        }
    };
    let stays = will_stay().into_iter().map(|text| view! { <li>{text.en}</li> }).collect_view();
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Removes on_click=move |()| {
                workshop.reset();
                open.set(false);
                state.announcement.set("The session is as it was at the start.".into());
            }>"Reset"</Button>
            <Button on_click=move |()| open.set(false)>"Keep everything"</Button>
        }
    };
    view! {
        <Dialog open on_close=move |()| open.set(false) title actions>
            {goes}
            <p>"This stays:"</p>
            <ul class="bullets">{stays}</ul>
        </Dialog>
    }
}

#[component]
fn FromFile() -> impl IntoView {
    let state = use_state();
    let workshop = use_workshop();
    let problem = RwSignal::new(None::<String>);
    let take = move |files: PickedFiles| {
        let Some(file) = files.0.into_iter().next() else { return };
        leptos::task::spawn_local(async move {
            // One byte more than allowed is enough to be refused with its reason.
            let bytes = picked::bytes(&file, LARGEST_SESSION as u32 + 1).await.unwrap_or_default();
            match workshop.load_session(&bytes) {
                Ok(id) => {
                    problem.set(None);
                    state.go(&address(&id, "step"));
                }
                Err(error) => problem.set(Some(format!("{}: {error}", file.name()))),
            }
        });
    };
    view! {
        <Section
            title="A session from a file"
            note="A facilitator who changed a session can save it and hand it out. Opening it here changes nothing else."
        >
            <FileDrop
                id="session-file"
                title="Drop a session file here"
                hint="Its name begins with “session-” and ends in .json."
                on_files=Callback::new(take)
            />
            {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Problem title="This file was not opened"><p>{text}</p></Notice> })}
        </Section>
    }
}

/// Topics with where each is helped.
#[component]
pub(super) fn TopicList(title: &'static str, topics: Vec<Topic>) -> impl IntoView {
    let rows = topics
        .into_iter()
        .map(|topic| {
            let name = topic.title.en.clone();
            let place = match (topic.session, topic.page) {
                (Some(id), _) => {
                    let href = address(id, "step");
                    view! { <a class="strong" href=href aria-label=format!("The session “{name}” is here")>"Here"</a> }.into_any()
                }
                (None, Some(page)) => {
                    let words = page.trim_start_matches("#/").to_owned();
                    let shown = words[..1].to_uppercase() + &words[1..];
                    view! { <a href=page aria-label=format!("{shown}, a page that helps with “{name}”")>{shown.clone()}</a> }.into_any()
                }
                (None, None) => view! { <span class="quiet">"Elsewhere"</span> }.into_any(),
            };
            view! { <li class="topic"><span class="topic__number">{topic.number}</span><span>{topic.title.en.clone()}</span><span class="topic__place">{place}</span></li> }
        })
        .collect_view();
    view! { <div><h3>{title}</h3><ol class="topics">{rows}</ol></div> }
}

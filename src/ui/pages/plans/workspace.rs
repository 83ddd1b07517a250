//! What is kept where: files, the part about persons, two versions of one thing, room in use.

use super::form::deed;
use crate::browser::device;
use crate::plans::model::Difference;
use crate::plans::storage::backup::PersonalPart;
use crate::plans::storage::{merge, space};
use crate::plans::{Id, PersonalBody};
use crate::state::PickedFiles;
use crate::state::plans::{Plans, Remember, use_plans};
use crate::ui::components::*;
use crate::ui::format;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn WorkspacePage() -> impl IntoView {
    let plans = use_plans();
    let finding = Signal::derive(move || {
        let n = plans.workspace.with(|w| w.live().count());
        let words = match plans.backed_up.get() {
            None => "No workspace file was saved from this browser yet.".to_owned(),
            Some(b) => {
                let since = plans.workspace.with(|w| w.changes()).saturating_sub(b.changes);
                let on = b.on.map(|d| d.to_string()).unwrap_or_default();
                format!("The last workspace file is of {on}; {since} changes were made since.")
            }
        };
        let items = match n {
            0 => "Nothing is".to_owned(),
            1 => "1 item is".to_owned(),
            n => format!("{n} items are"),
        };
        crate::ui::prose::Prose::new().strong(items).plain(format!(" in this workspace. {words}"))
    });
    view! {
        <PageHead title="Workspace" finding />
        <Files />
        <Differences />
        <Persons />
        <Contacts />
        <Room />
    }
}

#[component]
fn Files() -> impl IntoView {
    let plans = use_plans();
    let read = move |files: PickedFiles| {
        for file in files.0 {
            spawn_local(async move {
                match device::text_of(file).await {
                    Some(text) => plans.read_file(&text),
                    None => plans.app.say("This file could not be read."),
                }
            });
        }
    };
    let with_persons = move || {
        (plans.personal.with(|p| !p.is_empty()) && plans.is_team()).then(|| {
            let sealed = move |()| match plans.sealed() {
                Some(part) => plans.save_file(part),
                None => {
                    plans.app.say("Choose a passphrase under “People” first; then the file can hold a locked part.")
                }
            };
            let open = move |()| plans.save_file(PersonalPart::Open(plans.personal.get_untracked()));
            view! {
                <Button on_click=sealed>"Save with people, locked"</Button>
                <Button on_click=open>"Save with people, readable by whoever has the file"</Button>
            }
        })
    };
    view! {
        <Section title="Files" note="A file of your own outlasts a cleaned browser. Reading one puts it together with what is here; nothing is lost.">
            <div class="stack">
                <p class="button-row no-print">
                    <Button kind=ButtonKind::Go on_click=move |()| plans.save_file(PersonalPart::LeftOut)>"Save workspace file"</Button>
                    {with_persons}
                </p>
                <div class="no-print">
                    <FileDrop id="plans-file" title="Drop a workspace file here" hint="Yours from before, or a colleague’s" on_files=read />
                </div>
            </div>
        </Section>
    }
}

/// Two versions of one thing, each to be decided.
#[component]
fn Differences() -> impl IntoView {
    let plans = use_plans();
    let waiting = move || {
        let plans_part: Vec<(Id, Difference, String, bool)> = plans.workspace.with(|w| {
            merge::waiting(w)
                .into_iter()
                .map(|(id, d)| (id.clone(), d.clone(), w.get(&d.item).map(|b| b.title()).unwrap_or_default(), false))
                .collect()
        });
        let people: Vec<(Id, Difference, String, bool)> = plans.personal.with(|p| {
            merge::waiting(p)
                .into_iter()
                .map(|(id, d)| (id.clone(), d.clone(), "In the part about persons".to_owned(), true))
                .collect()
        });
        let team = plans.is_team();
        plans_part.into_iter().chain(people.into_iter().filter(|_| team)).collect::<Vec<_>>()
    };
    move || {
        let all = waiting();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(move |(id, d, title, person)| {
                let (keep_id, take_id) = (id.clone(), id);
                let keep = move || settle(plans, &keep_id, person, false);
                let take = move || settle(plans, &take_id, person, true);
                view! {
                    <li class="asked">
                        <div><p class="small quiet">{title}</p><p><strong>{d.field.clone()}</strong></p></div>
                        <div><p class="small quiet">"Here"</p><p>{plain(&d.kept)}</p>{deed("Keep this", keep)}</div>
                        <div><p class="small quiet">"The other"</p><p>{plain(&d.other)}</p>{deed("Take this", take)}</div>
                    </li>
                }
            });
            view! {
                <Section title="Two versions" note="Two people wrote different things in the same place. Both are kept until somebody decides.">
                    <ol class="asked-list">{rows.collect::<Vec<_>>()}</ol>
                </Section>
            }
        })
    }
}

fn settle(plans: Plans, id: &Id, person: bool, other: bool) {
    if person {
        let change =
            plans.personal.with_untracked(|p| if other { merge::take_other(p, id) } else { merge::keep_ours(p, id) });
        if let Some(change) = change {
            plans.apply_personal(change);
        }
    } else {
        let change =
            plans.workspace.with_untracked(|w| if other { merge::take_other(w, id) } else { merge::keep_ours(w, id) });
        if let Some(change) = change {
            plans.deed(change);
        }
    }
}

/// A stored value as a person reads it.
fn plain(json: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(serde_json::Value::String(text)) if !text.is_empty() => text,
        Ok(serde_json::Value::String(_) | serde_json::Value::Null) | Err(_) => "(empty or removed)".to_owned(),
        Ok(value) => value.to_string(),
    }
}

/// Students and contacts: in memory, or locked on this device.
#[component]
fn Persons() -> impl IntoView {
    let plans = use_plans();
    let phrase = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let count = move || plans.personal.with(|p| p.live().count());
    let field = move |label: &'static str, value: RwSignal<String>| {
        let id = crate::ui::components::ids::unique("phrase");
        view! {
            <div class="field">
                <label class="field__label" for=id.clone()>{label}</label>
                <input class="field__control" id=id type="password" autocomplete="off" prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event)) />
            </div>
        }
    };
    let body = move || {
        let error = move || trouble.get().map(|words| view! { <p class="field__error" role="alert">{words}</p> });
        match plans.remember.get() {
            Remember::Locked { text } => {
                let (to_open, to_save) = (text.clone(), text);
                let open = move |()| {
                    let phrase_now = phrase.get_untracked();
                    match plans.unlock(&to_open, &phrase_now, true) {
                        Ok(()) => {
                            phrase.set(String::new());
                            trouble.set(None);
                        }
                        Err(words) => trouble.set(Some(words)),
                    }
                };
                let save = move |()| plans.app.save("bright-spots-people-locked.json", "application/json", &to_save);
                view! {
                    <p>"People are kept on this device, locked. The plans open without them."</p>
                    <div class="plans-fields">{field("Passphrase", phrase)}</div>
                    {error}
                    <p class="button-row">
                        <Button kind=ButtonKind::Go on_click=open>"Open"</Button>
                        <Button on_click=save>"Save the locked part as a file"</Button>
                        <Button kind=ButtonKind::Removes on_click=move |()| plans.stop_remembering()>"Remove it from this device"</Button>
                    </p>
                }
                .into_any()
            }
            Remember::OnDevice => view! {
                <p>{move || format!("{} about people kept on this device, locked with your passphrase, and open in this tab.", format::plural(count() as u64, "entry is", "entries are"))}</p>
                <p><Button kind=ButtonKind::Removes on_click=move |()| plans.stop_remembering()>"Stop remembering on this device"</Button></p>
            }
            .into_any(),
            Remember::NotKept { why } => view! {
                <Notice kind=NoticeKind::Problem title="People are not kept"><p>{why}</p></Notice>
                <p class="button-row">
                    <Button on_click=move |()| plans.save_personal_now()>"Try again"</Button>
                    <Button on_click=move |()| plans.stop_remembering()>"Keep them in this tab only"</Button>
                </p>
            }
            .into_any(),
            Remember::Memory => {
                let keep = move |()| {
                    if phrase.get_untracked() == again.get_untracked() {
                        plans.remember_with(&phrase.get_untracked());
                        trouble.set(None);
                        phrase.set(String::new());
                        again.set(String::new());
                    } else {
                        trouble.set(Some("The two passphrases differ.".to_owned()));
                    }
                };
                view! {
                    <p>{move || format!("{} in this tab’s memory only, and gone when you close it. Save a file to keep them, or let this device remember them, locked.", format::plural(count() as u64, "entry about people is", "entries about people are"))}</p>
                    <div class="plans-fields">{field("Passphrase", phrase)}{field("The same again", again)}</div>
                    {error}
                    <p class="small quiet">"At least 8 characters; four words are easy to keep. Nobody can recover a forgotten passphrase."</p>
                    <p><Button on_click=keep>"Remember on this device"</Button></p>
                }
                .into_any()
            }
        }
    };
    let from_disk = || {
        device::is_from_disk().then(|| {
        view! { <p class="small quiet">"This page was opened from disk: some browsers share one storage among all local pages. What names a person is never in it unless it is locked."</p> }
    })
    };
    view! {
        <Show when=move || plans.is_team()>
            <Section title="People" note="Students in plans, conversations, contacts and consents. Never in the plans themselves.">
                <div class="stack no-print">{body}{from_disk()}</div>
            </Section>
        </Show>
    }
}

/// Everyone whose name, mail or number was written down.
#[component]
fn Contacts() -> impl IntoView {
    let plans = use_plans();
    let ids = Memo::new(move |_| {
        plans.personal.with(|p| {
            p.live()
                .filter(|(_, b)| matches!(b, PersonalBody::Contact(_)))
                .map(|(id, _)| id.clone())
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        let _ =
            plans.start_personal("Added a contact", PersonalBody::Contact(crate::plans::personal::Contact::default()));
    };
    view! {
        <Show when=move || plans.is_team()>
            <Section title="Contacts" note="Staff and partners. Kept with the part about persons.">
                <ol class="rows__list">
                    <For each=move || ids.get() key=|id| id.clone() children=move |id: Id| view! { <li class="rows__row">{super::partner::contact_fields(plans, &id)}</li> } />
                </ol>
                <p class="no-print"><Button size=ButtonSize::Small on_click=add>"Add a contact"</Button></p>
            </Section>
        </Show>
    }
}

#[component]
fn Room() -> impl IntoView {
    let plans = use_plans();
    let table = Signal::derive(move || {
        let kinds = plans.workspace.with(space::by_kind);
        let rows = kinds.into_iter().map(|(kind, n, size)| {
            Row::new(vec![Cell::text(kind), Cell::text(n.to_string()), Cell::text(format::count(size as u64))])
        });
        TableData {
            caption: "What takes how much room".to_owned(),
            columns: vec![Column::words("Kind"), Column::numbers("Items"), Column::numbers("Characters")],
            rows: rows.collect(),
        }
    });
    view! {
        <Section title="Room in use" note="A browser gives one site about five million characters. The page says so long before they are used up.">
            <p>{move || plans.room().0}</p>
            <Show when=move || table.with(|t| !t.rows.is_empty())><DataTable table /></Show>
            <p class="small"><a href="#/privacy">"Remove everything from this device"</a></p>
        </Section>
    }
}

//! The pages of the workspace: team home, board, every worksheet, and what is kept where.

mod about;
mod agenda;
mod assess;
mod board;
mod chosen;
mod evidence;
mod evidence_of;
mod family;
mod form;
mod home;
mod item;
mod kinds;
mod measure;
mod more;
mod others;
mod partner;
mod partners;
mod peers;
mod print;
mod print_kinds;
mod reasons;
mod strategies;
mod talk;
mod talks;
mod test;
mod visit;
mod workspace;

pub use about::{PlansFor, PlansOfStudent};
pub use talks::begin_talk;

use crate::attendance::day::MONTHS_IN_FULL;
use crate::browser::device;
use crate::plans::storage::policy::SaveState;
use crate::plans::storage::space::Room;
use crate::state::plans::{Plans, Remember, use_plans};
use crate::state::use_state;
use crate::ui::components::{LinkButton, Notice, NoticeKind, Toast};
use leptos::prelude::*;

/// The pages below Plans: word in the address, and name.
const PLACES: [(&str, &str); 10] = [
    ("", "Team"),
    ("reasons", "Reasons"),
    ("strategies", "Strategies"),
    ("partners", "Partners"),
    ("talks", "Conversations"),
    ("assess", "Self-assessment"),
    ("peers", "Peer learning"),
    ("measuring", "Measuring"),
    ("worksheets", "Worksheets"),
    ("workspace", "Workspace"),
];

#[component]
pub fn PlansPage() -> impl IntoView {
    let state = use_state();
    let plans = use_plans();
    plans.take_inbox();
    let place = Memo::new(move |_| state.route.with(|r| r.below.clone()));
    let body = move || {
        let below = place.get();
        let second = below.get(1).cloned().unwrap_or_default();
        match below.first().map_or("", String::as_str) {
            "reasons" => view! { <reasons::ReasonsPage /> }.into_any(),
            "strategies" => view! { <strategies::StrategiesPage /> }.into_any(),
            "partners" => view! { <partners::PartnersPage /> }.into_any(),
            "talks" => view! { <talks::TalksPage /> }.into_any(),
            "talk" => view! { <talk::TalkPage id=second /> }.into_any(),
            "family" => view! { <family::FamilySheet id=second /> }.into_any(),
            "assess" => view! { <assess::AssessPage /> }.into_any(),
            "peers" => view! { <peers::PeersPage /> }.into_any(),
            "measuring" => view! { <measure::MeasuringPage /> }.into_any(),
            "worksheets" => view! { <print::WorksheetsPage /> }.into_any(),
            "print" => {
                view! { <print::PrintPage what=second id=below.get(2).cloned().unwrap_or_default() /> }.into_any()
            }
            "workspace" => view! { <workspace::WorkspacePage /> }.into_any(),
            "item" => view! { <item::ItemPage id=second /> }.into_any(),
            _ => view! { <home::HomePage /> }.into_any(),
        }
    };
    // The word about what was done leaves by itself; Undo stays in the page's last line.
    Effect::new(move |_| {
        let Some(said) = plans.toast.get() else { return };
        leptos::task::spawn_local(async move {
            crate::browser::clock::pause(10_000).await;
            if plans.toast.try_get_untracked().flatten().as_ref() == Some(&said) {
                plans.toast.set(None);
            }
        });
    });
    let here = move || place.with(|below| below.first().cloned().unwrap_or_default());
    let links = move || {
        let here = here();
        PLACES
            .iter()
            .map(|(word, name)| {
                let href = if word.is_empty() { "#/plans".to_owned() } else { format!("#/plans/{word}") };
                let current = (here == *word).then_some("page");
                view! { <a class="plans-nav__link" href=href aria-current=current>{*name}</a> }
            })
            .collect_view()
    };
    view! {
        <div class="plans">
            <nav class="plans-nav no-print" aria-label="Plans">{links}</nav>
            <Kept />
            {body}
            <SavedLine />
            <Toast
                message=plans.toast
                on_undo=move |()| plans.undo()
                on_dismiss=move |()| plans.toast.set(None)
            />
        </div>
    }
}

/// What stands in the way of keeping the plans, and what another copy brought.
#[component]
fn Kept() -> impl IntoView {
    let plans = use_plans();
    let aside = move || {
        plans.set_aside.get().map(|aside| {
            let text = aside.text.clone();
            let save = move |()| plans.app.save("bright-spots-plans-as-found.json", "application/json", &text);
            view! {
                <Notice kind=NoticeKind::Problem title="Kept as it was found"
                    actions=move || view! { <LinkButton on_click=save>"Save it as a file"</LinkButton> }>
                    <p>{aside.words}</p>
                </Notice>
            }
        })
    };
    let failed = move || match plans.save_state.get() {
        SaveState::NotSaved { why } => Some(view! {
            <Notice kind=NoticeKind::Problem title="Not saved"
                actions=move || view! {
                    <a href="#/plans/workspace" class="link">"Save a workspace file"</a>
                    <LinkButton on_click=move |()| plans.save_now()>"Try again"</LinkButton>
                }>
                <p>{why.words()}</p>
            </Notice>
        }),
        _ => None,
    };
    // What was put together is said where it happened, not on every page after it.
    Effect::new(move |before: Option<String>| {
        let here = plans.app.route.with(|route| route.hash());
        if before.is_some_and(|before| before != here) {
            plans.merged.set(None);
        }
        here
    });
    let merged = move || {
        plans.merged.get().map(|words| {
            view! {
                <Notice kind=NoticeKind::Done
                    actions=move || view! { <LinkButton on_click=move |()| plans.merged.set(None)>"Close"</LinkButton> }>
                    <p>{words}</p>
                </Notice>
            }
        })
    };
    let room = move || {
        let (words, room) = plans.room();
        (room != Room::Plenty).then(|| {
            let advice = if room == Room::Nearly { "Room is nearly used up" } else { "Over half of the room is used" };
            view! {
                <Notice title=advice>
                    <p>{words}". "<a href="#/plans/workspace">"Save a workspace file"</a></p>
                </Notice>
            }
        })
    };
    view! { <div class="plans-kept no-print">{aside}{failed}{merged}{room}</div> }
}

/// Whether the plans are saved, in words. Where something was written about persons, that stands beside.
#[must_use]
fn saved_words(plans: Plans) -> String {
    match plans.save_state.get() {
        SaveState::Untouched if plans.personal.with(|p| p.live().next().is_some()) => String::new(),
        SaveState::Untouched => "Nothing to save yet.".to_owned(),
        SaveState::Saving => "Saving.".to_owned(),
        SaveState::Saved { at } => format!("Plans saved on this device at {}.", device::time_of_day(at.0 as f64)),
        SaveState::NotSaved { .. } => "Plans not saved on this device.".to_owned(),
    }
}

/// Where what was written about persons is, and whether it will be lost with this tab.
fn persons_words(plans: Plans) -> Option<String> {
    if plans.personal.with(|p| p.live().next().is_none()) {
        return None;
    }
    Some(match plans.remember.get() {
        Remember::OnDevice => "What is written about persons is kept on this device, locked.".to_owned(),
        Remember::NotKept { why } => format!("What is written about persons could not be kept: {why}"),
        Remember::Memory | Remember::Locked { .. } => {
            "What is written about persons is in this tab only, and gone when it is closed.".to_owned()
        }
    })
}

#[component]
fn SavedLine() -> impl IntoView {
    let plans = use_plans();
    let due = move || plans.backup_due().then(|| view! { " " <strong>"Some work is in no file yet."</strong> });
    let persons = move || {
        persons_words(plans).map(|words| {
            let how = plans.remember.with(|r| *r != Remember::OnDevice).then(|| {
                view! { " " <a href="#/plans/workspace">"Keep it: locked on this device, or in a file"</a> }
            });
            view! { " " <span data-persons-kept=""><strong>{words}</strong>{how}</span> }
        })
    };
    let undo =
        move || plans.can_undo().then(|| view! { <LinkButton on_click=move |()| plans.undo()>"Undo"</LinkButton> });
    view! {
        <div class="page-note no-print" data-plans-saved=move || saved_key(plans)>
            <span>
                <span role="status">{move || saved_words(plans)}</span>
                " Plans hold no student names."
                {persons}
                {due}
            </span>
            <span class="row">
                <LinkButton on_click=move |()| plans.save_file(crate::plans::storage::backup::PersonalPart::LeftOut)>
                    "Save workspace file"
                </LinkButton>
                {undo}
            </span>
        </div>
    }
}

fn saved_key(plans: Plans) -> &'static str {
    match plans.save_state.get() {
        SaveState::Untouched => "untouched",
        SaveState::Saving => "saving",
        SaveState::Saved { .. } => "saved",
        SaveState::NotSaved { .. } => "not-saved",
    }
}

/// `17 February`, without a year where it is this one.
#[must_use]
fn long_day(day: crate::attendance::Day) -> String {
    let (_, month, date) = day.ymd();
    format!("{date} {}", MONTHS_IN_FULL[usize::from(month) - 1])
}

/// The address of an item.
#[must_use]
fn href(id: &crate::plans::Id) -> String {
    format!("#/plans/item/{id}")
}

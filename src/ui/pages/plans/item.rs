//! One plan: its form, what it is tied to in both directions, and how to print or remove it.

use super::form::deed;
use super::{agenda, assess, measure, more, partner, peers, reasons, strategies, test, visit};
use crate::plans::document::Link;
use crate::plans::sharing::title;
use crate::plans::{Body, Change, Id};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::{Button, ButtonKind, ButtonSize, Choice, LinkButton, PageHead, Section, SelectField};
use leptos::prelude::*;

#[component]
pub fn ItemPage(id: String) -> impl IntoView {
    let plans = use_plans();
    let id = Id(id);
    let at = id.clone();
    let kind = Memo::new(move |_| plans.workspace.with(|w| w.get(&at).map(Body::kind)));
    move || match kind.get() {
        None => view! {
            <PageHead title="Plans" />
            <p>"This plan is not here. It may have been removed, or it is in another workspace."</p>
            <p><a href="#/plans">"Back to the plans"</a></p>
        }
        .into_any(),
        Some("Test") => view! { <test::TestPage id=id.clone() /> }.into_any(),
        Some(kind) => view! { <PlainItem id=id.clone() kind /> }.into_any(),
    }
}

/// The title of an item, as it changes.
#[must_use]
pub fn title_of(plans: Plans, id: &Id) -> Signal<String> {
    let id = id.clone();
    Memo::new(move |_| plans.workspace.with(|w| w.get(&id).map(|b| title(b, plans.eyes())).unwrap_or_default())).into()
}

/// The worksheet on which an item is printed.
fn sheet_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "Test" => "test",
        "Meeting" => "meeting",
        "Self-assessment" => "assessment",
        "Visit" => "visit",
        "Practice profile" => "profile",
        "Recognition" => "recognition",
        "Measuring" => "measure",
        "Peer support" => "support",
        "Organising" => "organising",
        "Making the case" => "case",
        "Network" => "network",
        "Strategy" => "strategy",
        "What we will share" => "shared",
        _ => return None,
    })
}

#[component]
fn PlainItem(id: Id, kind: &'static str) -> impl IntoView {
    let plans = use_plans();
    let title = title_of(plans, &id);
    let form = {
        let id = &id;
        match kind {
            "Meeting" => agenda::meeting_form(plans, id),
            "Self-assessment" => assess::form(plans, id),
            "Reason" => reasons::form(plans, id),
            "Strategy" => strategies::form(plans, id),
            "Partner" => partner::form(plans, id),
            "Making the case" => partner::case_form(plans, id),
            "Organising" => partner::organising_form(plans, id),
            "Visit" => visit::form(plans, id),
            "Peer support" => peers::support_form(plans, id),
            "Network" => peers::network_form(plans, id),
            "Measuring" => measure::form(plans, id),
            _ => more::form(plans, id, kind),
        }
    };
    let above = move || view! { <a class="small" href="#/plans">"Plans"</a> };
    let below = move || view! { <span class="small quiet">{kind}</span> };
    view! {
        <PageHead title above below />
        <Section title="Worksheet" margin={
            let id = id.clone();
            move || view! { <Ways id kind /> }
        }>
            <div class="stack plans-form">{form}</div>
        </Section>
        <Ties id />
    }
}

/// Print, and remove.
#[component]
pub fn Ways(id: Id, kind: &'static str) -> impl IntoView {
    let plans = use_plans();
    let print = sheet_of(kind).map(|sheet| {
        let href = format!("#/plans/print/{sheet}/{id}");
        view! { <a class="small" href=href>"Print the worksheet"</a> }
    });
    let remove = move |()| {
        plans.deed(Change::remove(&format!("Removed the {}", kind.to_lowercase()), id.clone()));
        plans.app.go("#/plans");
    };
    view! {
        <div class="row no-print">
            {print}
            <Button kind=ButtonKind::Removes size=ButtonSize::Small on_click=remove>"Remove"</Button>
        </div>
    }
}

/// The page of a school, where the loaded data have it: an address holds its position, never a name.
fn school_page(name: &str) -> String {
    let loaded = crate::state::use_state().loaded.get();
    let at = loaded.and_then(|l| l.outcome.dataset.schools.iter().position(|school| school.name == name));
    at.map_or_else(|| "#/schools".to_owned(), |at| format!("#/schools/{at}"))
}

/// The conditions with this one asked about, where the loaded data have it.
fn condition_page(key: &str) -> String {
    let loaded = crate::state::use_state().loaded.get();
    let at = loaded.and_then(|l| l.outcome.dataset.attributes.iter().position(|a| a.key == key));
    at.map_or_else(|| "#/conditions".to_owned(), |at| format!("#/conditions?condition={at}"))
}

/// Everything tied to a plan, in either direction, and a way to tie more.
#[component]
pub fn Ties(id: Id) -> impl IntoView {
    let plans = use_plans();
    let here = id.clone();
    let list = move || {
        let tied = plans.workspace.with(|w| {
            let items = w.around(&id).into_iter().filter_map(|other| {
                w.get(&other).map(|b| {
                    (Link::Item(other.clone()), b.kind().to_owned(), title(b, plans.eyes()), super::href(&other))
                })
            });
            let others = w.links(&id).iter().filter_map(|link| {
                Some(match link {
                    Link::Item(_) => return None,
                    Link::School(name) => (link.clone(), "School".to_owned(), name.clone(), school_page(name)),
                    Link::Condition(key) => {
                        let label = crate::attendance::attribute::label(key).unwrap_or(key).to_owned();
                        (link.clone(), "Condition".to_owned(), label, condition_page(key))
                    }
                    Link::Grade(grade) => (link.clone(), "Grade".to_owned(), grade.clone(), "#/tiers".to_owned()),
                    Link::Finding(name) => {
                        let (page, words) = match name.strip_prefix("workshop:") {
                            Some(session) => ("#/workshop", format!("Chosen in the workshop “{session}”")),
                            None => ("#/tiers", name.clone()),
                        };
                        (link.clone(), "Finding".to_owned(), words, page.to_owned())
                    }
                })
            });
            items.chain(others).collect::<Vec<_>>()
        });
        if tied.is_empty() {
            return view! { <p class="small quiet">"Nothing yet."</p> }.into_any();
        }
        let rows = tied.into_iter().map(|(link, kind, title, href)| {
            let id = id.clone();
            let untie = move |()| {
                if let Some(change) = plans.workspace.with_untracked(|w| w.untie(&id, &link)) {
                    plans.deed(change);
                }
            };
            view! {
                <li class="tie">
                    <span class="quiet small">{kind}</span>
                    <a href=href>{title.clone()}</a>
                    <span class="no-print"><LinkButton on_click=untie>"Untie" <span class="visually-hidden">" "{title}</span></LinkButton></span>
                </li>
            }
        });
        view! { <ul class="ties">{rows.collect_view()}</ul> }.into_any()
    };
    let students = {
        let here = here.clone();
        move || {
            let n = plans.personal.with(|p| p.students_in(&here).len());
            (n > 0 && plans.is_team()).then(|| {
                let who = if n == 1 { "1 student is".to_owned() } else { format!("{n} students are") };
                view! { <p class="small">{format!("{who} named in this plan, in the part about persons.")}</p> }
            })
        }
    };
    view! {
        <Section title="Tied to" note="Both ways: what it came from, and what came of it.">
            {students}
            {list}
            <TieMore id=here />
        </Section>
    }
}

#[component]
fn TieMore(id: Id) -> impl IntoView {
    let plans = use_plans();
    let open = RwSignal::new(false);
    let here = id.clone();
    let choices = Signal::derive(move || {
        let mut all: Vec<Choice> = plans.workspace.with(|w| {
            let near = w.around(&here);
            w.live()
                .filter(|(other, body)| {
                    **other != here && !near.contains(other) && !matches!(body, Body::Difference(_) | Body::Team(_))
                })
                .map(|(other, body)| {
                    Choice::new(format!("i{other}"), format!("{}: {}", body.kind(), title(body, plans.eyes())))
                })
                .collect()
        });
        all.sort_by(|a, b| a.label.cmp(&b.label));
        if let Some(loaded) = plans.app.loaded.get() {
            let data = &loaded.outcome.dataset;
            all.extend(data.schools.iter().map(|s| Choice::new(format!("s{}", s.name), format!("School: {}", s.name))));
            all.extend(
                data.attributes.iter().map(|a| Choice::new(format!("c{}", a.key), format!("Condition: {}", a.label))),
            );
        }
        all
    });
    let tie = move |value: String| {
        let (kind, name) = value.split_at(1);
        let link = match kind {
            "s" => Link::School(name.to_owned()),
            "c" => Link::Condition(name.to_owned()),
            _ => Link::Item(Id::from(name)),
        };
        if let Some(change) = plans.workspace.with_untracked(|w| w.tie(&id, link)) {
            plans.deed(change);
        }
        open.set(false);
    };
    move || {
        let tie = tie.clone();
        if open.get() {
            view! {
                <div class="plans-fields no-print">
                    <SelectField label="Tie to" choices value="" on_change=tie hint="Schools and conditions stand here once data are loaded." />
                </div>
            }
            .into_any()
        } else {
            view! { <p class="no-print">{deed("Tie to something", move || open.set(true))}</p> }.into_any()
        }
    }
}

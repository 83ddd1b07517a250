//! Peer learning: the four supports, networks, visits, what is shared, and recognition.

use super::form::{Cursor, group, item, stack};
use super::more::stages;
use super::others::Others;
use crate::plans::content::peers::{NETWORK, PURPOSE, SUPPORTS};
use crate::plans::edits::peers::start_support;
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::*;
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn PeersPage() -> impl IntoView {
    let plans = use_plans();
    let finding = Signal::derive(move || {
        let (visits, tests) = plans.workspace.with(|w| {
            w.live().fold((0, 0), |(v, t), (_, b)| match b {
                Body::Visit(x) => (v + 1, t + x.visitor_tests.len() as u64),
                _ => (v, t),
            })
        });
        match visits {
            0 => Prose::new()
                .plain(format!("{PURPOSE}. Begin with a school where fewer students are absent than expected.")),
            n => Prose::new()
                .strong(format::plural(n, "visit", "visits"))
                .plain(format!(" planned or held, {} to try at home.", format::plural(tests, "test", "tests"))),
        }
    });
    view! {
        <PageHead title="Peer learning" finding />
        <Visits />
        <Supports />
        <Others title="Networks" kind="Network" begin="Begin a network" note="Members, strands, one question of practice for each meeting, something to pilot." />
        <Others title="What we will share" kind="What we will share" begin="Plan what to share" note="Products, for whom, by when." />
        <Others title="Practice profiles" kind="Practice profile" begin="Write a practice profile" note="One page about what a school does, for its peers." />
        <Others title="Recognition" kind="Recognition" begin="Begin a recognition" note="Its evidence comes from the data; its criteria are the team’s." />
    }
}

#[component]
fn Visits() -> impl IntoView {
    let plans = use_plans();
    let visit = move |()| super::board::begin(plans, "visit");
    let table = Signal::derive(move || {
        let rows = plans.workspace.with(|w| {
            w.live()
                .filter_map(|(id, b)| match b {
                    Body::Visit(v) => Some(Row::new(vec![
                        Cell::link(b.title(), super::href(id)),
                        Cell::text(v.on.map(|d| d.to_string()).unwrap_or_default()),
                        Cell::text(v.owner.label.clone()),
                        Cell::text(v.stage.label()),
                    ])),
                    _ => None,
                })
                .collect()
        });
        TableData {
            caption: "Visits".to_owned(),
            columns: ["School", "Day", "Who", "State"].map(Column::words).to_vec(),
            rows,
        }
    });
    view! {
        <Section title="Visits" note="“Plan a visit” on the page of schools brings the school and its numbers here.">
            <Show when=move || table.with(|t| !t.rows.is_empty()) fallback=|| view! { <p>"No visit yet. "<a href="#/schools">"Look at the schools"</a></p> }>
                <DataTable table shape=TableShape::Stacks />
            </Show>
            <p class="no-print plans-tools"><Button size=ButtonSize::Small on_click=visit>"Plan a visit"</Button></p>
        </Section>
    }
}

#[component]
fn Supports() -> impl IntoView {
    let plans = use_plans();
    let menu = SUPPORTS
        .iter()
        .map(|s| {
            let begin = move |_| {
                let (id, change) = start_support(s.kind, &mut || plans.new_id());
                plans.deed(change);
                plans.app.go(&super::href(&id));
            };
            view! {
                <li class="tie">
                    <strong>{s.name}</strong>
                    <span>{s.what}<span class="small quiet">{format!(" {}. Measured by: {}.", s.duration, s.measured_by.to_lowercase())}</span></span>
                    <button type="button" class="link no-print" aria-label=format!("Begin {}", s.name.to_lowercase()) on:click=begin>"Begin"</button>
                </li>
            }
        })
        .collect_view();
    let mine = move || {
        plans.workspace.with(|w| {
            w.live()
                .filter(|(_, b)| matches!(b, Body::PeerSupport(_)))
                .map(|(id, b)| view! { <li class="tie"><a href=super::href(id)>{b.title()}</a></li> })
                .collect_view()
        })
    };
    view! {
        <Section title="Peer supports" note="Four ways in which colleagues help each other." margin=move || view! { <a class="small" href="#/plans/print/supports">"Print the menu"</a> }>
            <ul class="ties">{menu}</ul>
            <ul class="ties">{mine}</ul>
        </Section>
    }
}

/// One peer support.
#[must_use]
pub fn support_form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<PeerSupport>(plans, id);
    let kinds = SUPPORTS.iter().map(|s| (s.kind, s.name.to_owned())).collect();
    stack(vec![
        group(vec![
            at.pick("Support", "", kinds, |s| &mut s.kind),
            at.text("Goal", "", |s| &mut s.goal),
            at.text("Focus", "", |s| &mut s.focus),
            at.text("Duration", "", |s| &mut s.duration),
        ]),
        group(vec![
            at.people("With", "Roles or initials, commas between", |s| &mut s.with),
            at.who("Who has it", "", |s| &mut s.owner),
            at.day("Begins", "", |s| &mut s.begins),
            at.day("Ends", "", |s| &mut s.ends),
            at.pick("State", "", stages(), |s| &mut s.stage),
        ]),
        at.ticks("Process", "Add a step", |s| &mut s.process),
        at.text("Measured by", "", |s| &mut s.measured_by),
        at.notes("What was made or seen", "Add a line", "Line", |s| &mut s.artifacts),
        at.area("Looking back", "", |s| &mut s.reflection),
    ])
}

/// One network.
#[must_use]
pub fn network_form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Network>(plans, id);
    let hints = NETWORK.iter().map(|p| view! { <li><strong>{p.title}</strong>": "{p.hint}</li> }).collect_view();
    stack(vec![
        view! { <ul class="plain-list small">{hints}</ul> }.into_any(),
        group(vec![at.text("Name", "", |n| &mut n.name), at.text("Purpose", "", |n| &mut n.purpose)]),
        at.list(
            "Members",
            "Add a member",
            |n| &mut n.members,
            |row: Cursor<Member>| {
                group(vec![
                    row.who("Role or initials", "", |m| &mut m.who),
                    row.text("From", "", |m| &mut m.from),
                    row.text("Part", "", |m| &mut m.role),
                ])
            },
        ),
        at.notes("Strands", "Add a strand", "Strand", |n| &mut n.strands),
        at.list(
            "Meetings",
            "Add a meeting",
            |n| &mut n.meetings,
            |row: Cursor<NetworkMeeting>| {
                stack(vec![
                    group(vec![
                        row.day("Day", "", |m| &mut m.on),
                        row.text("Strand", "", |m| &mut m.strand),
                        row.who("Brought by", "", |m| &mut m.brought_by),
                        row.who("Guest", "", |m| &mut m.guest),
                    ]),
                    row.text("Question of practice", "", |m| &mut m.question),
                    row.area("Notes", "", |m| &mut m.notes),
                ])
            },
        ),
        at.list(
            "Pilots",
            "Add a pilot",
            |n| &mut n.pilots,
            |row: Cursor<Pilot>| {
                stack(vec![
                    group(vec![
                        row.text("What is piloted", "", |p| &mut p.what),
                        row.text("Where", "", |p| &mut p.at),
                        row.text("Learned from", "", |p| &mut p.learned_from),
                        row.day("From", "", |p| &mut p.from),
                        row.day("To", "", |p| &mut p.to),
                    ]),
                    row.ticks("Checklist", "Add to the checklist", |p| &mut p.checklist),
                    row.area("What came of it", "", |p| &mut p.result),
                ])
            },
        ),
    ])
}

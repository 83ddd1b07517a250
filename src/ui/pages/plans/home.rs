//! The team's home: what waits, the next meeting's agenda, the board, and the five functions.

use super::agenda::Agenda;
use super::board::Board;
use super::form;
use crate::plans::content::team::FUNCTIONS;
use crate::plans::model::{FunctionNote, Team, TeamMember};
use crate::plans::{Body, Change, Id};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::{Button, PageHead, Section};
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// The team of this workspace, where there is one.
#[must_use]
pub fn team(plans: Plans) -> Option<(Id, Team)> {
    plans.workspace.with(|w| {
        w.live().find_map(|(id, body)| match body {
            Body::Team(team) => Some((id.clone(), team.clone())),
            _ => None,
        })
    })
}

#[component]
pub fn HomePage() -> impl IntoView {
    let plans = use_plans();
    let finding = Signal::derive(move || {
        let waiting = super::agenda::lines(plans);
        let day = super::agenda::meeting_day(plans);
        let on = format!("{} {}", crate::attendance::day::WEEKDAYS[usize::from(day.weekday())], super::long_day(day));
        let n = waiting.iter().filter(|l| !l.dropped).count();
        let head = match n {
            0 => return Prose::new().plain("Nothing waits for the team on ").strong(on).plain("."),
            1 => "One thing waits for the team on ".to_owned(),
            n => format!("{n} things wait for the team on "),
        };
        let first = waiting.iter().find(|l| !l.dropped).map(|l| lower_first(&l.what)).unwrap_or_default();
        Prose::new().plain(head).strong(on).plain(format!(": {first}{}", if n > 1 { ", and more." } else { "." }))
    });
    view! {
        <PageHead title="Plans" finding />
        <Agenda />
        <Board />
        <Functions />
        <TheTeam />
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// Where each function's work is done: address and name.
const PLACES: [&[(&str, &str)]; 5] = [
    &[("#/plans/strategies", "Strategies by tier"), ("#/plans/assess", "Self-assessment")],
    &[("#/tiers", "Tiers"), ("#/schools", "Schools"), ("#/conditions", "Conditions"), ("#/students", "Students")],
    &[("#/plans/reasons", "Reasons"), ("#/plans/talks", "Conversations"), ("#/plans/peers", "Visits and peers")],
    &[("#/plans/partners", "Partners")],
    &[("#/plans/measuring", "Measuring"), ("#/plans/worksheets", "Worksheets")],
];

/// The five functions of an attendance team, in order.
#[component]
fn Functions() -> impl IntoView {
    let plans = use_plans();
    let rows = FUNCTIONS.iter().zip(PLACES).enumerate().map(move |(at, (function, places))| {
        let links = places.iter().map(|(href, name)| view! { <a href=*href>{*name}</a> }).collect_view();
        let key = function.key;
        let fields = move || {
            // Only whether there is a row decides what is shown: the fields inside follow on their own.
            let place = has_note(plans, key).get();
            match place {
                Some(team_id) => {
                    let row =
                        form::item::<Team>(plans, &team_id).row::<FunctionNote>(|t| &mut t.functions, &Id::from(key));
                    form::group(vec![
                        row.who("Who leads", "", |f| &mut f.lead),
                        row.text("Notes", "", |f| &mut f.note),
                        row.day("Last looked at", "", |f| &mut f.looked_at),
                    ])
                }
                None => form::deed("Add who leads, and notes", move || begin_note(plans, key)),
            }
        };
        view! {
            <li class="function">
                <div>
                    <h3>{format!("{} {}", at + 1, function.title)}</h3>
                    <p class="small quiet">{function.hint}</p>
                </div>
                <div class="stack">
                    <p class="row small">{links}</p>
                    {fields}
                </div>
            </li>
        }
    });
    view! {
        <Section title="The team’s work" note="Five functions, in the order in which they feed each other.">
            <ol class="functions">{rows.collect_view()}</ol>
        </Section>
    }
}

fn has_note(plans: Plans, key: &'static str) -> Memo<Option<Id>> {
    Memo::new(move |_| team(plans).filter(|(_, t)| t.functions.iter().any(|f| f.id.0 == key)).map(|(id, _)| id))
}

fn begin_note(plans: Plans, key: &str) {
    let (id, mut team) = untrack(|| team(plans)).unwrap_or_else(|| (plans.new_id(), Team::default()));
    if !team.functions.iter().any(|f| f.id.0 == key) {
        team.functions.push(FunctionNote { id: Id::from(key), ..FunctionNote::default() });
    }
    plans.apply(Change::put("Added a note", id, Vec::new(), Body::Team(team)));
}

/// Who is on the team and when it meets.
#[component]
fn TheTeam() -> impl IntoView {
    let plans = use_plans();
    let id = Memo::new(move |_| team(plans).map(|(id, _)| id));
    let body = move || match id.get() {
        None => {
            let begin = move |()| {
                let id = plans.new_id();
                plans.deed(Change::put("Began the team", id, Vec::new(), Body::Team(Team::default())));
            };
            view! {
                <p>"Write down who is on the team and when it meets next: the agenda is made for that day."</p>
                <p><Button on_click=begin>"Describe the team"</Button></p>
            }
            .into_any()
        }
        Some(id) => {
            let team = form::item::<Team>(plans, &id);
            form::stack(vec![
                form::group(vec![
                    team.text("Name of the team", "", |t| &mut t.name),
                    team.text("School", "", |t| &mut t.school),
                    team.text("District", "", |t| &mut t.district),
                    team.text("When and where it meets", "", |t| &mut t.meets),
                    team.day("Next meeting", "", |t| &mut t.next_meeting),
                ]),
                team.list(
                    "Members",
                    "Add a member",
                    |t| &mut t.members,
                    |row: form::Cursor<TeamMember>| {
                        form::group(vec![
                            row.who("Role or initials", "", |m| &mut m.who),
                            row.text("What they bring", "", |m| &mut m.role),
                        ])
                    },
                ),
            ])
        }
    };
    view! {
        <Section title="The team" note="Roles or initials are enough. Names and numbers of people belong under Contacts, in Workspace, which can be locked.">
            {body}
        </Section>
    }
}

//! The next meeting: its agenda made from what is due, its minutes and decisions.

use super::form::{self, Cursor, group, stack};
use super::home::team;
use crate::attendance::Day;
use crate::plans::agenda::{Sources, due, refresh};
use crate::plans::calendar::{Entry, ics};
use crate::plans::model::{AgendaLine, Decision, Meeting};
use crate::plans::movement::Whom;
use crate::plans::{Body, Change, Id, Moment};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::{Button, ButtonKind, ButtonSize, LinkButton, Section};
use leptos::prelude::*;

/// The meeting that is planned next: its own item where there is one, else the team's next day.
#[must_use]
pub fn next_meeting(plans: Plans) -> Option<(Id, Meeting)> {
    plans.workspace.with(|w| {
        let open = w.live().filter_map(|(id, body)| match body {
            Body::Meeting(m) if !m.held => Some((id.clone(), m.clone())),
            _ => None,
        });
        open.min_by_key(|(_, m)| (m.on.is_none(), m.on))
    })
}

/// The day the agenda is for.
#[must_use]
pub fn meeting_day(plans: Plans) -> Day {
    let today = plans.today();
    next_meeting(plans)
        .and_then(|(_, m)| m.on)
        .or_else(|| team(plans).and_then(|(_, t)| t.next_meeting))
        .filter(|day| *day >= today)
        .unwrap_or(today)
}

/// What is due by the meeting. Lines about students stand only in Team mode.
#[must_use]
pub fn due_lines(plans: Plans) -> Vec<AgendaLine> {
    let team = plans.is_team();
    let meeting = meeting_day(plans);
    plans.workspace.with(|workspace| {
        plans.personal.with(|personal| {
            plans.movement.with(|movement| {
                let shown: &[_] = if team { movement } else { &[] };
                due(&Sources {
                    workspace,
                    personal: team.then_some(personal),
                    movement: shown,
                    today: plans.today(),
                    meeting,
                })
            })
        })
    })
}

/// The agenda as it stands: the team's own order where a meeting was begun.
#[must_use]
pub fn lines(plans: Plans) -> Vec<AgendaLine> {
    let due = due_lines(plans);
    let mut lines = match next_meeting(plans) {
        Some((_, meeting)) => refresh(&meeting, &due),
        None => due,
    };
    if !plans.is_team() {
        let about_students = ["due:moved:", "due:check-ins", "due:consents"];
        lines.retain(|l| !about_students.iter().any(|key| l.id.0.starts_with(key)));
    }
    lines
}

/// Writes the agenda as shown into the meeting, so that it can be changed.
fn change(plans: Plans, label: &str, act: impl FnOnce(&mut Vec<AgendaLine>)) {
    let (id, mut meeting) = untrack(|| next_meeting(plans)).unwrap_or_else(|| {
        (plans.new_id(), Meeting { on: Some(untrack(|| meeting_day(plans))), ..Meeting::default() })
    });
    meeting.agenda = refresh(&meeting, &untrack(|| due_lines(plans)));
    act(&mut meeting.agenda);
    let links = plans.workspace.with_untracked(|w| w.links(&id).to_vec());
    plans.apply(Change::put(label, id, links, Body::Meeting(meeting)));
}

#[component]
pub fn Agenda() -> impl IntoView {
    let plans = use_plans();
    let title = Signal::derive(move || format!("Agenda, {}", super::long_day(meeting_day(plans))));
    let editing = RwSignal::new(false);
    let print = move |()| plans.app.go("#/plans/print/agenda");
    let calendar = move |()| {
        let day = untrack(|| meeting_day(plans));
        let entry = Entry {
            day,
            title: "Meeting of the attendance team".to_owned(),
            item: Id::from("meeting"),
            key: day.iso(),
            done: false,
        };
        let made = Moment(crate::browser::clock::now_ms() as i64);
        plans.app.save("attendance-team-meeting.ics", "text/calendar", &ics(&[entry], made));
    };
    let tools = move || {
        view! {
            <LinkButton on_click=move |()| editing.update(|e| *e = !*e)>
                {move || if editing.get() { "Done changing" } else { "Change" }}
            </LinkButton>
            <LinkButton on_click=print>"Print"</LinkButton>
            <LinkButton on_click=calendar>"Add to calendar"</LinkButton>
        }
    };
    let rows = move || {
        let all: Vec<AgendaLine> = lines(plans).into_iter().filter(|l| !l.dropped).collect();
        if all.is_empty() {
            return view! {
                <p>"Nothing is due. As tests end, partners grow stale, steps fall due and new exports are loaded, lines appear here."</p>
            }
            .into_any();
        }
        let count = all.len();
        let rows = all.into_iter().enumerate().map(|(at, line)| {
            let what = match leads_to(&line) {
                Some(href) => view! { <a href=href>{line.what.clone()}</a> }.into_any(),
                None => line.what.clone().into_any(),
            };
            let who = line.leads.label.clone();
            let moves = editing.get().then(|| moves(plans, &line.id, at, count));
            view! {
                <li class="agenda__item">
                    <span class="agenda__minutes">{format!("{} min", line.minutes)}</span>
                    <span>{what}{moves}</span>
                    <span class="agenda__who">{who}</span>
                </li>
            }
        });
        view! { <ol class="agenda">{rows.collect_view()}</ol> }.into_any()
    };
    let draft = RwSignal::new(String::new());
    let add = move |()| {
        let text = draft.get_untracked().trim().to_owned();
        if !text.is_empty() {
            let id = plans.new_id();
            change(plans, "Added to the agenda", |lines| {
                lines.push(AgendaLine { id, what: text, minutes: 5, ..AgendaLine::default() });
            });
            draft.set(String::new());
        }
    };
    let adding = move || {
        editing.get().then(|| {
            view! {
                <div class="plans-fields no-print">
                    <crate::ui::components::Field label="Something else to talk about" value=draft on_input=move |text| draft.set(text) />
                    <Button size=ButtonSize::Small on_click=add>"Add"</Button>
                </div>
            }
        })
    };
    let minutes = move || match next_meeting(plans) {
        Some((id, _)) => view! { <a class="small" href=super::href(&id)>"Minutes and decisions"</a> }.into_any(),
        None => form::deed("Write minutes", move || change(plans, "Began the meeting", |_| ())),
    };
    view! {
        <Section title note="Made from what is due. Add, reorder or drop items." tools>
            {rows}
            {adding}
            <p class="no-print agenda__more">{minutes}</p>
        </Section>
    }
}

/// The page of what a line is about: its plan, or the names behind its number.
fn leads_to(line: &AgendaLine) -> Option<String> {
    let page = match line.id.0.as_str() {
        "due:moved:chronic" => format!("#/students/moved?who={}", Whom::NewlyChronic.key()),
        "due:moved:recovered" => format!("#/students/moved?who={}", Whom::Recovered.key()),
        "due:check-ins" => "#/plans/talks".to_owned(),
        _ => super::href(line.about.as_ref()?),
    };
    Some(page)
}

fn moves(plans: Plans, id: &Id, at: usize, count: usize) -> impl IntoView + use<> {
    let step = |by: isize, words: &'static str| {
        let id = id.clone();
        let act = move |()| {
            let id = id.clone();
            change(plans, "Moved a line", move |lines| {
                // Dropped lines keep their places and are passed over.
                let shown: Vec<usize> = (0..lines.len()).filter(|n| !lines[*n].dropped).collect();
                let here = shown.iter().position(|n| lines[*n].id == id);
                let there = here.and_then(|h| h.checked_add_signed(by)).and_then(|t| shown.get(t).copied());
                if let (Some(here), Some(there)) = (here.and_then(|h| shown.get(h).copied()), there) {
                    lines.swap(here, there);
                }
            });
        };
        view! { <LinkButton on_click=act>{words}</LinkButton> }
    };
    let (up, down) = ((at > 0).then(|| step(-1, "Up")), (at + 1 < count).then(|| step(1, "Down")));
    let gone = id.clone();
    let drop = move |()| {
        let gone = gone.clone();
        change(plans, "Dropped a line", move |lines| {
            for line in lines.iter_mut().filter(|l| l.id == gone) {
                line.dropped = true;
            }
        });
        plans.offer_undo("Dropped a line");
    };
    view! { <span class="agenda__moves row small no-print">{up}{down}<LinkButton on_click=drop>"Drop"</LinkButton></span> }
}

/// The form of one meeting.
#[must_use]
pub fn meeting_form(plans: Plans, id: &Id) -> AnyView {
    let meeting = form::item::<Meeting>(plans, id);
    let held = meeting.value(|m| m.held);
    let end = meeting.clone();
    let close = move |()| {
        end.change("Held the meeting", |m| m.held = true);
        plans.offer_undo("Held the meeting");
    };
    stack(vec![
        group(vec![
            meeting.day("Day", "", |m| &mut m.on),
            meeting.text("Place", "", |m| &mut m.place),
            meeting.people("Who was there", "Roles or initials, with commas between", |m| &mut m.present),
        ]),
        meeting.list(
            "Agenda",
            "Add a line",
            |m| &mut m.agenda,
            |row: Cursor<AgendaLine>| {
                group(vec![
                    row.text("What", "", |l| &mut l.what),
                    row.count("Minutes", |l| &mut l.minutes),
                    row.who("Who leads", "", |l| &mut l.leads),
                ])
            },
        ),
        meeting.area("Minutes", "What was said, in a few lines", |m| &mut m.minutes),
        meeting.list(
            "Decisions",
            "Add a decision",
            |m| &mut m.decisions,
            |row: Cursor<Decision>| {
                group(vec![
                    row.text("What", "", |d| &mut d.what),
                    row.who("Who does it", "", |d| &mut d.owner),
                    row.day("By", "", |d| &mut d.by),
                    row.done("Done", |d| &mut d.done),
                ])
            },
        ),
        view! {
            <Show when=move || !held.get()>
                <p><Button kind=ButtonKind::Go on_click=close.clone()>"The meeting was held"</Button></p>
            </Show>
        }
        .into_any(),
    ])
}

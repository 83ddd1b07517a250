//! Caring conversations with families: Team mode only, kept apart from the plans.

use super::others::Others;
use crate::attendance::{Days, Tier};
use crate::plans::content::conversation::{ATTITUDES, DEBRIEF, ROLE_PLAY};
use crate::plans::personal::{Conversation, StudentRef};
use crate::plans::{Id, PersonalBody};
use crate::state::plans::{Plans, use_plans};
use crate::state::use_state;
use crate::ui::components::*;
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn TalksPage() -> impl IntoView {
    let plans = use_plans();
    let finding = Signal::derive(move || {
        if !plans.is_team() {
            return Prose::from("Conversations with families show in Team mode only.");
        }
        let (n, made) = plans.personal.with(|p| {
            p.live().fold((0, 0), |(n, made), (_, b)| match b {
                PersonalBody::Conversation(t) => (n + 1, made + usize::from(t.plan.made.is_some())),
                _ => (n, made),
            })
        });
        match n {
            0 => Prose::from(
                "Begin with strengths and hopes. Five steps, a help bank, and a plan that the family takes home.",
            ),
            n => Prose::new()
                .strong(format::plural(n, "conversation", "conversations"))
                .plain(format!(", {made} with a plan made together.")),
        }
    });
    view! {
        <PageHead title="Conversations" finding />
        <Show when=move || plans.is_team()><Talks /></Show>
        <Others title="Rounds" kind="Conversations" begin="Plan a round" note="How many families, by when; whom with stands in the part about persons." />
        <Practice />
    }
}

#[component]
fn Talks() -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let draft = RwSignal::new(String::new());
    let table = Signal::derive(move || {
        let round = state.route.with(|r| r.get("round").map(Id::from));
        let rows = plans.personal.with(|p| {
            p.live()
                .filter_map(|(id, b)| match b {
                    PersonalBody::Conversation(t) if round.is_none() || t.outreach == round => {
                        let name =
                            if t.student.name.is_empty() { t.student.id.clone() } else { t.student.name.clone() };
                        let name = if name.is_empty() { "No name yet".to_owned() } else { name };
                        Some(Row::new(vec![
                            Cell::link(name, format!("#/plans/talk/{id}")).with_sub(t.student.school.clone()),
                            Cell::text(t.planned.map(|d| d.to_string()).unwrap_or_default()),
                            Cell::text(t.plan.made.map_or("no plan yet".to_owned(), |d| format!("plan of {d}"))),
                            Cell::text(t.plan.check_in.map(|d| d.to_string()).unwrap_or_default()),
                        ]))
                    }
                    _ => None,
                })
                .collect()
        });
        TableData {
            caption: "Conversations".to_owned(),
            columns: ["Student", "Planned", "Plan", "Check-in"].map(Column::words).to_vec(),
            rows,
        }
    });
    let begin = move |()| {
        let text = draft.get_untracked().trim().to_owned();
        let student = super::chosen::find_student(plans, &text).unwrap_or(StudentRef {
            id: text.clone(),
            name: text,
            school: String::new(),
        });
        let id = begin_talk(plans, student, state.route.with_untracked(|r| r.get("round").map(Id::from)));
        draft.set(String::new());
        plans.app.go(&format!("#/plans/talk/{id}"));
    };
    view! {
        <Section title="With families" note="In this tab’s memory, until you save a file or let this device remember, locked, under Workspace.">
            <Show when=move || table.with(|t| !t.rows.is_empty()) fallback=|| view! { <p>"None yet."</p> }>
                <DataTable table shape=TableShape::Stacks />
            </Show>
            <div class="plans-fields no-print plans-tools">
                <Field label="Student" hint="Id or name as in the file; or any name" value=draft on_input=move |t| draft.set(t) />
                <Button kind=ButtonKind::Go on_click=begin>"Plan a conversation"</Button>
            </div>
        </Section>
    }
}

/// Begins a conversation about a student, with tier and days from the loaded data.
pub fn begin_talk(plans: Plans, student: StudentRef, round: Option<Id>) -> Id {
    let mut talk = Conversation::started(student, [plans.new_id(), plans.new_id()]);
    talk.outreach = round;
    if let Some((enrolled, absent)) = days_of(plans, &talk.student.id) {
        talk.enrolled = Some(enrolled);
        talk.absent = Some(absent);
        talk.tier = Tier::classify(enrolled, absent);
    }
    plans.start_personal("Planned a conversation", PersonalBody::Conversation(Box::new(talk)))
}

/// Days enrolled and missed in the loaded data, all schools together.
#[must_use]
pub fn days_of(plans: Plans, student: &str) -> Option<(Days, Days)> {
    let loaded = plans.app.loaded.get_untracked()?;
    let data = &loaded.outcome.dataset;
    let at = data.students.iter().position(|s| s.id == student)?;
    plans.app.definition.with_untracked(|d| {
        let records = crate::attendance::records::in_district(data, d);
        records.iter().find(|r| r.student as usize == at).map(|r| (r.enrolled, r.absent))
    })
}

#[component]
fn Practice() -> impl IntoView {
    view! {
        <Section title="For practice" note="An invented case for two, and questions for afterwards.">
            <div class="duo">{ROLE_PLAY.iter().map(|(who, text)| view! { <div><h3>{*who}</h3><p>{*text}</p></div> }).collect_view()}</div>
            <h3 class="plans-month">"Afterwards"</h3>
            <ul class="plain-list">{DEBRIEF.iter().map(|q| view! { <li>{*q}</li> }).collect_view()}</ul>
            <h3 class="plans-month">"From, and towards"</h3>
            <ul class="ties">{ATTITUDES.iter().map(|(from, to)| view! { <li class="attitude"><span class="quiet">{*from}</span><strong>{*to}</strong></li> }).collect_view()}</ul>
        </Section>
    }
}

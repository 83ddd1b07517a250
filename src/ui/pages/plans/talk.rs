//! One conversation: five steps with prompts for the student's tier, help bank and plan.

use super::form::{Cursor, group, person, stack};
use crate::plans::content::conversation::{ATTITUDES, HELP_BANK, STEPS};
use crate::plans::personal::{Backup, Conversation, Language, StepNote};
use crate::plans::{Body, Id, PersonalBody};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, CalendarKey, LinkButton, PageHead, Section, SectionShape, Step, Steps,
};
use crate::ui::pages::students::{PatternList, YearCalendar, years_of};
use crate::ui::prose::Prose;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn TalkPage(id: String) -> impl IntoView {
    let plans = use_plans();
    let id = Id(id);
    let at = id.clone();
    let there = Memo::new(move |_| {
        plans.is_team() && plans.personal.with(|p| matches!(p.get(&at), Some(PersonalBody::Conversation(_))))
    });
    move || {
        if there.get() {
            view! { <Talk id=id.clone() /> }.into_any()
        } else {
            view! {
                <PageHead title="Conversation" />
                <p>"This conversation is not here. Conversations show in Team mode, in the tab in which they were written, or after opening the locked part under Workspace."</p>
                <p><a href="#/plans/talks">"Back to the conversations"</a></p>
            }
            .into_any()
        }
    }
}

#[component]
fn Talk(id: Id) -> impl IntoView {
    let plans = use_plans();
    let at = person::<Conversation>(plans, &id);
    let title = at.value(|t| name(t));
    let finding = at.value(|t| match t.absent.zip(t.enrolled) {
        Some((absent, enrolled)) => {
            let days = |d| crate::plans::family_page::days(Language::English, d);
            format!(
                "{} has missed {} of {} days. Begin with what is going well.",
                first(t),
                days(absent),
                days(enrolled)
            )
        }
        None => "Begin with strengths and hopes.".to_owned(),
    });
    let finding = Signal::derive(move || Prose::from(finding.get()));
    let plan_at = at.clone();
    let student = position(plans, &at);
    let above = move || {
        let year = move || {
            student.get().map(|at| view! { <a class="small" href=format!("#/students/{at}")>"This student’s page"</a> })
        };
        view! { <span class="row"><a class="small" href="#/plans/talks">"Conversations"</a>{year}</span> }
    };
    let below_at = at.clone();
    let below = move || {
        let school = below_at.value(|t| t.student.school.clone());
        view! { <span class="small quiet">{move || school.get()}</span> }
    };
    let remove_id = id.clone();
    let remove = move |()| {
        plans.apply_personal(crate::plans::Change::remove("Removed the conversation", remove_id.clone()));
        plans.offer_undo("Removed the conversation");
        plans.app.go("#/plans/talks");
    };
    let family = format!("#/plans/family/{id}");
    let languages = vec![(Language::English, "English".to_owned()), (Language::Spanish, "Spanish".to_owned())];
    let reasons: Vec<(Id, String)> = plans.workspace.with_untracked(|w| {
        w.live().filter(|(_, b)| matches!(b, Body::Reason(_))).map(|(id, b)| (id.clone(), b.title())).collect()
    });
    let rounds: Vec<(Option<Id>, String)> = std::iter::once((None, "No round".to_owned()))
        .chain(plans.workspace.with_untracked(|w| {
            w.live()
                .filter(|(_, b)| matches!(b, Body::Outreach(_)))
                .map(|(id, b)| (Some(id.clone()), b.title()))
                .collect::<Vec<_>>()
        }))
        .collect();
    let round_names: Vec<crate::ui::components::Choice> = rounds
        .iter()
        .map(|(id, name)| {
            crate::ui::components::Choice::new(id.as_ref().map(ToString::to_string).unwrap_or_default(), name.clone())
        })
        .collect();
    let round = at.value(|t| t.outreach.as_ref().map(ToString::to_string).unwrap_or_default());
    let to = at.clone();
    let put_round = move |v: String| to.change("Changed: round", |t| t.outreach = (!v.is_empty()).then_some(Id(v)));
    let mut first_fields = vec![
        group(vec![
            at.day("Planned for", "", |t| &mut t.planned),
            at.text("With", "", |t| &mut t.with),
            at.text("By", "", |t| &mut t.by),
            at.pick("Language of the page for home", "", languages, |t| &mut t.language),
            view! { <crate::ui::components::SelectField label="Round" choices=round_names value=round on_change=put_round /> }.into_any(),
        ]),
        at.area("Strengths", "First: what this student is good at, and likes", |t| &mut t.strengths),
        at.area("Hopes", "Of the student, of the family", |t| &mut t.hopes),
    ];
    first_fields.push(at.area("What the family told us", "", |t| &mut t.told_us));
    if !reasons.is_empty() {
        first_fields.push(at.several("Reasons that the family named", reasons, |t| &mut t.reasons));
    }
    view! {
        <PageHead title finding above below />
        <Section title="Strengths and hopes first" margin=move || view! {
            <div class="row no-print">
                <ButtonLink href=family.clone()>"Page for the family"</ButtonLink>
                <LinkButton on_click=remove.clone()>"Remove"</LinkButton>
            </div>
        }>
            <div class="stack plans-form">{first_fields}</div>
        </Section>
        <DaysTogether student />
        <FiveSteps at=at.clone() />
        <Section title="Help bank" note="Who can help to get to school and back. Two backups, each with a number.">
            <div class="stack plans-form">
                {at.notes(HELP_BANK[0].1, "Add someone at home", "Who", |t| &mut t.help_bank.household)}
                {at.notes(HELP_BANK[1].1, "Add an everyday helper", "Who", |t| &mut t.help_bank.everyday)}
                {at.notes(HELP_BANK[2].1, "Add an occasional helper", "Who", |t| &mut t.help_bank.occasional)}
                {at.notes(HELP_BANK[3].1, "Add a possible helper", "Who", |t| &mut t.help_bank.potential)}
                {at.list("Backups", "Add a backup", |t| &mut t.help_bank.backups, |row: Cursor<Backup>| {
                    group(vec![row.text("Name", "", |b| &mut b.name), row.text("Number", "", |b| &mut b.number)])
                })}
            </div>
        </Section>
        <PlanTogether at=plan_at />
    }
}

fn name(talk: &Conversation) -> String {
    let text = if talk.student.name.trim().is_empty() { &talk.student.id } else { &talk.student.name };
    if text.trim().is_empty() { "A student".to_owned() } else { text.clone() }
}

fn first(talk: &Conversation) -> String {
    let name = name(talk);
    let given = name.split_once(',').map_or(name.as_str(), |(_, first)| first).trim();
    given.split_whitespace().next().unwrap_or("The student").to_owned()
}

/// Where the student of a conversation stands in the loaded data.
fn position(plans: Plans, at: &Cursor<Conversation>) -> Signal<Option<u32>> {
    let id = at.value(|t| t.student.id.clone());
    Memo::new(move |_| {
        let loaded = plans.app.loaded.get()?;
        let at = id.with(|id| loaded.outcome.dataset.students.position(id))?;
        u32::try_from(at).ok()
    })
    .into()
}

/// What the third step looks at together: the student’s days, and the patterns in them.
#[component]
fn DaysTogether(student: Signal<Option<u32>>) -> impl IntoView {
    let all = years_of(&use_plans().app, student);
    let year = Signal::derive(move || all.get().and_then(|all| all.first().cloned()));
    let has_days = Memo::new(move |_| year.with(|y| y.as_ref().is_some_and(|y| !y.days.is_empty())));
    let missing = move || {
        if student.get().is_some() {
            "This file holds totals only, without days, so there is no calendar and no pattern to look for."
        } else {
            "The calendar and the patterns of this student stand here once a file with the student is loaded."
        }
    };
    view! {
        <Show when=move || has_days.get() fallback=move || view! { <Section title="Absence calendar"><p>{missing}</p></Section> }>
            <Section title="Absence calendar" shape=SectionShape::Full key=|| view! { <CalendarKey /> }>
                <YearCalendar all />
            </Section>
            <PatternList year />
        </Show>
    }
}

#[component]
fn FiveSteps(at: Cursor<Conversation>) -> impl IntoView {
    let plans = use_plans();
    let now = RwSignal::new(0_usize);
    let done = at.value(|t| STEPS.map(|s| t.steps.iter().find(|n| n.id.0 == s.key).and_then(|n| n.done)));
    let steps = Signal::derive(move || {
        let done = done.get();
        STEPS
            .iter()
            .enumerate()
            .map(|(n, s)| Step {
                name: format!("{} {}", n + 1, s.title),
                state: match done[n] {
                    Some(day) => format!("done, {day}"),
                    None if now.get() == n => "now".to_owned(),
                    None => "to do".to_owned(),
                },
            })
            .collect::<Vec<_>>()
    });
    let body = move || {
        let n = now.get().min(STEPS.len() - 1);
        let step = &STEPS[n];
        let read = at.clone();
        let prompts = move || {
            let Some(talk) = read.now() else { return Vec::new() };
            step.prompts_for(talk.tier, &first(&talk)).into_iter().map(|p| view! { <li>{p}</li> }).collect::<Vec<_>>()
        };
        let notes =
            at.value(move |t| t.steps.iter().find(|s| s.id.0 == step.key).map(|s| s.notes.clone()).unwrap_or_default());
        let writing = at.clone();
        let put = move |text: String| with_step(&writing, step.key, |s| s.notes = text);
        let ending = at.clone();
        let today = plans.today();
        let next = move |()| {
            with_step(&ending, step.key, |s| s.done = Some(today));
            now.set((n + 1).min(STEPS.len() - 1));
        };
        let words = STEPS.get(n + 1).map_or("This step is done".to_owned(), |s| format!("Continue to {}", s.title));
        view! {
            <div class="duo talk-step">
                <div>
                    <h3>{step.aim}</h3>
                    <ul class="plain-list">{step.key_points.iter().map(|k| view! { <li>{*k}</li> }).collect_view()}</ul>
                    <ul class="said">{prompts}</ul>
                </div>
                <div class="stack">
                    {super::form::free_area("Notes on this step", "Kept in memory only, until you save a file or let this device remember", notes, Arc::new(put))}
                    <p class="button-row no-print"><Button kind=ButtonKind::Go on_click=next>{words}</Button></p>
                    <details><summary class="link">"From, and towards"</summary>
                        <ul class="ties">{ATTITUDES.iter().map(|(from, to)| view! { <li class="attitude"><span class="quiet">{*from}</span><strong>{*to}</strong></li> }).collect_view()}</ul>
                    </details>
                </div>
            </div>
        }
    };
    view! {
        <Section title="Caring conversation" shape=SectionShape::Full>
            <Steps label="The conversation’s steps" steps now on_open=Callback::new(move |n| now.set(n)) />
            {body}
        </Section>
    }
}

fn with_step(at: &Cursor<Conversation>, key: &'static str, change: impl FnOnce(&mut StepNote)) {
    at.change("Changed: notes on a step", |t| {
        if !t.steps.iter().any(|s| s.id.0 == key) {
            t.steps.push(StepNote { id: Id::from(key), ..StepNote::default() });
        }
        if let Some(step) = t.steps.iter_mut().find(|s| s.id.0 == key) {
            change(step);
        }
    });
}

#[component]
fn PlanTogether(at: Cursor<Conversation>) -> impl IntoView {
    let fields = stack(vec![
        group(vec![at.text("Goal", "", |t| &mut t.plan.goal), at.day("Made together on", "", |t| &mut t.plan.made)]),
        at.steps("The family", "Add a step of the family", |t| &mut t.plan.family_steps),
        at.steps("The student", "Add a step of the student", |t| &mut t.plan.student_steps),
        at.steps("The school", "Add a step of the school", |t| &mut t.plan.school_steps),
        at.notes("Who else can help", "Add a referral", "Service, and how to reach it", |t| &mut t.plan.referrals),
        at.notes("Learning to make up", "Add what was missed", "What, and how", |t| &mut t.plan.learning),
        group(vec![
            at.day("We look again on", "", |t| &mut t.plan.check_in),
            at.text("How", "By phone at half past five, at the door", |t| &mut t.plan.check_in_how),
            at.done("Looked again", |t| &mut t.plan.checked),
            at.done("Copy given to the family", |t| &mut t.plan.copy_given),
            at.text("Questions go to", "", |t| &mut t.plan.questions_to),
        ]),
        at.area("What the check-in showed", "", |t| &mut t.plan.check_in_notes),
        at.area("What I want to remember for next time", "", |t| &mut t.reflection),
    ]);
    view! { <Section title="A plan together" note="At least one step is the school’s. A plan, not a contract."><div class="plans-form">{fields}</div></Section> }
}

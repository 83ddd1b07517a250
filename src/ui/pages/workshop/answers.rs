//! Bringing a room together: drop its files in, paste its lines, and see what it said.

use super::address;
use super::map::ResetDialog;
use super::said::{Names, SaidTo};
use crate::browser::picked::{self, PickedFiles};
use crate::state::use_state;
use crate::state::workshop::use_workshop;
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, FileDrop, LinkButton, Notice, PageHead, Section, SectionShape, TextArea,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use crate::workshop::Language;
use crate::workshop::answers::LARGEST_ANSWERS;
use crate::workshop::choices::chosen;
use crate::workshop::figures::Audience;
use crate::workshop::gather::{Added, Participant, RemarkKind};
use leptos::prelude::*;

/// How many of what became of dropped files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    new: usize,
    later: usize,
    again: usize,
    refused: usize,
}

impl Counted {
    fn add(&mut self, added: &Added) {
        match added {
            Added::New => self.new += 1,
            Added::Replaced | Added::Older | Added::Differs => self.later += 1,
            Added::Again => self.again += 1,
            Added::Refused(_) => self.refused += 1,
        }
    }

    fn words(self) -> String {
        let part = |n: usize, words: &str| (n > 0).then(|| format!("{n} {words}"));
        let parts = [
            part(self.new, "new"),
            part(self.later, "another version of answers that are here"),
            part(self.again, "here already"),
            part(self.refused, "not used, with the reason below"),
        ];
        format!("{}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

#[component]
pub(super) fn Answers() -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let id = untrack(|| workshop.session.with(|session| session.id.clone()));
    let people = Memo::new(move |_| workshop.gathering.with(|gathering| gathering.participants(Language::English)));
    let n = Memo::new(move |_| people.with(Vec::len));
    let finding = Signal::derive(move || match n.get() {
        0 => Prose::from(
            "Each laptop hands over a small file, a QR code or a line of text. They come together here, on this device only.",
        ),
        1 => Prose::new().strong("1 device").plain(" has handed in its answers."),
        n => Prose::new().strong(format!("{n} devices")).plain(" have handed in their answers."),
    });
    let resetting = RwSignal::new(false);
    let (facilitate, map) = (address(&id, "facilitate"), "#/workshop");
    let above = move || view! { <p><a href=map>"Workshop"</a></p> };
    let below =
        move || view! { <p>{workshop.session.with(|session| session.title.get(Language::English).to_owned())}</p> };
    let pages = address(&id, "pages");
    let done = RwSignal::new(None::<String>);
    let to_plans = move |()| {
        let (teams, session) = (
            workshop.gathering.with_untracked(|gathering| gathering.teams(Language::English)),
            workshop.session.get_untracked(),
        );
        let all: Vec<_> = teams.iter().flat_map(|(team, members)| chosen(&session, members, team)).collect();
        done.set(Some(match workshop.queue_choices(&all) {
            Ok(()) => format!(
                "Handed to Plans: {}. Each becomes one plan however often you do this.",
                format::plural(all.len() as u64, "choice", "choices")
            ),
            Err(problem) => problem,
        }));
    };
    let (pages, facilitate) = (StoredValue::new(pages), StoredValue::new(facilitate));
    view! {
        <PageHead title="Collect answers" finding above below />
        <TakeIn />
        <Show when=move || { n.get() > 0 }>
            <Section title="What to do with them" note="The packet holds everything said; a team’s page fits on one sheet.">
                <div class="button-row">
                    <ButtonLink href=pages.get_value() kind=ButtonKind::Go>"Pages to print"</ButtonLink>
                    <Button on_click=to_plans>"Hand the choices to Plans"</Button>
                    <ButtonLink href=facilitate.get_value()>"Back to the agenda"</ButtonLink>
                    <Button kind=ButtonKind::Removes on_click=move |()| resetting.set(true)>"Reset…"</Button>
                </div>
                <p class="exhibit-note" role="status">{move || done.get().map(|text| view! { {text}" "<a href="#/plans">"Open Plans"</a> })}</p>
            </Section>
            <People people />
            <SideBySide people />
        </Show>
        <ResetDialog open=resetting />
        {move || (state.mode.get() == crate::state::Mode::Share && n.get() > 0).then(|| view! {
            <p class="exhibit-note">"Share mode: people are called Answer 1, Answer 2 and so on. What they wrote themselves is shown as written."</p>
        })}
    }
}

#[component]
fn TakeIn() -> impl IntoView {
    let workshop = use_workshop();
    let state = use_state();
    let result = RwSignal::new(None::<String>);
    let pasted = RwSignal::new(String::new());
    let say = move |counted: Counted| {
        let words = counted.words();
        state.announcement.set(words.clone());
        result.set(Some(words));
    };
    let take = move |files: PickedFiles| {
        leptos::task::spawn_local(async move {
            let mut counted = Counted::default();
            for file in files.0 {
                let bytes = picked::bytes(&file, LARGEST_ANSWERS as u32 + 1).await.unwrap_or_default();
                counted.add(&workshop.collect(|gathering, session| gathering.add(session, &file.name(), &bytes)));
            }
            say(counted);
        });
    };
    let read_lines = move |()| {
        let mut counted = Counted::default();
        let text = pasted.get_untracked();
        for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            let name = format!("pasted line {}", at + 1);
            counted.add(&workshop.collect(|gathering, session| gathering.add(session, &name, line.as_bytes())));
        }
        pasted.set(String::new());
        say(counted);
    };
    let own = move |()| {
        let (name, text) = workshop.run.with_untracked(|run| (run.answers.file_name(), run.answers.encode()));
        let mut counted = Counted::default();
        counted.add(&workshop.collect(|gathering, session| gathering.add(session, &name, text.as_bytes())));
        say(counted);
    };
    let why = Signal::derive(move || {
        pasted.with(|text| text.trim().is_empty()).then(|| "Paste at least one line first".into())
    });
    let has_own = Memo::new(move |_| workshop.run.with(|run| run.answers.n_answers() > 0));
    let remarks = move || {
        let remarks = workshop.session.with(|session| workshop.gathering.with(|gathering| gathering.remarks(session)));
        let refused = remarks.iter().any(|remark| remark.kind == RemarkKind::Refused);
        let items = remarks.into_iter().map(|remark| view! { <li>{remark.message}</li> }).collect_view();
        (!items.is_empty()).then(|| {
            let actions = move || {
                refused.then(|| view! {
                    <LinkButton on_click=move |()| workshop.collect(|gathering, _| gathering.dismiss_refused())>"Forget the files that were not used"</LinkButton>
                })
            };
            view! { <Notice title="Worth knowing about these files" actions><ul class="bullets">{items}</ul></Notice> }
        })
    };
    view! {
        <Section
            title="Take them in"
            note="Any order. The same file twice counts once; a later file from the same device replaces the earlier one."
        >
            <FileDrop id="answers-files" title="Drop the answers files here" hint="All at once is fine. They stay on this device." on_files=Callback::new(take)>
                <Show when=move || has_own.get()><Button on_click=own>"Add this device’s own answers"</Button></Show>
            </FileDrop>
            <div class="take-lines">
                <TextArea label="Answers copied as text" hint="One line for each device: it begins with BRIGHT1." value=pasted on_input=move |text: String| pasted.set(text) />
                <p><Button disabled_because=why on_click=read_lines>"Read these lines"</Button></p>
            </div>
            <p class="taken" role="status">{move || result.get()}</p>
            {remarks}
        </Section>
    }
}

fn names_shown() -> Names {
    match use_workshop().audience() {
        Audience::Team => Names::Written,
        Audience::Others => Names::Neutral,
    }
}

#[component]
fn People(people: Memo<Vec<Participant>>) -> impl IntoView {
    let workshop = use_workshop();
    let items = move || {
        let names = names_shown();
        people
            .get()
            .into_iter()
            .map(|person| {
                let label = if names == Names::Written { person.label.clone() } else { person.neutral_label.clone() };
                let team = (names == Names::Written && !person.answers.team.is_empty() && person.answers.team != label)
                    .then(|| format!(", {}", person.answers.team));
                let n = format::plural(person.answers.n_answers() as u64, "answer", "answers");
                let id = person.answers.participant.clone();
                let remove = move |()| workshop.collect(|gathering, _| gathering.remove(&id));
                view! {
                    <li><span><strong>{label.clone()}</strong>{team}<span class="quiet">{format!(", {n}")}</span></span>
                    <LinkButton on_click=remove>"Remove"<span class="visually-hidden">{format!(" the answers of {label}")}</span></LinkButton></li>
                }
            })
            .collect_view()
    };
    view! { <Section title="Who is here" note="Names only where people wrote one."><ul class="people">{items}</ul></Section> }
}

/// Every step that asks something, with all that was said.
#[component]
fn SideBySide(people: Memo<Vec<Participant>>) -> impl IntoView {
    let workshop = use_workshop();
    let names = Signal::derive(names_shown);
    let steps = Memo::new(move |_| workshop.session.with(|session| session.steps.clone()));
    let sections = move || {
        steps
            .get()
            .into_iter()
            .enumerate()
            .filter(|(_, step)| !step.fields.is_empty())
            .map(|(at, step)| {
                let title = format!("{}. {}", at + 1, step.title.get(Language::English));
                view! { <Section title><SaidTo step people=people.into() names /></Section> }
            })
            .collect_view()
    };
    let left = move || {
        let unplaced =
            workshop.session.with(|session| workshop.gathering.with(|g| g.unplaced(session, Language::English)));
        (!unplaced.is_empty()).then(|| {
            let names = names_shown();
            let rows = unplaced
                .into_iter()
                .map(|left| {
                    let who = if names == Names::Written { left.who } else { "One device".to_owned() };
                    view! { <tr><th scope="row">{who}</th><td data-label="Step">{format!("{} / {}", left.step, left.field)}</td><td data-label="Answer">{left.text}</td></tr> }
                })
                .collect_view();
            view! {
                <Section title="Answers to steps that this session lacks" shape=SectionShape::Margin>
                    <div class="data-table data-table--stack"><table>
                        <thead><tr><th scope="col">"Who"</th><th scope="col">"Step"</th><th scope="col">"Answer"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div>
                </Section>
            }
        })
    };
    view! { {sections} {left} }
}

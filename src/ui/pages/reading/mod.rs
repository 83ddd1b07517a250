//! How we read this file: rows, codes, columns, school days, what was set aside; every part can be changed.

mod answered;
mod columns;
mod days;
mod decide;
mod parts;
mod questions;
mod rows;
mod shape;

pub use parts::PartsPage;

use super::ForTheTeam;
use super::data::Chooser;
use crate::ingest::reading::Layout;
use crate::ingest::tally::Outcome;
use crate::state::{Import, PickedFiles, Shared, use_state};
use crate::ui::components::{Choice, Legend, PageHead, Section, Segmented};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// What is shown: the outcome of an asking or a ready import.
type Shown = Memo<Option<Shared<Outcome>>>;

fn outcome() -> Option<Shared<Outcome>> {
    match use_state().import.get() {
        Import::Asking(outcome) => Some(outcome),
        Import::Ready(loaded) => Some(Shared::new(loaded.outcome.clone())),
        _ => None,
    }
}

/// Cells, codes and single rows are for the team; those of public files are for everyone.
#[component]
pub fn ReadingPage() -> impl IntoView {
    let state = use_state();
    provide_context(Adds(RwSignal::new(false)));
    let outcome: Shown = Memo::new(move |_| outcome());
    let of_students = Memo::new(move |_| {
        let is_of_students = |outcome: &Shared<Outcome>| outcome.readings.iter().any(|r| r.layout != Layout::Published);
        outcome.with(|outcome| outcome.as_ref().is_some_and(is_of_students))
    });
    let hidden = Memo::new(move |_| of_students.get() && state.is_share());
    move || match hidden.get() {
        true => view! { <Hidden /> }.into_any(),
        false => view! { <HowItIsRead outcome of_students /> }.into_any(),
    }
}

/// What others see of this page.
#[component]
fn Hidden() -> impl IntoView {
    let why = match untrack(|| use_state().open_questions().len()) {
        0 => {
            "Others may be looking at this screen, and this page shows what stands in the cells of your file and counts single rows. Switch to team mode when only the school’s own team can see."
        }
        _ => {
            "This file leaves a question open, and answering it shows what stands in its cells. Others may be looking at this screen: switch to team mode when only the school’s own team can see."
        }
    };
    view! {
        <ForTheTeam page="How we read this file" title="How files are read shows in team mode only" text=why />
        <AnotherFile />
    }
}

/// Where the next files are chosen: instead of those that stand, or beside them.
#[component]
fn AnotherFile() -> impl IntoView {
    let state = use_state();
    let Adds(adds) = expect_context();
    let on_files =
        Callback::new(
            move |picked: PickedFiles| {
                if adds.get_untracked() { state.add_files(picked) } else { state.choose_files(picked) }
            },
        );
    let note = "What is loaded now stays until the new file is ready. A newer export of the same students shows who moved. \
                A list of students, a calendar, a list of codes or another month is read together with what is here.";
    view! {
        <Section title="Another file?" note>
            <Show when=move || state.can_add_files()>
                <div class="reading__adds">
                    <Segmented
                        question="What is it?"
                        choices=vec![Choice::new("new", "A new export"), Choice::new("more", "It belongs to this one")]
                        value=Signal::derive(move || Some(if adds.get() { "more" } else { "new" }.to_string()))
                        on_change=move |value: String| adds.set(value == "more")
                        legend=Legend::Shown
                    />
                </div>
            </Show>
            <Chooser on_files />
        </Section>
    }
}

/// Whether the next files belong to those that stand.
#[derive(Clone, Copy)]
struct Adds(RwSignal<bool>);

impl Adds {
    /// Leads to where files are chosen, to be read together with these.
    fn choose(self) {
        self.0.set(true);
        crate::browser::focus::focus_element("attendance-files");
    }
}

#[component]
fn HowItIsRead(outcome: Shown, of_students: Memo<bool>) -> impl IntoView {
    let state = use_state();
    let n_files = Memo::new(move |_| state.readings.with(Vec::len));
    let finding = Signal::derive(move || finding(outcome.get().as_deref(), state.open_questions().len()));
    let files = Signal::derive(move || {
        let Some(outcome) = outcome.get() else { return String::new() };
        let name = |f: &crate::attendance::FileAccount| format!("{}, {}", f.name, format::bytes(f.bytes));
        outcome.dataset.files.iter().map(name).collect::<Vec<_>>().join("; ")
    });
    let title = move || if n_files.get() > 1 { "How we read these files" } else { "How we read this file" };
    view! {
        <PageHead
            title=Signal::derive(move || title().to_string())
            finding
            below=move || view! { <p class="page-head__file">{move || files.get()}</p> }
        />
        <rows::RowsSection outcome=outcome />
        {move || (0..n_files.get()).map(|file| view! {
            <questions::Questions file outcome />
            <questions::Choices file outcome />
            <answered::AnsweredSection file />
            <columns::FileSections file outcome />
        }).collect_view()}
        <days::DaysSection outcome />
        <shape::ShapeSection />
        <rows::SetAsideSection outcome />
        <shape::DefinitionInForce of_students />
        <decide::Decide />
        <AnotherFile />
    }
}

fn finding(outcome: Option<&Outcome>, open: usize) -> Prose {
    let Some(outcome) = outcome else { return Prose::new() };
    // Many sheets of one kind are said once.
    let mut layouts: Vec<&str> = Vec::new();
    for label in outcome.readings.iter().map(|r| r.layout.label()) {
        if !layouts.contains(&label) {
            layouts.push(label);
        }
    }
    let rows: u64 = outcome.dataset.files.iter().map(|f| f.rows).sum();
    let aside: u64 = outcome.dataset.files.iter().map(|f| f.rows_set_aside).sum();
    let sense = match aside {
        0 => "Every row makes sense.".to_string(),
        n if n * 100 <= rows => "Nearly every row makes sense.".to_string(),
        n => format!("{} of {} rows were set aside.", format::count(n), format::count(rows)),
    };
    let text = Prose::new().plain(format!("{}. {sense} ", layouts.join(". ")));
    match open {
        0 => text,
        1 => text.strong("One question needs your decision").plain(" before any number can be right."),
        n => text.strong(format!("{n} questions need your decision")).plain(" before any number can be right."),
    }
}

/// A blank code is shown as one.
fn shown_code(code: &str) -> String {
    if code.is_empty() { "(blank)".into() } else { code.into() }
}

/// A file's name behind a title, where there are several: ` of events.csv`.
fn of_file(file: usize) -> String {
    use_state().readings.with_untracked(|all| match all.get(file) {
        Some(reading) if all.len() > 1 => format!(" of {}", reading.file),
        _ => String::new(),
    })
}

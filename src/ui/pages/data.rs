//! The start: choose files, watch them being read, see how they were read.

#[cfg(feature = "full")]
use super::reading::{PartsPage, ReadingPage};
use crate::ingest::import::Failure;
use crate::state::{Import, PickedFiles, use_state};
use crate::ui::components::{
    Button, FileDrop, FileShapes, LinkButton, NoFileToday, Notice, NoticeKind, PasteBox, Progress, ProgressPanel,
    Promise, Section, StartHero,
};
use leptos::prelude::*;

#[component]
pub fn DataPage() -> impl IntoView {
    let state = use_state();
    // Only the kind of state changes the page; progress changes inside it.
    let kind = Memo::new(move |_| state.import.with(Import::key));
    move || match kind.get() {
        #[cfg(feature = "full")]
        "asking" if state.import.with_untracked(|i| matches!(i, Import::Parts { .. })) => {
            view! { <PartsPage /> }.into_any()
        }
        // Questions, and changes to how a file was read, are work for the program with every page.
        #[cfg(feature = "full")]
        "asking" | "ready" => view! { <ReadingPage /> }.into_any(),
        #[cfg(not(feature = "full"))]
        "asking" | "ready" => view! { <super::Opening page=crate::state::Page::Data /> }.into_any(),
        _ => view! { <StartPage /> }.into_any(),
    }
}

#[component]
fn StartPage() -> impl IntoView {
    view! {
        <StartHero>
            <Chooser />
            <Promise />
        </StartHero>
        <Section title="Which file do I need?" note="Ask for any one of these from your student information system. Extra columns are ignored; condition columns (grade, homeroom, disability, English learner…) make comparisons fairer.">
            <FileShapes />
        </Section>
        <Section title="No file today?">
            <NoFileToday on_open_workspace=move |()| use_state().go("#/plans") />
        </Section>
    }
}

/// The drop zone with the example and the paste box; progress and failures stand in its place.
///
/// `on_files` gets what was chosen, dropped or pasted; without it a new import begins.
#[component]
pub fn Chooser(#[prop(optional)] on_files: Option<Callback<PickedFiles>>) -> impl IntoView {
    let state = use_state();
    let on_files = on_files.unwrap_or_else(|| Callback::new(move |files| state.choose_files(files)));
    let pasting = RwSignal::new(false);
    let progress = Signal::derive(move || match state.import.get() {
        Import::Reading { name, progress, started } => {
            let elapsed = (crate::state::elapsed_ms(started) / 1000.0).max(0.001);
            let left = progress.total.saturating_sub(progress.bytes);
            let seconds_left = (progress.bytes > 0).then(|| left as f64 / (progress.bytes as f64 / elapsed));
            Progress { name, rows: progress.rows, bytes: progress.bytes, total_bytes: progress.total, seconds_left }
        }
        _ => Progress::default(),
    });
    let is_reading = Memo::new(move |_| state.import.with(|i| matches!(i, Import::Reading { .. })));
    let failure = move || match state.import.get() {
        Import::Failed(failure) => Some(failure),
        _ => None,
    };
    view! {
        {move || failure().map(|failure| view! { <FailureNotice failure /> })}
        <Show when=move || is_reading.get()>
            <ProgressPanel progress on_stop=move |()| state.cancel_import() />
        </Show>
        <FileDrop
            on_files
            hint="One row per student, per student and day, or per absence. Two million rows are fine."
        >
            <Button on_click=move |()| state.try_example()>"Try the example"</Button>
            <LinkButton on_click=move |()| pasting.set(true)>"Paste a table"</LinkButton>
        </FileDrop>
        <Show when=move || pasting.get()>
            <PasteBox
                on_paste=move |text: String| {
                    pasting.set(false);
                    on_files.run(PickedFiles::from_text(&text));
                }
                on_close=move |()| pasting.set(false)
            />
        </Show>
    }
}

#[component]
fn FailureNotice(failure: Failure) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Problem title=failure.title()>
            <p>{failure.hint()}</p>
        </Notice>
    }
}

//! Readings to take along: save this one for a colleague, load one, see which are remembered.

use crate::browser::text_file::{self, Unread};
use crate::ingest::reading::Reading;
use crate::ingest::roles::Role;
use crate::share::cells;
use crate::state::{AppState, Import, PickedFiles, Shared, use_state};
use crate::trust::reading_file::{self, CODES_HEAD, MOST_BYTES, ReadingFile, Refused};
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, ButtonSize, FileDrop, LinkButton, Notice, NoticeKind, PageHead, Section,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// What came of loading a file.
#[derive(Clone, Debug, PartialEq)]
enum Loading {
    Nothing,
    Refused(String),
    /// Held until the person takes it over.
    Offered(Shared<ReadingFile>),
    Done(String),
}

#[component]
pub fn ReadingsPage() -> impl IntoView {
    let state = use_state();
    let has_reading = Memo::new(move |_| state.readings.with(|r| !r.is_empty()) && is_open(state));
    view! {
        <PageHead
            title="Readings"
            finding=Prose::from("How a file is read can go to a colleague who gets the same export: what its columns and codes mean, and the definition. No student and no file name is in it.")
        />
        <Show when=move || has_reading.get()><SaveSection /></Show>
        <LoadSection />
        <KeptSection />
    }
}

/// Whether a file is loaded or being asked about.
fn is_open(state: AppState) -> bool {
    state.import.with(|import| matches!(import, Import::Ready(_) | Import::Asking(_)))
}

#[component]
fn SaveSection() -> impl IntoView {
    let state = use_state();
    let save = move |()| {
        let text = state.readings.with_untracked(|readings| {
            state.definition.with_untracked(|d| reading_file::encode(readings, d, &state.today()))
        });
        state.save("bright-spots-reading.json", "application/json", &text);
    };
    let codes = move || {
        state.readings.with(|all| {
            let mut codes = reading_file_codes(all);
            codes.sort();
            codes
        })
    };
    let n_codes = Memo::new(move |_| codes().len());
    let save_codes = move |()| {
        let rows = codes();
        state.save("bright-spots-codes.csv", "text/csv", &cells::csv(&CODES_HEAD, &rows));
    };
    let said = move || {
        state
            .readings
            .with(|all| all.iter().map(summary).collect::<Vec<_>>())
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view()
    };
    view! {
        <Section title="This file’s reading" note="A colleague loads it on this same page, then chooses a file with the same header.">
            <ul class="looked-for">{said}</ul>
            <p class="section__actions">
                <Button kind=ButtonKind::Go on_click=save>"Save this reading"</Button>
                " "
                <Show when=move || { n_codes.get() > 0 }>
                    <Button on_click=save_codes>"Save its codes (CSV)"</Button>
                </Show>
            </p>
        </Section>
    }
}

/// The codes of all files; of one code in two files the first holds.
fn reading_file_codes(readings: &[Reading]) -> Vec<Vec<String>> {
    let mut all = crate::ingest::codes::CodeMap::new();
    for reading in readings.iter().rev() {
        all.extend(reading.codes.iter().map(|(code, meaning)| (code.clone(), *meaning)));
    }
    reading_file::codes_rows(&all)
}

/// `One row per student and day: 6 of 9 columns used, 4 codes`.
fn summary(reading: &Reading) -> String {
    let used = reading.columns.iter().filter(|c| c.role != Role::NotUsed).count();
    let mut text = format!(
        "{}: {used} of {} used",
        reading.layout.label(),
        format::plural(reading.columns.len() as u64, "column", "columns")
    );
    if !reading.codes.is_empty() {
        text.push_str(&format!(", {}", format::plural(reading.codes.len() as u64, "code", "codes")));
    }
    text
}

fn headers(reading: &Reading) -> Vec<&str> {
    reading.columns.iter().map(|c| c.header.as_str()).collect()
}

#[component]
fn LoadSection() -> impl IntoView {
    let state = use_state();
    let loading = RwSignal::new(Loading::Nothing);
    let open = move |picked: PickedFiles| {
        leptos::task::spawn_local(async move {
            let Some(file) = picked.0.first().cloned() else { return };
            let text = match text_file::read(&file, MOST_BYTES).await {
                Ok(text) => text,
                Err(Unread::TooLarge { .. }) => return loading.set(Loading::Refused(Refused::TooLarge.message())),
                Err(Unread::Gone) => {
                    return loading.set(Loading::Refused("The file could not be opened. Choose it again.".into()));
                }
            };
            loading.set(read(state, &text));
        });
    };
    let take = move |with_definition: bool| {
        let Loading::Offered(file) = loading.get_untracked() else { return };
        loading.set(Loading::Done(take_over(state, &file, with_definition)));
    };
    let said = move || match loading.get() {
        Loading::Nothing => ().into_any(),
        Loading::Refused(words) => {
            view! { <Notice kind=NoticeKind::Problem title="Not loaded"><p>{words}</p></Notice> }.into_any()
        }
        Loading::Done(words) => view! {
            <Notice kind=NoticeKind::Done title="Taken over"><p>{words}</p></Notice>
        }
        .into_any(),
        Loading::Offered(file) => {
            let lines = file
                .readings
                .iter()
                .map(|r| view! { <li>{summary(r)}<br />{headers(r).join(", ")}</li> })
                .collect_view();
            let definition = file.definition.as_ref().map(|d| d.full_sentence());
            let differs = file.definition.as_ref().is_some_and(|d| state.definition.with(|ours| ours != d));
            view! {
                <Notice
                    kind=NoticeKind::Question
                    title="Use this reading for files with these columns?"
                    actions=move || view! {
                        <Button kind=ButtonKind::Go on_click=move |()| take(false)>"Use the reading"</Button>
                        <Show when=move || differs>
                            <Button on_click=move |()| take(true)>"Use it with its definition"</Button>
                        </Show>
                        <LinkButton on_click=move |()| loading.set(Loading::Nothing)>"Leave it"</LinkButton>
                    }
                >
                    <ul class="looked-for">{lines}</ul>
                    {definition.filter(|_| differs).map(|d| view! { <p>{format!("Its definition: {d}.")}</p> })}
                </Notice>
            }
            .into_any()
        }
    };
    view! {
        <Section title="Load one" note="A reading (bright-spots-reading.json) or a list of codes (CSV with the columns code and meaning). It is looked over first; nothing in it can run.">
            <FileDrop
                id="reading-files"
                title="Drop a reading or a list of codes"
                hint="It tells how a file is read; it holds no data itself."
                on_files=open
            />
            <div class="reading-said">{said}</div>
        </Section>
    }
}

/// A reading is offered first; codes go to the file that is open.
fn read(state: AppState, text: &str) -> Loading {
    match reading_file::decode(text) {
        Ok(file) => Loading::Offered(Shared::new(file)),
        Err(Refused::NotOurs) => match reading_file::read_codes(text) {
            Ok(codes) => {
                let n = format::plural(codes.len() as u64, "code", "codes");
                if !is_open(state) {
                    return Loading::Refused(
                        "Choose the attendance file first: codes belong to a file. Then load them here.".into(),
                    );
                }
                state.readings.update(|all| {
                    for reading in all.iter_mut().filter(|r| r.layout.has_codes()) {
                        reading.codes.extend(codes.iter().map(|(code, meaning)| (code.clone(), *meaning)));
                    }
                });
                Loading::Done(format!("{n} taken over. Go to Data and press Use this reading to count with them."))
            }
            Err(refused @ Refused::Wrong { .. }) => Loading::Refused(refused.message()),
            Err(_) => Loading::Refused(Refused::NotOurs.message()),
        },
        Err(refused) => Loading::Refused(refused.message()),
    }
}

/// Remembers what was loaded, and lays it over the file that is open where the header is the same.
fn take_over(state: AppState, file: &ReadingFile, with_definition: bool) -> String {
    state.remember(&file.readings);
    if let Some(definition) = file.definition.clone().filter(|_| with_definition) {
        state.definition.set(definition);
    }
    let mut fits = 0;
    state.readings.update(|all| {
        for open in all.iter_mut() {
            let Some(loaded) = file.readings.iter().find(|r| headers(r) == headers(open)) else { continue };
            let (name, skip, notes) = (open.file.clone(), open.skip, std::mem::take(&mut open.notes));
            let samples: Vec<Vec<String>> = open.columns.iter().map(|c| c.samples.clone()).collect();
            *open = Reading { file: name, skip, notes, ..loaded.clone() };
            for (column, samples) in open.columns.iter_mut().zip(samples) {
                column.samples = samples;
                column.why = "From the reading you loaded".into();
            }
            fits += 1;
        }
    });
    match fits {
        0 => "It is kept on this device. Choose a file with these columns, and it is read so.".into(),
        _ => "It is kept on this device, and it fits the file that is open. Go to Data and press Use this reading."
            .into(),
    }
}

#[component]
fn KeptSection() -> impl IntoView {
    let state = use_state();
    let rows = move || {
        let kept = state.readings_kept();
        kept.iter()
            .enumerate()
            .map(|(at, reading)| {
                let names = headers(reading).join(", ");
                let label = format!("Forget the reading of {names}");
                view! {
                    <tr>
                        <th scope="row">{summary(reading)}<span class="data-table__sub">{names}</span></th>
                        <td>
                            <Button size=ButtonSize::Small kind=ButtonKind::Removes on_click=move |()| state.forget_reading(at)>
                                "Forget" <span class="visually-hidden">{label}</span>
                            </Button>
                        </td>
                    </tr>
                }
            })
            .collect_view()
    };
    let has_any = Memo::new(move |_| !state.readings_kept().is_empty());
    view! {
        <Section title="Remembered here" note="Used again for files with the same header. Only names of columns and meanings of codes are kept.">
            <Show when=move || has_any.get() fallback=|| view! { <p>"None yet."</p> }>
                <div class="data-table" role="region" tabindex="0" aria-label="Remembered readings">
                    <table>
                        <caption class="visually-hidden">"Readings remembered on this device"</caption>
                        <thead><tr><th scope="col">"Reading"</th><td></td></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
            <p class="section__actions"><ButtonLink href="#/">"Go to Data"</ButtonLink></p>
        </Section>
    }
}

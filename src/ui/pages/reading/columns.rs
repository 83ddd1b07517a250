//! What each code and each column of a file is taken for.

use super::{Shown, shown_code};
use crate::ingest::codes::Meaning;
use crate::ingest::reading::{Ask, Layout};
use crate::ingest::roles::Role;
use crate::state::use_state;
use crate::ui::components::{Choice, CodeMapTable, CodeQuestion, CodeRow, ColumnMapTable, ColumnRow, Section};
use crate::ui::format;
use leptos::prelude::*;

/// Codes and columns of one file.
#[component]
pub fn FileSections(file: usize, outcome: Shown) -> impl IntoView {
    let state = use_state();
    let reading = Signal::derive(move || state.readings.with(|r| r.get(file).cloned()));
    let of_file = super::of_file(file);
    let columns_title = format!("Columns{of_file}");
    let meanings =
        Signal::stored(Meaning::ALL.iter().map(|m| Choice::new(format!("{m:?}"), m.label())).collect::<Vec<_>>());
    let codes = Signal::derive(move || {
        let (Some(outcome), Some(reading)) = (outcome.get(), reading.get()) else { return Vec::new() };
        let Some(facts) = outcome.files.get(file) else { return Vec::new() };
        facts
            .codes
            .iter()
            .map(|seen| {
                let asked = outcome.questions.iter().any(|q| {
                    usize::from(q.file) == file && matches!(&q.kind, Ask::Code { code, .. } if *code == seen.code)
                });
                let meaning = reading.meaning(&seen.code);
                CodeRow {
                    code: shown_code(&seen.code),
                    rows: seen.rows,
                    meaning: meaning.map(|m| format!("{m:?}")),
                    question: asked.then(|| CodeQuestion {
                        ask: format!("What does {} mean?", shown_code(&seen.code)),
                        hint: format!(
                            "First at line {}. {}",
                            format::count(seen.first_line),
                            "Federally, missing half of the day or more is absent; an activity of the school is present."
                        ),
                        likely: [Meaning::Present, Meaning::Excused, Meaning::Unexcused, Meaning::NotCounted]
                            .iter()
                            .map(|m| Choice::new(format!("{m:?}"), m.label()))
                            .collect(),
                    }),
                }
            })
            .collect::<Vec<_>>()
    });
    let has_codes = Memo::new(move |_| codes.with(|c| !c.is_empty()));
    let set_code = move |(code, value): (String, String)| {
        let code = if code == "(blank)" { String::new() } else { code };
        if let Some(meaning) = Meaning::ALL.into_iter().find(|m| format!("{m:?}") == value) {
            state.set_code(file, &code, meaning);
        }
    };
    let roles: Vec<Choice> = Role::choices().iter().map(|r| Choice::new(r.label(), r.label())).collect();
    let columns = Signal::derive(move || {
        let Some(reading) = reading.get() else { return Vec::new() };
        let days: Vec<usize> = (0..reading.columns.len())
            .filter(|&at| matches!(reading.columns[at].role, Role::OnDate | Role::OnDay))
            .collect();
        reading
            .columns
            .iter()
            .enumerate()
            .filter(|(at, _)| shown_columns(&days, *at))
            .map(|(_, c)| ColumnRow {
                name: if c.header.trim().is_empty() { "(no name)".into() } else { c.header.clone() },
                first_values: c.samples.iter().take(3).map(|v| shown_code(v)).collect(),
                role: c.role.label(),
                // A list of codes is where their meanings come from.
                why: match reading.layout {
                    Layout::CodeList => c.why.replace(", mapped above", ""),
                    _ => c.why.clone(),
                },
            })
            .collect::<Vec<_>>()
    });
    let set_role = move |(at, label): (usize, String)| {
        let shown = state.readings.with_untracked(|r| {
            let reading = r.get(file)?;
            let days: Vec<usize> = (0..reading.columns.len())
                .filter(|&at| matches!(reading.columns[at].role, Role::OnDate | Role::OnDay))
                .collect();
            (0..reading.columns.len()).filter(|&at| shown_columns(&days, at)).nth(at)
        });
        if let Some(role) = Role::choices().into_iter().find(|r| r.label() == label)
            && let Some(at) = shown
        {
            state.set_role(file, at, role);
        }
    };
    let status_header = Signal::derive(move || {
        let header = reading.get().and_then(|r| r.column(&Role::Status).map(|at| r.columns[at].header.clone()));
        header.map_or_else(|| format!("Codes{of_file}"), |h| format!("Codes in “{h}”"))
    });
    view! {
        <Show when=move || has_codes.get()>
            <Section
                title=status_header
                note="We never guess what an unknown code means. Your answers are kept for next month’s file."
            >
                <CodeMapTable codes meanings on_change=set_code table=file />
            </Section>
        </Show>
        <Section title=columns_title note="Each column as written in your file, and what we take it for. Change any of them.">
            <ColumnMapTable columns roles on_change=set_role table=file />
        </Section>
    }
}

/// Of very many columns that are days only the first two and the last are listed.
fn shown_columns(days: &[usize], at: usize) -> bool {
    match days {
        [first, second, _, .., last] if days.len() > 12 && days.contains(&at) => [first, second, last].contains(&&at),
        _ => true,
    }
}

//! Every row accounted for: used, waiting, or set aside with its reason.

use super::{Shown, shown_code};
use crate::ingest::reading::Ask;
use crate::state::use_state;
use crate::ui::components::{Problem, ProblemList, RowAccount, RowEquation, Section};
use crate::ui::format;
use leptos::prelude::*;

#[component]
pub fn RowsSection(outcome: Shown) -> impl IntoView {
    let state = use_state();
    let account = Signal::derive(move || {
        let Some(outcome) = outcome.get() else { return RowAccount::default() };
        let sum = |of: fn(&crate::attendance::FileAccount) -> u64| outcome.dataset.files.iter().map(of).sum::<u64>();
        let codes: Vec<String> = outcome
            .questions
            .iter()
            .filter_map(|q| match &q.kind {
                Ask::Code { code, .. } => Some(shown_code(code)),
                _ => None,
            })
            .collect();
        let waiting_for = match codes.as_slice() {
            [one] => format!("code {one}"),
            many => format!("{} codes", many.len()),
        };
        RowAccount {
            rows: sum(|f| f.rows),
            used: sum(|f| f.rows_used),
            waiting: outcome.files.iter().map(|f| f.rows_waiting).sum(),
            waiting_for,
            set_aside: sum(|f| f.rows_set_aside),
        }
    });
    view! {
        <Section title="Rows" note="Nothing is dropped silently.">
            <RowEquation account on_download=Callback::new(move |()| state.download_set_aside()) />
        </Section>
    }
}

#[component]
pub fn SetAsideSection(outcome: Shown) -> impl IntoView {
    let problems = Signal::derive(move || {
        let Some(outcome) = outcome.get() else { return Vec::new() };
        let several = outcome.readings.len() > 1;
        outcome
            .problems
            .iter()
            .map(|p| {
                let about = [p.about.as_str(), p.column.as_str()]
                    .iter()
                    .filter(|t| !t.is_empty())
                    .map(|t| format!(": {t}"))
                    .collect::<String>();
                let file = outcome.readings.get(usize::from(p.file)).map_or("", |r| r.file.as_str());
                let line = if p.first_line > 0 {
                    format!("line {}", format::count(p.first_line))
                } else {
                    "the whole file".into()
                };
                Problem {
                    what: format!("{}{about}", p.kind.title()),
                    rows: p.rows,
                    first_at: if several { format!("{file}, {line}") } else { line },
                    done: format!("{}. {}", p.kind.done(), p.kind.hint()),
                }
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || problems.with(|p| !p.is_empty())>
            <Section title="Set aside" note="These rows are left out until you fix them in the source and load it again. Remarks about the file stand below them.">
                <ProblemList problems />
            </Section>
        </Show>
    }
}

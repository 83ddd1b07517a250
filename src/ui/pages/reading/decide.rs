//! The button that accepts the reading, with what is still open beside it.

use super::questions::anchor;
use super::shown_code;
use crate::ingest::reading::Ask;
use crate::state::{Import, use_state};
use crate::ui::components::{ActionBar, Button, ButtonKind, CodeRow, LinkButton, Reason};
use leptos::prelude::*;

#[component]
pub fn Decide() -> impl IntoView {
    let state = use_state();
    let reason = Signal::derive(move || {
        let open = state.open_questions();
        let (file, first) = open.first()?.clone();
        let file = usize::from(file);
        let text = match open.len() {
            1 => "1 question left:".to_string(),
            n => format!("{n} questions left, first:"),
        };
        let words = match &first {
            Ask::Code { code, .. } => format!("what does {} mean?", shown_code(code)),
            Ask::Order { .. } => "the order of dates".into(),
            Ask::EnrolledDays => "how many days were students enrolled?".into(),
            Ask::EveryDay { .. } => "is there a row for every day?".into(),
            Ask::Repeats { .. } => "what do several rows mean?".into(),
            Ask::Column(role) => format!("which column is the {}?", role.label().to_lowercase()),
            Ask::Measure => "which column tells the absences?".into(),
            Ask::SameName { header, .. } => format!("which “{header}” is meant?"),
            Ask::Ids { .. } => "whose numbers are these?".into(),
            Ask::Pick(pick) => pick.question(),
        };
        let id = match &first {
            Ask::Code { code, .. } => code_control(file, code),
            other => anchor(file, other),
        };
        Some(Reason { text, go_to: Some((words, id)) })
    });
    let label = move || state.import.with(|i| matches!(i, Import::Asking(_)));
    view! {
        <ActionBar way_out=move || view! {
            <Show when=label>
                <LinkButton on_click=move |()| state.cancel_import()>"Cancel and choose another file"</LinkButton>
            </Show>
        }>
            <Button kind=ButtonKind::Go disabled_because=reason on_click=move |()| state.use_reading()>"Use this reading"</Button>
        </ActionBar>
    }
}

/// The id of the control that decides a code.
fn code_control(file: usize, code: &str) -> String {
    let at = match use_state().import.get_untracked() {
        Import::Asking(outcome) => {
            outcome.files.get(file).and_then(|f| f.codes.iter().position(|c| c.code == *code)).unwrap_or(0)
        }
        _ => 0,
    };
    CodeRow::control_id(file, at)
}

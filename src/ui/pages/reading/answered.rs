//! What was decided of a file, once the numbers stand: to be seen, and to be asked again.

use crate::ingest::answered::{About, answered};
use crate::state::{Import, use_state};
use crate::ui::components::{LinkButton, Section};
use leptos::prelude::*;

#[component]
pub fn AnsweredSection(file: usize) -> impl IntoView {
    let state = use_state();
    let answers = Memo::new(move |_| {
        // While questions are open their answers stand with them.
        let is_ready = state.import.with(|import| matches!(import, Import::Ready(_)));
        let of = |readings: &Vec<_>| readings.get(file).map(answered).unwrap_or_default();
        if is_ready { state.readings.with(of) } else { Vec::new() }
    });
    let row = move |(about, title, answer): (About, String, String)| {
        let of = format!(": {title}");
        view! {
            <dt>{title}</dt>
            <dd>
                {answer} " "
                <LinkButton on_click=move |()| state.ask_again(file, about)>
                    "Ask again"<span class="visually-hidden">{of}</span>
                </LinkButton>
            </dd>
        }
    };
    view! {
        <Show when=move || answers.with(|all| !all.is_empty())>
            <Section
                title=format!("What was decided{}", super::of_file(file))
                note="By your answers, or by the file where only one answer fits. Remembered for files with the same columns, where it can be true of another file."
            >
                <dl class="answered">{move || answers.get().into_iter().map(row).collect_view()}</dl>
            </Section>
        </Show>
    }
}

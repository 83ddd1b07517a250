//! Which sheets of a workbook, or which files of an archive; each chosen one is then a file of its own.

use crate::state::{Import, use_state};
use crate::ui::components::{ActionBar, Button, ButtonKind, CheckList, Choice, LinkButton, PageHead, Reason, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn PartsPage() -> impl IntoView {
    let state = use_state();
    let (name, parts) = match state.import.get_untracked() {
        Import::Parts { name, parts, .. } => (name, parts),
        _ => (String::new(), Vec::new()),
    };
    let are_files = parts.iter().any(|part| part.is_file);
    let (one, many) = if are_files { ("file", "files") } else { ("sheet", "sheets") };
    let choices: Vec<Choice> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let rows = match part.rows {
                Some(0) => ", empty".to_string(),
                Some(n) => format!(", {}", format::plural(n, "row", "rows")),
                None => String::new(),
            };
            let hidden = if part.hidden { ", hidden" } else { "" };
            Choice::new(at.to_string(), format!("{}{rows}{hidden}", part.name))
        })
        .collect();
    let all: Vec<usize> = (0..parts.len()).filter(|&at| !parts[at].hidden && parts[at].rows != Some(0)).collect();
    let chosen = Signal::derive(move || match state.import.get() {
        Import::Parts { chosen, .. } => chosen.iter().map(usize::to_string).collect(),
        _ => Vec::new(),
    });
    let set = move |change: &dyn Fn(&mut Vec<usize>)| {
        state.import.update(|import| {
            if let Import::Parts { chosen, .. } = import {
                change(chosen);
            }
        });
    };
    let toggle = move |(value, is_ticked): (String, bool)| {
        let Ok(at) = value.parse::<usize>() else { return };
        set(&|chosen| {
            chosen.retain(|other| *other != at);
            if is_ticked {
                chosen.push(at);
            }
        });
    };
    let n_all = all.len();
    let take_all = move |()| set(&|chosen| chosen.clone_from(&all));
    let n = Memo::new(move |_| chosen.with(Vec::len));
    let reason =
        Signal::derive(move || (n.get() == 0).then(|| Reason::from(format!("Tick at least one {one} first."))));
    let finding = Prose::from(format!(
        "{name} holds {} {many}. Tick the one with the attendance, or several that belong together: one for each school or month, or a list of students beside their absences.",
        parts.len()
    ));
    view! {
        <PageHead title=if are_files { "Which files?" } else { "Which sheets?" } finding />
        <Section
            title=if are_files { "Files in this archive" } else { "Sheets in this workbook" }
            note="Each that you tick is read as a file of its own, and all are counted together."
        >
            <div class="parts">
                <CheckList
                    legend=format!("Which {many} should be read?")
                    choices=Signal::stored(choices)
                    chosen
                    on_toggle=toggle
                />
            </div>
            <p class="section__actions">
                <LinkButton on_click=take_all>{format!("Tick all {}", format::count(n_all as u64))}</LinkButton>
            </p>
        </Section>
        <ActionBar way_out=move || view! { <LinkButton on_click=move |()| state.cancel_import()>"Cancel and choose another file"</LinkButton> }>
            <Button kind=ButtonKind::Go disabled_because=reason on_click=move |()| state.use_parts()>"Use this reading"</Button>
        </ActionBar>
    }
}

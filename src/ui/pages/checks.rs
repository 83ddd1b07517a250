//! Checks before charts: everything to look at before the numbers are relied on, with a count, an
//! example place and what to do. Names no student.

use super::NoData;
use crate::ingest::problem::Problem;
use crate::state::use_state;
use crate::ui::components::{ButtonLink, Cell, Column, DataTable, PageHead, Row, Section, TableData, TableShape};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn ChecksPage() -> impl IntoView {
    let state = use_state();
    let has_data = Memo::new(move |_| state.loaded.with(Option::is_some));
    move || {
        if has_data.get() {
            view! { <Found /> }.into_any()
        } else {
            view! { <NoData title="Checks before charts" text="With a file you see what in it looks unlike attendance as it is: rows that can’t be right, schools or weekdays without absences, and more." /> }
                .into_any()
        }
    }
}

/// What was looked for, so that nothing found means something.
const LOOKED_FOR: [&str; 12] = [
    "Rows that cannot be right: dates, numbers, more days absent than enrolled, two statuses for one day",
    "Schools and whole grades without an absence, and files where most students have none",
    "Weekdays with hardly any absences, and school days with none at all",
    "Students who heap just under the line of chronic absence",
    "More than 185 enrolled days",
    "Days within a student’s time at school on which nothing was recorded",
    "Schools whose last day is older than the others’",
    "Students enrolled in two schools at once",
    "Student numbers turned into powers of ten, rounded, or robbed of their leading zeros",
    "In public files: zeros that may be hidden numbers",
    "Files of several that add nothing",
    "Characters that can’t be read, and columns of the same name",
];

#[component]
fn Found() -> impl IntoView {
    let state = use_state();
    let problems = Memo::new(move |_| state.checks.get().map(|c| (*c).clone()).unwrap_or_default());
    let shared = Memo::new(move |_| state.is_share());
    let finding = Signal::derive(move || {
        let n = problems.with(Vec::len) as u64;
        match n {
            0 => Prose::from("Nothing in this file looks unlike attendance as it is. That is no proof: if everything is wrong alike, only another source shows it."),
            n => Prose::new()
                .strong(format::plural(n, "thing", "things"))
                .plain(" to look at before anyone relies on these numbers. Most have a plain explanation; none says that anyone did wrong."),
        }
    });
    let table = Signal::derive(move || {
        let loaded = state.loaded.get();
        let several = loaded.as_ref().is_some_and(|l| l.outcome.readings.len() > 1);
        let file = |at: u16| {
            let reading = loaded.as_ref().and_then(|l| l.outcome.readings.get(usize::from(at)));
            reading.filter(|_| several).map(|r| r.file.clone())
        };
        let shared = shared.get();
        TableData {
            caption: "What to look at, how often, where, and what to do".into(),
            columns: vec![
                Column::words("What"),
                Column::numbers("How many"),
                Column::words("For example"),
                Column::words("What we did, and what to do"),
            ],
            rows: problems.with(|all| all.iter().map(|problem| row(problem, file(problem.file), shared)).collect()),
        }
    });
    let has_any = Memo::new(move |_| problems.with(|p| !p.is_empty()));
    view! {
        <PageHead title="Checks before charts" finding />
        <Show when=move || has_any.get()>
            <Section
                title="To look at"
                note=Signal::derive(move || if shared.get() {
                    "In Share mode counts and places are left out; Team mode shows them.".to_string()
                } else {
                    "Counted over the whole file. The same list is in the results file.".to_string()
                })
            >
                <DataTable table shape=TableShape::Stacks />
                <p class="section__actions">
                    <ButtonLink href="#/">"See how the file was read"</ButtonLink>
                </p>
            </Section>
        </Show>
        <Section title="What was looked for" note="Thresholds are chosen so that ordinary files pass.">
            <ul class="looked-for">{LOOKED_FOR.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </Section>
    }
}

fn row(problem: &Problem, file: Option<String>, shared: bool) -> Row {
    let (one, many) = problem.kind.unit();
    let count = if shared || problem.rows == 0 { "–".to_string() } else { format::plural(problem.rows, one, many) };
    let mut place: Vec<String> = file.into_iter().collect();
    if !shared {
        if !problem.about.is_empty() {
            place.push(problem.about.clone());
        }
        if !problem.column.is_empty() {
            place.push(format!("column “{}”", problem.column));
        }
    }
    if problem.first_line > 0 {
        place.push(format!("line {}", format::count(problem.first_line)));
    }
    let place = if place.is_empty() { "the whole file".to_string() } else { place.join(", ") };
    Row::new(vec![
        Cell::strong(problem.kind.title()),
        Cell::text(count),
        Cell::text(place),
        Cell::why(format!("{}. {}", problem.kind.done(), problem.kind.hint())),
    ])
}

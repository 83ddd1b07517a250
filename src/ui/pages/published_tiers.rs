//! The tiers page for a public school-level file: what the file holds, and that it holds no tiers.

use super::to_check::ToCheck;
use crate::compare::from_dataset::published::counted;
use crate::state::{stamp, use_state};
use crate::trust::published::{Line, Overview, overview};
use crate::ui::components::{
    Button, ButtonKind, Cell, Column, DataTable, PageHead, Row, Section, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Rows shown at once; the download holds all.
const SHOWN: usize = 200;

/// Fewer students than this are nobody’s business on a shared screen.
const FEWEST_SHARED: u32 = 11;

#[component]
pub fn PublishedTiers() -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| {
        let shared = state.is_share();
        let mut shown = state.loaded.get().map(|l| overview(&l.outcome.dataset)).unwrap_or_default();
        shown.schools.iter_mut().for_each(complete);
        if shared {
            shown.schools.iter_mut().for_each(hide_few);
        }
        // By name: an order of raw rates would put luck and advantage first.
        shown.schools.sort_by(|a, b| a.name.cmp(&b.name));
        shown
    });
    let finding = Signal::derive(move || shown.with(finding));
    let note = Signal::derive(move || shown.with(note));
    let foot = move || {
        let stamp = state.loaded.get().map(|l| state.definition.with(|d| stamp::sentence(&l, d))).unwrap_or_default();
        shown.with(|shown| match shown.schools.len() {
            n if n > SHOWN => {
                format!("{stamp} The first {SHOWN} of {} schools; the results file holds all.", format::count(n as u64))
            }
            _ => stamp,
        })
    };
    let table = Signal::derive(move || shown.with(table));
    view! {
        <PageHead title="Attendance tiers" finding />
        <ToCheck />
        <Section title="By school" note>
            <DataTable table shape=TableShape::Stacks />
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">{foot}</span>
                <Button kind=ButtonKind::Go on_click=move |()| state.download_results()>"Download results"</Button>
            </div>
        </Section>
    }
}

/// A count and its rate tell of how many students they are, where the file does not.
fn complete(line: &mut Line) {
    if let (None, Some(chronic), Some(rate)) = (line.counted, line.chronic, line.rate) {
        line.counted = counted(chronic.into(), rate).and_then(|n| u32::try_from(n).ok());
    }
}

fn hide_few(line: &mut Line) {
    if line.counted.is_some_and(|n| (1..FEWEST_SHARED).contains(&n)) {
        (line.counted, line.chronic, line.rate) = (None, None, None);
    }
}

fn finding(shown: &Overview) -> Prose {
    let schools = format::plural(shown.schools.len() as u64, "school", "schools");
    let year = if shown.year.is_empty() { String::new() } else { format!(" for {}", shown.year) };
    let text = Prose::new().plain(format!("This file gives chronic absence of {schools}{year}"));
    let text = match (shown.all.chronic, shown.all.counted) {
        (Some(chronic), Some(counted)) if counted > 0 => text.plain(": ").strong(format!(
            "{} of {} students, {}",
            format::count(chronic.into()),
            format::count(counted.into()),
            format::share(chronic.into(), counted.into())
        )),
        _ => text,
    };
    text.plain(". It holds no student’s days, so there are no tiers.")
}

fn note(shown: &Overview) -> String {
    let mut note = String::from("Numbers as the publisher gives them, under the publisher’s definition.");
    let hidden = shown.schools.iter().filter(|line| line.rate.is_none()).count();
    if hidden > 0 {
        let schools = format::plural(hidden as u64, "school", "schools");
        note.push_str(&format!(" Of {schools} the rate is hidden or not given; it is unknown, not zero."));
    }
    if shown.schools.iter().any(|line| line.counted.is_none()) {
        note.push_str(" Where the file does not say of how many students, there is no interval.");
    }
    if shown.years > 1 {
        note.push_str(&format!(" The latest of {} years in the file.", shown.years));
    }
    note
}

fn table(shown: &Overview) -> TableData {
    let unknown = || "not known".to_string();
    let count = |n: Option<u32>| n.map_or_else(unknown, |n| format::count(n.into()));
    let row = |line: &Line| {
        Row::new(vec![
            Cell::text(line.name.as_str()),
            Cell::text(count(line.counted)),
            Cell::text(count(line.chronic)),
            Cell::strong(line.rate.map_or_else(unknown, format::percent)),
            Cell::text(line.interval().map_or_else(String::new, |(low, high)| format::interval(low, high))),
        ])
    };
    TableData {
        caption: "Chronic absence by school, as published".into(),
        columns: vec![
            Column::words("School"),
            Column::numbers("Students counted"),
            Column::numbers("Chronically absent"),
            Column::numbers("Rate"),
            Column::numbers("95 % interval"),
        ],
        rows: shown.schools.iter().take(SHOWN).map(row).collect(),
    }
}

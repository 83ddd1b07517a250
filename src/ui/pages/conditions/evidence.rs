//! Every number behind the bars: counts, gaps and ratios with their intervals, shares of all
//! chronically absent students.

use super::{Chosen, panel};
use crate::charts::condition_cell::ConditionCell;
use crate::compare::from_dataset::ConditionGap;
use crate::compare::two_groups::RelativeRisk;
use crate::state::analysis::Sight;
use crate::state::use_state;
use crate::ui::components::{
    Button, Cell, Column, Content, DataTable, Row, Section, SectionShape, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;

#[component]
pub(super) fn Evidence(chosen: Chosen) -> impl IntoView {
    let state = use_state();
    let table = move || {
        let sight = state.analysis.sight.get();
        panel::panel(&state, chosen).map_or_else(TableData::default, |panel| table(&panel, &sight))
    };
    // A closed table costs nothing: it is built when somebody first opens it.
    let is_opened = RwSignal::new(false);
    let download = move |()| {
        let table = untrack(table);
        let head: Vec<String> = table.columns.iter().map(|c| c.label.clone()).collect();
        let words = |cell: &Cell| {
            let text = match &cell.content {
                Content::Text(t) | Content::Strong(t) | Content::Why(t) => t.clone(),
                _ => String::new(),
            };
            cell.sub.as_ref().map_or(text.clone(), |sub| format!("{text} ({sub})"))
        };
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.iter().map(words).collect()).collect();
        state.save("conditions-numbers.csv", "text/csv", &crate::share::cells::csv(&head, &rows));
    };
    view! {
        <Section title="Every number" shape=SectionShape::Full note="How many times as often, with what chance allows. Below five students on a side there is no ratio. Students of whom a condition is not known are left out and counted apart.">
            <details class="chart-figure__table" on:toggle=move |_| is_opened.set(true)>
                <summary class="link">"View every number"</summary>
                <Show when=move || is_opened.get()>
                    <DataTable table=Signal::derive(table) shape=TableShape::Scrolls />
                </Show>
            </details>
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">{move || chart_stamp(state.loaded.get().as_ref())}</span>
                <Button on_click=download>"Download CSV of every number"</Button>
            </div>
        </Section>
    }
}

fn table(panel: &panel::Panel, sight: &Sight) -> TableData {
    let mut rows = Vec::new();
    for (label, gaps) in &panel.gaps {
        for ((name, at), gap) in panel.names.iter().zip(&panel.schools).zip(gaps) {
            let mut cells = vec![Cell::strong(label.clone()), Cell::text(name.clone())];
            cells.extend(numbers(gap, *at, sight));
            rows.push(Row::new(cells));
        }
    }
    TableData {
        caption:
            "Each condition at each school: rates with and without, gap, ratio, share of chronically absent students"
                .into(),
        columns: vec![
            Column::words("Condition"),
            Column::words("School"),
            Column::numbers("With it"),
            Column::numbers("Without it"),
            Column::numbers("Gap in points"),
            Column::numbers("Times as often"),
            Column::numbers("Of all chronically absent"),
            Column::numbers("Of all students"),
            Column::numbers("Not known"),
        ],
        rows,
    }
}

fn numbers(gap: &ConditionGap, school: usize, sight: &Sight) -> Vec<Cell> {
    let mut g = gap.groups;
    let hidden = || Cell::why("hidden");
    let none = || Cell::why("none");
    if g.with_counted + g.without_counted == 0 {
        return vec![Cell::why("not in this school’s file"), none(), none(), none(), none(), none(), none()];
    }
    // In share mode what is not drawn is not told either.
    if sight.is_share() {
        let told = match panel::cell(gap, school, sight) {
            ConditionCell::Compared { with, without, .. } => panel::groups(with, without),
            _ => None,
        };
        let Some(told) = told else {
            return vec![hidden(), hidden(), hidden(), hidden(), hidden(), hidden(), hidden()];
        };
        g = told;
    }
    let rate = |chronic: u64, counted: u64| match counted {
        0 => none(),
        n => Cell::text(format::percent(chronic as f64 / n as f64)).with_sub(format!(
            "{} of {}",
            format::count(chronic),
            format::count(n)
        )),
    };
    let difference = g.gap().map_or_else(none, |(gap, (low, high))| {
        Cell::text(format::points(gap)).with_sub(format!("{} to {}", format::points(low), format::points(high)))
    });
    let ratio = match g.relative_risk() {
        None => Cell::why("too few"),
        Some(RelativeRisk { ratio: Some(ratio), interval: (low, high), .. }) if high.is_finite() => {
            Cell::text(format!("{ratio:.1}")).with_sub(format!("{low:.1} to {high:.1}"))
        }
        Some(RelativeRisk { interval: (low, _), .. }) => Cell::text(format!("at least {low:.1}")),
    };
    let of_chronic = g.share_of_chronic().map_or_else(none, |share| {
        Cell::text(format::percent_whole(share.value)).with_sub(format!(
            "{:.0} to {:.0} %",
            100.0 * share.interval.0,
            100.0 * share.interval.1
        ))
    });
    let of_all = g.share_of_students().map_or_else(none, |share| Cell::text(format::percent_whole(share)));
    let unknown = sight.untold_count(gap.unknown.0).map_or_else(hidden, |n| Cell::text(format::count(n)));
    vec![
        rate(g.with_chronic, g.with_counted),
        rate(g.without_chronic, g.without_counted),
        difference,
        ratio,
        of_chronic,
        of_all,
        unknown,
    ]
}

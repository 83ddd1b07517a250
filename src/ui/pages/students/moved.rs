//! Who moved between the export loaded before and this one, by tier and by school. Nobody vanishes.

use crate::charts::movement::{CrossingRow, Crossings, Movement, crossings, movement};
use crate::plans::movement::{Moved, Movement as BySchool, Whom};
use crate::state::plans::{Plans, use_plans};
use crate::state::use_state;
use crate::ui::components::{
    Button, ButtonLink, Cell, ChartHead, Column, DataTable, Row, Section, TableData, TableShape,
};
use crate::ui::figure::Figure;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// The address of the names behind a number: whom, and at which of the schools that moved.
pub(super) fn address(whom: Whom, school: Option<usize>) -> String {
    let at = school.map_or_else(String::new, |at| format!("&school={at}"));
    format!("#/students/moved?who={}{at}", whom.key())
}

/// The last days of the two exports that are compared.
pub(super) fn ends(plans: Plans) -> (String, String) {
    let until = plans.before.get().and_then(|before| before.until);
    let last = plans.app.loaded.get().and_then(|l| l.outcome.dataset.dates).map(|(_, last)| last);
    let say = |day: Option<crate::attendance::Day>, or: &str| day.map_or_else(|| or.to_owned(), |day| day.to_string());
    (say(until, "the earlier file"), say(last, "this file"))
}

#[component]
#[allow(non_snake_case, reason = "a component beside a type of the same word")]
pub(super) fn Movement_() -> impl IntoView {
    let state = use_state();
    let plans = use_plans();
    let moved = plans.movement;
    let chart = Signal::derive(move || {
        let (before, after) = ends(plans);
        let stamp = chart_stamp(state.loaded.get().as_ref());
        moved.with(|moved| movement(&flow(moved, before, after, stamp, state.chart_width.get())))
    });
    let by_school = Signal::derive(move || {
        let rows = moved.with(|moved| moved.iter().map(row).collect());
        crossings(&Crossings {
            title: "Across the ten-percent line, by school".into(),
            stamp: chart_stamp(state.loaded.get().as_ref()),
            rows,
            width: state.chart_width.get(),
        })
    });
    let sentence = Signal::derive(move || Prose::from(chart.with(|c| c.summary.clone())));
    let has = Memo::new(move |_| plans.before.with(Option::is_some));
    let names = Signal::derive(move || moved.with(|moved| names(moved)));
    let is_example =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| l.whose == "Example district")));
    view! {
        <Show
            when=move || has.get()
            fallback=move || view! {
                <Section title="Who moved" note="Load a newer export after this one: the page then says who moved tier, who is new and who left, by school.">
                    <Show
                        when=move || is_example.get()
                        fallback=|| view! { <ButtonLink href="#/">"Choose a newer export"</ButtonLink> }
                    >
                        <Button on_click=move |()| state.try_later_example()>"Load the example a month later"</Button>
                    </Show>
                </Section>
            }
        >
            <Section title="Who moved" sentence>
                <Figure chart name="who-moved" head=ChartHead::InTheMargin />
                <p class="no-print"><a href=address(Whom::Moved, None)>"Who they are, by name"</a></p>
            </Section>
            <Section title="Who moved, by school" note="Newly at 10 % or more, and no longer there. Students who changed schools are new in one and left the other.">
                <Figure chart=by_school name="who-moved-by-school" head=ChartHead::InTheMargin />
                <DataTable table=names shape=TableShape::Stacks />
            </Section>
        </Show>
    }
}

fn flow(all: &[BySchool], before: String, after: String, stamp: String, width: crate::charts::Width) -> Movement {
    let (mut flow, mut new, mut left) = ([[0u32; 5]; 5], [0u32; 5], [0u32; 5]);
    for school in all {
        for (sums, row) in flow.iter_mut().zip(school.flow) {
            for (sum, n) in sums.iter_mut().zip(row) {
                *sum += n;
            }
        }
        for (_, moved) in &school.students {
            match moved {
                Moved::New { tier: Some(tier) } | Moved::Arrived { tier: Some(tier) } => new[tier.index()] += 1,
                Moved::Left { tier: Some(tier) } | Moved::Transferred { tier: Some(tier) } => left[tier.index()] += 1,
                _ => {}
            }
        }
    }
    Movement {
        title: "Who moved between tiers".into(),
        stamp,
        before,
        after,
        flow: flow.map(|row| row.map(Some)),
        new: new.map(Some),
        left: left.map(Some),
        width,
    }
}

/// Each number of a school, leading to its names.
fn names(all: &[BySchool]) -> TableData {
    const ASKED: [(Whom, &str); 4] = [
        (Whom::NewlyChronic, "Newly at 10 % or more"),
        (Whom::Recovered, "No longer"),
        (Whom::Came, "New, or came"),
        (Whom::Went, "Left, or went"),
    ];
    let mut columns = vec![Column::words("School")];
    columns.extend(ASKED.map(|(_, head)| Column::numbers(head)));
    let rows = all.iter().enumerate().map(|(at, school)| {
        let mut cells = vec![Cell::link(school.school.clone(), address(Whom::Moved, Some(at)))];
        cells.extend(ASKED.map(|(whom, _)| match school.count(|moved| whom.admits(moved)) {
            0 => Cell::text("0"),
            n => Cell::link(n.to_string(), address(whom, Some(at))),
        }));
        Row::new(cells)
    });
    TableData { caption: "Who moved, by school: each number leads to the names".into(), rows: rows.collect(), columns }
}

fn row(school: &BySchool) -> CrossingRow {
    let n = |whom: Whom| Some(school.count(|moved| whom.admits(moved)) as u32);
    CrossingRow {
        name: school.school.clone(),
        became: n(Whom::NewlyChronic),
        no_longer: n(Whom::Recovered),
        new: n(Whom::Came),
        left: n(Whom::Went),
        both: Some(school.count(|m| m.before().is_some() && m.now().is_some()) as u32),
    }
}

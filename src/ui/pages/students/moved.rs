//! Who moved between the export loaded before and this one, by tier and by school. Nobody vanishes.

use crate::attendance::Dataset;
use crate::charts::movement::{CrossingRow, Crossings, Movement, crossings, movement};
use crate::plans::movement::{Moved, Movement as BySchool, Standing, movement as compare};
use crate::state::{Shared, use_state};
use crate::ui::components::{Button, ButtonLink, ChartHead, Section};
use crate::ui::figure::Figure;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
#[allow(non_snake_case, reason = "a component beside a type of the same word")]
pub(super) fn Movement_() -> impl IntoView {
    let state = use_state();
    let moved: Memo<Option<Shared<Vec<BySchool>>>> = Memo::new(move |_| {
        let (now, before) = (state.loaded.get()?, state.earlier.get()?);
        let standings = |dataset: &Dataset| {
            let records = state.definition.with(|d| crate::attendance::records::at_schools(dataset, d));
            records
                .iter()
                .map(|r| Standing {
                    student: dataset.students[r.student as usize].id.clone(),
                    school: dataset.schools[usize::from(r.school)].name.clone(),
                    tier: r.tier(),
                })
                .collect::<Vec<_>>()
        };
        Some(Shared::new(compare(&standings(&before.outcome.dataset), &standings(&now.outcome.dataset))))
    });
    let names = move || {
        let end = |loaded: Option<Shared<crate::state::Loaded>>, or: &str| {
            loaded.and_then(|l| l.outcome.dataset.dates).map_or_else(|| or.to_owned(), |(_, last)| last.to_string())
        };
        (end(state.earlier.get(), "the earlier file"), end(state.loaded.get(), "this file"))
    };
    let chart = Signal::derive(move || {
        let (before, after) = names();
        movement(&flow(
            &moved.get().as_deref().cloned().unwrap_or_default(),
            before,
            after,
            chart_stamp(state.loaded.get().as_ref()),
            state.chart_width.get(),
        ))
    });
    let by_school = Signal::derive(move || {
        let rows = moved.get().as_deref().map(|m| m.iter().map(row).collect()).unwrap_or_default();
        crossings(&Crossings {
            title: "Across the ten-percent line, by school".into(),
            stamp: chart_stamp(state.loaded.get().as_ref()),
            rows,
            width: state.chart_width.get(),
        })
    });
    let sentence = Signal::derive(move || Prose::from(chart.with(|c| c.summary.clone())));
    let has = Memo::new(move |_| moved.with(Option::is_some));
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
            </Section>
            <Section title="Who moved, by school" note="Newly at 10 % or more, and no longer there. Students who changed schools are new in one and left the other.">
                <Figure chart=by_school name="who-moved-by-school" head=ChartHead::InTheMargin />
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

fn row(school: &BySchool) -> CrossingRow {
    let n = |what: fn(Moved) -> bool| Some(school.count(what) as u32);
    CrossingRow {
        name: school.school.clone(),
        became: n(Moved::newly_chronic),
        no_longer: n(Moved::recovered),
        new: n(|m| matches!(m, Moved::New { .. } | Moved::Arrived { .. })),
        left: n(|m| matches!(m, Moved::Left { .. } | Moved::Transferred { .. })),
        both: n(|m| matches!(m, Moved::Stayed { .. } | Moved::Between { .. })),
    }
}

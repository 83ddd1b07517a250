//! The public exhibit: three first grades with the same poverty and very different absence. No student
//! is in it, and its caveats always stand below.

use crate::ui::components::{Cell, Column, DataTable, Row, Section, TableData, TableShape};
use crate::workshop::exhibit::{HIGHER, LOWER, PublicSchool, TRIAD, caveats, credit};
use leptos::prelude::*;

#[component]
pub(super) fn PublicExhibit() -> impl IntoView {
    let three = Signal::stored(table("Three first grades with the same share of students in poverty", &TRIAD));
    let others: Vec<PublicSchool> = LOWER.iter().chain(&HIGHER).copied().collect();
    let others = Signal::stored(table("Other schools of the same listing", &others));
    view! {
        <Section
            title="A public exhibit"
            sentence=crate::ui::prose::Prose::from("Three first grades, 84 % of students in poverty in each: 9, 10 and 43 % chronically absent.")
            note="What would you ask the first two? What would you want to know before you believe it?"
        >
            <DataTable table=three shape=TableShape::Stacks />
            <details class="chart-figure__table"><summary class="link">"Other schools of the same listing"</summary><DataTable table=others shape=TableShape::Stacks /></details>
            <ul class="caveats">{caveats().into_iter().map(|text| view! { <li>{text.en}</li> }).collect_view()}</ul>
            <p class="exhibit-foot__stamp">{credit().en}</p>
        </Section>
    }
}

fn table(caption: &str, schools: &[PublicSchool]) -> TableData {
    TableData {
        caption: caption.into(),
        columns: vec![
            Column::words("School"),
            Column::words("District"),
            Column::numbers("Students in poverty"),
            Column::numbers("First graders chronically absent"),
            Column::numbers("Number of first graders"),
        ],
        rows: schools
            .iter()
            .map(|school| {
                Row::new(vec![
                    Cell::strong(school.name),
                    school.district.map_or_else(|| Cell::why("not given"), Cell::text),
                    Cell::text(format!("{} %", school.poverty_percent)),
                    Cell::strong(format!("{} %", school.chronic_percent)),
                    Cell::why("not published"),
                ])
            })
            .collect(),
    }
}

//! The printed report: the same suppressed numbers on paper, each chart to be saved as a picture.

use super::Parts;
use super::export::{has_students, keep_prepared};
use super::settings::DaysCounted;
use super::take::not_yet;
use crate::charts::grade_dots::{GradeDots, grade_dots};
use crate::charts::rate_rows::{RateRow, RateRows, rate_rows};
use crate::charts::{Precision, Rate, Width};
use crate::compare::wilson95;
use crate::share::exchange::{Exchange, Group};
use crate::share::export::table::{notes, percent};
use crate::share::gate::Shown;
use crate::state::share::{HandedOver, use_share};
use crate::state::{Shared, use_state};
use crate::ui::components::{
    Button, ButtonKind, Cell, Column, DataTable, PageHead, Row, Section, Sheet, SheetSection, TableData,
};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// The widest chart that fits on a sheet.
const ON_PAPER: u32 = 700;

#[component]
pub fn ReportPage() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    keep_prepared();
    let file = Memo::new(move |_| share.exchange(state).map(Shared::new));
    let reason = not_yet(state);
    let has_data = Memo::new(move |_| has_students(state.loaded.get().as_deref()));
    view! {
        <div class="no-print">
            <PageHead
                title="Printed report"
                finding=Prose::from("One report for a board, a partner or the web. It holds what the tables hold, and nothing that they hide.")
            />
        </div>
        <Parts here="report" />
        <Show
            when=move || has_data.get()
            fallback=move || view! {
                <Section title="No students loaded">
                    <p class="button-row">
                        "With an attendance file, the report stands here."
                        <Button kind=ButtonKind::Go on_click=move |()| state.try_example()>"Try the example"</Button>
                    </p>
                </Section>
            }
        >
            <div class="share-form no-print"><DaysCounted /></div>
            <p class="button-row share-print no-print">
                <Button kind=ButtonKind::Go disabled_because=reason on_click=move |()| share.hand_over(state, HandedOver::Print)>
                    "Print the report"
                </Button>
                <span class="small quiet">"Printing counts as sharing: the numbers are remembered on this device."</span>
            </p>
            {move || file.get().map(|file| view! { <Report file /> })}
        </Show>
    }
}

fn whole(file: &Exchange) -> Option<&Group> {
    file.groups
        .iter()
        .find(|g| g.school.is_none() && g.district.is_none() && g.grade.is_none() && g.condition.is_none())
}

/// A shown rate; a hidden or coded part stays unknown.
pub fn rate(students: Shown<u32>, chronic: Shown<u32>) -> Rate {
    match (students.value(), chronic.value()) {
        (Some(n), Some(x)) => Rate::of(x, n, wilson95(u64::from(x), u64::from(n))),
        (counted, _) => Rate { counted, ..Rate::default() },
    }
}

fn sentence(file: &Exchange) -> String {
    let Some(all) = whole(file) else { return String::new() };
    match (all.students, all.chronic) {
        (Shown::Value(n), Shown::Value(x)) => format!(
            "{} of {} students were chronically absent: {} %.",
            format::count(x.into()),
            format::count(n.into()),
            percent(all.students, all.chronic)
        ),
        (Shown::Value(n), Shown::Coded(code)) => {
            format!("Of {} students, {code} were chronically absent.", format::count(n.into()))
        }
        _ => "The numbers of all students together are hidden.".to_owned(),
    }
}

#[component]
fn Report(file: Shared<Exchange>) -> impl IntoView {
    let state = use_state();
    let header = &file.header;
    let n_schools = file.schools.len() as u64;
    let stamp = format!(
        "{}, {}, {}",
        header.made_by,
        format::plural(n_schools, "school", "schools"),
        format::day_range(header.first_day, header.last_day)
    );
    let chart_stamp = untrack(|| use_share().stamp(state)).unwrap_or_default();
    let foot = format!("{}. Groups under {} students are hidden.", header.definition.sentence(), file.minimum);
    let made = format!("Made {}", header.made_on);
    let width = Signal::derive(move || Width(state.chart_width.get().0.min(ON_PAPER)));
    let schools = {
        let (file, stamp) = (file.clone(), chart_stamp.clone());
        Signal::derive(move || rate_rows(&by_school(&file, &stamp, width.get())))
    };
    let grades = {
        let (file, stamp) = (file.clone(), chart_stamp);
        Signal::derive(move || grade_dots(&by_grade(&file, &stamp, width.get())))
    };
    let tells_grades = file.groups.iter().any(|g| g.grade.is_some());
    let conditions = conditions(&file);
    let has_conditions = !conditions.rows.is_empty();
    let how = notes(&file).into_iter().map(|note| view! { <li>{format!("{note}.")}</li> }).collect_view();
    view! {
        <Sheet title="Chronic absence" kicker="Shared numbers" stamp sentence=sentence(&file) foot page=made>
            <SheetSection title="By school"><Figure chart=schools name="chronic-absence-by-school" /></SheetSection>
            {tells_grades.then(|| view! {
                <SheetSection title="By grade"><Figure chart=grades name="chronic-absence-by-grade" /></SheetSection>
            })}
            {has_conditions.then(|| view! {
                <SheetSection title="By condition">
                    <DataTable table=Signal::stored(conditions) />
                    <p class="tiny">"Students with a condition may be absent more or less often; the table does not say why."</p>
                </SheetSection>
            })}
            <SheetSection title="How to read this"><ul class="share-how">{how}</ul></SheetSection>
        </Sheet>
    }
}

fn by_school(file: &Exchange, stamp: &str, width: Width) -> RateRows {
    let groups = file.groups.iter().filter(|g| g.school.is_some() && g.grade.is_none() && g.condition.is_none());
    let mut rows: Vec<RateRow> = groups
        .map(|g| RateRow {
            name: g.school.and_then(|at| file.schools.get(at as usize)).map(|s| s.name.clone()).unwrap_or_default(),
            note: String::new(),
            rate: rate(g.students, g.chronic),
            expected: None,
            verdict: None,
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    RateRows {
        title: "Chronic absence by school".into(),
        stamp: stamp.to_owned(),
        row_label: "School".into(),
        rows,
        width,
        precision: Precision::Tenths,
    }
}

fn by_grade(file: &Exchange, stamp: &str, width: Width) -> GradeDots {
    let mut groups: Vec<&Group> = file
        .groups
        .iter()
        .filter(|g| g.school.is_none() && g.district.is_none() && g.grade.is_some() && g.condition.is_none())
        .collect();
    groups.sort_by_key(|g| g.grade);
    GradeDots {
        title: "Chronic absence by grade".into(),
        stamp: stamp.to_owned(),
        group_label: "grade".into(),
        groups: groups
            .into_iter()
            .map(|g| (g.grade.map(|g| g.to_string()).unwrap_or_default(), rate(g.students, g.chronic)))
            .collect(),
        width,
        precision: Precision::Tenths,
    }
}

fn conditions(file: &Exchange) -> TableData {
    let label = |key: &str| {
        file.labels.iter().find(|(k, _)| k == key).map_or_else(|| key.to_owned(), |(_, label)| label.clone())
    };
    let number = |shown: Shown<u32>| match shown {
        Shown::Value(n) => Cell::text(format::count(n.into())),
        other => Cell::why(other.to_string()),
    };
    let rows = file.groups.iter().filter(|g| g.school.is_none() && g.district.is_none() && g.grade.is_none());
    let rows = rows.filter_map(|g| {
        let (key, value) = g.condition.as_ref()?;
        let rate = match (g.students, g.chronic) {
            (Shown::Value(_), Shown::Value(_)) => Cell::text(percent(g.students, g.chronic)),
            (_, other) => Cell::why(other.map(|_| "hidden").to_string()),
        };
        Some(Row::new(vec![
            Cell::text(label(key)),
            Cell::text(value.clone()),
            number(g.students),
            number(g.chronic),
            rate,
        ]))
    });
    TableData {
        caption: "Chronic absence by condition".into(),
        columns: vec![
            Column::words("Condition"),
            Column::words("Value"),
            Column::numbers("Students"),
            Column::numbers("Chronically absent"),
            Column::numbers("Percent"),
        ],
        rows: rows.collect(),
    }
}

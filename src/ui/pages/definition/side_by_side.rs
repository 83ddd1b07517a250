//! The same students under each definition: chart, table by school, and what a moved line does.
//! For the team only: no export tells two definitions' counts of the same students.

use crate::attendance::{Definition, Preset};
use crate::charts::definitions::{DefinitionRow, Definitions, definitions};
use crate::charts::{Precision, Rate};
use crate::compare::wilson::wilson95;
use crate::state::{Shared, use_state};
use crate::trust::lab::{self, Counts, Row};
use crate::ui::components::{
    Cell, ChartHead, Column, DataTable, Row as TableRow, RowKind, Section, SectionShape, TableData,
};
use crate::ui::figure::Figure;
use crate::ui::format;
use leptos::prelude::*;

/// Lines that people ask about, in percent.
const LINES: [u32; 6] = [5, 8, 10, 12, 15, 20];

const NOTE: &str =
    "The filled dot and the long line are the definition in force. Each line leads to another definition’s rate.";

#[component]
pub fn SideBySide() -> impl IntoView {
    let state = use_state();
    // The named ones stay as they are whatever is in force.
    let named: Memo<Option<Shared<Vec<Row>>>> = Memo::new(move |_| {
        let loaded = state.loaded.get()?;
        Some(Shared::new(lab::side_by_side(&loaded.outcome.dataset, &Preset::NAMED.map(Preset::definition))))
    });
    let rows: Memo<Option<Shared<Vec<Row>>>> = Memo::new(move |_| {
        let (loaded, named) = (state.loaded.get()?, named.get()?);
        let all = state.definition.with(lab::definitions);
        let row = |definition: &Definition| {
            let known = named.iter().find(|row| row.definition == *definition);
            known.cloned().unwrap_or_else(|| lab::row(&loaded.outcome.dataset, definition))
        };
        Some(Shared::new(all.iter().map(row).collect()))
    });
    let chart = Memo::new(move |_| {
        let stamp = state.loaded.get().map(|l| stamp(&l)).unwrap_or_default();
        let rows = rows.get();
        let row = |row: &Row| DefinitionRow {
            name: row.definition.preset.label().to_string(),
            note: row.definition.minimum_words(),
            rate: rate(row.all),
        };
        definitions(&Definitions {
            title: "Chronic absence under each definition".into(),
            stamp,
            rows: rows.iter().flat_map(|rows| rows.iter().map(row)).collect(),
            width: state.chart_width.get(),
            precision: Precision::Tenths,
        })
    });
    let sentence = Signal::derive(move || crate::ui::prose::Prose::from(chart.with(|c| c.summary.clone())));
    let by_school = Signal::derive(move || rows.get().map(|rows| table(&rows, &schools())).unwrap_or_default());
    view! {
        <Section title="Side by side" sentence note=NOTE>
            <Figure chart name="definitions" head=ChartHead::InTheMargin />
        </Section>
        <Section title="By school" shape=SectionShape::Full note="A student of two schools counts in each. Under every rate: chronically absent of counted students.">
            <DataTable table=by_school />
        </Section>
        <MovedLine />
    }
}

fn stamp(loaded: &crate::state::Loaded) -> String {
    let dates = loaded.outcome.dataset.dates.map(|(from, to)| format!(", {from} – {to}")).unwrap_or_default();
    format!("{}{dates}.", loaded.whose)
}

fn schools() -> Vec<String> {
    let loaded = use_state().loaded.get();
    loaded.map(|l| l.outcome.dataset.schools.iter().map(|s| s.name.clone()).collect()).unwrap_or_default()
}

fn rate(counts: Counts) -> Rate {
    let interval = wilson95(u64::from(counts.chronic), u64::from(counts.counted));
    Rate::of(counts.chronic, counts.counted, interval)
}

/// A cell with its rate and what it is a rate of.
fn cell(counts: Counts) -> Cell {
    match counts.rate() {
        Some(rate) => Cell::text(format::percent(rate)).with_sub(format!(
            "{} of {}",
            format::count(counts.chronic.into()),
            format::count(counts.counted.into())
        )),
        None => Cell::text("none counted"),
    }
}

fn table(rows: &[Row], schools: &[String]) -> TableData {
    let mut columns = vec![Column::words("School")];
    columns.extend(rows.iter().map(|row| Column::numbers(row.definition.preset.label())));
    let line = |name: &str, of: &dyn Fn(&Row) -> Counts| {
        let mut cells = vec![Cell::text(name)];
        cells.extend(rows.iter().map(|row| cell(of(row))));
        TableRow::new(cells)
    };
    let mut lines: Vec<TableRow> = schools
        .iter()
        .enumerate()
        .filter(|(at, _)| rows.iter().any(|row| row.schools.get(*at).is_some_and(|c| c.counted > 0)))
        .map(|(at, name)| line(name, &|row| row.schools.get(at).copied().unwrap_or_default()))
        .collect();
    lines.push(line("All students, each once", &|row| row.all).kind(RowKind::Total));
    TableData { caption: "Chronic absence by school under each definition".into(), columns, rows: lines }
}

/// What happens when only the line moves.
#[component]
fn MovedLine() -> impl IntoView {
    let state = use_state();
    let table = Signal::derive(move || {
        let Some(loaded) = state.loaded.get() else { return TableData::default() };
        let definition: Definition = state.definition.get();
        let in_force = definition.percent();
        let rows =
            lab::thresholds(&loaded.outcome.dataset, &definition, &LINES).into_iter().map(|(percent, counts)| {
                let row = TableRow::new(vec![
                    Cell::text(format!("{percent} % of enrolled days")),
                    Cell::text(format::count(counts.chronic.into())),
                    Cell::text(format::count(counts.counted.into())),
                    Cell::text(counts.rate().map_or_else(|| "none counted".into(), format::percent)),
                ]);
                if f64::from(percent) == in_force { row.kind(RowKind::Chosen) } else { row }
            });
        TableData {
            caption: "How many students are beyond each line".into(),
            columns: vec![
                Column::words("From this share of days missed"),
                Column::numbers("Students"),
                Column::numbers("Of"),
                Column::numbers("Rate"),
            ],
            rows: rows.collect(),
        }
    });
    view! {
        <Section title="If only the line moved" note="Everything else as in force. The line is a convention: students on either side of it differ by a day.">
            <DataTable table />
        </Section>
    }
}

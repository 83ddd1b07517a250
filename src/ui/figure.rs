//! A chart of `charts` in the one figure component, with its downloads.

use super::components::{ChartFigure, ChartHead, Choice, FigureWords, TableData};
use super::in_turn::{First, in_turn};
use crate::charts::{Chart, Table};
use crate::share::cells;
use crate::state::use_state;
use leptos::html;
use leptos::prelude::*;

/// A chart's table for the table component.
#[must_use]
pub fn table_data(table: &Table) -> TableData {
    let head: Vec<String> = table.columns.iter().map(|c| c.label.clone()).collect();
    let numeric: Vec<usize> = table.columns.iter().enumerate().filter(|(_, c)| c.numeric).map(|(at, _)| at).collect();
    TableData::from_text(&table.caption, &head, &numeric, &table.rows)
}

/// A chart's table as CSV, its cells harmless.
#[must_use]
pub fn table_csv(table: &Table) -> String {
    let head: Vec<String> = table.columns.iter().map(|c| c.label.clone()).collect();
    cells::csv(&head, &table.rows)
}

/// Shows a chart with its table, its foot, and downloads as picture and as table. `name` is the
/// file name without its ending. The chart is drawn in its turn: not before what is in view.
#[component]
pub fn Figure(
    #[prop(into)] chart: Signal<Chart>,
    #[prop(into)] name: String,
    #[prop(optional)] head: ChartHead,
    #[prop(optional, into)] key: Option<ViewFnOnce>,
    #[prop(default = First::Now)] first: First,
) -> impl IntoView {
    let state = use_state();
    let place = NodeRef::<html::Figure>::new();
    // Drawn once per change, however many parts of the figure read it.
    let drawn = in_turn(move || place.get().map(Into::into), first, move || chart.get());
    let download = move |what: String| {
        let chart = chart.get_untracked();
        match what.as_str() {
            "svg" => state.save(&format!("{name}.svg"), "image/svg+xml", &chart.standalone()),
            "png" => state.save_picture(&format!("{name}.png"), chart.standalone()),
            _ => state.save(&format!("{name}.csv"), "text/csv", &table_csv(&chart.table)),
        }
    };
    let FigureWords { picture, table, .. } = FigureWords::here();
    let downloads = vec![
        Choice::new("png", format!("{picture} (PNG)")),
        Choice::new("svg", format!("{picture} (SVG)")),
        Choice::new("csv", format!("{table} (CSV)")),
    ];
    let of = move |get: fn(&Chart) -> String| {
        Signal::derive(move || drawn.with(|c| c.as_ref().map(get).unwrap_or_default()))
    };
    let table = Signal::derive(move || drawn.with(|c| c.as_ref().map(|c| table_data(&c.table)).unwrap_or_default()));
    let key = key.map(|key| ViewFnOnce::from(move || key.run()));
    match key {
        Some(key) => view! {
            <ChartFigure
                title=of(|c| c.title.clone())
                summary=of(|c| c.summary.clone())
                svg=of(|c| c.svg.clone())
                table
                stamp=of(|c| c.foot.clone())
                head
                key=key
                downloads
                on_download=Callback::new(download)
                place
            />
        }
        .into_any(),
        None => view! {
            <ChartFigure
                title=of(|c| c.title.clone())
                summary=of(|c| c.summary.clone())
                svg=of(|c| c.svg.clone())
                table
                stamp=of(|c| c.foot.clone())
                head
                downloads
                on_download=Callback::new(download)
                place
            />
        }
        .into_any(),
    }
}

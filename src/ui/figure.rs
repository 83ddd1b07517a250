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

/// A chart that is drawn in parts, each in its turn, and whole only to be taken away.
#[derive(Clone, Copy)]
pub struct InParts {
    pub count: Memo<usize>,
    /// One part by its position, from top to bottom.
    pub draw: Callback<usize, String>,
    /// The whole picture.
    pub whole: Callback<(), String>,
}

/// Shows a chart with its table, its foot, and downloads as picture and as table. `name` is the
/// file name without its ending. The chart is drawn in its turn: not before what is in view. With `parts`
/// it comes without its drawing, which they make.
#[component]
pub fn Figure(
    #[prop(into)] chart: Signal<Chart>,
    #[prop(into)] name: String,
    #[prop(optional)] head: ChartHead,
    #[prop(optional, into)] key: Option<ViewFnOnce>,
    #[prop(optional)] parts: Option<InParts>,
    #[prop(default = First::Now)] first: First,
) -> impl IntoView {
    let state = use_state();
    let place = NodeRef::<html::Figure>::new();
    // Drawn once per change, however many parts of the figure read it.
    let drawn = in_turn(move || place.get().map(Into::into), first, move || chart.get());
    let download = move |what: String| {
        let mut chart = chart.get_untracked();
        if let (Some(parts), "svg" | "png") = (parts, what.as_str()) {
            chart.svg = parts.whole.run(());
        }
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
    let (title, summary) = (of(|c| c.title.clone()), of(|c| c.summary.clone()));
    let (svg, stamp) = (of(|c| c.svg.clone()), of(|c| c.foot.clone()));
    let on_download = Callback::new(download);
    let drawing = parts.map(|parts| ViewFnOnce::from(move || view! { <Parts parts /> }));
    view! {
        <ChartFigure title summary svg table stamp head key downloads on_download place drawing />
    }
}

#[component]
fn Parts(parts: InParts) -> impl IntoView {
    let one = move |at: usize| {
        let place = NodeRef::<html::Div>::new();
        let first = if at == 0 { First::Now } else { First::Later };
        let svg = in_turn(move || place.get().map(Into::into), first, move || parts.draw.run(at));
        view! { <div class="chart-figure__part" node_ref=place inner_html=move || svg.get()></div> }
    };
    view! { <For each=move || 0..parts.count.get() key=|at| *at children=one /> }
}

//! The one table: caption, scopes, numbers right, sortable heads, a chosen row.

use super::table::{Align, Cell, Content, Row, RowKind, SortedBy, Sorting, TableData};
use super::tier_badge::TierBadge;
use super::verdict_mark::verdict_cell;
use crate::ui::in_turn::{First, in_turn};
use leptos::html;
use leptos::prelude::*;

/// What becomes of the table on a narrow screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableShape {
    /// It scrolls sideways inside its own region, which the keyboard reaches.
    #[default]
    Scrolls,
    /// Each row becomes a small block, one cell below the other.
    Stacks,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caption {
    /// Read out; the title above says it already.
    #[default]
    Hidden,
    Shown,
}

/// The rows stand as given; `on_sort` asks the owner to sort by a column's index.
#[component]
pub fn DataTable(
    #[prop(into)] table: Signal<TableData>,
    #[prop(optional)] shape: TableShape,
    #[prop(optional)] caption: Caption,
    #[prop(optional, into)] sorted_by: Signal<Option<SortedBy>>,
    #[prop(optional, into)] on_sort: Option<Callback<usize>>,
) -> impl IntoView {
    let roles = Roles::of(shape);
    let place = NodeRef::<html::Div>::new();
    // Rows below the window are written after those in it.
    let written = in_turn(move || place.get().map(Into::into), First::Now, move || table.get());
    let columns = Memo::new(move |_| written.with(|t| t.as_ref().map(|t| t.columns.clone()).unwrap_or_default()));
    let head = move || {
        let heads = columns.get().into_iter().enumerate().map(|(at, column)| {
            let order = move || sorted_by.get().filter(|by| by.column == at).map(|by| by.direction.aria());
            let label = match (column.sorting, on_sort) {
                (Sorting::Sortable, Some(on_sort)) => view! {
                    <button type="button" class="data-table__sort" on:click=move |_| on_sort.run(at)>
                        {column.label}
                    </button>
                }
                .into_any(),
                _ => column.label.into_any(),
            };
            view! { <th scope="col" role=roles.column_header class=class_of(column.align) aria-sort=order>{label}</th> }
        });
        view! { <tr role=roles.row>{heads.collect_view()}</tr> }
    };
    let body = move || {
        let columns = columns.get();
        let labels: Vec<_> = columns.iter().map(|column| (column.label.clone(), column.align)).collect();
        let rows = |table: &TableData| table.rows.iter().map(|row| row_view(row, &labels, roles)).collect_view();
        written.with(|table| table.as_ref().map(rows))
    };
    let has_chosen = move || {
        written.with(|table| table.as_ref().is_some_and(|t| t.rows.iter().any(|row| row.kind == RowKind::Chosen)))
    };
    let words = move || table.with(|table| table.caption.clone());
    let caption = match caption {
        Caption::Hidden => "visually-hidden",
        Caption::Shown => "data-table__caption",
    };
    let class = match shape {
        TableShape::Scrolls => "data-table",
        TableShape::Stacks => "data-table data-table--stack",
    };
    view! {
        <div class=class class:has-chosen=has_chosen node_ref=place role=roles.region tabindex=roles.tabindex aria-label=move || roles.region.map(|_| words())>
            <table role=roles.table>
                <caption class=caption>{words}</caption>
                <thead role=roles.group>{head}</thead>
                <tbody role=roles.group>{body}</tbody>
            </table>
        </div>
    }
}

/// A stacked table is laid out with blocks, which makes browsers forget that it is a table: the roles say it again.
#[derive(Clone, Copy)]
pub(super) struct Roles {
    region: Option<&'static str>,
    tabindex: Option<&'static str>,
    pub(super) table: Option<&'static str>,
    pub(super) group: Option<&'static str>,
    pub(super) row: Option<&'static str>,
    pub(super) column_header: Option<&'static str>,
    pub(super) row_header: Option<&'static str>,
    pub(super) cell: Option<&'static str>,
}

impl Roles {
    pub(super) const fn of(shape: TableShape) -> Roles {
        match shape {
            TableShape::Scrolls => Roles {
                region: Some("region"),
                tabindex: Some("0"),
                table: None,
                group: None,
                row: None,
                column_header: None,
                row_header: None,
                cell: None,
            },
            TableShape::Stacks => Roles {
                region: None,
                tabindex: None,
                table: Some("table"),
                group: Some("rowgroup"),
                row: Some("row"),
                column_header: Some("columnheader"),
                row_header: Some("rowheader"),
                cell: Some("cell"),
            },
        }
    }
}

fn row_view(row: &Row, labels: &[(String, Align)], roles: Roles) -> impl IntoView + use<> {
    let class = match row.kind {
        RowKind::Plain => None,
        RowKind::Chosen => Some("is-chosen"),
        RowKind::Total => Some("is-total"),
    };
    let cells = row.cells.iter().enumerate().map(|(at, cell)| {
        let (label, align) = labels.get(at).cloned().unwrap_or_default();
        let content = cell_view(cell);
        if at == 0 {
            view! { <th scope="row" role=roles.row_header class=class_of(align)>{content}</th> }.into_any()
        } else {
            let label = (align == Align::Numbers).then_some(label);
            view! { <td role=roles.cell class=class_of(align) data-label=label>{content}</td> }.into_any()
        }
    });
    let current = (row.kind == RowKind::Chosen).then_some("true");
    view! { <tr class=class role=roles.row aria-current=current>{cells.collect_view()}</tr> }
}

fn cell_view(cell: &Cell) -> impl IntoView + use<> {
    let content = match cell.content.clone() {
        Content::Text(text) => text.into_any(),
        Content::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
        Content::Why(text) => view! { <span class="data-table__why">{text}</span> }.into_any(),
        Content::Code(text) => view! { <span class="data-table__code">{text}</span> }.into_any(),
        Content::Values(text) => view! { <span class="data-table__values">{text}</span> }.into_any(),
        Content::Link { text, href } => view! { <a class="strong" href=href>{text}</a> }.into_any(),
        Content::Tier(tier) => view! { <TierBadge tier /> }.into_any(),
        Content::Verdict { verdict, reason } => verdict_cell(verdict, reason).into_any(),
        Content::Drawing { svg, words } => {
            view! { <div class="chart-figure__drawing" role="img" aria-label=words inner_html=svg></div> }.into_any()
        }
    };
    let sub = cell.sub.clone().map(|words| view! { <span class="data-table__sub">{words}</span> });
    view! { {content}{sub} }
}

const fn class_of(align: Align) -> Option<&'static str> {
    match align {
        Align::Words => None,
        Align::Numbers => Some("number"),
    }
}

//! The column map: each column as written, its first values, what we read it as, and why.

use super::choice::Choice;
use super::data_table::{Roles, TableShape};
use super::select_field::{Select, SelectSize};
use leptos::prelude::*;

/// One column of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnRow {
    /// As written in the file.
    pub name: String,
    pub first_values: Vec<String>,
    /// The value of the role, one of `roles`.
    pub role: String,
    /// `Every value is one student`
    pub why: String,
}

impl ColumnRow {
    /// The id of the control that decides a column, for a reason that leads to it. `table` tells the
    /// tables of a page apart.
    #[must_use]
    pub fn control_id(table: usize, at: usize) -> String {
        format!("column-{table}-{at}")
    }
}

/// `on_change` gives (the column's index, the role's value).
#[component]
pub fn ColumnMapTable(
    #[prop(into)] columns: Signal<Vec<ColumnRow>>,
    #[prop(into)] roles: Signal<Vec<Choice>>,
    #[prop(into)] on_change: Callback<(usize, String)>,
    #[prop(optional)] table: usize,
) -> impl IntoView {
    let aria = Roles::of(TableShape::Stacks);
    // A changed role changes a value inside a row, not the row: the keyboard keeps its place.
    let shape = Memo::new(move |_| {
        let row = |row: &ColumnRow| (row.name.clone(), row.first_values.join(" · "));
        columns.with(|columns| columns.iter().map(row).collect::<Vec<_>>())
    });
    let rows = move || {
        let rows = shape.get().into_iter().enumerate().map(|(at, (name, values))| {
            let of = move |get: fn(&ColumnRow) -> &String| {
                columns.with(|columns| columns.get(at).map(get).cloned().unwrap_or_default())
            };
            view! {
                <tr role=aria.row>
                    <th scope="row" role=aria.row_header><span class="data-table__code">{name.clone()}</span></th>
                    <td role=aria.cell><span class="data-table__values">{values}</span></td>
                    <td role=aria.cell>
                        <Select
                            label=format!("We read {name} as")
                            id=ColumnRow::control_id(table, at)
                            choices=roles
                            value=Signal::derive(move || of(|row| &row.role))
                            on_change=move |role: String| on_change.run((at, role))
                            size=SelectSize::Small
                        />
                    </td>
                    <td role=aria.cell><span class="data-table__why">{move || of(|row| &row.why)}</span></td>
                </tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="data-table data-table--stack column-map-table">
            <table role=aria.table>
                <caption class="visually-hidden">"Columns in your file and what we read them as"</caption>
                <thead role=aria.group>
                    <tr role=aria.row>
                        <th scope="col" role=aria.column_header>"In your file"</th>
                        <th scope="col" role=aria.column_header>"First values"</th>
                        <th scope="col" role=aria.column_header>"We read it as"</th>
                        <th scope="col" role=aria.column_header>"Why"</th>
                    </tr>
                </thead>
                <tbody role=aria.group>{rows}</tbody>
            </table>
        </div>
    }
}

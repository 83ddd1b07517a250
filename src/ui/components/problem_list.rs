//! Rows that were set aside: what is wrong, how many, where first, what was done.

use super::data_table::{DataTable, TableShape};
use super::table::{Cell, Column, Row, TableData};
use crate::ui::format;
use leptos::prelude::*;

/// One kind of problem. Quotes no cell that could name a student.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// `Date can’t be read`
    pub what: String,
    pub rows: u64,
    /// `line 40,118`
    pub first_at: String,
    /// `Neither row used`
    pub done: String,
}

#[component]
pub fn ProblemList(#[prop(into)] problems: Signal<Vec<Problem>>) -> impl IntoView {
    let table = move || TableData {
        caption: "Rows set aside, by what is wrong with them".to_owned(),
        columns: vec![
            Column::words("What is wrong"),
            Column::numbers("Rows"),
            Column::words("First at"),
            Column::words("What we did"),
        ],
        rows: problems.with(|problems| problems.iter().map(row).collect()),
    };
    view! { <DataTable table=Signal::derive(table) shape=TableShape::Stacks /> }
}

fn row(problem: &Problem) -> Row {
    Row::new(vec![
        Cell::text(problem.what.as_str()),
        Cell::text(format::count(problem.rows)),
        Cell::text(problem.first_at.as_str()),
        Cell::why(problem.done.as_str()),
    ])
}

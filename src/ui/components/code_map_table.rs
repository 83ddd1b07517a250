//! The code map: each code of the file, its rows, what it counts as. An unknown code asks, never defaults.

use super::choice::Choice;
use super::data_table::{Roles, TableShape};
use super::segmented::Segmented;
use super::select_field::{Select, SelectSize};
use crate::ui::format;
use leptos::prelude::*;

/// One code as the file writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeRow {
    pub code: String,
    pub rows: u64,
    /// The value of the chosen meaning; `None` while the person has not decided.
    pub meaning: Option<String>,
    /// Set where the reader cannot know the meaning. The row stays a question after it is answered,
    /// so that the person sees what was decided and the keyboard keeps its place.
    pub question: Option<CodeQuestion>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeQuestion {
    /// `What does FT mean?`
    pub ask: String,
    /// `Mostly grade 5, on 3 days.`
    pub hint: String,
    /// The likeliest meanings, as radios; the select beside them holds the rest.
    pub likely: Vec<Choice>,
}

impl CodeRow {
    /// The id of the control that decides a code, for a reason that leads to it. `table` tells the
    /// tables of a page apart.
    #[must_use]
    pub fn control_id(table: usize, at: usize) -> String {
        format!("code-{table}-{at}")
    }
}

/// `meanings` are all that a code can count as; `on_change` gives (code, meaning's value).
#[component]
pub fn CodeMapTable(
    #[prop(into)] codes: Signal<Vec<CodeRow>>,
    #[prop(into)] meanings: Signal<Vec<Choice>>,
    #[prop(into)] on_change: Callback<(String, String)>,
    #[prop(optional)] table: usize,
) -> impl IntoView {
    let roles = Roles::of(TableShape::Stacks);
    // The shape of the table changes only with the codes and questions; a decision changes a value inside a row.
    let shape = Memo::new(move |_| {
        codes.with(|codes| {
            codes.iter().map(|row| (row.code.clone(), row.rows, row.question.clone())).collect::<Vec<_>>()
        })
    });
    let rows = move || {
        let rows = shape.get().into_iter().enumerate().map(|(at, (code, n_rows, question))| {
            let meaning = Memo::new(move |_| codes.with(|codes| codes.get(at).and_then(|row| row.meaning.clone())));
            let is_open = question.is_some();
            let control = match question {
                Some(question) => {
                    view! { <Question question code=code.clone() id=CodeRow::control_id(table, at) meaning=meaning.into() meanings on_change /> }
                        .into_any()
                }
                None => {
                    let changed = code.clone();
                    view! {
                        <Select
                            label=format!("{code} counts as")
                            id=CodeRow::control_id(table, at)
                            choices=meanings
                            value=move || meaning.get().unwrap_or_default()
                            on_change=move |value: String| on_change.run((changed.clone(), value))
                            size=SelectSize::Small
                        />
                    }
                    .into_any()
                }
            };
            view! {
                <tr role=roles.row class:is-asked=move || is_open && meaning.with(Option::is_none)>
                    <th scope="row" role=roles.row_header><span class="data-table__code">{code}</span></th>
                    <td role=roles.cell class="number" data-label="Rows">{format::count(n_rows)}</td>
                    <td role=roles.cell>{control}</td>
                </tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="data-table data-table--stack code-map-table">
            <table role=roles.table>
                <caption class="visually-hidden">"Codes in your file and what we count them as"</caption>
                <colgroup><col class="is-code" /><col class="is-rows" /><col /></colgroup>
                <thead role=roles.group>
                    <tr role=roles.row>
                        <th scope="col" role=roles.column_header>"Code"</th>
                        <th scope="col" role=roles.column_header class="number">"Rows"</th>
                        <th scope="col" role=roles.column_header>"We count it as"</th>
                    </tr>
                </thead>
                <tbody role=roles.group>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Question(
    question: CodeQuestion,
    code: String,
    #[prop(into)] id: String,
    meaning: Signal<Option<String>>,
    meanings: Signal<Vec<Choice>>,
    on_change: Callback<(String, String)>,
) -> impl IntoView {
    let likely: Vec<String> = question.likely.iter().map(|choice| choice.value.clone()).collect();
    let others = {
        let likely = likely.clone();
        move || meanings.get().into_iter().filter(|choice| !likely.contains(&choice.value)).collect::<Vec<_>>()
    };
    let other = move || meaning.get().filter(|value| !likely.contains(value)).unwrap_or_default();
    let has_others = {
        let others = others.clone();
        move || !others().is_empty()
    };
    let (by_radio, by_select) = (code.clone(), code);
    let label = format!("{} Another meaning", question.ask);
    view! {
        <p class="code-map-table__question"><strong>{question.ask.clone()}</strong> " " {question.hint}</p>
        <div class="code-map-table__answer">
            <Segmented
                question=question.ask
                choices=question.likely
                value=meaning
                id
                on_change=move |value: String| on_change.run((by_radio.clone(), value))
            />
            {has_others().then(|| view! {
                <Select
                    label
                    choices=Signal::derive(others)
                    value=Signal::derive(other)
                    on_change=move |value: String| on_change.run((by_select.clone(), value))
                    size=SelectSize::Small
                />
            })}
        </div>
    }
}

//! One place to answer, kept as typed.

use super::predict::Guesses;
use crate::state::workshop::use_workshop;
use crate::ui::components::ids;
use crate::workshop::answers::LONGEST_ANSWER;
use crate::workshop::run::starting_rows;
use crate::workshop::session::{Choice, Choose, Column, QuizKey};
use crate::workshop::words::Word;
use crate::workshop::{Field, Input, Language, Value};
use leptos::prelude::*;

/// The control for a field of a step.
#[component]
pub(super) fn Answer(step: String, field: Field, language: Language) -> impl IntoView {
    match field.input.clone() {
        Input::Notes | Input::Line => view! { <Words step field language /> }.into_any(),
        Input::Number { least, most } => view! { <Number step field language least most /> }.into_any(),
        Input::Choice { choose, options, other, key } => {
            view! { <Options step field language choose options takes_other=other key /> }.into_any()
        }
        Input::Table { columns, .. } => view! { <Grid step field language columns /> }.into_any(),
        Input::Predictions { subjects } => view! { <Guesses step field language subjects /> }.into_any(),
    }
}

fn clipped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST_ANSWER).collect()
}

#[component]
fn Words(step: String, field: Field, language: Language) -> impl IntoView {
    let workshop = use_workshop();
    let id = ids::unique("answer");
    let several = field.input == Input::Notes;
    let (step_id, field_id) = (step.clone(), field.id.clone());
    let value = Memo::new(move |_| match workshop.value(&step_id, &field_id) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    });
    let typed = move |text: String| workshop.answer(&step, &field.id, Value::Text(clipped(&text)));
    let hint = field.hint.get(language).to_owned();
    let hint = (!hint.is_empty()).then(|| view! { <span class="field__hint">{hint}</span> });
    let control = if several {
        view! {
            <textarea class="field__control" id=id.clone() prop:value=move || value.get()
                on:input=move |event| typed(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="field__control" type="text" id=id.clone() autocomplete="off" prop:value=move || value.get()
                on:input=move |event| typed(event_target_value(&event)) />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{field.label.get(language).to_owned()}</label>
            {hint}
            {control}
        </div>
    }
}

#[component]
fn Number(step: String, field: Field, language: Language, least: i32, most: i32) -> impl IntoView {
    let workshop = use_workshop();
    let id = ids::unique("answer");
    let (step_id, field_id) = (step.clone(), field.id.clone());
    let first = untrack(|| match workshop.value(&step_id, &field_id) {
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    });
    let wrong = RwSignal::new(false);
    let typed = move |text: String| {
        let number = text.trim().parse::<i32>().ok().filter(|number| (least..=most).contains(number));
        wrong.set(number.is_none() && !text.trim().is_empty());
        match number {
            Some(number) => workshop.answer(&step, &field.id, Value::Number(number)),
            None => workshop.answer(&step, &field.id, Value::Text(String::new())),
        }
    };
    let error = move || {
        wrong.get().then(|| {
            let words = match language {
                Language::English => format!("A whole number from {least} to {most}"),
                Language::Spanish => format!("Un número entero de {least} a {most}"),
            };
            view! { <span class="field__error">{words}</span> }
        })
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{field.label.get(language).to_owned()}</label>
            <input class="field__control" type="text" inputmode="numeric" id=id autocomplete="off" value=first
                aria-invalid=move || wrong.get().then_some("true")
                on:input=move |event| typed(event_target_value(&event)) />
            {error}
        </div>
    }
}

#[component]
fn Options(
    step: String,
    field: Field,
    language: Language,
    choose: Choose,
    options: Vec<Choice>,
    takes_other: bool,
    key: Option<QuizKey>,
) -> impl IntoView {
    let workshop = use_workshop();
    let (step_id, field_id) = (step.clone(), field.id.clone());
    let given = Memo::new(move |_| match workshop.value(&step_id, &field_id) {
        Some(Value::Choices { chosen, other }) => (chosen, other),
        _ => (Vec::new(), String::new()),
    });
    let keep = {
        let (step, field) = (step.clone(), field.id.clone());
        Callback::new(move |(chosen, other): (Vec<String>, String)| {
            workshop.answer(&step, &field, Value::Choices { chosen, other });
        })
    };
    let several = choose == Choose::Several;
    let group = ids::unique("choice");
    let order: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
    let boxes = options
        .into_iter()
        .map(|option| {
            let (mine, order) = (option.id.clone(), order.clone());
            let ticked = {
                let mine = mine.clone();
                move || given.with(|(chosen, _)| chosen.contains(&mine))
            };
            let change = move |event| {
                let (mut chosen, other) = given.get_untracked();
                let on = event_target_checked(&event);
                if !several {
                    chosen.clear();
                }
                chosen.retain(|id| *id != mine);
                if on {
                    chosen.push(mine.clone());
                }
                // In the order of the options, so that the same answer is the same text.
                chosen.sort_by_key(|id| order.iter().position(|known| known == id));
                keep.run((chosen, other));
            };
            view! {
                <label class="check">
                    <input type=if several { "checkbox" } else { "radio" } name=group.clone() prop:checked=ticked on:change=change />
                    <span>{option.label.get(language).to_owned()}</span>
                </label>
            }
        })
        .collect_view();
    let other = takes_other.then(|| {
        let id = ids::unique("other");
        view! {
            <div class="field">
                <label class="field__label" for=id.clone()>{Word::OtherAnswer.get(language)}</label>
                <input class="field__control" type="text" id=id autocomplete="off" prop:value=move || given.with(|(_, other)| other.clone())
                    on:input=move |event| {
                        let text = clipped(&event_target_value(&event));
                        keep.run((given.get_untracked().0, text));
                    } />
            </div>
        }
    });
    let explained = key.map(|key| {
        move || {
            let chosen = given.with(|(chosen, _)| chosen.first().cloned());
            chosen.map(|chosen| {
                let word = if chosen == key.correct { Word::Right } else { Word::NotRight };
                view! {
                    <p class="quiz-word" role="status"><strong>{word.get(language)}</strong>" "{key.explanation.get(language).to_owned()}</p>
                }
            })
        }
    });
    let hint = if several { Word::ChooseSeveral } else { Word::ChooseOne };
    view! {
        <fieldset class="answer-choice">
            <legend class="field__label">{field.label.get(language).to_owned()}<span class="field__hint">{hint.get(language)}</span></legend>
            <div class="answer-choice__set">{boxes}</div>
            {other}
            {explained}
        </fieldset>
    }
}

/// A table to fill in: cells beside each other on a wide screen, one below the other on a phone.
#[component]
fn Grid(step: String, field: Field, language: Language, columns: Vec<Column>) -> impl IntoView {
    let workshop = use_workshop();
    let start = starting_rows(&field.input, language);
    let n_columns = columns.len();
    let (step_id, field_id) = (step.clone(), field.id.clone());
    let rows = {
        let start = start.clone();
        Memo::new(move |_| match workshop.value(&step_id, &field_id) {
            Some(Value::Table(rows)) => rows,
            _ => start.clone(),
        })
    };
    // A row added and still empty is not an answer yet, so it stands here.
    let n_rows = RwSignal::new(untrack(|| rows.with(Vec::len)).max(start.len()).max(1));
    let n_shown = Memo::new(move |_| n_rows.get().max(rows.with(Vec::len)));
    let set = Callback::new(move |(row, column, text): (usize, usize, String)| {
        let mut all = rows.get_untracked();
        while all.len() <= row {
            all.push(vec![String::new(); n_columns]);
        }
        all[row].resize(n_columns, String::new());
        all[row][column] = clipped(&text);
        workshop.answer(&step, &field.id, Value::Table(all));
    });
    let labels: Vec<String> = columns.iter().map(|column| column.label.get(language).to_owned()).collect();
    let head = labels.iter().map(|label| view! { <th scope="col">{label.clone()}</th> }).collect_view();
    let row_word = language.pick("row", "fila");
    let body = move |at: usize| {
        let cells = labels
            .iter()
            .enumerate()
            .map(|(column, label)| {
                let id = ids::unique("cell");
                let value = Memo::new(move |_| {
                    rows.with(|rows| rows.get(at).and_then(|row| row.get(column)).cloned().unwrap_or_default())
                });
                view! {
                    <td>
                        <label class="answer-table__label" for=id.clone()>{label.clone()}<span class="visually-hidden">{format!(", {row_word} {}", at + 1)}</span></label>
                        <textarea class="field__control" rows="2" id=id prop:value=move || value.get()
                            on:input=move |event| set.run((at, column, event_target_value(&event)))></textarea>
                    </td>
                }
            })
            .collect_view();
        view! { <tr>{cells}</tr> }
    };
    view! {
        <div class="field answer-table">
            <p class="field__label">{field.label.get(language).to_owned()}</p>
            <table class="plain-table">
                <caption class="visually-hidden">{field.label.get(language).to_owned()}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody><For each=move || 0..n_shown.get() key=|at| *at children=body /></tbody>
            </table>
            <p><button type="button" class="link" on:click=move |_| n_rows.set(n_shown.get_untracked() + 1)>{Word::AddRow.get(language)}</button></p>
        </div>
    }
}

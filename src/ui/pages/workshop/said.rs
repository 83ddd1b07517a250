//! What a room said to one step, side by side.

use super::predict::exhibit_width;
use crate::charts::workshop::{Poll as PollChart, Reveal, Setting, poll};
use crate::state::workshop::use_workshop;
use crate::ui::components::ChartHead;
use crate::ui::figure::Figure;
use crate::workshop::exhibits::{self, Look};
use crate::workshop::gather::Participant;
use crate::workshop::tally::{Poll, PredictionLine, Said, Who, against, tally_field};
use crate::workshop::words::surprise;
use crate::workshop::{Field, Language, Step};
use leptos::prelude::*;

/// Whether people are called by what they wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    Written,
    Neutral,
}

fn called(who: &Who, names: Names) -> String {
    match names {
        Names::Written => who.label.clone(),
        Names::Neutral => who.neutral_label.clone(),
    }
}

/// A poll as a chart.
#[must_use]
pub(super) fn poll_chart(
    title: &str,
    counted: &Poll,
    setting: Setting,
    width: crate::charts::Width,
) -> crate::charts::Chart {
    let options = counted.options.iter().map(|option| {
        let mark = if option.is_key { " (right)" } else { "" };
        (format!("{}{mark}", option.label.get(Language::English)), u32::try_from(option.count).unwrap_or(u32::MAX))
    });
    poll(&PollChart {
        title: title.to_owned(),
        stamp: format!("{} of {} answered.", counted.answered, counted.of),
        options: options.collect(),
        setting,
        width,
    })
}

/// How far a room is apart, in a sentence.
#[must_use]
pub(super) fn apart(counted: &Poll) -> Option<String> {
    let apart = counted.disagreement?;
    let label = apart.reading.label().en;
    Some(match apart.pairs_apart {
        0 => format!("{label}."),
        n => format!("{label}. In {n} of {} pairs, the two chose differently.", apart.pairs),
    })
}

/// Everything said to a step by these people.
#[component]
pub(super) fn SaidTo(step: Step, people: Signal<Vec<Participant>>, names: Signal<Names>) -> impl IntoView {
    let fields = step
        .fields
        .clone()
        .into_iter()
        .map(|field| view! { <SaidToField step=step.clone() field people names /> })
        .collect_view();
    view! { <div class="said-step">{fields}</div> }
}

#[component]
fn SaidToField(step: Step, field: Field, people: Signal<Vec<Participant>>, names: Signal<Names>) -> impl IntoView {
    let workshop = use_workshop();
    let label = field.label.get(Language::English).to_owned();
    let (step_of, field_of) = (step.clone(), field.clone());
    let said = Memo::new(move |_| people.with(|people| tally_field(people, &step_of, &field_of).said));
    let title = label.clone();
    let shown = move || match said.get() {
        Said::Words(words) if words.is_empty() => nobody(),
        Said::Words(words) => {
            let items = words
                .into_iter()
                .map(|words| view! { <li><span class="said__who">{called(&words.who, names.get())}</span><span class="said__text">{words.text}</span></li> })
                .collect_view();
            view! { <ul class="said-list">{items}</ul> }.into_any()
        }
        Said::Numbers { answers, .. } if answers.is_empty() => nobody(),
        Said::Numbers { answers, spread } => {
            let items = answers
                .into_iter()
                .map(|(who, number)| view! { <li><span class="said__who">{called(&who, names.get())}</span><span class="said__text">{number}</span></li> })
                .collect_view();
            let range =
                spread.map(|spread| format!("From {} to {} ({} answers).", spread.lowest, spread.highest, spread.n));
            view! { <ul class="said-list">{items}</ul><p class="exhibit-note">{range}</p> }.into_any()
        }
        Said::Table { rows, .. } if rows.is_empty() => nobody(),
        Said::Table { columns, rows } => {
            let head = columns
                .iter()
                .map(|column| view! { <th scope="col">{column.get(Language::English).to_owned()}</th> })
                .collect_view();
            let rows = rows
                .into_iter()
                .map(|(who, cells)| {
                    let cells = cells
                        .into_iter()
                        .zip(&columns)
                        .map(|(cell, column)| view! { <td data-label=column.get(Language::English).to_owned()>{cell}</td> })
                        .collect_view();
                    view! { <tr><th scope="row">{called(&who, names.get())}</th>{cells}</tr> }
                })
                .collect_view();
            view! { <div class="data-table data-table--stack"><table><thead><tr><th scope="col">"Who"</th>{head}</tr></thead><tbody>{rows}</tbody></table></div> }
                .into_any()
        }
        Said::Poll(counted) if counted.answered == 0 => nobody(),
        Said::Poll(counted) => {
            let chart = poll_chart(&title, &counted, Setting::Page, exhibit_width());
            let reading = apart(&counted).map(|text| view! { <p class="said-apart">{text}</p> });
            let others = counted
                .other
                .iter()
                .map(|words| view! { <li><span class="said__who">{called(&words.who, names.get())}</span><span class="said__text">{words.text.clone()}</span></li> })
                .collect_view();
            view! { <Figure chart=Signal::stored(chart) name="poll" head=ChartHead::InTheMargin />{reading}<ul class="said-list">{others}</ul> }
                .into_any()
        }
        Said::Predictions(guesses) if guesses.is_empty() => nobody(),
        Said::Predictions(guesses) => {
            let Some((_, about)) = step.predictions() else { return nobody() };
            let audience = workshop.audience();
            let lines =
                against(&guesses, &workshop.figures.with(|figures| exhibits::reveals(about, figures, audience)));
            let sentence = surprise(&lines).map(|text| view! { <p class="section__sentence">{text.en}</p> });
            let look = Look { audience, width: exhibit_width(), setting: Setting::Page };
            let chart = workshop
                .figures
                .with(|figures| exhibits::predictions(about, figures, &guesses, Reveal::Shown, &title, look));
            let without_rate = |is_hidden: bool| {
                let guessed = |line: &&PredictionLine| line.actual_tenths.is_none() && !line.guesses.is_empty();
                let names: Vec<&str> = lines
                    .iter()
                    .filter(guessed)
                    .filter(|line| line.is_hidden == is_hidden)
                    .map(|line| line.name.as_str())
                    .collect();
                (!names.is_empty()).then(|| names.join(", "))
            };
            let elsewhere = [
                without_rate(true).map(|names| {
                    format!("Also guessed, about schools whose rate is hidden to protect students: {names}.")
                }),
                without_rate(false).map(|names| {
                    format!("Also guessed, about schools whose rate is not known on this device: {names}.")
                }),
            ];
            let elsewhere =
                elsewhere.into_iter().flatten().map(|text| view! { <p class="exhibit-note">{text}</p> }).collect_view();
            view! { {sentence}<Figure chart=Signal::stored(chart) name="predictions" head=ChartHead::InTheMargin />{elsewhere} }.into_any()
        }
    };
    view! { <div class="said-field"><h3>{label}</h3>{shown}</div> }
}

fn nobody() -> AnyView {
    view! { <p class="exhibit-note">"No answer yet."</p> }.into_any()
}

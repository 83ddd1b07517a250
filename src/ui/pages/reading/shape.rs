//! How the file is written and cut into cells, and by which definition it is counted: shown, and where
//! it can be changed.

use super::of_file;
use crate::ingest::encodings;
use crate::ingest::reading::Reading;
use crate::ingest::sniff::Dialect;
use crate::state::use_state;
use crate::ui::components::{Choice, Section, SelectField};
use leptos::prelude::*;

/// Signs that stand between cells: as a value, and in words.
const DELIMITERS: [(u8, &str); 5] =
    [(b',', "Comma"), (b'\t', "Tab"), (b';', "Semicolon"), (b'|', "Vertical bar"), (b' ', "Spaces")];

/// Signs around a cell that holds such a sign itself; 0 stands for none.
const QUOTES: [(u8, &str); 3] = [(b'"', "Double quotes"), (b'\'', "Single quotes"), (0, "Nothing")];

fn choices(of: &[(u8, &str)], now: u8) -> Vec<Choice> {
    let mut all: Vec<Choice> = of.iter().map(|(value, words)| Choice::new(value.to_string(), *words)).collect();
    if of.iter().all(|(value, _)| *value != now) {
        all.push(Choice::new(now.to_string(), format!("“{}”", char::from(now))));
    }
    all
}

/// One part for each file.
#[component]
pub fn ShapeSection() -> impl IntoView {
    let state = use_state();
    let n_files = Memo::new(move |_| state.readings.with(Vec::len));
    view! {
        <Section
            title="How it is written"
            note="Found from the file. Change it where letters or columns look wrong: the file is read again, and what you decided stays as far as its columns do."
        >
            {move || (0..n_files.get()).map(|file| view! { <Cut file /> }).collect_view()}
            <p class="section__note">
                "This reading is kept for files with the same header. "
                <a href="#/readings">"Save it for a colleague, or load one"</a>
            </p>
        </Section>
    }
}

#[component]
fn Cut(file: usize) -> impl IntoView {
    let state = use_state();
    let of =
        move |get: fn(&Reading) -> u8| Signal::derive(move || state.readings.with(|all| all.get(file).map_or(0, get)));
    let delimiter = of(|r| r.dialect.delimiter);
    let quote = of(|r| r.dialect.quote.unwrap_or(0));
    let name = state
        .readings
        .with_untracked(|all| all.get(file).filter(|_| all.len() > 1).map(|reading| reading.file.clone()));
    // Read out with each control, so that they can be told apart.
    let of_name = of_file(file);
    let place = move |part: &str| format!("written-{part}-{file}");
    let cut = move |change: fn(&mut Dialect, u8), value: String, part: &str| {
        let now = state.readings.with_untracked(|all| all.get(file).map(|r| r.dialect));
        if let (Some(mut dialect), Ok(sign)) = (now, value.parse::<u8>()) {
            change(&mut dialect, sign);
            state.cut_with(file, dialect, place(part));
        }
    };
    let encoding = Memo::new(move |_| state.encoding_of(file));
    let encodings = move || {
        let now = encoding.get().unwrap_or_default();
        let mut all: Vec<Choice> = encodings::CHOICES.iter().map(|(label, name)| Choice::new(*label, *name)).collect();
        if !now.is_empty() && all.iter().all(|choice| choice.value != now) {
            all.push(Choice::new(now.clone(), now));
        }
        all
    };
    let notes = move || {
        let mut notes = state.opened.with(|all| all.get(file).map(|opened| opened.notes.clone()).unwrap_or_default());
        state.readings.with(|all| notes.extend(all.get(file).into_iter().flat_map(|r| r.notes.iter().cloned())));
        notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()
    };
    let (of_delimiter, of_quote) = (of_name.clone(), of_name.clone());
    view! {
        <div class="shape">
            {name.map(|name| view! { <h3 class="shape__file">{name}</h3> })}
            <div class="shape__fields">
                <Show when=move || encoding.with(Option::is_some)>
                    <SelectField
                        label=format!("Letters{of_name}")
                        choices=Signal::derive(encodings)
                        value=Signal::derive(move || encoding.get().unwrap_or_default())
                        id=place("letters")
                        on_change=move |label: String| state.set_encoding(file, label, place("letters"))
                    />
                </Show>
                <SelectField
                    label=format!("Between cells{of_delimiter}")
                    choices=Signal::derive(move || choices(&DELIMITERS, delimiter.get()))
                    value=Signal::derive(move || delimiter.get().to_string())
                    id=place("between")
                    on_change=move |value| cut(|d, sign| d.delimiter = sign, value, "between")
                />
                <SelectField
                    label=format!("Around a cell{of_quote}")
                    choices=Signal::derive(move || choices(&QUOTES, quote.get()))
                    value=Signal::derive(move || quote.get().to_string())
                    id=place("around")
                    on_change=move |value| cut(|d, sign| d.quote = (sign != 0).then_some(sign), value, "around")
                />
            </div>
            <ul class="shape__notes">{notes}</ul>
        </div>
    }
}

/// Which definition holds; it is changed on a page of its own. Public files come with the publisher's.
#[component]
pub fn DefinitionInForce(of_students: Memo<bool>) -> impl IntoView {
    let state = use_state();
    move || match of_students.get() {
        true => view! {
            <Section
                title="Definition"
                note="It stands under every number and in every file you take away. States and systems differ, and so do their rates."
            >
                <p>{move || state.definition.with(|d| format!("{}. ", d.full_sentence()))}<a href="#/definition">"Change it, and see what it does"</a></p>
            </Section>
        },
        false => view! {
            <Section title="Definition" note="Who counts as chronically absent was decided where the file was made. States differ, and so do their rates.">
                <p>"As the publisher counts it."</p>
            </Section>
        },
    }
}

//! How the file is cut into cells, which days it covers, and by which definition: shown, and where
//! it can be changed.

use crate::ingest::reading::{Layout, Reading};
use crate::ingest::sniff::Dialect;
use crate::state::use_state;
use crate::ui::components::{Choice, Section, SelectField};
use crate::ui::format;
use leptos::prelude::*;

/// Signs that stand between cells: as a value, and in words.
const DELIMITERS: [(u8, &str); 5] =
    [(b',', "Comma"), (b'\t', "Tab"), (b';', "Semicolon"), (b'|', "Vertical bar"), (b' ', "Spaces")];

/// Signs around a cell that holds such a sign itself; 0 stands for none.
const QUOTES: [(u8, &str); 3] = [(b'"', "Double quotes"), (b'\'', "Single quotes"), (0, "Nothing")];

/// From how much of a day’s periods on a student was absent that day, in percent.
const SHARES: [(u8, &str); 5] = [
    (1, "any of the day’s periods"),
    (25, "a quarter of the day’s periods"),
    (50, "half of the day’s periods"),
    (75, "three quarters of the day’s periods"),
    (100, "all of the day’s periods"),
];

fn choices(of: &[(u8, &str)], now: Option<u8>) -> Vec<Choice> {
    let mut all: Vec<Choice> = of.iter().map(|(value, words)| Choice::new(value.to_string(), *words)).collect();
    if let Some(other) = now.filter(|now| of.iter().all(|(value, _)| value != now)) {
        all.push(Choice::new(other.to_string(), format!("“{}”", char::from(other))));
    }
    all
}

/// One part for each file.
#[component]
pub fn ShapeSection() -> impl IntoView {
    let state = use_state();
    let n_files = Memo::new(move |_| state.readings.with(Vec::len));
    let notes = move || {
        let mut notes = state.opened.get();
        state.readings.with(|all| notes.extend(all.iter().flat_map(|r| r.notes.iter().cloned())));
        if notes.is_empty() {
            notes.push("Plain text in UTF-8, nothing out of the ordinary above the header.".into());
        }
        notes.into_iter().map(|note| view! { <p class="section__note">{note}</p> }).collect_view()
    };
    let days = move || {
        let loaded = state.loaded.get()?;
        let data = &loaded.outcome.dataset;
        let (from, to) = data.dates?;
        let n = format::plural(data.calendar.len() as u64, "day", "days");
        Some(format!(
            "Rows stand on {n} from {from} to {to}. A day without rows is taken for a day without school; if that is wrong, attendance is missing."
        ))
    };
    view! {
        <Section title="Signs and days" note="Found from the file. Change them where the columns below look wrong; what the columns are is then worked out again.">
            {move || (0..n_files.get()).map(|file| view! { <Cut file /> }).collect_view()}
            {notes}
            <p class="section__note">{days}</p>
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
    let share = of(|r| if r.layout == Layout::Periods { r.period_share } else { 0 });
    let name = state
        .readings
        .with_untracked(|all| if all.len() > 1 { all.get(file).map(|r| format!(", {}", r.file)) } else { None });
    let name = name.unwrap_or_default();
    let cut = move |change: fn(&mut Dialect, u8), value: String| {
        let now = state.readings.with_untracked(|all| all.get(file).map(|r| r.dialect));
        if let (Some(mut dialect), Ok(sign)) = (now, value.parse::<u8>()) {
            change(&mut dialect, sign);
            state.cut_with(file, dialect);
        }
    };
    view! {
        <div class="shape">
            <SelectField
                label=format!("Between cells{name}")
                choices=Signal::derive(move || choices(&DELIMITERS, Some(delimiter.get())))
                value=Signal::derive(move || delimiter.get().to_string())
                on_change=move |value| cut(|d, sign| d.delimiter = sign, value)
            />
            <SelectField
                label=format!("Around a cell that holds such a sign{name}")
                choices=Signal::derive(move || choices(&QUOTES, Some(quote.get())))
                value=Signal::derive(move || quote.get().to_string())
                on_change=move |value| cut(|d, sign| d.quote = (sign != 0).then_some(sign), value)
            />
            <Show when=move || { share.get() > 0 }>
                <SelectField
                    label="Absent that day: from a student who missed"
                    choices=Signal::derive(move || choices(&SHARES, None))
                    value=Signal::derive(move || share.get().to_string())
                    on_change=move |value: String| {
                        if let Ok(share) = value.parse::<u8>() {
                            state.edit_reading(file, |r| r.period_share = share);
                        }
                    }
                />
            </Show>
        </div>
    }
}

/// Which definition holds; it is changed on a page of its own.
#[component]
pub fn DefinitionInForce() -> impl IntoView {
    let state = use_state();
    view! {
        <Section
            title="Definition"
            note="It stands under every number and in every file you take away. States and systems differ, and so do their rates."
        >
            <p>{move || state.definition.with(|d| format!("{}. ", d.full_sentence()))}<a href="#/definition">"Change it, and see what it does"</a></p>
        </Section>
    }
}

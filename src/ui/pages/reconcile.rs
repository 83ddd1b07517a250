//! Another report's number, explained step by step as far as the file allows.

use super::{ForTheTeam, NoData};
use crate::attendance::Decimal;
use crate::state::{Shared, use_state};
use crate::trust::reconcile::{Asked, Counts, Measure, Reconciliation, Step, reconcile};
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, Cell, Choice, Column, DataTable, Field, FieldKind, Legend, PageHead, Row, RowKind,
    Section, Segmented, SelectField, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

const MEASURES: [(Measure, &str, &str); 3] = [
    (Measure::Chronic, "chronic", "Chronically absent students"),
    (Measure::Rate, "rate", "Their share, in percent"),
    (Measure::Counted, "counted", "Students counted in all"),
];

#[component]
pub fn ReconcilePage() -> impl IntoView {
    let state = use_state();
    let has_students =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| !l.outcome.dataset.stays.is_empty())));
    let shared = Memo::new(move |_| state.is_share());
    move || {
        match (has_students.get(), shared.get()) {
        (false, _) => view! { <NoData title="Another report’s number" text="With a file of students you can type what another report shows, and see which differences in counting lead there." /> }.into_any(),
        (true, true) => view! {
            <ForTheTeam
                page="Another report’s number"
                title="This page shows in team mode only"
                text="It sets exact counts side by side that differ by a few students. Others may be looking at this screen: switch to team mode when only the school’s own team can see."
            />
        }
        .into_any(),
        (true, false) => view! { <Ask /> }.into_any(),
    }
    }
}

/// A number as typed: up to three decimals, a percent sign allowed.
fn parse(text: &str, measure: Measure) -> Result<Decimal, String> {
    let text = text.trim().trim_end_matches('%').trim();
    let value = Decimal::parse(text).filter(|d| d.units >= 0 && d.places <= 6);
    match (value, measure) {
        (Some(d), Measure::Rate) if d.units <= 100 * 10i128.pow(d.places) => Ok(d),
        (_, Measure::Rate) => Err("Write a percent from 0 to 100, such as 23.3.".into()),
        (Some(d), _) if d.places == 0 && d.units <= 10_000_000 => Ok(d),
        _ => Err("Write a whole number of students, such as 412.".into()),
    }
}

#[component]
fn Ask() -> impl IntoView {
    let state = use_state();
    let school = RwSignal::new(String::new());
    let measure = RwSignal::new(Measure::Chronic);
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let found = RwSignal::new(None::<Shared<Reconciliation>>);
    // An answer belongs to the file and the definition that it was worked out for.
    Effect::new(move |before: Option<()>| {
        state.loaded.track();
        state.definition.track();
        if before.is_some() {
            found.set(None);
        }
    });
    let schools = Signal::derive(move || {
        let names = state
            .loaded
            .get()
            .map(|l| l.outcome.dataset.schools.iter().map(|school| school.name.clone()).collect::<Vec<_>>());
        let mut all = vec![Choice::new("", "All students")];
        all.extend(
            names.unwrap_or_default().into_iter().enumerate().map(|(at, name)| Choice::new(at.to_string(), name)),
        );
        all
    });
    let measures: Vec<Choice> = MEASURES.iter().map(|(_, key, words)| Choice::new(*key, *words)).collect();
    let explain = move |()| {
        let measure = measure.get_untracked();
        match parse(&typed.get_untracked(), measure) {
            Err(words) => error.set(Some(words)),
            Ok(value) => {
                error.set(None);
                let Some(loaded) = state.loaded.get_untracked() else { return };
                let asked = Asked { school: school.with_untracked(|s| s.parse().ok()), measure, value };
                let answer = state.definition.with_untracked(|d| reconcile(&loaded.outcome.dataset, d, asked));
                state.announcement.set(finding(&answer).text());
                found.set(Some(Shared::new(answer)));
            }
        }
    };
    let finding = Signal::derive(move || match found.get() {
        Some(answer) => finding(&answer),
        None => Prose::from(
            "Two reports of the same students often differ, and both may be right. Type the other number, and known differences in counting are tried on this file.",
        ),
    });
    view! {
        <PageHead title="Another report’s number" finding />
        <Section title="The other report" note="For the same students and about the same days. Nothing you type here is kept.">
            <div class="definition">
                <SelectField
                    label="About whom"
                    choices=schools
                    value=school
                    on_change=move |value: String| school.set(value)
                />
                <Segmented
                    question="What the number counts"
                    choices=measures
                    value=Signal::derive(move || {
                        let now = measure.get();
                        MEASURES.iter().find(|m| m.0 == now).map(|m| m.1.to_string())
                    })
                    on_change=move |value: String| {
                        if let Some(chosen) = MEASURES.iter().find(|m| m.1 == value) {
                            measure.set(chosen.0);
                        }
                    }
                    legend=Legend::Shown
                />
                <Field
                    label="The number there"
                    hint="A percent as finely as it is given there: 23 or 23.3."
                    kind=FieldKind::Decimal
                    value=typed
                    on_input=Callback::new(move |value| typed.set(value))
                    error
                    id="other-number".to_string()
                />
                <p><Button kind=ButtonKind::Go on_click=explain>"Explain the difference"</Button></p>
            </div>
        </Section>
        {move || found.get().map(|answer| view! { <Answer answer=(*answer).clone() /> })}
        <Show when=move || found.with(Option::is_none)>
            <p class="small">
                "Numbers here are counted by the definition in force. "
                <a href="#/definition">"See or change it"</a>
            </p>
        </Show>
    }
}

/// A count as this measure shows it.
fn shown(counts: Counts, measure: Measure) -> String {
    match measure {
        Measure::Chronic => format::count(counts.chronic.into()),
        Measure::Counted => format::count(counts.counted.into()),
        Measure::Rate => counts.rate().map_or_else(|| "no rate".into(), format::percent),
    }
}

fn asked_words(answer: &Reconciliation) -> String {
    let Decimal { units, places } = answer.asked.value;
    let value = units as f64 / 10f64.powi(places as i32);
    match answer.asked.measure {
        Measure::Rate => format!("{value:.*} %", places as usize),
        _ => format::count(units as u64),
    }
}

/// What is left, with its sign in words.
fn left_words(answer: &Reconciliation) -> String {
    let left = answer.unexplained;
    let more = if left > 0.0 { "more" } else { "fewer" };
    match answer.asked.measure {
        Measure::Rate => format!("{:.1} points {}", left.abs(), if left > 0.0 { "more" } else { "less" }),
        _ => format!("{} {more}", format::plural(left.abs().round() as u64, "student", "students")),
    }
}

fn finding(answer: &Reconciliation) -> Prose {
    let (theirs, ours) = (asked_words(answer), shown(answer.ours, answer.asked.measure));
    if answer.agrees() {
        return Prose::new().plain("Both agree: ").strong(format!("{theirs} there, {ours} here")).plain(".");
    }
    let text = Prose::new().strong(format!("{theirs} there, {ours} here")).plain(". ");
    let steps = format::plural(answer.steps.len() as u64, "difference", "differences");
    match (answer.steps.len(), answer.unexplained == 0.0) {
        (0, _) => text.plain(format!(
            "No known difference brings the numbers closer; {} there stay unexplained.",
            left_words(answer)
        )),
        (_, true) => text.plain(format!("{steps} in counting would explain all of it.")),
        (_, false) => text
            .plain(format!("{steps} in counting would explain a part; {} there stay unexplained.", left_words(answer))),
    }
}

#[component]
fn Answer(answer: Reconciliation) -> impl IntoView {
    let measure = answer.asked.measure;
    let note = match answer.other_ways {
        0 => "The smallest set of differences that leads there. It shows that they could be why; the other report’s notes say whether they are.".to_string(),
        n => format!(
            "The first of the smallest sets that lead there; {} also would. The other report’s notes say which holds.",
            format::plural(n as u64, "other set", "other sets")
        ),
    };
    let steps = steps_table(&answer);
    let alone = alone_table(&answer.alone, measure);
    let still = still(&answer.alone);
    let has_steps = !answer.steps.is_empty();
    let unexplained = answer.unexplained != 0.0;
    let out_of_reach = answer.out_of_reach.clone();
    let agrees = answer.agrees();
    view! {
        {(!agrees).then(|| view! {
            <Section title="Step by step" note>
                <DataTable table=Signal::stored(steps) shape=TableShape::Stacks />
                {unexplained.then(|| view! {
                    <p class="section__note">"What stays unexplained may lie in other days, other students, rows that were set aside, or the other report itself."</p>
                })}
                {(!has_steps).then(|| view! {
                    <p class="section__note">"Check first that both are about the same schools, students and days."</p>
                })}
            </Section>
        })}
        <Section title="Each difference alone" note="What this file would show if only that were counted otherwise. Below it those that change nothing, which can be ruled out.">
            <DataTable table=Signal::stored(alone) shape=TableShape::Stacks />
            <p class="section__note still">{still}</p>
            <p class="section__actions"><ButtonLink href="#/definition">"Change our definition"</ButtonLink></p>
        </Section>
        {(!out_of_reach.is_empty()).then(|| view! {
            <Section title="What this file can’t show">
                <ul class="looked-for">{out_of_reach.iter().map(|line| view! { <li>{*line}</li> }).collect_view()}</ul>
            </Section>
        })}
    }
}

/// Differences that move nothing here, in one sentence.
fn still(steps: &[Step]) -> String {
    let still: Vec<&str> = steps.iter().filter(|s| s.after == s.before).map(|s| s.words.as_str()).collect();
    if still.is_empty() { String::new() } else { format!("No number here changes if: {}.", still.join("; ")) }
}

fn columns(measure: Measure, first: &str) -> Vec<Column> {
    let mut columns = vec![Column::words(first), Column::numbers("Chronically absent"), Column::numbers("Counted")];
    columns.push(Column::numbers(if measure == Measure::Counted { "Difference in students counted" } else { "Rate" }));
    columns
}

fn cells(counts: Counts, before: Option<Counts>, measure: Measure) -> Vec<Cell> {
    let difference = |now: u32, then: u32| match i64::from(now) - i64::from(then) {
        0 => "no change".to_string(),
        n if n > 0 => format!("+{}", format::count(n.unsigned_abs())),
        n => format!("−{}", format::count(n.unsigned_abs())),
    };
    let with = |now: u32, then: Option<u32>| {
        let cell = Cell::text(format::count(now.into()));
        match then {
            Some(then) => cell.with_sub(difference(now, then)),
            None => cell,
        }
    };
    let last = match (measure, before) {
        (Measure::Counted, Some(before)) => difference(counts.counted, before.counted),
        (Measure::Counted, None) => String::new(),
        _ => counts.rate().map_or_else(|| "none counted".into(), format::percent),
    };
    vec![
        with(counts.chronic, before.map(|b| b.chronic)),
        with(counts.counted, before.map(|b| b.counted)),
        Cell::strong(last),
    ]
}

fn steps_table(answer: &Reconciliation) -> TableData {
    let measure = answer.asked.measure;
    let line = |words: &str, counts: Counts, before: Option<Counts>| {
        let mut all = vec![Cell::text(words)];
        all.extend(cells(counts, before, measure));
        Row::new(all)
    };
    let mut rows = vec![line("Here, by the definition in force", answer.ours, None)];
    rows.extend(answer.steps.iter().map(|step| line(&step.words, step.after, Some(step.before))));
    let theirs = asked_words(answer);
    let place = |wanted: Measure| Cell::strong(if measure == wanted { theirs.clone() } else { "–".to_string() });
    let last = if answer.unexplained == 0.0 {
        Cell::text("The other report").with_sub("nothing stays unexplained")
    } else {
        Cell::text("The other report").with_sub(format!("{} stay unexplained", left_words(answer)))
    };
    let rate = if measure == Measure::Counted { Cell::text("") } else { place(Measure::Rate) };
    rows.push(Row::new(vec![last, place(Measure::Chronic), place(Measure::Counted), rate]).kind(RowKind::Total));
    TableData {
        caption: "From our number to the other, step by step".into(),
        columns: columns(measure, "How it is counted"),
        rows,
    }
}

fn alone_table(steps: &[Step], measure: Measure) -> TableData {
    let row = |step: &Step| {
        let mut all = vec![Cell::text(step.words.as_str())];
        all.extend(cells(step.after, Some(step.before), measure));
        Row::new(all)
    };
    TableData {
        caption: "What each difference alone would do".into(),
        columns: columns(measure, "If the other report counts so"),
        rows: steps.iter().filter(|step| step.after != step.before).map(row).collect(),
    }
}

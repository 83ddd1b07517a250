//! How we read this file: rows, codes, columns, what was set aside; every part can be changed.

use super::data::Chooser;
use crate::attendance::Days;
use crate::ingest::codes::Meaning;
use crate::ingest::dates::DateOrder;
use crate::ingest::pick::Pick;
use crate::ingest::reading::{Ask, Ids, Layout, Reading, Repeats};
use crate::ingest::roles::Role;
use crate::ingest::tally::Outcome;
use crate::state::{Import, Shared, use_state};
use crate::ui::components::{
    ActionBar, Button, ButtonKind, Choice, CodeMapTable, CodeQuestion, CodeRow, ColumnMapTable, ColumnRow, Field,
    LinkButton, PageHead, Problem, ProblemList, Reason, RowAccount, RowEquation, Section, Segmented,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// The outcome that is shown: of an asking or a ready import.
fn outcome() -> Option<Shared<Outcome>> {
    match use_state().import.get() {
        Import::Asking(outcome) => Some(outcome),
        Import::Ready(loaded) => Some(Shared::new(loaded.outcome.clone())),
        _ => None,
    }
}

#[component]
pub fn ReadingPage() -> impl IntoView {
    let state = use_state();
    let outcome = Memo::new(move |_| outcome());
    let n_files = Memo::new(move |_| state.readings.with(Vec::len));
    let finding = Signal::derive(move || finding(outcome.get().as_deref(), state.open_questions().len()));
    let files = Signal::derive(move || {
        let Some(outcome) = outcome.get() else { return String::new() };
        let name = |f: &crate::attendance::FileAccount| format!("{}, {}", f.name, format::bytes(f.bytes));
        outcome.dataset.files.iter().map(name).collect::<Vec<_>>().join("; ")
    });
    let title = move || if n_files.get() > 1 { "How we read these files" } else { "How we read this file" };
    view! {
        <PageHead
            title=Signal::derive(move || title().to_string())
            finding
            below=move || view! { <p class="page-head__file">{move || files.get()}</p> }
        />
        <RowsSection outcome=outcome />
        <super::shape::ShapeSection />
        {move || (0..n_files.get()).map(|file| view! { <FileSections file outcome /> }).collect_view()}
        <SetAsideSection outcome />
        <super::shape::DefinitionInForce />
        <Decide />
        <Section title="Another file?" note="What is loaded now stays until the new file is ready. A newer export of the same students shows who moved.">
            <Chooser />
        </Section>
    }
}

fn finding(outcome: Option<&Outcome>, open: usize) -> Prose {
    let Some(outcome) = outcome else { return Prose::new() };
    let layouts: Vec<&str> = outcome.readings.iter().map(|r| r.layout.label()).collect();
    let rows: u64 = outcome.dataset.files.iter().map(|f| f.rows).sum();
    let aside: u64 = outcome.dataset.files.iter().map(|f| f.rows_set_aside).sum();
    let sense = match aside {
        0 => "Every row makes sense.".to_string(),
        n if n * 100 <= rows => "Nearly every row makes sense.".to_string(),
        n => format!("{} of {} rows were set aside.", format::count(n), format::count(rows)),
    };
    let text = Prose::new().plain(format!("{}. {sense} ", layouts.join("; ")));
    match open {
        0 => text,
        1 => text.strong("One question needs your decision").plain(" before any number can be right."),
        n => text.strong(format!("{n} questions need your decision")).plain(" before any number can be right."),
    }
}

#[component]
fn RowsSection(outcome: Memo<Option<Shared<Outcome>>>) -> impl IntoView {
    let state = use_state();
    let account = Signal::derive(move || {
        let Some(outcome) = outcome.get() else { return RowAccount::default() };
        let sum = |of: fn(&crate::attendance::FileAccount) -> u64| outcome.dataset.files.iter().map(of).sum::<u64>();
        let codes: Vec<String> = outcome
            .questions
            .iter()
            .filter_map(|q| match &q.kind {
                Ask::Code { code, .. } => Some(shown_code(code)),
                _ => None,
            })
            .collect();
        let waiting_for = match codes.as_slice() {
            [one] => format!("code {one}"),
            many => format!("{} codes", many.len()),
        };
        RowAccount {
            rows: sum(|f| f.rows),
            used: sum(|f| f.rows_used),
            waiting: outcome.files.iter().map(|f| f.rows_waiting).sum(),
            waiting_for,
            set_aside: sum(|f| f.rows_set_aside),
        }
    });
    view! {
        <Section title="Rows" note="Nothing is dropped silently.">
            <RowEquation account on_download=Callback::new(move |()| state.download_set_aside()) />
        </Section>
    }
}

/// A blank code is shown as one.
fn shown_code(code: &str) -> String {
    if code.is_empty() { "(blank)".into() } else { code.into() }
}

/// Questions, codes and columns of one file.
#[component]
fn FileSections(file: usize, outcome: Memo<Option<Shared<Outcome>>>) -> impl IntoView {
    let state = use_state();
    let reading = Signal::derive(move || state.readings.with(|r| r.get(file).cloned()));
    let several = state.readings.with_untracked(|r| r.len() > 1);
    let name = reading.get_untracked().map(|r| r.file).unwrap_or_default();
    let of_file = if several { format!(" of {name}") } else { String::new() };
    let meanings =
        Signal::stored(Meaning::ALL.iter().map(|m| Choice::new(format!("{m:?}"), m.label())).collect::<Vec<_>>());
    let codes = Signal::derive(move || {
        let (Some(outcome), Some(reading)) = (outcome.get(), reading.get()) else { return Vec::new() };
        let Some(facts) = outcome.files.get(file) else { return Vec::new() };
        facts
            .codes
            .iter()
            .map(|seen| {
                let asked = outcome.questions.iter().any(|q| {
                    usize::from(q.file) == file && matches!(&q.kind, Ask::Code { code, .. } if *code == seen.code)
                });
                let meaning = crate::ingest::reading::meaning(&reading.codes, &seen.code);
                CodeRow {
                    code: shown_code(&seen.code),
                    rows: seen.rows,
                    meaning: meaning.map(|m| format!("{m:?}")),
                    question: asked.then(|| CodeQuestion {
                        ask: format!("What does {} mean?", shown_code(&seen.code)),
                        hint: format!(
                            "First at line {}. A field trip counts as present in the federal definition.",
                            format::count(seen.first_line)
                        ),
                        likely: [Meaning::Present, Meaning::Excused, Meaning::Unexcused, Meaning::NotCounted]
                            .iter()
                            .map(|m| Choice::new(format!("{m:?}"), m.label()))
                            .collect(),
                    }),
                }
            })
            .collect::<Vec<_>>()
    });
    let has_codes = Memo::new(move |_| codes.with(|c| !c.is_empty()));
    let set_code = move |(code, value): (String, String)| {
        let code = if code == "(blank)" { String::new() } else { code };
        if let Some(meaning) = Meaning::ALL.into_iter().find(|m| format!("{m:?}") == value) {
            state.set_code(file, &code, meaning);
        }
    };
    let roles: Vec<Choice> = Role::choices().iter().map(|r| Choice::new(r.label(), r.label())).collect();
    let columns = Signal::derive(move || {
        let Some(reading) = reading.get() else { return Vec::new() };
        let days: Vec<usize> = (0..reading.columns.len())
            .filter(|&at| matches!(reading.columns[at].role, Role::OnDate | Role::OnDay))
            .collect();
        reading
            .columns
            .iter()
            .enumerate()
            .filter(|(at, _)| shown_columns(&days, *at))
            .map(|(_, c)| ColumnRow {
                name: if c.header.trim().is_empty() { "(no name)".into() } else { c.header.clone() },
                first_values: c.samples.iter().take(3).map(|v| shown_code(v)).collect(),
                role: c.role.label(),
                why: c.why.clone(),
            })
            .collect::<Vec<_>>()
    });
    let set_role = move |(at, label): (usize, String)| {
        let shown = state.readings.with_untracked(|r| {
            let reading = r.get(file)?;
            let days: Vec<usize> = (0..reading.columns.len())
                .filter(|&at| matches!(reading.columns[at].role, Role::OnDate | Role::OnDay))
                .collect();
            (0..reading.columns.len()).filter(|&at| shown_columns(&days, at)).nth(at)
        });
        if let Some(role) = Role::choices().into_iter().find(|r| r.label() == label)
            && let Some(at) = shown
        {
            state.set_role(file, at, role);
        }
    };
    let status_header = Signal::derive(move || {
        let header = reading.get().and_then(|r| r.column(&Role::Status).map(|at| r.columns[at].header.clone()));
        header.map_or_else(|| format!("Codes{of_file}"), |h| format!("Codes in “{h}”"))
    });
    let columns_title = if several { format!("Columns of {name}") } else { "Columns".to_string() };
    view! {
        <Questions file outcome />
        <Choices file outcome />
        <Show when=move || has_codes.get()>
            <Section
                title=status_header
                note="We never guess what an unknown code means. Your answers are kept for next month’s file."
            >
                <CodeMapTable codes meanings on_change=set_code />
            </Section>
        </Show>
        <Section title=columns_title note="Each column as written in your file, and what we take it for. Change any of them.">
            <ColumnMapTable columns roles on_change=set_role />
        </Section>
    }
}

/// Of very many columns that are days only the first two and the last are listed.
fn shown_columns(days: &[usize], at: usize) -> bool {
    match days {
        [first, second, _, .., last] if days.len() > 12 && days.contains(&at) => [first, second, last].contains(&&at),
        _ => true,
    }
}

/// The questions of one file other than its codes.
#[component]
fn Questions(file: usize, outcome: Memo<Option<Shared<Outcome>>>) -> impl IntoView {
    let state = use_state();
    let asked = Memo::new(move |_| {
        let Some(outcome) = outcome.get() else { return Vec::new() };
        let mine = outcome.questions.iter().filter(|q| usize::from(q.file) == file);
        mine.map(|q| q.kind.clone()).filter(|k| !matches!(k, Ask::Code { .. })).collect::<Vec<_>>()
    });
    let reading = Signal::derive(move || state.readings.with(|r| r.get(file).cloned()));
    let one = move |ask: Ask| {
        match ask {
        Ask::Order { example, month_first, day_first, .. } => {
            let value = Signal::derive(move || reading.get().and_then(|r| r.date_order).map(|o| format!("{o:?}")));
            let choices = vec![
                Choice::new("MonthFirst", format!("Month first: {month_first}")),
                Choice::new("DayFirst", format!("Day first: {day_first}")),
            ];
            let set = move |value: String| {
                let order = if value == "DayFirst" { DateOrder::DayFirst } else { DateOrder::MonthFirst };
                state.edit_reading(file, |r| r.date_order = Some(order));
            };
            view! {
                <Section title="Dates" note="Every date in the column could be read either way.">
                    <Segmented question=format!("What day is {example}?") choices value on_change=set id="question-order".to_string() legend=crate::ui::components::Legend::Shown />
                </Section>
            }
            .into_any()
        }
        Ask::EnrolledDays => {
            let text = Signal::derive(move || {
                reading.get().and_then(|r| r.days_for_all).map_or_else(String::new, |d| d.as_f64().to_string())
            });
            let error = RwSignal::new(None::<String>);
            let set = move |value: String| {
                let days = Days::parse(&value).filter(|d| *d > Days::ZERO);
                let empty = value.trim().is_empty();
                error.set((days.is_none() && !empty).then(|| "Write a number of days, such as 98.".to_string()));
                state.edit_reading(file, |r| r.days_for_all = days);
            };
            view! {
                <Section title="Enrolled days" note="This file tells who was absent, not how many days each student was enrolled. Without that there is no rate.">
                    <Field
                        label="School days so far, for every student"
                        hint="Better: add a second file with each student’s enrolled days. Choose both files together."
                        value=text
                        on_input=Callback::new(set)
                        error
                        id="question-days".to_string()
                    />
                </Section>
            }
            .into_any()
        }
        Ask::EveryDay { present_rows, rows } => {
            let value = Signal::derive(move || reading.get().and_then(|r| r.every_day).map(|b| if b { "yes" } else { "no" }.to_string()));
            let choices = vec![Choice::new("yes", "Every student and day"), Choice::new("no", "Only some days")];
            let note = format!("{} of {} rows say present.", format::count(present_rows), format::count(rows));
            view! {
                <Section title="One row for each day?" note>
                    <Segmented
                        question="Does this file have a row for every student on every school day?"
                        choices
                        value
                        on_change=move |v: String| state.edit_reading(file, |r| r.every_day = Some(v == "yes"))
                        id="question-every-day".to_string()
                        legend=crate::ui::components::Legend::Shown
                    />
                </Section>
            }
            .into_any()
        }
        Ask::Repeats { students, first_line } => {
            let value = Signal::derive(move || reading.get().and_then(|r| r.repeats).map(|r| format!("{r:?}")));
            let choices = vec![
                Choice::new("Add", "Separate times: add them up"),
                Choice::new("Last", "Running totals: the last one holds"),
            ];
            let note = format!(
                "{} for a student and school that stand in the file before, first at line {}.",
                format::plural(students, "row", "rows"),
                format::count(first_line)
            );
            let set = move |v: String| {
                let repeats = if v == "Add" { Repeats::Add } else { Repeats::Last };
                state.edit_reading(file, |r| r.repeats = Some(repeats));
            };
            view! {
                <Section title="Several rows for a student" note>
                    <Segmented question="What do several rows for one student mean?" choices value on_change=set id="question-repeats".to_string() legend=crate::ui::components::Legend::Shown />
                </Section>
            }
            .into_any()
        }
        Ask::SameName { header, role, columns } => {
            let choices: Vec<Choice> = columns
                .iter()
                .map(|&at| {
                    let values = reading.get_untracked().map(|r| r.columns[at].samples.clone()).unwrap_or_default();
                    let values: Vec<String> = values.iter().take(3).map(|v| shown_code(v)).collect();
                    Choice::new(at.to_string(), format!("Column {}: {}", at + 1, values.join(", ")))
                })
                .collect();
            let value = Signal::derive(move || {
                let reading = reading.get()?;
                columns.iter().find(|&&at| reading.columns[at].chosen && reading.columns[at].role != Role::NotUsed).map(usize::to_string)
            });
            let set = move |value: String| {
                if let Ok(at) = value.parse::<usize>() {
                    state.set_role(file, at, role.clone());
                }
            };
            let note = format!("Two columns are called “{header}”, and only one of them can be meant.");
            view! {
                <Section title="Two columns with the same name" note>
                    <Segmented question=format!("Which “{header}” is meant?") choices value on_change=set id="question-name".to_string() legend=crate::ui::components::Legend::Shown />
                </Section>
            }
            .into_any()
        }
        Ask::Column(Role::Student) if reading.get_untracked().is_some_and(|r| r.layout == Layout::Totals) => {
            let value = Signal::derive(move || {
                reading.get().and_then(|r| r.ids).filter(|ids| *ids == Ids::EachRow).map(|_| "each".to_string())
            });
            let set = move |_: String| state.edit_reading(file, |r| r.ids = Some(Ids::EachRow));
            view! {
                <Section title="No student number" note="No column is recognised as the student number. Choose it among the columns below, or say that no student has two rows.">
                    <Segmented question="Is each row a different student?" choices=vec![Choice::new("each", "Each row is a different student")] value on_change=set id="question-student".to_string() legend=crate::ui::components::Legend::Shown />
                </Section>
            }
            .into_any()
        }
        Ask::Pick(pick) => view! { <PickSection file pick /> }.into_any(),
        Ask::Column(role) => {
            let note = format!("No column is recognised as this: {}. Choose it among the columns below.", role.label().to_lowercase());
            view! { <Section title="A column is missing" note><span></span></Section> }.into_any()
        }
        Ask::Measure => view! {
            <Section
                title="What tells the absences?"
                note="No column is recognised that says how much school was missed. Choose one among the columns below: a status with a date, days absent, days present, or a percent."
            >
                <span></span>
            </Section>
        }
        .into_any(),
        Ask::Ids { students } => {
            let value = Signal::derive(move || reading.get().and_then(|r| r.ids).map(|i| format!("{i:?}")));
            let choices = vec![
                Choice::new("Everywhere", "The same student, who changed school"),
                Choice::new("WithinSchool", "Different students"),
            ];
            let note = format!("{} stand in more than one school.", format::plural(students, "student number", "student numbers"));
            let set = move |v: String| {
                let ids = if v == "Everywhere" { Ids::Everywhere } else { Ids::WithinSchool };
                state.edit_reading(file, |r| r.ids = Some(ids));
            };
            view! {
                <Section title="The same number in several schools" note>
                    <Segmented question="Whose number is it?" choices value on_change=set id="question-ids".to_string() legend=crate::ui::components::Legend::Shown />
                </Section>
            }
            .into_any()
        }
        Ask::Code { .. } => ().into_any(),
    }
    };
    move || asked.get().into_iter().map(one).collect_view()
}

/// A question with fixed answers. Words and answers are the reader's own.
#[component]
fn PickSection(file: usize, pick: Pick) -> impl IntoView {
    let state = use_state();
    let topic = pick.topic;
    let answers = pick.choices();
    let choices: Vec<Choice> =
        answers.iter().map(|(answer, label)| Choice::new(format!("{answer:?}"), label)).collect();
    let standing = pick.standing();
    let value = Signal::derive(move || {
        let answer = state.readings.with(|r| r.get(file).and_then(|r| r.answer(topic)));
        answer.or(standing).map(|answer| format!("{answer:?}"))
    });
    let set = move |value: String| {
        if let Some((answer, _)) = answers.iter().find(|(answer, _)| format!("{answer:?}") == value) {
            state.edit_reading(file, |r| {
                let _ = r.answers.insert(topic, *answer);
            });
        }
    };
    view! {
        <Section title=pick.title() note=pick.note()>
            <Segmented question=pick.question() choices value on_change=set id=format!("question-{topic:?}") legend=crate::ui::components::Legend::Shown />
        </Section>
    }
}

/// What has an answer from the start and can be answered otherwise: days never taken, and how many
/// missed periods make an absent day.
#[component]
fn Choices(file: usize, outcome: Memo<Option<Shared<Outcome>>>) -> impl IntoView {
    let state = use_state();
    let choices = Memo::new(move |_| {
        let outcome = outcome.get()?;
        outcome.files.get(file).map(|facts| facts.choices.clone())
    });
    let by_periods = Memo::new(move |_| {
        let of = |r: &Reading| r.layout == Layout::Periods || r.layout == Layout::Wide && r.has(&Role::Date);
        state.readings.with(|r| r.get(file).is_some_and(of))
    });
    let share = Signal::derive(move || state.readings.with(|r| r.get(file).map(|r| r.period_share.to_string())));
    let set_share = move |value: String| {
        if let Ok(share) = value.parse::<u8>() {
            state.edit_reading(file, |r| r.period_share = share);
        }
    };
    let shares =
        || vec![Choice::new("1", "Any period"), Choice::new("50", "At least half"), Choice::new("100", "All of them")];
    view! {
        {move || choices.get().unwrap_or_default().into_iter().map(|pick| view! { <PickSection file pick /> }).collect_view()}
        <Show when=move || by_periods.get()>
            <Section title="From periods to days" note="The federal count takes a day as absent from half of it on.">
                <Segmented question="How many of a day’s periods missed make an absent day?" choices=shares() value=share on_change=set_share id="choice-share".to_string() legend=crate::ui::components::Legend::Shown />
            </Section>
        </Show>
    }
}

#[component]
fn SetAsideSection(outcome: Memo<Option<Shared<Outcome>>>) -> impl IntoView {
    let problems = Signal::derive(move || {
        let Some(outcome) = outcome.get() else { return Vec::new() };
        let several = outcome.readings.len() > 1;
        outcome
            .problems
            .iter()
            .map(|p| {
                let about = [p.about.as_str(), p.column.as_str()]
                    .iter()
                    .filter(|t| !t.is_empty())
                    .map(|t| format!(": {t}"))
                    .collect::<String>();
                let file = outcome.readings.get(usize::from(p.file)).map_or("", |r| r.file.as_str());
                let line = if p.first_line > 0 {
                    format!("line {}", format::count(p.first_line))
                } else {
                    "the whole file".into()
                };
                Problem {
                    what: format!("{}{about}", p.kind.title()),
                    rows: p.rows,
                    first_at: if several { format!("{file}, {line}") } else { line },
                    done: format!("{}. {}", p.kind.done(), p.kind.hint()),
                }
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || problems.with(|p| !p.is_empty())>
            <Section title="Set aside" note="These rows are left out until you fix them in the source and load it again. Remarks about the file stand below them.">
                <ProblemList problems />
            </Section>
        </Show>
    }
}

/// The button that accepts the reading, with what is still open beside it.
#[component]
fn Decide() -> impl IntoView {
    let state = use_state();
    let reason = Signal::derive(move || {
        let open = state.open_questions();
        let (_, first) = open.first()?.clone();
        let text = match open.len() {
            1 => "1 question left:".to_string(),
            n => format!("{n} questions left, first:"),
        };
        let (words, id) = match first {
            Ask::Code { code, .. } => (format!("what does {} mean?", shown_code(&code)), code_control(&code)),
            Ask::Order { .. } => ("the order of dates".into(), "question-order".to_string()),
            Ask::EnrolledDays => ("how many days were students enrolled?".into(), "question-days".into()),
            Ask::EveryDay { .. } => ("is there a row for every day?".into(), "question-every-day".into()),
            Ask::Repeats { .. } => ("what do several rows mean?".into(), "question-repeats".into()),
            Ask::Column(role) => (format!("which column is the {}?", role.label().to_lowercase()), "column-0".into()),
            Ask::Measure => ("which column tells the absences?".into(), "column-0".into()),
            Ask::SameName { header, .. } => (format!("which “{header}” is meant?"), "question-name".into()),
            Ask::Ids { .. } => ("whose numbers are these?".into(), "question-ids".into()),
            Ask::Pick(pick) => (pick.question(), format!("question-{:?}", pick.topic)),
        };
        Some(Reason { text, go_to: Some((words, id)) })
    });
    let label = move || state.import.with(|i| matches!(i, Import::Asking(_)));
    view! {
        <ActionBar way_out=move || view! {
            <Show when=label>
                <LinkButton on_click=move |()| state.cancel_import()>"Cancel and choose another file"</LinkButton>
            </Show>
        }>
            <Button kind=ButtonKind::Go disabled_because=reason on_click=move |()| state.use_reading()>"Use this reading"</Button>
        </ActionBar>
    }
}

/// The id of the control that decides a code.
fn code_control(code: &str) -> String {
    let state = use_state();
    let at = match state.import.get_untracked() {
        Import::Asking(outcome) => {
            outcome.files.iter().find_map(|f| f.codes.iter().position(|c| c.code == *code)).unwrap_or(0)
        }
        _ => 0,
    };
    CodeRow::control_id(at)
}

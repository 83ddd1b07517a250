//! The questions of one file other than its codes, and what has an answer from the start.

use super::{Adds, Shown, shown_code};
use crate::attendance::Days;
use crate::ingest::answered::{EVERY_DAY, SOME_DAYS, ids_words, repeats_words};
use crate::ingest::dates::{self, DateOrder};
use crate::ingest::pick::Pick;
use crate::ingest::reading::{Ask, Ids, Layout, Reading, Repeats};
use crate::ingest::roles::Role;
use crate::state::{AppState, use_state};
use crate::ui::components::{Choice, ColumnRow, Field, FieldKind, Legend, LinkButton, Section, Segmented};
use crate::ui::format;
use leptos::prelude::*;

#[component]
pub fn Questions(file: usize, outcome: Shown) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let Some(outcome) = outcome.get() else { return Vec::new() };
        let mine = outcome.questions.iter().filter(|q| usize::from(q.file) == file);
        mine.map(|q| q.kind.clone()).filter(|k| !matches!(k, Ask::Code { .. })).collect::<Vec<_>>()
    });
    let asker = Asker { state: use_state(), file };
    move || asked.get().into_iter().map(|ask| asker.show(ask)).collect_view()
}

/// The id of the control that answers a question, where a reason elsewhere leads.
pub fn anchor(file: usize, ask: &Ask) -> String {
    let name = match ask {
        Ask::Column(Role::Student) => "student",
        // Answered in the table of columns.
        Ask::Column(_) | Ask::Measure => return ColumnRow::control_id(file, 0),
        Ask::SameName { .. } => "name",
        Ask::Code { .. } => "code",
        Ask::Order { .. } => "order",
        Ask::EnrolledDays => "days",
        Ask::EveryDay { .. } => "every-day",
        Ask::Repeats { .. } => "repeats",
        Ask::Ids { .. } => "ids",
        Ask::Pick(pick) => return format!("question-{:?}-{file}", pick.topic),
    };
    format!("question-{name}-{file}")
}

/// Shows the questions of one file.
#[derive(Clone, Copy)]
struct Asker {
    state: AppState,
    file: usize,
}

/// A question whose answer is one of a few: a section of its own.
struct Radios {
    title: String,
    note: String,
    question: String,
    /// Each with its words and what it does to the reading.
    answers: Vec<(Choice, Answered)>,
    /// The value of the answer that a reading holds.
    value: fn(&Reading) -> Option<String>,
}

type Answered = fn(&mut Reading);

impl Asker {
    fn reading(self) -> Signal<Option<Reading>> {
        Signal::derive(move || self.state.readings.with(|r| r.get(self.file).cloned()))
    }

    fn radios(self, id: String, radios: Radios) -> AnyView {
        let Radios { title, note, question, answers, value } = radios;
        let choices: Vec<Choice> = answers.iter().map(|(choice, _)| choice.clone()).collect();
        let value = Signal::derive(move || self.reading().with(|r| r.as_ref().and_then(value)));
        let set = move |chosen: String| {
            if let Some((_, change)) = answers.iter().find(|(choice, _)| choice.value == chosen) {
                self.state.edit_reading(self.file, change);
            }
        };
        section(title + &super::of_file(self.file), note, question, choices, value, Callback::new(set), id)
    }

    fn show(self, ask: Ask) -> AnyView {
        let id = anchor(self.file, &ask);
        match ask {
            Ask::Order { example, month_first, day_first, .. } => self.radios(id, Radios {
                title: "Dates".into(),
                // Without an example no date can be read both ways: some are certain in one order, some in the other.
                note: match example.as_str() {
                    "" => "The column mixes two orders. Rows with a date of the other order are set aside.".into(),
                    _ => format!("Every date in the column could be read either way.{}", self.weekends()),
                },
                question: match example.as_str() {
                    "" => "Which order is right?".into(),
                    example => format!("What day is {example}?"),
                },
                answers: vec![
                    (Choice::new("MonthFirst", after("Month first", &month_first)), |r| {
                        r.date_order = Some(DateOrder::MonthFirst);
                    }),
                    (Choice::new("DayFirst", after("Day first", &day_first)), |r| {
                        r.date_order = Some(DateOrder::DayFirst);
                    }),
                ],
                value: |r| r.date_order.map(|o| format!("{o:?}")),
            }),
            Ask::EveryDay { present_rows, rows } => self.radios(id, Radios {
                title: "One row for each day?".into(),
                note: format!("{} of {} rows say present.", format::count(present_rows), format::count(rows)),
                question: "Does this file have a row for every student on every school day?".into(),
                answers: vec![
                    (Choice::new("yes", EVERY_DAY), |r| r.every_day = Some(true)),
                    (Choice::new("no", SOME_DAYS), |r| r.every_day = Some(false)),
                ],
                value: |r| r.every_day.map(|b| if b { "yes" } else { "no" }.to_string()),
            }),
            Ask::Repeats { students, first_line, same_days } => {
                let mut note = format!(
                    "{} for a student and school that stand in the file before, first at line {}.",
                    format::plural(students, "row", "rows"),
                    format::count(first_line)
                );
                let last: (Choice, Answered) =
                    (Choice::new("Last", repeats_words(Repeats::Last)), |r| r.repeats = Some(Repeats::Last));
                let mut answers = vec![last];
                if self.reading().get_untracked().is_some_and(|r| r.gives_days()) {
                    answers.insert(0, (Choice::new("Add", repeats_words(Repeats::Add)), |r| {
                        r.repeats = Some(Repeats::Add);
                    }));
                    if same_days {
                        answers.insert(
                            1,
                            (Choice::new("SameDays", repeats_words(Repeats::SameDays)), |r| {
                                r.repeats = Some(Repeats::SameDays);
                            }),
                        );
                    }
                } else {
                    note += " Percents of separate times can’t be added up.";
                }
                self.radios(id, Radios {
                    title: "Several rows for a student".into(),
                    note,
                    question: "What do several rows for one student mean?".into(),
                    answers,
                    value: |r| r.repeats.map(|r| format!("{r:?}")),
                })
            }
            Ask::Ids { students } => self.radios(id, Radios {
                title: "The same number in several schools".into(),
                note: format!(
                    "{} in more than one school.",
                    if students == 1 {
                        "1 student number stands".to_string()
                    } else {
                        format!("{} student numbers stand", format::count(students))
                    }
                ),
                question: "Whose number is it?".into(),
                answers: vec![
                    (Choice::new("Everywhere", ids_words(Ids::Everywhere)), |r| {
                        r.ids = Some(Ids::Everywhere);
                    }),
                    (Choice::new("WithinSchool", ids_words(Ids::WithinSchool)), |r| r.ids = Some(Ids::WithinSchool)),
                ],
                value: |r| r.ids.map(|i| format!("{i:?}")),
            }),
            Ask::Column(Role::Student)
                if self.reading().get_untracked().is_some_and(|r| r.layout == Layout::Totals) =>
            {
                self.radios(id, Radios {
                    title: "No student number".into(),
                    note: "No column is recognised as the student number. Choose it among the columns below, or say that no student has two rows.".into(),
                    question: "Is each row a different student?".into(),
                        answers: vec![(Choice::new("each", ids_words(Ids::EachRow)), |r| {
                        r.ids = Some(Ids::EachRow);
                    })],
                    value: |r| r.ids.filter(|ids| *ids == Ids::EachRow).map(|_| "each".to_string()),
                })
            }
            Ask::SameName { header, role, columns } => self.same_name(id, &header, &role, columns),
            Ask::EnrolledDays => view! { <EnrolledDays asker=self id /> }.into_any(),
            Ask::Pick(pick) => view! { <PickSection file=self.file pick /> }.into_any(),
            Ask::Column(role) => self.points_below(
                "A column is missing",
                format!("No column is recognised as this: {}.", role.label().to_lowercase()),
                "Choose it among the columns below.",
            ),
            Ask::Measure if self.reading().get_untracked().is_some_and(|r| r.layout.is_list()) => self.wants_absences(),
            Ask::Measure => self.points_below(
                "What tells the absences?",
                match self.reading().get_untracked().is_some_and(|r| r.has(&Role::DaysUnexcused)) {
                    true => "Only unexcused absences are recognised, and they are not all that was missed.".into(),
                    false => "No column is recognised that says how much school was missed.".into(),
                },
                "Choose one among the columns below: a status with a date, days absent, days present, or a percent.",
            ),
            Ask::Code { .. } => ().into_any(),
        }
    }

    /// What speaks for an order of dates: how many of the first days fall on a weekend.
    fn weekends(self) -> String {
        let reading = self.reading().get_untracked();
        let column =
            reading.as_ref().and_then(|r| r.columns.iter().find(|c| matches!(c.role, Role::Date | Role::Entry)));
        let of = |order| column.map_or([0, 0], |c| dates::on_weekends(&c.samples, order));
        match (of(DateOrder::MonthFirst), of(DateOrder::DayFirst)) {
            ([month, n], [day, _]) if month != day => {
                format!(" Of the first {n}, {month} fall on a weekend if the month is first, {day} if the day is.")
            }
            _ => String::new(),
        }
    }

    /// A question that is answered in the table of columns.
    fn points_below(self, title: &'static str, note: String, what: &'static str) -> AnyView {
        let file = self.file;
        let go = move |()| crate::browser::focus::focus_element(&ColumnRow::control_id(file, 0));
        view! {
            <Section title=title.to_owned() + &super::of_file(file) note>
                <p>{what} " " <LinkButton on_click=go>"Go to the columns"</LinkButton></p>
            </Section>
        }
        .into_any()
    }

    /// A list alone: what it belongs to is missing.
    fn wants_absences(self) -> AnyView {
        let adds: Adds = expect_context();
        let label = self.reading().get_untracked().map_or("", |r| r.layout.label());
        view! {
            <Section title=format!("Where are the absences?{}", super::of_file(self.file)) note=format!("{label}, without absences.")>
                <p>
                    "It is read together with the attendance file that it belongs to. If a column here tells how much school was missed, say so among the columns below. "
                    <LinkButton on_click=move |()| adds.choose()>"Add the attendance file"</LinkButton>
                </p>
            </Section>
        }
        .into_any()
    }

    fn same_name(self, id: String, header: &str, role: &Role, columns: Vec<usize>) -> AnyView {
        let (reading, role) = (self.reading(), role.clone());
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
            let is_chosen = |at: &&usize| reading.columns[**at].chosen && reading.columns[**at].role != Role::NotUsed;
            columns.iter().find(is_chosen).map(usize::to_string)
        });
        let set = move |value: String| {
            if let Ok(at) = value.parse::<usize>() {
                self.state.set_role(self.file, at, role.clone());
            }
        };
        let note = format!("Several columns are called “{header}”, and only one of them can be meant.");
        let title = format!("Columns with the same name{}", super::of_file(self.file));
        let question = format!("Which “{header}” is meant?");
        section(title, note, question, choices, value, Callback::new(set), id)
    }
}

fn section(
    title: String,
    note: String,
    question: String,
    choices: Vec<Choice>,
    value: Signal<Option<String>>,
    on_change: Callback<String>,
    id: String,
) -> AnyView {
    view! {
        <Section title note>
            <Segmented question choices value on_change id legend=Legend::Shown />
        </Section>
    }
    .into_any()
}

#[component]
fn EnrolledDays(asker: Asker, #[prop(into)] id: String) -> impl IntoView {
    let adds: Adds = expect_context();
    let reading = asker.reading();
    let text = Signal::derive(move || {
        reading.get().and_then(|r| r.days_for_all).map_or_else(String::new, |d| d.as_f64().to_string())
    });
    let error = RwSignal::new(None::<String>);
    let set = move |value: String| {
        let days = Days::parse(&value).filter(|d| *d > Days::ZERO);
        let empty = value.trim().is_empty();
        error.set((days.is_none() && !empty).then(|| "Write a number of days, such as 98.".to_string()));
        asker.state.edit_reading(asker.file, |r| r.days_for_all = days);
    };
    view! {
        <Section
            title=format!("Enrolled days{}", super::of_file(asker.file))
            note="This file tells who was absent, not how many days each student was enrolled. Without that there is no rate."
        >
            <div class="reading__number">
                <Field
                    label="School days so far, for every student"
                    hint="Better: each student’s own days, from a file that holds them."
                    value=text
                    on_input=Callback::new(set)
                    kind=FieldKind::Decimal
                    error
                    id
                />
            </div>
            <p><LinkButton on_click=move |()| adds.choose()>"Add a file with enrolled days, or with entry dates"</LinkButton></p>
        </Section>
    }
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
    let of_file = if topic.is_of_all_files() { String::new() } else { super::of_file(file) };
    let title = format!("{}{of_file}", pick.title());
    let id = anchor(file, &Ask::Pick(pick.clone()));
    section(title, pick.note(), pick.question(), choices, value, Callback::new(set), id)
}

/// From how much of a day’s periods on a student was absent that day, in percent.
const SHARES: [(u8, &str); 5] =
    [(1, "Any period"), (25, "A quarter"), (50, "At least half"), (75, "Three quarters"), (100, "All of them")];

/// What has an answer from the start and can be answered otherwise: days never taken, and how many
/// missed periods make an absent day.
#[component]
pub fn Choices(file: usize, outcome: Shown) -> impl IntoView {
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
    let shares = || SHARES.iter().map(|(share, words)| Choice::new(share.to_string(), *words)).collect();
    let periods = move || {
        section(
            format!("From periods to days{}", super::of_file(file)),
            "The federal count takes a day as absent from half of it on.".into(),
            "How many of a day’s periods missed make an absent day?".into(),
            shares(),
            share,
            Callback::new(set_share),
            format!("question-share-{file}"),
        )
    };
    view! {
        {move || choices.get().unwrap_or_default().into_iter().map(|pick| view! { <PickSection file pick /> }).collect_view()}
        <Show when=move || by_periods.get()>{periods()}</Show>
    }
}

/// A choice and, where there is one, its example.
fn after(choice: &str, example: &str) -> String {
    if example.is_empty() { choice.to_owned() } else { format!("{choice}: {example}") }
}

//! The school days in use by month: shown, and where a day is taken out or put in.

use super::Shown;
use crate::attendance::Day;
use crate::ingest::pick::Topic;
use crate::ingest::reading::{Ask, Question, Reading};
use crate::ingest::school_days::{self, Basis, DayChange, LONGEST_WHY, SchoolDays};
use crate::state::use_state;
use crate::ui::components::{Field, LinkButton, MonthDay, SchoolMonth, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn DaysSection(outcome: Shown) -> impl IntoView {
    let state = use_state();
    let facts =
        Memo::new(move |_| outcome.get().map_or_else(SchoolDays::default, |outcome| outcome.school_days.clone()));
    let counted = Memo::new(move |_| outcome.get().map_or_else(Vec::new, |outcome| changes_of(&outcome.readings)));
    let now = Memo::new(move |_| state.readings.with(|readings| changes_of(readings)));
    // While it is asked which days were school days, none are in use.
    let is_asked = Memo::new(move |_| {
        let is_about_days = |q: &Question| matches!(&q.kind, Ask::Pick(pick) if pick.topic == Topic::SchoolDays);
        outcome.get().is_some_and(|outcome| outcome.questions.iter().any(is_about_days))
    });
    let has_days =
        Memo::new(move |_| !is_asked.get() && facts.with(|facts| facts.basis != Basis::None && !facts.days.is_empty()));
    let title = "School days";
    let sentence = move || {
        facts.with(|facts| {
            let (Some((first, _)), Some((last, _))) = (facts.days.first(), facts.days.last()) else {
                return Prose::new();
            };
            let n = facts.days.len() as u64;
            let n = match facts.basis {
                Basis::Absences => format!("Absences on {}", format::plural(n, "day", "days")),
                _ => format::plural(n, "school day", "school days"),
            };
            Prose::new().strong(n).plain(format!(", {}.", format::day_range(*first, *last)))
        })
    };
    let note = move || {
        match facts.with(|facts| facts.basis) {
            Basis::None => "",
            Basis::Rows => {
                "A student counts as enrolled on the days with a row. A day without any row is taken for a day without school; if that is wrong, attendance is missing."
            }
            Basis::Told => "Enrolled days are counted on these days, between a student’s first and last.",
            Basis::Absences => {
                "Only days with absences are known here; enrolled days come from elsewhere. Absences on a day you take out are set aside."
            }
        }
        .to_string()
    };
    view! {
        <Show when=move || has_days.get()>
            <Section title sentence=Signal::derive(sentence) note=Signal::derive(note)>
                <Quiet facts />
                <details class="school-days">
                    <summary>"Show these days by month, and change them"</summary>
                    <Months facts counted now />
                </details>
                <Changes now />
                <Show when=move || counted.get() != now.get()>
                    <p class="section__note" role="status">"Changed days count once you press Use this reading below."</p>
                </Show>
            </Section>
        </Show>
    }
}

fn changes_of(readings: &[Reading]) -> Vec<DayChange> {
    let mut all: Vec<DayChange> = school_days::changes(readings).cloned().collect();
    all.sort_by_key(|change| change.day);
    all
}

/// Days with so few rows that they may be no school days.
#[component]
fn Quiet(facts: Memo<SchoolDays>) -> impl IntoView {
    let said = move || {
        let quiet = facts.with(SchoolDays::quiet);
        let days: Vec<String> = quiet
            .iter()
            .take(6)
            .map(|(day, rows)| format!("{} ({})", format::day_in_words(*day), format::plural(*rows, "row", "rows")))
            .collect();
        let more = match quiet.len().saturating_sub(days.len()) {
            0 => String::new(),
            n => format!(" and {} more", format::count(n as u64)),
        };
        (!days.is_empty()).then(|| {
            view! { <p class="school-days__quiet">{format!("Few rows stand on {}{more}. If there was no school, take the day out.", days.join(", "))}</p> }
        })
    };
    view! { {said} }
}

#[component]
fn Months(facts: Memo<SchoolDays>, counted: Memo<Vec<DayChange>>, now: Memo<Vec<DayChange>>) -> impl IntoView {
    let state = use_state();
    let all_changes = move || {
        let mut all = counted.get();
        all.extend(now.get());
        all
    };
    let months = Memo::new(move |_| facts.with(|facts| facts.months(&all_changes())));
    let span = Memo::new(move |_| facts.with(|facts| facts.span(&all_changes())));
    let with_weekends = Memo::new(move |_| {
        facts.with(|facts| facts.days.iter().any(|(day, _)| day.weekday() >= 5))
            || all_changes().iter().any(|change| change.day.weekday() >= 5)
    });
    let month = move |first: Day| {
        let days = Signal::derive(move || {
            let (from, to) = span.get().unwrap_or((first, first));
            let month = first.ymd().1;
            let mut days = Vec::new();
            let mut day = first;
            while day.ymd().1 == month {
                let state = facts.with(|f| counted.with(|counted| now.with(|now| f.state(day, counted, now))));
                let rows = facts.with(|facts| facts.rows(day));
                let is_changed = matches!(state, school_days::DayState::PutIn | school_days::DayState::TakenOut);
                // A day without a row can be put in where days are what enrolment is counted on.
                let can_put_in = day.weekday() < 5 && facts.with(|facts| facts.basis != Basis::Absences);
                let can_change = (from..=to).contains(&day) && (rows.is_some() || is_changed || can_put_in);
                days.push(MonthDay { day, state, rows: rows.unwrap_or(0), can_change });
                day = day.plus(1);
            }
            days
        });
        let on_toggle = move |(day, is_school): (Day, bool)| state.set_school_day(day, is_school);
        view! { <SchoolMonth days with_weekends on_toggle /> }
    };
    let put_in = move || match facts.with(|facts| facts.basis) {
        Basis::Rows => {
            " A weekday that you put in, and on which no row stands, counts as attendance that was not taken."
        }
        _ => "",
    };
    view! {
        <p class="school-days__how">
            "Press a day to take it out or put it in, for all schools in the files. The arrow keys move between the days of a month."
            {put_in}
        </p>
        <div class="calendar school-days__months">{move || months.get().into_iter().map(month).collect_view()}</div>
        <ul class="key school-days__key">
            <li class="key__item"><span class="key__day school-day__sample is-school" aria-hidden="true"></span>"school"</li>
            <li class="key__item"><span class="key__day school-day__sample" aria-hidden="true"></span>"no school"</li>
            <li class="key__item"><span class="key__day school-day__sample is-changed" aria-hidden="true">"−"</span>"taken out by you"</li>
            <li class="key__item"><span class="key__day school-day__sample is-school is-changed" aria-hidden="true">"+"</span>"put in by you"</li>
        </ul>
    }
}

/// What the person changed, each with its reason in words.
#[component]
fn Changes(now: Memo<Vec<DayChange>>) -> impl IntoView {
    let state = use_state();
    // A reason that is being typed changes no row.
    let shape = Memo::new(move |_| now.with(|all| all.iter().map(|c| (c.day, c.is_school)).collect::<Vec<_>>()));
    let row = move |(day, is_school): (Day, bool)| {
        let why = Signal::derive(move || {
            now.with(|all| all.iter().find(|c| c.day == day).map_or_else(String::new, |c| c.why.clone()))
        });
        let what = if is_school { "put in" } else { "taken out" };
        let undo = if is_school { "Take it out again" } else { "Put it back" };
        view! {
            <li class="school-days__change">
                <p><strong>{format::day(day)}</strong> " " {what} ". "
                    <LinkButton on_click=move |()| state.set_school_day(day, !is_school)>
                        {undo} <span class="visually-hidden">{format!(": {}", format::day(day))}</span>
                    </LinkButton>
                </p>
                <Field
                    label=format!("Why {} is {}", format::day(day), if is_school { "a school day" } else { "no school day" })
                    value=why
                    on_input=Callback::new(move |text: String| state.explain_school_day(day, &text))
                />
            </li>
        }
    };
    view! {
        <Show when=move || shape.with(|all| !all.is_empty())>
            <h3 class="school-days__title">"Days you changed"</h3>
            <p class="section__note">
                {format!("They are kept with the reading, with the reason, up to {LONGEST_WHY} letters. Name no student.")}
            </p>
            <ul class="school-days__changes">{move || shape.get().into_iter().map(row).collect_view()}</ul>
        </Show>
    }
}

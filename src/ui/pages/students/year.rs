//! One student's year for every page that shows it: the calendar of absences, and the patterns in words.

use super::patterns::lines;
use crate::attendance::day::MONTHS_IN_FULL;
use crate::attendance::{Day, Kind};
use crate::compare::patterns::{Year, expected_by_chance};
use crate::state::analysis::student::{StudentYear, Was, years};
use crate::state::{AppState, Shared, use_state};
use crate::ui::components::{CalendarMonth, DayMark, Month, Section};
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;

/// The years of a student at each school attended, the longest first; `None` where the student is not in the data.
#[must_use]
pub fn years_of(state: &AppState, student: Signal<Option<u32>>) -> Memo<Option<Shared<Vec<StudentYear>>>> {
    let state = *state;
    let analysis = state.analysis;
    Memo::new(move |_| {
        let (student, loaded, records) = (student.get()?, state.loaded.get()?, analysis.records.get()?);
        let dataset = &loaded.outcome.dataset;
        // The year is over once as many days are in the file as the person says that it has.
        let over =
            analysis.days_in_year.get().trim().parse::<usize>().is_ok_and(|n| dataset.calendar.len() >= n && n > 0);
        let year = if over { Year::Over } else { Year::Running };
        Some(Shared::new(state.definition.with(|d| years(dataset, &records, d, student, year))))
    })
}

/// The calendar of the longest stay, with what it rests on.
#[component]
pub fn YearCalendar(all: Memo<Option<Shared<Vec<StudentYear>>>>) -> impl IntoView {
    let state = use_state();
    let months = move || all.get().and_then(|all| all.first().map(months)).unwrap_or_default();
    let others = move || all.get().map_or(0, |all| all.len().saturating_sub(1));
    view! {
        <div class="calendar">
            {move || months().into_iter().map(|month| view! { <CalendarMonth month=Signal::stored(month) /> }).collect_view()}
        </div>
        <Show when=move || others() != 0>
            <p class="exhibit-foot__stamp">{move || format!("The calendar is that of the longest stay. {} more in this file.", format::plural(others() as u64, "school", "schools"))}</p>
        </Show>
        <p class="exhibit-foot__stamp">{move || chart_stamp(state.loaded.get().as_ref())}</p>
    }
}

const fn mark_of(kind: Kind) -> DayMark {
    match kind {
        Kind::Excused => DayMark::Excused,
        Kind::Unexcused => DayMark::Unexcused,
        Kind::Suspended | Kind::InSchoolSuspension => DayMark::Suspended,
        _ => DayMark::Absent,
    }
}

/// The months from the first to the last day on roll.
fn months(year: &StudentYear) -> Vec<Month> {
    let mut starts: Vec<Day> = year.days.keys().copied().collect();
    starts.dedup_by_key(|day| (day.ymd().0, day.ymd().1));
    let last = year.days.keys().next_back().copied();
    starts
        .into_iter()
        .map(|any| {
            let (y, m, _) = any.ymd();
            let of_month = || year.days.iter().filter(|(d, _)| (d.ymd().0, d.ymd().1) == (y, m));
            let school = of_month().filter(|(_, was)| **was != Was::NoSchool).count() as u64;
            let missed: i64 =
                of_month().map(|(_, was)| if let Was::Absent(_, n) = was { i64::from(*n) } else { 0 }).sum();
            let missed = format::days(crate::attendance::Days::from_thousandths(missed));
            let note = format!("{missed} of {}", format::plural(school, "day", "days"));
            Month::around(any, MONTHS_IN_FULL[usize::from(m) - 1], &note, |day| {
                match year.days.get(&day) {
                    Some(Was::Present) => DayMark::School,
                    Some(Was::Late) => DayMark::Late,
                    Some(Was::NoSchool) => DayMark::NoSchool,
                    Some(Was::Absent(kind, _)) => mark_of(*kind),
                    // Before the first day on roll there was no school for this student.
                    None if last.is_some_and(|last| day < last) => DayMark::NoSchool,
                    None => DayMark::Ahead,
                }
            })
        })
        .collect()
}

#[component]
pub fn PatternList(year: Signal<Option<StudentYear>>) -> impl IntoView {
    let state = use_state();
    let found = move || year.with(|y| y.as_ref().and_then(|y| y.patterns.as_ref().map(lines)).unwrap_or_default());
    let note = Signal::derive(move || {
        let tested = state.analysis.records.get().map_or(0, |r| r.len());
        format!(
            "How often chance alone would make each. Rare doesn’t say why: ask. Of {} students, chance alone would show some pattern for about {:.0}.",
            format::count(tested as u64),
            expected_by_chance(tested)
        )
    });
    let body = move || {
        let lines = found();
        if lines.is_empty() {
            return view! { <p>"No pattern: too few absences, or none that gather on the same kind of day."</p> }
                .into_any();
        }
        lines
            .into_iter()
            .map(|line| {
                view! {
                    <div class="pattern">
                        <p><strong>{line.strong}</strong>" "{line.rest}</p>
                        <p class="pattern__worth">{line.worth}{line.chance.map(|chance| view! { <span class="pattern__chance">{chance}</span> })}</p>
                    </div>
                }
            })
            .collect_view()
            .into_any()
    };
    view! { <Section title="Patterns" note>{body}</Section> }
}

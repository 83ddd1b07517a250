//! One month of school days to choose from: a button for each day, one stop of the Tab key for the month.

use crate::attendance::Day;
use crate::attendance::day::{MONTHS_IN_FULL, WEEKDAYS};
use crate::browser::focus::focus_in_place;
use crate::ingest::school_days::DayState;
use crate::ui::format;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// One day of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay {
    pub day: Day,
    pub state: DayState,
    /// Rows of the file on this day.
    pub rows: u64,
    /// Whether it can be taken out or put in.
    pub can_change: bool,
}

/// `days` are all days of one month, ascending; weekends are shown where `with_weekends`. `on_toggle` gives
/// the day and whether it is to be a school day.
#[component]
pub fn SchoolMonth(
    #[prop(into)] days: Signal<Vec<MonthDay>>,
    #[prop(into)] with_weekends: Signal<bool>,
    #[prop(into)] on_toggle: Callback<(Day, bool)>,
) -> impl IntoView {
    let width = move || if with_weekends.get() { 7 } else { 5 };
    // Where the Tab key arrives: the day last moved to, at first the first that can be changed.
    let at = RwSignal::new(None::<Day>);
    let stop = Memo::new(move |_| {
        days.with(|days| {
            let can = |day: Day| days.iter().any(|d| d.day == day && d.can_change);
            at.get().filter(|day| can(*day)).or_else(|| days.iter().find(|d| d.can_change).map(|d| d.day))
        })
    });
    let step = move |event: KeyboardEvent| {
        let Some(now) = stop.get_untracked() else { return };
        let mut can: Vec<Day> =
            days.with_untracked(|days| days.iter().filter(|d| d.can_change).map(|d| d.day).collect());
        if !with_weekends.get_untracked() {
            can.retain(|day| day.weekday() < 5);
        }
        let next = match event.key().as_str() {
            "ArrowRight" => can.iter().find(|day| **day > now),
            "ArrowLeft" => can.iter().rfind(|day| **day < now),
            "ArrowDown" => can.iter().find(|day| **day == now.plus(7)),
            "ArrowUp" => can.iter().find(|day| **day == now.plus(-7)),
            "Home" => can.first(),
            "End" => can.last(),
            _ => return,
        };
        event.prevent_default();
        if let Some(&next) = next {
            at.set(Some(next));
            focus_in_place(&id_of(next));
        }
    };
    let heads = move || {
        let head = |name: &'static str| view! { <th scope="col" abbr=name>{&name[..2]}</th> };
        WEEKDAYS[..width()].iter().map(|name| head(name)).collect_view()
    };
    let cell = move |day: Option<MonthDay>| match day {
        None => view! { <td class="is-outside"></td> }.into_any(),
        Some(day) if !day.can_change => {
            view! { <td class="school-day school-day--still">{day.day.ymd().2}</td> }.into_any()
        }
        Some(MonthDay { day, .. }) => {
            let of = move || days.with(|days| days.iter().find(|d| d.day == day).copied());
            let state = Memo::new(move |_| of().map_or(DayState::NoSchool, |d| d.state));
            let rows = of().map_or(0, |d| d.rows);
            let said = move || match state.get() {
                DayState::School => format::plural(rows, "row", "rows"),
                DayState::NoSchool => "no school".into(),
                DayState::TakenOut => "you took it out".into(),
                DayState::PutIn => "you put it in".into(),
            };
            let label = move || format!("{}, {}", format::day_in_words(day), said());
            let sign = move || match state.get() {
                DayState::TakenOut => "−",
                DayState::PutIn => "+",
                DayState::School | DayState::NoSchool => "",
            };
            view! {
                <td class="school-day">
                    <button
                        type="button"
                        id=id_of(day)
                        class="school-day__button"
                        class:is-changed=move || matches!(state.get(), DayState::TakenOut | DayState::PutIn)
                        aria-pressed=move || if state.get().is_school() { "true" } else { "false" }
                        aria-label=label
                        title=label
                        tabindex=move || if stop.get() == Some(day) { "0" } else { "-1" }
                        on:focus=move |_| at.set(Some(day))
                        on:click=move |_| on_toggle.run((day, !state.get_untracked().is_school()))
                    >
                        {day.ymd().2} <span aria-hidden="true">{sign}</span>
                    </button>
                </td>
            }
            .into_any()
        }
    };
    // A change of a day changes its button, not the table: the keyboard keeps its place.
    let shape = Memo::new(move |_| days.with(|days| days.iter().map(|d| (d.day, d.can_change)).collect::<Vec<_>>()));
    let weeks = move || {
        let _ = shape.get();
        let width = width();
        let mut weeks: Vec<Vec<Option<MonthDay>>> = Vec::new();
        for day in days.get_untracked() {
            let weekday = usize::from(day.day.weekday());
            if weekday >= width {
                continue;
            }
            if weekday == 0 || weeks.is_empty() {
                weeks.push(vec![None; width]);
            }
            if let Some(week) = weeks.last_mut() {
                week[weekday] = Some(day);
            }
        }
        weeks.into_iter().map(|week| view! { <tr>{week.into_iter().map(cell).collect_view()}</tr> }).collect_view()
    };
    let name = move || {
        days.with(|days| {
            let Some(first) = days.first() else { return String::new() };
            let (year, month, _) = first.day.ymd();
            format!("{} {year}", MONTHS_IN_FULL[usize::from(month) - 1])
        })
    };
    let note = move || {
        let n = days.with(|days| days.iter().filter(|d| d.state.is_school()).count());
        format::plural(n as u64, "school day", "school days")
    };
    view! {
        <div class="calendar__month" on:keydown=step>
            <table class="calendar__grid">
                <caption class="calendar__name">{name} " " <span>{note}</span></caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
        </div>
    }
}

fn id_of(day: Day) -> String {
    format!("school-day-{}", day.iso())
}

//! One month of school days. A letter and a fill say what kind of day it was; never a tier's colour.

use crate::attendance::Day;
use crate::attendance::day::WEEKDAYS;
use leptos::prelude::*;

/// What a day was for one student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayMark {
    /// In school.
    #[default]
    School,
    NoSchool,
    /// Not yet reached by the file.
    Ahead,
    Excused,
    Unexcused,
    /// Absent, and the file does not say of which kind.
    Absent,
    Suspended,
    /// Late, counts as present.
    Late,
}

impl DayMark {
    pub const KEY: [DayMark; 6] =
        [DayMark::Excused, DayMark::Unexcused, DayMark::Absent, DayMark::Suspended, DayMark::Late, DayMark::NoSchool];

    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            DayMark::Excused => "E",
            DayMark::Unexcused => "U",
            DayMark::Absent => "A",
            DayMark::Suspended => "S",
            DayMark::Late => "L",
            DayMark::School | DayMark::NoSchool | DayMark::Ahead => "",
        }
    }

    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            DayMark::School => "in school",
            DayMark::NoSchool => "no school",
            DayMark::Ahead => "not yet",
            DayMark::Excused => "excused",
            DayMark::Unexcused => "unexcused",
            DayMark::Absent => "absent, kind not given",
            DayMark::Suspended => "suspension",
            DayMark::Late => "late, counts as present",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            DayMark::School => "day",
            DayMark::NoSchool => "day day--none",
            DayMark::Ahead => "day is-ahead",
            DayMark::Excused => "day day--excused",
            DayMark::Unexcused | DayMark::Absent => "day day--unexcused",
            DayMark::Suspended => "day day--suspended",
            DayMark::Late => "day day--late",
        }
    }
}

/// A month as rows of Monday to Friday; `None` lies outside the month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// `September`
    pub name: String,
    /// `2 of 21 days`
    pub note: String,
    pub weeks: Vec<[Option<(u8, DayMark)>; 5]>,
}

impl Month {
    /// The month in which `any` lies, each weekday marked by `mark`.
    #[must_use]
    pub fn around(any: Day, name: &str, note: &str, mark: impl Fn(Day) -> DayMark) -> Month {
        let (_, month, number) = any.ymd();
        let mut day = any.plus(1 - i32::from(number));
        let mut weeks: Vec<[Option<(u8, DayMark)>; 5]> = Vec::new();
        while day.ymd().1 == month {
            let weekday = usize::from(day.weekday());
            if weekday < 5 {
                if weekday == 0 || weeks.is_empty() {
                    weeks.push([None; 5]);
                }
                if let Some(week) = weeks.last_mut() {
                    week[weekday] = Some((day.ymd().2, mark(day)));
                }
            }
            day = day.plus(1);
        }
        Month { name: name.to_owned(), note: note.to_owned(), weeks }
    }
}

/// A real table: a screen reader hears the weekday, the date and the kind of day.
#[component]
pub fn CalendarMonth(#[prop(into)] month: Signal<Month>) -> impl IntoView {
    let heads = WEEKDAYS[..5].iter().map(|name| view! { <th scope="col" abbr=*name>{&name[..2]}</th> }).collect_view();
    let cell = |cell: &Option<(u8, DayMark)>| match *cell {
        None => view! { <td class="is-outside"></td> }.into_any(),
        Some((number, mark)) => {
            let words =
                (mark != DayMark::School).then(|| view! { <span class="visually-hidden">{mark.words()}</span> });
            let letter = (!mark.letter().is_empty())
                .then(|| view! { <span class="calendar__letter" aria-hidden="true">{mark.letter()}</span> });
            view! { <td class=mark.class()>{number} " " {letter}{words}</td> }.into_any()
        }
    };
    let weeks = move || {
        month.with(|month| {
            let week = |week: &[Option<(u8, DayMark)>; 5]| view! { <tr>{week.iter().map(cell).collect_view()}</tr> };
            month.weeks.iter().map(week).collect_view()
        })
    };
    view! {
        <div class="calendar__month">
            <table class="calendar__grid">
                <caption class="calendar__name">
                    {move || month.with(|month| month.name.clone())} " "
                    <span>{move || month.with(|month| month.note.clone())}</span>
                </caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
        </div>
    }
}

/// What the letters and fills mean.
#[component]
pub fn CalendarKey() -> impl IntoView {
    let item = |mark: DayMark| {
        view! {
            <li class="key__item">
                <span class=format!("key__day {}", mark.class()) aria-hidden="true">{mark.letter()}</span>
                {mark.words()}
            </li>
        }
    };
    view! { <ul class="key">{DayMark::KEY.map(item)}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_weekdays_in_their_columns() {
        let any = Day::from_ymd(2025, 11, 13).expect("a day");
        let month =
            Month::around(any, "November", "", |day| if day == any { DayMark::Unexcused } else { DayMark::School });
        // November 2025 begins on a Saturday: its first school week begins on Monday the 3rd.
        assert_eq!(month.weeks.len(), 4);
        assert_eq!(month.weeks[0][0], Some((3, DayMark::School)));
        assert_eq!(month.weeks[1][3], Some((13, DayMark::Unexcused)));
        assert_eq!(month.weeks[3][4], Some((28, DayMark::School)));
    }

    #[test]
    fn a_month_that_begins_midweek_leaves_its_first_days_empty() {
        let month = Month::around(Day::from_ymd(2025, 10, 1).expect("a day"), "October", "", |_| DayMark::School);
        assert_eq!(
            month.weeks[0],
            [None, None, Some((1, DayMark::School)), Some((2, DayMark::School)), Some((3, DayMark::School))]
        );
        assert_eq!(month.weeks.len(), 5);
    }
}

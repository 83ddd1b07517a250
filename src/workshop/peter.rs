//! The calendar of the role-play's invented student: twelve weeks with eight days absent and fifteen times late,
//! as his card says, and a pattern to find. Nobody's days are drawn here.

use crate::attendance::Day;
use crate::charts::calendar::{Calendar, CalendarDay, calendar};
use crate::charts::kinds::Mark;
use crate::charts::{Chart, Width};
use std::collections::BTreeMap;

const YEAR: i32 = 2025;
const FIRST: (u8, u8) = (9, 2);
const LAST: (u8, u8) = (11, 21);
/// Month and day.
type Date = (u8, u8);
const HOLIDAYS: [Date; 2] = [(10, 13), (11, 11)];
/// Mondays.
const UNEXCUSED: [Date; 5] = [(9, 15), (9, 29), (10, 20), (11, 3), (11, 17)];
/// The funeral.
const EXCUSED: [Date; 3] = [(10, 7), (10, 8), (10, 9)];
/// Tuesdays, then Thursdays: mornings on which he takes the little ones to school.
const LATE: [Date; 15] = [
    (9, 9),
    (9, 16),
    (9, 23),
    (9, 30),
    (10, 14),
    (10, 21),
    (10, 28),
    (11, 4),
    (11, 18),
    (9, 18),
    (9, 25),
    (10, 2),
    (10, 23),
    (10, 30),
    (11, 6),
];

/// Peter's calendar as a chart.
#[must_use]
pub fn peters_calendar(width: Width) -> Chart {
    let day = |(month, day): Date| Day::from_ymd(YEAR, month, day).expect("the test draws them all");
    let (first, last) = (day(FIRST), day(LAST));
    let weekdays = (first.0..=last.0).map(Day).filter(|day| day.weekday() < 5);
    let mut days: BTreeMap<Day, CalendarDay> = weekdays.map(|day| (day, CalendarDay::Present)).collect();
    days.extend(HOLIDAYS.map(|date| (day(date), CalendarDay::NoSchool)));
    days.extend(UNEXCUSED.map(|date| (day(date), CalendarDay::Absent(Mark::Unexcused, 1000))));
    days.extend(EXCUSED.map(|date| (day(date), CalendarDay::Absent(Mark::Excused, 1000))));
    days.extend(LATE.map(|date| (day(date), CalendarDay::Late)));
    calendar(&Calendar {
        title: "Peter’s first twelve weeks".into(),
        stamp: "Peter is invented.".into(),
        first,
        last,
        days,
        width,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::Language;
    use crate::workshop::chart_words::chart_in;

    #[test]
    fn the_calendar_holds_what_the_card_says_in_both_languages() {
        let chart = peters_calendar(Width::MIDDLE);
        assert!(chart.summary.starts_with("8 of 57 school days missed: "), "{}", chart.summary);
        assert_eq!(chart.table.rows.iter().filter(|row| row[2].starts_with("late")).count(), 15);
        let spanish = chart_in(Language::Spanish, chart);
        assert_eq!(
            spanish.summary,
            "Faltó 8 de 57 días de clase: 3 justificadas y 5 sin justificar; sobre todo en octubre (4 de 22)."
        );
        assert_eq!(
            (&*spanish.title, &*spanish.foot),
            ("Las primeras doce semanas de Peter", "Peter es inventado. 57 días de clase.")
        );
        for english in ["September", ">Mo<", " days", "no school", "excused"] {
            assert!(!spanish.svg.contains(english), "{english}");
        }
    }
}

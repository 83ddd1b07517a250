//! The windows of a test, counted in the school's own days: breaks make them longer.

use super::Refusal;
use crate::attendance::{Day, DayBits};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// The 20 school days before [`Window::Before`]: to compare like with like.
    Earlier,
    /// The last 20 school days before the test.
    Before,
    During,
    /// The first 10 school days after the test.
    TwoWeeksAfter,
    /// The first 20 school days after the test.
    MonthAfter,
}

impl Window {
    pub const ALL: [Window; 5] =
        [Window::Earlier, Window::Before, Window::During, Window::TwoWeeksAfter, Window::MonthAfter];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Window::Earlier => "Earlier",
            Window::Before => "Before",
            Window::During => "During",
            Window::TwoWeeksAfter => "Two weeks after",
            Window::MonthAfter => "A month after",
        }
    }

    /// The name that a saved result keeps.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Window::Earlier => "earlier",
            Window::Before => "before",
            Window::During => "during",
            Window::TwoWeeksAfter => "two_weeks_after",
            Window::MonthAfter => "month_after",
        }
    }

    /// School days wanted; `None` for the test itself, which lasts as long as it lasts.
    #[must_use]
    pub const fn wants(self) -> Option<usize> {
        match self {
            Window::Earlier | Window::Before | Window::MonthAfter => Some(20),
            Window::TwoWeeksAfter => Some(10),
            Window::During => None,
        }
    }
}

/// A window with the positions of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowSpan {
    pub window: Window,
    /// Ascending positions in the calendar.
    pub positions: Vec<usize>,
}

/// A window as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Day,
    pub to: Day,
    pub school_days: usize,
    /// Weekdays inside it on which there was no school: these made it longer.
    pub weekdays_without_school: usize,
}

impl WindowSpan {
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.positions.is_empty() && self.window.wants().is_none_or(|n| self.positions.len() == n)
    }

    /// First and last day. Only for a window with days.
    #[must_use]
    pub fn span(&self, days: &[Day]) -> Span {
        let (first, last) = (self.positions[0], self.positions[self.positions.len() - 1]);
        let (from, to) = (days[first], days[last]);
        let open: Vec<Day> = self.positions.iter().map(|at| days[*at]).collect();
        let weekdays_without_school =
            (from.0..=to.0).map(Day).filter(|day| day.weekday() < 5 && open.binary_search(day).is_err()).count();
        Span { from, to, school_days: self.positions.len(), weekdays_without_school }
    }
}

/// The windows of a test at one school, in the order of [`Window::ALL`].
///
/// # Errors
/// Where there are not 40 school days before the test, or where it is not over yet.
pub fn windows(days: &[Day], session: &DayBits, begins: Day, ends: Day) -> Result<Vec<WindowSpan>, Refusal> {
    let open: Vec<usize> = session.iter().filter(|at| *at < days.len()).collect();
    let Some(&last) = open.last() else {
        return Err(Refusal::NoDailyRecords);
    };
    let start = open.partition_point(|at| days[*at] < begins);
    let end = open.partition_point(|at| days[*at] <= ends);
    // The test is over in the data only once a school day on or after its last day is there.
    if end <= start || days[last] < ends {
        return Err(Refusal::NotYet { last_day: days[last] });
    }
    if start < 40 {
        return Err(Refusal::TooEarly { days_before: start });
    }
    let cut = |window, from: usize, to: usize| WindowSpan {
        window,
        positions: open[from.min(open.len())..to.min(open.len())].to_vec(),
    };
    Ok(vec![
        cut(Window::Earlier, start - 40, start - 20),
        cut(Window::Before, start - 20, start),
        cut(Window::During, start, end),
        cut(Window::TwoWeeksAfter, end, end + 10),
        cut(Window::MonthAfter, end, end + 20),
    ])
}

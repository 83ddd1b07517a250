//! One student's school calendar: months of weeks, each absence with its letter and fill.
//!
//! This names a student's days; the page shows it in team mode only.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Table, Width};
use super::kinds::{self, Mark};
use super::role::Role;
use super::words;
use crate::attendance::Day;
use crate::attendance::day::MONTHS_IN_FULL;
use crate::attendance::day::WEEKDAYS;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    pub title: String,
    pub stamp: String,
    /// The months drawn are those from `first` to `last`.
    pub first: Day,
    pub last: Day,
    /// What is known of each day. Days that are not in here lie outside the student's record.
    pub days: BTreeMap<Day, CalendarDay>,
    pub width: Width,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarDay {
    Present,
    /// Absent for so many thousandths of the day.
    Absent(Mark, u16),
    /// Late or left early: counts as present.
    Late,
    NoSchool,
}

impl CalendarDay {
    fn missed(self) -> u32 {
        match self {
            CalendarDay::Absent(_, thousandths) => u32::from(thousandths),
            _ => 0,
        }
    }
}

const CELL: f64 = 36.0;

/// One month to draw: year, month 1 to 12.
type Month = (i32, u8);

#[must_use]
pub fn calendar(input: &Calendar) -> Chart {
    let (missed, school) = totals(input.days.values());
    let mut by_kind: Vec<String> = Vec::new();
    for mark in Mark::ALL {
        let of = input.days.values().filter(|d| matches!(d, CalendarDay::Absent(m, _) if *m == mark));
        let thousandths: u32 = of.map(|d| d.missed()).sum();
        if thousandths > 0 {
            by_kind.push(format!("{} {}", days_text(thousandths), mark.label()));
        }
    }
    let mut summary = format!("{} of {school} school days missed", days_text(missed));
    if !by_kind.is_empty() {
        summary += &format!(": {}", words::list(&by_kind));
    }
    let months = months(input);
    let most = months.iter().rev().max_by_key(|m| totals(in_month(input, **m).map(|d| d.1)).0);
    if let Some(month) = most.filter(|_| missed > 0) {
        let (here, of) = totals(in_month(input, *month).map(|d| d.1));
        summary += &format!("; most in {} ({} of {of})", MONTHS_IN_FULL[usize::from(month.1) - 1], days_text(here));
    }
    let columns =
        vec![Column::text("Date"), Column::text("Weekday"), Column::text("What"), Column::number("Days missed")];
    let rows = input.days.iter().filter_map(|(day, what)| {
        let label = match what {
            CalendarDay::Absent(mark, _) => mark.label(),
            CalendarDay::Late => Mark::Late.label(),
            CalendarDay::Present | CalendarDay::NoSchool => return None,
        };
        let weekday = WEEKDAYS[usize::from(day.weekday())].to_owned();
        Some(vec![day.to_string(), weekday, label.to_owned(), days_text(what.missed())])
    });
    Chart {
        title: input.title.clone(),
        summary: summary + ".",
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        svg: picture(input, &months),
        foot: words::foot(&input.stamp, &format!("{school} school days.")),
    }
}

/// Thousandths missed, and school days.
fn totals<'a>(days: impl Iterator<Item = &'a CalendarDay>) -> (u32, u32) {
    days.filter(|d| **d != CalendarDay::NoSchool).fold((0, 0), |(missed, n), d| (missed + d.missed(), n + 1))
}

fn days_text(thousandths: u32) -> String {
    words::number(f64::from(thousandths) / 1000.0, 2)
}

fn months(input: &Calendar) -> Vec<Month> {
    let (mut year, mut month, _) = input.first.ymd();
    let (last_year, last_month, _) = input.last.ymd();
    let mut out = Vec::new();
    // A record longer than two years is cut to its first 24 months.
    while (year, month) <= (last_year, last_month) && out.len() < 24 {
        out.push((year, month));
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    out
}

fn in_month(input: &Calendar, (year, month): Month) -> impl Iterator<Item = (&Day, &CalendarDay)> {
    input.days.iter().filter(move |(day, _)| {
        let (y, m, _) = day.ymd();
        (y, m) == (year, month)
    })
}

/// Five columns, or seven where school was held on a weekend.
fn week_columns(input: &Calendar) -> u8 {
    let weekend = |(day, what): (&Day, &CalendarDay)| day.weekday() > 4 && *what != CalendarDay::NoSchool;
    if input.days.iter().any(weekend) { 7 } else { 5 }
}

fn picture(input: &Calendar, months: &[Month]) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let across: usize = if narrow { 1 } else { 3 };
    let gap = 28.0;
    let month_width = ((width - gap * (across as f64 - 1.0)) / across as f64).floor();
    let used = used_marks(input);
    let key_height = if narrow { 26.0 * (used.len() + 1).div_ceil(2) as f64 } else { 26.0 };
    let heights: Vec<f64> = months
        .chunks(across)
        .map(|row| row.iter().map(|m| 42.0 + CELL * weeks(input, *m) as f64).fold(0.0, f64::max) + 22.0)
        .collect();
    let height = key_height + 14.0 + heights.iter().sum::<f64>() - 20.0;
    draw(width, height.max(60.0), |c| {
        draw_key(c, &used, width);
        let mut y = key_height + 14.0;
        for (row, tall) in months.chunks(across).zip(&heights) {
            for (i, month) in row.iter().enumerate() {
                draw_month(c, input, *month, ((month_width + gap) * i as f64, y), month_width);
            }
            y += tall;
        }
    })
}

fn used_marks(input: &Calendar) -> Vec<Mark> {
    let uses = |mark: &Mark| {
        input.days.values().any(|d| match d {
            CalendarDay::Absent(m, _) => m == mark,
            CalendarDay::Late => *mark == Mark::Late,
            CalendarDay::Present | CalendarDay::NoSchool => false,
        })
    };
    Mark::ALL.into_iter().filter(uses).collect()
}

/// The kinds used, then hatched for no school.
fn draw_key(c: &mut Canvas, used: &[Mark], width: f64) {
    let (mut x, mut y) = kinds::key(c, used, width);
    if x + 28.0 + Type::label().width("no school") > width {
        (x, y) = (0.0, y + 26.0);
    }
    c.framed([x, y, 20.0, 20.0], Role::Paper, Role::Line, 1.0);
    kinds::hatch(c, [x + 1.0, y + 1.0, 18.0, 18.0], Role::LineStrong);
    c.text(x + 28.0, y + 14.5, "no school", Type::label());
}

/// The month's days that fall into the drawn columns, with their week's number.
fn cells(input: &Calendar, (year, month): Month) -> Vec<(Day, usize)> {
    let columns = week_columns(input);
    let Some(first) = Day::from_ymd(year, month, 1) else { return Vec::new() };
    let days = (0..31).map(|i| first.plus(i)).take_while(|d| d.ymd().1 == month);
    let drawn: Vec<Day> = days.filter(|d| d.weekday() < columns).collect();
    let Some(start) = drawn.first().copied() else { return Vec::new() };
    let monday = start.plus(-i32::from(start.weekday()));
    drawn.into_iter().map(|d| (d, ((d.0 - monday.0) / 7) as usize)).collect()
}

fn weeks(input: &Calendar, month: Month) -> usize {
    cells(input, month).last().map_or(0, |c| c.1 + 1)
}

fn draw_month(c: &mut Canvas, input: &Calendar, month: Month, (x, y): (f64, f64), width: f64) {
    let columns = week_columns(input);
    let cell = (width / f64::from(columns)).floor();
    let name = MONTHS_IN_FULL[usize::from(month.1) - 1];
    let bold = Type::label().bold();
    c.text(x, y + 12.0, name, bold);
    let (missed, school) = totals(in_month(input, month).map(|d| d.1));
    let of = format!("{} of {school} days", days_text(missed));
    c.text(x + bold.width(name) + 7.0, y + 12.0, &of, Type::axis());
    for i in 0..columns {
        let label = &WEEKDAYS[usize::from(i)][..2];
        c.text(x + cell * (f64::from(i) + 0.5), y + 33.0, label, Type::axis().middle());
    }
    let top = y + 40.0;
    c.rule(x, top, cell * f64::from(columns) + 1.0, 1.5, Role::Ink);
    let all = cells(input, month);
    // Empty frames first, so that the strong edges of absences lie over their neighbours.
    for (day, week) in &all {
        let area = area(*day, *week, (x, top), cell);
        c.framed(area, Role::Paper, Role::Line, 1.0);
    }
    for (day, week) in &all {
        draw_day(c, *day, input.days.get(day).copied(), area(*day, *week, (x, top), cell));
    }
}

fn area(day: Day, week: usize, (x, top): (f64, f64), cell: f64) -> [f64; 4] {
    [x + cell * f64::from(day.weekday()), top + 2.0 + CELL * week as f64, cell + 1.0, CELL + 1.0]
}

fn draw_day(c: &mut Canvas, day: Day, what: Option<CalendarDay>, area: [f64; 4]) {
    let [x, y, width, height] = area;
    let number = day.ymd().2.to_string();
    let mut style = Type::axis();
    let letter = |c: &mut Canvas, mark| kinds::letter(c, x + width / 2.0, y + height - 7.0, mark, 15.0);
    match what {
        Some(CalendarDay::Absent(mark, thousandths)) if thousandths >= 1000 => {
            kinds::fill(c, area, mark);
            letter(c, mark);
            style = style.role(if mark == Mark::Unexcused { Role::OnDark } else { Role::Ink });
        }
        Some(CalendarDay::Absent(mark, _)) => {
            // Part of a day fills the lower part of its field.
            kinds::fill(c, [x, y + 16.0, width, height - 16.0], mark);
            kinds::letter(c, x + width / 2.0, y + height - 5.0, mark, 14.0);
        }
        Some(CalendarDay::Late) => {
            kinds::fill(c, area, Mark::Late);
            letter(c, Mark::Late);
        }
        Some(CalendarDay::NoSchool) => {
            kinds::hatch(c, [x + 1.0, y + 1.0, width - 2.0, height - 2.0], Role::Line);
        }
        Some(CalendarDay::Present) => {}
        None => style = style.role(Role::LineStrong),
    }
    if what == Some(CalendarDay::NoSchool) || matches!(what, Some(CalendarDay::Absent(Mark::NotSaid, _))) {
        c.rect(x + 2.0, y + 2.0, style.width(&number) + 5.0, 13.0, Role::Paper);
    }
    c.text(x + 5.0, y + 13.0, &number, style);
}

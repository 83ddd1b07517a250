//! The tables as others would get them, with what is hidden shown as hidden, and the wishes beside them.

use super::settings::Settings;
use crate::share::export::table::percent;
use crate::share::gate::Shown;
use crate::share::release::{Axes, Release, Sheet};
use crate::share::suppress::linked::Detail;
use crate::state::share::{Stage, job, use_share};
use crate::state::{stamp, use_state};
use crate::ui::components::{
    Cell, Choice, Column, Content, DataTable, Row, RowKind, Section, Segmented, SelectField, TableData, ids,
};
use crate::ui::format;
use leptos::prelude::*;

/// What the cells of the preview say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Measure {
    Students,
    Chronic,
    #[default]
    Percent,
}

impl Measure {
    const ALL: [(Measure, &'static str, &'static str); 3] = [
        (Measure::Percent, "percent", "Percent chronically absent"),
        (Measure::Chronic, "chronic", "Chronically absent"),
        (Measure::Students, "students", "Students"),
    ];

    fn of(key: &str) -> Measure {
        Measure::ALL.into_iter().find(|(_, k, _)| *k == key).map_or_else(Measure::default, |(m, ..)| m)
    }

    fn key(self) -> &'static str {
        Measure::ALL.into_iter().find(|(m, ..)| *m == self).map_or("", |(_, key, _)| key)
    }
}

#[component]
pub fn PreviewSection() -> impl IntoView {
    view! {
        <Section
            title="What others would get"
            note="Every number here passed the same gate as the files. A hidden number is unknown, not zero."
            margin=|| view! { <Settings /> }
        >
            <Preview />
        </Section>
    }
}

#[component]
fn Preview() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    let measure = RwSignal::new(Measure::default());
    let at = RwSignal::new(0usize);
    let offer = Memo::new(move |_| share.offer());
    let choices = Signal::derive(move || offer.get().map(|o| tables(&o.release)).unwrap_or_default());
    let chosen = Signal::derive(move || {
        let n = offer.with(|o| o.as_ref().map_or(0, |o| o.release.sheets.len()));
        if at.get() < n { at.get() } else { 0 }
    });
    let table = Signal::derive(move || {
        offer.with(|o| o.as_ref().map(|o| preview(&o.release, chosen.get(), measure.get())).unwrap_or_default())
    });
    let words = move || offer.with(|o| o.as_ref().map(|o| said(&o.release.sheets[chosen.get()])).unwrap_or_default());
    // An earlier export's numbers have their own definition and days.
    let stamp = move || share.stamp(state).unwrap_or_else(|| stamp::for_others(&state));
    let left_out = move || {
        offer.with(|o| o.as_ref().is_some_and(|o| o.release.sheets[chosen.get()].sizes_told == Detail::Nothing))
    };
    let measures = Measure::ALL.map(|(_, key, label)| Choice::new(key, label)).to_vec();
    view! {
        <Show when=move || offer.with(Option::is_some) fallback=|| view! { <Working /> }>
            <div class="share-controls">
                <SelectField
                    label="Table"
                    choices
                    value=Signal::derive(move || chosen.get().to_string())
                    on_change=move |value: String| at.set(value.parse().unwrap_or(0))
                />
                <Segmented
                    question="What the cells say"
                    choices=measures.clone()
                    value=Signal::derive(move || Some(measure.get().key().to_owned()))
                    on_change=move |value: String| measure.set(Measure::of(&value))
                />
            </div>
            <Show
                when=move || !left_out()
                fallback=|| view! { <p class="small">"No table of this condition is safe, so it is left out."</p> }
            >
                <DataTable table />
                <p class="exhibit-foot__stamp share-said">{words} " " {stamp}</p>
            </Show>
        </Show>
    }
}

/// How far the preparation is.
#[component]
fn Working() -> impl IntoView {
    let share = use_share();
    let title = ids::unique("preparing");
    let counts = move || match share.stage.get() {
        Stage::Working(done, all) => (done, all),
        Stage::Idle | Stage::Ready(_) => (0, 0),
    };
    let words = move || match counts() {
        (_, 0) => "Adding up the tables.".to_owned(),
        (done, all) => format!("{} of {} steps.", format::count(done.min(all) as u64), format::count(all as u64)),
    };
    view! {
        <div class="progress-panel">
            <p class="progress-panel__title" id=title.clone()>"Hiding small groups and trying to find them"</p>
            <progress
                class="progress-panel__bar"
                aria-labelledby=title
                max=move || Some(counts().1).filter(|all| *all > 0)
                value=move || { let (done, all) = counts(); (all > 0).then_some(done.min(all)) }
            ></progress>
            <p class="progress-panel__words">
                {words} " The page can be used meanwhile."
            </p>
        </div>
    }
}

fn tables(release: &Release) -> Vec<Choice> {
    let by_school = job::is_by_school(release);
    let sheets = release.sheets.iter().enumerate().map(|(at, sheet)| {
        let label = match (sheet.label.is_empty(), sheet.value.is_empty()) {
            (true, _) => "All students".to_owned(),
            (false, true) => sheet.label.clone(),
            // "Yes" says no more than the condition's own name.
            (false, false) if sheet.value == "Yes" => sheet.label.clone(),
            (false, false) => format!("{}: {}", sheet.label, sheet.value),
        };
        let axes = match sheet.axes {
            Axes::PlacesByGrades if by_school => "by school",
            Axes::PlacesByGrades => "by school and grade",
            Axes::SchoolsByValues => "by school",
            Axes::GradesByValues => "by grade",
        };
        Choice::new(at.to_string(), format!("{label}, {axes}"))
    });
    sheets.collect()
}

/// Columns that are shown: all, or only the sum where grades are not told.
fn columns(release: &Release, sheet: &Sheet) -> Vec<usize> {
    if sheet.axes == Axes::PlacesByGrades && job::is_by_school(release) {
        vec![sheet.n_cols - 1]
    } else {
        (0..sheet.n_cols).collect()
    }
}

fn preview(release: &Release, at: usize, measure: Measure) -> TableData {
    let Some(sheet) = release.sheets.get(at) else { return TableData::default() };
    let shown = columns(release, sheet);
    let grade = |at: usize| release.grades.get(at).map(ToString::to_string);
    let head = |col: usize| match sheet.axes {
        Axes::PlacesByGrades => grade(col).unwrap_or_else(|| "All grades".to_owned()),
        Axes::SchoolsByValues | Axes::GradesByValues => {
            sheet.values.get(col).cloned().unwrap_or_else(|| "All students".to_owned())
        }
    };
    let n_schools = release.places.schools.len();
    let name = |row: usize| match sheet.axes {
        Axes::GradesByValues => grade(row).unwrap_or_else(|| "All grades".to_owned()),
        _ if row + 1 == sheet.n_rows => "All schools".to_owned(),
        _ => match release.places.schools.get(row) {
            Some(school) => school.name.clone(),
            None => {
                format!("{} (district)", release.places.districts.get(row - n_schools).cloned().unwrap_or_default())
            }
        },
    };
    let first = if sheet.axes == Axes::GradesByValues { "Grade" } else { "School" };
    let mut columns = vec![Column::words(first)];
    columns.extend(shown.iter().map(|col| Column::numbers(head(*col))));
    let rows = (0..sheet.n_rows).map(|row| {
        let mut cells = vec![Cell::text(name(row))];
        cells.extend(shown.iter().map(|col| cell(sheet, row * sheet.n_cols + col, measure)));
        let kind = if row + 1 == sheet.n_rows { RowKind::Total } else { RowKind::Plain };
        Row::new(cells).kind(kind)
    });
    let what = Measure::ALL.into_iter().find(|(m, ..)| *m == measure).map_or("", |(.., label)| label);
    let caption = format!("{}: {what}", tables(release).get(at).map(|c| c.label.clone()).unwrap_or_default());
    TableData { caption, columns, rows: rows.collect() }
}

fn cell(sheet: &Sheet, at: usize, measure: Measure) -> Cell {
    let (students, chronic) = (sheet.students[at], sheet.chronic[at]);
    let chronic = if sheet.outcomes_told == Detail::Nothing { Shown::Hidden } else { chronic };
    // A group of nobody is no number at all.
    if students == Shown::Value(0) {
        return Cell::new(Content::Why("none".into()));
    }
    let number = |shown: Shown<u32>| match shown {
        Shown::Value(n) => Cell::text(format::count(n.into())),
        Shown::Hidden => Cell::why("hidden"),
        Shown::Coded(code) => Cell::why(code.to_string().replace(' ', "\u{a0}")),
    };
    match measure {
        Measure::Students => number(students),
        Measure::Chronic => number(chronic),
        Measure::Percent => match (students, chronic) {
            // No percentage stands without the group that it is a part of.
            (Shown::Value(n), chronic) => {
                let of = format!("of {}", format::count(n.into()));
                match chronic {
                    Shown::Value(_) => Cell::text(percent(students, chronic)).with_sub(of),
                    Shown::Coded(_) => number(chronic).with_sub(of),
                    Shown::Hidden => number(chronic),
                }
            }
            (_, chronic) => number(chronic),
        },
    }
}

/// How many numbers of a table are hidden.
fn said(sheet: &Sheet) -> String {
    // Groups of nobody are no numbers.
    let tells = sheet.outcomes_told != Detail::Nothing;
    let cells = sheet.students.iter().zip(&sheet.chronic).filter(|(students, _)| **students != Shown::Value(0));
    let numbers: Vec<Shown<u32>> = cells.flat_map(|(n, x)| [*n, if tells { *x } else { Shown::Hidden }]).collect();
    let hidden = numbers.iter().filter(|n| **n == Shown::Hidden).count() as u64;
    let coded = numbers.iter().filter(|n| matches!(n, Shown::Coded(_))).count() as u64;
    let all = numbers.len() as u64;
    let ranges = if coded == 0 { String::new() } else { format!(", {} are told as a range", format::count(coded)) };
    format!(
        "Of the {} numbers of this table, counting students and chronically absent students, {} are hidden{ranges}.",
        format::count(all),
        format::count(hidden)
    )
}

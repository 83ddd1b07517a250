//! Schools side by side: rate and interval on one axis, tier mix, average daily attendance.

use super::NoData;
use super::tiers::{chart_stamp, rate};
use crate::attendance::Group;
use crate::charts::rate_rows::{RateRow, axis_head, row_piece, shared_axis, tier_mix};
use crate::charts::{Precision, Width};
use crate::state::use_state;
use crate::ui::components::{
    Align, Button, Caption, Cell, Column, Content, DataTable, Direction, PageHead, Row, Section, SectionShape,
    SortedBy, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn SchoolsPage() -> impl IntoView {
    let state = use_state();
    let has_data = Memo::new(move |_| state.loaded.with(Option::is_some));
    move || {
        if has_data.get() {
            view! { <Comparison /> }.into_any()
        } else {
            view! { <NoData title="Schools" text="With a file you see each school’s chronic absence with how sure one can be of it." /> }.into_any()
        }
    }
}

#[component]
fn Comparison() -> impl IntoView {
    let state = use_state();
    let sorted = RwSignal::new(Some(SortedBy { column: 3, direction: Direction::Ascending }));
    let groups = Memo::new(move |_| {
        let mut groups: Vec<Group> = state.summary.get().map(|s| s.schools.clone()).unwrap_or_default();
        if let Some(by) = sorted.get() {
            sort(&mut groups, by);
        }
        groups
    });
    let on_sort = Callback::new(move |column: usize| {
        let first = if column == 0 { Direction::Ascending } else { Direction::Descending };
        sorted.update(|now| *now = Some(SortedBy::press(*now, column, first)));
    });
    let table = Signal::derive(move || groups.with(|g| table(g, state.chart_width.get())));
    let foot = Signal::derive(move || {
        let n: u32 = groups.with(|g| g.iter().map(|g| g.counted).sum());
        format!(
            "{} n = {}, counted in each school attended.",
            chart_stamp(state.loaded.get().as_ref()),
            format::count(u64::from(n))
        )
    });
    let finding = Signal::derive(move || groups.with(|g| finding(g)));
    let download = move |()| {
        state.save("schools.csv", "text/csv", &school_csv(&groups.get_untracked()));
    };
    view! {
        <PageHead title="Schools, side by side" finding />
        <Section title="Rate and how sure it is" note="The dot is the share chronically absent; the line through it is where the true rate likely lies. Small schools have long lines." shape=SectionShape::Full>
            <DataTable table shape=TableShape::Stacks caption=Caption::Hidden sorted_by=sorted on_sort />
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">{move || foot.get()}</span>
                <Button on_click=download>"Download table"</Button>
            </div>
        </Section>
    }
}

fn finding(groups: &[Group]) -> Prose {
    let counted: Vec<&Group> = groups.iter().filter(|g| g.counted > 0).collect();
    let by_rate = |a: &&&Group, b: &&&Group| a.rate().partial_cmp(&b.rate()).unwrap_or(std::cmp::Ordering::Equal);
    let (Some(low), Some(high)) = (counted.iter().min_by(by_rate), counted.iter().max_by(by_rate)) else {
        return Prose::new();
    };
    let said = |g: &Group| {
        format!(
            "{} ({} of {})",
            format::percent(g.rate().unwrap_or_default()),
            format::count(u64::from(g.chronic)),
            format::count(u64::from(g.counted))
        )
    };
    if counted.len() == 1 {
        return Prose::new().strong(low.name.clone()).plain(format!(": {} chronically absent.", said(low)));
    }
    Prose::new().plain("Chronic absence runs from ").strong(format!("{} at {}", said(low), low.name)).plain(format!(
        " to {} at {}.",
        said(high),
        high.name
    ))
}

fn sort(groups: &mut [Group], by: SortedBy) {
    groups.sort_by(|a, b| {
        let number = |g: &Group| match by.column {
            1 => f64::from(g.counted),
            4 => g.attendance().unwrap_or(-1.0),
            _ => g.rate().unwrap_or(-1.0),
        };
        let order = if by.column == 0 { a.name.cmp(&b.name) } else { number(a).total_cmp(&number(b)) };
        let order = if by.direction == Direction::Ascending { order } else { order.reverse() };
        order.then_with(|| a.name.cmp(&b.name))
    });
}

fn rate_row(group: &Group) -> RateRow {
    RateRow { name: group.name.clone(), note: String::new(), rate: rate(group), expected: None, verdict: None }
}

fn table(groups: &[Group], width: Width) -> TableData {
    let rows: Vec<RateRow> = groups.iter().map(rate_row).collect();
    let axis = shared_axis(&rows);
    let wide = if width.is_narrow() { Width(326) } else { Width(420) };
    let head = axis_head(axis, wide);
    let drawing = |piece: crate::charts::Piece| Cell::new(Content::Drawing { svg: piece.svg, words: piece.text });
    let _ = head;
    TableData {
        caption: "Schools with their chronic absence, interval, tiers and attendance".into(),
        columns: vec![
            Column::words("School").sortable(),
            Column::numbers("Students").sortable(),
            Column { label: "Chronically absent".into(), align: Align::Words, ..Column::words("") },
            Column::numbers("Rate").sortable(),
            Column::numbers("Attendance").sortable(),
            Column::words("Tiers"),
        ],
        rows: groups
            .iter()
            .zip(&rows)
            .map(|(g, row)| {
                let rate = g.rate().map_or_else(|| "none counted".into(), format::percent);
                let of = format!("{} of {}", format::count(u64::from(g.chronic)), format::count(u64::from(g.counted)));
                Row::new(vec![
                    Cell::strong(g.name.clone()),
                    Cell::text(format::count(u64::from(g.counted))),
                    drawing(row_piece(row, axis, wide, 40, Precision::Tenths)),
                    Cell::strong(rate).with_sub(of),
                    Cell::text(g.attendance().map_or_else(|| "not in file".into(), format::percent)),
                    drawing(tier_mix(Some(g.tiers), Width(120))),
                ])
            })
            .collect(),
    }
}

/// The school table as CSV: counts first, so that nobody has to guess what a percent is of.
fn school_csv(groups: &[Group]) -> String {
    let header = [
        "School",
        "Students",
        "Counted",
        "Too few days",
        "Chronically absent",
        "Rate",
        "Interval from",
        "Interval to",
        "Satisfactory",
        "At risk",
        "Moderate",
        "Severe",
        "Extreme",
        "Days enrolled",
        "Days absent",
    ];
    let rows: Vec<Vec<String>> = groups
        .iter()
        .map(|g| {
            let r = rate(g);
            let number = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.4}"));
            let mut row = vec![
                g.name.clone(),
                g.students.to_string(),
                g.counted.to_string(),
                g.too_few_days.to_string(),
                g.chronic.to_string(),
                number(g.rate()),
                number(r.interval.map(|i| i.0)),
                number(r.interval.map(|i| i.1)),
            ];
            row.extend(g.tiers.iter().map(u32::to_string));
            row.push(g.enrolled.as_f64().to_string());
            row.push(g.absent.as_f64().to_string());
            row
        })
        .collect();
    crate::share::cells::csv(&header, &rows)
}

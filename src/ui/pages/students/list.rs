//! The call list: filters, days missed, and the days that can still be missed.

use super::csv::csv;
use super::moved::Movement_;
use super::order::{Order, ThisYear, ThisYearFields};
use crate::attendance::{Dataset, Record, Tier};
use crate::compare::days_left::{DaysLeft, days_left};
use crate::state::analysis::calls::{Call, Mostly, Trend, Wanted, WantedTier};
use crate::state::{Shared, use_state};
use crate::ui::components::{
    Button, Cell, Choice, Column, Content, DataTable, Field, FieldKind, PageHead, Row, Section, SectionShape,
    SelectField, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Rows shown at a time.
pub(super) const PAGE: usize = 25;

#[component]
pub(super) fn CallList() -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let wanted = RwSignal::new(Wanted::default());
    let this_year = RwSignal::new(ThisYear::default());
    let more = RwSignal::new(PAGE);
    let remaining: Memo<Vec<Option<u32>>> = Memo::new(move |_| {
        let Some(loaded) = state.loaded.get() else { return Vec::new() };
        let dataset = &loaded.outcome.dataset;
        (0u16..).take(dataset.schools.len()).map(|school| analysis.remaining(dataset, school)).collect()
    });
    let knows = Memo::new(move |_| remaining.with(|all| all.iter().any(Option::is_some)));
    let left = move |call: &Call| {
        let remaining = remaining.with(|all| all.get(usize::from(call.school)).copied().flatten())?;
        days_left(call.enrolled, call.absent, remaining)
    };
    // Positions in the list of calls: sixty thousand students are not copied to show twenty-five.
    let fitting: Memo<Option<Shared<Vec<u32>>>> = Memo::new(move |_| {
        let (loaded, records, calls) = (state.loaded.get()?, analysis.records.get()?, analysis.calls.get()?);
        let dataset = &loaded.outcome.dataset;
        let lines = wanted.with(|w| {
            let fitting = (0u32..).zip(calls.iter()).filter(|(_, call)| w.admits(dataset, &records, call));
            fitting.map(|(at, _)| at).collect()
        });
        let year = this_year.get();
        Some(Shared::new(if knows.get() { year.arrange(lines, |at| left(&calls[at as usize])) } else { lines }))
    });
    let rows = move |most: usize| -> Option<Vec<Call>> {
        let (calls, fitting) = (analysis.calls.get()?, fitting.get()?);
        Some(fitting.iter().take(most).map(|at| calls[*at as usize].clone()).collect())
    };
    let held = move || state.loaded.get().map_or(0, |l| l.outcome.dataset.calendar.len());
    // Somebody attended more than one school.
    let has_moved = Memo::new(move |_| {
        state
            .loaded
            .with(|l| l.as_ref().is_some_and(|l| l.outcome.dataset.stays.len() > l.outcome.dataset.students.len()))
    });
    let n = Memo::new(move |_| fitting.with(|r| r.as_ref().map_or(0, |r| r.len())));
    let has_more = Memo::new(move |_| n.get() > more.get());
    let table = Signal::derive(move || {
        let (Some(loaded), Some(records), Some(rows)) = (state.loaded.get(), analysis.records.get(), rows(more.get()))
        else {
            return TableData::default();
        };
        let dataset = &loaded.outcome.dataset;
        let still_first = knows.get() && this_year.get().order == Order::StillPossible;
        let order = if still_first { "who can still end the year under 10 % first" } else { "the most absent first" };
        TableData {
            caption: format!("Students with their days missed, {order}"),
            ..table(dataset, &records, &rows, knows.get(), left)
        }
    });
    let finding = Signal::derive(move || {
        let (Some(calls), Some(fitting)) = (analysis.calls.get(), fitting.get()) else { return Prose::new() };
        let call = |at: &u32| &calls[*at as usize];
        let n = distinct(fitting.iter().map(|at| call(at).student).collect());
        let prose = Prose::new().strong(format::plural(n as u64, "student", "students"));
        let as_it_opens = wanted.with(|w| *w == Wanted::default()) && this_year.get() == ThisYear::default();
        if as_it_opens {
            let still = |call: &Call| left(call).is_some_and(|left| left.may_still_miss.is_some());
            let can = knows
                .get()
                .then(|| distinct(fitting.iter().map(call).filter(|c| still(c)).map(|c| c.student).collect()));
            prose.plain(format!(" missed a tenth of their days or more at a school.{}", whom_first(can, held() > 0)))
        } else {
            prose.plain(" fit these choices.")
        }
    });
    // How the list counts stands with the list, so that the finding stays one sentence or two.
    let counting = Signal::derive(move || {
        let (Some(calls), Some(fitting)) = (analysis.calls.get(), fitting.get()) else { return String::new() };
        let call = |at: &u32| &calls[*at as usize];
        let early = fitting.iter().filter(|at| call(at).is_early()).count();
        let twice = fitting.len() - distinct(fitting.iter().map(|at| call(at).student).collect());
        let mut notes = Vec::new();
        if twice > 0 {
            notes.push(format!(
                "{} more than students: who attended two schools stands in each, with the days there.",
                format::plural(twice as u64, "line", "lines")
            ));
        }
        if has_moved.get() {
            notes.push(
                "On Tiers the days of a student’s schools are put together, so that their number can differ.".into(),
            );
        }
        if early > 0 {
            notes.push(format!(
                "{} with fewer than 30 days so far: too early for more than watching and asking.",
                format::count(early as u64)
            ));
        }
        notes.join(" ")
    });
    let year_hint = Signal::derive(move || match held() {
        0 => "This file has totals only, without days: what remains cannot be told.".to_owned(),
        n => format!("The file holds {n} so far. With it the list says how many days can still be missed."),
    });
    let has_days = Memo::new(move |_| held() > 0);
    let download = move |()| {
        let (Some(loaded), Some(records), Some(rows)) =
            (state.loaded.get_untracked(), analysis.records.get_untracked(), untrack(|| rows(usize::MAX)))
        else {
            return;
        };
        state.save("call-list.csv", "text/csv", &csv(&loaded.outcome.dataset, &records, &rows));
    };
    view! {
        <PageHead title="Call list" finding />
        <Section
            title="Whom to call"
            note=counting
            shape=SectionShape::Full
            margin=move || view! { <Filters wanted this_year knows /> }
        >
            <DataTable table shape=TableShape::Stacks />
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">
                    {move || format!("{} of {}. {}", format::count(n.get().min(more.get()) as u64), format::count(n.get() as u64), chart_stamp(state.loaded.get().as_ref()))}
                </span>
                <Show when=move || has_more.get()>
                    <Button on_click=move |()| more.update(|m| *m += PAGE)>"Show 25 more"</Button>
                </Show>
                <Button on_click=download>"Download CSV with names"</Button>
            </div>
        </Section>
        <Section title="The school year" note="Arithmetic, not permission: it says what is still possible.">
            <Show when=move || has_days.get() fallback=move || view! { <p>{move || year_hint.get()}</p> }>
                <Field
                    label="School days in the whole year"
                    hint=year_hint
                    kind=FieldKind::Whole
                    value=analysis.days_in_year
                    on_input=move |text: String| analysis.days_in_year.set(text)
                />
            </Show>
        </Section>
        <Movement_ />
    }
}

/// With whom the list begins; `can` of its students can still end the year under 10 %, where that is known.
fn whom_first(can: Option<usize>, has_days: bool) -> String {
    match can {
        Some(0) => " None of them can still end the year under it.".to_owned(),
        Some(1) => " The 1 who can still end the year under it comes first.".to_owned(),
        Some(n) => format!(" The {} who can still end the year under it come first.", format::count(n as u64)),
        None if has_days => {
            " Say below how many days the whole year has, and those who can still end it under a tenth come first."
                .to_owned()
        }
        None => String::new(),
    }
}

fn name_of(dataset: &Dataset, student: u32) -> String {
    let s = dataset.students.at(student as usize);
    if s.name.is_empty() { s.id.to_string() } else { s.name.to_string() }
}

pub(super) fn room_of(dataset: &Dataset, record: &Record) -> String {
    let room = dataset.stays[record.stay as usize].homeroom;
    room.and_then(|at| dataset.homerooms.get(usize::from(at))).cloned().unwrap_or_default()
}

fn table(
    dataset: &Dataset,
    records: &[Record],
    calls: &[Call],
    knows_left: bool,
    left: impl Fn(&Call) -> Option<DaysLeft>,
) -> TableData {
    let mut columns = vec![
        Column::words("Student"),
        Column::words("School and grade"),
        Column::words("Tier"),
        Column::numbers("Days missed"),
        Column::numbers("To reach 10 %"),
        Column::numbers("Excused"),
        Column::words("Lately"),
    ];
    if knows_left {
        columns.insert(5, Column::numbers("Can still miss"));
    }
    let rows = calls.iter().map(|call| {
        let record = &records[call.record as usize];
        let room = room_of(dataset, record);
        let grade =
            format!("Grade {}{}", record.grade, if room.is_empty() { String::new() } else { format!(", {room}") });
        let tier = match (call.is_early(), call.tier) {
            (true, _) => Cell::why("watch: early in the year"),
            (false, Some(tier)) => Cell::new(Content::Tier(tier)),
            (false, None) => Cell::why("too few days"),
        };
        let missed = match call.share() {
            Some(share) => Cell::text(format!("{} of {}", format::days(call.absent), format::days(call.enrolled)))
                .with_sub(format::percent(share)),
            None => Cell::why("only a percent in the file"),
        };
        // How many more absences in a row it takes; a question of this day, not of the whole year.
        let reach = days_left(call.enrolled, call.absent, 0).map_or_else(
            || Cell::why("not known"),
            |left| match left.absences_to_reach {
                0 => Cell::why("reached"),
                n => Cell::text(format!("{n} more")),
            },
        );
        let excused =
            call.excused.map_or_else(|| Cell::why("not told"), |share| Cell::text(format::percent_whole(share)));
        let mut cells = vec![
            Cell::link(name_of(dataset, call.student), format!("#/students/{}", call.student)),
            Cell::text(dataset.schools[usize::from(call.school)].name.clone()).with_sub(grade),
            tier,
            missed,
            reach,
            excused,
            Cell::text(call.trend.label()),
        ];
        if knows_left {
            let still = left(call).map_or_else(
                || Cell::why("not known"),
                |left| match left.may_still_miss {
                    Some(days) => Cell::strong(days.to_string()).with_sub(format!("of {} left", left.remaining)),
                    None => Cell::why("not this year"),
                },
            );
            cells.insert(5, still);
        }
        Row::new(cells)
    });
    TableData { rows: rows.collect(), columns, ..TableData::default() }
}

/// The chosen value of a filter, or the open one.
fn or_all(value: Option<String>) -> String {
    value.unwrap_or_else(|| "all".into())
}

/// An open choice and one for each of the rest.
pub(super) fn with_all(all: &str, rest: impl IntoIterator<Item = (String, String)>) -> Vec<Choice> {
    std::iter::once(Choice::new("all", all))
        .chain(rest.into_iter().map(|(value, label)| Choice::new(value, label)))
        .collect()
}

#[component]
fn Filters(wanted: RwSignal<Wanted>, this_year: RwSignal<ThisYear>, knows: Memo<bool>) -> impl IntoView {
    let state = use_state();
    let dataset = move || state.loaded.get();
    let tiers = Signal::stored({
        let mut all = vec![Choice::new("chronic", "Chronically absent"), Choice::new("everyone", "Everyone")];
        all.extend(Tier::ALL.iter().map(|t| Choice::new(t.index().to_string(), t.label())));
        all.push(Choice::new("few", "Too few days"));
        all
    });
    let tier = Signal::derive(move || match wanted.with(|w| w.tier) {
        WantedTier::Chronic => "chronic".to_owned(),
        WantedTier::Everyone => "everyone".into(),
        WantedTier::One(tier) => tier.index().to_string(),
        WantedTier::TooFewDays => "few".into(),
    });
    let set_tier = Callback::new(move |value: String| {
        let tier = match value.as_str() {
            "everyone" => WantedTier::Everyone,
            "few" => WantedTier::TooFewDays,
            other => other
                .parse::<usize>()
                .ok()
                .and_then(|at| Tier::ALL.get(at))
                .map_or(WantedTier::Chronic, |t| WantedTier::One(*t)),
        };
        wanted.update(|w| w.tier = tier);
    });
    let schools = Signal::derive(move || {
        let names = dataset()
            .map(|l| l.outcome.dataset.schools.iter().map(|s| s.name.clone()).collect::<Vec<_>>())
            .unwrap_or_default();
        with_all("All schools", names.into_iter().enumerate().map(|(at, name)| (at.to_string(), name)))
    });
    let all_grades = state.analysis.grades;
    let grades = Signal::derive(move || {
        with_all("All grades", all_grades.get().into_iter().enumerate().map(|(at, g)| (at.to_string(), g.to_string())))
    });
    let chosen_school = Memo::new(move |_| wanted.with(|w| w.school));
    let rooms = Memo::new(move |_| {
        let Some(loaded) = dataset() else { return Vec::new() };
        let d = &loaded.outcome.dataset;
        let school = chosen_school.get();
        let mut there = vec![false; d.homerooms.len()];
        for stay in d.stays.iter().filter(|s| school.is_none_or(|school| s.school == school)) {
            if let Some(there) = stay.homeroom.and_then(|room| there.get_mut(usize::from(room))) {
                *there = true;
            }
        }
        let mut here: Vec<u16> = (0u16..).zip(&there).filter(|(_, there)| **there).map(|(at, _)| at).collect();
        here.sort_by(|a, b| d.homerooms[usize::from(*a)].cmp(&d.homerooms[usize::from(*b)]));
        with_all("All homerooms", here.into_iter().map(|at| (at.to_string(), d.homerooms[usize::from(at)].clone())))
    });
    let conditions = Memo::new(move |_| {
        with_all(
            "Any condition",
            dataset().map(|l| super::super::explore::having(&l.outcome.dataset)).unwrap_or_default(),
        )
    });

    let number = move |get: fn(&Wanted) -> Option<u16>| {
        Signal::derive(move || or_all(wanted.with(get).map(|at| at.to_string())))
    };
    let grade = Signal::derive(move || {
        or_all(
            wanted
                .with(|w| w.grade)
                .and_then(|g| all_grades.with(|all| all.binary_search(&g).ok()))
                .map(|at| at.to_string()),
        )
    });
    let having = Signal::derive(move || or_all(wanted.with(|w| w.having).map(|(at, code)| format!("{at}.{code}"))));
    let excused = Signal::derive(move || match wanted.with(|w| w.excused) {
        None => "all".to_owned(),
        Some(Mostly::Excused) => "excused".into(),
        Some(Mostly::Unexcused) => "unexcused".into(),
    });
    let trend = Signal::derive(move || {
        or_all(wanted.with(|w| w.trend).and_then(|t| Trend::ALL.iter().position(|o| *o == t)).map(|at| at.to_string()))
    });
    let kinds = Signal::stored(vec![
        Choice::new("all", "Any kind"),
        Choice::new("excused", "Mostly excused"),
        Choice::new("unexcused", "Mostly not excused"),
    ]);
    let trends = Signal::stored(with_all(
        "Any trend",
        Trend::ALL.iter().enumerate().map(|(at, t)| (at.to_string(), t.label().to_owned())),
    ));
    let set =
        move |change: fn(&mut Wanted, String)| Callback::new(move |value: String| wanted.update(|w| change(w, value)));
    let set_grade = Callback::new(move |value: String| {
        let grade = value.parse::<usize>().ok().and_then(|at| all_grades.with_untracked(|all| all.get(at).copied()));
        wanted.update(|w| w.grade = grade);
    });
    view! {
        <div class="filters">
            <SelectField label="Tier" choices=tiers value=tier on_change=set_tier />
            <SelectField label="School" choices=schools value=number(|w| w.school) on_change=set(|w, v| { w.school = v.parse().ok(); w.homeroom = None; }) />
            <SelectField label="Grade" choices=grades value=grade on_change=set_grade />
            <Show when=move || rooms.with(|r| r.len() > 1)>
                <SelectField label="Homeroom" choices=rooms value=number(|w| w.homeroom) on_change=set(|w, v| w.homeroom = v.parse().ok()) />
            </Show>
            <Show when=move || conditions.with(|c| c.len() > 1)>
                <SelectField label="Condition" choices=conditions value=having on_change=set(|w, v| w.having = super::super::explore::parse_having(&v)) />
            </Show>
            <SelectField label="Kind of absence" choices=kinds value=excused on_change=set(|w, v| w.excused = match v.as_str() { "excused" => Some(Mostly::Excused), "unexcused" => Some(Mostly::Unexcused), _ => None }) />
            <Show when=move || knows.get()><ThisYearFields year=this_year /></Show>
            <SelectField label="Trend, last 20 days" choices=trends value=trend on_change=set(|w, v| w.trend = v.parse::<usize>().ok().and_then(|at| Trend::ALL.get(at).copied())) />
        </div>
    }
}

fn distinct(mut students: Vec<u32>) -> usize {
    students.sort_unstable();
    students.dedup();
    students.len()
}

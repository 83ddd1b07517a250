//! Where an expected rate comes from: what is taken into account, the sentence with its numbers,
//! and the table behind it.

use crate::attendance::attribute;
use crate::compare::from_dataset::{Compared, DEFAULT_CONDITIONS, may_adjust_for, warning};
use crate::compare::shrinkage::Shrunk;
use crate::state::analysis::Sight;
use crate::state::analysis::told::At;
use crate::state::use_state;
use crate::ui::components::{
    Cell, CheckList, Choice, Column, DataTable, LinkButton, Notice, NoticeKind, ProseView, Row, RowKind, Section,
    SelectField, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Kinds of students that are shown before a person asks for all.
const LARGEST: usize = 6;

/// `picks`: whether the school can be chosen here.
#[component]
pub fn WhereFrom(#[prop(into)] chosen: Signal<Option<usize>>, picks: bool) -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let more = RwSignal::new(false);
    let dataset = move || state.loaded.get().map(|l| l.outcome.dataset.attributes.clone()).unwrap_or_default();
    let adjusted = Memo::new(move |_| {
        state.loaded.get().map(|loaded| analysis.adjusted(&loaded.outcome.dataset)).unwrap_or_default()
    });
    let usual = Memo::new(move |_| {
        let mut choices: Vec<Choice> = Vec::new();
        for attribute in dataset() {
            let is_usual = DEFAULT_CONDITIONS.contains(&attribute.key.as_str());
            let on = adjusted.with(|keys| keys.contains(&attribute.key));
            if may_adjust_for(&attribute.key) && (is_usual || on || more.get()) {
                choices.push(Choice::new(attribute.key, attribute.label));
            }
        }
        choices
    });
    let on_toggle = Callback::new(move |(key, on): (String, bool)| {
        let Some(loaded) = state.loaded.get_untracked() else { return };
        analysis.set_adjusted(&loaded.outcome.dataset, &key, on);
    });
    let has_more = Memo::new(move |_| {
        dataset().iter().any(|a| may_adjust_for(&a.key) && !DEFAULT_CONDITIONS.contains(&a.key.as_str()))
    });
    let race = Memo::new(move |_| adjusted.with(|keys| keys.iter().any(|key| key == attribute::RACE_ETHNICITY)));
    let schools = Memo::new(move |_| {
        let names = state.summary.get().map(|s| s.schools.iter().map(|g| g.name.clone()).collect::<Vec<_>>());
        names
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(|(at, name)| Choice::new(at.to_string(), name))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || chosen.get().map_or_else(String::new, |at| at.to_string()));
    let pick = Callback::new(move |at: String| {
        state.go(&state.route.get_untracked().with("school", &at).hash());
    });
    let sentence = Signal::derive(move || match (analysis.compared.get(), chosen.get()) {
        (Some(compared), Some(at)) if at < compared.table.units.len() => sentence(&compared, at, &analysis.sight.get()),
        _ => Prose::new(),
    });
    let all_rows = RwSignal::new(false);
    let table = Memo::new(move |_| match (analysis.compared.get(), chosen.get()) {
        (Some(compared), Some(at)) if at < compared.table.units.len() => {
            let rows = if all_rows.get() { usize::MAX } else { LARGEST };
            match analysis.sight.get() {
                Sight::Team => stratum_table(&compared, at, rows),
                // Kinds of students cross every condition: no export tells them apart.
                Sight::Share(_) => TableData::default(),
            }
        }
        _ => TableData::default(),
    });
    let has_rows = Memo::new(move |_| table.with(|table| !table.rows.is_empty()));
    let is_long = Memo::new(move |_| match (analysis.compared.get(), chosen.get()) {
        (Some(compared), Some(at)) => compared.comparison.expected.get(at).is_some_and(|e| e.rows.len() > LARGEST + 1),
        _ => false,
    });
    let margin = move || {
        view! {
            <Show
                when=move || usual.with(|choices| !choices.is_empty())
                fallback=|| view! { <p>"Grade band is taken into account. The file names no other condition of students."</p> }
            >
                <CheckList legend="Grade band is always taken into account. Adjust also for" choices=usual chosen=adjusted on_toggle />
            </Show>
            <Show when=move || has_more.get()>
                <LinkButton on_click=move |()| more.update(|more| *more = !*more)>
                    {move || if more.get() { "Show fewer" } else { "Change what we adjust for" }}
                </LinkButton>
            </Show>
            <Show when=move || picks>
                <SelectField label="For which school" choices=schools value on_change=pick />
            </Show>
        }
    };
    view! {
        <Section title="Where “expected” comes from" margin=margin id="expected">
            <div class="expected-from">
                <div>
                    <p class="expected-from__sentence"><ProseView text=sentence /></p>
                    <Show
                        when=move || race.get()
                        fallback=|| view! {
                            <Notice kind=NoticeKind::Remark>
                                <p>"Suspension is never used to adjust: a school decides that itself. Race is off unless you turn it on, because it can excuse what a school does."</p>
                            </Notice>
                        }
                    >
                        <Notice kind=NoticeKind::Problem title="Race is taken into account">
                            <p>{warning(attribute::RACE_ETHNICITY)}</p>
                        </Notice>
                    </Show>
                </div>
                <Show when=move || has_rows.get()>
                    <div>
                        <DataTable table shape=TableShape::Scrolls />
                        <Show when=move || is_long.get()>
                            <LinkButton on_click=move |()| all_rows.update(|all| *all = !*all)>
                                {move || if all_rows.get() { "Show the largest kinds only" } else { "Show every kind of student" }}
                            </LinkButton>
                        </Show>
                    </div>
                </Show>
            </div>
        </Section>
    }
}

fn sentence(compared: &Compared, at: usize, sight: &Sight) -> Prose {
    let expected = &compared.comparison.expected[at];
    let name = &compared.table.units[at];
    if sight.is_share() {
        return shared_sentence(compared, at, sight);
    }
    let Some(expected_rate) = expected.expected_rate() else {
        return Prose::new().plain(compared.sentence(at));
    };
    let schools = match expected.others {
        1 => "the one other school that teaches such students".to_owned(),
        n => format!("the other {n} schools"),
    };
    let count = expected.expected.round().max(0.0) as u64;
    let left_out = match expected.counted - expected.compared {
        0 => String::new(),
        n => format!(" {} more here have too few like them elsewhere and are left out.", format::count(n)),
    };
    // The last part of the statistics' own sentence: on whom the comparison rests.
    let whole = compared.sentence(at);
    let rests = whole.find("that comparison rests").or_else(|| whole.find("That comparison rests")).map(|found| {
        let start = whole[..found].rfind(". ").map_or(0, |dot| dot + 2);
        format!(" {}", &whole[start..])
    });
    Prose::new()
        .plain(format!(
            "If {name}’s {} students had been absent as often as similar students in {schools}, about ",
            format::count(expected.compared)
        ))
        .strong(format::count(count))
        .plain(format!(" would be chronically absent ({}). In fact ", format::percent(expected_rate)))
        .strong(format::count(expected.observed))
        .plain(format!(" are.{left_out}{}{}", rests.unwrap_or_default(), best_guess(compared, at)))
}

/// The rate that lists are ordered by: how much of the school's own rate is more than luck.
fn best_guess(compared: &Compared, at: usize) -> String {
    match compared.comparison.shrunk(&compared.table, at) {
        Some(Shrunk { rate, interval: Some((low, high)), .. }) => format!(
            " Our best guess of its own rate, moved toward what is expected because chance moves {} students too, is {} ({}).",
            format::count(compared.comparison.expected[at].compared),
            format::percent(rate),
            format::interval(low, high)
        ),
        _ => String::new(),
    }
}

/// The same for others: the export's count, and rates in whole percents.
fn shared_sentence(compared: &Compared, at: usize, sight: &Sight) -> Prose {
    let expected = &compared.comparison.expected[at];
    let (name, place) = (&compared.table.units[at], At::school(at));
    let rate = sight.rate(place, expected.observed_all, expected.counted);
    let (Some(n), Some(share)) = (rate.counted, rate.rate) else {
        return Prose::new().plain(format!("The numbers of {name} are hidden to protect students."));
    };
    let Some(like) = sight.expected(place, expected.expected_rate()) else {
        return Prose::new()
            .plain(format!("{name} has too few students with others like them elsewhere to be compared."));
    };
    Prose::new()
        .plain(format!("Of {name}’s {} students, ", format::count(u64::from(n))))
        .strong(format::percent_whole(share))
        .plain(" are chronically absent. Among similar students in the other schools it is about ")
        .strong(format::percent_whole(like))
        .plain(".")
}

/// The strata behind an expected rate, largest part first.
fn stratum_table(compared: &Compared, at: usize, most: usize) -> TableData {
    let expected = &compared.comparison.expected[at];
    let mut rows: Vec<(Option<f64>, Row)> = expected
        .rows
        .iter()
        .map(|row| {
            let name = compared.table.describe(row.bands, &row.codes);
            let merged = if row.level > 0 { Some("merged: too few alike elsewhere") } else { None };
            let name = match merged {
                Some(words) => Cell::strong(name).with_sub(words),
                None => Cell::strong(name),
            };
            let elsewhere = row.rate.map_or_else(
                || Cell::why("too few elsewhere"),
                |rate| {
                    Cell::text(format::percent(rate)).with_sub(format!("of {}", format::count(row.reference_counted)))
                },
            );
            let part = row.rate.map(|_| row.expected);
            let cells = vec![name, Cell::text(format::count(row.counted)), elsewhere, part_cell(part)];
            (part, Row::new(cells))
        })
        .collect();
    rows.sort_by(|a, b| b.0.unwrap_or(0.0).total_cmp(&a.0.unwrap_or(0.0)));
    // One kind more would take the place of the line that sums it up.
    if rows.len() > most.saturating_add(1) {
        let rest = rows.split_off(most);
        let expected: Option<f64> = rest.iter().map(|(expected, _)| *expected).fold(None, |sum, part| match part {
            Some(part) => Some(sum.unwrap_or(0.0) + part),
            None => sum,
        });
        let words = format!("{} other kinds of students", rest.len());
        let line = vec![Cell::text(words), Cell::why("see all"), Cell::why("see all"), part_cell(expected)];
        rows.push((None, Row::new(line)));
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    if let Some(rate) = expected.expected_rate() {
        rows.push(
            Row::new(vec![
                Cell::text("Together"),
                Cell::text(format::count(expected.compared)),
                Cell::text(format::percent(rate)),
                Cell::text(one_place(expected.expected)),
            ])
            .kind(RowKind::Total),
        );
    }
    TableData {
        caption: format!("Students of {} by kind, with the rate of such students elsewhere", compared.table.units[at]),
        columns: vec![
            Column::words(format!("{}’s students", compared.table.units[at])),
            Column::numbers("n"),
            Column::numbers("Rate elsewhere"),
            Column::numbers("Expected"),
        ],
        rows,
    }
}

/// A part of an expected count; without one, those students are not compared.
fn part_cell(expected: Option<f64>) -> Cell {
    expected.map_or_else(|| Cell::why("not compared"), |expected| Cell::text(one_place(expected)))
}

/// A number of students that is expected, not counted: one decimal below ten.
fn one_place(count: f64) -> String {
    if count < 10.0 { format!("{count:.1}") } else { format::count(count.round() as u64) }
}

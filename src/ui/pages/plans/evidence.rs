//! What the loaded daily records say about a test, beside similar students who were not chosen.

use super::chosen::chosen;
use crate::attendance::Day;
use crate::charts::run_chart::{RunChart, RunPeriod, RunWindow, WindowMean, run_chart};
use crate::plans::edits::test_of_change::keep_evidence;
use crate::plans::evidence::from_dataset::members;
use crate::plans::evidence::{self, Plan, Refusal, Study, Week, study, words};
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::Shared;
use crate::state::plans::{Plans, use_plans};
use crate::state::{stamp, use_state};
use crate::ui::components::*;
use crate::ui::figure::Figure;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// The state of the evidence of one test.
#[derive(Clone, PartialEq)]
pub enum Told {
    /// No dates, or nothing loaded: what was kept earlier may still be there.
    Nothing(String),
    Refused(String),
    /// The data do not reach the end of the test.
    NotYet(String),
    /// This is Share mode: which way it points, in words without numbers.
    ToOthers(&'static str),
    Said(Shared<Study>),
}

/// What a study rests on. As long as it stays the same, typing elsewhere computes nothing anew.
#[derive(Clone, PartialEq)]
struct Asked {
    begins: Day,
    ends: Day,
    group: Group,
    /// Ids of students chosen one by one; empty where the group says who.
    named: Vec<String>,
}

fn asked(plans: Plans, id: &Id) -> Result<Asked, &'static str> {
    let test = plans.workspace.with(|w| match w.get(id) {
        Some(Body::Test(t)) => Some((t.begins, t.ends, t.group.clone())),
        _ => None,
    });
    let Some((begins, ends, group)) = test else { return Err("") };
    let (Some(begins), Some(ends)) = (begins, ends) else {
        return Err("Give the test a first and a last day, and this page fills in from the loaded data.");
    };
    let named = plans.personal.with(|p| chosen(p, id)).map(|(_, c)| c.students).unwrap_or_default();
    if named.is_empty() && group == Group::default() {
        return Err("Say for whom the test is, or choose students, and this page fills in.");
    }
    Ok(Asked { begins, ends, group, named: named.into_iter().map(|s| s.id).collect() })
}

/// The evidence of a test, computed once for everything on its page that speaks of it.
#[must_use]
pub fn told(plans: Plans, id: &Id) -> Memo<Told> {
    let id = id.clone();
    let asked = Memo::new(move |_| asked(plans, &id));
    let found = Memo::new(move |_| {
        let asked = asked.get().map_err(|why| Told::Nothing(why.to_owned()))?;
        let (Some(loaded), Some(records)) = (plans.app.loaded.get(), plans.records.get()) else {
            let why = "Load a file with a row for each day, and this page compares before, during and after.";
            return Err(Told::Nothing(why.to_owned()));
        };
        let Asked { begins, ends, group, named } = asked;
        let chosen = if named.is_empty() { members(&loaded.outcome.dataset, &records, &group, begins) } else { named };
        match study(&records, &Plan { chosen, begins, ends, outcome: None }) {
            Ok(study) => Ok(Shared::new(study)),
            Err(Refusal::NotYet { .. }) if begins > ends => {
                Err(Told::Nothing("The last day of the test is before its first.".to_owned()))
            }
            Err(refusal @ Refusal::NotYet { .. }) => Err(Told::NotYet(words::refusal(&refusal))),
            Err(Refusal::TooMuchMissing { .. }) if !plans.is_team() => {
                Err(Told::Refused("Attendance was not taken on too many days for a comparison.".to_owned()))
            }
            Err(refusal) => Err(Told::Refused(words::refusal(&refusal))),
        }
    });
    Memo::new(move |_| match found.get() {
        Err(told) => told,
        Ok(study) => {
            if plans.is_team() {
                Told::Said(study)
            } else {
                Told::ToOthers(words::for_others(&study))
            }
        }
    })
}

/// The sentence that leads a test's page.
#[must_use]
pub fn finding(plans: Plans, id: &Id, told: Memo<Told>) -> Signal<Prose> {
    let id = id.clone();
    Memo::new(move |_| match told.get() {
        Told::Said(study) => Prose::from(words::finding(&study)),
        Told::ToOthers(words) => Prose::from(words),
        Told::Nothing(text) | Told::Refused(text) | Told::NotYet(text) => {
            let kept = plans.workspace.with(|w| match w.get(&id) {
                Some(Body::Test(t)) => t.measured.clone(),
                _ => None,
            });
            match kept {
                Some(m) if plans.is_team() => Prose::from(m.sentence),
                Some(_) => Prose::from("What this test showed is kept with it. Its numbers show in Team mode."),
                None => Prose::from(text),
            }
        }
    })
    .into()
}

#[component]
pub fn EvidenceSection(id: Id, told: Memo<Told>) -> impl IntoView {
    move || match told.get() {
        Told::Said(study) => view! { <Said study id=id.clone() /> }.into_any(),
        Told::ToOthers(_) => ().into_any(),
        Told::NotYet(_) => {
            view! { <Kept id=id.clone() /> <p class="section__actions no-print"><LaterExport /></p> }.into_any()
        }
        Told::Refused(_) | Told::Nothing(_) => view! { <Kept id=id.clone() /> }.into_any(),
    }
}

/// The way to an export that reaches further.
#[component]
fn LaterExport() -> impl IntoView {
    let state = use_state();
    let is_example = state.loaded.with_untracked(|l| l.as_ref().is_some_and(|l| l.whose == "Example district"));
    if is_example {
        view! { <Button size=ButtonSize::Small on_click=move |()| state.try_later_example()>"Load the example a month later"</Button> }
            .into_any()
    } else {
        view! { <ButtonLink href="#/">"Load a later export"</ButtonLink> }.into_any()
    }
}

/// What was kept with the test when other data were loaded.
#[component]
fn Kept(id: Id) -> impl IntoView {
    let plans = use_plans();
    move || {
        let kept = plans.workspace.with(|w| match w.get(&id) {
            Some(Body::Test(t)) => t.measured.clone(),
            _ => None,
        });
        let kept = kept.filter(|_| plans.is_team())?;
        let per_20 = |n: Option<i64>| n.map_or_else(|| "unknown".to_owned(), |n| format!("{:.1}", n as f64 / 1000.0));
        let rows = kept.windows.iter().map(|w| {
            let name = evidence::Window::ALL.iter().find(|x| x.key() == w.id.0).map_or("", |x| x.label());
            Row::new(vec![Cell::strong(name), Cell::text(per_20(w.chosen)), Cell::text(per_20(w.compared))])
        });
        let table = TableData {
            caption: "Days absent per 20 school days".to_owned(),
            columns: vec![
                Column::words("Window"),
                Column::numbers(format!("{} chosen", kept.chosen)),
                Column::numbers(format!("{} similar", kept.compared)),
            ],
            rows: rows.collect(),
        };
        let note = format!("Kept on {} from: {}", kept.on.map(|d| d.to_string()).unwrap_or_default(), kept.stamp);
        Some(view! {
            <Section title="Evidence" note>
                <DataTable table caption=Caption::Shown />
                <p class="small">{words::ONE_CYCLE}</p>
            </Section>
        })
    }
}

fn rate(value: Option<(f64, usize)>) -> Cell {
    match value {
        Some((rate, n)) => Cell::text(format!("{rate:.1}")).with_sub(format!("n = {n}")),
        None => Cell::text("unknown"),
    }
}

/// More weeks without school than this are drawn as so many: a summer is no chart.
const MOST_EMPTY_WEEKS: u32 = 4;

/// `12 Dec`: the run chart above says which year.
fn short(day: Day) -> String {
    let (_, month, date) = day.ymd();
    format!("{date} {}", crate::attendance::day::MONTHS[usize::from(month) - 1])
}

fn windows_table(study: &Study) -> TableData {
    let mut columns = vec![Column::words("Days absent per 20 school days")];
    columns.extend(
        study
            .windows
            .iter()
            .map(|w| Column::numbers(format!("{}, {} – {}", w.window.label(), short(w.span.from), short(w.span.to)))),
    );
    let row = |name: String, get: fn(&evidence::WindowResult) -> Option<(f64, usize)>| {
        let mut cells = vec![Cell::strong(name)];
        cells.extend(study.windows.iter().map(|w| rate(get(w))));
        Row::new(cells)
    };
    let matched: usize = study.comparison.pairs.iter().map(|p| p.similar.len()).sum();
    TableData {
        caption: "Before, during and after".to_owned(),
        columns,
        rows: vec![
            row(format!("{} chosen students", study.analysed_chosen.len()), |w| w.chosen),
            row(format!("{matched} similar students"), |w| w.similar),
            row(format!("All {} not chosen", study.pool), |w| w.not_chosen),
        ],
    }
}

fn chart_of(study: &Study, stamp: String, width: crate::charts::Width) -> RunChart {
    let weeks = &study.weekly;
    // Weeks without a point take their room on the line, so that equal steps are equal times.
    let mut periods = Vec::new();
    let mut breaks = Vec::new();
    let mut places = Vec::new();
    for week in weeks {
        let missed = week.weeks_missed.min(MOST_EMPTY_WEEKS) as usize;
        if missed > 0 {
            let from = periods.len();
            let empty = |n: usize| week.first.plus(-7 * (missed - n) as i32);
            periods.extend((0..missed).map(|n| RunPeriod { label: short(empty(n)), chosen: None, compared: None }));
            breaks.push(RunWindow { name: "break".to_owned(), from, to: periods.len() - 1 });
        }
        places.push(periods.len());
        periods.push(RunPeriod {
            label: short(week.first),
            chosen: week.chosen.map(Week::per_20),
            compared: week.similar.map(Week::per_20),
        });
    }
    let place = |from, to| {
        let inside = |w: &&Week| w.first >= from && w.first <= to;
        let first = weeks.iter().position(|w| inside(&w))?;
        let last = weeks.iter().rposition(|w| inside(&w))?;
        Some((*places.get(first)?, *places.get(last)?))
    };
    let told = || study.windows.iter().filter(|w| w.window != evidence::Window::Earlier);
    // The same numbers as in the table below the chart.
    let means = told().map(|w| WindowMean {
        name: w.window.label().to_owned(),
        chosen: w.chosen.map(|(rate, _)| rate),
        compared: w.similar.map(|(rate, _)| rate),
    });
    let windows = told().filter_map(|w| {
        let (from, to) = place(w.span.from, w.span.to)?;
        Some(RunWindow { name: w.window.label().to_owned(), from, to })
    });
    let mut shown: Vec<RunWindow> = Vec::new();
    for mut window in windows {
        // Two weeks after lie inside the month after: only what is new is shaded.
        if let Some(last) = shown.last()
            && window.from <= last.to
        {
            window.from = last.to + 1;
        }
        if window.from <= window.to {
            shown.push(window);
        }
    }
    let matched: usize = study.comparison.pairs.iter().map(|p| p.similar.len()).sum();
    RunChart {
        title: "Days missed by week".to_owned(),
        stamp,
        measure: "Days absent per 20 school days, by week".to_owned(),
        periods,
        windows: shown,
        means: means.collect(),
        breaks,
        median: study.run_chart.median.map(Week::per_20),
        chosen: format!("{} chosen students", study.analysed_chosen.len()),
        compared: (matched > 0).then(|| format!("{matched} similar students, not chosen")),
        width,
    }
}

#[component]
fn Said(study: Shared<Study>, id: Id) -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let stamp_now =
        move || state.loaded.get().map(|l| state.definition.with(|d| stamp::sentence(&l, d))).unwrap_or_default();
    let charted = study.clone();
    let chart = Signal::derive(move || run_chart(&chart_of(&charted, stamp_now(), state.chart_width.get())));
    let table = windows_table(&study);
    let mut lines = vec![words::run_chart(&study.run_chart)];
    lines.push(words::LINE_AND_WINDOWS.to_owned());
    lines.extend(study.windows.iter().filter_map(words::breaks));
    lines.extend(words::left_out(&study));
    let c = &study.comparison;
    if let (Some(d), Some((lower, upper))) = (c.difference, c.interval)
        && c.speak != evidence::Speak::No
    {
        lines.insert(
            0,
            format!(
                "Difference after allowing for how both started: {d:+.1} days per 20 ({lower:+.1} to {upper:+.1})."
            )
            .replace('-', "−"),
        );
    }
    let waits = !study.not_yet.is_empty();
    for (window, days) in &study.not_yet {
        lines.push(format!("“{}” is not over in these data: {days} of its school days are there.", window.label()));
    }
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let keep = move |()| {
        let kept = evidence::keep(&study, &untrack(stamp_now), plans.today());
        if let Ok(change) = plans.workspace.with_untracked(|w| keep_evidence(w, &id, kept)) {
            plans.deed(change);
        }
    };
    view! {
        <Section title="Evidence" note=words::WHY_COMPARE margin=move || view! {
            <p class="small">{words::ONE_CYCLE}</p>
            <Button size=ButtonSize::Small on_click=keep.clone()>"Keep this with the test"</Button>
        }>
            <Figure chart name="run-chart" head=ChartHead::InTheMargin />
            <DataTable table shape=TableShape::Stacks />
            <Notice>{lines}</Notice>
            {waits.then(|| view! { <p class="section__actions no-print"><LaterExport /></p> })}
        </Section>
    }
}

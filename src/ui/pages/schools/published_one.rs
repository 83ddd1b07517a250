//! One school of public files: each year against what is expected of it, whether it has held, the schools most
//! like it, and those among them that are worth a visit.

use super::published::{fitted, interval, label, reason, told, usual_conditions};
use super::words::shown;
use crate::attendance::Dataset;
use crate::compare::from_dataset::{published_by_school, published_peers, published_years};
use crate::compare::held::held;
use crate::compare::peers::{Peer, Scale, does_better};
use crate::compare::regression::{Fitted, SchoolRow};
use crate::compare::strata::lower_first;
use crate::compare::two_groups::gap;
use crate::compare::verdict::{Case, Judgement, Verdict};
use crate::state::analysis::visit::{SchoolEvidence, Visit};
use crate::state::{AppState, Shared, stamp, use_state};
use crate::ui::components::{
    Button, ButtonSize, Cell, Column, Content, DataTable, PageHead, Row, RowKind, Section, TableData, TableShape,
    VerdictMark,
};
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The nearest that are shown.
const NEAREST: usize = 8;

/// One school in one year, and what was expected of it.
struct Year {
    name: String,
    row: SchoolRow,
    judged: Option<Judged>,
}

struct Judged {
    /// 0 to 1.
    expected: f64,
    case: Case,
    judgement: Judgement,
}

/// All schools of the latest year in which this one's rate is known.
struct Around {
    year: String,
    rows: BTreeMap<u16, SchoolRow>,
    judged: BTreeMap<u16, Judged>,
    compared_on: Vec<String>,
    peers: Vec<(u16, f64)>,
    knows_grades: bool,
}

/// The school's years, ascending, each fitted over all schools of that year with the usual conditions.
struct Story {
    years: Vec<Year>,
    around: Option<Around>,
}

impl Story {
    fn of(dataset: &Dataset, school: u16, share: bool) -> Story {
        let keys = usual_conditions(dataset);
        let (mut years, mut around) = (Vec::new(), None);
        for name in published_years(dataset) {
            let rows = published_by_school(dataset, &name, &keys);
            let Some(row) = rows.get(&school).map(|row| told(row, share)) else { continue };
            let fit = fitted(&rows, &keys).ok();
            let at: Vec<u16> = rows.keys().copied().collect();
            let judge = |of: &Fitted| {
                let judgement = fit.as_ref().map(|fit| fit.judgement(of))?;
                Some(Judged { expected: of.expected, case: of.case(), judgement })
            };
            let fits = || fit.iter().flat_map(|fit| &fit.schools);
            let judged = fits().find(|of| at[of.row] == school).filter(|_| row.rate.is_some()).and_then(judge);
            if row.rate.is_some() {
                let labels: Vec<String> = keys.iter().map(|key| label(key)).collect();
                let (features, schools, knows_grades) = published_peers(dataset, &rows, &labels);
                let compared_on = features.iter().map(|feature| feature.label.clone()).collect();
                let ours = at.binary_search(&school).unwrap_or_default();
                let near: Vec<Peer> = Scale::new(features, &schools).peers(&schools, ours);
                let has_rate = |peer: &Peer| told(&rows[&at[peer.school]], share).rate.is_some();
                let near = near.into_iter().filter(has_rate).take(NEAREST);
                let peers: Vec<(u16, f64)> = near.map(|peer| (at[peer.school], peer.distance)).collect();
                let shows = |other: &u16| *other == school || peers.iter().any(|(near, _)| near == other);
                let judged = fits().filter(|of| shows(&at[of.row])).filter_map(|of| Some((at[of.row], judge(of)?)));
                let judged = judged.collect();
                let rows = rows.iter().map(|(at, row)| (*at, told(row, share))).collect();
                around = Some(Around { year: name.clone(), rows, judged, compared_on, peers, knows_grades });
            }
            years.push(Year { name, row, judged });
        }
        Story { years, around }
    }

    /// What there is to say of the latest year with a rate.
    fn finding(&self) -> Prose {
        let Some(year) = self.years.iter().rev().find(|year| year.row.rate.is_some()) else {
            return Prose::new().plain("The file gives no rate for this school.");
        };
        let when = if year.name.is_empty() { String::new() } else { format!("{}: ", year.name) };
        match (&year.judged, year.row.rate) {
            (Some(judged), _) => Prose::new().plain(format!("{when}{}", judged.judgement.sentence(&judged.case))),
            (None, Some(rate)) => Prose::new().plain(format!(
                "{when}{} of its students are chronically absent. No rate can be expected of it: numbers are missing, or schools are too few.",
                format::percent(rate)
            )),
            (None, None) => Prose::new(),
        }
    }

    fn held(&self) -> String {
        let judgements: Vec<Judgement> =
            self.years.iter().filter_map(|year| Some(year.judged.as_ref()?.judgement.clone())).collect();
        match judgements.len() {
            0 | 1 => "Fewer than two years can be compared, so whether it has held cannot be told.".to_owned(),
            _ => held(&judgements).sentence(),
        }
    }
}

fn of_students(row: &SchoolRow) -> String {
    row.counted.map_or_else(String::new, |n| format!("of {}", format::count(n)))
}

fn rate_cell(row: &SchoolRow) -> Cell {
    row.rate.map_or_else(
        || Cell::why("not published"),
        |rate| match interval(row) {
            Some((low, high)) => Cell::text(format::percent(rate)).with_sub(format::interval(low, high)),
            None => Cell::text(format::percent(rate)),
        },
    )
}

fn expected_cells(row: &SchoolRow, judged: Option<&Judged>) -> [Cell; 2] {
    match (judged, row.rate) {
        (Some(judged), Some(rate)) => [
            Cell::text(format::percent(judged.expected)),
            Cell::new(Content::Verdict {
                verdict: shown(judged.judgement.verdict),
                reason: reason(&judged.judgement, 100.0 * (rate - judged.expected)),
            }),
        ],
        _ => [Cell::why("not compared"), Cell::why("not compared")],
    }
}

fn years_table(story: &Story) -> TableData {
    let row = |year: &Year| {
        let count = |n: Option<u64>| n.map_or_else(|| Cell::why("not published"), |n| Cell::text(format::count(n)));
        let name = if year.name.is_empty() { "Not given" } else { &year.name };
        let mut cells =
            vec![Cell::strong(name.to_owned()), count(year.row.counted), count(year.row.chronic), rate_cell(&year.row)];
        cells.extend(expected_cells(&year.row, year.judged.as_ref()));
        Row::new(cells)
    };
    TableData {
        caption: "Published years of this school".into(),
        columns: vec![
            Column::words("Year"),
            Column::numbers("Students counted"),
            Column::numbers("Chronically absent"),
            Column::numbers("Rate"),
            Column::numbers("Expected"),
            Column::words("Verdict"),
        ],
        rows: story.years.iter().map(row).collect(),
    }
}

fn peers_table(around: &Around, school: u16) -> TableData {
    let row = |at: u16, distance: Cell, kind: RowKind| {
        let row = &around.rows[&at];
        let mut cells = vec![Cell::link(row.name.clone(), format!("#/schools/{at}")), distance];
        cells.push(match row.rate {
            Some(rate) => Cell::text(format::percent(rate)).with_sub(of_students(row)),
            None => Cell::why("not published"),
        });
        cells.extend(expected_cells(row, around.judged.get(&at)));
        let share = |share: &Option<f64>| {
            share.map_or_else(|| Cell::why("not known"), |share| Cell::text(format::percent_whole(share)))
        };
        cells.extend(row.conditions.iter().map(share));
        Row::new(cells).kind(kind)
    };
    let mut rows = vec![row(school, Cell::why("this school"), RowKind::Chosen)];
    rows.extend(around.peers.iter().map(|(at, d)| row(*at, Cell::text(format!("{d:.2}")), RowKind::Plain)));
    let mut columns = vec![
        Column::words("School"),
        Column::numbers("Distance"),
        Column::numbers("Chronically absent"),
        Column::numbers("Expected"),
        Column::words("Verdict"),
    ];
    let conditions = around.compared_on.len().saturating_sub(1);
    columns.extend(around.compared_on.iter().take(conditions).map(|label| Column::numbers(label.clone())));
    TableData { caption: "The nearest schools with their distances and rates".into(), columns, rows }
}

/// Peers that do better beyond luck, and are not to be checked first: position, distance and why.
fn better(around: &Around, school: u16) -> Vec<(u16, f64, String)> {
    let counts = |row: &SchoolRow| Some((row.chronic?, row.counted?, row.rate?));
    let Some((chronic, counted, own)) = counts(&around.rows[&school]) else { return Vec::new() };
    let here = (chronic, counted);
    let why = |(at, distance): &(u16, f64)| {
        let to_check = around.judged.get(at).is_some_and(|j| j.judgement.verdict == Verdict::CheckDataFirst);
        let (chronic, counted, rate) = counts(&around.rows[at])?;
        let there = (chronic, counted);
        if to_check || !does_better(there, here) {
            return None;
        }
        let (_, (low, high)) = gap(here, there)?;
        let words = format!(
            "{} of {} students, against {} of {} here. {:.0} points fewer; the gap could be {:.0} to {:.0}.",
            format::percent(rate),
            format::count(counted),
            format::percent(own),
            format::count(here.1),
            100.0 * (own - rate),
            100.0 * low.max(0.0),
            100.0 * high
        );
        Some((*at, *distance, words))
    };
    around.peers.iter().filter_map(why).collect()
}

fn evidence(around: &Around, at: u16) -> SchoolEvidence {
    let row = &around.rows[&at];
    let judged = around.judged.get(&at);
    let small = |n: Option<u64>| n.and_then(|n| u32::try_from(n).ok());
    SchoolEvidence {
        name: row.name.clone(),
        counted: small(row.counted),
        chronic: small(row.chronic),
        rate: row.rate,
        interval: interval(row),
        expected: judged.map(|j| j.expected),
        verdict: judged.map(|j| j.judgement.verdict),
        reason: judged
            .zip(row.rate)
            .map_or_else(String::new, |(j, rate)| reason(&j.judgement, 100.0 * (rate - j.expected))),
    }
}

/// Hands a visit over to the plans. The numbers are public, as the file gives them.
fn plan(state: &AppState, around: &Around, from: Option<u16>, to: u16, distance: Option<f64>) {
    let stamp = state.loaded.get_untracked().map(|l| state.definition.with_untracked(|d| stamp::sentence(&l, d)));
    state.plan_visit(&Visit {
        kind: "visit",
        made_on: state.today(),
        from: from.map(|at| evidence(around, at)),
        to: evidence(around, to),
        distance,
        compared_on: around.compared_on.clone(),
        stamp: stamp.unwrap_or_default(),
    });
}

#[component]
pub fn OnePublished(school: usize) -> impl IntoView {
    let state = use_state();
    let at = school as u16;
    let story: Memo<Option<Shared<Story>>> = Memo::new(move |_| {
        let loaded = state.loaded.get()?;
        Some(Shared::new(Story::of(&loaded.outcome.dataset, at, state.is_share())))
    });
    let name = Memo::new(move |_| {
        let loaded = state.loaded.get();
        loaded.and_then(|l| l.outcome.dataset.schools.get(school).map(|s| s.name.clone())).unwrap_or_default()
    });
    let finding = Signal::derive(move || story.get().map(|story| story.finding()).unwrap_or_default());
    let above = || view! { <p><a href="#/schools">"Schools"</a></p> };
    let below = move || {
        let story = story.get()?;
        let judged = story.years.iter().rev().find(|year| year.row.rate.is_some())?.judged.as_ref()?;
        Some(view! { <VerdictMark verdict=shown(judged.judgement.verdict) /> })
    };
    let years = Signal::derive(move || story.get().map(|story| years_table(&story)).unwrap_or_default());
    let foot = move || chart_stamp(state.loaded.get().as_ref());
    let to_plan = move || {
        let link = crate::plans::document::Link::School(name.get());
        let visit = Callback::new(move |()| {
            if let Some(around) = story.get_untracked().as_ref().and_then(|story| story.around.as_ref()) {
                plan(&state, around, None, at, None);
            }
        });
        let sentence = Signal::derive(move || finding.get().text());
        view! { <crate::ui::pages::plans::PlansFor link sentence stamp=Signal::derive(foot) on_visit=visit /> }
    };
    view! {
        <PageHead title=name finding above=above below=move || view! { {below} } />
        <Section title="As published" note="Expected of a school with its conditions, from all other schools of the same year. The file holds no students, so nothing can be adjusted for each of them.">
            <DataTable table=years shape=TableShape::Stacks />
            <p class="exhibit-foot__stamp">{foot}</p>
        </Section>
        <Section title="Has it held?" note="Shown, but never a reason for a stronger verdict: what the file does not tell about a school lasts too.">
            <p class="expected-from__sentence">{move || story.get().map(|story| story.held())}</p>
        </Section>
        <LikeThis story school=at />
        <Section title="Plans about this school" note="What the team noted, planned or visited, and a way to note a reason from what this page says.">
            {to_plan}
        </Section>
    }
}

/// The schools like it, and those of them worth a visit.
#[component]
fn LikeThis(story: Memo<Option<Shared<Story>>>, school: u16) -> impl IntoView {
    let state = use_state();
    let with = move |get: fn(&Around, u16) -> TableData| {
        story.get().and_then(|story| story.around.as_ref().map(|around| get(around, school))).unwrap_or_default()
    };
    let table = Signal::derive(move || with(peers_table));
    let has_peers = Memo::new(move |_| {
        story.with(|s| s.as_ref().and_then(|s| s.around.as_ref()).is_some_and(|around| !around.peers.is_empty()))
    });
    let note = Signal::derive(move || {
        let Some(story) = story.get() else { return String::new() };
        let Some(around) = &story.around else { return String::new() };
        let things: Vec<String> = around.compared_on.iter().map(|label| lower_first(label)).collect();
        let things: Vec<&str> = things.iter().map(String::as_str).collect();
        let year = if around.year.is_empty() { String::new() } else { format!(" in {}", around.year) };
        let grades = if around.knows_grades {
            ", with at least half of the grades in common"
        } else {
            ". The file does not say which grades a school teaches: look before you compare"
        };
        format!(
            "The nearest schools{year} on {}{grades}. 0 is alike in everything known here; nothing is known of the rest.",
            format::list(&things)
        )
    });
    let visits = move || {
        let story = story.get()?;
        let around = story.around.as_ref()?;
        let found = better(around, school);
        if found.is_empty() {
            return Some(view! { <p>"None of these does better beyond what luck can do."</p> }.into_any());
        }
        let one = |(to, distance, words): (u16, f64, String)| {
            let (name, story) = (around.rows[&to].name.clone(), story.clone());
            let go = move |()| {
                if let Some(around) = &story.around {
                    plan(&state, around, Some(school), to, Some(distance));
                }
            };
            view! {
                <li class="visit">
                    <p><a class="strong" href=format!("#/schools/{to}")>{name.clone()}</a>": "{words}</p>
                    <Button size=ButtonSize::Small on_click=go>
                        "Plan a visit" <span class="visually-hidden">{format!(" to {name}")}</span>
                    </Button>
                </li>
            }
        };
        Some(view! { <ul class="visits">{found.into_iter().map(one).collect_view()}</ul> }.into_any())
    };
    view! {
        <Section title="Schools like this one" note>
            <Show
                when=move || has_peers.get()
                fallback=|| view! { <p>"Too little is known of this school or the others to say which are like it."</p> }
            >
                <DataTable table shape=TableShape::Scrolls />
                <h3 class="subhead">"Doing better: worth a visit"</h3>
                {visits}
            </Show>
        </Section>
    }
}

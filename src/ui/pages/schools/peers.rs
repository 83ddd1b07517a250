//! Schools like ours: how near, how each does, and the ones that do better and could be visited.

use super::words::{Seen, short_reason};
use crate::attendance::Grade;
use crate::charts::Rate;
use crate::compare::from_dataset::{Compared, peer_schools};
use crate::compare::peers::{Feature, Kind, Peer, PeerSchool, Scale, Value, does_better};
use crate::compare::strata::lower_first;
use crate::compare::two_groups::gap;
use crate::compare::verdict::Verdict;
use crate::state::analysis::Sight;
use crate::state::analysis::cross::Sum;
use crate::state::analysis::told::{At, Told};
use crate::state::analysis::visit::{SchoolEvidence, Visit};
use crate::state::share::use_share;
use crate::state::{AppState, Shared, use_state};
use crate::ui::components::{
    Button, ButtonSize, Cell, Choice, Column, DataTable, Row, RowKind, Section, Segmented, SelectField, TableData,
    TableShape,
};
use crate::ui::format;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The nearest that are shown.
const SHOWN: usize = 8;

type Features = (Vec<Feature>, Vec<PeerSchool>);

/// One school's numbers as a visit carries them: the audited export's and no others. Without one, its name.
pub fn evidence(compared: &Compared, at: usize, told: Option<Shared<Told>>) -> SchoolEvidence {
    let (e, j) = (&compared.comparison.expected[at], &compared.comparison.judgements[at]);
    let sight = Sight::Share(told);
    let rate = sight.rate(At::school(at), e.observed_all, e.counted);
    let seen = rate.rate.is_some();
    let judged = seen && sight.admits(At::school(at));
    let expected = sight.expected(At::school(at), e.expected_rate()).filter(|_| seen);
    let reason = match sight.earlier() {
        Some(_) if seen => "Numbers of an earlier export, which are not compared".to_owned(),
        _ => short_reason(j, e, &Seen { rate: &rate, expected, unit: "school" }, &sight),
    };
    SchoolEvidence {
        name: compared.table.units[at].clone(),
        counted: rate.counted,
        chronic: rate.chronic,
        rate: rate.rate,
        interval: rate.interval,
        expected,
        verdict: judged.then_some(j.verdict),
        reason,
    }
}

/// Hands a visit over to the plans. Others read it, so its numbers are those of the audited export, which is
/// prepared first where it is not yet.
pub fn plan_visit(state: &AppState, from: Option<usize>, to: usize, distance: Option<f64>, compared_on: Vec<String>) {
    let (state, share) = (*state, use_share());
    spawn_local(async move {
        let _ = share.prepared(state).await;
        let Some(compared) = state.analysis.compared.get_untracked() else { return };
        let told = state.analysis.told.get_untracked();
        let stamp = untrack(|| crate::state::stamp::for_others(&state));
        state.plan_visit(&Visit {
            kind: "visit",
            made_on: state.today(),
            from: from.map(|at| evidence(&compared, at, told.clone())),
            to: evidence(&compared, to, told.clone()),
            distance,
            compared_on,
            stamp,
        });
    });
}

#[component]
pub fn SchoolsLikeOurs(school: usize) -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let features: Memo<Option<Shared<Features>>> = Memo::new(move |_| {
        let (loaded, records) = (state.loaded.get()?, analysis.records.get()?);
        Some(Shared::new(peer_schools(&loaded.outcome.dataset, &records)))
    });
    let weights = RwSignal::new(Vec::<f64>::new());
    let weighted = move || {
        let all = features.get()?;
        let chosen = weights.get();
        let features: Vec<Feature> = all
            .0
            .iter()
            .enumerate()
            .map(|(at, f)| Feature { weight: chosen.get(at).copied().unwrap_or(f.weight), ..f.clone() })
            .collect();
        Some((features, all))
    };
    let peers: Memo<Vec<Peer>> = Memo::new(move |_| {
        let Some((features, all)) = weighted().filter(|(_, all)| school < all.1.len()) else { return Vec::new() };
        let mut peers = Scale::new(features, &all.1).peers(&all.1, school);
        peers.truncate(SHOWN);
        peers
    });
    let breakdown = RwSignal::new("features".to_owned());
    let table = Memo::new(move |_| {
        let (Some(compared), Some(all)) = (analysis.compared.get(), features.get()) else {
            return TableData::default();
        };
        let sight = analysis.sight.get();
        if school >= all.1.len() {
            return TableData::default();
        }
        let extra = match breakdown.get().as_str() {
            "groups" => groups(&state, &sight),
            "grades" => grades(&state, &sight),
            _ => likeness(&state, &all, &sight),
        };
        peers.with(|peers| table(&compared, school, peers, &extra, &sight))
    });
    let better = Memo::new(move |_| {
        let Some(compared) = analysis.compared.get() else { return Vec::new() };
        let sight = analysis.sight.get();
        peers.with(|peers| {
            peers
                .iter()
                .filter_map(|peer| Some((peer.school, peer.distance, better(&compared, school, peer.school, &sight)?)))
                .collect::<Vec<_>>()
        })
    });
    let compared_on = move || {
        weighted()
            .map(|(features, _)| features.into_iter().filter(|f| f.weight > 0.0).map(|f| f.label).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let note = Signal::derive(move || {
        let things = compared_on();
        let things: Vec<String> = things.iter().map(|label| lower_first(label)).collect();
        let labels: Vec<&str> = things.iter().map(String::as_str).collect();
        format!(
            "The nearest schools on {}, with at least half of the grades in common. 0 is alike in everything known here; nothing is known of the rest.",
            if labels.is_empty() { "nothing: choose what should count".to_owned() } else { format::list(&labels) }
        )
    });
    let weight_fields = move || {
        features.get().map(|all| {
            all.0
                .iter()
                .enumerate()
                .map(|(at, feature)| {
                    let usual = feature.weight;
                    let all_weights = all.0.iter().map(|f| f.weight).collect::<Vec<_>>();
                    let value = Signal::derive(move || {
                        let times = weights.with(|w| w.get(at).copied()).unwrap_or(usual) / usual;
                        if times == 0.0 {
                            "0"
                        } else if times < 0.75 {
                            "0.5"
                        } else if times > 1.5 {
                            "2"
                        } else {
                            "1"
                        }
                        .to_owned()
                    });
                    let on_change = Callback::new(move |times: String| {
                        let Ok(times) = times.parse::<f64>() else { return };
                        let mut now = weights.get_untracked();
                        if now.is_empty() {
                            now = all_weights.clone();
                        }
                        now[at] = usual * times;
                        weights.set(now);
                    });
                    let choices = Signal::stored(vec![
                        Choice::new("0", "does not count"),
                        Choice::new("0.5", "counts half"),
                        Choice::new("1", "counts as usual"),
                        Choice::new("2", "counts double"),
                    ]);
                    view! { <SelectField label=feature.label.clone() choices value on_change /> }
                })
                .collect_view()
        })
    };
    let visits = move || {
        better
            .get()
            .into_iter()
            .map(|(at, distance, words)| {
                let plan = move |()| plan_visit(&state, Some(school), at, Some(distance), untrack(compared_on));
                let name = analysis.compared.get().map(|c| c.table.units[at].clone()).unwrap_or_default();
                view! {
                    <li class="visit">
                        <p><a class="strong" href=format!("#/schools/{at}")>{name.clone()}</a>": "{words}</p>
                        <Button size=ButtonSize::Small on_click=plan>
                            "Plan a visit" <span class="visually-hidden">{format!(" to {name}")}</span>
                        </Button>
                    </li>
                }
            })
            .collect_view()
    };
    let has_better = Memo::new(move |_| better.with(|b| !b.is_empty()));
    let has_peers = Memo::new(move |_| peers.with(|p| !p.is_empty()));
    let choices = vec![
        Choice::new("features", "What makes them alike"),
        Choice::new("groups", "Rates by group"),
        Choice::new("grades", "Rates by grade"),
    ];
    view! {
        <Section title="Schools like ours" note margin=move || view! { <details><summary class="link">"Change what counts"</summary><div class="weights">{weight_fields}</div></details> }>
            <Show
                when=move || has_peers.get()
                fallback=|| view! { <p>"No other school in this file teaches mostly the same grades, so there is none to set beside this one."</p> }
            >
                <Segmented
                    question="Show beside the rates"
                    choices=choices.clone()
                    value=Signal::derive(move || Some(breakdown.get()))
                    on_change=move |value| breakdown.set(value)
                />
                <DataTable table shape=TableShape::Scrolls />
                <h3 class="subhead">"Doing better: worth a visit"</h3>
                <Show
                    when=move || has_better.get()
                    fallback=|| view! { <p>"None of these does better beyond what luck can do."</p> }
                >
                    <ul class="visits">{visits}</ul>
                </Show>
            </Show>
        </Section>
    }
}

/// Why a peer is worth a visit; `None` where it does not do better beyond chance, or may not be shown.
fn better(compared: &Compared, ours: usize, theirs: usize, sight: &Sight) -> Option<String> {
    let rate = |at: usize| {
        let e = &compared.comparison.expected[at];
        sight.rate(At::school(at), e.observed_all, e.counted)
    };
    let count = |rate: Rate| Some((u64::from(rate.chronic?), u64::from(rate.counted?)));
    let (own, other) = (rate(ours), rate(theirs));
    let (here, there) = (count(own)?, count(other)?);
    // Checks before praise: a rate whose recording needs a look is nothing to learn from yet.
    let to_check = compared.comparison.judgements[theirs].verdict == Verdict::CheckDataFirst;
    if to_check || !does_better(there, here) {
        return None;
    }
    let (own, other) = (own.rate?, other.rate?);
    let (_, (low, high)) = gap(here, there)?;
    Some(format!(
        "{} of {} students, against {} of {} here. {:.0} points fewer; the gap could be {:.0} to {:.0}.",
        format::percent(other),
        format::count(there.1),
        format::percent(own),
        format::count(here.1),
        100.0 * (own - other),
        100.0 * low.max(0.0),
        100.0 * high
    ))
}

/// Columns beside the rates: their heads, and one list of cells per school.
type Extra = (Vec<Column>, Vec<Vec<Cell>>);

fn likeness(state: &AppState, all: &Features, sight: &Sight) -> Extra {
    let columns = all.0.iter().map(|f| Column::numbers(f.label.clone())).collect();
    let attributes = state.loaded.get().map(|l| l.outcome.dataset.attributes.clone()).unwrap_or_default();
    // Others see a share only where the export tells how many students it is of, and how many have it.
    let told = |at: usize, label: &str| -> Option<f64> {
        let (attribute, of) = attributes.iter().enumerate().find(|(_, a)| a.label == label)?;
        let yes = of.values.iter().position(|value| value == "Yes")? as u8 + 1;
        let size = |place: At| sight.rate(place, 0, 0).counted;
        let (with, all) = (size(At::school(at).with(attribute, yes))?, size(At::school(at))?);
        (all > 0).then(|| f64::from(with) / f64::from(all))
    };
    let cells = all
        .1
        .iter()
        .enumerate()
        .map(|(at, school)| {
            school
                .values
                .iter()
                .zip(&all.0)
                .map(|(value, feature)| match (value, feature.kind) {
                    (Value::Number(_), Kind::Percent) if sight.is_share() => told(at, &feature.label)
                        .map_or_else(|| Cell::why("hidden"), |share| Cell::text(format::percent_whole(share))),
                    (Value::Number(_), _) if sight.is_share() => sight
                        .rate(At::school(at), 0, 0)
                        .counted
                        .map_or_else(|| Cell::why("hidden"), |n| Cell::text(format::count(u64::from(n)))),
                    (Value::Number(x), Kind::Percent) => Cell::text(format::percent_whole(x / 100.0)),
                    (Value::Number(x), _) => Cell::text(format::count(*x as u64)),
                    (Value::Name(name), _) => Cell::text(name.clone()),
                    (Value::Unknown, _) => Cell::why("not known"),
                })
                .collect()
        })
        .collect();
    (columns, cells)
}

fn rate_cell(rate: &Rate) -> Cell {
    match (rate.rate, rate.counted) {
        (_, Some(0)) => Cell::why("nobody"),
        (Some(share), _) => Cell::text(format::percent_whole(share)).with_sub(rate.of_text()),
        (None, _) => Cell::why("hidden"),
    }
}

fn groups(state: &AppState, sight: &Sight) -> Extra {
    let Some(gaps) = state.analysis.gaps.get() else { return (Vec::new(), Vec::new()) };
    let labels = gaps.first().map(|g| g.iter().map(|gap| gap.label.clone()).collect::<Vec<_>>()).unwrap_or_default();
    let cells = gaps
        .iter()
        .enumerate()
        .map(|(at, gaps)| {
            gaps.iter()
                .map(|g| {
                    let place = At::school(at).with(g.attribute, g.code);
                    rate_cell(&sight.rate(place, g.groups.with_chronic, g.groups.with_counted))
                })
                .collect()
        })
        .collect();
    (labels.into_iter().map(Column::numbers).collect(), cells)
}

fn grades(state: &AppState, sight: &Sight) -> Extra {
    let Some(by_grade) = state.analysis.by_school.grades.get() else { return (Vec::new(), Vec::new()) };
    let grades = state.analysis.grades.get();
    let cells = by_grade
        .cells
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let cell = |(sum, grade): (&Sum, &Grade)| {
                rate_cell(&sight.rate(At::school(at).grade(*grade), sum.part, sum.whole))
            };
            row.iter().zip(&grades).map(cell).collect()
        })
        .collect();
    (by_grade.columns.iter().map(|g| Column::numbers(format!("Grade {g}"))).collect(), cells)
}

fn table(compared: &Compared, school: usize, peers: &[Peer], extra: &Extra, sight: &Sight) -> TableData {
    let row = |at: usize, distance: Cell, kind: RowKind| {
        let e = &compared.comparison.expected[at];
        let rate = sight.rate(At::school(at), e.observed_all, e.counted);
        let mut cells = vec![
            Cell::link(compared.table.units[at].clone(), format!("#/schools/{at}")),
            distance,
            rate_cell(&rate),
            sight
                .expected(At::school(at), e.expected_rate())
                .map_or_else(|| Cell::why("none"), |p| Cell::text(format::percent_whole(p))),
        ];
        cells.extend(extra.1.get(at).cloned().unwrap_or_default());
        Row::new(cells).kind(kind)
    };
    // A fine distance would tell of shares that are hidden.
    let distance = |d: f64| if sight.is_share() { format!("{d:.1}") } else { format!("{d:.2}") };
    let mut rows = vec![row(school, Cell::why("this school"), RowKind::Chosen)];
    rows.extend(peers.iter().map(|peer| row(peer.school, Cell::text(distance(peer.distance)), RowKind::Plain)));
    let mut columns = vec![
        Column::words("School"),
        Column::numbers("Distance"),
        Column::numbers("Chronically absent"),
        Column::numbers("Expected"),
    ];
    columns.extend(extra.0.clone());
    // Columns in which nobody here is say nothing.
    let empty: Vec<bool> = (0..columns.len())
        .map(|c| c > 3 && rows.iter().all(|r| r.cells.get(c).is_none_or(|cell| *cell == Cell::why("nobody"))))
        .collect();
    let keep = |at: usize| !empty[at];
    for row in &mut rows {
        let mut at = 0;
        row.cells.retain(|_| {
            at += 1;
            keep(at - 1)
        });
    }
    let mut at = 0;
    columns.retain(|_| {
        at += 1;
        keep(at - 1)
    });
    TableData { caption: "The nearest schools with their distances and rates".into(), columns, rows }
}

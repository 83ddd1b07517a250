//! The board: every plan as a card; or as a list of dates by month, or as one list.

use super::form::deed;
use crate::plans::board::board;
use crate::plans::calendar::{Entry, Names, entries, ics};
use crate::plans::model::Reason;
use crate::plans::model::*;
use crate::plans::{Body, Change, Id, Moment};
use crate::state::plans::{Plans, use_plans};
use crate::state::use_state;
use crate::ui::components::*;
use leptos::prelude::*;

/// Cards shown in the last column before "more".
const SHOWN_DONE: usize = 4;

#[component]
pub fn Board() -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let look = Memo::new(move |_| state.route.with(|r| r.get("show").unwrap_or("board").to_owned()));
    let value = Signal::derive(move || Some(look.get()));
    let choose = move |to: String| {
        let to = if to == "board" { String::new() } else { to };
        state.go(&state.route.get_untracked().with("show", &to).hash());
    };
    let key = move || {
        let choices =
            vec![Choice::new("board", "Board"), Choice::new("calendar", "Calendar"), Choice::new("list", "List")];
        view! { <Segmented question="Show as" choices value on_change=choose /> }
    };
    let tools = move || {
        view! {
            <LinkButton on_click=move |()| save_calendar(plans)>"Download dates (.ics)"</LinkButton>
            <NewPlan />
        }
    };
    let body = move || match look.get().as_str() {
        "calendar" => view! { <Dates /> }.into_any(),
        "list" => view! { <PlanList /> }.into_any(),
        _ => view! { <Columns /> }.into_any(),
    };
    view! { <Section title="Board" shape=SectionShape::Full key tools>{body}</Section> }
}

fn save_calendar(plans: Plans) {
    let team = untrack(|| plans.is_team());
    let all = plans
        .workspace
        .with_untracked(|w| plans.personal.with_untracked(|p| entries(w, team.then_some(p), Names::Hidden)));
    let made = Moment(crate::browser::clock::now_ms() as i64);
    plans.app.save("bright-spots-dates.ics", "text/calendar", &ics(&all, made));
}

/// What can be begun, by its key.
pub const BEGINNINGS: [(&str, &str); 13] = [
    ("test", "Test of change"),
    ("reason", "Reason"),
    ("strategy", "Strategy of our own"),
    ("partner", "Partner"),
    ("visit", "Visit"),
    ("outreach", "Round of conversations"),
    ("assessment", "Self-assessment"),
    ("priority", "Priority"),
    ("organising", "Meeting of partners"),
    ("support", "Peer support"),
    ("network", "Network"),
    ("measure", "Measuring"),
    ("note", "Note on a trend"),
];

/// Begins a plan of a kind and goes to it.
pub fn begin(plans: Plans, what: &str) {
    let today = plans.today();
    let body = match what {
        "test" => Body::Test(Box::new(Test {
            cycle: 1,
            questions: vec![Question { id: plans.new_id(), ..Question::default() }],
            data: vec![Datum {
                id: plans.new_id(),
                what: "Absences before, during, two weeks and a month after".to_owned(),
                taking: Taking::FromTheData,
                ..Datum::default()
            }],
            ..Test::default()
        })),
        "reason" => Body::Reason(Reason::default()),
        "strategy" => Body::Strategy(Strategy::default()),
        "partner" => Body::Partner(Partner { last_updated: Some(today), ..Partner::default() }),
        "visit" => {
            let mut ids = || plans.new_id();
            let (id, change) = crate::plans::edits::peers::plan_visit(Finding::default(), &mut ids);
            // A visit begun by hand has no finding yet; only the visit itself is kept.
            let edits = change.edits.into_iter().filter_map(|edit| match edit {
                crate::plans::Edit::Put { id, body: Body::Visit(v), .. } => Some(crate::plans::Edit::Put {
                    id,
                    links: Vec::new(),
                    body: Body::Visit(Visit { why: Vec::new(), ..v }),
                }),
                _ => None,
            });
            plans.deed(Change { label: change.label.clone(), edits: edits.collect() });
            plans.app.go(&super::href(&id));
            return;
        }
        "outreach" => Body::Outreach(Outreach::default()),
        "assessment" => Body::Assessment(Assessment { on: Some(today), ..Assessment::default() }),
        "priority" => Body::Priority(Priority::default()),
        "organising" => Body::Organising(Organising::default()),
        "support" => {
            let (id, change) =
                crate::plans::edits::peers::start_support(SupportKind::PeerPartners, &mut || plans.new_id());
            plans.deed(change);
            plans.app.go(&super::href(&id));
            return;
        }
        "network" => Body::Network(Network::default()),
        "measure" => Body::Measure(Measure::default()),
        _ => Body::Annotation(Annotation::default()),
    };
    let _ = plans.start(body);
}

#[component]
fn NewPlan() -> impl IntoView {
    let plans = use_plans();
    let choices: Vec<Choice> = BEGINNINGS.iter().map(|(key, name)| Choice::new(*key, *name)).collect();
    view! { <span class="plans-new"><Menu label="New plan" choices on_choose=move |what: String| begin(plans, &what) /></span> }
}

#[component]
fn Columns() -> impl IntoView {
    let plans = use_plans();
    let all_done = RwSignal::new(false);
    move || {
        let team = plans.is_team();
        let columns = plans.workspace.with(|w| plans.personal.with(|p| board(w, team.then_some(p), plans.today())));
        if columns.iter().all(Vec::is_empty) {
            return view! {
                <EmptyState title="No plans yet" text="Begin with what you found: a reason, a visit to a school that does better, or one small test.">
                    <span class="row">
                        <Button kind=ButtonKind::Go on_click=move |()| begin(plans, "test")>"Plan a test"</Button>
                        <Button on_click=move |()| begin(plans, "reason")>"Note a reason"</Button>
                    </span>
                </EmptyState>
            }
            .into_any();
        }
        let shown = columns.into_iter().zip(Stage::ALL).map(|(cards, stage)| {
            let count = cards.len();
            let most = if stage == Stage::Done && !all_done.get() { SHOWN_DONE } else { usize::MAX };
            let more = count.saturating_sub(most);
            let cards = cards.into_iter().take(most).map(|card| {
                let lateness = if card.late { Lateness::Late } else { Lateness::OnTime };
                let face = CardFace {
                    kind: card.kind,
                    title: card.title.clone(),
                    href: super::href(&card.id),
                    from: card.from.unwrap_or_default(),
                    who: card.who,
                    due: card.when,
                    lateness,
                };
                let mover = mover(plans, &card.id, &card.title, stage);
                view! { <Card face>{mover}</Card> }
            });
            let cards = cards.collect_view();
            let more = (more > 0).then(|| deed(&format!("{more} more"), move || all_done.set(true)));
            view! { <BoardColumn name=stage.label() count>{cards}{more}</BoardColumn> }
        });
        view! { <div class="board">{shown.collect_view()}</div> }.into_any()
    }
}

/// A small select that moves a card; a test moves by its own steps only.
fn mover(plans: Plans, id: &Id, title: &str, stage: Stage) -> Option<AnyView> {
    let body = plans.workspace.with_untracked(|w| w.get(id).cloned())?;
    let _ = stage_of(&mut body.clone())?;
    let choices: Vec<Choice> = Stage::ALL.iter().map(|s| Choice::new(s.label(), s.label())).collect();
    let id = id.clone();
    let to = move |name: String| {
        if let Some(stage) = Stage::ALL.into_iter().find(|s| s.label() == name) {
            plans.edit(&id, "Moved a card", |body| {
                if let Some(place) = stage_of(body) {
                    *place = stage;
                }
            });
            plans.offer_undo(&format!("Moved to {}", stage.label().to_lowercase()));
        }
    };
    let label = format!("Move {title} to");
    Some(view! { <p class="card__move no-print"><Select label choices value=stage.label().to_owned() on_change=to size=SelectSize::Small /></p> }.into_any())
}

/// Where a kind of plan keeps how far it is.
pub fn stage_of(body: &mut Body) -> Option<&mut Stage> {
    match body {
        Body::Priority(x) => Some(&mut x.stage),
        Body::Strategy(x) => Some(&mut x.stage),
        Body::Visit(x) => Some(&mut x.stage),
        Body::Organising(x) => Some(&mut x.stage),
        Body::PeerSupport(x) => Some(&mut x.stage),
        Body::Outreach(x) => Some(&mut x.stage),
        _ => None,
    }
}

fn dates(plans: Plans) -> Vec<Entry> {
    let team = plans.is_team();
    plans.workspace.with(|w| {
        plans.personal.with(|p| entries(w, team.then_some(p), if team { Names::Shown } else { Names::Hidden }))
    })
}

#[component]
fn Dates() -> impl IntoView {
    let plans = use_plans();
    move || {
        let today = plans.today();
        let all: Vec<Entry> = dates(plans).into_iter().filter(|e| !e.done || e.day >= today).collect();
        if all.is_empty() {
            return view! { <p>"No plan has a date yet."</p> }.into_any();
        }
        let mut months: Vec<((i32, u8), Vec<Entry>)> = Vec::new();
        for entry in all {
            let (year, month, _) = entry.day.ymd();
            match months.last_mut() {
                Some((key, list)) if *key == (year, month) => list.push(entry),
                _ => months.push(((year, month), vec![entry])),
            }
        }
        let view = months.into_iter().map(|((year, _), list)| {
            let name = super::long_day(list[0].day);
            let name = format!("{} {year}", name.split_once(' ').map_or("", |(_, m)| m));
            let rows = list.into_iter().map(|entry| {
                let late = !entry.done && entry.day < today;
                let class = if late { "agenda__minutes card__due--late" } else { "agenda__minutes" };
                let weekday = &crate::attendance::day::WEEKDAYS[usize::from(entry.day.weekday())][..3];
                let to = if plans.workspace.with_untracked(|w| w.get(&entry.item).is_some()) {
                    super::href(&entry.item)
                } else {
                    format!("#/plans/talk/{}", entry.item)
                };
                let state = if entry.done {
                    "done"
                } else if late {
                    "late"
                } else {
                    ""
                };
                view! {
                    <li class="agenda__item">
                        <span class=class>{format!("{weekday} {}", entry.day.ymd().2)}</span>
                        <a href=to>{entry.title}</a>
                        <span class="agenda__who">{state}</span>
                    </li>
                }
            });
            view! { <h3 class="plans-month">{name}</h3><ol class="agenda">{rows.collect_view()}</ol> }
        });
        view.collect_view().into_any()
    }
}

#[component]
fn PlanList() -> impl IntoView {
    let plans = use_plans();
    let table = Signal::derive(move || {
        let team = plans.is_team();
        let columns = plans.workspace.with(|w| plans.personal.with(|p| board(w, team.then_some(p), plans.today())));
        let rows = columns.into_iter().zip(Stage::ALL).flat_map(|(cards, stage)| {
            cards.into_iter().map(move |card| {
                Row::new(vec![
                    Cell::link(card.title, super::href(&card.id)).with_sub(card.from.unwrap_or_default()),
                    Cell::text(card.kind),
                    Cell::text(stage.label()),
                    Cell::text(card.who),
                    if card.late { Cell::strong(card.when) } else { Cell::text(card.when) },
                ])
            })
        });
        TableData {
            caption: "All plans".to_owned(),
            columns: ["Plan", "Kind", "State", "Who", "When"].into_iter().map(Column::words).collect(),
            rows: rows.collect(),
        }
    });
    view! { <DataTable table shape=TableShape::Stacks /> }
}

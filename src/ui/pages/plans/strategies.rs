//! The playbook's interventions by tier, those that the team chose, their reach, capacity and place
//! between impact and effort.

use super::form::{group, item, stack};
use super::more::{groups, stages};
use crate::charts::impact_grid::{ImpactGrid, ImpactItem, Placed, impact_grid};
use crate::plans::content::reasons::name;
use crate::plans::content::strategies::{evidence_name, tier_name};
use crate::plans::edits::strategies::{TierCounts, capacity, catalogue, choose, in_order, quarter, reach};
use crate::plans::edits::test_of_change::from_strategy;
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::{Plans, use_plans};
use crate::state::use_state;
use crate::ui::components::*;
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

const TIERS: [StrategyTier; 3] = [StrategyTier::One, StrategyTier::Two, StrategyTier::Three];

/// Students by tier in the loaded data.
fn counts(plans: Plans) -> Option<TierCounts> {
    if !plans.is_team() {
        return plans.app.analysis.told.with(|told| told.as_ref()?.tiers(None));
    }
    plans.app.summary.with(|s| s.as_ref().map(|s| s.all.tiers))
}

/// A number of students as it may be shown now.
fn students(n: u32, team: bool) -> String {
    if n < 11 && !team { "under 11 students".to_owned() } else { format::plural(u64::from(n), "student", "students") }
}

#[component]
pub fn StrategiesPage() -> impl IntoView {
    let plans = use_plans();
    let chosen = move || plans.workspace.with(|w| in_order(w).len());
    let finding = Signal::derive(move || {
        let reach = counts(plans).map(|c| {
            format!(
                " Early support must reach {}, intensive support {}.",
                students(reach(StrategyTier::Two, &c), plans.is_team()),
                students(reach(StrategyTier::Three, &c), plans.is_team())
            )
        });
        let chosen = match chosen() {
            0 => "No strategy is".to_owned(),
            1 => "1 strategy is".to_owned(),
            n => format!("{n} strategies are"),
        };
        Prose::new().strong(chosen).plain(format!(
            " chosen.{}",
            reach.unwrap_or_else(|| match plans.app.loaded.with(Option::is_some) {
                // What others may see is being prepared, or tells no tiers apart.
                true => String::new(),
                false => " With data loaded, this page says how many students each tier must reach.".to_owned(),
            })
        ))
    });
    view! {
        <PageHead title="Strategies" finding />
        <Chosen />
        <Grid />
        <Catalogue />
    }
}

#[component]
fn Chosen() -> impl IntoView {
    let plans = use_plans();
    let table = Signal::derive(move || {
        let counts = counts(plans);
        let team = plans.is_team();
        let rows = plans.workspace.with(|w| {
            in_order(w)
                .into_iter()
                .map(|(id, s)| {
                    let must = s.reach_by_hand.or_else(|| counts.as_ref().map(|c| reach(s.tier, c)));
                    let room = match capacity(s, counts.as_ref()) {
                        Some(c) if c.short_by() > 0 => format!("{} places, {} short", c.places, c.short_by()),
                        Some(c) => format!("{} places, enough", c.places),
                        None => "not counted".to_owned(),
                    };
                    Row::new(vec![
                        Cell::link(Body::Strategy(s.clone()).title(), super::href(id)).with_sub(tier_name(s.tier)),
                        Cell::text(must.map_or_else(|| "unknown".to_owned(), |n| students(n, team))),
                        Cell::text(room),
                        Cell::text(quarter(s).map_or("not placed", |q| q.label())),
                        Cell::text(s.stage.label()),
                    ])
                })
                .collect()
        });
        TableData {
            caption: "Strategies that the team chose".to_owned(),
            columns: ["Strategy", "Must reach", "Capacity", "Impact and effort", "State"].map(Column::words).to_vec(),
            rows,
        }
    });
    let any = Memo::new(move |_| table.with(|t| !t.rows.is_empty()));
    let own = move |()| {
        let _ = plans.start(Body::Strategy(Strategy::default()));
    };
    view! {
        <Section title="Ours" note="Most impact for least effort first. How many students a strategy must reach comes from the loaded data: everyone, those who missed 10 to under 20 %, those who missed 20 % or more.">
            <Show when=move || any.get() fallback=|| view! { <p>"None yet. Choose from the list below, or from a reason."</p> }>
                <DataTable table shape=TableShape::Stacks />
            </Show>
            <p class="no-print plans-tools"><Button size=ButtonSize::Small on_click=own>"Add one of our own"</Button></p>
        </Section>
    }
}

#[component]
fn Grid() -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let items = move || {
        plans.workspace.with(|w| {
            in_order(w)
                .into_iter()
                .map(|(_, s)| ImpactItem {
                    name: Body::Strategy(s.clone()).title(),
                    placed: s.impact.zip(s.effort).map(|(impact, effort)| Placed { impact, effort }),
                })
                .collect::<Vec<_>>()
        })
    };
    let any = Memo::new(move |_| items().iter().any(|i| i.placed.is_some()));
    let chart = Signal::derive(move || {
        let stamp = chart_stamp(state.loaded.get().as_ref());
        let stamp = if stamp.is_empty() { "As the team placed them.".to_owned() } else { stamp };
        impact_grid(&ImpactGrid {
            title: "Strategies by impact and effort".into(),
            stamp,
            items: items(),
            width: state.chart_width.get(),
        })
    });
    view! {
        <Show when=move || any.get()>
            <Section title="Impact and effort" note="As the team placed them; nobody else’s ratings.">
                <Figure chart name="impact-and-effort" head=ChartHead::InTheMargin />
            </Section>
        </Show>
    }
}

#[component]
fn Catalogue() -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let family = move || {
        state.route.with(|r| FamilySet::Four.families().iter().copied().find(|f| r.get("family") == Some(key(*f))))
    };
    let choices = std::iter::once(Choice::new("", "Every reason"))
        .chain(FamilySet::Four.families().iter().map(|f| Choice::new(key(*f), name(FamilySet::Four, *f))))
        .collect::<Vec<_>>();
    let value = Signal::derive(move || family().map(key).unwrap_or_default().to_owned());
    let filter = move |to: String| state.go(&state.route.get_untracked().with("family", &to).hash());
    let tiers = move || {
        let family = family();
        let have: Vec<String> =
            plans.workspace.with(|w| in_order(w).iter().map(|(_, s)| s.catalogue.clone()).collect());
        TIERS
            .iter()
            .map(|tier| {
                let rows = catalogue(Some(*tier), family);
                let must = counts(plans).map(|c| format!(", must reach {}", students(reach(*tier, &c), plans.is_team())));
                let count = rows.len();
                let rows = rows.into_iter().map(|entry| {
                    let take = move || {
                        let (id, change) = plans.workspace.with_untracked(|w| choose(w, entry, None, &mut || plans.new_id()));
                        plans.deed(change);
                        plans.app.go(&super::href(&id));
                    };
                    let act = if have.iter().any(|k| k == entry.key) {
                        view! { <span class="quiet small">"chosen"</span> }.into_any()
                    } else {
                        view! { <button type="button" class="link" aria-label=format!("Choose {}", entry.name) on:click=move |_| take()>"Choose"</button> }.into_any()
                    };
                    let families = entry.families.iter().map(|f| name(FamilySet::Four, *f)).collect::<Vec<_>>().join(", ");
                    view! {
                        <li class="tie">
                            <span class="quiet small">{families}</span>
                            <span><strong>{entry.name}</strong>": "{entry.what}</span>
                            <span class="no-print">{act}</span>
                        </li>
                    }
                });
                let head = format!("{} ({count}{})", tier_name(*tier), must.unwrap_or_default());
                view! { <h3 class="plans-month">{head}</h3><ul class="ties">{rows.collect_view()}</ul> }
            })
            .collect_view()
    };
    view! {
        <Section title="The playbook" note="26 interventions by tier, in our own words. Look up how good the evidence is and write it down with the strategy: there are no ratings of ours."
            margin=move || view! { <SelectField label="Only those that answer" choices=choices.clone() value on_change=filter /> }>
            {tiers}
        </Section>
    }
}

const fn key(family: Family) -> &'static str {
    match family {
        Family::Misconceptions => "misconceptions",
        Family::Barriers => "barriers",
        Family::Aversion => "aversion",
        Family::Disengagement => "disengagement",
    }
}

/// The form of one strategy.
#[must_use]
pub fn form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Strategy>(plans, id);
    let scale = |low: &str, high: &str| -> Vec<(Option<u8>, String)> {
        let mut all = vec![(None, "Not placed".to_owned())];
        for n in 1..=5_u8 {
            let words = match n {
                1 => format!("1, {low}"),
                5 => format!("5, {high}"),
                n => n.to_string(),
            };
            all.push((Some(n), words));
        }
        all
    };
    let levels = [Evidence::NotLookedUp, Evidence::Strong, Evidence::Moderate, Evidence::Promising, Evidence::Emerging];
    let families = FamilySet::Four.families().iter().map(|f| (*f, name(FamilySet::Four, *f).to_owned())).collect();
    let read = at.clone();
    let room = move || {
        let Some(s) = read.now() else { return String::new() };
        match capacity(&s, counts(plans).as_ref()) {
            Some(c) => {
                let minutes = c.minutes_each_adult.map(|m| format!(" That is {m} minutes a week for each adult.")).unwrap_or_default();
                let short = if c.short_by() > 0 { format!(", {} short", c.short_by()) } else { ", enough".to_owned() };
                format!("To reach: {}. Places: {}{short}.{minutes}", students(c.reach, plans.is_team()), c.places)
            }
            None => "Say how many adults there are and how many students each can serve, and the page counts whether they suffice.".to_owned(),
        }
    };
    let strategy = id.clone();
    let make = move |()| {
        let made = plans.workspace.with_untracked(|w| from_strategy(w, &strategy, &mut || plans.new_id()));
        if let Some((id, change)) = made {
            plans.deed(change);
            plans.app.go(&super::href(&id));
        }
    };
    stack(vec![
        at.text("Name", "", |s| &mut s.name),
        at.area("What is done", "", |s| &mut s.what),
        group(vec![
            at.pick("Tier of support", "", TIERS.iter().map(|t| (*t, tier_name(*t).to_owned())).collect(), |s| {
                &mut s.tier
            }),
            at.who("Who has it", "", |s| &mut s.owner),
            at.day("By", "", |s| &mut s.due),
            at.pick("State", "", stages(), |s| &mut s.stage),
        ]),
        at.several("Answers reasons of", families, |s| &mut s.families),
        groups(&at.zoom(|s| &mut s.group), plans),
        view! { <h3 class="rows__title">"Capacity"</h3> }.into_any(),
        group(vec![
            at.number("Students to reach", "Empty: from the loaded data", |s| &mut s.reach_by_hand),
            at.number("Adults who can do it", "", |s| &mut s.adults),
            at.number("Students for each adult", "", |s| &mut s.students_each),
            at.number("Minutes a week for each student", "", |s| &mut s.minutes_each),
        ]),
        view! { <p class="small">{room}</p> }.into_any(),
        view! { <h3 class="rows__title">"Impact, effort, evidence"</h3> }.into_any(),
        group(vec![
            at.pick("Impact", "", scale("small", "large"), |s| &mut s.impact),
            at.pick("Effort", "", scale("little", "much"), |s| &mut s.effort),
            at.pick(
                "Evidence",
                "What you found when you looked it up",
                levels.map(|l| (l, evidence_name(l).to_owned())).to_vec(),
                |s| &mut s.evidence,
            ),
            at.text("Where you found it", "A link or a title", |s| &mut s.evidence_link),
        ]),
        at.area("What the evidence is about", "Which students, which schools, how it was compared", |s| {
            &mut s.evidence_note
        }),
        at.steps("Steps", "Add a step", |s| &mut s.steps),
        at.area("How well it worked", "", |s| &mut s.assessed),
        view! { <p class="no-print"><Button kind=ButtonKind::Go on_click=make>"Test it small"</Button></p> }.into_any(),
    ])
}

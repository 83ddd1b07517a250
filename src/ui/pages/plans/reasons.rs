//! Reasons for absence by family, who addresses each, and where nobody does.

use super::form::{Cursor, deed, group, item, stack};
use crate::plans::content::reasons::{EXAMPLES, name, question};
use crate::plans::content::strategies::tier_name;
use crate::plans::edits::reasons::{by_family, example, suggest};
use crate::plans::edits::strategies::choose;
use crate::plans::model::Reason;
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::{Plans, use_plans};
use crate::state::use_state;
use crate::ui::components::*;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// The set of families in use, from the address.
fn set(state: &crate::state::AppState) -> FamilySet {
    if state.route.with(|r| r.get("set") == Some("three")) { FamilySet::Three } else { FamilySet::Four }
}

#[component]
pub fn ReasonsPage() -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let counts = move || {
        plans.workspace.with(|w| {
            let all = by_family(w, FamilySet::Four);
            let gaps = all.iter().flat_map(|(_, v)| v).filter(|v| v.is_gap()).count();
            (all.iter().map(|(_, v)| v.len()).sum::<usize>(), gaps)
        })
    };
    let finding = Signal::derive(move || match counts() {
        (0, _) => Prose::from(
            "What keeps students away here? Write down what families, students and staff say; begin with an example or in your own words.",
        ),
        (n, 0) => Prose::new().strong(format!("{n} reasons")).plain(" are noted, and somebody addresses each of them."),
        (n, gaps) => Prose::new()
            .plain(format!("{n} {} noted. ", if n == 1 { "reason is" } else { "reasons are" }))
            .strong(format!("Nobody addresses {gaps} of them"))
            .plain(" yet."),
    });
    let value = Signal::derive(move || Some(if set(&state) == FamilySet::Three { "three" } else { "four" }.to_owned()));
    let choose_set = move |to: String| {
        state.go(&state.route.get_untracked().with("set", if to == "three" { "three" } else { "" }).hash())
    };
    let sections = move || {
        let set = set(&state);
        set.families().iter().map(|family| view! { <Family set family=*family /> }).collect_view()
    };
    view! {
        <PageHead title="Reasons" finding />
        <div class="row no-print plans-tools plans-tools--above">
            <Segmented question="Families of reasons" legend=Legend::Shown
                choices=vec![Choice::new("four", "Four families"), Choice::new("three", "Three (myths, barriers, aversion)")]
                value on_change=choose_set />
            <a class="small" href="#/plans/print/reasons">"Print"</a>
        </div>
        {sections}
    }
}

#[component]
fn Family(set: FamilySet, family: Family) -> impl IntoView {
    let plans = use_plans();
    let rows = move || {
        plans.workspace.with(|w| {
            let mine = by_family(w, set).into_iter().find(|(f, _)| *f == family).map(|(_, v)| v).unwrap_or_default();
            mine.into_iter()
                .map(|view| {
                    let by: Vec<String> =
                        view.reason.addressed_by.iter().map(addresser).filter(|t| !t.is_empty()).collect();
                    let tied: Vec<String> = view.tied.iter().filter_map(|id| w.get(id)).map(Body::title).collect();
                    let who = by.into_iter().chain(tied).collect::<Vec<_>>().join("; ");
                    let state = if view.addressed {
                        who
                    } else if view.could_be {
                        format!("Nobody yet. Could: {who}")
                    } else {
                        "Nobody yet".to_owned()
                    };
                    let how = view.reason.how_known.trim().trim_end_matches('.');
                    let how = match view.reason.named_by {
                        Some(n) if how.is_empty() => format!("Named by {n}"),
                        Some(n) => format!("{how}. Named by {n}"),
                        None => view.reason.how_known.clone(),
                    };
                    (view.id.clone(), Body::Reason(view.reason.clone()).title(), how, state, view.is_gap())
                })
                .collect::<Vec<_>>()
        })
    };
    let list = move || {
        let rows = rows();
        if rows.is_empty() {
            return view! { <p class="small quiet">"None noted."</p> }.into_any();
        }
        let rows = rows.into_iter().map(|(id, title, how, state, gap)| {
            let class = if gap { "card__due--late" } else { "" };
            view! {
                <tr>
                    <th scope="row"><a href=super::href(&id)>{title}</a></th>
                    <td>{how}</td>
                    <td class=class>{state}</td>
                </tr>
            }
        });
        view! {
            <div class="data-table" tabindex="0" role="region" aria-label=format!("Table of reasons: {}", name(set, family))>
                <table>
                    <caption class="visually-hidden">{name(set, family)}</caption>
                    <thead><tr><th scope="col">"Reason"</th><th scope="col">"How we know"</th><th scope="col">"Who addresses it"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let examples = Signal::derive(move || {
        let used: Vec<String> = plans.workspace.with(|w| {
            w.live()
                .filter_map(|(_, b)| match b {
                    Body::Reason(r) => Some(r.catalogue.clone()),
                    _ => None,
                })
                .collect()
        });
        let free = EXAMPLES.iter().filter(|e| set.shown_under(e.family) == family && !used.iter().any(|u| u == e.key));
        free.map(|e| Choice::new(e.key, e.text)).collect::<Vec<_>>()
    });
    let take = move |key: String| {
        if let Some(example) = example(&key) {
            let reason = Reason {
                family: example.family,
                text: example.text.to_owned(),
                catalogue: example.key.to_owned(),
                ..Reason::default()
            };
            let _ = plans.start(Body::Reason(reason));
        }
    };
    let own = move || {
        let _ = plans.start(Body::Reason(Reason { family, ..Reason::default() }));
    };
    view! {
        <Section title=name(set, family) note=question(family)>
            {list}
            <div class="plans-fields no-print plans-tools">
                <SelectField label="Begin with an example" choices=examples value="" on_change=take />
                <p>{deed("Write one of our own", own)}</p>
            </div>
        </Section>
    }
}

fn addresser(a: &Addresser) -> String {
    let kind = match a.kind {
        AddresserKind::InSchool => "in the school",
        AddresserKind::CouldInSchool => "could",
        AddresserKind::Partner => "partner",
    };
    if a.who.trim().is_empty() { String::new() } else { format!("{} ({kind})", a.who.trim()) }
}

/// The form of one reason, with what may answer it.
#[must_use]
pub fn form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Reason>(plans, id);
    let families = FamilySet::Four.families().iter().map(|f| (*f, name(FamilySet::Four, *f).to_owned())).collect();
    let kinds = vec![
        (AddresserKind::InSchool, "Someone here does".to_owned()),
        (AddresserKind::CouldInSchool, "Someone here could".to_owned()),
        (AddresserKind::Partner, "A partner does".to_owned()),
    ];
    stack(vec![
        at.text("The reason", "In the words of those who said it, without names", |r| &mut r.text),
        group(vec![
            at.pick("Family", "", families, |r| &mut r.family),
            at.number("Named by how many", "Families or students, where you counted", |r| &mut r.named_by),
        ]),
        at.area("How do we know?", "Who told us, what we saw", |r| &mut r.how_known),
        at.list(
            "Who addresses it",
            "Add someone",
            |r| &mut r.addressed_by,
            move |row: Cursor<Addresser>| {
                group(vec![
                    row.text("Who", "", |a| &mut a.who),
                    row.pick("How", "", kinds.clone(), |a| &mut a.kind),
                    which_partner(plans, &row),
                ])
            },
        ),
        view! { <Suggested id=id.clone() /> }.into_any(),
    ])
}

/// Which of the listed partners addresses a reason, once it is a partner who does.
fn which_partner(plans: Plans, row: &Cursor<Addresser>) -> AnyView {
    let is_partner = row.value(|a| a.kind == AddresserKind::Partner);
    let value = row.value(|a| a.partner.as_ref().map(ToString::to_string).unwrap_or_default());
    let choices = Signal::derive(move || {
        let mut all = vec![Choice::new("", "None of the list")];
        plans.workspace.with(|w| {
            let partners = w.live().filter(|(_, b)| matches!(b, Body::Partner(_)));
            all.extend(partners.map(|(id, b)| Choice::new(id.to_string(), b.title())));
        });
        all
    });
    let to = row.clone();
    let pick = move |chosen: String| {
        let id = (!chosen.is_empty()).then_some(Id(chosen));
        let name = id.as_ref().and_then(|id| plans.workspace.with_untracked(|w| w.get(id).map(Body::title)));
        to.change("Changed: partner", |a| {
            a.partner = id;
            if a.who.trim().is_empty() {
                a.who = name.unwrap_or_default();
            }
        });
    };
    view! {
        <Show when=move || is_partner.get()>
            <SelectField label="Which partner" choices value on_change=pick.clone() />
        </Show>
    }
    .into_any()
}

/// Interventions of the catalogue that answer a reason.
#[component]
fn Suggested(id: Id) -> impl IntoView {
    let plans = use_plans();
    let all = RwSignal::new(false);
    let reason = item::<Reason>(plans, &id);
    let rows = move || {
        let Some(now) = reason.now() else { return Vec::new() };
        let chosen: Vec<String> = plans.workspace.with(|w| {
            w.around(&id)
                .iter()
                .filter_map(|o| match w.get(o) {
                    Some(Body::Strategy(s)) => Some(s.catalogue.clone()),
                    _ => None,
                })
                .collect()
        });
        let most = if all.get() { usize::MAX } else { 5 };
        suggest(&now)
            .into_iter()
            .take(most)
            .map(|entry| {
                let id = id.clone();
                let take = move || {
                    let (made, change) =
                        plans.workspace.with_untracked(|w| choose(w, entry, Some(&id), &mut || plans.new_id()));
                    plans.deed(change);
                    plans.app.go(&super::href(&made));
                };
                let act = if chosen.iter().any(|c| c == entry.key) {
                    view! { <span class="quiet small">"chosen"</span> }.into_any()
                } else {
                    deed(&format!("Choose “{}”", entry.name), take)
                };
                view! {
                    <li class="tie">
                        <span class="quiet small">{tier_name(entry.tier)}</span>
                        <span><strong>{entry.name}</strong>": "{entry.what}</span>
                        <span class="no-print">{act}</span>
                    </li>
                }
            })
            .collect()
    };
    view! {
        <div>
            <h3 class="rows__title">"Strategies that may answer it"</h3>
            <ul class="ties">{rows}</ul>
            <Show when=move || !all.get()><p class="no-print">{deed("Show all that fit", move || all.set(true))}</p></Show>
        </div>
    }
}

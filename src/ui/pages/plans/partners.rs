//! Partners: reasons aligned with interventions and partners, the list, who has gone stale, making
//! the case, organising, and what may be shared with each.

use super::form::deed;
use super::others::Others;
use super::partner::list_head;
use crate::plans::content::partners::{COALITIONS, QUALITIES, TYPES, WAYS_TO_FIND, sharing as level_words};
use crate::plans::edits::reasons::{alignment, fill_alignment};
use crate::plans::model::*;
use crate::plans::sharing::{Freshness, freshness};
use crate::plans::{Body, Change, Id};
use crate::state::plans::use_plans;
use crate::ui::components::*;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn PartnersPage() -> impl IntoView {
    let plans = use_plans();
    let finding = Signal::derive(move || {
        let today = plans.today();
        let (n, stale) = plans.workspace.with(|w| {
            let all = w.live().filter_map(|(_, b)| match b {
                Body::Partner(p) if p.status != PartnerStatus::Ended => Some(p),
                _ => None,
            });
            all.fold((0, 0), |(n, s), p| (n + 1, s + usize::from(freshness(p, today) != Freshness::Fresh)))
        });
        match (n, stale) {
            (0, _) => {
                Prose::from("Which needs has nobody here to turn to? Partners stand beside the reasons they answer.")
            }
            (1, 0) => Prose::new().strong("1 partner").plain(" is at work or wanted, checked within a year."),
            (n, 0) => {
                Prose::new().strong(format!("{n} partners")).plain(" are at work or wanted, all checked within a year.")
            }
            (1, _) => Prose::new().strong("1 partner").plain(" is listed, and was not checked for over a year."),
            (n, s) => {
                let were = if s == 1 { "was" } else { "were" };
                Prose::new()
                    .plain(format!("{n} partners are listed. "))
                    .strong(format!("{s} of them"))
                    .plain(format!(" {were} not checked for over a year."))
            }
        }
    });
    view! {
        <PageHead title="Partners" finding />
        <List />
        <AlignmentTable />
        <Others title="Making the case" kind="Making the case" begin="Make the case to an audience"
            note="One argument for each audience, in words that matter to them, with numbers that may be shared." />
        <Others title="Organizing" kind="Organising" begin="Plan a meeting of partners"
            note="Who leads, what each brings, who does what by when." />
        <Prompts />
    }
}

#[component]
fn List() -> impl IntoView {
    let plans = use_plans();
    let table = Signal::derive(move || {
        let today = plans.today();
        let team = plans.is_team();
        let rows = plans.workspace.with(|w| {
            let mut all: Vec<(&Id, &Partner)> = w
                .live()
                .filter_map(|(id, b)| match b {
                    Body::Partner(p) => Some((id, p)),
                    _ => None,
                })
                .collect();
            all.sort_by_key(|(_, p)| p.name.clone());
            all.into_iter()
                .map(|(id, p)| {
                    let updated = p.last_updated.map(|d| d.to_string()).unwrap_or_default();
                    let updated = match freshness(p, today) {
                        Freshness::Fresh => Cell::text(updated),
                        Freshness::OlderThanAYear => Cell::strong(updated).with_sub("older than a year"),
                        Freshness::NeverUpdated => Cell::strong("never checked"),
                    };
                    let contact = |who: &Who| {
                        let more = who.contact.as_ref().filter(|_| team).and_then(|c| {
                            plans.personal.with(|people| {
                                people.contact(c).map(|c| [c.name.clone(), c.email.clone(), c.phone.clone()].join(" "))
                            })
                        });
                        Cell::text(who.label.clone()).with_sub(more.unwrap_or_default())
                    };
                    Row::new(vec![
                        Cell::link(Body::Partner(p.clone()).title(), super::href(id)),
                        contact(&p.contact),
                        Cell::text(p.provides.clone()),
                        Cell::text(p.serves.clone()),
                        Cell::text(p.period.clone()),
                        contact(&p.established_by),
                        updated,
                        Cell::text(level_words(p.sharing).title),
                    ])
                })
                .collect::<Vec<_>>()
        });
        let heads = [
            "Partner",
            "Contact",
            "What is provided",
            "Who is served",
            "Period",
            "Who set it up",
            "Last updated",
            "May be shared",
        ];
        TableData { caption: "Partners".to_owned(), columns: heads.map(Column::words).to_vec(), rows }
    });
    let any = Memo::new(move |_| table.with(|t| !t.rows.is_empty()));
    let add = move |()| {
        let _ = plans.start(Body::Partner(Partner { last_updated: Some(plans.today()), ..Partner::default() }));
    };
    let head = Memo::new(move |_| {
        plans.workspace.with(|w| w.live().find_map(|(id, b)| matches!(b, Body::PartnerList(_)).then(|| id.clone())))
    });
    let begin_head = move || {
        let id = plans.new_id();
        plans.deed(Change::put("Began the list’s head", id, Vec::new(), Body::PartnerList(PartnerList::default())));
    };
    let whose = move || match head.get() {
        Some(id) => list_head(plans, &id),
        None => deed("Add school, district and primary contact", begin_head),
    };
    view! {
        <Section title="List of partners" shape=SectionShape::Full tools=move || view! { <a href="#/plans/print/partners">"Print"</a> }>
            <div class="stack">
                {whose}
                <Show when=move || any.get() fallback=|| view! { <p>"No partner is listed yet."</p> }>
                    <DataTable table shape=TableShape::Stacks />
                </Show>
                <p class="no-print"><Button kind=ButtonKind::Go on_click=add>"Add a partner"</Button></p>
            </div>
        </Section>
    }
}

#[component]
fn AlignmentTable() -> impl IntoView {
    let plans = use_plans();
    let rows = move || {
        plans
            .workspace
            .with(|w| alignment(w).into_iter().map(|(id, row)| (id.clone(), row.clone())).collect::<Vec<_>>())
    };
    let lines = |notes: &[Note]| {
        let items = notes.iter().filter(|n| !n.text.trim().is_empty()).map(|n| view! { <li>{n.text.clone()}</li> });
        view! { <ul class="plain-list">{items.collect_view()}</ul> }
    };
    let body = move || {
        let rows = rows();
        if rows.is_empty() {
            return view! { <p>"The table is empty. Begin with the four rows that the sources give, and add your own."</p> }.into_any();
        }
        let rows = rows.into_iter().map(|(id, row)| {
            view! { <tr><th scope="row"><a href=super::href(&id)>{Body::Alignment(row.clone()).title()}</a></th><td>{lines(&row.interventions)}</td><td>{lines(&row.partners)}</td></tr> }
        });
        view! {
            <div class="data-table" tabindex="0" role="region" aria-label="Reasons, interventions and partners">
                <table>
                    <caption class="visually-hidden">"Reasons, interventions and partners"</caption>
                    <thead><tr><th scope="col">"Reason"</th><th scope="col">"Possible interventions"</th><th scope="col">"Possible partners"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let fill = move |()| {
        let change = plans.workspace.with_untracked(|w| fill_alignment(w, &mut || plans.new_id()));
        if !change.edits.is_empty() {
            plans.deed(change);
        }
    };
    let add = move |()| {
        let order =
            plans.workspace.with_untracked(|w| alignment(w).iter().map(|(_, r)| r.order + 1).max().unwrap_or(0));
        let _ = plans.start(Body::Alignment(Alignment { order, ..Alignment::default() }));
    };
    view! {
        <Section title="Reasons, interventions, partners" note="Which reason, what would answer it, and who could help.">
            {body}
            <p class="button-row no-print plans-tools">
                <Button size=ButtonSize::Small on_click=fill>"Fill in the four rows"</Button>
                <Button size=ButtonSize::Small on_click=add>"Add a row"</Button>
            </p>
        </Section>
    }
}

#[component]
fn Prompts() -> impl IntoView {
    let list = |prompts: &'static [crate::plans::content::Prompt]| {
        prompts.iter().map(|p| view! { <li><strong>{p.title}</strong>": "{p.hint}</li> }).collect_view()
    };
    view! {
        <Section title="Whom to ask" note="Sixteen types of partners, coalitions that may exist already, and ways to find others.">
            <details><summary class="link">"Types of partners"</summary><ul class="plain-list">{list(&TYPES)}</ul></details>
            <details><summary class="link">"Coalitions to join"</summary><ul class="plain-list">{list(&COALITIONS)}</ul></details>
            <details><summary class="link">"Ways to find partners"</summary><ul class="plain-list">{list(&WAYS_TO_FIND)}</ul></details>
            <details><summary class="link">"What makes it good"</summary><ul class="plain-list">{QUALITIES.iter().map(|q| view! { <li>{*q}</li> }).collect_view()}</ul></details>
        </Section>
    }
}

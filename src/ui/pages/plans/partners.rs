//! Partners: reasons aligned with interventions and partners, the list, who has gone stale, making
//! the case, organising, and what may be shared with each.

use super::form::{self, At, Cursor, deed, group, item, person, stack};
use super::more::stages;
use crate::plans::content::partners::{
    AUDIENCES, COALITIONS, ORGANISING, QUALITIES, TYPES, WAYS_TO_FIND, sharing as level_words,
};
use crate::plans::edits::reasons::{alignment, fill_alignment};
use crate::plans::model::*;
use crate::plans::personal::{Consent, Contact};
use crate::plans::sharing::{ConsentState, Freshness, consent_on, freshness, not_to_be_shared};
use crate::plans::{Body, Change, Id, PersonalBody};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::*;
use crate::ui::prose::Prose;
use leptos::prelude::*;

const LEVELS: [Sharing; 4] = [Sharing::Nothing, Sharing::Aggregate, Sharing::Groups, Sharing::NamedWithConsent];

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
            (n, 0) => Prose::new().strong(format!("{n} partners")).plain(" are listed, all checked within a year."),
            (n, s) => Prose::new()
                .plain(format!("{n} partners are listed. "))
                .strong(format!("{s} of them"))
                .plain(" were not checked for over a year."),
        }
    });
    view! {
        <PageHead title="Partners" finding />
        <List />
        <AlignmentTable />
        <Others title="Making the case" kind="Making the case" begin="Make the case to an audience"
            note="One argument for each audience, in words that matter to them, with numbers that may be shared." />
        <Others title="Organising" kind="Organising" begin="Plan a meeting of partners"
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

/// School, district and primary contact of the list.
#[must_use]
pub fn list_head(plans: Plans, id: &Id) -> AnyView {
    let at = item::<PartnerList>(plans, id);
    stack(vec![
        group(vec![at.text("School", "", |l| &mut l.school), at.text("District", "", |l| &mut l.district)]),
        contact(&at, "Primary contact", |l| &mut l.primary),
    ])
}

/// A person by role, with name, mail and number in the part about persons.
#[must_use]
pub fn contact<V: Clone + PartialEq + Send + Sync + 'static>(
    at: &Cursor<V>,
    label: &str,
    place: At<V, Who>,
) -> AnyView {
    let plans = at.plans;
    let linked = at.value(move |v| place(v).contact.clone());
    let here = at.clone();
    let name = label.to_owned();
    let begin = move || {
        let id = plans.start_personal("Added a contact", PersonalBody::Contact(Contact::default()));
        here.change("Added contact details", |v| place(v).contact = Some(id));
    };
    // Only whether details exist decides what is shown; the fields follow on their own.
    let known = Memo::new(move |_| linked.get().filter(|id| plans.personal.with(|p| p.contact(id).is_some())));
    let details = move || {
        if !plans.is_team() {
            return ().into_any();
        }
        match known.get() {
            Some(id) => contact_fields(plans, &id),
            None => deed(&format!("Add name, mail and number: {}", name.to_lowercase()), begin.clone()),
        }
    };
    let role = at.who(label, "Role or initials", place);
    view! { <div class="stack plans-contact">{role}<div class="no-print">{details}</div></div> }.into_any()
}

/// The fields of one contact.
#[must_use]
pub fn contact_fields(plans: Plans, id: &Id) -> AnyView {
    let at = person::<Contact>(plans, id);
    group(vec![
        at.text("Name", "", |c| &mut c.name),
        at.text("Title", "", |c| &mut c.title),
        at.text("Email", "", |c| &mut c.email),
        at.text("Phone", "", |c| &mut c.phone),
        at.text("Notes", "", |c| &mut c.notes),
    ])
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

/// A list of the items of one kind, with a way to begin one.
#[component]
pub fn Others(title: &'static str, kind: &'static str, begin: &'static str, note: &'static str) -> impl IntoView {
    let plans = use_plans();
    let rows = move || {
        plans.workspace.with(|w| {
            w.live()
                .filter(|(_, b)| b.kind() == kind)
                .map(|(id, b)| (id.clone(), title_in_words(b)))
                .collect::<Vec<_>>()
        })
    };
    let list = move || {
        let rows = rows();
        if rows.is_empty() {
            return view! { <p class="small quiet">"None yet."</p> }.into_any();
        }
        let items =
            rows.into_iter().map(|(id, title)| view! { <li class="tie"><a href=super::href(&id)>{title}</a></li> });
        view! { <ul class="ties">{items.collect_view()}</ul> }.into_any()
    };
    let start = move |()| {
        let body = match kind {
            "Making the case" => Body::Case(Case::default()),
            "Organising" => Body::Organising(Organising::default()),
            "Network" => Body::Network(Network::default()),
            "What we will share" => Body::Shared(Shared::default()),
            "Practice profile" => Body::Profile(Profile { made: Some(plans.today()), ..Profile::default() }),
            "Measuring" => Body::Measure(Measure::default()),
            "Priority" => Body::Priority(Priority::default()),
            "Self-assessment" => Body::Assessment(Assessment { on: Some(plans.today()), ..Assessment::default() }),
            "Recognition" => {
                let (id, change) =
                    crate::plans::edits::peers::begin_recognition(Finding::default(), Who::default(), &mut || {
                        plans.new_id()
                    });
                // A recognition begun by hand has no finding yet.
                let edits = change.edits.into_iter().filter_map(|edit| match edit {
                    crate::plans::Edit::Put { id, body: Body::Recognition(r), .. } => Some(crate::plans::Edit::Put {
                        id,
                        links: Vec::new(),
                        body: Body::Recognition(Recognition { evidence: Vec::new(), ..r }),
                    }),
                    _ => None,
                });
                plans.deed(Change { label: change.label.clone(), edits: edits.collect() });
                plans.app.go(&super::href(&id));
                return;
            }
            _ => Body::Outreach(Outreach::default()),
        };
        let _ = plans.start(body);
    };
    view! {
        <Section title note>
            {list}
            <p class="no-print plans-tools"><Button size=ButtonSize::Small on_click=start>{begin}</Button></p>
        </Section>
    }
}

fn title_in_words(body: &Body) -> String {
    match body {
        Body::Case(c) => {
            crate::plans::content::find(&AUDIENCES, &c.audience).map_or_else(|| body.title(), |a| a.title.to_owned())
        }
        _ => body.title(),
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

/// The form of one partner.
#[must_use]
pub fn form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Partner>(plans, id);
    let kinds = std::iter::once(Choice::new("", "Not chosen"))
        .chain(TYPES.iter().chain(&COALITIONS).map(|t| Choice::new(t.key, t.title)))
        .collect();
    let states = vec![
        (PartnerStatus::Potential, "Possible".to_owned()),
        (PartnerStatus::Active, "Active".to_owned()),
        (PartnerStatus::Ended, "Ended".to_owned()),
    ];
    let levels = LEVELS.map(|l| (l, level_words(l).title.to_owned())).to_vec();
    let level = at.value(|p| p.sharing as usize);
    let words = move || level_words(LEVELS[level.get().min(3)]).hint;
    let named = move || level.get() == Sharing::NamedWithConsent as usize;
    let checked = at.clone();
    let check = move || checked.change("Checked the entry", |p| p.last_updated = Some(plans.today()));
    let partner = id.clone();
    stack(vec![
        group(vec![
            at.text("Name of the partner", "", |p| &mut p.name),
            at.key("Type", "", kinds, |p| &mut p.kind),
            at.pick("State", "", states, |p| &mut p.status),
        ]),
        contact(&at, "Contact", |p| &mut p.contact),
        group(vec![
            at.text("What is provided", "", |p| &mut p.provides),
            at.text("Who is served", "", |p| &mut p.serves),
            at.text("Period", "Such as 2025–26, or since 2023", |p| &mut p.period),
        ]),
        contact(&at, "Who set it up", |p| &mut p.established_by),
        group(vec![
            at.day("Last updated", "At least once a year", |p| &mut p.last_updated),
            view! { <p class="no-print">{deed("Checked today", check)}</p> }.into_any(),
        ]),
        group(vec![
            at.text("Their mission and goals", "", |p| &mut p.mission),
            at.text("How they fit ours", "", |p| &mut p.alignment),
            at.text("What we would like from them", "", |p| &mut p.wanted),
        ]),
        group(vec![
            at.pick("What may be shared", "", levels, |p| &mut p.sharing),
            at.text("The agreement, and where it lies", "", |p| &mut p.sharing_agreement),
        ]),
        view! { <p class="small quiet">{words}</p> }.into_any(),
        view! { <Show when=move || named() && plans.is_team()><Consents partner=partner.clone() /></Show> }.into_any(),
        group(vec![at.who("Who keeps in touch", "", |p| &mut p.owner), at.day("Next thing due", "", |p| &mut p.due)]),
        at.area("Notes", "", |p| &mut p.notes),
    ])
}

/// Consents of families for one partner.
#[component]
fn Consents(partner: Id) -> impl IntoView {
    let plans = use_plans();
    let draft = RwSignal::new(String::new());
    let at = partner.clone();
    let ids = Memo::new(move |_| {
        plans.personal.with(|p| {
            p.live()
                .filter(|(_, b)| matches!(b, PersonalBody::Consent(c) if c.partner == at))
                .map(|(id, _)| id.clone())
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        let text = draft.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let student = super::test::find_student(plans, &text).unwrap_or(crate::plans::personal::StudentRef {
            id: text.clone(),
            name: text,
            school: String::new(),
        });
        let consent = Consent { student, partner: partner.clone(), ..Consent::default() };
        let _ = plans.start_personal("Added a consent", PersonalBody::Consent(consent));
        draft.set(String::new());
    };
    let row = move |id: Id| {
        let at = person::<Consent>(plans, &id);
        let name = at.value(|c| if c.student.name.is_empty() { c.student.id.clone() } else { c.student.name.clone() });
        let today = plans.today();
        let state = at.value(move |c| {
            match consent_on(c, today) {
                ConsentState::InForce => "In force today: the name may be shared.",
                ConsentState::Incomplete => "Incomplete: nothing may be shared. Scope, giver and both days are needed.",
                ConsentState::NotYet => "Does not hold yet: nothing may be shared.",
                ConsentState::Expired => "Expired: nothing may be shared.",
                ConsentState::Withdrawn => "Withdrawn: nothing may be shared.",
            }
            .to_owned()
        });
        view! {
            <li class="rows__row"><div class="rows__fields stack">
                <p><strong>{move || name.get()}</strong> " " <span class="small">{move || state.get()}</span></p>
                {form::group(vec![
                    at.text("What, and what for", "", |c| &mut c.scope),
                    at.text("Given by", "", |c| &mut c.given_by),
                    at.day("Given on", "", |c| &mut c.given_on),
                    at.day("Holds until", "", |c| &mut c.expires),
                    at.day("Withdrawn on", "", |c| &mut c.withdrawn),
                    at.text("Where the signed form lies", "", |c| &mut c.form_kept),
                ])}
            </div></li>
        }
    };
    view! {
        <div class="rows no-print">
            <h3 class="rows__title">"Consents"</h3>
            <ol class="rows__list"><For each=move || ids.get() key=|id| id.clone() children=row /></ol>
            <div class="plans-fields">
                <Field label="Student" hint="Id or name, as in the file" value=draft on_input=move |t| draft.set(t) />
                <Button size=ButtonSize::Small on_click=add>"Add a consent"</Button>
            </div>
        </div>
    }
}

/// Making the case to one audience.
#[must_use]
pub fn case_form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Case>(plans, id);
    let audiences = AUDIENCES.iter().map(|a| Choice::new(a.key, a.title)).collect();
    let start = at
        .value(|c| crate::plans::content::find(&AUDIENCES, &c.audience).map(|a| a.hint.to_owned()).unwrap_or_default());
    let small = at.value(|c| not_to_be_shared(c).len());
    stack(vec![
        at.key("Audience", "", audiences, |c| &mut c.audience),
        view! { <Show when=move || start.with(|s| !s.is_empty())><p class="small">"A start, to be said in your own words: "<em>{move || start.get()}</em></p></Show> }.into_any(),
        at.text("What they want to reach", "", |c| &mut c.their_goals),
        at.area("Our argument", "", |c| &mut c.argument),
        at.list("Numbers in it", "Add a number", |c| &mut c.numbers, |row: Cursor<CaseNumber>| {
            group(vec![row.text("The number, as said", "", |n| &mut n.text), row.number("Of how many students", "", |n| &mut n.n)])
        }),
        view! {
            <Show when=move || small.get().gt(&0)>
                <Notice kind=NoticeKind::Question title="Not for outside"><p>{move || format!("{} of the numbers are about fewer than 11 students, or say no number of students: leave them out.", small.get())}</p></Notice>
            </Show>
        }
        .into_any(),
        group(vec![at.text("What we ask for", "", |c| &mut c.ask), at.who("Who says it", "Somebody whom they believe", |c| &mut c.messenger)]),
    ])
}

/// A meeting that brings partners together.
#[must_use]
pub fn organising_form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Organising>(plans, id);
    let partners: Vec<(Id, String)> = plans.workspace.with_untracked(|w| {
        w.live().filter(|(_, b)| matches!(b, Body::Partner(_))).map(|(id, b)| (id.clone(), b.title())).collect()
    });
    let hints = ORGANISING.iter().map(|p| view! { <li><strong>{p.title}</strong>" "{p.hint}</li> }).collect_view();
    let mut fields = vec![
        view! { <ul class="plain-list small">{hints}</ul> }.into_any(),
        group(vec![
            at.text("Title", "", |o| &mut o.title),
            at.day("Day", "", |o| &mut o.on),
            at.pick("State", "", stages(), |o| &mut o.stage),
        ]),
    ];
    if !partners.is_empty() {
        fields.push(at.several("Partners", partners, |o| &mut o.partners));
    }
    fields.extend([
        group(vec![
            at.who("Who leads", "", |o| &mut o.leads),
            at.people("Who helps", "Commas between", |o| &mut o.helpers),
        ]),
        at.notes("Goals and roles", "Add a goal", "Goal, and who is what part of it", |o| &mut o.goals),
        at.notes("Resources", "Add a resource", "What, and from whom", |o| &mut o.resources),
        at.text("Time frame", "", |o| &mut o.timeframe),
        at.steps("Who does what by when", "Add a commitment", |o| &mut o.commitments),
    ]);
    stack(fields)
}

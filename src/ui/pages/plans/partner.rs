//! The forms of one partner, of a case to be made, and of a meeting of partners.

use super::form::{self, At, Cursor, deed, group, item, person, stack};
use super::more::stages;
use crate::plans::content::partners::{AUDIENCES, COALITIONS, ORGANISING, TYPES, sharing as level_words};
use crate::plans::model::*;
use crate::plans::personal::{Consent, Contact};
use crate::plans::sharing::{ConsentState, consent_on, not_to_be_shared};
use crate::plans::{Body, Id, PersonalBody};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::*;
use leptos::prelude::*;

const LEVELS: [Sharing; 4] = [Sharing::Nothing, Sharing::Aggregate, Sharing::Groups, Sharing::NamedWithConsent];

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
        let student = super::chosen::find_student(plans, &text).unwrap_or(crate::plans::personal::StudentRef {
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

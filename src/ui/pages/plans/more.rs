//! Forms that need no page of their own.

use super::evidence_of::{evidence, school};
use super::form::{Cursor, group, item, stack};
use crate::plans::content::{assessment::ELEMENTS, peers::PRODUCTS};
use crate::plans::model::*;
use crate::plans::sharing::{finding_may_show, finding_words};
use crate::plans::{Body, Id};
use crate::state::plans::Plans;
use crate::ui::components::Choice;
use leptos::prelude::*;

/// The stages with their names.
#[must_use]
pub fn stages() -> Vec<(Stage, String)> {
    Stage::ALL.iter().map(|s| (*s, s.label().to_owned())).collect()
}

/// The form of one of the smaller kinds.
#[must_use]
pub fn form(plans: Plans, id: &Id, kind: &str) -> AnyView {
    match kind {
        "Priority" => priority(plans, id),
        "Conversations" => outreach(plans, id),
        "What we will share" => shared(plans, id),
        "Practice profile" => profile(plans, id),
        "Recognition" => recognition(plans, id),
        "Note on a trend" => annotation(plans, id),
        "Reason, interventions, partners" => alignment(plans, id),
        "Partner list" => super::partner::list_head(plans, id),
        "Finding" => finding(plans, id),
        _ => plain(plans, id),
    }
}

fn priority(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Priority>(plans, id);
    let elements = std::iter::once(Choice::new("", "None of the eleven"))
        .chain(ELEMENTS.iter().map(|e| Choice::new(e.key, e.title)))
        .collect();
    stack(vec![
        at.text("What to work on", "", |p| &mut p.what),
        at.key("Element of the self-assessment", "", elements, |p| &mut p.element),
        at.area("Why this, why now", "", |p| &mut p.why),
        group(vec![
            at.who("Who has it", "", |p| &mut p.owner),
            at.day("By", "", |p| &mut p.due),
            at.pick("State", "", stages(), |p| &mut p.stage),
        ]),
    ])
}

fn outreach(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Outreach>(plans, id);
    let link = format!("#/plans/talks?round={id}");
    stack(vec![
        at.text("Title", "For whom, such as “grade 4 and 5”", |o| &mut o.title),
        groups(&at.zoom(|o| &mut o.group), plans),
        group(vec![
            at.number("Planned", "", |o| &mut o.planned),
            at.number("Held so far", "Counted from the conversations where they are in this workspace", |o| {
                &mut o.held
            }),
            at.who("Who has it", "", |o| &mut o.owner),
            at.day("By", "", |o| &mut o.due),
            at.pick("State", "", stages(), |o| &mut o.stage),
        ]),
        at.area("Notes", "", |o| &mut o.notes),
        view! { <p><a href=link>"The conversations of this round"</a></p> }.into_any(),
    ])
}

fn shared(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Shared>(plans, id);
    let kinds: Vec<Choice> = std::iter::once(Choice::new("", "Something else"))
        .chain(PRODUCTS.iter().map(|p| Choice::new(p.key, p.title)))
        .collect();
    stack(vec![
        at.text("Title", "", |s| &mut s.title),
        at.list(
            "Products",
            "Add a product",
            |s| &mut s.products,
            move |row: Cursor<Product>| {
                group(vec![
                    row.key("Kind", "", kinds.clone(), |p| &mut p.kind),
                    row.text("What", "", |p| &mut p.what),
                    row.text("For whom", "", |p| &mut p.for_whom),
                    row.who("Who makes it", "", |p| &mut p.who),
                    row.day("By", "", |p| &mut p.by),
                    row.done("Done", |p| &mut p.done),
                ])
            },
        ),
    ])
}

fn profile(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Profile>(plans, id);
    stack(vec![
        group(vec![
            at.text("Title", "What they do, in a few words", |p| &mut p.title),
            at.text("School", "", |p| &mut p.school),
            at.day("Made on", "", |p| &mut p.made),
        ]),
        at.area("The sentence", "What others should remember", |p| &mut p.sentence),
        evidence(plans, id),
        at.area("What they do", "", |p| &mut p.what_they_do),
        at.area("What it takes", "People, time, money", |p| &mut p.what_it_takes),
        at.area("How they know", "What was counted, beside whom", |p| &mut p.how_they_know),
        at.area("What may not travel", "", |p| &mut p.may_not_travel),
        at.area("Ask them", "Days for visits, and through whom", |p| &mut p.ask_them),
    ])
}

fn recognition(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Recognition>(plans, id);
    stack(vec![
        group(vec![
            at.text("Who is recognised", "A school, a team or a role", |r| &mut r.who),
            school(&at, "", |r| &mut r.school),
            at.who("Proposed by", "", |r| &mut r.proposed_by),
            at.day("Day", "", |r| &mut r.on),
        ]),
        evidence(plans, id),
        at.area("What they did", "Seen by whoever proposes it", |r| &mut r.practices),
        at.list(
            "Criteria",
            "Add a criterion",
            |r| &mut r.criteria,
            |row: Cursor<Criterion>| {
                group(vec![
                    row.text("Criterion", "", |c| &mut c.what),
                    row.text("How it is met", "", |c| &mut c.met_by),
                ])
            },
        ),
        at.text("How to thank them", "", |r| &mut r.how_to_thank),
    ])
}

fn annotation(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Annotation>(plans, id);
    stack(vec![
        at.text("What happened", "An illness week, a bus strike, a new boundary", |n| &mut n.text),
        group(vec![at.day("From", "", |n| &mut n.from), at.day("To", "", |n| &mut n.to)]),
        names("Schools", "Empty means all. Commas between.", &at, |n| &mut n.schools),
    ])
}

fn alignment(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Alignment>(plans, id);
    stack(vec![
        at.text("Reason", "", |a| &mut a.reason),
        at.notes("Possible interventions", "Add an intervention", "Intervention", |a| &mut a.interventions),
        at.notes("Possible partners", "Add a partner", "Partner", |a| &mut a.partners),
    ])
}

fn finding(plans: Plans, id: &Id) -> AnyView {
    let id = id.clone();
    let words = move || {
        plans.workspace.with(|w| match w.get(&id) {
            Some(Body::Finding(f)) => {
                let seen = f.seen.map(|d| format!("Seen on {d}.")).unwrap_or_default();
                let n = f.counted.map(|n| format!("{n} students counted.")).unwrap_or_default();
                let n = if finding_may_show(f, plans.eyes()) { n } else { String::new() };
                (finding_words(f, plans.eyes()).to_owned(), format!("{n} {} {seen}", f.stamp))
            }
            _ => Default::default(),
        })
    };
    let again = words.clone();
    view! {
        <p class="section__sentence">{move || words().0}</p>
        <p class="small quiet">{move || again().1}</p>
    }
    .into_any()
}

fn plain(plans: Plans, id: &Id) -> AnyView {
    let title = super::item::title_of(plans, id);
    view! { <p>{move || title.get()}</p> }.into_any()
}

/// Names with commas between.
#[must_use]
pub fn names<V: Clone + PartialEq + Send + Sync + 'static>(
    label: &str,
    hint: &str,
    at: &Cursor<V>,
    place: super::form::At<V, Vec<String>>,
) -> AnyView {
    at.words(label, hint, place)
}

/// A group of students by what the data hold, never by names.
#[must_use]
pub fn groups(at: &Cursor<Group>, plans: Plans) -> AnyView {
    let loaded = plans.app.loaded.get_untracked();
    let known = loaded.map(|l| {
        let data = &l.outcome.dataset;
        let schools: Vec<String> = data.schools.iter().map(|s| s.name.clone()).collect();
        let mut grades: Vec<_> = data.stays.iter().map(|s| s.grade).collect();
        grades.sort();
        grades.dedup();
        let yes_no: Vec<(String, String)> =
            data.attributes.iter().filter(|a| a.is_yes_no()).map(|a| (a.key.clone(), a.label.clone())).collect();
        (schools, grades.iter().map(ToString::to_string).collect::<Vec<_>>(), yes_no)
    });
    let (schools, grades, conditions) = known.unwrap_or_default();
    let same = |list: &[String]| list.iter().map(|v| (v.clone(), v.clone())).collect::<Vec<_>>();
    let tiers = crate::attendance::Tier::ALL.map(|t| (t, t.label().to_owned())).to_vec();
    let mut fields = vec![at.text("The group in words", "Empty parts below mean everyone", |g| &mut g.words)];
    if schools.is_empty() {
        fields.push(at.words("Schools", "With data loaded, these are chosen from the file", |g| &mut g.schools));
        fields.push(at.words("Grades", "", |g| &mut g.grades));
    } else {
        fields.push(at.several("Schools", same(&schools), |g| &mut g.schools));
        fields.push(at.several("Grades", same(&grades), |g| &mut g.grades));
    }
    fields.push(at.several("Attendance tiers", tiers, |g| &mut g.tiers));
    if !conditions.is_empty() {
        fields.push(at.several("Conditions", conditions, |g| &mut g.conditions));
    }
    let count = count_in_group(at, plans);
    view! {
        <details class="plans-group">
            <summary class="link">"For whom"</summary>
            <div class="stack">{fields}</div>
        </details>
        <p class="small quiet">{move || count.get()}</p>
    }
    .into_any()
}

/// How many students of the loaded data are in a group, in words.
fn count_in_group(at: &Cursor<Group>, plans: Plans) -> Signal<String> {
    let read = at.clone();
    Memo::new(move |_| {
        let (Some(group), Some(loaded), Some(records)) = (read.now(), plans.app.loaded.get(), plans.records.get())
        else {
            return String::new();
        };
        if group == Group::default() {
            return String::new();
        }
        if !plans.is_team() {
            // No export tells of a group that a plan puts together.
            return "How many students of the loaded data these are shows in Team mode.".to_owned();
        }
        let data = &loaded.outcome.dataset;
        let until = data.calendar.last().map_or(plans.today(), |day| day.plus(1));
        let n = crate::plans::evidence::from_dataset::members(data, &records, &group, until).len();
        format!("{n} students of the loaded data.")
    })
    .into()
}

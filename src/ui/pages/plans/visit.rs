//! A visit to a school that does better: why, with whom, the question kit, and what each will test.

use super::evidence_of::evidence;
use super::form::{Cursor, deed, group, item, stack};
use super::more::stages;
use crate::plans::content::peers::{KIT, PRODUCTS};
use crate::plans::edits::peers::{profile_from_visit, test_from_visit};
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::Plans;
use leptos::prelude::*;

/// The form of one visit.
#[must_use]
pub fn form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Visit>(plans, id);
    let from = id.clone();
    let profile = move || {
        if let Some((id, change)) =
            plans.workspace.with_untracked(|w| profile_from_visit(w, &from, &mut || plans.new_id()))
        {
            plans.deed(change);
            plans.app.go(&super::href(&id));
        }
    };
    let products = PRODUCTS.iter().map(|p| view! { <li><strong>{p.title}</strong>": "{p.hint}</li> }).collect_view();
    let mut fields = vec![
        group(vec![
            at.text("School", "", |v| &mut v.school),
            at.day("Day", "", |v| &mut v.on),
            at.who("Who has it", "", |v| &mut v.owner),
            at.pick("State", "", stages(), |v| &mut v.stage),
        ]),
        evidence(plans, id),
        at.area("Why this school", "In our own words", |v| &mut v.why_in_words),
        at.list("Whom to invite", "Add someone", |v| &mut v.invite, |row: Cursor<Member>| {
            group(vec![
                row.who("Role or initials", "", |m| &mut m.who),
                row.text("From", "", |m| &mut m.from),
                row.text("What they will look for", "", |m| &mut m.role),
            ])
        }),
        at.notes("What to bring back", "Add a product", "Product", |v| &mut v.produce),
        view! { <details><summary class="link">"Products that travel well"</summary><ul class="plain-list">{products}</ul></details> }.into_any(),
    ];
    for part in &KIT {
        let questions: Vec<AnyView> = part
            .questions
            .iter()
            .map(|q| {
                let (read, write) = (at.clone(), at.clone());
                let key = q.key;
                let value = read
                    .value(move |v| v.kit.iter().find(|k| k.id.0 == key).map(|k| k.answer.clone()).unwrap_or_default());
                let put = move |text: String| {
                    write.change("Changed: an answer", |v| match v.kit.iter_mut().find(|k| k.id.0 == key) {
                        Some(answer) => answer.answer = text,
                        None => v.kit.push(KitAnswer { id: Id::from(key), answer: text, ..KitAnswer::default() }),
                    });
                };
                super::form::free_area(q.title, q.hint, value, std::sync::Arc::new(put))
            })
            .collect();
        fields.push(
            view! { <details class="plans-group"><summary class="link">{part.title}</summary><div class="stack">{questions}</div></details> }
                .into_any(),
        );
    }
    let test_id = id.clone();
    fields.extend([
        at.list(
            "Questions of our own",
            "Add a question",
            |v| &mut v.own_questions,
            |row: Cursor<KitAnswer>| {
                stack(vec![
                    row.text("Question", "", |k| &mut k.question),
                    row.area("What we heard", "", |k| &mut k.answer),
                ])
            },
        ),
        at.area("Notes", "", |v| &mut v.notes),
        at.list(
            "What each of us will test",
            "Add a test",
            |v| &mut v.visitor_tests,
            move |row: Cursor<VisitorTest>| {
                let made = row.value(|t| t.test.clone());
                let (visit, cursor) = (test_id.clone(), row.clone());
                let make = move || {
                    let Some(now) = cursor.now_untracked() else { return };
                    let made =
                        plans.workspace.with_untracked(|w| test_from_visit(w, &visit, &now.id, &mut || plans.new_id()));
                    if let Some((id, change)) = made {
                        plans.deed(change);
                        plans.app.go(&super::href(&id));
                    }
                };
                let way = move || match made
                    .get()
                    .filter(|id| plans.workspace.with(|w| matches!(w.get(id), Some(Body::Test(_)))))
                {
                    Some(id) => view! { <a href=super::href(&id)>"Open the test"</a> }.into_any(),
                    None => deed("Make a test of it", make.clone()),
                };
                group(vec![
                    row.who("Who", "", |t| &mut t.who),
                    row.text("Will test", "", |t| &mut t.will_test),
                    row.text("With whom", "", |t| &mut t.with_whom),
                    row.text("Predicts", "", |t| &mut t.predicts),
                    row.day("Looks again on", "", |t| &mut t.look_again),
                    view! { <p class="no-print">{way}</p> }.into_any(),
                ])
            },
        ),
        view! { <p class="no-print">{deed("Begin a practice profile from this visit", profile)}</p> }.into_any(),
    ]);
    stack(fields)
}

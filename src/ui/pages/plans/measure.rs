//! The four measuring questions, filled from plans and data where they can be.

use super::evidence_of::school;
use super::form::{group, item, stack};
use super::others::Others;
use crate::plans::content::tests_of_change::QUESTIONS;
use crate::plans::measuring::{Summary, summary, summary_for_others};
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::Plans;
use crate::ui::components::PageHead;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn MeasuringPage() -> impl IntoView {
    let finding = Prose::from(
        "Four questions: how much did we do, how well, what difference did it make for those we served, and what changed for the whole school?",
    );
    view! {
        <PageHead title="Measuring" finding />
        <Others title="Summaries" kind="Measuring" begin="Begin a summary" note="What plans and data tell is filled in; the rest is yours." />
        <Others title="Rounds of conversations" kind="Conversations" begin="Plan a round of conversations" note="How many families, by when." />
    }
}

/// The summary as it may be shown now: in Share mode nothing that counts students.
#[must_use]
pub fn filled(plans: Plans, id: &Id) -> Option<Summary> {
    plans.workspace.with(|w| {
        let Some(Body::Measure(m)) = w.get(id) else { return None };
        plans.personal.with(|p| {
            plans.movement.with(|movement| {
                Some(if plans.is_team() {
                    summary(w, Some(p), movement, m)
                } else {
                    summary_for_others(w, p, movement, m)
                })
            })
        })
    })
}

/// The form of one summary.
#[must_use]
pub fn form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Measure>(plans, id);
    let tests: Vec<(Id, String)> = plans.workspace.with_untracked(|w| {
        w.live().filter(|(_, b)| matches!(b, Body::Test(_))).map(|(id, b)| (id.clone(), b.title())).collect()
    });
    let told = |n: usize| {
        let id = id.clone();
        let lines = move || {
            let (lines, hides) =
                filled(plans, &id).map(|s| (s.sections[n].filled.clone(), s.sections[n].hides)).unwrap_or_default();
            let rest = match (lines.is_empty(), hides) {
                (_, true) => "What counts students is hidden here: it shows in Team mode.",
                (true, false) => "Plans and data tell nothing about this yet.",
                (false, false) => "",
            };
            view! {
                {(!lines.is_empty()).then(|| view! { <ul class="plain-list">{lines.into_iter().map(|l| view! { <li>{l}</li> }).collect_view()}</ul> })}
                {(!rest.is_empty()).then(|| view! { <p class="small quiet">{rest}</p> })}
            }
        };
        view! { <div><h3 class="rows__title">{QUESTIONS[n].title}</h3>{lines}</div> }.into_any()
    };
    let hint = |n: usize| QUESTIONS[n].hint;
    let mut fields = vec![group(vec![
        at.text("Title", "", |m| &mut m.title),
        school(&at, "None chosen means all", |m| &mut m.school),
        at.day("From", "", |m| &mut m.from),
        at.day("To", "", |m| &mut m.to),
    ])];
    if !tests.is_empty() {
        fields.push(at.several("Only these tests", tests, |m| &mut m.tests));
    }
    fields.extend([
        told(0),
        at.area("In our words: how much", hint(0), |m| &mut m.how_much),
        told(1),
        at.area("In our words: how well", hint(1), |m| &mut m.how_well),
        told(2),
        at.area("In our words: for those we served", hint(2), |m| &mut m.difference_for_served),
        told(3),
        at.area("In our words: for the whole school", hint(3), |m| &mut m.difference_for_school),
        at.area("What follows", "", |m| &mut m.conclusion),
    ]);
    stack(fields)
}

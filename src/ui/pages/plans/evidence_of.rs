//! The findings that a visit, a profile or a recognition rests on, and how to take one from the loaded data.

use super::form::{At, Cursor, deed};
use crate::plans::Body;
use crate::plans::Id;
use crate::plans::document::Content;
use crate::plans::edits::handed_over::about_school;
use crate::plans::edits::peers::{add_evidence, school_of};
use crate::plans::sharing::finding_words;
use crate::state::plans::Plans;
use crate::state::share::{ShareState, use_share};
use crate::state::stamp;
use crate::ui::components::Choice;
use crate::ui::pages::schools;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The names of the schools of the loaded data; tracked.
fn known(plans: Plans) -> Vec<String> {
    let loaded = plans.app.loaded.get();
    loaded.map(|l| l.outcome.dataset.schools.iter().map(|s| s.name.clone()).collect()).unwrap_or_default()
}

/// A school: one of the loaded data where there are any, else in words.
#[must_use]
pub fn school<V: Clone + PartialEq + Send + Sync + 'static>(
    at: &Cursor<V>,
    hint: &str,
    place: At<V, String>,
) -> AnyView {
    let names = untrack(|| known(at.plans));
    if names.is_empty() {
        return at.text("School", hint, place);
    }
    let now = at.now_untracked().map(|mut v| place(&mut v).clone()).unwrap_or_default();
    // What was written by hand before stays a choice.
    let by_hand = (!now.is_empty() && !names.contains(&now)).then_some(now);
    let choices = std::iter::once(Choice::new("", "No school chosen"))
        .chain(names.into_iter().chain(by_hand).map(|name| Choice::new(name.clone(), name)))
        .collect();
    at.key("School", hint, choices, place)
}

/// The findings that an item rests on.
#[must_use]
pub fn evidence(plans: Plans, id: &Id) -> AnyView {
    let here = id.clone();
    let lines = move || {
        let found = plans.workspace.with(|w| {
            let named = w.get(&here).map(Content::references).unwrap_or_default();
            let findings = named.into_iter().filter_map(|at| match w.get(&at) {
                Some(Body::Finding(f)) => {
                    Some((at.clone(), finding_words(f, plans.eyes()).to_owned(), f.stamp.clone()))
                }
                _ => None,
            });
            findings.collect::<Vec<_>>()
        });
        if found.is_empty() {
            return view! { <p class="small quiet">"No finding is tied to this yet."</p> }.into_any();
        }
        let rows = found.into_iter().map(|(at, sentence, stamp)| {
            view! { <p><a href=super::href(&at)>{sentence}</a>" "<span class="small quiet">{stamp}</span></p> }
        });
        rows.collect_view().into_any()
    };
    view! { <div><h3 class="rows__title">"Evidence"</h3>{lines}{take(plans, id)}</div> }.into_any()
}

/// One action that brings what the loaded data say of the item's school.
fn take(plans: Plans, id: &Id) -> impl IntoView + use<> {
    let (share, id) = (use_share(), id.clone());
    let at = id.clone();
    let school = Memo::new(move |_| {
        plans.workspace.with(|w| w.get(&at).and_then(school_of).map(|name| name.trim().to_owned())).unwrap_or_default()
    });
    move || {
        let names = known(plans);
        let name = school.get();
        if names.contains(&name) {
            let (id, of) = (id.clone(), name.clone());
            let words = format!("Take the finding about {name} from the data");
            return view! { <p class="no-print">{deed(&words, move || take_finding(plans, share, &id, &of))}</p> }
                .into_any();
        }
        let words = if names.is_empty() {
            "With data loaded, what they say of the school can be taken from here."
        } else {
            "Name a school of the loaded data, and what they say of it can be taken from here."
        };
        view! { <p class="small quiet no-print">{words}</p> }.into_any()
    }
}

/// Others read it, so its numbers are those of the audited export, which is prepared first where it is not yet.
fn take_finding(plans: Plans, share: ShareState, id: &Id, school: &str) {
    let (app, id, school) = (plans.app, id.clone(), school.to_owned());
    spawn_local(async move {
        let _ = share.prepared(app).await;
        let (Some(compared), Some(loaded)) = (app.analysis.compared.get_untracked(), app.loaded.get_untracked()) else {
            return;
        };
        let Some(at) = compared.table.units.iter().position(|name| *name == school) else { return };
        let numbers = schools::evidence(&compared, at, app.analysis.told.get_untracked());
        let rests_on = app.definition.with_untracked(|d| stamp::sentence(&loaded, d));
        // A struct of plain fields always turns into a value.
        let numbers = serde_json::to_value(&numbers).unwrap_or_default();
        let Some(finding) = about_school(&numbers, &rests_on, Some(plans.today())) else { return };
        let change = plans.workspace.with_untracked(|w| add_evidence(w, &id, finding, &mut || plans.new_id()));
        match change {
            Some(change) => plans.deed(change),
            None => app.say("This finding is tied to it already."),
        }
    });
}

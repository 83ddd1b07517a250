//! From a school, a condition or a finding to its plans: for other pages to show beside their own.

use super::form::deed;
use crate::plans::board::plans_for;
use crate::plans::document::Link;
use crate::plans::edits::reasons::from_finding;
use crate::plans::model::{Family, Finding, FindingKind};
use crate::state::plans::use_plans;
use leptos::prelude::*;

/// The plans tied to `link`, and a way to note a reason from what the page shows: `sentence` as the
/// page says it, with its `stamp`.
#[component]
pub fn PlansFor(
    link: Link,
    #[prop(optional, into)] sentence: Signal<String>,
    #[prop(optional, into)] stamp: Signal<String>,
) -> impl IntoView {
    let plans = use_plans();
    let at = link.clone();
    let list = move || {
        let found = plans.workspace.with(|w| {
            let tied = plans_for(w, &at);
            tied.into_iter().filter_map(|id| w.get(&id).map(|b| (id.clone(), b.kind(), b.title()))).collect::<Vec<_>>()
        });
        let rows = found.into_iter().map(|(id, kind, title)| {
            view! { <li class="tie"><span class="quiet small">{kind}</span><a href=super::href(&id)>{title}</a></li> }
        });
        view! { <ul class="ties">{rows.collect_view()}</ul> }
    };
    let note = move || {
        let (kind, school, condition) = match &link {
            Link::School(name) => (FindingKind::School, name.clone(), String::new()),
            Link::Condition(key) => (FindingKind::Condition, String::new(), key.clone()),
            Link::Grade(_) => (FindingKind::Grade, String::new(), String::new()),
            Link::Finding(_) | Link::Item(_) => (FindingKind::Pattern, String::new(), String::new()),
        };
        let finding = Finding {
            kind,
            sentence: sentence.get_untracked(),
            stamp: stamp.get_untracked(),
            school,
            condition,
            seen: Some(plans.today()),
            ..Finding::default()
        };
        let (id, change) = from_finding(finding, Family::default(), &mut || plans.new_id());
        plans.deed(change);
        plans.app.go(&super::href(&id));
    };
    view! {
        <div class="no-print">
            {list}
            <p>{deed("Note a reason from this", note)}</p>
        </div>
    }
}

//! From a school, a condition or a finding to its plans: for other pages to show beside their own.

use super::form::deed;
use crate::plans::PersonalBody;
use crate::plans::board::plans_for;
use crate::plans::document::Link;
use crate::plans::edits::reasons::from_finding;
use crate::plans::model::{Family, Finding, FindingKind};
use crate::plans::sharing::title;
use crate::state::plans::use_plans;
use crate::ui::components::{Button, Section};
use leptos::prelude::*;

/// The plans tied to `link`, and a way to note a reason from what the page shows: `sentence` as the
/// page says it, with its `stamp`.
#[component]
pub fn PlansFor(
    link: Link,
    /// The school that the sentence is about, beside a condition.
    #[prop(optional)]
    school: String,
    #[prop(optional, into)] sentence: Signal<String>,
    #[prop(optional, into)] stamp: Signal<String>,
    /// Plans a visit there, where the page can say why.
    #[prop(optional, into)]
    on_visit: Option<Callback<()>>,
) -> impl IntoView {
    let plans = use_plans();
    let at = link.clone();
    let list = move || {
        let found = plans.workspace.with(|w| {
            let tied = plans_for(w, &at);
            tied.into_iter()
                .filter_map(|id| w.get(&id).map(|b| (id.clone(), b.kind(), title(b, plans.eyes()))))
                .collect::<Vec<_>>()
        });
        let rows = found.into_iter().map(|(id, kind, title)| {
            view! { <li class="tie"><span class="quiet small">{kind}</span><a href=super::href(&id)>{title}</a></li> }
        });
        view! { <ul class="ties">{rows.collect_view()}</ul> }
    };
    let note = move || {
        let (kind, school, condition) = match &link {
            Link::School(name) => (FindingKind::School, name.clone(), String::new()),
            Link::Condition(key) => (FindingKind::Condition, school.clone(), key.clone()),
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
            <p class="row">
                {deed("Note a reason from this", note)}
                {on_visit.map(|visit| deed("Plan a visit", move || visit.run(())))}
            </p>
        </div>
    }
}

/// Conversations about a student, and the plans that the student is in. For the team's eyes.
#[component]
pub fn PlansOfStudent(#[prop(into)] student: Signal<String>, #[prop(into)] on_talk: Callback<()>) -> impl IntoView {
    let plans = use_plans();
    let found = Memo::new(move |_| {
        let id = student.get();
        if id.is_empty() || !plans.is_team() {
            return Vec::new();
        }
        let talks = plans.personal.with(|p| {
            let about = p.about_student(&id);
            let talks = about.into_iter().filter_map(|at| match p.get(&at) {
                Some(PersonalBody::Conversation(talk)) => {
                    let when = talk.plan.made.map_or_else(|| "no plan yet".to_owned(), |day| format!("plan of {day}"));
                    Some(("Conversation".to_owned(), format!("#/plans/talk/{at}"), when))
                }
                _ => None,
            });
            talks.collect::<Vec<_>>()
        });
        let ids = plans.personal.with(|p| p.plans_of_student(&id));
        let items = plans.workspace.with(|w| {
            let items =
                ids.iter().filter_map(|at| w.get(at).map(|b| (b.kind().to_owned(), super::href(at), b.title())));
            items.collect::<Vec<_>>()
        });
        talks.into_iter().chain(items).collect::<Vec<_>>()
    });
    let rows = move || {
        let rows = found.get().into_iter().map(|(kind, href, title)| {
            view! { <li class="tie"><span class="quiet small">{kind}</span><a href=href>{title}</a></li> }
        });
        rows.collect_view()
    };
    view! {
        <Section title="Plans with this student" note="Kept apart from the plans: in this tab, or locked on this device.">
            <Show when=move || found.with(|f| !f.is_empty())>
                <ul class="ties no-print">{rows}</ul>
            </Show>
            <p class="no-print"><Button on_click=move |()| on_talk.run(())>"Plan a conversation"</Button></p>
        </Section>
    }
}

//! A list of the items of one kind, with a way to begin one.

use crate::plans::content::partners::AUDIENCES;
use crate::plans::model::*;
use crate::plans::{Body, Change};
use crate::state::plans::use_plans;
use crate::ui::components::{Button, ButtonSize, Section};
use leptos::prelude::*;

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

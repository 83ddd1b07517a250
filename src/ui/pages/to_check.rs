//! The note beside the results: how many things to check before anyone relies on them.

use crate::state::use_state;
use crate::ui::components::{Notice, NoticeKind};
use crate::ui::format;
use leptos::prelude::*;

/// Shown only where there is something; the list itself is a page of its own.
#[component]
pub fn ToCheck() -> impl IntoView {
    let state = use_state();
    let titles = Memo::new(move |_| {
        let titles = state.checks.with(|checks| {
            let titles = checks.iter().flat_map(|checks| checks.iter().map(|problem| problem.kind.title()));
            titles.collect::<Vec<_>>()
        });
        let mut different: Vec<&str> = Vec::new();
        for title in &titles {
            if !different.contains(title) {
                different.push(title);
            }
        }
        (titles.len() as u64, different)
    });
    let title = Signal::derive(move || {
        let things = format::plural(titles.with(|t| t.0), "thing", "things");
        format!("{things} to check before you rely on these numbers")
    });
    let text = move || {
        titles.with(|(_, different)| {
            let first = different.iter().take(3).copied().collect::<Vec<_>>().join("; ");
            if different.len() > 3 { format!("{first}; and more. ") } else { format!("{first}. ") }
        })
    };
    view! {
        <Show when=move || titles.with(|t| t.0 > 0)>
            <Notice kind=NoticeKind::Question title>
                <p>{text}<a href="#/checks">"See where, and what to do"</a></p>
            </Notice>
        </Show>
    }
}

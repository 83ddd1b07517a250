//! Share: what may leave, a page about a practice, schools like ours elsewhere, and other people's tables.

mod audit;
mod check;
mod compare;
mod export;
mod preview;
mod profile;
mod report;
mod settings;
mod take;
mod tiers;

pub use export::keep_prepared;
pub use tiers::SharedTiers;

use crate::state::{AppState, use_state};
use leptos::prelude::*;

/// The parts of Share: the word below the page, and the link's words.
const PARTS: [(&str, &str); 5] = [
    ("", "Tables and files"),
    ("report", "Printed report"),
    ("profile", "Practice profile"),
    ("compare", "Schools like ours elsewhere"),
    ("check", "Check a published file"),
];

#[component]
pub fn SharePage() -> impl IntoView {
    let state = use_state();
    let part = Memo::new(move |_| state.route.with(|route| route.below.first().cloned().unwrap_or_default()));
    move || match part.get().as_str() {
        "report" => view! { <report::ReportPage /> }.into_any(),
        "profile" => view! { <profile::ProfilePage /> }.into_any(),
        "compare" => view! { <compare::ComparePage /> }.into_any(),
        "check" => view! { <check::CheckPage /> }.into_any(),
        _ => view! { <export::ExportPage /> }.into_any(),
    }
}

/// The way between the parts; `here` is the word of the one that is shown.
#[component]
fn Parts(here: &'static str) -> impl IntoView {
    let links = PARTS
        .into_iter()
        .map(|(word, label)| {
            let current = (word == here).then_some("page");
            view! { <a class="share-parts__link" href=AppState::share_page(word) aria-current=current>{label}</a> }
        })
        .collect_view();
    view! { <nav class="share-parts no-print" aria-label="Ways to share">{links}</nav> }
}

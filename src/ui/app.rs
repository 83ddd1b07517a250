//! The frame around every page, and which page an address leads to.

use super::components::{Mode as Shown, Notice, NoticeKind, Stamp};
use super::pages;
use super::shell::Shell;
use crate::browser::document;
use crate::state::{Mode, Page, provide, stamp};
use leptos::prelude::*;

#[component]
pub fn App() -> impl IntoView {
    let state = provide();
    let current = Signal::derive(move || state.route.with(crate::state::Route::hash));
    let mode = Signal::derive(move || match state.mode.get() {
        Mode::Team => Shown::Team,
        Mode::Share => Shown::Share,
    });
    let on_mode = move |shown: Shown| {
        state.mode.set(match shown {
            Shown::Team => Mode::Team,
            Shown::Share => Mode::Share,
        });
    };
    let stamp = Signal::derive(move || {
        let loaded = state.loaded.get()?;
        let w = state.definition.with(|d| stamp::words(&loaded, d));
        #[cfg(feature = "full")]
        let w = state.analysis.sight.with(|sight| sight.earlier().map_or(w, stamp::words_of_earlier));
        Some(Stamp { whose: w.whose, count: w.count, dates: w.dates, definition: w.definition, minimum: w.minimum })
    });
    let page = Memo::new(move |_| state.route.with(|r| r.page));
    // A new page starts at its title: for the eye, the keyboard and the screen reader alike.
    Effect::new(move |before: Option<(Page, Vec<String>)>| {
        let now = state.route.with(|r| (r.page, r.below.clone()));
        document::set_title(&format!("{} · Bright Spots", now.0.title()));
        if before.is_some_and(|before| before != now) {
            document::scroll_to_top();
            document::focus_title();
        }
        now
    });
    let body = move || match page.get() {
        Page::Data => view! { <pages::DataPage /> }.into_any(),
        Page::Tiers => view! { <pages::TiersPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Conditions => view! { <pages::ConditionsPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Students => view! { <pages::StudentsPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Explore => view! { <pages::ExplorePage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Checks => view! { <pages::ChecksPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Definition => view! { <pages::DefinitionPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Reconcile => view! { <pages::ReconcilePage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Readings => view! { <pages::ReadingsPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Schools => view! { <pages::SchoolsPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Workshop => view! { <pages::WorkshopPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Share => view! { <pages::SharePage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Plans => view! { <pages::PlansPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Privacy => view! { <pages::PrivacyPage /> }.into_any(),
        #[cfg(feature = "full")]
        Page::Help => view! { <pages::HelpPage /> }.into_any(),
        #[cfg(feature = "gallery")]
        Page::Components => view! { <super::components::GalleryPage /> }.into_any(),
        #[cfg(all(feature = "full", not(feature = "gallery")))]
        Page::Components => view! { <pages::NotHere page=Page::Components /> }.into_any(),
        #[cfg(not(feature = "full"))]
        other => view! { <pages::Opening page=other /> }.into_any(),
    };
    view! {
        <Shell
            current
            mode
            on_mode
            stamp
            change="#/definition"
            announcement=state.announcement
            version=env!("CARGO_PKG_VERSION")
        >
            <div class="wrap">
                <Show when=move || state.remark.with(Option::is_some)>
                    <Notice
                        kind=NoticeKind::Remark
                        actions=move || view! {
                            <button type="button" class="link" on:click=move |_| state.remark.set(None)>"Close"</button>
                        }
                    >
                        <p>{move || state.remark.get()}</p>
                    </Notice>
                </Show>
                {body}
            </div>
        </Shell>
    }
}

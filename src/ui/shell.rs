//! The frame of every page: skip link, masthead, stamp, main, foot, and the words for a screen reader.

use super::components::{Footer, LiveRegion, Masthead, Mode, Stamp, StampLine};
use leptos::html;
use leptos::prelude::*;

/// `current` is the address shown. `stamp` is `None` while there are no data; `change` is where it can be
/// changed. `announcement` is read out whenever it changes.
#[component]
pub fn Shell(
    #[prop(into)] current: Signal<String>,
    #[prop(into)] mode: Signal<Mode>,
    #[prop(into)] on_mode: Callback<Mode>,
    #[prop(into)] stamp: Signal<Option<Stamp>>,
    #[prop(default = "#/".into(), into)] change: Signal<String>,
    #[prop(optional, into)] announcement: Signal<String>,
    #[prop(into)] version: Signal<String>,
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    // The address after # belongs to the pages, so the skip link moves the focus itself.
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            // Main always takes focus; were it gone, there would be nothing to skip to.
            let _ = main.focus();
        }
    };
    let has_stamp = move || stamp.with(Option::is_some);
    let stamp = Signal::derive(move || stamp.get().unwrap_or_default());
    view! {
        <div class="shell">
            <a class="skip-link" href="#main" on:click=skip>"Skip to the page"</a>
            <Masthead current mode on_mode />
            <Show when=has_stamp><StampLine stamp change /></Show>
            <main class="shell__main" id="main" tabindex="-1" node_ref=main>{children()}</main>
            <Footer version />
            <LiveRegion message=announcement />
        </div>
    }
}

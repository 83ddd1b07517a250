//! The foot of every page: the promise, and how to check it.

use leptos::prelude::*;

/// `version` is the build's own, such as `0.4`.
#[component]
pub fn Footer(#[prop(into)] version: Signal<String>) -> impl IntoView {
    view! {
        <footer class="footer wrap">
            <div class="footer__row">
                <span>"Nothing you load leaves this device."</span>
                <a href="#/privacy">"Check it yourself"</a>
                <a href="#/help">"Help"</a>
                <span class="footer__version">{move || format!("Bright Spots {} · works offline", version.get())}</span>
            </div>
        </footer>
    }
}

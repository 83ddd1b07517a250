//! The mark: a dot, its interval and the expected tick. The logo is the chart.

use leptos::prelude::*;

/// The logo, hidden from readers of the page because the name stands beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" width="32" height="20" viewBox="0 0 32 20" aria-hidden="true" focusable="false">
            <line class="mark__line" x1="0" y1="10" x2="25" y2="10" />
            <circle class="mark__dot" cx="12" cy="10" r="6.2" />
            <line class="mark__tick" x1="30" y1="1.5" x2="30" y2="18.5" />
        </svg>
    }
}

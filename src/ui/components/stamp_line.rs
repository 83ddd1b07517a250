//! The stamp: whose data, which days, which definition, which minimum. It stands on every page and chart.

use leptos::prelude::*;

/// What the numbers on this page are about, already in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// `Example district`
    pub whose: String,
    /// `6 schools`
    pub count: String,
    /// `2 Sep 2025 – 13 Feb 2026`
    pub dates: String,
    /// `Chronic = missed 10 % or more of enrolled days`
    pub definition: String,
    /// `At least 10 days enrolled`
    pub minimum: String,
}

/// `change` is the address where the definition can be changed.
#[component]
pub fn StampLine(#[prop(into)] stamp: Signal<Stamp>, #[prop(into)] change: Signal<String>) -> impl IntoView {
    view! {
        <section class="stamp-line" aria-label="What these numbers are about">
            <div class="wrap stamp-line__row">
                <span class="stamp-line__whose">
                    <strong>{move || stamp.get().whose}</strong>
                    <span class="stamp-line__count">
                        {move || stamp.with(|stamp| if stamp.count.is_empty() { String::new() } else { format!(", {}", stamp.count) })}
                    </span>
                </span>
                <span class="stamp-line__dates">{move || stamp.get().dates}</span>
                <span class="stamp-line__definition">{move || stamp.get().definition}</span>
                <span class="stamp-line__minimum">{move || stamp.get().minimum}</span>
                <a class="stamp-line__change" href=move || change.get() aria-label="Change the definition">
                    "Change"
                </a>
            </div>
        </section>
    }
}

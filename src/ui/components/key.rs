//! A chart's key: a list of marks and what they mean.

use crate::attendance::Tier;
use leptos::prelude::*;

/// The five tiers in their order, worst last.
#[component]
pub fn TierKey() -> impl IntoView {
    let items = Tier::ALL
        .into_iter()
        .map(|tier| {
            let class = format!("bar--{}", tier.index() + 1);
            view! {
                <li class="key__item">
                    <svg class="key__swatch" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
                        <rect class=class x="0.5" y="0.5" width="13" height="13" />
                    </svg>
                    {tier.label()}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="key">{items}</ul> }
}

/// The marks of the comparison: a dot on its interval, and the expected tick.
#[component]
pub fn ComparisonKey() -> impl IntoView {
    view! {
        <ul class="key">
            <li class="key__item">
                <svg width="32" height="16" viewBox="0 0 32 16" aria-hidden="true" focusable="false">
                    <line class="verdict-shape__line" x1="0" y1="8" x2="32" y2="8" />
                    <circle class="verdict-shape__ink" cx="16" cy="8" r="5.5" />
                </svg>
                "rate and 95 % interval"
            </li>
            <li class="key__item">
                <svg width="6" height="16" viewBox="0 0 6 16" aria-hidden="true" focusable="false">
                    <line class="key__tick" x1="3" y1="0" x2="3" y2="16" />
                </svg>
                "expected for its students"
            </li>
        </ul>
    }
}

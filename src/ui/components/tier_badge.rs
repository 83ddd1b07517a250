//! A tier as a five-step stair, filled up to the tier, with its name.

use crate::attendance::Tier;
use leptos::prelude::*;

/// The name always stands beside the stair: colour never carries a tier alone.
#[component]
pub fn TierBadge(#[prop(into)] tier: Signal<Tier>) -> impl IntoView {
    let steps = (0..Tier::ALL.len())
        .map(|at| {
            // Steps 5 px wide, 7 px apart, rising from 6 to 12 px.
            let height = 6.0 + 1.5 * at as f64;
            let filled = move || tier.get().index() >= at;
            view! {
                <rect
                    class="tier-badge__step"
                    class:is-filled=filled
                    x=0.5 + 7.0 * at as f64
                    y=12.5 - height
                    width="5"
                    height=height
                />
            }
        })
        .collect_view();
    view! {
        <span class=move || format!("tier-badge tier-badge--{}", tier.get().index() + 1)>
            <svg width="34" height="13" viewBox="0 0 34 13" aria-hidden="true" focusable="false">{steps}</svg>
            <span class="tier-badge__name">{move || tier.get().label()}</span>
        </span>
    }
}

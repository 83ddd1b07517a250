//! A tier as a five-step stair, filled up to the tier, with its name.

use crate::attendance::Tier;
use leptos::prelude::*;

/// The name always stands beside the stair: colour never carries a tier alone.
#[component]
pub fn TierBadge(#[prop(into)] tier: Signal<Tier>) -> impl IntoView {
    view! {
        <span class=move || format!("tier-badge tier-badge--{}", tier.get().index() + 1)>
            <svg width="34" height="13" viewBox="0 0 34 13" aria-hidden="true" focusable="false" inner_html=move || stair(tier.get())></svg>
            <span class="tier-badge__name">{move || tier.get().label()}</span>
        </span>
    }
}

/// Steps 5 px wide, 7 px apart, rising from 6 to 12 px: fixed markup of ours, in one piece since lists hold many.
fn stair(tier: Tier) -> String {
    let mut steps = String::new();
    for (at, step) in Tier::ALL.into_iter().enumerate() {
        let filled = if step <= tier { " is-filled" } else { "" };
        let (x, height) = (0.5 + 7.0 * at as f64, 6.0 + 1.5 * at as f64);
        let y = 12.5 - height;
        steps += &format!(r#"<rect class="tier-badge__step{filled}" x="{x}" y="{y}" width="5" height="{height}"/>"#);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stair_is_filled_up_to_its_tier() {
        for tier in Tier::ALL {
            assert_eq!(stair(tier).matches("is-filled").count(), tier.index() + 1);
            assert_eq!(stair(tier).matches("<rect").count(), 5);
        }
    }
}

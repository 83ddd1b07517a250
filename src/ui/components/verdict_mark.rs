//! A verdict: shape first, then colour, then always words.

use leptos::prelude::*;

/// The seven verdicts on a school (contract, `verdict`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    LikelyBrightSpot,
    PossibleBrightSpot,
    AsExpected,
    PossiblyHigher,
    LikelyHigher,
    TooFewToTell,
    CheckDataFirst,
}

impl Verdict {
    pub const ALL: [Verdict; 7] = [
        Verdict::LikelyBrightSpot,
        Verdict::PossibleBrightSpot,
        Verdict::AsExpected,
        Verdict::PossiblyHigher,
        Verdict::LikelyHigher,
        Verdict::TooFewToTell,
        Verdict::CheckDataFirst,
    ];

    /// Reads the name that results files use.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.key() == key)
    }

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Verdict::LikelyBrightSpot => "likely_bright_spot",
            Verdict::PossibleBrightSpot => "possible_bright_spot",
            Verdict::AsExpected => "as_expected",
            Verdict::PossiblyHigher => "possibly_higher",
            Verdict::LikelyHigher => "likely_higher",
            Verdict::TooFewToTell => "too_few_to_tell",
            Verdict::CheckDataFirst => "check_data_first",
        }
    }

    /// Whether the numbers were enough to judge. Where not, the interval is dashed.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        !matches!(self, Verdict::TooFewToTell | Verdict::CheckDataFirst)
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Verdict::LikelyBrightSpot => "Likely bright spot",
            Verdict::PossibleBrightSpot => "Possible bright spot",
            Verdict::AsExpected => "As expected",
            Verdict::PossiblyHigher => "Possibly higher",
            Verdict::LikelyHigher => "Likely higher",
            Verdict::TooFewToTell => "Too few to tell",
            Verdict::CheckDataFirst => "Check data first",
        }
    }
}

/// `reason` is the quiet line below the words: why this verdict.
#[component]
pub fn VerdictMark(
    #[prop(into)] verdict: Signal<Verdict>,
    #[prop(optional, into)] reason: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="verdict-mark">
            {move || shape(verdict.get())}
            <span>
                <span class="verdict-mark__words">{move || verdict.get().label()}</span>
                <Show when=move || reason.with(|reason| !reason.is_empty())>
                    <span class="verdict-mark__reason">{move || reason.get()}</span>
                </Show>
            </span>
        </span>
    }
}

fn shape(verdict: Verdict) -> impl IntoView {
    view! {
        <svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true" focusable="false" inner_html=drawn(verdict)></svg>
    }
}

/// The same for the rows of a table, which are written anew as a whole: nothing in it listens.
pub(super) fn verdict_cell(verdict: Verdict, reason: String) -> impl IntoView {
    let reason = (!reason.is_empty()).then(|| view! { <span class="verdict-mark__reason">{reason}</span> });
    view! {
        <span class="verdict-mark">
            {shape(verdict)}
            <span><span class="verdict-mark__words">{verdict.label()}</span>{reason}</span>
        </span>
    }
}

/// The shape around the point (0, 0), for a mark beside words or a dot on an axis: fixed markup of ours.
pub(super) const fn drawn(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::LikelyBrightSpot => r#"<circle class="verdict-shape__bright" r="6.8"/>"#,
        Verdict::PossibleBrightSpot => {
            r#"<circle class="verdict-shape__edge" r="6.2"/><path class="verdict-shape__bright-half" d="M0-5.2a5.2 5.2 0 0 0 0 10.4z"/>"#
        }
        Verdict::AsExpected => r#"<circle class="verdict-shape__ink" r="6"/>"#,
        Verdict::PossiblyHigher => {
            r#"<rect class="verdict-shape__edge" x="-6" y="-6" width="12" height="12"/><rect class="verdict-shape__high-half" x="0" y="-5" width="5" height="10"/>"#
        }
        Verdict::LikelyHigher => r#"<rect class="verdict-shape__high" x="-6" y="-6" width="12" height="12"/>"#,
        Verdict::TooFewToTell => r#"<circle class="verdict-shape__edge" r="5"/>"#,
        Verdict::CheckDataFirst => {
            r#"<path class="verdict-shape__edge" d="M0-7.8 7.8 0 0 7.8-7.8 0z"/><path class="verdict-shape__sign" d="M-1.8-1.6A1.8 1.8 0 1 1 .8 0Q0 .4 0 1.2M0 3.4v.1"/>"#
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_leads_back_to_its_verdict() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_key(verdict.key()), Some(verdict));
        }
        assert_eq!(Verdict::from_key("best"), None);
    }
}

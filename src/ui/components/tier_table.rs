//! All students by tier: badge, bounds, a bar, students and share; the heaviest line at ten percent.

use super::tier_badge::TierBadge;
use crate::attendance::Tier;
use crate::ui::format;
use leptos::prelude::*;

/// How many students each tier holds. Hidden numbers never come here: Share mode makes its own table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TierCounts {
    /// In the order of [`Tier::ALL`].
    pub students: [u64; 5],
    /// The 95 % interval of the chronic rate, in 0..=1.
    pub interval: Option<(f64, f64)>,
    /// What each tier means in days so far, such as `5 to 9½`, and last for all chronic; empty where students'
    /// enrolled days differ too much to say.
    pub days: Option<[String; 6]>,
    /// `Of 98 days`, the head of that column.
    pub days_head: String,
}

impl TierCounts {
    fn total(&self) -> u64 {
        self.students.iter().sum()
    }

    fn chronic(&self) -> u64 {
        self.students[Tier::Moderate.index()..].iter().sum()
    }
}

/// `threshold` is the definition in words for the last row, such as `10 % or more`.
#[component]
pub fn TierTable(
    #[prop(into)] counts: Signal<TierCounts>,
    #[prop(into)] caption: Signal<String>,
    #[prop(default = "10 % or more".into(), into)] threshold: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="data-table tier-table">
            <table>
                <caption class="visually-hidden">{move || caption.get()}</caption>
                {move || counts.with(|counts| body(counts, threshold.get()))}
            </table>
        </div>
    }
}

fn body(counts: &TierCounts, threshold: String) -> impl IntoView + use<> {
    let total = counts.total();
    let most = counts.students.iter().copied().max().unwrap_or(0).max(1);
    let has_days = counts.days.is_some();
    let days = counts.days.clone().unwrap_or_default();
    let rows = Tier::ALL
        .into_iter()
        .map(|tier| {
            let students = counts.students[tier.index()];
            let class = (tier == Tier::AtRisk).then_some("tier-table__row--line");
            let days = has_days
                .then(|| view! { <td class="tier-table__bounds tier-table__days">{days[tier.index()].clone()}</td> });
            view! {
                <tr class=class>
                    <th scope="row">
                        <TierBadge tier />
                        <span class="tier-table__under" aria-hidden="true">{tier.bounds()}</span>
                    </th>
                    <td class="tier-table__bounds">{tier.bounds()}</td>
                    {days}
                    <td class="tier-table__cell">{bar(tier, students, most)}</td>
                    <td class="number">{format::count(students)}</td>
                    <td class="number">{format::share(students, total)}</td>
                </tr>
            }
        })
        .collect_view();
    let chronic = counts.chronic();
    let interval = counts.interval.map(|(low, high)| format!("95 % interval {}", format::interval(low, high)));
    let days_head =
        has_days.then(|| view! { <th scope="col" class="tier-table__days">{counts.days_head.clone()}</th> });
    let days_total = has_days.then(|| view! { <td class="tier-table__bounds tier-table__days">{days[5].clone()}</td> });
    view! {
        <thead>
            <tr>
                <th scope="col">"Tier"</th>
                <th scope="col" class="tier-table__bounds">"Days missed"</th>
                {days_head}
                <td class="tier-table__cell"></td>
                <th scope="col" class="number">"Students"</th>
                <th scope="col" class="number">"Share"</th>
            </tr>
        </thead>
        <tbody>
            {rows}
            <tr class="is-total">
                <th scope="row">
                    "Chronically absent"
                    <span class="tier-table__under" aria-hidden="true">{threshold.clone()}</span>
                </th>
                <td class="tier-table__bounds">{threshold}</td>
                {days_total}
                <td class="tier-table__cell tier-table__interval">{interval}</td>
                <td class="number">{format::count(chronic)}</td>
                <td class="number">{format::share(chronic, total)}</td>
            </tr>
        </tbody>
    }
}

/// The longest bar fills the column. Percent widths keep it true at any width without a style attribute.
fn bar(tier: Tier, students: u64, most: u64) -> impl IntoView {
    let width = format!("{:.2}%", students as f64 / most as f64 * 100.0);
    view! {
        <svg class="tier-table__bar" aria-hidden="true" focusable="false">
            <rect class=format!("bar--{}", tier.index() + 1) x="0" y="0.5" width=width height="17" />
        </svg>
    }
}

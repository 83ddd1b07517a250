//! The tiers page for other eyes: the sums of the audited export, and no number that it does not tell.

use super::export::{has_students, keep_prepared};
use super::report::rate;
use crate::charts::Precision;
use crate::charts::grade_dots::{GradeDots, grade_dots};
use crate::charts::rate_rows::{RateRow, RateRows, rate_rows};
use crate::share::gate::{Shown, TierClass};
use crate::state::share::{Seen, Stage, use_share};
use crate::state::{AppState, stamp, use_state};
use crate::ui::components::{ButtonLink, ChartHead, PageHead, Section};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn SharedTiers() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    keep_prepared();
    let seen = Memo::new(move |_| share.seen());
    let finding = Signal::derive(move || match seen.get() {
        Some(seen) => finding(&seen),
        None => Prose::from(waiting(&share.stage.get(), has_students(state.loaded.get().as_deref()))),
    });
    let stamp = move || stamp::for_others(&state);
    let earlier = move || match share.offer().is_some_and(|offer| offer.again.is_some()) {
        true => " An earlier export’s numbers stay for now: the Share page says why.",
        false => "",
    };
    let note = Signal::derive(move || {
        let rule = seen.with(|s| s.as_ref().map(|s| s.rule.sentence()).unwrap_or_default());
        format!("{rule}. A student of two schools counts in each.{}", earlier())
    });
    let schools = Signal::derive(move || {
        let rows = seen.with(|s| s.as_ref().map(|s| s.schools.clone()).unwrap_or_default());
        let row = |(name, (students, chronic))| RateRow {
            name,
            note: String::new(),
            rate: rate(students, chronic),
            expected: None,
            verdict: None,
        };
        // By name: an order by rate would tell where a hidden one lies.
        let mut rows: Vec<RateRow> = rows.into_iter().map(row).collect();
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        rate_rows(&RateRows {
            title: "Chronic absence by school".into(),
            stamp: stamp(),
            row_label: "School".into(),
            rows,
            width: state.chart_width.get(),
            precision: Precision::Tenths,
        })
    });
    let grades = Signal::derive(move || {
        let groups = seen.with(|s| s.as_ref().map(|s| s.grades.clone()).unwrap_or_default());
        grade_dots(&GradeDots {
            title: "Chronic absence by grade".into(),
            stamp: stamp(),
            group_label: "grade".into(),
            groups: groups.into_iter().map(|(grade, (n, x))| (grade.to_string(), rate(n, x))).collect(),
            width: state.chart_width.get(),
            precision: Precision::Tenths,
        })
    });
    let has_grades = Memo::new(move |_| seen.with(|s| s.as_ref().is_some_and(|s| s.grades.len() > 1)));
    let said = Signal::derive(move || Prose::from(schools.with(|chart| chart.summary.clone())));
    view! {
        <PageHead title="Attendance tiers" finding />
        <Show when=move || seen.with(Option::is_some)>
            <Section title="All students" note>
                {move || seen.get().map(|seen| tiers(&seen))}
                <div class="exhibit-foot">
                    <span class="exhibit-foot__stamp">{move || format!("{} The same numbers as on the Share page.", stamp())}</span>
                    <ButtonLink href=AppState::share_page("")>"Share these numbers"</ButtonLink>
                </div>
            </Section>
            <Section title="By school" sentence=said>
                <Figure chart=schools name="chronic-absence-by-school" head=ChartHead::InTheMargin />
            </Section>
            <Show when=move || has_grades.get()>
                <Section title="By grade" note="Share of students chronically absent. The line through each dot is its 95 % interval.">
                    <Figure chart=grades name="chronic-absence-by-grade" head=ChartHead::InTheMargin />
                </Section>
            </Show>
        </Show>
    }
}

fn waiting(stage: &Stage, has_students: bool) -> &'static str {
    match (stage, has_students) {
        (_, false) => "The file that is loaded holds no students to put into tiers.",
        (Stage::Ready(_), true) => {
            "These numbers did not pass the attacker, so none is shown. The Share page offers a coarser table."
        }
        _ => "Small groups are being hidden, and an attacker built in here tries to find them.",
    }
}

fn finding(seen: &Seen) -> Prose {
    match seen.all {
        (Shown::Value(n), Shown::Value(x)) => Prose::new()
            .strong(format!("{} of {} students", format::count(x.into()), format::count(n.into())))
            .plain(format!(" are chronically absent: {}.", format::share(x.into(), n.into()))),
        (Shown::Value(n), Shown::Coded(code)) => Prose::new()
            .plain("Of ")
            .strong(format!("{} students, {code}", format::count(n.into())))
            .plain(" are chronically absent."),
        _ => Prose::from("Too few students to share any number about them."),
    }
}

fn tiers(seen: &Seen) -> AnyView {
    let Some(total) = seen.all.0.value().filter(|_| !seen.tiers.is_empty()) else {
        return view! { <p>"The tiers of these students are hidden."</p> }.into_any();
    };
    let row = |class: &TierClass| {
        let names: Vec<&str> = class.tiers.iter().map(|tier| tier.label()).collect();
        let bounds: Vec<&str> = class.tiers.iter().map(|tier| tier.bounds()).collect();
        let n = u64::from(class.students);
        view! {
            <tr>
                <th scope="row">{names.join(" or ")}</th>
                <td>{bounds.join("; ")}</td>
                <td class="number">{format::count(n)}</td>
                <td class="number">{format::share(n, u64::from(total))}</td>
            </tr>
        }
    };
    view! {
        <div class="data-table">
            <table>
                <caption class="visually-hidden">"All students by attendance tier"</caption>
                <thead><tr>
                    <th scope="col">"Tier"</th><th scope="col">"Days missed"</th>
                    <th scope="col" class="number">"Students"</th><th scope="col" class="number">"Share"</th>
                </tr></thead>
                <tbody>{seen.tiers.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

//! All schools on one axis, each against what is expected for its students.

use super::expected::WhereFrom;
use super::finding::{Like, finding};
use super::luck::CouldItBeLuck;
use super::published::{Public, PublicFiles};
use super::words::{ordered, school_csv, school_rows, span_of};
use crate::compare::strata::lower_first;
use crate::compare::verdict::Verdict;
use crate::state::analysis::Sight;
use crate::state::use_state;
use crate::ui::components::{
    Button, ButtonLink, ComparisonColumn, ComparisonKey, ComparisonOrder, Direction, PageHead, SchoolComparison,
    Section, SectionShape, sort_schools,
};
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;

/// The school whose expected rate is explained: the one asked for, else the clearest bright spot.
fn chosen_school(asked: Option<usize>, verdicts: &[(Verdict, Option<f64>)]) -> Option<usize> {
    asked.filter(|at| *at < verdicts.len()).or_else(|| {
        (0..verdicts.len()).filter(|at| verdicts[*at].1.is_some()).min_by(|a, b| {
            let key = |at: usize| (verdicts[at].0, verdicts[at].1.unwrap_or(0.0));
            let ((va, da), (vb, db)) = (key(*a), key(*b));
            va.cmp(&vb).then(da.total_cmp(&db))
        })
    })
}

#[component]
pub fn AllSchools() -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let has_students =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| !l.outcome.dataset.stays.is_empty())));
    let has_published =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| !l.outcome.dataset.published.is_empty())));
    let order =
        RwSignal::new(ComparisonOrder { column: ComparisonColumn::Difference, direction: Direction::Ascending });
    let spans = Memo::new(move |_| {
        let n = state.loaded.with(|l| l.as_ref().map_or(0, |l| l.outcome.dataset.schools.len()));
        (0..n).map(|at| span_of(&state, at)).collect::<Vec<_>>()
    });
    let chosen = Memo::new(move |_| {
        let asked = state.route.with(|route| route.get("school").and_then(|at| at.parse().ok()));
        let compared = analysis.compared.get()?;
        let c = &compared.comparison;
        let verdicts: Vec<_> = c
            .judgements
            .iter()
            .zip(&c.expected)
            .map(|(judgement, e)| (judgement.verdict, e.expected_rate().zip(e.observed_rate()).map(|(e, o)| o - e)))
            .collect();
        chosen_school(asked, &verdicts)
    });
    let rows = Memo::new(move |_| {
        let (Some(compared), Some(summary)) = (analysis.compared.get(), state.summary.get()) else { return Vec::new() };
        let mut rows = spans.with(|spans| {
            analysis.sight.with(|sight| school_rows(&compared, &summary.schools, spans, sight, chosen.get()))
        });
        // A school of a public file alone has no students here.
        let there: Vec<bool> = summary.schools.iter().map(|g| g.students > 0).collect();
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            there.get(at - 1).copied().unwrap_or(false)
        });
        sort_schools(&mut rows, order.get());
        rows
    });
    let on_sort = Callback::new(move |column| order.update(|order| *order = order.press(column)));
    let public = Public::new(state);
    let finding = Signal::derive(move || match (has_students.get(), has_published.get()) {
        (false, true) => public.rows.with(|rows| finding(rows, Like::Schools)),
        _ => rows.with(|rows| finding(rows, Like::Students)),
    });
    let unknown = Signal::derive(move || match analysis.sight.get() {
        Sight::Team => "none".to_owned(),
        Sight::Share(None) => "being prepared".to_owned(),
        Sight::Share(Some(_)) => "hidden".to_owned(),
    });
    let foot = Signal::derive(move || {
        let n: u64 = rows.with(|rows| rows.iter().filter_map(|r| r.students).sum());
        let by = state.loaded.get().map_or_else(String::new, |loaded| adjusted_words(&state, &loaded.outcome.dataset));
        let hidden =
            if rows.with(|rows| rows.iter().any(|r| r.students.is_none())) { ", hidden ones not counted" } else { "" };
        format!(
            "{} Expected by {by}. n = {}{hidden}, counted in each school attended.{}",
            chart_stamp(state.loaded.get().as_ref()),
            format::count(n),
            rows.with(|rows| ordered(rows))
        )
    });
    let download = move |()| state.save("schools.csv", "text/csv", &school_csv(&rows.get_untracked()));
    view! {
        <PageHead title="Schools, compared fairly" finding />
        <Show when=move || has_students.get()>
            <Section title="Rate against expected" shape=SectionShape::Full key=move || view! { <ComparisonKey /> }>
                <SchoolComparison rows order on_sort unknown />
                <div class="exhibit-foot">
                    <span class="exhibit-foot__stamp">{move || foot.get()}</span>
                    <Button on_click=download>"Download CSV"</Button>
                    <ButtonLink href="#/explore?rows=school&columns=grade">"Ask another question"</ButtonLink>
                </div>
            </Section>
            <WhereFrom chosen picks=true />
            <CouldItBeLuck />
        </Show>
        <Show when=move || has_published.get()>
            <PublicFiles public />
        </Show>
    }
}

/// `grade band, economic disadvantage, special education`.
pub fn adjusted_words(state: &crate::state::AppState, dataset: &crate::attendance::Dataset) -> String {
    let mut words = vec!["grade band".to_owned()];
    for key in state.analysis.adjusted(dataset) {
        if let Some(attribute) = dataset.attributes.iter().find(|a| a.key == key) {
            words.push(lower_first(&attribute.label));
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clearest_bright_spot_is_explained_first_unless_another_is_asked_for() {
        let verdicts = [
            (Verdict::AsExpected, Some(-0.2)),
            (Verdict::PossibleBrightSpot, Some(-0.05)),
            (Verdict::PossibleBrightSpot, Some(-0.1)),
            (Verdict::LikelyBrightSpot, None),
        ];
        assert_eq!(chosen_school(None, &verdicts), Some(2));
        assert_eq!(chosen_school(Some(0), &verdicts), Some(0));
        assert_eq!(chosen_school(Some(9), &verdicts), Some(2));
        assert_eq!(chosen_school(None, &[]), None);
    }
}

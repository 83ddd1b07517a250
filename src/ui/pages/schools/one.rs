//! One school: its verdict with the reason, where its expected rate comes from, whether it has held,
//! what differs within it, and the schools like it.

use super::expected::WhereFrom;
use super::peers::SchoolsLikeOurs;
use super::published_one::OnePublished;
use super::words::{Seen, Unit, short_reason, shown, span_of, unit_table};
use crate::charts::Width;
use crate::compare::from_dataset::Units;
use crate::compare::verdict::Case;
use crate::compare::verdict::luck_sentence;
use crate::state::analysis::Sight;
use crate::state::analysis::cross::grades_of;
use crate::state::analysis::told::At;
use crate::state::use_state;
use crate::ui::components::{
    Choice, DataTable, PageHead, Section, Segmented, SelectField, TableData, TableShape, VerdictMark,
};
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn OneSchool(school: usize) -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let name = Memo::new(move |_| {
        state.summary.get().and_then(|s| s.schools.get(school).map(|g| g.name.clone())).unwrap_or_default()
    });
    let has_students =
        Memo::new(move |_| state.summary.get().is_some_and(|s| s.schools.get(school).is_some_and(|g| g.students > 0)));
    let may_see = Memo::new(move |_| {
        let compared = analysis.compared.get()?;
        let e = compared.comparison.expected.get(school)?;
        let sight = analysis.sight.get();
        let rate = sight.rate(At::school(school), e.observed_all, e.counted);
        (!sight.is_share() || rate.rate.is_some()).then_some(())
    });
    let finding = Signal::derive(move || {
        let Some(compared) = analysis.compared.get().filter(|_| has_students.get()) else { return Prose::new() };
        let (Some(e), Some(j)) = (compared.comparison.expected.get(school), compared.comparison.judgements.get(school))
        else {
            return Prose::new();
        };
        if may_see.get().is_none() {
            return match analysis.sight.get() {
                Sight::Share(None) => "The numbers that others may see are being prepared.".into(),
                _ => "This school’s numbers are hidden to protect students.".into(),
            };
        }
        // What is expected is worked out from what is loaded, and stands beside no earlier export's numbers.
        if analysis.sight.with(|sight| sight.earlier().is_some()) {
            return "An earlier export’s numbers stay for now, and they are not compared with what is expected.".into();
        }
        if analysis.sight.get().is_share() && matches!(j.reason, crate::compare::verdict::Reason::Flagged(_)) {
            return "The recording of this school needs a look before anything is said about it.".into();
        }
        // The sentence names counts of those compared, which the export does not tell.
        match analysis.sight.get() {
            Sight::Team => Prose::new().plain(j.sentence(&Case::of(e))),
            sight => {
                let place = At::school(school);
                let rate = sight.rate(place, e.observed_all, e.counted);
                let expected = sight.expected(place, e.expected_rate());
                let seen = Seen { rate: &rate, expected, unit: "school" };
                Prose::new().plain(format!("{}.", short_reason(j, e, &seen, &sight)))
            }
        }
    });
    let span = Memo::new(move |_| span_of(&state, school));
    let mark = move || {
        let compared = analysis.compared.get().filter(|_| has_students.get())?;
        may_see.get()?;
        analysis.sight.with(|sight| sight.earlier().is_none()).then_some(())?;
        compared.comparison.judgements.get(school).map(|j| shown(j.verdict))
    };
    let above = || view! { <p><a href="#/schools">"Schools"</a></p> };
    let below = move || {
        view! {
            <p class="page-head__line">{move || span.get()}</p>
            {move || mark().map(|verdict| view! { <VerdictMark verdict /> })}
        }
    };
    let held = Memo::new(move |_| {
        match analysis.sight.get() {
        // The export tells of one period, and of no other.
        Sight::Share(_) => "This is told in Team mode: what may be shared is about one period.".to_owned(),
        Sight::Team => analysis.held(&name.get()).map_or_else(
            || "One period is loaded. Load an earlier year or export first, then this one: the page then says whether the school was low both times.".to_owned(),
            crate::compare::held::Held::sentence,
        ),
    }
    });
    view! {
        <Show when=move || has_students.get() fallback=move || view! { <OnePublished school /> }>
            <PageHead title=name finding above=above below=below />
            <WhereFrom chosen=Signal::derive(move || Some(school)) picks=false />
            <Section title="Has it held?" note="Shown, but never a reason for a stronger verdict: what the file does not tell about students lasts too.">
                <p class="expected-from__sentence">
                    {move || held.get()}
                </p>
            </Section>
            <Within school />
            <SchoolsLikeOurs school />
            <Section title="Plans about this school" note="What the team noted, planned or visited, and a way to note a reason from what this page says.">
                {move || {
                    let link = crate::plans::document::Link::School(name.get());
                    let visit = Callback::new(move |()| super::plan_visit(&state, None, school, None, Vec::new()));
                    let sentence = Signal::derive(move || finding.get().text());
                    let stamp = Signal::derive(move || crate::ui::pages::tiers::chart_stamp(state.loaded.get().as_ref()));
                    view! { <crate::ui::pages::plans::PlansFor link sentence stamp on_visit=visit /> }
                }}
            </Section>
        </Show>
    }
}

/// Grades, homerooms or groups of one school against each other.
#[component]
fn Within(school: usize) -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let by = RwSignal::new("grades".to_owned());
    let grades = Memo::new(move |_| {
        let (Some(records), Some(of_school)) = (analysis.records.get(), analysis.of_school.get()) else {
            return Vec::new();
        };
        let of = of_school.get(school).map(Vec::as_slice).unwrap_or_default();
        grades_of(of.iter().map(|at| &records[*at as usize]))
    });
    let grade = RwSignal::new(0usize);
    let attribute = RwSignal::new(0usize);
    let has_homerooms = Memo::new(move |_| {
        let (Some(loaded), Some(_)) = (state.loaded.get(), analysis.records.get()) else { return false };
        loaded.outcome.dataset.stays.iter().any(|s| usize::from(s.school) == school && s.homeroom.is_some())
    });
    let attributes = Memo::new(move |_| {
        let Some(loaded) = state.loaded.get() else { return Vec::new() };
        loaded.outcome.dataset.attributes.iter().map(|a| a.label.clone()).collect::<Vec<_>>()
    });
    let units = move || match by.get().as_str() {
        "homerooms" => {
            grades.with(|g| g.get(grade.get()).copied()).map(|grade| Units::Homerooms { school: school as u16, grade })
        }
        "groups" => attributes
            .with(|a| attribute.get() < a.len())
            .then(|| Units::Groups { school: school as u16, attribute: attribute.get() }),
        _ => Some(Units::Grades { school: school as u16 }),
    };
    let compared = Memo::new(move |_| {
        let (loaded, units) = (state.loaded.get()?, units()?);
        analysis.within(&loaded.outcome.dataset, units)
    });
    // Who a unit is; homerooms are in no export.
    let place = move |unit: usize| match by.get().as_str() {
        "homerooms" => None,
        "groups" => Some(At::school(school).with(attribute.get(), unit as u8 + 1)),
        _ => grades.with(|g| g.get(unit).map(|grade| At::school(school).grade(*grade))),
    };
    let unit = move || match by.get().as_str() {
        "homerooms" => Unit::Homeroom,
        "groups" => Unit::Group,
        _ => Unit::Grade,
    };
    let table = Memo::new(move |_| {
        let width = state.chart_width.get();
        compared.with(|c| {
            c.as_ref().map_or_else(TableData::default, |c| {
                let width = if width.is_narrow() { Width::NARROW } else { width };
                analysis.sight.with(|sight| unit_table(c, unit(), place, sight, width))
            })
        })
    });
    let note = Signal::derive(move || {
        let n = compared.with(|c| c.as_ref().map_or(0, |c| c.comparison.spread.schools));
        let luck =
            if n >= 3 { luck_sentence(n).replace("schools", &format!("{}s", unit().one())) } else { String::new() };
        format!("The same rule as between schools, within this one: mostly too few students to tell. {luck}")
    });
    let is_empty = Memo::new(move |_| table.with(|t| t.rows.is_empty()));
    let choices = move || {
        let mut choices = vec![Choice::new("grades", "Grades")];
        if has_homerooms.get() {
            choices.push(Choice::new("homerooms", "Homerooms"));
        }
        if attributes.with(|a| !a.is_empty()) {
            choices.push(Choice::new("groups", "Groups"));
        }
        choices
    };
    let numbered = |names: Vec<String>| -> Vec<Choice> {
        names.into_iter().enumerate().map(|(at, name)| Choice::new(at.to_string(), name)).collect()
    };
    let grade_choices =
        Signal::derive(move || grades.with(|g| numbered(g.iter().map(|g| format!("Grade {g}")).collect())));
    let attribute_choices = Signal::derive(move || numbered(attributes.get()));
    let pick = |into: RwSignal<usize>| {
        Callback::new(move |at: String| {
            if let Ok(at) = at.parse() {
                into.set(at);
            }
        })
    };
    view! {
        <Section
            title="Within this school"
            note
            margin=move || view! {
                {move || (choices().len() > 1).then(|| view! {
                    <Segmented
                        question="Compare"
                        choices=choices()
                        value=Signal::derive(move || Some(by.get()))
                        on_change=move |value| by.set(value)
                    />
                })}
                <Show when=move || by.get() == "homerooms">
                    <SelectField
                        label="Of grade"
                        choices=grade_choices
                        value=Signal::derive(move || grade.get().to_string())
                        on_change=pick(grade)
                    />
                </Show>
                <Show when=move || by.get() == "groups">
                    <SelectField
                        label="By"
                        choices=attribute_choices
                        value=Signal::derive(move || attribute.get().to_string())
                        on_change=pick(attribute)
                    />
                </Show>
            }
        >
            <Show
                when=move || !is_empty.get()
                fallback=|| view! { <p>"No student here belongs to such a unit."</p> }
            >
                <DataTable table shape=TableShape::Stacks />
                <p class="exhibit-foot__stamp">{move || chart_stamp(state.loaded.get().as_ref())}</p>
            </Show>
        </Section>
    }
}

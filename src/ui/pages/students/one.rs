//! One student's page: calendar, patterns, tiers over time, and what is still possible. Printable.

use super::patterns::lines;
use super::year::{PatternList, YearCalendar, years_of};
use crate::attendance::day::MONTHS;
use crate::attendance::{Kind, Tier};
use crate::charts::Width;
use crate::charts::tier_path::{TierPath, TierPoint, tier_path};
use crate::compare::days_left::{EARLY, days_left};
use crate::state::analysis::student::StudentYear;
use crate::state::{AppState, use_state};
use crate::ui::components::{
    Button, CalendarKey, ChartHead, Field, FieldKind, PageHead, Section, SectionShape, TierBadge,
};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::pages::plans::PlansOfStudent;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// What the page knows of the student, beside the days.
#[derive(Clone, Debug, PartialEq)]
struct Facts {
    name: String,
    grade: String,
    room: String,
    school: String,
    tier: Option<Tier>,
    remaining: Option<u32>,
    /// The tier in the export loaded before.
    before: Option<Option<Tier>>,
}

#[component]
pub(super) fn OneStudent(student: u32) -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let all = years_of(&state, Signal::stored(Some(student)));
    let facts = Memo::new(move |_| facts(&state, student, &all.get()?));
    let first = move || all.get().and_then(|all| all.first().cloned());
    let finding = Signal::derive(move || match (first(), facts.get()) {
        (Some(year), Some(facts)) => finding(&year, &facts),
        _ => Prose::new(),
    });
    let title = Signal::derive(move || facts.get().map(|f| f.name).unwrap_or_default());
    let place = move || {
        let (calls, wanted) = (analysis.calls.get()?, student);
        let chronic: Vec<u32> =
            calls.iter().filter(|c| c.tier.is_some_and(|t| t >= Tier::Moderate)).map(|c| c.student).collect();
        chronic.iter().position(|s| *s == wanted).map(|at| format!(", {} of {}", at + 1, chronic.len()))
    };
    let above = move || view! { <p class="page-head__line"><a href="#/students">"Call list"</a>{place}</p> };
    let below = move || {
        let room = move || {
            facts.get().map(|f| {
                if f.room.is_empty() { format!("Grade {}", f.grade) } else { format!("Grade {}, {}", f.grade, f.room) }
            })
        };
        view! { <p class="page-head__line">{room}<br />{move || facts.get().map(|f| f.school)}</p> }
    };
    let has_days = Memo::new(move |_| first().is_some_and(|y| !y.days.is_empty()));
    view! {
        <PageHead title finding above=above below=below />
        <div class="student">
            <Show when=move || has_days.get() fallback=|| view! {
                <Section title="Absence calendar" shape=SectionShape::Full><p>"This file holds totals only, without days, so there is no calendar and no pattern to look for."</p></Section>
            }>
                <Section
                    title="Absence calendar"
                    shape=SectionShape::Full
                    key=|| view! { <CalendarKey /> }
                    tools=move || view! { <Button on_click=|()| crate::browser::document::print()>"Print the calendar"</Button> }
                >
                    <YearCalendar all />
                </Section>
            </Show>
            <Facts_ facts year=Signal::derive(first) />
        </div>
        <Show when=move || has_days.get()>
            <PatternList year=Signal::derive(first) />
        </Show>
        <PlansOfStudent student=Signal::derive(move || {
            state.loaded.with(|l| l.as_ref().and_then(|l| Some(l.outcome.dataset.students.get(student as usize)?.id.to_string()))).unwrap_or_default()
        }) on_talk=move |()| plan_talk(&state, student) />
    }
}

/// Begins a caring conversation about this student and goes to it. It stays in memory, or in the
/// person's own file, unless they chose to keep it sealed.
fn plan_talk(state: &AppState, student: u32) {
    use crate::ui::pages::plans;
    let Some(loaded) = state.loaded.get_untracked() else { return };
    let dataset = &loaded.outcome.dataset;
    let who = dataset.students.at(student as usize);
    let stay = dataset.stays.iter().find(|s| s.student == student);
    let school = stay.map(|s| dataset.schools[usize::from(s.school)].name.clone()).unwrap_or_default();
    let about = crate::plans::personal::StudentRef { id: who.id.to_string(), name: who.name.to_string(), school };
    let talk = plans::begin_talk(crate::state::plans::use_plans(), about, None);
    state.go(&format!("#/plans/talk/{talk}"));
}

fn facts(state: &AppState, student: u32, all: &[StudentYear]) -> Option<Facts> {
    let (loaded, records) = (state.loaded.get()?, state.analysis.records.get()?);
    let dataset = &loaded.outcome.dataset;
    let year = all.first()?;
    let stay = &dataset.stays[year.stay as usize];
    let record = records
        .get(year.stay as usize)
        .filter(|r| r.stay == year.stay)
        .or_else(|| records.iter().find(|r| r.stay == year.stay))?;
    let who = dataset.students.at(student as usize);
    let before = state.earlier.get().map(|earlier| {
        let old = &earlier.outcome.dataset;
        let at = old.students.position(who.id)? as u32;
        let records = state.definition.with(|d| crate::attendance::records::in_district(old, d));
        records.iter().find(|r| r.student == at).and_then(crate::attendance::Record::tier)
    });
    Some(Facts {
        name: if who.name.is_empty() { format!("Student {}", who.id) } else { who.name.to_string() },
        grade: stay.grade.to_string(),
        room: stay.homeroom.and_then(|at| dataset.homerooms.get(usize::from(at))).cloned().unwrap_or_default(),
        school: dataset.schools[usize::from(stay.school)].name.clone(),
        tier: record.tier(),
        remaining: state.analysis.remaining(dataset, stay.school),
        before,
    })
}

fn finding(year: &StudentYear, facts: &Facts) -> Prose {
    let given = facts.name.rsplit(", ").next().unwrap_or(&facts.name).split(' ').next().unwrap_or_default().to_owned();
    if year.enrolled.thousandths() == 0 {
        return Prose::new().plain("The file gives a percentage without days.");
    }
    let mut prose = Prose::new()
        .plain(format!("{given} has missed "))
        .strong(format!("{} of {} days", format::days(year.absent), format::days(year.enrolled)))
        .plain(".");
    if let Some(line) =
        year.patterns.as_ref().and_then(|p| lines(p).into_iter().find(|l| l.worth == "Worth asking about"))
    {
        prose = prose.plain(format!(" {} {}", line.strong, line.rest.split(';').next().unwrap_or_default()));
        if !prose.text().ends_with('.') {
            prose = prose.plain(".");
        }
    }
    if year.enrolled < EARLY {
        return prose
            .plain(" It is early in the year: a few days make a large share. Watch, and ask how the start went.");
    }
    match facts.remaining.and_then(|r| days_left(year.enrolled, year.absent, r)) {
        Some(left) => prose.plain(format!(" {}", left.sentence())),
        None => prose,
    }
}

#[component]
#[allow(non_snake_case, reason = "a component beside a type of the same word")]
fn Facts_(facts: Memo<Option<Facts>>, year: Signal<Option<StudentYear>>) -> impl IntoView {
    let state = use_state();
    let tier = move || facts.get().and_then(|f| f.tier);
    let early = move || year.with(|y| y.as_ref().is_some_and(|y| y.enrolled < EARLY));
    let share = move || {
        year.with(|y| {
            y.as_ref()
                .filter(|y| y.enrolled.thousandths() > 0)
                .map(|y| format::percent(y.absent.thousandths() as f64 / y.enrolled.thousandths() as f64))
        })
    };
    let by_kind = move || year.with(|y| y.as_ref().map(kinds).unwrap_or_default());
    let path = Signal::derive(move || {
        let points = year.with(|y| {
            y.as_ref().map_or_else(Vec::new, |y| {
                y.to_date
                    .iter()
                    .map(|p| TierPoint {
                        label: MONTHS[usize::from(p.month) - 1].to_owned(),
                        missed: p.missed as f64 / 1000.0,
                        enrolled: p.enrolled as f64,
                    })
                    .collect()
            })
        });
        let narrow = state.chart_width.get().is_narrow();
        tier_path(&TierPath {
            title: "Share of days missed, to each month’s end".into(),
            stamp: chart_stamp(state.loaded.get().as_ref()),
            points,
            width: if narrow { state.chart_width.get() } else { Width(300) },
        })
    });
    let has_path = Memo::new(move |_| year.with(|y| y.as_ref().is_some_and(|y| y.to_date.len() > 1)));
    let has_days = Memo::new(move |_| year.with(|y| y.as_ref().is_some_and(|y| !y.days.is_empty())));
    let left = move || {
        let facts = facts.get()?;
        let left = year.with(|y| y.as_ref().and_then(|y| days_left(y.enrolled, y.absent, facts.remaining?)))?;
        Some(left.sentence())
    };
    let before = move || {
        facts.get().and_then(|f| f.before).map(|before| match before {
            Some(tier) => format!("In the earlier export: {}.", tier.label()),
            None => "Not counted in the earlier export.".to_owned(),
        })
    };
    view! {
        <div class="facts">
            <div>
                {move || match (early(), tier()) {
                    (true, _) => view! { <p><strong>"Watch"</strong>": early in the year"</p> }.into_any(),
                    (false, Some(tier)) => view! { <TierBadge tier /> }.into_any(),
                    (false, None) => view! { <p>"Too few days to count"</p> }.into_any(),
                }}
                <p class="facts__number">{share}" "<span class="facts__unit">"of days missed"</span></p>
                <p class="exhibit-foot__stamp">{by_kind}</p>
                <p class="exhibit-foot__stamp">{before}</p>
            </div>
            <Show when=move || has_path.get()>
                <div>
                    <h2 class="section__title">"Over the year"</h2>
                    <Figure chart=path name="over-the-year" head=ChartHead::InTheMargin />
                </div>
            </Show>
            <Show when=move || has_days.get()>
                <div>
                    <h2 class="section__title">"To end under 10 %"</h2>
                    <p>{move || left().unwrap_or_else(|| "How many school days does the whole year have? Then the page can say what is still possible.".into())}</p>
                    <Field
                        label="School days in the whole year"
                        kind=FieldKind::Whole
                        value=state.analysis.days_in_year
                        on_input=move |text: String| state.analysis.days_in_year.set(text)
                    />
                </div>
            </Show>
        </div>
    }
}

/// `7 unexcused, 6 excused`.
fn kinds(year: &StudentYear) -> String {
    let parts: Vec<String> = Kind::ALL
        .iter()
        .filter(|kind| kind.is_absence())
        .map(|kind| (kind, year.by_kind[*kind as usize]))
        .filter(|(_, days)| days.thousandths() > 0)
        .map(|(kind, days)| format!("{} {}", format::days(days), kind.label().to_lowercase()))
        .collect();
    if parts.is_empty() { "No day missed.".into() } else { parts.join(", ") }
}

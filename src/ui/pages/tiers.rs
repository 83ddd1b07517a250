//! Attendance tiers: all students, by school, by grade.

use super::NoData;
#[cfg(feature = "full")]
use super::published_tiers::PublishedTiers;
#[cfg(feature = "full")]
use super::share::SharedTiers;
use super::to_check::ToCheck;
use crate::attendance::{Group, Summary, Tier, order};
use crate::charts::grade_dots::{GradeDots, grade_dots};
use crate::charts::ten_line::{TenLine, TenLineGroup, ten_line};
use crate::charts::tier_bars::tier_in_days;
use crate::charts::{Precision, Rate};
use crate::compare::wilson::wilson95;
use crate::state::{Loaded, Shared, stamp, use_state};
use crate::trust::published::is_published;
use crate::ui::components::{Button, ButtonKind, ChartHead, PageHead, Section, TierCounts, TierTable};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn TiersPage() -> impl IntoView {
    let state = use_state();
    let has_data = Memo::new(move |_| state.loaded.with(Option::is_some));
    let is_share = Memo::new(move |_| state.is_share());
    let of_schools =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| is_published(&l.outcome.dataset))));
    move || {
        if of_schools.get() || has_data.get() && is_share.get() {
            // Public files, and what may be shown of others, are work for the program with every page.
            #[cfg(not(feature = "full"))]
            {
                view! { <super::Opening page=crate::state::Page::Tiers /> }.into_any()
            }
            #[cfg(feature = "full")]
            if of_schools.get() {
                view! { <PublishedTiers /> }.into_any()
            } else {
                view! { <SharedTiers /> }.into_any()
            }
        } else if has_data.get() {
            view! { <Loaded_ /> }.into_any()
        } else {
            view! { <NoData title="Attendance tiers" text="With a file you see how many students are in each attendance tier, by school and by grade." /> }
                .into_any()
        }
    }
}

/// A group's rate with its interval.
#[must_use]
pub fn rate(group: &Group) -> Rate {
    Rate::of(group.chronic, group.counted, wilson95(u64::from(group.chronic), u64::from(group.counted)))
}

#[component]
#[allow(non_snake_case, reason = "a component beside a type of the same word")]
fn Loaded_() -> impl IntoView {
    let state = use_state();
    let summary = move || state.summary.get();
    let finding = Signal::derive(move || summary().map(|s| finding(&s)).unwrap_or_default());
    let counts = Signal::derive(move || {
        let (Some(s), Some(loaded)) = (summary(), state.loaded.get()) else { return TierCounts::default() };
        tier_counts(&s, &loaded)
    });
    let note = Signal::derive(move || {
        let Some(s) = summary() else { return String::new() };
        let minimum = state.definition.with(|d| d.minimum);
        let apart = match s.all.too_few_days {
            0 => String::new(),
            n => format!(
                " {} with fewer than {} enrolled days {} counted apart.",
                format::plural(u64::from(n), "student", "students"),
                format::days(minimum),
                if n == 1 { "is" } else { "are" }
            ),
        };
        let aside: u64 =
            state.loaded.get().map_or(0, |l| l.outcome.dataset.files.iter().map(|f| f.rows_set_aside).sum());
        let aside = match aside {
            0 => String::new(),
            n => format!(" {} set aside: the page Data says why.", format::plural(n, "row was", "rows were")),
        };
        format!("Each student once, days from all schools added up.{apart}{aside}")
    });
    let foot = Signal::derive(move || {
        let (Some(s), Some(loaded)) = (summary(), state.loaded.get()) else { return String::new() };
        let stamp = state.definition.with(|d| stamp::sentence(&loaded, d));
        format!("{stamp} n = {}.", format::count(u64::from(s.all.counted)))
    });
    let threshold = Signal::derive(move || state.definition.with(|d| format!("{} % or more", d.percent())));
    view! {
        <PageHead title="Attendance tiers" finding />
        <ToCheck />
        <Section title="All students" note>
            <TierTable counts caption="All students by attendance tier" threshold />
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">{move || foot.get()}</span>
                <Button kind=ButtonKind::Go on_click=move |()| state.download_results()>"Download results"</Button>
            </div>
        </Section>
        <BySchool />
        <ByGrade />
    }
}

fn finding(summary: &Summary) -> Prose {
    let all = &summary.all;
    let Some(rate) = all.rate() else {
        return Prose::new().plain("No student has enough enrolled days to be counted.");
    };
    let part = in_words(rate);
    let fifth = all.tiers[Tier::Severe.index()] + all.tiers[Tier::Extreme.index()];
    let text = Prose::new()
        .plain(format!("{part} missed a tenth of their days or more: "))
        .strong(format!("{} of {}", format::count(u64::from(all.chronic)), format::count(u64::from(all.counted))))
        .plain(".");
    match fifth {
        0 => text.plain(" None missed a fifth or more."),
        n => text.plain(format!(" {} missed a fifth or more.", format::plural(u64::from(n), "student", "students"))),
    }
}

/// A share as a person would say it.
fn in_words(rate: f64) -> String {
    for (n, word) in
        [(2.0, "two"), (3.0, "three"), (4.0, "four"), (5.0, "five"), (6.0, "six"), (8.0, "eight"), (10.0, "ten")]
    {
        let part = 1.0 / n;
        if (rate - part).abs() <= part * 0.03 {
            return format!("One student in {word} has");
        }
        if rate < part && part - rate <= part * 0.12 {
            return format!("Nearly one student in {word} has");
        }
        if rate > part && rate - part <= part * 0.12 {
            return format!("More than one student in {word} has");
        }
    }
    let share = format::percent(rate);
    if rate < 0.001 { "Very few students have".into() } else { format!("{share} of students have") }
}

fn tier_counts(summary: &Summary, loaded: &Loaded) -> TierCounts {
    let all = &summary.all;
    let school_days = loaded.outcome.dataset.calendar.len() as u32;
    let days = (school_days >= 20).then(|| {
        let of = |tier: Tier| tier_in_days(tier, school_days);
        let chronic = of(Tier::Moderate).split(" to ").next().unwrap_or_default().to_string();
        [
            of(Tier::Satisfactory),
            of(Tier::AtRisk),
            of(Tier::Moderate),
            of(Tier::Severe),
            of(Tier::Extreme),
            format!("{chronic} or more"),
        ]
    });
    TierCounts {
        students: all.tiers.map(u64::from),
        interval: wilson95(u64::from(all.chronic), u64::from(all.counted)),
        days,
        days_head: format!("Of {school_days} days"),
    }
}

#[component]
fn BySchool() -> impl IntoView {
    let state = use_state();
    let groups = move || {
        let mut groups: Vec<Group> = state.summary.get().map(|s| s.schools.clone()).unwrap_or_default();
        groups.retain(|g| g.counted > 0);
        // From the highest rate down, so that the longest bars on the chronic side stand together.
        order::sort_by(&mut groups, |a, b| {
            b.rate().partial_cmp(&a.rate()).unwrap_or(std::cmp::Ordering::Equal).then(a.name.cmp(&b.name))
        });
        groups
    };
    let chart = Signal::derive(move || {
        let input = TenLine {
            title: "Attendance tiers by school".into(),
            stamp: chart_stamp(state.loaded.get().as_ref()),
            group_label: "School".into(),
            threshold_percent: 10.0,
            groups: groups()
                .iter()
                .map(|g| TenLineGroup { name: g.name.clone(), rate: rate(g), tiers: Some(g.tiers) })
                .collect(),
            width: state.chart_width.get(),
            precision: Precision::Tenths,
        };
        ten_line(&input)
    });
    let sentence = Signal::derive(move || school_sentence(&groups()));
    let note = Signal::derive(move || {
        let several = state.summary.get().map_or(0, |s| s.in_several_schools);
        let several = match several {
            0 => String::new(),
            n => format!("A student who attended two schools counts in each: {} here. ", format::count(u64::from(n))),
        };
        format!("{several}Numbers in the bars are rounded shares; narrow ones are in the table.")
    });
    let has_schools =
        Memo::new(move |_| state.summary.with(|s| s.as_ref().is_some_and(|s| s.schools.iter().any(|g| g.counted > 0))));
    view! {
        <Show when=move || has_schools.get()>
            <Section title="By school" sentence note>
                <Figure chart name="tiers-by-school" head=ChartHead::InTheMargin />
            </Section>
        </Show>
    }
}

/// What stands in every chart's foot.
pub fn chart_stamp(loaded: Option<&Shared<Loaded>>) -> String {
    let state = use_state();
    // In share mode the numbers may be those of an earlier export, by another definition and of other days.
    #[cfg(feature = "full")]
    if let Some(words) = state.analysis.sight.with(|sight| sight.earlier().map(stamp::of_earlier)) {
        return words;
    }
    loaded.map(|l| state.definition.with(|d| stamp::sentence(l, d))).unwrap_or_default()
}

fn school_sentence(groups: &[Group]) -> Prose {
    let chronic: u32 = groups.iter().map(|g| g.chronic).sum();
    let Some(most) = groups.iter().max_by_key(|g| g.chronic).filter(|g| groups.len() > 1 && g.chronic > 0) else {
        return Prose::new();
    };
    let share = f64::from(most.chronic) / f64::from(chronic.max(1));
    if share > 0.5 {
        Prose::new().plain(format!("{} has over half of all chronically absent students.", most.name))
    } else {
        Prose::new().plain(format!(
            "{} has the most chronically absent students: {} of {}.",
            most.name,
            format::count(u64::from(most.chronic)),
            format::count(u64::from(chronic))
        ))
    }
}

#[component]
fn ByGrade() -> impl IntoView {
    let state = use_state();
    let groups = move || {
        let grades = state.summary.get().map(|s| s.grades.clone()).unwrap_or_default();
        grades.into_iter().filter(|(_, g)| g.counted > 0).map(|(grade, g)| (grade.to_string(), g)).collect::<Vec<_>>()
    };
    let chart = Signal::derive(move || {
        grade_dots(&GradeDots {
            title: "Chronic absence by grade".into(),
            stamp: chart_stamp(state.loaded.get().as_ref()),
            group_label: "grade".into(),
            groups: groups().iter().map(|(name, g)| (name.clone(), rate(g))).collect(),
            width: state.chart_width.get(),
            precision: Precision::Tenths,
        })
    });
    let sentence = Signal::derive(move || {
        let groups = groups();
        let highest = groups
            .iter()
            .filter(|(_, g)| g.counted >= 11)
            .max_by(|a, b| a.1.rate().partial_cmp(&b.1.rate()).unwrap_or(std::cmp::Ordering::Equal));
        match highest {
            Some((name, g)) if groups.len() > 1 => Prose::new().plain(format!(
                "Highest in grade {name}: {} of {} students.",
                format::count(u64::from(g.chronic)),
                format::count(u64::from(g.counted))
            )),
            _ => Prose::new(),
        }
    });
    let several = Memo::new(move |_| {
        state.summary.with(|s| s.as_ref().is_some_and(|s| s.grades.iter().filter(|(_, g)| g.counted > 0).count() > 1))
    });
    view! {
        <Show when=move || several.get()>
            <Section title="By grade" sentence note="Share of students chronically absent. The line through each dot is its 95 % interval.">
                <Figure chart name="chronic-absence-by-grade" head=ChartHead::InTheMargin />
            </Section>
        </Show>
    }
}

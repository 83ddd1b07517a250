//! With and without each condition, school beside school, and the sentence that it makes.

use super::{ChooseConditions, ChooseSchools, Chosen, school_rates, widths};
use crate::charts::condition_words::{SchoolGap, differ, more_everywhere, not_shown, not_shown_of};
use crate::charts::conditions::{ConditionCell, ConditionRow, ConditionsPanel, conditions};
use crate::charts::{Chart, Precision, Rate, words};
use crate::compare::from_dataset::ConditionGap;
use crate::compare::two_groups::TwoGroups;
use crate::state::analysis::Sight;
use crate::state::analysis::told::At;
use crate::state::{AppState, Shared, use_state};
use crate::ui::components::{Button, ChartHead, Notice, Reason, Section, SectionShape, TextArea};
use crate::ui::figure::Figure;
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Fewer with a condition, or without it, are said in words and not drawn.
const MINIMUM_DRAWN: u64 = 11;

/// The panel of the chosen schools, and the numbers behind its rows.
pub(super) struct Panel {
    pub chart: ConditionsPanel,
    /// One list of gaps per row of the chart, one per school.
    pub gaps: Vec<(String, Vec<ConditionGap>)>,
    pub names: Vec<String>,
    /// Positions of the schools, as `names`.
    pub schools: Vec<usize>,
}

/// One cell as the one who looks may see it.
pub(super) fn cell(gap: &ConditionGap, school: usize, sight: &Sight) -> ConditionCell {
    let g = gap.groups;
    if g.with_counted + g.without_counted == 0 {
        return ConditionCell::NotGiven;
    }
    let place = At::school(school);
    let with = sight.rate(place.with(gap.attribute, gap.code), g.with_chronic, g.with_counted);
    let without = sight.rate(place.without(gap.attribute, gap.code), g.without_chronic, g.without_counted);
    if g.with_counted.min(g.without_counted) < MINIMUM_DRAWN {
        return match sight {
            Sight::Team if g.with_counted < MINIMUM_DRAWN => ConditionCell::TooFew(Some(g.with_counted as u32)),
            Sight::Team => ConditionCell::TooFew(None),
            Sight::Share(_) => ConditionCell::Hidden,
        };
    }
    if with.rate.is_none() || without.rate.is_none() {
        return ConditionCell::Hidden;
    }
    let of_chronic = groups(with, without).and_then(|told| told.share_of_chronic()).map(|s| s.value);
    ConditionCell::Compared { with, without, of_chronic }
}

/// Two rates that may be told, as counts again.
pub(super) fn groups(with: Rate, without: Rate) -> Option<TwoGroups> {
    Some(TwoGroups {
        with_chronic: with.chronic?.into(),
        with_counted: with.counted?.into(),
        without_chronic: without.chronic?.into(),
        without_counted: without.counted?.into(),
    })
}

pub(super) fn panel(state: &AppState, chosen: Chosen) -> Option<Panel> {
    let (loaded, gaps) = (state.loaded.get()?, state.analysis.gaps.get()?);
    let dataset = &loaded.outcome.dataset;
    let sight = state.analysis.sight.get();
    let schools = chosen.schools.get();
    let hidden = chosen.hidden.get();
    let n_rows = gaps.first().map_or(0, Vec::len);
    let mut rows = Vec::new();
    let mut behind = Vec::new();
    for row in 0..n_rows {
        let of: Vec<ConditionGap> = schools.iter().filter_map(|at| gaps.get(*at)?.get(row).cloned()).collect();
        let Some(first) = of.first() else { continue };
        let attribute = &dataset.attributes[first.attribute];
        // A value that nobody here has says nothing.
        if hidden.contains(&attribute.key) || of.iter().all(|g| g.groups.with_counted == 0) {
            continue;
        }
        let cells: Vec<ConditionCell> = of.iter().zip(&schools).map(|(gap, at)| cell(gap, *at, &sight)).collect();
        let label =
            if attribute.is_yes_no() { first.label.clone() } else { format!("{}: {}", attribute.label, first.label) };
        rows.push(ConditionRow { label: label.clone(), note: share_note(&cells), cells });
        behind.push((label, of));
    }
    let names = schools.iter().map(|at| dataset.schools[*at].name.clone()).collect();
    let chart = ConditionsPanel {
        title: "With and without each condition".into(),
        stamp: chart_stamp(Some(&loaded)),
        schools: school_rates(state, chosen, &sight),
        rows,
        width: widths(state, schools.len()).0,
        precision: match sight {
            Sight::Team => Precision::Tenths,
            Sight::Share(_) => Precision::Whole,
        },
    };
    Some(Panel { chart, gaps: behind, names, schools })
}

/// `15 to 17 % of students`, over the schools where it may be told.
fn share_note(cells: &[ConditionCell]) -> String {
    let shares: Vec<f64> = cells
        .iter()
        .filter_map(|cell| match cell {
            ConditionCell::Compared { with, without, .. } => groups(*with, *without)?.share_of_students(),
            _ => None,
        })
        .collect();
    let (low, high) = shares.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), s| (l.min(*s), h.max(*s)));
    match shares.len() {
        0 => String::new(),
        _ if (100.0 * low).round() == (100.0 * high).round() => format!("{:.0} % of students", 100.0 * low),
        _ => format!("{:.0} to {:.0} % of students", 100.0 * low, 100.0 * high),
    }
}

/// The row that the page's first sentence is about: of those whose students are absent more often in every school
/// shown, the clearest, in most schools, that reaches most students.
pub(super) fn found(panel: &ConditionsPanel) -> Option<usize> {
    let reach = |row: &ConditionRow| -> u64 {
        let of = row.cells.iter().filter_map(|cell| match cell {
            ConditionCell::Compared { with, .. } => with.chronic.map(u64::from),
            _ => None,
        });
        of.sum()
    };
    let of = panel.rows.iter().enumerate().filter_map(|(at, row)| {
        let gaps = more_everywhere(row)?;
        Some((!gaps.iter().any(SchoolGap::could_be_chance), gaps.len(), reach(row), at))
    });
    of.max().map(|(.., at)| at)
}

/// That condition, with its gaps, and no more certain than they are.
pub(super) fn finding(panel: &ConditionsPanel) -> Prose {
    let Some(row) = found(panel).and_then(|at| panel.rows.get(at)) else {
        let none = "No condition in this file goes with more absence in every school compared here.";
        return Prose::new().plain(format!("{none}{}", not_shown(panel)));
    };
    let mut gaps = more_everywhere(row).unwrap_or_default();
    gaps.sort_by(|a, b| a.gap.total_cmp(&b.gap));
    let name = |gap: &SchoolGap| panel.schools[gap.school].name.as_str();
    let place = match (gaps.len(), row.cells.len()) {
        (1, _) => "here",
        (2, 2) => "in both schools",
        (2, _) => "in both schools where it can be compared",
        (3, 3) => "in all three schools",
        (3, _) => "in all three schools where it can be compared",
        _ => "in all four schools",
    };
    let points = |gap: &SchoolGap| words::points(gap.gap, Precision::Whole);
    // The first says what the numbers are.
    let unit = |gap: &SchoolGap| if points(gap) == "1" { "point" } else { "points" };
    let first = gaps.first().map(|gap| format!("{} {} at {}", points(gap), unit(gap), name(gap))).unwrap_or_default();
    let rest: Vec<String> = gaps.iter().skip(1).map(|gap| format!("{} at {}", points(gap), name(gap))).collect();
    let unsure: Vec<&str> = gaps.iter().filter(|gap| gap.could_be_chance()).map(name).collect();
    let results = if differ(&gaps) { "the same condition, different results" } else { "" };
    let sure = match (unsure.len(), results) {
        (0, "") => ".".to_owned(),
        (0, results) => format!(": {results}."),
        (1, _) if gaps.len() == 1 => ", but it could be chance.".to_owned(),
        (n, _) if n == gaps.len() => ", but each of these could be chance.".to_owned(),
        (_, "") => format!(". At {} it could be chance.", format::list(&unsure)),
        (_, results) => format!(": {results}. At {} it could be chance.", format::list(&unsure)),
    };
    let rest = match rest.split_last() {
        None => String::new(),
        Some((last, [])) => format!(" and {last}"),
        Some((last, between)) => format!(", {} and {last}", between.join(", ")),
    };
    Prose::new()
        .plain(format!("{} goes with more absence {place}: ", row.label))
        .strong(first)
        .plain(format!("{rest}{sure}{}", not_shown_of(row)))
}

#[component]
pub(super) fn With(chosen: Chosen, panel: Memo<Option<Shared<Panel>>>) -> impl IntoView {
    let state = use_state();
    let chart = Signal::derive(move || panel.get().map_or_else(Chart::default, |panel| conditions(&panel.chart)));
    let is_hiding = Memo::new(move |_| state.analysis.notes.with(|n| n.is_hiding()));
    view! {
        <Section
            title="With and without each condition"
            shape=SectionShape::Full
            tools=move || view! { <ChooseSchools chosen /> <ChooseConditions chosen /> }
        >
            <Show when=move || !is_hiding.get() fallback=|| view! { <Guess /> }>
                <GuessKept />
                <Figure chart name="conditions" head=ChartHead::InTheMargin />
                <Notice><p>"Students with a condition are absent more or less often here. That doesn’t say the condition is why. A student can have several."</p></Notice>
            </Show>
        </Section>
    }
}

/// The bars stay hidden until a guess is written.
#[component]
fn Guess() -> impl IntoView {
    let state = use_state();
    let value = Signal::derive(move || state.analysis.notes.with(|n| n.guess.clone()));
    let because = Signal::derive(move || {
        state.analysis.notes.with(|n| n.guess.trim().is_empty()).then(|| Reason {
            text: "Write a guess first.".into(),
            go_to: Some(("Go to the guess".into(), "guess".into())),
        })
    });
    view! {
        <div class="predict">
            <TextArea
                id="guess"
                label="Your guess"
                hint="Which conditions go with chronic absence in these schools? How many points apart? Which school differs?"
                value
                on_input=move |text| state.edit_notes(|n| n.guess = text)
            />
            <Button kind=crate::ui::components::ButtonKind::Go disabled_because=because on_click=move |()| state.edit_notes(|n| n.guessed = true)>"Show the bars"</Button>
        </div>
    }
}

#[component]
fn GuessKept() -> impl IntoView {
    let state = use_state();
    let guess = move || state.analysis.notes.with(|n| (n.predict_first && n.guessed).then(|| n.guess.clone()));
    move || {
        guess().map(|guess| {
            view! {
                <p class="predict__kept">"Your guess was: " <q>{guess}</q> " "
                    <button type="button" class="link" on:click=move |_| state.edit_notes(|n| { n.guessed = false; n.guess = String::new(); })>"Guess again"</button>
                </p>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Width;
    use crate::charts::rate_rows::RateRow;
    use crate::compare::wilson::wilson95;

    fn compared(with: (u32, u32), without: (u32, u32)) -> ConditionCell {
        let side = |(chronic, counted): (u32, u32)| {
            Rate::of(chronic, counted, wilson95(u64::from(chronic), u64::from(counted)))
        };
        ConditionCell::Compared { with: side(with), without: side(without), of_chronic: None }
    }

    fn said(cells: Vec<ConditionCell>) -> String {
        let school = |name: &str| RateRow {
            name: name.into(),
            note: String::new(),
            rate: Rate::default(),
            expected: None,
            verdict: None,
        };
        finding(&ConditionsPanel {
            title: String::new(),
            stamp: String::new(),
            schools: ["Alder", "Birch", "Cedar"][..cells.len()].iter().map(|name| school(name)).collect(),
            rows: vec![ConditionRow { label: "Moved mid-year".into(), note: String::new(), cells }],
            width: Width::WIDE,
            precision: Precision::Whole,
        })
        .text()
    }

    #[test]
    fn a_headline_is_no_more_certain_than_its_intervals() {
        let (wide, clear) = (compared((90, 200), (20, 200)), compared((24, 200), (8, 200)));
        let unsure = compared((9, 60), (25, 240));
        assert_eq!(
            said(vec![wide, clear, wide]),
            "Moved mid-year goes with more absence in all three schools: 8 points at Birch, 35 at Alder and 35 at \
             Cedar: the same condition, different results."
        );
        assert_eq!(
            said(vec![unsure, unsure]),
            "Moved mid-year goes with more absence in both schools: 5 points at Alder and 5 at Birch, but each of \
             these could be chance."
        );
        assert_eq!(
            said(vec![clear, unsure]),
            "Moved mid-year goes with more absence in both schools: 5 points at Birch and 8 at Alder. At Birch it \
             could be chance."
        );
        assert_eq!(
            said(vec![clear, clear, ConditionCell::Hidden]),
            "Moved mid-year goes with more absence in both schools where it can be compared: 8 points at Alder and 8 \
             at Birch. Of 3 schools, 1 is hidden."
        );
        assert_eq!(said(vec![clear]), "Moved mid-year goes with more absence here: 8 points at Alder.");
        let nothing = said(vec![clear, ConditionCell::Hidden, ConditionCell::Hidden]);
        assert!(nothing.starts_with("No condition") && nothing.ends_with("Of 3 schools, 2 are hidden."), "{nothing}");
    }
}

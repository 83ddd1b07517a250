//! Any two groupings with any filter, as chart and table. The address holds the question: positions
//! and words of our own, never a name or an id.

mod cells;

use super::NoData;
use super::tiers::chart_stamp;
use crate::attendance::{Dataset, Grade};
use crate::charts::Chart;
use crate::charts::cross::{Leaves, cross};
use crate::compare::words::thousands;
use crate::state::analysis::Sight;
use crate::state::analysis::cross::{Answer, By, Measure, Only, Question, answer};
use crate::state::{Route, Shared, use_state};
use crate::ui::components::{Button, ChartHead, Choice, PageHead, Section, SectionShape, SelectField};
use crate::ui::figure::{Figure, InParts};
use crate::ui::prose::Prose;
use cells::{MOST, first_of, input, said, seen};
use leptos::prelude::*;

/// Every value of every condition, as (`2.1`, `English learner: Yes`): position and code.
#[must_use]
pub fn having(dataset: &Dataset) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (at, attribute) in dataset.attributes.iter().enumerate() {
        for (value, name) in attribute.values.iter().enumerate() {
            let label = match (attribute.is_yes_no(), value) {
                (true, 0) => format!("Without: {}", attribute.label),
                (true, _) => attribute.label.clone(),
                _ => format!("{}: {name}", attribute.label),
            };
            all.push((format!("{at}.{}", value + 1), label));
        }
    }
    all
}

/// Reads `2.1`.
#[must_use]
pub fn parse_having(text: &str) -> Option<(usize, u8)> {
    let (at, code) = text.split_once('.')?;
    Some((at.parse().ok()?, code.parse().ok()?))
}

/// The question of an address; what it does not say, or says wrongly, takes the usual answer.
fn question(route: &Route, dataset: &Dataset, grades: &[Grade]) -> Question {
    let by = |key: &str| route.get(key).and_then(|word| By::parse(word, dataset));
    let rows = by("rows").unwrap_or(By::School);
    let usual = if rows == By::Grade { By::School } else { By::Grade };
    let columns = by("columns").filter(|c| *c != rows).unwrap_or(usual);
    let number = |key: &str| route.get(key).and_then(|at| at.parse::<usize>().ok());
    let having = route.get("having").and_then(parse_having).filter(|(at, code)| {
        dataset.attributes.get(*at).is_some_and(|a| (1..=a.values.len()).contains(&usize::from(*code)))
    });
    let only = Only {
        school: number("school").filter(|at| *at < dataset.schools.len()).map(|at| at as u16),
        grade: number("grade").and_then(|at| grades.get(at).copied()),
        having,
    };
    Question { rows, columns, only }
}

#[component]
pub fn ExplorePage() -> impl IntoView {
    let state = use_state();
    let has_data =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().is_some_and(|l| !l.outcome.dataset.stays.is_empty())));
    move || {
        if has_data.get() {
            view! { <Ask /> }.into_any()
        } else {
            view! { <NoData title="Explore" text="With a file you can set any two things against each other: school, grade, condition, month, weekday, kind of absence, tier." /> }.into_any()
        }
    }
}

#[component]
fn Ask() -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let grades = analysis.grades;
    let asked = Memo::new(move |_| {
        let loaded = state.loaded.get()?;
        Some(state.route.with(|route| grades.with(|grades| question(route, &loaded.outcome.dataset, grades))))
    });
    let answered: Memo<Option<Shared<Answer>>> = Memo::new(move |_| {
        let (loaded, records, asked) = (state.loaded.get()?, analysis.records.get()?, asked.get()?);
        Some(Shared::new(state.definition.with(|d| answer(&loaded.outcome.dataset, &records, d, &asked))))
    });
    let labels = move || {
        let (loaded, asked) = (state.loaded.get()?, asked.get()?);
        let dataset = &loaded.outcome.dataset;
        Some((asked.rows.label(dataset), asked.columns.label(dataset)))
    };
    // The cells as the one who looks may see them, ready to be drawn.
    let table = Memo::new(move |_| {
        let (answer, asked, (rows, columns)) = (answered.get()?, asked.get()?, labels()?);
        let seen = analysis.sight.with(|sight| grades.with(|grades| seen(&answer, &asked, grades, sight)));
        let (precision, stamp) = (analysis.sight.with(Sight::precision), chart_stamp(state.loaded.get().as_ref()));
        Some(Shared::new(input(seen, (&rows, &columns), precision, stamp, state.chart_width.get())))
    });
    let chart = Memo::new(move |_| table.get().map_or_else(Chart::default, |table| said(&table)));
    let drawn = Memo::new(move |_| {
        let table = table.get()?;
        let first = first_of(&table.cross);
        Some(Shared::new((Leaves::of(&first), first)))
    });
    let parts = InParts {
        count: Memo::new(move |_| drawn.with(|d| d.as_ref().map_or(0, |d| d.0.count()))),
        draw: Callback::new(move |at| drawn.with(|d| d.as_ref().map_or_else(String::new, |d| d.0.draw(&d.1, at)))),
        whole: Callback::new(move |()| {
            drawn.with_untracked(|d| d.as_ref().map_or_else(String::new, |d| cross(&d.1).svg))
        }),
    };
    let rest = move || {
        let table = table.get()?;
        let (rows, columns) = (table.cross.rows.len(), table.cross.columns.len());
        (rows > MOST || columns > MOST).then(|| {
            format!(
                "Of {} rows and {} columns the first {MOST} are drawn. A filter leads to the others, and the table has them all.",
                thousands(rows as u64),
                thousands(columns as u64)
            )
        })
    };
    let finding = Signal::derive(move || Prose::from(chart.with(|c| c.summary.clone())));
    let note = Signal::derive(move || {
        match asked.get().map(|q| q.measure()) {
        _ if analysis.sight.with(Sight::is_share) => "Others see what the Share page’s tables tell: schools, grades and one condition at a time, and days in whole percents.",
        Some(Measure::Days) => "Days missed as a share of enrolled days, of students with enough days to be counted.",
        Some(Measure::InTier) => "Students in the tier as a share of all counted in the same group.",
        _ => "Students chronically absent as a share of those counted. A student who attended two schools counts in each.",
    }.to_owned()
    });
    let set = move |key: &'static str| {
        Callback::new(move |value: String| {
            let value = if value == "all" { String::new() } else { value };
            state.go(&state.route.get_untracked().with(key, &value).hash());
        })
    };
    let groupings = move |other: fn(&Question) -> By| {
        Memo::new(move |_| {
            let (Some(loaded), Some(asked)) = (state.loaded.get(), asked.get()) else { return Vec::new() };
            let dataset = &loaded.outcome.dataset;
            let all = By::all(dataset).into_iter().filter(|by| *by != other(&asked));
            all.map(|by| Choice::new(by.key(), by.label(dataset))).collect::<Vec<_>>()
        })
    };
    let value =
        move |get: fn(&Question) -> By| Memo::new(move |_| asked.get().map(|q| get(&q).key()).unwrap_or_default());
    let with_all = |all: &str, rest: Vec<(String, String)>| {
        std::iter::once(Choice::new("all", all))
            .chain(rest.into_iter().map(|(v, l)| Choice::new(v, l)))
            .collect::<Vec<_>>()
    };
    let schools = Signal::derive(move || {
        let names = state
            .loaded
            .get()
            .map(|l| l.outcome.dataset.schools.iter().map(|s| s.name.clone()).collect::<Vec<_>>())
            .unwrap_or_default();
        with_all("All schools", names.into_iter().enumerate().map(|(at, n)| (at.to_string(), n)).collect())
    });
    let grade_choices = Signal::derive(move || {
        with_all(
            "All grades",
            grades.get().into_iter().enumerate().map(|(at, g)| (at.to_string(), g.to_string())).collect(),
        )
    });
    let conditions = Signal::derive(move || {
        with_all("All students", state.loaded.get().map(|l| having(&l.outcome.dataset)).unwrap_or_default())
    });
    let asked_value =
        move |key: &'static str| Memo::new(move |_| state.route.with(|r| r.get(key).unwrap_or("all").to_owned()));
    let swap = move |()| {
        if let Some(asked) = asked.get_untracked() {
            let route =
                state.route.get_untracked().with("rows", &asked.columns.key()).with("columns", &asked.rows.key());
            state.go(&route.hash());
        }
    };
    view! {
        <PageHead title="Explore" finding />
        <Section
            title="Any two, with any filter"
            note
            shape=SectionShape::Full
            margin=move || view! {
                <div class="filters">
                    <SelectField label="Rows" choices=groupings(|q| q.columns) value=value(|q| q.rows) on_change=set("rows") />
                    <SelectField label="Columns" choices=groupings(|q| q.rows) value=value(|q| q.columns) on_change=set("columns") />
                    <SelectField label="Only school" choices=schools value=asked_value("school") on_change=set("school") />
                    <SelectField label="Only grade" choices=grade_choices value=asked_value("grade") on_change=set("grade") />
                    <SelectField label="Only students" choices=conditions value=asked_value("having") on_change=set("having") />
                    <Button on_click=swap>"Swap the two"</Button>
                </div>
            }
        >
            {move || rest().map(|words| view! { <p class="section__note">{words}</p> })}
            <Figure chart name="explore" head=ChartHead::InTheMargin parts />
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::analysis::student::tests::example;

    #[test]
    fn an_address_is_a_question_and_nonsense_is_the_usual_one() {
        let dataset = example();
        let grades: Vec<Grade> = vec![Grade::K, Grade::Year(1)];
        let ask = |hash: &str| question(&Route::parse(hash), &dataset, &grades);
        let full = ask("#/explore?rows=month&columns=weekday&school=2&grade=1&having=0.2");
        assert_eq!((full.rows, full.columns, full.measure()), (By::Month, By::Weekday, Measure::Days));
        assert_eq!(full.only, Only { school: Some(2), grade: Some(Grade::Year(1)), having: Some((0, 2)) });
        let usual = ask("#/explore?rows=condition-77&columns=school&school=99&grade=x&having=0.9");
        assert_eq!((usual.rows, usual.columns, usual.only), (By::School, By::Grade, Only::default()));
        assert_eq!(ask("#/explore?rows=grade&columns=grade").columns, By::School);
        assert_eq!(having(&dataset).iter().filter(|(key, _)| parse_having(key).is_none()).count(), 0);
    }
}

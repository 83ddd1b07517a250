//! Who moved, by name: those behind every number of the movement between two exports. Nobody vanishes.

use super::list::{PAGE, with_all};
use super::moved::ends;
use crate::attendance::{Dataset, Tier};
use crate::compare::strata::lower_first;
use crate::plans::movement::{Moved, Whom};
use crate::state::plans::use_plans;
use crate::state::use_state;
use crate::ui::components::{
    Button, Cell, Choice, Column, Content, DataTable, PageHead, Row, Section, SectionShape, SelectField, TableData,
    TableShape,
};
use crate::ui::format;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Where a student stood in one export, as a person asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Any,
    NotThere,
    TooFewDays,
    In(Tier),
}

impl Place {
    fn parse(word: &str) -> Place {
        match word {
            "none" => Place::NotThere,
            "few" => Place::TooFewDays,
            at => at.parse::<usize>().ok().and_then(|at| Tier::ALL.get(at)).map_or(Place::Any, |tier| Place::In(*tier)),
        }
    }

    fn admits(self, stood: Option<Option<Tier>>) -> bool {
        match self {
            Place::Any => true,
            Place::NotThere => stood.is_none(),
            Place::TooFewDays => stood == Some(None),
            Place::In(tier) => stood == Some(Some(tier)),
        }
    }

    fn choices() -> Vec<Choice> {
        let tiers = Tier::ALL.iter().map(|t| (t.index().to_string(), t.label().to_owned()));
        let rest = [("few", "Too few days"), ("none", "Not at this school")].map(|(k, l)| (k.to_owned(), l.to_owned()));
        with_all("Any tier", tiers.chain(rest))
    }
}

/// The question that the address holds: never a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Question {
    whom: Whom,
    school: Option<usize>,
    before: Place,
    now: Place,
}

#[component]
pub(super) fn WhoMoved() -> impl IntoView {
    let state = use_state();
    let plans = use_plans();
    let more = RwSignal::new(PAGE);
    let question = Memo::new(move |_| {
        state.route.with(|route| {
            let word = |key: &str| route.get(key).unwrap_or_default();
            Question {
                whom: Whom::ALL.into_iter().find(|whom| whom.key() == word("who")).unwrap_or_default(),
                school: word("school").parse().ok(),
                before: Place::parse(word("before")),
                now: Place::parse(word("now")),
            }
        })
    });
    // School by school, each in the order of ids, as positions: what is shown is looked up by name.
    let fitting: Memo<Vec<(usize, usize)>> = Memo::new(move |_| {
        let q = question.get();
        plans.movement.with(|all| {
            let schools = all.iter().enumerate().filter(|(at, _)| q.school.is_none_or(|school| school == *at));
            let students = schools.flat_map(|(at, school)| school.students.iter().enumerate().map(move |s| (at, s)));
            let fits = |m: Moved| q.whom.admits(m) && q.before.admits(m.before()) && q.now.admits(m.now());
            students.filter(|(_, (_, (_, moved)))| fits(*moved)).map(|(at, (place, _))| (at, place)).collect()
        })
    });
    let finding = Signal::derive(move || {
        let (before, now) = ends(plans);
        let n = plans.movement.with(|all| {
            let mut ids: Vec<&str> =
                fitting.with(|f| f.iter().map(|(at, place)| all[*at].students[*place].0.as_str()).collect());
            ids.sort_unstable();
            ids.dedup();
            ids.len()
        });
        let what = question.with(|q| q.whom.label());
        Prose::new()
            .strong(format::plural(n as u64, "student", "students"))
            .plain(format!(": {}, from {before} to {now}.", lower_first(what)))
    });
    let table = Signal::derive(move || {
        let (before, now) = ends(plans);
        let columns = ["Student".to_owned(), "School".to_owned(), before, now, "What changed".to_owned()];
        let (loaded, earlier) = (state.loaded.get(), state.earlier.get());
        let datasets = [&loaded, &earlier].map(|l| l.as_ref().map(|l| &l.outcome.dataset));
        let rows = plans.movement.with(|all| {
            let shown = fitting.with(|f| f.iter().take(more.get()).copied().collect::<Vec<_>>());
            shown.into_iter().map(|(at, place)| row(&all[at].school, &all[at].students[place], datasets)).collect()
        });
        TableData {
            caption: "Students in either export and what changed".into(),
            columns: columns.map(Column::words).to_vec(),
            rows,
        }
    });
    let n = Memo::new(move |_| fitting.with(Vec::len));
    let ask = move |key: &'static str| {
        Callback::new(move |value: String| {
            more.set(PAGE);
            let value = if value == "all" { String::new() } else { value };
            let to = state.route.with_untracked(|route| route.with(key, &value));
            state.go(&to.hash());
        })
    };
    let asked = move |key: &'static str, or: &'static str| {
        Signal::derive(move || state.route.with(|route| route.get(key).unwrap_or(or).to_owned()))
    };
    let schools = Signal::derive(move || {
        plans.movement.with(|all| {
            with_all("All schools", all.iter().enumerate().map(|(at, s)| (at.to_string(), s.school.clone())))
        })
    });
    let whom: Vec<Choice> = Whom::ALL.iter().map(|whom| Choice::new(whom.key(), whom.label())).collect();
    view! {
        <PageHead title="Who moved" finding above=|| view! { <a class="small" href="#/students">"Call list"</a> } />
        <Section
            title="By name"
            shape=SectionShape::Full
            margin=move || view! {
                <div class="filters">
                    <SelectField label="What changed" choices=whom value=asked("who", Whom::default().key()) on_change=ask("who") />
                    <SelectField label="School" choices=schools value=asked("school", "all") on_change=ask("school") />
                    <SelectField label="Tier before" choices=Place::choices() value=asked("before", "all") on_change=ask("before") />
                    <SelectField label="Tier now" choices=Place::choices() value=asked("now", "all") on_change=ask("now") />
                </div>
            }
        >
            <Show
                when=move || plans.before.with(Option::is_some)
                fallback=|| view! { <p>"Load a newer export after this one: the page then says who moved tier, who is new and who left."</p> }
            >
                <Show when=move || { n.get() > 0 } fallback=|| view! { <p>"Nobody fits these choices."</p> }>
                    <DataTable table shape=TableShape::Stacks />
                </Show>
                <div class="exhibit-foot">
                    <span class="exhibit-foot__stamp">
                        {move || format!("{} of {}. {}", format::count(n.get().min(more.get()) as u64), format::count(n.get() as u64), chart_stamp(state.loaded.get().as_ref()))}
                    </span>
                    <Show when=move || { n.get() > more.get() }>
                        <Button on_click=move |()| more.update(|m| *m += PAGE)>"Show 25 more"</Button>
                    </Show>
                </div>
            </Show>
        </Section>
    }
}

/// One student at one school; `datasets` are the loaded export and the one before, where it is in this tab.
fn row(school: &str, (id, moved): &(String, Moved), datasets: [Option<&Dataset>; 2]) -> Row {
    let place = |data: Option<&Dataset>| data.and_then(|d| d.students.position(id));
    let [now, before] = datasets.map(place);
    let name = [now.zip(datasets[0]), before.zip(datasets[1])]
        .into_iter()
        .flatten()
        .map(|(at, data)| data.students.at(at).name.to_string())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| id.clone());
    let tier = |stood: Option<Option<Tier>>| match stood {
        Some(Some(tier)) => Cell::new(Content::Tier(tier)),
        Some(None) => Cell::why("too few days"),
        None => Cell::why("not at this school"),
    };
    Row::new(vec![
        // Who left has no page in this export, and stands by name.
        now.map_or_else(|| Cell::strong(name.clone()), |at| Cell::link(name.clone(), format!("#/students/{at}"))),
        Cell::text(school),
        tier(moved.before()),
        tier(moved.now()),
        Cell::text(moved.words()),
    ])
}

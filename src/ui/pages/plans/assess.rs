//! The school's self-assessment: several raters, no averages, priorities, and progress by date.

use super::form::{deed, group, item, stack};
use super::others::Others;
use crate::plans::content::assessment::{ELEMENTS, HOW_KNOWN};
use crate::plans::edits::assessment::{ElementView, prioritise, progress, raters, view as seen};
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::{Plans, use_plans};
use crate::ui::components::*;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn AssessPage() -> impl IntoView {
    let plans = use_plans();
    let finding = Signal::derive(move || {
        let newest = plans.workspace.with(|w| {
            let all = w.live().filter_map(|(_, b)| match b {
                Body::Assessment(a) => Some(a),
                _ => None,
            });
            all.max_by_key(|a| a.on).map(|a| (a.on, raters(a).len(), seen(a).iter().filter(|v| v.disagree()).count()))
        });
        match newest {
            None => Prose::from(
                "Eleven elements of a school that students come to. Several people rate them; where they disagree is where the talk begins.",
            ),
            Some((on, n, apart)) => Prose::new()
                .plain(format!(
                    "{} rated on {}. ",
                    if n == 1 { "1 person".to_owned() } else { format!("{n} people") },
                    on.map(|d| d.to_string()).unwrap_or_default()
                ))
                .strong(format!("They see {apart} of the elements differently"))
                .plain(" by two levels or more."),
        }
    });
    view! {
        <PageHead title="Self-assessment" finding />
        <Others title="Rounds" kind="Self-assessment" begin="Begin a round" note="A new round keeps the earlier ones, so that progress shows." />
        <Progress />
        <Elements />
        <Others title="Priorities" kind="Priority" begin="Add a priority" note="What the team decided to work on." />
    }
}

/// What is rated, to be read before the first round.
#[component]
fn Elements() -> impl IntoView {
    let plans = use_plans();
    let none_yet =
        Memo::new(move |_| plans.workspace.with(|w| !w.live().any(|(_, b)| matches!(b, Body::Assessment(_)))));
    let rows =
        || ELEMENTS.iter().map(|e| view! { <li class="tie"><strong>{e.title}</strong><span>{e.hint}</span></li> });
    view! {
        <Show when=move || none_yet.get()>
            <Section title="What is rated" note="From strongly in place to an urgent gap, or “don’t know”; and how you know.">
                <ul class="ties ties--even">{rows().collect_view()}</ul>
            </Section>
        </Show>
    }
}

/// Each element over the rounds of a school.
#[component]
fn Progress() -> impl IntoView {
    let plans = use_plans();
    let table = Signal::derive(move || {
        let schools = plans.workspace.with(|w| {
            let mut all: Vec<String> = w
                .live()
                .filter_map(|(_, b)| match b {
                    Body::Assessment(a) => Some(a.school.clone()),
                    _ => None,
                })
                .collect();
            all.sort();
            all.dedup();
            all
        });
        let mut rows = Vec::new();
        for school in &schools {
            for element in ELEMENTS {
                let rounds = plans.workspace.with(|w| progress(w, school, element.key));
                if rounds.len() < 2 {
                    continue;
                }
                let words = rounds
                    .iter()
                    .map(|(on, v)| format!("{}: {}", on.map(|d| d.to_string()).unwrap_or_default(), counts_in_words(v)))
                    .collect::<Vec<_>>();
                rows.push(Row::new(vec![
                    Cell::text(element.title).with_sub(school.clone()),
                    Cell::text(words.join("; ")),
                ]));
            }
        }
        TableData {
            caption: "Ratings by round".to_owned(),
            columns: vec![Column::words("Element"), Column::words("Ratings by round")],
            rows,
        }
    });
    view! {
        <Show when=move || table.with(|t| !t.rows.is_empty())>
            <Section title="Progress" note="Counts of ratings, never an average."><DataTable table shape=TableShape::Stacks /></Section>
        </Show>
    }
}

fn counts_in_words(v: &ElementView) -> String {
    let parts = Level::ALL
        .iter()
        .filter(|l| v.counts[**l as usize] > 0)
        .map(|l| format!("{} {}", v.counts[*l as usize], l.label().to_lowercase()));
    parts.collect::<Vec<_>>().join(", ")
}

/// One round: who rates now, the ratings of that person, and where raters differ.
#[must_use]
pub fn form(plans: Plans, id: &Id) -> AnyView {
    let at = item::<Assessment>(plans, id);
    let rater = RwSignal::new(String::new());
    let id_rate = id.clone();
    let sum_id = id.clone();
    let elements = {
        let at = at.clone();
        move || -> Vec<(String, String, String)> {
            let own = at.value(|a| a.own_elements.clone()).get();
            ELEMENTS
                .iter()
                .map(|e| (e.key.to_owned(), e.title.to_owned(), e.hint.to_owned()))
                .chain(own.into_iter().map(|o| (o.id.0, o.what, String::new())))
                .collect()
        }
    };
    let rating = move || {
        let who = rater.get().trim().to_owned();
        if who.is_empty() {
            return view! { <p class="small quiet">"Say who rates first: initials, a role or a number."</p> }
                .into_any();
        }
        let rows = untrack(&elements)
            .into_iter()
            .map(|(key, title, hint)| rating_row(plans, &id_rate, &who, &key, &title, &hint));
        view! { <ol class="rows__list">{rows.collect_view()}</ol> }.into_any()
    };
    stack(vec![
        group(vec![at.day("Day", "", |a| &mut a.on), at.text("School", "", |a| &mut a.school)]),
        view! { <Field label="Who rates now" hint="Initials, a role or a number. Each rates alone; then look at the differences together." value=rater on_change=move |t| rater.set(t) /> }.into_any(),
        view! { <div>{rating}</div> }.into_any(),
        at.list("Elements of our own", "Add an element", |a| &mut a.own_elements, |row| group(vec![row.text("Element", "", |e: &mut OwnElement| &mut e.what)])),
        view! { <Agreement id=sum_id /> }.into_any(),
    ])
}

fn rating_row(plans: Plans, id: &Id, rater: &str, element: &str, title: &str, hint: &str) -> AnyView {
    let at = item::<Assessment>(plans, id);
    let (who, key) = (rater.to_owned(), element.to_owned());
    let mine = at.value({
        let (who, key) = (who.clone(), key.clone());
        move |a| a.ratings.iter().rev().find(|r| r.rater == who && r.element == key).cloned()
    });
    let value = Signal::derive(move || mine.get().map(|r| r.level.label().to_owned()));
    let how = Signal::derive(move || mine.get().map(|r| r.how_known).unwrap_or_default());
    let put = move |change: &dyn Fn(&mut Rating)| {
        let new = plans.new_id();
        at.change("Rated", |a| {
            let found = a.ratings.iter_mut().rev().find(|r| r.rater == who && r.element == key);
            match found {
                Some(rating) => change(rating),
                None => {
                    let mut rating = Rating { id: new, rater: who.clone(), element: key.clone(), ..Rating::default() };
                    change(&mut rating);
                    a.ratings.push(rating);
                }
            }
        });
    };
    let put_level = put.clone();
    let rate = move |label: String| {
        if let Some(level) = Level::ALL.into_iter().find(|l| l.label() == label) {
            put_level(&|r: &mut Rating| r.level = level);
        }
    };
    let known = move |text: String| put(&|r: &mut Rating| r.how_known.clone_from(&text));
    let choices: Vec<Choice> = Level::ALL.iter().map(|l| Choice::new(l.label(), l.label())).collect();
    let (title, hint) = (title.to_owned(), hint.to_owned());
    view! {
        <li class="rows__row"><div class="rows__fields stack">
            <p class="small quiet">{hint}</p>
            <Segmented question=title legend=Legend::Shown choices value on_change=rate />
            <Field label=HOW_KNOWN value=how on_change=known />
        </div></li>
    }
    .into_any()
}

/// Where raters agree and where not, and priorities made from it.
#[component]
fn Agreement(id: Id) -> impl IntoView {
    let plans = use_plans();
    let at = item::<Assessment>(plans, &id);
    let rows = move || {
        let Some(now) = at.now() else { return Vec::new() };
        let mut all: Vec<ElementView> = seen(&now).into_iter().filter(|v| v.raters() > 0).collect();
        all.sort_by_key(|v| (std::cmp::Reverse(v.apart), v.furthest().map(std::cmp::Reverse)));
        all.into_iter()
            .map(|v| {
                let id = id.clone();
                let key = v.key.clone();
                let make = move || {
                    let made =
                        plans.workspace.with_untracked(|w| prioritise(w, &id, &key, Who::default(), plans.new_id()));
                    if let Some(change) = made {
                        plans.deed(change);
                    }
                };
                let apart = if v.disagree() { "They differ: talk about it." } else { "" };
                let how =
                    v.how_known.iter().map(|(who, how)| view! { <li>{format!("{who}: {how}")}</li> }).collect_view();
                view! {
                    <li class="asked">
                        <div><p><strong>{v.what.clone()}</strong></p><p class="small card__due--late">{apart}</p></div>
                        <div><p class="small">{counts_in_words(&v)}</p><ul class="plain-list small">{how}</ul></div>
                        <div class="no-print">{deed("Make it a priority", make)}</div>
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div>
            <h3 class="rows__title">"Where raters stand"</h3>
            <ol class="asked-list">{rows}</ol>
        </div>
    }
}

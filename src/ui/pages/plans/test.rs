//! A test of change: plan, do, study, act, with its evidence from the loaded data.

use super::chosen::ChosenStudents;
use super::evidence::EvidenceSection;
use super::form::{Cursor, deed, group, item, stack};
use super::item::{Ties, Ways, title_of};
use super::more::groups;
use crate::plans::content::tests_of_change::FIELDS;
use crate::plans::edits::test_of_change::{self, Missing};
use crate::plans::model::{Act, Against, Datum, Question, Stage, State, Step, Taking, Test};
use crate::plans::{Body, Change, Id};
use crate::state::plans::{Plans, use_plans};
use crate::state::use_state;
use crate::ui::components::{
    Button, ButtonKind, ButtonLink, Choice, ChoiceCard, ChoiceCards, Notice, NoticeKind, PageHead, Reason as Why,
    Section, Segmented, SelectField,
};
use leptos::prelude::*;

const PARTS: [(&str, &str); 4] = [("plan", "Plan"), ("do", "Do"), ("study", "Study"), ("act", "Act")];

fn hint(key: &str) -> &'static str {
    FIELDS.iter().find(|f| f.key == key).map_or("", |f| f.hint)
}

#[component]
pub fn TestPage(id: Id) -> impl IntoView {
    let plans = use_plans();
    let state = use_state();
    let title = title_of(plans, &id);
    let at = item::<Test>(plans, &id);
    let cycle = at.value(|t| t.cycle.max(1));
    let stage = at.value({
        let today = plans.today();
        move |t| test_of_change::state_on(t, today) as usize
    });
    let told = super::evidence::told(plans, &id);
    let finding = super::evidence::finding(plans, &id, told);
    let part = Memo::new(move |_| {
        let asked = state.route.with(|r| r.get("part").map(str::to_owned));
        asked.unwrap_or_else(|| PARTS[stage.get().min(3)].0.to_owned())
    });
    let value = Signal::derive(move || Some(part.get()));
    let choose = move |to: String| state.go(&state.route.get_untracked().with("part", &to).hash());
    let above = move || view! { <a class="small" href="#/plans">"Plans"</a> };
    let below = move || {
        view! { <span class="small quiet">{move || format!("Test, cycle {}, {}", cycle.get(), Stage::ALL[stage.get().min(3)].label().to_lowercase())}</span> }
    };
    let margin = {
        let (at, id) = (at.clone(), id.clone());
        move || {
            let parts: Vec<Choice> = PARTS.iter().map(|(k, w)| Choice::new(*k, *w)).collect();
            let now = at.clone();
            let summary = move || now.now().map(|t| details(&t));
            view! {
                <Segmented question="Part of the cycle" choices=parts value on_change=choose />
                {summary}
                <Ways id kind="Test" />
            }
        }
    };
    let body = {
        let (at, id) = (at.clone(), id.clone());
        move || match part.get().as_str() {
            "do" => doing(plans, &at, &id),
            "study" => study(plans, &at, &id),
            "act" => act(plans, &at, &id),
            _ => plan(plans, &at, &id),
        }
    };
    view! {
        <PageHead title finding above below />
        <EvidenceSection id=id.clone() told />
        <Section title="Cycle" margin><div class="stack plans-form">{body}</div></Section>
        <Ties id />
    }
}

fn details(test: &Test) -> impl IntoView + use<> {
    let testers = test.testers.iter().map(|w| w.label.clone()).collect::<Vec<_>>().join(", ");
    let dates = match (test.begins, test.ends) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        _ => String::new(),
    };
    let rows = [
        ("Change idea", test.change_idea.clone()),
        ("Goal", test.goal.clone()),
        ("Testers", testers),
        ("Dates", dates),
    ];
    let rows = rows.into_iter().filter(|(_, text)| !text.trim().is_empty());
    view! { <dl class="details-list">{rows.map(|(name, text)| view! { <dt>{name}</dt><dd>{text}</dd> }).collect_view()}</dl> }
}

fn plan(plans: Plans, at: &Cursor<Test>, id: &Id) -> AnyView {
    let strategies = move || -> Vec<Choice> {
        plans.workspace.with_untracked(|w| {
            w.live()
                .filter(|(_, b)| matches!(b, Body::Strategy(_)))
                .map(|(id, b)| Choice::new(id.to_string(), b.title()))
                .collect()
        })
    };
    let strategy_value = at.value(|t| t.strategy.as_ref().map(ToString::to_string).unwrap_or_default());
    let to = at.clone();
    let pick = move |value: String| {
        to.change("Changed: strategy", |t| t.strategy = (!value.is_empty()).then_some(Id(value)));
    };
    let mut choices = vec![Choice::new("", "None")];
    choices.extend(strategies());
    let takings =
        vec![(Taking::ByHand, "By hand".to_owned()), (Taking::FromTheData, "From the loaded data".to_owned())];
    let is_todo = at.value(|t| t.state == State::ToDo);
    let start = start_button(plans, id);
    let predictions = move |row: Cursor<Question>| {
        stack(vec![
            row.text("Question", hint("questions"), |q| &mut q.text),
            row.text("Prediction", "What you expect to see, with a number where you can", |q| &mut q.prediction),
        ])
    };
    stack(vec![
        group(vec![
            at.text("Title", hint("title"), |t| &mut t.title),
            at.people("Testers", "Roles or initials, with commas between", |t| &mut t.testers),
        ]),
        at.area("Change idea", hint("change_idea"), |t| &mut t.change_idea),
        group(vec![
            at.day("First day", "", |t| &mut t.begins),
            at.day("Last day", "Two weeks are often enough", |t| &mut t.ends),
            at.count("Cycle", |t| &mut t.cycle),
        ]),
        group(vec![
            at.text("Goal", hint("goal"), |t| &mut t.goal),
            at.text("Driver", hint("driver"), |t| &mut t.driver),
            view! { <SelectField label="Strategy" choices value=strategy_value on_change=pick /> }.into_any(),
        ]),
        groups(&at.zoom(|t| &mut t.group), plans),
        view! { <ChosenStudents id=id.clone() /> }.into_any(),
        at.list("Learning questions", "Add a question", |t| &mut t.questions, predictions),
        at.steps("Steps", "Add a step", |t| &mut t.steps),
        at.list(
            "Data to collect",
            "Add something to collect",
            |t| &mut t.data,
            move |row: Cursor<Datum>| {
                group(vec![
                    row.text("What", "", |d| &mut d.what),
                    row.who("Who", "", |d| &mut d.who),
                    row.pick("From", "", takings.clone(), |d| &mut d.taking),
                    row.done("Collected", |d| &mut d.collected),
                ])
            },
        ),
        at.notes("To ask ourselves afterwards", "Add a question", "Question", |t| &mut t.reflections),
        view! { <Show when=move || is_todo.get()>{start()}</Show> }.into_any(),
    ])
}

fn start_button(plans: Plans, id: &Id) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let id = id.clone();
    move || {
        let (at, to) = (id.clone(), id.clone());
        let missing = Memo::new(move |_| {
            plans.workspace.with(|w| {
                match w.get(&at) {
                    Some(Body::Test(t)) => test_of_change::before_start(t),
                    _ => vec![Missing::Test],
                }
                .iter()
                .map(Missing::words)
                .collect::<Vec<_>>()
            })
        });
        let because = Signal::derive(move || missing.with(|m| m.first().map(|words| Why::from(*words))));
        let more = move || missing.with(|m| m.len().saturating_sub(1));
        let start = move |()| {
            let change = plans.workspace.with_untracked(|w| test_of_change::start(w, &to, plans.today()));
            if let Ok(change) = change {
                plans.deed(change);
            }
        };
        view! {
            <div class="action-bar">
                <Button kind=ButtonKind::Go on_click=start disabled_because=because>"Start the test"</Button>
                <Show when=move || more().gt(&0)><span class="small quiet">{move || format!(" and {} more", more())}</span></Show>
            </div>
        }
        .into_any()
    }
}

fn doing(plans: Plans, at: &Cursor<Test>, id: &Id) -> AnyView {
    let is_running = at.value(|t| t.state == State::Running);
    let to_do = at.value(|t| t.state == State::ToDo);
    let id = id.clone();
    let end = move |()| {
        if let Ok(change) = plans.workspace.with_untracked(|w| test_of_change::finish(w, &id, plans.today())) {
            plans.deed(change);
        }
    };
    stack(vec![
        view! { <Show when=move || to_do.get()><p class="small quiet">"The test has not started. Start it under Plan."</p></Show> }.into_any(),
        at.list("Steps", "Add a step", |t| &mut t.steps, |row: Cursor<Step>| {
            group(vec![row.text("What", "", |s| &mut s.what), row.who("Who", "", |s| &mut s.who), row.done("Done", |s| &mut s.done)])
        }),
        at.area("What happened", hint("do"), |t| &mut t.happened),
        at.area("Surprises", "", |t| &mut t.surprises),
        at.area("Obstacles", "What was hard, data that were hard to get", |t| &mut t.obstacles),
        at.area("What went well", "", |t| &mut t.successes),
        group(vec![
            at.number("Students invited", "", |t| &mut t.invited),
            at.number("Took part to the end", "", |t| &mut t.took_part),
        ]),
        view! { <Show when=move || is_running.get()><p><Button kind=ButtonKind::Go on_click=end.clone()>"The test is over: study it"</Button></p></Show> }.into_any(),
    ])
}

fn study(plans: Plans, at: &Cursor<Test>, id: &Id) -> AnyView {
    let against = Against::ALL.map(|a| (a, a.label().to_owned())).to_vec();
    let read = at.clone();
    let ids = at
        .value(|t| t.questions.iter().filter(|q| !q.text.trim().is_empty()).map(|q| q.id.clone()).collect::<Vec<_>>());
    let row = move |qid: Id| {
        let q = read.row::<Question>(|t| &mut t.questions, &qid);
        let (text, prediction) = (q.value(|q| q.text.clone()), q.value(|q| q.prediction.clone()));
        view! {
            <li class="asked">
                <div><p class="small quiet">"We asked"</p><p><strong>{move || text.get()}</strong></p></div>
                <div><p class="small quiet">"We predicted"</p><p>{move || prediction.get()}</p></div>
                <div class="stack">
                    {q.text("We saw", "", |q| &mut q.result)}
                    {q.pick("Against the prediction", "", against.clone(), |q| &mut q.against)}
                </div>
            </li>
        }
    };
    let _ = (plans, id);
    stack(vec![
        view! { <ol class="asked-list"><For each=move || ids.get() key=|id| id.clone() children=row /></ol> }
            .into_any(),
        at.notes("What we asked ourselves", "Add a line", "Line", |t| &mut t.reflections),
    ])
}

fn act(plans: Plans, at: &Cursor<Test>, id: &Id) -> AnyView {
    let cards: Vec<ChoiceCard> = Act::ALL
        .iter()
        .map(|a| ChoiceCard { value: a.label().to_owned(), label: a.label().to_owned(), meaning: a.hint().to_owned() })
        .collect();
    let decided = at.value(|t| t.act.map(|a| a.label().to_owned()));
    let trouble = RwSignal::new(None::<String>);
    let to = id.clone();
    let decide = move |value: String| {
        let Some(act) = Act::ALL.into_iter().find(|a| a.label() == value) else { return };
        let result = plans.workspace.with_untracked(|w| match w.get(&to) {
            // A decision can be changed while there is no next cycle.
            Some(Body::Test(t)) if t.state == State::Done => {
                let changed = Test { act: Some(act), ..(**t).clone() };
                Ok(Change::put(
                    "Changed the decision",
                    to.clone(),
                    w.links(&to).to_vec(),
                    Body::Test(Box::new(changed)),
                ))
            }
            _ => test_of_change::decide(w, &to, act, plans.today()),
        });
        match result {
            Ok(change) => {
                trouble.set(None);
                plans.deed(change);
            }
            Err(missing) => trouble.set(missing.first().map(|m| m.words().to_owned())),
        }
    };
    let done = at.value(|t| t.state == State::Done);
    let next = at.value(|t| t.next.clone());
    let cycle = at.value(|t| t.cycle.max(1) + 1);
    let from = id.clone();
    let make = move |()| {
        if let Ok((id, change)) =
            plans.workspace.with_untracked(|w| test_of_change::next_cycle(w, &from, &mut || plans.new_id()))
        {
            plans.deed(change);
            plans.app.go(&super::href(&id));
        }
    };
    let back_id = id.clone();
    let back = move || {
        if let Ok(change) = plans.workspace.with_untracked(|w| test_of_change::back(w, &back_id)) {
            plans.deed(change);
        }
    };
    let can_back = at.value(|t| t.state != State::ToDo);
    let next_there = Memo::new(move |_| next.get().filter(|id| plans.workspace.with(|w| w.get(id).is_some())));
    let print = format!("#/plans/print/test/{id}");
    stack(vec![
        view! { <ChoiceCards question="What now?" cards value=decided on_change=decide /> }.into_any(),
        view! {
            <Show when=move || trouble.with(Option::is_some)>
                <Notice kind=NoticeKind::Problem title="Not yet"><p>{move || trouble.get()}</p></Notice>
            </Show>
        }
        .into_any(),
        at.notes("What changes next time", "Add a change", "Change", |t| &mut t.modifications),
        view! {
            <div class="button-row no-print">
                {move || match next_there.get() {
                    Some(id) => view! { <ButtonLink href=super::href(&id)>"Open the next cycle"</ButtonLink> }.into_any(),
                    None => {
                        let because = Signal::derive(move || (!done.get()).then(|| Why::from("Decide first.")));
                        let make = make.clone();
                        view! { <Button kind=ButtonKind::Go on_click=make disabled_because=because>{move || format!("Make cycle {} from this", cycle.get())}</Button> }.into_any()
                    }
                }}
                <ButtonLink href=print>"Print the worksheet"</ButtonLink>
            </div>
        }
        .into_any(),
        view! { <Show when=move || can_back.get()><p class="no-print">{deed("Go back a step", back.clone())}</p></Show> }.into_any(),
    ])
}

//! A test from to do over running and check to done, and the next cycle made from its act.

use super::NewId;
use crate::attendance::Day;
use crate::plans::Workspace;
use crate::plans::document::{Change, Edit, Id, Link};
use crate::plans::model::{Act, Against, Body, Datum, Measured, Question, State, Step, Taking, Test};

/// What a test still needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no such test.
    Test,
    Title,
    ChangeIdea,
    Dates,
    /// The last day lies before the first.
    DatesReversed,
    Question,
    /// The question with this id has no prediction.
    Prediction(Id),
    /// The question with this id has no result yet, or was not compared with its prediction.
    Result(Id),
    /// It is not in the state from which this is possible.
    Not(State),
    Act,
}

impl Missing {
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Missing::Test => "This test is no longer there.",
            Missing::Title => "Give the test a title.",
            Missing::ChangeIdea => "Say what will be done differently.",
            Missing::Dates => "Give a first and a last day.",
            Missing::DatesReversed => "The last day lies before the first.",
            Missing::Question => "Ask at least one question.",
            Missing::Prediction(_) => "Write a prediction for this question before the test starts.",
            Missing::Result(_) => "Say what you saw for this question, and how it compares with the prediction.",
            Missing::Not(State::ToDo) => "The test has started already.",
            Missing::Not(State::Running) => "The test is not running.",
            Missing::Not(State::Check) => "The test is not being studied.",
            Missing::Not(State::Done) => "The test is not done yet.",
            Missing::Act => "Decide first: adapt, adopt, expand or abandon.",
        }
    }
}

/// What stands between this test and its start. Empty: it can start.
#[must_use]
pub fn before_start(test: &Test) -> Vec<Missing> {
    let mut missing = Vec::new();
    if test.title.trim().is_empty() {
        missing.push(Missing::Title);
    }
    if test.change_idea.trim().is_empty() {
        missing.push(Missing::ChangeIdea);
    }
    match (test.begins, test.ends) {
        (Some(begins), Some(ends)) if ends < begins => missing.push(Missing::DatesReversed),
        (Some(_), Some(_)) => {}
        _ => missing.push(Missing::Dates),
    }
    let asked: Vec<&Question> = test.questions.iter().filter(|q| !q.text.trim().is_empty()).collect();
    if asked.is_empty() {
        missing.push(Missing::Question);
    }
    missing.extend(asked.iter().filter(|q| q.prediction.trim().is_empty()).map(|q| Missing::Prediction(q.id.clone())));
    missing
}

/// What stands between this test and a decision.
#[must_use]
pub fn before_decision(test: &Test) -> Vec<Missing> {
    test.questions
        .iter()
        .filter(|q| !q.text.trim().is_empty())
        .filter(|q| q.result.trim().is_empty() || q.against == Against::NotCompared)
        .map(|q| Missing::Result(q.id.clone()))
        .collect()
}

fn test_in<'a>(workspace: &'a Workspace, id: &Id, state: State) -> Result<&'a Test, Vec<Missing>> {
    match workspace.get(id) {
        Some(Body::Test(test)) if test.state == state => Ok(test),
        Some(Body::Test(_)) => Err(vec![Missing::Not(state)]),
        _ => Err(vec![Missing::Test]),
    }
}

fn put(workspace: &Workspace, label: &str, id: &Id, test: Test) -> Change<Body> {
    Change::put(label, id.clone(), workspace.links(id).to_vec(), Body::Test(Box::new(test)))
}

/// Starts a test.
///
/// # Errors
/// Everything that is missing, so that all of it can be shown at once.
pub fn start(workspace: &Workspace, id: &Id, today: Day) -> Result<Change<Body>, Vec<Missing>> {
    let test = test_in(workspace, id, State::ToDo)?;
    let missing = before_start(test);
    if !missing.is_empty() {
        return Err(missing);
    }
    let test = Test { state: State::Running, started: Some(today), ..test.clone() };
    Ok(put(workspace, "Started the test", id, test))
}

/// Ends the doing; now the test is studied.
///
/// # Errors
/// Where it is not running.
pub fn finish(workspace: &Workspace, id: &Id, today: Day) -> Result<Change<Body>, Vec<Missing>> {
    let test = test_in(workspace, id, State::Running)?;
    let test = Test { state: State::Check, finished: Some(today), ..test.clone() };
    Ok(put(workspace, "Ended the test", id, test))
}

/// Keeps what the daily records said with the test.
///
/// # Errors
/// Where the test is not there.
pub fn keep_evidence(workspace: &Workspace, id: &Id, measured: Measured) -> Result<Change<Body>, Vec<Missing>> {
    let Some(Body::Test(test)) = workspace.get(id) else {
        return Err(vec![Missing::Test]);
    };
    let test = Test { measured: Some(measured), ..(**test).clone() };
    Ok(put(workspace, "Kept the evidence", id, test))
}

/// Decides what follows from the test.
///
/// # Errors
/// The questions whose result was not set against their prediction.
pub fn decide(workspace: &Workspace, id: &Id, act: Act, today: Day) -> Result<Change<Body>, Vec<Missing>> {
    let test = test_in(workspace, id, State::Check)?;
    let missing = before_decision(test);
    if !missing.is_empty() {
        return Err(missing);
    }
    let test = Test { state: State::Done, act: Some(act), decided: Some(today), ..test.clone() };
    Ok(put(workspace, "Decided what follows", id, test))
}

/// Goes back one state, to put something right: nothing that was written is lost.
///
/// # Errors
/// Where there is no state before.
pub fn back(workspace: &Workspace, id: &Id) -> Result<Change<Body>, Vec<Missing>> {
    let Some(Body::Test(test)) = workspace.get(id) else {
        return Err(vec![Missing::Test]);
    };
    let mut test = (**test).clone();
    match test.state {
        State::ToDo => return Err(vec![Missing::Not(State::Running)]),
        State::Running => (test.state, test.started) = (State::ToDo, None),
        State::Check => (test.state, test.finished) = (State::Running, None),
        State::Done => (test.state, test.act, test.decided) = (State::Check, None, None),
    }
    Ok(put(workspace, "Went back a step", id, test))
}

/// Makes the next cycle from a test that is done. What carries over follows the act:
/// - adapt: idea, questions, steps and data, with the modifications as the first steps;
/// - adopt: the idea as it is, with one question, whether it lasts;
/// - expand: everything, for more students or longer, with the modifications as the first steps;
/// - abandon: goal, driver and what was learned; the idea is open again.
///
/// Predictions never carry over: each cycle makes its own.
///
/// # Errors
/// Where the test is not done, or has a next cycle already.
pub fn next_cycle(workspace: &Workspace, id: &Id, new: NewId) -> Result<(Id, Change<Body>), Vec<Missing>> {
    let done = test_in(workspace, id, State::Done)?;
    let Some(act) = done.act else {
        return Err(vec![Missing::Act]);
    };
    if let Some(next) = &done.next
        && workspace.get(next).is_some()
    {
        return Err(vec![Missing::Not(State::ToDo)]);
    }
    let next_id = new();
    let mut next = Test {
        title: done.title.clone(),
        testers: done.testers.clone(),
        cycle: done.cycle.max(1) + 1,
        goal: done.goal.clone(),
        driver: done.driver.clone(),
        group: done.group.clone(),
        strategy: done.strategy.clone(),
        previous: Some(id.clone()),
        ..Test::default()
    };
    let changed_steps = |new: NewId| -> Vec<Step> {
        let rows = done.modifications.iter().filter(|m| !m.text.trim().is_empty());
        let mut steps: Vec<Step> = rows.map(|m| Step { id: new(), what: m.text.clone(), ..Step::default() }).collect();
        steps.extend(done.steps.iter().map(|s| Step { id: new(), done: None, by: None, ..s.clone() }));
        steps
    };
    match act {
        Act::Adapt | Act::Expand => {
            next.change_idea.clone_from(&done.change_idea);
            next.steps = changed_steps(new);
            next.questions = done
                .questions
                .iter()
                .map(|q| Question { id: new(), text: q.text.clone(), ..Question::default() })
                .collect();
            next.data = done.data.iter().map(|d| Datum { id: new(), collected: None, ..d.clone() }).collect();
            next.reflections = done.reflections.clone();
        }
        Act::Adopt => {
            next.change_idea.clone_from(&done.change_idea);
            next.steps = changed_steps(new);
            next.questions = vec![Question {
                id: new(),
                text: "Does it last now that it is routine?".to_owned(),
                ..Question::default()
            }];
            next.data = vec![Datum {
                id: new(),
                what: "Absences before, during and after".to_owned(),
                taking: Taking::FromTheData,
                ..Datum::default()
            }];
        }
        Act::Abandon => next.title = String::new(),
    }
    let tied: Vec<Link> = workspace.links(id).to_vec();
    let finished = Test { next: Some(next_id.clone()), ..done.clone() };
    let change = Change {
        label: format!("Made cycle {}", next.cycle),
        edits: vec![
            Edit::Put { id: next_id.clone(), links: tied.clone(), body: Body::Test(Box::new(next)) },
            Edit::Put { id: id.clone(), links: tied, body: Body::Test(Box::new(finished)) },
        ],
    };
    Ok((next_id, change))
}

/// A test made from a strategy, tied to it and to what the strategy is tied to.
#[must_use]
pub fn from_strategy(workspace: &Workspace, strategy: &Id, new: NewId) -> Option<(Id, Change<Body>)> {
    let Some(Body::Strategy(from)) = workspace.get(strategy) else {
        return None;
    };
    let id = new();
    let test = Test {
        title: from.name.clone(),
        cycle: 1,
        change_idea: from.what.clone(),
        group: from.group.clone(),
        strategy: Some(strategy.clone()),
        steps: from.steps.iter().map(|s| Step { id: new(), done: None, ..s.clone() }).collect(),
        questions: vec![Question { id: new(), ..Question::default() }],
        data: vec![Datum {
            id: new(),
            what: "Absences before, during, two weeks and a month after".to_owned(),
            taking: Taking::FromTheData,
            ..Datum::default()
        }],
        ..Test::default()
    };
    let mut links = workspace.links(strategy).to_vec();
    links.push(Link::Item(strategy.clone()));
    Some((id.clone(), Change::put("Made a test", id, links, Body::Test(Box::new(test)))))
}

/// Where a test stands on the board today: a running test whose last day is over waits to be
/// studied.
#[must_use]
pub fn state_on(test: &Test, today: Day) -> State {
    match (test.state, test.ends) {
        (State::Running, Some(ends)) if ends < today => State::Check,
        (state, _) => state,
    }
}

//! The four measuring questions, filled from tests, conversations, partners and movement, with the
//! team's own words beside, as a summary of one page.

use super::content::tests_of_change::QUESTIONS;
use super::document::Id;
use super::model::{Against, Body, Measure, PartnerStatus, Stage, State, Test};
use super::movement::Movement;
use super::{Personal, PersonalBody, Workspace, board};
use crate::attendance::Day;

/// One question of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub question: &'static str,
    /// What the plans and the data tell.
    pub filled: Vec<String>,
    /// Something is told, and others may not see it.
    pub hides: bool,
    /// What the team wrote.
    pub by_hand: String,
}

/// The summary of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub title: String,
    pub sections: [Section; 4],
    pub conclusion: String,
}

/// Fills the four questions.
#[must_use]
pub fn summary(
    workspace: &Workspace,
    personal: Option<&Personal>,
    movement: &[Movement],
    measure: &Measure,
) -> Summary {
    let tests = tests_of(workspace, measure);
    let filled = [
        how_much(workspace, personal, measure, &tests),
        how_well(personal, measure, &tests),
        served(&tests),
        movement
            .iter()
            .filter(|m| measure.school.is_empty() || m.school == measure.school)
            .map(|m| if m.school.is_empty() { m.sentence() } else { format!("{}: {}", m.school, m.sentence()) })
            .collect(),
    ];
    let hands = [&measure.how_much, &measure.how_well, &measure.difference_for_served, &measure.difference_for_school];
    let mut filled = filled.into_iter();
    let sections = std::array::from_fn(|i| Section {
        question: QUESTIONS[i].title,
        filled: filled.next().unwrap_or_default(),
        hides: false,
        by_hand: hands[i].clone(),
    });
    let title = Body::Measure(measure.clone()).title();
    Summary { title, sections, conclusion: measure.conclusion.clone() }
}

/// The summary as others may see it: nothing that counts students, and where something is hidden, that it is.
#[must_use]
pub fn summary_for_others(
    workspace: &Workspace,
    personal: &Personal,
    movement: &[Movement],
    measure: &Measure,
) -> Summary {
    let all = summary(workspace, Some(personal), movement, measure);
    let mut shown = summary(workspace, None, &[], measure);
    for (section, all) in shown.sections.iter_mut().zip(all.sections) {
        section.filled.retain(|line| !line.contains("student"));
        section.hides = section.filled != all.filled;
    }
    shown
}

fn within(measure: &Measure, day: Option<Day>) -> bool {
    day.is_some_and(|day| measure.from.is_none_or(|from| from <= day) && measure.to.is_none_or(|to| day <= to))
}

fn tests_of<'a>(workspace: &'a Workspace, measure: &Measure) -> Vec<(&'a Id, &'a Test)> {
    workspace
        .live()
        .filter_map(|(id, body)| match body {
            Body::Test(test) => Some((id, &**test)),
            _ => None,
        })
        .filter(|(id, test)| {
            let asked = if measure.tests.is_empty() {
                within(measure, test.started.or(test.begins))
            } else {
                measure.tests.contains(id)
            };
            asked && test.state != State::ToDo
        })
        .collect()
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

fn how_much(
    workspace: &Workspace,
    personal: Option<&Personal>,
    measure: &Measure,
    tests: &[(&Id, &Test)],
) -> Vec<String> {
    let mut lines = Vec::new();
    if !tests.is_empty() {
        lines.push(format!("{} begun.", count(tests.len(), "test", "tests")));
    }
    let reached: u32 = tests.iter().filter_map(|(_, t)| t.took_part).sum();
    if reached > 0 {
        lines.push(format!("{} took part in tests to the end.", count(reached as usize, "student", "students")));
    }
    let (mut held, mut meetings, mut partners, mut strategies) = (0, 0, 0, 0);
    for (id, body) in workspace.live() {
        match body {
            Body::Outreach(round) => held += board::conversations(personal, id, round.held, round.planned).0 as usize,
            Body::Meeting(m) if m.held && within(measure, m.on) => meetings += 1,
            Body::Partner(p) if p.status == PartnerStatus::Active => partners += 1,
            Body::Strategy(s) if matches!(s.stage, Stage::Running | Stage::Check) => strategies += 1,
            _ => {}
        }
    }
    let mut say = |n: usize, one: &str, many: &str, what: &str| {
        if n > 0 {
            lines.push(format!("{} {what}.", count(n, one, many)));
        }
    };
    say(held, "conversation", "conversations", "with families held");
    say(meetings, "meeting", "meetings", "of the team held");
    say(strategies, "strategy", "strategies", "in use");
    say(partners, "partner", "partners", "active");
    lines
}

fn how_well(personal: Option<&Personal>, measure: &Measure, tests: &[(&Id, &Test)]) -> Vec<String> {
    let mut lines = Vec::new();
    let both = tests.iter().filter_map(|(_, t)| Some((t.took_part?, t.invited?)));
    let (took, invited) = both.fold((0, 0), |(a, b), (took, invited)| (a + took, b + invited));
    if invited > 0 {
        lines.push(format!("{took} of {invited} invited students took part to the end."));
    }
    let steps: Vec<_> = tests.iter().flat_map(|(_, t)| &t.steps).collect();
    if !steps.is_empty() {
        let done = steps.iter().filter(|s| s.done.is_some()).count();
        lines.push(format!("{done} of {} planned steps were done.", steps.len()));
    }
    let compared: Vec<Against> = tests
        .iter()
        .flat_map(|(_, t)| &t.questions)
        .map(|q| q.against)
        .filter(|a| *a != Against::NotCompared)
        .collect();
    if !compared.is_empty() {
        let of = |what: Against| compared.iter().filter(|a| **a == what).count();
        lines.push(format!(
            "Of {}: {} came out as predicted, {} better, {} less good.",
            count(compared.len(), "prediction", "predictions"),
            of(Against::AsPredicted),
            of(Against::Better),
            of(Against::LessGood)
        ));
    }
    let check_ins: Vec<bool> = personal
        .iter()
        .flat_map(|p| p.live())
        .filter_map(|(_, body)| match body {
            PersonalBody::Conversation(talk) if within(measure, talk.plan.check_in) => {
                Some(talk.plan.checked.is_some())
            }
            _ => None,
        })
        .collect();
    if !check_ins.is_empty() {
        let held = check_ins.iter().filter(|held| **held).count();
        lines.push(format!("{held} of {} check-ins with families were held.", check_ins.len()));
    }
    lines
}

fn served(tests: &[(&Id, &Test)]) -> Vec<String> {
    tests
        .iter()
        .filter_map(|(_, t)| {
            let sentence = &t.measured.as_ref()?.sentence;
            (!sentence.is_empty()).then(|| format!("{}, cycle {}: {sentence}", t.title, t.cycle.max(1)))
        })
        .collect()
}

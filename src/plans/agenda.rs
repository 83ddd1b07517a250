//! The next meeting's agenda, made from what is due by then. The team reorders, adds and drops;
//! making it again keeps what they did.

use super::calendar::upcoming_check_ins;
use super::document::Id;
use super::edits::test_of_change::state_on;
use super::model::{AgendaLine, Body, FamilySet, Meeting, Stage, State, Who};
use super::movement::{Moved, Movement};
use super::sharing::{ConsentState, Freshness, consent_on, freshness};
use super::{Personal, PersonalBody, Workspace, edits};
use crate::attendance::Day;

/// Ids of lines made from what is due begin with this.
const DUE: &str = "due:";

/// What the agenda is made from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    pub workspace: &'a Workspace,
    /// Absent where the personal part is not open; then its lines are left out.
    pub personal: Option<&'a Personal>,
    /// Between the last two exports, where two were loaded.
    pub movement: &'a [Movement],
    pub today: Day,
    pub meeting: Day,
}

fn line(key: &str, about: Option<&Id>, minutes: u32, what: String, leads: &Who) -> AgendaLine {
    let id = Id(format!("{DUE}{key}"));
    AgendaLine { id, what, minutes, leads: leads.clone(), about: about.cloned(), dropped: false }
}

/// The lines that are due, in the order of the team's functions: what ended, who moved, what was
/// promised, who was not asked.
#[must_use]
pub fn due(from: &Sources) -> Vec<AgendaLine> {
    let mut lines = Vec::new();
    let nobody = Who::default();
    tests(from, &mut lines);
    moved(from, &mut lines);
    if let Some(personal) = from.personal {
        let due = upcoming_check_ins(personal, from.meeting).len();
        if due > 0 {
            let what = if due == 1 {
                "1 check-in with a family is due".to_owned()
            } else {
                format!("{due} check-ins with families are due")
            };
            lines.push(line("check-ins", None, 5, what, &nobody));
        }
    }
    promised(from, &mut lines);
    for (id, body) in from.workspace.live() {
        match body {
            Body::Partner(p) if p.status != super::model::PartnerStatus::Ended => match freshness(p, from.meeting) {
                Freshness::Fresh => {}
                Freshness::OlderThanAYear => {
                    let what = format!("Partner older than a year: {}", body.title());
                    lines.push(line(&format!("partner:{id}"), Some(id), 5, what, &p.owner));
                }
                Freshness::NeverUpdated => {
                    let what = format!("Partner never checked: {}", body.title());
                    lines.push(line(&format!("partner:{id}"), Some(id), 5, what, &p.owner));
                }
            },
            Body::Visit(v) if v.stage == Stage::ToDo => {
                let what = match v.on {
                    Some(on) if on > from.meeting.plus(42) => continue,
                    Some(on) => format!("Who goes to {} on {on}, and what each will look for", body.title()),
                    None => format!("When to visit {}", body.title()),
                };
                lines.push(line(&format!("visit:{id}"), Some(id), 5, what, &v.owner));
            }
            Body::Difference(d) => {
                let what = format!("Two people wrote different things: {}", d.field);
                lines.push(line(&format!("difference:{id}"), Some(id), 3, what, &nobody));
            }
            _ => {}
        }
    }
    let gaps = edits::reasons::by_family(from.workspace, FamilySet::Four);
    for view in gaps.iter().flat_map(|(_, all)| all).filter(|v| v.is_gap()) {
        let what = format!("Nobody addresses this reason yet: {}", Body::Reason(view.reason.clone()).title());
        lines.push(line(&format!("reason:{}", view.id), Some(view.id), 5, what, &nobody));
    }
    consents(from, &mut lines);
    lines
}

fn tests(from: &Sources, lines: &mut Vec<AgendaLine>) {
    for (id, body) in from.workspace.live() {
        let Body::Test(test) = body else { continue };
        let leads = test.testers.first().cloned().unwrap_or_default();
        let title = body.title();
        let cycle = test.cycle.max(1);
        match state_on(test, from.meeting) {
            State::Check => {
                let what = format!("Study the results of {title}, cycle {cycle}");
                lines.push(line(&format!("test:{id}"), Some(id), 10, what, &leads));
            }
            State::ToDo if test.begins.is_some_and(|day| day <= from.meeting) => {
                let what = format!("{title} was to begin by now: start it or move it");
                lines.push(line(&format!("begin:{id}"), Some(id), 5, what, &leads));
            }
            _ => {}
        }
    }
}

fn moved(from: &Sources, lines: &mut Vec<AgendaLine>) {
    let chronic: usize = from.movement.iter().map(|m| m.count(Moved::newly_chronic)).sum();
    let recovered: usize = from.movement.iter().map(|m| m.count(Moved::recovered)).sum();
    let students = |n: usize| if n == 1 { "1 student".to_owned() } else { format!("{n} students") };
    if chronic > 0 {
        let what = format!("{} newly chronic since the last export: who calls whom", students(chronic));
        lines.push(line("moved:chronic", None, 5, what, &Who::from("everyone")));
    }
    if recovered > 0 {
        let what = format!("{} no longer chronic: who tells them", students(recovered));
        lines.push(line("moved:recovered", None, 3, what, &Who::default()));
    }
}

/// Decisions, priorities, strategies, steps and commitments whose day has come.
fn promised(from: &Sources, lines: &mut Vec<AgendaLine>) {
    let come = |by: Option<Day>| by.is_some_and(|day| day <= from.meeting);
    for (id, body) in from.workspace.live() {
        match body {
            Body::Meeting(meeting) => {
                for d in meeting.decisions.iter().filter(|d| d.done.is_none() && come(d.by)) {
                    let what = format!("Decided earlier, due now: {}", d.what);
                    lines.push(line(&format!("decision:{id}:{}", d.id), Some(id), 3, what, &d.owner));
                }
            }
            Body::Organising(o) => {
                for s in o.commitments.iter().filter(|s| s.done.is_none() && come(s.by)) {
                    let what = format!("Promised, due now: {}", s.what);
                    lines.push(line(&format!("commitment:{id}:{}", s.id), Some(id), 3, what, &s.who));
                }
            }
            Body::Priority(p) if p.stage != Stage::Done && come(p.due) => {
                lines.push(line(
                    &format!("priority:{id}"),
                    Some(id),
                    5,
                    format!("Priority: {}", body.title()),
                    &p.owner,
                ));
            }
            Body::Outreach(o) if o.stage != Stage::Done && come(o.due) => {
                let what = format!("Conversations: {}", body.title());
                lines.push(line(&format!("outreach:{id}"), Some(id), 5, what, &o.owner));
            }
            Body::Strategy(s) if s.stage != Stage::Done => {
                if come(s.due) {
                    let what = format!("Strategy due: {}", body.title());
                    lines.push(line(&format!("strategy:{id}"), Some(id), 5, what, &s.owner));
                }
                for step in s.steps.iter().filter(|step| step.done.is_none() && come(step.by)) {
                    let what = format!("{}: {}", body.title(), step.what);
                    lines.push(line(&format!("step:{id}:{}", step.id), Some(id), 3, what, &step.who));
                }
            }
            _ => {}
        }
    }
}

fn consents(from: &Sources, lines: &mut Vec<AgendaLine>) {
    let soon = from.meeting.plus(30);
    let ending = from.personal.iter().flat_map(|p| p.live()).filter(|(_, body)| match body {
        PersonalBody::Consent(c) => {
            consent_on(c, from.today) == ConsentState::InForce && consent_on(c, soon) == ConsentState::Expired
        }
        _ => false,
    });
    let n = ending.count();
    if n > 0 {
        let consents = if n == 1 { "1 consent ends".to_owned() } else { format!("{n} consents end") };
        lines.push(line("consents", None, 3, format!("{consents} by {soon}: renew or stop sharing"), &Who::default()));
    }
}

/// Brings a meeting's agenda up to date: what stands keeps its place, words, minutes and leader;
/// dropped lines stay dropped; what is no longer due goes, unless somebody took it on.
#[must_use]
pub fn refresh(meeting: &Meeting, due: &[AgendaLine]) -> Vec<AgendaLine> {
    let is_due = |id: &Id| due.iter().any(|line| line.id == *id);
    let made_here = |line: &AgendaLine| line.id.0.starts_with(DUE);
    let touched = |line: &AgendaLine| line.dropped || !line.leads.label.is_empty();
    let mut lines: Vec<AgendaLine> =
        meeting.agenda.iter().filter(|l| !made_here(l) || is_due(&l.id) || touched(l)).cloned().collect();
    let new: Vec<AgendaLine> = due.iter().filter(|d| !lines.iter().any(|l| l.id == d.id)).cloned().collect();
    lines.extend(new);
    lines
}

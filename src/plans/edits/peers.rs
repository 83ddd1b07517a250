//! Starting a peer support, planning a visit to a bright spot, and what comes of it.

use super::NewId;
use crate::plans::Workspace;
use crate::plans::content::peers::{CRITERIA, KIT, SUPPORTS};
use crate::plans::document::{Change, Edit, Id, Link};
use crate::plans::model::{
    Body, Criterion, Finding, KitAnswer, PeerSupport, Profile, Question, Recognition, SupportKind, Test, Tick, Visit,
    Who,
};

/// A support with its goal, focus, duration, process and measure from the menu, ready to change.
#[must_use]
pub fn start_support(kind: SupportKind, new: NewId) -> (Id, Change<Body>) {
    let menu = SUPPORTS.iter().find(|s| s.kind == kind).unwrap_or(&SUPPORTS[0]);
    let id = new();
    let support = PeerSupport {
        kind,
        goal: menu.goal.to_owned(),
        focus: menu.focus.to_owned(),
        duration: menu.duration.to_owned(),
        process: menu.process.iter().map(|s| Tick { id: new(), what: (*s).to_owned(), done: None }).collect(),
        measured_by: menu.measured_by.to_owned(),
        ..PeerSupport::default()
    };
    (id.clone(), Change::put("Started a peer support", id, Vec::new(), Body::PeerSupport(support)))
}

/// A visit to a school, with the finding that speaks for it carried over and the whole kit ready.
#[must_use]
pub fn plan_visit(finding: Finding, new: NewId) -> (Id, Change<Body>) {
    let (finding_id, id) = (new(), new());
    let school = Link::School(finding.school.clone());
    let visit = Visit {
        school: finding.school.clone(),
        why: vec![finding_id.clone()],
        kit: KIT
            .iter()
            .flat_map(|part| part.questions)
            .map(|q| KitAnswer { id: Id(q.key.to_owned()), ..KitAnswer::default() })
            .collect(),
        ..Visit::default()
    };
    let change = Change {
        label: "Planned a visit".to_owned(),
        edits: vec![
            Edit::Put { id: finding_id, links: vec![school.clone()], body: Body::Finding(finding) },
            Edit::Put { id: id.clone(), links: vec![school], body: Body::Visit(visit) },
        ],
    };
    (id, change)
}

/// Turns what a visitor wants to try into a test, tied to the visit. `None` where there is no such
/// row, or it has its test already.
#[must_use]
pub fn test_from_visit(workspace: &Workspace, visit: &Id, row: &Id, new: NewId) -> Option<(Id, Change<Body>)> {
    let Some(Body::Visit(from)) = workspace.get(visit) else {
        return None;
    };
    let mut after = from.clone();
    let wish = after.visitor_tests.iter_mut().find(|v| v.id == *row)?;
    if wish.test.as_ref().is_some_and(|id| workspace.get(id).is_some()) {
        return None;
    }
    let id = new();
    let test = Test {
        title: wish.will_test.clone(),
        change_idea: wish.will_test.clone(),
        testers: vec![wish.who.clone()],
        cycle: 1,
        questions: vec![Question {
            id: new(),
            text: "Does it do here what it does there?".to_owned(),
            prediction: wish.predicts.clone(),
            ..Question::default()
        }],
        ..Test::default()
    };
    wish.test = Some(id.clone());
    let change = Change {
        label: "Made a test from the visit".to_owned(),
        edits: vec![
            Edit::Put { id: id.clone(), links: vec![Link::Item(visit.clone())], body: Body::Test(Box::new(test)) },
            Edit::Put { id: visit.clone(), links: workspace.links(visit).to_vec(), body: Body::Visit(after) },
        ],
    };
    Some((id, change))
}

/// A practice profile begun from a visit, with its evidence.
#[must_use]
pub fn profile_from_visit(workspace: &Workspace, visit: &Id, new: NewId) -> Option<(Id, Change<Body>)> {
    let Some(Body::Visit(from)) = workspace.get(visit) else {
        return None;
    };
    let answer = |key: &str| from.kit.iter().find(|k| k.id.0 == key).map_or(String::new(), |k| k.answer.clone());
    let profile = Profile {
        school: from.school.clone(),
        evidence: from.why.clone(),
        what_they_do: answer("principal.days"),
        what_it_takes: answer("principal.keep"),
        may_not_travel: answer("transfer.depends"),
        ..Profile::default()
    };
    let id = new();
    let links = vec![Link::School(from.school.clone()), Link::Item(visit.clone())];
    Some((id.clone(), Change::put("Began a practice profile", id, links, Body::Profile(profile))))
}

/// The school that an item with evidence is about; `None` for items without evidence.
#[must_use]
pub fn school_of(body: &Body) -> Option<&str> {
    match body {
        Body::Visit(visit) => Some(&visit.school),
        Body::Profile(profile) => Some(&profile.school),
        Body::Recognition(recognition) => Some(&recognition.school),
        _ => None,
    }
}

/// Rests a visit, a profile or a recognition on one more finding, and ties it to the finding's school. `None` where it
/// rests on a finding of the same words already, or takes none.
#[must_use]
pub fn add_evidence(workspace: &Workspace, id: &Id, finding: Finding, new: NewId) -> Option<Change<Body>> {
    let mut body = workspace.get(id)?.clone();
    let evidence = match &mut body {
        Body::Visit(visit) => &mut visit.why,
        Body::Profile(profile) => &mut profile.evidence,
        Body::Recognition(recognition) => &mut recognition.evidence,
        _ => return None,
    };
    let same = |at: &Id| matches!(workspace.get(at), Some(Body::Finding(f)) if f.sentence == finding.sentence && f.stamp == finding.stamp);
    if evidence.iter().any(same) {
        return None;
    }
    let finding_id = new();
    evidence.push(finding_id.clone());
    let school = Link::School(finding.school.clone());
    let mut links = workspace.links(id).to_vec();
    if !links.contains(&school) {
        links.push(school.clone());
    }
    Some(Change {
        label: "Took a finding from the data".to_owned(),
        edits: vec![
            Edit::Put { id: finding_id, links: vec![school], body: Body::Finding(finding) },
            Edit::Put { id: id.clone(), links, body },
        ],
    })
}

/// A recognition begun from a finding, with criteria that the team edits.
#[must_use]
pub fn begin_recognition(finding: Finding, proposed_by: Who, new: NewId) -> (Id, Change<Body>) {
    let (finding_id, id) = (new(), new());
    let school = Link::School(finding.school.clone());
    let recognition = Recognition {
        who: finding.school.clone(),
        school: finding.school.clone(),
        proposed_by,
        evidence: vec![finding_id.clone()],
        criteria: CRITERIA
            .iter()
            .map(|c| Criterion { id: new(), what: c.title.to_owned(), met_by: String::new() })
            .collect(),
        ..Recognition::default()
    };
    let change = Change {
        label: "Began a recognition".to_owned(),
        edits: vec![
            Edit::Put { id: finding_id, links: vec![school.clone()], body: Body::Finding(finding) },
            Edit::Put { id: id.clone(), links: vec![school], body: Body::Recognition(recognition) },
        ],
    };
    (id, change)
}

//! Reasons by family, who addresses each, and where nobody does; from a finding to a reason and
//! from a reason to strategies and partners.

use super::NewId;
use crate::plans::Workspace;
use crate::plans::content::{partners, reasons, strategies};
use crate::plans::document::{Change, Edit, Id, Link};
use crate::plans::model::{AddresserKind, Alignment, Body, Family, FamilySet, Finding, Reason};

/// A reason and who addresses it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonView<'a> {
    pub id: &'a Id,
    pub reason: &'a Reason,
    /// Someone does it now: written down, or a strategy or partner is tied to it.
    pub addressed: bool,
    /// Nobody does it now, but someone in the school could.
    pub could_be: bool,
    /// Strategies and partners tied to it.
    pub tied: Vec<Id>,
}

impl ReasonView<'_> {
    #[must_use]
    pub const fn is_gap(&self) -> bool {
        !self.addressed
    }
}

/// Every reason under the families of a set, gaps first in each.
#[must_use]
pub fn by_family(workspace: &Workspace, set: FamilySet) -> Vec<(Family, Vec<ReasonView<'_>>)> {
    set.families()
        .iter()
        .map(|family| {
            let mut all: Vec<ReasonView<'_>> = workspace
                .live()
                .filter_map(|(id, body)| match body {
                    Body::Reason(reason) if set.shown_under(reason.family) == *family => {
                        Some(view(workspace, id, reason))
                    }
                    _ => None,
                })
                .collect();
            all.sort_by_key(|v| v.addressed);
            (*family, all)
        })
        .collect()
}

fn view<'a>(workspace: &'a Workspace, id: &'a Id, reason: &'a Reason) -> ReasonView<'a> {
    let tied: Vec<Id> = workspace
        .around(id)
        .into_iter()
        .filter(|other| matches!(workspace.get(other), Some(Body::Strategy(_) | Body::Partner(_))))
        .collect();
    let named = |kind: AddresserKind| {
        reason.addressed_by.iter().any(|a| a.kind == kind && (!a.who.trim().is_empty() || a.partner.is_some()))
    };
    let addressed = named(AddresserKind::InSchool) || named(AddresserKind::Partner) || !tied.is_empty();
    ReasonView { id, reason, addressed, could_be: !addressed && named(AddresserKind::CouldInSchool), tied }
}

/// Keeps a finding of the pages and starts a reason from it, tied to each other and to the school
/// or condition it is about. The reason's words are the team's: it starts empty.
#[must_use]
pub fn from_finding(finding: Finding, family: Family, new: NewId) -> (Id, Change<Body>) {
    let (finding_id, reason_id) = (new(), new());
    let mut about = Vec::new();
    if !finding.school.is_empty() {
        about.push(Link::School(finding.school.clone()));
    }
    if !finding.condition.is_empty() {
        about.push(Link::Condition(finding.condition.clone()));
    }
    let mut links = about.clone();
    links.push(Link::Item(finding_id.clone()));
    let change = Change {
        label: "Noted a reason".to_owned(),
        edits: vec![
            Edit::Put { id: finding_id, links: about, body: Body::Finding(finding) },
            Edit::Put { id: reason_id.clone(), links, body: Body::Reason(Reason { family, ..Reason::default() }) },
        ],
    };
    (reason_id, change)
}

/// Interventions of the catalogue that answer a reason: those for its example first, then those
/// for its family, each in the Playbook's order.
#[must_use]
pub fn suggest(reason: &Reason) -> Vec<&'static strategies::Entry> {
    let direct =
        |e: &&strategies::Entry| !reason.catalogue.is_empty() && e.reasons.contains(&reason.catalogue.as_str());
    let family = |e: &&strategies::Entry| e.families.contains(&reason.family);
    let all = &strategies::STRATEGIES;
    all.iter().filter(direct).chain(all.iter().filter(|e| family(e) && !direct(e))).collect()
}

/// The example of the catalogue that a reason was made from.
#[must_use]
pub fn example(key: &str) -> Option<&'static reasons::Example> {
    reasons::EXAMPLES.iter().find(|e| e.key == key)
}

/// Puts the table of reasons, interventions and partners into the workspace, ready to extend.
/// Rows that are there already (by reason) are left as they are.
#[must_use]
pub fn fill_alignment(workspace: &Workspace, new: NewId) -> Change<Body> {
    let there: Vec<&Alignment> = alignment(workspace).into_iter().map(|(_, row)| row).collect();
    let first = there.iter().map(|row| row.order + 1).max().unwrap_or(0);
    let mut edits = Vec::new();
    for (order, row) in
        (first..).zip(partners::ALIGNMENT.iter().filter(|r| !there.iter().any(|t| t.reason == r.reason)))
    {
        let body = Alignment {
            reason: row.reason.to_owned(),
            interventions: super::notes(row.interventions, new),
            partners: super::notes(row.partners, new),
            order,
        };
        edits.push(Edit::Put { id: new(), links: Vec::new(), body: Body::Alignment(body) });
    }
    Change { label: "Filled the table".to_owned(), edits }
}

/// The table's rows in order.
#[must_use]
pub fn alignment(workspace: &Workspace) -> Vec<(&Id, &Alignment)> {
    let mut rows: Vec<(&Id, &Alignment)> = workspace
        .live()
        .filter_map(|(id, body)| match body {
            Body::Alignment(row) => Some((id, row)),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|(id, row)| (row.order, (*id).clone()));
    rows
}

//! What several people's ratings say: where they agree, where not, and how it moves by date.

use crate::attendance::Day;
use crate::plans::Workspace;
use crate::plans::content::assessment::ELEMENTS;
use crate::plans::document::{Change, Id, Link};
use crate::plans::model::{Assessment, Body, Level, Priority, Stage, Who};

/// One element over all raters. Never an average.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementView {
    pub key: String,
    pub what: String,
    /// Raters at each level, in the order of [`Level::ALL`].
    pub counts: [u32; 5],
    /// Levels between the highest and the lowest rating, don't know left out.
    pub apart: u8,
    pub how_known: Vec<(String, String)>,
}

impl ElementView {
    /// Whether raters see this differently enough to talk about it: two levels or more.
    #[must_use]
    pub const fn disagree(&self) -> bool {
        self.apart >= 2
    }

    #[must_use]
    pub fn raters(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The rating that stands furthest from being in place.
    #[must_use]
    pub fn furthest(&self) -> Option<Level> {
        Level::ALL[..4].iter().rev().copied().find(|l| self.counts[*l as usize] > 0)
    }
}

/// Every element of an assessment, the eleven first, then the team's own. Where a rater rated an
/// element twice, the later row counts.
#[must_use]
pub fn view(assessment: &Assessment) -> Vec<ElementView> {
    let own = assessment.own_elements.iter().map(|e| (e.id.0.clone(), e.what.clone()));
    let all = ELEMENTS.iter().map(|e| (e.key.to_owned(), e.title.to_owned())).chain(own);
    all.map(|(key, what)| {
        let mut latest: Vec<&crate::plans::model::Rating> = Vec::new();
        for rating in assessment.ratings.iter().filter(|r| r.element == key) {
            latest.retain(|r| r.rater != rating.rater);
            latest.push(rating);
        }
        let mut counts = [0; 5];
        for rating in &latest {
            counts[rating.level as usize] += 1;
        }
        let levels: Vec<u8> = latest.iter().filter_map(|r| r.level.distance()).collect();
        let apart = match (levels.iter().min(), levels.iter().max()) {
            (Some(low), Some(high)) => high - low,
            _ => 0,
        };
        let how_known = latest
            .iter()
            .filter(|r| !r.how_known.trim().is_empty())
            .map(|r| (r.rater.clone(), r.how_known.clone()))
            .collect();
        ElementView { key, what, counts, apart, how_known }
    })
    .collect()
}

/// Everyone who rated, once, in order.
#[must_use]
pub fn raters(assessment: &Assessment) -> Vec<String> {
    let mut all: Vec<String> = assessment.ratings.iter().map(|r| r.rater.clone()).collect();
    all.sort();
    all.dedup();
    all
}

/// One element's counts by date, for showing progress. Rounds without this element are left out.
#[must_use]
pub fn progress(workspace: &Workspace, school: &str, element: &str) -> Vec<(Option<Day>, ElementView)> {
    let mut rounds: Vec<(Option<Day>, ElementView)> = workspace
        .live()
        .filter_map(|(_, body)| match body {
            Body::Assessment(a) if a.school == school => Some(a),
            _ => None,
        })
        .filter_map(|a| view(a).into_iter().find(|v| v.key == element && v.raters() > 0).map(|v| (a.on, v)))
        .collect();
    rounds.sort_by_key(|(on, _)| *on);
    rounds
}

/// A priority made from a rating, tied to its assessment. `None` where there is no such element.
#[must_use]
pub fn prioritise(workspace: &Workspace, assessment: &Id, element: &str, owner: Who, id: Id) -> Option<Change<Body>> {
    let Some(Body::Assessment(from)) = workspace.get(assessment) else {
        return None;
    };
    let seen = view(from).into_iter().find(|v| v.key == element)?;
    let priority = Priority {
        what: seen.what,
        element: element.to_owned(),
        assessment: Some(assessment.clone()),
        owner,
        stage: Stage::ToDo,
        ..Priority::default()
    };
    let links = if from.school.is_empty() { Vec::new() } else { vec![Link::School(from.school.clone())] };
    Some(Change::put("Made a priority", id, links, Body::Priority(priority)))
}

//! What the comparison hands over for a visit: the school with its numbers, and the pair with what was compared.

use super::peers::plan_visit;
use crate::attendance::Day;
use crate::compare::peers::does_better;
use crate::compare::strata::lower_first;
use crate::compare::two_groups::gap;
use crate::plans::document::{Edit, Id, Link};
use crate::plans::model::{Body, Finding, FindingKind};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|n| u32::try_from(n).ok())
}

/// `Birch: 9.0 % of 388 students chronically absent, where 19 % was expected for its students`, as far as it is told.
fn sentence(school: &Value) -> String {
    let name = text(&school["name"]);
    let mut sentence = match (number(&school["counted"]), school["rate"].as_f64()) {
        (Some(n), Some(rate)) => format!("{name}: {:.1} % of {n} students chronically absent", 100.0 * rate),
        _ => name,
    };
    // Expected rates are handed over in whole percents.
    if let Some(expected) = school["expected"].as_f64().map(|share| (100.0 * share).round()) {
        sentence.push_str(&format!(", where {expected} % was expected for its students"));
    }
    sentence
}

/// The finding about one school, from the numbers that others may see. `None` without a school.
#[must_use]
pub fn about_school(school: &Value, stamp: &str, seen: Option<Day>) -> Option<Finding> {
    let name = text(&school["name"]);
    (!name.is_empty()).then(|| Finding {
        kind: FindingKind::School,
        sentence: sentence(school),
        stamp: stamp.to_owned(),
        school: name,
        counted: number(&school["counted"]),
        chronic: number(&school["chronic"]),
        expected: school["expected"].as_f64().map(|share| (share * 1e6).round() as u32),
        verdict: text(&school["verdict"]),
        seen,
        ..Finding::default()
    })
}

/// The finding about the pair: who visits, how far apart the two lie, and on what they were compared.
fn about_pair(item: &Value, there: &Finding) -> Option<Finding> {
    let here = about_school(&item["from"], &there.stamp, there.seen)?;
    let mut said = format!("{} would visit {}. {}.", here.school, there.school, here.sentence);
    let count = |f: &Finding| Some((u64::from(f.chronic?), u64::from(f.counted?)));
    if let (Some(ours), Some(theirs)) = (count(&here), count(there))
        && does_better(theirs, ours)
        && let Some((points, (low, high))) = gap(ours, theirs)
    {
        said.push_str(&format!(
            " At {} it is {:.0} points fewer; the gap could be {:.0} to {:.0}.",
            there.school,
            100.0 * points,
            100.0 * low,
            100.0 * high
        ));
    }
    let things: Vec<String> =
        item["compared_on"].as_array().into_iter().flatten().map(|label| lower_first(&text(label))).collect();
    if !things.is_empty() {
        said.push_str(&format!(" Compared on {}.", things.join(", ")));
    }
    if let Some(distance) = item["distance"].as_f64() {
        // No finer than others see it: a fine distance would tell of shares that are hidden.
        said.push_str(&format!(" Distance {distance:.1}: 0 is alike in everything known of the two."));
    }
    // The smaller of the two decides who may see it.
    let (counted, chronic) = (here.counted.zip(there.counted), here.chronic.zip(there.chronic));
    let smaller = |pair: Option<(u32, u32)>| pair.map(|(a, b)| a.min(b));
    Some(Finding {
        sentence: said,
        counted: smaller(counted),
        chronic: smaller(chronic),
        school: there.school.clone(),
        expected: None,
        verdict: String::new(),
        ..here
    })
}

/// The visit with its evidence, tied to both schools. Nothing where no school is named.
#[must_use]
pub fn visit(item: &Value, id: &Id) -> Vec<Edit<Body>> {
    let seen = Day::parse_iso(&text(&item["made_on"]));
    let Some(there) = about_school(&item["to"], &text(&item["stamp"]), seen) else { return Vec::new() };
    let pair = about_pair(item, &there).map(|pair| (Id(format!("{id}-pair")), pair));
    let both = [text(&item["from"]["name"]), there.school.clone()].map(Link::School);
    let mut first = Some(Id(format!("{id}-finding")));
    let (_, change) = plan_visit(there, &mut || first.take().unwrap_or_else(|| id.clone()));
    let mut edits = change.edits;
    if let Some((pair_id, pair)) = pair {
        for edit in &mut edits {
            if let Edit::Put { links, body: Body::Visit(visit), .. } = edit {
                visit.why.push(pair_id.clone());
                *links = both.to_vec();
            }
        }
        edits.push(Edit::Put { id: pair_id, links: both.to_vec(), body: Body::Finding(pair) });
    }
    edits
}

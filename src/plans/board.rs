//! The board: every plan as a card in one of four columns.

use super::document::{Document, Id, Link};
use super::edits::test_of_change::state_on;
use super::model::{Body, PartnerStatus, Stage, State};
use super::sharing::{Eyes, Freshness, finding_may_show, freshness};
use super::{Personal, PersonalBody, Workspace, content};
use crate::attendance::Day;

/// One card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub id: Id,
    pub column: Stage,
    /// `Test, cycle 2`.
    pub kind: String,
    pub title: String,
    /// Where it came from: `From: reason, barriers`.
    pub from: Option<String>,
    pub who: String,
    pub day: Option<Day>,
    /// `ends 27 Feb 2026`, `stale`, `no date`.
    pub when: String,
    /// Its day is over and it is not done.
    pub late: bool,
}

/// The four columns, each in the order of days, undated last.
#[must_use]
pub fn board(workspace: &Workspace, personal: Option<&Personal>, today: Day) -> [Vec<Card>; 4] {
    let mut columns: [Vec<Card>; 4] = Default::default();
    for (id, body) in workspace.live() {
        if let Some(card) = card(workspace, personal, id, body, today) {
            columns[card.column as usize].push(card);
        }
    }
    for cards in &mut columns {
        cards.sort_by_key(|c| (c.day.is_none(), c.day, c.title.clone(), c.id.clone()));
    }
    // What was done last stands first.
    columns[Stage::Done as usize].sort_by_key(|c| (c.day.is_none(), std::cmp::Reverse(c.day), c.title.clone()));
    columns
}

fn card(workspace: &Workspace, personal: Option<&Personal>, id: &Id, body: &Body, today: Day) -> Option<Card> {
    let mut kind = body.kind().to_owned();
    // Without the part about persons, this is for others' eyes.
    let eyes = if personal.is_some() { Eyes::Team } else { Eyes::Others };
    let mut from = origin(workspace, id, eyes);
    let mut when = None;
    let (column, who, day) = match body {
        Body::Test(test) => {
            kind = format!("Test, cycle {}", test.cycle.max(1));
            let column = match state_on(test, today) {
                State::ToDo => Stage::ToDo,
                State::Running => Stage::Running,
                State::Check => Stage::Check,
                State::Done => Stage::Done,
            };
            let day = match column {
                Stage::ToDo => test.begins,
                Stage::Done => test.decided,
                _ => test.ends,
            };
            when = day.map(|day| match column {
                Stage::ToDo => format!("begins {day}"),
                Stage::Running => format!("ends {day}"),
                Stage::Check => format!("ended {day}"),
                Stage::Done => day.to_string(),
            });
            if let Some(act) = test.act {
                from = Some(format!("Decided: {}", act.label().to_lowercase()));
            }
            (column, test.testers.first().map(|w| w.label.clone()).unwrap_or_default(), day)
        }
        Body::Partner(partner) => {
            let stale = freshness(partner, today) != Freshness::Fresh;
            let column = match partner.status {
                PartnerStatus::Potential => Stage::ToDo,
                PartnerStatus::Active if stale => Stage::Check,
                PartnerStatus::Active => Stage::Running,
                PartnerStatus::Ended => return None,
            };
            if column == Stage::Check {
                from = Some(match partner.last_updated {
                    Some(day) => format!("Last checked {day}"),
                    None => "Never checked".to_owned(),
                });
                when = Some("stale".to_owned());
            }
            // A partner who needs nothing from the team is no work on the board.
            if column == Stage::Running && partner.due.is_none() {
                return None;
            }
            (column, partner.owner.label.clone(), partner.due)
        }
        Body::Outreach(round) => {
            let (held, planned) = conversations(personal, id, round.held, round.planned);
            from = Some(match planned {
                Some(planned) => format!("{held} held, {} to go", planned.saturating_sub(held)),
                None => format!("{held} held"),
            });
            (round.stage, round.owner.label.clone(), round.due)
        }
        Body::Assessment(round) => {
            let raters = super::edits::assessment::raters(round).len();
            let own = round.own_elements.len();
            from = Some(format!("{} elements, {raters} raters", content::assessment::ELEMENTS.len() + own));
            (if raters < 2 { Stage::Running } else { Stage::Done }, String::new(), round.on)
        }
        Body::Priority(x) => (x.stage, x.owner.label.clone(), x.due),
        Body::Strategy(x) => (x.stage, x.owner.label.clone(), x.due),
        Body::Visit(x) => (x.stage, x.owner.label.clone(), x.on),
        Body::Organising(x) => (x.stage, x.leads.label.clone(), x.on),
        Body::PeerSupport(x) => (x.stage, x.owner.label.clone(), x.ends),
        _ => return None,
    };
    let late = column != Stage::Done && day.is_some_and(|day| day < today);
    Some(Card {
        id: id.clone(),
        column,
        kind,
        title: body.title(),
        from,
        who: if who.trim().is_empty() { "open".to_owned() } else { who },
        day,
        when: when.unwrap_or_else(|| day.map_or_else(|| "no date".to_owned(), |day| day.to_string())),
        late: late || (column == Stage::Check && matches!(body, Body::Partner(_))),
    })
}

/// Conversations held and planned of a round: counted from the personal part where it holds any,
/// otherwise what the team wrote.
#[must_use]
pub fn conversations(
    personal: Option<&Personal>,
    round: &Id,
    held: Option<u32>,
    planned: Option<u32>,
) -> (u32, Option<u32>) {
    let (mut total, mut done) = (0u32, 0u32);
    for (_, body) in personal.iter().flat_map(|p| p.live()) {
        if let PersonalBody::Conversation(talk) = body
            && talk.outreach.as_ref() == Some(round)
        {
            total += 1;
            done += u32::from(talk.plan.made.is_some());
        }
    }
    (done.max(held.unwrap_or(0)), planned.or((total > 0).then_some(total)).map(|p| p.max(total)))
}

/// Where an item came from, by what it is tied to: a reason first, then a finding, a strategy, a
/// visit, a condition, a school.
#[must_use]
pub fn origin(workspace: &Workspace, id: &Id, eyes: Eyes) -> Option<String> {
    let words = |other: &Id| -> Option<(u8, String)> {
        Some(match workspace.get(other)? {
            Body::Reason(r) => {
                let family = content::reasons::name(super::model::FamilySet::Four, r.family).to_lowercase();
                (0, format!("From: reason, {family}"))
            }
            Body::Finding(f) if finding_may_show(f, eyes) => (1, format!("From: {}", f.sentence)),
            Body::Strategy(s) => (2, format!("From: {}", s.name)),
            Body::Visit(v) => (3, format!("From: visit to {}", v.school)),
            _ => return None,
        })
    };
    let references = workspace.get(id).map(super::document::Content::references).unwrap_or_default();
    let links = workspace.links(id);
    let items = links.iter().filter_map(|link| match link {
        Link::Item(other) => Some(other),
        _ => None,
    });
    let best = items.chain(references.iter()).filter_map(words).min();
    best.map(|(_, text)| text).or_else(|| {
        links.iter().find_map(|link| match link {
            Link::Condition(key) => {
                let label = crate::attendance::attribute::label(key).unwrap_or(key);
                Some(format!("From: condition, {}", label.to_lowercase()))
            }
            Link::School(name) => Some(format!("From: {name}")),
            _ => None,
        })
    })
}

/// Everything tied to a school, a condition or another page's finding: the way from there to the
/// plans.
#[must_use]
pub fn plans_for(workspace: &Document<Body>, link: &Link) -> Vec<Id> {
    let mut found = workspace.pointing_at(link);
    if let Link::School(name) = link {
        for (id, body) in workspace.live() {
            let about = match body {
                Body::Visit(x) => &x.school,
                Body::Profile(x) => &x.school,
                Body::Recognition(x) => &x.school,
                Body::Assessment(x) => &x.school,
                Body::Finding(x) => &x.school,
                _ => continue,
            };
            if about == name {
                found.push(id.clone());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

//! What may be shared with which partner today, and which partners have gone stale.

use super::Personal;
use super::document::Id;
use super::model::{Body, Case, CaseNumber, Finding, Partner, Sharing};
use super::personal::{Consent, PersonalBody, StudentRef};
use crate::attendance::Day;

/// The smallest group whose numbers may be shared: more than 10.
pub const SMALLEST_GROUP: u32 = 11;

/// Whose eyes are on the screen or the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    Team,
    /// Share mode: nothing about fewer than 11 students.
    Others,
}

/// What stands in place of a finding that others may not see.
pub const FINDING_HIDDEN: &str = "A finding whose numbers show in Team mode only";

/// Whether others may see a finding: it holds no number, or all its numbers are known to be about at
/// least 11 students. Only a visit's finding knows its numbers, and a visit takes them from the
/// audited export, never from the file.
#[must_use]
pub fn finding_may_show(finding: &Finding, eyes: Eyes) -> bool {
    let large = |n: u32| n >= SMALLEST_GROUP;
    eyes == Eyes::Team
        || !finding.sentence.chars().any(|c| c.is_ascii_digit())
        || (finding.counted.is_some_and(large) && finding.chronic.is_none_or(large))
}

/// A finding's sentence as these eyes may see it.
#[must_use]
pub fn finding_words(finding: &Finding, eyes: Eyes) -> &str {
    if finding_may_show(finding, eyes) { &finding.sentence } else { FINDING_HIDDEN }
}

/// The title of an item as these eyes may see it.
#[must_use]
pub fn title(body: &Body, eyes: Eyes) -> String {
    match body {
        Body::Finding(finding) => finding_words(finding, eyes).to_owned(),
        _ => body.title(),
    }
}

/// Whether a consent holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConsentState {
    InForce,
    /// No scope, no giver, or no date: nothing is recorded that could hold.
    Incomplete,
    NotYet,
    Expired,
    Withdrawn,
}

/// The state of a consent on a day. The last day of a consent still counts; a withdrawal counts
/// from its own day on.
#[must_use]
pub fn consent_on(consent: &Consent, today: Day) -> ConsentState {
    if consent.withdrawn.is_some_and(|day| day <= today) {
        return ConsentState::Withdrawn;
    }
    let (Some(given), Some(expires)) = (consent.given_on, consent.expires) else {
        return ConsentState::Incomplete;
    };
    if consent.scope.trim().is_empty() || consent.given_by.trim().is_empty() {
        ConsentState::Incomplete
    } else if expires < today {
        ConsentState::Expired
    } else if given > today {
        ConsentState::NotYet
    } else {
        ConsentState::InForce
    }
}

/// The students whose names a partner may see today, and those with a record that does not hold.
#[must_use]
pub fn named_students(
    personal: &Personal,
    partner_id: &Id,
    partner: &Partner,
    today: Day,
) -> (Vec<StudentRef>, Vec<(StudentRef, ConsentState)>) {
    let mut allowed = Vec::new();
    let mut refused = Vec::new();
    for (_, body) in personal.live() {
        let PersonalBody::Consent(consent) = body else { continue };
        if consent.partner != *partner_id {
            continue;
        }
        match consent_on(consent, today) {
            ConsentState::InForce if partner.sharing == Sharing::NamedWithConsent => {
                allowed.push(consent.student.clone());
            }
            ConsentState::InForce => {}
            state => refused.push((consent.student.clone(), state)),
        }
    }
    allowed.sort();
    allowed.dedup_by(|a, b| a.id == b.id);
    // A renewed consent makes an older one of the same student irrelevant.
    refused.retain(|(student, _)| !allowed.iter().any(|a| a.id == student.id));
    refused.sort();
    (allowed, refused)
}

/// What a number is about, for deciding who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The whole school or district.
    Everyone,
    Group,
}

/// Whether a number may be shared at a level. A number without its n may not: nobody can tell how
/// small the group is.
#[must_use]
pub fn may_share_number(level: Sharing, about: About, n: Option<u32>) -> bool {
    let large = n.is_some_and(|n| n >= SMALLEST_GROUP);
    match about {
        About::Everyone => level >= Sharing::Aggregate && large,
        About::Group => level >= Sharing::Groups && large,
    }
}

/// The numbers of an argument that are too small, or lack an n, for any outside audience.
#[must_use]
pub fn not_to_be_shared(case: &Case) -> Vec<&CaseNumber> {
    case.numbers.iter().filter(|number| number.n.is_none_or(|n| n < SMALLEST_GROUP)).collect()
}

/// How old a partner's entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    Fresh,
    /// Last updated more than a year ago.
    OlderThanAYear,
    NeverUpdated,
}

/// A partner's entry is stale from the day after its anniversary.
#[must_use]
pub fn freshness(partner: &Partner, today: Day) -> Freshness {
    match partner.last_updated {
        None => Freshness::NeverUpdated,
        Some(day) if year_after(day) < today => Freshness::OlderThanAYear,
        Some(_) => Freshness::Fresh,
    }
}

/// The same date a year later; 29 February becomes 1 March.
#[must_use]
pub fn year_after(day: Day) -> Day {
    let (year, month, date) = day.ymd();
    Day::from_ymd(year + 1, month, date).or_else(|| Day::from_ymd(year + 1, 3, 1)).unwrap_or(day.plus(365))
}

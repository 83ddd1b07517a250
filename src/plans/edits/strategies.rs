//! How many students a strategy must reach, whether the adults suffice, and where it lies between
//! impact and effort.

use super::NewId;
use crate::attendance::Tier;
use crate::plans::Workspace;
use crate::plans::content::strategies::{Entry, STRATEGIES};
use crate::plans::document::{Change, Id, Link};
use crate::plans::model::{Body, Family, Stage, Strategy, StrategyTier};

/// Students by attendance tier, as the loaded data count them.
pub type TierCounts = [u32; 5];

/// Students that a tier of support must reach: everyone; those who missed 10 to under 20 %; those
/// who missed 20 % or more.
#[must_use]
pub fn reach(tier: StrategyTier, counts: &TierCounts) -> u32 {
    let of = |tiers: &[Tier]| tiers.iter().map(|t| counts[t.index()]).sum();
    match tier {
        StrategyTier::One => counts.iter().sum(),
        StrategyTier::Two => of(&[Tier::Moderate]),
        StrategyTier::Three => of(&[Tier::Severe, Tier::Extreme]),
    }
}

/// Whether a strategy's adults suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Students to reach.
    pub reach: u32,
    /// Students whom the adults can serve.
    pub places: u32,
    /// Minutes a week for each adult who serves as many students as they can.
    pub minutes_each_adult: Option<u32>,
}

impl Capacity {
    #[must_use]
    pub const fn short_by(&self) -> u32 {
        self.reach.saturating_sub(self.places)
    }
}

/// Counts capacity. `None` where the team has not said how many adults there are and how many
/// students each can serve, or where nothing says how many students there are.
#[must_use]
pub fn capacity(strategy: &Strategy, counts: Option<&TierCounts>) -> Option<Capacity> {
    let reach = strategy.reach_by_hand.or_else(|| counts.map(|c| reach(strategy.tier, c)))?;
    let (adults, each) = (strategy.adults?, strategy.students_each?);
    let minutes_each_adult = strategy.minutes_each.map(|m| m.saturating_mul(each));
    Some(Capacity { reach, places: adults.saturating_mul(each), minutes_each_adult })
}

/// A quarter of the impact and effort grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quarter {
    /// Much for little: first.
    StartHere,
    /// Much for much: plan it.
    PlanIt,
    /// Little for little.
    OnTheSide,
    /// Little for much.
    Later,
}

impl Quarter {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Quarter::StartHere => "Much for little: start here",
            Quarter::PlanIt => "Much for much: plan it",
            Quarter::OnTheSide => "Little for little: on the side",
            Quarter::Later => "Little for much: later",
        }
    }
}

/// Where a strategy lies; `None` until the team has placed it on both.
#[must_use]
pub fn quarter(strategy: &Strategy) -> Option<Quarter> {
    let (impact, effort) = (strategy.impact?, strategy.effort?);
    Some(match (impact >= 3, effort > 3) {
        (true, false) => Quarter::StartHere,
        (true, true) => Quarter::PlanIt,
        (false, false) => Quarter::OnTheSide,
        (false, true) => Quarter::Later,
    })
}

/// Strategies of the workspace: most impact for least effort first, unplaced ones last.
#[must_use]
pub fn in_order(workspace: &Workspace) -> Vec<(&Id, &Strategy)> {
    let mut all: Vec<(&Id, &Strategy)> = workspace
        .live()
        .filter_map(|(id, body)| match body {
            Body::Strategy(s) => Some((id, s)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(id, s)| {
        let worth = match (s.impact, s.effort) {
            (Some(i), Some(e)) => (0, i16::from(e) - i16::from(i)),
            _ => (1, 0),
        };
        (worth, s.name.clone(), (*id).clone())
    });
    all
}

/// The catalogue, filtered.
#[must_use]
pub fn catalogue(tier: Option<StrategyTier>, family: Option<Family>) -> Vec<&'static Entry> {
    STRATEGIES
        .iter()
        .filter(|e| tier.is_none_or(|t| e.tier == t) && family.is_none_or(|f| e.families.contains(&f)))
        .collect()
}

/// Chooses an intervention of the catalogue, tied to the reason that suggested it.
#[must_use]
pub fn choose(workspace: &Workspace, entry: &Entry, reason: Option<&Id>, new: NewId) -> (Id, Change<Body>) {
    let id = new();
    let strategy = Strategy {
        catalogue: entry.key.to_owned(),
        name: entry.name.to_owned(),
        what: entry.what.to_owned(),
        tier: entry.tier,
        families: entry.families.to_vec(),
        stage: Stage::ToDo,
        ..Strategy::default()
    };
    let mut links: Vec<Link> = Vec::new();
    if let Some(reason) = reason {
        // What the reason is about, the strategy is about as well.
        links.extend(workspace.links(reason).iter().filter(|l| !matches!(l, Link::Item(_))).cloned());
        links.push(Link::Item(reason.clone()));
    }
    (id.clone(), Change::put("Chose a strategy", id, links, Body::Strategy(strategy)))
}

//! Who moved tier between two exports, who is new, who left. Nobody vanishes: everyone in either
//! export stands in exactly one place.

use crate::attendance::{Day, Tier};
use crate::plans::Workspace;
use crate::plans::document::Id;
use crate::plans::model::{Annotation, Body};
use std::collections::BTreeMap;

/// One student at one school in one export. `tier` is `None` below the minimum of days. For the
/// grain of the district, give every row the same school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub student: String,
    pub school: String,
    pub tier: Option<Tier>,
}

/// What became of one student at one school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moved {
    Stayed {
        tier: Option<Tier>,
    },
    /// From one tier to another, or across the minimum of days.
    Between {
        from: Option<Tier>,
        to: Option<Tier>,
    },
    /// Not in the earlier export at all.
    New {
        tier: Option<Tier>,
    },
    /// At another school in the earlier export, and not at this one.
    Arrived {
        tier: Option<Tier>,
    },
    /// Not in the later export at all.
    Left {
        tier: Option<Tier>,
    },
    /// At another school in the later export, and no longer at this one.
    Transferred {
        tier: Option<Tier>,
    },
}

impl Moved {
    /// Chronically absent now and not before, both with enough days.
    #[must_use]
    pub fn newly_chronic(self) -> bool {
        matches!(self, Moved::Between { from: Some(from), to: Some(to) } if from < Tier::Moderate && to >= Tier::Moderate)
    }

    /// No longer chronically absent.
    #[must_use]
    pub fn recovered(self) -> bool {
        matches!(self, Moved::Between { from: Some(from), to: Some(to) } if from >= Tier::Moderate && to < Tier::Moderate)
    }

    /// The tier in the earlier export; `None` where the student was not at this school then.
    #[must_use]
    pub fn before(self) -> Option<Option<Tier>> {
        match self {
            Moved::Stayed { tier } | Moved::Left { tier } | Moved::Transferred { tier } => Some(tier),
            Moved::Between { from, .. } => Some(from),
            Moved::New { .. } | Moved::Arrived { .. } => None,
        }
    }

    /// The tier in the later export; `None` where the student is no longer at this school.
    #[must_use]
    pub fn now(self) -> Option<Option<Tier>> {
        match self {
            Moved::Stayed { tier } | Moved::New { tier } | Moved::Arrived { tier } => Some(tier),
            Moved::Between { to, .. } => Some(to),
            Moved::Left { .. } | Moved::Transferred { .. } => None,
        }
    }

    /// What became of the student, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Moved::Stayed { .. } => "Same tier",
            Moved::New { .. } => "New in the data",
            Moved::Arrived { .. } => "Came from another school",
            Moved::Left { .. } => "No longer in the data",
            Moved::Transferred { .. } => "Went to another school",
            Moved::Between { .. } if self.newly_chronic() => "Newly at 10 % or more",
            Moved::Between { .. } if self.recovered() => "No longer at 10 % or more",
            Moved::Between { from: Some(from), to: Some(to) } if to > from => "To a tier with more absence",
            Moved::Between { from: Some(_), to: Some(_) } => "To a tier with less absence",
            Moved::Between { from: None, .. } => "Now enough days to count",
            Moved::Between { to: None, .. } => "Now too few days to count",
        }
    }
}

/// Whom a person asks for among all who are in either export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whom {
    /// Everyone but those who stayed where they were.
    #[default]
    Moved,
    NewlyChronic,
    Recovered,
    Worse,
    Better,
    Came,
    Went,
    Everyone,
}

impl Whom {
    pub const ALL: [Whom; 8] = [
        Whom::Moved,
        Whom::NewlyChronic,
        Whom::Recovered,
        Whom::Worse,
        Whom::Better,
        Whom::Came,
        Whom::Went,
        Whom::Everyone,
    ];

    /// The word in an address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Whom::Moved => "moved",
            Whom::NewlyChronic => "chronic",
            Whom::Recovered => "recovered",
            Whom::Worse => "more",
            Whom::Better => "less",
            Whom::Came => "came",
            Whom::Went => "went",
            Whom::Everyone => "everyone",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Whom::Moved => "Everyone who moved",
            Whom::NewlyChronic => "Newly at 10 % or more",
            Whom::Recovered => "No longer at 10 % or more",
            Whom::Worse => "To a tier with more absence",
            Whom::Better => "To a tier with less absence",
            Whom::Came => "New, or from another school",
            Whom::Went => "Left, or to another school",
            Whom::Everyone => "Everyone in either export",
        }
    }

    #[must_use]
    pub fn admits(self, moved: Moved) -> bool {
        let tiers = || moved.before().flatten().zip(moved.now().flatten());
        match self {
            Whom::Moved => !matches!(moved, Moved::Stayed { .. }),
            Whom::NewlyChronic => moved.newly_chronic(),
            Whom::Recovered => moved.recovered(),
            Whom::Worse => tiers().is_some_and(|(from, to)| to > from),
            Whom::Better => tiers().is_some_and(|(from, to)| to < from),
            Whom::Came => moved.before().is_none(),
            Whom::Went => moved.now().is_none(),
            Whom::Everyone => true,
        }
    }
}

/// Movement at one school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    pub school: String,
    /// By student, sorted.
    pub students: Vec<(String, Moved)>,
    /// Students from tier (row) to tier (column) who are in both exports with enough days in both.
    pub flow: [[u32; 5]; 5],
}

impl Movement {
    #[must_use]
    pub fn count(&self, what: impl Fn(Moved) -> bool) -> usize {
        self.students.iter().filter(|(_, moved)| what(*moved)).count()
    }

    #[must_use]
    pub fn better(&self) -> u32 {
        (0..5).flat_map(|from| (0..from).map(move |to| (from, to))).map(|(from, to)| self.flow[from][to]).sum()
    }

    #[must_use]
    pub fn worse(&self) -> u32 {
        (0..5).flat_map(|to| (0..to).map(move |from| (from, to))).map(|(from, to)| self.flow[from][to]).sum()
    }

    /// The movement as one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let [chronic, recovered, new, left] = [Whom::NewlyChronic, Whom::Recovered, Whom::Came, Whom::Went]
            .map(|whom| self.count(|moved| whom.admits(moved)));
        let stayed: u32 = self.flow.iter().flatten().sum();
        let both = if stayed == 1 { "1 student was".to_owned() } else { format!("{stayed} students were") };
        format!(
            "{both} counted both times: {} moved to a better tier, {} to a worse one. Newly chronic: {chronic}. No \
             longer chronic: {recovered}. Came since: {new}. Left since: {left}.",
            self.better(),
            self.worse()
        )
    }
}

/// Compares two exports, school by school, schools by name. Two rows of one student at one school
/// count once: the later row.
#[must_use]
pub fn movement(earlier: &[Standing], later: &[Standing]) -> Vec<Movement> {
    type Places<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Option<Tier>>>;
    fn places(rows: &[Standing]) -> Places<'_> {
        let mut all = Places::new();
        for row in rows {
            let _ = all.entry(&row.student).or_default().insert(&row.school, row.tier);
        }
        all
    }
    let (before, after) = (places(earlier), places(later));
    let mut schools: BTreeMap<String, Movement> = BTreeMap::new();
    let mut put = |school: &str, student: &str, moved: Moved| {
        let new = || Movement { school: school.to_owned(), ..Movement::default() };
        let movement = schools.entry(school.to_owned()).or_insert_with(new);
        if let Moved::Stayed { tier: Some(tier) } = moved {
            movement.flow[tier.index()][tier.index()] += 1;
        }
        if let Moved::Between { from: Some(from), to: Some(to) } = moved {
            movement.flow[from.index()][to.index()] += 1;
        }
        movement.students.push((student.to_owned(), moved));
    };
    for (student, was) in &before {
        let now = after.get(student);
        for (school, from) in was {
            let moved = match now.map(|now| now.get(school)) {
                None => Moved::Left { tier: *from },
                Some(None) => Moved::Transferred { tier: *from },
                Some(Some(to)) if to == from => Moved::Stayed { tier: *from },
                Some(Some(to)) => Moved::Between { from: *from, to: *to },
            };
            put(school, student, moved);
        }
    }
    for (student, now) in &after {
        let was = before.get(student);
        for (school, to) in now {
            match was {
                Some(was) if was.contains_key(school) => {}
                Some(_) => put(school, student, Moved::Arrived { tier: *to }),
                None => put(school, student, Moved::New { tier: *to }),
            }
        }
    }
    let mut all: Vec<Movement> = schools.into_values().collect();
    for movement in &mut all {
        movement.students.sort();
    }
    all
}

/// The notes that belong to a trend of this school between two days, by date.
#[must_use]
pub fn notes<'a>(workspace: &'a Workspace, school: Option<&str>, from: Day, to: Day) -> Vec<(&'a Id, &'a Annotation)> {
    let mut all: Vec<(&Id, &Annotation)> = workspace
        .live()
        .filter_map(|(id, body)| match body {
            Body::Annotation(note) => Some((id, note)),
            _ => None,
        })
        .filter(|(_, n)| n.schools.is_empty() || school.is_none_or(|s| n.schools.iter().any(|x| x == s)))
        .filter(|(_, n)| {
            let first = n.from.or(n.to);
            let last = n.to.or(n.from);
            first.is_some_and(|d| d <= to) && last.is_some_and(|d| d >= from)
        })
        .collect();
    all.sort_by_key(|(id, n)| (n.from.or(n.to), (*id).clone()));
    all
}

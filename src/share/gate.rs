//! The one gate of share mode: every number that others may see passes here.
//!
//! Pages ask for a count, a rate or a list of groups and get a [`Shown`]; exports of linked tables
//! go through [`crate::share::suppress`], which starts from the same rules. Rules: methods section 14
//! and field guide 5.3 (groups only when larger than 10; everyone or no one is never told).

use super::suppress::network::{Arc, Network, State, UNBOUNDED};
use super::suppress::protect::protect;
use crate::attendance::Tier;
use serde::{Deserialize, Serialize};

/// No setting goes below this number of students.
pub const SMALLEST_MINIMUM: u32 = 11;

/// What share mode hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub struct Rule {
    minimum: u32,
}

impl Default for Rule {
    fn default() -> Rule {
        Rule { minimum: SMALLEST_MINIMUM }
    }
}

/// A stored rule cannot be lower either.
impl From<u32> for Rule {
    fn from(minimum: u32) -> Rule {
        Rule::with_minimum(minimum)
    }
}

impl From<Rule> for u32 {
    fn from(rule: Rule) -> u32 {
        rule.minimum
    }
}

impl Rule {
    /// Bounds of a hidden group size stay at least this far apart.
    pub const SIZE_WIDTH: i32 = 5;
    /// Bounds of a hidden outcome stay at least this far apart, or as far as the group allows.
    pub const OUTCOME_WIDTH: i32 = 2;

    /// A rule that hides groups smaller than `minimum`; smaller wishes than 11 become 11.
    #[must_use]
    pub fn with_minimum(minimum: u32) -> Rule {
        Rule { minimum: minimum.max(SMALLEST_MINIMUM) }
    }

    /// The smallest group that is shown.
    #[must_use]
    pub const fn minimum(self) -> u32 {
        self.minimum
    }

    /// Whether a group of this size must be hidden. A group of nobody may be told.
    #[must_use]
    pub const fn hides(self, students: u32) -> bool {
        students > 0 && students < self.minimum
    }

    /// The rule in words, for the foot of a chart or a file.
    #[must_use]
    pub fn sentence(self) -> String {
        format!(
            "Groups under {} students are hidden, and very low or very high rates are given as a range",
            self.minimum
        )
    }
}

/// A number as others see it. A hidden number is unknown, never zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown<T> {
    Value(T),
    Hidden,
    Coded(Code),
}

/// A rate so low or so high that the exact number would tell about nearly everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Under this many percent.
    Under(u8),
    /// Over this many percent.
    Over(u8),
}

impl Code {
    /// The counts that the code allows in a group of `students`: least and most.
    #[must_use]
    pub fn bounds(self, students: u32) -> (u32, u32) {
        match self {
            Code::Under(percent) => (0, below(students, percent)),
            Code::Over(percent) => (students - below(students, 100 - percent), students),
        }
    }
}

/// The largest count under `percent` of `students`.
fn below(students: u32, percent: u8) -> u32 {
    ((u64::from(students) * u64::from(percent)).div_ceil(100)).saturating_sub(1) as u32
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Code::Under(percent) => write!(f, "under {percent} %"),
            Code::Over(percent) => write!(f, "over {percent} %"),
        }
    }
}

impl<T> Shown<T> {
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Shown::Value(value) => Some(value),
            Shown::Hidden | Shown::Coded(_) => None,
        }
    }

    #[must_use]
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Shown<U> {
        match self {
            Shown::Value(value) => Shown::Value(with(value)),
            Shown::Hidden => Shown::Hidden,
            Shown::Coded(code) => Shown::Coded(code),
        }
    }
}

impl<T: std::fmt::Display> std::fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Shown::Value(value) => value.fmt(f),
            Shown::Hidden => f.write_str("hidden"),
            Shown::Coded(code) => code.fmt(f),
        }
    }
}

/// The step, in percent, at which rates of a group this large are coded or, without counts,
/// rounded: the first of 1, 2, 5, 10, 20, 30 that at least three counts share.
#[must_use]
pub fn code_percent(students: u32) -> Option<u8> {
    [1u8, 2, 5, 10, 20, 30].into_iter().find(|b| u64::from(*b) * u64::from(students) >= 300)
}

/// The code of an extreme rate; `None` where the count may stand.
#[must_use]
pub fn code(students: u32, with: u32) -> Option<Code> {
    let percent = code_percent(students)?;
    let bottom = below(students, percent);
    if with <= bottom {
        Some(Code::Under(percent))
    } else if with >= students.saturating_sub(bottom) {
        Some(Code::Over(100 - percent))
    } else {
        None
    }
}

/// A number of students.
#[must_use]
pub fn count(rule: Rule, students: u32) -> Shown<u32> {
    if rule.hides(students) { Shown::Hidden } else { Shown::Value(students) }
}

/// How many of a group of `students` are so (say, chronically absent).
#[must_use]
pub fn part(rule: Rule, students: u32, with: u32) -> Shown<u32> {
    if rule.hides(students) {
        return Shown::Hidden;
    }
    match code(students, with) {
        Some(code) if students > 0 => Shown::Coded(code),
        _ => Shown::Value(with),
    }
}

/// A rate from 0 to 1 to stand beside its count and its n.
#[must_use]
pub fn rate(rule: Rule, students: u32, with: u32) -> Shown<f64> {
    if students == 0 {
        return Shown::Hidden;
    }
    part(rule, students, with).map(|with| f64::from(with) / f64::from(students))
}

/// A rate in whole percent where no count may be told: rounded so that it fits at least three counts.
#[must_use]
pub fn rounded_percent(rule: Rule, students: u32, with: u32) -> Shown<u8> {
    let Some(step) = code_percent(students).filter(|_| students > 0) else { return Shown::Hidden };
    part(rule, students, with).map(|with| {
        let exact = 100 * u64::from(with);
        let step = u64::from(step);
        let whole = u64::from(students) * step;
        ((exact + whole / 2) / whole * step).min(100) as u8
    })
}

/// The number of counts in a group that a whole percent tells exactly: why rounding is needed.
#[must_use]
pub fn counts_told_by_whole_percent(students: u32) -> u32 {
    let mut fits = [0u32; 101];
    for with in 0..=students {
        fits[((200 * u64::from(with) + u64::from(students)) / (2 * u64::from(students.max(1)))).min(100) as usize] += 1;
    }
    fits.iter().filter(|n| **n == 1).count() as u32
}

/// One group as others see it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    pub students: Shown<u32>,
    pub chronic: Shown<u32>,
    /// 0 to 1.
    pub rate: Shown<f64>,
}

/// One group by itself, with no list or total beside it.
#[must_use]
pub fn group_row(rule: Rule, students: u32, chronic: u32) -> GroupRow {
    let students_shown = count(rule, students);
    GroupRow { students: students_shown, chronic: part(rule, students, chronic), rate: rate(rule, students, chronic) }
}

/// Groups (students, chronic) that add up to a total which stands beside them: hides small ones,
/// and as few others as it takes that nobody finds a hidden one by subtraction.
#[must_use]
pub fn group_rows(rule: Rule, groups: &[(u32, u32)]) -> Vec<GroupRow> {
    let sizes = one_list(groups.iter().map(|(n, _)| {
        let state = if *n == 0 {
            State::Fixed
        } else if rule.hides(*n) {
            State::Primary
        } else {
            State::Shown
        };
        (*n, 1, UNBOUNDED, Rule::SIZE_WIDTH, state)
    }));
    let outcomes = one_list(groups.iter().enumerate().map(|(at, (n, chronic))| {
        let need = Rule::OUTCOME_WIDTH.min(*n as i32);
        let (low, high) = code(*n, *chronic).map_or((0, *n), |code| code.bounds(*n));
        let (low, high) = if sizes[at] { (0, *n) } else { (low, high) };
        let state = match () {
            () if *n == 0 => State::Fixed,
            () if sizes[at] || code(*n, *chronic).is_some() => State::Primary,
            () => State::Shown,
        };
        (*chronic, low as i32, high as i32, need, state)
    }));
    groups
        .iter()
        .enumerate()
        .map(|(at, (n, chronic))| {
            let students = if sizes[at] { Shown::Hidden } else { Shown::Value(*n) };
            let part = match code(*n, *chronic) {
                _ if sizes[at] => Shown::Hidden,
                Some(code) if *n > 0 => Shown::Coded(code),
                _ if outcomes[at] => Shown::Hidden,
                _ => Shown::Value(*chronic),
            };
            let rate = if *n == 0 { Shown::Hidden } else { part.map(|x| f64::from(x) / f64::from(*n)) };
            GroupRow { students, chronic: part, rate }
        })
        .collect()
}

/// Which cells of one list with a shown total are hidden. Where no choice is safe, all are.
fn one_list(cells: impl Iterator<Item = (u32, i32, i32, i32, State)>) -> Vec<bool> {
    let arcs: Vec<Arc> = cells
        .map(|(value, low, high, need, state)| Arc {
            from: 0,
            to: 1,
            value: value as i32,
            low: low.min(value as i32),
            high: high.max(value as i32),
            need,
            weight: 1_000_000 + u64::from(value.ilog2_or_zero()),
            state,
        })
        .collect();
    let mut network = Network::new(2, arcs);
    let safe = protect(&mut network).weak.is_empty();
    network.arcs.iter().map(|arc| arc.state.is_hidden() || (!safe && arc.state != State::Fixed)).collect()
}

trait Log {
    fn ilog2_or_zero(self) -> u32;
}

impl Log for u32 {
    fn ilog2_or_zero(self) -> u32 {
        self.checked_ilog2().unwrap_or(0)
    }
}

/// Neighbouring tiers told together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierClass {
    pub tiers: Vec<Tier>,
    pub students: u32,
}

/// Tiers as others may see them: neighbours on the same side of the chronic line are merged until each
/// class and all others together hold at least three students; else chronic or not; else nothing.
#[must_use]
pub fn tier_classes(rule: Rule, tiers: [u32; 5]) -> Vec<TierClass> {
    let total: u32 = tiers.iter().sum();
    if total < rule.minimum() {
        return Vec::new();
    }
    let fits = |classes: &[(usize, usize)]| {
        classes.iter().all(|(from, to)| {
            let n: u32 = tiers[*from..*to].iter().sum();
            n >= 3 && total - n >= 3
        })
    };
    // Finest first; among equally fine ones the first that keeps the lower tiers apart.
    const CHOICES: [&[(usize, usize)]; 8] = [
        &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)],
        &[(0, 1), (1, 2), (2, 3), (3, 5)],
        &[(0, 1), (1, 2), (2, 4), (4, 5)],
        &[(0, 2), (2, 3), (3, 4), (4, 5)],
        &[(0, 1), (1, 2), (2, 5)],
        &[(0, 2), (2, 3), (3, 5)],
        &[(0, 2), (2, 4), (4, 5)],
        &[(0, 2), (2, 5)],
    ];
    CHOICES.iter().find(|classes| fits(classes)).map_or_else(Vec::new, |classes| {
        classes
            .iter()
            .map(|(from, to)| TierClass {
                tiers: Tier::ALL[*from..*to].to_vec(),
                students: tiers[*from..*to].iter().sum(),
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_small_group_takes_another_with_it() {
        let rows = group_rows(Rule::default(), &[(40, 10), (60, 12), (4, 1)]);
        assert_eq!(rows[2].students, Shown::Hidden);
        assert_eq!(rows.iter().filter(|r| r.students == Shown::Hidden).count(), 2);
        assert_eq!(rows[1].students, Shown::Value(60));
    }

    #[test]
    fn the_minimum_never_falls_below_eleven() {
        assert_eq!(Rule::with_minimum(3).minimum(), 11);
        assert_eq!(Rule::with_minimum(30).minimum(), 30);
        assert_eq!(count(Rule::default(), 10), Shown::Hidden);
        assert_eq!(count(Rule::default(), 0), Shown::Value(0));
        assert_eq!(count(Rule::default(), 11), Shown::Value(11));
    }

    #[test]
    fn no_one_and_everyone_are_never_told() {
        for n in 11..400 {
            assert!(matches!(part(Rule::default(), n, 0), Shown::Coded(Code::Under(_))), "{n}");
            assert!(matches!(part(Rule::default(), n, n), Shown::Coded(Code::Over(_))), "{n}");
        }
    }

    #[test]
    fn a_code_fits_at_least_three_counts_and_holds_its_own() {
        for n in 11..1200 {
            for x in 0..=n {
                if let Some(code) = code(n, x) {
                    let (low, high) = code.bounds(n);
                    assert!(low <= x && x <= high && high - low >= 2, "{x} of {n}: {code}");
                }
            }
        }
    }

    #[test]
    fn tiers_merge_until_three_stand_in_each() {
        let classes = tier_classes(Rule::default(), [30, 9, 8, 2, 1]);
        assert_eq!(classes.iter().map(|c| c.students).collect::<Vec<_>>(), [30, 9, 8, 3]);
        assert_eq!(tier_classes(Rule::default(), [30, 9, 1, 0, 0]), []);
        assert_eq!(tier_classes(Rule::default(), [3, 2, 1, 0, 0]), []);
    }
}

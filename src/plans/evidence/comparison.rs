//! Similar students who were not chosen: matched greedily, then corrected for what is left of the
//! difference before the test, with a t interval over pairs.

use super::stats;
use crate::attendance::Grade;

/// A student who is analysed. Absences per 20 days.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub id: String,
    pub school: usize,
    pub grade: Grade,
    pub chosen: bool,
    pub earlier: f64,
    pub before: f64,
    pub outcome: f64,
}

/// A chosen student and up to three similar ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub chosen: String,
    pub similar: Vec<String>,
}

/// How much the comparison may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speak {
    /// At least 10 pairs and 70 % of the chosen matched.
    Yes,
    /// 5 to 9 pairs: numbers, and that they are too few.
    TooFew,
    /// No fair comparison.
    No,
}

/// The comparison. Differences are absences per 20 days; negative means that the chosen students
/// missed less than similar ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub speak: Speak,
    /// In the order of matching: most absent first.
    pub pairs: Vec<Pair>,
    /// Chosen students matched, out of those analysed.
    pub matched_share: f64,
    /// Standard deviations of the two windows before, over all analysed.
    pub scale: [f64; 2],
    /// Least-squares slopes on the two windows before, among all not chosen.
    pub slopes: [f64; 2],
    pub difference: Option<f64>,
    /// 95 %, over pairs. `None` below two pairs.
    pub interval: Option<(f64, f64)>,
    /// Means over pairs of the window before and the outcome.
    pub chosen_before: Option<f64>,
    pub chosen_outcome: Option<f64>,
    pub similar_before: Option<f64>,
    pub similar_outcome: Option<f64>,
}

impl Comparison {
    /// Every matched student, sorted.
    #[must_use]
    pub fn matched_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.pairs.iter().flat_map(|p| p.similar.iter().cloned()).collect();
        ids.sort();
        ids
    }

    /// The mean over pairs of a value of the similar students, and how many students it rests on.
    pub(super) fn similar_in(&self, value: impl Fn(&str) -> Option<f64>) -> Option<(f64, usize)> {
        let mut means = Vec::new();
        let mut students = 0;
        for pair in &self.pairs {
            let values: Vec<f64> = pair.similar.iter().filter_map(|id| value(id)).collect();
            if !values.is_empty() {
                students += values.len();
                means.push(stats::mean(&values));
            }
        }
        (!means.is_empty()).then(|| (stats::mean(&means), students))
    }
}

/// One grade step, where grades have an order.
fn step(grade: Grade) -> Option<i16> {
    match grade {
        Grade::PreK => Some(-1),
        Grade::K => Some(0),
        Grade::Year(year) => Some(i16::from(year)),
        Grade::Ungraded | Grade::Unknown => None,
    }
}

fn near(a: Grade, b: Grade) -> bool {
    match (step(a), step(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1,
        _ => a == b,
    }
}

/// Distances that differ only by rounding are ties, and ties go by id.
fn rounded(distance: f64) -> i64 {
    (distance * 1e9).round() as i64
}

pub(super) fn compare(units: &[Unit]) -> Comparison {
    let scale = [
        stats::deviation(&units.iter().map(|u| u.earlier).collect::<Vec<_>>()),
        stats::deviation(&units.iter().map(|u| u.before).collect::<Vec<_>>()),
    ];
    let pool: Vec<&Unit> = units.iter().filter(|u| !u.chosen).collect();
    let mut chosen: Vec<&Unit> = units.iter().filter(|u| u.chosen).collect();
    chosen.sort_by(|a, b| {
        let key = |u: &Unit| -rounded(u.earlier + u.before);
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let matches = match_greedily(&chosen, &pool, scale);
    let slopes = stats::slopes(&pool.iter().map(|u| ([u.earlier, u.before], u.outcome)).collect::<Vec<_>>());

    let mut pairs = Vec::new();
    let mut differences = Vec::new();
    let (mut cb, mut co, mut sb, mut so) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (unit, similar) in chosen.iter().zip(&matches).filter(|(_, similar)| !similar.is_empty()) {
        let mean = |f: fn(&Unit) -> f64| stats::mean(&similar.iter().map(|u| f(u)).collect::<Vec<_>>());
        let (earlier, before, outcome) = (mean(|u| u.earlier), mean(|u| u.before), mean(|u| u.outcome));
        let left = slopes[0] * (unit.earlier - earlier) + slopes[1] * (unit.before - before);
        differences.push(unit.outcome - outcome - left);
        cb.push(unit.before);
        co.push(unit.outcome);
        sb.push(before);
        so.push(outcome);
        pairs.push(Pair { chosen: unit.id.clone(), similar: similar.iter().map(|u| u.id.clone()).collect() });
    }
    let n = differences.len();
    let matched_share = if chosen.is_empty() { 0.0 } else { n as f64 / chosen.len() as f64 };
    let speak = if n >= 10 && 10 * n >= 7 * chosen.len() {
        Speak::Yes
    } else if (5..10).contains(&n) {
        Speak::TooFew
    } else {
        Speak::No
    };
    let some = |values: &[f64]| (!values.is_empty()).then(|| stats::mean(values));
    let interval = (n >= 2).then(|| {
        let half = stats::t_975(n - 1) * stats::deviation(&differences) / (n as f64).sqrt();
        let mean = stats::mean(&differences);
        (mean - half, mean + half)
    });
    Comparison {
        speak,
        pairs,
        matched_share,
        scale,
        slopes,
        difference: some(&differences),
        interval,
        chosen_before: some(&cb),
        chosen_outcome: some(&co),
        similar_before: some(&sb),
        similar_outcome: some(&so),
    }
}

/// Three rounds; in each, the most absent first, every chosen student takes the nearest one left.
fn match_greedily<'a>(chosen: &[&Unit], pool: &[&'a Unit], scale: [f64; 2]) -> Vec<Vec<&'a Unit>> {
    let candidates: Vec<Vec<usize>> = chosen
        .iter()
        .map(|unit| {
            let mut near_ones: Vec<(i64, &str, usize)> = Vec::new();
            for (at, other) in pool.iter().enumerate() {
                if other.school != unit.school || !near(unit.grade, other.grade) {
                    continue;
                }
                let apart = [
                    in_deviations(unit.earlier - other.earlier, scale[0]),
                    in_deviations(unit.before - other.before, scale[1]),
                ];
                if apart.iter().all(|d| rounded(*d) <= rounded(1.0)) {
                    let grade = if unit.grade == other.grade { 0.0 } else { 0.25 };
                    near_ones.push((rounded(apart[0] + apart[1] + grade), &other.id, at));
                }
            }
            near_ones.sort_unstable();
            near_ones.into_iter().map(|(_, _, at)| at).collect()
        })
        .collect();
    let mut used = vec![false; pool.len()];
    let mut matches = vec![Vec::new(); chosen.len()];
    for _round in 0..3 {
        for (mine, near_ones) in matches.iter_mut().zip(&candidates) {
            if let Some(&at) = near_ones.iter().find(|at| !used[**at]) {
                used[at] = true;
                mine.push(pool[at]);
            }
        }
    }
    matches
}

fn in_deviations(difference: f64, deviation: f64) -> f64 {
    if difference == 0.0 {
        0.0
    } else if deviation > 0.0 {
        difference.abs() / deviation
    } else {
        f64::from(u16::MAX)
    }
}

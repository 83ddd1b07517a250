//! Schools like ours among the schools of many exchange files. Pure: the files are suppressed already.

use crate::attendance::Grade;
use crate::compare::peers::{Feature, Kind, PeerSchool as Compared, Scale, Value, does_better};
use crate::share::exchange::{Merged, PeerSchool};
use crate::share::gate::Shown;
use std::collections::BTreeSet;

/// A school like the chosen one, in numbers that its own file shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    /// Position among the merged schools.
    pub school: usize,
    pub distance: f64,
    pub students: Shown<u32>,
    pub chronic: Shown<u32>,
    /// Fewer students chronically absent than at the chosen school, beyond chance; `None` where either is hidden.
    pub better: Option<bool>,
}

/// A school's students and how many of them are chronically absent.
#[must_use]
pub fn whole(school: &PeerSchool) -> (Shown<u32>, Shown<u32>) {
    let all = school.groups.iter().find(|g| g.grade.is_none() && g.condition.is_none());
    all.map_or((Shown::Hidden, Shown::Hidden), |g| (g.students, g.chronic))
}

/// The share of students with a condition, in percent.
fn share(school: &PeerSchool, key: &str) -> Option<f64> {
    let n = whole(school).0.value().filter(|n| *n > 0)?;
    let with = school
        .groups
        .iter()
        .find(|g| g.grade.is_none() && g.condition.as_ref().is_some_and(|(k, value)| k == key && value == "Yes"))?;
    Some(100.0 * f64::from(with.students.value()?) / f64::from(n))
}

fn grades(school: &PeerSchool) -> BTreeSet<Grade> {
    school.groups.iter().filter(|g| g.condition.is_none()).filter_map(|g| g.grade).collect()
}

/// The schools like `merged.schools[of]`, nearest first, and what they were compared on.
#[must_use]
pub fn like(merged: &Merged, of: usize) -> (Vec<Like>, Vec<String>) {
    // Only a condition that both kinds of file know can be compared; those of one file alone say nothing.
    let known = |key: &str| merged.schools.iter().filter(|s| share(s, key).is_some()).count();
    let shared: Vec<&(String, String)> = merged.labels.iter().filter(|(key, _)| known(key) >= 2).collect();
    let mut features: Vec<Feature> = shared
        .iter()
        .map(|(_, label)| Feature { label: label.clone(), kind: Kind::Percent, weight: Kind::Percent.weight() })
        .collect();
    features.push(Feature { label: "Number of students".to_owned(), kind: Kind::Size, weight: Kind::Size.weight() });
    // Where a file does not tell grades, all of its schools count as teaching the same ones.
    let tells_grades = merged.schools.iter().all(|s| !grades(s).is_empty());
    let schools: Vec<Compared> = merged
        .schools
        .iter()
        .map(|school| {
            let number = |n: Option<f64>| n.map_or(Value::Unknown, Value::Number);
            let mut values: Vec<Value> = shared.iter().map(|(key, _)| number(share(school, key))).collect();
            values.push(number(whole(school).0.value().map(f64::from)));
            let grades = if tells_grades { grades(school) } else { BTreeSet::from([Grade::Unknown]) };
            Compared { name: school.school.name.clone(), grades, values }
        })
        .collect();
    let scale = Scale::new(features, &schools);
    let words = scale.counted_features().into_iter().map(str::to_owned).collect();
    if of >= schools.len() {
        return (Vec::new(), words);
    }
    let pair = |(students, chronic): (Shown<u32>, Shown<u32>)| {
        Some((u64::from(chronic.value()?), u64::from(students.value()?)))
    };
    let ours = pair(whole(&merged.schools[of]));
    let likes = scale.peers(&schools, of).into_iter().map(|peer| {
        let (students, chronic) = whole(&merged.schools[peer.school]);
        let better = pair((students, chronic)).zip(ours).map(|(theirs, ours)| does_better(theirs, ours));
        Like { school: peer.school, distance: peer.distance, students, chronic, better }
    });
    (likes.collect(), words)
}

/// `K–5`, `6–8`; empty where the file does not say.
#[must_use]
pub fn band(school: &PeerSchool) -> String {
    let grades = grades(school);
    match (grades.first(), grades.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::exchange::{Exchange, merge};

    #[test]
    fn the_documented_example_finds_likes_and_tells_only_what_its_file_shows() {
        let text = include_str!("../../../docs/exchange/example.json");
        let merged = merge(vec![("example.json".into(), Exchange::parse(text).unwrap())], None);
        assert!(merged.schools.len() >= 2);
        let (likes, features) = like(&merged, 0);
        assert_eq!(features.last().map(String::as_str), Some("Number of students"));
        for found in &likes {
            assert_ne!(found.school, 0);
            let (students, chronic) = whole(&merged.schools[found.school]);
            assert_eq!((students, chronic), (found.students, found.chronic));
            assert_eq!(
                found.better.is_some(),
                chronic.value().is_some() && whole(&merged.schools[0]).1.value().is_some()
            );
        }
        assert!(likes.windows(2).all(|pair| pair[0].distance <= pair[1].distance));
        assert_eq!(like(&merged, 999).0, []);
    }
}

//! Schools like ours: the nearest by conditions, size, setting and grades, with their distances.
//!
//! Source: `shared/methods.md`, section 9 (after Gower 1971). Near in what the file holds; it says
//! nothing about what the file lacks.

use super::two_groups::gap;
use crate::attendance::Grade;
use std::collections::BTreeSet;

/// What a feature measures, and with it how differences count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 0 to 100; one point is the least that counts as a standard deviation.
    Percent,
    /// Numbers of students, compared by doubling.
    Size,
    /// Same or not.
    Category,
}

impl Kind {
    /// The weight before a person changes it.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Kind::Percent => 1.0,
            Kind::Size | Kind::Category => 0.5,
        }
    }

    const fn least_deviation(self) -> f64 {
        match self {
            Kind::Percent => 1.0,
            Kind::Size | Kind::Category => 0.1,
        }
    }
}

/// One thing that schools are compared on.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    pub label: String,
    pub kind: Kind,
    /// 0 leaves it out.
    pub weight: f64,
}

/// A school's value for a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Number(f64),
    Name(String),
    Unknown,
}

/// A school as others see it. Values in the order of the features.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerSchool {
    pub name: String,
    pub grades: BTreeSet<Grade>,
    pub values: Vec<Value>,
}

/// A school like ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Position in the list of schools.
    pub school: usize,
    /// 0 is alike in everything known; one standard deviation apart in everything is 1.
    pub distance: f64,
    /// Grades in common over grades of either: 0.5 to 1.
    pub grade_overlap: f64,
}

/// Features ready to compare: for numbers the standard deviation over the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    features: Vec<Feature>,
    /// One per feature; `None` for categories.
    pub deviations: Vec<Option<f64>>,
}

impl Scale {
    /// Measures the features over all schools of the file.
    #[must_use]
    pub fn new(features: Vec<Feature>, schools: &[PeerSchool]) -> Scale {
        let deviations = features
            .iter()
            .enumerate()
            .map(|(i, feature)| {
                if feature.kind == Kind::Category {
                    return None;
                }
                let numbers: Vec<f64> =
                    schools.iter().filter_map(|school| number(feature.kind, &school.values[i])).collect();
                Some(deviation(&numbers).max(feature.kind.least_deviation()))
            })
            .collect();
        Scale { features, deviations }
    }

    /// The distance of two schools; `None` where less than 60 % of the weight is known of both.
    #[must_use]
    pub fn distance(&self, one: &PeerSchool, other: &PeerSchool) -> Option<f64> {
        let (mut known, mut all, mut sum) = (0.0, 0.0, 0.0);
        for (i, feature) in self.features.iter().enumerate() {
            all += feature.weight;
            let Some(d) = self.difference(i, &one.values[i], &other.values[i]) else { continue };
            known += feature.weight;
            sum += feature.weight * d * d;
        }
        (all > 0.0 && known >= 0.6 * all - 1e-12).then(|| (sum / known).sqrt())
    }

    /// The schools like `schools[of]`, nearest first, ties by name.
    #[must_use]
    pub fn peers(&self, schools: &[PeerSchool], of: usize) -> Vec<Peer> {
        let ours = &schools[of];
        let mut peers: Vec<Peer> = schools
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != of)
            .filter_map(|(school, theirs)| {
                let common = ours.grades.intersection(&theirs.grades).count();
                let either = ours.grades.union(&theirs.grades).count();
                if either == 0 || 2 * common < either {
                    return None;
                }
                let distance = self.distance(ours, theirs)?;
                Some(Peer { school, distance, grade_overlap: common as f64 / either as f64 })
            })
            .collect();
        peers.sort_by(|a, b| {
            a.distance.total_cmp(&b.distance).then_with(|| schools[a.school].name.cmp(&schools[b.school].name))
        });
        peers
    }

    /// `Economic disadvantage`, …: the features that count, for the sentence above the list.
    #[must_use]
    pub fn counted_features(&self) -> Vec<&str> {
        self.features.iter().filter(|feature| feature.weight > 0.0).map(|feature| feature.label.as_str()).collect()
    }

    fn difference(&self, feature: usize, one: &Value, other: &Value) -> Option<f64> {
        match (self.deviations[feature], one, other) {
            (None, Value::Name(one), Value::Name(other)) => Some(if one == other { 0.0 } else { 1.0 }),
            (Some(deviation), one, other) => {
                let kind = self.features[feature].kind;
                Some(((number(kind, one)? - number(kind, other)?).abs() / deviation).min(3.0))
            }
            _ => None,
        }
    }
}

/// The value as it is compared; sizes by their binary logarithm.
fn number(kind: Kind, value: &Value) -> Option<f64> {
    match (kind, value) {
        (Kind::Percent, Value::Number(x)) => Some(*x),
        (Kind::Size, Value::Number(x)) if *x > 0.0 => Some(x.log2()),
        _ => None,
    }
}

/// Standard deviation with n − 1; 0 for fewer than two numbers.
fn deviation(numbers: &[f64]) -> f64 {
    if numbers.len() < 2 {
        return 0.0;
    }
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    (numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// Whether the other school (chronic, counted) does better than ours beyond chance: Newcombe's
/// interval of the gap leaves out 0.
#[must_use]
pub fn does_better(other: (u64, u64), ours: (u64, u64)) -> bool {
    gap(other, ours).is_some_and(|(_, (_, upper))| upper < 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_and_other_grades_leave_schools_out() {
        let features = ["Poverty", "Size"].into_iter().zip([Kind::Percent, Kind::Size]);
        let features = features
            .map(|(label, kind)| Feature { label: label.to_owned(), kind, weight: kind.weight() })
            .collect::<Vec<_>>();
        let school = |name: &str, years: std::ops::RangeInclusive<u8>, poverty: Value, size: f64| PeerSchool {
            name: name.to_owned(),
            grades: years.map(Grade::Year).collect(),
            values: vec![poverty, Value::Number(size)],
        };
        let schools = vec![
            school("Alder", 1..=5, Value::Number(50.0), 400.0),
            school("Birch", 1..=5, Value::Number(60.0), 400.0),
            school("Cedar", 1..=5, Value::Unknown, 400.0),
            school("Dogwood", 6..=8, Value::Number(50.0), 400.0),
            school("Aspen", 1..=5, Value::Number(40.0), 400.0),
        ];
        let scale = Scale::new(features, &schools);
        let peers: Vec<&str> = scale.peers(&schools, 0).iter().map(|peer| schools[peer.school].name.as_str()).collect();
        assert_eq!(peers, ["Aspen", "Birch"], "ties by name; a third of the weight is not enough");
        assert!(does_better((10, 200), (60, 200)) && !does_better((10, 40), (12, 40)) && !does_better((0, 0), (6, 20)));
    }
}

//! Conditions of students as groups with and without, and of schools as features for peers.

use super::DEFAULT_CONDITIONS;
use crate::attendance::{Dataset, Grade, Record};
use crate::compare::peers::{Feature, Kind, PeerSchool, Value};
use crate::compare::two_groups::TwoGroups;
use std::collections::BTreeSet;

/// One condition, or one value of it, with and without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionGap {
    /// Position in `Dataset::attributes`.
    pub attribute: usize,
    /// The code of those with it; for yes/no conditions that of `Yes`.
    pub code: u8,
    /// As shown: the condition's label, or the value's name.
    pub label: String,
    pub groups: TwoGroups,
    /// Counted students of whom it is not known, and the chronically absent among them.
    pub unknown: (u64, u64),
}

/// Every condition of the dataset with and without, over the given records (all, or those of one
/// school or grade). Other than yes/no conditions stand once per value, against all other values.
#[must_use]
pub fn condition_gaps<'a>(dataset: &Dataset, records: impl IntoIterator<Item = &'a Record>) -> Vec<ConditionGap> {
    // Per attribute and code: counted and chronically absent.
    let mut sums: Vec<Vec<(u64, u64)>> =
        dataset.attributes.iter().map(|attribute| vec![(0, 0); attribute.values.len() + 1]).collect();
    for record in records.into_iter().filter(|record| record.is_counted()) {
        for (sums, attribute) in sums.iter_mut().zip(&dataset.attributes) {
            let sum = &mut sums[usize::from(attribute.codes[record.student as usize])];
            sum.0 += 1;
            sum.1 += u64::from(record.is_chronic());
        }
    }
    let mut gaps = Vec::new();
    for (at, (attribute, sums)) in dataset.attributes.iter().zip(sums).enumerate() {
        let known = sums[1..].iter().fold((0, 0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
        for (value, (counted, chronic)) in sums[1..].iter().copied().enumerate() {
            if attribute.is_yes_no() && value == 0 {
                continue;
            }
            let label = if attribute.is_yes_no() { &attribute.label } else { &attribute.values[value] };
            gaps.push(ConditionGap {
                attribute: at,
                code: value as u8 + 1,
                label: label.clone(),
                groups: TwoGroups {
                    with_chronic: chronic,
                    with_counted: counted,
                    without_chronic: known.1 - chronic,
                    without_counted: known.0 - counted,
                },
                unknown: sums[0],
            });
        }
    }
    gaps
}

/// What schools are compared on to find those like ours: the share of students with each default
/// condition (in percent), and the number of students. Schools are in the order of the dataset.
#[must_use]
pub fn peer_schools(dataset: &Dataset, records: &[Record]) -> (Vec<Feature>, Vec<PeerSchool>) {
    let chosen: Vec<usize> = DEFAULT_CONDITIONS
        .iter()
        .filter_map(|key| dataset.attributes.iter().position(|a| a.key == *key && a.is_yes_no()))
        .collect();
    let mut features: Vec<Feature> = chosen
        .iter()
        .map(|at| Feature { label: dataset.attributes[*at].label.clone(), kind: Kind::Percent, weight: 1.0 })
        .collect();
    features.push(Feature { label: "Students".to_owned(), kind: Kind::Size, weight: Kind::Size.weight() });

    let n_schools = dataset.schools.len();
    let mut students = vec![0u64; n_schools];
    // Grades taught, as bits in their order.
    let mut taught = vec![0u32; n_schools];
    // Per school and condition: known, and with it.
    let mut shares = vec![vec![(0u64, 0u64); chosen.len()]; n_schools];
    for record in records {
        let school = usize::from(record.school);
        students[school] += 1;
        taught[school] |= 1 << record.grade.number();
        for (share, at) in shares[school].iter_mut().zip(&chosen) {
            if let Some(yes) = dataset.attributes[*at].yes(record.student as usize) {
                share.0 += 1;
                share.1 += u64::from(yes);
            }
        }
    }
    let schools = (0..n_schools)
        .map(|school| {
            let mut values: Vec<Value> = shares[school]
                .iter()
                // A share known of less than half of the students is not known of the school.
                .map(|(known, with)| match 2 * known >= students[school] && *known > 0 {
                    true => Value::Number(100.0 * *with as f64 / *known as f64),
                    false => Value::Unknown,
                })
                .collect();
            values.push(Value::Number(students[school] as f64));
            let grades: BTreeSet<Grade> =
                (0..Grade::COUNT).filter(|number| taught[school] >> number & 1 == 1).map(Grade::of_number).collect();
            PeerSchool { name: dataset.schools[school].name.clone(), grades, values }
        })
        .collect();
    (features, schools)
}

//! Rows of public school-level files as the regression needs them.

use crate::attendance::{Dataset, Grade, Published};
use crate::compare::peers::{Feature, Kind, PeerSchool, Value};
use crate::compare::regression::SchoolRow;
use std::collections::{BTreeMap, BTreeSet};

/// The school years of the file's rows about schools, ascending.
#[must_use]
pub fn published_years(dataset: &Dataset) -> Vec<String> {
    let years: BTreeSet<&String> =
        dataset.published.iter().filter(|row| is_whole_school(row)).map(|row| &row.year).collect();
    years.into_iter().cloned().collect()
}

/// The keys of the conditions that the file gives as shares of a school, sorted.
#[must_use]
pub fn published_conditions(dataset: &Dataset) -> Vec<String> {
    let keys: BTreeSet<&String> =
        dataset.published.iter().flat_map(|row| row.shares.iter().map(|(key, _)| key)).collect();
    keys.into_iter().cloned().collect()
}

/// One row per school of a year, over all grades and students, in the order of the schools.
#[must_use]
pub fn published_rows(dataset: &Dataset, year: &str, conditions: &[String]) -> Vec<SchoolRow> {
    published_by_school(dataset, year, conditions).into_values().collect()
}

/// The same by position in `Dataset::schools`, for names may repeat. Several rows of a school fill each
/// other's gaps: absence may come from one file and conditions from another. Of count, chronic and rate any
/// two give the third.
#[must_use]
pub fn published_by_school(dataset: &Dataset, year: &str, conditions: &[String]) -> BTreeMap<u16, SchoolRow> {
    let mut rows: BTreeMap<u16, SchoolRow> = BTreeMap::new();
    for row in dataset.published.iter().filter(|row| is_whole_school(row) && row.year == year) {
        let Some(school) = row.school else { continue };
        let out = rows.entry(school).or_insert_with(|| SchoolRow {
            name: dataset.schools[usize::from(school)].name.clone(),
            conditions: vec![None; conditions.len()],
            ..SchoolRow::default()
        });
        out.counted = out.counted.or(row.counted.map(u64::from));
        out.chronic = out.chronic.or(row.chronic.map(u64::from));
        out.rate = out.rate.or(row.rate);
        for (slot, key) in out.conditions.iter_mut().zip(conditions) {
            *slot = slot.or_else(|| row.shares.iter().find(|(k, _)| k == key).and_then(|(_, share)| *share));
        }
    }
    rows.into_iter().map(|(school, row)| (school, completed(row))).collect()
}

/// The schools of [`published_by_school`] as peers, in its order: their conditions, the students counted, and
/// the grades that the file has rows about. A file without grades cannot keep apart who teaches whom, so
/// `false` comes with it, which has to be said.
#[must_use]
pub fn published_peers(
    dataset: &Dataset,
    rows: &BTreeMap<u16, SchoolRow>,
    labels: &[String],
) -> (Vec<Feature>, Vec<PeerSchool>, bool) {
    let mut grades: BTreeMap<u16, BTreeSet<Grade>> = BTreeMap::new();
    for row in &dataset.published {
        if let (Some(school), Some(grade)) = (row.school, row.grade) {
            grades.entry(school).or_default().insert(grade);
        }
    }
    let knows_grades = rows.keys().any(|school| grades.contains_key(school));
    let percents = labels.iter().map(|label| (label.clone(), Kind::Percent));
    let features = percents
        .chain([("Students".to_owned(), Kind::Size)])
        .map(|(label, kind)| Feature { label, kind, weight: kind.weight() })
        .collect();
    let number = |x: Option<f64>| x.map_or(Value::Unknown, Value::Number);
    let peers = rows
        .iter()
        .map(|(school, row)| PeerSchool {
            name: row.name.clone(),
            grades: match grades.get(school).cloned() {
                Some(grades) => grades,
                None if knows_grades => BTreeSet::new(),
                None => BTreeSet::from([Grade::Unknown]),
            },
            values: (row.conditions.iter().map(|share| number(share.map(|share| 100.0 * share))))
                .chain([number(row.counted.map(|n| n as f64))])
                .collect(),
        })
        .collect();
    (features, peers, knows_grades)
}

fn is_whole_school(row: &Published) -> bool {
    row.school.is_some() && row.grade.is_none() && row.group.is_none()
}

/// Of how many students a published count and rate are, to the nearest student.
#[must_use]
pub fn counted(chronic: u64, rate: f64) -> Option<u64> {
    (chronic > 0 && rate > 0.0 && rate <= 1.0).then(|| (chronic as f64 / rate).round() as u64)
}

/// Works out a missing count from the other two numbers. A hidden count stays unknown.
fn completed(mut row: SchoolRow) -> SchoolRow {
    match (row.counted, row.chronic, row.rate) {
        (None, Some(chronic), Some(rate)) => row.counted = counted(chronic, rate),
        (Some(counted), None, Some(rate)) if (0.0..=1.0).contains(&rate) => {
            row.chronic = Some((counted as f64 * rate).round() as u64);
        }
        (Some(counted), Some(chronic), None) if counted > 0 => row.rate = Some(chronic as f64 / counted as f64),
        _ => {}
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::School;

    #[test]
    fn rows_of_two_files_make_one_school_and_hidden_numbers_stay_hidden() {
        let school = |name: &str| School { name: name.to_owned(), district: String::new() };
        let absence = |school: u16, chronic: Option<u32>, rate: Option<f64>| Published {
            school: Some(school),
            year: "2025-26".to_owned(),
            chronic,
            rate,
            ..Published::default()
        };
        let poverty = |school: u16, share: Option<f64>| Published {
            school: Some(school),
            year: "2025-26".to_owned(),
            shares: vec![("economically_disadvantaged".to_owned(), share)],
            ..Published::default()
        };
        let dataset = Dataset {
            schools: vec![school("Alder"), school("Birch")],
            published: vec![
                absence(0, Some(47), Some(0.2448)),
                poverty(0, Some(0.834)),
                absence(1, None, Some(0.1)),
                poverty(1, None),
            ],
            ..Dataset::default()
        };
        assert_eq!(published_years(&dataset), ["2025-26"]);
        let keys = published_conditions(&dataset);
        let rows = published_rows(&dataset, "2025-26", &keys);
        assert_eq!((rows[0].counted, rows[0].conditions[0]), (Some(192), Some(0.834)));
        assert_eq!((rows[1].counted, rows[1].chronic, rows[1].conditions[0]), (None, None, None));

        // Without grades in the file every school may stand beside every other, which is said.
        let by_school = published_by_school(&dataset, "2025-26", &keys);
        let (features, peers, knows_grades) = published_peers(&dataset, &by_school, &["Poverty".to_owned()]);
        assert_eq!((features.len(), peers.len(), knows_grades), (2, 2, false));
        assert_eq!(peers[0].values, [Value::Number(100.0 * 0.834), Value::Number(192.0)]);
        assert_eq!((peers[0].grades == peers[1].grades, &peers[1].values[0]), (true, &Value::Unknown));
        let by_grade = Published { school: Some(0), grade: Some(Grade::Year(3)), ..Published::default() };
        let graded = Dataset { published: [dataset.published.clone(), vec![by_grade]].concat(), ..dataset };
        let (_, peers, knows_grades) = published_peers(&graded, &by_school, &["Poverty".to_owned()]);
        assert!(knows_grades && peers[0].grades.len() == 1 && peers[1].grades.is_empty());
    }
}

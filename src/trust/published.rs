//! What a public school-level file holds, as the file gives it: counts or rates, never tiers. A
//! hidden number stays unknown, and no sum is made over one.

use crate::attendance::{Dataset, Grade, Published, order};
use crate::compare::wilson::wilson95;
use crate::ingest::READS_PUBLIC_FILES;
use std::collections::BTreeMap;

/// One year of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// The latest year, as written; may be empty.
    pub year: String,
    /// How many different years the file holds.
    pub years: usize,
    /// Each school of the year, in the order of `Dataset::schools`.
    pub schools: Vec<Line>,
    /// The district's own row, or the sum of schools that hide nothing.
    pub all: Line,
    pub grades: Vec<(Grade, Line)>,
    /// By group of students, as the file names them.
    pub groups: Vec<(String, Line)>,
}

/// The numbers of one school or group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub name: String,
    pub counted: Option<u32>,
    pub chronic: Option<u32>,
    /// 0 to 1.
    pub rate: Option<f64>,
}

impl Line {
    /// The 95 % Wilson interval; `None` where a count is hidden or not in the file.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson95(u64::from(self.chronic?), u64::from(self.counted?))
    }

    /// Several rows of one school fill each other's gaps.
    fn take(&mut self, row: &Published) {
        self.counted = self.counted.or(row.counted);
        self.chronic = self.chronic.or(row.chronic);
        self.rate = self.rate.or(row.rate);
    }

    /// Counts give the rate where the file does not.
    fn completed(mut self) -> Line {
        if let (Some(counted @ 1..), Some(chronic), None) = (self.counted, self.chronic, self.rate) {
            self.rate = Some(f64::from(chronic) / f64::from(counted));
        }
        self
    }
}

/// Whether the dataset comes from public files alone.
#[must_use]
pub fn is_published(dataset: &Dataset) -> bool {
    READS_PUBLIC_FILES && dataset.stays.is_empty() && !dataset.published.is_empty()
}

/// The latest year of a public file.
#[must_use]
pub fn overview(dataset: &Dataset) -> Overview {
    // A file of conditions beside it may reach into another year, and says nothing about absence.
    let about_absence = |row: &&Published| {
        row.shares.is_empty() || row.counted.is_some() || row.chronic.is_some() || row.rate.is_some()
    };
    let rows = || dataset.published.iter().filter(about_absence);
    let mut years: Vec<&str> = rows().map(|row| row.year.as_str()).collect();
    order::sort(&mut years);
    years.dedup();
    let year = years.last().copied().unwrap_or("");
    let mut schools: BTreeMap<u16, Line> = BTreeMap::new();
    let mut districts: BTreeMap<u16, Line> = BTreeMap::new();
    // Of schools, and of districts.
    let mut grades: [BTreeMap<Grade, Vec<&Published>>; 2] = Default::default();
    let mut groups: [BTreeMap<&str, Vec<&Published>>; 2] = Default::default();
    for row in rows().filter(|row| row.year == year) {
        let Some(school) = row.school else { continue };
        let place = &dataset.schools[usize::from(school)];
        let of_district = place.name == format!("District {}", place.district);
        match (row.grade, &row.group) {
            (None, None) => {
                let lines = if of_district { &mut districts } else { &mut schools };
                let line = lines.entry(school).or_default();
                line.name.clone_from(&place.name);
                line.take(row);
            }
            (Some(grade), None) => grades[usize::from(of_district)].entry(grade).or_default().push(row),
            (None, Some((_, value))) => groups[usize::from(of_district)].entry(value).or_default().push(row),
            (Some(_), Some(_)) => {}
        }
    }
    // A file of districts alone is a file whose schools are districts.
    let [mut grades, of_districts] = grades;
    let [mut groups, groups_of_districts] = groups;
    if schools.is_empty() {
        if grades.is_empty() && groups.is_empty() {
            (grades, groups) = (of_districts, groups_of_districts);
        }
        std::mem::swap(&mut schools, &mut districts);
    }
    let schools: Vec<Line> = schools.into_values().map(Line::completed).collect();
    let mut districts = districts.into_values();
    let all = match (districts.next(), districts.next()) {
        (Some(only), None) => only.completed(),
        _ => sum(schools.iter().map(|line| (line.counted, line.chronic))),
    };
    let of = |name: &str, rows: Vec<&Published>| Line {
        name: name.to_string(),
        ..sum(rows.into_iter().map(|row| (row.counted, row.chronic)))
    };
    Overview {
        year: year.to_string(),
        years: years.len(),
        schools,
        all: Line { name: "All students".into(), ..all },
        grades: grades.into_iter().map(|(grade, rows)| (grade, of(&grade.to_string(), rows))).collect(),
        groups: groups.into_iter().map(|(name, rows)| (name.to_string(), of(name, rows))).collect(),
    }
}

/// Sums over counts of which none is hidden; unknown otherwise, and where there are none.
fn sum(parts: impl Iterator<Item = (Option<u32>, Option<u32>)>) -> Line {
    let add = |a: Option<u32>, b: Option<u32>| a.zip(b).and_then(|(a, b)| a.checked_add(b));
    let total = parts.reduce(|total, part| (add(total.0, part.0), add(total.1, part.1)));
    let (counted, chronic) = total.unwrap_or_default();
    Line { counted, chronic, ..Line::default() }.completed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::School;

    fn row(school: u16, year: &str, counted: Option<u32>, chronic: Option<u32>) -> Published {
        Published { school: Some(school), year: year.into(), counted, chronic, ..Published::default() }
    }

    fn dataset(published: Vec<Published>) -> Dataset {
        let school = |name: &str, district: &str| School { name: name.into(), district: district.into() };
        let schools = vec![school("Alder", "North"), school("Birch", "North"), school("District North", "North")];
        Dataset { schools, published, ..Dataset::default() }
    }

    #[test]
    fn the_latest_year_is_shown_and_sums_are_made_of_whole_numbers_only() {
        let mut data = dataset(vec![
            row(0, "2023", Some(90), Some(40)),
            row(0, "2024", Some(100), Some(20)),
            row(1, "2024", Some(50), Some(5)),
        ]);
        let shown = overview(&data);
        assert_eq!((shown.year.as_str(), shown.years, shown.schools.len()), ("2024", 2, 2));
        assert_eq!((shown.all.counted, shown.all.chronic), (Some(150), Some(25)));
        assert_eq!(shown.schools[0].rate, Some(0.2));
        data.published[2].chronic = None;
        let shown = overview(&data);
        assert_eq!((shown.all.counted, shown.all.chronic, shown.all.rate), (Some(150), None, None));
        assert_eq!((shown.schools[1].chronic, shown.schools[1].rate, shown.schools[1].interval()), (None, None, None));
    }

    #[test]
    fn a_districts_own_row_is_no_school() {
        let shown = overview(&dataset(vec![row(0, "", Some(100), None), row(2, "", Some(150), Some(30))]));
        assert_eq!(shown.schools.len(), 1);
        assert_eq!((shown.all.name.as_str(), shown.all.chronic, shown.all.rate), ("All students", Some(30), Some(0.2)));
        // Alone it stands for itself.
        let alone = overview(&dataset(vec![row(2, "", Some(150), Some(30))]));
        assert_eq!(alone.schools[0].name, "District North");
        // So do its groups.
        let mut learners = row(2, "", Some(12), Some(3));
        learners.group = Some(("category".into(), "English learners".into()));
        let groups = |rows: Vec<Published>| overview(&dataset(rows)).groups;
        assert_eq!(groups(vec![row(2, "", Some(150), Some(30)), learners.clone()])[0].1.chronic, Some(3));
        assert!(groups(vec![row(0, "", Some(100), None), learners]).is_empty());
    }

    #[test]
    fn a_file_of_conditions_beside_it_is_no_year_of_absence() {
        let mut poverty = row(0, "2025", None, None);
        poverty.shares = vec![("economically_disadvantaged".into(), Some(0.5))];
        let shown = overview(&dataset(vec![row(0, "2024", Some(100), None), poverty]));
        assert_eq!((shown.year.as_str(), shown.years, shown.schools[0].counted), ("2024", 1, Some(100)));
    }

    #[test]
    fn groups_and_grades_stand_apart_from_whole_schools() {
        let mut third = row(0, "", Some(30), Some(3));
        third.grade = Some(Grade::Year(3));
        let mut learners = row(0, "", Some(12), None);
        learners.group = Some(("category".into(), "English learners".into()));
        let shown = overview(&dataset(vec![row(0, "", Some(100), Some(20)), third, learners]));
        assert_eq!((shown.schools.len(), shown.all.counted), (1, Some(100)));
        assert_eq!((shown.grades.len(), shown.grades[0].1.chronic), (1, Some(3)));
        assert_eq!((shown.groups[0].0.as_str(), shown.groups[0].1.chronic), ("English learners", None));
    }
}

//! Counts of a group of students: tiers, chronic absence, days.

use super::dataset::Dataset;
use super::days::Days;
use super::definition::Definition;
use super::grade::Grade;
use super::records::{self, Record, Standing};
use litemap::LiteMap;

/// A group as counted. `counted` students have the minimum of enrolled days; tiers and chronic
/// are of those.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub name: String,
    /// Distinct students.
    pub students: u32,
    pub counted: u32,
    pub too_few_days: u32,
    pub tiers: [u32; 5],
    pub chronic: u32,
    /// Of all students in the group, counted or not. Zero where the file gives only percents.
    pub enrolled: Days,
    pub absent: Days,
}

impl Group {
    /// Counts records; a student with several is one student.
    pub fn of<'a>(name: &str, records: impl IntoIterator<Item = &'a Record>) -> Group {
        let mut group = Group { name: name.into(), ..Group::default() };
        let mut students = Vec::new();
        for record in records {
            students.push(record.student);
            group.enrolled += record.enrolled;
            group.absent += record.absent;
            match record.standing {
                Standing::TooFewDays => group.too_few_days += 1,
                Standing::Counted { tier, chronic } => {
                    group.counted += 1;
                    group.tiers[tier.index()] += 1;
                    group.chronic += u32::from(chronic);
                }
            }
        }
        students.sort_unstable();
        students.dedup();
        group.students = students.len() as u32;
        group
    }

    /// Chronic over counted, 0 to 1; `None` where none is counted.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        (self.counted > 0).then(|| f64::from(self.chronic) / f64::from(self.counted))
    }

    /// Average daily attendance, 0 to 1; `None` where the file gives no days.
    #[must_use]
    pub fn attendance(&self) -> Option<f64> {
        let enrolled = self.enrolled.thousandths();
        (enrolled > 0).then(|| 1.0 - self.absent.thousandths() as f64 / enrolled as f64)
    }
}

/// The counts of one dataset under one definition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Every student once, over all schools.
    pub all: Group,
    /// Each school, in the order of `Dataset::schools`; a student counts in each one attended.
    pub schools: Vec<Group>,
    /// By grade, once per student.
    pub grades: Vec<(Grade, Group)>,
    /// By condition and value, once per student.
    pub conditions: Vec<ConditionGroup>,
    /// Students with more than one school.
    pub in_several_schools: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConditionGroup {
    pub key: String,
    /// Position in `Dataset::attributes`.
    pub attribute: usize,
    /// Position in the attribute's values.
    pub value: usize,
    pub group: Group,
}

/// Counts a dataset under a definition.
#[must_use]
pub fn summarise(dataset: &Dataset, definition: &Definition) -> Summary {
    let district = records::in_district(dataset, definition);
    let schools = records::at_schools(dataset, definition);
    let mut by_school: Vec<Vec<&Record>> = vec![Vec::new(); dataset.schools.len()];
    for record in &schools {
        by_school[usize::from(record.school)].push(record);
    }
    let mut by_grade: LiteMap<Grade, Vec<&Record>> = LiteMap::new();
    for record in &district {
        by_grade.entry(record.grade).or_default().push(record);
    }
    let mut conditions = Vec::new();
    for (at, attribute) in dataset.attributes.iter().enumerate() {
        for (value, name) in attribute.values.iter().enumerate() {
            if attribute.is_yes_no() && name == "No" {
                continue;
            }
            let name = if attribute.is_yes_no() { &attribute.label } else { name };
            let members = district.iter().filter(|r| usize::from(attribute.codes[r.student as usize]) == value + 1);
            conditions.push(ConditionGroup {
                key: attribute.key.clone(),
                attribute: at,
                value,
                group: Group::of(name, members),
            });
        }
    }
    Summary {
        all: Group::of("All students", &district),
        schools: dataset
            .schools
            .iter()
            .zip(&by_school)
            .map(|(school, records)| Group::of(&school.name, records.iter().copied()))
            .collect(),
        grades: by_grade.into_iter().map(|(grade, r)| (grade, Group::of(&grade.to_string(), r))).collect(),
        conditions,
        in_several_schools: (schools.len() - district.len().min(schools.len())) as u32,
    }
}

//! Per-student totals, one row per student and school, in the shape that the common Excel tools take
//! pasted in: identity, school, grade, days, then conditions. Student data: team mode only.

use super::TextTable;
use crate::attendance::{Dataset, Days, Definition, Kind, attribute};
use crate::compare::words::thousands;

/// The sentence that a person must agree to before the file is made.
#[must_use]
pub fn warning(dataset: &Dataset) -> String {
    let n = dataset.students.len();
    let named = dataset.students.iter().any(|student| !student.name.is_empty());
    let what = if named { "names, ids and absences" } else { "ids and absences" };
    let who = if n == 1 { "1 student".to_owned() } else { format!("{} students", thousands(n as u64)) };
    format!(
        "This file holds the {what} of {who}. Keep it where student records are kept, and share it with no one else"
    )
}

/// Conditions in the order in which the Excel tools report them.
const CONDITIONS: [(&str, &str); 5] = [
    (attribute::RACE_ETHNICITY, "Race/ethnicity"),
    (attribute::GENDER, "Gender"),
    (attribute::SPECIAL_EDUCATION, "Special education"),
    (attribute::ENGLISH_LEARNER, "English learner"),
    (attribute::ECONOMICALLY_DISADVANTAGED, "Economic disadvantage"),
];

/// One row per student and school: the columns are always the same, empty where the file knew nothing.
/// Days have up to three decimals and no thousands separators.
#[must_use]
pub fn student_totals(dataset: &Dataset, definition: &Definition) -> TextTable {
    let conditions = CONDITIONS.map(|(key, _)| dataset.attributes.iter().find(|attribute| attribute.key == key));
    let rows = dataset.stays.iter().map(|stay| {
        let student = dataset.students.at(stay.student as usize);
        let school = &dataset.schools[usize::from(stay.school)];
        let counts = |kind: &&Kind| definition.counts(**kind);
        let absent = Kind::ALL.iter().filter(counts).map(|kind| stay.absent[*kind as usize].thousandths()).sum();
        let absent = Days::from_thousandths(absent);
        let percent = match stay.percent_absent {
            Some(millionths) => Some(f64::from(millionths) / 1e6),
            None if stay.enrolled.thousandths() > 0 => Some(100.0 * absent.as_f64() / stay.enrolled.as_f64()),
            None => None,
        };
        let known = stay.enrolled.thousandths() > 0;
        let days = |days: Days| if known { days_text(days) } else { String::new() };
        let mut row =
            vec![school.name.clone(), student.id.to_string(), student.name.to_string(), stay.grade.to_string()];
        row.extend(conditions.iter().map(|attribute| {
            let code = attribute.and_then(|a| Some((a, *a.codes.get(stay.student as usize)?)));
            match code {
                Some((attribute, code @ 1..)) => attribute.values[usize::from(code) - 1].clone(),
                _ => String::new(),
            }
        }));
        row.extend([days(stay.enrolled), days(absent), percent.map(|p| format!("{p:.2}")).unwrap_or_default()]);
        row
    });
    let rows = rows.collect();
    let header = ["School", "Student ID", "Student name", "Grade"].into_iter();
    let header = header.chain(CONDITIONS.map(|(_, label)| label));
    let header = header.chain(["Days enrolled", "Days absent", "Percent absent"]).collect();
    let title = "Student totals: student data, for the team only".to_owned();
    TextTable { title, notes: vec![definition.full_sentence()], header, rows }
}

/// `17.5`, `9`, `0.333`.
fn days_text(days: Days) -> String {
    let thousandths = days.thousandths();
    let text = format!("{}.{:03}", thousandths / 1000, (thousandths % 1000).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::{Attribute, DayBits, Grade, School, Stay, Student};

    #[test]
    fn a_student_is_one_row_with_exact_days_and_an_id_as_written() {
        let mut absent = [Days::whole(0); Kind::COUNT];
        absent[Kind::Excused as usize] = Days::from_thousandths(9_500);
        absent[Kind::Tardy as usize] = Days::whole(0);
        let dataset = Dataset {
            schools: vec![School { name: "Alder".into(), district: String::new() }],
            students: [Student { id: "00412", name: "" }].into_iter().collect(),
            stays: vec![Stay {
                student: 0,
                school: 0,
                grade: Grade::K,
                homeroom: None,
                enrolled: Days::whole(95),
                absent,
                marks: 0..0,
                on_roll: DayBits::default(),
                percent_absent: None,
            }],
            attributes: vec![Attribute {
                key: "english_learner".into(),
                label: "English learner".into(),
                values: vec!["No".into(), "Yes".into()],
                codes: vec![2],
            }],
            ..Dataset::default()
        };
        let table = student_totals(&dataset, &Definition::default());
        assert_eq!(table.rows, [["Alder", "00412", "", "K", "", "", "", "Yes", "", "95", "9.5", "10.00"]]);
        assert_eq!(table.header.len(), table.rows[0].len());
        assert!(warning(&dataset).starts_with("This file holds the ids and absences of 1 student."));
    }
}

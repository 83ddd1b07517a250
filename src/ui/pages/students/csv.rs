//! The call list as a file, with names: for the school’s own team.

use super::list::room_of;
use crate::attendance::{Dataset, Record};
use crate::state::analysis::calls::Call;

pub(super) fn csv(dataset: &Dataset, records: &[Record], calls: &[Call]) -> String {
    let head = [
        "Student",
        "Id",
        "School",
        "Grade",
        "Homeroom",
        "Tier",
        "Days enrolled",
        "Days missed",
        "Excused share",
        "Lately",
    ];
    let rows: Vec<Vec<String>> = calls
        .iter()
        .map(|call| {
            let record = &records[call.record as usize];
            vec![
                dataset.students.at(call.student as usize).name.to_string(),
                dataset.students.at(call.student as usize).id.to_string(),
                dataset.schools[usize::from(call.school)].name.clone(),
                record.grade.to_string(),
                room_of(dataset, record),
                call.tier.map_or_else(String::new, |t| t.label().to_owned()),
                call.enrolled.as_f64().to_string(),
                call.absent.as_f64().to_string(),
                call.excused.map_or_else(String::new, |share| format!("{share:.3}")),
                call.trend.label().to_owned(),
            ]
        })
        .collect();
    crate::share::cells::csv(&head, &rows)
}

//! The suppressed groups of an exchange as one flat table, group by group.

use super::TextTable;
use crate::attendance::Tier;
use crate::share::exchange::Exchange;
use crate::share::gate::{Code, Shown};

/// How hidden numbers and ranges are written; stands in the notes of every table.
const HOW_TO_READ: &str = "“hidden” is a number that could point at a student: it is unknown, not zero. \
                           “under 5 %” is a range told instead of the exact count";

/// One row per group: where, which grade, which condition, how many, how many chronically absent.
#[must_use]
pub fn groups(exchange: &Exchange) -> TextTable {
    let all = || "All".to_owned();
    let label = |key: &str| {
        exchange.labels.iter().find(|(k, _)| k == key).map_or_else(|| key.to_owned(), |(_, label)| label.clone())
    };
    let rows = exchange.groups.iter().map(|group| {
        let school = group.school.and_then(|at| exchange.schools.get(at as usize));
        let district = group.district.clone().or_else(|| school.map(|s| s.district.clone()));
        vec![
            district.unwrap_or_default(),
            school.map_or_else(all, |s| s.name.clone()),
            group.grade.map_or_else(all, |g| g.to_string()),
            group.condition.as_ref().map_or_else(|| "All students".to_owned(), |(key, _)| label(key)),
            group.condition.as_ref().map_or_else(String::new, |(_, value)| value.clone()),
            group.students.to_string(),
            group.chronic.to_string(),
            percent(group.students, group.chronic),
            tiers(&group.tiers),
        ]
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    let mut header = vec![
        "District",
        "School",
        "Grade",
        "Condition",
        "Value",
        "Students",
        "Chronically absent",
        "Percent chronically absent",
        "Tiers",
    ];
    // Where no file named a district, there is nothing to say in that column.
    if rows.iter().all(|row| row[0].is_empty()) {
        let _ = header.remove(0);
        rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    TextTable { title: format!("Chronic absence, {}", exchange.header.made_by), notes: notes(exchange), header, rows }
}

/// What stands above every table made from an exchange.
#[must_use]
pub fn notes(exchange: &Exchange) -> Vec<String> {
    let header = &exchange.header;
    vec![
        header.definition.full_sentence(),
        format!("{} to {}, shared on {}", header.first_day, header.last_day, header.made_on),
        format!("Groups under {} students are hidden. {}", exchange.minimum, exchange.audit),
        HOW_TO_READ.to_owned(),
    ]
}

/// A rate to one decimal beside its count, or the range.
#[must_use]
pub fn percent(students: Shown<u32>, chronic: Shown<u32>) -> String {
    match (students, chronic) {
        (Shown::Value(n), Shown::Value(x)) if n > 0 => {
            let tenths = (u64::from(x) * 2000 + u64::from(n)) / (2 * u64::from(n));
            format!("{}.{}", tenths / 10, tenths % 10)
        }
        (_, Shown::Coded(code @ (Code::Under(_) | Code::Over(_)))) => code.to_string(),
        _ => "hidden".to_owned(),
    }
}

fn tiers(classes: &[crate::share::gate::TierClass]) -> String {
    let class = |class: &crate::share::gate::TierClass| {
        let names: Vec<&str> = class.tiers.iter().copied().map(Tier::label).collect();
        format!("{}: {}", names.join(" or "), class.students)
    };
    classes.iter().map(class).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_round_half_up_and_never_stand_for_hidden_numbers() {
        assert_eq!(percent(Shown::Value(600), Shown::Value(161)), "26.8");
        assert_eq!(percent(Shown::Value(80), Shown::Value(13)), "16.3");
        assert_eq!(percent(Shown::Hidden, Shown::Hidden), "hidden");
        assert_eq!(percent(Shown::Value(30), Shown::Coded(Code::Under(10))), "under 10 %");
        assert_eq!(percent(Shown::Value(30), Shown::Hidden), "hidden");
    }
}

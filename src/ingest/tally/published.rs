//! Rows of public files: one per school or district, perhaps per grade and group of students. A
//! hidden number is unknown, never zero.

use super::super::problem::Kind as Why;
use super::super::reading;
use super::super::roles::Role;
use super::super::scan::Row;
use super::super::scan::{Interner, NONE};
use super::{ABSENT, Tally};
use crate::attendance::{Dataset, Decimal, FileAccount, Grade, Published, School};
use std::collections::BTreeMap;

/// What files of groups hold, while rows still come.
#[derive(Default)]
pub(super) struct Groups {
    /// Schools by number or, where there is none, by district and name.
    places: Interner,
    /// Name and district by place; a file with both number and name gives the name.
    names: Vec<(String, String)>,
    texts: Interner,
    rows: Vec<GroupRow>,
    /// The largest value of a percent column: up to 1 the column holds fractions.
    largest: BTreeMap<(usize, usize), f64>,
}

struct GroupRow {
    file: usize,
    place: u32,
    year: u32,
    grade: Option<Grade>,
    category: u32,
    counted: Option<u32>,
    chronic: Option<u32>,
    /// Column and value as written.
    rate: Option<(usize, f64)>,
    shares: Vec<(usize, Option<f64>)>,
}

/// What a cell of a number says.
enum Number {
    Value(f64),
    Hidden,
    Unreadable,
}

/// Stands for “above 95 %” and the like: the middle of what is left (`shared/methods.md`, section 7).
fn coded(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (above, rest) = if let Some(rest) = lower.strip_prefix("above").or_else(|| lower.strip_prefix('>')) {
        (true, rest)
    } else {
        (false, lower.strip_prefix("below").or_else(|| lower.strip_prefix('<'))?)
    };
    let rest = rest.trim_start_matches('=').trim().trim_end_matches('%').trim();
    let bound: f64 = rest.parse().ok().filter(|b| (0.0..=100.0).contains(b))?;
    let bound = bound / 100.0;
    Some(if above { (1.0 + bound) / 2.0 } else { bound / 2.0 })
}

fn number(field: &[u8]) -> Number {
    let text = String::from_utf8_lossy(field);
    let text = text.trim();
    if text.is_empty() || super::is_null(field) {
        return Number::Hidden;
    }
    match Decimal::parse(text.trim_end_matches('%')) {
        // Publishers mark hidden numbers with impossible ones, too.
        Some(decimal) if decimal.units < 0 => Number::Hidden,
        Some(decimal) => Number::Value(decimal.units as f64 / 10f64.powi(decimal.places as i32)),
        None if reading::is_hidden(text) || text.to_ascii_lowercase().contains("suppress") => Number::Hidden,
        None => Number::Unreadable,
    }
}

impl Tally {
    pub(super) fn published_row(&mut self, row: &Row<'_>) {
        let file = self.current;
        let at = |role: &Role| self.readings[file].column(role).unwrap_or(ABSENT);
        let (school, code, district) = (at(&Role::School), at(&Role::SchoolNumber), at(&Role::District));
        let (year, grade, category) = (at(&Role::Year), at(&Role::Grade), at(&Role::Category));
        let (size, chronic, rate) = (at(&Role::GroupSize), at(&Role::ChronicCount), at(&Role::ChronicRate));
        let shares: Vec<usize> = self.readings[file]
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| matches!(c.role, Role::Share(_)))
            .map(|(i, _)| i)
            .collect();
        let text = |column: usize| {
            if column == ABSENT { String::new() } else { String::from_utf8_lossy(row.get(column)).into_owned() }
        };
        let (name, number_of_school, district_name) = (text(school), text(code), text(district));
        if name.is_empty() && number_of_school.is_empty() && district_name.is_empty() {
            return self.set_aside(Why::NoSchool, row, if school == ABSENT { district } else { school });
        }
        let count = |column: usize| -> Result<Option<u32>, usize> {
            if column == ABSENT {
                return Ok(None);
            }
            match number(row.get(column)) {
                Number::Value(value) if value.fract() == 0.0 && value < 1e9 => Ok(Some(value as u32)),
                Number::Hidden => Ok(None),
                _ => coded(&text(column)).map(|_| None).ok_or(column),
            }
        };
        let (counted, chronic) = match (count(size), count(chronic)) {
            (Ok(counted), Ok(chronic)) => (counted, chronic),
            (Err(column), _) | (_, Err(column)) => return self.set_aside(Why::UnreadableNumber, row, column),
        };
        if let (Some(counted), Some(chronic)) = (counted, chronic)
            && chronic > counted
        {
            return self.set_aside(Why::MoreAbsencesThanDays, row, size);
        }
        let groups = &mut self.published;
        let mut percent = |column: usize| -> Option<(usize, f64)> {
            match number(row.get(column)) {
                Number::Value(value) => {
                    let largest = groups.largest.entry((file, column)).or_insert(0.0);
                    *largest = largest.max(value);
                    Some((column, value))
                }
                // A coded share is already a fraction, kept apart from the column’s scale by its sign.
                _ => coded(&text(column)).map(|share| (column, -share)),
            }
        };
        let rate = if rate == ABSENT { None } else { percent(rate) };
        let shares: Vec<(usize, Option<f64>)> = shares.iter().map(|&c| (c, percent(c).map(|(_, v)| v))).collect();
        // A number is one school everywhere; a name only within its district.
        let key = match (number_of_school.is_empty(), name.is_empty()) {
            (false, _) => number_of_school.clone(),
            (true, false) => format!("{name}\u{1f}{district_name}"),
            (true, true) => format!("District {district_name}"),
        };
        let (place, new) = groups.places.intern(key.as_bytes());
        if new {
            groups.names.push((String::new(), String::new()));
        }
        let known = &mut groups.names[place as usize];
        if known.0.is_empty() && !name.is_empty() {
            known.0 = name;
        }
        if known.1.is_empty() {
            known.1 = district_name;
        }
        let grade_text = text(grade);
        let category_text = text(category);
        let row_year = groups.texts.intern(text(year).as_bytes()).0;
        let everyone = ["", "all students", "all", "total"].contains(&category_text.to_ascii_lowercase().as_str());
        let category = if everyone { NONE } else { groups.texts.intern(category_text.as_bytes()).0 };
        groups.rows.push(GroupRow {
            file,
            place,
            year: row_year,
            grade: Grade::parse(&grade_text),
            category,
            counted,
            chronic,
            rate,
            shares,
        });
        self.files[file].account.rows_used += 1;
    }

    /// The dataset of files that hold only groups.
    pub(super) fn published_dataset(&self, files: Vec<FileAccount>) -> Dataset {
        let groups = &self.published;
        let order: Vec<usize> = (0..groups.places.len()).collect();
        let shown = |at: usize| {
            let (name, district) = &groups.names[at];
            let key = groups.places.string(at as u32);
            let plain =
                if name.is_empty() { key.split('\u{1f}').next().unwrap_or_default().to_string() } else { name.clone() };
            (plain, district.clone(), key)
        };
        let keys: Vec<_> = order.iter().map(|&at| shown(at)).collect();
        let order = crate::attendance::order::positions(order.len(), &mut |a, b| keys[a].cmp(&keys[b]));
        let mut position = vec![0u16; order.len()];
        for (to, &from) in order.iter().enumerate() {
            position[from] = to.min(usize::from(u16::MAX)) as u16;
        }
        let scale = |file: usize, column: usize, value: f64| {
            if value < 0.0 {
                return Some(-value);
            }
            let fractions = groups.largest.get(&(file, column)).is_none_or(|largest| *largest <= 1.0);
            let share = if fractions { value } else { (value * 1e7).round() / 1e9 };
            (0.0..=1.0).contains(&share).then_some(share)
        };
        let key_of = |file: usize, column: usize| match &self.readings[file].columns[column].role {
            Role::Share(key) => key.clone(),
            _ => String::new(),
        };
        let published = groups
            .rows
            .iter()
            .map(|row| Published {
                school: Some(position[row.place as usize]),
                year: groups.texts.string(row.year),
                grade: row.grade,
                group: (row.category != NONE).then(|| ("category".to_string(), groups.texts.string(row.category))),
                counted: row.counted,
                chronic: row.chronic,
                rate: row.rate.and_then(|(column, value)| scale(row.file, column, value)),
                shares: row
                    .shares
                    .iter()
                    .map(|&(column, value)| (key_of(row.file, column), value.and_then(|v| scale(row.file, column, v))))
                    .collect(),
            })
            .collect();
        let schools = order
            .iter()
            .map(|&at| {
                let (name, district, _) = shown(at);
                School { name, district }
            })
            .collect();
        Dataset { files, schools, published, ..Dataset::default() }
    }
}

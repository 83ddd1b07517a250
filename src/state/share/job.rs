//! From a loaded dataset to the tables of an export, and from an export to what is handed over. Pure.

use crate::attendance::{Attribute, Dataset, Day, Definition, Grade, records};
use crate::share::audit::Report;
use crate::share::exchange::{Exchange, ExchangeError, Header};
use crate::share::export::{TextTable, table};
use crate::share::gate::Rule;
use crate::share::release::Release;
use crate::share::suppress::tables::{Record, Tables};
use crate::ui::format;
use std::collections::BTreeSet;

/// What a person may choose about an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub rule: Rule,
    /// Keys of conditions that stay at home.
    pub without: BTreeSet<String>,
    pub grain: Grain,
}

/// How finely schools are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    #[default]
    SchoolsAndGrades,
    Schools,
}

/// The tables of an export at the grain of schools, all at once: who attended two counts in both.
#[must_use]
pub fn tables(dataset: &Dataset, definition: &Definition, wish: &Wish) -> Tables {
    let chosen: Vec<Attribute> = attributes(dataset, wish).cloned().collect();
    Tables::new(&dataset.schools, &counted(dataset, definition, wish), &chosen, wish.rule)
}

/// The conditions that an export tells.
pub fn attributes<'a>(dataset: &'a Dataset, wish: &'a Wish) -> impl Iterator<Item = &'a Attribute> {
    dataset.attributes.iter().filter(|a| !wish.without.contains(&a.key))
}

/// Whom an export counts.
#[must_use]
pub fn counted(dataset: &Dataset, definition: &Definition, wish: &Wish) -> Vec<Record> {
    records::at_schools(dataset, definition)
        .iter()
        .filter_map(|record| {
            let grade = match wish.grain {
                Grain::SchoolsAndGrades => record.grade,
                Grain::Schools => Grade::Unknown,
            };
            let (student, school, chronic) = (record.student, record.school, record.is_chronic());
            record.tier().map(|tier| Record { student, school, grade, tier, chronic })
        })
        .collect()
}

/// School days after `from` up to `to`: by the file's calendar, else weekdays.
#[must_use]
pub fn school_days(calendar: &[Day], from: Day, to: Day) -> u32 {
    if calendar.first().is_some_and(|first| *first <= from) {
        return calendar.iter().filter(|day| **day > from && **day <= to).count() as u32;
    }
    (from.0 + 1..=to.0).filter(|day| Day(*day).weekday() < 5).count() as u32
}

/// The file that others can open. An export by school leaves the grades out.
pub fn exchange(release: &Release, report: &Report, header: Header) -> Result<Exchange, ExchangeError> {
    let mut file = Exchange::new(release, report, header)?;
    if is_by_school(release) {
        file.groups.retain(|group| group.grade.is_none());
    }
    Ok(file)
}

/// Whether grades are not told apart.
#[must_use]
pub fn is_by_school(release: &Release) -> bool {
    release.grades.iter().all(|grade| *grade == Grade::Unknown)
}

/// All groups as one table, with everything a reader needs to know below it.
#[must_use]
pub fn group_table(exchange: &Exchange) -> TextTable {
    let mut table = table::groups(exchange);
    let whole = exchange
        .groups
        .iter()
        .find(|g| g.school.is_none() && g.district.is_none() && g.grade.is_none() && g.condition.is_none());
    if let Some(n) = whole.and_then(|g| g.students.value()) {
        table
            .notes
            .insert(0, format!("n = {} students, counted in each school they attended", format::count(n.into())));
    }
    table.notes.insert(0, format!("Definition: {}", exchange.header.definition.preset.label()));
    table
}

/// A table as CSV: rows first, so that programs can read it, then a line for each note.
#[must_use]
pub fn csv(table: &TextTable) -> String {
    let mut rows = table.rows.clone();
    rows.push(vec![String::new()]);
    rows.push(vec![table.title.clone()]);
    rows.extend(table.notes.iter().map(|note| vec![note.clone()]));
    crate::share::cells::csv(&table.header, &rows)
}

/// A table as JSON: title, notes, columns, rows of text.
#[must_use]
pub fn json(table: &TextTable) -> String {
    let value = serde_json::json!({
        "title": table.title,
        "notes": table.notes,
        "columns": table.header,
        "rows": table.rows,
    });
    // Texts in lists always turn into text.
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

/// A coarser export to offer after a refusal, and what it leaves out in words; `None` once nothing is left.
#[must_use]
pub fn coarser(wish: &Wish, report: &Report, release: &Release) -> Option<(Wish, String)> {
    let mut next = wish.clone();
    let named: Vec<(String, String)> = release
        .sheets
        .iter()
        .filter(|sheet| !sheet.key.is_empty() && !wish.without.contains(&sheet.key))
        .map(|sheet| (sheet.key.clone(), sheet.label.clone()))
        .collect();
    let mut blamed: Vec<&(String, String)> = named
        .iter()
        .filter(|(_, label)| report.too_narrow.iter().any(|place| place.contains(label.as_str())))
        .collect();
    if blamed.is_empty() && wish.grain == Grain::Schools {
        blamed = named.iter().collect();
    }
    if !blamed.is_empty() {
        next.without.extend(blamed.iter().map(|(key, _)| key.clone()));
        let mut labels: Vec<&str> = blamed.iter().map(|(_, label)| label.as_str()).collect();
        labels.dedup();
        return Some((next, format!("Leave out {}", format::list(&labels))));
    }
    if wish.grain == Grain::SchoolsAndGrades {
        next.grain = Grain::Schools;
        return Some((next, "Tell schools without their grades".to_owned()));
    }
    (wish.rule.minimum() < 40).then(|| {
        let minimum = wish.rule.minimum() * 2;
        next.rule = Rule::with_minimum(minimum);
        (next, format!("Hide groups under {minimum} students"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn school_days_follow_the_calendar_or_count_weekdays() {
        let monday = Day::from_ymd(2026, 2, 2).unwrap();
        assert_eq!(school_days(&[], monday, monday.plus(7)), 5);
        let calendar = [monday, monday.plus(1), monday.plus(3)];
        assert_eq!(school_days(&calendar, monday, monday.plus(7)), 2);
        // A calendar that begins later says nothing about the days before it.
        assert_eq!(school_days(&calendar[1..], monday, monday.plus(7)), 5);
    }

    #[test]
    fn a_refusal_leads_to_coarser_tables_until_none_is_left() {
        let release = Release {
            rule: Rule::default(),
            places: crate::share::suppress::tables::Places::default(),
            grades: vec![Grade::K],
            sheets: Vec::new(),
            tiers: Vec::new(),
        };
        let report = Report { n_too_narrow: 1, ..Report::default() };
        let mut wish = Wish::default();
        let mut steps = 0;
        while let Some((next, words)) = coarser(&wish, &report, &release) {
            assert!(!words.is_empty());
            assert_ne!(next, wish);
            wish = next;
            steps += 1;
        }
        assert_eq!((steps, wish.grain), (3, Grain::Schools));
    }

    #[test]
    fn a_table_is_rows_first_and_its_cells_are_harmless() {
        let table = TextTable {
            title: "=Title".into(),
            notes: vec!["@note".into()],
            header: vec!["School"],
            rows: vec![vec!["=1+1".into()]],
        };
        assert_eq!(csv(&table), "School\r\n'=1+1\r\n\"\"\r\n'=Title\r\n'@note\r\n");
    }
}

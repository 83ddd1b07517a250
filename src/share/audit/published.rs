//! The attacker turned on someone else's published file: how many hidden numbers can be recalculated,
//! and where. Counts and places only; the values found are dropped here and never told.

use super::simplex::{self, Range};
use super::system::{Cell, System};
use crate::attendance::Published;
use crate::share::gate::{Rule, Shown};
use crate::share::release::Release;
use crate::share::suppress::linked::Detail;
use std::collections::{BTreeMap, BTreeSet};

/// A number of a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Value(u32),
    /// A suppression mark stands there.
    Hidden,
    /// Nothing stands there, or the file has no such column.
    Missing,
}

/// One row. Empty texts and `All …` mean all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    pub year: String,
    pub place: String,
    pub grade: String,
    pub category: String,
    pub counted: Told,
    pub chronic: Told,
}

/// What the attacker found. No value is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaks {
    pub rows: usize,
    pub hidden: usize,
    /// Hidden numbers that can be recalculated exactly.
    pub exact: usize,
    /// Others that can be found too closely: students closer than five, chronically absent ones closer than two.
    pub close: usize,
    /// Of the exact ones, those that stand alone: the only hidden part of a sum whose other parts are shown.
    pub alone: usize,
    /// Hidden numbers that hang together with too many others to be decided here.
    pub undecided: usize,
    /// Where exact ones stand, in words, sorted.
    pub places: Vec<String>,
    /// The sums that hold throughout the file and were used, in words.
    pub sums: Vec<String>,
    /// Parts of the file whose shown numbers contradict each other, so that nothing was tried there.
    pub contradictory: usize,
}

impl Leaks {
    #[must_use]
    pub fn sentence(&self) -> String {
        match (self.hidden, self.exact) {
            (0, _) => "This file hides no number".to_owned(),
            (hidden, 0) if self.undecided == 0 => {
                format!("{hidden} hidden numbers; none can be recalculated from the file")
            }
            (hidden, exact) => {
                let undecided = match self.undecided {
                    0 => String::new(),
                    n => format!("; {n} more could not be decided here"),
                };
                format!("{exact} of {hidden} hidden numbers can be recalculated from the file itself{undecided}")
            }
        }
    }
}

/// Rows of a school-level file as it was read. A number that the reading left open counts as hidden.
#[must_use]
pub fn rows_of(published: &[Published], school_names: &[String]) -> Vec<PublishedRow> {
    let told = |n: Option<u32>| n.map_or(Told::Hidden, Told::Value);
    let rows = published.iter().map(|row| PublishedRow {
        year: row.year.clone(),
        place: row.school.and_then(|at| school_names.get(usize::from(at)).cloned()).unwrap_or_default(),
        grade: row.grade.map(|g| g.to_string()).unwrap_or_default(),
        category: match &row.group {
            // A column of categories holds sexes, conditions and their opposites side by side.
            Some((key, value)) if key == "category" => value.clone(),
            Some((key, value)) => format!("{key}: {value}"),
            None => String::new(),
        },
        counted: told(row.counted),
        chronic: told(row.chronic),
    });
    rows.collect()
}

/// Our own release as if someone else had published it: group by group, marks instead of hidden numbers.
#[must_use]
pub fn rows_of_release(release: &Release, year: &str) -> Vec<PublishedRow> {
    let told = |n: Shown<u32>| n.value().map_or(Told::Hidden, Told::Value);
    let mut rows = Vec::new();
    for (at, sheet) in release.sheets.iter().enumerate() {
        if sheet.sizes_told == Detail::Nothing {
            continue;
        }
        for cell in 0..sheet.students.len() {
            let group = release.group(at, cell);
            if group.is_whole && at > 0 {
                // The sum over values is the group of all students, told already.
                continue;
            }
            let category =
                if group.value.is_empty() { String::new() } else { format!("{}: {}", sheet.key, group.value) };
            rows.push(PublishedRow {
                year: year.to_owned(),
                place: group.place.unwrap_or_default(),
                grade: group.grade.map(|g| g.to_string()).unwrap_or_default(),
                category,
                counted: told(sheet.students[cell]),
                chronic: if sheet.outcomes_told == Detail::Nothing { Told::Missing } else { told(sheet.chronic[cell]) },
            });
        }
    }
    rows
}

fn is_all(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.is_empty()
        || ["all", "total", "state", "statewide", "citywide", "district"].contains(&text.as_str())
        || text.starts_with("all ")
}

/// Which of a row's three texts a sum runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Axis {
    Place,
    Grade,
    Category,
}

impl Axis {
    fn of(self, row: &PublishedRow) -> &str {
        match self {
            Axis::Place => &row.place,
            Axis::Grade => &row.grade,
            Axis::Category => &row.category,
        }
    }

    /// Everything but this axis, and for places and grades all of it.
    fn rest(self, row: &PublishedRow) -> [&str; 4] {
        let part = |axis: Axis| if axis == self { "" } else { axis.of(row) };
        [&row.year, part(Axis::Place), part(Axis::Grade), part(Axis::Category)]
    }
}

/// A sum of numbers that stands in the file: the total's row and its parts' rows.
type Sum = (usize, Vec<usize>);

/// Sets of values that may add up to all: pairs with their opposite, what shares a key, the sexes, the rest.
fn families(axis: Axis, rows: &[PublishedRow]) -> Vec<BTreeSet<String>> {
    let values: BTreeSet<String> =
        rows.iter().map(|row| axis.of(row).to_owned()).filter(|value| !is_all(value)).collect();
    if axis != Axis::Category {
        return vec![values];
    }
    let mut left = values.clone();
    let mut families = Vec::new();
    for value in &values {
        let opposite = values.iter().find(|v| v.strip_prefix("Not ").is_some_and(|rest| rest == value));
        if let Some(opposite) = opposite {
            families.push(BTreeSet::from([value.clone(), opposite.clone()]));
            left.remove(value);
            left.remove(opposite);
        }
    }
    let key = |value: &str| match value.split_once(": ") {
        Some((key, _)) => key.to_owned(),
        None => match value.to_ascii_lowercase().as_str() {
            "female" | "male" | "nonbinary" | "non-binary" | "x" => "sex".to_owned(),
            _ => String::new(),
        },
    };
    let mut by_key: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for value in left {
        by_key.entry(key(&value)).or_default().insert(value);
    }
    families.extend(by_key.into_values());
    families
}

/// The sums over one family: those whose total and parts all have rows.
fn sums_of(axis: Axis, family: &BTreeSet<String>, rows: &[PublishedRow]) -> Vec<Sum> {
    let mut groups: BTreeMap<[&str; 4], (Option<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let group = groups.entry(axis.rest(row)).or_default();
        if is_all(axis.of(row)) {
            group.0 = Some(at);
        } else if family.contains(axis.of(row)) {
            group.1.push(at);
        }
    }
    let sums = groups.into_values().filter_map(|(total, parts)| Some((total?, parts)));
    // Grades and schools differ from place to place; categories must all be there.
    sums.filter(|(_, parts)| parts.len() >= 2 && (axis != Axis::Category || parts.len() == family.len())).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Counted,
    Chronic,
}

fn number(row: &PublishedRow, column: Column) -> Told {
    match column {
        Column::Counted => row.counted,
        Column::Chronic => row.chronic,
    }
}

/// Whether the complete sums hold, nearly without exception: then the incomplete ones will too.
fn holds(sums: &[Sum], rows: &[PublishedRow], column: Column) -> bool {
    let value = |at: usize| match number(&rows[at], column) {
        Told::Value(n) => Some(u64::from(n)),
        Told::Hidden | Told::Missing => None,
    };
    let (mut complete, mut right) = (0usize, 0usize);
    for (total, parts) in sums {
        let sum: Option<u64> = parts.iter().map(|at| value(*at)).sum();
        if let (Some(total), Some(sum)) = (value(*total), sum) {
            complete += 1;
            right += usize::from(total == sum);
        }
    }
    complete >= 3 && right * 50 >= complete * 49
}

/// The most unknown numbers that one linear program takes on.
const MOST_TOGETHER: usize = 400;

/// Tries to recalculate every hidden number of a published file.
#[must_use]
pub fn examine(rows: &[PublishedRow]) -> Leaks {
    let mut leaks = Leaks { rows: rows.len(), ..Leaks::default() };
    let mut sums: Vec<(Column, Sum)> = Vec::new();
    for axis in [Axis::Category, Axis::Grade, Axis::Place] {
        for family in families(axis, rows) {
            let found = sums_of(axis, &family, rows);
            for column in [Column::Counted, Column::Chronic] {
                if !found.is_empty() && holds(&found, rows, column) {
                    let names: Vec<&str> = family.iter().take(6).map(String::as_str).collect();
                    let more = if family.len() > 6 { ", …" } else { "" };
                    let what = if column == Column::Counted { "students" } else { "chronically absent" };
                    leaks.sums.push(format!("{what}: {}{more} add up to all", names.join(" + ")));
                    sums.extend(found.iter().cloned().map(|sum| (column, sum)));
                }
            }
        }
    }
    let mut places = BTreeSet::new();
    for group in connected(rows.len(), &sums) {
        try_group(rows, &sums, &group, &mut leaks, &mut places);
    }
    leaks.places = places.into_iter().collect();
    leaks
}

/// Rows that hang together by sums.
fn connected(n: usize, sums: &[(Column, Sum)]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..n).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    for (_, (total, parts)) in sums {
        let top = find(&mut root, *total);
        for part in parts {
            let other = find(&mut root, *part);
            root[other] = top;
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..n {
        groups.entry(find(&mut root, at)).or_default().push(at);
    }
    groups.into_values().collect()
}

fn try_group(
    rows: &[PublishedRow],
    sums: &[(Column, Sum)],
    group: &[usize],
    leaks: &mut Leaks,
    places: &mut BTreeSet<String>,
) {
    let hides = |at: &usize| rows[*at].counted == Told::Hidden || rows[*at].chronic == Told::Hidden;
    if !group.iter().any(hides) {
        return;
    }
    let mut system = System::default();
    let cell = |told: Told| match told {
        Told::Value(n) => Cell::known(i64::from(n)),
        Told::Hidden | Told::Missing => Cell::ANY,
    };
    // By row of the group: counted, chronic; a row's own pair is bound by chronic ≤ counted.
    let mut cells = Vec::new();
    for at in group {
        let counted = system.cell(cell(rows[*at].counted));
        let chronic = system.cell(cell(rows[*at].chronic));
        if rows[*at].counted != Told::Missing {
            system.difference(counted, chronic, Cell::ANY);
        }
        cells.push([counted, chronic]);
    }
    let position = |at: &usize| group.binary_search(at).ok();
    for (column, (total, parts)) in sums {
        let (Some(total), Some(_)) = (position(total), parts.first().and_then(position)) else { continue };
        let part = |at: &usize| position(at).map(|at| cells[at][*column as usize]);
        let unknown = parts.iter().filter(|at| number(&rows[**at], *column) == Told::Missing).count();
        if unknown == 0 {
            system.sum(cells[total][*column as usize], parts.iter().filter_map(part));
        }
    }
    let alone = system.clone();
    if system.propagate(200 * system.equations.len()).is_err() {
        leaks.contradictory += 1;
        leaks.hidden += group.iter().filter(|at| hides(at)).count();
        return;
    }
    for (k, at) in group.iter().enumerate() {
        for column in [Column::Counted, Column::Chronic] {
            if number(&rows[*at], column) != Told::Hidden {
                continue;
            }
            leaks.hidden += 1;
            let id = cells[k][column as usize];
            let width = match system.cells[id as usize].width() {
                0 => 0,
                wide => match simplex::range(&system, id, MOST_TOGETHER) {
                    Range::Found { low, high, .. } => high - low,
                    Range::Undecided => {
                        leaks.undecided += 1;
                        wide
                    }
                },
            };
            if width == 0 {
                leaks.exact += 1;
                leaks.alone += usize::from(stands_alone(&alone, id));
                places.insert(words(&rows[*at], column));
            } else if width < i64::from(if column == Column::Counted { Rule::SIZE_WIDTH } else { Rule::OUTCOME_WIDTH })
            {
                leaks.close += 1;
            }
        }
    }
}

fn stands_alone(system: &System, cell: u32) -> bool {
    system.touching[cell as usize].iter().any(|equation| {
        let equation = &system.equations[*equation as usize];
        equation.gives.is_none()
            && equation.terms.iter().all(|(other, _)| *other == cell || system.cells[*other as usize].width() == 0)
    })
}

fn words(row: &PublishedRow, column: Column) -> String {
    let what = match column {
        Column::Counted => "students",
        Column::Chronic => "chronically absent",
    };
    let grade = if is_all(&row.grade) { row.grade.clone() } else { format!("grade {}", row.grade) };
    let parts = [row.year.as_str(), row.place.as_str(), &grade, row.category.as_str(), what];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

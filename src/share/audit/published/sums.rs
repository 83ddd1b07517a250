//! Which values of a published file add up to which: found in the complete cases, used in the others.

use super::{PublishedRow, Told};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Which of a row's three texts a sum runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    Place,
    Grade,
    Category,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Counted,
    Chronic,
}

/// A sum of numbers that stands in the file: the total's row and its parts' rows.
pub(super) type Sum = (u32, Vec<u32>);

pub(super) fn is_all(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.is_empty()
        || ["all", "total", "state", "statewide", "citywide", "district"].contains(&text.as_str())
        || text.starts_with("all ")
}

/// Texts by number.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) all: Vec<String>,
    is_all: Vec<bool>,
    number: FxHashMap<String, u32>,
}

impl Texts {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(number) = self.number.get(text) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(text.to_owned());
        self.is_all.push(is_all(text));
        self.number.insert(text.to_owned(), number);
        number
    }
}

/// A published file by numbers: what stands in a row, and in which.
#[derive(Default)]
pub(super) struct Rows {
    /// Years, places, grades and categories.
    pub(super) texts: [Texts; 4],
    /// By row, the numbers of its four texts.
    of: Vec<[u32; 4]>,
    pub(super) numbers: Vec<[Told; 2]>,
}

impl Axis {
    const fn position(self) -> usize {
        match self {
            Axis::Place => 1,
            Axis::Grade => 2,
            Axis::Category => 3,
        }
    }
}

impl Rows {
    pub(super) fn add(&mut self, row: &PublishedRow) {
        let texts = [&row.year, &row.place, &row.grade, &row.category];
        let of = std::array::from_fn(|at| self.texts[at].add(texts[at]));
        self.of.push(of);
        self.numbers.push([row.counted, row.chronic]);
    }

    pub(super) fn len(&self) -> usize {
        self.of.len()
    }

    pub(super) fn number(&self, row: u32, column: Column) -> Told {
        self.numbers[row as usize][column as usize]
    }

    pub(super) fn hides(&self, row: u32) -> bool {
        self.numbers[row as usize].contains(&Told::Hidden)
    }

    fn is_all(&self, row: u32, axis: Axis) -> bool {
        let at = axis.position();
        self.texts[at].is_all[self.of[row as usize][at] as usize]
    }

    pub(super) fn words(&self, row: u32, column: Column) -> String {
        let what = match column {
            Column::Counted => "students",
            Column::Chronic => "chronically absent",
        };
        let of = self.of[row as usize];
        let text = |at: usize| self.texts[at].all[of[at] as usize].as_str();
        let grade = if is_all(text(2)) { text(2).to_owned() } else { format!("grade {}", text(2)) };
        let parts = [text(0), text(1), &grade, text(3), what];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// The rows that share everything but one text, a portion of the file at a time.
pub(super) struct Gathering {
    axis: Axis,
    next: u32,
    place: FxHashMap<[u32; 3], u32>,
    /// The row that stands for all, and the others.
    groups: Vec<(Option<u32>, Vec<u32>)>,
}

impl Gathering {
    pub(super) fn new(axis: Axis) -> Gathering {
        Gathering { axis, next: 0, place: FxHashMap::default(), groups: Vec::new() }
    }

    /// Takes the next rows, `at_once` at most; `true` while there are more.
    pub(super) fn step(&mut self, rows: &Rows, at_once: u32) -> bool {
        let to = (self.next + at_once).min(rows.len() as u32);
        for row in self.next..to {
            let of = rows.of[row as usize];
            let mut rest = [0; 3];
            let others = (0..4).filter(|at| *at != self.axis.position());
            others.zip(&mut rest).for_each(|(at, slot)| *slot = of[at]);
            let fresh = self.groups.len() as u32;
            let at = *self.place.entry(rest).or_insert(fresh);
            if at == fresh {
                self.groups.push((None, Vec::new()));
            }
            let group = &mut self.groups[at as usize];
            if rows.is_all(row, self.axis) {
                group.0 = Some(row);
            } else {
                group.1.push(row);
            }
        }
        self.next = to;
        to < rows.len() as u32
    }

    /// Sums that hold throughout the file, with their words.
    pub(super) fn finish(self, rows: &Rows) -> Vec<(String, Column, Vec<Sum>)> {
        let at = self.axis.position();
        let texts = &rows.texts[at];
        let mut found = Vec::new();
        for family in families(self.axis, texts) {
            let mut is_member = vec![false; texts.all.len()];
            family.iter().for_each(|value| is_member[*value as usize] = true);
            let of_family = |(total, parts): &(Option<u32>, Vec<u32>)| {
                let part = |row: &&u32| is_member[rows.of[**row as usize][at] as usize];
                let parts: Vec<u32> = parts.iter().filter(part).copied().collect();
                // Grades and schools differ from place to place; categories must all be there.
                let is_whole = self.axis != Axis::Category || parts.len() == family.len();
                (parts.len() >= 2 && is_whole).then_some(((*total)?, parts))
            };
            let sums: Vec<Sum> = self.groups.iter().filter_map(of_family).collect();
            for column in [Column::Counted, Column::Chronic] {
                if !sums.is_empty() && holds(&sums, rows, column) {
                    let names: Vec<&str> = family.iter().take(6).map(|v| texts.all[*v as usize].as_str()).collect();
                    let more = if family.len() > 6 { ", …" } else { "" };
                    let what = if column == Column::Counted { "students" } else { "chronically absent" };
                    let words = format!("{what}: {}{more} add up to all", names.join(" + "));
                    found.push((words, column, sums.clone()));
                }
            }
        }
        found
    }
}

/// Sets of values that may add up to all: pairs with their opposite, what shares a key, the sexes, the rest.
/// Each in the order of its texts.
fn families(axis: Axis, texts: &Texts) -> Vec<Vec<u32>> {
    let numbers = 0..texts.all.len() as u32;
    let mut values: Vec<u32> = numbers.filter(|at| !texts.is_all[*at as usize]).collect();
    values.sort_by(|a, b| texts.all[*a as usize].cmp(&texts.all[*b as usize]));
    if axis != Axis::Category {
        return vec![values];
    }
    let mut left: BTreeSet<u32> = values.iter().copied().collect();
    let mut families = Vec::new();
    for value in &values {
        let opposite = texts.number.get(&format!("Not {}", texts.all[*value as usize]));
        if let Some(opposite) = opposite.filter(|at| !texts.is_all[**at as usize]) {
            families.push(vec![*opposite, *value]);
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
    let mut by_key: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for value in values.into_iter().filter(|value| left.contains(value)) {
        by_key.entry(key(&texts.all[value as usize])).or_default().push(value);
    }
    families.extend(by_key.into_values());
    for family in &mut families {
        family.sort_by(|a, b| texts.all[*a as usize].cmp(&texts.all[*b as usize]));
    }
    families
}

/// Whether the complete sums hold, nearly without exception: then the incomplete ones will too.
fn holds(sums: &[Sum], rows: &Rows, column: Column) -> bool {
    let value = |row: u32| match rows.number(row, column) {
        Told::Value(n) => Some(u64::from(n)),
        Told::Hidden | Told::Missing => None,
    };
    let (mut complete, mut right) = (0usize, 0usize);
    for (total, parts) in sums {
        let sum: Option<u64> = parts.iter().map(|row| value(*row)).sum();
        if let (Some(total), Some(sum)) = (value(*total), sum) {
            complete += 1;
            right += usize::from(total == sum);
        }
    }
    complete >= 3 && right * 50 >= complete * 49
}

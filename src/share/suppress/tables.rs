//! The linked tables of one export: counted and chronically absent students by school, grade and condition.
//!
//! School grain throughout: a student counts in each school attended, so that every sum is a sum.

use super::super::gate::{Rule, code};
use crate::attendance::{Attribute, Grade, School, Tier};
use serde::{Deserialize, Serialize};

/// One counted student at one school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Position among the students that attributes speak of.
    pub student: u32,
    /// Position among the schools.
    pub school: u16,
    pub grade: Grade,
    pub tier: Tier,
    pub chronic: bool,
}

/// Counts in rows and columns, the last of each being the sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    pub n_rows: usize,
    pub n_cols: usize,
    pub students: Vec<u32>,
    pub chronic: Vec<u32>,
}

impl Grid {
    #[must_use]
    pub fn new(n_rows: usize, n_cols: usize) -> Grid {
        Grid { n_rows, n_cols, students: vec![0; n_rows * n_cols], chronic: vec![0; n_rows * n_cols] }
    }

    #[must_use]
    pub const fn at(&self, row: usize, col: usize) -> usize {
        row * self.n_cols + col
    }

    fn add(&mut self, row: usize, col: usize, chronic: bool) {
        let at = self.at(row, col);
        self.students[at] += 1;
        self.chronic[at] += u32::from(chronic);
    }
}

/// Schools, then districts where there are several, then all: the rows of a [`Grid`] of places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub schools: Vec<School>,
    /// Sorted; empty where all schools are of one district.
    pub districts: Vec<String>,
    /// By school, its position in `districts`.
    pub district_of: Vec<u16>,
}

impl Places {
    #[must_use]
    pub fn new(schools: &[School]) -> Places {
        let mut districts: Vec<String> = schools.iter().map(|s| s.district.clone()).collect();
        districts.sort();
        districts.dedup();
        if districts.len() < 2 {
            return Places { schools: schools.to_vec(), districts: Vec::new(), district_of: vec![0; schools.len()] };
        }
        let district_of =
            schools.iter().map(|s| districts.binary_search(&s.district).unwrap_or_default() as u16).collect();
        Places { schools: schools.to_vec(), districts, district_of }
    }

    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.schools.len() + self.districts.len() + 1
    }

    #[must_use]
    pub fn total_row(&self) -> usize {
        self.n_rows() - 1
    }

    /// The row that a school's or district's counts add up to.
    #[must_use]
    pub fn parent(&self, row: usize) -> usize {
        if row < self.schools.len() && !self.districts.is_empty() {
            self.schools.len() + usize::from(self.district_of[row])
        } else {
            self.total_row()
        }
    }
}

/// How a condition is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cut {
    /// One value against all others, by place and grade.
    Cells(Grid),
    /// Three or more values: by school (the last row all schools, the last column all values), and
    /// by grade (the last row all grades).
    Values { values: Vec<String>, by_place: Grid, by_grade: Grid },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub key: String,
    pub label: String,
    /// The value counted in [`Cut::Cells`]: `Yes`, or the first of two values; else empty.
    pub value: String,
    /// Who the others are, as in `No or not recorded`; else empty.
    pub others: String,
    pub cut: Cut,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    pub places: Places,
    pub grades: Vec<Grade>,
    /// Rows as in `places`, a column per grade and one for all.
    pub whole: Grid,
    /// By row of `places`.
    pub tiers: Vec<[u32; 5]>,
    pub conditions: Vec<Condition>,
}

const NOT_RECORDED: &str = "not recorded";

impl Tables {
    /// Adds up records, all at once.
    #[must_use]
    pub fn new(schools: &[School], records: &[Record], attributes: &[Attribute], rule: Rule) -> Tables {
        let mut tables = Tables::of_all(schools, records);
        for attribute in attributes {
            tables.add(records, attribute, rule);
        }
        tables
    }

    /// All students, with no condition yet.
    #[must_use]
    pub fn of_all(schools: &[School], records: &[Record]) -> Tables {
        let places = Places::new(schools);
        let mut grades: Vec<Grade> = records.iter().map(|r| r.grade).collect();
        grades.sort_unstable();
        grades.dedup();
        let mut tables = Tables {
            whole: Grid::new(places.n_rows(), grades.len() + 1),
            tiers: vec![[0; 5]; places.n_rows()],
            conditions: Vec::new(),
            places,
            grades,
        };
        for r in records {
            let col = tables.grades.binary_search(&r.grade).unwrap_or_default();
            for row in tables.rows_of(r.school) {
                tables.tiers[row][r.tier.index()] += 1;
            }
            tables.count(r.school, col, r.chronic, None);
        }
        tables
    }

    /// Adds up one condition. Values with fewer students than the rule's minimum in the whole file join others.
    pub fn add(&mut self, records: &[Record], attribute: &Attribute, rule: Rule) {
        let condition = self.condition(records, attribute, rule);
        self.conditions.extend(condition);
    }

    fn rows_of(&self, school: u16) -> impl Iterator<Item = usize> + use<> {
        let school = usize::from(school);
        let parent = self.places.parent(school);
        let total = self.places.total_row();
        [school, parent, total].into_iter().take(if parent == total { 2 } else { 3 })
    }

    fn count(&mut self, school: u16, col: usize, chronic: bool, into: Option<&mut Grid>) {
        let last = self.grades.len();
        let rows = self.rows_of(school);
        let grid = into.unwrap_or(&mut self.whole);
        for row in rows {
            grid.add(row, col, chronic);
            grid.add(row, last, chronic);
        }
    }

    fn condition(&mut self, records: &[Record], attribute: &Attribute, rule: Rule) -> Option<Condition> {
        let (values, class_of) = classes(records, attribute, rule)?;
        let class = |r: &Record| class_of[usize::from(attribute.codes[r.student as usize])];
        let n_rows = self.places.n_rows();
        let cut = if values.len() == 2 {
            let mut grid = Grid::new(n_rows, self.grades.len() + 1);
            for r in records.iter().filter(|r| class(r) == 0) {
                let col = self.grades.binary_search(&r.grade).unwrap_or_default();
                self.count(r.school, col, r.chronic, Some(&mut grid));
            }
            Cut::Cells(grid)
        } else {
            let n_schools = self.places.schools.len();
            let mut by_place = Grid::new(n_schools + 1, values.len() + 1);
            let mut by_grade = Grid::new(self.grades.len() + 1, values.len() + 1);
            for r in records {
                let grade = self.grades.binary_search(&r.grade).unwrap_or_default();
                for col in [class(r), values.len()] {
                    by_place.add(usize::from(r.school), col, r.chronic);
                    by_place.add(n_schools, col, r.chronic);
                    by_grade.add(grade, col, r.chronic);
                    by_grade.add(self.grades.len(), col, r.chronic);
                }
            }
            Cut::Values { values: values.clone(), by_place, by_grade }
        };
        let two = values.len() == 2;
        Some(Condition {
            key: attribute.key.clone(),
            label: attribute.label.clone(),
            value: if two { values[0].clone() } else { String::new() },
            others: if two { values[1].clone() } else { String::new() },
            cut,
        })
    }
}

/// The values that are told apart, and for each code of the attribute its position among them.
/// `None` where fewer than two remain.
fn classes(records: &[Record], attribute: &Attribute, rule: Rule) -> Option<(Vec<String>, Vec<usize>)> {
    let mut n = vec![0u32; attribute.values.len() + 1];
    let mut chronic = n.clone();
    for r in records {
        let code = usize::from(attribute.codes[r.student as usize]);
        n[code] += 1;
        chronic[code] += u32::from(r.chronic);
    }
    // Groups of codes with their students; "Yes" first for a yes/no condition.
    let order: Vec<usize> = if attribute.is_yes_no() { vec![2, 1, 0] } else { (1..n.len()).chain([0]).collect() };
    let mut groups: Vec<(Vec<usize>, u32)> =
        order.into_iter().filter(|code| n[*code] > 0).map(|code| (vec![code], n[code])).collect();
    // Of three or more values, each must stand by itself in the whole file: enough students, and
    // neither nearly none nor nearly all of them chronically absent.
    let stands = |groups: &[(Vec<usize>, u32)], at: usize| {
        let (codes, students) = &groups[at];
        let with = codes.iter().map(|code| chronic[*code]).sum();
        *students >= rule.minimum() && (groups.len() < 3 || code(*students, with).is_none())
    };
    if attribute.is_yes_no() && groups.len() == 3 {
        let unknown = groups.remove(2);
        groups[1].0.extend(unknown.0);
        groups[1].1 += unknown.1;
    }
    while groups.len() > 1 {
        let weak = (0..groups.len()).filter(|at| !stands(&groups, *at)).min_by_key(|at| (groups[*at].1, *at));
        let Some(smallest) = weak else { break };
        let (codes, students) = groups.remove(smallest);
        let into = (0..groups.len()).min_by_key(|at| (groups[*at].1, *at))?;
        groups[into].0.extend(codes);
        groups[into].1 += students;
    }
    if groups.len() < 2 {
        return None;
    }
    let mut class_of = vec![0; n.len()];
    let mut names = Vec::new();
    for (class, (codes, _)) in groups.iter().enumerate() {
        let words: Vec<&str> = codes
            .iter()
            .map(|code| {
                class_of[*code] = class;
                if *code == 0 { NOT_RECORDED } else { attribute.values[*code - 1].as_str() }
            })
            .collect();
        names.push(words.join(" or "));
    }
    Some((names, class_of))
}

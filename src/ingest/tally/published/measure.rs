//! What a row of a long public file is about, as its cells say it: never are numbers of two measures one.

use super::super::super::group_headers;
use super::super::super::group_rows;
use super::super::super::problem::Kind as Why;
use super::super::super::roles::{self, Role};
use super::super::super::scan::Row;
use super::super::{ABSENT, Tally};
use super::cells::is_part;
use super::{GroupColumns, Groups};

/// A measure as the cells of a file name it.
pub(super) struct Measure {
    role: Option<Role>,
    /// The name, where it is that of chronic absence and does not say whether it is a number or a percent.
    bare: Option<String>,
}

/// The columns of a row's numbers.
pub(super) struct Told {
    pub(super) size: usize,
    pub(super) chronic: usize,
    pub(super) rate: usize,
    /// The measure does not say whether it is a number or a percent.
    pub(super) is_bare: bool,
    /// A number by its measure's name.
    pub(super) is_number: bool,
    /// The measure, where nobody knows what it is.
    pub(super) open: Option<u32>,
}

impl GroupColumns {
    /// A column that says what rows are about.
    pub(super) fn measured_by(&self) -> usize {
        self.variables.first().copied().unwrap_or(self.unit)
    }
}

impl Groups {
    /// Which columns a row's numbers stand in; `None` where they are about something else.
    pub(super) fn told(&mut self, columns: &GroupColumns, row: &Row<'_>, file: usize) -> Option<Told> {
        let GroupColumns { size, chronic, rate, value, unit, .. } = *columns;
        let mut told = Told { size, chronic, rate, is_bare: false, is_number: false, open: None };
        if value == ABSENT && unit != ABSENT {
            // A number and a percent of one school in two rows.
            let number = if rate == ABSENT { chronic } else { rate };
            (told.chronic, told.rate) = (number, ABSENT);
            if group_rows::is_percent_word(&String::from_utf8_lossy(row.get(unit)))? {
                (told.size, told.chronic, told.rate) = (ABSENT, ABSENT, number);
            }
        }
        let is_measure = |at: &&usize| value != ABSENT || **at != unit;
        if value == ABSENT && (!columns.is_measured || columns.variables.iter().find(is_measure).is_none()) {
            return Some(told);
        }
        let mut what = std::mem::take(&mut self.key);
        what.clear();
        what.extend_from_slice(&(file as u32).to_le_bytes());
        for &at in columns.variables.iter().filter(is_measure) {
            what.extend_from_slice(row.get(at));
            what.push(b' ');
        }
        let (at, new) = self.measures.intern(&what);
        if new {
            let name = String::from_utf8_lossy(&what[4..]).trim().to_string();
            let header = columns.headers.iter().find(|(at, _)| *at == rate).map_or("", |(_, header)| header);
            let role = match value {
                ABSENT => group_headers::of_measure(&name, header, size != ABSENT),
                _ => roles::of_group_header(&name),
            };
            self.measure_of
                .push(Measure { role, bare: Some(name).filter(|name| group_headers::is_bare_chronic(name)) });
        }
        self.key = what;
        let measure = &self.measure_of[at as usize];
        if value == ABSENT {
            let is_this = match measure.role {
                Some(Role::NotChronicRate) => columns.is_opposite,
                Some(Role::ChronicRate | Role::ChronicCount) => !columns.is_opposite,
                _ => false,
            };
            if is_this && !self.told_measures.contains(&file) {
                self.told_measures.push(file);
            }
            told.open = Some(at).filter(|_| !is_this);
            return Some(told).filter(|_| is_this || !columns.is_known);
        }
        match measure {
            Measure { bare: Some(name), .. } if !columns.is_number => {
                if self.bare_measures.get(&file).is_none() {
                    let _ = self.bare_measures.insert(file, name.clone());
                }
                told.rate = value;
                told.is_bare = true;
            }
            Measure { role: Some(Role::ChronicRate), .. } => {
                told.rate = value;
                if !self.rate_measures.contains(&file) {
                    self.rate_measures.push(file);
                }
            }
            // “Students chronically absent”, and the values are percents of them.
            Measure { role: Some(Role::ChronicCount), .. } if is_part(row.get(value)) => {
                told.rate = value;
                if !self.part_numbers.contains(&file) {
                    self.part_numbers.push(file);
                }
            }
            Measure { role: Some(Role::ChronicCount), .. } => {
                told.chronic = value;
                told.is_number = true;
            }
            Measure { role: Some(Role::GroupSize), .. } => told.size = value,
            _ => return None,
        }
        Some(told)
    }
}

impl Tally {
    /// Leaves out rows of measures that are not known, beside one that is or beside each other. Before anything is
    /// asked about the rows.
    pub(in super::super) fn settle_measures(&mut self) {
        let groups = &self.published;
        let file_of = |at: usize| groups.rows[at].file;
        let first = |file: usize| groups.open_rows.iter().find(|(at, _)| file_of(*at) == file).map(|(_, of)| *of);
        let mut out: Vec<usize> = Vec::new();
        for file in 0..self.readings.len() {
            let open = || groups.open_rows.iter().filter(|(at, _)| file_of(*at) == file);
            let is_told = groups.told_measures.contains(&file);
            if is_told || open().any(|(_, of)| Some(*of) != first(file)) {
                out.extend(open().map(|(at, _)| *at));
            }
        }
        for at in out {
            self.leave_out(at, Why::AnotherMeasure);
        }
    }
}

//! Whose row it is: the student, the stay, and what else the row says of them.

use super::super::problem::Kind;
use super::super::reading::{Ids, Layout};
use super::super::roles;
use super::super::scan::{NONE, Row};
use super::{ABSENT, Tally, UNIT, is_null, totals};

impl Tally {
    /// Whether a line names the school of the rows below it, as above a report or a block of it: `School: Oak`.
    /// Above the header the name may stand in a cell of its own.
    pub(super) fn school_line(&mut self, row: &Row<'_>, is_above: bool) -> bool {
        let first = row.get(0);
        if self.files[self.current].columns.school != ABSENT || !(is_above || first.contains(&b':')) {
            return false;
        }
        let text = String::from_utf8_lossy(first);
        let (name, value) = text.split_once(':').unwrap_or((&text, ""));
        let value = if value.trim().is_empty() { String::from_utf8_lossy(row.get(1)) } else { value.into() };
        let is_school = matches!(roles::normalise(name).as_str(), "school" | "schoolname" | "campus" | "building");
        let others = (2..row.len()).filter(|&at| !row.get(at).is_empty()).count();
        let value = value.trim();
        let is_all = matches!(roles::normalise(value).as_str(), "" | "all" | "allschools" | "name");
        if !is_school || is_all || others > 2 || Layout::Published == self.readings[self.current].layout {
            return false;
        }
        self.files[self.current].school_of_file = value.as_bytes().to_vec();
        true
    }

    /// The student and stay of a row, or `None` with the row set aside.
    #[inline]
    pub(super) fn who(&mut self, row: &Row<'_>) -> Option<(u32, u32)> {
        let columns = &self.files[self.current].columns;
        let id = row.get(columns.student);
        let mut school = if columns.school == ABSENT { &[][..] } else { row.get(columns.school) };
        let mut each_row = Vec::new();
        if (id.is_empty() || is_null(id)) && self.readings[self.current].ids == Some(Ids::EachRow) {
            each_row = format!("Row {}", row.line).into_bytes();
        }
        let id = if each_row.is_empty() { id } else { &each_row[..] };
        if id.is_empty() || is_null(id) {
            let column = columns.student;
            self.set_aside(Kind::NoStudent, row, column);
            return None;
        }
        if (school.is_empty() || is_null(school)) && columns.school != ABSENT {
            let column = columns.school;
            self.set_aside(Kind::NoSchool, row, column);
            return None;
        }
        if !self.school_names.is_empty()
            && let Some(at) = self.school_numbers.get(school)
        {
            school = &self.school_names[at as usize];
        }
        let of_file = &self.files[self.current].school_of_file;
        let given = columns.school != ABSENT || !of_file.is_empty();
        if columns.school == ABSENT {
            school = of_file;
        }
        let known = self.people.ids.len();
        let written = id;
        let id = if self.joins_numbers { plain_number(id) } else { id };
        let student = if self.ids == Some(Ids::WithinSchool) {
            let mut key = std::mem::take(&mut self.people.key);
            key.clear();
            key.extend_from_slice(id);
            key.push(UNIT);
            key.extend_from_slice(school);
            let student = self.people.student(&key);
            self.people.key = key;
            student
        } else {
            self.people.student(id)
        };
        if id.len() < written.len() {
            // The number is shown with its zeros.
            let written = written.strip_suffix(b".0").unwrap_or(written);
            let shown = self.people.written.entry(student).or_default();
            if shown.len() < written.len() {
                *shown = written.to_vec();
            }
        }
        let first = self.people.first_stay[student as usize];
        let stay = if !given && first != NONE {
            // A file without schools speaks of the school that another file gives.
            first
        } else {
            self.people.stay(student, school)
        };
        let columns = &self.files[self.current].columns;
        if columns.school_name != ABSENT {
            let school = self.people.stays[stay as usize].school as usize;
            let name = row.get(columns.school_name);
            let shown = &mut self.people.school_names[school];
            // Of two names the first by letter holds, whatever the order of rows.
            if !name.is_empty() && (shown.is_empty() || name < shown.as_bytes()) {
                *shown = String::from_utf8_lossy(name).into_owned();
            }
        }
        let names = [columns.name, columns.last_name, columns.first_name];
        let gives_name = names.iter().any(|at| *at != ABSENT);
        let gives_district = columns.district != ABSENT;
        if gives_name && self.people.names.of(student).is_empty() {
            self.note_name(student, row);
        }
        if gives_district {
            self.note_district(stay, row);
        }
        if known != self.people.ids.len() {
            self.first_files.push(self.current as u16);
            self.note_letters(row);
        }
        Some((student, stay))
    }

    /// Whether some numbers of one file are those of another without the zeros before them, which a spreadsheet
    /// drops, or with the “.0” that one adds. Two such numbers of one file, or of two schools, are two students.
    pub(super) fn numbers_differ_in_form(&self) -> bool {
        let people = &self.people;
        if self.files.len() < 2 {
            return false;
        }
        let schools = |student: usize| {
            let next = |at: &u32| Some(people.stays[*at as usize].next).filter(|at| *at != NONE);
            let first = Some(people.first_stay[student]).filter(|at| *at != NONE);
            std::iter::successors(first, next).map(|at| people.stays[at as usize].school)
        };
        let is_given = |school: &u32| !people.schools.text(*school).is_empty();
        let is_apart = |a: usize, b: usize| {
            let differ = schools(a).all(|school| schools(b).all(|other| other != school));
            self.first_files[a] == self.first_files[b]
                || differ && schools(a).all(|s| is_given(&s)) && schools(b).all(|s| is_given(&s))
        };
        let mut found = false;
        for at in 0..people.ids.len() {
            let id = people.ids.text(at as u32);
            let plain = plain_number(id);
            if plain.len() < id.len()
                && let Some(other) = people.ids.get(plain)
            {
                if is_apart(at, other as usize) {
                    return false;
                }
                found = true;
            }
        }
        found && !self.joins_numbers
    }

    /// Counts students whose number or name holds letters that are no UTF-8.
    #[cold]
    fn note_letters(&mut self, row: &Row<'_>) {
        let file = &mut self.files[self.current];
        let columns = &file.columns;
        let cells = [columns.student, columns.name, columns.last_name, columns.first_name, columns.school];
        if cells.iter().any(|&at| at != ABSENT && std::str::from_utf8(row.get(at)).is_err()) {
            file.bad_utf8 += 1;
            if file.bad_utf8_line == 0 {
                file.bad_utf8_line = row.line;
            }
        }
    }

    /// Notes the district of a school that has none yet.
    fn note_district(&mut self, stay: u32, row: &Row<'_>) {
        let text = row.get(self.files[self.current].columns.district);
        let district = &mut self.people.districts[self.people.stays[stay as usize].school as usize];
        if district.is_empty() && !text.is_empty() {
            *district = String::from_utf8_lossy(text).into_owned();
        }
    }

    #[cold]
    fn note_name(&mut self, student: u32, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        let text = |at: usize| String::from_utf8_lossy(if at == ABSENT { &[] } else { row.get(at) });
        let name = text(columns.name);
        if name.is_empty() {
            self.people.names.set(student, [&text(columns.last_name), &text(columns.first_name)]);
        } else {
            self.people.names.set(student, [&name, ""]);
        }
    }

    /// Grade, homeroom and conditions of a row.
    #[inline]
    pub(super) fn note_traits(&mut self, student: u32, stay: u32, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        if columns.grade != ABSENT {
            self.people.note_grade(stay, row.get(columns.grade));
        }
        if columns.homeroom != ABSENT {
            self.people.note_homeroom(stay, row.get(columns.homeroom));
        }
        for &(column, condition) in &columns.conditions {
            self.people.note_condition(student, condition, row.get(column));
        }
    }

    pub(super) fn roster_row(&mut self, row: &Row<'_>) {
        let columns = &self.files[self.current].columns;
        if columns.school_number != ABSENT && columns.school_name == ABSENT && columns.school != ABSENT {
            let (number, name) = (row.get(columns.school_number), row.get(columns.school));
            let both = !number.is_empty() && !name.is_empty() && number != name;
            if both && self.school_numbers.intern(number).1 {
                self.school_names.push(name.to_vec());
            }
        }
        let Some((student, stay)) = self.who(row) else { return };
        self.enrolment.listed.insert(student);
        if !self.note_span(row, stay) {
            return;
        }
        self.note_traits(student, stay, row);
        let column = self.files[self.current].columns.enrolled;
        if column != ABSENT {
            match totals::days(row.get(column)) {
                Ok(Some(days)) => self.people.stays[stay as usize].enrolled = Some(days),
                Ok(None) => {}
                Err(kind) => return self.set_aside(kind, row, column),
            }
        }
        self.files[self.current].account.rows_used += 1;
    }
}

/// A number without zeros before it and without “.0” behind it; anything else as it is.
fn plain_number(id: &[u8]) -> &[u8] {
    let digits = id.strip_suffix(b".0").unwrap_or(id);
    if !digits.iter().all(u8::is_ascii_digit) {
        return id;
    }
    let zeros = digits.iter().take_while(|b| **b == b'0').count();
    if zeros < digits.len() { &digits[zeros..] } else { id }
}

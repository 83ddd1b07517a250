//! What columns of a file of students are where their values tell more than their headers: whose number it is,
//! whose absences, what a blank cell says.

use super::dates::{self, DateOrder};
use super::measures;
use super::reading::Column;
use super::roles::{self, Role};
use super::scan::Interner;
use crate::attendance::Days;

/// “ID” alone is the student's where a name or days stand beside it; in a file of days only where it comes again.
pub(super) fn row_id(columns: &mut [Column], rows: &[Vec<String>], of_groups: bool) {
    let has = |test: &dyn Fn(&Role) -> bool| columns.iter().any(|c| test(&c.role));
    let Some(at) = columns.iter().position(|c| roles::normalise(&c.header) == "id") else { return };
    if of_groups || has(&|role| *role == Role::Student) || columns[at].role != Role::NotUsed {
        return;
    }
    // Beside names it is the row's where it counts the rows, or is new where a name comes again.
    let name = columns.iter().position(|c| c.role == Role::Name);
    let counts_rows =
        rows.iter().enumerate().all(|(row, cells)| cells.get(at).and_then(|id| id.parse().ok()) == Some(row + 1));
    if name.is_some_and(|name| counts_rows || repeats(rows, name) && !repeats(rows, at)) {
        return;
    }
    let may_be = match has(&|role| *role == Role::Date) {
        true => repeats(rows, at),
        false => has(&|role| measures::is_measure(role) || matches!(role, Role::Name | Role::LastName | Role::Entry)),
    };
    if may_be {
        columns[at].role = Role::Student;
    }
}

/// Whether a value of a column comes again.
fn repeats(rows: &[Vec<String>], at: usize) -> bool {
    let mut seen = Interner::default();
    rows.iter().filter_map(|row| row.get(at)).any(|id| !id.is_empty() && !seen.intern(id.as_bytes()).1)
}

/// In a file of days a number that no two rows share is the row's own; of two that could be the student's, the
/// one that comes again is.
pub(super) fn other_student(columns: &mut [Column], rows: &[Vec<String>]) {
    let at = |role: Role| columns.iter().position(|c| c.role == role);
    let (Some(first), Some(_)) = (at(Role::Student), at(Role::Date)) else { return };
    let is_other = |at: &usize| {
        columns[*at].role == Role::NotUsed && roles::of_header(&columns[*at].header) == Some(Role::Student)
    };
    if !repeats(rows, first)
        && let Some(other) = (0..columns.len()).filter(is_other).find(|&at| repeats(rows, at))
    {
        columns[first].role = Role::NotUsed;
        columns[first].why = "Every row has another one".into();
        columns[other].role = Role::Student;
        columns[other].why = String::new();
    }
}

/// A pivot table does not name its first column: it holds students where each row has another number or name.
pub(super) fn pivot(columns: &mut [Column], rows: &[Vec<String>]) {
    let Some(at) = columns.iter().position(|c| roles::normalise(&c.header) == "rowlabels") else { return };
    let is_student = |c: &Column| matches!(c.role, Role::Student | Role::Date | Role::Status);
    if columns.iter().any(is_student) || columns[at].role != Role::NotUsed {
        return;
    }
    let of_student = |id: &str| id.contains(',') || !id.contains(' ') && id.bytes().any(|b| b.is_ascii_digit());
    let mut seen = Interner::default();
    let mut all = rows.iter().filter_map(|row| row.get(at)).filter(|id| !id.to_ascii_lowercase().ends_with("total"));
    if all.all(|id| of_student(id) && seen.intern(id.as_bytes()).1) && seen.len() > 1 {
        columns[at].role = Role::Student;
        columns[at].why = "Each row of the pivot table has another one".into();
    }
}

/// First and last day beside days missed, of which most or all lie between them: an absence, not an enrolment.
pub(super) fn absence_spans(columns: &mut [Column], rows: &[Vec<String>]) {
    let at = |role: Role| columns.iter().position(|c| c.role == role);
    let told = [Role::Date, Role::DaysEnrolled, Role::DaysPresent, Role::PercentAbsent, Role::PercentPresent];
    let (Some(first), Some(last), Some(days)) = (at(Role::Entry), at(Role::Exit), at(Role::DaysAbsent)) else { return };
    if told.into_iter().any(|role| at(role).is_some()) {
        return;
    }
    let is_absence = |row: &&Vec<String>| {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        let Some(missed) = Days::parse(cell(days)) else { return false };
        [DateOrder::MonthFirst, DateOrder::DayFirst].into_iter().any(|order| {
            let (from, to) = (dates::read(cell(first)).under(order), dates::read(cell(last)).under(order));
            // Two days in seven are a weekend's.
            from.zip(to).is_some_and(|(from, to)| {
                let length = i64::from(to.0 - from.0) + 1;
                length > 0 && missed.thousandths() * 2 >= length.min(1 + length * 5 / 7) * 1000 - 1
            })
        })
    };
    if rows.iter().filter(is_absence).count() * 2 > rows.len() {
        columns[first].role = Role::Date;
        columns[first].why = "The first day of an absence".into();
        columns[last].role = Role::NotUsed;
        columns[last].why = "The last day of an absence".into();
    }
}

/// A percent in a row for each student and day is the part of that day, and nearly always nothing or all of it.
pub(super) fn share_of_day(columns: &mut [Column], rows: &[Vec<String>]) {
    let at = |role: &Role| columns.iter().position(|c| c.role == *role);
    let others = [Role::Status, Role::PartAbsent, Role::PartPresent, Role::DaysEnrolled, Role::DaysAbsent];
    if at(&Role::Date).is_some() && at(&Role::PartAbsent).is_none() {
        let of_day = |c: &Column| c.role == Role::PercentAbsent && roles::normalise(&c.header).contains("ofday");
        if let Some(part) = columns.iter().position(|c| of_day(c) && !roles::normalise(&c.header).contains("ofdays")) {
            columns[part].role = Role::PartAbsent;
            return;
        }
    }
    let is_by_day = at(&Role::Date).is_some() && at(&Role::Student).is_some_and(|student| repeats(rows, student));
    if !is_by_day || others.iter().any(|role| at(role).is_some()) {
        return;
    }
    for (percent, part) in [(Role::PercentAbsent, Role::PartAbsent), (Role::PercentPresent, Role::PartPresent)] {
        let Some(at) = at(&percent) else { continue };
        let is_whole =
            |row: &&Vec<String>| matches!(row.get(at).map(String::as_str), Some("0%" | "100%" | "0.0%" | "100.0%"));
        if rows.iter().filter(is_whole).count() * 5 >= rows.len() * 4 {
            columns[at].role = part;
            return;
        }
    }
}

/// Places and students that stand in the first row of their block only. Where a value is missing, others come
/// again; of merged cells none does.
pub(super) fn merged_cells(columns: &mut [Column], rows: &[Vec<String>]) {
    // In a file of totals a row without a student is a sum, unless each row is of a term.
    let is_told = |at: usize| rows.iter().all(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
    let is_dated = columns.iter().any(|c| c.role == Role::Date)
        || columns.iter().position(|c| c.role == Role::Term).is_some_and(is_told);
    let is_person = |c: &Column| matches!(c.role, Role::Student | Role::Name | Role::LastName | Role::FirstName);
    let people: Vec<usize> = (0..columns.len()).filter(|&at| is_person(&columns[at])).collect();
    for (at, column) in columns.iter_mut().enumerate() {
        let may_be = match column.role {
            Role::School | Role::SchoolNumber | Role::Homeroom => true,
            _ if is_person(column) => is_dated,
            _ => false,
        };
        let has_cell = |row: &Vec<String>, at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        let cell = |row: &Vec<String>| has_cell(row, at);
        // Whoever is named otherwise is another one.
        let is_named = |row: &Vec<String>| !cell(row) && people.iter().any(|&at| has_cell(row, at));
        if people.contains(&at) && rows.iter().any(is_named) {
            continue;
        }
        let filled = rows.iter().filter(|row| cell(row)).count();
        if !may_be || filled * 3 > rows.len() * 2 || !rows.first().is_some_and(cell) {
            continue;
        }
        let mut seen = Interner::default();
        if rows.iter().filter(|row| cell(row)).all(|row| seen.intern(row[at].as_bytes()).1) {
            column.carried = true;
            column.why = "A blank cell says the same as the one above it".into();
        }
    }
}

/// Attendance taken by class: several rows for one student and day that differ in the class. Then the
/// class tells the periods apart, beside their number or in its place.
pub(super) fn classes(columns: &mut [Column], rows: &[Vec<String>]) {
    let is_class = |header: &str| {
        matches!(
            roles::normalise(header).as_str(),
            "section"
                | "sectionid"
                | "class"
                | "classid"
                | "course"
                | "courseid"
                | "coursesection"
                | "classsection"
                | "sectionnumber"
        )
    };
    let at = |role: &Role| columns.iter().position(|c| c.role == *role);
    let (Some(student), Some(date)) = (at(&Role::Student), at(&Role::Date)) else { return };
    let period = at(&Role::Period);
    let Some(class) =
        columns.iter().position(|c| matches!(c.role, Role::Homeroom | Role::NotUsed) && is_class(&c.header))
    else {
        return;
    };
    fn cell(row: &[String], at: usize) -> &str {
        row.get(at).map_or("", String::as_str)
    }
    let mut keys = Interner::default();
    let mut classes: Vec<&str> = Vec::new();
    let by_class = rows.iter().any(|row| {
        let day = [cell(row, student), cell(row, date), period.map_or("", |at| cell(row, at))].join("\u{1f}");
        let (at, new) = keys.intern(day.as_bytes());
        if new {
            classes.push(cell(row, class));
        }
        classes[at as usize] != cell(row, class)
    });
    if by_class {
        columns[class].role = Role::Section;
        columns[class].why = "Several rows for one student and day differ in it".into();
    }
}

/// Whether the words of a column belong to the codes: notes of single rows differ within one.
pub(super) fn describes(columns: &[Column], rows: &[Vec<String>], meaning: usize) -> bool {
    let Some(status) = columns.iter().position(|c| c.role == Role::Status) else { return false };
    let mut codes = Interner::default();
    let mut words: Vec<&String> = Vec::new();
    rows.iter().filter_map(|row| row.get(status).zip(row.get(meaning))).all(|(code, said)| {
        let (at, new) = codes.intern(code.as_bytes());
        if new {
            words.push(said);
        }
        words[at as usize] == said
    })
}

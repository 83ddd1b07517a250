//! Columns of a public file that show in its rows, whatever they are called: those that tell groups of students
//! apart, and the one that says what a row's numbers are.

use super::group_headers;
use super::reading::Column;
use super::roles::{self, Role};
use crate::attendance::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Finds them among the columns that have no role yet.
pub(super) fn settle(columns: &mut [Column], rows: &[Vec<String>]) {
    measures(columns);
    groups(columns, rows);
}

/// Whether rows are about chronic absence by their cells alone, of places and of no student.
pub(super) fn is_about_places(header: &[String], rows: &[Vec<String>]) -> bool {
    let is_place = |name: &String| matches!(roles::of_header(name), Some(Role::School | Role::District));
    header.iter().any(is_place)
        && !header.iter().any(|name| group_headers::is_of_student(name))
        && rows.iter().take(50).flatten().any(|cell| group_headers::is_about_chronic(cell))
}

/// Whether the cells of a column say that rows are about chronic absence.
pub(super) fn names_measure(column: &Column) -> bool {
    column.role == Role::Variable && names_chronic(column)
}

fn names_chronic(column: &Column) -> bool {
    column.samples.iter().any(|cell| group_headers::is_about_chronic(cell))
}

/// Where no header is about chronic absence the cells of a column can be: a long file.
fn measures(columns: &mut [Column]) {
    let is_told = |c: &Column| matches!(c.role, Role::ChronicCount | Role::ChronicRate);
    if columns.iter().any(is_told) || columns.iter().any(names_measure) {
        return;
    }
    let is_open = |c: &Column| matches!(c.role, Role::NotUsed | Role::Category) && c.why != super::group_words::SEVERAL;
    if let Some(column) = columns.iter_mut().find(|c| is_open(c) && names_chronic(c)) {
        column.role = Role::Variable;
        column.why = "Its values name chronic absence".into();
    }
}

/// Columns that say “all” or a group of students in one row of a school and something else in another.
fn groups(columns: &mut [Column], rows: &[Vec<String>]) {
    let cell = |row: &[String], at: usize| row.get(at).map_or(String::new(), |cell| cell.trim().to_string());
    let places: Vec<usize> = (0..columns.len())
        .filter(|&at| matches!(columns[at].role, Role::School | Role::SchoolNumber | Role::District | Role::Year))
        .collect();
    // Whether a value of one column goes with a single value of another.
    let decides = |from: &[usize], to: usize| {
        let mut known: BTreeMap<Vec<String>, String> = BTreeMap::new();
        !from.is_empty()
            && rows.iter().all(|row| {
                let key = from.iter().map(|&at| cell(row, at)).collect();
                let value = cell(row, to);
                *known.entry(key).or_insert_with(|| value.clone()) == value
            })
    };
    // Spans of grades and parts of the year tell rows apart whatever their values are.
    let is_always = |header: &str| group_headers::is_of_grades(header) || group_headers::is_of_period(header);
    let tells_apart = |at: usize| {
        let is_told = is_always(&columns[at].header);
        let mut seen: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        let is_group = |value: &String| group_headers::is_everyone(value) || group_headers::is_group(value);
        rows.iter().any(|row| {
            let values = seen.entry(places.iter().map(|&at| cell(row, at)).collect()).or_default();
            let value = cell(row, at);
            if !values.contains(&value) {
                values.push(value);
            }
            values.len() > 1 && (is_told || values.iter().any(is_group))
        })
    };
    // Under any header, “All Students” beside “Female” says what the column holds.
    let names_groups = |c: &Column| {
        c.samples.iter().any(|v| !v.is_empty() && group_headers::is_everyone(v))
            && c.samples.iter().any(|v| group_headers::is_group(v))
    };
    let may_be = |c: &Column| {
        let is_period = group_headers::is_of_period(&c.header);
        let is_named = is_period || group_headers::may_be_of_groups(&c.header) || names_groups(c);
        let is_number = |v: &String| v.is_empty() || Decimal::parse(v.trim()).is_some();
        let are_numbers = c.samples.iter().all(is_number) && !is_always(&c.header);
        c.role == Role::NotUsed && c.why.is_empty() && is_named && !are_numbers
    };
    let found: Vec<usize> = (0..columns.len()).filter(|&at| may_be(&columns[at]) && tells_apart(at)).collect();
    for at in found {
        let known: Vec<usize> = (0..columns.len()).filter(|&at| columns[at].role == Role::Category).collect();
        if decides(&known, at) {
            columns[at].why = FINER.into();
            continue;
        }
        for other in known {
            if decides(&[at], other) {
                columns[other].role = Role::NotUsed;
                columns[other].why = FINER.into();
            }
        }
        // Each value a year of its own: no months and no dates.
        let is_date = |v: &str| v.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count() > 2;
        let samples = || columns[at].samples.iter().filter(|v| !is_date(v));
        let years: BTreeSet<u32> = samples().filter_map(|v| super::group_words::year(v)).collect();
        if group_headers::is_of_period(&columns[at].header)
            && years.len() == columns[at].samples.len()
            && !columns.iter().any(|c| c.role == Role::Year)
        {
            columns[at].role = Role::Year;
            columns[at].why = "Its values are years".into();
            continue;
        }
        let of_grades =
            group_headers::is_of_grades(&columns[at].header) && !columns.iter().any(|c| c.role == Role::Grade);
        columns[at].role = if of_grades { Role::Grade } else { Role::Category };
        columns[at].why = "It tells rows of one school apart".into();
    }
}

/// Whether a cell says no more than that the row is a percent, or that it is a number.
#[must_use]
pub(super) fn is_percent_word(cell: &str) -> Option<bool> {
    let name = roles::normalise(cell);
    let is = |list: &str| super::group_words::is_one_of(&name, list);
    if is("percent percentage pct rate % perc proportion percents percentages rates") {
        Some(true)
    } else if is("count counts number numbers n # num students numberofstudents headcount studentcount") {
        Some(false)
    } else {
        None
    }
}

/// The column whose cells say whether a row is a number or a percent.
pub(super) fn unit_column(columns: &[Column]) -> Option<usize> {
    columns.iter().position(|c| c.role == Role::Variable && says_unit(c))
}

fn says_unit(column: &Column) -> bool {
    let told: Vec<Option<bool>> = column.samples.iter().map(|cell| is_percent_word(cell)).collect();
    told.contains(&Some(true)) && told.contains(&Some(false)) && !told.contains(&None)
}

/// Where each school has a row with a number and another with a percent, the column that says which.
fn units(columns: &mut [Column]) {
    let has = |role: Role| columns.iter().any(|c| c.role == role);
    let is_one = has(Role::ChronicCount) != has(Role::ChronicRate) || has(Role::Value);
    let is_open = |c: &Column| matches!(c.role, Role::NotUsed | Role::Category | Role::Filter);
    if let Some(column) = columns.iter_mut().find(|c| is_one && is_open(c) && says_unit(c)) {
        column.role = Role::Variable;
        column.why = "Its values say which rows are numbers and which percents".into();
    }
}

/// Where rows are about students who are not chronically absent, and none about those who are, their percent tells
/// the rest. After numbers without a name were given a role.
pub(super) fn opposites(columns: &mut [Column], rows: &[Vec<String>]) {
    units(columns);
    let Some(measure) = columns.iter().position(|c| c.role == Role::Variable) else { return };
    let is_open = |c: &Column| c.role == Role::ChronicRate && group_headers::is_bare_rate(&c.header);
    let Some(rate) = columns.iter().position(is_open) else { return };
    let is_counted = columns.iter().any(|c| c.role == Role::GroupSize);
    let roles: BTreeSet<&str> = rows.iter().filter_map(|row| row.get(measure)).map(String::as_str).collect();
    let of = |name: &&str| group_headers::of_measure(name, &columns[rate].header, is_counted);
    let has = |wanted: fn(&Role) -> bool| roles.iter().filter_map(of).any(|role| wanted(&role));
    if has(|role| matches!(role, Role::ChronicCount | Role::ChronicRate)) || !has(|role| *role == Role::NotChronicRate)
    {
        return;
    }
    columns[rate].role = Role::NotChronicRate;
    columns[rate].why = "The rest of 100 % are chronically absent".into();
    for column in columns.iter_mut().filter(|c| c.role == Role::ChronicCount) {
        column.role = Role::NotUsed;
        column.why = "It is not the chronically absent".into();
    }
}

const FINER: &str = "Another column is finer";

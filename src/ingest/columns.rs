//! What each column is, proposed from its header and borne out by its first values.

use super::READS_PUBLIC_FILES;
use super::cell_words;
use super::codes::{self, CodeMap, Meaning};
use super::column_values;
use super::dates::{self, ReadDate};
use super::group_headers;
use super::group_places;
use super::group_rows;
use super::group_words;
use super::header_words::{self, Unit};
use super::measures;
use super::reading::{Column, is_hidden};
use super::roles::{self, Role};
use super::wide_header;
use crate::attendance::{Days, Decimal, order};

/// Whether a header names a student for certain: such a file is none of places.
#[must_use]
pub fn names_a_student(header: &str) -> bool {
    let role = roles::of_header(header);
    role == Some(Role::Student) || matches!(role, Some(Role::Name | Role::LastName)) && !group_headers::is_name(header)
}

/// Proposes what each column is, from its header and first values.
#[must_use]
pub fn propose_columns(header: &[String], rows: &[Vec<String>]) -> Vec<Column> {
    let is_place = READS_PUBLIC_FILES && group_headers::names_a_place(header);
    let names_student = |name: &String| {
        matches!(roles::of_header(name), Some(Role::Student | Role::Name | Role::LastName))
            && !(is_place && group_headers::is_name(name))
    };
    let of_groups = READS_PUBLIC_FILES
        && !header.iter().any(names_student)
        && (header.iter().any(|name| group_headers::is_of_groups(name)) || group_rows::is_about_places(header, rows));
    let mut columns: Vec<Column> = header
        .iter()
        .enumerate()
        .map(|(at, name)| Column {
            header: name.clone(),
            role: Role::NotUsed,
            why: String::new(),
            samples: samples(rows, at),
            twin: false,
            chosen: false,
            carried: false,
        })
        .collect();
    let is_date = |name: &String| roles::of_header(name) == Some(Role::Date) && !wide_header::is_day(name);
    let has_date = !of_groups && header.iter().any(is_date);
    // Where a code stands beside what it means, how it counts is no code.
    let is_list = !has_date
        && !header.iter().any(names_student)
        && header.iter().any(|name| roles::of_header(name) == Some(Role::Meaning));
    let of_header = |name: &str| match roles::of_header(name) {
        Some(Role::Status) if is_list && roles::normalise(name).starts_with("presence") => Some(Role::Presence),
        role => role,
    };
    let is_named = |header: &str| ["name", "nm", "nam"].iter().any(|end| roles::normalise(header).ends_with(end));
    let is_number = |header: &str| {
        let name = roles::normalise(header);
        ["id", "code", "number", "no", "num", "irn"].iter().any(|end| name.ends_with(end))
    };
    let days = wide_header::propose(header, has_date);
    let earlier = measures::earlier_years(header);
    for at in 0..columns.len() {
        if earlier[at] && !of_groups && days[at].is_none() {
            columns[at].why = "Another column is of a later year".into();
            continue;
        }
        let named = match of_groups {
            true => roles::of_group_header(&columns[at].header).or_else(|| {
                if is_place && group_headers::is_name(&columns[at].header) {
                    return Some(Role::School);
                }
                if matches!(roles::normalise(&columns[at].header).as_str(), "level" | "type")
                    && columns[at].samples.iter().any(|v| group_places::is_school_level(v).is_some())
                {
                    return Some(Role::Level);
                }
                let is_place = |role: &Role| {
                    matches!(role, Role::School | Role::SchoolNumber | Role::District | Role::Grade | Role::Year)
                };
                let role = roles::of_header(&columns[at].header).filter(is_place);
                // A grade with a number behind it, of which there are several, counts the students in it.
                let ends_in_number = |name: &String| name.ends_with(|c: char| c.is_ascii_digit());
                let is_grade = |name: &&String| ends_in_number(name) && roles::of_header(name) == Some(Role::Grade);
                if role == Some(Role::Grade)
                    && ends_in_number(&header[at])
                    && header.iter().filter(is_grade).count() > 1
                {
                    return None;
                }
                let is_district = |name: &String| roles::of_header(name) == Some(Role::District);
                let place = || {
                    group_places::of_place_header(&columns[at].header).filter(|role| {
                        let are_digits = |v: &String| v.bytes().all(|b| b.is_ascii_digit());
                        let is_free = |other: &Column| {
                            is_named(&columns[at].header)
                                && (is_number(&other.header) || other.samples.iter().all(are_digits))
                        };
                        *role != Role::District || columns.iter().all(|c| !is_district(&c.header) || is_free(c))
                    })
                };
                role.or_else(place)
            }),
            false => days[at].clone().or_else(|| of_header(&columns[at].header)),
        };
        let Some(role) = named else { continue };
        let is_date = role == Role::Date;
        let role = fitted(role, &columns[at].samples, rows, at);
        if role == Role::NotChronicRate {
            // Of several the one for all students of the school is found below.
            columns[at].role = role;
            continue;
        }
        if role == Role::NotUsed {
            if is_date {
                columns[at].why = "Fewer than half of its values are dates with a year".into();
            }
            continue;
        }
        if (role.is_single() || role == Role::Category)
            && let Some(other) = columns.iter_mut().find(|c| c.role == role)
        {
            // Of the kind of group and the group the finer one tells rows apart.
            let n = samples(rows, at).len();
            let is_value = roles::normalise(&header[at]).ends_with("value") && n == other.samples.len();
            if role == Role::Category && (other.samples.len() < n || is_value) {
                other.role = Role::NotUsed;
                other.why = "Another column is finer".into();
                columns[at].role = role;
                continue;
            }
            // A school's number in a column headed “School”, and its name in another.
            let are_numbers = |samples: &[String]| {
                samples.iter().all(|v| v.trim_start_matches('\'').bytes().all(|b| b.is_ascii_digit()))
            };
            if of_groups && role == Role::School && are_numbers(&other.samples) && !are_numbers(&samples(rows, at)) {
                other.role = Role::SchoolNumber;
                columns[at].role = role;
                continue;
            }
            if of_groups
                && matches!(role, Role::School | Role::SchoolNumber)
                && group_places::is_weak(&other.header)
                && !group_places::is_weak(&header[at])
            {
                other.role = if role == Role::School { Role::District } else { Role::NotUsed };
                columns[at].role = role;
                continue;
            }
            // Of a district's name and its number the name is shown.
            if role == Role::District
                && (is_named(&header[at]) && !is_named(&other.header)
                    || of_groups && is_number(&other.header) && !is_number(&header[at]))
            {
                other.role = Role::NotUsed;
                columns[at].role = role;
                continue;
            }
            let used = format!("“{}” is already used for this", header[at]);
            if measures::says_more(&role, &header[at]) > measures::says_more(&role, &other.header) {
                other.role = Role::NotUsed;
                other.why = used;
                columns[at].role = role;
                continue;
            }
            columns[at].why = format!("“{}” is already used for this", other.header);
            continue;
        }
        columns[at].role = role;
    }
    // Of several columns that could hold the status, the one whose codes are known best.
    let known = |at: usize| {
        let codes = columns[at].samples.iter().filter(|c| !c.is_empty());
        let n = codes.clone().count().max(1);
        codes.filter(|c| codes::known(c).is_some()).count() * 100 / n
    };
    let could_be: Vec<usize> =
        (0..columns.len()).filter(|&at| of_header(&columns[at].header) == Some(Role::Status)).collect();
    if let Some(&best) = could_be.iter().rev().max_by_key(|&&at| known(at))
        && columns.iter().any(|c| c.role == Role::Status)
        && columns[best].role != Role::Status
    {
        for at in could_be {
            columns[at].role = if at == best { Role::Status } else { Role::NotUsed };
            columns[at].why = String::new();
        }
    }
    let has = |columns: &[Column], role: &Role| columns.iter().any(|c| c.role == *role);
    let turn = |columns: &mut [Column], from: Role, to: Role| {
        if !columns.iter().any(|c| c.role == to)
            && let Some(column) = columns.iter_mut().find(|c| c.role == from)
        {
            column.role = to;
        }
    };
    column_values::row_id(&mut columns, rows, of_groups);
    let is_staff = |name: &String| ["employee", "staffid"].iter().any(|who| roles::normalise(name).contains(who));
    if !header.iter().any(is_staff) {
        turn(&mut columns, Role::Name, Role::Student);
    }
    column_values::other_student(&mut columns, rows);
    column_values::pivot(&mut columns, rows);
    if of_groups {
        if header.iter().any(|name| group_headers::is_percent_of_all(name)) {
            for column in columns.iter_mut().filter(|c| matches!(c.role, Role::Share(_))) {
                column.role = Role::NotUsed;
                column.why = "It stands beside the same percent of all students".into();
            }
        }
        group_words::settle_columns(&mut columns);
        group_rows::settle(&mut columns, rows);
        group_words::settle_opposite(&mut columns);
        bare_numbers(&mut columns);
        group_rows::opposites(&mut columns, rows);
    } else {
        measures::settle(&mut columns, rows);
        turn(&mut columns, Role::SchoolNumber, Role::School);
    }
    column_values::absence_spans(&mut columns, rows);
    column_values::share_of_day(&mut columns, rows);
    if !has(&columns, &Role::Date) && !has(&columns, &Role::DaysAbsent) {
        // Without a date no part of a day is meant.
        let is_days = |c: &&mut Column| {
            c.role == Role::PartAbsent && header_words::measure(&c.header) == Some((Role::DaysAbsent, Unit::Days))
        };
        if let Some(column) = columns.iter_mut().find(is_days) {
            column.role = Role::DaysAbsent;
        }
    }
    let codes_known =
        columns.iter().find(|c| c.role == Role::Status).is_some_and(|c| c.samples.iter().any(|s| is_attendance(s)));
    if has(&columns, &Role::Date) && !has(&columns, &Role::Student) && !codes_known {
        // A day and what kind of day it is, and nobody's attendance.
        turn(&mut columns, Role::Status, Role::InSession);
    }
    if has(&columns, &Role::Date)
        && ![Role::Status, Role::PartAbsent, Role::PartPresent].iter().any(|r| has(&columns, r))
    {
        // Some systems call the code of an absence its reason.
        let sums = [Role::DaysAbsent, Role::DaysPresent].iter().any(|r| has(&columns, r));
        if !sums && has(&columns, &Role::Student) {
            turn(&mut columns, Role::Reason, Role::Status);
        }
    }
    if has(&columns, &Role::Date) && has(&columns, &Role::Status) {
        column_values::classes(&mut columns, rows);
        if let Some(meaning) = columns.iter().position(|c| c.role == Role::Meaning)
            && !column_values::describes(&columns, rows, meaning)
        {
            columns[meaning].role = Role::NotUsed;
            columns[meaning].why = "It differs between rows of one code".into();
        }
    }
    if has(&columns, &Role::Date) {
        // Beside a date these are parts of one day, not sums; or the days from that date on, which is asked.
        let by_period = has(&columns, &Role::Period) || has(&columns, &Role::Section);
        if !has(&columns, &Role::Status) {
            turn(&mut columns, Role::DaysAbsent, Role::PartAbsent);
            if !has(&columns, &Role::PartAbsent) {
                turn(&mut columns, Role::DaysPresent, Role::PartPresent);
            }
        } else if !by_period && ![Role::PartAbsent, Role::PartPresent].iter().any(|r| has(&columns, r)) {
            turn(&mut columns, Role::DaysAbsent, Role::PartAbsent);
            let is_length = |c: &&mut Column| {
                let name = roles::normalise(&c.header);
                c.role == Role::NotUsed
                    && matches!(
                        name.as_str(),
                        "days" | "noofdays" | "numberofdays" | "numdays" | "#ofdays" | "daycount"
                    )
                    && c.samples.iter().all(|v| v.is_empty() || Days::parse(v).is_some())
            };
            if !has(&columns, &Role::PartAbsent)
                && let Some(column) = columns.iter_mut().find(is_length)
            {
                column.role = Role::PartAbsent;
            }
        }
    } else {
        turn(&mut columns, Role::Period, Role::Term);
    }
    if !of_groups {
        column_values::merged_cells(&mut columns, rows);
    }
    for (at, column) in columns.iter_mut().enumerate() {
        if column.role != Role::NotUsed && column.why.is_empty() {
            column.why = why(column, rows, at);
        }
    }
    columns
}

/// Whether a code is surely about a student's attendance, not about a day of the calendar.
fn is_attendance(code: &str) -> bool {
    codes::known(code).is_some_and(|meaning| meaning != Meaning::NotCounted)
}

/// In a public file, numbers whose headers do not say of whom: taken as they most often are, and asked.
fn bare_numbers(columns: &mut [Column]) {
    bare_chronic(columns);
    let has = |columns: &[Column], role: Role| columns.iter().any(|c| c.role == role);
    let give = |columns: &mut [Column], role: Role, is: fn(&str) -> bool| {
        let is_free = |c: &Column| c.role == Role::NotUsed && c.why != group_words::LATER;
        // Students counted over the whole year are those of whom the chronically absent are counted.
        let of_year = columns
            .iter()
            .position(|c| is_free(c) && is(&c.header) && roles::normalise(&c.header).contains("cumulative"));
        let found = of_year.or_else(|| columns.iter().position(|c| is_free(c) && is(&c.header)));
        let found = found.map(|at| &mut columns[at]);
        let is_found = found.is_some();
        if let Some(column) = found {
            column.role = role;
        }
        is_found
    };
    if has(columns, Role::ChronicCount) && !has(columns, Role::GroupSize) {
        // The chronically absent have a column of their own: these are all students.
        let _ = give(columns, Role::GroupSize, group_headers::is_enrollment)
            || give(columns, Role::GroupSize, group_headers::is_bare_count)
            || has(columns, Role::ChronicRate)
            || give(columns, Role::ChronicRate, group_headers::is_bare_rate);
        return;
    }
    let is_measured = columns.iter().any(group_rows::names_measure);
    if (has(columns, Role::ChronicRate) || has(columns, Role::NotChronicRate))
        && !has(columns, Role::GroupSize)
        && give(columns, Role::GroupSize, group_headers::is_enrollment)
    {
        // The percent may leave out who was enrolled for a few days only.
        let all = columns.iter_mut().find(|c| c.role == Role::GroupSize);
        all.into_iter().for_each(|c| c.why = "All students enrolled; the percent may be of somewhat fewer".into());
    }
    if !has(columns, Role::Category) && !has(columns, Role::ChronicRate) && !is_measured {
        return;
    }
    let of_chronic = |c: &Column| {
        matches!(c.role, Role::ChronicCount | Role::ChronicRate | Role::NotChronicRate | Role::Value | Role::Share(_))
    };
    if !columns.iter().any(of_chronic) {
        let _ = give(columns, Role::ChronicRate, group_headers::is_bare_rate);
    }
    let told = has(columns, Role::ChronicRate) || is_measured;
    if told && !has(columns, Role::ChronicCount) {
        let _ = give(columns, Role::ChronicCount, group_headers::is_numerator);
    }
    let counted = has(columns, Role::ChronicCount) || has(columns, Role::GroupSize);
    if !counted && told && !has(columns, Role::Value) {
        let _ = give(columns, Role::ChronicCount, group_headers::is_bare_count);
    }
}

/// The chronically absent are a percent where the values are written as one, whatever the header says, and
/// nothing that can be used where they are no numbers. Whole numbers are a count until the person says otherwise.
fn bare_chronic(columns: &mut [Column]) {
    let has_rate = columns.iter().any(|c| c.role == Role::ChronicRate);
    let Some(column) = columns.iter_mut().find(|c| c.role == Role::ChronicCount) else { return };
    let is_bare = group_headers::is_bare_chronic(&column.header);
    let values = || column.samples.iter().map(|v| v.trim()).filter(|v| !v.is_empty() && !is_hidden(v));
    let number = |v: &str| Decimal::parse(v.trim_end_matches('%'));
    // A spreadsheet writes a count as 67.0.
    let is_part = |d: Decimal| d.places > 0 && (is_bare || d.rounded_to(3) % 1000 != 0);
    if is_bare && values().count() > 0 && values().all(|v| number(v).is_none()) {
        column.role = Role::NotUsed;
    } else if values().any(|v| v.ends_with('%') || number(v).is_some_and(is_part)) && !(is_bare && has_rate) {
        column.role = if has_rate { Role::NotUsed } else { Role::ChronicRate };
    }
}

/// A role whose values do not bear it out is dropped or changed.
fn fitted(role: Role, samples: &[String], rows: &[Vec<String>], at: usize) -> Role {
    let values = || rows.iter().filter_map(|r| r.get(at)).map(String::as_str).filter(|v| !v.is_empty());
    let n = values().count();
    // Half is enough: single cells that are no numbers are rows to set aside, not another column.
    let share = |test: &dyn Fn(&str) -> bool| n == 0 || values().filter(|v| test(v)).count() * 2 >= n;
    let numeric = |v: &str| {
        Days::parse(v.trim_end_matches('%').trim_end()).is_some() || is_hidden(v) || cell_words::days(v).is_some()
    };
    match role {
        Role::DaysAbsent | Role::DaysPresent if n > 0 && share(&|v| v.ends_with('%')) => {
            if role == Role::DaysAbsent {
                Role::PercentAbsent
            } else {
                Role::PercentPresent
            }
        }
        // Minutes, or days of the year: no part of a day.
        Role::PartAbsent if n > 0 && share(&|v| Days::parse(v).is_some_and(|days| days > Days::whole(31))) => {
            Role::NotUsed
        }
        Role::PartAbsent if share(&|v| cell_words::part(v).is_some()) => role,
        // Whether the day was missed, as a database says it.
        Role::PartAbsent | Role::PartPresent
            if share(&|v| matches!(v.to_ascii_lowercase().as_str(), "true" | "false")) =>
        {
            role
        }
        role if (measures::is_measure(&role) || matches!(role, Role::PartAbsent | Role::PartPresent))
            && !share(&numeric) =>
        {
            // “absent” with Y and N, or with codes, is a status.
            if matches!(role, Role::DaysAbsent | Role::DaysPresent) && samples.len() <= 8 {
                Role::Status
            } else {
                Role::NotUsed
            }
        }
        // “Year 6” is a grade in Britain.
        Role::Year if n > 0 && values().all(|v| v.parse().is_ok_and(|year: u8| year < 14)) => Role::Grade,
        // A session that is a year.
        Role::Period if n > 0 && values().all(|v| v.bytes().filter(u8::is_ascii_digit).count() >= 4) => Role::NotUsed,
        Role::Date if !share(&|v| dates::read(v) != ReadDate::No) => Role::NotUsed,
        Role::Exit if !share(&|v| dates::read(v) != ReadDate::No || dates::is_beyond(v) || is_hidden(v)) => {
            Role::NotUsed
        }
        role => role,
    }
}

/// Whether a column of percents holds fractions: nothing above one, and something above nothing.
#[must_use]
pub fn holds_fractions(columns: &[Column], rows: &[Vec<String>]) -> bool {
    let Some(at) = columns.iter().position(|c| matches!(c.role, Role::PercentPresent | Role::PercentAbsent)) else {
        return false;
    };
    let values = rows.iter().filter_map(|r| r.get(at)).filter_map(|v| Decimal::parse(v));
    let thousandths: Vec<i64> = values.map(|d| d.rounded_to(3)).collect();
    // Of absences, a single percent is usual; of attendance, ones are all of it.
    let least = if columns[at].role == Role::PercentPresent { 1001 } else { 1000 };
    thousandths.iter().all(|v| *v <= 1000) && thousandths.iter().any(|v| (1..least).contains(v))
}

fn samples(rows: &[Vec<String>], at: usize) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for row in rows {
        let Some(value) = row.get(at) else { continue };
        if seen.iter().any(|s| s == value) {
            continue;
        }
        seen.push(value.clone());
        if seen.len() == 12 {
            break;
        }
    }
    seen
}

fn why(column: &Column, rows: &[Vec<String>], at: usize) -> String {
    let distinct = {
        let mut values: Vec<&str> =
            rows.iter().filter_map(|r| r.get(at)).map(String::as_str).filter(|v| !v.is_empty()).collect();
        order::sort(&mut values);
        values.dedup();
        values.len()
    };
    match &column.role {
        Role::Student => "The header names a student number".into(),
        Role::School | Role::Status | Role::Grade | Role::Condition(_) if distinct == 1 => {
            "The same in the first rows".into()
        }
        Role::School => format!("{distinct} different in the first rows"),
        Role::Status => format!("{distinct} different codes in the first rows, mapped above"),
        Role::Grade => format!("{distinct} grades in the first rows"),
        Role::Condition(_) => format!("{distinct} different values in the first rows"),
        _ => "By its header".into(),
    }
}

/// What is known of the codes in the first rows.
#[must_use]
pub fn propose_codes(column: &Column) -> CodeMap {
    column.samples.iter().filter_map(|code| Some((code.clone(), codes::known(code)?))).collect()
}

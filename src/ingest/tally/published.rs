//! Rows of public files: one per school or district, perhaps per grade and group of students. A
//! hidden number is unknown, never zero.

mod cells;
mod files;
mod measure;
mod settle;
mod shown;

use super::super::group_headers;
use super::super::group_places;
use super::super::group_rows;
use super::super::pick::{Answer, Topic};
use super::super::problem::Kind as Why;
use super::super::reading::Layout;
use super::super::roles::{self, Role};
use super::super::scan::Row;
use super::super::scan::{Interner, NONE};
use super::{ABSENT, Tally};
use crate::attendance::Grade;
use cells::{Number, Scale, coded, count, number};
use litemap::LiteMap;
use measure::{Measure, Told};
use std::rc::Rc;

/// What files of groups hold, while rows still come.
#[derive(Default)]
pub(super) struct Groups {
    /// The current file's columns.
    columns: Rc<GroupColumns>,
    /// Places as written: number, district and name.
    spots: Interner,
    written: Vec<Spot>,
    /// Whether a place as written stands for more than one school.
    is_above: Vec<bool>,
    texts: Interner,
    /// What cells of the level, grade and category columns say, each looked at once.
    levels: Interner,
    level_of: Vec<Option<bool>>,
    grades: Interner,
    grade_of: Vec<(Option<Grade>, String)>,
    categories: Interner,
    category_of: Vec<String>,
    filters: Interner,
    filter_of: Vec<String>,
    measures: Interner,
    measure_of: Vec<Measure>,
    /// Rows of a measure that is not known, with its position; and files with one that is.
    open_rows: Vec<(usize, u32)>,
    told_measures: Vec<usize>,
    /// Such a measure, by file.
    bare_measures: LiteMap<usize, String>,
    /// Rows of such measures, and files that have the percent under a name of its own.
    bare_rows: Vec<usize>,
    rate_measures: Vec<usize>,
    /// Rows whose value is a number by its measure’s name, and files in which such a value has decimals.
    number_rows: Vec<usize>,
    part_numbers: Vec<usize>,
    /// The file in which a second table began that is not about schools.
    ended: Option<usize>,
    /// Room for a key of several cells.
    key: Vec<u8>,
    rows: Vec<GroupRow>,
    /// What shows whether the values of a percent column are fractions.
    scales: LiteMap<(usize, usize), Scale>,
    /// The place of each spot, once all rows were read.
    places: Vec<Place>,
    place_of: Vec<u32>,
}

/// Positions of a file's columns, with the person's answers.
#[derive(Default)]
struct GroupColumns {
    school: usize,
    code: usize,
    district: usize,
    level: usize,
    year: usize,
    grade: usize,
    categories: Vec<usize>,
    size: usize,
    chronic: usize,
    rate: usize,
    value: usize,
    /// The students counted are those enrolled, perhaps on a day.
    is_enrolled: bool,
    /// Values of chronic absence are said to be numbers of students.
    is_number: bool,
    filters: Vec<usize>,
    variables: Vec<usize>,
    /// Cells that say whether a row is a number or a percent.
    unit: usize,
    /// Rows say what their numbers are.
    is_measured: bool,
    /// Some of them say chronic absence, or its opposite.
    is_known: bool,
    /// The percent is that of students who are not chronically absent.
    is_opposite: bool,
    shares: Vec<usize>,
    /// The columns of numbers, with their headers.
    headers: Vec<(usize, String)>,
}

struct Spot {
    number: String,
    district: String,
    name: String,
}

/// One school, or one district where the files hold no schools.
struct Place {
    name: String,
    district: String,
    /// Sorts places of one name.
    key: String,
}

struct GroupRow {
    file: usize,
    line: u64,
    spot: u32,
    /// A district's or the state's row among rows of schools.
    above: bool,
    year: u32,
    grade: Option<Grade>,
    /// The group of students as written, or `NONE` for everyone.
    group: u32,
    /// Values of the columns that count the same students again, or `NONE` where they say all.
    filter: u32,
    counted: Option<u32>,
    chronic: Option<u32>,
    /// Column and value as written.
    rate: Option<(usize, f64)>,
    shares: Vec<(usize, Option<f64>)>,
    left_out: bool,
}

impl Tally {
    /// Finds the columns of the current file, if it is a public one.
    pub(super) fn begin_groups(&mut self) {
        let reading = &self.readings[self.current];
        if reading.layout != Layout::Published {
            return;
        }
        let at = |role: Role| reading.column(&role).unwrap_or(ABSENT);
        let all = |wanted: fn(&Role) -> bool| -> Vec<usize> {
            reading.columns.iter().enumerate().filter(|(_, c)| wanted(&c.role)).map(|(i, _)| i).collect()
        };
        let (mut size, mut chronic, mut rate) = (at(Role::GroupSize), at(Role::ChronicCount), at(Role::ChronicRate));
        if rate == ABSENT {
            rate = at(Role::NotChronicRate);
        }
        let is_percent = reading.answer(Topic::ChronicIs) == Some(Answer::Percent) && rate == ABSENT;
        if is_percent {
            (rate, chronic) = (chronic, ABSENT);
        }
        match reading.answer(Topic::CountOf) {
            Some(Answer::ChronicallyAbsent) if is_percent => (chronic, size) = (size, ABSENT),
            Some(Answer::AllCounted) if !is_percent => (size, chronic) = (chronic, ABSENT),
            _ => {}
        }
        if reading.answer(Topic::RateOf) == Some(Answer::SomethingElse) {
            rate = ABSENT;
            // A number that says whom it counts stands without the percent.
            let is_told = |at: usize| {
                let header = reading.columns.get(at).map(|c| &c.header);
                header.is_some_and(|h| {
                    !group_headers::is_bare_count(h)
                        && !group_headers::is_numerator(h)
                        && roles::normalise(h) != "currnumer"
                })
            };
            chronic = if is_told(chronic) { chronic } else { ABSENT };
        }
        let is_bare = |at: usize| reading.columns.get(at).is_some_and(|c| group_headers::is_bare_rate(&c.header));
        self.published.columns = Rc::new(GroupColumns {
            school: at(Role::School),
            code: at(Role::SchoolNumber),
            district: at(Role::District),
            level: at(Role::Level),
            year: at(Role::Year),
            grade: at(Role::Grade),
            categories: all(|r| *r == Role::Category),
            size,
            chronic,
            rate,
            value: at(Role::Value),
            is_enrolled: reading.columns.get(size).is_some_and(|c| group_headers::is_enrollment(&c.header)),
            is_number: reading.answer(Topic::ChronicIs) == Some(Answer::Number),
            filters: all(|r| *r == Role::Filter),
            variables: all(|r| *r == Role::Variable),
            unit: group_rows::unit_column(&reading.columns).unwrap_or(ABSENT),
            is_measured: reading.columns.iter().any(group_rows::names_measure)
                || reading.has(&Role::Variable) && is_bare(rate),
            is_known: reading.columns.iter().any(group_rows::names_measure) || reading.has(&Role::NotChronicRate),
            is_opposite: reading.columns.get(rate).is_some_and(|c| c.role == Role::NotChronicRate),
            shares: all(|r| matches!(r, Role::Share(_))),
            headers: all(|r| {
                matches!(
                    r,
                    Role::GroupSize | Role::ChronicCount | Role::ChronicRate | Role::NotChronicRate | Role::Value
                )
            })
            .into_iter()
            .map(|at| (at, reading.columns[at].header.clone()))
            .collect(),
        });
    }

    pub(super) fn published_row(&mut self, row: &Row<'_>) {
        let file = self.current;
        let columns = Rc::clone(&self.published.columns);
        let GroupColumns { school, code, district, .. } = *columns;
        let text = |column: usize| {
            if column == ABSENT { String::new() } else { String::from_utf8_lossy(row.get(column)).into_owned() }
        };
        let cell = |column: usize| if column == ABSENT { &[][..] } else { row.get(column) };
        if [code, district, school].iter().all(|&at| cell(at).is_empty()) {
            return self.set_aside(Why::NoSchool, row, if school == ABSENT { district } else { school });
        }
        let GroupColumns { size, chronic, rate, value, .. } = *columns;
        let is_alone = || (0..row.len()).all(|at| at == school || row.get(at).is_empty());
        let is_empty = [size, chronic, rate, value].iter().all(|&at| cell(at).is_empty()) && is_alone();
        if is_empty || cell(school).contains(&b':') && group_places::is_note(&text(school)) {
            // A note below the table.
            return self.set_aside(Why::NotAStudentRow, row, school);
        }
        if columns.headers.iter().any(|(at, header)| is_name(cell(*at), header)) {
            // A header again. Where it names other places than schools, a table about something else follows.
            let place = if school == ABSENT { district } else { school };
            let is_same = self.readings[file].columns.get(place).is_none_or(|c| is_name(cell(place), &c.header));
            self.published.ended = if is_same { None } else { Some(file) };
            return self.set_aside(Why::NotAStudentRow, row, place);
        }
        if self.published.ended == Some(file) {
            return self.set_aside(Why::AnotherTable, row, school);
        }
        let holds_schools = school != ABSENT || code != ABSENT;
        let groups = &mut self.published;
        let mut key = std::mem::take(&mut groups.key);
        key.clear();
        for (at, column) in [code, district, school].into_iter().enumerate() {
            if at > 0 {
                key.push(super::UNIT);
            }
            key.extend_from_slice(cell(column));
        }
        let (spot, new) = groups.spots.intern(&key);
        groups.key = key;
        if new {
            // A spreadsheet marks a number as text by a sign in front.
            let number = text(code).trim_start_matches('\'').to_string();
            let written = Spot { number, district: text(district), name: text(school) };
            groups.is_above.push(
                holds_schools
                    && written.number.is_empty()
                    && (written.name.is_empty()
                        || code != ABSENT && written.name.eq_ignore_ascii_case(&written.district)
                        || group_places::is_district(&written.name))
                    || group_places::is_above_school(&written.name, &written.number)
                    || !holds_schools && group_places::is_above_school(&written.district, ""),
            );
            groups.written.push(written);
        }
        let (level, new) = groups.levels.intern(cell(columns.level));
        if new {
            groups.level_of.push(group_places::is_school_level(&text(columns.level)));
        }
        let above = match groups.level_of[level as usize] {
            Some(is_school) => !is_school && holds_schools,
            None => groups.is_above[spot as usize],
        };
        // A grade that is no single grade is a group of students.
        let (grade_at, new) = groups.grades.intern(cell(columns.grade));
        if new {
            let written = text(columns.grade);
            groups.grade_of.push(match Grade::parse(&written) {
                Some(grade) => (Some(grade), String::new()),
                None if group_headers::is_everyone(&written) => (None, String::new()),
                None => (None, written.trim().to_string()),
            });
        }
        let mut who = String::new();
        for &at in &columns.categories {
            let (category, new) = groups.categories.intern(row.get(at));
            if new {
                let written = text(at);
                let who = if group_headers::is_everyone(&written) { "" } else { written.trim() };
                groups.category_of.push(who.to_string());
            }
            let part = &groups.category_of[category as usize];
            if !part.is_empty() {
                who.push_str(if who.is_empty() { "" } else { ", " });
                who.push_str(part);
            }
        }
        let mut filters = String::new();
        for &at in &columns.filters {
            let (filter, new) = groups.filters.intern(row.get(at));
            if new {
                let written = text(at);
                groups.filter_of.push(if group_headers::is_everyone(&written) { String::new() } else { written });
            }
            let filter = &groups.filter_of[filter as usize];
            if !filter.is_empty() {
                filters.push_str(if filters.is_empty() { "" } else { ", " });
                filters.push_str(filter);
            }
        }
        let Some(told) = groups.told(&columns, row, file) else {
            return self.set_aside(Why::AnotherMeasure, row, columns.measured_by());
        };
        let Told { size: size_at, chronic: chronic_at, rate: rate_at, .. } = told;
        let share_columns = if columns.value == ABSENT { &columns.shares[..] } else { &[] };
        let number_at =
            |column: usize| if column == ABSENT { Ok(None) } else { count(row.get(column)).map_err(|()| column) };
        let (counted, chronic) = match (number_at(size_at), number_at(chronic_at)) {
            (Ok(counted), Ok(chronic)) => (counted, chronic),
            (Err(column), _) | (_, Err(column)) => return self.set_aside(Why::UnreadableNumber, row, column),
        };
        let is_more = counted.zip(chronic).is_some_and(|(counted, chronic)| chronic > counted);
        let is_told = || matches!(number(cell(rate_at)), Number::Value(value) if value > 0.0 && value < 100.0);
        let is_far = || counted.zip(chronic).is_some_and(|(counted, chronic)| chronic / 4 > counted);
        if is_more && !(columns.is_enrolled && is_told() && !is_far()) {
            return self.set_aside(Why::MoreThanCounted, row, chronic_at);
        }
        // Over a year more students can be absent than are enrolled on a day.
        let counted = counted.filter(|_| !is_more);
        let groups = &mut self.published;
        let mut percent = |column: usize, bounded: bool| -> Option<(usize, f64)> {
            match number(row.get(column)) {
                Number::Value(value) => {
                    let signed = row.get(column).ends_with(b"%");
                    let scale = groups.scales.entry((file, column)).or_default();
                    if signed {
                        // What it is stands beside it: kept as a share, apart from the column’s scale.
                        scale.is_signed = true;
                        return Some((column, -(value * 1e7).round() / 1e9));
                    }
                    // More is no percent, but a mark such as 999.
                    if value <= 100.0 {
                        let needs = |places: f64| ((value * places).round() - value * places).abs() > 1e-6;
                        scale.add(value, u8::from(needs(1.0)) + u8::from(needs(10.0)) + u8::from(needs(100.0)));
                    }
                    if let (Some(counted @ 1..), Some(chronic @ 1..), false) = (counted, chronic, bounded) {
                        let share = f64::from(chronic) / f64::from(counted);
                        let is_fraction = (share - value).abs() < (share - value / 100.0).abs();
                        scale.fit += if is_fraction { 1 } else { -1 };
                        scale.fits_one |= is_fraction;
                    }
                    Some((column, value))
                }
                // A coded share is already a fraction, kept apart from the column’s scale by its sign. A rate
                // that is only bounded is not known.
                _ if bounded => coded(&text(column)).map(|share| (column, -share)),
                _ => None,
            }
        };
        let rate = if rate_at == ABSENT { None } else { percent(rate_at, false) };
        let shares: Vec<(usize, Option<f64>)> =
            share_columns.iter().map(|&c| (c, percent(c, true).map(|(_, v)| v))).collect();
        let year = groups.texts.intern(if columns.year == ABSENT { &[] } else { row.get(columns.year) }).0;
        let mut text_of = |t: &str| if t.is_empty() { NONE } else { groups.texts.intern(t.as_bytes()).0 };
        let (grade, grades) = &groups.grade_of[grade_at as usize];
        let who = &who;
        let group = match (who.is_empty(), grades.is_empty()) {
            (_, true) => text_of(who),
            (true, _) => text_of(grades),
            _ => text_of(&format!("{who}, {grades}")),
        };
        let (grade, filter) = (*grade, text_of(&filters));
        let line = row.line;
        if told.is_bare {
            groups.bare_rows.push(groups.rows.len());
        }
        if told.is_number {
            groups.number_rows.push(groups.rows.len());
        }
        if let Some(measure) = told.open {
            groups.open_rows.push((groups.rows.len(), measure));
        }
        groups.rows.push(GroupRow {
            file,
            line,
            spot,
            above,
            year,
            grade,
            group,
            filter,
            counted,
            chronic,
            rate,
            shares,
            left_out: false,
        });
        self.files[file].account.rows_used += 1;
    }
}

/// Whether a cell of a column is no value but names the column, as its header or the second row of it does.
fn is_name(cell: &[u8], header: &str) -> bool {
    let header = header.trim().as_bytes();
    let is_text = cell.len() > 3 && cell[0].is_ascii_alphabetic() && !cell.iter().any(u8::is_ascii_digit);
    let is_end = || header.len() >= cell.len() && header[header.len() - cell.len()..].eq_ignore_ascii_case(cell);
    is_text && (is_end() || cell.len() > 7 && roles::of_group_header(&String::from_utf8_lossy(cell)).is_some())
}

impl GroupRow {
    /// Whether the row says zero where no number of students shows that it can be one.
    fn is_bare_zero(&self) -> bool {
        let rate = self.rate.map(|(_, value)| value);
        self.counted.is_none()
            && (self.chronic.is_some() || rate.is_some())
            && self.chronic.unwrap_or(0) == 0
            && rate.unwrap_or(0.0) == 0.0
    }

    /// Whether the row says anything of who was chronically absent.
    fn tells(&self) -> bool {
        self.chronic.is_some() || self.rate.is_some()
    }

    fn says_nothing(&self) -> bool {
        self.counted.is_none()
            && self.chronic.is_none()
            && self.rate.is_none()
            && self.shares.iter().all(|s| s.1.is_none())
    }
}

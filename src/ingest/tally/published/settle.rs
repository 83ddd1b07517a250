//! What shows of public files only once all rows were read: which numbers are one school, which rows
//! count the same students again, and what must be asked.

use super::super::super::group_headers;
use super::super::super::pick::{Answer, Pick, Topic};
use super::super::super::problem::Kind as Why;
use super::super::super::reading::{Ask, Layout, Question};
use super::super::super::roles::Role;
use super::super::super::scan::NONE;
use super::super::Tally;
use super::{GroupRow, Place};
use std::collections::{BTreeMap, BTreeSet};

impl Tally {
    /// Finds the places and leaves out what cannot stand for a school. Before the dataset is made.
    pub(in super::super) fn settle_published(&mut self) {
        if self.published.rows.is_empty() {
            return;
        }
        self.find_places();
        self.leave_out_repeats();
        for file in 0..self.readings.len() {
            self.remark_published(file);
        }
    }

    /// A number is one school everywhere, unless districts number their schools alike; a name is one
    /// only within its district. A school that one file numbers and another names is joined by name.
    fn find_places(&mut self) {
        let groups = &mut self.published;
        let same = |text: &str| text.trim().to_lowercase();
        let mut districts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut named: BTreeMap<String, BTreeSet<(String, &str)>> = BTreeMap::new();
        for spot in groups.written.iter().filter(|s| !s.number.is_empty()) {
            let of = districts.entry(&spot.number).or_default();
            if !spot.district.is_empty() {
                let _ = of.insert(same(&spot.district));
            }
            if !spot.name.is_empty() {
                let _ = named.entry(same(&spot.name)).or_default().insert((same(&spot.district), &spot.number));
            }
        }
        let numbered = |number: &str, district: &str| {
            let several = districts.get(number).is_some_and(|d| d.len() > 1);
            if several { format!("{number}\u{1f}{}", same(district)) } else { number.to_string() }
        };
        let keys: Vec<String> = groups
            .written
            .iter()
            .map(|spot| match (spot.number.is_empty(), spot.name.is_empty()) {
                (false, _) => numbered(&spot.number, &spot.district),
                (true, false) => {
                    let fits = |(district, _): &&(String, &str)| {
                        district.is_empty() || spot.district.is_empty() || *district == same(&spot.district)
                    };
                    let found: Vec<_> = named.get(&same(&spot.name)).into_iter().flatten().filter(fits).collect();
                    match found.as_slice() {
                        [(district, number)] => numbered(number, district),
                        _ => format!("\u{1f}{}\u{1f}{}", same(&spot.name), same(&spot.district)),
                    }
                }
                (true, true) => format!("\u{1e}{}", same(&spot.district)),
            })
            .collect();
        let mut at_of: BTreeMap<String, u32> = BTreeMap::new();
        let mut places: Vec<Place> = Vec::new();
        let mut place_of = Vec::with_capacity(keys.len());
        for (spot, key) in groups.written.iter().zip(keys) {
            let at = *at_of.entry(key.clone()).or_insert_with(|| {
                places.push(Place { name: String::new(), district: String::new(), key });
                places.len() as u32 - 1
            });
            let place = &mut places[at as usize];
            if place.name.is_empty() {
                place.name = spot.name.trim().to_string();
            }
            if place.district.is_empty() {
                place.district = spot.district.trim().to_string();
            }
            place_of.push(at);
        }
        for place in &mut places {
            if place.name.is_empty() {
                let key = place.key.split(['\u{1f}', '\u{1e}']).next().unwrap_or_default();
                place.name = if key.is_empty() { district_name(&place.district) } else { key.to_string() };
            }
        }
        groups.places = places;
        groups.place_of = place_of;
    }

    /// Of several rows for one school, year and group only one can be used.
    fn leave_out_repeats(&mut self) {
        let groups = &self.published;
        let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, row) in groups.rows.iter().enumerate().filter(|(_, row)| !row.above) {
            let place = groups.place_of[row.spot as usize];
            same.entry((row.file, place, row.year, row.grade, row.group)).or_default().push(at);
        }
        let mut out: Vec<(usize, Why)> = Vec::new();
        let mut whole: Vec<usize> = Vec::new();
        for rows in same.values() {
            let filters: BTreeSet<u32> = rows.iter().map(|&at| groups.rows[at].filter).collect();
            if filters.len() == 1 {
                // One school’s own kind, not a part of it.
                whole.extend(rows.iter().filter(|&&at| groups.rows[at].filter != NONE));
            }
            for filter in filters {
                let rows: Vec<usize> = rows.iter().copied().filter(|&at| groups.rows[at].filter == filter).collect();
                out.extend(repeats(&groups.rows, &rows));
            }
        }
        for at in whole {
            self.published.rows[at].filter = NONE;
        }
        for (at, why) in out {
            let row = &mut self.published.rows[at];
            row.left_out = true;
            self.files[row.file].account.rows_used -= 1;
            self.problems.set_aside(why, row.file as u16, row.line, None);
        }
    }

    fn remark_published(&mut self, file: usize) {
        if self.readings[file].layout != Layout::Published {
            return;
        }
        let mixed = self.readings.iter().any(|r| {
            matches!(r.layout, Layout::Dated | Layout::Periods | Layout::Totals | Layout::Roster | Layout::Wide)
        });
        let rows = || self.published.rows.iter().filter(|row| row.file == file && !row.left_out);
        let n = rows().count() as u64;
        let whole = rows().any(|row| !row.above && row.group == NONE && row.grade.is_none() && row.filter == NONE);
        let (mut compared, mut far) = (0u64, 0u64);
        let mut rates: Vec<f64> = Vec::new();
        for row in rows() {
            let Some((column, value)) = row.rate else { continue };
            let Some(rate) = self.scaled(file, column, value) else { continue };
            rates.push(rate);
            if let (Some(counted @ 1..), Some(chronic)) = (row.counted, row.chronic) {
                compared += 1;
                far += u64::from((f64::from(chronic) / f64::from(counted) - rate).abs() > 0.02);
            }
        }
        crate::attendance::order::sort_by(&mut rates, f64::total_cmp);
        let at_end = |end: f64| rates.iter().filter(|rate| (**rate - end).abs() < 1e-9).count() as u64;
        let top = rates.last().map_or(0, |last| if (*last - 0.95).abs() < 1e-9 { at_end(*last) } else { 0 });
        let bottom = rates.first().map_or(0, |first| if (*first - 0.05).abs() < 1e-9 { at_end(*first) } else { 0 });
        let mut remark = |kind: Why, rows: u64| self.problems.remark(kind, file as u16, rows, 0, "", "");
        if mixed {
            remark(Why::FileUnused, n);
        }
        if !whole && n > 0 {
            remark(Why::GroupsOnly, n);
        }
        if far * 2 > compared && compared >= 5 {
            remark(Why::RateDoesNotFit, far);
        }
        if top.max(bottom) >= 5 {
            remark(Why::TopCoded, top + bottom);
        }
    }

    /// What only the person can decide about public files.
    pub(in super::super) fn ask_published(&self, questions: &mut Vec<Question>) {
        for (file, reading) in self.readings.iter().enumerate().filter(|(_, r)| r.layout == Layout::Published) {
            let rows = || self.published.rows.iter().filter(|row| row.file == file);
            let of = rows().count() as u64;
            let header = |role: Role| reading.column(&role).map(|at| reading.columns[at].header.clone());
            let mut ask = |topic: Topic, about: String, rows: u64, of: u64| {
                if reading.answer(topic).is_none() {
                    questions.push(Question { file: file as u16, kind: Ask::Pick(Pick { topic, about, rows, of }) });
                }
            };
            if let Some(rate) = header(Role::ChronicRate).filter(|h| group_headers::is_bare_rate(h)) {
                ask(Topic::RateOf, rate, of, of);
            }
            if reading.answer(Topic::RateOf) == Some(Answer::SomethingElse) {
                continue;
            }
            if let Some(count) = header(Role::ChronicCount).filter(|h| group_headers::is_bare_count(h)) {
                let both = rows().filter(|row| row.chronic.is_some_and(|n| n > 0) && row.rate.is_some());
                let unfit = both.clone().filter(|row| !self.fits_as_all(row)).count() as u64;
                ask(Topic::CountOf, count, unfit, both.count() as u64);
            }
            let zeros = rows().filter(|row| row.is_bare_zero()).count() as u64;
            if zeros >= 10 && zeros * 10 >= of {
                ask(Topic::Zeros, String::new(), zeros, of);
            }
        }
    }

    /// Whether the count could be all students: their share must then be a whole number of them.
    fn fits_as_all(&self, row: &GroupRow) -> bool {
        let (Some(count), Some((column, value))) = (row.chronic, row.rate) else { return true };
        let Some(rate) = self.scaled(row.file, column, value) else { return true };
        let part = f64::from(count) * rate;
        // Half of the last digit of a whole percent.
        (part - part.round()).abs() <= f64::from(count) * 0.005 + 1e-9
    }
}

/// Rows that add nothing, and rows that contradict each other; those that fill each other’s gaps stay.
fn repeats(rows: &[GroupRow], at: &[usize]) -> Vec<(usize, Why)> {
    if at.len() < 2 {
        return Vec::new();
    }
    let mut known: Option<GroupFields> = None;
    let mut out = Vec::new();
    for &i in at.iter().filter(|&&i| !rows[i].says_nothing()) {
        let fields = GroupFields::of(&rows[i]);
        match &mut known {
            None => known = Some(fields),
            Some(before) => match before.join(&fields) {
                Joined::Contradicts => return at.iter().map(|&i| (i, Why::RepeatedGroup)).collect(),
                Joined::AddsNothing => out.push((i, Why::DuplicateRow)),
                Joined::Adds => {}
            },
        }
    }
    out
}

enum Joined {
    Adds,
    AddsNothing,
    Contradicts,
}

/// The numbers of a row, to be laid beside another row’s.
struct GroupFields(Vec<Option<f64>>);

impl GroupFields {
    fn of(row: &GroupRow) -> GroupFields {
        let mut fields = vec![row.counted.map(f64::from), row.chronic.map(f64::from), row.rate.map(|(_, value)| value)];
        fields.extend(row.shares.iter().map(|(_, value)| *value));
        GroupFields(fields)
    }

    fn join(&mut self, other: &GroupFields) -> Joined {
        let mut adds = false;
        for (mine, new) in self.0.iter_mut().zip(&other.0) {
            match (*mine, *new) {
                (Some(a), Some(b)) if (a - b).abs() > 1e-9 => return Joined::Contradicts,
                (None, Some(_)) => {
                    *mine = *new;
                    adds = true;
                }
                _ => {}
            }
        }
        if adds { Joined::Adds } else { Joined::AddsNothing }
    }
}

/// A district that has only a number is called one.
fn district_name(district: &str) -> String {
    let number = !district.is_empty() && district.bytes().all(|b| b.is_ascii_digit());
    if number { format!("District {district}") } else { district.to_string() }
}

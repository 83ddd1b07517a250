//! What shows of public files only once all rows were read: which numbers are one school, which rows
//! count the same students again, and what must be asked.

use super::super::super::group_headers;
use super::super::super::group_rows;
use super::super::super::pick::{Answer, Pick, Topic};
use super::super::super::problem::Kind as Why;
use super::super::super::reading::{Ask, Layout, Question};
use super::super::super::roles::{self, Role};
use super::super::super::scan::{Interner, NONE};
use super::super::Tally;
use super::{GroupRow, Groups, Place};
use crate::attendance::{Grade, order};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// Numbers under which one file has several schools of one district and year: they are no schools' own.
fn shared_numbers(groups: &Groups) -> FxHashSet<(String, String)> {
    let same = |text: &str| text.trim().to_lowercase();
    let mut names: FxHashMap<(usize, u32, &str, String), String> = FxHashMap::default();
    let mut shared = FxHashSet::default();
    let mut seen: FxHashSet<(usize, u32, u32)> = FxHashSet::default();
    for row in groups.rows.iter().filter(|row| !row.above) {
        let spot = &groups.written[row.spot as usize];
        if !seen.insert((row.file, row.year, row.spot)) || spot.number.is_empty() || spot.name.is_empty() {
            continue;
        }
        let key = (row.file, row.year, spot.number.as_str(), same(&spot.district));
        let name = same(&spot.name);
        if *names.entry(key).or_insert_with(|| name.clone()) != name {
            let _ = shared.insert((spot.number.clone(), same(&spot.district)));
        }
    }
    shared
}

impl Tally {
    /// Finds the places and leaves out what cannot stand for a school. Before the dataset is made.
    pub(in super::super) fn settle_published(&mut self, questions: &mut Vec<Question>) {
        if self.published.rows.is_empty() {
            return;
        }
        self.join_numbers();
        self.find_places();
        self.count_bare_measures();
        self.join_years();
        self.find_sums();
        self.leave_out_sizes_of_schools();
        self.choose_files(questions);
        self.leave_out_repeats();
        for file in 0..self.readings.len() {
            self.remark_published(file);
        }
    }

    /// A number is one school everywhere, unless districts number their schools alike; a name is one
    /// only within its district. A school that one file numbers and another names is joined by name.
    fn find_places(&mut self) {
        let groups = &mut self.published;
        let same = |text: &str| -> String { text.trim().chars().flat_map(char::to_lowercase).collect() };
        // Districts and names by number, and numbers by name.
        let mut numbers = Interner::default();
        let mut districts: Vec<Vec<String>> = Vec::new();
        let mut names = Interner::default();
        let mut numbered: Vec<Vec<(String, u32)>> = Vec::new();
        for spot in groups.written.iter().filter(|s| !s.number.is_empty()) {
            let (number, new) = numbers.intern(spot.number.as_bytes());
            if new {
                districts.push(Vec::new());
            }
            let district = same(&spot.district);
            if !district.is_empty() && !districts[number as usize].contains(&district) {
                districts[number as usize].push(district.clone());
            }
            if spot.name.is_empty() {
                continue;
            }
            let (name, new) = names.intern(same(&spot.name).as_bytes());
            if new {
                numbered.push(Vec::new());
            }
            if !numbered[name as usize].contains(&(district.clone(), number)) {
                numbered[name as usize].push((district, number));
            }
        }
        let shared = shared_numbers(groups);
        let key_of = |number: u32, district: &str, name: &str| {
            let text = numbers.string(number);
            let own = if shared.contains(&(text.clone(), district.to_string())) {
                format!("\u{1f}{}", same(name))
            } else {
                String::new()
            };
            if districts[number as usize].len() > 1 { format!("{text}\u{1f}{district}{own}") } else { text + &own }
        };
        let keys: Vec<String> = groups
            .written
            .iter()
            .map(|spot| {
                let district = same(&spot.district);
                if let Some(number) = numbers.get(spot.number.as_bytes()).filter(|_| !spot.number.is_empty()) {
                    return key_of(number, &district, &spot.name);
                }
                if spot.name.is_empty() {
                    return format!("\u{1e}{district}");
                }
                let name = same(&spot.name);
                let fits = |known: &&(String, u32)| known.0.is_empty() || district.is_empty() || known.0 == district;
                let found = names.get(name.as_bytes()).map_or(&[][..], |at| &numbered[at as usize]);
                let mut found = found.iter().filter(fits);
                match (found.next(), found.next()) {
                    (Some((district, number)), None) => key_of(*number, district, &spot.name),
                    _ => format!("\u{1f}{name}\u{1f}{district}"),
                }
            })
            .collect();
        let mut known = Interner::default();
        let mut places: Vec<Place> = Vec::new();
        let mut place_of = Vec::with_capacity(keys.len());
        for (spot, key) in groups.written.iter().zip(keys) {
            let (at, new) = known.intern(key.as_bytes());
            if new {
                places.push(Place { name: String::new(), district: String::new(), key });
            }
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

    /// What only one row can say something of: a school, a year and a group, whichever file it stands in.
    pub(super) fn about(&self, at: usize) -> (u32, u32, Option<Grade>, u32) {
        let row = &self.published.rows[at];
        (self.published.place_of[row.spot as usize], row.year, row.grade, row.group)
    }

    /// Rows that may not be alone in what they are about, those about the same beside each other.
    pub(super) fn alike_in_order(&self) -> Vec<usize> {
        let mut alike = self.not_alone();
        let filter = |at: usize| self.published.rows[at].filter;
        order::sort_by(&mut alike, |&a, &b| (self.about(a), filter(a), a).cmp(&(self.about(b), filter(b), b)));
        alike
    }

    /// Of several rows for one school, year and group only one can be used.
    fn leave_out_repeats(&mut self) {
        let rows = &self.published.rows;
        let order = self.alike_in_order();
        let mut out: Vec<(usize, Why)> = Vec::new();
        let mut whole: Vec<usize> = Vec::new();
        for same in order.chunk_by(|&a, &b| self.about(a) == self.about(b)) {
            let mut kinds = 0;
            for alike in same.chunk_by(|&a, &b| rows[a].filter == rows[b].filter) {
                kinds += 1;
                out.extend(self.repeats(alike));
            }
            if kinds == 1 && rows[same[0]].filter != NONE {
                // One school’s own kind, not a part of it.
                whole.extend(same);
            }
        }
        for at in whole {
            self.published.rows[at].filter = NONE;
        }
        for (at, why) in out {
            self.leave_out(at, why);
        }
    }

    /// Rows that are about the same school, year and group as another, or about a kind of school: few, and only
    /// they have to be sorted. Of others some may be among them, where two hashes happen to be the same.
    fn not_alone(&self) -> Vec<usize> {
        let groups = &self.published;
        let mut first: FxHashMap<u64, usize> = FxHashMap::default();
        let mut alike = vec![false; groups.rows.len()];
        for (at, row) in groups.rows.iter().enumerate().filter(|(_, row)| !row.above && !row.left_out) {
            let place = groups.place_of[row.spot as usize];
            let mut hasher = FxHasher::default();
            (place, row.year, row.grade, row.group).hash(&mut hasher);
            let before = *first.entry(hasher.finish()).or_insert(at);
            if before != at {
                alike[before] = true;
            }
            alike[at] = before != at || row.filter != NONE;
        }
        (0..alike.len()).filter(|at| alike[*at]).collect()
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
        order::sort_by(&mut rates, f64::total_cmp);
        let at_end = |end: f64| rates.iter().filter(|rate| (**rate - end).abs() < 1e-9).count() as u64;
        let top = rates.last().map_or(0, |last| if (*last - 0.95).abs() < 1e-9 { at_end(*last) } else { 0 });
        let bottom = rates.first().map_or(0, |first| if (*first - 0.05).abs() < 1e-9 { at_end(*first) } else { 0 });
        let mut above: Vec<(usize, u64, u64)> = Vec::new();
        for row in self.published.rows.iter().filter(|row| row.file == file && !row.left_out) {
            let Some((column, _)) = row.rate.filter(|(_, value)| *value > 100.0 || *value < -1.0) else { continue };
            match above.iter_mut().find(|(at, _, _)| *at == column) {
                Some(known) => known.1 += 1,
                None => above.push((column, 1, row.line)),
            }
        }
        for (column, rows, line) in above {
            let header = &self.readings[file].columns[column].header;
            self.problems.remark(Why::RateAboveHundred, file as u16, rows, line, header, "");
        }
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
            let all = || self.published.rows.iter().filter(|row| row.file == file);
            let rows = || all().filter(|row| !row.left_out);
            let of = rows().count() as u64;
            if of == 0 && all().next().is_some() {
                // Nothing is left that an answer could be about.
                continue;
            }
            let header = |role: Role| reading.column(&role).map(|at| reading.columns[at].header.clone());
            let mut ask = |topic: Topic, about: String, rows: u64, of: u64| {
                if reading.answer(topic).is_none() {
                    questions.push(Question { file: file as u16, kind: Ask::Pick(Pick { topic, about, rows, of }) });
                }
            };
            // The California dashboard heads every one of its measures alike.
            let is_named = || reading.columns.iter().any(|c| c.samples.iter().any(|v| names_chronic(v)));
            let is_measured =
                reading.columns.iter().any(group_rows::names_measure) || self.published.told_measures.contains(&file);
            let is_bare = |h: &String| {
                let is_told = is_measured || roles::normalise(h) == "currstatus" && is_named();
                group_headers::is_bare_rate(h) && !is_told || group_headers::is_unbounded(h)
            };
            if let Some(rate) = header(Role::ChronicRate).filter(is_bare) {
                ask(Topic::RateOf, rate, of, of);
            }
            if reading.answer(Topic::RateOf) == Some(Answer::SomethingElse) {
                continue;
            }
            let mut is_percent = false;
            if let Some(chronic) = header(Role::ChronicCount).filter(|h| group_headers::is_bare_chronic(h))
                && !reading.has(&Role::ChronicRate)
                && group_rows::unit_column(&reading.columns).is_none()
            {
                is_percent = reading.answer(Topic::ChronicIs) == Some(Answer::Percent);
                let given = || rows().filter_map(|row| row.chronic);
                // More than a hundred percent of the students cannot be absent.
                if given().all(|n| n <= 100) {
                    ask(Topic::ChronicIs, chronic, given().count() as u64, of);
                }
            }
            let of_whom = if is_percent { Role::GroupSize } else { Role::ChronicCount };
            let is_alone = reading.column(&Role::GroupSize).is_none();
            let is_open = |h: &String| group_headers::is_bare_count(h) || is_alone && group_headers::is_count_in(h);
            if let Some(count) = header(of_whom).filter(is_open) {
                let has = |row: &&GroupRow| row.chronic.or(row.counted).is_some_and(|n| n > 0) && row.rate.is_some();
                let both = rows().filter(has);
                let unfit = both.clone().filter(|row| !self.fits_as_all(row)).count() as u64;
                ask(Topic::CountOf, count, unfit, both.count() as u64);
            }
            if let Some(at) = reading.column(&Role::ChronicRate).filter(|&at| self.is_small_rate(file, at)) {
                let given = rows().filter(|row| row.rate.is_some()).count() as u64;
                // Counts beside it decide.
                if self.published.scales.get(&(file, at)).is_some_and(|scale| scale.fit == 0) {
                    ask(Topic::RateScale, reading.columns[at].header.clone(), given, given);
                }
            }
            let rates: Vec<usize> = rows().filter_map(|row| Some(row.rate?.0)).fold(Vec::new(), |mut all, at| {
                if !all.contains(&at) {
                    all.push(at);
                }
                all
            });
            for at in rates.into_iter().filter(|&at| self.is_mixed_rate(file, at)) {
                if let Some(scale) = self.published.scales.get(&(file, at)) {
                    let all = scale.small.n + scale.large.n;
                    ask(Topic::RateScale, reading.columns[at].header.clone(), scale.small.n, all);
                }
            }
            if let Some(measure) = self.published.bare_measures.get(&file) {
                let given = || rows().filter_map(|row| row.rate);
                let is_signed =
                    given().any(|rate| self.published.scales.get(&(file, rate.0)).is_some_and(|s| s.is_signed));
                let is_above = given().any(|(_, value)| value > 100.0);
                if !is_signed && !is_above && given().all(|(_, value)| value.fract() == 0.0) {
                    ask(Topic::ChronicIs, measure.clone(), given().count() as u64, of);
                }
            }
            let zeros = rows().filter(|row| row.is_bare_zero()).count() as u64;
            if zeros >= 10 && zeros * 10 >= of {
                ask(Topic::Zeros, String::new(), zeros, of);
            }
        }
    }

    /// Rows that add nothing, and rows that contradict each other; those that fill each other’s gaps stay.
    fn repeats(&self, at: &[usize]) -> Vec<(usize, Why)> {
        let rows = &self.published.rows;
        if at.len() < 2 {
            return Vec::new();
        }
        let mut known: Option<GroupFields> = None;
        let mut out = Vec::new();
        for &i in at.iter().filter(|&&i| !rows[i].says_nothing()) {
            let fields = GroupFields::of(self, &rows[i]);
            // A percent that cannot be is no repetition of the row beside it.
            if fields.numbers == [None; 3] && fields.shares.iter().all(|share| share.1.is_none()) {
                continue;
            }
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

    /// Whether the count could be all students: their share must then be a whole number of them.
    fn fits_as_all(&self, row: &GroupRow) -> bool {
        let (Some(count), Some((column, value))) = (row.chronic.or(row.counted), row.rate) else { return true };
        let Some(rate) = self.scaled(row.file, column, value) else { return true };
        let part = f64::from(count) * rate;
        // Half of the last digit of a whole percent.
        (part - part.round()).abs() <= f64::from(count) * 0.005 + 1e-9
    }
}

pub(super) enum Joined {
    Adds,
    AddsNothing,
    Contradicts,
}

/// The numbers of a row, to be laid beside another row’s.
pub(super) struct GroupFields {
    file: usize,
    tells: bool,
    /// Students counted, those chronically absent, and their share.
    numbers: [Option<f64>; 3],
    shares: Vec<(String, Option<f64>)>,
}

impl GroupFields {
    pub(super) fn of(tally: &Tally, row: &GroupRow) -> GroupFields {
        let scaled = |column: usize, value: f64| tally.scaled(row.file, column, value);
        let rate = row.rate.and_then(|(column, value)| scaled(column, value));
        let shares = row
            .shares
            .iter()
            .map(|&(column, value)| (tally.share_key(row.file, column), value.and_then(|value| scaled(column, value))));
        GroupFields {
            file: row.file,
            tells: row.tells(),
            numbers: [row.counted.map(f64::from), row.chronic.map(f64::from), rate],
            shares: shares.collect(),
        }
    }

    pub(super) fn join(&mut self, other: &GroupFields) -> Joined {
        // Two files may round a percent differently, and count students on different days where only one of them
        // tells who was absent.
        let is_other = self.file != other.file;
        let near = if is_other { 0.005 } else { 0.0 };
        let free = is_other && !(self.tells && other.tells);
        let mut joined = Joined::AddsNothing;
        let mut lay = |mine: &mut Option<f64>, new: Option<f64>, near: f64| match (*mine, new) {
            (Some(a), Some(b)) if (a - b).abs() > near + 1e-9 => joined = Joined::Contradicts,
            (None, Some(_)) => {
                *mine = new;
                if matches!(joined, Joined::AddsNothing) {
                    joined = Joined::Adds;
                }
            }
            _ => {}
        };
        for ((mine, new), near) in
            self.numbers.iter_mut().zip(other.numbers).zip([if free { f64::MAX } else { 0.0 }, 0.0, near])
        {
            lay(mine, new, near);
        }
        for (key, new) in &other.shares {
            let known = self.shares.iter().position(|(mine, _)| mine == key).unwrap_or_else(|| {
                self.shares.push((key.clone(), None));
                self.shares.len() - 1
            });
            lay(&mut self.shares[known].1, *new, near);
        }
        joined
    }
}

fn names_chronic(text: &str) -> bool {
    text.to_ascii_lowercase().contains("chronic")
}

/// A district that has only a number is called one.
fn district_name(district: &str) -> String {
    let number = !district.is_empty() && district.bytes().all(|b| b.is_ascii_digit());
    if number { format!("District {district}") } else { district.to_string() }
}

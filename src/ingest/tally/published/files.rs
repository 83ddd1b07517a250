//! What public files say of each other and of their own rows: which years are one, which rows are sums of others, and
//! which of two files counts where they contradict each other.

use super::super::super::group_places;
use super::super::super::pick::{Answer, Pick, Topic};
use super::super::super::problem::Kind as Why;
use super::super::super::reading::{Ask, Layout, Question};
use super::super::super::roles::Role;
use super::super::super::scan::{Interner, NONE};
use super::super::{Tally, years};
use super::settle::{GroupFields, Joined};
use super::{GroupRow, Groups};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

impl Tally {
    /// Values of chronic absence without a word of what they are: no percent is above a hundred.
    pub(super) fn count_bare_measures(&mut self) {
        for file in self.published.bare_measures.keys().copied().collect::<Vec<_>>() {
            // A value with a sign is no number of students.
            let Groups { rows, bare_rows, rate_measures, bare_measures, .. } = &mut self.published;
            let bare: Vec<usize> =
                bare_rows.iter().copied().filter(|&at| rows.get(at).is_some_and(|r| r.file == file)).collect();
            let is_above = |at: &usize| rows[*at].rate.is_some_and(|(_, value)| value > 100.0);
            let is_part =
                |at: &usize| rows[*at].rate.is_some_and(|(_, value)| value.is_sign_negative() || value.fract() != 0.0);
            // Beside a percent with a name of its own it is the number.
            let is_number = rate_measures.contains(&file) && !bare.iter().any(is_part);
            if self.readings[file].answer(Topic::ChronicIs).is_none() && (is_number || bare.iter().any(is_above)) {
                for &at in &bare {
                    let row = &mut rows[at];
                    if let Some((_, value)) = row.rate.filter(|(_, value)| value.is_sign_positive()) {
                        (row.chronic, row.rate) = (Some(value as u32), None);
                    }
                }
                let _ = bare_measures.remove(&file);
            }
        }
        let Groups { rows, number_rows, part_numbers, .. } = &mut self.published;
        for &at in number_rows.iter() {
            let Some(row) = rows.get_mut(at).filter(|row| part_numbers.contains(&row.file)) else { continue };
            if let (Some(column), Some(n)) = (self.readings[row.file].column(&Role::Value), row.chronic.take()) {
                row.rate = Some((column, f64::from(n)));
            }
        }
    }

    /// A number that one file writes with zeros before it and another without is one, unless the names differ.
    pub(super) fn join_numbers(&mut self) {
        let mut forms: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let written = &mut self.published.written;
        for (at, spot) in written.iter().enumerate() {
            if !spot.number.is_empty() && spot.number.bytes().all(|b| b.is_ascii_digit()) {
                forms.entry(spot.number.trim_start_matches('0').to_string()).or_default().push(at);
            }
        }
        for same in forms.into_values().filter(|same| same.len() > 1) {
            let longest = same.iter().copied().max_by_key(|&at| written[at].number.len());
            let names = || same.iter().map(|&at| &written[at].name).filter(|name| !name.is_empty());
            let is_one = names().all(|name| names().next().is_some_and(|first| first.eq_ignore_ascii_case(name)));
            if let Some(number) = longest.filter(|_| is_one).map(|at| written[at].number.clone()) {
                for at in same {
                    written[at].number.clone_from(&number);
                }
            }
        }
    }

    /// A year that is written in several ways is one: 2023-24, 2023-2024 and, beside them, 2024. Conditions without a
    /// year, and files that name none, are taken for those of the latest one: where they contradict it that is asked.
    pub(super) fn join_years(&mut self) {
        let groups = &mut self.published;
        let mut ids: Vec<u32> = Vec::new();
        for row in &groups.rows {
            if !ids.contains(&row.year) {
                ids.push(row.year);
            }
        }
        if ids.len() < 2 {
            return;
        }
        // An average of three years is none of them.
        let is_single = |id: &u32| !years::is_several(&groups.texts.string(*id));
        let several: Vec<u32> = if ids.iter().any(is_single) {
            ids.iter().copied().filter(|id| !is_single(id)).collect()
        } else {
            Vec::new()
        };
        for at in 0..self.published.rows.len() {
            if several.contains(&self.published.rows[at].year) {
                self.leave_out(at, Why::SeveralYears);
            }
        }
        let groups = &mut self.published;
        ids.retain(|id| !several.contains(id));
        let is_span = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() != 4 || text.contains(['-', '/']);
        let begins = |id: u32| {
            let text = groups.texts.string(id);
            years::year(text.as_bytes()).map(|year| if is_span(&text) { (year, true) } else { (year - 1, false) })
        };
        let known: Vec<(u32, Option<(u32, bool)>)> = ids.iter().map(|&id| (id, begins(id))).collect();
        let mut same: FxHashMap<u32, u32> = FxHashMap::default();
        for (id, begin) in &known {
            let is_it = |(_, other): &&(u32, Option<(u32, bool)>)| {
                other.is_some_and(|(year, span)| span && Some(year) == begin.map(|(year, _)| year))
            };
            if let Some((to, _)) = known.iter().find(is_it) {
                let _ = same.insert(*id, *to);
            }
        }
        for row in &mut groups.rows {
            row.year = same.get(&row.year).copied().unwrap_or(row.year);
        }
        // Years are sorted as they are written: SY22-23 beside 2023-24 would come last.
        let single: Vec<(u32, (u32, bool))> = known
            .iter()
            .filter(|(id, _)| same.get(id).is_none_or(|to| to == id))
            .filter_map(|&(id, y)| Some((id, y?)))
            .collect();
        let texts: Vec<String> = single.iter().map(|(id, _)| groups.texts.string(*id)).collect();
        let is_out = |a: usize, b: usize| single[a].1.0 < single[b].1.0 && texts[a] > texts[b];
        if (0..single.len()).any(|a| (0..single.len()).any(|b| is_out(a, b))) {
            for (id, (begin, span)) in single {
                let end = begin + 1;
                let text = if span { format!("{begin}-{:02}", end % 100) } else { end.to_string() };
                let (to, _) = groups.texts.intern(text.as_bytes());
                groups.rows.iter_mut().filter(|row| row.year == id).for_each(|row| row.year = to);
            }
        }
        let latest = groups.rows.iter().filter(|row| row.tells() && !row.left_out).map(|row| row.year);
        let latest = latest.max_by_key(|&id| groups.texts.string(id));
        let Some(latest) = latest else { return };
        let empty = groups.texts.get(b"");
        let has_years: Vec<bool> = self.readings.iter().map(|reading| reading.has(&Role::Year)).collect();
        for row in groups.rows.iter_mut().filter(|row| Some(row.year) == empty) {
            if !has_years[row.file] || !row.tells() && row.counted.is_none() {
                row.year = latest;
            }
        }
    }

    /// Rows that only name a kind of school, “Elementary” and “High”, and together count as many as all the others of
    /// their file and year: sums, and no schools.
    fn sums_of_kinds(&self) -> FxHashSet<(usize, u32)> {
        let groups = &self.published;
        // By file and year, how many other rows and rows of kinds there are, with what they count.
        let mut found: FxHashMap<(usize, u32), [[u64; 3]; 2]> = FxHashMap::default();
        let is_whole = |row: &&GroupRow| !row.above && row.group == NONE && row.grade.is_none() && row.filter == NONE;
        let is_kind = |row: &GroupRow| group_places::is_kind(&groups.written[row.spot as usize].name);
        for row in groups.rows.iter().filter(is_whole) {
            if let Some(chronic) = row.chronic {
                let sums = &mut found.entry((row.file, row.year)).or_default()[usize::from(is_kind(row))];
                for (sum, more) in sums.iter_mut().zip([1, row.counted.unwrap_or(0), chronic]) {
                    *sum += u64::from(more);
                }
            }
        }
        let is_sum = |row: &&GroupRow| {
            found.get(&(row.file, row.year)).is_some_and(|[other, kinds]| {
                kinds[0] >= 2 && other[0] >= 2 && kinds[1..] == other[1..] && kinds[2] > 0
            })
        };
        let of_kinds = groups.rows.iter().filter(is_whole).filter(is_sum).filter(|row| is_kind(row));
        of_kinds.map(|row| (row.file, row.spot)).collect()
    }

    /// A row whose counts are the sums of all smaller ones, of its district or of the file, is no school.
    pub(super) fn find_sums(&mut self) {
        let groups = &self.published;
        let mut sums = self.sums_of_kinds();
        let mut districts = Interner::default();
        let district_of: Vec<u32> =
            groups.written.iter().map(|spot| districts.intern(spot.district.as_bytes()).0).collect();
        for by_district in [true, false] {
            // Numbers sort far faster than the names they stand for. Rows of equal counts stay in their order.
            let about =
                |row: &GroupRow| (row.file, row.year, if by_district { district_of[row.spot as usize] } else { 0 });
            let mut abouts: FxHashMap<(usize, u32, u32), u32> = FxHashMap::default();
            let mut whole: Vec<(u32, u64, u64, usize)> = Vec::new();
            for (at, row) in groups.rows.iter().enumerate() {
                let is_whole =
                    !row.above && !row.left_out && row.group == NONE && row.grade.is_none() && row.filter == NONE;
                let Some(chronic) = row.chronic.filter(|_| is_whole && !sums.contains(&(row.file, row.spot))) else {
                    continue;
                };
                let next = abouts.len() as u32;
                let about = *abouts.entry(about(row)).or_insert(next);
                whole.push((about, u64::from(row.counted.unwrap_or(0)), u64::from(chronic), at));
            }
            whole.sort_unstable();
            for same in whole.chunk_by(|a, b| a.0 == b.0) {
                let (mut n, mut sum) = (0, (0, 0));
                let at_end =
                    |at: usize| same.iter().all(|other| other.3 >= at) || same.iter().all(|other| other.3 <= at);
                for &(_, counted, chronic, at) in same {
                    // Of a few numbers one can be the sum of others by chance, the more so where only one of each
                    // school stands there.
                    let enough = if counted > 0 { 2 } else { 5 };
                    // A total of few rows stands above or below them.
                    let is_sum = n >= enough && counted.max(chronic) >= 100 && (counted, chronic) == sum;
                    if is_sum && (n > 3 || at_end(at)) {
                        let _ = sums.insert((groups.rows[at].file, groups.rows[at].spot));
                    } else {
                        n += 1;
                        sum = (sum.0 + counted, sum.1 + chronic);
                    }
                }
            }
        }
        // By place, how many rows and where the first of them stands.
        let mut said: BTreeMap<(usize, u32), (u64, u64)> = BTreeMap::new();
        for row in self.published.rows.iter_mut().filter(|row| sums.contains(&(row.file, row.spot))) {
            row.above = true;
            said.entry((row.file, row.spot)).or_insert((0, row.line)).0 += 1;
        }
        for ((file, spot), (rows, line)) in said {
            let spot = &self.published.written[spot as usize];
            let name = if spot.name.is_empty() { &spot.number } else { &spot.name };
            self.problems.remark(Why::SumOfRows, file as u16, rows, line, "", name.trim());
        }
    }

    /// A number of students that several groups of a school share with the school itself is the school's.
    pub(super) fn leave_out_sizes_of_schools(&mut self) {
        let groups = &self.published;
        let place = |row: &GroupRow| (row.file, groups.place_of[row.spot as usize], row.year);
        let is_whole = |row: &GroupRow| row.group == NONE && row.grade.is_none() && row.filter == NONE;
        let whole: FxHashMap<(usize, u32, u32), u32> =
            groups.rows.iter().filter(|row| is_whole(row)).filter_map(|row| Some((place(row), row.counted?))).collect();
        // By school, the groups of its size and all of them.
        let mut found: FxHashMap<(usize, u32, u32), (u64, u64)> = FxHashMap::default();
        for row in groups.rows.iter().filter(|row| !is_whole(row) && row.filter == NONE) {
            if let (Some(counted), Some(all)) = (row.counted, whole.get(&place(row))) {
                let (equal, of) = found.entry(place(row)).or_default();
                *equal += u64::from(counted == *all);
                *of += 1;
            }
        }
        for file in 0..self.readings.len() {
            let mine = || found.iter().filter(|((at, _, _), _)| *at == file).map(|(_, counts)| *counts);
            let sum = |of: fn((u64, u64)) -> u64| mine().map(of).sum::<u64>();
            let (equal, of) = (sum(|(equal, _)| equal), sum(|(_, of)| of));
            if equal * 5 < of * 4 || !mine().any(|(equal, _)| equal > 1) {
                continue;
            }
            let is_group = |row: &GroupRow| row.group != NONE || row.grade.is_some();
            for row in self.published.rows.iter_mut().filter(|row| row.file == file && is_group(row)) {
                row.counted = None;
            }
            self.problems.remark(Why::SizeOfSchool, file as u16, of, 0, "", "");
        }
    }

    /// Two files that contradict each other in most of what they share are of different years, or of different
    /// definitions: only one of them can count.
    pub(super) fn choose_files(&mut self, questions: &mut Vec<Question>) {
        let files = 0..self.readings.len();
        let files: Vec<usize> = files.filter(|&at| self.readings[at].layout == Layout::Published).collect();
        if files.len() < 2 {
            return;
        }
        // By pair of files, the rows that contradict each other, and all that both have.
        let mut odds: FxHashMap<(usize, usize), (u64, u64)> = FxHashMap::default();
        let order = self.alike_in_order();
        for same in order.chunk_by(|&a, &b| self.about(a) == self.about(b)) {
            let rows = || same.iter().map(|&at| &self.published.rows[at]).filter(|row| row.tells());
            for (at, row) in rows().enumerate() {
                for other in rows().take(at).filter(|other| other.file != row.file) {
                    let pair = (other.file.min(row.file), other.file.max(row.file));
                    let (odd, all) = odds.entry(pair).or_default();
                    let joined = GroupFields::of(self, other).join(&GroupFields::of(self, row));
                    *odd += u64::from(matches!(joined, Joined::Contradicts));
                    *all += 1;
                }
            }
        }
        let mut out: Vec<usize> = Vec::new();
        for &file in &files {
            let before = files.iter().take_while(|&&other| other < file);
            for &other in before {
                let &(rows, of) = odds.get(&(other, file)).unwrap_or(&(0, 0));
                if rows * 2 < of || rows == 0 || out.contains(&other) || out.contains(&file) {
                    continue;
                }
                match self.readings[file].answer(Topic::TwoFiles) {
                    Some(Answer::ThisFile) => out.push(other),
                    Some(_) => out.push(file),
                    None => {
                        let about = self.readings[other].file.clone();
                        let pick = Pick { topic: Topic::TwoFiles, about, rows, of };
                        questions.push(Question { file: file as u16, kind: Ask::Pick(pick) });
                        break;
                    }
                }
            }
        }
        for at in 0..self.published.rows.len() {
            if out.contains(&self.published.rows[at].file) {
                self.leave_out(at, Why::OtherFile);
            }
        }
    }

    pub(super) fn leave_out(&mut self, at: usize, why: Why) {
        let row = &mut self.published.rows[at];
        row.left_out = true;
        self.files[row.file].account.rows_used -= 1;
        self.problems.set_aside(why, row.file as u16, row.line, None);
    }
}

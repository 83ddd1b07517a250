//! What is known of the rows so far, so that the many rows that say nothing new (this student,
//! at this school, was present) are counted without being looked at twice.

use crate::intern::{Interner, NONE};
use crate::rows::Row;

/// Days by stay, one bit each, in one block of memory.
#[derive(Clone, Debug, Default)]
pub struct DayGrid {
    /// Words of 64 days per stay.
    stride: usize,
    words: Vec<u64>,
}

impl DayGrid {
    /// Adds a day; `false` where it was there already.
    #[inline]
    pub fn insert(&mut self, stay: u32, day: u16) -> bool {
        let (word, bit) = (usize::from(day) / 64, 1u64 << (day % 64));
        if word >= self.stride {
            self.widen(word + 1);
        }
        let at = stay as usize * self.stride + word;
        if at >= self.words.len() {
            self.words.resize((stay as usize + 1) * self.stride, 0);
        }
        let new = self.words[at] & bit == 0;
        self.words[at] |= bit;
        new
    }

    /// Adds all these days, 64 to a word.
    pub fn add(&mut self, stay: u32, days: &[u64]) {
        if days.len() > self.stride {
            self.widen(days.len());
        }
        let from = stay as usize * self.stride;
        if from + self.stride > self.words.len() {
            self.words.resize(from + self.stride, 0);
        }
        for (word, more) in self.words[from..].iter_mut().zip(days) {
            *word |= more;
        }
    }

    /// Takes a day out.
    pub fn remove(&mut self, stay: u32, day: u16) {
        let word = usize::from(day) / 64;
        if word < self.stride
            && let Some(words) = self.words.get_mut(stay as usize * self.stride + word)
        {
            *words &= !(1u64 << (day % 64));
        }
    }

    /// The words of one stay; short or empty where it has no days.
    #[must_use]
    pub fn of(&self, stay: u32) -> &[u64] {
        let from = stay as usize * self.stride;
        let all = self.words.get(from..from + self.stride).unwrap_or(&[]);
        let used = all.iter().rposition(|w| *w != 0).map_or(0, |last| last + 1);
        &all[..used]
    }

    #[cold]
    fn widen(&mut self, stride: usize) {
        let mut words = Vec::new();
        if self.stride > 0 {
            for stay in self.words.chunks(self.stride) {
                words.extend_from_slice(stay);
                words.resize(words.len() + stride - self.stride, 0);
            }
        }
        self.words = words;
        self.stride = stride;
    }
}

/// The columns that tell what a row says.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    /// Column of the student's number.
    pub student: usize,
    pub date: usize,
    pub status: usize,
    /// Every column that speaks of the student and not of the day, the number among them.
    pub about: Vec<usize>,
    /// Whether rows that say nothing new are counted here. Otherwise only their student is told.
    pub counts: bool,
}

/// One student as the last row about them was written.
struct Entry {
    /// Where the watched cells stand in [`Known::written`]; empty where none are known.
    written: (usize, usize),
    /// Bytes there are for them at that place.
    room: usize,
    stay: u32,
    /// A whole line about the student without its date and status, in three parts one after the
    /// other; empty where none is known.
    line: Vec<u8>,
    /// Where the first two parts end.
    ends: [usize; 2],
    /// The entry that came after this one the last time.
    successor: u32,
}

/// The rows seen so far, as far as later rows repeat them.
#[derive(Default)]
pub struct Known {
    /// The days of every stay, of fast rows and slow ones.
    pub days: DayGrid,
    watched: Option<Watched>,
    students: Interner,
    entries: Vec<Entry>,
    /// The watched cells of all students, each cell behind its length.
    written: Vec<u8>,
    last: usize,
    dates: Interner,
    day_of: Vec<u16>,
    codes: Interner,
    /// Position among the caller's codes of each one that means plainly present.
    present: Vec<u16>,
    /// Dates and present codes as they stand in the file, with their quotes.
    written_dates: Vec<Vec<u8>>,
    written_codes: Vec<Vec<u8>>,
    /// The code that came last.
    code: usize,
    /// Lines that repeated a known one, and lines that were learnt.
    repeated: u64,
    learnt: u64,
    /// Whether the last line differed from the expected one in more than its date and status.
    is_other_line: bool,
    /// Rows counted here since [`Known::take_rows`].
    rows: u64,
    rows_by_code: Vec<u64>,
    /// Entry and day of the row that was just looked at.
    entry: u32,
    day: u16,
}

/// No day, no code.
const NOTHING: u16 = u16::MAX;

impl Known {
    /// Begins a file. `None`: its rows say more than what can be compared here.
    pub fn begin(&mut self, watched: Option<Watched>) {
        let days = std::mem::take(&mut self.days);
        *self = Known { days, entry: NONE, day: NOTHING, ..Known::default() };
        let Some(mut watched) = watched else { return };
        watched.about.push(watched.student);
        watched.about.sort_unstable();
        watched.about.dedup();
        self.watched = Some(watched);
    }

    /// Counts a row that says only what is known and that the student was present; `false` where
    /// it must be looked at.
    #[inline]
    pub fn row(&mut self, row: &Row<'_>) -> bool {
        let Some(watched) = &self.watched else { return false };
        self.entry = NONE;
        self.day = NOTHING;
        let Watched { student, date, status, counts, .. } = *watched;
        let Some(entry) = self.entry_of(row, student) else { return false };
        self.entry = entry;
        if !counts {
            return false;
        }
        let Some(date) = self.dates.known(row.raw(date)) else { return false };
        self.day = self.day_of[date as usize];
        let Some(code) = self.codes.known(row.raw(status)) else { return false };
        let present = self.present[code as usize];
        if present == NOTHING || !self.days.insert(self.entries[entry as usize].stay, self.day) {
            return false;
        }
        self.code = code as usize;
        self.rows += 1;
        self.rows_by_code[code as usize] += 1;
        self.learn_line(row);
        true
    }

    /// Counts a line that repeats, byte for byte, the line expected next, but for a known date and a
    /// known status that means present. Returns its length with the line end.
    ///
    /// Equal bytes are cut into equal cells, so nothing of it needs to be cut.
    #[inline]
    pub(crate) fn repeat(&mut self, rest: &[u8], line_end: u8) -> Option<usize> {
        let watched = self.watched.as_ref()?;
        let at = self.entries.get(self.last)?.successor;
        let entry = self.entries.get(at as usize).filter(|entry| !entry.line.is_empty())?;
        let date = self.dates.expected()?;
        let (date_text, code_text) = (self.written_dates.get(date as usize)?, self.written_codes.get(self.code)?);
        if date_text.is_empty() || code_text.is_empty() {
            return None;
        }
        let [first, second] =
            if watched.date < watched.status { [date_text, code_text] } else { [code_text, date_text] };
        let follow = |from: usize, text: &[u8]| {
            let to = from + text.len();
            rest.get(from..to).is_some_and(|part| same(part, text)).then_some(to)
        };
        let (before, after) = entry.line.split_at(entry.ends[0]);
        let (between, after) = after.split_at(entry.ends[1] - entry.ends[0]);
        let Some(end) = follow(0, before) else {
            self.is_other_line = true;
            return None;
        };
        let end = follow(end, first)?;
        let Some(end) = follow(end, between) else {
            self.is_other_line = true;
            return None;
        };
        let end = follow(end, second)?;
        let Some(end) = follow(end, after).filter(|end| rest.get(*end) == Some(&line_end)) else {
            self.is_other_line = true;
            return None;
        };
        if !self.days.insert(entry.stay, self.day_of[date as usize]) {
            return None;
        }
        self.last = at as usize;
        self.dates.step(date);
        self.rows += 1;
        self.rows_by_code[self.code] += 1;
        self.repeated += 1;
        Some(end + 1)
    }

    /// Remembers the line of a row that was just counted.
    #[inline]
    fn learn_line(&mut self, row: &Row<'_>) {
        let Some(watched) = &self.watched else { return };
        let entry = &mut self.entries[self.entry as usize];
        // Where another column changes with every line, learning each would cost more than it saves.
        let is_worth_it = self.learnt <= self.repeated / 4 + FREE_LINES;
        if !is_worth_it || !entry.line.is_empty() && !self.is_other_line {
            return;
        }
        self.is_other_line = false;
        self.learnt += 1;
        let (first, second) = (watched.date.min(watched.status), watched.date.max(watched.status));
        let Some([before, _, between, _, after]) = row.around(first, second) else { return };
        entry.line.clear();
        entry.line.extend_from_slice(before);
        entry.ends[0] = entry.line.len();
        entry.line.extend_from_slice(between);
        entry.ends[1] = entry.line.len();
        entry.line.extend_from_slice(after);
    }

    /// The stay of the row that was just looked at, where it is the known one.
    #[must_use]
    pub fn stay(&self) -> Option<u32> {
        self.entries.get(self.entry as usize).map(|entry| entry.stay)
    }

    fn entry_of(&mut self, row: &Row<'_>, student: usize) -> Option<u32> {
        let about = &self.watched.as_ref()?.about;
        let guess = self.entries.get(self.last).map_or(NONE, |entry| entry.successor);
        if let Some(entry) = self.entries.get(guess as usize)
            && is_written(&self.written[entry.written.0..entry.written.1], about, row)
        {
            self.last = guess as usize;
            return Some(guess);
        }
        let at = self.students.get(row.raw(student))?;
        if let Some(last) = self.entries.get_mut(self.last) {
            last.successor = at;
        }
        self.last = at as usize;
        let (from, to) = self.entries[at as usize].written;
        is_written(&self.written[from..to], about, row).then_some(at)
    }

    /// Remembers what a row says of its student.
    pub fn learn_student(&mut self, row: &Row<'_>, stay: u32) {
        let Some(watched) = &self.watched else { return };
        if self.entry != NONE {
            return;
        }
        let (at, new) = self.students.intern(row.raw(watched.student));
        if new {
            self.entries.push(Entry {
                written: (0, 0),
                room: 0,
                stay,
                line: Vec::new(),
                ends: [0; 2],
                successor: NONE,
            });
            if let Some(last) = self.entries.get_mut(self.last) {
                last.successor = at;
            }
            self.last = at as usize;
        }
        let entry = &mut self.entries[at as usize];
        entry.stay = stay;
        entry.line.clear();
        let length = watched.about.iter().map(|column| row.raw(*column).len() + 4).sum();
        // A student is mostly written once. Who is written anew keeps the place, so that no number of rows
        // takes more memory than the students do.
        if length > entry.room {
            entry.room = length;
            entry.written.0 = self.written.len();
            self.written.resize(entry.written.0 + length, 0);
        }
        let mut at = entry.written.0;
        entry.written.1 = at + length;
        for &column in &watched.about {
            let cell = row.raw(column);
            self.written[at..at + 4].copy_from_slice(&(cell.len() as u32).to_le_bytes());
            self.written[at + 4..at + 4 + cell.len()].copy_from_slice(cell);
            at += 4 + cell.len();
        }
    }

    /// Forgets a student, so that every row about them is looked at.
    pub fn forget_student(&mut self, row: &Row<'_>) {
        let Some(watched) = &self.watched else { return };
        if let Some(at) = self.students.get(row.raw(watched.student)) {
            let written = &mut self.entries[at as usize].written;
            written.1 = written.0;
            self.entries[at as usize].line.clear();
        }
    }

    /// Remembers the day that a date stands for.
    pub fn learn_date(&mut self, row: &Row<'_>, day: u16) {
        let Some(watched) = &self.watched else { return };
        if self.day == NOTHING && self.dates.intern(row.raw(watched.date)).1 {
            self.day_of.push(day);
            self.written_dates.push(cell_as_written(row, watched.date, watched.status));
        }
    }

    /// Remembers that a status is plainly present; `code` is its position among the caller's codes.
    pub fn learn_present(&mut self, row: &Row<'_>, code: u16) {
        let Some(watched) = &self.watched else { return };
        if self.codes.intern(row.raw(watched.status)).1 {
            self.present.push(code);
            self.written_codes.push(cell_as_written(row, watched.status, watched.date));
            self.rows_by_code.push(0);
        }
    }

    /// Rows counted since the last call, in all and by the caller's code.
    pub fn take_rows(&mut self) -> (u64, Vec<(u16, u64)>) {
        let by_code = self.present.iter().copied().zip(self.rows_by_code.iter_mut().map(std::mem::take)).collect();
        (std::mem::take(&mut self.rows), by_code)
    }

    /// Rows counted since they were last taken.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

/// Lines learnt before it is asked whether learning pays.
const FREE_LINES: u64 = 1 << 16;

/// A cell with its quotes; empty where the row is not as it was written.
fn cell_as_written(row: &Row<'_>, cell: usize, other: usize) -> Vec<u8> {
    let parts = row.around(cell.min(other), cell.max(other));
    parts.map_or_else(Vec::new, |parts| parts[if cell < other { 1 } else { 3 }].to_vec())
}

/// Whether the row's watched cells are these.
#[inline]
fn is_written(written: &[u8], about: &[usize], row: &Row<'_>) -> bool {
    let mut rest = written;
    for &column in about {
        let cell = row.raw(column);
        let Some((length, after)) = rest.split_first_chunk::<4>() else { return false };
        let Some((first, after)) = after.split_at_checked(cell.len()) else { return false };
        if u32::from_le_bytes(*length) as usize != cell.len() || !same(first, cell) {
            return false;
        }
        rest = after;
    }
    !written.is_empty()
}

/// Equality of short texts, eight bytes at a time: WebAssembly has no quick `memcmp`.
#[inline]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let word = |x: &[u8]| x.first_chunk::<8>().map_or(0, |eight| u64::from_ne_bytes(*eight));
    if a.len() >= 8 {
        let end = a.len() - 8;
        let mut at = 0;
        while at < end {
            if word(&a[at..]) != word(&b[at..]) {
                return false;
            }
            at += 8;
        }
        return word(&a[end..]) == word(&b[end..]);
    }
    if a.len() >= 4 {
        let half = |x: &[u8]| x.first_chunk::<4>().map_or(0, |four| u32::from_ne_bytes(*four));
        let end = a.len() - 4;
        return half(a) == half(b) && half(&a[end..]) == half(&b[end..]);
    }
    a.iter().zip(b).all(|(x, y)| x == y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn same_is_equality(a in prop::collection::vec(0u8..3, 0..40), b in prop::collection::vec(0u8..3, 0..40), at in 0usize..40) {
            prop_assert_eq!(same(&a, &b), a == b);
            let mut other = a.clone();
            prop_assert!(same(&a, &other));
            if let Some(byte) = other.get_mut(at) {
                *byte ^= 1;
                prop_assert!(!same(&a, &other));
            }
        }

        #[test]
        fn the_grid_is_a_set(of in prop::collection::vec((0u32..20, 0u16..300, any::<bool>()), 0..200)) {
            let mut grid = DayGrid::default();
            let mut set = std::collections::BTreeSet::new();
            for (stay, day, add) in of {
                if add && day % 7 == 0 {
                    let mut words = vec![0u64; usize::from(day) / 64 + 1];
                    words[usize::from(day) / 64] |= 1 << (day % 64);
                    grid.add(stay, &words);
                    set.insert((stay, day));
                } else if add {
                    prop_assert_eq!(grid.insert(stay, day), set.insert((stay, day)));
                } else {
                    grid.remove(stay, day);
                    set.remove(&(stay, day));
                }
            }
            for stay in 0..20u32 {
                let words = grid.of(stay);
                let found: Vec<u16> = (0..300u16)
                    .filter(|day| words.get(usize::from(*day) / 64).is_some_and(|w| w >> (day % 64) & 1 == 1))
                    .collect();
                let expected: Vec<u16> = set.iter().filter(|(s, _)| *s == stay).map(|(_, d)| *d).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}

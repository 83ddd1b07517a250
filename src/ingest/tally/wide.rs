//! Rows with a column for each day: each cell is a student-day. Where the headers are numbers and no
//! dates, the cells are summed up; beside a date they are that day's periods.

use super::super::codes::Meaning;
use super::super::problem::Kind as Why;
use super::super::reading::Layout;
use super::super::roles::Role;
use super::super::scan::Row;
use super::dated::NO_PART;
use super::people::RawMark;
use super::totals::Totals;
use super::{ABSENT, DateSlot, Tally};
use crate::attendance::{DayBits, Days, Kind};

/// One cell that counts and does not say present.
struct Cell {
    day: u16,
    code: u16,
    meaning: Meaning,
}

/// The cells of one row that count. Nearly all say present, so of those only the days are kept.
#[derive(Default)]
pub(super) struct Cells {
    present: u64,
    /// The days of the present ones, where the headers are dates.
    days: DayBits,
    others: Vec<Cell>,
    /// Room for the positions of cells that have to be looked at.
    rest: Vec<u32>,
}

impl Cells {
    fn count(&self) -> usize {
        self.present as usize + self.others.len()
    }

    fn has_dates(&self) -> bool {
        self.days.0.iter().any(|word| *word != 0) || self.dated().next().is_some()
    }

    /// Those that don't say present, under headers that are dates.
    fn dated(&self) -> impl Iterator<Item = &Cell> {
        self.others.iter().filter(|cell| cell.day != NO_DAY)
    }
}

/// The day of a cell under a header that is no date.
const NO_DAY: u16 = u16::MAX;

impl Tally {
    /// The days that the headers of the current file stand for.
    pub(super) fn begin_days(&mut self) {
        if self.readings[self.current].layout != Layout::Wide {
            return;
        }
        let headers: Vec<(usize, Role, String)> = self.readings[self.current]
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| matches!(c.role, Role::OnDate | Role::OnDay))
            .map(|(at, c)| (at, c.role.clone(), c.header.trim().to_string()))
            .collect();
        let days: Vec<(usize, Option<DateSlot>)> = headers
            .into_iter()
            .map(|(at, role, header)| (at, (role == Role::OnDate).then(|| self.date(header.as_bytes()))))
            .collect();
        let earlier = days.iter().filter(|(_, slot)| matches!(slot, Some(DateSlot::Earlier))).count();
        if earlier > 0 {
            self.problems.remark(Why::EarlierYear, self.current as u16, earlier as u64, 0, "", "columns");
        }
        // Days to come, days without school, and headers that are no day under this order hold nothing.
        let counts = |(at, slot): (usize, Option<DateSlot>)| match slot {
            None => Some((at as u32, NO_DAY)),
            Some(DateSlot::Day(day)) => Some((at as u32, day)),
            Some(DateSlot::Future | DateSlot::TakenOut | DateSlot::Earlier | DateSlot::Unreadable) => None,
        };
        self.files[self.current].columns.days = days.into_iter().filter_map(counts).collect();
    }

    pub(super) fn wide_row(&mut self, row: &Row<'_>) {
        if self.is_sum_row(row) {
            return self.set_aside(Why::NotAStudentRow, row, ABSENT);
        }
        let date = self.files[self.current].columns.date;
        let of_row = match (date != ABSENT).then(|| self.date(row.get(date))) {
            None => None,
            Some(DateSlot::Day(day)) => Some(day),
            Some(DateSlot::Unreadable) => return self.set_aside(Why::UnreadableDate, row, date),
            Some(DateSlot::Future) => return self.set_aside(Why::FutureDate, row, date),
            Some(DateSlot::TakenOut) => return self.set_aside(Why::TakenOutDay, row, date),
            Some(DateSlot::Earlier) => return self.set_aside(Why::EarlierYear, row, date),
        };
        let Some((student, stay)) = self.who(row) else { return };
        if let Some(&kind) = self.reject.get(&stay) {
            return self.set_aside(kind, row, ABSENT);
        }
        if of_row.is_some()
            && let Err(kind) = self.note_enrolled(row, stay)
        {
            return self.set_aside(kind, row, self.files[self.current].columns.enrolled);
        }
        let mut cells = std::mem::take(&mut self.cells);
        let waiting = self.read_cells(row, &mut cells);
        self.note_traits(student, stay, row);
        if waiting {
            self.files[self.current].rows_waiting += 1;
        } else if let Some(day) = of_row {
            self.one_day(row, stay, day, &cells);
        } else if !cells.has_dates() {
            self.sum_up(row, stay, &cells);
        } else {
            self.on_dates(row, stay, &cells);
        }
        self.cells = cells;
    }

    /// Reads the cells that count, and says whether any waits for the meaning of its code.
    fn read_cells(&mut self, row: &Row<'_>, cells: &mut Cells) -> bool {
        cells.others.clear();
        cells.rest.clear();
        cells.days.0.clear();
        cells.days.0.resize(self.days.len().div_ceil(64), 0);
        let columns = std::mem::take(&mut self.files[self.current].columns.days);
        let usual = self.files[self.current].present_letter;
        cells.present = row.apart(&columns, usual.map(|(letter, _)| letter), &mut cells.days.0, &mut cells.rest);
        if let Some((_, code)) = usual {
            self.codes[usize::from(code)].rows += cells.present;
        }
        let mut waiting = false;
        for &at in &cells.rest {
            let (column, day) = columns[at as usize];
            let column = column as usize;
            let code = match row.raw(column) {
                // Nearly all cells are one letter, and each letter is looked up once.
                &[letter] if !letter.is_ascii_whitespace() => self.letter(letter, row.line),
                _ => self.code_position(row.get(column), row.line),
            };
            let about = &mut self.codes[usize::from(code)];
            about.rows += 1;
            match about.meaning {
                None => waiting = true,
                Some(Meaning::Present) => {
                    cells.present += 1;
                    if day != NO_DAY {
                        let _ = cells.days.insert(usize::from(day));
                    }
                }
                Some(meaning) if meaning.counts() => cells.others.push(Cell { day, code, meaning }),
                Some(_) => {}
            }
        }
        self.files[self.current].columns.days = columns;
        waiting
    }

    #[inline]
    fn letter(&mut self, letter: u8, line: u64) -> u16 {
        let known = self.files[self.current].code_of_letter[usize::from(letter)];
        if known != u16::MAX {
            return known;
        }
        let code = self.code_position(&[letter], line);
        let file = &mut self.files[self.current];
        file.code_of_letter[usize::from(letter)] = code;
        if self.codes[usize::from(code)].meaning == Some(Meaning::Present) {
            file.present_letter = Some((letter, code));
        }
        code
    }

    /// Each cell on its date.
    fn on_dates(&mut self, row: &Row<'_>, stay: u32, cells: &Cells) {
        let seen = DayBits(self.known.days.of(stay).to_vec());
        if seen.0.is_empty() {
            self.mark_days(stay, cells, &seen);
            return;
        }
        let marks = &self.people.stays[stay as usize].marks;
        let said = |day: u16| {
            let before = marks.iter().find(|m| m.day == day).and_then(|m| self.codes[usize::from(m.code)].meaning);
            before.unwrap_or(Meaning::Present)
        };
        let present = cells.days.iter().map(|day| (day as u16, Meaning::Present));
        let (mut again, mut differs) = (0usize, false);
        for (day, meaning) in present.chain(cells.dated().map(|cell| (cell.day, cell.meaning))) {
            if seen.contains(usize::from(day)) {
                again += 1;
                differs |= said(day) != meaning;
            }
        }
        if differs {
            return self.set_aside(Why::ConflictingRows, row, ABSENT);
        }
        if again > 0 && again == cells.days.count() + cells.dated().count() {
            return self.set_aside(Why::DuplicateRow, row, ABSENT);
        }
        self.mark_days(stay, cells, &seen);
    }

    /// Counts the days of a row that are not yet known of its student.
    fn mark_days(&mut self, stay: u32, cells: &Cells, seen: &DayBits) {
        let mut days = cells.days.clone();
        for (word, before) in days.0.iter_mut().zip(&seen.0) {
            *word &= !before;
        }
        let mut present = days.count() as u64;
        let mut absent = 0;
        let marks = &mut self.people.stays[stay as usize].marks;
        marks.reserve(cells.others.len());
        for cell in cells.dated().filter(|cell| !seen.contains(usize::from(cell.day))) {
            let _ = days.insert(usize::from(cell.day));
            let is_absence = cell.meaning.is_absence();
            absent += u64::from(is_absence);
            present += u64::from(!is_absence);
            marks.push(RawMark { day: cell.day, code: cell.code, part: NO_PART });
        }
        self.known.days.add(stay, &days.0);
        let file = &mut self.files[self.current];
        file.rows_absent += absent;
        file.rows_present += present;
        file.account.rows_used += 1;
    }

    /// Cells without dates: as many enrolled days as cells that count.
    fn sum_up(&mut self, row: &Row<'_>, stay: u32, cells: &Cells) {
        let mut absent = [Days::ZERO; Kind::COUNT];
        for cell in &cells.others {
            if let Some((kind, missed)) = cell.meaning.mark() {
                absent[kind as usize] += Days::from_thousandths(i64::from(missed));
            }
        }
        if cells.count() == 0 {
            return self.set_aside(Why::NoEnrolledDays, row, ABSENT);
        }
        self.keep_totals(row, stay, Totals { enrolled: Days::whole(cells.count() as i64), absent, percent: None });
    }

    /// Cells that are the periods of one day: absent for at least the stated share of them.
    fn one_day(&mut self, row: &Row<'_>, stay: u32, day: u16, cells: &Cells) {
        if cells.count() == 0 {
            return self.set_aside(Why::NotCountedDay, row, ABSENT);
        }
        if !self.known.days.insert(stay, day) {
            return self.set_aside(Why::DuplicateRow, row, ABSENT);
        }
        let missed: Vec<u16> =
            cells.others.iter().filter(|cell| cell.meaning.is_absence()).map(|cell| cell.code).collect();
        let share = usize::from(self.readings[self.current].period_share);
        let n = missed.len();
        let file = &mut self.files[self.current];
        file.rows_whole += u64::from(cells.others.is_empty());
        file.account.rows_used += 1;
        if n > 0 && n * 100 >= share * cells.count() {
            file.rows_absent += 1;
            // The code that most of them have; of equals the first.
            let times = |code: u16| missed.iter().filter(|other| **other == code).count();
            if let Some(code) = missed.iter().copied().max_by_key(|code| (times(*code), std::cmp::Reverse(*code))) {
                self.people.stays[stay as usize].marks.push(RawMark { day, code, part: NO_PART });
            }
        } else {
            file.rows_present += 1;
            if let Some(cell) = cells.others.iter().find(|cell| !cell.meaning.is_absence()) {
                self.people.stays[stay as usize].marks.push(RawMark { day, code: cell.code, part: NO_PART });
            }
        }
    }
}

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

/// One cell that counts.
pub(super) struct Cell {
    day: Option<u16>,
    code: u16,
    meaning: Meaning,
}

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
        self.files[self.current].columns.days = days;
    }

    pub(super) fn wide_row(&mut self, row: &Row<'_>) {
        if super::totals::is_sum(row.get(self.files[self.current].columns.student)) {
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
        let mut cells = std::mem::take(&mut self.cells);
        let waiting = self.read_cells(row, &mut cells);
        self.note_traits(student, stay, row);
        if waiting {
            self.files[self.current].rows_waiting += 1;
        } else if let Some(day) = of_row {
            self.one_day(row, stay, day, &cells);
        } else if cells.iter().all(|cell| cell.day.is_none()) {
            self.sum_up(row, stay, &cells);
        } else {
            self.on_dates(row, stay, &cells);
        }
        self.cells = cells;
    }

    /// Reads the cells that count, and says whether any waits for the meaning of its code.
    fn read_cells(&mut self, row: &Row<'_>, cells: &mut Vec<Cell>) -> bool {
        cells.clear();
        let columns = std::mem::take(&mut self.files[self.current].columns.days);
        let mut waiting = false;
        for &(column, day) in &columns {
            let day = match day {
                None => None,
                Some(DateSlot::Day(day)) => Some(day),
                // Days to come, days without school, and headers that are no day under this order.
                Some(DateSlot::Future | DateSlot::TakenOut | DateSlot::Earlier | DateSlot::Unreadable) => continue,
            };
            let code = match row.raw(column) {
                // Nearly all cells are one letter, and each letter is looked up once.
                &[letter] if !letter.is_ascii_whitespace() => self.letter(letter, row.line),
                _ => self.code_position(row.get(column), row.line),
            };
            let about = &mut self.codes[usize::from(code)];
            about.rows += 1;
            match about.meaning {
                None => waiting = true,
                Some(meaning) if meaning.counts() => cells.push(Cell { day, code, meaning }),
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
        self.files[self.current].code_of_letter[usize::from(letter)] = code;
        code
    }

    /// Each cell on its date.
    fn on_dates(&mut self, row: &Row<'_>, stay: u32, cells: &[Cell]) {
        let seen = self.known.days.of(stay).to_vec();
        if seen.is_empty() {
            return self.on_new_dates(stay, cells);
        }
        let has = |day: u16| seen.get(usize::from(day) / 64).is_some_and(|word| word >> (day % 64) & 1 == 1);
        let marks = &self.people.stays[stay as usize].marks;
        let (mut again, mut differs) = (0usize, false);
        for cell in cells {
            if let Some(day) = cell.day.filter(|day| has(*day)) {
                let before = marks.iter().find(|m| m.day == day).and_then(|m| self.codes[usize::from(m.code)].meaning);
                again += 1;
                differs |= before.unwrap_or(Meaning::Present) != cell.meaning;
            }
        }
        if differs {
            return self.set_aside(Why::ConflictingRows, row, ABSENT);
        }
        if again > 0 && again == cells.len() {
            return self.set_aside(Why::DuplicateRow, row, ABSENT);
        }
        for cell in cells {
            let Some(day) = cell.day.filter(|day| !has(*day)) else { continue };
            self.mark(stay, day, cell);
        }
        self.files[self.current].account.rows_used += 1;
    }

    /// The same for a student without any day so far, as nearly all are: all days at once.
    fn on_new_dates(&mut self, stay: u32, cells: &[Cell]) {
        let mut days = DayBits::default();
        let mut absent = 0;
        let marks = &mut self.people.stays[stay as usize].marks;
        for cell in cells {
            let Some(day) = cell.day else { continue };
            let _ = days.insert(usize::from(day));
            if cell.meaning != Meaning::Present {
                absent += u64::from(cell.meaning.is_absence());
                marks.push(RawMark { day, code: cell.code, part: NO_PART });
            }
        }
        self.known.days.add(stay, &days.0);
        let file = &mut self.files[self.current];
        file.rows_absent += absent;
        file.rows_present += cells.iter().filter(|cell| cell.day.is_some()).count() as u64 - absent;
        file.account.rows_used += 1;
    }

    fn mark(&mut self, stay: u32, day: u16, cell: &Cell) {
        let _ = self.known.days.insert(stay, day);
        let file = &mut self.files[self.current];
        file.rows_absent += u64::from(cell.meaning.is_absence());
        file.rows_present += u64::from(!cell.meaning.is_absence());
        if cell.meaning != Meaning::Present {
            self.people.stays[stay as usize].marks.push(RawMark { day, code: cell.code, part: NO_PART });
        }
    }

    /// Cells without dates: as many enrolled days as cells that count.
    fn sum_up(&mut self, row: &Row<'_>, stay: u32, cells: &[Cell]) {
        let mut absent = [Days::ZERO; Kind::COUNT];
        for cell in cells {
            if let Some((kind, missed)) = cell.meaning.mark() {
                absent[kind as usize] += Days::from_thousandths(i64::from(missed));
            }
        }
        if cells.is_empty() {
            return self.set_aside(Why::NoEnrolledDays, row, ABSENT);
        }
        self.keep_totals(row, stay, Totals { enrolled: Days::whole(cells.len() as i64), absent, percent: None });
    }

    /// Cells that are the periods of one day: absent for at least the stated share of them.
    fn one_day(&mut self, row: &Row<'_>, stay: u32, day: u16, cells: &[Cell]) {
        if cells.is_empty() {
            return self.set_aside(Why::NotCountedDay, row, ABSENT);
        }
        if !self.known.days.insert(stay, day) {
            return self.set_aside(Why::DuplicateRow, row, ABSENT);
        }
        let missed: Vec<u16> = cells.iter().filter(|cell| cell.meaning.is_absence()).map(|cell| cell.code).collect();
        let share = usize::from(self.readings[self.current].period_share);
        let n = missed.len();
        let file = &mut self.files[self.current];
        file.account.rows_used += 1;
        if n > 0 && n * 100 >= share * cells.len() {
            file.rows_absent += 1;
            // The code that most of them have; of equals the first.
            let times = |code: u16| missed.iter().filter(|other| **other == code).count();
            if let Some(code) = missed.iter().copied().max_by_key(|code| (times(*code), std::cmp::Reverse(*code))) {
                self.people.stays[stay as usize].marks.push(RawMark { day, code, part: NO_PART });
            }
        } else {
            file.rows_present += 1;
            if let Some(cell) = cells.iter().find(|c| !c.meaning.is_absence() && c.meaning != Meaning::Present) {
                self.people.stays[stay as usize].marks.push(RawMark { day, code: cell.code, part: NO_PART });
            }
        }
    }
}

//! Rows with a student's totals: days enrolled and absent, or a percent.

use super::super::cell_words;
use super::super::header_words::Unit;
use super::super::import::same_header;
use super::super::pick::{Answer, Topic};
use super::super::problem::Kind as Why;
use super::super::reading::{self, Layout, Reading, Repeats};
use super::super::roles::{self, Role};
use super::super::scan::{NONE, Row};
use super::people::Stay;
use super::{ABSENT, Tally};
use crate::attendance::{Days, Decimal, Kind};
use rustc_hash::FxHashMap;

/// Days of a cell: `Ok(None)` for an empty one.
pub(super) fn days(field: &[u8]) -> Result<Option<Days>, Why> {
    if let Some(days) = Days::plain(field) {
        return Ok(Some(days));
    }
    // A spreadsheet may write nothing at all as a dash.
    if field.is_empty() || field == b"-" || super::is_null(field) {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(field);
    match Days::parse(&text) {
        Some(days) if days < Days::ZERO => Err(Why::NegativeDays),
        Some(days) => Ok(Some(days)),
        None if reading::is_hidden(&text) => Err(Why::HiddenNumber),
        None => cell_words::days(&text).map(|(days, _)| Some(days)).ok_or(Why::UnreadableNumber),
    }
}

fn half(days: Days) -> Days {
    Days::from_thousandths(days.thousandths() / 2)
}

/// Whether a row sums up others, or explains a code (“P = Present”), instead of being a student's: the
/// student's cell tells, or where it is empty the name.
pub(super) fn is_sum(student: &[u8], name: &[u8]) -> bool {
    let cell = if student.is_empty() { name } else { student };
    // Every row comes by here: a number with a digit and without a space is no word, and a name
    // “Total, Ann” is a student's.
    let is_number = cell.iter().any(u8::is_ascii_digit) && !cell.contains(&b' ');
    if cell.is_empty() || cell.len() > 40 || is_number || cell.contains(&b',') {
        return false;
    }
    let is = |word: &[u8], list: &[&str]| list.iter().any(|w| word.eq_ignore_ascii_case(w.as_bytes()));
    if cell.iter().skip(1).any(|b| *b == b'=') {
        return true;
    }
    let stem = &cell[..cell.iter().rposition(u8::is_ascii_alphabetic).map_or(0, |at| at + 1)];
    if is(stem, &["count", "median", "maximum", "minimum"]) {
        return true;
    }
    let end = cell.iter().rposition(|b| b.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    let mut words = cell.split(|b| !b.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.any(|word| is(word, &["total", "totals", "subtotal", "average", "averages"]))
        || is(&cell[..end], &["sum", "mean", "all", "all students", "state", "district"])
}

/// Whether a name is the school's own with “Total” behind it.
fn is_total_of(school: &[u8], name: &[u8]) -> bool {
    let rest = name.split_at_checked(school.len()).filter(|(start, _)| !school.is_empty() && start == &school);
    rest.is_some_and(|(_, rest)| rest.trim_ascii().eq_ignore_ascii_case(b"total"))
}

/// What one row of totals says.
pub(super) struct Totals {
    pub enrolled: Days,
    pub absent: [Days; Kind::COUNT],
    pub percent: Option<u32>,
}

impl Tally {
    /// Stays of all schools together, where the student has a row for a school as well: the same days again.
    pub(super) fn of_all_schools(&self) -> FxHashMap<u32, Why> {
        let stays = &self.people.stays;
        let says_all = |school: usize| {
            let name = self.people.schools.string(school as u32);
            matches!(
                roles::normalise(&name).as_str(),
                "allschools"
                    | "district"
                    | "districttotal"
                    | "districtwide"
                    | "alldistrict"
                    | "overall"
                    | "total"
                    | "all"
            )
        };
        let says_all: Vec<bool> = (0..self.people.schools.len()).map(says_all).collect();
        let is_of_all = |stay: &Stay| says_all[stay.school as usize];
        let of_school = |stay: &Stay| {
            let mut at = self.people.first_stay[stay.student as usize];
            while at != NONE && (!stays[at as usize].totals || is_of_all(&stays[at as usize])) {
                at = stays[at as usize].next;
            }
            at != NONE
        };
        let again = stays.iter().enumerate().filter(|(_, stay)| stay.totals && is_of_all(stay) && of_school(stay));
        let mut rejected: FxHashMap<u32, Why> = again.map(|(at, _)| (at as u32, Why::NotAStudentRow)).collect();
        // A row with the sums of all others, whatever it is called.
        let of = |stay: &Stay| (stay.enrolled.unwrap_or_default(), stay.absent.iter().copied().sum::<Days>());
        let told = || stays.iter().enumerate().filter(|(_, stay)| stay.totals && stay.percent.is_none());
        let all = told().fold((Days::ZERO, Days::ZERO), |sum, (_, stay)| (sum.0 + of(stay).0, sum.1 + of(stay).1));
        let is_sum = |days: (Days, Days)| {
            days.0 > Days::whole(366) && (days.0 + days.0, days.1 + days.1) == all && days.1 > Days::ZERO
        };
        rejected.extend(told().filter(|(_, stay)| is_sum(of(stay))).map(|(at, _)| (at as u32, Why::NotAStudentRow)));
        rejected
    }

    pub(super) fn totals_row(&mut self, row: &Row<'_>) {
        if self.is_sum_row(row) {
            return self.set_aside(Why::NotAStudentRow, row, ABSENT);
        }
        let mut found = None;
        if self.takes_listed_days(self.current) {
            found = self.who(row);
            if found.is_none() {
                return;
            }
        }
        let of_list = |(_, stay): (u32, u32)| {
            let stay = &self.people.stays[stay as usize];
            stay.enrolled.or_else(|| self.enrolled_elsewhere(stay))
        };
        let listed = found.and_then(of_list);
        let read = match self.read_totals(row, listed) {
            Ok(read) => read,
            Err(_) if found.is_some() && listed.is_none() => return self.set_aside(Why::NotOnRoster, row, ABSENT),
            Err((kind, column)) => return self.set_aside(kind, row, column),
        };
        let Some((student, stay)) = found.or_else(|| self.who(row)) else { return };
        if !self.reject.is_empty()
            && let Some(&kind) = self.reject.get(&stay)
        {
            let column = self.files[self.current].columns.absent;
            return self.set_aside(kind, row, column);
        }
        self.note_traits(student, stay, row);
        self.note_doubts(row, &read);
        self.keep_totals(row, stay, read);
    }

    /// Whether a file of totals says how many days students were enrolled, or gives a percent.
    pub(super) fn tells_days(&self, at: usize) -> bool {
        let c = &self.files[at].columns;
        let kinds = c.by_kind[0].0 != ABSENT && c.by_kind[1].0 != ABSENT;
        let by_column = c.enrolled != ABSENT || c.is_of_both || (c.present != ABSENT && (c.absent != ABSENT || kinds));
        let percent = c.percent_absent != ABSENT || c.percent_present != ABSENT;
        by_column || percent || self.days_for_all().is_some()
    }

    /// Whether a file of totals has its enrolled days from a list beside it.
    pub(super) fn takes_listed_days(&self, at: usize) -> bool {
        let gives_days = |r: &Reading| r.layout == Layout::Roster && r.has(&Role::DaysEnrolled);
        self.readings[at].layout == Layout::Totals && !self.tells_days(at) && self.readings.iter().any(gives_days)
    }

    /// Whether such a file names only those who were absent: then all others of the list were not.
    pub(super) fn counts_absentees(&self) -> bool {
        // A list of those with many absences has none with a single one.
        let is_few = |days: Days| days > Days::ZERO && days <= Days::whole(1);
        let only_absent = |at: usize| self.files[at].least_absent.is_some_and(is_few);
        (0..self.files.len()).any(|at| self.takes_listed_days(at) && only_absent(at))
    }

    /// Whether a row sums up others.
    pub(super) fn is_sum_row(&self, row: &Row<'_>) -> bool {
        let columns = &self.files[self.current].columns;
        let name = if columns.name == ABSENT { columns.last_name } else { columns.name };
        let of = |at: usize| if at == ABSENT { &[][..] } else { row.get(at) };
        // Without a column for the student a pivot table's first cell says what the row is.
        is_sum(of(if columns.student == ABSENT { 0 } else { columns.student }), of(name))
            || is_total_of(of(columns.school), of(name))
    }

    /// Counts what speaks against the headers: a percent on the wrong side, a total under one of its parts.
    fn note_doubts(&mut self, row: &Row<'_>, read: &Totals) {
        let absent: Days = read.absent.iter().copied().sum();
        let mostly = read.percent.map_or(absent + absent > read.enrolled, |percent| percent > 50_000_000);
        let columns = &self.files[self.current].columns;
        let gives_both =
            read.percent.is_none() && (columns.percent_absent != ABSENT || columns.percent_present != ABSENT);
        let far = gives_both
            && self.percent_of(row).is_ok_and(|(beside, _, _)| {
                let exact =
                    i128::from(absent.thousandths()) * 100_000_000 / i128::from(read.enrolled.thousandths().max(1));
                // Rounded to whole percents it may lie half of one away.
                (i128::from(beside) - exact).abs() > 2_000_000
            });
        let file = &mut self.files[self.current];
        let columns = &file.columns;
        let by_percent = usize::from(read.percent.is_some());
        file.rates[by_percent] += 1;
        file.mostly_absent[by_percent] += u64::from(mostly);
        file.rates_far += u64::from(far);
        file.least_absent = Some(file.least_absent.map_or(absent, |least| least.min(absent)));
        let [excused, unexcused, suspended] = columns.by_kind.map(|(at, _)| at);
        let of = |at: usize| if at == ABSENT { None } else { days(row.get(at)).ok().flatten() };
        if let (Some(total), Some(unexcused)) = (of(columns.absent), of(unexcused)) {
            file.kinds_above += u64::from(unexcused + of(excused).unwrap_or_default() > total);
        }
        if suspended != ABSENT
            && let (Some(total), Some(out)) = (of(columns.absent), of(suspended).filter(|out| *out > Days::ZERO))
        {
            // Without the suspensions the kinds are the total already, or it has no room for them.
            let others = of(excused).zip(of(unexcused)).map(|(excused, unexcused)| excused + unexcused);
            file.suspended += 1;
            file.suspended_outside += u64::from(out > total || others == Some(total));
        }
    }

    /// What is said of a file, or else of another with the same columns, such as another month.
    pub(super) fn said<T>(&self, at: usize, of: impl Fn(&Reading) -> Option<T>) -> Option<T> {
        let alike = |other: &usize| of(&self.readings[*other]).is_some() && self.are_alike(*other, at);
        of(&self.readings[at]).or_else(|| of(&self.readings[(0..self.readings.len()).find(alike)?]))
    }

    /// The answer about a file. What is said of its columns is said of those of files alike, which may not raise the
    /// question by themselves; except of days late, where the numbers of each file tell first.
    pub(super) fn answer(&self, at: usize, topic: Topic) -> Option<Answer> {
        let of = |reading: &Reading| reading.answer(topic);
        let is_shared = topic.is_about_columns() && topic != Topic::LateIs;
        if is_shared { self.said(at, of) } else { of(&self.readings[at]) }
    }

    /// Whether two files have the same columns.
    pub(super) fn are_alike(&self, at: usize, other: usize) -> bool {
        same_header(&self.readings[at], &self.readings[other])
    }

    /// Adds what a row says of a student at a school; a second row is a repeat to be decided on.
    pub(super) fn keep_totals(&mut self, row: &Row<'_>, stay: u32, read: Totals) {
        let person = &mut self.people.stays[stay as usize];
        if !person.totals {
            person.totals = true;
            person.enrolled = Some(read.enrolled);
            person.absent = read.absent;
            person.percent = read.percent;
            self.files[self.current].account.rows_used += 1;
            return;
        }
        let said = self.said(self.current, |r| r.repeats);
        let person = &mut self.people.stays[stay as usize];
        let same =
            person.enrolled == Some(read.enrolled) && person.absent == read.absent && person.percent == read.percent;
        match said {
            Some(how @ (Repeats::Add | Repeats::SameDays)) if read.percent.is_none() => {
                // One number for everyone is of the whole time, not of each row.
                let is_for_all = self.files[self.current].columns.enrolled == ABSENT
                    && (self.days_for_all().is_some() || self.takes_listed_days(self.current));
                let person = &mut self.people.stays[stay as usize];
                let before = person.enrolled.unwrap_or_default();
                let is_same = is_for_all || how == Repeats::SameDays;
                person.enrolled = Some(if is_same { before.max(read.enrolled) } else { before + read.enrolled });
                for (sum, more) in person.absent.iter_mut().zip(read.absent) {
                    *sum += more;
                }
                self.files[self.current].account.rows_used += 1;
            }
            Some(_) => {
                // Running totals only grow: the most enrolled days, then the most absences. Percents alone
                // don't show it: of those the row further down holds.
                let rank = |enrolled: Days, absent: &[Days]| (enrolled, absent.iter().copied().sum::<Days>());
                if read.percent.is_some()
                    || rank(read.enrolled, &read.absent) > rank(person.enrolled.unwrap_or_default(), &person.absent)
                {
                    person.enrolled = Some(read.enrolled);
                    person.absent = read.absent;
                    person.percent = read.percent;
                }
                self.set_aside(Why::RepeatedTotals, row, ABSENT);
            }
            None if same => self.set_aside(Why::DuplicateRow, row, ABSENT),
            None => {
                let file = &mut self.files[self.current];
                file.repeats += 1;
                file.days_differ |= person.enrolled != Some(read.enrolled);
                if file.repeats_line == 0 {
                    file.repeats_line = row.line;
                }
                self.set_aside(Why::RepeatedTotals, row, ABSENT);
            }
        }
    }

    fn read_totals(&self, row: &Row<'_>, listed: Option<Days>) -> Result<Totals, (Why, usize)> {
        let columns = &self.files[self.current].columns;
        let cell = |at: usize| -> Result<Option<Days>, (Why, usize)> {
            if at == ABSENT {
                return Ok(None);
            }
            let days = days(row.get(at)).map_err(|kind| (kind, at))?;
            Ok(if columns.unit == Unit::HalfDays { days.map(half) } else { days })
        };
        let answer = |topic: Topic| self.answer(self.current, topic);
        // With the other parts of the year, where these have columns of their own, and which of them are empty, one bit
        // each. Nothing is known of such a part, unless nobody was enrolled in it either.
        let sum = |first: usize, may_be_empty: u64| -> Result<(Option<Days>, u64), (Why, usize)> {
            let mut sum = cell(first)?;
            let (mut empty, mut part) = (u64::from(sum.is_none()), 1u64);
            for &(_, at) in columns.parts.iter().filter(|(of, _)| *of == first) {
                let days = cell(at)?;
                part = part.rotate_left(1);
                empty |= if days.is_none() { part } else { 0 };
                sum = days.map_or(sum, |days| Some(sum.unwrap_or_default() + days));
            }
            let is_known = answer(Topic::Blanks) == Some(Answer::TrueZeros) || empty & !may_be_empty == 0;
            Ok((if is_known { sum } else { None }, empty))
        };
        let (given, empty) = sum(columns.enrolled, u64::MAX)?;
        let by_part = columns.parts.iter().any(|(first, _)| *first == columns.enrolled);
        let may_be_empty = if by_part { empty } else { 0 };
        let mut absent = [Days::ZERO; Kind::COUNT];
        let mut by_kind = Days::ZERO;
        for (column, kind) in columns.by_kind {
            let amount = cell(column)?.unwrap_or_default();
            absent[kind as usize] = amount;
            by_kind += amount;
        }
        if answer(Topic::OtherKind) != Some(Answer::SomethingElse) {
            for &column in &columns.others {
                by_kind += cell(column)?.unwrap_or_default();
            }
        }
        let (mut present, _) = sum(columns.present, may_be_empty)?;
        if columns.late != ABSENT && answer(Topic::LateIs) != Some(Answer::AmongPresent) {
            let late = cell(columns.late)?.unwrap_or_default();
            present = present.map(|days| days + late);
        }
        let (mut total, _) = sum(columns.absent, may_be_empty)?;
        if total.is_none() && columns.absent != ABSENT && answer(Topic::Blanks) == Some(Answer::TrueZeros) {
            total = Some(Days::ZERO);
        }
        if columns.half_days != ABSENT {
            let half = cell(columns.half_days)?.unwrap_or_default();
            total = total.map(|days| days + self::half(half));
        }
        let total = match (total, answer(Topic::TotalHolds)) {
            // The column leaves unexcused absences and suspensions out.
            (Some(excused), Some(Answer::ExcusedOnly)) => {
                by_kind = by_kind - absent[Kind::Excused as usize] + excused;
                absent[Kind::Excused as usize] = excused;
                Some(by_kind)
            }
            (Some(total), _) if answer(Topic::SuspendedIn) == Some(Answer::WithoutSuspensions) => {
                Some(total + absent[Kind::Suspended as usize])
            }
            (total, _) => total,
        };
        let [excused, unexcused, _] = columns.by_kind.map(|(column, _)| column != ABSENT);
        let beside = || {
            let cell = row.get(if columns.present == ABSENT { columns.absent } else { columns.present });
            cell_words::days(&String::from_utf8_lossy(cell))?.1
        };
        let given = if columns.is_of_both { beside() } else { given };
        let enrolled = match given.or(self.readings[self.current].days_for_all).or(listed) {
            Some(days) => days,
            None => match (present, total) {
                (Some(present), Some(total)) => present + total,
                (Some(present), None) if columns.absent == ABSENT && excused && unexcused => present + by_kind,
                // What is said of one file is said of all that leave it open.
                _ => match self.days_for_all().filter(|_| columns.enrolled == ABSENT) {
                    Some(days) => days,
                    None => return self.read_percent(row),
                },
            },
        };
        if enrolled <= Days::ZERO {
            return Err((Why::NoEnrolledDays, columns.enrolled));
        }
        let percent_given = columns.percent_absent != ABSENT || columns.percent_present != ABSENT;
        let by_percent = percent_given && answer(Topic::RateHolds) == Some(Answer::Percent);
        let (total, present) = match answer(Topic::AddUp) {
            _ if by_percent => (None, None),
            Some(Answer::Absence) if total.is_some() => (total, None),
            Some(Answer::Attendance) if present.is_some() => (None, present),
            _ => (total, present),
        };
        let (sum, column) = match (total, present) {
            (Some(total), Some(present)) if columns.enrolled != ABSENT && present + total != enrolled => {
                return Err((Why::DaysDoNotAddUp, columns.enrolled));
            }
            (Some(total), _) => (total, columns.absent),
            (None, Some(present)) if columns.present != ABSENT => (enrolled - present, columns.present),
            (None, _) if unexcused && (excused || !percent_given) && !by_percent => (by_kind, columns.by_kind[1].0),
            (None, None) if percent_given => {
                let (percent, places, at) = self.percent_of(row)?;
                (days_of_percent(enrolled, percent, places), at)
            }
            _ => return Err((Why::EmptyNumber, columns.absent.min(columns.present))),
        };
        if sum < Days::ZERO || sum > enrolled {
            return Err((Why::MoreAbsencesThanDays, column));
        }
        if columns.unit == Unit::Time {
            // Of how many days nobody knows.
            let share = i128::from(sum.thousandths()) * 100_000_000 + i128::from(enrolled.thousandths()) / 2;
            let percent = u32::try_from(share / i128::from(enrolled.thousandths())).ok();
            return Ok(Totals { enrolled: Days::ZERO, absent: [Days::ZERO; Kind::COUNT], percent });
        }
        // What the kinds leave open is absence for a reason not given.
        let told: Days = absent.iter().copied().sum();
        if told > sum {
            absent = [Days::ZERO; Kind::COUNT];
            absent[Kind::Unknown as usize] = sum;
        } else {
            absent[Kind::Unknown as usize] = sum - told;
        }
        Ok(Totals { enrolled, absent, percent: None })
    }

    /// A row that gives only a percent: millionths of a percent, rounded once from the decimal as
    /// written (`shared/methods.md`, section 1).
    fn read_percent(&self, row: &Row<'_>) -> Result<Totals, (Why, usize)> {
        let (percent, _, _) = self.percent_of(row)?;
        Ok(Totals { enrolled: Days::ZERO, absent: [Days::ZERO; Kind::COUNT], percent: Some(percent) })
    }

    /// Absence in millionths of a percent, how many places of a percent were written, and the column.
    fn percent_of(&self, row: &Row<'_>) -> Result<(u32, u32, usize), (Why, usize)> {
        let columns = &self.files[self.current].columns;
        let reading = &self.readings[self.current];
        let (at, of_absence) = if columns.percent_absent != ABSENT {
            (columns.percent_absent, true)
        } else if columns.percent_present != ABSENT {
            (columns.percent_present, false)
        } else {
            return Err((Why::NoEnrolledDays, columns.enrolled));
        };
        let of_absence = self.answer(self.current, Topic::PercentOf).map_or(of_absence, |a| a == Answer::Absence);
        let written = String::from_utf8_lossy(row.get(at)).into_owned();
        let text = written.trim_end_matches('%').trim();
        let Some(decimal) = Decimal::parse(text) else {
            let why = match text {
                "" => Why::EmptyNumber,
                text if reading::is_hidden(text) => Why::HiddenNumber,
                _ => Why::UnreadableNumber,
            };
            return Err((why, at));
        };
        // A column of fractions holds the same decimals two places further left.
        let places = if reading.fractions { 8 } else { 6 };
        let millionths = decimal.rounded_to(places);
        let whole = 100_000_000;
        if !(0..=whole).contains(&millionths) {
            return Err((Why::PercentOutOfRange, at));
        }
        // Hardly anyone attends 1 % of the days: beside percents it is most likely a fraction.
        if !reading.fractions && !of_absence && (1..=1_000_000).contains(&millionths) && text.len() == written.len() {
            return Err((Why::FractionAmongPercents, at));
        }
        let absent = if of_absence { millionths } else { whole - millionths };
        let places = decimal.places.saturating_sub(places - 6);
        u32::try_from(absent).map(|absent| (absent, places, at)).map_err(|_| (Why::PercentOutOfRange, at))
    }
}

/// Days absent of a percent of enrolled days. The percent was rounded from whole or half days: where one
/// of those lies within the rounding it is what was meant.
fn days_of_percent(enrolled: Days, percent: u32, places: u32) -> Days {
    // Millionths of a thousandth of a day.
    let exact = i128::from(enrolled.thousandths()) * i128::from(percent);
    let unit = 100_000_000;
    let rounding = i128::from(enrolled.thousandths()) * 500_000 / 10i128.pow(places.min(6)) + 1;
    let step = 500 * unit;
    let near = (exact + step / 2) / step * step;
    let meant = if (near - exact).abs() <= rounding && rounding * 2 < step { near } else { exact };
    Days::from_thousandths(i64::try_from((meant + unit / 2) / unit).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_of_enrolled_days_is_the_days_it_was_rounded_from() {
        // 96.67 % of 120 days attended is 4 days missed; 10.00 % of 120 is exactly 12.
        assert_eq!(days_of_percent(Days::whole(120), 3_330_000, 2), Days::whole(4));
        assert_eq!(days_of_percent(Days::whole(120), 10_000_000, 2), Days::whole(12));
        assert_eq!(days_of_percent(Days::whole(175), 10_000_000, 1), Days::from_thousandths(17_500));
        // One place of 700 days covers more than one half day: as written.
        assert_eq!(days_of_percent(Days::whole(700), 3_300_000, 0), Days::from_thousandths(23_100));
    }
}

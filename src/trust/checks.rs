//! Checks before charts: what in the file looks unlike attendance as it is. Each finding has a
//! count, an example place and what to do; none names a student, none says why.

use super::identifiers;
use crate::attendance::day::WEEKDAYS;
use crate::attendance::records::{self, Record};
use crate::attendance::{Dataset, Days, Definition, order};
use crate::compare::flags::Flag;
use crate::compare::from_dataset::recording;
use crate::ingest::problem::{Kind, Problem};
use crate::ingest::tally::Outcome;
use litemap::LiteMap;

/// More enrolled days than any ordinary school year has.
const MOST_DAYS: Days = Days::whole(185);

/// A school is behind when the others have this many days more.
const DAYS_BEHIND: usize = 5;

/// With fewer students than this a school's last row may be that of a leaver.
const FEW: usize = 10;

/// Schools and groups under this size show odd patterns by luck alone.
const ENOUGH: usize = 20;

/// Everything to look at before the numbers are relied on: what the import noticed, then what the
/// dataset as a whole shows. Ordered as found; empty for an ordinary file.
#[must_use]
pub fn checks(outcome: &Outcome, definition: &Definition) -> Vec<Problem> {
    with_findings(outcome, findings(&outcome.dataset, definition))
}

/// What the import noticed, then these findings.
#[must_use]
pub fn with_findings(outcome: &Outcome, findings: Vec<Problem>) -> Vec<Problem> {
    let noticed = outcome.problems.iter().filter(|problem| problem.kind.asks_for_a_look()).cloned();
    noticed.chain(findings).collect()
}

/// What the dataset shows beyond the import's own problems; for the results file.
#[must_use]
pub fn findings(dataset: &Dataset, definition: &Definition) -> Vec<Problem> {
    found(dataset, definition, Some(&|found, records, quiet| found.recording(records, definition, quiet)))
}

/// The part of [`checks`] that the small program of the first visit can hold: all but what compares
/// a school's grades, weekdays and days with one another.
#[must_use]
pub fn first_checks(outcome: &Outcome, definition: &Definition) -> Vec<Problem> {
    with_findings(outcome, first_findings(&outcome.dataset, definition))
}

/// The part of [`findings`] that the small program of the first visit can hold.
#[must_use]
pub fn first_findings(dataset: &Dataset, definition: &Definition) -> Vec<Problem> {
    found(dataset, definition, None)
}

type Recording<'f> = &'f dyn Fn(&mut Found<'_>, &[Record], &[usize]);

fn found(dataset: &Dataset, definition: &Definition, recording: Option<Recording<'_>>) -> Vec<Problem> {
    let mut found = Found { dataset, list: Vec::new() };
    found.unused_files();
    if dataset.stays.is_empty() {
        found.false_zeros();
    } else {
        let at_schools = records::at_schools(dataset, definition);
        let quiet = found.schools_without_absence(&at_schools);
        found.hardly_anyone_absent(&at_schools, quiet.len());
        if let Some(recording) = recording {
            recording(&mut found, &at_schools, &quiet);
        }
        found.days_never_taken();
        found.more_days_than_a_year();
        found.schools_that_end_early();
        found.overlapping_stays();
    }
    let lost = identifiers::lost(dataset);
    if let Some(example) = lost.example {
        found.add(Kind::LostIdentifiers, lost.count, example.to_string());
    }
    found.list
}

struct Found<'a> {
    dataset: &'a Dataset,
    list: Vec<Problem>,
}

impl Found<'_> {
    fn add(&mut self, kind: Kind, rows: u64, about: String) {
        self.list.push(Problem { kind, file: 0, rows, first_line: 0, column: String::new(), about });
    }

    fn school(&self, at: usize) -> &str {
        self.dataset.schools.get(at).map_or("", |school| school.name.as_str())
    }

    /// The first of several schools by name, and how many more.
    fn schools(&self, at: &[usize]) -> String {
        match at {
            [] => String::new(),
            [one] => self.school(*one).to_string(),
            [first, rest @ ..] => format!("{} and {} more", self.school(*first), rest.len()),
        }
    }

    fn unused_files(&mut self) {
        if self.dataset.files.len() < 2 {
            return;
        }
        for (at, file) in self.dataset.files.iter().enumerate() {
            if file.rows > 0 && file.rows_used == 0 {
                let (kind, about) = (Kind::FileUnused, file.name.clone());
                let (file, column) = (at as u16, String::new());
                self.list.push(Problem { kind, file, rows: 1, first_line: 0, column, about });
            }
        }
    }

    /// Schools of which no counted student has an absence.
    fn schools_without_absence(&mut self, records: &[Record]) -> Vec<usize> {
        let mut of = vec![(0usize, 0usize); self.dataset.schools.len()];
        for record in records.iter().filter(|record| record.is_counted()) {
            let sums = &mut of[usize::from(record.school)];
            sums.0 += 1;
            sums.1 += usize::from(self.never_absent(record));
        }
        let quiet: Vec<usize> = (0..of.len()).filter(|&at| of[at].0 >= ENOUGH && of[at].0 == of[at].1).collect();
        if !quiet.is_empty() {
            self.add(Kind::SchoolWithoutAbsence, quiet.len() as u64, self.schools(&quiet));
        }
        quiet
    }

    fn never_absent(&self, record: &Record) -> bool {
        match self.dataset.stays[record.stay as usize].percent_absent {
            Some(percent) => percent == 0,
            None => record.absent == Days::ZERO,
        }
    }

    /// In a file of at least six weeks most students have been absent at least once.
    fn hardly_anyone_absent(&mut self, records: &[Record], quiet_schools: usize) {
        let long = |record: &&Record| {
            let percent = self.dataset.stays[record.stay as usize].percent_absent.is_some();
            record.is_counted() && (percent || record.enrolled >= Days::whole(30))
        };
        let all = records.iter().filter(long).count();
        let without = records.iter().filter(long).filter(|record| self.never_absent(record)).count();
        if all >= ENOUGH && without * 2 > all && quiet_schools < self.dataset.schools.len() {
            self.add(Kind::StudentsWithoutAbsence, without as u64, format!("{without} of {all}"));
        }
    }

    /// The checks of `shared/methods.md`, section 13, that need no expected rate.
    fn recording(&mut self, records: &[Record], definition: &Definition, quiet: &[usize]) {
        let recording = recording(self.dataset, definition, records);
        let flags = recording.red.iter().zip(&recording.amber).enumerate();
        for (at, (red, amber)) in flags.filter(|(at, _)| !quiet.contains(at)) {
            let school = self.school(at).to_string();
            for flag in red.iter().chain(amber) {
                match flag {
                    Flag::GradeWithoutAbsence { grade, students } => {
                        self.add(Kind::GradeWithoutAbsence, *students, format!("{school}, grade {grade}"));
                    }
                    Flag::Weekday { weekday, .. } => {
                        let name = WEEKDAYS[usize::from(*weekday).min(6)];
                        self.add(Kind::WeekdayWithoutAbsence, 1, format!("{school}, {name}s"));
                    }
                    Flag::SilentGrade { grade, from, days, .. } => {
                        self.add(Kind::DaysWithoutAbsence, *days, format!("{school}, grade {grade}, from {from}"));
                    }
                    Flag::EmptyDays { days } => self.add(Kind::DaysWithoutAbsence, *days, school.clone()),
                    Flag::Heaping { below, above } => {
                        let about = format!("{school}, {below} within a day below it and {above} above");
                        self.add(Kind::HeapingUnderThreshold, *below, about);
                    }
                    // Said of every school by `days_never_taken`.
                    Flag::Missing { .. } | Flag::GradeJump { .. } | Flag::TooGood { .. } => {}
                }
            }
        }
    }

    /// As found while the files were counted, for the same schools as the reading lists.
    fn days_never_taken(&mut self) {
        for (at, missing) in self.dataset.not_taken.iter().enumerate().filter(|(_, missing)| missing.student_days > 0) {
            let share = missing.share() * 100.0;
            let share = if share < 0.1 { "under 0.1".to_string() } else { format!("{share:.1}") };
            let about = format!("{}, {share} % of its student-days", self.school(at));
            self.add(Kind::DaysNeverTaken, missing.student_days, about);
        }
    }

    fn more_days_than_a_year(&mut self) {
        let long = self.dataset.stays.iter().filter(|stay| stay.enrolled > MOST_DAYS);
        let mut students: Vec<u32> = long.clone().map(|stay| stay.student).collect();
        students.sort_unstable();
        students.dedup();
        if let Some(longest) = long.max_by_key(|stay| stay.enrolled) {
            let about = format!("up to {} days, {}", longest.enrolled.as_f64(), self.school(longest.school.into()));
            self.add(Kind::MoreThan185Days, students.len() as u64, about);
        }
    }

    fn schools_that_end_early(&mut self) {
        let data = self.dataset;
        let mut behind = Vec::new();
        let mut said = String::new();
        if data.calendar.is_empty() {
            // Totals: a school in which full enrolment is far below the other schools’. What nine in
            // ten do not exceed is full enrolment; a single long one says nothing.
            let mut of: Vec<Vec<Days>> = vec![Vec::new(); data.schools.len()];
            for stay in data.stays.iter().filter(|stay| stay.enrolled > Days::ZERO) {
                of[usize::from(stay.school)].push(stay.enrolled);
            }
            let full = |mut days: Vec<Days>| {
                order::sort(&mut days);
                (days.len() >= ENOUGH).then(|| days[days.len() * 9 / 10])
            };
            let full: Vec<Option<Days>> = of.into_iter().map(full).collect();
            let mut usual: Vec<Days> = full.iter().flatten().copied().collect();
            order::sort(&mut usual);
            let Some(&middle) = usual.get(usual.len() / 2).filter(|_| usual.len() >= 3) else { return };
            for (at, days) in full.into_iter().enumerate() {
                if let Some(days) = days.filter(|days| days.thousandths() * 5 < middle.thousandths() * 4) {
                    behind.push(at);
                    said = format!("mostly {} days, elsewhere {}", days.as_f64(), middle.as_f64());
                }
            }
        } else {
            let last = self.last_days();
            let end = last.iter().flatten().max().copied().unwrap_or(0);
            // Where only absences are written down, a quiet week is no end.
            let only_absences = data.stays.iter().all(|stay| stay.on_roll.0.is_empty());
            let least = if only_absences { 2 * DAYS_BEHIND } else { DAYS_BEHIND };
            for (at, last) in last.iter().enumerate() {
                if let Some(last) = last.filter(|last| end - last >= least) {
                    behind.push(at);
                    said = format!("last day {}, elsewhere {}", data.calendar[last], data.calendar[end]);
                }
            }
        }
        if let [.., last] = behind.as_slice() {
            let about = format!("{}, {said}", self.school(*last));
            self.add(Kind::SchoolEndsEarly, behind.len() as u64, about);
        }
    }

    /// Each school's last day in the file as a position in the calendar; `None` for a school with
    /// so few absences that quiet weeks are ordinary.
    fn last_days(&self) -> Vec<Option<usize>> {
        let data = self.dataset;
        let mut last: Vec<Option<usize>> = data.sessions.iter().map(|days| days.iter().last()).collect();
        last.resize(data.schools.len(), None);
        let mut students = vec![0usize; data.schools.len()];
        for stay in &data.stays {
            students[usize::from(stay.school)] += 1;
        }
        for (last, students) in last.iter_mut().zip(students) {
            // The last of a few students may simply have left.
            *last = last.filter(|_| students >= FEW);
        }
        if last.iter().any(Option::is_some) {
            return last;
        }
        let mut marks = vec![0usize; data.schools.len()];
        for stay in &data.stays {
            let school = usize::from(stay.school);
            for mark in records::marks(data, stay) {
                marks[school] += 1;
                last[school] = last[school].max(Some(usize::from(mark.day)));
            }
        }
        for (last, marks) in last.iter_mut().zip(marks) {
            if marks < data.calendar.len() {
                *last = None;
            }
        }
        last
    }

    fn overlapping_stays(&mut self) {
        let data = self.dataset;
        let longest = data.stays.iter().map(|stay| stay.enrolled).max().unwrap_or_default();
        let (mut students, mut example) = (0u64, None);
        let mut from = 0;
        while from < data.stays.len() {
            let student = data.stays[from].student;
            let to = from + data.stays[from..].iter().take_while(|s| s.student == student).count();
            let stays = &data.stays[from..to];
            from = to;
            if stays.len() < 2 {
                continue;
            }
            let dated = stays.iter().all(|stay| !stay.on_roll.0.is_empty());
            let overlap = if dated {
                let days: usize = stays.iter().map(|stay| stay.on_roll.count()).sum();
                let words = stays.iter().map(|stay| stay.on_roll.0.len()).max().unwrap_or(0);
                let word =
                    |at: usize| stays.iter().fold(0u64, |all, stay| all | stay.on_roll.0.get(at).copied().unwrap_or(0));
                days > (0..words).map(|at| word(at).count_ones() as usize).sum()
            } else {
                // Totals tell no dates: together more than a tenth beyond the longest enrolment.
                let days: Days = stays.iter().map(|stay| stay.enrolled).sum();
                days.thousandths() * 10 > longest.thousandths() * 11
            };
            if overlap {
                students += 1;
                example = example.or(Some((stays[0].school, stays[1].school)));
            }
        }
        if let Some((one, other)) = example {
            let about = format!("{} and {}", self.school(one.into()), self.school(other.into()));
            self.add(Kind::OverlappingStays, students, about);
        }
    }

    /// Zeros in a public file of which nobody can say that they are numbers: no size stands beside
    /// them, and neighbours are hidden or zeros are many.
    fn false_zeros(&mut self) {
        let rows = &self.dataset.published;
        let part = |row: &&crate::attendance::Published| row.grade.is_some() || row.group.is_some();
        let zero = |row: &&crate::attendance::Published| {
            row.counted.is_none()
                && row.chronic.unwrap_or(0) == 0
                && row.rate.unwrap_or(0.0) == 0.0
                && (row.chronic.is_some() || row.rate.is_some())
        };
        let hidden =
            |row: &&crate::attendance::Published| row.chronic.is_none() && row.rate.is_none() && row.shares.is_empty();
        let parts = rows.iter().filter(part).count();
        let mut hidden_near: LiteMap<_, ()> = LiteMap::new();
        for row in rows.iter().filter(part).filter(hidden) {
            let _ = hidden_near.insert((row.school, row.year.as_str()), ());
        }
        let zeros: Vec<_> = rows.iter().filter(part).filter(zero).collect();
        let many = zeros.len() >= 10 && zeros.len() * 20 >= parts;
        let questioned: Vec<_> = zeros
            .into_iter()
            .filter(|row| many || hidden_near.contains_key(&(row.school, row.year.as_str())))
            .collect();
        if let Some(first) = questioned.first() {
            let school = first.school.map_or("", |at| self.school(at.into()));
            let of = first.group.as_ref().map_or(String::new(), |(_, value)| format!(", {value}"));
            let year = if first.year.is_empty() { String::new() } else { format!(", {}", first.year) };
            self.add(Kind::FalseZero, questioned.len() as u64, format!("{school}{of}{year}"));
        }
    }
}

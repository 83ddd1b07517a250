//! One question, any two groupings: counted in one pass over the records, or over their days.

use crate::attendance::day::{MONTHS, WEEKDAYS};
use crate::attendance::{Dataset, DayRule, Definition, Grade, Kind, Mark, Record, Tier, records};

/// What students, or their days, are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    School,
    Grade,
    /// Position in `Dataset::attributes`.
    Condition(usize),
    Tier,
    Month,
    Weekday,
    Kind,
}

/// The kinds of absence, in the order of columns.
pub const KINDS: [Kind; 4] = [Kind::Excused, Kind::Unexcused, Kind::Suspended, Kind::Unknown];

impl By {
    /// Whether days are told apart rather than students.
    #[must_use]
    pub const fn is_of_days(self) -> bool {
        matches!(self, By::Month | By::Weekday | By::Kind)
    }

    /// The word of an address: `school`, `condition-2`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            By::School => "school".into(),
            By::Grade => "grade".into(),
            By::Condition(at) => format!("condition-{at}"),
            By::Tier => "tier".into(),
            By::Month => "month".into(),
            By::Weekday => "weekday".into(),
            By::Kind => "kind".into(),
        }
    }

    /// Reads the word of an address; a condition that the dataset lacks means nothing.
    #[must_use]
    pub fn parse(word: &str, dataset: &Dataset) -> Option<By> {
        if let Some(at) = word.strip_prefix("condition-") {
            return at.parse().ok().filter(|at| *at < dataset.attributes.len()).map(By::Condition);
        }
        [By::School, By::Grade, By::Tier, By::Month, By::Weekday, By::Kind].into_iter().find(|by| by.key() == word)
    }

    #[must_use]
    pub fn label(self, dataset: &Dataset) -> String {
        match self {
            By::School => "School".into(),
            By::Grade => "Grade".into(),
            By::Condition(at) => dataset.attributes.get(at).map_or_else(String::new, |a| a.label.clone()),
            By::Tier => "Tier".into(),
            By::Month => "Month".into(),
            By::Weekday => "Weekday".into(),
            By::Kind => "Kind of absence".into(),
        }
    }

    /// Every grouping that this dataset can answer.
    #[must_use]
    pub fn all(dataset: &Dataset) -> Vec<By> {
        let mut all = vec![By::School, By::Grade];
        all.extend((0..dataset.attributes.len()).map(By::Condition));
        all.push(By::Tier);
        if !dataset.calendar.is_empty() {
            all.extend([By::Month, By::Weekday]);
        }
        all.push(By::Kind);
        all
    }
}

/// Which students count; empty leaves nobody out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    pub school: Option<u16>,
    pub grade: Option<Grade>,
    /// Position in `Dataset::attributes`, and code.
    pub having: Option<(usize, u8)>,
}

impl Only {
    #[must_use]
    pub fn admits(&self, dataset: &Dataset, record: &Record) -> bool {
        self.school.is_none_or(|school| record.school == school)
            && self.grade.is_none_or(|grade| record.grade == grade)
            && self.having.is_none_or(|(at, code)| dataset.attributes[at].codes[record.student as usize] == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub rows: By,
    pub columns: By,
    pub only: Only,
}

/// What a cell's share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Chronically absent students of those counted.
    Chronic,
    /// Students in a tier of those counted in the other grouping.
    InTier,
    /// Days missed of days enrolled.
    Days,
}

impl Question {
    #[must_use]
    pub fn measure(&self) -> Measure {
        if self.rows.is_of_days() || self.columns.is_of_days() {
            Measure::Days
        } else if self.rows == By::Tier || self.columns == By::Tier {
            Measure::InTier
        } else {
            Measure::Chronic
        }
    }
}

/// `part` of `whole`: students, or thousandths of days. `students` stand behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub part: u64,
    pub whole: u64,
    pub students: u64,
}

impl Sum {
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    fn add(&mut self, other: Sum) {
        self.part += other.part;
        self.whole += other.whole;
        self.students += other.students;
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub measure: Measure,
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// One list per row, one sum per column.
    pub cells: Vec<Vec<Sum>>,
}

/// Names of a grouping's values, and where each record falls.
struct Students<'a> {
    names: Vec<String>,
    place: Box<dyn Fn(&Record) -> Option<usize> + 'a>,
}

fn students<'a>(dataset: &'a Dataset, records: &[Record], by: By) -> Students<'a> {
    match by {
        By::School => Students {
            names: dataset.schools.iter().map(|s| s.name.clone()).collect(),
            place: Box::new(|record| Some(usize::from(record.school))),
        },
        By::Grade => {
            let mut grades: Vec<Grade> = records.iter().map(|r| r.grade).collect();
            grades.sort_unstable();
            grades.dedup();
            Students {
                names: grades.iter().map(ToString::to_string).collect(),
                place: Box::new(move |record| grades.binary_search(&record.grade).ok()),
            }
        }
        By::Condition(at) => {
            let attribute = &dataset.attributes[at];
            let mut names = attribute.values.clone();
            names.push("Not known".into());
            let last = names.len() - 1;
            let place = move |record: &Record| {
                let code = usize::from(attribute.codes[record.student as usize]);
                Some(if code == 0 { last } else { code - 1 })
            };
            Students { names, place: Box::new(place) }
        }
        By::Tier => Students {
            names: Tier::ALL.iter().map(|t| t.label().to_owned()).collect(),
            place: Box::new(|record| record.tier().map(Tier::index)),
        },
        By::Month | By::Weekday | By::Kind => Students { names: vec![String::new()], place: Box::new(|_| Some(0)) },
    }
}

/// Months in the order of the calendar, as (year, month).
#[must_use]
pub fn months(dataset: &Dataset) -> Vec<(i32, u8)> {
    let mut months: Vec<(i32, u8)> = dataset.calendar.iter().map(|day| (day.ymd().0, day.ymd().1)).collect();
    months.dedup();
    months
}

/// Where each day of the calendar falls, and the names.
fn day_places(dataset: &Dataset, by: By) -> (Vec<String>, Vec<usize>) {
    match by {
        By::Month => {
            let months = months(dataset);
            let place = |day: &crate::attendance::Day| {
                let month = (day.ymd().0, day.ymd().1);
                months.binary_search(&month).unwrap_or(0)
            };
            let places = dataset.calendar.iter().map(place).collect();
            (months.iter().map(|(_, month)| MONTHS[usize::from(*month) - 1].to_owned()).collect(), places)
        }
        By::Weekday => {
            let weekend = dataset.calendar.iter().any(|day| day.weekday() > 4);
            let names = WEEKDAYS[..if weekend { 7 } else { 5 }].iter().map(|w| w[..3].to_owned()).collect();
            (names, dataset.calendar.iter().map(|day| usize::from(day.weekday())).collect())
        }
        _ => (vec![String::new()], vec![0; dataset.calendar.len()]),
    }
}

/// Answers a question. `records` are those of `records::at_schools`; students with too few days are
/// left out, as everywhere.
#[must_use]
pub fn answer(dataset: &Dataset, records: &[Record], definition: &Definition, question: &Question) -> Answer {
    match question.measure() {
        Measure::Days => days(dataset, records, definition, question),
        Measure::Chronic => {
            let (rows, columns) =
                (students(dataset, records, question.rows), students(dataset, records, question.columns));
            let mut cells = vec![vec![Sum::default(); columns.names.len()]; rows.names.len()];
            for record in admitted(dataset, records, question) {
                if let (Some(row), Some(column)) = ((rows.place)(record), (columns.place)(record)) {
                    cells[row][column].add(Sum { part: u64::from(record.is_chronic()), whole: 1, students: 1 });
                }
            }
            Answer { measure: Measure::Chronic, rows: rows.names, columns: columns.names, cells }
        }
        Measure::InTier => in_tier(dataset, records, question),
    }
}

fn admitted<'a>(
    dataset: &'a Dataset,
    records: &'a [Record],
    question: &'a Question,
) -> impl Iterator<Item = &'a Record> {
    records.iter().filter(|r| r.is_counted() && question.only.admits(dataset, r))
}

/// Students in a tier, of all counted in the same group of the other grouping.
fn in_tier(dataset: &Dataset, records: &[Record], question: &Question) -> Answer {
    let (rows, columns) = (students(dataset, records, question.rows), students(dataset, records, question.columns));
    let mut cells = vec![vec![Sum::default(); columns.names.len()]; rows.names.len()];
    for record in admitted(dataset, records, question) {
        let (Some(row), Some(column)) = ((rows.place)(record), (columns.place)(record)) else { continue };
        cells[row][column].part += 1;
        if question.columns == By::Tier {
            for cell in &mut cells[row] {
                cell.whole += 1;
                cell.students += 1;
            }
        } else {
            for cells in &mut cells {
                cells[column].whole += 1;
                cells[column].students += 1;
            }
        }
    }
    Answer { measure: Measure::InTier, rows: rows.names, columns: columns.names, cells }
}

/// Days missed of days enrolled. Kinds share the enrolled days of their group.
fn days(dataset: &Dataset, records: &[Record], definition: &Definition, question: &Question) -> Answer {
    let (rows, columns) = (students(dataset, records, question.rows), students(dataset, records, question.columns));
    let ((row_days, row_of), (column_days, column_of)) =
        (day_places(dataset, question.rows), day_places(dataset, question.columns));
    let kinds = |by: By| by == By::Kind;
    let names = |by: By, students: Vec<String>, days: Vec<String>| match by {
        By::Kind => {
            KINDS.iter().map(|k| if *k == Kind::Unknown { "Not given" } else { k.label() }.to_owned()).collect()
        }
        by if by.is_of_days() => days,
        _ => students,
    };
    let (row_names, column_names): (Vec<String>, Vec<String>) =
        (names(question.rows, rows.names, row_days), names(question.columns, columns.names, column_days));
    let mut cells = vec![vec![Sum::default(); column_names.len()]; row_names.len()];
    // The days of each place together, so that enrolled days are counted by whole words.
    let n_slots = (row_names.len().max(1), column_names.len().max(1));
    let timed = |by: By| matches!(by, By::Month | By::Weekday);
    let is_timed = timed(question.rows) || timed(question.columns);
    let mut masks: Vec<(usize, usize, Vec<(usize, u64)>)> = Vec::new();
    if is_timed {
        let mut by_slot = std::collections::BTreeMap::<(usize, usize), Vec<(usize, u64)>>::new();
        for (at, (row, column)) in row_of.iter().zip(&column_of).enumerate() {
            let slot = (if timed(question.rows) { *row } else { 0 }, if timed(question.columns) { *column } else { 0 });
            let words = by_slot.entry(slot).or_default();
            match words.last_mut() {
                Some((word, bits)) if *word == at / 64 => *bits |= 1 << (at % 64),
                _ => words.push((at / 64, 1 << (at % 64))),
            }
        }
        masks = by_slot.into_iter().map(|((row, column), words)| (row, column, words)).collect();
    }
    for record in admitted(dataset, records, question) {
        let (Some(row), Some(column)) = ((rows.place)(record), (columns.place)(record)) else { continue };
        let stay = &dataset.stays[record.stay as usize];
        let mut enrol = |row: usize, column: usize, whole: u64| {
            if whole == 0 {
                return;
            }
            // A kind's column repeats the enrolled days of its group.
            let rows = if kinds(question.rows) { 0..n_slots.0 } else { row..row + 1 };
            for row in rows {
                let columns = if kinds(question.columns) { 0..n_slots.1 } else { column..column + 1 };
                for column in columns {
                    cells[row][column].add(Sum { part: 0, whole, students: 1 });
                }
            }
        };
        if is_timed {
            for (r, c, words) in &masks {
                let n: u32 = words
                    .iter()
                    .map(|(word, bits)| (stay.on_roll.0.get(*word).copied().unwrap_or(0) & bits).count_ones())
                    .sum();
                let at =
                    (if timed(question.rows) { *r } else { row }, if timed(question.columns) { *c } else { column });
                enrol(at.0, at.1, u64::from(n) * 1000);
            }
            for mark in records::marks(dataset, stay) {
                let at = usize::from(mark.day);
                let missed = missed(mark, definition);
                let Some(kind) = KINDS.iter().position(|k| *k == mark.kind).filter(|_| missed > 0) else { continue };
                let place = |by: By, of_day: &[usize], of_student: usize| match by {
                    By::Kind => kind,
                    by if timed(by) => of_day.get(at).copied().unwrap_or(0),
                    _ => of_student,
                };
                cells[place(question.rows, &row_of, row)][place(question.columns, &column_of, column)].part += missed;
            }
        } else {
            enrol(row, column, record.enrolled.thousandths().max(0) as u64);
            for (kind, name) in KINDS.iter().enumerate() {
                if definition.not_absent.contains(name) {
                    continue;
                }
                let missed = kind_missed(dataset, record, *name, definition);
                let row = if kinds(question.rows) { kind } else { row };
                let column = if kinds(question.columns) { kind } else { column };
                cells[row][column].part += missed;
            }
        }
    }
    Answer { measure: Measure::Days, rows: row_names, columns: column_names, cells }
}

/// Thousandths of a day that a mark counts for under the definition.
fn missed(mark: &Mark, definition: &Definition) -> u64 {
    if !mark.kind.is_absence() || definition.not_absent.contains(&mark.kind) {
        return 0;
    }
    match definition.day_rule {
        DayRule::AsRecorded => u64::from(mark.missed),
        DayRule::HalfOrMore => {
            if mark.missed >= 500 {
                1000
            } else {
                0
            }
        }
        DayRule::WholeOnly => {
            if mark.missed >= 1000 {
                1000
            } else {
                0
            }
        }
    }
}

fn kind_missed(dataset: &Dataset, record: &Record, kind: Kind, definition: &Definition) -> u64 {
    let stay = &dataset.stays[record.stay as usize];
    if definition.day_rule == DayRule::AsRecorded || stay.marks.is_empty() {
        return stay.absent[kind as usize].thousandths().max(0) as u64;
    }
    records::marks(dataset, stay).iter().filter(|m| m.kind == kind).map(|m| missed(m, definition)).sum()
}

/// What the conditions page shows of every school, and of all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolTables {
    pub grades: Answer,
    /// `None` for files of totals.
    pub months: Option<Answer>,
    pub weekdays: Option<Answer>,
    pub kinds: Answer,
}

impl SchoolTables {
    #[must_use]
    pub fn of(dataset: &Dataset, records: &[Record], definition: &Definition) -> SchoolTables {
        let by = |columns: By| {
            answer(dataset, records, definition, &Question { rows: By::School, columns, only: Only::default() })
        };
        let dated = !dataset.calendar.is_empty();
        SchoolTables {
            grades: by(By::Grade),
            months: dated.then(|| by(By::Month)),
            weekdays: dated.then(|| by(By::Weekday)),
            kinds: by(By::Kind),
        }
    }
}

impl Answer {
    /// All rows together, column by column.
    #[must_use]
    pub fn together(&self) -> Vec<Sum> {
        let mut all = vec![Sum::default(); self.columns.len()];
        for row in &self.cells {
            for (sum, cell) in all.iter_mut().zip(row) {
                sum.add(*cell);
            }
        }
        all
    }

    /// Without rows and columns in which there is nobody.
    #[must_use]
    pub fn without_empty(mut self) -> Answer {
        let used: Vec<bool> = (0..self.columns.len()).map(|c| self.cells.iter().any(|r| r[c].whole > 0)).collect();
        let keep = |list: &[bool], at: usize| list.get(at).copied().unwrap_or(false);
        let rows: Vec<bool> = self.cells.iter().map(|row| row.iter().any(|sum| sum.whole > 0)).collect();
        self.rows = self.rows.into_iter().enumerate().filter(|(at, _)| keep(&rows, *at)).map(|(_, r)| r).collect();
        self.columns =
            self.columns.into_iter().enumerate().filter(|(at, _)| keep(&used, *at)).map(|(_, c)| c).collect();
        self.cells = self
            .cells
            .into_iter()
            .filter(|row| row.iter().any(|sum| sum.whole > 0))
            .map(|row| row.into_iter().enumerate().filter(|(at, _)| keep(&used, *at)).map(|(_, s)| s).collect())
            .collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::analysis::student::tests::example;

    fn ask(dataset: &Dataset, rows: By, columns: By, only: Only) -> Answer {
        let definition = Definition::default();
        let records = records::at_schools(dataset, &definition);
        answer(dataset, &records, &definition, &Question { rows, columns, only })
    }

    #[test]
    fn every_way_of_counting_adds_up_to_the_same_days_and_students() {
        let dataset = example();
        let definition = Definition::default();
        let records = records::at_schools(&dataset, &definition);
        let counted = || records.iter().filter(|r| r.is_counted());
        let absent: i64 = counted().map(|r| r.absent.thousandths()).sum();
        let enrolled: i64 = counted().map(|r| r.enrolled.thousandths()).sum();
        for (rows, columns) in [
            (By::School, By::Month),
            (By::Weekday, By::Grade),
            (By::Month, By::Weekday),
            (By::Kind, By::School),
            (By::Month, By::Kind),
            (By::Tier, By::Weekday),
        ] {
            let answer = ask(&dataset, rows, columns, Only::default());
            let part: u64 = answer.cells.iter().flatten().map(|s| s.part).sum();
            let whole: u64 = answer.cells.iter().flatten().map(|s| s.whole).sum();
            let times = if rows == By::Kind || columns == By::Kind { 4 } else { 1 };
            assert_eq!((part as i64, whole as i64), (absent, times * enrolled), "{rows:?} by {columns:?}");
        }
        for (rows, columns) in [(By::School, By::Grade), (By::Condition(0), By::School)] {
            let answer = ask(&dataset, rows, columns, Only::default());
            let whole: u64 = answer.cells.iter().flatten().map(|s| s.whole).sum();
            assert_eq!(whole as usize, counted().count());
        }
        let tiers = ask(&dataset, By::School, By::Tier, Only::default());
        for row in &tiers.cells {
            assert_eq!(row.iter().map(|s| s.part).sum::<u64>(), row[0].whole);
        }
    }

    #[test]
    fn a_filter_leaves_others_out_and_an_address_holds_the_grouping() {
        let dataset = example();
        let only = Only { school: Some(1), grade: Some(Grade::Year(3)), having: None };
        let answer = ask(&dataset, By::School, By::Grade, only).without_empty();
        assert_eq!((answer.rows.len(), answer.columns.as_slice()), (1, &["3".to_owned()][..]));
        for by in By::all(&dataset) {
            assert_eq!(By::parse(&by.key(), &dataset), Some(by));
        }
        assert_eq!(By::parse("condition-99", &dataset), None);
    }
}

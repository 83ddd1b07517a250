//! One question, any two groupings: counted in one pass over the records, or over their days.

mod days;

use crate::attendance::{Dataset, Definition, Grade, Kind, Record, Tier};
use days::days;

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

/// Where records fall in a grouping.
enum Place<'a> {
    School,
    /// By number of a grade.
    Grade([Option<u16>; Grade::COUNT]),
    /// Code 0, not known, stands last.
    Condition {
        codes: &'a [u8],
        last: usize,
    },
    Tier,
    /// All in one: the grouping tells days apart, not students.
    Together,
}

impl Place<'_> {
    /// `None` where a record has no place.
    fn of(&self, record: &Record) -> Option<usize> {
        match self {
            Place::School => Some(usize::from(record.school)),
            Place::Grade(places) => places[record.grade.number()].map(usize::from),
            Place::Condition { codes, last } => {
                let code = usize::from(codes[record.student as usize]);
                Some(if code == 0 { *last } else { code - 1 })
            }
            Place::Tier => record.tier().map(Tier::index),
            Place::Together => Some(0),
        }
    }
}

/// Names of a grouping's values, and where each record falls.
struct Students<'a> {
    names: Vec<String>,
    place: Place<'a>,
}

fn students<'a>(dataset: &'a Dataset, records: &[Record], by: By) -> Students<'a> {
    match by {
        By::School => {
            Students { names: dataset.schools.iter().map(|s| s.name.clone()).collect(), place: Place::School }
        }
        By::Grade => {
            let grades = grades_of(records);
            let mut places = [None; Grade::COUNT];
            for (at, grade) in grades.iter().enumerate() {
                places[grade.number()] = Some(at as u16);
            }
            Students { names: grades.iter().map(ToString::to_string).collect(), place: Place::Grade(places) }
        }
        By::Condition(at) => {
            let attribute = &dataset.attributes[at];
            let mut names = attribute.values.clone();
            names.push("Not known".into());
            let last = names.len() - 1;
            Students { names, place: Place::Condition { codes: &attribute.codes, last } }
        }
        By::Tier => Students { names: Tier::ALL.iter().map(|t| t.label().to_owned()).collect(), place: Place::Tier },
        By::Month | By::Weekday | By::Kind => Students { names: vec![String::new()], place: Place::Together },
    }
}

/// The grades of some records, ascending: the order of rows and columns by grade.
#[must_use]
pub fn grades_of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Grade> {
    let there = records.into_iter().fold(0u32, |there, record| there | 1 << record.grade.number());
    (0..Grade::COUNT).filter(|number| there >> number & 1 == 1).map(Grade::of_number).collect()
}

/// Months in the order of the calendar, as (year, month).
#[must_use]
pub fn months(dataset: &Dataset) -> Vec<(i32, u8)> {
    let mut months: Vec<(i32, u8)> = dataset.calendar.iter().map(|day| (day.ymd().0, day.ymd().1)).collect();
    months.dedup();
    months
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
                if let (Some(row), Some(column)) = (rows.place.of(record), columns.place.of(record)) {
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
    let having = question.only.having.map(|(at, code)| (dataset.attributes.get(at).map(|a| a.codes.as_slice()), code));
    records.iter().filter(move |record| {
        record.is_counted()
            && question.only.school.is_none_or(|school| record.school == school)
            && question.only.grade.is_none_or(|grade| record.grade == grade)
            && having.is_none_or(|(codes, code)| codes.is_some_and(|codes| codes[record.student as usize] == code))
    })
}

/// Students in a tier, of all counted in the same group of the other grouping.
fn in_tier(dataset: &Dataset, records: &[Record], question: &Question) -> Answer {
    let (rows, columns) = (students(dataset, records, question.rows), students(dataset, records, question.columns));
    let mut cells = vec![vec![Sum::default(); columns.names.len()]; rows.names.len()];
    for record in admitted(dataset, records, question) {
        if let (Some(row), Some(column)) = (rows.place.of(record), columns.place.of(record)) {
            cells[row][column].part += 1;
        }
    }
    let all = |of: &mut dyn Iterator<Item = &Sum>| of.map(|sum| sum.part).sum::<u64>();
    if question.columns == By::Tier {
        for row in &mut cells {
            let whole = all(&mut row.iter());
            row.iter_mut().for_each(|sum| *sum = Sum { whole, students: whole, ..*sum });
        }
    } else {
        for column in 0..columns.names.len() {
            let whole = all(&mut cells.iter().map(|row| &row[column]));
            cells.iter_mut().for_each(|row| row[column] = Sum { whole, students: whole, ..row[column] });
        }
    }
    Answer { measure: Measure::InTier, rows: rows.names, columns: columns.names, cells }
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

    /// Positions of the rows and of the columns in which there is somebody.
    #[must_use]
    pub fn used(&self) -> (Vec<usize>, Vec<usize>) {
        let is_used = |row: &Vec<Sum>| row.iter().any(|sum| sum.whole > 0);
        let rows = (0..self.rows.len()).filter(|row| is_used(&self.cells[*row])).collect();
        let columns = (0..self.columns.len()).filter(|c| self.cells.iter().any(|row| row[*c].whole > 0)).collect();
        (rows, columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::records;
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
        let answer = ask(&dataset, By::School, By::Grade, only);
        let (rows, columns) = answer.used();
        assert_eq!((rows, columns.len(), answer.columns[columns[0]].as_str()), (vec![1], 1, "3"));
        for by in By::all(&dataset) {
            assert_eq!(By::parse(&by.key(), &dataset), Some(by));
        }
        assert_eq!(By::parse("condition-99", &dataset), None);
    }
}

//! From one dataset to comparisons: which units, which conditions, which students.
//!
//! One pass over the records counts units by grade and conditions as small whole numbers;
//! everything else is worked out from that table, so that any question is answered at once.

pub mod conditions;
pub mod published;
pub mod recording;
pub mod student;

pub use conditions::{ConditionGap, condition_gaps, peer_schools};
pub use published::{published_by_school, published_conditions, published_peers, published_rows, published_years};
pub use recording::{Recording, recording};
pub use student::student_days;

use super::comparison::Comparison;
use super::flags::{Flag, grade_jump};
use super::standardise::Expected;
use super::strata::{Cell, Condition, StrataTable, Stratum};
use crate::attendance::{Dataset, Grade, Record, attribute};

/// What is compared with what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Units {
    #[default]
    Schools,
    /// The grades of one school (position in `Dataset::schools`).
    Grades { school: u16 },
    /// The homerooms of one grade of one school.
    Homerooms { school: u16, grade: Grade },
    /// The values of one attribute within one school.
    Groups { school: u16, attribute: usize },
}

/// Which students count. Empty lists leave nobody out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Positions in `Dataset::schools`.
    pub schools: Vec<u16>,
    pub grades: Vec<Grade>,
    /// (position in `Dataset::attributes`, code), all of which a student must have.
    pub having: Vec<(usize, u8)>,
}

/// A comparison as chosen by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub units: Units,
    /// Positions in `Dataset::attributes`, the most important first: the last is the first to be
    /// dropped where students are too few. Suspension is never taken into account.
    pub conditions: Vec<usize>,
    pub filter: Filter,
}

/// The conditions that are taken into account by default, where the file holds them.
pub const DEFAULT_CONDITIONS: [&str; 3] =
    [attribute::ECONOMICALLY_DISADVANTAGED, attribute::SPECIAL_EDUCATION, attribute::ENGLISH_LEARNER];

/// Positions of the default conditions in a dataset.
#[must_use]
pub fn default_conditions(dataset: &Dataset) -> Vec<usize> {
    let position = |key: &&str| dataset.attributes.iter().position(|a| a.key == *key);
    DEFAULT_CONDITIONS.iter().filter_map(position).collect()
}

/// Whether a condition may be taken into account: never suspension, which the school decides.
#[must_use]
pub fn may_adjust_for(key: &str) -> bool {
    key != attribute::SUSPENSION
}

/// What to say before a condition is taken into account that could excuse what schools do.
#[must_use]
pub fn warning(key: &str) -> Option<&'static str> {
    (key == attribute::RACE_ETHNICITY).then_some(
        "Expecting more absence of some children because of their race or ethnicity can excuse what schools do differently for them. Look at the comparison without it first.",
    )
}

/// A comparison with the table it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Its units are in the order of `Dataset::schools` where schools are compared, else by name.
    pub table: StrataTable,
    pub comparison: Comparison,
}

impl Compared {
    /// Where one unit's expected rate comes from, in one sentence.
    #[must_use]
    pub fn sentence(&self, unit: usize) -> String {
        self.comparison.sentence(&self.table, unit)
    }
}

/// Compares the units of a choice. `records` are those of `records::at_schools`; `recording` holds
/// the schools' flags, which stand before praise.
#[must_use]
pub fn compare(dataset: &Dataset, records: &[Record], recording: &Recording, choice: &Choice) -> Compared {
    let counts = count(dataset, records, choice);
    let comparison = Comparison::of(&counts.table, |unit, expected| {
        let mut flags = match choice.units {
            Units::Schools => recording.red.get(unit).cloned().unwrap_or_default(),
            _ => Vec::new(),
        };
        if choice.units == Units::Schools {
            flags.extend(counts.jump(unit, expected));
        }
        flags
    });
    Compared { table: counts.table, comparison }
}

/// The table of strata alone.
#[must_use]
pub fn strata_table(dataset: &Dataset, records: &[Record], choice: &Choice) -> StrataTable {
    count(dataset, records, choice).table
}

/// Counted students of one unit, grade and stratum.
#[derive(Clone, Copy, Debug)]
struct GradeCell {
    grade: Grade,
    stratum: u32,
    counted: u64,
    chronic: u64,
}

struct Counts {
    table: StrataTable,
    /// Per unit, ascending by grade.
    by_grade: Vec<Vec<GradeCell>>,
}

fn count(dataset: &Dataset, records: &[Record], choice: &Choice) -> Counts {
    let chosen: Vec<usize> =
        choice.conditions.iter().copied().filter(|at| may_adjust_for(&dataset.attributes[*at].key)).collect();
    let (names, unit_of) = units(dataset, records, &choice.units);
    // Each student's conditions as one number, the first chosen in the highest place.
    let radix: Vec<u64> = chosen.iter().map(|at| dataset.attributes[*at].values.len() as u64 + 1).collect();
    let combinations: u64 = radix.iter().fold(1, |product, r| product.saturating_mul(*r));
    let mut code_of = vec![0u64; dataset.students.len()];
    for (at, radix) in chosen.iter().zip(&radix) {
        for (code, value) in code_of.iter_mut().zip(&dataset.attributes[*at].codes) {
            *code = code.wrapping_mul(*radix).wrapping_add(u64::from(*value));
        }
    }
    let admitted = Admitted::new(dataset, &choice.filter);
    let keys = records.iter().filter(|record| record.is_counted() && admitted.admits(record)).filter_map(|record| {
        let unit = unit_of(record)?;
        let code = code_of[record.student as usize] + combinations.wrapping_mul(record.grade.number() as u64);
        Some((code, unit, record.is_chronic()))
    });

    let cells = tally(keys, combinations.saturating_mul(Grade::COUNT as u64), names.len());
    let stratum_of = |code: u64| {
        let mut rest = code % combinations;
        let mut codes = vec![0u8; radix.len()];
        for (slot, radix) in codes.iter_mut().zip(&radix).rev() {
            *slot = (rest % radix) as u8;
            rest /= radix;
        }
        Stratum { band: Grade::of_number((code / combinations) as usize).band(), codes }
    };
    // Cells ascend by code, so each code's stratum is worked out once.
    let mut found: Vec<(u64, Stratum)> = Vec::new();
    for cell in &cells {
        if found.last().is_none_or(|(code, _)| *code != cell.code) {
            found.push((cell.code, stratum_of(cell.code)));
        }
    }
    let mut strata: Vec<Stratum> = found.iter().map(|(_, stratum)| stratum.clone()).collect();
    strata.sort_unstable();
    strata.dedup();
    let mut by_grade = vec![Vec::new(); names.len()];
    let mut found = found.into_iter().peekable();
    let (mut code, mut stratum) = (u64::MAX, 0);
    for cell in cells {
        while let Some((next, of)) = found.next_if(|(next, _)| *next <= cell.code) {
            code = next;
            stratum = strata.binary_search(&of).unwrap_or_default() as u32;
        }
        let grade = Grade::of_number((code / combinations) as usize);
        by_grade[cell.unit].push(GradeCell { grade, stratum, counted: cell.counted, chronic: cell.chronic });
    }
    let conditions = chosen
        .iter()
        .map(|at| {
            let attribute = &dataset.attributes[*at];
            Condition { key: attribute.key.clone(), label: attribute.label.clone(), values: attribute.values.clone() }
        })
        .collect();
    let cells = by_grade.iter().map(|cells| without_grades(cells)).collect();
    Counts { table: StrataTable { conditions, units: names, strata, cells }, by_grade }
}

/// One unit's cells, ascending by stratum, the grades of a band together.
fn without_grades(cells: &[GradeCell]) -> Vec<Cell> {
    let mut cells: Vec<Cell> =
        cells.iter().map(|cell| Cell { stratum: cell.stratum, counted: cell.counted, chronic: cell.chronic }).collect();
    cells.sort_unstable_by_key(|cell| cell.stratum);
    cells.dedup_by(|next, kept| {
        let same = next.stratum == kept.stratum;
        if same {
            kept.counted += next.counted;
            kept.chronic += next.chronic;
        }
        same
    });
    cells
}

/// Students with one code at one unit.
struct CodeCell {
    code: u64,
    unit: usize,
    counted: u64,
    chronic: u64,
}

/// Beyond this many cells a dense table costs more than sorting.
const DENSE_CELLS: u64 = 1 << 21;

/// Counts (code, unit, chronic), ascending by code and unit.
fn tally(keys: impl Iterator<Item = (u64, usize, bool)>, n_codes: u64, n_units: usize) -> Vec<CodeCell> {
    if n_codes.saturating_mul(n_units as u64) <= DENSE_CELLS {
        let mut cells = vec![(0u32, 0u32); n_codes as usize * n_units];
        for (code, unit, chronic) in keys {
            let cell = &mut cells[code as usize * n_units + unit];
            cell.0 += 1;
            cell.1 += u32::from(chronic);
        }
        let filled = cells.into_iter().enumerate().filter(|(_, (counted, _))| *counted > 0);
        return filled
            .map(|(at, (counted, chronic))| CodeCell {
                code: (at / n_units) as u64,
                unit: at % n_units,
                counted: u64::from(counted),
                chronic: u64::from(chronic),
            })
            .collect();
    }
    // Code, unit and outcome in one number, which sorts fastest.
    let mut keys: Vec<u128> = keys
        .map(|(code, unit, chronic)| (u128::from(code) << 33) | ((unit as u128) << 1) | u128::from(chronic))
        .collect();
    keys.sort_unstable();
    keys.chunk_by(|a, b| a >> 1 == b >> 1)
        .map(|same| CodeCell {
            code: (same[0] >> 33) as u64,
            unit: (same[0] >> 1) as u32 as usize,
            counted: same.len() as u64,
            chronic: same.iter().filter(|key| *key & 1 == 1).count() as u64,
        })
        .collect()
}

type UnitOf<'a> = Box<dyn Fn(&Record) -> Option<usize> + 'a>;

/// The units' names, and which one a record belongs to.
fn units<'a>(dataset: &'a Dataset, records: &[Record], units: &Units) -> (Vec<String>, UnitOf<'a>) {
    match *units {
        Units::Schools => {
            let names = dataset.schools.iter().map(|school| school.name.clone()).collect();
            (names, Box::new(|record| Some(usize::from(record.school))))
        }
        Units::Grades { school } => {
            let mut grades: Vec<Grade> =
                records.iter().filter(|record| record.school == school).map(|record| record.grade).collect();
            grades.sort();
            grades.dedup();
            let names = grades.iter().map(|grade| format!("Grade {grade}")).collect();
            let of = move |record: &Record| {
                (record.school == school).then(|| grades.binary_search(&record.grade).ok()).flatten()
            };
            (names, Box::new(of))
        }
        Units::Homerooms { school, grade } => {
            let room = move |record: &Record| {
                let here = record.school == school && record.grade == grade;
                here.then(|| dataset.stays[record.stay as usize].homeroom).flatten()
            };
            let mut rooms: Vec<u16> = records.iter().filter_map(room).collect();
            rooms.sort_by(|a, b| dataset.homerooms[usize::from(*a)].cmp(&dataset.homerooms[usize::from(*b)]));
            rooms.dedup();
            let names = rooms.iter().map(|at| dataset.homerooms[usize::from(*at)].clone()).collect();
            (names, Box::new(move |record| room(record).and_then(|at| rooms.iter().position(|r| *r == at))))
        }
        Units::Groups { school, attribute } => {
            let attribute = &dataset.attributes[attribute];
            let of = move |record: &Record| {
                let code = attribute.codes[record.student as usize];
                (record.school == school && code > 0).then(|| usize::from(code) - 1)
            };
            (attribute.values.clone(), Box::new(of))
        }
    }
}

/// A filter made ready for many records.
struct Admitted<'a> {
    schools: Vec<bool>,
    grades: Vec<bool>,
    having: Vec<(&'a [u8], u8)>,
}

impl<'a> Admitted<'a> {
    fn new(dataset: &'a Dataset, filter: &Filter) -> Admitted<'a> {
        let mut schools = vec![filter.schools.is_empty(); dataset.schools.len()];
        for school in &filter.schools {
            schools[usize::from(*school)] = true;
        }
        let mut grades = vec![filter.grades.is_empty(); Grade::COUNT];
        for grade in &filter.grades {
            grades[grade.number()] = true;
        }
        let having = filter.having.iter().map(|(at, code)| (dataset.attributes[*at].codes.as_slice(), *code));
        Admitted { schools, grades, having: having.collect() }
    }

    fn admits(&self, record: &Record) -> bool {
        self.schools[usize::from(record.school)]
            && self.grades[record.grade.number()]
            && self.having.iter().all(|(codes, code)| codes[record.student as usize] == *code)
    }
}

impl Counts {
    /// A jump of observed over expected between two grades of a unit, where it is a red flag.
    fn jump(&self, unit: usize, expected: &Expected) -> Option<Flag> {
        let rates = &expected.stratum_rates;
        let mut grades: Vec<(Grade, u64, f64)> = Vec::new();
        for cell in &self.by_grade[unit] {
            let Ok(at) = rates.binary_search_by_key(&cell.stratum, |(stratum, _)| *stratum) else { continue };
            let expected = cell.counted as f64 * rates[at].1;
            match grades.last_mut() {
                Some((grade, o, e)) if *grade == cell.grade => {
                    *o += cell.chronic;
                    *e += expected;
                }
                _ => grades.push((cell.grade, cell.chronic, expected)),
            }
        }
        let observed: Vec<u64> = grades.iter().map(|(_, o, _)| *o).collect();
        let by_grade: Vec<f64> = grades.iter().map(|(_, _, e)| *e).collect();
        let jump = grade_jump(&observed, &by_grade, expected.expected_rate()?);
        let from = grades[jump.cut?].0.to_string();
        jump.is_red().then_some(Flag::GradeJump { from, jump })
    }
}

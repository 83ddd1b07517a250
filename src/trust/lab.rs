//! The definition lab: the same students under several definitions, side by side.

use crate::attendance::records::{self, Record, Standing};
use crate::attendance::{Dataset, Definition, Preset};

/// Students as one definition counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub counted: u32,
    pub chronic: u32,
    /// In the group, but with too few days to be counted.
    pub apart: u32,
}

impl Counts {
    #[must_use]
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Counts {
        let mut counts = Counts::default();
        for record in records {
            counts.add(record);
        }
        counts
    }

    fn add(&mut self, record: &Record) {
        match record.standing {
            Standing::TooFewDays => self.apart += 1,
            Standing::Counted { chronic, .. } => {
                self.counted += 1;
                self.chronic += u32::from(chronic);
            }
        }
    }

    /// Chronic over counted, 0 to 1; `None` where none is counted.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.counted > 0).then(|| f64::from(self.chronic) / f64::from(self.counted))
    }
}

/// One definition and what it makes of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub definition: Definition,
    /// Every student once.
    pub all: Counts,
    /// In the order of `Dataset::schools`; a student counts in each school attended.
    pub schools: Vec<Counts>,
}

/// The definition in force first, then the named ones that differ from it.
#[must_use]
pub fn definitions(in_force: &Definition) -> Vec<Definition> {
    let others = Preset::NAMED.into_iter().map(Preset::definition).filter(|named| named.preset != in_force.preset);
    std::iter::once(in_force.clone()).chain(others).collect()
}

/// The file under each definition.
#[must_use]
pub fn side_by_side(dataset: &Dataset, definitions: &[Definition]) -> Vec<Row> {
    definitions.iter().map(|definition| row(dataset, definition)).collect()
}

/// The file under one definition.
#[must_use]
pub fn row(dataset: &Dataset, definition: &Definition) -> Row {
    let mut schools = vec![Counts::default(); dataset.schools.len()];
    for record in &records::at_schools(dataset, definition) {
        schools[usize::from(record.school)].add(record);
    }
    let all = Counts::of(&records::in_district(dataset, definition));
    Row { definition: definition.clone(), all, schools }
}

/// How the rate moves with the threshold: (percent, counts) from `from` to `to` percent.
#[must_use]
pub fn thresholds(dataset: &Dataset, definition: &Definition, percents: &[u32]) -> Vec<(u32, Counts)> {
    // Only the line moves: the students and their days stay the same.
    let records = records::in_district(dataset, definition);
    percents
        .iter()
        .map(|&percent| {
            let moved = Definition { threshold: percent * 1000, ..definition.clone() };
            let mut counts = Counts::default();
            for record in &records {
                let (enrolled, absent) = record.share(dataset);
                match record.standing {
                    Standing::TooFewDays => counts.apart += 1,
                    Standing::Counted { .. } => {
                        counts.counted += 1;
                        counts.chronic += u32::from(moved.is_chronic(enrolled, absent));
                    }
                }
            }
            (percent, counts)
        })
        .collect()
}

//! The numbers that the tools beside a step show: of the loaded data, or of the invented district
//! where none are loaded. Whole numbers only, so that the invented ones are a small file.
//!
//! Others than the team see them through [`Audience::Others`]: of loaded data only what the audited export
//! tells, rounded; of the invented district what the rule of `share::gate` allows; and no name but schools'.

use super::trio::{self, Candidate};
use crate::attendance::records::at_schools;
use crate::attendance::{Dataset, Definition, Grade, Group, Record, attribute};
use crate::charts::rate_rows::RateRow;
use crate::charts::{self, Rate};
use crate::compare::from_dataset::{Choice, compare, condition_gaps, default_conditions, recording};
use crate::compare::verdict::Verdict;
use crate::compare::wilson::{wilson_of_share, wilson95};
use crate::share::gate::{self, Rule};
use serde::{Deserialize, Serialize};

/// Who may be looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Team,
    /// A projector, or share mode: nothing about fewer than 11 students, no exact small number.
    Others,
}

/// Whose numbers these are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Loaded on this device.
    Loaded,
    #[default]
    Invented,
}

/// Every school with what the exhibits need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub origin: Origin,
    /// Dates and definition, ending in a full stop; never a file's name.
    pub stamp: String,
    /// Names of the conditions compared, in the order of each school's `conditions`.
    pub conditions: Vec<String>,
    pub schools: Vec<SchoolFigures>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolFigures {
    pub name: String,
    /// Its grades, such as `K–5`.
    pub grades: String,
    pub counted: u32,
    pub chronic: u32,
    pub tiers: [u32; 5],
    /// The rate expected for its students, in tenths of a percent.
    pub expected_tenths: Option<u16>,
    pub verdict: Verdict,
    /// Students who are economically disadvantaged, in tenths of a percent of those known.
    pub disadvantaged_tenths: Option<u16>,
    pub conditions: Vec<WithWithout>,
    /// What the audited export tells of it; `None` for the invented district, which has none.
    #[serde(skip)]
    pub told: Option<ToldOfSchool>,
}

/// Whether an export tells a group's size, and how many of it are chronically absent.
pub type Tells = (bool, bool);

/// What an audited export tells of a school. Others see nothing else, not even rounded: a screen with a gate of
/// its own could be laid over the export, and the difference would tell what both hide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldOfSchool {
    pub all: Tells,
    pub disadvantaged: Tells,
    /// With and without, in the order of `conditions`.
    pub conditions: Vec<[Tells; 2]>,
}

/// Which students of a school a number is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    All,
    /// With a yes/no condition, by its position in `Dataset::attributes`.
    With(usize),
    Without(usize),
}

/// Counted students and the chronically absent of them, with and without a condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithWithout {
    pub with: (u32, u32),
    pub without: (u32, u32),
}

const INVENTED: &str = include_str!("sessions/invented-district.json");

impl Figures {
    /// The invented district in the middle of its year.
    #[must_use]
    pub fn invented() -> Figures {
        // `tests/workshop_figures.rs` reads this constant and compares it with the district itself.
        serde_json::from_str(INVENTED).expect("the invented district's figures are tested")
    }

    /// The figures of a dataset. `stamp` must not name a file or a person. `tells` says what the audited export
    /// tells of a school, by its position in the dataset; `None` leaves that to the rule of the gate.
    #[must_use]
    pub fn of(
        dataset: &Dataset,
        definition: &Definition,
        stamp: &str,
        tells: Option<&dyn Fn(usize, Whom) -> Tells>,
    ) -> Figures {
        let records = at_schools(dataset, definition);
        let noticed = recording(dataset, definition, &records);
        let chosen: Vec<usize> = default_conditions(dataset);
        let choice = Choice { conditions: chosen.clone(), ..Choice::default() };
        let compared = compare(dataset, &records, &noticed, &choice).comparison;
        let shown: Vec<usize> = chosen.into_iter().filter(|at| dataset.attributes[*at].is_yes_no()).collect();
        let mut by_school: Vec<Vec<&Record>> = vec![Vec::new(); dataset.schools.len()];
        for record in &records {
            by_school[usize::from(record.school)].push(record);
        }
        let schools = dataset.schools.iter().zip(by_school).enumerate().map(|(at, (school, records))| {
            let group = Group::of(&school.name, records.iter().copied());
            let gaps = condition_gaps(dataset, records.iter().copied());
            let gap = |attribute: &usize| {
                let found = gaps.iter().find(|gap| gap.attribute == *attribute).map(|gap| gap.groups);
                found.map_or(WithWithout::default(), |groups| WithWithout {
                    with: (whole(groups.with_counted), whole(groups.with_chronic)),
                    without: (whole(groups.without_counted), whole(groups.without_chronic)),
                })
            };
            let poverty = shown.iter().find(|at| dataset.attributes[**at].key == attribute::ECONOMICALLY_DISADVANTAGED);
            SchoolFigures {
                name: school.name.clone(),
                grades: grades(&records),
                counted: group.counted,
                chronic: group.chronic,
                tiers: group.tiers,
                expected_tenths: compared.expected[at].expected_rate().map(tenths),
                verdict: compared.judgements[at].verdict,
                disadvantaged_tenths: poverty.map(gap).and_then(|sides| share(sides.with.0, sides.without.0)),
                conditions: shown.iter().map(gap).collect(),
                told: tells.map(|tells| ToldOfSchool {
                    all: tells(at, Whom::All),
                    disadvantaged: poverty.map_or((false, false), |poor| tells(at, Whom::With(*poor))),
                    conditions: shown
                        .iter()
                        .map(|attribute| [tells(at, Whom::With(*attribute)), tells(at, Whom::Without(*attribute))])
                        .collect(),
                }),
            }
        });
        Figures {
            origin: Origin::Loaded,
            stamp: stamp.to_owned(),
            schools: schools.filter(|school| school.counted > 0).collect(),
            conditions: shown.iter().map(|at| dataset.attributes[*at].label.clone()).collect(),
        }
    }

    /// The three schools of a prediction, the same on every screen whoever looks.
    #[must_use]
    pub fn trio(&self) -> Option<[usize; 3]> {
        let candidates: Vec<Candidate> = self.schools.iter().map(SchoolFigures::candidate).collect();
        trio::pick(&candidates)
    }

    /// The three as chart rows; fewer where the data hold fewer.
    #[must_use]
    pub fn trio_rows(&self, audience: Audience) -> Vec<RateRow> {
        self.trio().into_iter().flatten().map(|at| self.schools[at].row(audience)).collect()
    }

    /// How many schools have no number that others may see.
    #[must_use]
    pub fn n_hidden(&self) -> usize {
        self.schools.iter().filter(|school| school.rate(Audience::Others).counted.is_none()).count()
    }
}

impl SchoolFigures {
    #[must_use]
    pub fn rate(&self, audience: Audience) -> Rate {
        rate((self.counted, self.chronic), self.told.as_ref().map(|told| told.all), audience)
    }

    /// Rates with and without a condition, by its position in `Figures::conditions`.
    #[must_use]
    pub fn sides(&self, condition: usize, audience: Audience) -> [Rate; 2] {
        let sides = self.conditions.get(condition).copied().unwrap_or_default();
        let tells = |side: usize| {
            let told = self.told.as_ref()?;
            Some(told.conditions.get(condition).map_or((false, false), |tells| tells[side]))
        };
        [rate(sides.with, tells(0), audience), rate(sides.without, tells(1), audience)]
    }

    #[must_use]
    pub fn row(&self, audience: Audience) -> RateRow {
        let rate = self.rate(audience);
        let known = rate.rate.is_some();
        RateRow {
            name: self.name.clone(),
            note: self.grades.clone(),
            rate,
            // Without a rate its verdict would tell what is hidden.
            expected: self.expected_tenths.filter(|_| known).map(|tenths| match audience {
                Audience::Team => f64::from(tenths) / 1000.0,
                Audience::Others => f64::from((tenths + 5) / 10) / 100.0,
            }),
            verdict: known.then(|| mark(self.verdict)),
        }
    }

    /// Such as `K–5, 52 % disadvantaged`.
    #[must_use]
    pub fn note(&self, audience: Audience) -> String {
        let may = match (&self.told, audience) {
            // A share tells about how many have it, so that both sizes must be told.
            (Some(told), Audience::Others) => told.all.0 && told.disadvantaged.0,
            _ => !Rule::default().hides(self.counted),
        };
        let share = self.disadvantaged_tenths.filter(|_| may);
        match share {
            Some(tenths) => format!("{}, {} % disadvantaged", self.grades, (tenths + 5) / 10),
            None => self.grades.clone(),
        }
    }

    fn candidate(&self) -> Candidate {
        Candidate {
            name: self.name.clone(),
            counted: self.counted,
            likeness_tenths: self.expected_tenths.or(self.disadvantaged_tenths).unwrap_or(0),
            // The same three on every screen, whether or not an export has been prepared on its device.
            rate_tenths: rate((self.counted, self.chronic), None, Audience::Others).rate.map(tenths),
        }
    }
}

/// A rate as this audience may see it. Others get a percent that fits at least three counts, or
/// none where the group is small, the rate extreme, or the export tells neither.
fn rate((counted, chronic): (u32, u32), tells: Option<Tells>, audience: Audience) -> Rate {
    if audience == Audience::Team {
        return Rate::of(chronic, counted, wilson95(u64::from(chronic), u64::from(counted)));
    }
    let rule = Rule::default();
    let (size, outcome) = tells.unwrap_or((true, true));
    if counted == 0 || rule.hides(counted) || !size {
        return Rate::default();
    }
    let share = gate::rounded_percent(rule, counted, chronic)
        .value()
        .filter(|_| outcome)
        .map(|percent| f64::from(percent) / 100.0);
    Rate {
        counted: Some(counted),
        chronic: None,
        rate: share,
        interval: share.map(|share| wilson_of_share(share, f64::from(counted), crate::compare::wilson::Z95)),
    }
}

/// The comparison's verdict as the charts draw it.
#[must_use]
pub fn mark(verdict: Verdict) -> charts::Verdict {
    match verdict {
        Verdict::LikelyBrightSpot => charts::Verdict::LikelyBright,
        Verdict::PossibleBrightSpot => charts::Verdict::PossibleBright,
        Verdict::AsExpected => charts::Verdict::AsExpected,
        Verdict::PossiblyHigher => charts::Verdict::PossiblyHigher,
        Verdict::LikelyHigher => charts::Verdict::LikelyHigher,
        Verdict::TooFewToTell => charts::Verdict::TooFew,
        Verdict::CheckDataFirst => charts::Verdict::CheckData,
    }
}

fn grades(records: &[&Record]) -> String {
    let known = records
        .iter()
        .map(|record| record.grade)
        .filter(|grade| matches!(grade, Grade::PreK | Grade::K | Grade::Year(_)));
    let (low, high) = (known.clone().min(), known.max());
    match (low, high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        (Some(only), _) => format!("Grade {only}"),
        _ => String::new(),
    }
}

fn whole(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn tenths(share: f64) -> u16 {
    (share * 1000.0).round().clamp(0.0, 1000.0) as u16
}

fn share(with: u32, without: u32) -> Option<u16> {
    let all = with + without;
    (all > 0).then(|| tenths(f64::from(with) / f64::from(all)))
}

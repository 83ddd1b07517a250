//! The numbers that the tools beside a step show: of the loaded data, or of the invented district
//! where none are loaded. Whole numbers only, so that the invented ones are a small file.
//!
//! Others than the team see them through [`Audience::Others`]: of loaded data the audited export's own numbers,
//! in whole percents; of the invented district what the rule of `share::gate` allows; and no name but schools'.

use super::trio::{self, Candidate, Level, Trio};
use crate::attendance::records::at_schools;
use crate::attendance::{Dataset, Definition, Grade, Group, Record, attribute};
use crate::charts::rate_rows::RateRow;
use crate::charts::{self, Rate};
use crate::compare::from_dataset::{Choice, compare, condition_gaps, default_conditions, recording};
use crate::compare::verdict::Verdict;
use crate::compare::wilson::wilson95;
use crate::share::gate::{self, Rule, Shown};
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    pub origin: Origin,
    /// Dates and definition, ending in a full stop; never a file's name.
    pub stamp: String,
    /// Names of the conditions compared, in the order of each school's `conditions`.
    pub conditions: Vec<String>,
    pub schools: Vec<SchoolFigures>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchoolFigures {
    pub name: String,
    /// Its grades, such as `K–5`.
    pub grades: String,
    pub level: Level,
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

/// A group's size, and how many of it are chronically absent, as an export tells them.
pub type Pair = (Shown<u32>, Shown<u32>);

/// What an audited export tells of a school, in the export's own numbers, which may be those of an earlier
/// file. Others see nothing else: the numbers of today beside an export of last week, or a screen with a gate
/// of its own, could be laid over it, and the difference would tell what both hide.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldOfSchool {
    pub all: Pair,
    /// Of the students of whom the export tells whether they are economically disadvantaged.
    pub disadvantaged_tenths: Option<u16>,
    /// With and without, in the order of `conditions`.
    pub conditions: Vec<[Pair; 2]>,
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

    /// The figures of a dataset. `tells` says what the audited export tells of a school, by its position in the
    /// dataset; `None` leaves that to the rule of the gate.
    #[must_use]
    pub fn of(dataset: &Dataset, definition: &Definition, tells: Option<&dyn Fn(usize, Whom) -> Pair>) -> Figures {
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
            let span = span(&records);
            SchoolFigures {
                name: school.name.clone(),
                grades: grades(span),
                level: Level::of(span),
                counted: group.counted,
                chronic: group.chronic,
                tiers: group.tiers,
                expected_tenths: compared.expected[at].expected_rate().map(tenths),
                verdict: compared.judgements[at].verdict,
                disadvantaged_tenths: poverty.map(gap).and_then(|sides| share(sides.with.0, sides.without.0)),
                conditions: shown.iter().map(gap).collect(),
                told: tells.map(|tells| {
                    let sides =
                        |attribute: &usize| [tells(at, Whom::With(*attribute)), tells(at, Whom::Without(*attribute))];
                    ToldOfSchool {
                        all: tells(at, Whom::All),
                        disadvantaged_tenths: poverty
                            .map(sides)
                            .and_then(|[with, without]| share(with.0.value()?, without.0.value()?)),
                        conditions: shown.iter().map(sides).collect(),
                    }
                }),
            }
        });
        let dates = dataset.dates.map(|(from, to)| format!("{from} to {to}. ")).unwrap_or_default();
        Figures {
            origin: Origin::Loaded,
            stamp: format!("{dates}{}.", definition.sentence()),
            schools: schools.filter(|school| school.counted > 0).collect(),
            conditions: shown.iter().map(|at| dataset.attributes[*at].label.clone()).collect(),
        }
    }

    /// The three schools of a prediction. Where others look on they are three whose rates the export tells, so
    /// that there is an answer to show; of the invented district they are the same whoever looks.
    #[must_use]
    pub fn trio(&self, audience: Audience) -> Option<Trio> {
        let compared = self.schools.iter().any(|school| school.expected_tenths.is_some());
        let candidates: Vec<Candidate> =
            self.schools.iter().map(|school| school.candidate(audience, compared)).collect();
        trio::pick(&candidates)
    }

    /// The three as chart rows; none where the data hold no three.
    #[must_use]
    pub fn trio_rows(&self, audience: Audience) -> Vec<RateRow> {
        self.trio(audience).into_iter().flat_map(|trio| trio.schools).map(|at| self.schools[at].row(audience)).collect()
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
        match audience {
            Audience::Team => as_counted((self.counted, self.chronic)),
            Audience::Others => {
                as_told(self.told.as_ref().map_or_else(|| gated((self.counted, self.chronic)), |t| t.all))
            }
        }
    }

    /// Rates with and without a condition, by its position in `Figures::conditions`.
    #[must_use]
    pub fn sides(&self, condition: usize, audience: Audience) -> [Rate; 2] {
        let sides = self.conditions.get(condition).copied().unwrap_or_default();
        let sides = [sides.with, sides.without];
        match (audience, &self.told) {
            (Audience::Team, _) => sides.map(as_counted),
            (Audience::Others, None) => sides.map(gated).map(as_told),
            (Audience::Others, Some(told)) => {
                told.conditions.get(condition).copied().unwrap_or([HIDDEN; 2]).map(as_told)
            }
        }
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
        let share = match (&self.told, audience) {
            (Some(told), Audience::Others) => told.disadvantaged_tenths,
            _ => self.disadvantaged_tenths.filter(|_| !Rule::default().hides(self.counted)),
        };
        match share {
            Some(tenths) => format!("{}, {} % disadvantaged", self.grades, (tenths + 5) / 10),
            None => self.grades.clone(),
        }
    }

    /// `compared`: some school has an expected rate, which then alone says how alike two are.
    fn candidate(&self, audience: Audience, compared: bool) -> Candidate {
        let seen = match (audience, &self.told) {
            (Audience::Others, Some(_)) => self.rate(Audience::Others),
            // Else as the gate sees them for everyone, so that the invented three are one three.
            _ => as_told(gated((self.counted, self.chronic))),
        };
        Candidate {
            name: self.name.clone(),
            counted: seen.counted.unwrap_or(0),
            level: self.level,
            likeness_tenths: if compared { self.expected_tenths } else { self.disadvantaged_tenths },
            rate_tenths: seen.rate.map(tenths),
            is_bright: matches!(self.verdict, Verdict::LikelyBrightSpot | Verdict::PossibleBrightSpot),
            check_first: self.verdict == Verdict::CheckDataFirst,
        }
    }
}

const HIDDEN: Pair = (Shown::Hidden, Shown::Hidden);

fn as_counted((counted, chronic): (u32, u32)) -> Rate {
    Rate::of(chronic, counted, wilson95(u64::from(chronic), u64::from(counted)))
}

/// What the gate lets through of a group for which there is no export.
fn gated((counted, chronic): (u32, u32)) -> Pair {
    let rule = Rule::default();
    (gate::count(rule, counted), gate::part(rule, counted, chronic))
}

/// A pair as others see it: the rate of these very numbers, as every page of Share mode has it, so that rates and
/// the gap between two of them agree. The count of the absent is left out: a screen in a room has whole percents.
fn as_told((students, chronic): Pair) -> Rate {
    match (students.value().filter(|n| *n > 0), chronic.value()) {
        (Some(counted), Some(chronic)) => Rate { chronic: None, ..as_counted((counted, chronic)) },
        (counted, _) => Rate { counted, ..Rate::default() },
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

/// The lowest and the highest grade of these students.
fn span(records: &[&Record]) -> Option<(Grade, Grade)> {
    let known = records
        .iter()
        .map(|record| record.grade)
        .filter(|grade| matches!(grade, Grade::PreK | Grade::K | Grade::Year(_)));
    known.clone().min().zip(known.max())
}

fn grades(span: Option<(Grade, Grade)>) -> String {
    match span {
        Some((low, high)) if low != high => format!("{low}–{high}"),
        Some((only, _)) => format!("Grade {only}"),
        None => String::new(),
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

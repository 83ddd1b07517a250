//! `bright-spots-results.json`, version 1 (`shared/contract.md`). Names no student.

use crate::attendance::{Dataset, Definition, Group, Summary, Tier};
use crate::compare::from_dataset::Compared;
use crate::compare::wilson::wilson95;
use crate::ingest::problem::Problem;
use crate::trust::published::{self, Line};
use serde::Serialize;

pub const FORMAT: &str = "bright-spots/results";

#[derive(Clone, Debug, Serialize)]
pub struct Results {
    pub format: &'static str,
    pub version: u32,
    pub made_on: String,
    pub definition: DefinitionLine,
    pub files: Vec<FileLine>,
    pub problems: Vec<ProblemLine>,
    pub all: GroupLine,
    pub schools: Vec<GroupLine>,
    pub grades: Vec<GroupLine>,
    pub groups: Vec<GroupLine>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DefinitionLine {
    pub preset: &'static str,
    pub chronic_at_percent: serde_json::Number,
    pub minimum_days_enrolled: serde_json::Number,
    /// Whether a student exactly at the threshold is chronically absent.
    pub inclusive: bool,
    pub minimum_share_percent: u8,
    pub present_once: bool,
    /// The whole definition in words.
    pub words: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FileLine {
    pub name: String,
    pub bytes: u64,
    pub rows: u64,
    pub rows_used: u64,
    pub rows_set_aside: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct ProblemLine {
    pub kind: &'static str,
    pub rows: u64,
    pub first_line: u64,
    pub message: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Tiers {
    pub satisfactory: u32,
    pub at_risk: u32,
    pub moderate: u32,
    pub severe: u32,
    pub extreme: u32,
}

/// A group of students. A number that is not known is null.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupLine {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    pub students: Option<u32>,
    pub counted: Option<u32>,
    pub too_few_days: Option<u32>,
    pub tiers: Option<Tiers>,
    pub chronic: Option<u32>,
    pub rate: Option<f64>,
    pub interval: Option<[f64; 2]>,
    pub days_enrolled: Option<f64>,
    pub days_absent: Option<f64>,
    pub expected: Option<f64>,
    pub verdict: Option<&'static str>,
}

impl GroupLine {
    /// A group counted from students.
    #[must_use]
    pub fn counted(group: &Group) -> GroupLine {
        let has_days = group.enrolled.thousandths() > 0;
        let tier = |t: Tier| group.tiers[t.index()];
        GroupLine {
            name: group.name.clone(),
            students: Some(group.students),
            counted: Some(group.counted),
            too_few_days: Some(group.too_few_days),
            tiers: Some(Tiers {
                satisfactory: tier(Tier::Satisfactory),
                at_risk: tier(Tier::AtRisk),
                moderate: tier(Tier::Moderate),
                severe: tier(Tier::Severe),
                extreme: tier(Tier::Extreme),
            }),
            chronic: Some(group.chronic),
            rate: group.rate(),
            interval: wilson95(u64::from(group.chronic), u64::from(group.counted)).map(|(l, u)| [l, u]),
            days_enrolled: has_days.then(|| group.enrolled.as_f64()),
            days_absent: has_days.then(|| group.absent.as_f64()),
            ..GroupLine::default()
        }
    }
}

impl GroupLine {
    /// A group as a public file gives it: no students, no tiers, no days.
    #[must_use]
    pub fn published(line: &Line) -> GroupLine {
        GroupLine {
            name: line.name.clone(),
            counted: line.counted,
            chronic: line.chronic,
            rate: line.rate,
            interval: line.interval().map(|(low, high)| [low, high]),
            ..GroupLine::default()
        }
    }
}

impl Results {
    /// Fills each school's expected rate and verdict. The comparison's units must be the schools
    /// of the same dataset, in its order.
    #[must_use]
    pub fn with_comparison(mut self, compared: &Compared) -> Results {
        let comparison = &compared.comparison;
        for ((line, expected), judgement) in
            self.schools.iter_mut().zip(&comparison.expected).zip(&comparison.judgements)
        {
            line.expected = expected.expected_rate();
            // A school nobody of whom is counted has nothing to judge.
            line.verdict = (expected.counted > 0).then(|| judgement.verdict.key());
        }
        self
    }
}

/// A number without a needless `.0`.
fn plain(number: f64) -> serde_json::Number {
    if number.fract() == 0.0 {
        serde_json::Number::from(number as i64)
    } else {
        serde_json::Number::from_f64(number).unwrap_or_else(|| 0.into())
    }
}

/// The results of one dataset, without comparison; see [`Results::with_comparison`].
#[must_use]
pub fn results(
    dataset: &Dataset,
    summary: &Summary,
    definition: &Definition,
    problems: &[Problem],
    made_on: &str,
) -> Results {
    let (all, schools, grades, groups) = if published::is_published(dataset) {
        let shown = published::overview(dataset);
        let condition = Some("category".to_string());
        (
            GroupLine::published(&shown.all),
            shown.schools.iter().map(GroupLine::published).collect(),
            shown.grades.iter().map(|(_, line)| GroupLine::published(line)).collect(),
            shown
                .groups
                .iter()
                .map(|(_, line)| GroupLine { condition: condition.clone(), ..GroupLine::published(line) })
                .collect(),
        )
    } else {
        (
            GroupLine::counted(&summary.all),
            summary.schools.iter().map(GroupLine::counted).collect(),
            summary.grades.iter().map(|(_, g)| GroupLine::counted(g)).collect(),
            summary
                .conditions
                .iter()
                .map(|c| GroupLine { condition: Some(c.key.clone()), ..GroupLine::counted(&c.group) })
                .collect(),
        )
    };
    Results {
        format: FORMAT,
        version: 1,
        made_on: made_on.into(),
        definition: DefinitionLine {
            preset: definition.preset.key(),
            chronic_at_percent: plain(definition.percent()),
            minimum_days_enrolled: plain(definition.minimum.as_f64()),
            inclusive: definition.inclusive,
            minimum_share_percent: definition.minimum_share,
            present_once: definition.present_once,
            words: definition.full_sentence(),
        },
        files: dataset
            .files
            .iter()
            .map(|f| FileLine {
                name: f.name.clone(),
                bytes: f.bytes,
                rows: f.rows,
                rows_used: f.rows_used,
                rows_set_aside: f.rows_set_aside,
            })
            .collect(),
        problems: problems
            .iter()
            .map(|p| ProblemLine { kind: p.kind.key(), rows: p.rows, first_line: p.first_line, message: p.message() })
            .collect(),
        all,
        schools,
        grades,
        groups,
    }
}

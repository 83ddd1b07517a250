//! The live exhibits beside a step, as charts. Pure, so that a test can walk every step with data
//! full of marked names and look for them.

use super::exhibit;
use super::figures::{Audience, Figures, Origin, SchoolFigures};
use super::session::{Subjects, Tool};
use super::tally::Prediction;
use super::text::Language;
use crate::charts::conditions::{ConditionCell, ConditionRow, ConditionsPanel, conditions};
use crate::charts::rate_rows::{RateRow, RateRows, rate_rows};
use crate::charts::ten_line::{TenLine, TenLineGroup, ten_line};
use crate::charts::workshop::{self, PredictionRow, Predictions, Reveal, Setting};
use crate::charts::{Chart, Precision, Rate, Width};
use crate::share::gate::Rule;

/// Rows beyond this many are on the full page.
const MOST_ROWS: usize = 8;
/// Fewer than this on either side of a condition are not compared.
const FEWEST: u32 = 11;

/// How an exhibit is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub audience: Audience,
    pub width: Width,
    pub setting: Setting,
}

impl Look {
    fn precision(self) -> Precision {
        match self.audience {
            Audience::Team => Precision::Tenths,
            Audience::Others => Precision::Whole,
        }
    }
}

/// The chart of a tool that shows data; `None` for tools that are words or forms, and for data that
/// hold nothing to draw.
#[must_use]
pub fn tool_chart(tool: Tool, figures: &Figures, look: Look) -> Option<Chart> {
    if figures.schools.is_empty() {
        return None;
    }
    match tool {
        Tool::Tiers => Some(tiers(figures, look)),
        Tool::Schools => Some(schools(figures, look)),
        Tool::Conditions { .. } => conditions_of_three(figures, look),
        _ => None,
    }
}

/// Whose figures they are, for a chart's foot.
#[must_use]
pub fn stamp(figures: &Figures) -> String {
    match figures.origin {
        Origin::Invented => format!("Invented district. {}", figures.stamp),
        Origin::Loaded => figures.stamp.clone(),
    }
}

fn by_rate(figures: &Figures, look: Look) -> Vec<usize> {
    let mut order: Vec<usize> = (0..figures.schools.len()).collect();
    let shown = |at: &usize| figures.schools[*at].rate(look.audience).rate;
    // Hidden rates last, in the order of names, so that their place tells nothing.
    order.sort_by(|a, b| match (shown(a), shown(b)) {
        (Some(x), Some(y)) => y.total_cmp(&x).then_with(|| figures.schools[*a].name.cmp(&figures.schools[*b].name)),
        (x, y) => y.is_some().cmp(&x.is_some()).then_with(|| figures.schools[*a].name.cmp(&figures.schools[*b].name)),
    });
    order.truncate(MOST_ROWS);
    order
}

fn tiers(figures: &Figures, look: Look) -> Chart {
    let groups = by_rate(figures, look).into_iter().map(|at| {
        let school = &figures.schools[at];
        // Tiers of one school hold counts that others may not see.
        let tiers = (look.audience == Audience::Team).then_some(school.tiers);
        TenLineGroup { name: school.name.clone(), rate: school.rate(look.audience), tiers }
    });
    ten_line(&TenLine {
        title: "Attendance tiers by school".into(),
        stamp: stamp(figures),
        group_label: "School".into(),
        groups: groups.collect(),
        threshold_percent: 10.0,
        width: look.width,
        precision: look.precision(),
    })
}

fn schools(figures: &Figures, look: Look) -> Chart {
    rate_rows(&RateRows {
        title: "Chronic absence beside what is expected".into(),
        stamp: stamp(figures),
        row_label: "School".into(),
        rows: by_rate(figures, look).into_iter().map(|at| figures.schools[at].row(look.audience)).collect(),
        width: look.width,
        precision: look.precision(),
    })
}

/// The three schools of the prediction; without such three, the first that there are.
fn conditions_of_three(figures: &Figures, look: Look) -> Option<Chart> {
    if figures.conditions.is_empty() {
        return None;
    }
    let three: Vec<usize> = match figures.trio() {
        Some(three) => three.to_vec(),
        None => (0..figures.schools.len().min(3)).collect(),
    };
    let rows = figures.conditions.iter().enumerate().map(|(at, label)| ConditionRow {
        label: label.clone(),
        note: String::new(),
        cells: three.iter().map(|school| cell(&figures.schools[*school], at, look.audience)).collect(),
    });
    Some(conditions(&ConditionsPanel {
        title: "Absence with and without each condition".into(),
        stamp: stamp(figures),
        schools: three.iter().map(|at| figures.schools[*at].row(look.audience)).collect(),
        rows: rows.collect(),
        width: look.width,
        precision: look.precision(),
    }))
}

fn cell(school: &SchoolFigures, condition: usize, audience: Audience) -> ConditionCell {
    let sides = school.conditions.get(condition).copied().unwrap_or_default();
    let (with, without) = (sides.with.0, sides.without.0);
    if with + without == 0 {
        return ConditionCell::NotGiven;
    }
    if with < FEWEST || without < FEWEST {
        return match audience {
            Audience::Team => ConditionCell::TooFew(Some(with.min(without))),
            Audience::Others => ConditionCell::Hidden,
        };
    }
    let chronic = sides.with.1 + sides.without.1;
    let [with, without] = school.sides(condition, audience);
    let cell = ConditionCell::Compared {
        with,
        without,
        of_chronic: (audience == Audience::Team && chronic > 0).then(|| f64::from(sides.with.1) / f64::from(chronic)),
    };
    match cell {
        // A coded rate on either side leaves nothing to compare.
        ConditionCell::Compared { with: Rate { rate: None, .. }, .. }
        | ConditionCell::Compared { without: Rate { rate: None, .. }, .. } => ConditionCell::Hidden,
        cell => cell,
    }
}

/// The schools that a prediction is about: their keys, and the rows for the chart.
#[must_use]
pub fn subjects(subjects: Subjects, figures: &Figures, audience: Audience) -> Vec<(String, RateRow)> {
    match subjects {
        Subjects::Schools => figures.trio_rows(audience).into_iter().map(|row| (row.name.clone(), row)).collect(),
        Subjects::Exhibit => exhibit::TRIAD
            .iter()
            .map(|school| {
                let share = f64::from(school.chronic_percent) / 100.0;
                let row = RateRow {
                    name: school.name.to_owned(),
                    note: format!("{} % in poverty", school.poverty_percent),
                    // How many children stand behind the figure was not published.
                    rate: Rate { rate: Some(share), ..Rate::default() },
                    expected: None,
                    verdict: None,
                };
                (school.key.to_owned(), row)
            })
            .collect(),
    }
}

/// Guesses of a room or of one person against the rates; `guesses` may name other schools, which
/// have no row here.
#[must_use]
pub fn predictions(
    about: Subjects,
    figures: &Figures,
    guesses: &[Prediction],
    reveal: Reveal,
    title: &str,
    look: Look,
) -> Chart {
    let rows = subjects(about, figures, look.audience).into_iter().map(|(key, row)| {
        let found = guesses.iter().find(|guess| guess.key == key);
        let predictions =
            found.map_or(Vec::new(), |found| found.guesses.iter().map(|(g, _)| f64::from(*g) / 100.0).collect());
        PredictionRow { row, predictions }
    });
    let stamp = match about {
        Subjects::Schools => stamp(figures),
        Subjects::Exhibit => exhibit::credit().en,
    };
    workshop::predictions(&Predictions {
        title: title.to_owned(),
        stamp,
        rows: rows.collect(),
        reveal,
        setting: look.setting,
        width: look.width,
    })
}

/// The rates that a step's guesses are set against, as others may see them.
#[must_use]
pub fn reveals(figures: &Figures) -> Vec<super::tally::Reveal> {
    let three = figures.trio_rows(Audience::Others).into_iter().map(|row| super::tally::Reveal {
        key: row.name.clone(),
        name: row.name,
        tenths_of_percent: row.rate.rate.map(|share| (share * 1000.0).round() as u16),
    });
    three.chain(exhibit::reveals()).collect()
}

/// What others may see of the data, in words.
#[must_use]
pub fn sharing_words(figures: &Figures, language: Language) -> String {
    let minimum = Rule::default().minimum();
    match (language, figures.schools.len(), figures.n_hidden()) {
        (Language::Spanish, n, 0) => {
            format!("Las {n} escuelas tienen {minimum} estudiantes o más; de cada una se puede mostrar una tasa.")
        }
        (Language::Spanish, n, hidden) => format!(
            "De {} de {n} escuelas se puede mostrar una tasa; {hidden} no se muestran, para que no se pueda deducir ningún grupo de menos de {minimum}.",
            n - hidden
        ),
        (Language::English, n, 0) => {
            format!("All {n} schools here have {minimum} students or more; each can be shown as a rate.")
        }
        (Language::English, n, hidden) => format!(
            "{} of {n} schools can be shown as a rate; {hidden} stay hidden, so that no group under {minimum} can be worked out.",
            n - hidden
        ),
    }
}

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
        Tool::Schools => Some(schools(by_rate(figures, look), figures, look)),
        Tool::ThreeSchools => Some(schools(three(figures, look), figures, look)),
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

fn schools(shown: Vec<usize>, figures: &Figures, look: Look) -> Chart {
    rate_rows(&RateRows {
        title: "Chronic absence beside what is expected".into(),
        stamp: stamp(figures),
        row_label: "School".into(),
        rows: shown.into_iter().map(|at| figures.schools[at].row(look.audience)).collect(),
        width: look.width,
        precision: look.precision(),
    })
}

/// The three schools of the prediction; without such three, the first that there are.
fn three(figures: &Figures, look: Look) -> Vec<usize> {
    match figures.trio(look.audience) {
        Some(trio) => trio.schools.to_vec(),
        None => (0..figures.schools.len().min(3)).collect(),
    }
}

fn conditions_of_three(figures: &Figures, look: Look) -> Option<Chart> {
    if figures.conditions.is_empty() {
        return None;
    }
    let three = three(figures, look);
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
    let [with, without] = school.sides(condition, audience);
    let fewest = with.counted.into_iter().chain(without.counted).min().unwrap_or(0);
    let both = with.counted.zip(without.counted);
    match audience {
        Audience::Team if both == Some((0, 0)) => return ConditionCell::NotGiven,
        Audience::Team if fewest < FEWEST => return ConditionCell::TooFew(Some(fewest)),
        // Fewer, untold or told as a range only: all one to others. A coded rate leaves nothing to compare.
        Audience::Others if both.is_none() || fewest < FEWEST || with.rate.is_none() || without.rate.is_none() => {
            return ConditionCell::Hidden;
        }
        _ => {}
    }
    let of_chronic = with.chronic.zip(without.chronic).filter(|(with, without)| with + without > 0);
    ConditionCell::Compared {
        with,
        without,
        of_chronic: of_chronic.map(|(with, without)| f64::from(with) / f64::from(with + without)),
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

/// Guesses of a room or of one person against the rates; `guesses` may name other schools, which have a row here
/// where their rate is known to who looks.
#[must_use]
pub fn predictions(
    about: Subjects,
    figures: &Figures,
    guesses: &[Prediction],
    reveal: Reveal,
    title: &str,
    look: Look,
) -> Chart {
    let mut shown = subjects(about, figures, look.audience);
    let known: Vec<RateRow> = match about {
        Subjects::Schools => figures.schools.iter().map(|school| school.row(look.audience)).collect(),
        Subjects::Exhibit => Vec::new(),
    };
    // A device with other data, or in the other mode, may have asked about other schools of this district.
    for row in known.into_iter().filter(|row| row.rate.rate.is_some()) {
        let guessed = guesses.iter().any(|guess| guess.key == row.name);
        if guessed && shown.iter().all(|(key, _)| *key != row.name) {
            shown.push((row.name.clone(), row));
        }
    }
    let rows = shown.into_iter().map(|(key, row)| {
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

/// The rates that a step's guesses are set against, the three that it asks about first; others have whole percents.
#[must_use]
pub fn reveals(about: Subjects, figures: &Figures, audience: Audience) -> Vec<super::tally::Reveal> {
    if about == Subjects::Exhibit {
        return exhibit::reveals();
    }
    let three = figures.trio(audience).map(|trio| trio.schools);
    let others = (0..figures.schools.len()).filter(|at| three.is_none_or(|three| !three.contains(at)));
    let step = match audience {
        Audience::Team => 1.0,
        Audience::Others => 10.0,
    };
    three
        .into_iter()
        .flatten()
        .chain(others)
        .map(|at| {
            let school = &figures.schools[at];
            super::tally::Reveal {
                key: school.name.clone(),
                name: school.name.clone(),
                tenths_of_percent: school
                    .rate(audience)
                    .rate
                    .map(|share| ((share * 1000.0 / step).round() * step) as u16),
            }
        })
        .collect()
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

//! What a room said, counted: polls, numbers, predictions against the reveal, and how far people
//! disagree. Counts come with how many answered; nothing is averaged away.

use super::answers::Value;
use super::gather::{Participant, answers_to, filled_rows};
use super::session::{Choose, Field, Input, Session, Step};
use super::text::Text;
use std::collections::BTreeMap;

/// Everything that came for one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTally {
    pub step: String,
    pub title: Text,
    pub fields: Vec<FieldTally>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldTally {
    pub field: String,
    pub label: Text,
    pub said: Said,
}

/// The answers of a room to one place, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Words(Vec<Words>),
    Poll(Poll),
    Numbers { answers: Vec<(Who, i32)>, spread: Option<Spread> },
    Table { columns: Vec<Text>, rows: Vec<(Who, Vec<String>)> },
    Predictions(Vec<Prediction>),
}

/// Whose answer it is: with the name that people chose, and without any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    pub label: String,
    pub neutral_label: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub who: Who,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// How many answered the question.
    pub answered: usize,
    /// How many handed anything in.
    pub of: usize,
    pub options: Vec<OptionCount>,
    /// Answers that people wrote themselves.
    pub other: Vec<Words>,
    /// `None` where people may choose several, or fewer than two chose.
    pub disagreement: Option<Disagreement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionCount {
    pub id: String,
    pub label: Text,
    pub count: usize,
    /// The right answer of a quiz question.
    pub is_key: bool,
}

/// How far a room is apart on one question: every pair of people is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    pub pairs: u64,
    /// Pairs who chose differently.
    pub pairs_apart: u64,
    /// On a scale: pairs two levels apart or more. Always 0 where options have no order.
    pub pairs_far_apart: u64,
    pub reading: Agreement,
}

/// The disagreement in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Everyone chose the same.
    Same,
    /// At most a third of the pairs chose differently, and none far apart.
    Close,
    Mixed,
    /// Half of the pairs or more chose differently, or a quarter are far apart: worth talking about.
    Apart,
}

impl Agreement {
    #[must_use]
    pub fn label(self) -> Text {
        let (en, es) = match self {
            Agreement::Same => ("Everyone chose the same", "Todos eligieron lo mismo"),
            Agreement::Close => ("Close together", "Respuestas parecidas"),
            Agreement::Mixed => ("Some differ", "Algunas diferencias"),
            Agreement::Apart => ("Far apart: worth talking about", "Muy distintas: vale la pena conversarlo"),
        };
        Text::new(en, es)
    }
}

/// Five numbers of a set of answers. Quartiles are medians of the two halves, the middle answer
/// left out, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub n: usize,
    pub lowest: i32,
    pub lower_quartile_tenths: i64,
    pub median_tenths: i64,
    pub upper_quartile_tenths: i64,
    pub highest: i32,
}

/// The guesses about one school, for the chart that sets them against the reveal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// A key of the exhibit, or a school's name.
    pub key: String,
    /// Guesses in every hundred students, lowest first.
    pub guesses: Vec<(u8, Who)>,
    pub spread: Spread,
}

/// What a school's rate turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    pub key: String,
    pub name: String,
    /// `None` where the rate is hidden.
    pub tenths_of_percent: Option<u16>,
}

/// One line of the prediction chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictionLine {
    pub key: String,
    pub name: String,
    pub guesses: Vec<u8>,
    pub median_tenths: Option<i64>,
    pub actual_tenths: Option<u16>,
    /// The school is known here and its rate may not be told; else a missing rate is unknown here.
    pub is_hidden: bool,
    /// Guesses below, within five points of, and above the rate; all 0 while it is unknown.
    pub too_low: usize,
    pub near: usize,
    pub too_high: usize,
}

/// Everything said in a session, step by step in its order; steps without a place to answer are
/// left out.
#[must_use]
pub fn tally(session: &Session, people: &[Participant]) -> Vec<StepTally> {
    let asks = session.steps.iter().filter(|step| !step.fields.is_empty());
    asks.map(|step| StepTally {
        step: step.id.clone(),
        title: step.title.clone(),
        fields: step.fields.iter().map(|field| tally_field(people, step, field)).collect(),
    })
    .collect()
}

#[must_use]
pub fn tally_field(people: &[Participant], step: &Step, field: &Field) -> FieldTally {
    let answers = answers_to(people, step, field);
    let said = match &field.input {
        Input::Notes | Input::Line => {
            let words = answers.iter().filter_map(|(person, value)| match value {
                Value::Text(text) => Some(Words { who: who(person), text: text.clone() }),
                _ => None,
            });
            Said::Words(words.collect())
        }
        Input::Number { .. } => {
            let numbers: Vec<(Who, i32)> = answers
                .iter()
                .filter_map(|(person, value)| match value {
                    Value::Number(number) => Some((who(person), *number)),
                    _ => None,
                })
                .collect();
            let spread = spread(numbers.iter().map(|(_, number)| *number).collect());
            Said::Numbers { answers: numbers, spread }
        }
        Input::Table { columns, .. } => {
            let mut rows = Vec::new();
            for (person, value) in &answers {
                if let Value::Table(given) = value {
                    rows.extend(filled_rows(&field.input, given).into_iter().map(|row| (who(person), row.clone())));
                }
            }
            Said::Table { columns: columns.iter().map(|column| column.label.clone()).collect(), rows }
        }
        Input::Choice { .. } => Said::Poll(poll(people.len(), &field.input, &answers)),
        Input::Predictions { .. } => Said::Predictions(predictions(&answers)),
    };
    FieldTally { field: field.id.clone(), label: field.label.clone(), said }
}

fn who(person: &Participant) -> Who {
    Who { label: person.label.clone(), neutral_label: person.neutral_label.clone() }
}

fn poll(of: usize, input: &Input, answers: &[(&Participant, &Value)]) -> Poll {
    let Input::Choice { choose, options, key, .. } = input else {
        return Poll { answered: 0, of, options: Vec::new(), other: Vec::new(), disagreement: None };
    };
    let mut counts = vec![0_usize; options.len()];
    let mut others = Vec::new();
    for (person, value) in answers {
        if let Value::Choices { chosen, other } = value {
            for id in chosen {
                if let Some(at) = options.iter().position(|option| option.id == *id) {
                    counts[at] += 1;
                }
            }
            if !other.trim().is_empty() {
                others.push(Words { who: who(person), text: other.trim().to_owned() });
            }
        }
    }
    let disagreement = match choose {
        Choose::Several => None,
        Choose::One => disagreement(&counts, usize::MAX),
        Choose::Scale => disagreement(&counts, 2),
    };
    let counted = options.iter().zip(&counts).map(|(option, count)| OptionCount {
        id: option.id.clone(),
        label: option.label.clone(),
        count: *count,
        is_key: key.as_ref().is_some_and(|key| key.correct == option.id),
    });
    Poll { answered: answers.len(), of, options: counted.collect(), other: others, disagreement }
}

/// Compares every pair of people by what they chose; `far` levels apart or more is far.
#[must_use]
pub fn disagreement(counts: &[usize], far: usize) -> Option<Disagreement> {
    let n: u64 = counts.iter().map(|count| *count as u64).sum();
    if n < 2 {
        return None;
    }
    let pairs = n * (n - 1) / 2;
    let (mut pairs_apart, mut pairs_far_apart) = (0, 0);
    for (at, count) in counts.iter().enumerate() {
        for (other_at, other) in counts.iter().enumerate().skip(at + 1) {
            let n_pairs = *count as u64 * *other as u64;
            pairs_apart += n_pairs;
            if other_at - at >= far {
                pairs_far_apart += n_pairs;
            }
        }
    }
    let reading = if pairs_apart == 0 {
        Agreement::Same
    } else if 2 * pairs_apart >= pairs || 4 * pairs_far_apart >= pairs {
        Agreement::Apart
    } else if 3 * pairs_apart <= pairs && pairs_far_apart == 0 {
        Agreement::Close
    } else {
        Agreement::Mixed
    };
    Some(Disagreement { pairs, pairs_apart, pairs_far_apart, reading })
}

/// The five numbers of a set, or `None` of an empty one.
#[must_use]
pub fn spread(mut numbers: Vec<i32>) -> Option<Spread> {
    numbers.sort_unstable();
    let n = numbers.len();
    let (lowest, highest) = (*numbers.first()?, *numbers.last()?);
    let half = n / 2;
    let (lower, upper) = if n == 1 { (&numbers[..], &numbers[..]) } else { (&numbers[..half], &numbers[n - half..]) };
    Some(Spread {
        n,
        lowest,
        lower_quartile_tenths: median_tenths(lower),
        median_tenths: median_tenths(&numbers),
        upper_quartile_tenths: median_tenths(upper),
        highest,
    })
}

/// The median of sorted numbers in tenths: exact, as two whole numbers meet at a half at worst.
fn median_tenths(sorted: &[i32]) -> i64 {
    let n = sorted.len();
    if n == 0 {
        return 0;
    }
    (i64::from(sorted[(n - 1) / 2]) + i64::from(sorted[n / 2])) * 5
}

fn predictions(answers: &[(&Participant, &Value)]) -> Vec<Prediction> {
    let mut by_school: BTreeMap<&str, Vec<(u8, Who)>> = BTreeMap::new();
    for (person, value) in answers {
        if let Value::Predictions(guesses) = value {
            for (school, guess) in guesses {
                by_school.entry(school).or_default().push((*guess, who(person)));
            }
        }
    }
    let line = |(school, mut guesses): (&str, Vec<(u8, Who)>)| {
        guesses.sort_by(|a, b| (a.0, &a.1.neutral_label).cmp(&(b.0, &b.1.neutral_label)));
        let spread = spread(guesses.iter().map(|(guess, _)| i32::from(*guess)).collect())?;
        Some(Prediction { key: school.to_owned(), guesses, spread })
    };
    by_school.into_iter().filter_map(line).collect()
}

/// Sets guesses against what was revealed. Schools stand in the reveal's order; schools that
/// nobody revealed follow, with their rate unknown.
#[must_use]
pub fn against(predictions: &[Prediction], reveals: &[Reveal]) -> Vec<PredictionLine> {
    let line = |key: &str, name: &str, actual: Option<u16>, is_hidden: bool| {
        let found = predictions.iter().find(|prediction| prediction.key == key);
        let guesses: Vec<u8> =
            found.map_or(Vec::new(), |prediction| prediction.guesses.iter().map(|(guess, _)| *guess).collect());
        let (mut too_low, mut near, mut too_high) = (0, 0, 0);
        if let Some(actual) = actual {
            for guess in &guesses {
                let off = i32::from(*guess) * 10 - i32::from(actual);
                match off {
                    ..-50 => too_low += 1,
                    -50..=50 => near += 1,
                    _ => too_high += 1,
                }
            }
        }
        PredictionLine {
            key: key.to_owned(),
            name: name.to_owned(),
            guesses,
            median_tenths: found.map(|prediction| prediction.spread.median_tenths),
            actual_tenths: actual,
            is_hidden,
            too_low,
            near,
            too_high,
        }
    };
    let revealed = reveals.iter().map(|reveal| {
        let actual = reveal.tenths_of_percent;
        line(&reveal.key, &reveal.name, actual, actual.is_none())
    });
    let rest = predictions
        .iter()
        .filter(|prediction| reveals.iter().all(|reveal| reveal.key != prediction.key))
        .map(|prediction| line(&prediction.key, &prediction.key, None, false));
    revealed.chain(rest).collect()
}

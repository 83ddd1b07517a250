//! What one device hands in: a small versioned file of answers. It names the session and, only
//! where people chose to write one, a name for themselves.

use super::envelope::{Expected, FileKind, FileProblem, fresh_copy, not_as_expected, read_head};
use super::session::{Choose, Field, Input, Session};
use super::text::{Language, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const ANSWERS_FORMAT: &str = "bright-spots/answers";
pub const ANSWERS_VERSION: u32 = 1;
/// An answers file is at most this many bytes.
pub const LARGEST_ANSWERS: usize = 1_000_000;
/// Characters in one answer. The field stops taking more before this is reached.
pub const LONGEST_ANSWER: usize = 10_000;
pub const LONGEST_NAME: usize = 80;
const MOST_ROWS: usize = 200;
const MOST_COLUMNS: usize = 12;
const MOST_ANSWERS: usize = 1_000;

/// The answers of one device, by step and field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    pub session: String,
    /// [`Session::fingerprint`] of the session that was answered.
    pub fingerprint: String,
    /// 32 random hex digits of this device and this session; they say nothing about anybody.
    pub participant: String,
    /// Rises with every saved change, so that a later file replaces an earlier one.
    pub revision: u32,
    /// What people call themselves; empty unless they chose to write it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The table or team; empty where each device is its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub team: String,
    #[serde(default)]
    pub language: Language,
    #[serde(default)]
    pub steps: BTreeMap<String, BTreeMap<String, Value>>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Notes or a line.
    Text(String),
    Choices {
        /// Ids of options; at most one unless the field takes several.
        chosen: Vec<String>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        other: String,
    },
    Number(i32),
    /// Cells by row and column, the rows given at the start first.
    Table(Vec<Vec<String>>),
    /// By school (a key of the exhibit or a school's name): chronically absent of 100 students.
    Predictions(BTreeMap<String, u8>),
}

impl Value {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.trim().is_empty(),
            Value::Choices { chosen, other } => chosen.is_empty() && other.trim().is_empty(),
            Value::Number(_) => false,
            Value::Table(rows) => rows.iter().flatten().all(|cell| cell.trim().is_empty()),
            Value::Predictions(guesses) => guesses.is_empty(),
        }
    }

    /// Whether a field of this kind can hold it: kinds match, options exist, numbers are in range.
    #[must_use]
    pub fn fits(&self, field: &Field) -> bool {
        match (self, &field.input) {
            (Value::Text(_), Input::Notes | Input::Line) => true,
            (Value::Number(number), Input::Number { least, most }) => (least..=most).contains(&number),
            (Value::Table(rows), Input::Table { columns, .. }) => rows.iter().all(|row| row.len() <= columns.len()),
            (Value::Predictions(guesses), Input::Predictions { .. }) => guesses.values().all(|guess| *guess <= 100),
            (Value::Choices { chosen, other }, Input::Choice { choose, options, other: takes_other, .. }) => {
                let known = chosen.iter().all(|id| options.iter().any(|option| option.id == *id));
                let few = *choose == Choose::Several || chosen.len() <= 1;
                let once = chosen.iter().collect::<std::collections::BTreeSet<_>>().len() == chosen.len();
                known && few && once && (*takes_other || other.is_empty())
            }
            _ => false,
        }
    }

    /// The answer as plain text, for what no field can show any more.
    #[must_use]
    pub fn as_plain_text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Choices { chosen, other } => {
                chosen.iter().chain((!other.is_empty()).then_some(other)).cloned().collect::<Vec<_>>().join(", ")
            }
            Value::Number(number) => number.to_string(),
            Value::Table(rows) => rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"),
            Value::Predictions(guesses) => {
                guesses.iter().map(|(school, guess)| format!("{school}: {guess}")).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    answers: &'a Answers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    answers: Answers,
}

impl Answers {
    /// No answers yet. `participant` are 128 random bits from the device.
    #[must_use]
    pub fn new(session: &Session, participant: u128, language: Language) -> Answers {
        Answers {
            session: session.id.clone(),
            fingerprint: session.fingerprint(),
            participant: format!("{participant:032x}"),
            revision: 0,
            name: String::new(),
            team: String::new(),
            language,
            steps: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn get(&self, step: &str, field: &str) -> Option<&Value> {
        self.steps.get(step)?.get(field)
    }

    /// Keeps an answer, or takes it away where it is empty. The revision rises only on a change.
    pub fn set(&mut self, step: &str, field: &str, value: Value) {
        if value.is_empty() {
            let Some(fields) = self.steps.get_mut(step) else { return };
            if fields.remove(field).is_none() {
                return;
            }
            if fields.is_empty() {
                self.steps.remove(step);
            }
        } else {
            let fields = self.steps.entry(step.to_owned()).or_default();
            if fields.insert(field.to_owned(), value.clone()).as_ref() == Some(&value) {
                return;
            }
        }
        self.touch();
    }

    pub fn set_name(&mut self, name: &str) {
        let name = clipped(name, LONGEST_NAME);
        if self.name != name {
            self.name = name;
            self.touch();
        }
    }

    pub fn set_team(&mut self, team: &str) {
        let team = clipped(team, LONGEST_NAME);
        if self.team != team {
            self.team = team;
            self.touch();
        }
    }

    fn touch(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }

    /// How many places hold an answer.
    #[must_use]
    pub fn n_answers(&self) -> usize {
        self.steps.values().map(BTreeMap::len).sum()
    }

    /// A file name without anybody's name: the session and the first digits of the random id.
    #[must_use]
    pub fn file_name(&self) -> String {
        let tail: String = self.participant.chars().take(6).collect();
        format!("answers-{}-{tail}.json", self.session)
    }

    /// The text of the file, the same bytes for the same answers.
    #[must_use]
    pub fn encode(&self) -> String {
        let written = Written { format: ANSWERS_FORMAT, version: ANSWERS_VERSION, answers: self };
        // Only maps with keys that are not strings can fail to become JSON; answers have none.
        let mut text = serde_json::to_string_pretty(&written).expect("answers hold only strings, numbers and lists");
        text.push('\n');
        text
    }

    /// Reads an answers file, from anywhere.
    pub fn decode(bytes: &[u8]) -> Result<Answers, FileProblem> {
        let expected = Expected {
            kind: FileKind::Answers,
            format: ANSWERS_FORMAT,
            version: ANSWERS_VERSION,
            most_bytes: LARGEST_ANSWERS,
        };
        let text = read_head(bytes, &expected)?;
        let read: Read = serde_json::from_str(text).map_err(|error| not_as_expected(&error))?;
        read.answers.checked()
    }

    /// Refuses what no device of ours would write and would be a burden to show.
    pub(super) fn checked(self) -> Result<Answers, FileProblem> {
        let wrong = |en: &str, es: &str| {
            let message = Text::new(&format!("This answers file {en}."), &format!("Este archivo de respuestas {es}."));
            Err(FileProblem::new(message, fresh_copy()))
        };
        let hex = |text: &str, digits: usize| {
            text.len() == digits && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        if !hex(&self.participant, 32) || !hex(&self.fingerprint, 16) {
            return wrong(
                "does not say which device and session it comes from",
                "no dice de qué dispositivo y de qué sesión viene",
            );
        }
        if self.name.chars().count() > LONGEST_NAME || self.team.chars().count() > LONGEST_NAME {
            return wrong("holds a name that is too long", "tiene un nombre demasiado largo");
        }
        if self.n_answers() > MOST_ANSWERS {
            return wrong(
                "holds more answers than any session asks for",
                "tiene más respuestas de las que pide cualquier sesión",
            );
        }
        let sound = |text: &String| {
            text.chars().count() <= LONGEST_ANSWER && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
        };
        let fine = self.steps.values().flat_map(BTreeMap::values).all(|value| match value {
            Value::Text(text) => sound(text),
            Value::Choices { chosen, other } => chosen.len() <= MOST_ROWS && chosen.iter().all(sound) && sound(other),
            Value::Number(_) => true,
            Value::Table(rows) => {
                rows.len() <= MOST_ROWS
                    && rows.iter().all(|row| row.len() <= MOST_COLUMNS)
                    && rows.iter().flatten().all(sound)
            }
            Value::Predictions(guesses) => guesses.len() <= MOST_ROWS && guesses.keys().all(sound),
        });
        let ids = self.steps.iter().flat_map(|(step, fields)| std::iter::once(step).chain(fields.keys()));
        let named = [&self.session, &self.name, &self.team];
        if !fine || !ids.chain(named).all(sound) {
            return wrong(
                "holds an answer that is too long or is not text",
                "tiene una respuesta demasiado larga o que no es texto",
            );
        }
        Ok(self)
    }
}

fn clipped(text: &str, n_chars: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(n_chars).collect::<String>().trim().to_owned()
}

//! A session as data: steps with what is read, what is asked and which tool stands beside it.

use super::text::Text;
use serde::{Deserialize, Serialize};

/// A whole guided session. Its order, times, stars and steps belong to the facilitator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Lower-case letters, digits and hyphens. Answers name it, so it stays when steps change.
    pub id: String,
    pub title: Text,
    pub summary: Text,
    pub goals: Vec<Text>,
    pub ground_rules: Vec<Text>,
    pub steps: Vec<Step>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learn_more: Vec<Link>,
    /// The training material on which the session builds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credit: String,
}

/// One step: one screen for a participant, one line of the agenda for the facilitator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub kind: StepKind,
    pub title: Text,
    /// What participants read first: the question or the task.
    pub prompt: Text,
    /// Suggested minutes.
    pub minutes: u16,
    /// Part of the short path.
    #[serde(default, skip_serializing_if = "is_false")]
    pub starred: bool,
    /// For the facilitator only, in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub facilitator_note: String,
    /// Things to read beside the question: roles, stages of a conversation, a worked example.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<Tool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

fn is_false(value: &bool) -> bool {
    !value
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Welcome,
    Warmup,
    Reading,
    Reflection,
    Activity,
    Worksheet,
    Poll,
    Quiz,
    RolePlay,
    Debrief,
    SelfAssessment,
    Commitment,
    Survey,
}

impl StepKind {
    pub const ALL: [StepKind; 13] = [
        StepKind::Welcome,
        StepKind::Warmup,
        StepKind::Reading,
        StepKind::Reflection,
        StepKind::Activity,
        StepKind::Worksheet,
        StepKind::Poll,
        StepKind::Quiz,
        StepKind::RolePlay,
        StepKind::Debrief,
        StepKind::SelfAssessment,
        StepKind::Commitment,
        StepKind::Survey,
    ];

    /// The word for it on the agenda and above the step.
    #[must_use]
    pub fn label(self) -> Text {
        let (en, es) = match self {
            StepKind::Welcome => ("Welcome", "Bienvenida"),
            StepKind::Warmup => ("Warm-up", "Para empezar"),
            StepKind::Reading => ("Reading", "Lectura"),
            StepKind::Reflection => ("Reflection", "Reflexión"),
            StepKind::Activity => ("Activity", "Actividad"),
            StepKind::Worksheet => ("Worksheet", "Hoja de trabajo"),
            StepKind::Poll => ("Poll", "Encuesta"),
            StepKind::Quiz => ("Quiz", "Preguntas rápidas"),
            StepKind::RolePlay => ("Role-play", "Juego de roles"),
            StepKind::Debrief => ("Debrief", "Puesta en común"),
            StepKind::SelfAssessment => ("Self-assessment", "Autoevaluación"),
            StepKind::Commitment => ("Who does what", "Quién hace qué"),
            StepKind::Survey => ("Closing survey", "Encuesta final"),
        };
        Text::new(en, es)
    }
}

/// A short block to read: a heading and its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub title: Text,
    pub lines: Vec<Text>,
}

/// A page on the web. The session works without it: the network may be off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub label: Text,
    /// Begins with `https://` or `http://`; anything else is refused when a file is read.
    pub url: String,
}

/// One place to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Unique within its step.
    pub id: String,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    pub input: Input,
    /// Where the answer stands on the team's page; `None` keeps it in the packet only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takeaway: Option<Takeaway>,
    /// What the answer can become in the workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub becomes: Option<Becomes>,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    /// Several lines of free text.
    Notes,
    /// One line of free text.
    Line,
    Choice {
        choose: Choose,
        options: Vec<Choice>,
        /// Whether people can write an answer that is not listed.
        #[serde(default, skip_serializing_if = "is_false")]
        other: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<QuizKey>,
    },
    /// A whole number from `least` to `most`.
    Number { least: i32, most: i32 },
    /// A table to fill in. `rows` are there from the start and may be changed; `blank_rows` empty
    /// ones follow, and people can add more.
    Table { columns: Vec<Column>, rows: Vec<Vec<Text>>, blank_rows: u8 },
    /// A guess from 0 to 100 in every hundred students for each school, before the rates show.
    Predictions { subjects: Subjects },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// One of the options, which have no order.
    One,
    /// Any number of the options.
    Several,
    /// One of the options, which run from one end to the other.
    Scale,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: Text,
}

/// The answer of a quiz question and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizKey {
    pub correct: String,
    pub explanation: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub id: String,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// What a column of a table says, where the program must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    What,
    Who,
    ByWhen,
    Reason,
    Partner,
}

/// Which schools a prediction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subjects {
    /// The three published schools of [`super::exhibit::TRIAD`].
    Exhibit,
    /// Three schools that the page picks from the loaded data or the invented district.
    Schools,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Takeaway {
    Finding,
    Choice,
    Commitment,
}

/// What an answer can become in the team's workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    Action,
    Reason,
    Strategy,
    Partner,
    DataSharing,
    SiteVisit,
    Product,
    Network,
    PeerSupport,
    Test,
}

/// The tool that answers the question, opened beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Tool {
    Tiers,
    Schools,
    /// The three schools of a prediction alone.
    ThreeSchools,
    Conditions {
        predict_first: bool,
    },
    Exhibit {
        predict_first: bool,
    },
    Students,
    Conversation,
    /// The talk, opened at these of its five steps, counted from 1.
    ConversationAt {
        first: u8,
        last: u8,
    },
    Reasons,
    Strategies,
    Partners,
    Sharing,
    Assessment,
    Pdsa,
    Measuring,
    PeerSupports,
    SiteVisit,
    Network,
    TeamFunctions,
    SeriesMap,
}

impl Tool {
    /// Whether the tool names students in team mode. On a projector it then shows its blank or
    /// invented form, never the loaded data.
    #[must_use]
    pub const fn names_students(self) -> bool {
        matches!(self, Tool::Students | Tool::Conversation | Tool::ConversationAt { .. })
    }
}

impl Session {
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }

    /// The name of its file when it is saved.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("session-{}.json", self.id)
    }

    #[must_use]
    pub fn total_minutes(&self) -> u32 {
        self.steps.iter().map(|step| u32::from(step.minutes)).sum()
    }

    #[must_use]
    pub fn starred_minutes(&self) -> u32 {
        self.steps.iter().filter(|step| step.starred).map(|step| u32::from(step.minutes)).sum()
    }

    /// Sixteen hex digits over everything that gives an answer its meaning: ids of steps and
    /// fields, kinds of answer, options and columns. Order, times, stars and wording do not
    /// change it, so a facilitator may reorder and retime without refusing anyone's file.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut parts: Vec<String> = self.answer_places().map(|(step, field)| shape(&step.id, field)).collect();
        parts.sort();
        format!("{:016x}", fnv1a(format!("{}\n{}", self.id, parts.join("\n")).as_bytes()))
    }

    /// Every field with its step, in the session's order.
    pub fn answer_places(&self) -> impl Iterator<Item = (&Step, &Field)> {
        self.steps.iter().flat_map(|step| step.fields.iter().map(move |field| (step, field)))
    }
}

impl Step {
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The prediction field of a step that asks for guesses first.
    #[must_use]
    pub fn predictions(&self) -> Option<(&Field, Subjects)> {
        self.fields.iter().find_map(|field| match field.input {
            Input::Predictions { subjects } => Some((field, subjects)),
            _ => None,
        })
    }
}

fn shape(step: &str, field: &Field) -> String {
    let form = match &field.input {
        Input::Notes => "notes".to_owned(),
        Input::Line => "line".to_owned(),
        Input::Number { least, most } => format!("number {least} {most}"),
        Input::Predictions { subjects } => format!("predictions {subjects:?}"),
        Input::Table { columns, .. } => {
            format!("table {}", columns.iter().map(|column| column.id.as_str()).collect::<Vec<_>>().join(","))
        }
        Input::Choice { choose, options, .. } => {
            format!("{choose:?} {}", options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>().join(","))
        }
    };
    format!("{step}/{}/{form}", field.id)
}

/// FNV-1a, 64 bits. It guards against mix-ups, not against people who mean harm.
#[must_use]
pub(super) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

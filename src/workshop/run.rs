//! Where one device is in a session: the step on screen, the clocks, what was typed, what was
//! revealed. It is kept after every change and restored after a reload. Times are milliseconds
//! since 1970, passed in.

use super::answers::{Answers, Value};
use super::envelope::{Expected, FileKind, FileProblem, not_as_expected, read_head};
use super::session::{Session, Step, Subjects};
use super::text::{Language, Text};
use super::{exhibit, session::Input};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub const RUN_FORMAT: &str = "bright-spots/run";
pub const RUN_VERSION: u32 = 1;
const LARGEST_RUN: usize = 2_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    Facilitator,
    /// The facilitator's step in large type, in share mode whatever the page's mode is.
    Projector,
    Participant,
}

/// The state of one device in one session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub view: View,
    /// The id of the step on screen.
    pub current: String,
    pub language: Language,
    /// Steps that were on screen.
    pub visited: BTreeSet<String>,
    /// Steps whose answer may show.
    pub revealed: BTreeSet<String>,
    /// Milliseconds spent per step, without the stretch that is running.
    pub spent: BTreeMap<String, u64>,
    /// Since when the clock of the current step runs; `None` while it is stopped.
    pub running_since: Option<u64>,
    pub answers: Answers,
}

/// One line of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaLine {
    pub step: String,
    pub title: Text,
    /// Minutes after the start at which the step is planned to begin.
    pub starts_at_minute: u32,
    pub minutes: u16,
    pub spent_seconds: u64,
    pub state: LineState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    Done,
    Current,
    /// Passed over without being shown.
    Skipped,
    Ahead,
}

/// The clock of the current step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepClock {
    pub suggested_seconds: u64,
    pub spent_seconds: u64,
    pub running: bool,
}

impl StepClock {
    /// Seconds left; negative once the suggested time is over.
    #[must_use]
    pub fn left_seconds(self) -> i64 {
        i64::try_from(self.suggested_seconds).unwrap_or(i64::MAX)
            - i64::try_from(self.spent_seconds).unwrap_or(i64::MAX)
    }

    /// Such as `3:20`, and `-0:45` when over.
    #[must_use]
    pub fn text(self) -> String {
        let left = self.left_seconds();
        let (sign, left) = if left < 0 { ("-", left.unsigned_abs()) } else { ("", left.unsigned_abs()) };
        format!("{sign}{}:{:02}", left / 60, left % 60)
    }
}

impl Run {
    /// Begins at the first step, with its clock stopped. `participant` are 128 random bits.
    #[must_use]
    pub fn start(session: &Session, view: View, language: Language, participant: u128) -> Run {
        let current = session.steps.first().map(|step| step.id.clone()).unwrap_or_default();
        Run {
            view,
            visited: BTreeSet::from([current.clone()]),
            current,
            language,
            revealed: BTreeSet::new(),
            spent: BTreeMap::new(),
            running_since: None,
            answers: Answers::new(session, participant, language),
        }
    }

    /// The place of the current step, counted from 0.
    #[must_use]
    pub fn position(&self, session: &Session) -> usize {
        session.position(&self.current).unwrap_or(0)
    }

    #[must_use]
    pub fn step<'a>(&self, session: &'a Session) -> Option<&'a Step> {
        session.steps.get(self.position(session))
    }

    /// Shows a step. The clock of the former one stops; the new one runs if the former did.
    pub fn go_to(&mut self, session: &Session, step: &str, now: u64) {
        if session.position(step).is_none() || step == self.current {
            return;
        }
        let was_running = self.running_since.is_some();
        self.stop_clock(now);
        step.clone_into(&mut self.current);
        self.visited.insert(step.to_owned());
        if was_running {
            self.running_since = Some(now);
        }
    }

    pub fn next(&mut self, session: &Session, now: u64) {
        if let Some(step) = session.steps.get(self.position(session) + 1) {
            self.go_to(session, &step.id, now);
        }
    }

    pub fn back(&mut self, session: &Session, now: u64) {
        if let Some(step) = self.position(session).checked_sub(1).and_then(|at| session.steps.get(at)) {
            self.go_to(session, &step.id, now);
        }
    }

    pub fn start_clock(&mut self, now: u64) {
        self.running_since.get_or_insert(now);
    }

    pub fn stop_clock(&mut self, now: u64) {
        if let Some(since) = self.running_since.take() {
            // A clock that was set back adds nothing rather than taking time away.
            let spent = self.spent.entry(self.current.clone()).or_default();
            *spent = spent.saturating_add(now.saturating_sub(since));
        }
    }

    /// Sets the current step's clock back to its full time; it keeps running if it ran.
    pub fn restart_clock(&mut self, now: u64) {
        self.spent.remove(&self.current);
        if self.running_since.is_some() {
            self.running_since = Some(now);
        }
    }

    #[must_use]
    pub fn clock(&self, session: &Session, now: u64) -> StepClock {
        StepClock {
            suggested_seconds: self.step(session).map_or(0, |step| u64::from(step.minutes) * 60),
            spent_seconds: self.spent_seconds(&self.current, now),
            running: self.running_since.is_some(),
        }
    }

    fn spent_seconds(&self, step: &str, now: u64) -> u64 {
        let before = self.spent.get(step).copied().unwrap_or(0);
        let stretch = match self.running_since {
            Some(since) if step == self.current => now.saturating_sub(since),
            _ => 0,
        };
        before.saturating_add(stretch) / 1000
    }

    #[must_use]
    pub fn agenda(&self, session: &Session, now: u64) -> Vec<AgendaLine> {
        let at = self.position(session);
        let mut starts_at_minute = 0;
        let line = |(place, step): (usize, &Step)| {
            let state = match place.cmp(&at) {
                std::cmp::Ordering::Equal => LineState::Current,
                _ if self.visited.contains(&step.id) => LineState::Done,
                std::cmp::Ordering::Less => LineState::Skipped,
                std::cmp::Ordering::Greater => LineState::Ahead,
            };
            let line = AgendaLine {
                step: step.id.clone(),
                title: step.title.clone(),
                starts_at_minute,
                minutes: step.minutes,
                spent_seconds: self.spent_seconds(&step.id, now),
                state,
            };
            starts_at_minute += u32::from(step.minutes);
            line
        };
        session.steps.iter().enumerate().map(line).collect()
    }

    /// Keeps an answer as typed.
    pub fn answer(&mut self, step: &str, field: &str, value: Value) {
        self.answers.set(step, field, value);
    }

    /// Keeps one guess; `None` takes it away.
    pub fn predict(&mut self, step: &str, field: &str, school: &str, guess: Option<u8>) {
        let mut guesses = match self.answers.get(step, field) {
            Some(Value::Predictions(guesses)) => guesses.clone(),
            _ => BTreeMap::new(),
        };
        match guess {
            Some(guess) => guesses.insert(school.to_owned(), guess.min(100)),
            None => guesses.remove(school),
        };
        self.answers.set(step, field, Value::Predictions(guesses));
    }

    /// The schools that still want a guess before the step may reveal. `schools` are those that
    /// the page picked from the data; a step about the published three does not look at them.
    #[must_use]
    pub fn guesses_missing(&self, step: &Step, schools: &[String]) -> Vec<String> {
        let Some((field, subjects)) = step.predictions() else { return Vec::new() };
        let guesses = match self.answers.get(&step.id, &field.id) {
            Some(Value::Predictions(guesses)) => guesses.clone(),
            _ => BTreeMap::new(),
        };
        let wanted: Vec<(String, String)> = match subjects {
            Subjects::Exhibit => {
                exhibit::TRIAD.iter().map(|school| (school.key.to_owned(), school.name.to_owned())).collect()
            }
            Subjects::Schools => schools.iter().map(|school| (school.clone(), school.clone())).collect(),
        };
        wanted.into_iter().filter(|(key, _)| !guesses.contains_key(key)).map(|(_, name)| name).collect()
    }

    /// Shows the answer of a step. A participant's step with predictions waits for every guess and
    /// says which are missing; a facilitator may always reveal, for the room has guessed.
    pub fn reveal(&mut self, step: &Step, schools: &[String]) -> Result<(), Vec<String>> {
        let missing = self.guesses_missing(step, schools);
        if self.view == View::Participant && !missing.is_empty() {
            return Err(missing);
        }
        self.revealed.insert(step.id.clone());
        Ok(())
    }

    #[must_use]
    pub fn is_revealed(&self, step: &str) -> bool {
        self.revealed.contains(step)
    }

    /// Follows a change of the session: the step on screen may be gone, and answers name the
    /// session as it is now. Answers to steps that were removed stay.
    pub fn follow(&mut self, session: &Session) {
        self.answers.fingerprint = session.fingerprint();
        self.answers.session.clone_from(&session.id);
        if session.position(&self.current).is_none() {
            self.running_since = None;
            self.current = session.steps.first().map(|step| step.id.clone()).unwrap_or_default();
            self.visited.insert(self.current.clone());
        }
    }

    /// The state as text, to keep across a reload.
    #[must_use]
    pub fn save(&self) -> String {
        let written = Kept { format: RUN_FORMAT.to_owned(), version: RUN_VERSION, run: self.clone() };
        // Only maps with keys that are not strings can fail to become JSON; a run has none.
        serde_json::to_string(&written).expect("a run holds only strings, numbers and lists")
    }

    /// Reads the state back for this session. What was kept for another session is refused.
    pub fn restore(session: &Session, text: &str) -> Result<Run, FileProblem> {
        let expected =
            Expected { kind: FileKind::State, format: RUN_FORMAT, version: RUN_VERSION, most_bytes: LARGEST_RUN };
        let text = read_head(text.as_bytes(), &expected)?;
        let kept: Kept = serde_json::from_str(text).map_err(|error| not_as_expected(&error))?;
        let mut run = kept.run;
        run.answers = run.answers.checked()?;
        if run.answers.session != session.id {
            return Err(FileProblem::new(
                Text::new("What was kept belongs to another session.", "Lo que se guardó es de otra sesión."),
                Text::new("Open that session to go on.", "Abra esa sesión para continuar."),
            ));
        }
        run.follow(session);
        Ok(run)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format: String,
    version: u32,
    run: Run,
}

/// The rows with which a table begins in this language, blank rows included.
#[must_use]
pub fn starting_rows(input: &Input, language: Language) -> Vec<Vec<String>> {
    let Input::Table { columns, rows, blank_rows } = input else { return Vec::new() };
    let filled = rows.iter().map(|row| {
        (0..columns.len()).map(|at| row.get(at).map_or(String::new(), |cell| cell.get(language).to_owned())).collect()
    });
    filled.chain((0..*blank_rows).map(|_| vec![String::new(); columns.len()])).collect()
}

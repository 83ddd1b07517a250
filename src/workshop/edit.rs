//! What a facilitator may change: order, times, stars, own steps, a short path. Every change either
//! happens whole or leaves the session as it was and says why.

use super::session::{Field, Input, Session, Step, StepKind, Takeaway};
use super::text::{Language, Text};
use std::fmt;

/// The longest step, in minutes: a day of eight hours.
pub const LONGEST_STEP: u16 = 480;

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditProblem {
    NoSuchStep(String),
    SameId(String),
    LastStep,
    NothingStarred,
    MinutesOutOfRange(u16),
    TooShortForSteps { minutes: u32, steps: usize },
}

impl fmt::Display for EditProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditProblem::NoSuchStep(id) => write!(f, "This session has no step “{id}”."),
            EditProblem::SameId(id) => write!(f, "A step “{id}” is in this session already."),
            EditProblem::LastStep => write!(f, "A session keeps at least one step."),
            EditProblem::NothingStarred => {
                write!(f, "No step is starred, so there is no short path. Star the steps to keep.")
            }
            EditProblem::MinutesOutOfRange(minutes) => {
                write!(f, "A step takes between 0 and {LONGEST_STEP} minutes, not {minutes}.")
            }
            EditProblem::TooShortForSteps { minutes, steps } => {
                write!(f, "{minutes} minutes are too few for {steps} steps of at least one minute. Remove some first.")
            }
        }
    }
}

/// Which way a step moves on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    Earlier,
    Later,
}

impl Session {
    /// Moves a step so that it stands at `to` (counted from 0, at most the last place).
    pub fn move_step(&mut self, id: &str, to: usize) -> Result<(), EditProblem> {
        let from = self.place(id)?;
        let step = self.steps.remove(from);
        self.steps.insert(to.min(self.steps.len()), step);
        Ok(())
    }

    /// Moves a step by one place; at the end of the agenda it stays where it is.
    pub fn shift_step(&mut self, id: &str, shift: Shift) -> Result<(), EditProblem> {
        let from = self.place(id)?;
        let to = match shift {
            Shift::Earlier => from.saturating_sub(1),
            Shift::Later => from + 1,
        };
        self.move_step(id, to)
    }

    /// Takes a step out and returns it with its place, so that the removal can be undone.
    pub fn remove_step(&mut self, id: &str) -> Result<(usize, Step), EditProblem> {
        let at = self.place(id)?;
        if self.steps.len() == 1 {
            return Err(EditProblem::LastStep);
        }
        Ok((at, self.steps.remove(at)))
    }

    pub fn insert_step(&mut self, at: usize, step: Step) -> Result<(), EditProblem> {
        if self.position(&step.id).is_some() {
            return Err(EditProblem::SameId(step.id));
        }
        self.steps.insert(at.min(self.steps.len()), step);
        Ok(())
    }

    pub fn set_minutes(&mut self, id: &str, minutes: u16) -> Result<(), EditProblem> {
        let at = self.place(id)?;
        if minutes > LONGEST_STEP {
            return Err(EditProblem::MinutesOutOfRange(minutes));
        }
        self.steps[at].minutes = minutes;
        Ok(())
    }

    pub fn toggle_star(&mut self, id: &str) -> Result<(), EditProblem> {
        let at = self.place(id)?;
        self.steps[at].starred = !self.steps[at].starred;
        Ok(())
    }

    /// The starred steps alone, in their order and with their times.
    pub fn short_path(&self) -> Result<Session, EditProblem> {
        let steps: Vec<Step> = self.steps.iter().filter(|step| step.starred).cloned().collect();
        if steps.is_empty() {
            return Err(EditProblem::NothingStarred);
        }
        Ok(Session { steps, ..self.clone() })
    }

    /// Shares `minutes` among the steps in proportion to their suggested times, whole minutes, at
    /// least one each, adding up exactly.
    pub fn fit_to(&mut self, minutes: u32) -> Result<(), EditProblem> {
        let n_steps = self.steps.len();
        let spare = u64::from(minutes).checked_sub(n_steps as u64);
        let limit = u64::from(LONGEST_STEP) * n_steps as u64;
        let (Some(spare), true) = (spare, u64::from(minutes) <= limit) else {
            return Err(EditProblem::TooShortForSteps { minutes, steps: n_steps });
        };
        // Every step keeps one minute; what is left goes by weight, remainders to the largest.
        let weights: Vec<u64> = self.steps.iter().map(|step| u64::from(step.minutes).max(1) - 1).collect();
        let total: u64 = weights.iter().sum();
        let weights = if total == 0 { vec![1; n_steps] } else { weights };
        let total: u64 = weights.iter().sum();
        let mut shares: Vec<u64> = weights.iter().map(|weight| spare * weight / total).collect();
        let mut by_remainder: Vec<usize> = (0..n_steps).collect();
        by_remainder.sort_by_key(|&at| (std::cmp::Reverse(spare * weights[at] % total), at));
        let missing = spare - shares.iter().sum::<u64>();
        for &at in by_remainder.iter().take(usize::try_from(missing).unwrap_or(0)) {
            shares[at] += 1;
        }
        if shares.iter().any(|share| share + 1 > u64::from(LONGEST_STEP)) {
            return Err(EditProblem::MinutesOutOfRange(u16::try_from(minutes).unwrap_or(u16::MAX)));
        }
        for (step, share) in self.steps.iter_mut().zip(shares) {
            step.minutes = u16::try_from(share + 1).unwrap_or(LONGEST_STEP);
        }
        Ok(())
    }

    fn place(&self, id: &str) -> Result<usize, EditProblem> {
        self.position(id).ok_or_else(|| EditProblem::NoSuchStep(id.to_owned()))
    }
}

/// A step that a facilitator writes: a question with room for notes. `random` keeps two
/// facilitators' own steps apart when their answers meet.
#[must_use]
pub fn own_step(random: u64, language: Language, title: &str, prompt: &str, minutes: u16) -> Step {
    Step {
        id: format!("own-{random:016x}"),
        kind: StepKind::Activity,
        title: Text::only(language, title),
        prompt: Text::only(language, prompt),
        minutes: minutes.min(LONGEST_STEP),
        starred: true,
        facilitator_note: String::new(),
        cards: Vec::new(),
        fields: vec![Field {
            id: "notes".to_owned(),
            label: Text::new("Notes", "Notas"),
            hint: Text::default(),
            input: Input::Notes,
            takeaway: Some(Takeaway::Finding),
            becomes: None,
        }],
        tool: None,
        links: Vec::new(),
    }
}

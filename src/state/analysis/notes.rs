//! What a team writes beside the conditions: two answers, a guess, and their own tally of reasons.
//! Kept in this browser, versioned; holds nothing that a file holds.

use serde::{Deserialize, Serialize};

/// The key under `bright-spots.`.
pub const KEY: &str = "analysis";

/// The reasons that a team counts for itself.
pub const REASONS: [&str; 4] = ["Barriers", "Aversion", "Disengagement", "Misconceptions"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    version: u32,
    /// What does it show about the conditions?
    pub conditions: String,
    /// And about these schools?
    pub schools: String,
    /// What the person expects to see, written before the bars show.
    pub guess: String,
    /// Hide the bars until there is a guess.
    pub predict_first: bool,
    /// The guess is done: the bars show.
    pub guessed: bool,
    /// In the order of [`REASONS`].
    pub reasons: [u32; 4],
}

impl Notes {
    /// Whether the bars are hidden until a guess is written.
    #[must_use]
    pub fn is_hiding(&self) -> bool {
        self.predict_first && !self.guessed
    }
}

#[must_use]
pub fn encode(notes: &Notes) -> String {
    // A struct of plain fields always turns into text.
    serde_json::to_string(&Notes { version: 1, ..notes.clone() }).unwrap_or_default()
}

/// `None` for what this version does not write.
#[must_use]
pub fn decode(text: &str) -> Option<Notes> {
    serde_json::from_str::<Notes>(text).ok().filter(|notes| notes.version == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_kept_and_a_newer_version_is_left_alone() {
        let notes = Notes { conditions: "Moving goes with absence".into(), reasons: [6, 4, 5, 3], ..Notes::default() };
        let again = decode(&encode(&notes)).unwrap();
        assert_eq!((again.conditions, again.reasons), (notes.conditions, notes.reasons));
        assert_eq!(decode(r#"{"version":2}"#), None);
        assert_eq!(decode("nonsense"), None);
    }

    #[test]
    fn bars_hide_only_until_the_guess() {
        let hiding = Notes { predict_first: true, ..Notes::default() };
        assert!(hiding.is_hiding() && !Notes { guessed: true, ..hiding }.is_hiding() && !Notes::default().is_hiding());
    }
}

//! What a school writes about what it does, for the practice profile. Kept in the browser by school.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The key under `bright-spots.`.
pub const KEY: &str = "profiles";

/// The parts of a profile that a team writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// The school's name, where no data give it.
    pub school: String,
    pub title: String,
    pub sentence: String,
    pub does: String,
    pub takes: String,
    pub knows: String,
    pub travels: String,
    pub ask: String,
    /// One question a line.
    pub questions: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profiles {
    pub by_school: BTreeMap<String, Fields>,
}

/// Version 1 as stored; never changes once released.
#[derive(Serialize, Deserialize)]
struct V1 {
    version: u64,
    profiles: BTreeMap<String, Fields>,
}

#[must_use]
pub fn encode(profiles: &Profiles) -> String {
    // Plain fields always turn into text.
    serde_json::to_string(&V1 { version: 1, profiles: profiles.by_school.clone() }).unwrap_or_default()
}

/// `None` where the text is not what this version writes.
#[must_use]
pub fn decode(text: &str) -> Option<Profiles> {
    let V1 { version, profiles } = serde_json::from_str(text).ok()?;
    (version == 1).then_some(Profiles { by_school: profiles })
}

impl Fields {
    #[must_use]
    pub fn questions(&self) -> Vec<String> {
        self.questions.lines().map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_go_there_and_back_and_other_texts_are_refused() {
        let mut profiles = Profiles::default();
        profiles.by_school.entry("Birch".into()).or_default().questions = " Who greets?\n\nWhen? ".into();
        assert_eq!(decode(&encode(&profiles)), Some(profiles.clone()));
        assert_eq!(profiles.by_school["Birch"].questions(), ["Who greets?", "When?"]);
        assert_eq!(decode("{}"), None);
        assert_eq!(decode(r#"{"version":2,"profiles":{}}"#), None);
    }
}

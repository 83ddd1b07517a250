//! Prompts, strategies, elements and questions, in our own plain words. Names of fields, families
//! and interventions are the field's; every sentence is ours. English for all; what families read
//! is in [`super::family_page`], in English and Spanish.

pub mod assessment;
pub mod conversation;
pub mod partners;
pub mod peers;
pub mod reasons;
pub mod spanish;
pub mod strategies;
pub mod team;
pub mod tests_of_change;

/// A prompt: a stable key for what is stored, the words shown, and a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub key: &'static str,
    pub title: &'static str,
    pub hint: &'static str,
}

/// The prompt of a list with this key.
#[must_use]
pub fn find(list: &'static [Prompt], key: &str) -> Option<&'static Prompt> {
    list.iter().find(|prompt| prompt.key == key)
}

const fn p(key: &'static str, title: &'static str, hint: &'static str) -> Prompt {
    Prompt { key, title, hint }
}

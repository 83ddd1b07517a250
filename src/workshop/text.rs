//! Text that participants read, in the two languages of the sessions.

use serde::{Deserialize, Serialize};

/// The languages in which a session can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "es")]
    Spanish,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// The value of the `lang` attribute.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// The language's own name for itself, for the switch.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
        }
    }

    /// One of two fixed texts of the program.
    #[must_use]
    pub const fn pick(self, en: &'static str, es: &'static str) -> &'static str {
        match self {
            Language::English => en,
            Language::Spanish => es,
        }
    }
}

/// A text in English and, where someone has written it, in Spanish.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub es: String,
}

impl Text {
    #[must_use]
    pub fn new(en: &str, es: &str) -> Text {
        Text { en: en.to_owned(), es: es.to_owned() }
    }

    /// A text written in one language only, as facilitators write their own steps.
    #[must_use]
    pub fn only(language: Language, text: &str) -> Text {
        match language {
            Language::English => Text::new(text, ""),
            Language::Spanish => Text::new("", text),
        }
    }

    /// The text in this language, or in the other where nobody wrote it in this one: a step in
    /// the wrong language is better than an empty step.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::English => (&self.en, &self.es),
            Language::Spanish => (&self.es, &self.en),
        };
        if first.is_empty() { second } else { first }
    }

    /// The language in which [`Text::get`] answers, for a `lang` attribute where they differ.
    #[must_use]
    pub fn language_shown(&self, wanted: Language) -> Language {
        match wanted {
            Language::English if self.en.is_empty() && !self.es.is_empty() => Language::Spanish,
            Language::Spanish if self.es.is_empty() && !self.en.is_empty() => Language::English,
            _ => wanted,
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.es.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        let both = Text::new("Hello", "Hola");
        assert_eq!((both.get(Language::English), both.get(Language::Spanish)), ("Hello", "Hola"));
        let one = Text::only(Language::Spanish, "Hola");
        assert_eq!(one.get(Language::English), "Hola");
        assert_eq!(one.language_shown(Language::English), Language::Spanish);
        assert_eq!(both.language_shown(Language::English), Language::English);
    }
}

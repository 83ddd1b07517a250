//! A sentence with some words in bold, as data: pure functions write it, views show it as text.

/// One sentence or paragraph. Its text is never markup, whatever a file calls a school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Plain(String),
    Strong(String),
}

impl Prose {
    #[must_use]
    pub fn new() -> Prose {
        Prose::default()
    }

    #[must_use]
    pub fn plain(mut self, text: impl Into<String>) -> Prose {
        self.parts.push(Part::Plain(text.into()));
        self
    }

    #[must_use]
    pub fn strong(mut self, text: impl Into<String>) -> Prose {
        self.parts.push(Part::Strong(text.into()));
        self
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| part.text().is_empty())
    }

    /// The words alone, for a live region, a title or a test.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(Part::text).collect()
    }
}

impl Part {
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Part::Plain(text) | Part::Strong(text) => text,
        }
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Prose {
        Prose::new().plain(text)
    }
}

impl From<String> for Prose {
    fn from(text: String) -> Prose {
        Prose::new().plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_keep_their_place_and_marks_in_a_name_stay_marks() {
        let prose = Prose::new().strong("A**B <b>").plain(" is a likely bright spot.");
        assert_eq!(prose.text(), "A**B <b> is a likely bright spot.");
        assert_eq!(prose.parts.len(), 2);
        assert!(!prose.is_empty());
        assert!(Prose::from("").is_empty());
    }
}

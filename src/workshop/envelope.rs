//! What all files of the workshop share: a format, a version, and plain words in both languages for
//! a file that cannot be used.

use super::answers::ANSWERS_FORMAT;
use super::file::SESSION_FORMAT;
use super::text::{Language, Text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a file cannot be used, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileProblem {
    pub message: Text,
    pub hint: Text,
}

impl FileProblem {
    pub(super) fn new(message: Text, hint: Text) -> FileProblem {
        FileProblem { message, hint }
    }

    /// The file stops before its end.
    pub(super) fn cut_short() -> FileProblem {
        FileProblem::new(
            Text::new("This file is cut short.", "Este archivo está incompleto."),
            Text::new(
                "Save it again on the device it came from.",
                "Guárdelo otra vez en el dispositivo de donde viene.",
            ),
        )
    }

    /// Message and hint as one paragraph.
    #[must_use]
    pub fn get(&self, language: Language) -> String {
        format!("{} {}", self.message.get(language), self.hint.get(language))
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.get(Language::English))
    }
}

/// Which of the workshop's files is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Session,
    Answers,
    State,
}

impl FileKind {
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            FileKind::Session => ("a session file", "un archivo de sesión"),
            FileKind::Answers => ("an answers file", "un archivo de respuestas"),
            FileKind::State => ("a session's state", "el estado de una sesión"),
        }
    }
}

/// The first lines of any of the workshop's files.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

/// What a reader expects of a file.
pub(super) struct Expected {
    pub kind: FileKind,
    pub format: &'static str,
    pub version: u32,
    pub most_bytes: usize,
}

/// Checks size, text encoding, format and version, and returns the text.
pub(super) fn read_head<'a>(bytes: &'a [u8], expected: &Expected) -> Result<&'a str, FileProblem> {
    let (en, es) = expected.kind.names();
    if bytes.len() > expected.most_bytes {
        let kilobytes = expected.most_bytes / 1000;
        return Err(FileProblem::new(
            Text::new(
                &format!("This file is larger than {en} can be ({kilobytes} kB at most)."),
                &format!("Este archivo es más grande de lo que puede ser {es} ({kilobytes} kB como máximo)."),
            ),
            Text::new("Check that it is the right file.", "Revise que sea el archivo correcto."),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let not_ours = || {
        FileProblem::new(
            Text::new(&format!("This is not {en} of Bright Spots."), &format!("Este no es {es} de Bright Spots.")),
            Text::new(
                "Look for a file that was saved from the workshop page.",
                "Busque un archivo guardado desde la página del taller.",
            ),
        )
    };
    let text = std::str::from_utf8(bytes).map_err(|_| not_ours())?;
    if text.trim().is_empty() {
        let message = Text::new("This file is empty.", "Este archivo está vacío.");
        return Err(FileProblem { message, ..FileProblem::cut_short() });
    }
    let head: Head = serde_json::from_str(text)
        .map_err(|error| if error.is_eof() { FileProblem::cut_short() } else { not_ours() })?;
    if head.format != expected.format {
        let hint = match head.format.as_str() {
            SESSION_FORMAT => Text::new(
                "It is a session; open it from the list of sessions.",
                "Es una sesión; ábrala desde la lista de sesiones.",
            ),
            ANSWERS_FORMAT => Text::new(
                "It holds someone's answers; drop it where answers are collected.",
                "Contiene las respuestas de alguien; póngalo donde se reúnen las respuestas.",
            ),
            "bright-spots/results" => Text::new(
                "It is a results file; it belongs on the Share page.",
                "Es un archivo de resultados; va en la página Compartir.",
            ),
            _ => return Err(not_ours()),
        };
        let message = Text::new(&format!("This is not {en}."), &format!("Este no es {es}."));
        return Err(FileProblem::new(message, hint));
    }
    if head.version > expected.version {
        let (theirs, ours) = (head.version, expected.version);
        return Err(FileProblem::new(
            Text::new(
                &format!("This file was made by a newer Bright Spots (its version is {theirs}, ours is {ours})."),
                &format!(
                    "Este archivo se hizo con un Bright Spots más nuevo (su versión es {theirs}, la nuestra es {ours})."
                ),
            ),
            Text::new(
                "Open it with the newer copy; it was left as it is.",
                "Ábralo con la copia más nueva; el archivo quedó como estaba.",
            ),
        ));
    }
    if head.version == 0 {
        return Err(not_ours());
    }
    Ok(text)
}

/// A file whose head is right and whose rest is not.
pub(super) fn not_as_expected(error: &serde_json::Error) -> FileProblem {
    if error.is_eof() {
        return FileProblem::cut_short();
    }
    let line = error.line();
    FileProblem::new(
        Text::new(
            &format!("Line {line} of this file is not as it should be."),
            &format!("La línea {line} de este archivo no está como debería."),
        ),
        fresh_copy(),
    )
}

pub(super) fn fresh_copy() -> Text {
    Text::new(
        "It may have been changed by hand. Ask for a fresh copy.",
        "Quizá alguien lo cambió a mano. Pida una copia nueva.",
    )
}

//! What a reset between sessions removes, listed before it happens, and what it leaves.

use super::gather::Gathering;
use super::run::Run;
use super::session::Session;
use super::text::{Language, Text};

/// Whether the session on this device exists anywhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// As it comes with the app; a reset cannot lose it.
    BuiltIn,
    /// Changed here and saved as a file.
    SavedAsFile,
    /// Changed here only.
    NotSaved,
}

/// Lists what is removed, only what there is, most personal first.
#[must_use]
pub fn will_be_removed(session: &Session, copy: Copy, run: &Run, gathering: &Gathering) -> Vec<Text> {
    let mut removed = Vec::new();
    let answers = &run.answers;
    if !answers.name.is_empty() || !answers.team.is_empty() {
        removed.push(Text::new(
            "The name and team written on this device",
            "El nombre y el equipo escritos en este dispositivo",
        ));
    }
    let n = answers.n_answers();
    if n > 0 {
        removed.push(Text::new(
            &format!("{n} {} typed on this device", if n == 1 { "answer" } else { "answers" }),
            &format!("{n} {} en este dispositivo", if n == 1 { "respuesta escrita" } else { "respuestas escritas" }),
        ));
    }
    let n = gathering.participants(Language::English).len();
    if n > 0 {
        removed.push(Text::new(
            &format!("The collected answers of {n} {}", if n == 1 { "device" } else { "devices" }),
            &format!("Las respuestas reunidas de {n} {}", if n == 1 { "dispositivo" } else { "dispositivos" }),
        ));
    }
    let title = |language| session.title.get(language).to_owned();
    match copy {
        Copy::BuiltIn => {}
        Copy::SavedAsFile => removed.push(Text::new(
            &format!("Your version of “{}” (you have it as a file)", title(Language::English)),
            &format!("Su versión de «{}» (la tiene guardada en un archivo)", title(Language::Spanish)),
        )),
        Copy::NotSaved => removed.push(Text::new(
            &format!("Your version of “{}”, which is not saved as a file", title(Language::English)),
            &format!("Su versión de «{}», que no está guardada en un archivo", title(Language::Spanish)),
        )),
    }
    if run.visited.len() > 1 || !run.spent.is_empty() || run.running_since.is_some() || !run.revealed.is_empty() {
        removed.push(Text::new(
            "Your place in the session, its clocks and what was revealed",
            "El punto en que iba la sesión, los relojes y lo que ya se mostró",
        ));
    }
    removed
}

/// What a reset leaves alone.
#[must_use]
pub fn will_stay() -> Vec<Text> {
    vec![
        Text::new("Attendance data that you loaded", "Los datos de asistencia que usted cargó"),
        Text::new(
            "Plans, also those made from choices in a session",
            "Los planes, también los que nacieron en una sesión",
        ),
        Text::new("Files that you saved", "Los archivos que usted guardó"),
    ]
}

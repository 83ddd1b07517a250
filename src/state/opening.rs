//! Files that must be opened before they can be read: workbooks, archives, old encodings.

use super::{AppState, Import};
use crate::browser::clock;
use crate::browser::opener_client::{self, Opened};
#[cfg(feature = "full")]
use crate::browser::opener_client::{Part, UTF_8};
use crate::ingest::import::{Failure, How};
#[cfg(feature = "full")]
use crate::ingest::part_name;
use crate::ingest::reading::Reading;
use crate::ingest::sniff::Dialect;
use leptos::prelude::*;

impl AppState {
    /// Looks into a file and opens its one table, or asks which.
    pub(super) async fn look_inside(self, file: usize) {
        let Some(handle) = self.files.with_value(|f| f.get(file).cloned()) else { return };
        let name = handle.name();
        match opener_client::list(&handle).await {
            Err(why) => self.failed(Failure::NotOpened { file: name, why }),
            Ok(parts) => {
                let open: Vec<usize> =
                    (0..parts.len()).filter(|&at| !parts[at].hidden && parts[at].rows != Some(0)).collect();
                match open.as_slice() {
                    [_] | [] if parts.len() <= 1 => self.open_parts(file, vec![(None, name)]).await,
                    [only] => self.open_parts(file, vec![(Some(*only), name)]).await,
                    _ => {
                        let now = clock::performance_now();
                        self.timing.update_value(|timing| timing.asking_since = Some(now));
                        self.announcement.set(format!("{name} holds {} tables. Which should be read?", parts.len()));
                        self.import.set(Import::Parts { file, name, parts, chosen: Vec::new() });
                        self.go("#/");
                    }
                }
            }
        }
    }

    /// Puts the tables of a file, each under its name, in the file's place, and reads all files.
    async fn open_parts(self, file: usize, parts: Vec<(Option<usize>, String)>) {
        let Some(handle) = self.files.with_value(|f| f.get(file).cloned()) else { return };
        let mut texts = Vec::new();
        let mut about: Vec<Opened> = Vec::new();
        for (part, name) in &parts {
            match opener_client::open(&handle, *part, None, name).await {
                Err(why) => return self.failed(Failure::NotOpened { file: name.clone(), why }),
                Ok((text, opened)) => {
                    texts.push(text);
                    about.push(opened);
                }
            }
        }
        let said: Vec<String> = about
            .iter()
            .zip(&parts)
            .flat_map(|(o, (_, name))| o.notes.iter().map(move |n| format!("{name}: {n}")))
            .collect();
        if !said.is_empty() {
            self.say(said.join(" "));
        }
        let originals = vec![handle; parts.len()];
        self.files.update_value(|all| drop(all.splice(file..=file, texts)));
        self.originals.update_value(|all| drop(all.splice(file..=file, originals)));
        self.opened.update(|all| drop(all.splice(file..=file, about)));
        self.ask(Vec::new(), self.remembered());
    }

    /// Opens the chosen sheets or files; each is then a file of its own.
    #[cfg(feature = "full")]
    pub fn use_parts(&self) {
        let Import::Parts { file, name, parts, chosen } = self.import.get_untracked() else { return };
        if chosen.is_empty() {
            return;
        }
        self.timing.update_value(|timing| {
            if let Some(since) = timing.asking_since.take() {
                timing.asked += clock::performance_now() - since;
            }
        });
        let named = |part: &Part| {
            let whole = if part.is_file { part_name::Whole::Archive } else { part_name::Whole::Workbook };
            part_name::of(&name, whole, &part.name)
        };
        let chosen =
            (0..parts.len()).filter(|at| chosen.contains(at)).map(|at| (Some(at), named(&parts[at]))).collect();
        self.shows_reading(name.clone());
        let state = *self;
        leptos::task::spawn_local(async move { state.open_parts(file, chosen).await });
    }

    /// The encoding in which a file's text was read; `None` for a workbook, which has none.
    #[cfg(feature = "full")]
    #[must_use]
    pub fn encoding_of(&self, file: usize) -> Option<String> {
        self.opened.with(|all| match all.get(file)? {
            opened if opened.was_opened => opened.encoding.clone(),
            _ => Some(UTF_8.into()),
        })
    }

    /// Reads one file again in another encoding. The others stay as they were decided. `place` is as for
    /// [`AppState::cut_with`].
    #[cfg(feature = "full")]
    pub fn set_encoding(&self, file: usize, label: String, place: String) {
        self.begin_change(super::import::Then::Stay);
        self.place.set_value(Some(place));
        let state = *self;
        let readings = self.readings.get_untracked();
        leptos::task::spawn_local(async move { state.reopen(readings, file, label).await });
    }

    pub(super) async fn reopen(self, mut readings: Vec<Reading>, file: usize, label: String) {
        let Some(handle) = self.originals.with_value(|f| f.get(file).cloned()) else { return };
        let Some(reading) = readings.get_mut(file) else { return };
        self.shows_reading(reading.file.clone());
        let before = self.opened.with_untracked(|all| all.get(file).cloned()).unwrap_or_default();
        match opener_client::open(&handle, before.part, Some(&label), &reading.file).await {
            Err(why) => {
                let _ = self.stays_unchanged(&why);
            }
            Ok((text, opened)) => {
                // In UTF-16 read as something else, even the signs between cells looked otherwise.
                let wide = |label: &str| label.starts_with("UTF-16");
                let same_signs = !wide(&label) && !wide(before.encoding.as_deref().unwrap_or_default());
                let dialect = same_signs.then_some(reading.dialect);
                reading.encoding = Some(label);
                self.files.update_value(|all| all[file] = text);
                self.opened.update(|all| all[file] = opened);
                self.read_again(readings, file, dialect);
            }
        }
    }

    /// Reads all files as decided, but for one, which has changed.
    pub(super) fn read_again(&self, readings: Vec<Reading>, changed: usize, dialect: Option<Dialect>) {
        let how = |(at, reading): (usize, Reading)| match at == changed {
            true => How::Again { before: reading, dialect },
            false => How::As(reading),
        };
        self.ask(readings.into_iter().enumerate().map(how).collect(), Vec::new());
    }

    /// A file that a reading, remembered or loaded, has in another encoding than the one that was guessed.
    pub(super) fn in_other_encoding(&self, readings: &[Reading]) -> Option<(usize, String)> {
        self.opened.with_untracked(|all| {
            readings.iter().zip(all).enumerate().find_map(|(at, (reading, opened))| {
                let label = reading.encoding.clone()?;
                let guessed = opened.encoding.as_ref().filter(|_| !opened.certain)?;
                (label != *guessed).then_some((at, label))
            })
        })
    }
}

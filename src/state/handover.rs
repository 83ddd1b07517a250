//! What goes from the program of the first load to the program with every page.

#[cfg(feature = "full")]
use super::Shared;
#[cfg(feature = "full")]
use super::import::Timing;
use super::import::{Import, Loaded};
use super::{AppState, Mode};
use crate::browser::clock;
use crate::browser::handover::{self, Handover};
use crate::browser::opener_client::{Opened, Part};
#[cfg(not(feature = "full"))]
use crate::ingest::import::Failure;
use crate::ingest::reading::Reading;
use crate::ingest::tally::Outcome;
use crate::protocol::Source;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Why the first program hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// Another page was opened.
    Page,
    /// The results are to be saved, with their comparison.
    Download,
}

#[derive(Serialize, Deserialize)]
struct Left {
    errand: Errand,
    now: Option<LeftData>,
    /// What was being asked, and the readings as they had been answered so far.
    asking: Option<(Outcome, Vec<Reading>)>,
    /// Which of a file's tables to read: the file's place, its name, and what it holds.
    parts: Option<(u16, String, Vec<Part>)>,
    /// What was done to each file; the files travel beside this, as read and then as chosen.
    opened: Vec<Opened>,
    earlier: Option<LeftData>,
    team: bool,
    source: Option<Source>,
    remark: Option<String>,
    /// As kept on the device; where storage is denied this is the only copy.
    settings: String,
    /// When the import began, in the page's own time.
    start: f64,
}

#[derive(Serialize, Deserialize)]
struct LeftData {
    outcome: Outcome,
    whose: String,
    seconds: f64,
}

impl LeftData {
    #[cfg(not(feature = "full"))]
    fn of(loaded: &Loaded) -> LeftData {
        LeftData { outcome: loaded.outcome.clone(), whose: loaded.whose.clone(), seconds: loaded.seconds }
    }

    #[cfg(feature = "full")]
    fn loaded(self) -> Shared<Loaded> {
        Shared::new(Loaded { outcome: self.outcome, whose: self.whose, seconds: self.seconds })
    }
}

#[cfg(not(feature = "full"))]
impl AppState {
    /// A page stands here that waits for the program with every page, until its owner is cleaned up.
    pub fn wait_for_every_page(self) {
        let change = move |by: i32| self.waiting_pages.update_value(|n| *n += by);
        change(1);
        on_cleanup(move || change(-1));
        self.hand_over_for(Errand::Page);
    }

    /// Fetches the program with every page and hands over to it; says so where it cannot be had.
    pub(super) fn hand_over_for(self, errand: Errand) {
        if errand == Errand::Download {
            handover::ask_for_download();
        }
        if !handover::begin() {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Err(why) = handover::prepare().await {
                handover::give_up();
                if self.is_awaited() {
                    self.stay_for_lack_of_it(&why);
                }
                return;
            }
            // A file that is being read is waited for: its rows belong to the program that asked.
            while matches!(self.import.get_untracked(), Import::Reading { .. }) {
                clock::pause(20).await;
            }
            if self.is_awaited() {
                self.leave();
            } else {
                // Whoever has gone back to a page of this program may be choosing a file there: it
                // stays, and the other program is ready for the next time.
                handover::give_up();
            }
        });
    }

    fn is_awaited(self) -> bool {
        handover::is_download_asked() || self.waiting_pages.get_value() > 0
    }

    /// Does without the other program, and says what cannot be had.
    fn stay_for_lack_of_it(self, why: &str) {
        if handover::take_download() {
            self.save_results();
            self.say("The comparison with similar students could not be fetched, so the file holds none.");
            return;
        }
        if matches!(self.import.get_untracked(), Import::Asking(_) | Import::Parts { .. }) {
            let why = format!(
                "This file needs a part of the program that could not be fetched ({why}). Check the connection, or use the one-file version."
            );
            self.import.set(Import::Failed(Failure::Stopped { why }));
            return;
        }
        self.say(format!(
            "This page could not be fetched ({why}). Check the connection and try again, or use the one-file version."
        ));
        self.go("#/");
    }

    fn leave(self) {
        let left = Left {
            errand: if handover::take_download() { Errand::Download } else { Errand::Page },
            now: self.import.with_untracked(Import::loaded).map(|l| LeftData::of(&l)),
            asking: match self.import.get_untracked() {
                Import::Asking(outcome) => Some(((*outcome).clone(), self.readings.get_untracked())),
                _ => None,
            },
            parts: match self.import.get_untracked() {
                Import::Parts { file, name, parts, .. } => Some((file as u16, name, parts)),
                _ => None,
            },
            opened: self.opened.get_untracked(),
            earlier: self.earlier.get_untracked().map(|l| LeftData::of(&l)),
            team: self.mode.get_untracked() == Mode::Team,
            source: self.timing.with_value(|t| t.source),
            remark: self.remark.get_untracked(),
            settings: self.settings.with_untracked(crate::settings::encode),
            start: self.timing.with_value(|t| t.start),
        };
        let state = postcard::to_allocvec(&left).unwrap_or_default();
        let mut files = self.files.get_value();
        files.extend(self.originals.get_value());
        handover::leave(&Handover { state, files });
    }
}

#[cfg(feature = "full")]
impl AppState {
    /// Takes what the program of the first load left.
    pub(super) fn take_over(&self) {
        let Some(Handover { state, mut files }) = handover::take() else { return };
        let Ok(left) = postcard::from_bytes::<Left>(&state) else { return };
        self.originals.set_value(files.split_off(files.len() / 2));
        self.files.set_value(files);
        self.opened.set(left.opened);
        self.timing.set_value(Timing { source: left.source, start: left.start, ..Timing::default() });
        self.mode.set(if left.team { Mode::Team } else { Mode::Share });
        self.remark.set(left.remark);
        if let Ok(settings) = crate::settings::decode(&left.settings) {
            self.definition.set(settings.definition.clone());
            self.settings.set(settings);
        }
        self.earlier.set(left.earlier.map(LeftData::loaded));
        if let Some((outcome, readings)) = left.asking {
            self.readings.set(readings);
            if outcome.again {
                // Nothing is asked: the file is of a kind that only this program proposes and reads.
                let state = *self;
                self.shows_reading(outcome.readings.iter().map(|r| r.file.as_str()).collect::<Vec<_>>().join(", "));
                // The worker starts after this.
                return leptos::task::spawn_local(async move { state.ask(Vec::new(), state.remembered()) });
            }
            self.timing.update_value(|timing| timing.asking_since = Some(clock::performance_now()));
            self.import.set(Import::Asking(Shared::new(outcome)));
        }
        if let Some((file, name, parts)) = left.parts {
            self.timing.update_value(|timing| timing.asking_since = Some(clock::performance_now()));
            self.import.set(Import::Parts { file: file.into(), name, parts, chosen: Vec::new() });
        }
        if let Some(now) = left.now {
            self.readings.set(now.outcome.readings.clone());
            self.import.set(Import::Ready(now.loaded()));
            if left.errand == Errand::Download {
                let state = *self;
                leptos::task::spawn_local(async move { state.save_results() });
            }
        }
    }
}

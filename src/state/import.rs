//! Choosing, reading, asking, using: the life of an import.

use super::{AppState, PickedFiles, Shared};
use crate::browser::opener_client::{Opened, Part};
use crate::browser::worker_client::{Heard, WorkerClient};
use crate::browser::{clock, document};
use crate::ingest::import::{Failure, How};
use crate::ingest::reading::Reading;
use crate::ingest::tally::Outcome;
use crate::protocol::{Progress, Request, Source};
use leptos::prelude::*;

/// Where the import stands. One signal, so that reading and failed cannot both be.
#[derive(Clone, Debug, PartialEq)]
pub enum Import {
    Empty,
    Reading {
        name: String,
        progress: Progress,
        started: f64,
    },
    /// The person must decide something before a number can be right.
    Asking(Shared<Outcome>),
    /// The file holds several sheets or files; the person chooses among them.
    Parts {
        file: usize,
        name: String,
        parts: Vec<Part>,
        chosen: Vec<usize>,
    },
    Ready(Shared<Loaded>),
    Failed(Failure),
}

/// A dataset that numbers can be shown from.
#[derive(Debug)]
pub struct Loaded {
    pub outcome: Outcome,
    /// Whose data they are, as shown in the stamp: a file's name, or the example.
    pub whose: String,
    pub seconds: f64,
}

impl Import {
    /// The state's name for programs (`shared/contract.md`, "The page", 3).
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Import::Empty => "empty",
            Import::Reading { .. } => "reading",
            Import::Asking(_) | Import::Parts { .. } => "asking",
            Import::Ready(_) => "ready",
            Import::Failed(_) => "failed",
        }
    }

    #[must_use]
    pub fn loaded(&self) -> Option<Shared<Loaded>> {
        match self {
            Import::Ready(loaded) => Some(loaded.clone()),
            _ => None,
        }
    }
}

/// When the import began, and how long it waited for the person.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing {
    pub(super) start: f64,
    pub(super) asked: f64,
    pub(super) asking_since: Option<f64>,
    pub(super) source: Option<Source>,
    pub(super) then: Then,
}

/// Where a reading leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Then {
    /// To the results.
    #[default]
    Results,
    /// Back to where it was changed, to see what came of it.
    #[cfg(feature = "full")]
    Stay,
}

impl AppState {
    pub(super) fn start_worker(self) {
        let client = WorkerClient::start(move |heard| self.hear(heard));
        self.client.set_value(Some(client));
    }

    /// Reads chosen, dropped or pasted files.
    pub fn choose_files(&self, picked: PickedFiles) {
        if picked.is_empty() {
            return;
        }
        self.opened.set(vec![Opened::default(); picked.len()]);
        self.originals.set_value(picked.0.clone());
        self.files.set_value(picked.0);
        self.begin(Source::Files);
    }

    /// Loads the invented district.
    pub fn try_example(&self) {
        self.opened.set(Vec::new());
        self.begin(Source::Example);
    }

    /// Loads the invented district a month later, so that movement can be seen.
    pub fn try_later_example(&self) {
        self.opened.set(Vec::new());
        self.begin(Source::LaterExample);
    }

    fn begin(&self, source: Source) {
        let now = clock::performance_now();
        self.timing.set_value(Timing { start: now, source: Some(source), ..Timing::default() });
        if let Some(loaded) = self.import.get_untracked().loaded() {
            self.earlier.set(Some(loaded));
        }
        self.unchanged.set_value(None);
        #[cfg(feature = "full")]
        self.before.set_value(Vec::new());
        self.ask(Vec::new(), self.remembered());
    }

    /// What is read now is a change of how the same files were read: where it fails, they stay as they are.
    pub(super) fn begin_change(&self, then: Then) {
        let import = self.import.get_untracked();
        if matches!(import, Import::Asking(_) | Import::Ready(_)) {
            self.unchanged.set_value(Some((import, self.readings.get_untracked())));
        }
        self.timing.update_value(|timing| {
            if let Some(since) = timing.asking_since.take() {
                timing.asked += clock::performance_now() - since;
            } else {
                // A reading changed after numbers were shown is a new import.
                *timing = Timing { start: clock::performance_now(), source: timing.source, ..Timing::default() };
            }
            timing.then = then;
        });
    }

    /// Goes back to the reading before a change that could not be made, and says why; `false` where
    /// there is none.
    pub(super) fn stays_unchanged(&self, why: &str) -> bool {
        let Some((import, readings)) = self.unchanged.try_update_value(Option::take).flatten() else { return false };
        self.timing.update_value(|timing| {
            timing.asking_since = matches!(import, Import::Asking(_)).then(clock::performance_now);
        });
        #[cfg(feature = "full")]
        self.leave_out_added(readings.len());
        self.readings.set(readings);
        self.import.set(import);
        self.say(format!("{why} What was read before stays as it was."));
        true
    }

    pub(super) fn shows_reading(&self, name: String) {
        self.announcement.set(format!("Reading {name}"));
        self.import.set(Import::Reading { name, progress: Progress::default(), started: clock::performance_now() });
    }

    /// Sends all files to be read. `how` has an entry for each, or is empty to have all proposed.
    pub(super) fn ask(&self, how: Vec<How>, remembered: Vec<Reading>) {
        #[cfg(feature = "full")]
        let how = self.with_those_before(how);
        let source = self.timing.with_value(|t| t.source).unwrap_or(Source::Files);
        let files = if source == Source::Files { self.files.get_value() } else { Vec::new() };
        self.shows_reading(match source {
            Source::Files => PickedFiles(files.clone()).names().join(", "),
            Source::Example => "the example district".into(),
            Source::LaterExample => "the example district, a month later".into(),
        });
        let request = Request { job: 0, today: clock::today(), how, remembered, source };
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.send(request, files);
            }
        });
    }

    /// Stops reading; what was loaded before stays.
    pub fn cancel_import(&self) {
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.cancel();
            }
        });
        if self.stays_unchanged("Reading stopped.") {
            return;
        }
        match self.earlier.get_untracked() {
            Some(earlier) => {
                self.earlier.set(None);
                self.import.set(Import::Ready(earlier));
            }
            None => self.import.set(Import::Empty),
        }
        self.announcement.set("Reading stopped. Nothing was kept.".into());
    }

    /// Reads again with the readings as they now stand.
    pub fn use_reading(&self) {
        let readings = self.readings.get_untracked();
        self.begin_change(Then::Results);
        if let Some((file, label)) = self.in_other_encoding(&readings) {
            let state = *self;
            return leptos::task::spawn_local(async move { state.reopen(readings, file, label).await });
        }
        self.ask(readings.into_iter().map(How::As).collect(), Vec::new());
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Progress(progress) => self.import.update(|import| {
                if let Import::Reading { progress: now, .. } = import {
                    *now = progress;
                }
            }),
            Heard::Failed(failure) => self.failed(failure),
            Heard::NeedsOpening(file) => {
                let state = *self;
                leptos::task::spawn_local(async move { state.look_inside(usize::from(file)).await });
            }
            Heard::Read { outcome, worker_bytes } => {
                // Drawing the numbers is a task of its own, so that none holds the page up for long.
                let state = *self;
                leptos::task::spawn_local(async move {
                    clock::pause(0).await;
                    state.arrived(*outcome, worker_bytes);
                });
            }
        }
    }

    /// Says why a reading came to nothing; what it was to change stays as it was.
    pub(super) fn failed(&self, failure: Failure) {
        if self.stays_unchanged(&format!("{}. {}", failure.title(), failure.hint())) {
            return;
        }
        self.announcement.set(failure.title());
        self.import.set(Import::Failed(failure));
    }

    fn arrived(&self, outcome: Outcome, worker_bytes: u64) {
        document::set_data("worker-bytes", &worker_bytes.to_string());
        self.readings.set(outcome.readings.clone());
        if let Some((file, label)) = self.in_other_encoding(&outcome.readings) {
            let state = *self;
            leptos::task::spawn_local(async move { state.reopen(outcome.readings, file, label).await });
            return;
        }
        let now = clock::performance_now();
        // Questions, and public files of schools, are for the program with every page.
        if !outcome.questions.is_empty() || outcome.again {
            self.timing.update_value(|timing| timing.asking_since = Some(now));
            // Numbers that stood before the question was asked anew stand again where the person cancels.
            self.unchanged
                .update_value(|before| drop(before.take_if(|(import, _)| !matches!(import, Import::Ready(_)))));
            if !outcome.again {
                let n = outcome.questions.len();
                self.announcement.set(format!("{n} questions before any number can be right"));
            }
            self.import.set(Import::Asking(Shared::new(outcome)));
            self.go("#/");
            #[cfg(feature = "full")]
            self.return_to_place();
            return;
        }
        if outcome.dataset.stays.is_empty() && outcome.dataset.published.is_empty() {
            if self.stays_unchanged("No row could be used that way.") {
                return;
            }
            let file = outcome.dataset.files.first().map(|f| f.name.clone()).unwrap_or_default();
            self.import.set(Import::Failed(Failure::NothingUsable { file }));
            return;
        }
        let Timing { start, asked, source, then, .. } = self.timing.get_value();
        self.unchanged.set_value(None);
        self.keep_settings(|settings| settings.remember(&outcome.readings));
        let whose = match source {
            Some(Source::Example | Source::LaterExample) => "Example district".to_string(),
            _ => outcome.dataset.files.iter().map(|f| f.name.clone()).collect::<Vec<_>>().join(", "),
        };
        let rows: u64 = outcome.dataset.files.iter().map(|f| f.rows).sum();
        let loaded = Loaded { outcome, whose, seconds: (now - start - asked) / 1000.0 };
        if then == Then::Results {
            // Where to go first: the page that chooses files has nothing to do with what is ready.
            self.go("#/tiers");
        }
        let loaded = Shared::new(loaded);
        self.import.set(Import::Ready(loaded.clone()));
        #[cfg(not(feature = "full"))]
        leptos::task::spawn_local(self.check_later(loaded));
        document::measure("import", start + asked, clock::performance_now());
        self.announcement.set(format!("{rows} rows read"));
        #[cfg(feature = "full")]
        self.return_to_place();
    }
}

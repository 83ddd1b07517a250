//! Signals and actions. No `view!`, no web-sys: views read the signals and call the actions.

#[cfg(feature = "full")]
mod adding;
#[cfg(feature = "full")]
pub mod analysis;
pub mod handover;
pub mod import;
#[cfg(not(feature = "full"))]
mod late_checks;
mod opening;
#[cfg(feature = "full")]
pub mod plans;
#[cfg(feature = "full")]
mod plans_inbox;
#[cfg(feature = "full")]
mod plans_personal;
#[cfg(feature = "full")]
mod plans_saving;
#[cfg(feature = "full")]
mod reading_edits;
pub mod route;
mod saving;
#[cfg(feature = "full")]
pub mod share;
pub mod shared;
pub mod stamp;
pub mod toast;
#[cfg(feature = "full")]
pub mod workshop;

pub use crate::browser::PickedFiles;
#[cfg(feature = "full")]
pub use analysis::Analysis;
pub use import::{Import, Loaded};
pub use route::{Page, Route};
pub use shared::Shared;

use crate::attendance::{Definition, Summary, summarise};
use crate::browser::opener_client::Opened;
use crate::browser::picked::Handle;
use crate::browser::worker_client::WorkerClient;
use crate::browser::{clock, document, local_store, location};
use crate::charts::Width;
use crate::ingest::problem::Problem;
use crate::ingest::reading::Reading;
use crate::settings::{self, Settings};
#[cfg(feature = "full")]
use crate::trust::checks as checks_of;
#[cfg(not(feature = "full"))]
use crate::trust::checks::first_checks as checks_of;
use leptos::prelude::*;
use std::rc::Rc;

/// Who may be looking at this screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Names can show; never leaves this screen.
    #[default]
    Team,
    /// No names, nothing about fewer than 11 students.
    Share,
}

/// Everything that pages read. Made once, in [`provide`]; copied freely.
#[derive(Clone, Copy)]
pub struct AppState {
    pub import: RwSignal<Import>,
    /// The readings while they are looked at and changed, before they are used.
    pub readings: RwSignal<Vec<Reading>>,
    /// The dataset loaded before the present one, to show who moved.
    pub earlier: RwSignal<Option<Shared<Loaded>>>,
    pub definition: RwSignal<Definition>,
    pub mode: RwSignal<Mode>,
    pub route: RwSignal<Route>,
    /// Width for charts beside the margin.
    pub chart_width: RwSignal<Width>,
    /// Something the person should know, such as storage that is denied.
    pub remark: RwSignal<Option<String>>,
    /// Read out by screen readers when it changes.
    pub announcement: RwSignal<String>,
    pub loaded: Memo<Option<Shared<Loaded>>>,
    pub summary: Memo<Option<Shared<Summary>>>,
    /// What to look at before the numbers are relied on.
    pub checks: Memo<Option<Shared<Vec<Problem>>>>,
    /// The findings of another program, and in what.
    #[cfg(not(feature = "full"))]
    compared: RwSignal<late_checks::Compared>,
    /// What the opener did to each of the chosen files: sheet, encoding.
    pub opened: RwSignal<Vec<Opened>>,
    /// Comparison, its choices, and what a team writes beside it.
    #[cfg(feature = "full")]
    pub analysis: Analysis,
    /// Rises when everything was wiped, so that what lives in memory goes too.
    pub wiped: RwSignal<u32>,
    settings: RwSignal<Settings>,
    /// Kept settings are of a newer version: nothing is written over them.
    read_only: RwSignal<bool>,
    client: StoredValue<Option<Rc<WorkerClient>>, LocalStorage>,
    /// The files that are read: as chosen, or the text that the opener made of them.
    files: StoredValue<Vec<Handle>, LocalStorage>,
    /// The files as chosen, one for each of `files`.
    originals: StoredValue<Vec<Handle>, LocalStorage>,
    /// What stood before the reading was changed, while the change is being read.
    unchanged: StoredValue<Option<(Import, Vec<Reading>)>>,
    /// The readings of the files that others are being added to.
    #[cfg(feature = "full")]
    before: StoredValue<Vec<Reading>>,
    /// The control to return to once a change was read.
    #[cfg(feature = "full")]
    place: StoredValue<Option<String>>,
    timing: StoredValue<import::Timing>,
    /// How many of the pages shown wait for the program with every page.
    #[cfg(not(feature = "full"))]
    waiting_pages: StoredValue<i32>,
}

/// What the document says of the import. Until the program that asks has taken over, nothing is asked.
fn said(import: &Import) -> &'static str {
    match import {
        #[cfg(not(feature = "full"))]
        Import::Asking(_) | Import::Parts { .. } => "reading",
        other => other.key(),
    }
}

/// The state that [`provide`] made.
#[must_use]
pub fn use_state() -> AppState {
    expect_context::<AppState>()
}

/// Makes the state, reads what was kept, and starts the worker.
pub fn provide() -> AppState {
    let import = RwSignal::new(Import::Empty);
    let definition = RwSignal::new(Definition::default());
    let loaded = Memo::new(move |_| import.with(Import::loaded));
    let summary = Memo::new(move |_| {
        loaded.get().map(|loaded| Shared::new(definition.with(|d| summarise(&loaded.outcome.dataset, d))))
    });
    #[cfg(not(feature = "full"))]
    let compared = RwSignal::new(None);
    let checks = Memo::new(move |_| {
        let loaded = loaded.get()?;
        #[cfg(not(feature = "full"))]
        if let Some(checks) = late_checks::of(&loaded, compared) {
            return Some(Shared::new(checks));
        }
        Some(Shared::new(definition.with(|d| checks_of(&loaded.outcome, d))))
    });
    let earlier = RwSignal::new(None);
    let mode = RwSignal::new(Mode::Team);
    let state = AppState {
        import,
        #[cfg(feature = "full")]
        analysis: Analysis::new(loaded, earlier, definition, mode),
        readings: RwSignal::new(Vec::new()),
        earlier,
        definition,
        mode,
        route: RwSignal::new(Route::parse(&location::hash())),
        chart_width: RwSignal::new(chart_width(document::width())),
        remark: RwSignal::new(None),
        announcement: RwSignal::new(String::new()),
        loaded,
        summary,
        checks,
        #[cfg(not(feature = "full"))]
        compared,
        opened: RwSignal::new(Vec::new()),
        wiped: RwSignal::new(0),
        settings: RwSignal::new(Settings::default()),
        read_only: RwSignal::new(false),
        client: StoredValue::new_local(None),
        files: StoredValue::new_local(Vec::new()),
        originals: StoredValue::new_local(Vec::new()),
        unchanged: StoredValue::new(None),
        #[cfg(feature = "full")]
        before: StoredValue::new(Vec::new()),
        #[cfg(feature = "full")]
        place: StoredValue::new(None),
        timing: StoredValue::new(import::Timing::default()),
        #[cfg(not(feature = "full"))]
        waiting_pages: StoredValue::new(0),
    };
    provide_context(state);
    #[cfg(feature = "full")]
    workshop::provide(state);
    state.read_settings();
    #[cfg(feature = "full")]
    state.take_over();
    #[cfg(feature = "full")]
    state.read_notes();
    location::on_change(move |hash| state.route.set(Route::parse(&hash)));
    document::on_resize(move |width| {
        let fitting = chart_width(width);
        if state.chart_width.get_untracked() != fitting {
            state.chart_width.set(fitting);
        }
    });
    // Whoever fills the screen is most often showing it to others.
    document::on_full_screen(move |full| {
        if full {
            state.mode.set(Mode::Share);
        }
    });
    // The effects of this app: the document's state for programs, and settings as they change.
    Effect::new(move |_| document::set_data("import", import.with(said)));
    Effect::new(move |before: Option<Definition>| {
        let now = definition.get();
        // After everything was wiped the usual definition holds again, and nothing is written.
        let is_kept = state.settings.with_untracked(|settings| settings.definition == now);
        if !is_kept && before.is_some_and(|before| before != now) {
            state.keep_settings(|settings| settings.definition = now.clone());
        }
        now
    });
    #[cfg(feature = "full")]
    share::provide(state);
    #[cfg(feature = "full")]
    plans::provide(state);
    state.start_worker();
    state
}

/// The widest chart that fits a window: beside the margin on a wide page, alone on a narrow one.
fn chart_width(window: f64) -> Width {
    let window = window as u32;
    if window >= 1232 {
        Width::WIDE
    } else {
        Width::fitting(window.saturating_sub(if window <= 640 { 32 } else { 96 }))
    }
}

impl AppState {
    pub fn go(&self, hash: &str) {
        // At once, and not when the browser tells: until then the old page would still be shown.
        self.route.set(Route::parse(hash));
        location::go(hash);
    }

    /// Says something to the person that stays until it is dismissed.
    pub fn say(&self, text: impl Into<String>) {
        self.remark.set(Some(text.into()));
    }

    /// Today on this device, as `2026-02-13`.
    #[must_use]
    pub fn today(&self) -> String {
        clock::today().iso()
    }

    #[must_use]
    pub fn is_share(&self) -> bool {
        self.mode.get() == Mode::Share
    }

    fn read_settings(&self) {
        match local_store::read(settings::KEY) {
            Ok(None) => {}
            Ok(Some(text)) => match settings::decode(&text) {
                Ok(kept) => {
                    self.definition.set(kept.definition.clone());
                    self.settings.set(kept);
                }
                Err(error) => {
                    if matches!(error, settings::SettingsError::TooNew { .. }) {
                        self.read_only.set(true);
                    } else {
                        // What could not be read is put aside before anything is written.
                        let _ = local_store::write("settings.unreadable", &text);
                    }
                    self.say(error.message());
                }
            },
            Err(trouble) => self.say(trouble.message()),
        }
    }

    pub(crate) fn keep_settings(&self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        if self.read_only.get_untracked() {
            return;
        }
        if let Err(trouble) = local_store::write(settings::KEY, &self.settings.with_untracked(settings::encode)) {
            self.say(trouble.message());
        }
    }

    /// Remembers readings decided elsewhere, for files with the same header.
    pub fn remember(&self, readings: &[Reading]) {
        self.keep_settings(|settings| settings.remember(readings));
    }

    /// Forgets one remembered reading by its place.
    pub fn forget_reading(&self, at: usize) {
        self.keep_settings(|settings| {
            if at < settings.readings.len() {
                let _ = settings.readings.remove(at);
            }
        });
    }

    /// The same, followed as it changes.
    #[must_use]
    pub fn readings_kept(&self) -> Vec<Reading> {
        self.settings.with(|s| s.readings.clone())
    }

    #[must_use]
    pub fn remembered(&self) -> Vec<Reading> {
        self.settings.with_untracked(|s| s.readings.clone())
    }

    /// Everything this product keeps in the browser: key and size in characters.
    #[must_use]
    pub fn kept(&self) -> Vec<(String, usize)> {
        local_store::keys()
    }

    /// Removes every trace from this browser and says whether it is gone.
    pub fn wipe(&self) {
        self.cancel_import();
        self.earlier.set(None);
        self.import.set(Import::Empty);
        self.settings.set(Settings::default());
        self.definition.set(Definition::default());
        #[cfg(feature = "full")]
        workshop::forget_memory();
        self.wiped.update(|n| *n += 1);
        match local_store::wipe() {
            Ok(left) if left.is_empty() => self.say(
                "Everything that Bright Spots kept in this browser is gone. Files you saved yourself are not touched.",
            ),
            Ok(left) => self.say(format!(
                "These could not be removed: {}. Clear this site’s data in the browser’s settings.",
                left.join(", ")
            )),
            Err(trouble) => self.say(trouble.message()),
        }
    }
}

/// Milliseconds since a moment of the page's own clock.
#[must_use]
pub fn elapsed_ms(since: f64) -> f64 {
    clock::performance_now() - since
}

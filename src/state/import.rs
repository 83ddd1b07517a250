//! Choosing, reading, asking, using: the life of an import.

use super::{AppState, PickedFiles, Shared};
use crate::browser::opener_client::{self, Part};
use crate::browser::worker_client::{Heard, WorkerClient};
use crate::browser::{clock, document};
use crate::ingest::codes::Meaning;
use crate::ingest::import::Failure;
use crate::ingest::reading::{Ask, Layout, Reading};
use crate::ingest::roles::Role;
use crate::ingest::sniff::Dialect;
use crate::ingest::tally::Outcome;
use crate::protocol::{Progress, Request, Source};
use crate::share::results;
#[cfg(feature = "full")]
use crate::trust::checks::findings;
#[cfg(not(feature = "full"))]
use crate::trust::checks::first_findings as findings;
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
    /// The file holds several sheets or files; the person chooses one.
    Parts {
        file: usize,
        name: String,
        parts: Vec<Part>,
        chosen: Option<usize>,
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
        self.opened.set(Vec::new());
        let names = picked.names().join(", ");
        self.files.set_value(picked.0);
        self.begin(names, Source::Files);
    }

    /// Loads the invented district.
    pub fn try_example(&self) {
        self.begin("the example district".into(), Source::Example);
    }

    /// Loads the invented district a month later, so that movement can be seen.
    pub fn try_later_example(&self) {
        self.begin("the example district, a month later".into(), Source::LaterExample);
    }

    /// Reads one file again, cut with other signs: what its columns are is proposed anew.
    pub fn cut_with(&self, file: usize, dialect: Dialect) {
        let readings = self.readings.get_untracked();
        let cut = |(at, reading): (usize, &Reading)| if at == file { dialect } else { reading.dialect };
        let dialects: Vec<Dialect> = readings.iter().enumerate().map(cut).collect();
        let source = self.timing.with_value(|t| t.source).unwrap_or(Source::Files);
        self.timing.set_value(Timing { start: clock::performance_now(), source: Some(source), ..Timing::default() });
        let name = readings.iter().map(|r| r.file.clone()).collect::<Vec<_>>().join(", ");
        self.ask(name, source, Vec::new(), Vec::new(), dialects);
    }

    fn begin(&self, name: String, source: Source) {
        let now = clock::performance_now();
        self.timing.set_value(Timing { start: now, source: Some(source), ..Timing::default() });
        if let Some(loaded) = self.import.get_untracked().loaded() {
            self.earlier.set(Some(loaded));
        }
        self.read(name, source, Vec::new(), self.remembered());
    }

    fn read(&self, name: String, source: Source, readings: Vec<Reading>, remembered: Vec<Reading>) {
        self.ask(name, source, readings, remembered, Vec::new());
    }

    fn ask(
        &self,
        name: String,
        source: Source,
        readings: Vec<Reading>,
        remembered: Vec<Reading>,
        dialects: Vec<Dialect>,
    ) {
        self.announcement.set(format!("Reading {name}"));
        self.import.set(Import::Reading { name, progress: Progress::default(), started: clock::performance_now() });
        let request = Request { job: 0, today: clock::today(), readings, remembered, dialects, source };
        let files = if source == Source::Files { self.files.get_value() } else { Vec::new() };
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
        let source = self.timing.with_value(|t| t.source).unwrap_or(Source::Files);
        self.timing.update_value(|timing| {
            if let Some(since) = timing.asking_since.take() {
                timing.asked += clock::performance_now() - since;
            } else {
                // A reading changed after numbers were shown is a new import.
                *timing = Timing { start: clock::performance_now(), source: timing.source, ..Timing::default() };
            }
        });
        let name = self.readings.with_untracked(|r| r.iter().map(|r| r.file.clone()).collect::<Vec<_>>().join(", "));
        self.read(name, source, self.readings.get_untracked(), Vec::new());
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Progress(progress) => self.import.update(|import| {
                if let Import::Reading { progress: now, .. } = import {
                    *now = progress;
                }
            }),
            Heard::Failed(failure) => {
                self.announcement.set(failure.title());
                self.import.set(Import::Failed(failure));
            }
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

    /// Looks into a workbook, an archive or an old encoding and opens its one part, or asks which.
    async fn look_inside(&self, file: usize) {
        let Some(handle) = self.files.with_value(|f| f.get(file).cloned()) else { return };
        let name = handle.name();
        match opener_client::list(&handle).await {
            Err(why) => self.import.set(Import::Failed(Failure::NotOpened { file: name, why })),
            Ok(parts) => {
                let open: Vec<usize> =
                    (0..parts.len()).filter(|&at| !parts[at].hidden && parts[at].rows != Some(0)).collect();
                match open.as_slice() {
                    [_] | [] if parts.len() <= 1 => self.open_part(file, None).await,
                    [only] => self.open_part(file, Some(*only)).await,
                    _ => {
                        let now = clock::performance_now();
                        self.timing.update_value(|timing| timing.asking_since = Some(now));
                        self.announcement.set(format!("{name} holds {} tables. Which one?", parts.len()));
                        self.import.set(Import::Parts { file, name, parts, chosen: None });
                        self.go("#/");
                    }
                }
            }
        }
    }

    /// Opens the chosen sheet or file.
    pub fn use_part(&self) {
        let Import::Parts { file, name, chosen: Some(part), .. } = self.import.get_untracked() else { return };
        self.timing.update_value(|timing| {
            if let Some(since) = timing.asking_since.take() {
                timing.asked += clock::performance_now() - since;
            }
        });
        self.import.set(Import::Reading { name, progress: Progress::default(), started: clock::performance_now() });
        let state = *self;
        leptos::task::spawn_local(async move { state.open_part(file, Some(part)).await });
    }

    async fn open_part(&self, file: usize, part: Option<usize>) {
        let Some(handle) = self.files.with_value(|f| f.get(file).cloned()) else { return };
        match opener_client::open(&handle, part).await {
            Err(why) => self.import.set(Import::Failed(Failure::NotOpened { file: handle.name(), why })),
            Ok((opened, notes)) => {
                self.files.update_value(|files| files[file] = opened);
                if !notes.is_empty() {
                    let said = format!("{}: {}", handle.name(), notes.join(" "));
                    self.opened.update(|all| all.push(said.clone()));
                    self.say(said);
                }
                self.read(handle.name(), Source::Files, Vec::new(), self.remembered());
            }
        }
    }

    fn arrived(&self, outcome: Outcome, worker_bytes: u64) {
        document::set_data("worker-bytes", &worker_bytes.to_string());
        self.readings.set(outcome.readings.clone());
        let now = clock::performance_now();
        if !outcome.questions.is_empty() {
            self.timing.update_value(|timing| timing.asking_since = Some(now));
            let n = outcome.questions.len();
            self.announcement.set(format!("{n} questions before any number can be right"));
            self.import.set(Import::Asking(Shared::new(outcome)));
            self.go("#/");
            return;
        }
        if outcome.dataset.stays.is_empty() && outcome.dataset.published.is_empty() {
            let file = outcome.dataset.files.first().map(|f| f.name.clone()).unwrap_or_default();
            self.import.set(Import::Failed(Failure::NothingUsable { file }));
            return;
        }
        let Timing { start, asked, source, .. } = self.timing.get_value();
        self.keep_settings(|settings| settings.remember(&outcome.readings));
        let whose = match source {
            Some(Source::Example | Source::LaterExample) => "Example district".to_string(),
            _ => outcome.dataset.files.iter().map(|f| f.name.clone()).collect::<Vec<_>>().join(", "),
        };
        let rows: u64 = outcome.dataset.files.iter().map(|f| f.rows).sum();
        let loaded = Loaded { outcome, whose, seconds: (now - start - asked) / 1000.0 };
        // Where to go first: the page that chooses files has nothing to do with what is ready.
        self.go("#/tiers");
        self.import.set(Import::Ready(Shared::new(loaded)));
        document::measure("import", start + asked, clock::performance_now());
        self.announcement.set(format!("{rows} rows read"));
    }

    /// What is still open before the readings can be used, as they now stand.
    #[must_use]
    pub fn open_questions(&self) -> Vec<(u16, Ask)> {
        let Import::Asking(outcome) = self.import.get() else { return Vec::new() };
        self.readings.with(|readings| {
            let mut open = Vec::new();
            for (file, reading) in readings.iter().enumerate() {
                open.extend(reading.open_columns().into_iter().map(|ask| (file as u16, ask)));
            }
            for question in &outcome.questions {
                let Some(reading) = readings.get(usize::from(question.file)) else { continue };
                let is_open = match &question.kind {
                    Ask::Column(_) | Ask::SameName { .. } => false,
                    // Lists say nothing of absence; a file whose layout is open asks by its columns.
                    Ask::Measure => readings
                        .iter()
                        .all(|r| matches!(r.layout, Layout::Roster | Layout::Calendar | Layout::CodeList)),
                    Ask::Code { code, .. } => !reading.codes.contains_key(code),
                    Ask::Order { .. } => reading.date_order.is_none(),
                    Ask::EnrolledDays => {
                        readings.iter().all(|r| r.days_for_all.is_none())
                            && !reading.has(&Role::DaysEnrolled)
                            && !reading.has(&Role::PercentAbsent)
                            && !reading.has(&Role::PercentPresent)
                            && (!reading.has(&Role::DaysPresent) || !reading.has(&Role::DaysAbsent))
                    }
                    Ask::EveryDay { .. } => reading.every_day.is_none(),
                    Ask::Repeats { .. } => reading.repeats.is_none(),
                    Ask::Ids { .. } => reading.ids.is_none(),
                    Ask::Pick(pick) => reading.answer(pick.topic).is_none(),
                };
                if is_open {
                    open.push((question.file, question.kind.clone()));
                }
            }
            open
        })
    }

    /// Changes one file's reading.
    pub fn edit_reading(&self, file: usize, change: impl FnOnce(&mut Reading)) {
        self.readings.update(|readings| {
            if let Some(reading) = readings.get_mut(file) {
                change(reading);
            }
        });
    }

    /// Gives a column a role; a column that had it loses it, and the layout follows.
    pub fn set_role(&self, file: usize, column: usize, role: Role) {
        self.edit_reading(file, |reading| {
            if role.is_single() {
                for other in reading.columns.iter_mut().filter(|c| c.role == role) {
                    other.role = Role::NotUsed;
                    other.why = String::new();
                }
            }
            if let Some(chosen) = reading.columns.get_mut(column) {
                chosen.role = role;
                chosen.why = "You chose this".into();
                chosen.chosen = true;
            }
            reading.layout = Reading::layout_of(&reading.columns);
        });
    }

    pub fn set_code(&self, file: usize, code: &str, meaning: Meaning) {
        self.edit_reading(file, |reading| {
            let _ = reading.codes.insert(code.into(), meaning);
        });
    }

    /// The results file of the present dataset.
    #[must_use]
    pub fn results_json(&self) -> Option<String> {
        let loaded = self.loaded.get_untracked()?;
        let summary = self.summary.get_untracked()?;
        let definition = self.definition.get_untracked();
        let outcome = &loaded.outcome;
        let mut problems = outcome.problems.clone();
        problems.extend(findings(&outcome.dataset, &definition));
        let results = results::results(&outcome.dataset, &summary, &definition, &problems, &self.today());
        #[cfg(feature = "full")]
        let results = match self.analysis.compared.get_untracked() {
            Some(compared) => results.with_comparison(&compared),
            None => results,
        };
        serde_json::to_string_pretty(&results).ok()
    }

    /// Saves `bright-spots-results.json`. The program of the first load knows no comparison: it
    /// hands over to the one that does, and only where that cannot be fetched saves without.
    pub fn download_results(&self) {
        #[cfg(not(feature = "full"))]
        self.hand_over_for(super::handover::Errand::Download);
        #[cfg(feature = "full")]
        self.save_results();
    }

    pub(super) fn save_results(&self) {
        if let Some(text) = self.results_json() {
            self.save("bright-spots-results.json", "application/json", &text);
        }
    }

    /// Offers a text as a download and says so where the browser refuses.
    pub fn save(&self, name: &str, mime: &str, text: &str) {
        if !crate::browser::download::text(name, mime, text) {
            self.say(format!("The browser did not let the page save {name}. Check its settings for downloads."));
        }
    }

    /// Saves a standing drawing as PNG and says so where the browser cannot.
    pub fn save_picture(&self, name: &str, svg: String) {
        let (state, name) = (*self, name.to_owned());
        leptos::task::spawn_local(async move {
            if !crate::browser::picture::save_png(&name, &svg).await {
                state.say(format!("The browser could not make {name}. Save the picture as SVG instead."));
            }
        });
    }

    /// The list of rows set aside, as CSV.
    pub fn download_set_aside(&self) {
        let import = self.import.get_untracked();
        let list = match &import {
            Import::Asking(outcome) => set_aside_csv(outcome),
            Import::Ready(loaded) => set_aside_csv(&loaded.outcome),
            _ => return,
        };
        self.save("rows-set-aside.csv", "text/csv", &list);
    }
}

fn set_aside_csv(outcome: &Outcome) -> String {
    let rows: Vec<Vec<String>> = outcome
        .set_aside
        .iter()
        .map(|row| {
            let reading = outcome.readings.get(usize::from(row.file));
            let column = reading.and_then(|r| r.columns.get(usize::from(row.column)));
            vec![
                reading.map_or_else(String::new, |r| r.file.clone()),
                row.line.to_string(),
                column.map_or_else(String::new, |c| c.header.clone()),
                row.kind.title().into(),
                row.kind.done().into(),
                row.kind.hint().into(),
            ]
        })
        .collect();
    crate::share::cells::csv(&["File", "Line", "Column", "What is wrong", "What we did", "What to do"], &rows)
}

//! The workshop on this device: which sessions there are, the one that is open, where it stands,
//! and what was collected. Kept as typed under `bright-spots.workshop…`; where the browser keeps
//! nothing, everything lasts until the page is closed, and the page says so.

use super::analysis::told::At;
use super::{AppState, Mode};
use crate::browser::local_store::{self, Trouble};
use crate::browser::{clock, random};
use crate::share::gate::Shown;
use crate::workshop::choices::{self, Chosen};
use crate::workshop::figures::{Audience, Figures, Whom};
use crate::workshop::reset::Copy as Kept;
use crate::workshop::run::View;
use crate::workshop::{FileProblem, Gathering, Language, Run, Session, Value, catalogue, file};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    /// What could not be kept in the browser, for as long as the page is open.
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

const SESSION: &str = "workshop.session.";
const SAVED: &str = "workshop.saved.";
const RUN: &str = "workshop.run.";
const ANSWERS: &str = "workshop.answers.";
/// Choices that wait to become plans, a JSON list of `workshop::choices::Chosen`.
pub const PLANS_INBOX: &str = "plans-inbox";

/// The signals of the workshop. The open session is never missing: it is the first until another
/// is opened.
#[derive(Clone, Copy)]
pub struct Workshop {
    app: AppState,
    pub session: RwSignal<Session>,
    pub kept: RwSignal<Kept>,
    pub run: RwSignal<Run>,
    pub gathering: RwSignal<Gathering>,
    /// Milliseconds since 1970, moving every second.
    pub now: RwSignal<u64>,
    /// Why nothing is kept beyond this page, if so.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Rises when the list of sessions changes.
    pub changed: RwSignal<u32>,
    /// The figures of the loaded data, or of the invented district.
    pub figures: Memo<Figures>,
}

#[must_use]
pub fn use_workshop() -> Workshop {
    expect_context::<Workshop>()
}

/// Makes the workshop's signals and starts its clock.
pub(super) fn provide(app: AppState) {
    let session = catalogue::sessions().into_iter().next().unwrap_or_else(|| empty_session("none"));
    let run = Run::start(&session, View::Participant, Language::English, random::bits128());
    let figures = Memo::new(move |_| match app.loaded.get() {
        Some(loaded) if !loaded.outcome.dataset.stays.is_empty() => app.definition.with(|definition| {
            let dataset = &loaded.outcome.dataset;
            // Others see what the audited export tells, and nothing while there is none.
            let told = app.analysis.told.get();
            let yes = |attribute: usize| {
                let values = dataset.attributes.get(attribute).map(|a| a.values.as_slice()).unwrap_or_default();
                values.iter().position(|value| value == "Yes").map_or(0, |at| at as u8 + 1)
            };
            let tells = |school: usize, whom: Whom| {
                let at = match whom {
                    Whom::All => At::school(school),
                    Whom::With(attribute) => At::school(school).with(attribute, yes(attribute)),
                    Whom::Without(attribute) => At::school(school).without(attribute, yes(attribute)),
                };
                told.as_ref().map_or((Shown::Hidden, Shown::Hidden), |told| told.pair(at))
            };
            Figures::of(dataset, definition, Some(&tells))
        }),
        _ => Figures::invented(),
    });
    let workshop = Workshop {
        app,
        session: RwSignal::new(session),
        kept: RwSignal::new(Kept::BuiltIn),
        run: RwSignal::new(run),
        gathering: RwSignal::new(Gathering::new()),
        now: RwSignal::new(clock::now_ms() as u64),
        trouble: RwSignal::new(None),
        changed: RwSignal::new(0),
        figures,
    };
    provide_context(workshop);
    leptos::task::spawn_local(async move {
        loop {
            clock::pause(1000).await;
            workshop.now.set(clock::now_ms() as u64);
        }
    });
    // A projector in another window follows the facilitator's.
    local_store::on_change(move |key| workshop.follow(&key));
}

/// Forgets what could not be kept in the browser.
pub(super) fn forget_memory() {
    MEMORY.with(|memory| memory.borrow_mut().clear());
}

fn empty_session(id: &str) -> Session {
    Session {
        id: id.to_owned(),
        title: Default::default(),
        summary: Default::default(),
        goals: Vec::new(),
        ground_rules: Vec::new(),
        steps: Vec::new(),
        learn_more: Vec::new(),
        credit: String::new(),
    }
}

/// A session as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub session: Session,
    pub kept: Kept,
    /// The step at which this device stands, counted from 1; `None` before a start.
    pub at: Option<usize>,
}

impl Workshop {
    fn read(&self, key: &str) -> Option<String> {
        let kept = MEMORY.with(|memory| memory.borrow().get(key).cloned());
        kept.or_else(|| local_store::read(key).ok().flatten())
    }

    /// Keeps a text in the browser, or in memory where it cannot be.
    fn keep(&self, key: &str, text: &str) {
        match local_store::write(key, text) {
            Ok(()) => {
                MEMORY.with(|memory| memory.borrow_mut().remove(key));
                if self.trouble.with_untracked(Option::is_some) {
                    self.trouble.set(None);
                }
            }
            Err(trouble) => {
                MEMORY.with(|memory| memory.borrow_mut().insert(key.to_owned(), text.to_owned()));
                if self.trouble.get_untracked() != Some(trouble) {
                    self.trouble.set(Some(trouble));
                }
            }
        }
    }

    fn forget(&self, key: &str) {
        MEMORY.with(|memory| memory.borrow_mut().remove(key));
        // Where nothing can be removed nothing was kept.
        let _ = local_store::remove(key);
    }

    /// The session of this id as it is on this device: changed here, or as it comes with the app.
    fn session_here(&self, id: &str) -> Option<(Session, Kept)> {
        let own = self.read(&format!("{SESSION}{id}")).and_then(|text| file::decode(text.as_bytes()).ok());
        match own {
            Some(session) => {
                let saved = self.read(&format!("{SAVED}{id}")).is_some_and(|text| text == file::encode(&session));
                Some((session, if saved { Kept::SavedAsFile } else { Kept::NotSaved }))
            }
            None => catalogue::session(id).map(|session| (session, Kept::BuiltIn)),
        }
    }

    /// Every session on this device, those of the app first.
    #[must_use]
    pub fn sessions(&self) -> Vec<Listed> {
        let _ = self.changed.get();
        let mut ids: Vec<String> = catalogue::FILES.iter().map(|(id, _)| (*id).to_owned()).collect();
        let mut keys: Vec<String> = local_store::keys().into_iter().map(|(key, _)| key).collect();
        keys.extend(MEMORY.with(|memory| memory.borrow().keys().cloned().collect::<Vec<_>>()));
        for id in keys.iter().filter_map(|key| key.strip_prefix(SESSION)) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids.iter()
            .filter_map(|id| {
                let (session, kept) = self.session_here(id)?;
                let at = self
                    .read(&format!("{RUN}{id}"))
                    .and_then(|text| Run::restore(&session, &text).ok())
                    .map(|run| run.position(&session) + 1);
                Some(Listed { session, kept, at })
            })
            .collect()
    }

    /// Opens a session with what was kept of it; `false` where there is no such session here.
    pub fn open(&self, id: &str) -> bool {
        let Some((session, kept)) = self.session_here(id) else { return false };
        let language = self.run.with_untracked(|run| run.language);
        let run = self.kept_run(&session);
        let gathering = self.kept_answers(&session);
        self.run.set(run.unwrap_or_else(|| Run::start(&session, View::Participant, language, random::bits128())));
        self.gathering.set(gathering);
        self.kept.set(kept);
        self.session.set(session);
        true
    }

    fn kept_run(&self, session: &Session) -> Option<Run> {
        let text = self.read(&format!("{RUN}{}", session.id))?;
        match Run::restore(session, &text) {
            Ok(run) => Some(run),
            Err(problem) => {
                self.app.say(problem.get(Language::English));
                None
            }
        }
    }

    fn kept_answers(&self, session: &Session) -> Gathering {
        let text = self.read(&format!("{ANSWERS}{}", session.id));
        text.and_then(|text| Gathering::restore(session, &text).ok()).unwrap_or_default()
    }

    fn follow(&self, key: &str) {
        let session = self.session.get_untracked();
        if key == format!("{RUN}{}", session.id) {
            if let Some(run) = self.kept_run(&session) {
                self.run.set(run);
            }
        } else if key == format!("{ANSWERS}{}", session.id) {
            self.gathering.set(self.kept_answers(&session));
        } else if key == format!("{SESSION}{}", session.id)
            && let Some((session, kept)) = self.session_here(&session.id)
        {
            self.kept.set(kept);
            self.session.set(session);
        }
    }

    /// Changes where this device stands and keeps it.
    pub fn change(&self, change: impl FnOnce(&mut Run, &Session, u64)) {
        let session = self.session.get_untracked();
        let now = clock::now_ms() as u64;
        self.now.set(now);
        self.run.update(|run| change(run, &session, now));
        self.keep(&format!("{RUN}{}", session.id), &self.run.with_untracked(Run::save));
    }

    pub fn answer(&self, step: &str, field: &str, value: Value) {
        self.change(|run, _, _| run.answer(step, field, value));
    }

    /// Changes what was collected and keeps it.
    pub fn collect<T>(&self, change: impl FnOnce(&mut Gathering, &Session) -> T) -> T {
        let session = self.session.get_untracked();
        let mut gathering = self.gathering.get_untracked();
        let result = change(&mut gathering, &session);
        self.keep(&format!("{ANSWERS}{}", session.id), &gathering.save());
        self.gathering.set(gathering);
        result
    }

    /// Replaces the open session by a changed one, which becomes this device's own version.
    pub fn edit(&self, session: Session) {
        self.keep(&format!("{SESSION}{}", session.id), &file::encode(&session));
        self.kept.set(Kept::NotSaved);
        self.session.set(session);
        self.change(|run, session, _| run.follow(session));
        self.changed.update(|n| *n += 1);
    }

    /// Puts the session back as it comes with the app.
    pub fn as_it_came(&self) {
        let id = self.session.with_untracked(|session| session.id.clone());
        if let Some(session) = catalogue::session(&id) {
            self.forget(&format!("{SESSION}{id}"));
            self.forget(&format!("{SAVED}{id}"));
            self.kept.set(Kept::BuiltIn);
            self.session.set(session);
            self.change(|run, session, _| run.follow(session));
            self.changed.update(|n| *n += 1);
        }
    }

    /// Saves the open session as a file to hand out.
    pub fn save_session(&self) {
        let session = self.session.get_untracked();
        let text = file::encode(&session);
        self.app.save(&session.file_name(), "application/json", &text);
        if self.kept.get_untracked() != Kept::BuiltIn {
            self.keep(&format!("{SAVED}{}", session.id), &text);
            self.kept.set(Kept::SavedAsFile);
        }
    }

    /// Takes in a session file and opens it.
    pub fn load_session(&self, bytes: &[u8]) -> Result<String, FileProblem> {
        let session = file::decode(bytes)?;
        let id = session.id.clone();
        if catalogue::session(&id).as_ref() == Some(&session) {
            self.forget(&format!("{SESSION}{id}"));
        } else {
            let text = file::encode(&session);
            self.keep(&format!("{SESSION}{id}"), &text);
            // It came as a file, so a reset does not lose it.
            self.keep(&format!("{SAVED}{id}"), &text);
        }
        self.changed.update(|n| *n += 1);
        self.open(&id);
        Ok(id)
    }

    /// Removes everything that the open session left on this device.
    pub fn reset(&self) {
        let id = self.session.with_untracked(|session| session.id.clone());
        for part in [SESSION, SAVED, RUN, ANSWERS] {
            self.forget(&format!("{part}{id}"));
        }
        if !self.open(&id) {
            // A session that came as a file is gone with its reset.
            let first = catalogue::FILES[0].0;
            self.open(first);
        }
        self.changed.update(|n| *n += 1);
    }

    /// Hands choices to the plans, each once however often this is done.
    pub fn queue_choices(&self, chosen: &[Chosen]) -> Result<(), String> {
        let waiting = self.read(PLANS_INBOX).unwrap_or_default();
        let text = choices::queue(&waiting, chosen)
            .map_err(|_| "What waits for the plans could not be read; it was left as it is.".to_owned())?;
        self.keep(PLANS_INBOX, &text);
        Ok(())
    }

    /// Who may be looking at this page.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self.app.mode.get() {
            Mode::Team => Audience::Team,
            Mode::Share => Audience::Others,
        }
    }

    #[must_use]
    pub fn language(&self) -> Language {
        self.run.with(|run| run.language)
    }

    #[must_use]
    pub fn value(&self, step: &str, field: &str) -> Option<Value> {
        self.run.with(|run| run.answers.get(step, field).cloned())
    }

    /// The schools that a prediction of loaded or invented data is about.
    #[must_use]
    pub fn schools_to_predict(&self) -> Vec<String> {
        let audience = self.audience();
        self.figures.with(|figures| figures.trio_rows(audience).into_iter().map(|row| row.name).collect())
    }
}

//! What may leave: the export as it would be handed over now, what left earlier, and what others sent.

mod examining;
pub mod hand_over;
pub mod job;
pub mod kept;
pub mod others;
pub mod peers;
mod preparing;
pub mod profile;
pub mod seen;

pub use hand_over::HandedOver;
pub use others::OURS;
pub use seen::Seen;

use super::analysis::told::Told;
use super::{AppState, Loaded, Mode, Page, Route, Shared};
use crate::attendance::{Day, Definition};
use crate::browser::local_store;
use crate::share::audit::Report;
use crate::share::audit::published::Leaks;
use crate::share::exchange::{Exchange, Header};
use crate::share::release::Release;
use job::Wish;
use kept::Kept;
use leptos::prelude::*;

/// How long a slice of work may hold the page, in milliseconds: under one frame.
const SLICE_MS: f64 = 12.0;

/// Where the present export stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    #[default]
    Idle,
    /// Done and all.
    Working(usize, usize),
    Ready(Shared<Offer>),
}

/// An export that was prepared and tried.
#[derive(Debug)]
pub struct Offer {
    pub release: Release,
    pub report: Report,
    /// What is told more coarsely than asked for, in words.
    pub coarser: Vec<String>,
    pub definition: Definition,
    /// First and last day; `None` where the file has no dates and nobody said them yet.
    pub days: Option<(Day, Day)>,
    /// Where an earlier export's numbers are handed out once more.
    pub again: Option<Again>,
    last_day: Day,
}

/// An earlier export that stands for the present one.
#[derive(Clone, Debug)]
pub struct Again {
    /// Why its numbers stay, in a sentence without its full stop.
    pub why: String,
    /// Whose it is, of which days, by which definition, and when it left.
    pub of: Header,
}

/// What an export was prepared from: the same again needs no work.
type Asked = (Shared<Loaded>, Definition, Wish);

#[derive(Clone, Copy)]
pub struct ShareState {
    pub wish: RwSignal<Wish>,
    /// Who shares, as others will read it; empty means the file's own name.
    pub made_by: RwSignal<String>,
    /// First and last day as typed, where the file has no dates.
    pub typed_days: RwSignal<(String, String)>,
    pub stage: RwSignal<Stage>,
    pub exports: RwSignal<Vec<Kept>>,
    /// Why earlier exports could not be read or kept.
    pub trouble: RwSignal<Option<&'static str>>,
    /// Files of others, by name.
    pub others: RwSignal<Vec<(String, Exchange)>>,
    /// Files that could not be used, with the reason.
    pub unread: RwSignal<Vec<String>>,
    pub profiles: RwSignal<profile::Profiles>,
    /// The published file as the attacker found it, and our own numbers tried the same way.
    pub leaks: RwSignal<Option<Shared<Leaks>>>,
    /// How far the search through a published file is; `None` while none runs.
    pub examining: RwSignal<Option<(usize, usize)>>,
    asked: StoredValue<Option<Asked>>,
    epoch: StoredValue<u32>,
    /// The number of the newest search.
    search: StoredValue<u32>,
    read_only: StoredValue<bool>,
}

/// The state that [`provide`] made.
#[must_use]
pub fn use_share() -> ShareState {
    expect_context::<ShareState>()
}

/// Makes the state, reads what left earlier, and keeps an export ready while others may be looking.
pub fn provide(app: AppState) {
    let share = ShareState {
        wish: RwSignal::new(Wish::default()),
        made_by: RwSignal::new(String::new()),
        typed_days: RwSignal::new((String::new(), String::new())),
        stage: RwSignal::new(Stage::Idle),
        exports: RwSignal::new(Vec::new()),
        trouble: RwSignal::new(None),
        others: RwSignal::new(Vec::new()),
        unread: RwSignal::new(Vec::new()),
        profiles: RwSignal::new(profile::Profiles::default()),
        leaks: RwSignal::new(None),
        examining: RwSignal::new(None),
        asked: StoredValue::new(None),
        epoch: StoredValue::new(0),
        search: StoredValue::new(0),
        read_only: StoredValue::new(false),
    };
    provide_context(share);
    share.read_exports();
    share.read_profiles();
    Effect::new(move |_| {
        app.loaded.track();
        app.definition.track();
        share.wish.track();
        if app.mode.get() == Mode::Share {
            share.prepare(app);
        } else {
            // What was prepared of other data, or by another definition, tells nothing of these.
            share.drop_stale(app);
        }
    });
    // Pages look numbers up in the words of the dataset that is loaded; those of another mean nothing.
    Effect::new(move |_| {
        let offer = share.offer().filter(|offer| offer.report.passes());
        let told = app.loaded.get().zip(offer);
        let told = told.map(|(loaded, offer)| {
            let earlier = offer.again.as_ref().map(|again| again.of.clone());
            Shared::new(Told::new(&offer.release, &loaded.outcome.dataset).of_earlier(earlier))
        });
        app.analysis.told.set(told);
    });
}

impl ShareState {
    /// Brings in what this and other tabs kept.
    fn read_exports(&self) {
        match local_store::read(kept::KEY) {
            Ok(None) => {}
            Ok(Some(text)) => match kept::decode(&text) {
                Ok(found) => {
                    let mut all = self.exports.get_untracked();
                    found.into_iter().for_each(|export| kept::add(&mut all, export));
                    if all != self.exports.get_untracked() {
                        self.exports.set(all);
                    }
                }
                Err(error) => {
                    self.read_only.set_value(error == kept::KeptError::TooNew);
                    if error == kept::KeptError::Damaged {
                        // Put aside before anything is written in its place.
                        let _ = local_store::write("exports.unreadable", &text);
                        let _ = local_store::remove(kept::KEY);
                    }
                    self.trouble.set(Some(error.message()));
                }
            },
            Err(trouble) => self.trouble.set(Some(trouble.message())),
        }
    }

    fn write_exports(&self) {
        if self.read_only.get_value() {
            return;
        }
        let text = self.exports.with_untracked(|exports| kept::encode(exports));
        if let Err(trouble) = local_store::write(kept::KEY, &text) {
            self.trouble.set(Some(trouble.message()));
        }
    }

    /// Forgets what left earlier, here and in the browser.
    pub fn forget_exports(&self) {
        self.exports.set(Vec::new());
        let _ = local_store::remove(kept::KEY);
        self.asked.set_value(None);
    }

    /// After everything was wiped: nothing of it stays in this tab either.
    pub fn forget_all(&self) {
        self.forget_exports();
        self.stop();
        self.others.set(Vec::new());
        self.unread.set(Vec::new());
        self.profiles.set(profile::Profiles::default());
        self.stop_examining();
        self.made_by.set(String::new());
        self.trouble.set(None);
    }

    fn read_profiles(&self) {
        let Ok(Some(text)) = local_store::read(profile::KEY) else { return };
        match profile::decode(&text) {
            Some(profiles) => self.profiles.set(profiles),
            // Put aside before anything is written in its place.
            None => {
                let _ = local_store::write("profiles.unreadable", &text);
            }
        }
    }

    /// Changes what a school wrote about its practice, and keeps it.
    pub fn edit_profile(&self, app: AppState, school: &str, change: impl FnOnce(&mut profile::Fields)) {
        self.profiles.update(|profiles| change(profiles.by_school.entry(school.to_owned()).or_default()));
        let text = self.profiles.with_untracked(profile::encode);
        if let Err(trouble) = local_store::write(profile::KEY, &text) {
            app.say(trouble.message());
        }
    }

    #[must_use]
    pub fn offer(&self) -> Option<Shared<Offer>> {
        match self.stage.get() {
            Stage::Ready(offer) => Some(offer),
            Stage::Idle | Stage::Working(..) => None,
        }
    }
}

impl AppState {
    /// The address of a page below Share.
    #[must_use]
    pub fn share_page(below: &str) -> String {
        let below = if below.is_empty() { Vec::new() } else { vec![below.to_owned()] };
        Route { page: Page::Share, below, query: Vec::new() }.hash()
    }
}

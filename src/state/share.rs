//! What may leave: the export as it would be handed over now, what left earlier, and what others sent.

pub mod job;
pub mod kept;
pub mod peers;
pub mod profile;

use super::analysis::told::Told;
use super::{AppState, Loaded, Mode, Page, PickedFiles, Route, Shared};
use crate::attendance::{Dataset, Day, Definition, Grade};
use crate::browser::text_file::{self, Unread};
use crate::browser::{clock, document, local_store};
use crate::share::audit::Report;
use crate::share::audit::published::{Leaks, examine, rows_of, rows_of_release};
use crate::share::exchange::{Exchange, ExchangeError, Header, MOST_BYTES, Merged, merge};
use crate::share::gate::{Rule, Shown, TierClass};
use crate::share::memory::{Remembered, Timing};
use crate::share::prepare::{Prepared, Preparing};
use crate::share::release::Release;
use crate::share::suppress::tables::Tables;
use job::Wish;
use kept::Kept;
use leptos::prelude::*;
use leptos::task::spawn_local;

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
    /// Why the earlier export's numbers are handed out once more.
    pub again: Option<String>,
    made_by: Option<String>,
    last_day: Day,
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
    pub is_examining: RwSignal<bool>,
    asked: StoredValue<Option<Asked>>,
    epoch: StoredValue<u32>,
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
        is_examining: RwSignal::new(false),
        asked: StoredValue::new(None),
        epoch: StoredValue::new(0),
        read_only: StoredValue::new(false),
    };
    provide_context(share);
    share.read_exports();
    share.read_profiles();
    Effect::new(move |_| {
        if app.mode.get() == Mode::Share {
            app.loaded.track();
            app.definition.track();
            share.wish.track();
            share.prepare(app);
        }
    });
    // Pages look numbers up in the words of the dataset that is loaded; those of another mean nothing.
    Effect::new(move |_| {
        let offer = share.offer().filter(|offer| offer.report.passes());
        let told = app.loaded.get().zip(offer);
        let told = told.map(|(loaded, offer)| Shared::new(Told::new(&offer.release, &loaded.outcome.dataset)));
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
        self.leaks.set(None);
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

    /// Nothing to prepare: whatever runs is forgotten.
    fn stop(&self) {
        self.epoch.update_value(|epoch| *epoch += 1);
        self.asked.set_value(None);
        self.stage.set(Stage::Idle);
    }

    /// Prepares and tries the export that the present data, definition and wishes make, a slice at a time.
    pub fn prepare(self, app: AppState) {
        let loaded = app.loaded.get_untracked().filter(|loaded| !loaded.outcome.dataset.stays.is_empty());
        let Some(loaded) = loaded else { return self.stop() };
        self.read_exports();
        let definition = app.definition.get_untracked();
        let wish = self.wish.get_untracked();
        let asked = (loaded.clone(), definition.clone(), wish.clone());
        if self.asked.get_value().as_ref() == Some(&asked) {
            return;
        }
        self.asked.set_value(Some(asked));
        let epoch = self.epoch.get_value() + 1;
        self.epoch.set_value(epoch);
        self.stage.set(Stage::Working(0, 0));
        spawn_local(async move {
            let start = clock::performance_now();
            clock::pause(0).await;
            let dataset = &loaded.outcome.dataset;
            let counted = job::counted(dataset, &definition, &wish);
            clock::pause(0).await;
            let mut tables = Tables::of_all(&dataset.schools, &counted);
            for attribute in job::attributes(dataset, &wish) {
                clock::pause(0).await;
                tables.add(&counted, attribute, wish.rule);
            }
            clock::pause(0).await;
            let Some(offer) = self.work(epoch, dataset, definition, &wish, tables).await else { return };
            document::measure("prepare-export", start, clock::performance_now());
            app.announcement.set(offer.report.sentence());
            self.stage.set(Stage::Ready(Shared::new(offer)));
        });
    }

    /// `None` once something else was asked for.
    async fn work(
        self,
        epoch: u32,
        dataset: &Dataset,
        definition: Definition,
        wish: &Wish,
        tables: Tables,
    ) -> Option<Offer> {
        let days = dataset.dates;
        let last_day = days.map_or_else(clock::today, |(_, last)| last);
        let earlier = self.exports.get_untracked();
        let remembered: Vec<Remembered> = earlier.iter().map(|k| k.remembered.clone()).collect();
        let since = |from: Day| job::school_days(&dataset.calendar, from, last_day);
        let mut preparing = match Preparing::new(tables, wish.rule, &remembered, last_day, &since) {
            Ok(preparing) => preparing,
            Err(timing) => {
                let Timing::KeepFirst { earlier: at, .. } = timing else { return None };
                return earlier.get(at).map(|first| Offer {
                    release: first.remembered.release.clone(),
                    report: first.report.clone(),
                    coarser: Vec::new(),
                    definition: first.remembered.definition.clone(),
                    days: Some((first.first_day, first.remembered.last_day)),
                    again: Some(timing.sentence()),
                    made_by: Some(first.made_by.clone()),
                    last_day: first.remembered.last_day,
                });
            }
        };
        loop {
            let began = clock::performance_now();
            let mut more = true;
            while more && clock::performance_now() - began < SLICE_MS {
                more = preparing.step();
            }
            let (done, all) = preparing.progress();
            self.stage.set(Stage::Working(done, all));
            clock::pause(0).await;
            if self.epoch.get_value() != epoch {
                return None;
            }
            if !more {
                break;
            }
        }
        let Prepared { release, report, coarser } = preparing.finish();
        if self.epoch.get_value() != epoch {
            return None;
        }
        Some(Offer { release, report, coarser, definition, days, again: None, made_by: None, last_day })
    }

    /// What Share mode may show on a screen: the numbers of the export that passed its audit, and no others.
    /// A screen that hid other cells than the export, or counted otherwise, could be laid over it, and the
    /// difference would tell what both hide. `None` until it is ready, or where it did not pass.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        let offer = self.offer().filter(|offer| offer.report.passes())?;
        Seen::of(&offer.release)
    }

    /// The days that the offer covers, as the file or the person said them.
    #[must_use]
    pub fn days(&self, offer: &Offer) -> Option<(Day, Day)> {
        offer.days.or_else(|| {
            let (first, last) = self.typed_days.get();
            let (first, last) = (Day::parse_iso(&first)?, Day::parse_iso(&last)?);
            (first <= last).then_some((first, last))
        })
    }

    /// The header of the file that would be handed over; `None` while its days are not known.
    #[must_use]
    pub fn header(&self, app: AppState, offer: &Offer) -> Option<Header> {
        let (first_day, last_day) = self.days(offer)?;
        let typed = self.made_by.get();
        let whose = || app.loaded.get().map(|loaded| loaded.whose.clone()).unwrap_or_default();
        let made_by = match (&offer.made_by, typed.trim().is_empty()) {
            (Some(first), _) => first.clone(),
            (None, true) => whose(),
            (None, false) => typed.trim().to_owned(),
        };
        let definition = offer.definition.clone();
        Some(Header { made_by, made_on: clock::today(), first_day, last_day, definition })
    }

    /// The file that others can open; `None` while it may not leave.
    #[must_use]
    pub fn exchange(&self, app: AppState) -> Option<Exchange> {
        let offer = self.offer()?;
        job::exchange(&offer.release, &offer.report, self.header(app, &offer)?).ok()
    }

    /// Remembers that these numbers left. Whatever is handed over passes here first.
    pub fn remember(&self, app: AppState) {
        let Some(offer) = untrack(|| self.offer()) else { return };
        let Some(header) = untrack(|| self.header(app, &offer)) else { return };
        self.read_exports();
        let remembered = Remembered {
            made_on: header.made_on,
            // Without dates in the file, the day of the export is what later ones are measured from.
            last_day: if offer.days.is_some() { header.last_day } else { offer.last_day },
            definition: header.definition,
            release: offer.release.clone(),
        };
        let new =
            Kept { remembered, report: offer.report.clone(), first_day: header.first_day, made_by: header.made_by };
        self.exports.update(|exports| kept::add(exports, new));
        self.write_exports();
    }

    /// Hands over the groups or the exchange file, remembered first.
    pub fn hand_over(&self, app: AppState, what: HandedOver) {
        let Some(file) = untrack(|| self.exchange(app)) else { return };
        self.remember(app);
        let day = file.header.last_day.iso();
        match what {
            HandedOver::Csv => {
                let text = job::csv(&job::group_table(&file));
                app.save(&format!("bright-spots-tables-{day}.csv"), "text/csv", &text);
            }
            HandedOver::Json => {
                let text = job::json(&job::group_table(&file));
                app.save(&format!("bright-spots-tables-{day}.json"), "application/json", &text);
            }
            HandedOver::Exchange => {
                app.save(&format!("bright-spots-exchange-{day}.json"), "application/json", &file.to_json());
            }
            HandedOver::Print => document::print(),
        }
    }

    /// Reads exchange files of others. What cannot be used is listed with the reason.
    pub fn open_others(self, app: AppState, files: PickedFiles) {
        spawn_local(async move {
            // Put together once at the end: hundreds of files are one change of the page.
            let (mut read, mut unread) = (Vec::new(), Vec::new());
            let mut began = clock::performance_now();
            for file in files.0 {
                let name = file.name();
                let exchange = match text_file::read(&file, MOST_BYTES).await {
                    Ok(text) => Exchange::parse(&text).map_err(|error| error.to_string()),
                    Err(Unread::TooLarge { bytes }) => Err(ExchangeError::TooLarge { bytes }.to_string()),
                    Err(Unread::Gone) => Err("It could not be opened".to_owned()),
                };
                match exchange {
                    Ok(exchange) => read.push((name, exchange)),
                    Err(why) => unread.push(format!("“{name}” is left out: {why}")),
                }
                if clock::performance_now() - began > SLICE_MS {
                    clock::pause(0).await;
                    began = clock::performance_now();
                }
            }
            self.unread.update(|all| all.extend(unread));
            self.others.update(|all| all.extend(read));
            let n = self.others.with_untracked(Vec::len);
            app.announcement.set(format!("{n} exchange files are open"));
        });
    }

    /// Our own numbers and those of others, side by side.
    #[must_use]
    pub fn merged(&self, app: AppState) -> Merged {
        let ours = self.exchange(app);
        let header = ours.as_ref().map(|file| file.header.clone());
        let mut files: Vec<(String, Exchange)> = ours.map(|file| (OURS.to_owned(), file)).into_iter().collect();
        files.extend(self.others.get());
        let mut merged = merge(files, header.as_ref());
        merged.refused.splice(0..0, self.unread.get());
        merged
    }

    /// Tries to recalculate the hidden numbers of the published file that is loaded.
    pub fn examine_published(self, app: AppState) {
        let Some(loaded) = app.loaded.get_untracked() else { return };
        self.is_examining.set(true);
        self.leaks.set(None);
        spawn_local(async move {
            // The words that say so are on the screen first.
            clock::pause(60).await;
            let dataset = &loaded.outcome.dataset;
            let names: Vec<String> = dataset.schools.iter().map(|school| school.name.clone()).collect();
            let leaks = examine(&rows_of(&dataset.published, &names));
            app.announcement.set(leaks.sentence());
            self.leaks.set(Some(Shared::new(leaks)));
            self.is_examining.set(false);
        });
    }

    /// Tries our own export as if someone else had published it.
    pub fn examine_own(self, app: AppState) {
        let Some(offer) = untrack(|| self.offer()) else { return };
        self.is_examining.set(true);
        self.leaks.set(None);
        spawn_local(async move {
            clock::pause(60).await;
            let leaks = examine(&rows_of_release(&offer.release, ""));
            app.announcement.set(leaks.sentence());
            self.leaks.set(Some(Shared::new(leaks)));
            self.is_examining.set(false);
        });
    }
}

/// Students and chronically absent students, as others may see them.
pub type ShownPair = (Shown<u32>, Shown<u32>);

/// The sums of an export that a screen shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub rule: Rule,
    /// All schools together; who attended two counts in both.
    pub all: ShownPair,
    /// In the order of the dataset.
    pub schools: Vec<(String, ShownPair)>,
    /// Empty where grades are not told.
    pub grades: Vec<(Grade, ShownPair)>,
    /// Merged tiers of all; empty where none are told.
    pub tiers: Vec<TierClass>,
}

impl Seen {
    /// `None` where the release holds no table.
    #[must_use]
    pub fn of(release: &Release) -> Option<Seen> {
        let sheet = release.sheets.first()?;
        let (total, last) = (release.places.total_row(), sheet.n_cols.checked_sub(1)?);
        let at = |row: usize, col: usize| -> Option<ShownPair> {
            let cell = row * sheet.n_cols + col;
            Some((*sheet.students.get(cell)?, *sheet.chronic.get(cell)?))
        };
        let schools = release.places.schools.iter().enumerate();
        let schools = schools.filter_map(|(row, school)| Some((school.name.clone(), at(row, last)?))).collect();
        let by_school = job::is_by_school(release);
        let grades = release.grades.iter().enumerate().filter(|_| !by_school);
        let grades = grades.filter_map(|(col, grade)| Some((*grade, at(total, col)?))).collect();
        let tiers = release.tiers.get(total).cloned().unwrap_or_default();
        Some(Seen { rule: release.rule, all: at(total, last)?, schools, grades, tiers })
    }
}

/// What our own numbers are called among the files of others.
pub const OURS: &str = "our own numbers";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    Csv,
    Json,
    Exchange,
    Print,
}

impl AppState {
    /// The address of a page below Share.
    #[must_use]
    pub fn share_page(below: &str) -> String {
        let below = if below.is_empty() { Vec::new() } else { vec![below.to_owned()] };
        Route { page: Page::Share, below, query: Vec::new() }.hash()
    }
}

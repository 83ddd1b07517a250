//! Preparing the export that the present data, definition and wishes make, a slice at a time.

use super::{Again, Asked, Offer, SLICE_MS, ShareState, Stage, job, job::Wish};
use crate::attendance::{Dataset, Day, Definition};
use crate::browser::{clock, document};
use crate::share::memory::{Remembered, Timing};
use crate::share::prepare::{Prepared, Preparing};
use crate::share::suppress::tables::Tables;
use crate::state::{AppState, Shared};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl ShareState {
    /// Nothing to prepare: whatever runs is forgotten.
    pub(super) fn stop(&self) {
        self.epoch.update_value(|epoch| *epoch += 1);
        self.asked.set_value(None);
        self.stage.set(Stage::Idle);
    }

    /// Prepares and tries the export that the present data, definition and wishes make, a slice at a time.
    pub fn prepare(self, app: AppState) {
        let Some(asked) = self.present(app) else { return self.stop() };
        self.read_exports();
        if self.asked.get_value().as_ref() == Some(&asked) {
            return;
        }
        let (loaded, definition, wish) = asked.clone();
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
            // What was prepared is drawn in a task of its own.
            clock::pause(0).await;
            if self.epoch.get_value() != epoch {
                return;
            }
            document::measure("prepare-export", start, clock::performance_now());
            app.announcement.set(offer.report.sentence());
            self.stage.set(Stage::Ready(Shared::new(offer)));
        });
    }

    fn present(self, app: AppState) -> Option<Asked> {
        let loaded = app.loaded.get_untracked().filter(|loaded| !loaded.outcome.dataset.stays.is_empty())?;
        Some((loaded, app.definition.get_untracked(), self.wish.get_untracked()))
    }

    /// Forgets what was prepared of other data than those that are loaded, or by another definition.
    pub(super) fn drop_stale(&self, app: AppState) {
        let before = self.asked.get_value();
        if before.is_some() && before != self.present(app) {
            self.stop();
        }
    }

    /// The export of what is loaded, prepared first where it is not yet; `None` where there is nothing to prepare.
    pub async fn prepared(self, app: AppState) -> Option<Shared<Offer>> {
        self.prepare(app);
        loop {
            match self.stage.get_untracked() {
                Stage::Ready(offer) => return Some(offer),
                Stage::Idle => return None,
                Stage::Working(..) => clock::pause(SLICE_MS as i32).await,
            }
        }
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
                    again: Some(Again { why: timing.sentence(), of: first.header() }),
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
        Some(Offer { release, report, coarser, definition, days, again: None, last_day })
    }
}

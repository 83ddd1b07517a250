//! The attacker at work on a published file, a slice at a time.

use super::{SLICE_MS, ShareState};
use crate::browser::{clock, document};
use crate::share::audit::published::{Examining, PublishedRow, rows_of, rows_of_release};
use crate::state::{AppState, Shared};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows taken up at once.
const ROWS_AT_ONCE: usize = 500;

impl ShareState {
    /// Tries to recalculate the hidden numbers of the published file that is loaded.
    pub fn examine_published(self, app: AppState) {
        let Some(loaded) = app.loaded.get_untracked() else { return };
        let names: Vec<String> = loaded.outcome.dataset.schools.iter().map(|school| school.name.clone()).collect();
        let n = loaded.outcome.dataset.published.len();
        let portion = move |from: usize| {
            let to = n.min(from + ROWS_AT_ONCE);
            rows_of(&loaded.outcome.dataset.published[from..to], &names)
        };
        self.examine(app, portion);
    }

    /// Tries our own export as if someone else had published it.
    pub fn examine_own(self, app: AppState) {
        let Some(offer) = untrack(|| self.offer()) else { return };
        self.examine(app, move |from| if from == 0 { rows_of_release(&offer.release, "") } else { Vec::new() });
    }

    /// Stops a search: what it would find belongs to a file that is no longer looked at.
    pub fn stop_examining(&self) {
        self.search.update_value(|search| *search += 1);
        self.examining.set(None);
        self.leaks.set(None);
    }

    /// `portion` gives the next rows from a position on, none at the end.
    fn examine(self, app: AppState, portion: impl Fn(usize) -> Vec<PublishedRow> + 'static) {
        self.stop_examining();
        let search = self.search.get_value();
        self.examining.set(Some((0, 1_000)));
        spawn_local(async move {
            let start = clock::performance_now();
            let mut examining = Examining::default();
            let (mut taken, mut is_reading, mut more) = (0, true, true);
            while more {
                // The words that say so are on the screen first.
                clock::pause(0).await;
                if self.search.get_value() != search {
                    return;
                }
                let began = clock::performance_now();
                while more && clock::performance_now() - began < SLICE_MS {
                    if is_reading {
                        let rows = portion(taken);
                        rows.iter().for_each(|row| examining.add(row));
                        taken += rows.len();
                        is_reading = rows.len() >= ROWS_AT_ONCE;
                    } else {
                        more = examining.step();
                    }
                }
                let progress = Some(examining.progress());
                if self.examining.get_untracked() != progress {
                    self.examining.set(progress);
                }
            }
            let leaks = examining.finish();
            clock::pause(0).await;
            if self.search.get_value() != search {
                return;
            }
            document::measure("examine", start, clock::performance_now());
            app.announcement.set(leaks.sentence());
            self.leaks.set(Some(Shared::new(leaks)));
            self.examining.set(None);
        });
    }
}

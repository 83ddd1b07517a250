//! Handing over: the header, the file, and the memory of what left.

use super::{Offer, ShareState, job, kept, kept::Kept};
use crate::attendance::Day;
use crate::browser::{clock, document};
use crate::share::exchange::{Exchange, Header};
use crate::share::memory::Remembered;
use crate::state::{AppState, stamp};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    Csv,
    Json,
    Exchange,
    Print,
}

impl ShareState {
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
        let made_by = match (&offer.again, typed.trim().is_empty()) {
            (Some(again), _) => again.of.made_by.clone(),
            (None, true) => whose(),
            (None, false) => typed.trim().to_owned(),
        };
        let definition = offer.definition.clone();
        Some(Header { made_by, made_on: clock::today(), first_day, last_day, definition })
    }

    /// The stamp of what would be handed over; `None` while its days are not known.
    #[must_use]
    pub fn stamp(&self, app: AppState) -> Option<String> {
        let offer = self.offer()?;
        Some(match &offer.again {
            Some(again) => stamp::of_earlier(&again.of),
            None => stamp::of_header(&self.header(app, &offer)?),
        })
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
}

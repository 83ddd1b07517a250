//! The line that stands under every number: whose data, which days, which definition.

#[cfg(feature = "full")]
use super::AppState;
use super::Loaded;
use crate::attendance::Definition;
#[cfg(feature = "full")]
use crate::share::exchange::Header;
use crate::trust::published;
use crate::ui::format;
#[cfg(feature = "full")]
use leptos::prelude::*;

/// Whose data, dates, definition and minimum, each as shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StampWords {
    pub whose: String,
    pub count: String,
    pub dates: String,
    pub definition: String,
    pub minimum: String,
}

#[must_use]
pub fn words(loaded: &Loaded, definition: &Definition) -> StampWords {
    let data = &loaded.outcome.dataset;
    let n = data.schools.len();
    let published = published::is_published(data);
    let dates = data.dates.map(|(from, to)| format!("{from} – {to}")).unwrap_or_default();
    StampWords {
        whose: loaded.whose.clone(),
        count: if n == 1 { "1 school".into() } else { format!("{} schools", format::count(n as u64)) },
        dates,
        definition: if published { "Chronic as the publisher counts it".into() } else { definition.sentence() },
        minimum: if published {
            String::new()
        } else {
            format!("{}: {}", definition.preset.label(), definition.minimum_words().to_lowercase())
        },
    }
}

/// The same in one sentence, for a chart's foot.
#[must_use]
pub fn sentence(loaded: &Loaded, definition: &Definition) -> String {
    let w = words(loaded, definition);
    let dates = if w.dates.is_empty() { String::new() } else { format!(", {}", w.dates) };
    if published::is_published(&loaded.outcome.dataset) {
        return format!("{}{dates}. Numbers as published.", w.whose);
    }
    line(&w.whose, &dates, definition)
}

/// `Example district, 2 Sep 2025 – 13 Feb 2026. Federal definition, 10 % or more.`; `dates` begin with their comma.
fn line(whose: &str, dates: &str, definition: &Definition) -> String {
    let bound = if definition.inclusive { "or more" } else { "exceeded" };
    format!("{whose}{dates}. {} definition, {} % {bound}.", definition.preset.label(), definition.percent())
}

/// The same of numbers that leave: as the file that is handed over says it.
#[cfg(feature = "full")]
#[must_use]
pub fn of_header(header: &Header) -> String {
    line(&header.made_by, &format!(", {} – {}", header.first_day, header.last_day), &header.definition)
}

/// Of an earlier export whose numbers are handed out once more. Whatever has been chosen or loaded since, its
/// numbers are by its own definition and of its own days.
#[cfg(feature = "full")]
#[must_use]
pub fn of_earlier(earlier: &Header) -> String {
    format!("{} These are the numbers shared on {}.", of_header(earlier), earlier.made_on)
}

/// The line below the masthead where an earlier export's numbers stand on the page.
#[cfg(feature = "full")]
#[must_use]
pub fn words_of_earlier(earlier: &Header) -> StampWords {
    let definition = &earlier.definition;
    StampWords {
        whose: earlier.made_by.clone(),
        count: String::new(),
        dates: format!("{} – {}", earlier.first_day, earlier.last_day),
        definition: definition.sentence(),
        minimum: format!(
            "{}: {}. Numbers shared on {}",
            definition.preset.label(),
            definition.minimum_words().to_lowercase(),
            earlier.made_on
        ),
    }
}

/// The stamp of what is made for other eyes in either mode: the export's numbers with their own definition and days.
#[cfg(feature = "full")]
#[must_use]
pub fn for_others(state: &AppState) -> String {
    let earlier = state.analysis.told.with(|told| told.as_ref().and_then(|told| told.earlier().map(of_earlier)));
    let present = || state.loaded.get().map(|l| state.definition.with(|d| sentence(&l, d))).unwrap_or_default();
    earlier.unwrap_or_else(present)
}

//! The line that stands under every number: whose data, which days, which definition.

use super::Loaded;
use crate::attendance::Definition;
use crate::trust::published;

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
        count: if n == 1 { "1 school".into() } else { format!("{n} schools") },
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
    let bound = if definition.inclusive { "or more" } else { "exceeded" };
    format!("{}{dates}. {} definition, {} % {bound}.", w.whose, definition.preset.label(), definition.percent())
}

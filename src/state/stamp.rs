//! The line that stands under every number: whose data, which days, which definition.

use super::Loaded;
use crate::attendance::Definition;

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
    let dates = data.dates.map(|(from, to)| format!("{from} – {to}")).unwrap_or_default();
    let minimum = definition.minimum.as_f64();
    StampWords {
        whose: loaded.whose.clone(),
        count: if n == 1 { "1 school".into() } else { format!("{n} schools") },
        dates,
        definition: definition.sentence(),
        minimum: format!("At least {minimum} days enrolled"),
    }
}

/// The same in one sentence, for a chart's foot.
#[must_use]
pub fn sentence(loaded: &Loaded, definition: &Definition) -> String {
    let w = words(loaded, definition);
    let dates = if w.dates.is_empty() { String::new() } else { format!(", {}", w.dates) };
    let bound = if definition.inclusive { "or more" } else { "exceeded" };
    format!("{}{dates}. {} definition, {} % {bound}.", w.whose, definition.preset.label(), definition.percent())
}

//! What can be saved of a reading: results, rows set aside, any text or picture.

use super::{AppState, Import};
use crate::ingest::tally::Outcome;
use crate::share::results;
#[cfg(feature = "full")]
use crate::trust::checks::findings;
#[cfg(not(feature = "full"))]
use crate::trust::checks::first_findings as findings;
use leptos::prelude::*;

impl AppState {
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

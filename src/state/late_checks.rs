//! The checks that compare grades, weekdays and days with one another: the small program of the first
//! visit has them made by another, once the numbers stand.

use super::import::Loaded;
use super::{AppState, Shared};
use crate::browser::{checker, clock, handover};
use crate::ingest::problem::Problem;
use crate::trust::checks::with_findings;
use leptos::prelude::*;

/// The findings, and in what.
pub type Compared = Option<(Shared<Loaded>, Vec<Problem>)>;

/// All checks of what is loaded, where the findings are those of the same.
pub fn of(loaded: &Shared<Loaded>, compared: RwSignal<Compared>) -> Option<Vec<Problem>> {
    compared.with(|compared| {
        let (of, findings) = compared.as_ref()?;
        (of == loaded).then(|| with_findings(&loaded.outcome, findings.clone()))
    })
}

/// First the numbers are drawn and read.
const FIRST_THE_NUMBERS_MS: i32 = 500;

impl AppState {
    pub(super) async fn check_later(self, loaded: Shared<Loaded>) {
        clock::pause(FIRST_THE_NUMBERS_MS).await;
        if handover::is_retired() {
            return;
        }
        let is_still_there = self.loaded.with_untracked(|now| now.as_ref() == Some(&loaded));
        let outcome = self.client.with_value(|client| client.as_ref()?.take_outcome());
        if let Some(outcome) = outcome.filter(|_| is_still_there) {
            let compared = self.compared;
            let definition = self.definition.get_untracked();
            checker::ask(&definition, outcome, move |found| compared.set(Some((loaded.clone(), found))));
        }
    }
}

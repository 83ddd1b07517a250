//! Further files beside those that stand: a list of students, a calendar, a list of codes, another month.

use super::import::Then;
use super::{AppState, Import, PickedFiles};
use crate::browser::opener_client::Opened;
use crate::ingest::import::How;
use crate::ingest::reading::Reading;
use crate::protocol::Source;
use leptos::prelude::*;

impl AppState {
    /// Whether files stand that others can be read together with.
    #[must_use]
    pub fn can_add_files(&self) -> bool {
        self.import.with(|import| matches!(import, Import::Asking(_) | Import::Ready(_)))
            && self.timing.with_value(|timing| timing.source == Some(Source::Files))
    }

    /// Reads further files together with those that stand. What was decided of these holds; where the
    /// reading fails, they stay alone.
    pub fn add_files(&self, picked: PickedFiles) {
        if picked.is_empty() {
            return;
        }
        self.begin_change(Then::Results);
        self.before.set_value(self.readings.get_untracked());
        self.opened.update(|all| all.resize(all.len() + picked.len(), Opened::default()));
        self.originals.update_value(|all| all.extend(picked.0.iter().cloned()));
        self.files.update_value(|all| all.extend(picked.0));
        self.ask(Vec::new(), self.remembered());
    }

    /// Leaves out what was added to the first `n` files.
    pub(super) fn leave_out_added(&self, n: usize) {
        self.before.set_value(Vec::new());
        self.opened.update(|all| all.truncate(n));
        self.originals.update_value(|all| all.truncate(n));
        self.files.update_value(|all| all.truncate(n));
    }

    /// How the files that stood before others were added are read again: as they were, but for what the
    /// others say of them. Those after them are proposed.
    pub(super) fn with_those_before(&self, how: Vec<How>) -> Vec<How> {
        if !how.is_empty() {
            return how;
        }
        let again = |before: &Reading| How::Again { dialect: Some(before.dialect), before: before.clone() };
        self.before.with_value(|all| all.iter().map(again).collect())
    }
}

//! Undo for the last changes. An undo is itself a change with its own version, so that another
//! copy of the document learns of it instead of bringing the old content back.

use super::document::{Content, Document, Id, Item, Stamp};
use std::collections::VecDeque;

/// How many changes are kept.
pub const KEPT: usize = 50;

/// The last changes, newest last. Lives in memory only.
#[derive(Clone, Debug)]
pub struct History<B> {
    past: VecDeque<Past<B>>,
}

/// One change: for each item what was there before, and what the change left.
#[derive(Clone, Debug)]
struct Past<B> {
    label: String,
    items: Vec<(Id, Option<Item<B>>, Item<B>)>,
}

/// What an undo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    pub label: String,
    /// Items that somebody changed since, so that taking them back would lose newer work.
    pub left_alone: Vec<Id>,
}

impl<B> Default for History<B> {
    fn default() -> Self {
        History { past: VecDeque::new() }
    }
}

impl<B: Content> History<B> {
    /// The label of the change that [`History::undo`] would take back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&str> {
        self.past.back().map(|past| past.label.as_str())
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.past.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.past.is_empty()
    }

    /// Forgets everything: after a wipe, nothing of what was wiped may come back.
    pub fn clear(&mut self) {
        self.past.clear();
    }

    pub(super) fn remember(&mut self, label: String, before: Vec<(Id, Option<Item<B>>)>, now: &Document<B>) {
        if before.is_empty() {
            return;
        }
        let items = before
            .into_iter()
            .filter_map(|(id, was)| now.items.get(&id).cloned().map(|item| (id, was, item)))
            .collect();
        self.past.push_back(Past { label, items });
        if self.past.len() > KEPT {
            let _ = self.past.pop_front();
        }
    }

    /// Takes the newest change back. An item that was changed since, by a merge or another tab,
    /// is left alone and named.
    pub fn undo(&mut self, document: &mut Document<B>, stamp: &Stamp) -> Option<Undone> {
        let past = self.past.pop_back()?;
        let mut left_alone = Vec::new();
        for (id, before, left) in past.items.into_iter().rev() {
            let is_ours = document.items.get(&id).is_some_and(|i| i.body == left.body && i.links == left.links);
            if !is_ours {
                left_alone.push(id);
                continue;
            }
            let (links, body) = before.map_or((Vec::new(), None), |item| (item.links, item.body));
            let _ = document.set(&id, links, body, stamp);
        }
        Some(Undone { label: past.label, left_alone })
    }
}

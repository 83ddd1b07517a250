//! A document is a set of items with links both ways. Every item carries a version vector, so
//! that two copies can tell whether one contains the other, whatever their clocks said.

use super::history::History;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The name of an item or a row. Made by the caller, who has the randomness.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub String);

impl From<&str> for Id {
    fn from(text: &str) -> Id {
        Id(text.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Id {
        Id(text)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Milliseconds since 1970-01-01 UTC, as the device's clock said. For showing only: order is told
/// by [`Versions`], because clocks move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// Who makes a change, and when. `actor` is one per open tab, never shared by two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub actor: String,
    pub at: Moment,
}

/// How many changes of each actor an item contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions(pub BTreeMap<String, u32>);

/// How two copies of an item relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Same,
    /// The first contains every change of the second, and more.
    Newer,
    Older,
    /// Each holds a change that the other has not seen.
    Apart,
}

impl Versions {
    #[must_use]
    pub fn relation(&self, other: &Versions) -> Relation {
        let covers = |a: &Versions, b: &Versions| b.0.iter().all(|(actor, n)| a.0.get(actor).is_some_and(|m| m >= n));
        match (covers(self, other), covers(other, self)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Newer,
            (false, true) => Relation::Older,
            (false, false) => Relation::Apart,
        }
    }

    /// Everything that either has seen.
    #[must_use]
    pub fn joined(&self, other: &Versions) -> Versions {
        let mut all = self.clone();
        for (actor, n) in &other.0 {
            let here = all.0.entry(actor.clone()).or_default();
            *here = (*here).max(*n);
        }
        all
    }

    pub fn step(&mut self, actor: &str) {
        *self.0.entry(actor.to_owned()).or_default() += 1;
    }
}

/// What an item can be tied to besides the rows inside it. A student is never among these: ties
/// to students live in the personal document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    Item(Id),
    /// A school, by its name in the loaded data.
    School(String),
    /// A condition, by its key in the loaded data.
    Condition(String),
    /// A grade, as shown.
    Grade(String),
    /// A pattern or another finding of the pages, by its stable name.
    Finding(String),
}

/// One item. `body` is `None` once it was removed: the mark stays, so that a merge knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<B> {
    pub versions: Versions,
    pub changed: Moment,
    pub links: Vec<Link>,
    pub body: Option<B>,
}

impl<B> Default for Item<B> {
    fn default() -> Self {
        Item { versions: Versions::default(), changed: Moment::default(), links: Vec::new(), body: None }
    }
}

/// What a kind of content must offer to live in a document.
pub trait Content: Clone + PartialEq {
    /// Ids that this content names in its own fields; they count as links.
    fn references(&self) -> Vec<Id>;
}

/// A workspace or a personal part: see [`super::Workspace`] and [`super::Personal`].
#[derive(Clone, Debug, PartialEq)]
pub struct Document<B> {
    /// Tells one workspace from another, so that merging two different ones can be named.
    pub id: Id,
    pub items: BTreeMap<Id, Item<B>>,
}

impl<B> Default for Document<B> {
    fn default() -> Self {
        Document { id: Id::default(), items: BTreeMap::new() }
    }
}

/// One thing that the person did, which can be undone as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<B> {
    /// Shown beside "Undo": `Started the test`.
    pub label: String,
    pub edits: Vec<Edit<B>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Edit<B> {
    Put { id: Id, links: Vec<Link>, body: B },
    Remove { id: Id },
}

impl<B> Change<B> {
    #[must_use]
    pub fn put(label: &str, id: Id, links: Vec<Link>, body: B) -> Change<B> {
        Change { label: label.to_owned(), edits: vec![Edit::Put { id, links, body }] }
    }

    #[must_use]
    pub fn remove(label: &str, id: Id) -> Change<B> {
        Change { label: label.to_owned(), edits: vec![Edit::Remove { id }] }
    }

    #[must_use]
    pub fn and(mut self, mut other: Change<B>) -> Change<B> {
        self.edits.append(&mut other.edits);
        self
    }
}

impl<B: Content> Document<B> {
    #[must_use]
    pub fn new(id: Id) -> Document<B> {
        Document { id, items: BTreeMap::new() }
    }

    /// The content of an item that is there and not removed.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&B> {
        self.items.get(id)?.body.as_ref()
    }

    #[must_use]
    pub fn links(&self, id: &Id) -> &[Link] {
        self.items.get(id).map_or(&[], |item| &item.links)
    }

    /// Every item that is there, in the order of ids.
    pub fn live(&self) -> impl Iterator<Item = (&Id, &B)> {
        self.items.iter().filter_map(|(id, item)| item.body.as_ref().map(|body| (id, body)))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live().next().is_none()
    }

    /// How many changes this document contains: for "changes since the last backup", which must
    /// not depend on a clock.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.items.values().flat_map(|item| item.versions.0.values()).map(|n| u64::from(*n)).sum()
    }

    /// Changes the document and remembers how to undo it. Does nothing for an edit that would
    /// leave an item as it is.
    pub fn apply(&mut self, change: Change<B>, stamp: &Stamp, history: &mut History<B>) {
        let mut undo = Vec::new();
        for edit in change.edits {
            let (id, links, body) = match edit {
                Edit::Put { id, links, body } => (id, links, Some(body)),
                Edit::Remove { id } => (id, Vec::new(), None),
            };
            let item = self.items.get(&id);
            let unchanged = match item {
                Some(item) => item.body == body && (item.links == links || body.is_none()),
                None => body.is_none(),
            };
            if !unchanged {
                undo.push((id.clone(), self.set(&id, links, body, stamp)));
            }
        }
        history.remember(change.label, undo, self);
    }

    /// Puts new content in place of an item's, and returns what was there.
    pub(super) fn set(&mut self, id: &Id, links: Vec<Link>, body: Option<B>, stamp: &Stamp) -> Option<Item<B>> {
        let before = self.items.get(id).cloned();
        let item = self.items.entry(id.clone()).or_default();
        item.versions.step(&stamp.actor);
        item.changed = stamp.at;
        item.links = links;
        item.body = body;
        before
    }

    /// Every live item that points at `target`: the way back of a link.
    #[must_use]
    pub fn pointing_at(&self, target: &Link) -> Vec<Id> {
        let item = match target {
            Link::Item(id) => Some(id),
            _ => None,
        };
        self.items
            .iter()
            .filter(|(_, it)| {
                it.body.as_ref().is_some_and(|body| {
                    it.links.contains(target) || item.is_some_and(|id| body.references().contains(id))
                })
            })
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Every live item tied to this one, in either direction, once.
    #[must_use]
    pub fn around(&self, id: &Id) -> Vec<Id> {
        let mut all: BTreeSet<Id> = self.pointing_at(&Link::Item(id.clone())).into_iter().collect();
        for link in self.links(id) {
            if let Link::Item(other) = link {
                all.insert(other.clone());
            }
        }
        if let Some(body) = self.get(id) {
            all.extend(body.references());
        }
        all.remove(id);
        all.into_iter().filter(|other| self.get(other).is_some()).collect()
    }

    /// Ties two items; the tie is stored once and seen from both.
    #[must_use]
    pub fn tie(&self, from: &Id, to: Link) -> Option<Change<B>> {
        let body = self.get(from)?.clone();
        let mut links = self.links(from).to_vec();
        if !links.contains(&to) {
            links.push(to);
        }
        Some(Change::put("Linked", from.clone(), links, body))
    }

    /// Takes a tie away, whichever of the two held it.
    #[must_use]
    pub fn untie(&self, one: &Id, other: &Link) -> Option<Change<B>> {
        let mut change = Change { label: "Unlinked".to_owned(), edits: Vec::new() };
        let mut drop_link = |id: &Id, link: &Link| {
            if let (Some(body), true) = (self.get(id), self.links(id).contains(link)) {
                let links = self.links(id).iter().filter(|l| *l != link).cloned().collect();
                change.edits.push(Edit::Put { id: id.clone(), links, body: body.clone() });
            }
        };
        drop_link(one, other);
        if let Link::Item(id) = other {
            drop_link(id, &Link::Item(one.clone()));
        }
        (!change.edits.is_empty()).then_some(change)
    }
}

//! A cursor points at a part of an item, reads it as a signal and writes it as a change that can be
//! undone.

use super::super::kinds::{Kind, Listed};
use crate::plans::{Body, Id, PersonalBody};
use crate::state::plans::Plans;
use leptos::prelude::*;
use std::sync::Arc;

type Read<V> = Arc<dyn Fn() -> Option<V> + Send + Sync>;
type Put<V> = Arc<dyn Fn(&mut V, String) + Send + Sync>;
type Write<V> = Arc<dyn Fn(&str, &mut dyn FnMut(&mut V)) + Send + Sync>;

/// A place inside an item.
pub struct Cursor<V> {
    pub plans: Plans,
    pub(super) read: Read<V>,
    pub(super) write: Write<V>,
}

impl<V> Clone for Cursor<V> {
    fn clone(&self) -> Self {
        Cursor { plans: self.plans, read: Arc::clone(&self.read), write: Arc::clone(&self.write) }
    }
}

/// A cursor at an item of the workspace.
#[must_use]
pub fn item<V: Kind<Whole = Body>>(plans: Plans, id: &Id) -> Cursor<V> {
    let (at, place) = (id.clone(), id.clone());
    let memo = Memo::new(move |_| plans.workspace.with(|w| w.get(&at).and_then(V::of).cloned()));
    Cursor {
        plans,
        read: Arc::new(move || memo.try_get().flatten()),
        write: Arc::new(move |label, change| {
            plans.edit(&place, label, |body| {
                if let Some(value) = V::of_mut(body) {
                    change(value);
                }
            });
        }),
    }
}

/// A cursor at an item of the personal part.
#[must_use]
pub fn person<V: Kind<Whole = PersonalBody>>(plans: Plans, id: &Id) -> Cursor<V> {
    let (at, place) = (id.clone(), id.clone());
    let memo = Memo::new(move |_| plans.personal.with(|p| p.get(&at).and_then(V::of).cloned()));
    Cursor {
        plans,
        read: Arc::new(move || memo.try_get().flatten()),
        write: Arc::new(move |label, change| {
            plans.edit_personal(&place, label, |body| {
                if let Some(value) = V::of_mut(body) {
                    change(value);
                }
            });
        }),
    }
}

/// Where a field lies inside its item.
pub type At<V, X> = fn(&mut V) -> &mut X;

impl<V: Clone + PartialEq + Send + Sync + 'static> Cursor<V> {
    /// What stands there now; tracked.
    #[must_use]
    pub fn now(&self) -> Option<V> {
        (self.read)()
    }

    pub fn change(&self, label: &str, change: impl FnOnce(&mut V)) {
        let mut change = Some(change);
        (self.write)(label, &mut |value| {
            if let Some(change) = change.take() {
                change(value);
            }
        });
    }

    /// One value made from what stands there.
    #[must_use]
    pub fn value<X: PartialEq + Clone + Default + Send + Sync + 'static>(
        &self,
        get: impl Fn(&mut V) -> X + Send + Sync + 'static,
    ) -> Signal<X> {
        let read = Arc::clone(&self.read);
        Memo::new(move |_| read().map(|mut v| get(&mut v)).unwrap_or_default()).into()
    }

    #[must_use]
    pub fn zoom<W: Clone + 'static>(&self, at: At<V, W>) -> Cursor<W> {
        let (read, write) = (Arc::clone(&self.read), Arc::clone(&self.write));
        Cursor {
            plans: self.plans,
            read: Arc::new(move || read().map(|mut v| at(&mut v).clone())),
            write: Arc::new(move |label, change| write(label, &mut |v| change(at(v)))),
        }
    }

    /// A row of a list, by its id.
    #[must_use]
    pub fn row<R: Listed>(&self, at: At<V, Vec<R>>, id: &Id) -> Cursor<R> {
        let (read, write) = (Arc::clone(&self.read), Arc::clone(&self.write));
        let (to_read, to_write) = (id.clone(), id.clone());
        Cursor {
            plans: self.plans,
            read: Arc::new(move || read().and_then(|mut v| at(&mut v).iter().find(|r| *r.id() == to_read).cloned())),
            write: Arc::new(move |label, change| {
                write(label, &mut |v| {
                    if let Some(row) = at(v).iter_mut().find(|r| *r.id() == to_write) {
                        change(row);
                    }
                });
            }),
        }
    }

    #[must_use]
    pub fn now_untracked(&self) -> Option<V> {
        untrack(|| (self.read)())
    }

    pub(super) fn writer(
        &self,
        label: &str,
        set: impl Fn(&mut V, String) + Send + Sync + 'static,
    ) -> Arc<dyn Fn(String) + Send + Sync> {
        let write = Arc::clone(&self.write);
        let label = format!("Changed: {}", label.to_lowercase());
        let set: Put<V> = Arc::new(set);
        Arc::new(move |text: String| {
            let mut text = Some(text);
            write(&label, &mut |v| {
                if let Some(text) = text.take() {
                    set(v, text);
                }
            });
        })
    }
}

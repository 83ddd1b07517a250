//! Lists in a form: a form for each row, a way to add and a way to take away.

use super::cursor::{At, Cursor};
use super::group;
use crate::plans::Id;
use crate::plans::model::{Note, Step, Tick};
use crate::ui::components::{Button, ButtonSize};
use crate::ui::pages::plans::kinds::Listed;
use leptos::prelude::*;

impl<V: Clone + PartialEq + Send + Sync + 'static> Cursor<V> {
    /// A list with a form for each row, a way to add and a way to take away.
    #[must_use]
    pub fn list<R: Listed>(
        &self,
        title: &str,
        add: &str,
        at: At<V, Vec<R>>,
        form: impl Fn(Cursor<R>) -> AnyView + Clone + Send + Sync + 'static,
    ) -> AnyView {
        let ids = self.value(move |v| at(v).iter().map(|r| r.id().clone()).collect::<Vec<Id>>());
        let (here, adding) = (self.clone(), self.clone());
        let (name, add_label, add_words) = (title.to_owned(), format!("Added: {add}"), add.to_owned());
        let removed = format!("Removed from {}", title.to_lowercase());
        let row = move |id: Id| {
            let cursor = here.row(at, &id);
            let (here, removed) = (here.clone(), removed.clone());
            let position = move || ids.with(|ids| ids.iter().position(|other| *other == id).map_or(0, |n| n + 1));
            let label = {
                let position = position.clone();
                move || format!("Remove row {}", position())
            };
            let remove = {
                let cursor = cursor.clone();
                move |_| {
                    if let Some(row) = cursor.now_untracked() {
                        here.change(&removed, |v| at(v).retain(|r| r.id() != row.id()));
                        here.plans.offer_undo(&removed);
                    }
                }
            };
            view! {
                <li class="rows__row">
                    <div class="rows__fields">{form(cursor)}</div>
                    <button type="button" class="link rows__remove no-print" aria-label=label on:click=remove>"Remove"</button>
                </li>
            }
        };
        let add = move |()| {
            let mut fresh = R::default();
            fresh.set_id(adding.plans.new_id());
            adding.change(&add_label, |v| at(v).push(fresh));
        };
        view! {
            <div class="rows">
                <h3 class="rows__title">{name}</h3>
                <ol class="rows__list"><For each=move || ids.get() key=|id| id.clone() children=row /></ol>
                <Button size=ButtonSize::Small on_click=add>{add_words}</Button>
            </div>
        }
        .into_any()
    }

    /// Lines of text.
    #[must_use]
    pub fn notes(&self, title: &str, add: &str, label: &str, at: At<V, Vec<Note>>) -> AnyView {
        let label = label.to_owned();
        self.list(title, add, at, move |row: Cursor<Note>| row.text(&label, "", |n| &mut n.text))
    }

    /// Who does what by when.
    #[must_use]
    pub fn steps(&self, title: &str, add: &str, at: At<V, Vec<Step>>) -> AnyView {
        self.list(title, add, at, |row: Cursor<Step>| {
            group(vec![
                row.text("What", "", |s| &mut s.what),
                row.who("Who", "", |s| &mut s.who),
                row.day("By", "", |s| &mut s.by),
                row.text("Or when", "", |s| &mut s.when),
                row.done("Done", |s| &mut s.done),
            ])
        })
    }

    /// Lines that can be ticked.
    #[must_use]
    pub fn ticks(&self, title: &str, add: &str, at: At<V, Vec<Tick>>) -> AnyView {
        self.list(title, add, at, |row: Cursor<Tick>| {
            group(vec![row.text("Step", "", |t| &mut t.what), row.done("Done", |t| &mut t.done)])
        })
    }
}

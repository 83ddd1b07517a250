//! Forms over items: a cursor points at a part of an item, reads it as a signal and writes it as a
//! change that can be undone. Typing is saved after a short pause, and at once on leaving a field.

use super::kinds::{Kind, Listed};
use crate::attendance::Day;
use crate::browser::clock;
use crate::plans::model::{Note, Step, Tick, Who};
use crate::plans::{Body, Id, PersonalBody};
use crate::state::plans::Plans;
use crate::ui::components::{
    Button, ButtonSize, CheckList, Choice, Field, FieldKind, LinkButton, SelectField, TextArea,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::{Arc, Mutex};

type Read<V> = Arc<dyn Fn() -> Option<V> + Send + Sync>;
type Put<V> = Arc<dyn Fn(&mut V, String) + Send + Sync>;
type Write<V> = Arc<dyn Fn(&str, &mut dyn FnMut(&mut V)) + Send + Sync>;

/// A place inside an item.
pub struct Cursor<V> {
    pub plans: Plans,
    read: Read<V>,
    write: Write<V>,
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

    /// One line of text.
    #[must_use]
    pub fn text(&self, label: &str, hint: &str, at: At<V, String>) -> AnyView {
        typed(
            label,
            hint,
            Look::Line,
            self.value(move |v| at(v).clone()),
            self.writer(label, move |v, text| *at(v) = text),
        )
    }

    /// Several lines of text.
    #[must_use]
    pub fn area(&self, label: &str, hint: &str, at: At<V, String>) -> AnyView {
        typed(
            label,
            hint,
            Look::Area,
            self.value(move |v| at(v).clone()),
            self.writer(label, move |v, text| *at(v) = text),
        )
    }

    /// A day.
    #[must_use]
    pub fn day(&self, label: &str, hint: &str, at: At<V, Option<Day>>) -> AnyView {
        let value = self.value(move |v| at(v).map(Day::iso).unwrap_or_default());
        typed(label, hint, Look::Day, value, self.writer(label, move |v, text| *at(v) = Day::parse_iso(&text)))
    }

    /// A whole number, or nothing.
    #[must_use]
    pub fn number(&self, label: &str, hint: &str, at: At<V, Option<u32>>) -> AnyView {
        let value = self.value(move |v| at(v).map(|n| n.to_string()).unwrap_or_default());
        let write = self.writer(label, move |v, text| *at(v) = text.trim().parse().ok());
        typed(label, hint, Look::Number, value, write)
    }

    /// A whole number that is always there.
    #[must_use]
    pub fn count(&self, label: &str, at: At<V, u32>) -> AnyView {
        let value = self.value(move |v| at(v).to_string());
        let write = self.writer(label, move |v, text| {
            if let Ok(n) = text.trim().parse() {
                *at(v) = n;
            }
        });
        typed(label, "", Look::Number, value, write)
    }

    /// A person by role or initials.
    #[must_use]
    pub fn who(&self, label: &str, hint: &str, at: At<V, Who>) -> AnyView {
        let value = self.value(move |v| at(v).label.clone());
        typed(label, hint, Look::Line, value, self.writer(label, move |v, text| at(v).label = text))
    }

    /// Several people, by role or initials, with commas between.
    #[must_use]
    pub fn people(&self, label: &str, hint: &str, at: At<V, Vec<Who>>) -> AnyView {
        let value = self.value(move |v| at(v).iter().map(|w| w.label.clone()).collect::<Vec<_>>().join(", "));
        let write = self.writer(label, move |v, text| {
            let known = at(v).clone();
            *at(v) = text
                .split(',')
                .map(str::trim)
                .filter(|t| !t.is_empty())
                .map(|t| known.iter().find(|w| w.label == t).cloned().unwrap_or_else(|| Who::from(t)))
                .collect();
        });
        typed(label, hint, Look::Line, value, write)
    }

    /// One of several answers, each with its name in code.
    #[must_use]
    pub fn pick<X: PartialEq + Copy + Send + Sync + 'static>(
        &self,
        label: &str,
        hint: &str,
        answers: Vec<(X, String)>,
        at: At<V, X>,
    ) -> AnyView {
        let choices: Vec<Choice> =
            answers.iter().enumerate().map(|(n, (_, words))| Choice::new(n.to_string(), words.clone())).collect();
        let values: Arc<Vec<X>> = Arc::new(answers.into_iter().map(|(x, _)| x).collect());
        let known = Arc::clone(&values);
        let value = self.value(move |v| {
            let now = *at(v);
            known.iter().position(|x| *x == now).map(|n| n.to_string()).unwrap_or_default()
        });
        let write = self.writer(label, move |v, text| {
            if let Some(x) = text.parse::<usize>().ok().and_then(|n| values.get(n)) {
                *at(v) = *x;
            }
        });
        let on_change = Callback::new(move |text: String| write(text));
        let (label, hint) = (label.to_owned(), hint.to_owned());
        view! { <SelectField label hint choices value on_change /> }.into_any()
    }

    /// One of several words, such as the key of a list.
    #[must_use]
    pub fn key(&self, label: &str, hint: &str, choices: Vec<Choice>, at: At<V, String>) -> AnyView {
        let value = self.value(move |v| at(v).clone());
        let write = self.writer(label, move |v, text| *at(v) = text);
        let on_change = Callback::new(move |text: String| write(text));
        let (label, hint) = (label.to_owned(), hint.to_owned());
        view! { <SelectField label hint choices value on_change /> }.into_any()
    }

    /// A box that, ticked, holds today.
    #[must_use]
    pub fn done(&self, label: &str, at: At<V, Option<Day>>) -> AnyView {
        let ticked = self.value(move |v| at(v).is_some());
        let when = self.value(move |v| at(v).map(|d| d.to_string()).unwrap_or_default());
        let here = self.clone();
        let words = label.to_owned();
        let name = label.to_owned();
        view! {
            <label class="check plans-done">
                <input
                    type="checkbox"
                    prop:checked=move || ticked.get()
                    on:change=move |event| {
                        let day = event_target_checked(&event).then(|| here.plans.today());
                        here.change(&name, |v| *at(v) = day);
                    }
                />
                {words} " " <span class="quiet">{move || when.get()}</span>
            </label>
        }
        .into_any()
    }

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

    #[must_use]
    pub fn now_untracked(&self) -> Option<V> {
        untrack(|| (self.read)())
    }

    fn writer(
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

/// Fields side by side where there is room.
#[must_use]
pub fn group(fields: Vec<AnyView>) -> AnyView {
    view! { <div class="plans-fields">{fields}</div> }.into_any()
}

/// Fields one below the other.
#[must_use]
pub fn stack(fields: Vec<AnyView>) -> AnyView {
    view! { <div class="stack">{fields}</div> }.into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Line,
    Area,
    Day,
    Number,
}

/// How long a pause in typing is.
const PAUSE_MS: i32 = 350;

fn typed(
    label: &str,
    hint: &str,
    look: Look,
    value: Signal<String>,
    commit: Arc<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    // The newest text that was typed and is not written yet, with how often something was typed.
    let waiting: Arc<Mutex<(u32, Option<String>)>> = Arc::default();
    let flush = {
        let (waiting, commit) = (Arc::clone(&waiting), commit);
        move |only: Option<u32>| {
            let text =
                waiting.lock().ok().and_then(|mut w| if only.is_none_or(|n| n == w.0) { w.1.take() } else { None });
            if let Some(text) = text {
                commit(text);
            }
        }
    };
    let leaving = flush.clone();
    on_cleanup(move || leaving(None));
    let on_input = {
        let (waiting, flush) = (Arc::clone(&waiting), flush.clone());
        Callback::new(move |text: String| {
            let Ok(mut now) = waiting.lock() else { return };
            now.0 += 1;
            now.1 = Some(text);
            let (mine, flush) = (now.0, flush.clone());
            spawn_local(async move {
                clock::pause(PAUSE_MS).await;
                flush(Some(mine));
            });
        })
    };
    let on_change = Callback::new(move |text: String| {
        if let Ok(mut now) = waiting.lock() {
            now.0 += 1;
            now.1 = Some(text);
        }
        flush(None);
    });
    let (label, hint) = (label.to_owned(), hint.to_owned());
    match look {
        Look::Area => view! { <TextArea label hint value on_input on_change /> }.into_any(),
        Look::Line => view! { <Field label hint value on_input on_change /> }.into_any(),
        Look::Number => view! { <Field label hint value on_input on_change kind=FieldKind::Whole /> }.into_any(),
        Look::Day => view! { <Field label hint value on_change kind=FieldKind::Date /> }.into_any(),
    }
}

/// A small deed inside a sentence.
#[must_use]
pub fn deed(words: &str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    let words = words.to_owned();
    view! { <LinkButton on_click=move |()| act()>{words}</LinkButton> }.into_any()
}

impl<V: Clone + PartialEq + Send + Sync + 'static> Cursor<V> {
    /// Several words with commas between.
    #[must_use]
    pub fn words(&self, label: &str, hint: &str, at: At<V, Vec<String>>) -> AnyView {
        let value = self.value(move |v| at(v).join(", "));
        let write = self.writer(label, move |v, text| {
            *at(v) = text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect();
        });
        typed(label, hint, Look::Line, value, write)
    }

    /// Several of a few answers, each with a box.
    #[must_use]
    pub fn several<X: PartialEq + Clone + Send + Sync + 'static>(
        &self,
        label: &str,
        answers: Vec<(X, String)>,
        at: At<V, Vec<X>>,
    ) -> AnyView {
        let choices: Vec<Choice> =
            answers.iter().enumerate().map(|(n, (_, words))| Choice::new(n.to_string(), words.clone())).collect();
        let values: Arc<Vec<X>> = Arc::new(answers.into_iter().map(|(x, _)| x).collect());
        let known = Arc::clone(&values);
        let chosen = self.value(move |v| {
            let now = at(v).clone();
            known.iter().enumerate().filter(|(_, x)| now.contains(x)).map(|(n, _)| n.to_string()).collect::<Vec<_>>()
        });
        let here = self.clone();
        let name = format!("Changed: {}", label.to_lowercase());
        let toggle = move |(key, ticked): (String, bool)| {
            let Some(x) = key.parse::<usize>().ok().and_then(|n| values.get(n).cloned()) else { return };
            here.change(&name, |v| {
                let list = at(v);
                list.retain(|other| *other != x);
                if ticked {
                    list.push(x);
                }
            });
        };
        let legend = label.to_owned();
        view! { <div class="plans-several"><CheckList legend choices chosen on_toggle=toggle /></div> }.into_any()
    }
}

/// Several lines of text that are read and written by hand.
#[must_use]
pub fn free_area(label: &str, hint: &str, value: Signal<String>, put: Arc<dyn Fn(String) + Send + Sync>) -> AnyView {
    typed(label, hint, Look::Area, value, put)
}

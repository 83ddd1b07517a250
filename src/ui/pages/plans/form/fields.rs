//! The fields of a form. Typing is saved after a short pause, and at once on leaving a field.

use super::cursor::{At, Cursor};
use crate::attendance::Day;
use crate::browser::clock;
use crate::plans::model::Who;
use crate::ui::components::{CheckList, Choice, Field, FieldKind, SelectField, TextArea};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::{Arc, Mutex};

impl<V: Clone + PartialEq + Send + Sync + 'static> Cursor<V> {
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

/// Several lines of text that are read and written by hand.
#[must_use]
pub fn free_area(label: &str, hint: &str, value: Signal<String>, put: Arc<dyn Fn(String) + Send + Sync>) -> AnyView {
    typed(label, hint, Look::Area, value, put)
}

//! Buttons. A disabled one always has its reason beside it.

use super::ids;
use crate::browser::focus::focus_element;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do next; one per view.
    Go,
    #[default]
    Plain,
    /// Takes something away.
    Removes,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 44 px high.
    #[default]
    Normal,
    /// 32 px high, inside a row.
    Small,
}

/// Why a button cannot be pressed yet, and where to put that right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub text: String,
    /// A link's words and the id of the element that it takes the person to.
    pub go_to: Option<(String, String)>,
}

impl From<&str> for Reason {
    fn from(text: &str) -> Reason {
        Reason { text: text.to_owned(), go_to: None }
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Reason {
        Reason { text, go_to: None }
    }
}

/// A button. While `disabled_because` holds a reason it is disabled and the reason stands beside it.
#[component]
pub fn Button(
    #[prop(into)] on_click: Callback<()>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional, into)] disabled_because: Signal<Option<Reason>>,
    #[prop(optional, into)] id: Option<String>,
    children: Children,
) -> impl IntoView {
    let reason_id = ids::unique("reason");
    let described_by = {
        let reason_id = reason_id.clone();
        move || disabled_because.with(Option::is_some).then(|| reason_id.clone())
    };
    let reason = move || {
        disabled_because.get().map(|reason| {
            let link = reason.go_to.map(|(words, element)| {
                view! {
                    " "
                    <button type="button" class="link" on:click=move |_| focus_element(&element)>{words}</button>
                }
            });
            view! { <span class="button-with-reason__reason" id=reason_id.clone()>{reason.text}{link}</span> }
        })
    };
    view! {
        <span class="button-with-reason">
            <button
                type="button"
                id=id
                class=class_of(kind, size)
                disabled=move || disabled_because.with(Option::is_some)
                aria-describedby=described_by
                on:click=move |_| on_click.run(())
            >
                {children()}
            </button>
            {reason}
        </span>
    }
}

/// A link that looks like a button, for going to another page.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    children: Children,
) -> impl IntoView {
    view! { <a class=class_of(kind, size) href=move || href.get()>{children()}</a> }
}

/// A button that looks like a link, for a small deed inside a sentence.
#[component]
pub fn LinkButton(#[prop(into)] on_click: Callback<()>, children: Children) -> impl IntoView {
    view! { <button type="button" class="link" on:click=move |_| on_click.run(())>{children()}</button> }
}

fn class_of(kind: ButtonKind, size: ButtonSize) -> &'static str {
    match (kind, size) {
        (ButtonKind::Go, ButtonSize::Normal) => "button button--go",
        (ButtonKind::Go, ButtonSize::Small) => "button button--go button--small",
        (ButtonKind::Plain, ButtonSize::Normal) => "button",
        (ButtonKind::Plain, ButtonSize::Small) => "button button--small",
        (ButtonKind::Removes, ButtonSize::Normal) => "button button--removes",
        (ButtonKind::Removes, ButtonSize::Small) => "button button--removes button--small",
    }
}

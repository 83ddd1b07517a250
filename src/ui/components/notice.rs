//! A notice: a question, a problem, something done, or a remark. Told apart by edge, ground and words.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// The person must decide something.
    Question,
    /// Something could not be done; says what to do instead. Read out at once.
    Problem,
    Done,
    /// Good to know.
    #[default]
    Remark,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            NoticeKind::Question => "notice notice--question",
            NoticeKind::Problem => "notice notice--problem",
            NoticeKind::Done => "notice notice--done",
            NoticeKind::Remark => "notice notice--remark",
        }
    }

    const fn role(self) -> Option<&'static str> {
        match self {
            NoticeKind::Problem => Some("alert"),
            NoticeKind::Done => Some("status"),
            NoticeKind::Question | NoticeKind::Remark => None,
        }
    }
}

/// `children` are the words below the title; `actions` the buttons below them.
#[component]
pub fn Notice(
    #[prop(optional, into)] title: Signal<String>,
    #[prop(optional)] kind: NoticeKind,
    #[prop(optional, into)] actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <Show when=move || title.with(|title| !title.is_empty())>
                <p class="notice__title">{move || title.get()}</p>
            </Show>
            <div class="notice__text">{children()}</div>
            {actions.map(|actions| view! { <div class="notice__actions">{actions.run()}</div> })}
        </div>
    }
}

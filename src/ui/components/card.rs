//! A card on the board: what it is, where it came from, who has it, and when it is due.

use leptos::prelude::*;

/// What a card says, already in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardFace {
    /// `Test, cycle 2`
    pub kind: String,
    pub title: String,
    pub href: String,
    /// `From: reason, disengagement`
    pub from: String,
    /// `J. Okafor`, `open`
    pub who: String,
    pub due: String,
    pub lateness: Lateness,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lateness {
    #[default]
    OnTime,
    /// Ended, stale or past its day: the due words are bold and in the warning colour.
    Late,
}

/// `children` are the ways to move it: a small select or buttons, so that the keyboard can do what dragging does.
#[component]
pub fn Card(#[prop(into)] face: Signal<CardFace>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let due_class = move || match face.with(|face| face.lateness) {
        Lateness::OnTime => "card__due",
        Lateness::Late => "card__due card__due--late",
    };
    view! {
        <article class="card">
            <p class="card__kind">{move || face.get().kind}</p>
            <h4 class="card__title"><a href=move || face.get().href>{move || face.get().title}</a></h4>
            <p class="card__from">{move || face.get().from}</p>
            <p class="card__foot">
                <span>{move || face.get().who}</span>
                <span class=due_class>{move || face.get().due}</span>
            </p>
            {children.map(|children| children())}
        </article>
    }
}

/// One column of the board, with how many cards it holds.
#[component]
pub fn BoardColumn(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] count: Signal<usize>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="board__column">
            <h3 class="board__name">{move || name.get()} " " <span>{move || count.get()}</span></h3>
            <div class="board__cards">{children()}</div>
        </div>
    }
}

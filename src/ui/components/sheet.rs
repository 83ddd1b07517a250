//! A printed page: title, stamp, sentence, sections, and a foot. On the screen it previews the paper.

use super::mark::Mark;
use leptos::prelude::*;

/// One page of paper. `foot` is the words at its end; `page` stands at the right, such as `Page 1 of 1`.
#[component]
pub fn Sheet(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] kicker: Signal<String>,
    #[prop(into)] stamp: Signal<String>,
    #[prop(into)] sentence: Signal<String>,
    #[prop(into)] foot: Signal<String>,
    #[prop(default = "Page 1 of 1".into(), into)] page: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <article class="sheet">
            <header class="sheet__head">
                <div>
                    <Show when=move || kicker.with(|kicker| !kicker.is_empty())>
                        <p class="sheet__kicker">{move || kicker.get()}</p>
                    </Show>
                    <h2 class="sheet__title">{move || title.get()}</h2>
                    <p class="sheet__stamp">{move || stamp.get()}</p>
                </div>
                <Mark />
            </header>
            <p class="sheet__sentence">{move || sentence.get()}</p>
            {children()}
            <footer class="sheet__foot"><span>{move || foot.get()}</span><span>{move || page.get()}</span></footer>
        </article>
    }
}

/// A part of a sheet that never breaks over two pages.
#[component]
pub fn SheetSection(#[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <section class="sheet__section">
            <h3 class="sheet__section-title">{move || title.get()}</h3>
            {children()}
        </section>
    }
}

//! A section: a 2 px ink rule, a margin that says what it is, an exhibit that shows it.

use super::ids;
use super::prose_view::ProseView;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Where the section's title stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionShape {
    /// Title, sentence and note in the 272 px margin; the exhibit beside it.
    #[default]
    Margin,
    /// Title above an exhibit as wide as the page: comparison, conditions, board, calendar.
    Full,
}

/// `sentence` is what the exhibit shows (serif), `note` how to read it. `margin` holds controls below the
/// note; `tools` stands at the right of a full section's title; `key` beside that title.
#[component]
pub fn Section(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] sentence: Signal<Prose>,
    #[prop(optional, into)] note: Signal<String>,
    #[prop(optional)] shape: SectionShape,
    #[prop(optional, into)] margin: Option<ViewFnOnce>,
    #[prop(optional, into)] key: Option<ViewFnOnce>,
    #[prop(optional, into)] tools: Option<ViewFnOnce>,
    #[prop(optional, into)] id: Option<String>,
    children: Children,
) -> impl IntoView {
    let title_id = ids::unique("section");
    let heading = view! { <h2 id=title_id.clone() class="section__title">{move || title.get()}</h2> };
    let said = view! {
        <Show when=move || sentence.with(|sentence| !sentence.is_empty())>
            <p class="section__sentence"><ProseView text=sentence /></p>
        </Show>
        <Show when=move || note.with(|note| !note.is_empty())>
            <p class="section__note">{move || note.get()}</p>
        </Show>
    };
    let tools = tools.map(|tools| view! { <div class="section__tools">{tools.run()}</div> });
    match shape {
        SectionShape::Margin => view! {
            <section class="section" id=id aria-labelledby=title_id>
                <div class="section__margin">{heading}{said}{margin.map(|margin| margin.run())}{tools}</div>
                <div class="section__exhibit">{key.map(|key| key.run())}{children()}</div>
            </section>
        }
        .into_any(),
        SectionShape::Full => view! {
            <section class="section section--full" id=id aria-labelledby=title_id>
                <div class="section__head">{heading}{key.map(|key| key.run())}{tools}</div>
                {said}
                {margin.map(|margin| margin.run())}
                <div class="section__exhibit">{children()}</div>
            </section>
        }
        .into_any(),
    }
}

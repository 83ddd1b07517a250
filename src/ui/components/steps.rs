//! Where one stands in a fixed order of steps: with names for a conversation, as dots for a workshop.

use leptos::prelude::*;

/// One step by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// `3 Inform`
    pub name: String,
    /// `done, 10 Feb`, `now`, `to do`
    pub state: String,
}

/// The steps in one frame; any of them can be opened. `now` counts from 0.
#[component]
pub fn Steps(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] steps: Signal<Vec<Step>>,
    #[prop(into)] now: Signal<usize>,
    #[prop(into)] on_open: Callback<usize>,
) -> impl IntoView {
    let items = move || {
        let step = |(at, step): (usize, Step)| {
            let current = move || (now.get() == at).then_some("step");
            view! {
                <button type="button" class="steps__step" aria-current=current on:click=move |_| on_open.run(at)>
                    {step.name} " " <small>{step.state}</small>
                </button>
            }
        };
        steps.get().into_iter().enumerate().map(step).collect_view()
    };
    view! { <nav class="steps" aria-label=move || label.get()>{items}</nav> }
}

/// `Step 4 of 9` with a row of dots. `now` counts from 0.
#[component]
pub fn StepDots(#[prop(into)] now: Signal<usize>, #[prop(into)] count: Signal<usize>) -> impl IntoView {
    let dots = move || {
        let dot = |at: usize| {
            let class = move || match at.cmp(&now.get()) {
                std::cmp::Ordering::Less => "step-dots__step is-done",
                std::cmp::Ordering::Equal => "step-dots__step is-now",
                std::cmp::Ordering::Greater => "step-dots__step",
            };
            view! { <span class=class></span> }
        };
        (0..count.get()).map(dot).collect_view()
    };
    view! {
        <span class="step-dots" aria-hidden="true">{dots}</span>
        <span>{move || format!("Step {} of {}", now.get() + 1, count.get())}</span>
    }
}

//! A short word about what just happened, with Undo.

use leptos::prelude::*;

pub use crate::state::toast::{ToastMessage, Undo};

/// Nothing is shown while `message` is `None`. It stays until the person or the owner puts it away.
#[component]
pub fn Toast(
    #[prop(into)] message: Signal<Option<ToastMessage>>,
    #[prop(into)] on_undo: Callback<()>,
    #[prop(into)] on_dismiss: Callback<()>,
) -> impl IntoView {
    view! {
        <div role="status">
            {move || message.get().map(|message| view! { <ToastBody message on_undo on_dismiss /> })}
        </div>
    }
}

/// Where the toast stands: over the page, or in the gallery's row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToastPlace {
    #[default]
    OverThePage,
    InTheText,
}

#[component]
pub fn ToastBody(
    message: ToastMessage,
    on_undo: Callback<()>,
    on_dismiss: Callback<()>,
    #[prop(optional)] place: ToastPlace,
) -> impl IntoView {
    let undo = (message.undo == Undo::Offered).then(|| {
        view! { <button type="button" class="link toast__undo" on:click=move |_| on_undo.run(())>"Undo"</button> }
    });
    let class = match place {
        ToastPlace::OverThePage => "toast",
        ToastPlace::InTheText => "toast toast--still",
    };
    view! {
        <div class=class>
            <span>{message.text}</span>
            {undo}
            <button type="button" class="link toast__close" aria-label="Close this message" on:click=move |_| on_dismiss.run(())>
                "×"
            </button>
        </div>
    }
}

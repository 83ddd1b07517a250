//! A native dialog: the browser keeps the focus inside, closes it on Escape and gives the focus back.

use super::ids;
use leptos::html;
use leptos::prelude::*;

/// Shown while `open` is true. `on_close` fires on Escape too; the owner then sets `open` to false.
/// `actions` name what goes and offer the safe choice.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] actions: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // The element is opened and closed by calls, not by an attribute: only so is it modal.
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                // Fails only where the dialog has left the page, and then there is nothing to show.
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    let title_id = ids::unique("dialog");
    let labelled_by = title_id.clone();
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=labelled_by on:close=closed>
            <h2 class="dialog__title" id=title_id>{move || title.get()}</h2>
            <div class="dialog__text">{children()}</div>
            <div class="dialog__actions">{actions.run()}</div>
        </dialog>
    }
}

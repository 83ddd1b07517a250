//! The drop zone. It always holds the real file input, which the keyboard reaches.

use crate::browser::picked::{PickedFiles, files_under};
use leptos::ev::{DragEvent, Event};
use leptos::html;
use leptos::prelude::*;

/// `id` is `attendance-files` on the start page (contract, "The page", 2). Children stand beside
/// "Choose files": the example, the paste box.
#[component]
pub fn FileDrop(
    #[prop(into)] on_files: Callback<PickedFiles>,
    #[prop(default = "attendance-files".to_owned(), into)] id: String,
    #[prop(default = "Drop attendance CSV files here".into(), into)] title: Signal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    // Entering a child fires before leaving its parent, so the zone counts both.
    let depth = RwSignal::new(0_i32);
    let n_files = RwSignal::new(0_u32);
    let is_over = Signal::derive(move || depth.get() > 0);
    let input = NodeRef::<html::Input>::new();

    let enter = move |event: DragEvent| {
        event.prevent_default();
        n_files.set(files_under(&event));
        depth.update(|depth| *depth += 1);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        depth.set(0);
        hand_on(PickedFiles::from_drop(&event), on_files);
    };
    let choose = move |_: Event| {
        if let Some(input) = input.get_untracked() {
            hand_on(PickedFiles::from_input(&input), on_files);
        }
    };
    // Forgetting the last choice lets the same file be chosen again.
    let forget = move |_| {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let heading = move || match (is_over.get(), n_files.get()) {
        (false, _) => title.get(),
        (true, 0) => "Let go to read it".to_owned(),
        (true, 1) => "Let go to read 1 file".to_owned(),
        (true, n) => format!("Let go to read {n} files"),
    };
    let below = move || if is_over.get() { "They stay on this device".to_owned() } else { hint.get() };
    let hint_id = format!("{id}-hint");
    view! {
        <div
            class="file-drop"
            class:file-drop--over=is_over
            on:dragenter=enter
            on:dragover=move |event: DragEvent| event.prevent_default()
            on:dragleave=move |_| depth.update(|depth| *depth = (*depth - 1).max(0))
            on:drop=drop
        >
            <h2 class="file-drop__title">{heading}</h2>
            <p class="file-drop__hint" id=hint_id.clone()>{below}</p>
            <div class="file-drop__actions">
                <label class="button button--go file-drop__choose">
                    "Choose files"
                    <input
                        class="file-drop__input"
                        type="file"
                        id=id
                        multiple=true
                        node_ref=input
                        aria-describedby=hint_id
                        on:click=forget
                        on:change=choose
                    />
                </label>
                {children.map(|children| children())}
            </div>
        </div>
    }
}

fn hand_on(files: PickedFiles, on_files: Callback<PickedFiles>) {
    if !files.is_empty() {
        on_files.run(files);
    }
}

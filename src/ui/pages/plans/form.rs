//! Forms over items: a cursor points at a part of an item; fields and lists read and write there.

mod cursor;
mod fields;
mod lists;

pub use cursor::{At, Cursor, item, person};
pub use fields::free_area;

use crate::ui::components::LinkButton;
use leptos::prelude::*;

/// Fields side by side where there is room.
#[must_use]
pub fn group(fields: Vec<AnyView>) -> AnyView {
    view! { <div class="plans-fields">{fields}</div> }.into_any()
}

/// Fields one below the other.
#[must_use]
pub fn stack(fields: Vec<AnyView>) -> AnyView {
    view! { <div class="stack">{fields}</div> }.into_any()
}

/// A small deed inside a sentence.
#[must_use]
pub fn deed(words: &str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    let words = words.to_owned();
    view! { <LinkButton on_click=move |()| act()>{words}</LinkButton> }.into_any()
}

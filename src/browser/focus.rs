//! Moving the keyboard's place on the page.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Brings the element with this id into view and gives it the focus. Does nothing where there is none.
pub fn focus_element(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id(id));
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    element.scroll_into_view();
    // An element that cannot take focus stays where it is; there is nothing to tell the person.
    let _ = element.focus();
}

/// Gives the focus to the element with this id; the page moves only as far as it must.
pub fn focus_in_place(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

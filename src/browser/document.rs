//! The document around the app: its state for programs, its title, its focus, its measures.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Sets `<html data-{name}="…">`.
pub fn set_data(name: &str, value: &str) {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute(&format!("data-{name}"), value);
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves focus to the element with this id, if it is there, and the page to its top.
pub fn focus(id: &str) {
    if let Some(element) =
        document().and_then(|d| d.get_element_by_id(id)).and_then(|e| e.dyn_into::<HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// `performance.measure(name)` from `start` to `end`, in the page's own milliseconds.
pub fn measure(name: &str, start: f64, end: f64) {
    let Some(performance) = web_sys::window().and_then(|w| w.performance()) else { return };
    let options = Object::new();
    let _ = Reflect::set(&options, &"start".into(), &start.into());
    let _ = Reflect::set(&options, &"end".into(), &end.into());
    if let Ok(measure) = Reflect::get(&performance, &"measure".into()).and_then(|f| f.dyn_into::<js_sys::Function>()) {
        let _ = measure.call2(&performance, &name.into(), &options);
    }
}

/// Width of the window in CSS pixels.
#[must_use]
pub fn width() -> f64 {
    web_sys::window().and_then(|w| w.inner_width().ok()).and_then(|w| w.as_f64()).unwrap_or(1280.0)
}

/// Calls back whenever the window is resized.
pub fn on_resize(mut act: impl FnMut(f64) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listen = Closure::<dyn FnMut()>::new(move || {
        if !super::handover::is_retired() {
            act(width());
        }
    });
    let _ = window.add_event_listener_with_callback("resize", listen.as_ref().unchecked_ref());
    listen.forget();
}

/// Calls back when the page goes to or comes from full screen.
pub fn on_full_screen(mut act: impl FnMut(bool) + 'static) {
    let Some(document) = document() else { return };
    let listen = Closure::<dyn FnMut()>::new(move || {
        let full = self::document().is_some_and(|d| d.fullscreen_element().is_some());
        if !super::handover::is_retired() {
            act(full);
        }
    });
    let _ = document.add_event_listener_with_callback("fullscreenchange", listen.as_ref().unchecked_ref());
    listen.forget();
}

/// Fills the screen with the page, where the browser allows it.
pub fn request_full_screen() {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        // A refusal leaves the page as it was; it is readable in a window too.
        let _ = root.request_fullscreen();
    }
}

pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Gives the focus to the page's title.
pub fn focus_title() {
    // The new page is in the document once the present task is over.
    wasm_bindgen_futures::spawn_local(async {
        super::clock::pause(0).await;
        let title = document().and_then(|d| d.query_selector("main h1").ok().flatten());
        if let Some(title) = title.and_then(|t| t.dyn_into::<HtmlElement>().ok()) {
            let _ = title.focus();
        }
    });
}

/// Shows the page's own plain message if the program ever stops.
pub fn on_panic() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if super::handover::is_retired() {
            // Another program has the document; what this one left behind concerns nobody.
            return;
        }
        let api = Reflect::get(&js_sys::global(), &"brightSpots".into()).unwrap_or(JsValue::UNDEFINED);
        let show = Reflect::get(&api, &"showFailure".into()).and_then(|f| f.dyn_into::<js_sys::Function>());
        if let Ok(show) = show {
            // The message is the last thing that can be done.
            let _ = show.call1(&api, &info.to_string().into());
        }
    }));
}

/// Whether this program runs in a worker, where there is no document.
#[must_use]
pub fn is_worker() -> bool {
    web_sys::window().is_none()
}

/// The body, for the app to stand in.
#[must_use]
pub fn body() -> Option<HtmlElement> {
    document()?.body()
}

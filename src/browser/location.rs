//! The address's hash.

use wasm_bindgen::prelude::*;

/// The hash with its `#`, or empty.
#[must_use]
pub fn hash() -> String {
    web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// Goes to a hash, leaving a step in the history.
pub fn go(hash: &str) {
    if let Some(window) = web_sys::window() {
        // The browser refuses only addresses that are no addresses.
        let _ = window.location().set_hash(hash);
    }
}

/// Calls back whenever the hash changes.
pub fn on_change(mut act: impl FnMut(String) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listen = Closure::<dyn FnMut()>::new(move || {
        if !super::handover::is_retired() {
            act(hash());
        }
    });
    let _ = window.add_event_listener_with_callback("hashchange", listen.as_ref().unchecked_ref());
    listen.forget();
}

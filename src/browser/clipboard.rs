//! The clipboard, which a browser may keep closed.

use wasm_bindgen_futures::JsFuture;

/// Copies a text; `false` where the browser does not let the page.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = window.navigator().clipboard();
    // Where the page has no clipboard the value is not there, and calling it would stop the program.
    if wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

//! Saves text as a file of the person's own.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a download; `false` where the browser refuses.
pub fn text(name: &str, mime: &str, text: &str) -> bool {
    parts(name, mime, &js_sys::Array::of1(&text.into())).is_ok()
}

/// Offers bytes as a download; `false` where the browser refuses.
pub fn bytes(name: &str, mime: &str, bytes: &[u8]) -> bool {
    parts(name, mime, &js_sys::Array::of1(&js_sys::Uint8Array::from(bytes))).is_ok()
}

/// Offers a blob as a download; `false` where the browser refuses.
pub fn blob(name: &str, blob: &Blob) -> bool {
    offer(name, blob).is_ok()
}

fn parts(name: &str, mime: &str, parts: &js_sys::Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    offer(name, &Blob::new_with_u8_array_sequence_and_options(parts, &options)?)
}

fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    let body = document.body().ok_or(JsValue::NULL)?;
    let _ = body.append_child(&link)?;
    link.click();
    link.remove();
    // The download has its own hold on the bytes by then.
    wasm_bindgen_futures::spawn_local(async move {
        super::clock::pause(30_000).await;
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}

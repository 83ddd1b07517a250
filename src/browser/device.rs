//! What plans need of the device: random bytes, lasting storage, the time of day, a file's text.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;

/// Random bytes fit for keys; `None` where the browser offers none.
#[must_use]
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let bytes = Uint8Array::new_with_length(u32::try_from(N).ok()?);
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let fill = Reflect::get(&crypto, &"getRandomValues".into()).ok()?.dyn_into::<Function>().ok()?;
    let _ = fill.call1(&crypto, &bytes).ok()?;
    bytes.to_vec().try_into().ok()
}

/// A name for this tab that no other tab has.
#[must_use]
pub fn tab_name() -> String {
    let bytes: [u8; 6] = random().unwrap_or_else(|| {
        // Without the better source chance alone still keeps tabs apart.
        std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8)
    });
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Asks the browser not to clear this site's storage under pressure.
pub fn ask_to_persist() {
    let Some(window) = web_sys::window() else { return };
    let navigator = window.navigator();
    // Pages from disk and old browsers have no storage manager.
    let Ok(storage) = Reflect::get(&navigator, &"storage".into()) else { return };
    let Some(persist) = Reflect::get(&storage, &"persist".into()).ok().and_then(|f| f.dyn_into::<Function>().ok())
    else {
        return;
    };
    if let Ok(promise) = persist.call0(&storage).and_then(|p| p.dyn_into::<js_sys::Promise>()) {
        wasm_bindgen_futures::spawn_local(async move {
            // Either answer is fine: the page says when a file should be saved.
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// `14:02`, as the device's clock says.
#[must_use]
pub fn time_of_day(ms: f64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(ms));
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Whether the page was opened from disk: some browsers then share storage among all local pages.
#[must_use]
pub fn is_from_disk() -> bool {
    web_sys::window().and_then(|w| w.location().protocol().ok()).is_some_and(|p| p == "file:")
}

/// The text of a file; `None` where it cannot be read.
pub async fn text_of(file: web_sys::File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Calls back when the page is about to be left or hidden.
pub fn on_leave(act: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listen = Closure::<dyn FnMut()>::new(act);
    let _ = window.add_event_listener_with_callback("pagehide", listen.as_ref().unchecked_ref());
    listen.forget();
}

//! Random bits from the browser.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// 128 random bits. They name a device's answers and nobody.
#[must_use]
pub fn bits128() -> u128 {
    let bytes = Uint8Array::new_with_length(16);
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).unwrap_or(JsValue::UNDEFINED);
    let fill = Reflect::get(&crypto, &"getRandomValues".into()).and_then(|f| f.dyn_into::<Function>());
    let filled = fill.and_then(|fill| fill.call1(&crypto, &bytes)).is_ok();
    if !filled {
        // Without the better source, chance alone still keeps devices apart.
        for at in 0..16 {
            bytes.set_index(at, (js_sys::Math::random() * 256.0) as u8);
        }
    }
    bytes.to_vec().into_iter().fold(0, |bits, byte| bits << 8 | u128::from(byte))
}

//! Today, and how long things take.

use crate::attendance::Day;

/// The device's calendar day.
#[must_use]
pub fn today() -> Day {
    let date = js_sys::Date::new_0();
    let (year, month, day) = (date.get_full_year() as i32, date.get_month() as u8 + 1, date.get_date() as u8);
    // A clock set outside the calendar reads as the epoch, and every date then is in the future.
    Day::from_ymd(year, month, day).unwrap_or(Day(0))
}

/// Milliseconds since the epoch.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds on a clock that only runs forward.
#[must_use]
pub fn performance_now() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or_else(js_sys::Date::now, |p| p.now())
}

/// Waits without holding up the page or the worker.
pub async fn pause(ms: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let global = js_sys::global();
        if let Ok(set) = js_sys::Reflect::get(&global, &"setTimeout".into()) {
            let set: js_sys::Function = set.into();
            // Without a timer the promise is resolved at once.
            if set.call2(&global, &done, &ms.into()).is_ok() {
                return;
            }
        }
        let _ = done.call0(&wasm_bindgen::JsValue::NULL);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

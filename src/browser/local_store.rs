//! localStorage that may be full, denied or damaged: every access reports, none panics.

use crate::attendance::order;
use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::prelude::*;
use web_sys::Storage;

/// Why a value could not be read or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser does not let this page store anything.
    Denied,
    /// There is no room left.
    Full,
    /// What was read back is not what was written.
    NotKept,
}

impl Trouble {
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Trouble::Denied => {
                "This browser does not let the page keep anything, so nothing is saved here. Everything works; settings and plans last until you close the page. Save them as a file to keep them."
            }
            Trouble::Full => {
                "There is no room left, so this could not be kept in the browser. Save your work as a file, then remove what you no longer need."
            }
            Trouble::NotKept => "The browser did not keep what was written. Save your work as a file.",
        }
    }
}

/// All keys of this product begin so.
pub const PREFIX: &str = "bright-spots.";

fn storage() -> Result<Storage, Trouble> {
    // gloo panics where storage is denied, so the browser is asked first.
    web_sys::window().and_then(|w| w.local_storage().ok().flatten()).ok_or(Trouble::Denied)?;
    Ok(LocalStorage::raw())
}

/// The text under `bright-spots.{key}`, `None` where there is none.
pub fn read(key: &str) -> Result<Option<String>, Trouble> {
    storage()?.get_item(&format!("{PREFIX}{key}")).map_err(|_| Trouble::Denied)
}

/// Keeps a text and reads it back.
pub fn write(key: &str, text: &str) -> Result<(), Trouble> {
    let storage = storage()?;
    let key = format!("{PREFIX}{key}");
    storage.set_item(&key, text).map_err(|_| Trouble::Full)?;
    match storage.get_item(&key) {
        Ok(Some(kept)) if kept == text => Ok(()),
        _ => Err(Trouble::NotKept),
    }
}

pub fn remove(key: &str) -> Result<(), Trouble> {
    storage()?.remove_item(&format!("{PREFIX}{key}")).map_err(|_| Trouble::Denied)
}

/// This product's keys, without their prefix, and how many characters each holds.
#[must_use]
pub fn keys() -> Vec<(String, usize)> {
    let Ok(storage) = storage() else { return Vec::new() };
    let mut keys: Vec<(String, usize)> = (0..storage.length().unwrap_or(0))
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter_map(|key| {
            let size = storage.get_item(&key).ok().flatten().map_or(0, |text| text.encode_utf16().count());
            Some((key.strip_prefix(PREFIX)?.to_string(), size))
        })
        .collect();
    order::sort(&mut keys);
    keys
}

/// Removes every key of this product and returns those that are still there.
pub fn wipe() -> Result<Vec<String>, Trouble> {
    for (key, _) in keys() {
        remove(&key)?;
    }
    Ok(keys().into_iter().map(|(key, _)| key).collect())
}

/// Calls back when another tab changes one of this product's keys.
pub fn on_change(mut act: impl FnMut(String) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listen = Closure::<dyn FnMut(web_sys::StorageEvent)>::new(move |event: web_sys::StorageEvent| {
        if super::handover::is_retired() {
            return;
        }
        match event.key() {
            Some(key) => {
                if let Some(key) = key.strip_prefix(PREFIX) {
                    act(key.to_string());
                }
            }
            // Everything was cleared.
            None => act(String::new()),
        }
    });
    let _ = window.add_event_listener_with_callback("storage", listen.as_ref().unchecked_ref());
    listen.forget();
}

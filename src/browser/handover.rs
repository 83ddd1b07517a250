//! One program of the page hands over to the other: what it held, and the document.
//!
//! The first load knows only the pages that everyone opens. When another page is asked for, the
//! program with every page is fetched, gets what was loaded, and takes the document over.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// What one program leaves to the other. `state` and the datasets are bytes that the state layer
/// writes and reads.
#[derive(Default)]
pub struct Handover {
    pub state: Vec<u8>,
    pub files: Vec<File>,
}

type Leave = Box<dyn FnOnce()>;

thread_local! {
    static RETIRED: Cell<bool> = const { Cell::new(false) };
    static LEAVING: Cell<bool> = const { Cell::new(false) };
    static DOWNLOAD: Cell<bool> = const { Cell::new(false) };
    static LEAVE: RefCell<Option<Leave>> = const { RefCell::new(None) };
}

/// Whether this program has left the document: its listeners then do nothing any more.
#[must_use]
pub fn is_retired() -> bool {
    RETIRED.get()
}

/// Whether this program may begin to hand over: only once at a time.
#[must_use]
pub fn begin() -> bool {
    !RETIRED.get() && !LEAVING.replace(true)
}

/// The results are to be saved by whichever program holds them in the end, even where a page was
/// asked for before.
pub fn ask_for_download() {
    DOWNLOAD.set(true);
}

/// Whether they are asked for.
#[must_use]
pub fn is_download_asked() -> bool {
    DOWNLOAD.get()
}

/// Whether they were asked for since the last call.
#[must_use]
pub fn take_download() -> bool {
    DOWNLOAD.take()
}

/// The other program could not be had; it may be asked for again.
pub fn give_up() {
    LEAVING.set(false);
}

/// How this program takes its views out of the document.
pub fn on_leave(leave: impl FnOnce() + 'static) {
    LEAVE.set(Some(Box::new(leave)));
}

fn api(name: &str) -> Result<js_sys::Function, JsValue> {
    let api = Reflect::get(&js_sys::global(), &"brightSpots".into())?;
    Reflect::get(&api, &name.into())?.dyn_into()
}

/// Fetches and compiles the program with every page; an error's words where that fails.
pub async fn prepare() -> Result<(), String> {
    let ready = async {
        let promise: Promise = api("prepareFull")?.call0(&JsValue::NULL)?.dyn_into()?;
        JsFuture::from(promise).await
    };
    ready.await.map(|_| ()).map_err(|error| format!("{error:?}"))
}

/// Leaves the document and starts the other program.
pub fn leave(handover: &Handover) {
    RETIRED.set(true);
    if let Some(leave) = LEAVE.take() {
        leave();
    }
    let message = Object::new();
    let files: Array = handover.files.iter().collect();
    let _ = Reflect::set(&message, &"state".into(), &Uint8Array::from(handover.state.as_slice()));
    let _ = Reflect::set(&message, &"files".into(), &files);
    if let Ok(start) = api("startFull") {
        // Where it fails, the start script shows the page's plain message.
        let _ = start.call1(&JsValue::NULL, &message);
    }
}

/// What the earlier program left, if there was one.
#[must_use]
pub fn take() -> Option<Handover> {
    let message = api("takeHandover").ok()?.call0(&JsValue::NULL).ok()?;
    if message.is_null() || message.is_undefined() {
        return None;
    }
    let state = Reflect::get(&message, &"state".into()).ok()?;
    let files = Reflect::get(&message, &"files".into()).ok()?;
    Some(Handover {
        state: Uint8Array::new(&state).to_vec(),
        files: Array::from(&files).iter().map(JsCast::unchecked_into).collect(),
    })
}

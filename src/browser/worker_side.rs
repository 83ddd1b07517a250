//! The worker's half: takes one request, reads, replies.

use super::clock;
use super::reader::{self, Job, Pace, Stop};
use super::worker_client::bytes_of;
use crate::ingest::import::Failure;
use crate::protocol::{BUILD, Reply, Request};
use js_sys::{Array, Reflect, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

/// Starts to listen and says so.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        IS_ASKED.set(true);
        #[cfg(feature = "full")]
        if let Some(definition) = bytes_of(&event.data(), "definition") {
            return check(&event.data(), &definition);
        }
        wasm_bindgen_futures::spawn_local(answer(event.data()));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    post(&Reply::Ready { build: BUILD.into() }, None);
    wasm_bindgen_futures::spawn_local(warm_up());
}

/// Says what an outcome shows when its parts are compared, for a page whose own program cannot.
#[cfg(feature = "full")]
fn check(message: &JsValue, definition: &[u8]) {
    let outcome = bytes_of(message, "outcome").unwrap_or_default();
    let outcome = postcard::from_bytes::<crate::ingest::tally::Outcome>(&outcome);
    let (Ok(outcome), Ok(definition)) = (outcome, postcard::from_bytes(definition)) else { return };
    let Ok(found) = postcard::to_allocvec(&crate::trust::checks::findings(&outcome.dataset, &definition)) else {
        return;
    };
    let answer = js_sys::Object::new();
    let _ = Reflect::set(&answer, &"findings".into(), &Uint8Array::from(found.as_slice()));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let _ = scope.post_message(&answer);
}

thread_local! {
    /// Whether a request has come.
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Uses the time before the first request: what has run a few times is compiled well.
async fn warm_up() {
    for _ in 0..REHEARSALS {
        clock::pause(0).await;
        if IS_ASKED.get() {
            return;
        }
        reader::rehearse(clock::today());
    }
}

/// Enough for the browser to compile the reader's inner loops; some twentieths of a second in all.
const REHEARSALS: u32 = 12;

async fn answer(message: JsValue) {
    let field = |name: &str| Reflect::get(&message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let request = bytes_of(&message, "request").and_then(|bytes| postcard::from_bytes::<Request>(&bytes).ok());
    let Some(request) = request else { return };
    let files: Vec<File> = Array::from(&field("files")).iter().map(JsCast::unchecked_into).collect();
    let Request { job, today, how, remembered, source } = request;
    let last = std::cell::Cell::new(f64::MIN);
    let on_progress = |progress| {
        // A message for every slice would keep the page busy.
        let now = js_sys::Date::now();
        if now - last.get() >= 80.0 {
            last.set(now);
            post(&Reply::Progress { job, progress }, None);
        }
    };
    let asked = Job { files, source, how, remembered, today, pace: Pace::Worker };
    match reader::read(asked, &on_progress).await {
        Ok(outcome) => match postcard::to_allocvec(&outcome) {
            Ok(bytes) => {
                let buffer = Uint8Array::from(bytes.as_slice());
                post(&Reply::Read { job, memory: memory() }, Some(&buffer));
            }
            Err(_) => {
                let failure = Failure::Stopped { why: "The result could not be handed to the page.".into() };
                post(&Reply::Failed { job, failure }, None);
            }
        },
        Err(Stop::Failure(failure)) => post(&Reply::Failed { job, failure }, None),
        Err(Stop::NeedsOpening(file)) => post(&Reply::NeedsOpening { job, file }, None),
    }
}

/// Bytes of this worker's own memory.
fn memory() -> u64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    u64::from(buffer.byte_length())
}

fn post(reply: &Reply, bytes: Option<&Uint8Array>) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let Ok(told) = postcard::to_allocvec(reply) else { return };
    let message = js_sys::Object::new();
    let _ = Reflect::set(&message, &"reply".into(), &Uint8Array::from(told.as_slice()));
    let transfer = Array::new();
    if let Some(bytes) = bytes {
        let _ = Reflect::set(&message, &"outcome".into(), bytes);
        let _ = transfer.push(&bytes.buffer());
    }
    // The page is gone when this fails; nobody is left to tell.
    let _ = scope.post_message_with_transfer(&message, &transfer);
}

//! The checks that the program of the first visit cannot hold, made by the one that can: in a worker of
//! its own, once the numbers stand. That program is then there for the next page too.

use super::handover;
use super::worker_client::{bytes_of, start_worker};
use crate::attendance::Definition;
use crate::ingest::problem::Problem;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent};

/// Asks for the findings in an outcome, as its bytes came from the reader. Says nothing where no such
/// worker can be had: the pages behind the first ones check again by themselves.
pub fn ask(definition: &Definition, outcome: Uint8Array, tell: impl Fn(Vec<Problem>) + 'static) {
    let Ok(definition) = postcard::to_allocvec(definition) else { return };
    let Some(worker) = start_worker("checker") else { return };
    let this = worker.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data();
        if let Some(found) = bytes_of(&message, "findings") {
            this.terminate();
            if let Ok(findings) = postcard::from_bytes(&found)
                && !handover::is_retired()
            {
                tell(findings);
            }
        } else if bytes_of(&message, "reply").is_some() {
            // It has started.
            let question = js_sys::Object::new();
            let _ = Reflect::set(&question, &"definition".into(), &Uint8Array::from(definition.as_slice()));
            let _ = Reflect::set(&question, &"outcome".into(), &outcome);
            let _ = this.post_message_with_transfer(&question, &Array::of1(&outcome.buffer()));
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker does.
    on_message.forget();
    let this = worker.clone();
    let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        this.terminate();
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_error.forget();
}

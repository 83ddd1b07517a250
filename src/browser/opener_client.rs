//! The page's half of opening workbooks, archives and old encodings: starts the opener's worker,
//! lists a file's parts, and gets one of them as plain CSV text. The worker lives for one file.

use js_sys::{Array, Function, Object, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, MessageEvent, Worker};

/// A sheet of a workbook or a file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    pub rows: Option<u64>,
    pub hidden: bool,
    /// A file of an archive; otherwise a sheet.
    pub is_file: bool,
}

/// What was done to a chosen file before it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// `false`: plain text in UTF-8, read as it is.
    pub was_opened: bool,
    /// Its place among the parts of a file that has several.
    pub part: Option<usize>,
    /// The label of its encoding, where it was text.
    pub encoding: Option<String>,
    /// Whether that was found without doubt, or chosen by the person.
    pub certain: bool,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
}

/// The label of text that needs no opening.
pub const UTF_8: &str = "UTF-8";

/// What can be chosen from inside a file; the words of the failure are for people.
pub async fn list(file: &File) -> Result<Vec<Part>, String> {
    let messages = ask(file, "list", None, None).await?;
    let parts =
        messages.iter().find(|m| text(m, "is").as_deref() == Some("parts")).ok_or_else(|| STOPPED.to_string())?;
    let parts = Array::from(&get(parts, "parts"));
    Ok(parts
        .iter()
        .map(|part| Part {
            name: text(&part, "name").unwrap_or_default(),
            rows: get(&part, "rows").as_f64().map(|n| n as u64),
            hidden: get(&part, "hidden").as_bool().unwrap_or(false),
            is_file: get(&part, "bytes").as_f64().is_some(),
        })
        .collect())
}

/// One part (the only one, where `part` is `None`) as a file of UTF-8 text with this name, and what
/// should be known about it. `encoding` is the label that the person chose.
pub async fn open(
    file: &File,
    part: Option<usize>,
    encoding: Option<&str>,
    name: &str,
) -> Result<(File, Opened), String> {
    let messages = ask(file, "open", part, encoding).await?;
    let chunks = Array::new();
    let mut opened = Opened { was_opened: true, part, ..Opened::default() };
    for message in &messages {
        match text(message, "is").as_deref() {
            Some("text") => {
                let _ = chunks.push(&get(message, "chunk"));
            }
            Some("done") => {
                opened.notes = Array::from(&get(message, "notes")).iter().filter_map(|n| n.as_string()).collect();
                opened.encoding = text(message, "encoding");
                opened.certain = get(message, "certain").as_bool().unwrap_or(false);
            }
            _ => {}
        }
    }
    // The browser keeps the pieces, in memory or on disk as it sees fit.
    let blob = Blob::new_with_buffer_source_sequence(&chunks).map_err(|_| STOPPED.to_string())?;
    let made = File::new_with_blob_sequence(&Array::of1(&blob), name).map_err(|_| STOPPED.to_string())?;
    Ok((made, opened))
}

const STOPPED: &str =
    "The part of the program that opens such files stopped. Try again, or save the table as CSV and choose that.";

/// Runs one request in a worker of its own and gathers its messages until it is done.
async fn ask(file: &File, what: &str, part: Option<usize>, encoding: Option<&str>) -> Result<Vec<JsValue>, String> {
    let worker = super::worker_client::start_worker("opener")
        .ok_or("This browser starts no worker here, so only plain text files can be read. Save the table as CSV and choose that.")?;
    let gathered = Array::new();
    let request = Object::new();
    let _ = Reflect::set(&request, &"do".into(), &what.into());
    let _ = Reflect::set(&request, &"job".into(), &1.into());
    let _ = Reflect::set(&request, &"file".into(), file);
    let _ = Reflect::set(&request, &"part".into(), &part.map_or(JsValue::NULL, |p| JsValue::from(p as u32)));
    let _ = Reflect::set(&request, &"encoding".into(), &encoding.map_or(JsValue::NULL, JsValue::from));
    let promise = Promise::new(&mut |done, failed| listen(&worker, &request, &gathered, &done, &failed));
    let result = JsFuture::from(promise).await;
    worker.terminate();
    match result {
        Ok(_) => Ok(gathered.iter().collect()),
        Err(words) => Err(words.as_string().unwrap_or_else(|| STOPPED.to_string())),
    }
}

fn listen(worker: &Worker, request: &Object, gathered: &Array, done: &Function, failed: &Function) {
    let (asked, list, done, fail) = (worker.clone(), gathered.clone(), done.clone(), failed.clone());
    let request = request.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data();
        match text(&message, "is").as_deref() {
            Some("ready") => {
                let _ = asked.post_message(&request);
            }
            Some("failed") => {
                let _ = fail.call1(&JsValue::NULL, &get(&message, "message"));
            }
            Some(kind) => {
                let last = matches!(kind, "parts" | "done");
                let _ = list.push(&message);
                if last {
                    let _ = done.call0(&JsValue::NULL);
                }
            }
            None => {}
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let failed = failed.clone();
    let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        let _ = failed.call1(&JsValue::NULL, &STOPPED.into());
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_error.forget();
}

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    get(value, name).as_string()
}

//! The opener's half of its worker: takes a file, lists its parts or opens one, and posts UTF-8 text in pieces.
//!
//! Messages in: `{do: "list" | "open", job, file: File, part: number | null, encoding: string | null}`.
//! Messages out, all with `job`:
//! - `{is: "ready"}` once at the start, without a job;
//! - `{is: "parts", parts: [{name, rows: number | null, bytes: number | null, hidden: boolean}]}` for "list";
//! - `{is: "text", chunk: ArrayBuffer}` (transferred) any number of times for "open", then
//!   `{is: "done", part: string | null, encoding: string | null, certain: boolean, bytes, notes: string[]}`;
//! - `{is: "failed", message, detail, stopped?: true}` instead: `message` is for people; after `stopped` this worker
//!   is of no more use.
//!
//! One job at a time; to cancel, end the worker.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent};

use crate::ingest::sniff::{self, FileKind};
use crate::opener::{self, Choice, OpenError};

thread_local! {
    /// The job in hand, for the last message of a worker that stops.
    static JOB: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// Start to listen, and say so.
pub fn serve() {
    // A panic ends the worker. The libraries panic on some damaged workbooks, so that is what it says; the page then
    // starts a new worker for the next file.
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let job = JOB.with(|job| job.borrow().clone());
        let error = OpenError::Damaged(info.to_string());
        let fields = [
            ("is", "failed".into()),
            ("job", job),
            ("message", error.to_string().into()),
            ("detail", error.detail().into()),
            ("stopped", true.into()),
        ];
        post(&fields, None);
    }));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| answer(&event.data()));
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    post(&[("is", "ready".into())], None);
}

fn answer(message: &JsValue) {
    let field = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let job = field("job");
    JOB.with(|last| *last.borrow_mut() = job.clone());
    let Ok(file) = field("file").dyn_into::<File>() else {
        return;
    };
    let part = field("part").as_f64().map(|n| n as usize);
    let encoding = field("encoding").as_string();
    let result = match field("do").as_string().as_deref() {
        Some("list") => list(&file, &job),
        _ => open(&file, &job, Choice { part, encoding: encoding.as_deref() }),
    };
    if let Err((message, detail)) = result {
        let fields = [("is", "failed".into()), ("job", job), ("message", message.into()), ("detail", detail.into())];
        post(&fields, None);
    }
}

/// What went wrong: for people, and for a report.
type Failed = (String, String);

fn failed(error: OpenError) -> Failed {
    (error.to_string(), error.detail().to_owned())
}

/// The file as a reader, and what has to be done with it.
fn source(file: &File) -> Result<(FileReader, sniff::Opener), Failed> {
    let mut source = FileReader::new(file).map_err(failed)?;
    let mut head = vec![0; 1 << 20];
    let mut len = 0;
    while len < head.len() {
        match source.read(&mut head[len..]).map_err(|e| failed(e.into()))? {
            0 => break,
            n => len += n,
        }
    }
    source.at = 0;
    match sniff::kind(&head[..len]) {
        FileKind::Open(opener) => Ok((source, opener)),
        // Sent here although its first bytes are plain: an old encoding shows further down.
        FileKind::Text => Ok((source, sniff::Opener::Decode(sniff::Encoding::Legacy))),
        other => Err((other.refusal().unwrap_or_default(), String::new())),
    }
}

fn list(file: &File, job: &JsValue) -> Result<(), Failed> {
    let (source, kind) = source(file)?;
    let parts = Array::new();
    for part in opener::list(source, kind).map_err(failed)? {
        let number = |n: Option<u64>| n.map_or(JsValue::NULL, |n| (n as f64).into());
        parts.push(&object(&[
            ("name", part.name.into()),
            ("rows", number(part.rows)),
            ("bytes", number(part.bytes)),
            ("hidden", part.hidden.into()),
        ]));
    }
    post(&[("is", "parts".into()), ("job", job.clone()), ("parts", parts.into())], None);
    Ok(())
}

fn open(file: &File, job: &JsValue, choice: Choice<'_>) -> Result<(), Failed> {
    let (source, kind) = source(file)?;
    let mut sink = |piece: &[u8]| {
        let chunk = Uint8Array::from(piece).buffer();
        post(&[("is", "text".into()), ("job", job.clone()), ("chunk", chunk.clone().into())], Some(&chunk));
    };
    let opened = opener::open(source, kind, choice, &mut sink).map_err(failed)?;
    let text = |t: Option<String>| t.map_or(JsValue::NULL, JsValue::from);
    let notes: Array = opened.notes.into_iter().map(JsValue::from).collect();
    let fields = [
        ("is", "done".into()),
        ("job", job.clone()),
        ("part", text(opened.part)),
        ("encoding", text(opened.encoding)),
        ("certain", opened.encoding_is_certain.into()),
        ("bytes", (opened.bytes as f64).into()),
        ("notes", notes.into()),
    ];
    post(&fields, None);
    Ok(())
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn post(fields: &[(&str, JsValue)], transferred: Option<&js_sys::ArrayBuffer>) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let transfer = Array::new();
    if let Some(buffer) = transferred {
        transfer.push(buffer);
    }
    // The page is gone when this fails; nobody is left to tell.
    let _ = scope.post_message_with_transfer(&object(fields), &transfer);
}

/// A file of the browser, read in blocks: a workbook is read at its end first, then here and there.
struct FileReader {
    file: File,
    reader: FileReaderSync,
    size: u64,
    at: u64,
    block: Vec<u8>,
    block_at: u64,
}

const BLOCK: u64 = 1 << 20;

impl FileReader {
    fn new(file: &File) -> Result<FileReader, OpenError> {
        let reader = FileReaderSync::new().map_err(|e| OpenError::Unreadable(format!("{e:?}")))?;
        Ok(FileReader { file: file.clone(), reader, size: file.size() as u64, at: 0, block: Vec::new(), block_at: 0 })
    }

    fn fetch(&mut self, start: u64) -> io::Result<()> {
        let end = (start + BLOCK).min(self.size);
        let other = |e: JsValue| io::Error::other(format!("{e:?}"));
        let slice = self.file.slice_with_f64_and_f64(start as f64, end as f64).map_err(other)?;
        let buffer = self.reader.read_as_array_buffer(&slice).map_err(other)?;
        self.block = Uint8Array::new(&buffer).to_vec();
        self.block_at = start;
        Ok(())
    }
}

impl Read for FileReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || out.is_empty() {
            return Ok(0);
        }
        if self.at < self.block_at || self.at >= self.block_at + self.block.len() as u64 {
            self.fetch(self.at - self.at % BLOCK)?;
        }
        let from = (self.at - self.block_at) as usize;
        let n = self.block.len().saturating_sub(from).min(out.len());
        out[..n].copy_from_slice(&self.block[from..from + n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for FileReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.size.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        match target {
            Some(n) => {
                self.at = n;
                Ok(n)
            }
            None => Err(io::Error::from(io::ErrorKind::InvalidInput)),
        }
    }
}

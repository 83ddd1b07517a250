//! The page's half: starts the worker, sends a job, hears its replies, stops it.
//!
//! To cancel is to terminate: a fresh worker costs less than asking a busy one to stop. Where no
//! worker can start (some browsers, from disk), the same reading runs in slices on the page.

use super::clock;
use super::reader::{self, Job, Pace, Stop};
use crate::ingest::import::Failure;
use crate::ingest::tally::Outcome;
use crate::protocol::{BUILD, Progress, Reply, Request};
use js_sys::{Array, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, Worker};

/// What a reading tells the page.
pub enum Heard {
    Progress(Progress),
    Read { outcome: Box<Outcome>, worker_bytes: u64 },
    Failed(Failure),
    NeedsOpening(u16),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    /// None runs; the next job starts one.
    Stopped,
    Starting,
    Ready,
    /// No worker can be had; read on the page.
    Unavailable,
}

/// One worker, replaced after each cancelled job.
pub struct WorkerClient {
    worker: RefCell<Option<Worker>>,
    health: Cell<Health>,
    job: Cell<u32>,
    waiting: RefCell<Option<(Request, Vec<File>)>>,
    busy: Cell<bool>,
    /// The last outcome's bytes as they came, for another worker.
    #[cfg(not(feature = "full"))]
    outcome: RefCell<Option<Uint8Array>>,
    tell: Box<dyn Fn(Heard)>,
}

/// How long a worker may take to start before the page reads by itself.
const PATIENCE_MS: i32 = 8_000;

impl WorkerClient {
    /// Starts a worker; `tell` hears of the newest job only.
    pub fn start(tell: impl Fn(Heard) + 'static) -> Rc<WorkerClient> {
        let client = Rc::new(WorkerClient {
            worker: RefCell::new(None),
            health: Cell::new(Health::Starting),
            job: Cell::new(0),
            waiting: RefCell::new(None),
            busy: Cell::new(false),
            #[cfg(not(feature = "full"))]
            outcome: RefCell::new(None),
            tell: Box::new(tell),
        });
        Self::spawn(&client);
        client
    }

    /// Sends a job, waiting for the worker to be ready. An older job is forgotten.
    pub fn send(self: &Rc<Self>, mut request: Request, files: Vec<File>) {
        if self.busy.get() {
            self.cancel();
        }
        self.job.set(self.job.get() + 1);
        request.job = self.job.get();
        match self.health.get() {
            Health::Ready => self.post(&request, &files),
            Health::Stopped => {
                *self.waiting.borrow_mut() = Some((request, files));
                Self::spawn(self);
            }
            Health::Starting => *self.waiting.borrow_mut() = Some((request, files)),
            Health::Unavailable => self.read_here(request, files),
        }
    }

    /// The bytes of the last outcome, once.
    #[cfg(not(feature = "full"))]
    pub fn take_outcome(&self) -> Option<Uint8Array> {
        self.outcome.take()
    }

    /// Stops whatever runs.
    pub fn cancel(self: &Rc<Self>) {
        self.job.set(self.job.get() + 1);
        *self.waiting.borrow_mut() = None;
        if self.busy.take() && self.health.get() == Health::Ready {
            if let Some(worker) = self.worker.borrow_mut().take() {
                worker.terminate();
            }
            self.health.set(Health::Stopped);
        }
    }

    fn post(&self, request: &Request, files: &[File]) {
        let Some(worker) = self.worker.borrow().clone() else { return };
        let Ok(bytes) = postcard::to_allocvec(request) else { return };
        let message = js_sys::Object::new();
        let list: Array = files.iter().collect();
        let _ = Reflect::set(&message, &"request".into(), &Uint8Array::from(bytes.as_slice()));
        let _ = Reflect::set(&message, &"files".into(), &list);
        self.busy.set(true);
        if worker.post_message(&message).is_err() {
            (self.tell)(Heard::Failed(Failure::Stopped { why: "The file could not be handed over.".into() }));
        }
    }

    fn spawn(self: &Rc<Self>) {
        self.health.set(Health::Starting);
        let Some(worker) = start_worker("worker") else { return self.give_up() };
        let client = Rc::clone(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |e: MessageEvent| client.hear(&e.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let client = Rc::clone(self);
        let this = worker.clone();
        let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            // An old worker's last words do not concern the new one.
            if client.worker.borrow().as_ref() == Some(&this) {
                client.worker_failed();
            }
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        *self.worker.borrow_mut() = Some(worker.clone());
        let client = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            clock::pause(PATIENCE_MS).await;
            if !super::handover::is_retired()
                && client.health.get() == Health::Starting
                && client.worker.borrow().as_ref() == Some(&worker)
            {
                client.give_up();
            }
        });
    }

    fn worker_failed(self: &Rc<Self>) {
        let was = self.health.get();
        if was == Health::Starting {
            return self.give_up();
        }
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.terminate();
        }
        if self.busy.take() {
            (self.tell)(Heard::Failed(Failure::Stopped { why: "The reader ran into an error of its own.".into() }));
        }
        Self::spawn(self);
    }

    /// No worker: read on the page from now on.
    fn give_up(self: &Rc<Self>) {
        self.health.set(Health::Unavailable);
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.terminate();
        }
        if let Some((request, files)) = self.waiting.borrow_mut().take() {
            self.read_here(request, files);
        }
    }

    fn read_here(self: &Rc<Self>, request: Request, files: Vec<File>) {
        let client = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let Request { job, today, how, remembered, source } = request;
            let asked = Job { files, source, how, remembered, today, pace: Pace::Page };
            let on_progress = |progress| {
                if client.job.get() == job {
                    (client.tell)(Heard::Progress(progress));
                }
            };
            let result = reader::read(asked, &on_progress).await;
            if client.job.get() != job {
                return;
            }
            (client.tell)(match result {
                Ok(outcome) => Heard::Read { outcome: Box::new(outcome), worker_bytes: 0 },
                Err(Stop::Failure(failure)) => Heard::Failed(failure),
                Err(Stop::NeedsOpening(file)) => Heard::NeedsOpening(file),
            });
        });
    }

    fn hear(self: &Rc<Self>, message: &JsValue) {
        if super::handover::is_retired() {
            return;
        }
        let Some(bytes) = bytes_of(message, "reply") else { return };
        let Ok(reply) = postcard::from_bytes::<Reply>(&bytes) else { return };
        let current = |job: u32| job == self.job.get();
        match reply {
            Reply::Ready { build } => {
                if build != BUILD {
                    let why = "This page and its reader are of different versions. Reload the page.".into();
                    return (self.tell)(Heard::Failed(Failure::Stopped { why }));
                }
                self.health.set(Health::Ready);
                let waiting = self.waiting.borrow_mut().take();
                if let Some((request, files)) = waiting {
                    self.post(&request, &files);
                }
            }
            Reply::Progress { job, progress } if current(job) => (self.tell)(Heard::Progress(progress)),
            Reply::Read { job, memory } if current(job) => {
                self.busy.set(false);
                let bytes = bytes_of(message, "outcome").unwrap_or_default();
                #[cfg(not(feature = "full"))]
                self.outcome
                    .replace(Reflect::get(message, &"outcome".into()).ok().and_then(|bytes| bytes.dyn_into().ok()));
                (self.tell)(match postcard::from_bytes::<Outcome>(&bytes) {
                    Ok(outcome) => Heard::Read { outcome: Box::new(outcome), worker_bytes: memory },
                    Err(_) => {
                        Heard::Failed(Failure::Stopped { why: "The reader’s answer could not be understood.".into() })
                    }
                });
            }
            Reply::Failed { job, failure } if current(job) => {
                self.busy.set(false);
                (self.tell)(Heard::Failed(failure));
            }
            Reply::NeedsOpening { job, file } if current(job) => {
                self.busy.set(false);
                (self.tell)(Heard::NeedsOpening(file));
            }
            _ => {}
        }
    }
}

/// Bytes that travel in a message under this name.
pub(super) fn bytes_of(message: &JsValue, name: &str) -> Option<Vec<u8>> {
    let bytes = Reflect::get(message, &name.into()).ok()?.dyn_into::<Uint8Array>().ok()?;
    Some(bytes.to_vec())
}

/// Asks the page's start script for a worker: how one is started differs between the served site
/// and the one file.
pub(super) fn start_worker(name: &str) -> Option<Worker> {
    let api = Reflect::get(&js_sys::global(), &"brightSpots".into()).ok()?;
    let start: js_sys::Function = Reflect::get(&api, &"startWorker".into()).ok()?.dyn_into().ok()?;
    start.call1(&api, &name.into()).ok()?.dyn_into().ok()
}

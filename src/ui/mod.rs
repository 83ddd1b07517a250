//! Views that read signals and call actions. `format` and `prose` are pure, so they are tested natively.

pub mod format;
pub mod prose;

#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
pub mod components;
#[cfg(feature = "page")]
pub mod figure;
#[cfg(feature = "page")]
pub mod in_turn;
#[cfg(feature = "page")]
pub mod pages;
#[cfg(feature = "page")]
pub mod shell;

/// Starts the page, or, inside a worker, the reader of files: both are the same program, so that
/// it is fetched and compiled once.
#[cfg(feature = "page")]
pub fn start() {
    use crate::browser::{document, handover, worker_side};

    if document::is_worker() {
        console_error_panic_hook::set_once();
        worker_side::serve();
        return;
    }
    document::on_panic();
    let handle = document::body().map(|body| leptos::mount::mount_to(body, app::App));
    handover::on_leave(move || drop(handle));
}

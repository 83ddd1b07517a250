//! Opener entry: the worker that turns spreadsheets, archives and old encodings into text.

fn main() {
    console_error_panic_hook::set_once();
    bright_spots::browser::opener_worker::serve();
}

//! Opener entry: the worker that turns spreadsheets, archives and old encodings into text.

fn main() {
    bright_spots::browser::opener_worker::serve();
}

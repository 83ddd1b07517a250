//! Worker entry: listens for files to read.

fn main() {
    console_error_panic_hook::set_once();
    bright_spots::browser::worker_side::serve();
}

//! Entry of the first load: the pages that everyone opens, and, inside a worker, the reader.

fn main() {
    bright_spots::ui::start();
}

//! Entry of the program with every page. It takes over from the first one, and is alone in the one file.

fn main() {
    bright_spots::ui::start();
}

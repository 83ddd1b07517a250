//! Page entry: says so if the program ever stops, and shows the app.

use bright_spots::ui::app::App;

fn main() {
    bright_spots::browser::document::on_panic();
    leptos::mount::mount_to_body(App);
}

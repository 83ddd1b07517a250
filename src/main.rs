//! Page entry.
fn main() {}

//! The cutting of rows, by its place in the field's order; see `src/scan`.

pub use bright_spots_scan::{DayGrid, Found, Interner, Known, Marks, NONE, Row, Scanner, Sink, Watched, clean};

//! The innermost loop of an import: bytes cut into rows, and rows that say only what is known
//! already counted at once.

mod intern;
mod known;
mod rows;

pub use intern::{Interner, NONE};
pub use known::{DayGrid, Known, Watched};
pub use rows::{Found, Marks, Row, Scanner, Sink, clean};

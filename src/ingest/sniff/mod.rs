//! What a file is and how it is written: kind, encoding, dialect, shape. Looks at the first bytes only, decides
//! deterministically, and says how sure it is so that a person can change it.

pub mod dialect;
pub mod kind;
pub mod shape;

mod cells;
mod prose;

pub use dialect::{Certainty, Dialect, DialectGuess, Escape, LineEnds, Padding, dialect};
pub use kind::{Encoding, FileKind, Opener, kind};
pub use prose::prose;
pub use shape::{Column, NameOrigin, RowKind, RowSorter, Shape, shape};

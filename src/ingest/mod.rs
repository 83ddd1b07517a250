//! Bytes of any export in; a dataset and its problems out. Pure.

pub mod answered;
mod cell_words;
pub mod codes;
mod column_values;
pub mod columns;
pub mod conditions;
pub mod dates;
pub mod encodings;
pub mod group_headers;
mod group_places;
mod group_rows;
mod group_words;
mod header_words;
pub mod import;
mod measures;
pub mod part_name;
pub mod pick;
pub mod problem;
pub mod reading;
pub mod records;
pub mod roles;
pub mod scan;
pub mod school_days;
pub mod sniff;
pub mod tally;
mod whole_schools;
pub mod wide_header;
mod year_parts;

/// Whether this program reads public files of schools. Their numbers show on pages that the first load does not
/// have, so it leaves them to the program with every page, and with them all files that name no student; what
/// reads and proposes them would be an eighth of it.
pub const READS_PUBLIC_FILES: bool = cfg!(any(feature = "full", not(feature = "page")));

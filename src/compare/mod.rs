//! Fair comparison. Pure statistics: knows no browser, no files.

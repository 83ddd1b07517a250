//! The only code that touches web-sys.

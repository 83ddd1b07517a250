//! A workspace file of the plans: anything is read or refused, and what is accepted opens again.
#![no_main]

use bright_spots::plans::Body;
use bright_spots::plans::storage;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(text) = std::str::from_utf8(input) {
        if let Ok(document) = storage::decode::<Body>(text) {
            // What was accepted is kept and opens again.
            assert!(storage::decode::<Body>(&storage::encode(&document)).is_ok());
        }
    }
});

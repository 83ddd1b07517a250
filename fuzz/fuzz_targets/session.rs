//! A session file of the workshop: anything is read or refused, and what is accepted opens again.
#![no_main]

use bright_spots::workshop::file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(session) = file::decode(input) {
        assert!(file::decode(file::encode(&session).as_bytes()).is_ok());
    }
});

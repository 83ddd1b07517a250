//! An exchange file of another school or district: anything is read or refused, and what is accepted opens again.
#![no_main]

use bright_spots::share::exchange::Exchange;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(text) = std::str::from_utf8(input) {
        if let Ok(file) = Exchange::parse(text) {
            assert!(Exchange::parse(&file.to_json()).is_ok());
        }
    }
});

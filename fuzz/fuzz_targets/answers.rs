//! An answers file of the workshop: anything is read or refused, and what is accepted opens again.
#![no_main]

use bright_spots::workshop::answers::Answers;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(answers) = Answers::decode(input) {
        assert!(Answers::decode(answers.encode().as_bytes()).is_ok());
    }
});

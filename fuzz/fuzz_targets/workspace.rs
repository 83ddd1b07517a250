//! A workspace file of the plans, or a bare document of them: anything is read or refused, and what is accepted opens
//! again. A locked part is tried with a passphrase: whatever it asks for, it ends in words.
#![no_main]

use bright_spots::plans::storage::backup::{self, PersonalPart};
use bright_spots::plans::{Body, seal, storage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    if let Ok(document) = storage::decode::<Body>(text) {
        // What was accepted is kept and opens again.
        assert!(storage::decode::<Body>(&storage::encode(&document)).is_ok());
    }
    if let Ok(file) = backup::read(text) {
        if let PersonalPart::Sealed(locked) = &file.personal {
            let _ = seal::open(locked, "four words of ours");
        }
        let again = backup::write(&file).expect("what was read can be written");
        assert!(backup::read(&again).is_ok());
    }
});

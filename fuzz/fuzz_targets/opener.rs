//! Archives and workbooks of any bytes: an error in words at worst.
#![no_main]

use std::io::Cursor;

use bright_spots::ingest::sniff::Opener;
use bright_spots::opener::{self, Choice};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    // The workbook library panics on some damaged files; the opener catches that. Anything it does not catch still
    // ends the run.
    std::panic::set_hook(Box::new(|_| {}));
}, |input: &[u8]| {
    let [which, bytes @ ..] = input else {
        return;
    };
    let kinds = [Opener::Gzip, Opener::Zip, Opener::Excel, Opener::OldExcel, Opener::OpenDocument];
    let kind = kinds[usize::from(*which) % kinds.len()];
    let parts = opener::list(Cursor::new(bytes), kind);
    if let Ok(parts) = &parts {
        for part in 0..parts.len().min(3) {
            let choice = Choice { part: Some(part), encoding: None };
            let _ = opener::open(Cursor::new(bytes), kind, choice, &mut |piece| {
                std::hint::black_box(piece);
            });
        }
    }
});

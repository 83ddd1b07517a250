//! Text in any encoding: pieces change nothing, and what comes out is UTF-8.
#![no_main]

use bright_spots::opener::encoding::TextPipe;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let [which, piece, bytes @ ..] = input else {
        return;
    };
    let labels = [None, Some("utf-8"), Some("utf-16le"), Some("windows-1252"), Some("gb18030"), Some("iso-2022-jp")];
    let label = labels[usize::from(*which) % labels.len()];
    let whole = decode(bytes, bytes.len().max(1), label);
    assert_eq!(whole, decode(bytes, usize::from(piece % 17) + 1, label));
    assert!(std::str::from_utf8(&whole).is_ok());
});

fn decode(bytes: &[u8], piece: usize, label: Option<&str>) -> Vec<u8> {
    let mut pipe = TextPipe::new(label).expect("a label of the standard");
    let mut out = Vec::new();
    for chunk in bytes.chunks(piece) {
        pipe.push(chunk, &mut |p| out.extend_from_slice(p));
    }
    pipe.finish(&mut |p| out.extend_from_slice(p));
    out
}

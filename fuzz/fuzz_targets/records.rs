//! The reader in any dialect: where pieces end changes nothing, sizes stay within the limits.
#![no_main]

use bright_spots::ingest::records::{Limits, Reader, Record};
use bright_spots::ingest::sniff::{Dialect, Escape, Padding};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let [setup, piece, text @ ..] = input else {
        return;
    };
    let dialect = Dialect {
        delimiter: [b',', b';', b'\t', b' '][usize::from(setup & 3)],
        quote: [Some(b'"'), Some(b'\''), None, Some(b'"')][usize::from(setup >> 2 & 3)],
        escape: if setup & 16 == 0 { Escape::Doubled } else { Escape::Backslash },
        padding: if setup & 32 == 0 { Padding::Kept } else { Padding::Trimmed },
    };
    let limits = if setup & 64 == 0 { Limits { field: 40, record: 90, columns: 9 } } else { Limits::USUAL };
    let whole = read(text, text.len().max(1), dialect, limits);
    let pieces = read(text, usize::from(piece % 13) + 1, dialect, limits);
    assert_eq!(whole, pieces);
});

fn read(text: &[u8], piece: usize, dialect: Dialect, limits: Limits) -> Vec<(u64, Vec<Vec<u8>>, bool)> {
    let mut seen = Vec::new();
    let mut reader = Reader::with_limits(dialect, limits);
    let mut sink = |record: &Record<'_>| {
        assert!(!record.is_empty() && record.len() <= limits.columns);
        assert!(record.iter().map(<[u8]>::len).sum::<usize>() <= limits.record);
        assert!(record.iter().all(|f| f.len() <= limits.field));
        let fields: Vec<Vec<u8>> = record.iter().map(<[u8]>::to_vec).collect();
        seen.push((record.line, fields, record.repaired || record.oversize.is_some()));
    };
    for chunk in text.chunks(piece) {
        reader.push(chunk, &mut sink);
    }
    reader.finish(&mut sink);
    seen
}

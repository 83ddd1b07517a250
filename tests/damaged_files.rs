//! Every kind of file that the app opens, damaged at random: reading it ends in a value or in a plain
//! refusal, never in a panic, and what is accepted is accepted the same way again. The same functions
//! stand as fuzz targets under `fuzz/`.

use bright_spots::plans::Body;
use bright_spots::plans::storage;
use bright_spots::share::exchange::Exchange;
use bright_spots::workshop::answers::Answers;
use bright_spots::workshop::file;
use proptest::prelude::*;

const FILES: [(&str, &str); 4] = [
    ("workspace", include_str!("fixtures/plans/v1-plans.json")),
    ("session", include_str!("fixtures/workshop/session-v1.json")),
    ("answers", include_str!("fixtures/workshop/answers-v1.json")),
    ("exchange", include_str!("../docs/exchange/example.json")),
];

/// Whether a file of a kind is accepted.
fn opens(kind: &str, bytes: &[u8]) -> bool {
    let text = || std::str::from_utf8(bytes).ok();
    match kind {
        "workspace" => text().is_some_and(|text| storage::decode::<Body>(text).is_ok()),
        "session" => file::decode(bytes).is_ok(),
        "answers" => Answers::decode(bytes).is_ok(),
        _ => text().is_some_and(|text| Exchange::parse(text).is_ok()),
    }
}

#[test]
fn the_files_that_are_damaged_below_open_as_they_are() {
    for (kind, text) in FILES {
        assert!(opens(kind, text.as_bytes()), "{kind}");
    }
}

/// What a hostile hand puts in the place of a few bytes.
const PIECES: [&str; 12] = [
    "<img src=x onerror=alert(1)>",
    "\u{0}",
    "99999999999999999999",
    "-1",
    "1e999",
    "null",
    "[",
    "{\"__proto__\":{}}",
    "\u{202e}",
    "]",
    "\\ud800",
    "\"",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn damage_is_refused_or_read_and_never_a_panic(
        which in 0usize..4,
        cuts in prop::collection::vec((0.0f64..1.0, 0usize..40, 0usize..12), 1..4),
        short in prop::option::of(0.0f64..1.0),
    ) {
        let (kind, text) = FILES[which];
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, piece) in cuts {
            let from = (at * bytes.len() as f64) as usize;
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, PIECES[piece].bytes());
        }
        if let Some(short) = short {
            bytes.truncate((short * bytes.len() as f64) as usize);
        }
        let first = opens(kind, &bytes);
        prop_assert_eq!(first, opens(kind, &bytes));
    }

    #[test]
    fn no_bytes_at_all_are_a_file_by_chance(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for (kind, _) in FILES {
            prop_assert!(!opens(kind, &bytes));
        }
    }

    /// Deep nesting ends in a refusal, not in a full stack.
    #[test]
    fn deep_files_are_refused(depth in 1_000usize..200_000, open in prop::sample::select(vec!["[", "{\"a\":"])) {
        for (kind, _) in FILES {
            prop_assert!(!opens(kind, open.repeat(depth).as_bytes()));
        }
    }
}

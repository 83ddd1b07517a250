//! Texts that are already in memory, counted as the worker counts files.

use super::{Outcome, Tally};
use crate::attendance::Day;
use crate::ingest::reading::Reading;

/// Counts `texts`, handed over in pieces of at most `piece` bytes, by their readings, again where the
/// files need it. As in the worker, a text whose columns are not clear is not counted but asked about.
///
/// # Panics
/// Where the passes do not settle, which no text may bring about.
#[must_use]
pub fn count(mut readings: Vec<Reading>, texts: &[&[u8]], piece: usize, today: Day) -> Outcome {
    let sizes: Vec<u64> = texts.iter().map(|text| text.len() as u64).collect();
    let pass = |mut tally: Tally, readings: &[Reading]| {
        for at in Tally::order(readings) {
            tally.start(at);
            for bytes in texts[at].chunks(piece.clamp(1, texts[at].len().max(1))) {
                tally.push(bytes);
            }
            tally.end();
        }
        tally
    };
    // As many times as the worker: twice for the order of dates, twice for contradictions.
    for _ in 0..4 {
        let mut tally = Tally::new(readings.clone(), &sizes, today);
        if readings.iter().any(|reading| !reading.open_columns().is_empty()) {
            return tally.finish();
        }
        tally = pass(tally, &readings);
        while tally.needs_second_pass() {
            tally = pass(tally.second_pass(readings.clone(), &sizes), &readings);
        }
        let outcome = tally.finish();
        if !outcome.again {
            return outcome;
        }
        readings = outcome.readings;
    }
    panic!("the reading never settles");
}

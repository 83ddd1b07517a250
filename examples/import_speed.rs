//! How long files take to be read and counted together, natively:
//! `cargo run --release --no-default-features --example import_speed FILE…`. `scripts/bench-layouts.mjs
//! --write FOLDER` makes one of each layout.

use bright_spots::attendance::Day;
use bright_spots::ingest::import::{HEAD, Head, readings};
use bright_spots::ingest::tally::{Outcome, Tally};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let texts = paths.iter().map(std::fs::read).collect::<Result<Vec<Vec<u8>>, _>>()?;
    let sizes: Vec<u64> = texts.iter().map(|text| text.len() as u64).collect();
    let bytes: u64 = sizes.iter().sum();
    for _ in 0..5 {
        let began = Instant::now();
        let heads: Vec<Head<'_>> = paths
            .iter()
            .zip(&texts)
            .map(|(name, text)| Head { name, bytes: &text[..text.len().min(HEAD)], whole: text.len() <= HEAD })
            .collect();
        let mut readings = readings(&heads, &[], &[]).map_err(|failure| failure.title())?;
        let proposed = began.elapsed();
        let (mut rows, mut passes) = (0, 0);
        let mut counted;
        let outcome = loop {
            let mut tally = Tally::new(readings.clone(), &sizes, Day(30_000));
            let mut pass = |tally: &mut Tally| {
                passes += 1;
                for at in Tally::order(&readings) {
                    tally.start(at);
                    for chunk in texts[at].chunks(2 << 20) {
                        tally.push(chunk);
                    }
                    tally.end();
                }
            };
            pass(&mut tally);
            if tally.needs_second_pass() {
                tally = tally.second_pass(readings.clone(), &sizes);
                pass(&mut tally);
            }
            rows = rows.max(tally.rows());
            counted = began.elapsed();
            let outcome = tally.finish();
            if !outcome.again {
                break outcome;
            }
            readings = outcome.readings;
        };
        let finished = began.elapsed();
        let sent = postcard::to_allocvec(&outcome)?;
        let encoded = began.elapsed();
        let (_, rest) = postcard::take_from_bytes::<Outcome>(&sent)?;
        let all = began.elapsed();
        println!(
            "{rows} rows, {passes} passes, {} asked, proposed {proposed:.0?}, counted {:.0?}, finished {:.0?}, written {:.0?}, \
             read {:.0?} ({} bytes, {} left), in all {all:.0?}, {:.2} ns per byte",
            outcome.questions.len(),
            counted - proposed,
            finished - counted,
            encoded - finished,
            all - encoded,
            sent.len(),
            rest.len(),
            all.as_nanos() as f64 / bytes as f64
        );
    }
    Ok(())
}

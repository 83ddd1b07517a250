//! How long one file takes to be read and counted, natively: `cargo run --release --no-default-features --example import_speed FILE`.

use bright_spots::attendance::Day;
use bright_spots::ingest::import::{HEAD, Head, propose};
use bright_spots::ingest::tally::Tally;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let bytes = std::fs::read(&path)?;
    for _ in 0..5 {
        let began = Instant::now();
        let head = &bytes[..bytes.len().min(HEAD)];
        let reading = propose(&Head { name: &path, bytes: head, whole: head.len() == bytes.len() })
            .map_err(|failure| failure.title())?;
        let proposed = began.elapsed();
        let mut tally = Tally::new(vec![reading], &[bytes.len() as u64], Day(30_000));
        tally.start(0);
        for chunk in bytes.chunks(2 << 20) {
            tally.push(chunk);
        }
        tally.end();
        let rows = tally.rows();
        let read = began.elapsed();
        let outcome = tally.finish();
        println!(
            "{rows} rows, {} asked, proposed {proposed:?}, read {read:?}, in all {:?}",
            outcome.questions.len(),
            began.elapsed()
        );
    }
    Ok(())
}

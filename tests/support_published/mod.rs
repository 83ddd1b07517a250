//! What tests of public files look at.

use bright_spots::ingest::tally::Outcome;
use bright_spots::trust::published::overview;

/// Name, chronically absent, students counted and rate in tenths of a percent.
pub type Line = (String, Option<u32>, Option<u32>, Option<u32>);

/// The schools of a file about which nothing is asked.
pub fn lines(o: &Outcome) -> Vec<Line> {
    assert_eq!(o.questions, []);
    let line = |s: bright_spots::trust::published::Line| {
        (s.name, s.chronic, s.counted, s.rate.map(|rate| (rate * 1000.0).round() as u32))
    };
    overview(&o.dataset).schools.into_iter().map(line).collect()
}

pub fn rates(o: &Outcome) -> Vec<Option<u32>> {
    lines(o).into_iter().map(|line| line.3).collect()
}

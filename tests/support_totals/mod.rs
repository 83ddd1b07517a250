//! What tests of files of totals look at.

use bright_spots::attendance::{Days, Kind};
use bright_spots::ingest::tally::Outcome;

/// Enrolled and absent days, in the order of students.
pub fn days(o: &Outcome) -> Vec<(f64, f64)> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    let absent = |s: &bright_spots::attendance::Stay| -> Days {
        Kind::ALL.iter().filter(|k| k.is_absence()).map(|k| s.absent[*k as usize]).sum()
    };
    o.dataset.stays.iter().map(|s| (s.enrolled.as_f64(), absent(s).as_f64())).collect()
}

/// Percents of days missed.
pub fn percents(o: &Outcome) -> Vec<f64> {
    assert_eq!(o.questions, [], "{:?}", o.readings);
    o.dataset.stays.iter().map(|s| f64::from(s.percent_absent.unwrap()) / 1e6).collect()
}

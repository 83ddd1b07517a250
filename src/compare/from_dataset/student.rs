//! One student's year at one school, day by day, for the search for patterns.

use crate::attendance::records::marks;
use crate::attendance::{Dataset, Definition, Stay};
use crate::compare::patterns::{SchoolDay, Status};

/// The days on which the stay's school was in session, ascending. A day counts as absent where at
/// least half of it was missed. Empty for files of totals.
#[must_use]
pub fn student_days(dataset: &Dataset, definition: &Definition, stay: &Stay) -> Vec<SchoolDay> {
    let Some(sessions) = dataset.sessions.get(usize::from(stay.school)) else { return Vec::new() };
    let marks = marks(dataset, stay);
    let missed = |at: usize| -> u32 {
        let counts = |mark: &&crate::attendance::Mark| usize::from(mark.day) == at && definition.counts(mark.kind);
        marks.iter().filter(counts).map(|mark| u32::from(mark.missed)).sum()
    };
    sessions
        .iter()
        .filter(|at| *at < dataset.calendar.len())
        .map(|at| {
            let status = match (stay.on_roll.contains(at), missed(at) >= 500) {
                (false, _) => Status::NotEnrolled,
                (true, true) => Status::Absent,
                (true, false) => Status::Present,
            };
            SchoolDay { day: dataset.calendar[at], status }
        })
        .collect()
}

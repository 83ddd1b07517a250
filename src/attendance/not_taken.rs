//! Attendance that was never taken: how much of it is worth saying. Found once, while files are counted;
//! everything that speaks of it reads the same numbers.

use serde::{Deserialize, Serialize};

/// What was never taken at one school: days between a student’s first and last day on which the school
/// was in session and nothing stands about the student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTaken {
    /// School days with such a gap.
    pub days: u64,
    pub student_days: u64,
    /// Student-days that a complete file would hold.
    pub expected: u64,
}

impl NotTaken {
    #[must_use]
    pub fn share(&self) -> f64 {
        self.student_days as f64 / self.expected.max(1) as f64
    }
}

/// Below this share single gaps are the odd forgotten row, and only whole classes count (2 % of
/// student-days; `shared/methods.md`, section 13).
#[must_use]
pub const fn is_worth_saying(missing: u64, expected: u64) -> bool {
    expected > 0 && 50 * missing >= expected
}

/// Above this share no verdict can stand on the school’s numbers (5 %).
#[must_use]
pub const fn is_too_much(missing: u64, expected: u64) -> bool {
    20 * missing > expected
}

//! How many days a student can still miss this year and end under 10 %, in exact integers.
//!
//! Source: `shared/methods.md`, section 12. An answer needs the days that remain in the school's
//! calendar; it is arithmetic, not permission to be absent.

use crate::attendance::Days;

/// Before this many enrolled days the page says "watch": early rates jump.
pub const EARLY: Days = Days::whole(30);

/// What is still possible this year. Whole school days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaysLeft {
    pub remaining: u32,
    /// Days that can be missed of those remaining, ending under 10 %; `None` where it is too late.
    pub may_still_miss: Option<u32>,
    /// Days to attend in a row until the rate so far is under 10 %: 0 where it is now, `None`
    /// where the year is too short for it.
    pub in_a_row_to_get_under: Option<u32>,
    /// Absences in a row until the rate so far reaches 10 %: 0 where it has.
    pub absences_to_reach: u32,
    /// Fewer than 30 days are enrolled so far.
    pub early: bool,
}

/// The answer for one student; `None` where the days cannot be right.
#[must_use]
pub fn days_left(enrolled: Days, absent: Days, remaining: u32) -> Option<DaysLeft> {
    let (e, a) = (enrolled.thousandths(), absent.thousandths());
    if e <= 0 || a < 0 || a > e {
        return None;
    }
    let total = e + 1000 * i64::from(remaining);
    let may_still_miss = (10 * a < total).then(|| {
        let days = (total - 10 * a - 1) / 10_000;
        u32::try_from(days).unwrap_or(u32::MAX).min(remaining)
    });
    let in_a_row = if 10 * a < e { 0 } else { (10 * a - e) / 1000 + 1 };
    let in_a_row_to_get_under = u32::try_from(in_a_row).ok().filter(|days| *days <= remaining);
    // Rounded up: a whole day's absence raises 10 A − E by 9,000.
    let absences_to_reach = u32::try_from(((e - 10 * a).max(0) + 8999) / 9000).unwrap_or(u32::MAX);
    Some(DaysLeft { remaining, may_still_miss, in_a_row_to_get_under, absences_to_reach, early: enrolled < EARLY })
}

impl DaysLeft {
    /// `Can miss 7 of the remaining 120 days and still end under 10 %.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let remaining = self.remaining;
        match (self.may_still_miss, remaining) {
            (Some(_), 0) => "The year is over, and ended under 10 %.".to_owned(),
            (None, 0) => "The year is over.".to_owned(),
            (None, _) => {
                format!("With {remaining} days remaining, the year ends at 10 % or more even with every day attended.")
            }
            (Some(0), _) => format!("Ends under 10 % with every one of the remaining {remaining} days attended."),
            (Some(1), _) => format!("Can miss 1 of the remaining {remaining} days and still end under 10 %."),
            (Some(days), _) => format!("Can miss {days} of the remaining {remaining} days and still end under 10 %."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn impossible_days_have_no_answer_and_the_year_may_be_over() {
        assert_eq!(days_left(Days::ZERO, Days::ZERO, 10), None);
        assert_eq!(days_left(Days::whole(5), Days::whole(6), 10), None);
        let early = days_left(Days::whole(20), Days::whole(2), 160).unwrap();
        assert!(early.early && early.sentence() == "Can miss 15 of the remaining 160 days and still end under 10 %.");
    }

    proptest! {
        #[test]
        fn one_more_missed_day_would_be_too_many(e in 1i64..180_000, part in 0.0f64..=1.0, remaining in 0u32..180) {
            let a = (e as f64 * part) as i64;
            let left = days_left(Days::from_thousandths(e), Days::from_thousandths(a), remaining).unwrap();
            let total = e + 1000 * i64::from(remaining);
            if let Some(days) = left.may_still_miss {
                prop_assert!(10 * (a + 1000 * i64::from(days)) < total);
                prop_assert!(days == remaining || 10 * (a + 1000 * (i64::from(days) + 1)) >= total);
            } else {
                prop_assert!(10 * a >= total);
            }
            if let Some(days) = left.in_a_row_to_get_under {
                prop_assert!(10 * a < e + 1000 * i64::from(days));
            }
            let k = i64::from(left.absences_to_reach);
            prop_assert!(10 * (a + 1000 * k) >= e + 1000 * k);
            prop_assert!(k == 0 || 10 * (a + 1000 * (k - 1)) < e + 1000 * (k - 1));
        }
    }
}

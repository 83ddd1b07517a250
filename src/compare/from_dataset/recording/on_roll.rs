//! How many students are on roll on each day, counted for 64 days at once.

use crate::attendance::DayBits;

/// One number per day of a calendar, its binary digits apart: plane 0 holds the ones of every day,
/// plane 1 the twos, and so on. To add a student is then to add a carry, word by word.
#[derive(Clone, Debug)]
pub(super) struct Counters {
    n_days: usize,
    planes: Vec<Vec<u64>>,
}

impl Counters {
    pub(super) fn new(n_days: usize) -> Counters {
        Counters { n_days, planes: Vec::new() }
    }

    /// One more on each of these days; days beyond the calendar are passed over.
    pub(super) fn add(&mut self, days: &DayBits) {
        let n_words = self.n_days.div_ceil(64);
        for (word, bits) in days.0.iter().enumerate().take(n_words) {
            let mut carry = *bits;
            let mut plane = 0;
            while carry != 0 {
                if plane == self.planes.len() {
                    self.planes.push(vec![0; n_words]);
                }
                let digit = &mut self.planes[plane][word];
                (*digit, carry) = (*digit ^ carry, *digit & carry);
                plane += 1;
            }
        }
    }

    /// The number of each day.
    pub(super) fn all(&self) -> Vec<u32> {
        let digit = |plane: &[u64], day: usize| (plane[day / 64] >> (day % 64) & 1) as u32;
        let number = |day: usize| self.planes.iter().enumerate().map(|(at, plane)| digit(plane, day) << at).sum();
        (0..self.n_days).map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_are_those_of_one_by_one(n_days in 1usize..200, students in prop::collection::vec(prop::collection::vec(0usize..260, 0..60), 0..40)) {
            let mut counters = Counters::new(n_days);
            let mut plain = vec![0u32; n_days];
            for days in students {
                let mut bits = DayBits::default();
                for day in days {
                    if bits.insert(day) && day < n_days {
                        plain[day] += 1;
                    }
                }
                counters.add(&bits);
            }
            prop_assert_eq!(counters.all(), plain);
        }
    }
}

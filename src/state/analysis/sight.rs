//! Who is looking, and what they may see: the one place through which the analysis pages pass
//! every number about students.

use crate::charts::{Precision, Rate};
use crate::compare::wilson::wilson95;
use crate::share::gate::{self, Rule, Shown};

/// What a hidden number is called.
pub const HIDDEN: &str = "hidden";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The school's own team: every number as counted.
    Team,
    /// Others may be looking: through the gate.
    Share,
}

impl Sight {
    #[must_use]
    pub fn is_share(self) -> bool {
        self == Sight::Share
    }

    #[must_use]
    pub fn precision(self) -> Precision {
        match self {
            Sight::Team => Precision::Tenths,
            Sight::Share => Precision::Whole,
        }
    }

    /// A number of students.
    #[must_use]
    pub fn count(self, students: u64) -> Option<u64> {
        match self {
            Sight::Team => Some(students),
            Sight::Share => gate::count(Rule::default(), small(students)).value().map(u64::from),
        }
    }

    /// One group alone: so many of `counted`.
    #[must_use]
    pub fn rate(self, chronic: u64, counted: u64) -> Rate {
        let (chronic, counted) = (small(chronic), small(counted));
        let whole = Rate::of(chronic, counted, wilson95(u64::from(chronic), u64::from(counted)));
        match self {
            Sight::Team => whole,
            Sight::Share => seen(whole, &gate::group_row(Rule::default(), counted, chronic)),
        }
    }

    /// Groups (counted, chronic) that add up to a total which may stand beside them.
    #[must_use]
    pub fn rates(self, groups: &[(u64, u64)]) -> Vec<Rate> {
        match self {
            Sight::Team => groups.iter().map(|(counted, chronic)| self.rate(*chronic, *counted)).collect(),
            Sight::Share => {
                let small: Vec<(u32, u32)> = groups.iter().map(|(n, x)| (small(*n), small(*x))).collect();
                gate::group_rows(Rule::default(), &small)
                    .iter()
                    .zip(small)
                    .map(|(row, (n, x))| seen(Rate::of(x, n, wilson95(u64::from(x), u64::from(n))), row))
                    .collect()
            }
        }
    }

    /// Students by tier; in share mode only where every tier may stand alone.
    #[must_use]
    pub fn tiers(self, tiers: [u32; 5]) -> Option<[u32; 5]> {
        match self {
            Sight::Team => Some(tiers),
            Sight::Share => (gate::tier_classes(Rule::default(), tiers).len() == 5).then_some(tiers),
        }
    }

    /// Whether a share of days, or a note, of a group this large may stand.
    #[must_use]
    pub fn admits(self, students: u64) -> bool {
        self.count(students).is_some()
    }
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn seen(whole: Rate, row: &gate::GroupRow) -> Rate {
    let stands = matches!(row.rate, Shown::Value(_));
    Rate {
        counted: row.students.value(),
        chronic: row.chronic.value(),
        rate: row.rate.value(),
        interval: whole.interval.filter(|_| stands),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_see_no_small_group_and_no_extreme_rate() {
        assert_eq!(Sight::Team.rate(3, 7).chronic, Some(3));
        assert_eq!(Sight::Share.rate(3, 7), Rate::default());
        let extreme = Sight::Share.rate(0, 200);
        assert_eq!((extreme.counted, extreme.rate, extreme.interval), (Some(200), None, None));
        assert!(Sight::Share.rate(40, 200).interval.is_some());
        assert_eq!(Sight::Share.count(10), None);
        assert_eq!(Sight::Share.tiers([50, 40, 30, 20, 0]), None);
    }

    #[test]
    fn one_hidden_group_of_a_list_is_not_told_by_subtraction() {
        let rates = Sight::Share.rates(&[(100, 20), (90, 18), (6, 2)]);
        assert!(rates.iter().filter(|r| r.counted.is_none()).count() >= 2, "{rates:?}");
    }
}

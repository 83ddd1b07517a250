//! Who is looking, and what they may see: the one place through which the analysis pages pass
//! every number about students.

use super::told::{At, Pair, Told};
use crate::charts::{Precision, Rate};
use crate::compare::wilson::wilson95;
use crate::share::exchange::Header;
use crate::share::gate::Shown;
use crate::state::Shared;

/// What a hidden number is called.
pub const HIDDEN: &str = "hidden";

#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// The school's own team: every number as counted.
    Team,
    /// Others may be looking: the numbers of the audited export and no others. Nothing is told while it is
    /// being prepared, or where it did not pass.
    Share(Option<Shared<Told>>),
}

impl Sight {
    #[must_use]
    pub fn is_share(&self) -> bool {
        matches!(self, Sight::Share(_))
    }

    #[must_use]
    pub fn precision(&self) -> Precision {
        match self {
            Sight::Team => Precision::Tenths,
            Sight::Share(_) => Precision::Whole,
        }
    }

    /// One group: so many of `counted`, as counted here. Others see what the export tells of it.
    #[must_use]
    pub fn rate(&self, at: At, chronic: u64, counted: u64) -> Rate {
        match self {
            Sight::Team => {
                let (chronic, counted) = (small(chronic), small(counted));
                Rate::of(chronic, counted, wilson95(u64::from(chronic), u64::from(counted)))
            }
            Sight::Share(told) => told.as_ref().map_or_else(Rate::default, |told| seen(told.pair(at))),
        }
    }

    /// What the export tells of a group, ranges included; hidden where there is none.
    #[must_use]
    pub fn told(&self, at: At) -> Pair {
        match self {
            Sight::Share(Some(told)) => told.pair(at),
            Sight::Team | Sight::Share(None) => (Shown::Hidden, Shown::Hidden),
        }
    }

    /// A number that no export tells, such as of students with two conditions: for the team only.
    #[must_use]
    pub fn untold(&self, chronic: u64, counted: u64) -> Rate {
        match self {
            Sight::Team => self.rate(At::default(), chronic, counted),
            Sight::Share(_) => Rate::default(),
        }
    }

    /// A number of students for the team only.
    #[must_use]
    pub fn untold_count(&self, students: u64) -> Option<u64> {
        (!self.is_share()).then_some(students)
    }

    /// Students by tier; in share mode only where the export tells every tier apart.
    #[must_use]
    pub fn tiers(&self, school: Option<usize>, tiers: [u32; 5]) -> Option<[u32; 5]> {
        match self {
            Sight::Team => Some(tiers),
            Sight::Share(told) => told.as_ref()?.tiers(school),
        }
    }

    /// Students of one tier: so many of `counted`.
    #[must_use]
    pub fn in_tier(&self, at: At, tier: usize, students: u64, counted: u64) -> Rate {
        match self {
            Sight::Team => self.rate(at, students, counted),
            Sight::Share(told) => {
                let is_told = at == At { school: at.school, ..At::default() };
                let tiers = told.as_ref().filter(|_| is_told).and_then(|told| told.tiers(at.school));
                tiers.map_or_else(Rate::default, |tiers| Rate::of(tiers[tier], tiers.iter().sum(), None))
            }
        }
    }

    /// The earlier export whose numbers others see once more; `None` where they are of what is loaded.
    #[must_use]
    pub fn earlier(&self) -> Option<&Header> {
        match self {
            Sight::Team | Sight::Share(None) => None,
            Sight::Share(Some(told)) => told.earlier(),
        }
    }

    /// Whether a share of days, an expected rate, a verdict or a note of a group may stand: where its size does.
    /// They are worked out from what is loaded, so they never stand beside an earlier export's numbers.
    #[must_use]
    pub fn admits(&self, at: At) -> bool {
        match self {
            Sight::Team => true,
            Sight::Share(told) => told
                .as_ref()
                .is_some_and(|told| told.earlier().is_none() && told.pair(at).0.value().is_some_and(|n| n > 0)),
        }
    }

    /// A share of a group's days. For others in whole percents and without days, so that no sum of
    /// days gives away those of a group that is hidden.
    #[must_use]
    pub fn share_of_days(&self, at: At, share: Option<f64>) -> Option<f64> {
        match self {
            Sight::Team => share,
            Sight::Share(_) => share.filter(|_| self.admits(at)).map(whole_percent),
        }
    }

    /// An expected rate, which others see in whole percents.
    #[must_use]
    pub fn expected(&self, at: At, rate: Option<f64>) -> Option<f64> {
        self.share_of_days(at, rate)
    }
}

fn whole_percent(share: f64) -> f64 {
    (100.0 * share).round() / 100.0
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A pair of an export as a rate. A coded outcome is unknown to a chart.
fn seen((students, chronic): Pair) -> Rate {
    match (students.value(), chronic.value()) {
        (Some(n), Some(x)) => Rate::of(x, n, wilson95(u64::from(x), u64::from(n))),
        (counted, chronic) => Rate { counted, chronic, rate: None, interval: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::{Dataset, Day, Definition, Grade, School, Tier};
    use crate::share::gate::{self, Rule};
    use crate::share::prepare::Preparing;
    use crate::share::suppress::{Record, Tables};

    #[test]
    fn others_see_nothing_before_an_export_has_passed() {
        let at = At::school(0);
        assert_eq!(Sight::Team.rate(at, 3, 7).chronic, Some(3));
        let share = Sight::Share(None);
        assert_eq!(share.rate(at, 40, 200), Rate::default());
        assert_eq!((share.tiers(None, [50; 5]), share.untold_count(200)), (None, None));
        assert_eq!(share.share_of_days(at, Some(0.1)), None);
        assert!(!share.admits(at));
    }

    /// Three schools and their sum. A gate that looks at one school at a time tells the first and the last, and
    /// the one between, of which nobody is chronically absent, follows by subtraction.
    #[test]
    fn what_a_visit_or_a_profile_tells_cannot_be_subtracted_from_the_export() {
        let schools: Vec<School> =
            ["Alder", "Birch", "Cedar"].map(|name| School { name: name.into(), district: String::new() }).to_vec();
        let counts = [(40u32, 10u32), (60, 0), (300, 60)];
        let mut records = Vec::new();
        for (school, (n, chronic)) in counts.into_iter().enumerate() {
            let first = records.len() as u32;
            records.extend((0..n).map(|at| Record {
                student: first + at,
                school: school as u16,
                grade: Grade::Unknown,
                tier: if at < chronic { Tier::Moderate } else { Tier::Satisfactory },
                chronic: at < chronic,
            }));
        }
        let one_at_a_time = counts.map(|(n, x)| gate::part(Rule::default(), n, x).value());
        let [Some(alder), None, Some(cedar)] = one_at_a_time else { panic!("{one_at_a_time:?}") };
        assert_eq!(70 - alder - cedar, 0, "the sum gives the middle one away");

        let tables = Tables::new(&schools, &records, &[], Rule::default());
        let prepared = Preparing::new(tables, Rule::default(), &[], Day(20_000), &|_| 0).ok().unwrap().finish();
        assert!(prepared.report.passes());
        let dataset = Dataset { schools, ..Dataset::default() };
        let sight = Sight::Share(Some(Shared::new(Told::new(&prepared.release, &dataset))));
        assert_eq!(sight.told(At::default()), (gate::Shown::Value(400), gate::Shown::Value(70)));
        let rates: Vec<Rate> =
            (0..3).map(|at| sight.rate(At::school(at), u64::from(counts[at].1), u64::from(counts[at].0))).collect();
        let hidden = rates.iter().filter(|rate| rate.chronic.is_none()).count();
        assert!(rates[1].chronic.is_none() && hidden == 2, "{rates:?}");
        for (at, rate) in rates.iter().enumerate() {
            assert_eq!(sight.told(At::school(at)).1.value(), rate.chronic);
            assert!(rate.rate.is_none() == rate.chronic.is_none() && rate.interval.is_none() == rate.chronic.is_none());
        }
        assert_eq!(sight.expected(At::default(), Some(0.204)), Some(0.2));

        // Handed out once more, they are the same numbers, and nothing of what is loaded stands beside them.
        let earlier = Header {
            made_by: "Alder district".into(),
            made_on: Day(20_010),
            first_day: Day(19_900),
            last_day: Day(20_000),
            definition: Definition::default(),
        };
        let told = Told::new(&prepared.release, &dataset).of_earlier(Some(earlier.clone()));
        let again = Sight::Share(Some(Shared::new(told)));
        assert_eq!(again.told(At::default()), sight.told(At::default()));
        assert_eq!((again.expected(At::default(), Some(0.2)), again.admits(At::default())), (None, false));
        let stamp = crate::state::stamp::of_earlier(again.earlier().unwrap());
        let days = format!("{} – {}", earlier.first_day, earlier.last_day);
        assert!(stamp.contains(&days) && stamp.contains("Federal"), "{stamp}");
        assert!(stamp.ends_with(&format!("shared on {}.", earlier.made_on)), "{stamp}");
    }
}

//! From the comparison of one school to its verdict, with the reason in plain words.
//!
//! Source: `shared/methods.md`, sections 4 and 5, in that order of rules.

use super::flags::{Flag, too_good_is_red};
use super::spread::{Basis, MINIMUM_SCHOOLS, Spread};
use super::standardise::Expected;
use super::tail::Count;
use super::words::{one_in, thousands};

/// What may be said about one school, grade, homeroom or group. The keys are the contract's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    LikelyBrightSpot,
    PossibleBrightSpot,
    AsExpected,
    PossiblyHigher,
    LikelyHigher,
    TooFewToTell,
    CheckDataFirst,
}

impl Verdict {
    pub const ALL: [Verdict; 7] = [
        Verdict::LikelyBrightSpot,
        Verdict::PossibleBrightSpot,
        Verdict::AsExpected,
        Verdict::PossiblyHigher,
        Verdict::LikelyHigher,
        Verdict::TooFewToTell,
        Verdict::CheckDataFirst,
    ];

    /// The stable name in results files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Verdict::LikelyBrightSpot => "likely_bright_spot",
            Verdict::PossibleBrightSpot => "possible_bright_spot",
            Verdict::AsExpected => "as_expected",
            Verdict::PossiblyHigher => "possibly_higher",
            Verdict::LikelyHigher => "likely_higher",
            Verdict::TooFewToTell => "too_few_to_tell",
            Verdict::CheckDataFirst => "check_data_first",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Verdict::LikelyBrightSpot => "Likely bright spot",
            Verdict::PossibleBrightSpot => "Possible bright spot",
            Verdict::AsExpected => "As expected",
            Verdict::PossiblyHigher => "Possibly higher than expected",
            Verdict::LikelyHigher => "Likely higher than expected",
            Verdict::TooFewToTell => "Too few to tell",
            Verdict::CheckDataFirst => "Check the data first",
        }
    }

    #[must_use]
    pub const fn is_bright_spot(self) -> bool {
        matches!(self, Verdict::LikelyBrightSpot | Verdict::PossibleBrightSpot)
    }
}

/// What a verdict needs to know about one school.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// Compared students, and how many of them are chronically absent.
    pub compared: u64,
    pub observed: u64,
    /// The count expected among those compared; `None` where there is no expected rate.
    pub expected: Option<f64>,
    /// How often the spread counts: 1, and as much again as the reference rests on few schools (H).
    pub spreads: f64,
    /// Variance in squared log odds from estimating the expected rate.
    pub estimation: f64,
}

impl Case {
    /// The case of a school compared by standardisation.
    #[must_use]
    pub fn of(expected: &Expected) -> Case {
        Case {
            compared: expected.compared,
            observed: expected.observed,
            expected: expected.has_expected().then_some(expected.expected),
            spreads: 1.0 + expected.concentration,
            estimation: expected.estimation_variance(),
        }
    }

    /// ω²: the variance in log odds around the expected rate, for between-school variance `tau2`.
    #[must_use]
    pub fn omega2(&self, tau2: f64) -> f64 {
        tau2 * self.spreads + self.estimation
    }

    /// The distribution of the count of an ordinary school with these students.
    #[must_use]
    pub fn ordinary(&self, tau2: f64) -> Option<Count> {
        let p = self.expected_rate()?;
        let rho = (self.omega2(tau2) * p * (1.0 - p)).min(0.5);
        Some(Count { n: self.compared, p, rho })
    }

    /// The one check before praise that needs counts alone: a rate too good to be taken without a look.
    #[must_use]
    pub fn too_good(&self, tails: Option<&Tails>) -> Option<Flag> {
        let (observed, expected, low) = (self.observed, self.expected?, tails?.low);
        too_good_is_red(observed, expected, low).then_some(Flag::TooGood { observed, expected })
    }

    /// The expected rate, 0 to 1.
    #[must_use]
    pub fn expected_rate(&self) -> Option<f64> {
        self.expected.filter(|_| self.compared > 0).map(|expected| expected / self.compared as f64)
    }
}

/// A verdict with the numbers that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub reason: Reason,
    /// `None` without an expected rate.
    pub tails: Option<Tails>,
}

/// How unusual a count is among ordinary schools.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// Variance in log odds around the expected rate, and the correlation it makes.
    pub omega2: f64,
    pub rho: f64,
    /// The chance of a count this low, for `likely` and for `possible`; high is 1 less it.
    pub low: f64,
    pub low_for_possible: f64,
    /// The chance that plain luck gives half of what is expected.
    pub half: f64,
}

/// Why, as data; [`Judgement::sentence`] says it.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Fewer than three schools could be compared.
    FewSchools {
        schools: usize,
    },
    /// Too few of its students have their like elsewhere.
    NoComparison,
    /// The recording needs a look; the flags say where.
    Flagged(Vec<Flag>),
    /// Beyond what ordinary schools do: about once in `once_in` ordinary schools.
    StandsOut {
        once_in: f64,
    },
    /// Even half the expected rate would not show with so few students.
    EvenHalfWouldNotShow,
    Ordinary,
}

/// Judges one school. `flags` are its red flags.
#[must_use]
pub fn judge(case: &Case, spread: &Spread, flags: &[Flag]) -> Judgement {
    judge_with(case, spread, flags, tails(case, spread))
}

/// The same where the tails are known already.
#[must_use]
pub fn judge_with(case: &Case, spread: &Spread, flags: &[Flag], tails: Option<Tails>) -> Judgement {
    let (Some(tails), Some(expected), true) = (tails, case.expected, spread.schools >= 3) else {
        let reason =
            if case.expected.is_some() { Reason::FewSchools { schools: spread.schools } } else { Reason::NoComparison };
        return Judgement { verdict: Verdict::TooFewToTell, reason, tails: None };
    };
    let observed = case.observed as f64;
    let enough = spread.schools >= MINIMUM_SCHOOLS;
    let (lower, higher) = (observed <= 0.9 * expected, observed >= 1.1 * expected);
    let (high, high_for_possible) = (1.0 - tails.low, 1.0 - tails.low_for_possible);
    let stands_out = |tail: f64| Reason::StandsOut { once_in: 1.0 / tail.max(1e-300) };
    let (verdict, reason) = if !flags.is_empty() {
        (Verdict::CheckDataFirst, Reason::Flagged(flags.to_vec()))
    } else if lower && enough && tails.low < 0.001 {
        (Verdict::LikelyBrightSpot, stands_out(tails.low))
    } else if lower && tails.low_for_possible < 0.025 {
        (Verdict::PossibleBrightSpot, stands_out(tails.low_for_possible))
    } else if higher && enough && high < 0.00025 {
        (Verdict::LikelyHigher, stands_out(high))
    } else if higher && high_for_possible < 0.025 {
        (Verdict::PossiblyHigher, stands_out(high_for_possible))
    } else if tails.half >= 0.025 {
        (Verdict::TooFewToTell, Reason::EvenHalfWouldNotShow)
    } else {
        (Verdict::AsExpected, Reason::Ordinary)
    };
    Judgement { verdict, reason, tails: Some(tails) }
}

/// The tails of one school; `None` without an expected rate.
#[must_use]
pub fn tails(case: &Case, spread: &Spread) -> Option<Tails> {
    let ordinary = case.ordinary(spread.tau2_used)?;
    let low = ordinary.mid_p(case.observed);
    let low_for_possible = if spread.tau2_for_possible() == spread.tau2_used {
        low
    } else {
        case.ordinary(spread.tau2_for_possible())?.mid_p(case.observed)
    };
    let luck = Count { rho: 0.0, ..ordinary };
    let half = luck.mid_p((case.expected? / 2.0).floor() as u64);
    Some(Tails { omega2: case.omega2(spread.tau2_used), rho: ordinary.rho, low, low_for_possible, half })
}

impl Judgement {
    /// The reason in one sentence, with its numbers.
    #[must_use]
    pub fn sentence(&self, case: &Case) -> String {
        let rates = match (case.expected_rate(), case.compared) {
            (Some(expected), n) if n > 0 => format!(
                "{:.0} % of {n} students here, {:.0} % expected",
                100.0 * case.observed as f64 / n as f64,
                100.0 * expected
            ),
            _ => String::new(),
        };
        match &self.reason {
            Reason::FewSchools { schools: 0 } => "No school here has others to compare it with.".to_owned(),
            Reason::FewSchools { schools } => {
                let noun = if *schools == 1 { "school" } else { "schools" };
                format!("Only {schools} {noun} could be compared; a fair judgement needs at least three.")
            }
            Reason::NoComparison => {
                "Too few students in the other schools are like these: no other school here teaches these grades, or too few children with these conditions.".to_owned()
            }
            Reason::Flagged(flags) => {
                let what: Vec<String> = flags.iter().map(Flag::sentence).collect();
                format!("Check the recording first. {}", what.join(" "))
            }
            Reason::StandsOut { once_in } => {
                let side = if self.verdict.is_bright_spot() { "good" } else { "high" };
                let look = if side == "good" { "look this good" } else { "lie this high" };
                format!("{rates}. An ordinary school with these students would {look} about once in {}.", one_in(1.0 / once_in))
            }
            Reason::EvenHalfWouldNotShow => {
                format!("{rates}. With this few students even half the expected rate could be luck.")
            }
            Reason::Ordinary if self.rests_on_few(case) => {
                format!("{rates}. That rate comes from few similar students elsewhere, so the difference could be luck.")
            }
            Reason::Ordinary => format!("{rates}. Ordinary schools differ by this much."),
        }
    }

    /// Whether what makes the expected rate uncertain is mostly how few students it was taken from,
    /// more than how much schools differ.
    #[must_use]
    pub fn rests_on_few(&self, case: &Case) -> bool {
        self.tails.is_some_and(|tails| case.estimation > 0.0 && 2.0 * case.estimation > tails.omega2)
    }
}

/// How many `possible` bright spots to expect among `schools` ordinary ones, by luck alone.
#[must_use]
pub fn expected_by_luck(schools: usize) -> f64 {
    0.025 * schools as f64
}

/// `Of 40 schools expect up to 1 possible bright spot by luck.`
#[must_use]
pub fn luck_sentence(schools: usize) -> String {
    let expected = expected_by_luck(schools);
    let count = if expected < 0.95 { format!("{expected:.1}") } else { format!("{expected:.0}") };
    let noun = if count == "1" { "possible bright spot" } else { "possible bright spots" };
    format!("Of {} schools expect up to {count} {noun} by luck.", thousands(schools as u64))
}

/// What this comparison cannot reach, in words; `None` where a likely bright spot can be found.
#[must_use]
pub fn out_of_reach(spread: &Spread) -> Option<&'static str> {
    if spread.basis == Basis::Assumed {
        return Some(
            "With fewer than ten schools we must assume how much ordinary schools differ, so “possible” is the most that can be said.",
        );
    }
    // Halving the odds is about −0.8 in log odds, and a likely bright spot needs 3.1 spreads.
    (spread.tau_used() > 0.26).then_some(
        "Schools here differ so much for reasons that this file does not hold that half the expected rate is nothing unusual. The lowest after adjustment are worth a visit, which costs little; they are not yet proven.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spread(schools: usize, tau2_used: f64) -> Spread {
        let basis = if schools < MINIMUM_SCHOOLS { Basis::Assumed } else { Basis::Estimated };
        Spread { tau2_used, basis, ..Spread::assumed(schools) }
    }

    fn case(compared: u64, observed: u64, expected: f64) -> Case {
        Case { compared, observed, expected: Some(expected), spreads: 1.03, estimation: 0.0002 }
    }

    #[test]
    fn reasons_are_said_with_their_numbers() {
        let forty = spread(40, 0.01);
        let said = |case: &Case, spread: &Spread, flags: &[Flag]| {
            let judgement = judge(case, spread, flags);
            (judgement.verdict, judgement.sentence(case))
        };
        let low = case(600, 89, 132.0);
        assert_eq!(
            said(&low, &forty, &[]),
            (
                Verdict::LikelyBrightSpot,
                "15 % of 600 students here, 22 % expected. An ordinary school with these students would look this good about once in 1,100.".to_owned()
            )
        );
        assert_eq!(
            said(&low, &forty, &[Flag::EmptyDays { days: 4 }]),
            (
                Verdict::CheckDataFirst,
                "Check the recording first. On 4 school days nobody is recorded absent.".to_owned()
            )
        );
        assert_eq!(
            said(&low, &spread(2, 0.0625), &[]).1,
            "Only 2 schools could be compared; a fair judgement needs at least three."
        );
        assert_eq!(said(&case(600, 186, 132.0), &forty, &[]).0, Verdict::LikelyHigher);
        assert_eq!(
            said(&case(20, 3, 4.4), &forty, &[]),
            (
                Verdict::TooFewToTell,
                "15 % of 20 students here, 22 % expected. With this few students even half the expected rate could be luck.".to_owned()
            )
        );
        let few_elsewhere = Case { estimation: 0.5, ..case(600, 186, 132.0) };
        let (verdict, sentence) = said(&few_elsewhere, &forty, &[]);
        assert_eq!(verdict, Verdict::AsExpected);
        assert!(sentence.contains("few similar students elsewhere"), "{sentence}");
        let nobody = Case { expected: None, ..low };
        assert!(said(&nobody, &forty, &[]).1.contains("no other school here teaches these grades"));
    }

    #[test]
    fn luck_and_reach_are_said() {
        assert_eq!(luck_sentence(40), "Of 40 schools expect up to 1 possible bright spot by luck.");
        assert_eq!(luck_sentence(12), "Of 12 schools expect up to 0.3 possible bright spots by luck.");
        assert!(out_of_reach(&spread(6, 0.0625)).is_some_and(|text| text.starts_with("With fewer than ten schools")));
        assert!(out_of_reach(&spread(40, 0.01)).is_none() && out_of_reach(&spread(40, 0.1)).is_some());
    }

    proptest! {
        /// More chronically absent students never make a verdict better.
        #[test]
        fn verdicts_follow_the_count(n in 30u64..1500, p in 0.05f64..0.5, tau2 in 0.0f64..0.15, schools in 3usize..60) {
            let expected = n as f64 * p;
            let rank = |verdict: Verdict| match verdict {
                Verdict::LikelyBrightSpot => 0,
                Verdict::PossibleBrightSpot => 1,
                Verdict::AsExpected | Verdict::TooFewToTell | Verdict::CheckDataFirst => 2,
                Verdict::PossiblyHigher => 3,
                Verdict::LikelyHigher => 4,
            };
            let spread = spread(schools, tau2);
            let ranks: Vec<i32> =
                (0..=n).step_by(1 + n as usize / 40).map(|x| rank(judge(&case(n, x, expected), &spread, &[]).verdict)).collect();
            prop_assert!(ranks.windows(2).all(|pair| pair[0] <= pair[1]), "{ranks:?}");
            prop_assert!(schools >= MINIMUM_SCHOOLS || ranks.iter().all(|rank| (1..=3).contains(rank)));
        }
    }
}

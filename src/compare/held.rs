//! Whether a school’s low rate has lasted over the periods that are loaded.

use super::verdict::{Judgement, Verdict};

/// Whether a school was low in every period: shown, but no ground for a stronger verdict, because
/// what the file does not hold about its students persists too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Periods with an expected rate.
    pub periods: usize,
    /// Those of them whose recording needs a look first: of these nothing is said.
    pub to_check: usize,
    /// Those of the others in which the school was low.
    pub low_in: usize,
}

impl Held {
    /// Low in each of two or more periods, none of which has to be checked first.
    #[must_use]
    pub fn held(self) -> bool {
        self.periods >= 2 && self.low_in == self.periods
    }

    /// `Lower than expected in 2 of 3 periods.`
    #[must_use]
    pub fn sentence(self) -> String {
        let sound = self.periods - self.to_check;
        match (self.periods, self.to_check) {
            (0 | 1, _) => "One period is loaded: whether it holds cannot be told.".to_owned(),
            (n, 0) if self.held() => format!("It has held: lower than expected in each of {n} periods."),
            (n, 0) => format!("Lower than expected in {} of {n} periods.", self.low_in),
            (n, check) => {
                let of = if check == n { format!("each of {n}") } else { format!("{check} of {n}") };
                let mut text = format!(
                    "Whether it has held cannot be told yet: in {of} periods the recording needs a look first."
                );
                match (sound, self.low_in) {
                    (0, _) => {}
                    (1, 1) => text.push_str(" In the other it was lower than expected."),
                    (1, _) => text.push_str(" In the other it was not lower than expected."),
                    (sound, low) => text.push_str(&format!(" Lower than expected in {low} of the other {sound}.")),
                }
                text
            }
        }
    }
}

/// Counts the periods in which one school's rate was low (`low'` under 0.025). Checks come before praise here
/// too: a period whose recording needs a look counts for nothing.
#[must_use]
pub fn held(periods: &[Judgement]) -> Held {
    let judged = || periods.iter().filter_map(|judgement| Some((judgement.verdict, judgement.tails?)));
    let to_check = |verdict: Verdict| verdict == Verdict::CheckDataFirst;
    Held {
        periods: judged().count(),
        to_check: judged().filter(|(verdict, _)| to_check(*verdict)).count(),
        low_in: judged().filter(|(verdict, tails)| !to_check(*verdict) && tails.low_for_possible < 0.025).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::flags::Flag;
    use crate::compare::spread::{Basis, Spread};
    use crate::compare::verdict::{Case, judge};

    #[test]
    fn a_low_rate_lasts_only_where_no_recording_has_to_be_looked_at_first() {
        let spread = Spread { tau2_used: 0.01, basis: Basis::Estimated, ..Spread::assumed(40) };
        let case =
            |observed| Case { compared: 600, observed, expected: Some(132.0), spreads: 1.03, estimation: 0.0002 };
        let year = |observed: u64| judge(&case(observed), &spread, &[]);
        assert_eq!(held(&[year(70), year(80)]).sentence(), "It has held: lower than expected in each of 2 periods.");
        assert_eq!(held(&[year(70), year(130)]).sentence(), "Lower than expected in 1 of 2 periods.");
        assert!(!held(&[year(70)]).held());
        let flagged = judge(&case(10), &spread, &[Flag::EmptyDays { days: 4 }]);
        let both = held(&[flagged.clone(), flagged.clone()]);
        assert!(!both.held());
        assert_eq!(
            both.sentence(),
            "Whether it has held cannot be told yet: in each of 2 periods the recording needs a look first."
        );
        assert_eq!(
            held(&[year(70), flagged]).sentence(),
            "Whether it has held cannot be told yet: in 1 of 2 periods the recording needs a look first. In the other it was lower than expected."
        );
    }
}

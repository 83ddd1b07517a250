//! What counts as chronic absence: the named presets and one's own.

use super::dataset::Kind;
use super::days::Days;
use serde::{Deserialize, Serialize};

/// A complete definition. It stands on every number and every export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub preset: Preset,
    /// Thousandths of a percent of enrolled days: 10 % is 10,000.
    pub threshold: u32,
    /// Whether a student exactly at the threshold is chronically absent.
    pub inclusive: bool,
    /// A student with fewer enrolled days is counted apart.
    pub minimum: Days,
    /// The minimum as a share of the longest enrolment in the file, in percent (0 for none).
    pub minimum_share: u8,
    /// Whether a student never present is counted apart.
    pub present_once: bool,
    /// Kinds that do not count as absence under this definition.
    pub not_absent: Vec<Kind>,
    /// Kinds that count as absence under this definition although they usually do not.
    #[serde(default)]
    pub also_absent: Vec<Kind>,
    pub day_rule: DayRule,
    pub grades: GradeRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Preset {
    Federal,
    Virginia,
    Oregon,
    California,
    NewYork,
    NewJersey,
    Own,
}

/// How a part of a day counts, where days are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayRule {
    /// Parts add up as recorded.
    AsRecorded,
    /// At least half of the day missed is a whole absent day; less is none.
    HalfOrMore,
    /// Only a whole day missed is an absent day.
    WholeOnly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeRange {
    All,
    /// Kindergarten to grade 8.
    KTo8,
    /// Kindergarten to grade 12, without pre-kindergarten.
    KTo12,
}

impl Preset {
    pub const NAMED: [Preset; 6] =
        [Preset::Federal, Preset::Virginia, Preset::Oregon, Preset::California, Preset::NewYork, Preset::NewJersey];

    /// The name in results files; stable.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Preset::Federal => "federal",
            Preset::Virginia => "virginia",
            Preset::Oregon => "oregon",
            Preset::California => "california",
            Preset::NewYork => "new_york",
            Preset::NewJersey => "new_jersey",
            Preset::Own => "own",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Preset::Federal => "Federal (EDFacts)",
            Preset::Virginia => "Virginia",
            Preset::Oregon => "Oregon",
            Preset::California => "California",
            Preset::NewYork => "New York",
            Preset::NewJersey => "New Jersey",
            Preset::Own => "Our own",
        }
    }

    /// The preset whose key this is.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Preset> {
        Preset::NAMED.into_iter().chain([Preset::Own]).find(|preset| preset.key() == key)
    }

    /// Where the rules come from and what they are known to leave out, for the definition lab.
    #[must_use]
    pub const fn remark(self) -> &'static str {
        match self {
            Preset::Federal => "Counted in every school attended, so schools add up to more than the district.",
            Preset::Virginia => {
                "Half the year is taken as half of the longest enrolment in the file. Exempt home-bound days are as the file counts them."
            }
            Preset::Oregon => {
                "The same line seen from the other side: a regular attender is present for more than 90 %. Which students the state leaves out is not fully published, so ten enrolled days are assumed."
            }
            Preset::California => {
                "Only whole days missed count, and in-school suspension is attendance. The state’s dashboard shows kindergarten to grade 8 alone."
            }
            Preset::NewYork => "A student who was never present is left out. Older city files ask for twenty days.",
            Preset::NewJersey => "The state’s own rule; for federal reports New Jersey counts from ten days on.",
            Preset::Own => "Yours. It stands on every number and in every file you take away.",
        }
    }

    /// The preset's rules (field guide, section 5.2). `Own` starts as the federal one.
    #[must_use]
    pub fn definition(self) -> Definition {
        let federal = Definition {
            preset: self,
            threshold: 10_000,
            inclusive: true,
            minimum: Days::whole(10),
            minimum_share: 0,
            present_once: false,
            not_absent: Vec::new(),
            also_absent: Vec::new(),
            day_rule: DayRule::AsRecorded,
            grades: GradeRange::All,
        };
        match self {
            Preset::Federal | Preset::Own | Preset::Oregon => federal,
            Preset::Virginia => Definition { minimum: Days::ONE, minimum_share: 50, ..federal },
            // The 31-day rule: more than 30 expected days. In-school suspension is attendance.
            Preset::California => Definition {
                minimum: Days::whole(31),
                not_absent: vec![Kind::InSchoolSuspension],
                day_rule: DayRule::WholeOnly,
                ..federal
            },
            Preset::NewYork => Definition { present_once: true, ..federal },
            Preset::NewJersey => Definition { minimum: Days::whole(45), ..federal },
        }
    }
}

impl Default for Definition {
    fn default() -> Definition {
        Preset::Federal.definition()
    }
}

impl Definition {
    /// Whether `absent` out of `enrolled` days is chronic absence; integers throughout.
    #[must_use]
    pub fn is_chronic(&self, enrolled: Days, absent: Days) -> bool {
        let left = 100_000 * i128::from(absent.thousandths());
        let right = i128::from(self.threshold) * i128::from(enrolled.thousandths());
        if self.inclusive { left >= right } else { left > right }
    }

    /// Whether days of this kind are absences.
    #[must_use]
    pub fn counts(&self, kind: Kind) -> bool {
        (kind.is_absence() || self.also_absent.contains(&kind)) && !self.not_absent.contains(&kind)
    }

    /// Counts a kind as absence, or no longer.
    pub fn set_kind(&mut self, kind: Kind, counted: bool) {
        self.not_absent.retain(|other| *other != kind);
        self.also_absent.retain(|other| *other != kind);
        match (counted, kind.is_absence()) {
            (false, true) => self.not_absent.push(kind),
            (true, false) => self.also_absent.push(kind),
            _ => {}
        }
    }

    /// The threshold as a number of percent, for display and results.
    #[must_use]
    pub fn percent(&self) -> f64 {
        f64::from(self.threshold) / 1000.0
    }

    /// `Chronic = missed 10 % or more of enrolled days`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let percent = self.percent();
        if self.inclusive {
            format!("Chronic = missed {percent} % or more of enrolled days")
        } else {
            format!("Chronic = missed more than {percent} % of enrolled days")
        }
    }

    /// Who is counted: `At least 10 days enrolled`.
    #[must_use]
    pub fn minimum_words(&self) -> String {
        let mut words = if self.minimum_share > 0 && self.minimum <= Days::ONE {
            format!("Enrolled for at least {} % of the longest enrolment", self.minimum_share)
        } else if self.minimum <= Days::ZERO {
            "However few days enrolled".to_string()
        } else if self.minimum == Days::ONE {
            "At least 1 day enrolled".to_string()
        } else {
            format!("At least {} days enrolled", self.minimum.as_f64())
        };
        if self.minimum_share > 0 && self.minimum > Days::ONE {
            words.push_str(&format!(" and {} % of the longest enrolment", self.minimum_share));
        }
        if self.present_once {
            words.push_str(" and present at least once");
        }
        words
    }

    /// What this definition does besides threshold and minimum, one clause each.
    #[must_use]
    pub fn particulars(&self) -> Vec<String> {
        let names =
            |kinds: &[Kind]| kinds.iter().map(|k| k.label().to_ascii_lowercase()).collect::<Vec<_>>().join(", ");
        let mut all = Vec::new();
        match self.day_rule {
            DayRule::AsRecorded => {}
            DayRule::HalfOrMore => all.push("a day counts as absent from half of it on".to_string()),
            DayRule::WholeOnly => all.push("only whole days missed count".to_string()),
        }
        let left_out: Vec<Kind> = self.not_absent.iter().copied().filter(|k| k.is_absence()).collect();
        if !left_out.is_empty() {
            all.push(format!("days marked {} don’t count as absence", names(&left_out)));
        }
        if !self.also_absent.is_empty() {
            all.push(format!("days marked {} count as absence too", names(&self.also_absent)));
        }
        match self.grades {
            GradeRange::All => {}
            GradeRange::KTo8 => all.push("kindergarten to grade 8 only".to_string()),
            GradeRange::KTo12 => all.push("without pre-kindergarten".to_string()),
        }
        all
    }

    /// The preset by name with all its rules, for the head of a file:
    /// `Federal (EDFacts). Chronic = missed 10 % or more of enrolled days; at least 10 days enrolled`.
    #[must_use]
    pub fn full_sentence(&self) -> String {
        let minimum = self.minimum_words();
        let mut chars = minimum.chars();
        let minimum: String = chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect();
        let mut text = format!("{}. {}; {minimum}", self.preset.label(), self.sentence());
        for clause in self.particulars() {
            text.push_str("; ");
            text.push_str(&clause);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_preset_says_its_own_rules() {
        for (preset, said) in [
            (
                Preset::Federal,
                "Federal (EDFacts). Chronic = missed 10 % or more of enrolled days; at least 10 days enrolled",
            ),
            (
                Preset::Virginia,
                "Virginia. Chronic = missed 10 % or more of enrolled days; enrolled for at least 50 % of the longest enrolment",
            ),
            (
                Preset::California,
                "California. Chronic = missed 10 % or more of enrolled days; at least 31 days enrolled; only whole days missed count",
            ),
            (
                Preset::NewYork,
                "New York. Chronic = missed 10 % or more of enrolled days; at least 10 days enrolled and present at least once",
            ),
            (
                Preset::NewJersey,
                "New Jersey. Chronic = missed 10 % or more of enrolled days; at least 45 days enrolled",
            ),
        ] {
            assert_eq!(preset.definition().full_sentence(), said);
            assert_eq!(Preset::from_key(preset.key()), Some(preset));
        }
    }

    #[test]
    fn a_kind_can_be_left_out_and_taken_in() {
        let mut own = Preset::Own.definition();
        own.set_kind(Kind::Suspended, false);
        own.set_kind(Kind::InSchoolSuspension, true);
        assert!(!own.counts(Kind::Suspended) && own.counts(Kind::InSchoolSuspension) && own.counts(Kind::Excused));
        own.set_kind(Kind::Suspended, true);
        own.set_kind(Kind::InSchoolSuspension, false);
        assert_eq!(own, Preset::Own.definition());
    }

    #[test]
    fn settings_of_before_know_no_kinds_taken_in() {
        let old = serde_json::to_string(&Preset::Oregon.definition()).unwrap().replace("\"also_absent\":[],", "");
        assert!(!old.contains("also_absent"));
        assert_eq!(serde_json::from_str::<Definition>(&old).unwrap(), Preset::Oregon.definition());
    }
}

//! The practice profile: one page about a school that does better than expected, for others to learn from.

use crate::compare::words::thousands;
use crate::share::gate::{Rule, Shown};

/// What the page is made from: the numbers of an export that passed its audit, and no others. A gate of the
/// page's own could tell what the tables hide for another school's sake.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileInput {
    pub school: String,
    pub counted: Shown<u32>,
    pub chronic: Shown<u32>,
    /// The rate expected for students like these, 0 to 1, in whole percents.
    pub expected: Option<f64>,
    /// 95 % interval of the rate, 0 to 1.
    pub interval: Option<(f64, f64)>,
    /// The comparison's verdict in its own words, such as “Likely bright spot”.
    pub verdict: String,
    /// How sure the comparison is, in its own words.
    pub how_sure: Vec<String>,
    /// What the school wrote about what it does: title and text.
    pub practices: Vec<(String, String)>,
    /// Questions of the school's own for visitors.
    pub questions: Vec<String>,
    /// Definition, dates and whose data, as on every export.
    pub stamp: String,
}

impl Default for ProfileInput {
    fn default() -> ProfileInput {
        ProfileInput {
            school: String::new(),
            counted: Shown::Hidden,
            chronic: Shown::Hidden,
            expected: None,
            interval: None,
            verdict: String::new(),
            how_sure: Vec::new(),
            practices: Vec::new(),
            questions: Vec::new(),
            stamp: String::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub title: String,
    /// The finding in one sentence.
    pub finding: String,
    pub how_sure: Vec<String>,
    pub practices: Vec<(String, String)>,
    /// What a visitor should ask.
    pub questions: Vec<String>,
    /// Definition, dates, rule.
    pub foot: Vec<String>,
}

/// Questions that any visit can start from.
const QUESTIONS: [&str; 5] = [
    "What did you change first, and what did you stop doing?",
    "Who does this work each week, and how much time does it take?",
    "Which students does it not reach yet?",
    "How did you notice that it made a difference, and what else changed at the same time?",
    "What would you tell a school that starts on Monday?",
];

/// Fills the page. Hidden numbers are left out, not guessed.
#[must_use]
pub fn practice_profile(rule: Rule, input: &ProfileInput) -> Profile {
    let expected = input
        .expected
        .map(|rate| format!("; {:.0} % would be expected for students like these", 100.0 * rate))
        .unwrap_or_default();
    let finding = match (input.counted, input.chronic) {
        (Shown::Value(n), Shown::Value(chronic)) if n > 0 => {
            let percent = 100.0 * f64::from(chronic) / f64::from(n);
            format!(
                "{} of {} students ({percent:.1} %) were chronically absent{expected}",
                thousands(chronic.into()),
                thousands(n.into())
            )
        }
        (Shown::Value(n), Shown::Coded(code)) => {
            format!(
                "{} of {} students were chronically absent{expected}",
                capitalised(&code.to_string()),
                thousands(n.into())
            )
        }
        _ => "This school’s numbers are hidden, so that no small group can be worked out".to_owned(),
    };
    let mut how_sure = Vec::new();
    if let (Shown::Value(n), Shown::Value(_)) = (input.counted, input.chronic) {
        if let Some((low, high)) = input.interval {
            how_sure.push(format!(
                "With {} students the rate could lie anywhere from {:.0} to {:.0} %",
                thousands(n.into()),
                100.0 * low,
                100.0 * high
            ));
        }
        if !input.verdict.is_empty() {
            how_sure.push(input.verdict.clone());
        }
        how_sure.extend(input.how_sure.iter().cloned());
    }
    how_sure.push("The numbers say where to look, not why: the school's own account and a visit do".to_owned());
    let own = input.questions.iter().filter(|q| !q.trim().is_empty()).cloned();
    Profile {
        title: format!("Practice profile: {}", input.school),
        finding,
        how_sure,
        practices: input
            .practices
            .iter()
            .filter(|(title, text)| !(title.trim().is_empty() && text.trim().is_empty()))
            .cloned()
            .collect(),
        questions: own.chain(QUESTIONS.iter().map(|q| (*q).to_owned())).collect(),
        foot: vec![input.stamp.clone(), rule.sentence()],
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(counted: Shown<u32>, chronic: Shown<u32>) -> ProfileInput {
        ProfileInput {
            school: "Alder".into(),
            counted,
            chronic,
            expected: Some(0.19),
            interval: Some((0.065, 0.123)),
            verdict: "Likely bright spot".into(),
            ..ProfileInput::default()
        }
    }

    #[test]
    fn the_finding_gives_count_n_and_expectation() {
        let profile = practice_profile(Rule::default(), &input(Shown::Value(388), Shown::Value(35)));
        assert_eq!(
            profile.finding,
            "35 of 388 students (9.0 %) were chronically absent; 19 % would be expected for students like these"
        );
        assert_eq!(profile.how_sure[0], "With 388 students the rate could lie anywhere from 6 to 12 %");
        assert_eq!(profile.questions.len(), 5);
    }

    #[test]
    fn a_coded_rate_tells_no_interval_and_a_hidden_school_tells_nothing() {
        let coded = practice_profile(
            Rule::default(),
            &input(Shown::Value(30), Shown::Coded(crate::share::gate::Code::Under(10))),
        );
        assert!(coded.finding.starts_with("Under 10 % of 30 students"), "{}", coded.finding);
        assert!(!coded.how_sure.iter().any(|s| s.contains("anywhere")));
        for (counted, chronic) in [(Shown::Hidden, Shown::Hidden), (Shown::Value(388), Shown::Hidden)] {
            let hidden = practice_profile(Rule::default(), &input(counted, chronic));
            assert!(!hidden.finding.contains(char::is_numeric) && hidden.how_sure.len() == 1, "{hidden:?}");
        }
    }
}

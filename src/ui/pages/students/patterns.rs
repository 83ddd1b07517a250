//! Patterns in one student's absences, each in words with how often chance would make it.

use crate::attendance::day::WEEKDAYS;
use crate::compare::patterns::{Pattern, Patterns};
use crate::compare::words::one_in;

/// One line: bold words, the rest, whether it is worth asking about, and the chance where chance rarely makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub strong: String,
    pub rest: String,
    pub worth: &'static str,
    pub chance: Option<String>,
}

/// The patterns that are rare by chance first, then the strongest common one, then the runs.
pub(super) fn lines(found: &Patterns) -> Vec<Line> {
    let tested = found.tested_absences;
    let mut tests: Vec<_> = found.tests.iter().filter(|t| t.absences >= 3 && t.p < 1.0).collect();
    tests.sort_by(|a, b| a.p_holm.total_cmp(&b.p_holm).then(a.p.total_cmp(&b.p)));
    let rare = tests.iter().filter(|t| t.is_shown()).count();
    let mut lines: Vec<Line> = tests
        .iter()
        .take(rare.max(1))
        .map(|test| {
            let (what, days) = words(test.pattern);
            Line {
                strong: format!("{} of {tested} absences {what}.", test.absences),
                rest: format!(
                    "{} of the school days were {days}; chance alone would put about {:.0} there.",
                    test.days, test.usual
                ),
                worth: worth(test.is_shown()),
                chance: test.is_shown().then(|| format!("chance: one student in {}", one_in(test.p_holm))),
            }
        })
        .collect();
    if found.longest_run > 1 {
        let rare = found.p_so_few_runs.filter(|p| *p <= crate::compare::patterns::SHOWN_AT);
        lines.push(Line {
            strong: format!("{} absences in {} stretches,", found.absences, found.runs),
            rest: format!("the longest of {} school days.", found.longest_run),
            worth: if found.p_so_few_runs.is_none() { "Too few to say" } else { worth(rare.is_some()) },
            chance: rare.map(|p| format!("so few stretches by chance: one student in {}", one_in(p))),
        });
    }
    if found.in_long_spells > 0 {
        lines.push(Line {
            strong: format!("{} absences in spells of five school days or more", found.in_long_spells),
            rest: "are left out of the other counts: days in a row say little about single days.".into(),
            worth: "Left out",
            chance: None,
        });
    }
    lines
}

/// Common means that chance makes as much in many students: no number is due beside it.
const fn worth(is_rare: bool) -> &'static str {
    if is_rare { "Worth asking about" } else { "Common by chance" }
}

fn words(pattern: Pattern) -> (String, String) {
    match pattern {
        Pattern::Weekday(day) => {
            let name = format!("{}s", WEEKDAYS[usize::from(day).min(4)]);
            (format!("are {name}"), name)
        }
        Pattern::BeforeBreak => ("are the last day before a break".into(), "such days".into()),
        Pattern::AfterBreak => ("are the first day back after a break".into(), "such days".into()),
        Pattern::FirstTenDays => ("are in the first ten school days".into(), "such days".into()),
        Pattern::LastTenDays => ("are in the last ten school days".into(), "such days".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::patterns::PatternTest;

    #[test]
    fn rare_patterns_come_first_and_a_spell_is_said_to_be_left_out() {
        let test =
            |pattern, absences, p: f64, p_holm: f64| PatternTest { pattern, days: 20, absences, usual: 2.6, p, p_holm };
        let found = Patterns {
            school_days: 98,
            absences: 18,
            in_long_spells: 5,
            tested_absences: 13,
            tests: vec![test(Pattern::Weekday(0), 4, 0.3, 1.0), test(Pattern::AfterBreak, 6, 0.0001, 0.0008)],
            runs: 9,
            longest_run: 5,
            p_so_few_runs: Some(0.3),
        };
        let lines = lines(&found);
        assert_eq!(lines.len(), 3);
        // What is common has no chance beside it, and no line says why a day was missed.
        let chances: Vec<_> = lines.iter().map(|l| l.chance.as_deref()).collect();
        assert_eq!(chances, [Some("chance: one student in 1,300"), None, None]);
        assert!(lines.iter().all(|l| !l.rest.contains("illness")));
        assert_eq!(lines[0].strong, "6 of 13 absences are the first day back after a break.");
        assert_eq!(
            (lines[0].worth, lines[1].worth, lines[2].worth),
            ("Worth asking about", "Common by chance", "Left out")
        );
    }
}

//! Grades as ordered values, whatever they are called in a file.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A grade level. `Unknown` sorts last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    PreK,
    K,
    /// 1 to 13.
    Year(u8),
    Ungraded,
    #[default]
    Unknown,
}

/// The bands that the comparison standardises over (`shared/methods.md`, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GradeBand {
    PreK,
    K,
    Grades1To5,
    Grades6To8,
    Grades9To12,
    Ungraded,
}

impl Grade {
    /// Reads the ways that student information systems write a grade. `None` where it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Grade> {
        let text = text.trim().trim_matches('"').to_ascii_lowercase();
        let text = text.strip_prefix("grade").map_or(text.as_str(), str::trim);
        let text = text.strip_suffix("grade").map_or(text, str::trim);
        // “PK in K-12 schools”: where the grade is taught does not make it another one.
        let text = match text.split_once(" in ") {
            Some((grade, place)) if place.ends_with("school") || place.ends_with("schools") => grade.trim_end(),
            _ => text,
        };
        match text {
            "pk" | "prek" | "pre-k" | "ppk" | "tk" | "p3" | "p4" | "pre-kindergarten" | "prekindergarten"
            | "preschool" | "-1" | "-2" | "t" | "pk3" | "pk4" | "3k" | "ec" | "ps" => {
                return Some(Grade::PreK);
            }
            "k" | "kg" | "kn" | "kk" | "kf" | "0k" | "0" | "00" | "kindergarten" | "kinder" | "gk" => {
                return Some(Grade::K);
            }
            "ug" | "ungraded" | "un" | "sp" | "other" | "ad" | "adult" => return Some(Grade::Ungraded),
            _ => {}
        }
        if let Some(year) = WORDS.iter().position(|w| *w == text) {
            return Some(Grade::Year(year as u8 + 1));
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &text[digits.len()..];
        if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        let digits = digits.strip_suffix(".0").unwrap_or(digits);
        match digits.parse::<u8>() {
            Ok(0) => Some(Grade::K),
            Ok(year @ 1..=13) => Some(Grade::Year(year)),
            _ => None,
        }
    }

    /// How many numbers there are.
    pub const COUNT: usize = 17;

    /// Grades as small numbers, in their order.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Grade::PreK => 0,
            Grade::K => 1,
            Grade::Year(year @ 1..=13) => 1 + year as usize,
            Grade::Year(0) => 2,
            Grade::Year(_) => 14,
            Grade::Ungraded => 15,
            Grade::Unknown => 16,
        }
    }

    /// The grade of a number.
    #[must_use]
    pub const fn of_number(number: usize) -> Grade {
        match number {
            0 => Grade::PreK,
            1 => Grade::K,
            15 => Grade::Ungraded,
            2..=14 => Grade::Year(number as u8 - 1),
            _ => Grade::Unknown,
        }
    }

    #[must_use]
    pub fn band(self) -> GradeBand {
        match self {
            Grade::PreK => GradeBand::PreK,
            Grade::K => GradeBand::K,
            Grade::Year(1..=5) => GradeBand::Grades1To5,
            Grade::Year(6..=8) => GradeBand::Grades6To8,
            Grade::Year(_) => GradeBand::Grades9To12,
            Grade::Ungraded | Grade::Unknown => GradeBand::Ungraded,
        }
    }
}

const WORDS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Grade::PreK => f.write_str("PK"),
            Grade::K => f.write_str("K"),
            Grade::Year(year) => write!(f, "{year}"),
            Grade::Ungraded => f.write_str("Ungraded"),
            Grade::Unknown => f.write_str("Not given"),
        }
    }
}

impl GradeBand {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            GradeBand::PreK => "PK",
            GradeBand::K => "K",
            GradeBand::Grades1To5 => "1–5",
            GradeBand::Grades6To8 => "6–8",
            GradeBand::Grades9To12 => "9–12",
            GradeBand::Ungraded => "ungraded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_numbered_in_their_order() {
        let all: Vec<Grade> = (0..Grade::COUNT).map(Grade::of_number).collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(all.iter().enumerate().all(|(number, grade)| grade.number() == number));
    }

    #[test]
    fn grades_are_read_as_systems_write_them() {
        for (text, grade) in [
            ("PK", Grade::PreK),
            ("PK in K-12 Schools", Grade::PreK),
            ("TK", Grade::PreK),
            ("-1", Grade::PreK),
            ("KG", Grade::K),
            ("0", Grade::K),
            ("00", Grade::K),
            ("0K", Grade::K),
            ("01", Grade::Year(1)),
            ("1st", Grade::Year(1)),
            ("First grade", Grade::Year(1)),
            ("Grade 7", Grade::Year(7)),
            ("12", Grade::Year(12)),
            ("UG", Grade::Ungraded),
            ("7.0", Grade::Year(7)),
        ] {
            assert_eq!(Grade::parse(text), Some(grade), "{text}");
        }
        for text in ["", "All Grades", "2024", "99", "A"] {
            assert_eq!(Grade::parse(text), None, "{text}");
        }
    }
}

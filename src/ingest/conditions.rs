//! What the values of a condition column say: yes, no, unknown, or a category.

use crate::attendance::{Attribute, attribute, order};

/// Whether a value says that the student has the condition; `None` where it says neither.
#[must_use]
pub fn yes_no(key: &str, text: &str) -> Option<bool> {
    let text: String = text.trim().to_ascii_lowercase();
    if key == attribute::ECONOMICALLY_DISADVANTAGED {
        match text.as_str() {
            "f" | "r" | "d" | "free" | "reduced" | "fr" | "free lunch" | "reduced lunch" | "direct"
            | "directly certified" | "free or reduced" | "frl" | "2" | "2.0" | "3" | "4" | "ecodis" | "eligible"
            | "disadvantaged" => return Some(true),
            "paid" | "full" | "full price" | "not eligible" | "not disadvantaged" => return Some(false),
            "p" => return Some(false),
            _ => {}
        }
    }
    match text.strip_suffix(".0").unwrap_or(&text) {
        "y" | "yes" | "true" | "t" | "1" | "x" | "current" | "active" => Some(true),
        "n" | "no" | "false" | "f" | "0" | "none" | "never" => Some(false),
        "iep" | "swd" | "sped" | "se" if key == attribute::SPECIAL_EDUCATION => Some(true),
        "el" | "ell" | "lep" | "ml" | "mll" if key == attribute::ENGLISH_LEARNER => Some(true),
        "not swd" | "non-swd" | "general education" | "not sped" if key == attribute::SPECIAL_EDUCATION => Some(false),
        "not el" | "not ell" | "former" | "english proficient" | "fep" | "rfep" | "ifep" | "eo"
            if key == attribute::ENGLISH_LEARNER =>
        {
            Some(false)
        }
        _ => None,
    }
}

/// Values that say nothing.
#[must_use]
pub fn is_unknown(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    matches!(
        text.strip_suffix(".0").unwrap_or(&text),
        "" | "9" | "99" | "u" | "unk" | "unknown" | "null" | "\\n" | "na" | "n/a" | "-" | "--" | "." | "nan"
    )
}

/// Conditions that are yes or no by nature; others are categories.
#[must_use]
pub fn is_yes_no_key(key: &str) -> bool {
    !matches!(key, attribute::GENDER | attribute::RACE_ETHNICITY)
}

/// A column with more values than this is an identifier or a text, not a condition.
pub const MOST_VALUES: usize = 60;

/// Builds the attribute from the values as written. `codes` holds one position in `texts` per
/// student, or `u32::MAX`.
#[must_use]
pub fn attribute(key: &str, label: &str, texts: &[String], positions: &[u32]) -> Option<Attribute> {
    let known: Vec<&String> = texts.iter().filter(|t| !is_unknown(t)).collect();
    if known.is_empty() {
        return None;
    }
    let all_yes_no = is_yes_no_key(key) && known.iter().all(|t| yes_no(key, t).is_some());
    let (values, code_of): (Vec<String>, Vec<u8>) = if all_yes_no {
        let code = |t: &String| if is_unknown(t) { 0 } else { yes_no(key, t).map_or(0, |yes| if yes { 2 } else { 1 }) };
        (vec!["No".into(), "Yes".into()], texts.iter().map(code).collect())
    } else {
        let mut values: Vec<String> = known.iter().map(|t| category(key, t)).collect();
        order::sort(&mut values);
        values.dedup();
        if values.len() > MOST_VALUES {
            return None;
        }
        let code = |t: &String| {
            if is_unknown(t) { 0 } else { values.binary_search(&category(key, t)).map_or(0, |at| at as u8 + 1) }
        };
        let codes = texts.iter().map(code).collect();
        (values, codes)
    };
    let codes = positions.iter().map(|&at| if at == u32::MAX { 0 } else { code_of[at as usize] }).collect();
    Some(Attribute { key: key.into(), label: label.into(), values, codes })
}

/// A category as shown.
fn category(key: &str, text: &str) -> String {
    let text = text.trim();
    if key == attribute::GENDER {
        return match text.to_ascii_lowercase().as_str() {
            "m" | "male" | "boy" => "Male".into(),
            "f" | "female" | "girl" => "Female".into(),
            "x" | "nonbinary" | "non-binary" | "nb" | "n" => "Nonbinary".into(),
            _ => text.into(),
        };
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meal_status_is_read_as_disadvantage() {
        let key = attribute::ECONOMICALLY_DISADVANTAGED;
        for (text, yes) in [
            ("F", true),
            ("R", true),
            ("Free", true),
            ("P", false),
            ("Paid", false),
            ("1.0", true),
            ("2.0", true),
            ("0.0", false),
        ] {
            let text = text.trim_end_matches(".0");
            assert_eq!(yes_no(key, text), Some(yes), "{text}");
        }
        assert!(is_unknown("9.0"));
    }

    #[test]
    fn a_condition_with_other_values_is_a_category() {
        let texts = ["F".to_string(), "M".into(), "X".into(), String::new()];
        let a = attribute(attribute::GENDER, "Gender", &texts, &[0, 1, 2, 3, u32::MAX]).unwrap();
        assert_eq!(a.values, ["Female", "Male", "Nonbinary"]);
        assert_eq!(a.codes, [1, 2, 3, 0, 0]);
    }
}

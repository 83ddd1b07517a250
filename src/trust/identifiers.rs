//! Numbers of students or schools that a spreadsheet has changed: turned into scientific notation,
//! rounded, or robbed of their leading zeros.

use crate::attendance::{Dataset, order};

/// How many numbers, and what one sees on them; never a number itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    pub count: u64,
    pub example: Option<&'static str>,
}

/// Looks over the students, or over the schools of a public file.
#[must_use]
pub fn lost(dataset: &Dataset) -> Lost {
    if dataset.students.is_empty() {
        return of(dataset.schools.iter().map(|school| school.name.as_str()));
    }
    of(dataset.students.iter().map(|student| student.id))
}

fn of<'a>(numbers: impl Iterator<Item = &'a str> + Clone) -> Lost {
    let found = |count: usize, example| Lost { count: count as u64, example: Some(example) };
    let scientific = numbers.clone().filter(|id| is_scientific(id)).count();
    if scientific > 0 {
        return found(scientific, "written as a power of ten, such as 5.27E+13");
    }
    let rounded = numbers.clone().filter(|id| is_rounded(id)).count();
    if rounded >= 10 && rounded * 2 >= numbers.clone().count() {
        return found(rounded, "long numbers that end in zeros");
    }
    let mut bare: Vec<&str> = numbers.clone().filter(|id| is_digits(id) && !id.starts_with('0')).collect();
    order::sort(&mut bare);
    let twins = numbers
        .filter(|id| is_digits(id) && id.starts_with('0'))
        .filter(|id| bare.binary_search(&id.trim_start_matches('0')).is_ok())
        .count();
    if twins > 0 {
        return found(twins, "the same number with and without leading zeros");
    }
    Lost::default()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `5.27E+13`, `5,27e13`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let mut parts = mantissa.splitn(2, ['.', ',']);
    let (whole, fraction) = (parts.next().unwrap_or(""), parts.next());
    // Without a fraction `1E5` may be a room or a code of its own.
    whole.len() == 1
        && is_digits(whole)
        && fraction.is_some_and(is_digits)
        && is_digits(exponent)
        && exponent.len() <= 2
}

/// At least twelve digits, the last seven of them zeros; a suffix may tell such numbers apart again.
fn is_rounded(text: &str) -> bool {
    let digits = text.split(['_', '-', '.']).next().unwrap_or(text);
    digits.len() >= 12 && is_digits(digits) && digits.ends_with("0000000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_leaves_of_a_number_is_recognised() {
        for (text, scientific, rounded) in [
            ("5.27E+13", true, false),
            ("5,27e13", true, false),
            ("1E5", false, false),
            ("E.12", false, false),
            ("52700000000000_10", false, true),
            ("52700000000000", false, true),
            ("52712345678901", false, false),
            ("1000000", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_scientific(text), is_rounded(text)), (scientific, rounded), "{text}");
        }
    }

    #[test]
    fn numbers_that_differ_by_leading_zeros_are_found_and_ordinary_ones_are_not() {
        let lost = |ids: &[&str]| of(ids.iter().copied()).count;
        assert_eq!(lost(&["0012", "12", "34", "0056"]), 1);
        assert_eq!(lost(&["0012", "0034", "56"]), 0);
        assert_eq!(lost(&["S12", "012A", "7"]), 0);
        let many: Vec<String> = (10..30).map(|n| format!("527{n}00000000_{n}")).collect();
        assert_eq!(of(many.iter().map(String::as_str)).count, 20);
    }
}

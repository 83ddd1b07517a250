//! Columns that are days: a date, a day's number or a period of the day in each header.

use super::dates::{self, ReadDate};
use super::roles::{Role, normalise};

/// The role of each column that is a day, `None` for the others. Years are never days.
#[must_use]
pub fn propose(header: &[String], has_date: bool) -> Vec<Option<Role>> {
    let mut roles: Vec<Option<Role>> = vec![None; header.len()];
    let mut give = |columns: Vec<usize>, least: usize, role: Role| {
        let enough = columns.len() >= least;
        if enough {
            for at in columns {
                roles[at] = Some(role.clone());
            }
        }
        enough
    };
    let where_ = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        header.iter().enumerate().filter(|(_, name)| test(name.trim())).map(|(at, _)| at).collect()
    };
    if has_date {
        // Beside a date, numbered columns are the periods of that day, or its two halves.
        if !give(where_(&|name| period(name).is_some()), 2, Role::OnDay) {
            let _ = give(where_(&is_half), 2, Role::OnDay);
        }
        return roles;
    }
    if give(where_(&dates::is_date_header), 2, Role::OnDate) {
        return roles;
    }
    // Bare digits are dates only where many follow each other: 20250903, or a spreadsheet's serial numbers.
    let digits = where_(&|name| {
        matches!(name.len(), 5 | 8) && name.bytes().all(|b| b.is_ascii_digit()) && dates::read(name) != ReadDate::No
    });
    let rising = digits.windows(2).all(|pair| header[pair[0]].trim() < header[pair[1]].trim());
    if rising && give(digits, 5, Role::OnDate) {
        return roles;
    }
    if give(where_(&is_day_of_month), 5, Role::OnDay) {
        return roles;
    }
    let numbered = where_(&|name| day_number(name).is_some());
    let numbers: Vec<u16> = numbered.iter().filter_map(|&at| day_number(header[at].trim())).collect();
    if numbers.windows(2).all(|pair| pair[1] > pair[0]) && numbers.first().is_some_and(|first| *first <= 2) {
        let _ = give(numbered, 5, Role::OnDay);
    }
    roles
}

/// Whether a header is a day's number.
#[must_use]
pub fn is_day(name: &str) -> bool {
    day_number(name.trim()).is_some()
}

/// `17`, `Day 17`, `D17`.
fn day_number(name: &str) -> Option<u16> {
    let name = normalise(name);
    let digits = name.strip_prefix("day").or_else(|| name.strip_prefix('d')).unwrap_or(&name);
    let short = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| short && (1..=366).contains(n))
}

/// `P3`, `Per 3`, `Period 3`, `Pd3`.
fn period(name: &str) -> Option<u16> {
    let name = normalise(name);
    let digits = ["period", "per", "pd", "p"].into_iter().find_map(|mark| name.strip_prefix(mark))?;
    let short = !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| short && *n <= 16)
}

/// `AM`, `PM Status`: one of the two halves of a day.
fn is_half(name: &str) -> bool {
    let name = normalise(name);
    let half = ["status", "mark", "code", "attendance", "session"].iter().find_map(|end| name.strip_suffix(end));
    matches!(half.unwrap_or(&name), "am" | "pm" | "morning" | "afternoon")
}

/// `9/3` or `Sep 3`: a day of some year that the header leaves out.
fn is_day_of_month(name: &str) -> bool {
    // A weekday before it says nothing more.
    let name = name.split_once(' ').filter(|(day, _)| dates::is_weekday(day)).map_or(name, |(_, rest)| rest);
    // With a year of its own it would be a date.
    let with_year = format!("{name}/2024");
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).count();
    parts == 2 && dates::read(name) == ReadDate::No && dates::read(&with_year) != ReadDate::No
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(header: &[&str], has_date: bool) -> Vec<Option<Role>> {
        propose(&header.iter().map(ToString::to_string).collect::<Vec<_>>(), has_date)
    }

    #[test]
    fn day_columns_are_found_and_years_are_not() {
        let date = Some(Role::OnDate);
        let day = Some(Role::OnDay);
        assert_eq!(roles(&["id", "9/3/2025", "9/4/2025"], false), [None, date.clone(), date]);
        assert!(roles(&["id", "2019", "2020", "2021", "2022", "2023"], false).iter().all(Option::is_none));
        assert!(roles(&["id", "2018-19", "2019-20"], false).iter().all(Option::is_none));
        assert_eq!(roles(&["id", "1", "2", "3", "4", "5"], false)[1..], vec![day.clone(); 5]);
        assert_eq!(roles(&["id", "Day 1", "Day 2", "Day 3", "Day 4", "Day 5"], false)[5], day);
        assert_eq!(roles(&["id", "9/3", "9/4", "9/5", "9/8", "9/9"], false)[1], day);
        assert!(roles(&["id", "week_1", "week_2", "week_3", "week_4", "week_5"], false).iter().all(Option::is_none));
        assert_eq!(roles(&["id", "date", "P1", "P2"], true), [None, None, day.clone(), day.clone()]);
        assert_eq!(roles(&["id", "date", "AM Status", "PM Status"], true)[2..], [day.clone(), day]);
        assert_eq!(
            roles(&["id", "20250903", "20250904", "20250905", "20250908", "20250909"], false)[1],
            Some(Role::OnDate)
        );
    }
}

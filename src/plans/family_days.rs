//! The days of one student as the family's calendar shows them: of what kind each was, and no more than the file says.

use super::personal::Language;
use crate::attendance::{Dataset, Day, Days, Definition, Kind, records};
use std::collections::BTreeMap;

/// What a day was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FamilyDay {
    School,
    Excused,
    Unexcused,
    Suspended,
    /// Absent, and the file does not say of which kind.
    KindNotGiven,
    Late,
    NoSchool,
    /// Not yet reached by the file.
    Ahead,
}

impl FamilyDay {
    const fn of_absence(kind: Kind) -> FamilyDay {
        match kind {
            Kind::Excused => FamilyDay::Excused,
            Kind::Unexcused => FamilyDay::Unexcused,
            Kind::Suspended | Kind::InSchoolSuspension => FamilyDay::Suspended,
            Kind::Unknown | Kind::Tardy | Kind::LeftEarly | Kind::Remote => FamilyDay::KindNotGiven,
        }
    }

    #[must_use]
    pub const fn letter(self, language: Language) -> &'static str {
        match (self, language) {
            (FamilyDay::Excused, Language::English) => "E",
            (FamilyDay::Excused, Language::Spanish) => "J",
            (FamilyDay::Unexcused, Language::English) => "U",
            (FamilyDay::Unexcused, Language::Spanish) => "N",
            (FamilyDay::Suspended, _) => "S",
            (FamilyDay::KindNotGiven, _) => "A",
            (FamilyDay::Late, Language::English) => "L",
            (FamilyDay::Late, Language::Spanish) => "T",
            (FamilyDay::School | FamilyDay::NoSchool | FamilyDay::Ahead, _) => "",
        }
    }

    /// What the key says of it; empty for days that need no word.
    const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (FamilyDay::Excused, Language::English) => "E excused",
            (FamilyDay::Excused, Language::Spanish) => "J justificada",
            (FamilyDay::Unexcused, Language::English) => "U not excused",
            (FamilyDay::Unexcused, Language::Spanish) => "N no justificada",
            (FamilyDay::Suspended, Language::English) => "S suspension",
            (FamilyDay::Suspended, Language::Spanish) => "S suspensión",
            (FamilyDay::KindNotGiven, Language::English) => "A absent, kind not given",
            (FamilyDay::KindNotGiven, Language::Spanish) => "A ausencia, tipo no indicado",
            (FamilyDay::Late, Language::English) => "L came late",
            (FamilyDay::Late, Language::Spanish) => "T llegó tarde",
            (FamilyDay::NoSchool, Language::English) => "striped: no school",
            (FamilyDay::NoSchool, Language::Spanish) => "rayado: no hubo clases",
            (FamilyDay::School | FamilyDay::Ahead, _) => "",
        }
    }
}

/// A year of days, each with what it was and the thousandths of it that were missed.
pub type FamilyDays = BTreeMap<Day, (FamilyDay, u16)>;

/// Every day from the first of the data to the end of their last month; empty where the student or the days are not
/// in the data. What counts as absent is what the definition counts.
#[must_use]
pub fn family_days(data: &Dataset, definition: &Definition, student: &str) -> FamilyDays {
    let Some(at) = data.students.iter().position(|s| s.id == student) else { return FamilyDays::new() };
    let (Some(first), Some(last)) = (data.calendar.first(), data.calendar.last()) else { return FamilyDays::new() };
    let mut days = FamilyDays::new();
    for stay in data.stays.iter().filter(|s| s.student as usize == at) {
        for day in stay.on_roll.iter().filter_map(|position| data.calendar.get(position)) {
            let _ = days.entry(*day).or_insert((FamilyDay::School, 0));
        }
        for mark in records::marks(data, stay) {
            let Some(day) = data.calendar.get(usize::from(mark.day)) else { continue };
            let was = if definition.counts(mark.kind) && mark.missed > 0 {
                (FamilyDay::of_absence(mark.kind), mark.missed)
            } else if mark.kind == Kind::Tardy {
                (FamilyDay::Late, 0)
            } else {
                continue;
            };
            let entry = days.entry(*day).or_insert(was);
            // Of several marks on a day the absence stands, not the late arrival.
            if was.1 > entry.1 || entry.1 == 0 {
                *entry = was;
            }
        }
    }
    if days.is_empty() {
        return days;
    }
    let mut day = first.plus(1 - i32::from(first.ymd().2));
    while day <= *last || day.ymd().1 == last.ymd().1 {
        let otherwise = if day > *last { FamilyDay::Ahead } else { FamilyDay::NoSchool };
        let _ = days.entry(day).or_insert((otherwise, 0));
        day = day.plus(1);
    }
    days
}

/// What the letters of a calendar mean, as far as they stand in it, and why days count.
#[must_use]
pub fn key(language: Language, days: &FamilyDays) -> String {
    let mut there: Vec<FamilyDay> = days.values().map(|(was, _)| *was).collect();
    there.sort_unstable();
    there.dedup();
    let words: Vec<&str> = there.iter().map(|was| was.words(language)).filter(|words| !words.is_empty()).collect();
    let why = match language {
        Language::English => "Whatever the reason, a day away is a day of learning to catch up.",
        Language::Spanish => "Sea cual sea el motivo, un día de ausencia es un día de aprendizaje por recuperar.",
    };
    if words.is_empty() { why.to_owned() } else { format!("{}. {why}", words.join(", ")) }
}

/// How many of a month's school days were missed.
#[must_use]
pub fn of_days(language: Language, month: &FamilyDays) -> String {
    let missed = Days::from_thousandths(month.values().map(|(_, missed)| i64::from(*missed)).sum());
    let missed = super::family_page::days(language, missed);
    let held = month.values().filter(|(was, _)| !matches!(was, FamilyDay::NoSchool | FamilyDay::Ahead)).count();
    match language {
        Language::English => format!("{missed} of {held} days"),
        Language::Spanish => format!("{missed} de {held} días"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::{DayBits, Grade, Mark, Stay, Student};

    /// One student, six days from Monday 1 September 2025 on roll, with these marks.
    fn data(marks: &[(u16, Kind, u16)]) -> Dataset {
        let monday = Day::from_ymd(2025, 9, 1).unwrap();
        let stay = Stay {
            student: 0,
            school: 0,
            grade: Grade::Unknown,
            homeroom: None,
            enrolled: Days::whole(6),
            absent: [Days::ZERO; Kind::COUNT],
            marks: 0..marks.len() as u32,
            on_roll: DayBits(vec![0b11_1111]),
            percent_absent: None,
        };
        Dataset {
            students: [Student { id: "s1", name: "" }].into_iter().collect(),
            calendar: [0, 1, 2, 3, 4, 7].map(|n| monday.plus(n)).to_vec(),
            stays: vec![stay],
            marks: marks.iter().map(|(day, kind, missed)| Mark { day: *day, kind: *kind, missed: *missed }).collect(),
            ..Dataset::default()
        }
    }

    #[test]
    fn suspensions_and_days_of_unknown_kind_are_not_called_unexcused() {
        let marks =
            [(0, Kind::Suspended, 1000), (1, Kind::Unknown, 1000), (2, Kind::Excused, 500), (3, Kind::Tardy, 0)];
        let days = family_days(&data(&marks), &Definition::default(), "s1");
        let letters = |language: Language| {
            let of = |n: u8| days[&Day::from_ymd(2025, 9, n).unwrap()].0.letter(language);
            [1, 2, 3, 4, 5].map(of)
        };
        assert_eq!(letters(Language::English), ["S", "A", "E", "L", ""]);
        assert_eq!(letters(Language::Spanish), ["S", "A", "J", "T", ""]);
        assert!(key(Language::English, &days).starts_with(
            "E excused, S suspension, A absent, kind not given, L came late, striped: no school. Whatever"
        ));
        let spanish = key(Language::Spanish, &days);
        assert!(spanish.contains("S suspensión, A ausencia, tipo no indicado") && !spanish.contains("no justificada"));
        assert_eq!(of_days(Language::English, &days), "2.5 of 6 days");
        assert_eq!(of_days(Language::Spanish, &days), "2,5 de 6 días");
    }

    #[test]
    fn what_counts_is_what_the_definition_counts() {
        let mut definition = Definition::default();
        definition.set_kind(Kind::Suspended, false);
        definition.set_kind(Kind::InSchoolSuspension, true);
        let marks = [(0, Kind::Suspended, 1000), (1, Kind::InSchoolSuspension, 1000), (2, Kind::Remote, 1000)];
        let days = family_days(&data(&marks), &definition, "s1");
        let of = |n: u8| days[&Day::from_ymd(2025, 9, n).unwrap()].0;
        assert_eq!([1, 2, 3].map(of), [FamilyDay::School, FamilyDay::Suspended, FamilyDay::School]);
        assert!(family_days(&data(&marks), &definition, "nobody").is_empty());
    }
}

//! Who is chronically absent under a definition, at both grains: once for each student and
//! school, and once for each student over all schools (`shared/methods.md`, section 1).

use super::dataset::{Dataset, Kind, Mark, Stay};
use super::days::Days;
use super::definition::{DayRule, Definition, GradeRange};
use super::grade::Grade;
use super::tier::Tier;

/// One student as counted: at one school, or over all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Position in `Dataset::students`.
    pub student: u32,
    /// Position in `Dataset::schools`; at the district's grain that of the longest stay.
    pub school: u16,
    /// Position in `Dataset::stays`; at the district's grain that of the longest stay.
    pub stay: u32,
    pub grade: Grade,
    /// Zero where the file gives only a percent.
    pub enrolled: Days,
    pub absent: Days,
    pub standing: Standing,
}

/// Where a student stands under the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Fewer than the minimum of enrolled days: counted apart.
    TooFewDays,
    Counted {
        tier: Tier,
        chronic: bool,
    },
}

impl Record {
    #[must_use]
    pub fn tier(&self) -> Option<Tier> {
        match self.standing {
            Standing::Counted { tier, .. } => Some(tier),
            Standing::TooFewDays => None,
        }
    }

    #[must_use]
    pub fn is_chronic(&self) -> bool {
        matches!(self.standing, Standing::Counted { chronic: true, .. })
    }

    #[must_use]
    pub fn is_counted(&self) -> bool {
        matches!(self.standing, Standing::Counted { .. })
    }

    /// Days enrolled and absent, or what a percent stands for where the file gives only that.
    #[must_use]
    pub fn share(&self, dataset: &Dataset) -> (Days, Days) {
        match dataset.stays[self.stay as usize].percent_absent {
            Some(percent) => of_percent(percent),
            None => (self.enrolled, self.absent),
        }
    }
}

/// One record per student and school, in the order of the stays.
#[must_use]
pub fn at_schools(dataset: &Dataset, definition: &Definition) -> Vec<Record> {
    let counts = Counted::new(definition);
    let days: Vec<(Days, Days)> = dataset.stays.iter().map(|s| (s.enrolled, counts.absent(dataset, s))).collect();
    let minimum = minimum(definition, days.iter().map(|d| d.0).max());
    dataset
        .stays
        .iter()
        .zip(days)
        .enumerate()
        .filter(|(_, (stay, _))| in_range(stay.grade, definition.grades))
        .map(|(at, (stay, (enrolled, absent)))| Record {
            student: stay.student,
            school: stay.school,
            stay: at as u32,
            grade: stay.grade,
            enrolled,
            absent,
            standing: standing(stay.percent_absent, enrolled, absent, minimum, definition),
        })
        .collect()
}

/// One record per student, with the days of all schools merged: a date enrolled twice counts
/// once, and is absent only if absent in both.
#[must_use]
pub fn in_district(dataset: &Dataset, definition: &Definition) -> Vec<Record> {
    let counts = Counted::new(definition);
    let mut merged = Vec::with_capacity(dataset.students.len());
    let mut from = 0;
    while from < dataset.stays.len() {
        let student = dataset.stays[from].student;
        let to = from + dataset.stays[from..].iter().take_while(|s| s.student == student).count();
        let stays = &dataset.stays[from..to];
        // Of equal stays the first by name of the school stands for the student.
        let longest = (from..to).rev().max_by_key(|&at| dataset.stays[at].enrolled).unwrap_or(from);
        let (enrolled, absent) = match stays {
            [only] => (only.enrolled, counts.absent(dataset, only)),
            _ if stays.iter().all(|s| !s.on_roll.0.is_empty()) => merged_days(dataset, stays, &counts),
            _ => (stays.iter().map(|s| s.enrolled).sum(), stays.iter().map(|s| counts.absent(dataset, s)).sum()),
        };
        merged.push((student, longest, enrolled, absent));
        from = to;
    }
    let minimum = minimum(definition, merged.iter().map(|m| m.2).max());
    merged
        .into_iter()
        .filter(|&(_, longest, _, _)| in_range(dataset.stays[longest].grade, definition.grades))
        .map(|(student, longest, enrolled, absent)| {
            let stay = &dataset.stays[longest];
            Record {
                student,
                school: stay.school,
                stay: longest as u32,
                grade: stay.grade,
                enrolled,
                absent,
                standing: standing(stay.percent_absent, enrolled, absent, minimum, definition),
            }
        })
        .collect()
}

fn minimum(definition: &Definition, longest: Option<Days>) -> Days {
    let longest = longest.unwrap_or_default().thousandths();
    let share = Days::from_thousandths((longest * i64::from(definition.minimum_share) + 99) / 100);
    definition.minimum.max(share)
}

fn in_range(grade: Grade, range: GradeRange) -> bool {
    match range {
        GradeRange::All => true,
        GradeRange::KTo8 => matches!(grade, Grade::K | Grade::Year(1..=8) | Grade::Ungraded | Grade::Unknown),
        GradeRange::KTo12 => grade != Grade::PreK,
    }
}

/// A hundred thousand days of which a percent, in millionths, is missed.
const fn of_percent(percent: u32) -> (Days, Days) {
    (Days::from_thousandths(100_000_000), Days::from_thousandths(percent as i64))
}

fn standing(percent: Option<u32>, enrolled: Days, absent: Days, minimum: Days, definition: &Definition) -> Standing {
    // A percent stands on an unknown number of days; the file's own rule chose who is in it.
    let (enrolled, absent) = match percent {
        Some(percent) => of_percent(percent),
        None if enrolled < minimum || (definition.present_once && absent >= enrolled) => return Standing::TooFewDays,
        None => (enrolled, absent),
    };
    match Tier::classify(enrolled, absent) {
        Some(tier) => Standing::Counted { tier, chronic: definition.is_chronic(enrolled, absent) },
        None => Standing::TooFewDays,
    }
}

/// What a definition counts as absence, made ready for many days.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// In the order of [`Kind::ALL`].
    kinds: [bool; Kind::COUNT],
    rule: DayRule,
}

impl Counted {
    #[must_use]
    pub fn new(definition: &Definition) -> Counted {
        Counted { kinds: Kind::ALL.map(|kind| definition.counts(kind)), rule: definition.day_rule }
    }

    /// Whether days of this kind are absences.
    #[must_use]
    pub const fn kind(&self, kind: Kind) -> bool {
        self.kinds[kind as usize]
    }

    /// Whether parts of days add up as they stand in the file.
    #[must_use]
    pub fn is_as_recorded(&self) -> bool {
        self.rule == DayRule::AsRecorded
    }

    /// What one mark counts as, in thousandths of a day.
    #[must_use]
    pub const fn missed(&self, mark: &Mark) -> u16 {
        if !self.kind(mark.kind) {
            return 0;
        }
        match self.rule {
            DayRule::AsRecorded => mark.missed,
            DayRule::HalfOrMore if mark.missed >= 500 => 1000,
            DayRule::WholeOnly if mark.missed >= 1000 => 1000,
            DayRule::HalfOrMore | DayRule::WholeOnly => 0,
        }
    }

    /// Days absent at one school.
    #[must_use]
    pub fn absent(&self, dataset: &Dataset, stay: &Stay) -> Days {
        if self.rule == DayRule::AsRecorded || stay.marks.is_empty() {
            let counted = stay.absent.iter().zip(self.kinds).filter(|(_, counts)| *counts);
            return counted.map(|(days, _)| *days).sum();
        }
        let thousandths: i64 = marks(dataset, stay).iter().map(|mark| i64::from(self.missed(mark))).sum();
        Days::from_thousandths(thousandths)
    }
}

/// The marks of one stay, ascending by day.
#[must_use]
pub fn marks<'a>(dataset: &'a Dataset, stay: &Stay) -> &'a [Mark] {
    dataset.marks.get(stay.marks.start as usize..stay.marks.end as usize).unwrap_or(&[])
}

fn merged_days(dataset: &Dataset, stays: &[Stay], counts: &Counted) -> (Days, Days) {
    let mut on_roll = stays[0].on_roll.clone();
    for stay in &stays[1..] {
        if on_roll.0.len() < stay.on_roll.0.len() {
            on_roll.0.resize(stay.on_roll.0.len(), 0);
        }
        for (word, more) in on_roll.0.iter_mut().zip(&stay.on_roll.0) {
            *word |= more;
        }
    }
    let mut absent = Days::ZERO;
    let missed_on = |stay: &Stay, day: u16| -> Days {
        let of_day = marks(dataset, stay).iter().filter(|m| m.day == day);
        Days::from_thousandths(of_day.map(|m| i64::from(counts.missed(m))).sum())
    };
    for (at, stay) in stays.iter().enumerate() {
        for mark in marks(dataset, stay) {
            let day = usize::from(mark.day);
            let elsewhere = || stays.iter().enumerate().filter(|(other, s)| *other != at && s.on_roll.contains(day));
            if stays[..at].iter().any(|s| s.on_roll.contains(day)) {
                // Counted with the earlier school, as the least that any school says.
                continue;
            }
            let here = missed_on(stay, mark.day);
            absent += elsewhere().map(|(_, s)| missed_on(s, mark.day)).fold(here, Days::min);
        }
    }
    (Days::whole(on_roll.count() as i64), absent)
}

#[cfg(test)]
mod tests {
    use super::super::dataset::DayBits;
    use super::super::students::Student;
    use super::*;

    fn stay(school: u16, days: std::ops::Range<usize>, absent: &[u16], marks: &mut Vec<Mark>) -> Stay {
        let mut on_roll = DayBits::default();
        for day in days {
            assert!(on_roll.insert(day));
        }
        let from = marks.len() as u32;
        marks.extend(absent.iter().map(|&day| Mark { day, kind: Kind::Excused, missed: 1000 }));
        let mut sums = [Days::ZERO; Kind::COUNT];
        sums[Kind::Excused as usize] = Days::whole(absent.len() as i64);
        Stay {
            student: 0,
            school,
            grade: Grade::Year(3),
            homeroom: None,
            enrolled: Days::whole(on_roll.count() as i64),
            absent: sums,
            marks: from..marks.len() as u32,
            on_roll,
            percent_absent: None,
        }
    }

    #[test]
    fn a_day_enrolled_twice_counts_once_and_is_absent_only_if_absent_in_both() {
        let mut marks = Vec::new();
        let stays = vec![stay(0, 0..12, &[2, 10, 11], &mut marks), stay(1, 10..30, &[11, 20], &mut marks)];
        let dataset =
            Dataset { stays, marks, students: [Student::default()].into_iter().collect(), ..Dataset::default() };
        let district = in_district(&dataset, &Definition::default());
        assert_eq!(district.len(), 1);
        // Days 2 and 11 (both schools) and 20; day 10 was absent in one school only.
        assert_eq!((district[0].enrolled, district[0].absent), (Days::whole(30), Days::whole(3)));
        assert!(district[0].is_chronic());
        let schools = at_schools(&dataset, &Definition::default());
        assert_eq!(schools.iter().map(Record::tier).collect::<Vec<_>>(), [Some(Tier::Severe), Some(Tier::Moderate)]);
    }

    #[test]
    fn students_under_the_minimum_are_counted_apart() {
        let mut marks = Vec::new();
        let stays = vec![stay(0, 0..9, &[1], &mut marks)];
        let dataset = Dataset { stays, marks, ..Dataset::default() };
        assert_eq!(at_schools(&dataset, &Definition::default())[0].standing, Standing::TooFewDays);
    }
}

//! Checks before praise: what in the recording could make a rate look better than it is.
//!
//! Source: `shared/methods.md`, section 13. Own construction, tried on clean and planted schools.
//! Nothing here says that anyone did wrong; it says which record to look at first.

use super::special::binomial_at_least;
use crate::attendance::not_taken;

/// One reason to look at the recording first. All but an amber `Missing` and one or two odd days
/// are red: they stand before any verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Flag {
    /// The rate against expectation jumps between two neighbouring grades.
    GradeJump {
        /// The first grade above the jump.
        from: String,
        jump: GradeJump,
    },
    /// A whole grade without a single absence.
    GradeWithoutAbsence { grade: String, students: u64 },
    /// A grade in which absences stop for many school days on end.
    SilentGrade { grade: String, from: String, days: u64, expected: f64 },
    /// A weekday with almost no absences. 0 is Monday.
    Weekday { weekday: u8, absences: f64, expected: f64 },
    /// Days on which nobody was absent.
    EmptyDays { days: u64 },
    /// Students heap just below the threshold.
    Heaping { below: u64, above: u64 },
    /// Student-days without any record.
    Missing { share: f64 },
    /// Less than a fifth of what is expected.
    TooGood { observed: u64, expected: f64 },
}

impl Flag {
    /// What was seen, with its numbers, and nothing about why.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Flag::GradeJump { from, jump } => {
                format!(
                    "Chronic absence changes {:.0}-fold against what is expected from grade {from} on.",
                    jump.t.exp()
                )
            }
            Flag::GradeWithoutAbsence { grade, students } => {
                format!("None of the {students} students in grade {grade} has an absence.")
            }
            Flag::SilentGrade { grade, from, days, expected } => {
                format!(
                    "In grade {grade} nobody is recorded absent on {days} school days on end from {from}, where about {expected:.0} absences would be usual."
                )
            }
            Flag::Weekday { weekday, absences, expected } => {
                let name = crate::attendance::day::WEEKDAYS[usize::from(*weekday).min(6)];
                format!("{name}s hold {absences:.0} absences where {expected:.0} would be usual.")
            }
            Flag::EmptyDays { days } => format!("On {days} school days nobody is recorded absent."),
            Flag::Heaping { below, above } => {
                format!("{below} students stop within a day below the threshold, {above} within a day above it.")
            }
            Flag::Missing { share } => format!("{:.1} % of student-days have no record.", 100.0 * share),
            Flag::TooGood { observed, expected } => {
                format!("{observed} chronically absent students where {expected:.0} are expected is less than a fifth.")
            }
        }
    }

    /// The stable name of the check.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Flag::GradeJump { .. } => "grade_jump",
            Flag::GradeWithoutAbsence { .. } => "zero_grade",
            Flag::SilentGrade { .. } => "silent_grade",
            Flag::Weekday { .. } => "weekday",
            Flag::EmptyDays { .. } => "day",
            Flag::Heaping { .. } => "heaping",
            Flag::Missing { .. } => "missing_attendance",
            Flag::TooGood { .. } => "too_good",
        }
    }
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    None,
    /// Worth saying.
    Amber,
    /// Comes before praise.
    Red,
}

/// The largest jump of observed over expected between the grades below and above a cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradeJump {
    /// |ln ratio below − ln ratio above|.
    pub t: f64,
    pub z: f64,
    /// Position of the first grade above the cut; `None` where no cut had enough on both sides.
    pub cut: Option<usize>,
}

impl GradeJump {
    #[must_use]
    pub fn is_red(&self) -> bool {
        self.z >= 3.5 && self.t >= 4f64.ln()
    }
}

/// Observed and expected chronically absent students by grade, ascending; `rate` is the school's
/// expected rate.
#[must_use]
pub fn grade_jump(observed: &[u64], expected: &[f64], rate: f64) -> GradeJump {
    let mut best = GradeJump { t: 0.0, z: 0.0, cut: None };
    for cut in 1..observed.len() {
        let sides = [0..cut, cut..observed.len()].map(|range| {
            let o: u64 = observed[range.clone()].iter().sum();
            let e: f64 = expected[range].iter().sum();
            (o as f64, e)
        });
        let [(o1, e1), (o2, e2)] = sides;
        if e1 < 5.0 || e2 < 5.0 {
            continue;
        }
        let t = (((o1 + 0.5) / (e1 + 0.5)).ln() - ((o2 + 0.5) / (e2 + 0.5)).ln()).abs();
        let z = t / ((1.0 - rate) / e1 + (1.0 - rate) / e2 + 0.18).sqrt();
        if best.cut.is_none() || z > best.z {
            best = GradeJump { t, z, cut: Some(cut) };
        }
    }
    best
}

/// The chance that none of `students` has an absence, where `without` of `elsewhere` have none.
#[must_use]
pub fn without_absence_chance(students: u64, without: u64, elsewhere: u64) -> f64 {
    ((without as f64 + 1.0) / (elsewhere as f64 + 2.0)).powf(students as f64)
}

/// Whether a grade without any absence is a red flag.
#[must_use]
pub fn grade_without_absence_is_red(students: u64, without: u64, elsewhere: u64) -> bool {
    students >= 10 && without_absence_chance(students, without, elsewhere) < 1e-4
}

/// What the other weekdays lead one to expect of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekdayCheck {
    pub expected: f64,
    /// Observed over expected.
    pub ratio: f64,
}

impl WeekdayCheck {
    #[must_use]
    pub fn is_red(&self) -> bool {
        self.expected >= 20.0 && self.ratio < 0.25
    }
}

/// For each weekday, its absent days against what the others' rate makes of its student-days.
#[must_use]
pub fn weekdays(absent: &[f64], student_days: &[f64]) -> Vec<WeekdayCheck> {
    let (all_absent, all_days): (f64, f64) = (absent.iter().sum(), student_days.iter().sum());
    absent
        .iter()
        .zip(student_days)
        .map(|(absent, days)| {
            let elsewhere = all_days - days;
            let expected = if elsewhere > 0.0 { (all_absent - absent) / elsewhere * days } else { 0.0 };
            WeekdayCheck { expected, ratio: if expected > 0.0 { absent / expected } else { 1.0 } }
        })
        .collect()
}

/// School days on end without an absence in one grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Silence {
    /// Position of its first day among those given.
    pub from: usize,
    pub days: u64,
    /// Students on roll on a day of it, and days outside it to compare with.
    pub students: f64,
    pub elsewhere: u64,
    /// Absences that the grade's other days lead one to expect in it.
    pub expected: f64,
}

impl Silence {
    /// As for a whole school's day, even half of what is usual would be ten absences; as for a whole grade,
    /// there are ten students. What is usual must show on four weeks of other days.
    #[must_use]
    pub fn is_red(&self) -> bool {
        self.days >= 10 && self.elsewhere >= 20 && self.students >= 10.0 && self.expected / 2.0 >= 10.0
    }
}

/// The longest run of days without an absence. Days are (absences, students on roll), in order;
/// days without students on roll are passed over.
#[must_use]
pub fn longest_silence(days: &[(u32, u32)]) -> Option<Silence> {
    let mut longest: Option<(usize, u64, u64)> = None;
    let mut run: Option<(usize, u64, u64)> = None;
    for (at, (absences, students)) in days.iter().enumerate().filter(|(_, (_, students))| *students > 0) {
        if *absences > 0 {
            run = None;
            continue;
        }
        let (from, n, student_days) = run.unwrap_or((at, 0, 0));
        let now = (from, n + 1, student_days + u64::from(*students));
        run = Some(now);
        if longest.is_none_or(|(_, _, most)| now.2 > most) {
            longest = Some(now);
        }
    }
    let (from, n, silent) = longest?;
    let absences: u64 = days.iter().map(|(absences, _)| u64::from(*absences)).sum();
    let student_days: u64 = days.iter().map(|(_, students)| u64::from(*students)).sum();
    let rest = student_days - silent;
    let elsewhere = days.iter().filter(|(_, students)| *students > 0).count() as u64 - n;
    (rest > 0).then(|| Silence {
        from,
        days: n,
        students: silent as f64 / n as f64,
        elsewhere,
        expected: absences as f64 / rest as f64 * silent as f64,
    })
}

/// How many days have no absence at all, at a school where half the daily mean is at least 10.
#[must_use]
pub fn empty_days(absences_by_day: &[u64]) -> u64 {
    if absences_by_day.is_empty() {
        return 0;
    }
    let mean = absences_by_day.iter().sum::<u64>() as f64 / absences_by_day.len() as f64;
    if mean / 2.0 < 10.0 { 0 } else { absences_by_day.iter().filter(|n| **n == 0).count() as u64 }
}

/// Red from three days on, amber from one.
#[must_use]
pub fn empty_days_level(days: u64) -> Level {
    match days {
        0 => Level::None,
        1 | 2 => Level::Amber,
        _ => Level::Red,
    }
}

/// Where a student stands within a day of the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NearThreshold {
    /// Up to a day below: (0, 1] days short of it.
    Below,
    /// On it or less than a day above: [0, 1).
    Above,
    Neither,
}

/// Thousandths of a day in, threshold in thousandths of a percent (10,000 for 10 %).
#[must_use]
pub fn near_threshold(enrolled: i64, absent: i64, threshold: u32) -> NearThreshold {
    // Hundred-thousandths of thousandths of a day past the threshold; one day is 100,000,000.
    let past = 100_000 * i128::from(absent) - i128::from(threshold) * i128::from(enrolled);
    let day = 100_000_000;
    if (-day..0).contains(&past) {
        NearThreshold::Below
    } else if (0..day).contains(&past) {
        NearThreshold::Above
    } else {
        NearThreshold::Neither
    }
}

/// The chance of so many just below the threshold, where six in ten would be usual.
#[must_use]
pub fn heaping_chance(below: u64, above: u64) -> f64 {
    binomial_at_least(below, below + above, 0.6)
}

#[must_use]
pub fn heaping_is_red(below: u64, above: u64) -> bool {
    below + above >= 10 && heaping_chance(below, above) < 0.001
}

/// Missing attendance: red over 5 % of student-days, amber from 2 %.
#[must_use]
pub fn missing_level(expected_days: u64, recorded_days: u64) -> Level {
    let missing = expected_days.saturating_sub(recorded_days);
    if not_taken::is_too_much(missing, expected_days) {
        Level::Red
    } else if not_taken::is_worth_saying(missing, expected_days) {
        Level::Amber
    } else {
        Level::None
    }
}

/// Less than a fifth of what is expected, beyond any ordinary school.
#[must_use]
pub fn too_good_is_red(observed: u64, expected: f64, low: f64) -> bool {
    (observed as f64) < 0.2 * expected && expected >= 10.0 && low < 1e-4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_falls_silent_only_where_absences_were_usual_and_students_still_there() {
        let usual = |n: usize| (0..n).map(|at| (1 + (at % 3) as u32, 50)).collect::<Vec<_>>();
        let with = |more: &[(u32, u32)]| longest_silence(&[usual(60).as_slice(), more].concat());
        let silent = with(&[(0, 50); 20]).unwrap();
        assert_eq!((silent.from, silent.days), (60, 20));
        assert!(silent.is_red() && (silent.expected - 40.0).abs() < 1e-9);
        // Too short, gone from the roll, or too few absences before to tell.
        assert!(!with(&[(0, 50); 9]).unwrap().is_red());
        assert_eq!(with(&[(0, 0); 30]), None);
        // A handful of students, of whom one was ill for a few days.
        let ill: Vec<(u32, u32)> = (0..98).map(|at| (u32::from(at < 4), 5)).collect();
        assert!(!longest_silence(&ill).unwrap().is_red());
        let quiet: Vec<(u32, u32)> = (0..80).map(|at| (u32::from(at % 20 == 0), 12)).collect();
        assert!(!longest_silence(&quiet).unwrap().is_red());
        assert_eq!(longest_silence(&[]), None);
        // Nobody absent all year is another check's.
        assert_eq!(longest_silence(&[(0, 50); 90]), None);
    }
}

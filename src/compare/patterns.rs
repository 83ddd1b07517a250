//! Patterns in one student's absences, each with how often chance would make it.
//!
//! Source: `shared/methods.md`, section 10: hypergeometric tests with Holm's correction, long
//! spells (mostly illness) left out; runs described apart. Motives are never inferred.

use super::special::{hypergeometric_at_least, runs_at_most};
use super::words::one_in;
use crate::attendance::Day;
use crate::attendance::day::WEEKDAYS;

/// Shown where the corrected chance is at most this.
pub const SHOWN_AT: f64 = 0.01;
/// Absences on this many school days in a row are a spell, and left out of the tests.
const SPELL: usize = 5;
/// Fewer absences, or fewer school days, say nothing.
const MINIMUM_ABSENCES: u64 = 5;
const MINIMUM_DAYS: u64 = 30;
/// Fewer absences on the days in question are no pattern.
const MINIMUM_ON_PATTERN: u64 = 3;

/// Whether the school year has ended: only then are its last days known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    Running,
    Over,
}

/// One day on which school was in session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchoolDay {
    pub day: Day,
    pub status: Status,
}

/// The student's part in a school day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    NotEnrolled,
    /// Present, or less than half of the day missed.
    Present,
    /// At least half of the day missed.
    Absent,
}

/// A set of days that absences might gather on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// 0 is Monday.
    Weekday(u8),
    BeforeBreak,
    AfterBreak,
    FirstTenDays,
    LastTenDays,
}

impl Pattern {
    /// `mondays`, `before_a_break`, …
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Pattern::Weekday(0) => "mondays",
            Pattern::Weekday(1) => "tuesdays",
            Pattern::Weekday(2) => "wednesdays",
            Pattern::Weekday(3) => "thursdays",
            Pattern::Weekday(_) => "fridays",
            Pattern::BeforeBreak => "before_a_break",
            Pattern::AfterBreak => "after_a_break",
            Pattern::FirstTenDays => "first_ten_days",
            Pattern::LastTenDays => "last_ten_days",
        }
    }

    fn words(self) -> String {
        match self {
            Pattern::Weekday(day) => format!("were {}s", WEEKDAYS[usize::from(day).min(4)]),
            Pattern::BeforeBreak => "fell on the day before a break".to_owned(),
            Pattern::AfterBreak => "fell on the day after a break".to_owned(),
            Pattern::FirstTenDays => "fell in the first ten school days".to_owned(),
            Pattern::LastTenDays => "fell in the last ten school days".to_owned(),
        }
    }
}

/// One test for a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PatternTest {
    pub pattern: Pattern,
    /// Days of this kind, and absences on them, long spells left out.
    pub days: u64,
    pub absences: u64,
    /// Absences that chance would put there, in days.
    pub usual: f64,
    /// The chance of at least so many, alone and corrected for the number of tests (Holm).
    pub p: f64,
    pub p_holm: f64,
}

impl PatternTest {
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.p_holm <= SHOWN_AT
    }
}

/// What a student's year shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patterns {
    /// School days while enrolled, and absences on them.
    pub school_days: u64,
    pub absences: u64,
    /// Absences in spells of five or more school days, and those outside that were tested.
    pub in_long_spells: u64,
    pub tested_absences: u64,
    pub tests: Vec<PatternTest>,
    /// Separate stretches of absence, and the longest, in school days.
    pub runs: u64,
    pub longest_run: u64,
    /// The chance of so few stretches; `None` where there are too few absences to say.
    pub p_so_few_runs: Option<f64>,
}

/// Looks for patterns in the days of the school that the student attends, ascending.
#[must_use]
pub fn patterns(days: &[SchoolDay], year: Year) -> Patterns {
    let enrolled: Vec<usize> = (0..days.len()).filter(|i| days[*i].status != Status::NotEnrolled).collect();
    let absent = |i: usize| days[i].status == Status::Absent;
    let stretches: Vec<&[usize]> =
        enrolled.chunk_by(|a, b| absent(*a) == absent(*b)).filter(|stretch| absent(stretch[0])).collect();
    let absences: usize = stretches.iter().map(|stretch| stretch.len()).sum();
    let in_spell: Vec<usize> = stretches.iter().filter(|s| s.len() >= SPELL).flat_map(|s| s.iter().copied()).collect();
    let tested: Vec<usize> = enrolled.iter().copied().filter(|i| in_spell.binary_search(i).is_err()).collect();

    let mut out = Patterns {
        school_days: enrolled.len() as u64,
        absences: absences as u64,
        in_long_spells: in_spell.len() as u64,
        tested_absences: (absences - in_spell.len()) as u64,
        runs: stretches.len() as u64,
        longest_run: stretches.iter().map(|stretch| stretch.len()).max().unwrap_or(0) as u64,
        ..Patterns::default()
    };
    let enough = |m: u64, d: u64| m >= MINIMUM_ABSENCES && d >= MINIMUM_DAYS;
    if enough(out.absences, out.school_days) {
        out.p_so_few_runs = Some(runs_at_most(out.runs, out.school_days, out.absences));
    }
    let (all, m) = (tested.len() as u64, out.tested_absences);
    for pattern in kinds(year) {
        let on: Vec<usize> = tested.iter().copied().filter(|i| matches(pattern, days, *i)).collect();
        let n_days = on.len() as u64;
        let on_absent = on.iter().filter(|i| absent(**i)).count() as u64;
        let speaks = enough(m, all) && on_absent >= MINIMUM_ON_PATTERN;
        let p = if speaks { hypergeometric_at_least(on_absent, all, n_days, m) } else { 1.0 };
        let usual = if all > 0 { m as f64 * n_days as f64 / all as f64 } else { 0.0 };
        out.tests.push(PatternTest { pattern, days: n_days, absences: on_absent, usual, p, p_holm: 1.0 });
    }
    correct(&mut out.tests);
    out
}

fn kinds(year: Year) -> Vec<Pattern> {
    let mut kinds: Vec<Pattern> = (0..5).map(Pattern::Weekday).collect();
    kinds.extend([Pattern::BeforeBreak, Pattern::AfterBreak, Pattern::FirstTenDays]);
    if year == Year::Over {
        kinds.push(Pattern::LastTenDays);
    }
    kinds
}

fn matches(pattern: Pattern, days: &[SchoolDay], i: usize) -> bool {
    match pattern {
        Pattern::Weekday(weekday) => days[i].day.weekday() == weekday,
        Pattern::BeforeBreak => days.get(i + 1).is_some_and(|next| is_break(days[i].day, next.day)),
        Pattern::AfterBreak => i > 0 && is_break(days[i - 1].day, days[i].day),
        Pattern::FirstTenDays => i < 10,
        Pattern::LastTenDays => i + 10 >= days.len(),
    }
}

/// Whether a weekday without school lies between two neighbouring school days.
fn is_break(one: Day, next: Day) -> bool {
    (one.0 + 1..next.0).any(|day| Day(day).weekday() < 5)
}

/// Holm's step-down correction over all tests.
fn correct(tests: &mut [PatternTest]) {
    let mut order: Vec<usize> = (0..tests.len()).collect();
    order.sort_by(|a, b| tests[*a].p.total_cmp(&tests[*b].p));
    let (n_tests, mut largest) = (tests.len(), 0.0_f64);
    for (rank, at) in order.into_iter().enumerate() {
        largest = largest.max((tests[at].p * (n_tests - rank) as f64).min(1.0));
        tests[at].p_holm = largest;
    }
}

impl Patterns {
    /// The patterns worth showing, each in a sentence with its chance.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences: Vec<String> = self
            .tests
            .iter()
            .filter(|test| test.is_shown())
            .map(|test| {
                format!(
                    "{} of {} absences {}; chance does this for one student in {}.",
                    test.absences,
                    self.tested_absences,
                    test.pattern.words(),
                    one_in(test.p_holm)
                )
            })
            .collect();
        if self.in_long_spells > 0 {
            sentences.push(format!(
                "{} absences lie in spells of five school days or more and are left out of these counts.",
                self.in_long_spells
            ));
        }
        if let Some(p) = self.p_so_few_runs.filter(|p| *p <= SHOWN_AT) {
            sentences.push(format!(
                "The {} absences come in only {} stretches, the longest of {} school days; single days spread by chance would do this for one student in {}.",
                self.absences,
                self.runs,
                self.longest_run,
                one_in(p)
            ));
        }
        sentences
    }
}

/// How many students of `tested` chance alone would show with a pattern.
#[must_use]
pub fn expected_by_chance(tested: usize) -> f64 {
    SHOWN_AT * tested as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// School on every weekday from Monday 31 August 2026, but for one week in the middle.
    fn year(n: usize) -> Vec<SchoolDay> {
        let start = Day::from_ymd(2026, 8, 31).unwrap();
        (0..)
            .map(|i| start.plus(i))
            .filter(|day| day.weekday() < 5 && !(70..77).contains(&(day.0 - start.0)))
            .take(n)
            .map(|day| SchoolDay { day, status: Status::Present })
            .collect()
    }

    #[test]
    fn fridays_are_said_in_words_and_breaks_are_found() {
        let mut days = year(120);
        for i in (0..120).filter(|i| days[*i].day.weekday() == 4).take(9).collect::<Vec<_>>() {
            days[i].status = Status::Absent;
        }
        let found = patterns(&days, Year::Running);
        assert_eq!(found.tests.len(), 8);
        let sentences = found.sentences();
        assert!(
            sentences[0].starts_with("9 of 9 absences were Fridays; chance does this for one student in"),
            "{sentences:?}"
        );
        let breaks = found.tests.iter().find(|test| test.pattern == Pattern::BeforeBreak).unwrap();
        assert_eq!(breaks.days, 1);
    }

    #[test]
    fn a_late_arrival_is_compared_within_the_days_enrolled() {
        let mut days = year(120);
        for day in &mut days[..60] {
            day.status = Status::NotEnrolled;
        }
        let found = patterns(&days, Year::Over);
        assert_eq!(
            (found.school_days, found.tests.iter().find(|t| t.pattern == Pattern::FirstTenDays).unwrap().days),
            (60, 0)
        );
    }

    proptest! {
        #[test]
        fn corrected_chances_are_never_smaller_and_absences_add_up(absent in prop::collection::vec(any::<bool>(), 120)) {
            let mut days = year(120);
            for (day, absent) in days.iter_mut().zip(&absent) {
                day.status = if *absent { Status::Absent } else { Status::Present };
            }
            let found = patterns(&days, Year::Over);
            prop_assert_eq!(found.absences, found.in_long_spells + found.tested_absences);
            prop_assert_eq!(found.absences as usize, absent.iter().filter(|a| **a).count());
            for test in &found.tests {
                prop_assert!(test.p_holm >= test.p && test.p_holm <= 1.0);
            }
            let weekdays: u64 = found.tests[..5].iter().map(|test| test.absences).sum();
            prop_assert_eq!(weekdays, found.tested_absences);
        }
    }
}

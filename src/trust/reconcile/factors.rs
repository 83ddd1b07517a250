//! The ways in which reports of the same students differ, in the order in which they are likely.

use super::views::View;
use crate::attendance::{Dataset, DayRule, Days, Definition, Grade, GradeRange, Kind};

/// What one difference is about: two of the same cannot both hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    Minimum,
    Grain,
    Kind(Kind),
    Bound,
    Presence,
    DayRule,
    Grades,
    /// Other students or other days.
    View,
}

/// Where a student is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Once, days of all schools together.
    District,
    /// Once for each school attended, summed over schools.
    SchoolsAdded,
    /// In each school attended.
    School,
    /// Once, with the days of all schools, at the school attended longest.
    LongestSchool,
}

/// From where on a student is chronically absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Percent,
    /// A number of days, whatever the enrolment.
    Days(i64),
    /// The percent after rounding attendance to a whole one.
    WholePercent,
}

/// How the other report may count.
pub struct Alternative {
    pub dimension: Dimension,
    pub words: String,
    pub(super) change: Change,
}

pub(super) enum Change {
    Definition(Box<dyn Fn(&mut Definition)>),
    /// Position among the views.
    View(usize),
    Line(Line),
    Grain(Grain),
}

/// Minimums that reports use, in days.
const MINIMUMS: [i64; 7] = [0, 1, 10, 20, 31, 45, 90];

/// Everything that can be tried on this file; what cannot move a number is left out.
#[must_use]
pub(super) fn alternatives(
    dataset: &Dataset,
    definition: &Definition,
    of_school: bool,
    views: &[View],
) -> Vec<Alternative> {
    let has_days = dataset.stays.iter().any(|stay| stay.enrolled > Days::ZERO);
    let mut all: Vec<Alternative> = Vec::new();
    let mut add = |dimension, words: String, change| all.push(Alternative { dimension, words, change });
    let defined = |change: fn(&mut Definition)| Change::Definition(Box::new(change));

    if has_days {
        for days in
            MINIMUMS.into_iter().filter(|days| Days::whole(*days) != definition.minimum || definition.minimum_share > 0)
        {
            let words = match days {
                0 => "Every student is counted, however few days enrolled".to_string(),
                1 => "Students are counted from their first enrolled day on".to_string(),
                days => format!("Students are counted from {days} enrolled days on"),
            };
            let change = move |d: &mut Definition| (d.minimum, d.minimum_share) = (Days::whole(days), 0);
            add(Dimension::Minimum, words, Change::Definition(Box::new(change)));
        }
        if definition.minimum_share == 0 {
            let change = defined(|d| (d.minimum, d.minimum_share) = (Days::ONE, 50));
            add(Dimension::Minimum, "Students are counted from half of the year on".into(), change);
        }
    }
    let several = dataset.stays.windows(2).any(|pair| pair[0].student == pair[1].student);
    if several {
        let (words, grain) = if of_school {
            ("Days of all schools count together, at the school attended longest", Grain::LongestSchool)
        } else {
            ("A student is counted once in each school attended, and schools are added up", Grain::SchoolsAdded)
        };
        add(Dimension::Grain, words.into(), Change::Grain(grain));
    }
    for kind in Kind::ALL {
        let any = dataset.stays.iter().any(|stay| stay.absent[kind as usize] > Days::ZERO);
        if !any {
            continue;
        }
        let counted = definition.counts(kind);
        let name = kind.label().to_lowercase();
        let words = match (counted, kind) {
            (true, Kind::Unknown) => "Absences without a reason don’t count".to_string(),
            (true, _) => format!("Days marked {name} don’t count as absence"),
            (false, _) => format!("Days marked {name} count as absence"),
        };
        let change = move |d: &mut Definition| d.set_kind(kind, !counted);
        add(Dimension::Kind(kind), words, Change::Definition(Box::new(change)));
    }
    let percent = definition.percent();
    let bound = if definition.inclusive {
        format!("Students exactly at {percent} % are not counted as chronic")
    } else {
        format!("Students exactly at {percent} % are counted as chronic")
    };
    add(Dimension::Bound, bound, defined(|d| d.inclusive = !d.inclusive));
    if has_days {
        let words = format!("Attendance is rounded to a whole percent before it is held against {percent} %");
        add(Dimension::Bound, words, Change::Line(Line::WholePercent));
        for days in [15, 18] {
            let words = format!("Chronic means {days} days or more, whatever the enrolment");
            add(Dimension::Bound, words, Change::Line(Line::Days(days)));
        }
        let words = if definition.present_once {
            "Students who were never present are counted too"
        } else {
            "Students who were never present are left out"
        };
        add(Dimension::Presence, words.into(), defined(|d| d.present_once = !d.present_once));
    }
    for threshold in [10_000, 15_000, 20_000].into_iter().filter(|t| *t != definition.threshold) {
        let words = format!("Chronic begins at {} % of enrolled days", threshold / 1000);
        let change = move |d: &mut Definition| d.threshold = threshold;
        add(Dimension::Bound, words, Change::Definition(Box::new(change)));
    }
    if dataset.marks.iter().any(|mark| mark.missed > 0 && mark.missed < 1000) {
        for (rule, words) in [
            (DayRule::AsRecorded, "Parts of a day are added up as recorded"),
            (DayRule::HalfOrMore, "Half a day missed counts as a whole day"),
            (DayRule::WholeOnly, "Only whole days missed count"),
        ] {
            if rule != definition.day_rule {
                let change = move |d: &mut Definition| d.day_rule = rule;
                add(Dimension::DayRule, words.into(), Change::Definition(Box::new(change)));
            }
        }
    }
    let has = |test: fn(Grade) -> bool| dataset.stays.iter().any(|stay| test(stay.grade));
    let early = has(|grade| grade == Grade::PreK);
    let late = has(|grade| matches!(grade, Grade::Year(9..)));
    for (range, words, differs) in [
        (GradeRange::All, "All grades are counted", early || late),
        (GradeRange::KTo12, "Pre-kindergarten is left out", early),
        (GradeRange::KTo8, "Only kindergarten to grade 8 is counted", early || late),
    ] {
        if differs && range != definition.grades {
            let change = move |d: &mut Definition| d.grades = range;
            add(Dimension::Grades, words.into(), Change::Definition(Box::new(change)));
        }
    }
    for (at, view) in views.iter().enumerate() {
        add(Dimension::View, view.words.clone(), Change::View(at));
    }
    all
}

/// What may lie behind a difference and cannot be seen in this file.
#[must_use]
pub(super) fn out_of_reach(dataset: &Dataset) -> Vec<&'static str> {
    let mut all = Vec::new();
    if dataset.calendar.is_empty() || dataset.stays.iter().all(|stay| stay.on_roll.0.is_empty()) {
        all.push("This file does not say on which days each student was enrolled, so leavers, days without a record and another closing date can’t be tried.");
    }
    if dataset.stays.iter().all(|stay| stay.percent_absent.is_some()) {
        all.push("This file holds percents, not days, so no minimum of days can be tried.");
    }
    let known = |kind: &&Kind| dataset.stays.iter().any(|stay| stay.absent[**kind as usize] > Days::ZERO);
    if Kind::ALL.iter().filter(known).count() < 2 {
        all.push("This file does not tell kinds of absence apart, so leaving some out can’t be tried.");
    }
    if dataset.stays.iter().all(|stay| stay.grade == Grade::Unknown) {
        all.push("This file holds no grades, so leaving some out can’t be tried.");
    }
    all
}

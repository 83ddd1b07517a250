//! Did the test work? Before, during and after from daily records, with a run chart and a
//! comparison with similar students who were not chosen (`shared/methods.md`, section 11).

mod comparison;
pub mod from_dataset;
mod stats;
mod weekly;
mod windows;
pub mod words;

pub use comparison::{Comparison, Pair, Speak};
pub use weekly::Week;
pub use windows::{Span, Window, WindowSpan, windows};

use crate::attendance::{Day, DayBits, Days, Grade};
use crate::compare::runchart;
use crate::plans::document::Id;
use crate::plans::model::{Measured, MeasuredWindow};
use std::collections::{BTreeMap, BTreeSet};

/// Daily records, in the school's own days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Every date with a row, ascending. Positions below are positions here.
    pub days: Vec<Day>,
    /// For each school the positions on which it was in session.
    pub sessions: Vec<DayBits>,
    pub pupils: Vec<Pupil>,
}

/// One student at one school.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pupil {
    pub id: String,
    pub school: usize,
    pub grade: Grade,
    /// Enrolled on these days.
    pub on_roll: DayBits,
    /// Enrolled, in session, but attendance was not taken: such days leave both sides.
    pub not_taken: DayBits,
    /// Thousandths of a day missed, by position.
    pub absent: BTreeMap<usize, u16>,
}

/// What is to be studied.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Ids of the chosen students.
    pub chosen: Vec<String>,
    pub begins: Day,
    /// The last day of the test.
    pub ends: Day,
    /// The window that is compared. [`Window::During`] unless the team asks about later.
    pub outcome: Option<Window>,
}

/// Days and absence in one window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Days enrolled with attendance taken.
    pub days: u32,
    /// Days enrolled without attendance taken.
    pub not_taken: u32,
    pub absent: Days,
}

impl Exposure {
    /// Absences per 20 days. Only for an exposure of at least one day.
    #[must_use]
    pub fn per_20(self) -> f64 {
        self.absent.as_f64() / f64::from(self.days) * 20.0
    }
}

/// Why there is no answer, or not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The data hold no daily records.
    NoDailyRecords,
    /// None of the chosen students is in the data.
    NobodyFound,
    /// The test begins too early in the data: there must be 40 school days before it.
    TooEarly { days_before: usize },
    /// The test ends after the data do, or before it begins.
    NotYet { last_day: Day },
    /// Attendance was not taken on more than a tenth of a window.
    TooMuchMissing { window: Window, percent: u32 },
}

/// Absences of the two groups in one window.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowResult {
    pub window: Window,
    pub span: Span,
    /// Absences per 20 days over the chosen students analysed who have half the window's days,
    /// and how many these are.
    pub chosen: Option<(f64, usize)>,
    /// The same for all students not chosen at the same schools.
    pub not_chosen: Option<(f64, usize)>,
    /// The same for the matched students, as a mean over pairs. Only where there is a comparison.
    pub similar: Option<(f64, usize)>,
}

/// Everything that the page says about one test.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    pub outcome: Window,
    pub windows: Vec<WindowResult>,
    /// Windows that the data do not reach yet: how many of their days there are.
    pub not_yet: Vec<(Window, usize)>,
    pub analysed_chosen: Vec<String>,
    /// Chosen students in the data with under half of a window's days: newcomers and leavers.
    pub left_out_chosen: Vec<String>,
    /// Chosen students who are not in the data at all.
    pub not_found: Vec<String>,
    /// Chosen and analysed who left before the last window was over.
    pub left_later: Vec<String>,
    /// Students not chosen, analysed.
    pub pool: usize,
    pub exposures: BTreeMap<String, BTreeMap<Window, Exposure>>,
    pub comparison: Comparison,
    pub weekly: Vec<Week>,
    /// Rules on the weekly percentages of the chosen.
    pub run_chart: runchart::RunChart,
}

/// Studies a test.
///
/// # Errors
/// See [`Refusal`].
pub fn study(records: &Records, plan: &Plan) -> Result<Study, Refusal> {
    if records.days.is_empty() || records.pupils.is_empty() {
        return Err(Refusal::NoDailyRecords);
    }
    let outcome = plan.outcome.unwrap_or(Window::During);
    let chosen: BTreeSet<&str> = plan.chosen.iter().map(String::as_str).collect();
    let is_chosen = |pupil: &Pupil| chosen.contains(pupil.id.as_str());
    let mut schools: Vec<usize> = records.pupils.iter().filter(|p| is_chosen(p)).map(|p| p.school).collect();
    schools.sort_unstable();
    schools.dedup();
    let Some(&first_school) = schools.first() else {
        return Err(Refusal::NobodyFound);
    };
    let mut spans: BTreeMap<usize, Vec<WindowSpan>> = BTreeMap::new();
    for &school in &schools {
        let _ = spans.insert(school, windows(&records.days, &records.sessions[school], plan.begins, plan.ends)?);
    }
    let reached = |window: Window| spans.values().all(|all| all.iter().any(|s| s.window == window && s.is_whole()));
    if !reached(outcome) {
        return Err(Refusal::NotYet { last_day: records.days[records.days.len() - 1] });
    }
    let needed = [Window::Earlier, Window::Before, outcome];

    // A student at two of these schools is counted at the one with more days in the windows needed.
    let mut people: BTreeMap<&str, (&Pupil, BTreeMap<Window, Exposure>)> = BTreeMap::new();
    for pupil in records.pupils.iter().filter(|p| schools.contains(&p.school)) {
        let exposure: BTreeMap<Window, Exposure> =
            spans[&pupil.school].iter().map(|span| (span.window, exposure(pupil, &span.positions))).collect();
        let days = |all: &BTreeMap<Window, Exposure>| needed.iter().map(|w| all[w].days).sum::<u32>();
        match people.get(pupil.id.as_str()) {
            Some((_, known)) if days(known) >= days(&exposure) => {}
            _ => {
                let _ = people.insert(&pupil.id, (pupil, exposure));
            }
        }
    }
    let length = |school: usize, window: Window| {
        spans[&school].iter().find(|s| s.window == window).map_or(0, |s| s.positions.len())
    };
    let has_half = |pupil: &Pupil, exposures: &BTreeMap<Window, Exposure>, window: Window| {
        let days = exposures[&window].days as usize;
        days > 0 && 2 * days >= length(pupil.school, window)
    };
    refuse_missing(&people, &chosen, &needed)?;

    let mut analysed: Vec<comparison::Unit> = Vec::new();
    let (mut analysed_chosen, mut left_out_chosen, mut left_later) = (Vec::new(), Vec::new(), Vec::new());
    for (pupil, exposures) in people.values() {
        let whole = needed.iter().all(|w| has_half(pupil, exposures, *w));
        if whole {
            analysed.push(comparison::Unit {
                id: pupil.id.clone(),
                school: pupil.school,
                grade: pupil.grade,
                chosen: is_chosen(pupil),
                earlier: exposures[&Window::Earlier].per_20(),
                before: exposures[&Window::Before].per_20(),
                outcome: exposures[&outcome].per_20(),
            });
        }
        if is_chosen(pupil) {
            if whole {
                analysed_chosen.push(pupil.id.clone());
                if Window::ALL.iter().any(|w| reached(*w) && !has_half(pupil, exposures, *w)) {
                    left_later.push(pupil.id.clone());
                }
            } else {
                left_out_chosen.push(pupil.id.clone());
            }
        }
    }
    let comparison = comparison::compare(&analysed);
    let results = |ids: &[&str], window: Window| {
        let with: Vec<Exposure> = ids
            .iter()
            .filter_map(|id| people.get(id))
            .filter(|(pupil, exposures)| has_half(pupil, exposures, window))
            .map(|(_, exposures)| exposures[&window])
            .collect();
        pooled(&with).map(|rate| (rate, with.len()))
    };
    let chosen_ids: Vec<&str> = analysed.iter().filter(|u| u.chosen).map(|u| u.id.as_str()).collect();
    let pool_ids: Vec<&str> = analysed.iter().filter(|u| !u.chosen).map(|u| u.id.as_str()).collect();
    let mut window_results = Vec::new();
    let mut not_yet = Vec::new();
    for span in &spans[&first_school] {
        if !reached(span.window) {
            not_yet.push((span.window, span.positions.len()));
            continue;
        }
        window_results.push(WindowResult {
            window: span.window,
            span: span.span(&records.days),
            chosen: results(&chosen_ids, span.window),
            not_chosen: results(&pool_ids, span.window),
            similar: comparison.similar_in(|id| {
                let (pupil, exposures) = people.get(id)?;
                has_half(pupil, exposures, span.window).then(|| exposures[&span.window].per_20())
            }),
        });
    }
    let matched = comparison.matched_ids();
    let weekly = weekly::weekly(records, &plan.chosen, &matched);
    let series: Vec<Option<f64>> = weekly.iter().map(|week| week.chosen).collect();
    let not_found = plan.chosen.iter().filter(|id| !people.contains_key(id.as_str())).cloned().collect();
    Ok(Study {
        outcome,
        windows: window_results,
        not_yet,
        analysed_chosen,
        left_out_chosen,
        not_found,
        left_later,
        pool: pool_ids.len(),
        exposures: people.into_iter().map(|(id, (_, exposures))| (id.to_owned(), exposures)).collect(),
        comparison,
        run_chart: runchart::run_chart(&series),
        weekly,
    })
}

fn refuse_missing(
    people: &BTreeMap<&str, (&Pupil, BTreeMap<Window, Exposure>)>,
    chosen: &BTreeSet<&str>,
    needed: &[Window],
) -> Result<(), Refusal> {
    for &window in needed {
        for only_chosen in [true, false] {
            let (mut taken, mut missing) = (0u64, 0u64);
            for (id, (_, exposures)) in people {
                if !only_chosen || chosen.contains(id) {
                    taken += u64::from(exposures[&window].days);
                    missing += u64::from(exposures[&window].not_taken);
                }
            }
            if 10 * missing > taken + missing {
                let percent = u32::try_from(100 * missing / (taken + missing)).unwrap_or(100);
                return Err(Refusal::TooMuchMissing { window, percent });
            }
        }
    }
    Ok(())
}

fn exposure(pupil: &Pupil, positions: &[usize]) -> Exposure {
    let mut all = Exposure::default();
    for &at in positions.iter().filter(|at| pupil.on_roll.contains(**at)) {
        if pupil.not_taken.contains(at) {
            all.not_taken += 1;
            continue;
        }
        all.days += 1;
        let missed = pupil.absent.get(&at).copied().unwrap_or(0).min(1000);
        all.absent += Days::from_thousandths(i64::from(missed));
    }
    all
}

/// Absences per 20 days over several students together.
fn pooled(exposures: &[Exposure]) -> Option<f64> {
    let days: u32 = exposures.iter().map(|e| e.days).sum();
    let absent: Days = exposures.iter().map(|e| e.absent).sum();
    (days > 0).then(|| absent.as_f64() / f64::from(days) * 20.0)
}

/// What a test keeps of a study, so that it stays when other data are loaded. Rates become
/// thousandths of a day per 20 school days.
#[must_use]
pub fn keep(study: &Study, stamp: &str, on: Day) -> Measured {
    let thousandths = |days: f64| (days * 1000.0).round() as i64;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let c = &study.comparison;
    let speaks = c.speak != Speak::No;
    Measured {
        sentence: words::finding(study),
        stamp: stamp.to_owned(),
        on: Some(on),
        chosen: count(study.analysed_chosen.len()),
        compared: count(c.pairs.iter().map(|p| p.similar.len()).sum()),
        windows: study
            .windows
            .iter()
            .map(|w| MeasuredWindow {
                id: Id(w.window.key().to_owned()),
                from: Some(w.span.from),
                to: Some(w.span.to),
                chosen: w.chosen.map(|(rate, _)| thousandths(rate)),
                compared: w.similar.map(|(rate, _)| thousandths(rate)),
            })
            .collect(),
        difference: c.difference.filter(|_| speaks).map(thousandths),
        lower: c.interval.filter(|_| speaks).map(|(lower, _)| thousandths(lower)),
        upper: c.interval.filter(|_| speaks).map(|(_, upper)| thousandths(upper)),
    }
}

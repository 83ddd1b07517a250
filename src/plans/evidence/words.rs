//! What a study says, in words: never "worked", never without its n, and that chosen students
//! improve anyway.

use super::{Refusal, Speak, Study, Week, Window, WindowResult};
use crate::compare::runchart::{MINIMUM_POINTS, RunChart};
use crate::plans::sharing::SMALLEST_GROUP;

/// Why a second line stands in the chart.
pub const WHY_COMPARE: &str = "Students are chosen when things are bad, and from there most get better anyway. The \
                               second line shows similar students who were not chosen.";

/// What one cycle can and cannot show.
pub const ONE_CYCLE: &str = "One test cannot show that something works or does not. It can show what to try next.";

/// Why a week of the line may differ a little from the numbers of its window.
pub const LINE_AND_WINDOWS: &str = "The line takes all days of a week together. The numbers of the windows are means \
                                    of the students, each counting alike; of similar students, means of each chosen \
                                    student’s.";

fn days(value: f64) -> String {
    format!("{value:.1}")
}

fn change(before: f64, after: f64) -> String {
    let by = after - before;
    if by.abs() < 0.05 {
        "no more and no fewer days".to_owned()
    } else if by < 0.0 {
        format!("{} days fewer", days(-by))
    } else {
        format!("{} days more", days(by))
    }
}

/// The finding that leads the page.
#[must_use]
pub fn finding(study: &Study) -> String {
    let c = &study.comparison;
    let n = study.analysed_chosen.len();
    let students = if n == 1 { "1 chosen student".to_owned() } else { format!("{n} chosen students") };
    let when = match study.outcome {
        Window::TwoWeeksAfter => "in the two weeks after",
        Window::MonthAfter => "in the month after",
        _ => "during the test",
    };
    let (Some(cb), Some(co), Some(sb), Some(so)) =
        (c.chosen_before, c.chosen_outcome, c.similar_before, c.similar_outcome)
    else {
        return format!(
            "There is no fair comparison for these {students}: no similar students were left to compare with."
        );
    };
    if c.speak == Speak::No {
        return format!(
            "There is no fair comparison for these {students}: only {} of them had similar students at the same \
             school who were not chosen.",
            c.pairs.len()
        );
    }
    let matched: usize = c.pairs.iter().map(|p| p.similar.len()).sum();
    let head = format!(
        "Of the {students}, {} could be compared. Per 20 school days {when} they missed {} than before; {matched} \
         similar students, not chosen, missed {}.",
        c.pairs.len(),
        change(cb, co),
        change(sb, so)
    );
    let tail = match (c.speak, c.difference, c.interval) {
        (Speak::TooFew, ..) => format!("With {} students to compare, that is too few to tell.", c.pairs.len()),
        (_, Some(d), Some((lower, upper))) if upper < 0.0 => format!(
            "After allowing for how they started, that is {} days fewer ({} to {}); chance alone rarely does this.",
            days(-d),
            days(-upper),
            days(-lower)
        ),
        (_, Some(d), Some((lower, upper))) if lower > 0.0 => format!(
            "After allowing for how they started, that is {} days more ({} to {}); chance alone rarely does this.",
            days(d),
            days(lower),
            days(upper)
        ),
        _ => "The difference could be chance.".to_owned(),
    };
    format!("{head} {tail}")
}

/// The finding as others may read it: which way it points, and no number. A group that a plan chose
/// stands in no export, so that nobody has audited its numbers.
#[must_use]
pub fn for_others(study: &Study) -> &'static str {
    let c = &study.comparison;
    let similar: usize = c.pairs.iter().map(|p| p.similar.len()).sum();
    if study.analysed_chosen.len() < SMALLEST_GROUP as usize || similar < SMALLEST_GROUP as usize {
        return "What fewer than 11 students show stands in Team mode only.";
    }
    match (c.speak, c.interval) {
        (Speak::No, _) => "There is no fair comparison for the chosen students.",
        (Speak::TooFew, _) => "There are too few students to compare to tell.",
        (Speak::Yes, Some((_, upper))) if upper < 0.0 => {
            "After allowing for how they started, the chosen students missed fewer days than similar students who were \
             not chosen; chance alone rarely does this. The numbers show in Team mode."
        }
        (Speak::Yes, Some((lower, _))) if lower > 0.0 => {
            "After allowing for how they started, the chosen students missed more days than similar students who were \
             not chosen; chance alone rarely does this. The numbers show in Team mode."
        }
        (Speak::Yes, _) => {
            "How the chosen students and similar students who were not chosen differ could be chance. The numbers show \
             in Team mode."
        }
    }
}

/// Why there is no answer.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoDailyRecords => {
            "These data have totals only. Before, during and after need a file with a row for each day.".to_owned()
        }
        Refusal::NobodyFound => "None of the chosen students is in the data that are loaded.".to_owned(),
        Refusal::TooEarly { days_before } => {
            format!("A fair comparison looks at 40 school days before a test. These data hold {days_before}.")
        }
        Refusal::NotYet { last_day } => {
            format!("The data end on {last_day}. Load a later export, and this page fills in.")
        }
        Refusal::TooMuchMissing { window, percent } => format!(
            "Attendance was not taken on {percent} % of student-days in the window “{}”. Above 10 % a comparison would \
             mislead.",
            window.label()
        ),
    }
}

/// Who is not in the numbers, and why.
#[must_use]
pub fn left_out(study: &Study) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |n: usize, one: &str, many: &str| match n {
        0 => {}
        1 => lines.push(format!("1 {one}")),
        n => lines.push(format!("{n} {many}")),
    };
    say(
        study.left_out_chosen.len(),
        "chosen student was enrolled for less than half of a window and is not in the numbers.",
        "chosen students were enrolled for less than half of a window and are not in the numbers.",
    );
    say(study.not_found.len(), "chosen student is not in these data.", "chosen students are not in these data.");
    say(
        study.left_later.len(),
        "chosen student left later and is counted only until then.",
        "chosen students left later and are counted only until then.",
    );
    lines
}

/// Says where breaks made a window longer.
#[must_use]
pub fn breaks(result: &WindowResult) -> Option<String> {
    let (n, days) = (result.span.weekdays_without_school, result.span.school_days);
    let weekdays = match n {
        0 => return None,
        1 => "1 weekday".to_owned(),
        n => format!("{n} weekdays"),
    };
    Some(format!(
        "“{}” holds {days} school days and runs from {} to {}, over {weekdays} without school.",
        result.window.label(),
        result.span.from,
        result.span.to
    ))
}

/// What the rules of the run chart of weekly percentages found, in the days per 20 that the page speaks of.
#[must_use]
pub fn run_chart(chart: &RunChart) -> String {
    let Some(median) = chart.median.map(Week::per_20) else {
        return "There are no weeks to draw yet.".to_owned();
    };
    if chart.shift.is_none() {
        return format!(
            "{} weeks are off the median of {median:.1} days in 20. The rules need at least {MINIMUM_POINTS} such weeks.",
            chart.useful
        );
    }
    let mut met = Vec::new();
    if chart.shift == Some(true) {
        met.push(format!("a shift: {} weeks in a row on one side of the median", chart.longest_run));
    }
    if chart.too_few_crossings == Some(true) {
        met.push(format!(
            "few crossings: the line crosses the median {} times, where chance gives at least {}",
            chart.crossings,
            chart.crossings_limit.unwrap_or_default()
        ));
    }
    if chart.trend == Some(true) {
        met.push(format!("a trend: {} weeks each above, or each below, the one before", chart.longest_trend));
    }
    if met.is_empty() {
        format!(
            "No rule is met: {} weeks vary around a median of {median:.1} days in 20 as chance lets them.",
            chart.points
        )
    } else {
        format!(
            "Rule met, around a median of {median:.1} days in 20: {}. It says that something changed, not what.",
            met.join("; ")
        )
    }
}

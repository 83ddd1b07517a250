//! Could it be luck? The funnel, how much schools differ anyway, and the false bright spots to expect.

use super::words::drawn;
use crate::charts::funnel::{Funnel, FunnelPoint, Limits, funnel};
use crate::charts::{Chart, Width};
use crate::compare::from_dataset::Compared;
use crate::compare::spread::{Basis, funnel_limits};
use crate::compare::standardise::Expected;
use crate::compare::verdict::{Case, Reason, luck_sentence, out_of_reach};
use crate::state::analysis::Sight;
use crate::state::analysis::told::At;
use crate::state::use_state;
use crate::ui::components::{ChartHead, Section};
use crate::ui::figure::Figure;
use crate::ui::pages::tiers::chart_stamp;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn CouldItBeLuck() -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let enough = Memo::new(move |_| analysis.compared.get().is_some_and(|c| c.comparison.spread.schools >= 3));
    let chart = Signal::derive(move || {
        let stamp = chart_stamp(state.loaded.get().as_ref());
        match analysis.compared.get() {
            Some(compared) => analysis.sight.with(|sight| draw(&compared, stamp, sight, state.chart_width.get())),
            None => funnel(&empty(stamp, state.chart_width.get())),
        }
    });
    let note = Signal::derive(move || {
        let Some(compared) = analysis.compared.get() else { return String::new() };
        let spread = &compared.comparison.spread;
        let mut text = spread.sentence(centre(&compared));
        text.push(' ');
        text.push_str(&luck_sentence(spread.schools));
        if let Some(limit) = out_of_reach(spread) {
            // The sentence on the spread says already that it is assumed.
            let limit = if spread.basis == Basis::Assumed {
                "With fewer than ten schools “possible” is the most that can be said."
            } else {
                limit
            };
            text.push(' ');
            text.push_str(limit);
        }
        if let Some(outside) = analysis.sight.with(|sight| outside_yet_ordinary(&compared, sight)) {
            text.push(' ');
            text.push_str(&outside);
        }
        text
    });
    view! {
        <Show when=move || enough.get()>
            <FunnelSection chart note />
        </Show>
    }
}

/// The funnel with how to read it, whoever its points are of.
#[component]
pub fn FunnelSection(chart: Signal<Chart>, note: Signal<String>) -> impl IntoView {
    let sentence: Signal<Prose> =
        Signal::derive(|| "Small schools swing more. Inside the shaded funnel, luck is explanation enough.".into());
    view! {
        <Section title="Could it be luck?" sentence note>
            <Figure chart name="could-it-be-luck" head=ChartHead::InTheMargin />
        </Section>
    }
}

/// The funnel around the rate expected over all, as wide as ordinary schools differ.
pub fn funnel_of(points: Vec<FunnelPoint>, centre: f64, tau2: f64, stamp: String, width: Width) -> Chart {
    let most = points.iter().map(|p| u64::from(p.counted)).max().unwrap_or(0);
    let (limits, plain) = limits(centre, most, tau2);
    funnel(&Funnel { points, limits, plain: Some(plain), ..empty(stamp, width) })
}

/// The rate expected over all compared students.
fn centre(compared: &Compared) -> f64 {
    let (expected, students) = compared
        .comparison
        .expected
        .iter()
        .filter(|e| e.has_expected())
        .fold((0.0, 0u64), |(sum, n), e| (sum + e.expected, n + e.compared));
    if students > 0 { expected / students as f64 } else { 0.0 }
}

fn empty(stamp: String, width: Width) -> Funnel {
    Funnel {
        title: "Difference from expected against number of students".into(),
        stamp,
        points: Vec::new(),
        limits: Limits::default(),
        plain: None,
        expected_by_luck: None,
        width,
    }
}

fn draw(compared: &Compared, stamp: String, sight: &Sight, width: Width) -> Chart {
    let comparison = &compared.comparison;
    let points: Vec<FunnelPoint> = comparison
        .expected
        .iter()
        .enumerate()
        .filter_map(|(at, e)| {
            let (expected, rate) = match sight {
                Sight::Team => (e.expected_rate()?, sight.rate(At::school(at), e.observed, e.compared)),
                Sight::Share(_) => {
                    let place = At::school(at);
                    (sight.expected(place, e.expected_rate())?, sight.rate(place, e.observed_all, e.counted))
                }
            };
            Some(FunnelPoint {
                name: compared.table.units[at].clone(),
                counted: rate.counted?,
                difference: rate.rate? - expected,
                verdict: drawn(comparison.judgements[at].verdict),
            })
        })
        .collect();
    funnel_of(points, centre(compared), comparison.spread.tau2_used, stamp, width)
}

/// The funnel knows how many students a school has, not how few the expected rate was taken from:
/// schools that lie outside for that reason alone are named.
fn outside_yet_ordinary(compared: &Compared, sight: &Sight) -> Option<String> {
    let comparison = &compared.comparison;
    let middle = centre(compared);
    let outside = |(at, e): (usize, &Expected)| -> Option<String> {
        let judgement = &comparison.judgements[at];
        let ordinary = judgement.reason == Reason::Ordinary && judgement.rests_on_few(&Case::of(e));
        sight.rate(At::school(at), e.observed_all, e.counted).rate.filter(|_| ordinary)?;
        let difference = e.observed_rate()? - e.expected_rate()?;
        let (low, high) = funnel_limits(middle, e.compared, comparison.spread.tau2_used).spread_95;
        let is_outside = difference < low - middle || difference > high - middle;
        is_outside.then(|| compared.table.units[at].clone())
    };
    let names: Vec<String> = comparison.expected.iter().enumerate().filter_map(outside).collect();
    let (first, rest) = names.split_first()?;
    Some(match rest.len() {
        0 => format!(
            "{first} lies outside and still counts as expected: its expected rate rests on few similar students elsewhere."
        ),
        n => format!(
            "{first} and {n} more lie outside and still count as expected: their expected rates rest on few similar students elsewhere."
        ),
    })
}

/// Limits at some forty sizes, closer together where the curves bend.
fn limits(centre: f64, most: u64, tau2: f64) -> (Limits, Limits) {
    let (mut widened, mut plain) = (Limits::default(), Limits::default());
    if centre <= 0.0 || most < 12 {
        return (widened, plain);
    }
    let end = (most as f64 * 1.1).max(40.0);
    let start = 12.0_f64;
    let mut last = 0;
    for step in 0..=36 {
        let n = (start * (end / start).powf(f64::from(step) / 36.0)).round() as u64;
        if n == last {
            continue;
        }
        last = n;
        let at = funnel_limits(centre, n, tau2);
        let push = |into: &mut Limits, (l95, u95): (f64, f64), (l998, u998): (f64, f64)| {
            let x = n as f64;
            into.low_95.push((x, l95 - centre));
            into.high_95.push((x, u95 - centre));
            into.low_998.push((x, l998 - centre));
            into.high_998.push((x, u998 - centre));
        };
        push(&mut widened, at.spread_95, at.spread_998);
        push(&mut plain, at.plain_95, at.plain_998);
    }
    (widened, plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_narrow_with_students_and_widening_widens() {
        let (widened, plain) = limits(0.22, 900, 0.0625);
        assert!(widened.low_95.len() > 25 && plain.low_95.len() == widened.low_95.len());
        let last = widened.low_95.len() - 1;
        assert!(widened.low_95[last].1 > widened.low_95[3].1);
        assert!(widened.low_998[last].1 <= plain.low_998[last].1);
        assert!(limits(0.0, 900, 0.1).0.low_95.is_empty());
    }
}

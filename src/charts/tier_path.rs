//! One student's or one group's share of days missed through the year, over the tiers.

use super::canvas::{Type, draw};
use super::chart::{Chart, Column, Precision, Table, Width};
use super::place::spread;
use super::role::Role;
use super::scale::Scale;
use super::{marks, words};
use crate::attendance::Tier;

#[derive(Clone, Debug, PartialEq)]
pub struct TierPath {
    pub title: String,
    pub stamp: String,
    /// In order of time.
    pub points: Vec<TierPoint>,
    pub width: Width,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TierPoint {
    /// `Sep`: to that month's end.
    pub label: String,
    /// Days missed so far, and enrolled days so far.
    pub missed: f64,
    pub enrolled: f64,
}

impl TierPoint {
    fn share(&self) -> f64 {
        if self.enrolled > 0.0 { self.missed / self.enrolled } else { 0.0 }
    }

    /// The tier of the point as drawn. Exact tiers come from the days; this one only names a band.
    fn tier(&self) -> Tier {
        let bound = |t: &Tier| self.share() + 1e-9 >= lower(*t);
        Tier::ALL.into_iter().rfind(bound).unwrap_or(Tier::Satisfactory)
    }
}

const fn lower(tier: Tier) -> f64 {
    match tier {
        Tier::Satisfactory => 0.0,
        Tier::AtRisk => 0.05,
        Tier::Moderate => 0.1,
        Tier::Severe => 0.2,
        Tier::Extreme => 0.5,
    }
}

#[must_use]
pub fn tier_path(input: &TierPath) -> Chart {
    let say = |p: &TierPoint| {
        let share = words::percent(p.share(), Precision::Tenths);
        format!("{share} of {} days to the end of {} ({})", words::number(p.enrolled, 1), p.label, p.tier().label())
    };
    let summary = match input.points.as_slice() {
        [] => "No days yet.".to_owned(),
        [one] => format!("Missed {}.", say(one)),
        [first, .., last] => format!("Missed {}; {} at the start.", say(last), say(first)),
    };
    let columns = vec![
        Column::text("To the end of"),
        Column::number("Days missed"),
        Column::number("Days enrolled"),
        Column::number("Share"),
        Column::text("Tier"),
    ];
    let rows = input.points.iter().map(|p| {
        let share = words::percent(p.share(), Precision::Tenths);
        let tier = p.tier().label().to_owned();
        vec![p.label.clone(), words::number(p.missed, 2), words::number(p.enrolled, 2), share, tier]
    });
    let table = Table { caption: input.title.clone(), columns, rows: rows.collect() };
    let foot = words::foot(&input.stamp, "Share of enrolled days missed, to each month’s end.");
    Chart { title: input.title.clone(), summary, svg: picture(input), table, foot }
}

fn picture(input: &TierPath) -> String {
    let width = input.width.px();
    let highest = input.points.iter().map(TierPoint::share).fold(0.0, f64::max);
    let end = match highest {
        h if h < 0.2 => 0.26,
        h if h < 0.45 => 0.55,
        _ => 1.0,
    };
    let (top, bottom) = (10.0, 150.0);
    let y = Scale::new((0.0, end), (bottom, top));
    let names = 84.0;
    let (left, right) = (30.0, width - names - 8.0);
    let column = (right - left) / input.points.len().max(1) as f64;
    let now = input.points.last().map(TierPoint::tier);
    draw(width, 178.0, |c| {
        c.rect(left, y.at(0.1), right - left, bottom - y.at(0.1), Role::Sunk);
        let shown: Vec<Tier> = Tier::ALL.into_iter().filter(|t| lower(*t) < end - 0.02).collect();
        let mut ticks: Vec<f64> = Vec::new();
        for tier in shown.iter().skip(1) {
            let bound = lower(*tier);
            ticks.push(y.at(bound) + 4.0);
            if *tier != Tier::Moderate {
                c.rule(left, y.at(bound), right - left, 1.0, Role::Line);
            }
        }
        for (tier, at) in shown.iter().skip(1).zip(spread(&ticks, &[13.0; 5], top + 8.0, bottom + 4.0)) {
            c.text(left - 8.0, at, &words::points(lower(*tier), Precision::Whole), Type::axis().end());
        }
        // The ten-percent line is the heaviest.
        c.rule(left, y.at(0.1) - 1.0, right - left, 2.5, Role::Ink);
        c.rule(left, bottom, right - left, 1.0, Role::LineStrong);
        let middles: Vec<f64> = (0..shown.len())
            .map(|i| (lower(shown[i]) + shown.get(i + 1).map_or(end, |t| lower(*t))) / 2.0)
            .map(|middle| y.at(middle) + 4.0)
            .collect();
        for (tier, at) in shown.iter().zip(spread(&middles, &[15.0; 5], top + 10.0, bottom + 2.0)) {
            let style = if now == Some(*tier) { Type::axis().bold().role(Role::Ink) } else { Type::axis() };
            c.text(right + 10.0, at, tier.label(), style);
        }
        let at = |i: usize| left + column * (i as f64 + 0.5);
        let line: Vec<(f64, f64)> =
            input.points.iter().enumerate().map(|(i, p)| (at(i), y.within(p.share()))).collect();
        c.path(&line, 2.0, Role::Ink);
        let widest = input.points.iter().map(|p| Type::axis().width(&p.label)).fold(0.0, f64::max) + 6.0;
        let every = (widest / column).ceil().max(1.0) as usize;
        for (i, (x, y)) in line.iter().enumerate() {
            c.disc(*x, *y, 6.0, Role::Paper);
            marks::dot(c, *x, *y, 4.5);
            if i.is_multiple_of(every) {
                c.centred(*x, 172.0, &input.points[i].label, column * every as f64 - 4.0, Type::axis());
            }
        }
    })
}

//! The five tiers of all students: one bar to a row, for the page's table and as a whole chart.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Piece, Precision, Rate, Table, Width};
use super::role::Role;
use super::{marks, words};
use crate::attendance::Tier;

#[derive(Clone, Debug, PartialEq)]
pub struct TierBars {
    pub title: String,
    /// Whose data, dates and definition, ending in a full stop.
    pub stamp: String,
    /// Students per tier, satisfactory first; `None` where hidden.
    pub tiers: [Option<u32>; 5],
    /// Counted students, chronic ones and the rate with its interval.
    pub rate: Rate,
    /// School days in the date range, for the column in days; `None` leaves it out.
    pub school_days: Option<u32>,
    pub width: Width,
    pub precision: Precision,
}

const HEAD: f64 = 26.0;

/// The bars alone, one for each tier, all on one scale: `width` by 18 pixels.
#[must_use]
pub fn tier_bar_pieces(tiers: [Option<u32>; 5], counted: Option<u32>, width: Width) -> [Piece; 5] {
    let most = tiers.iter().flatten().copied().max().unwrap_or(0).max(1);
    Tier::ALL.map(|tier| {
        let n = tiers[tier.index()];
        let svg = draw(width.px(), 18.0, |c| bar(c, [0.0, 0.0, width.px(), 18.0], tier, n, most));
        let share = share_text(n, counted, Precision::Tenths);
        Piece { svg, text: format!("{}: {} students, {share}", tier.label(), words::count_or_hidden(n)) }
    })
}

fn share_text(n: Option<u32>, counted: Option<u32>, precision: Precision) -> String {
    let share = n.zip(counted).filter(|(_, c)| *c > 0).map(|(n, c)| f64::from(n) / f64::from(c));
    words::percent_or_hidden(share, precision)
}

fn bar(c: &mut Canvas, [x, y, wide, tall]: [f64; 4], tier: Tier, n: Option<u32>, most: u32) {
    match n {
        Some(0) => {}
        Some(n) => {
            let length = (f64::from(n) / f64::from(most) * wide).max(2.0);
            c.framed([x, y, length, tall], Role::Tier(tier), Role::edge(tier), 1.0);
        }
        None => c.text(x, y + tall / 2.0 + 4.3, words::HIDDEN, Type::axis()),
    }
}

/// A tier's bounds in school days, counted in halves: `5 to 9½` of 98.
#[must_use]
pub fn tier_in_days(tier: Tier, school_days: u32) -> String {
    // The least half days that reach a share of so many percent.
    let reach = |percent: u32| (2 * school_days * percent).div_ceil(100);
    match tier {
        Tier::Satisfactory => format!("fewer than {}", halves(reach(5))),
        Tier::AtRisk => format!("{} to {}", halves(reach(5)), halves(reach(10).saturating_sub(1))),
        Tier::Moderate => format!("{} to {}", halves(reach(10)), halves(reach(20).saturating_sub(1))),
        Tier::Severe => format!("{} to {}", halves(reach(20)), halves(reach(50).saturating_sub(1))),
        Tier::Extreme => format!("{} or more", halves(reach(50))),
    }
}

fn halves(n: u32) -> String {
    match (n / 2, n % 2) {
        (0, 1) => "½".to_owned(),
        (whole, 0) => whole.to_string(),
        (whole, _) => format!("{whole}½"),
    }
}

#[must_use]
pub fn tier_bars(input: &TierBars) -> Chart {
    let counted = words::count_or_hidden(input.rate.counted);
    let mut summary = match input.rate.rate {
        Some(_) => format!("{} chronically absent.", input.rate.full_text(input.precision)),
        None => format!("The number of chronically absent students is {}.", words::HIDDEN_NOTE),
    };
    if let (Some(severe), Some(extreme)) = (input.tiers[3], input.tiers[4]) {
        let n = severe + extreme;
        summary += &format!(" {} missed a fifth or more.", words::some(n, "student", "students"));
    }
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: table(input),
        foot: words::foot(&input.stamp, &format!("n = {counted}.")),
    }
}

fn table(input: &TierBars) -> Table {
    let mut columns = vec![Column::text("Tier"), Column::text("Days missed")];
    columns.extend(input.school_days.map(|d| Column::text(format!("Of {d} days"))));
    columns.extend([Column::number("Students"), Column::number("Share")]);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for tier in Tier::ALL {
        let n = input.tiers[tier.index()];
        let mut row = vec![tier.label().to_owned(), tier.bounds().to_owned()];
        row.extend(input.school_days.map(|d| tier_in_days(tier, d)));
        row.extend([words::count_or_hidden(n), share_text(n, input.rate.counted, input.precision)]);
        rows.push(row);
    }
    let mut chronic = vec!["Chronically absent".to_owned(), interval_text(input)];
    chronic.extend(input.school_days.map(|_| String::new()));
    let share = words::percent_or_hidden(input.rate.rate, input.precision);
    chronic.extend([words::count_or_hidden(input.rate.chronic), share]);
    rows.push(chronic);
    Table { caption: input.title.clone(), columns, rows }
}

fn interval_text(input: &TierBars) -> String {
    input.rate.interval.map_or_else(String::new, |i| format!("95 % interval {}", words::interval(i, input.precision)))
}

fn picture(input: &TierBars) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let most = input.tiers.iter().flatten().copied().max().unwrap_or(0).max(1);
    let row = row_height(input.width);
    let height = HEAD + 6.0 * row;
    let bar_from = match (narrow, input.school_days) {
        (true, _) => 132.0,
        (false, Some(_)) => 402.0,
        (false, None) => 312.0,
    };
    let students = width - if narrow { 60.0 } else { 70.0 };
    let bar_wide = students - if narrow { 48.0 } else { 64.0 } - bar_from;
    draw(width, height, |c| {
        heads(c, input, students);
        for (i, tier) in Tier::ALL.into_iter().enumerate() {
            let y = HEAD + row * i as f64;
            let middle = y + row / 2.0;
            marks::stair(c, 0.0, middle - if narrow { 13.0 } else { 7.0 }, tier);
            let n = input.tiers[tier.index()];
            if narrow {
                c.text(42.0, middle - 2.0, tier.label(), Type::label().bold());
                c.text(0.0, middle + 14.0, tier.bounds(), Type::axis());
            } else {
                c.text(42.0, middle + 4.5, tier.label(), Type::label().bold());
                c.text(190.0, middle + 4.5, tier.bounds(), Type::label().role(Role::Ink2));
                if let Some(days) = input.school_days {
                    c.text(312.0, middle + 4.5, &tier_in_days(tier, days), Type::label().role(Role::Ink2));
                }
            }
            bar(c, [bar_from, middle - 9.0, bar_wide, 18.0], tier, n, most);
            c.text(students, middle + 4.5, &words::count_or_hidden(n), Type::label().end());
            c.text(width, middle + 4.5, &share_text(n, input.rate.counted, input.precision), Type::label().end());
            // The rule above Moderate is the ten-percent line.
            let thick = if tier == Tier::AtRisk { 2.5 } else { 1.0 };
            let role = if tier == Tier::AtRisk { Role::Ink } else { Role::Line };
            c.rule(0.0, y + row - 1.0, width, thick, role);
        }
        chronic_row(c, input, bar_from, students);
    })
}

fn row_height(width: Width) -> f64 {
    if width.is_narrow() { 48.0 } else { 40.0 }
}

fn heads(c: &mut Canvas, input: &TierBars, students: f64) {
    let head = Type::axis().bold().role(Role::Ink);
    c.text(0.0, 14.0, "Tier", head);
    if !input.width.is_narrow() {
        c.text(190.0, 14.0, "Days missed", Type::axis().bold());
        if let Some(days) = input.school_days {
            c.text(312.0, 14.0, &format!("Of {days} days"), Type::axis().bold());
        }
    }
    c.text(students, 14.0, "Students", head.end());
    c.text(input.width.px(), 14.0, "Share", head.end());
    c.rule(0.0, HEAD - 2.0, input.width.px(), 1.5, Role::Ink);
}

fn chronic_row(c: &mut Canvas, input: &TierBars, bar_from: f64, students: f64) {
    let y = HEAD + 5.5 * row_height(input.width);
    let (bold, narrow) = (Type::label().bold(), input.width.is_narrow());
    c.text(0.0, if narrow { y - 2.0 } else { y + 4.5 }, "Chronically absent", bold);
    if narrow {
        c.text(0.0, y + 14.0, &interval_text(input), Type::axis());
    } else {
        c.text(190.0, y + 4.5, "10 % or more", bold);
        if let Some(days) = input.school_days {
            let reach = tier_in_days(Tier::Moderate, days);
            let from = reach.split(' ').next().unwrap_or_default();
            c.text(312.0, y + 4.5, &format!("{from} or more"), bold);
        }
        c.text(bar_from, y + 4.5, &interval_text(input), Type::axis());
    }
    c.text(students, y + 4.5, &words::count_or_hidden(input.rate.chronic), bold.end());
    c.text(input.width.px(), y + 4.5, &words::percent_or_hidden(input.rate.rate, input.precision), bold.end());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_in_days_follow_the_shares_exactly() {
        let days = |n| Tier::ALL.map(|t| tier_in_days(t, n));
        assert_eq!(days(98), ["fewer than 5", "5 to 9½", "10 to 19½", "20 to 48½", "49 or more"]);
        assert_eq!(days(180), ["fewer than 9", "9 to 17½", "18 to 35½", "36 to 89½", "90 or more"]);
        assert_eq!(days(30), ["fewer than 1½", "1½ to 2½", "3 to 5½", "6 to 14½", "15 or more"]);
        // Each bound is the first half day of its tier.
        for n in 20..200 {
            for (percent, tier) in [(5, Tier::AtRisk), (10, Tier::Moderate), (20, Tier::Severe), (50, Tier::Extreme)] {
                let least = (2 * n * percent as u32).div_ceil(100);
                let days = crate::attendance::Days::whole;
                let half = |h: u32| crate::attendance::Days::from_thousandths(i64::from(h) * 500);
                assert_eq!(Tier::classify(days(n.into()), half(least)), Some(tier), "{n} days");
                assert!(Tier::classify(days(n.into()), half(least - 1)) < Some(tier), "{n} days");
            }
        }
    }
}

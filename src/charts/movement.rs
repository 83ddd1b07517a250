//! Who moved between two exports: from tier to tier, with who is new and who left, so that nobody
//! vanishes; and the same by school in small.

use super::canvas::{Canvas, Type, draw};
use super::chart::{Chart, Column, Table, Width};
use super::marks;
use super::role::Role;
use super::words;
use crate::attendance::Tier;

#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    pub title: String,
    pub stamp: String,
    /// Names of the two files: `16 January`, `13 February`.
    pub before: String,
    pub after: String,
    /// Students by tier before (first index) and after (second).
    pub flow: [[Option<u32>; 5]; 5],
    /// Only in the newer file, by tier.
    pub new: [Option<u32>; 5],
    /// Only in the older file, by their tier in it.
    pub left: [Option<u32>; 5],
    pub width: Width,
}

impl Movement {
    /// The sum of the shown cells where `keep` holds, and whether a hidden one is among them.
    fn sum(&self, keep: impl Fn(usize, usize) -> bool) -> (u32, bool) {
        let mut out = (0, false);
        for (from, row) in self.flow.iter().enumerate() {
            for (_, n) in row.iter().enumerate().filter(|(to, _)| keep(from, *to)) {
                match n {
                    Some(n) => out.0 += n,
                    None => out.1 = true,
                }
            }
        }
        out
    }
}

#[must_use]
pub fn movement(input: &Movement) -> Chart {
    let said =
        |(n, hidden): (u32, bool)| if hidden { format!("at least {}", words::count(n)) } else { words::count(n) };
    let all = |cells: &[Option<u32>; 5]| (cells.iter().flatten().sum(), cells.iter().any(Option::is_none));
    let summary = format!(
        "From {} to {}: {} became chronically absent, {} no longer are; {} moved to a tier with more absence and {} to \
         one with less; {} are new and {} left.",
        input.before,
        input.after,
        said(input.sum(|from, to| from < 2 && to >= 2)),
        said(input.sum(|from, to| from >= 2 && to < 2)),
        said(input.sum(|from, to| to > from)),
        said(input.sum(|from, to| to < from)),
        said(all(&input.new)),
        said(all(&input.left)),
    );
    let mut columns = vec![Column::text(format!("Tier on {}", input.before))];
    columns.extend(Tier::ALL.map(|t| Column::number(format!("{} on {}", t.label(), input.after))));
    columns.push(Column::number("Left"));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for tier in Tier::ALL {
        let mut row = vec![tier.label().to_owned()];
        row.extend(input.flow[tier.index()].map(words::count_or_hidden));
        row.push(words::count_or_hidden(input.left[tier.index()]));
        rows.push(row);
    }
    let mut new = vec!["New".to_owned()];
    new.extend(input.new.map(words::count_or_hidden));
    new.push(String::new());
    rows.push(new);
    let (n, hidden) = input.sum(|_, _| true);
    let foot =
        format!("n = {} in both files{}.", words::count(n), if hidden { ", hidden cells not counted" } else { "" });
    Chart {
        title: input.title.clone(),
        summary,
        svg: picture(input),
        table: Table { caption: input.title.clone(), columns, rows },
        foot: words::foot(&input.stamp, &foot),
    }
}

/// The grid's measures.
struct Grid {
    left: f64,
    top: f64,
    cell: f64,
    row: f64,
}

impl Grid {
    fn x(&self, column: usize) -> f64 {
        // A gap before the column of those who left.
        self.left + self.cell * column as f64 + if column > 4 { 10.0 } else { 0.0 }
    }

    fn y(&self, row: usize) -> f64 {
        self.top + self.row * row as f64 + if row > 4 { 10.0 } else { 0.0 }
    }
}

fn picture(input: &Movement) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let left = if narrow { 84.0 } else { 190.0 };
    let cell = ((width - left - 12.0) / 6.0).floor().min(104.0);
    let grid = Grid { left, top: if narrow { 58.0 } else { 62.0 }, cell, row: 38.0 };
    let most = input.flow.iter().flatten().chain(&input.new).chain(&input.left).flatten().max().copied().unwrap_or(1);
    let height = grid.y(6) + 26.0;
    draw(width, height, |c| {
        heads(c, input, &grid, narrow);
        for from in 0..5 {
            for to in 0..5 {
                cell_mark(c, input.flow[from][to], (grid.x(to), grid.y(from)), &grid, (most, from == to));
            }
            cell_mark(c, input.left[from], (grid.x(5), grid.y(from)), &grid, (most, false));
            cell_mark(c, input.new[from], (grid.x(from), grid.y(5)), &grid, (most, false));
        }
        // The ten-percent line runs both ways.
        c.rect(grid.left, grid.y(2) - 1.25, grid.cell * 5.0, 2.5, Role::Ink);
        c.rect(grid.x(2) - 1.25, grid.top, 2.5, grid.row * 5.0, Role::Ink);
        let note = if narrow {
            "shaded: same tier · right of it: more absence"
        } else {
            "Shaded: same tier in both files. Right of it: a tier with more absence; left of it: with less."
        };
        c.text(0.0, height - 6.0, &Type::axis().cut(note, width), Type::axis());
    })
}

fn heads(c: &mut Canvas, input: &Movement, grid: &Grid, narrow: bool) {
    let style = Type::axis();
    c.text(0.0, grid.top - 8.0, &style.cut(&input.before, grid.left - 8.0), style);
    let after = style.cut(&input.after, grid.cell * 6.0);
    c.text(grid.left, 14.0, &after, style);
    for (i, tier) in Tier::ALL.into_iter().enumerate() {
        let middle = grid.x(i) + grid.cell / 2.0;
        marks::stair(c, (middle - 17.0).round(), if narrow { grid.top - 28.0 } else { 22.0 }, tier);
        if !narrow {
            c.text(middle, grid.top - 8.0, tier.label(), Type::axis().role(Role::Ink).middle());
        }
        let y = grid.y(i) + grid.row / 2.0 + 4.5;
        if narrow {
            c.text(0.0, y, tier.label(), Type::axis().role(Role::Ink));
        } else {
            marks::stair(c, 0.0, y - 11.0, tier);
            c.text(44.0, y, tier.label(), Type::label());
        }
    }
    c.text(grid.x(5) + grid.cell / 2.0, grid.top - 8.0, "left", Type::axis().middle());
    c.text(if narrow { 0.0 } else { 44.0 }, grid.y(5) + grid.row / 2.0 + 4.5, "new", Type::axis());
}

/// A number on a square whose area tells how many; a hidden one is said to be so, with a
/// question mark where there is no room.
fn cell_mark(c: &mut Canvas, n: Option<u32>, (x, y): (f64, f64), grid: &Grid, (most, same): (u32, bool)) {
    let (wide, tall) = (grid.cell, grid.row);
    c.framed([x, y, wide + 1.0, tall + 1.0], if same { Role::Sunk } else { Role::Paper }, Role::Line, 1.0);
    let (middle, baseline) = (x + wide / 2.0, y + tall / 2.0 + 4.5);
    match n {
        Some(0) => {
            let at = if wide >= 70.0 { x + wide - 12.0 } else { middle };
            let style = Type::axis();
            c.text(at, baseline, "0", if wide >= 70.0 { style.end() } else { style.middle() });
        }
        Some(n) => {
            let roomy = wide >= 70.0;
            if roomy {
                let side = (f64::from(n) / f64::from(most.max(1))).sqrt() * 26.0;
                let side = side.max(4.0).round();
                let left = (x + wide * 0.3 - side / 2.0).round();
                c.rect(left, (y + tall / 2.0 - side / 2.0).round(), side, side, Role::LineStrong);
            }
            let at = if roomy { x + wide - 12.0 } else { middle };
            let style = Type::label().bold();
            c.text(at, baseline, &words::count(n), if roomy { style.end() } else { style.middle() });
        }
        None if wide >= 70.0 => c.text(x + wide - 12.0, baseline, words::HIDDEN, Type::axis().end()),
        None => c.text(middle, baseline, "?", Type::label().middle()),
    }
}

/// One school's movement across the ten-percent line.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingRow {
    pub name: String,
    pub became: Option<u32>,
    pub no_longer: Option<u32>,
    pub new: Option<u32>,
    pub left: Option<u32>,
    /// In both files and counted.
    pub both: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Crossings {
    pub title: String,
    pub stamp: String,
    pub rows: Vec<CrossingRow>,
    pub width: Width,
}

/// Who crossed the ten-percent line, by school: counts to both sides of it.
#[must_use]
pub fn crossings(input: &Crossings) -> Chart {
    let sum = |value: fn(&CrossingRow) -> Option<u32>| input.rows.iter().filter_map(value).sum::<u32>();
    let hidden = input.rows.iter().any(|r| r.became.is_none() || r.no_longer.is_none());
    let summary = format!(
        "{} students became chronically absent and {} no longer are{}.",
        words::count(sum(|r| r.became)),
        words::count(sum(|r| r.no_longer)),
        if hidden { ", not counting hidden numbers" } else { "" }
    );
    let columns = vec![
        Column::text("School"),
        Column::number("In both files"),
        Column::number("No longer chronically absent"),
        Column::number("Became chronically absent"),
        Column::number("New"),
        Column::number("Left"),
    ];
    let rows = input.rows.iter().map(|r| {
        let mut row = vec![r.name.clone()];
        row.extend([r.both, r.no_longer, r.became, r.new, r.left].map(words::count_or_hidden));
        row
    });
    Chart {
        title: input.title.clone(),
        summary,
        svg: crossings_picture(input),
        table: Table { caption: input.title.clone(), columns, rows: rows.collect() },
        foot: words::foot(&input.stamp, &format!("n = {} in both files.", words::count(sum(|r| r.both)))),
    }
}

fn crossings_picture(input: &Crossings) -> String {
    let (width, narrow) = (input.width.px(), input.width.is_narrow());
    let (left, right) = if narrow { (0.0, width) } else { (212.0, width - 150.0) };
    let line = ((left + right) / 2.0).round();
    let most = input.rows.iter().flat_map(|r| [r.became, r.no_longer]).flatten().max().unwrap_or(1).max(1);
    let unit = ((right - left) / 2.0 - 40.0) / f64::from(most);
    let (top, row) = (34.0, if narrow { 50.0 } else { 36.0 });
    let height = top + row * input.rows.len() as f64 + 4.0;
    draw(width, height, |c| {
        c.text(line - 10.0, 16.0, "no longer chronic", Type::axis().end());
        c.text(line + 10.0, 16.0, "became chronic", Type::axis().bold().role(Role::Ink));
        if !narrow {
            c.text(width - 66.0, 16.0, "new", Type::axis().end());
            c.text(width, 16.0, "left", Type::axis().end());
        }
        for (i, r) in input.rows.iter().enumerate() {
            let y = top + row * i as f64;
            let bar_y = if narrow { y + 24.0 } else { y + (row - 18.0) / 2.0 };
            let name_y = if narrow { y + 16.0 } else { y + row / 2.0 + 4.5 };
            let name = Type::label();
            let room = if narrow { line - 8.0 } else { left - 12.0 };
            c.text(0.0, name_y, &name.cut(&r.name, room), name);
            let (new, gone) = (words::count_or_hidden(r.new), words::count_or_hidden(r.left));
            if narrow {
                c.text(width, name_y, &format!("{new} new, {gone} left"), Type::axis().end());
            } else {
                c.text(width - 66.0, name_y, &new, Type::axis().end());
                c.text(width, name_y, &gone, Type::axis().end());
            }
            side(c, r.no_longer, (line - 1.25, bar_y), -unit);
            side(c, r.became, (line + 1.25, bar_y), unit);
        }
        c.rect(line - 1.25, 4.0, 2.5, height - 4.0, Role::Ink);
    })
}

/// A bar from the line: to the left outlined in the at-risk fill, to the right in the moderate one.
fn side(c: &mut Canvas, n: Option<u32>, (x, y): (f64, f64), unit: f64) {
    let toward = unit.signum();
    let wide = n.map_or(0.0, |n| f64::from(n) * unit.abs());
    let tier = if toward < 0.0 { Tier::AtRisk } else { Tier::Moderate };
    let from = if toward < 0.0 { x - wide } else { x };
    if wide > 0.0 {
        c.framed([from, y, wide, 18.0], Role::Tier(tier), Role::edge(tier), 1.0);
    }
    let text = n.map_or_else(|| "?".to_owned(), words::count);
    let style = Type::label().bold();
    let at = x + toward * (wide + 8.0);
    c.text(at, y + 13.5, &text, if toward < 0.0 { style.end() } else { style });
}
